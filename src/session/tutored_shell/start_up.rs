//! Creates the start-up file of the learner's bash, with marks, the tutor's commands and a separate history.

use std::path::Path;

use super::TutoredShellSpec;
use crate::session::marks;
use crate::session::shell::quoted;

/// A key sequence that no keyboard sends. This sequence makes the shell hide its line and wait.
pub(super) const PAUSE_KEYS: &[u8] = b"\x1b[77;77~";

/// Returns bash's start-up file.
///
/// Bash prints `PS0` when a command begins. Before each prompt, bash runs only Dermaga's own function, which writes a
/// report and a mark, and then waits for the tutor. Bash writes the marks directly to the terminal, so that no mark is
/// lost after `exec >file`. The history ignores the tutor's commands, so that the arrow keys find only other commands.
pub(super) fn file(secret: &str, go: &Path, reports: &Path, spec: &TutoredShellSpec) -> String {
    let history =
        spec.history.as_deref().map_or_else(|| "unset HISTFILE".into(), |file| format!("HISTFILE={}", quoted(file)));
    let ignored = spec.words.iter().map(|word| format!("{word}:{word} *")).collect::<Vec<_>>().join(":");
    let words: String = spec.words.iter().map(|word| function(word)).collect();
    let notes: String = spec.notes.iter().map(|(program, note)| noted_program(program, note)).collect();
    include_str!("start_up.sh")
        .replace("@OPENING@", &marks::opening(secret).replace('\x1b', "\\e"))
        .replace("@IGNORED@", &ignored)
        .replace("@KEYS@", &PAUSE_KEYS.escape_ascii().to_string().replace("\\x1b", "\\e"))
        .replace("@WORDS@", &(words + &notes))
        .replace("@GO@", &quoted(go))
        .replace("@REPORTS@", &quoted(reports))
        .replace("@HISTORY@", &history)
}

/// Returns a tutor command as a shell function. With arguments, `help` and `type` still run the commands of bash. If a
/// program has the same name, the function is not defined.
fn function(word: &str) -> String {
    let say = format!("__dermaga_word=\"{word}${{*:+ $*}}\"");
    match word {
        "help" | "type" => {
            format!("{word}() {{ if [ $# -gt 0 ]; then builtin {word} \"$@\"; else {say}; fi; }}\n")
        }
        _ => format!("builtin type -P {word} >/dev/null || {word}() {{ {say}; }}\n"),
    }
}

/// Returns a program as a shell function, which first prints a note if there are no arguments.
fn noted_program(program: &str, note: &str) -> String {
    let note = quoted(Path::new(note));
    format!(
        "! builtin type -P {program} >/dev/null || \
         {program}() {{ [ $# -gt 0 ] || builtin printf '%s\\n' {note} >&2; command {program} \"$@\"; }}\n"
    )
}
