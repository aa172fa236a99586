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
    let opening = marks::opening(secret).replace('\x1b', "\\e");
    let (go, reports) = (quoted(go), quoted(reports));
    let history =
        spec.history.as_deref().map_or_else(|| "unset HISTFILE".into(), |file| format!("HISTFILE={}", quoted(file)));
    let ignored = spec.words.iter().map(|word| format!("{word}:{word} *")).collect::<Vec<_>>().join(":");
    let keys = PAUSE_KEYS.escape_ascii().to_string().replace("\\x1b", "\\e");
    let words: String = spec.words.iter().map(|word| function(word)).collect();
    let notes: String = spec.notes.iter().map(|(program, note)| noted_program(program, note)).collect();
    format!(
        r#"{history}
HISTSIZE=5000 HISTFILESIZE=5000 HISTCONTROL= HISTIGNORE='{ignored}'
unset HISTTIMEFORMAT MAILCHECK
shopt -s histappend cmdhist lithist checkwinsize
set +H
ulimit -S -c 0
[ -r /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion
__dermaga_status=0 __dermaga_word= __dermaga_go= __dermaga_at=
PS1='\[\e[2m\]${{__dermaga_at-}}\[\e[0m\]\[\e[1;36m\]\W\[\e[0m\] \$ '
[ -z "${{NO_COLOR-}}" ] || PS1='${{__dermaga_at-}}\W \$ '
__dermaga_mark() {{
  __dermaga_status=$?
  {{
    builtin printf '%s\0%s\0%s\0' "$__dermaga_status" "${{PWD-}}" "$__dermaga_word"
    builtin history 1
    builtin printf '\0'
  }} >|{reports}
  __dermaga_word=
  builtin printf '{opening}D;0;%s\a' "$__dermaga_status" >/dev/tty
  \__dermaga_wait
  [[ -n ${{HISTFILE-}} ]] && builtin history -a
  builtin return "$__dermaga_status"
}}
__dermaga_wait() {{
  IFS= builtin read -r -d '' __dermaga_go <{go}
  [[ -z $__dermaga_go ]] || builtin eval "$__dermaga_go"
  [[ $PS1 == *'{opening}P'* ]] || PS1+='\[{opening}P\a\]'
}}
__dermaga_pause() {{
  builtin printf '{opening}K\a' >/dev/tty
  \__dermaga_wait
}}
{words}{notes}bind -x '"{keys}": {{ \__dermaga_pause; }} 2>/dev/null' 2>/dev/null
PS0='{opening}C;0\a'
PROMPT_COMMAND='{{ \__dermaga_mark; }} 2>/dev/null'
readonly PS0 PROMPT_COMMAND
"#
    )
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
