//! The start-up file of the learner's bash: marks, the tutor's words, a history of its own.

use std::path::Path;

use super::TutoredShellSpec;
use crate::session::marks;
use crate::session::shell::quoted;

/// A key sequence that no keyboard sends; the shell puts its line away and waits.
pub(super) const PAUSE_KEYS: &[u8] = b"\x1b[77;77~";

/// Bash's start-up file.
///
/// `PS0` is printed when a command begins; the first and last thing before a prompt is our mark, which reports and then
/// waits for the owner's word. The marks go to the terminal itself, so that `exec >file` does not lose the shell. The
/// words are not remembered, so that the arrow keys find commands.
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

/// A word as a function. What bash itself does under this name it goes on doing when there are arguments; a program's
/// name stays the program's.
fn function(word: &str) -> String {
    let say = format!("__dermaga_word=\"{word}${{*:+ $*}}\"");
    match word {
        "help" | "type" => {
            format!("{word}() {{ if [ $# -gt 0 ]; then builtin {word} \"$@\"; else {say}; fi; }}\n")
        }
        _ => format!("builtin type -P {word} >/dev/null || {word}() {{ {say}; }}\n"),
    }
}

/// A program as a function that prints a note first if there are no arguments.
fn noted_program(program: &str, note: &str) -> String {
    let note = quoted(Path::new(note));
    format!(
        "! builtin type -P {program} >/dev/null || \
         {program}() {{ [ $# -gt 0 ] || builtin printf '%s\\n' {note} >&2; command {program} \"$@\"; }}\n"
    )
}
