//! Types the inputs of a command at the command's prompts, as `expect` does.

use tokio::time::{Duration, Instant};

use super::{TerminalReader, TypedCommand, WaitAction};
use crate::lesson::{Key, is_inner_prompt};
use crate::transcript::{Caret, Screen};

/// The time for which the terminal must be quiet before a key is pressed. The output does not show when a program is
/// ready for `^C`.
const QUIET: Duration = Duration::from_millis(100);
/// The time after which a key is pressed although the program is never quiet. If only the shell has the terminal, a key
/// also waits for this time. The shell may be about to start a program, and a `^C` before the start would be lost.
const TIMEOUT: Duration = Duration::from_secs(1);
/// A program that is quiet for this time may be waiting for an answer. While the program stays quiet, it is checked
/// again at this interval.
const PAUSE: Duration = Duration::from_millis(200);
/// The interval at which the screen is checked while output comes without a pause.
const LOOK: Duration = Duration::from_millis(50);

/// An input that is typed while a command runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptedInput {
    /// The prompt at which the input is typed, including the last space. A host name of 12 hexadecimal digits in the
    /// prompt matches any other such name.
    pub prompt: Option<String>,
    /// Whether any shell prompt matches, because the prompt depends on the machine.
    pub any_shell: bool,
    /// The keys to type.
    pub send: Keystrokes,
}

/// The keys of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keystrokes {
    /// A line, with Enter.
    Line(String),
    /// A key.
    Key(Key),
}

/// A program that has been quiet for a while, and perhaps waits for input that the script does not have.
#[derive(Debug, Clone, Copy)]
pub struct WaitingProgram<'a> {
    /// The number of inputs that have been typed.
    pub sent: usize,
    /// The text before the cursor. Empty at the beginning of a line.
    pub before: &'a str,
    /// The lines above the cursor, if `before` is not empty.
    pub above: &'a [String],
    /// The reader of the terminal.
    pub reader: TerminalReader,
    /// The time since something was printed or typed.
    pub quiet: Duration,
    /// The time since the command began.
    pub since: Duration,
}

/// The inputs of a running command, typed one by one.
pub(super) struct InputScript<'a> {
    input: Option<TypedCommand<'a>>,
    pub(super) sent: usize,
    /// The prompt at which the last line was typed, until a line end is printed.
    stale: Option<Caret>,
    /// The position of the cursor after the last key was pressed, until a line end is printed.
    pressed: Option<Caret>,
    /// The time at which something was last printed or typed.
    stirred: Instant,
    /// The time at which the next key became due. After this time, the key waits only until the terminal is quiet.
    due: Option<Instant>,
    looked: Instant,
    began: Instant,
    /// The time at which a waiting program was last checked.
    asked: Instant,
}

/// The next action for a running command.
pub(super) enum ScriptAction {
    /// Wait for more output.
    Rest,
    /// Check the screen again at this time.
    LookAt(Instant),
    /// Type these bytes.
    Type(Vec<u8>),
    /// End the command.
    End,
}

impl<'a> InputScript<'a> {
    pub(super) fn new(input: Option<TypedCommand<'a>>) -> Self {
        let now = Instant::now();
        Self {
            input,
            sent: 0,
            stale: None,
            pressed: None,
            stirred: now,
            due: None,
            looked: now,
            began: now,
            asked: now,
        }
    }

    fn next(&self) -> Option<&'a ScriptedInput> {
        self.input.and_then(|input| input.script.get(self.sent))
    }

    /// Describes the prompt or the lines for which the next input waits, for the log. Leaves out the input itself,
    /// which may be a secret.
    pub(super) fn awaited(&self) -> Option<String> {
        let cue = self.next()?;
        Some(match (&cue.prompt, &cue.send) {
            (Some(prompt), _) => format!("the prompt {prompt:?}"),
            (None, Keystrokes::Key(key)) => format!("the lines before {key:?}"),
            (None, Keystrokes::Line(_)) => "the lines before".to_owned(),
        })
    }

    /// Whether the script has an input that was not typed yet.
    pub(super) fn has_more(&self) -> bool {
        self.next().is_some()
    }

    /// Whether the script answers programs that wait for input.
    pub(super) const fn listens(&self) -> bool {
        self.input.is_some()
    }

    /// Whether the script has pressed a key. A key may end a program, and the effect of the key may come late.
    pub(super) fn pressed_keys(&self) -> bool {
        let sent = self.input.map_or(&[][..], |input| &input.script[..self.sent]);
        sent.iter().any(|cue| matches!(cue.send, Keystrokes::Key(_)))
    }

    /// Whether the screen was not checked for a while, because output comes without a pause.
    pub(super) fn is_overdue(&self) -> bool {
        self.looked.elapsed() >= LOOK
    }

    /// Records that these bytes were printed.
    pub(super) fn see(&mut self, bytes: &[u8]) {
        self.stirred = Instant::now();
        if bytes.contains(&b'\n') {
            self.stale = None;
            self.pressed = None;
        }
    }

    /// Decides on the next action for this screen. `runs` says whether a program, not only the shell, has the terminal.
    /// `reader` finds out how programs read from the terminal.
    pub(super) fn look(
        &mut self,
        screen: &Screen,
        runs: bool,
        reader: impl FnOnce() -> TerminalReader,
    ) -> ScriptAction {
        self.looked = Instant::now();
        match self.type_next(screen, runs) {
            ScriptAction::Type(bytes) => ScriptAction::Type(bytes),
            ScriptAction::LookAt(at) => ScriptAction::LookAt(at),
            ScriptAction::Rest | ScriptAction::End => self.ask(screen, reader),
        }
    }

    /// Decides on the next action for a quiet program, with the function `reply`.
    fn ask(&mut self, screen: &Screen, reader: impl FnOnce() -> TerminalReader) -> ScriptAction {
        let Some(input) = self.input else { return ScriptAction::Rest };
        let now = Instant::now();
        let due = (self.stirred + PAUSE).max(self.asked + PAUSE);
        // A program that prints without a pause is also checked, after `TIMEOUT`.
        if now < due && now < self.asked + TIMEOUT {
            return ScriptAction::LookAt(due.min(self.asked + TIMEOUT));
        }
        self.asked = now;
        let caret = screen.caret();
        let is_new = ![&self.stale, &self.pressed].contains(&&Some(caret.clone()));
        let before = if caret.last && is_new { caret.before.as_str() } else { "" };
        let reader = if before.trim().is_empty() { TerminalReader::Unknown } else { reader() };
        let above = if before.trim().is_empty() { Vec::new() } else { screen.lines_above() };
        let waiting = WaitingProgram {
            sent: self.sent,
            before,
            above: &above,
            reader,
            quiet: now - self.stirred,
            since: now - self.began,
        };
        match (input.reply)(&waiting) {
            WaitAction::Wait => ScriptAction::LookAt(now + PAUSE),
            WaitAction::End => ScriptAction::End,
            WaitAction::SendNext => match self.next().map(|cue| &cue.send) {
                Some(Keystrokes::Line(line)) => {
                    self.sent += 1;
                    self.type_at(caret, line)
                }
                _ => ScriptAction::LookAt(now + PAUSE),
            },
            WaitAction::Line(line) => self.type_at(caret, &line),
        }
    }

    fn type_at(&mut self, caret: Caret, line: &str) -> ScriptAction {
        self.stale = Some(caret);
        self.stirred = Instant::now();
        ScriptAction::Type([line.as_bytes(), b"\r"].concat())
    }

    /// Types the next input if the input is due.
    fn type_next(&mut self, screen: &Screen, runs: bool) -> ScriptAction {
        let (Some(cue), Some(input)) = (self.next(), self.input) else { return ScriptAction::Rest };
        let mut typed_at = None;
        if let Some(prompt) = &cue.prompt {
            let caret = screen.caret();
            if self.stale.as_ref() == Some(&caret) {
                return ScriptAction::Rest;
            }
            if !(is_prompt(prompt, &caret) || cue.any_shell && is_shell_prompt(&caret)) {
                return ScriptAction::Rest;
            }
            if !(input.is_ready)(self.sent, &screen.lines_above()) {
                let Some(timeout) = input.timeout else { return ScriptAction::Rest };
                let at = self.stirred + timeout;
                if self.looked < at {
                    return ScriptAction::LookAt(at);
                }
            }
            typed_at = Some(caret);
        } else if !(input.is_ready)(self.sent, &screen.lines()) {
            // For a key at a prompt, the prompt itself is not among the expected lines.
            let caret = screen.caret();
            let at_prompt = caret.last && is_inner_prompt(&caret.before);
            if !(at_prompt && (input.is_ready)(self.sent, &screen.lines_above())) {
                self.due = None;
                return ScriptAction::Rest;
            }
        }
        let bytes = match &cue.send {
            Keystrokes::Line(line) => [line.as_bytes(), b"\r"].concat(),
            Keystrokes::Key(key) => {
                let due = *self.due.get_or_insert(self.looked);
                let quiet = if runs { QUIET } else { TIMEOUT };
                let at = (self.stirred + quiet).min(due + TIMEOUT);
                if self.looked < at {
                    return ScriptAction::LookAt(at);
                }
                key.bytes().to_vec()
            }
        };
        self.sent += 1;
        self.due = None;
        self.pressed = matches!(cue.send, Keystrokes::Key(_)).then(|| screen.caret());
        self.stale = typed_at;
        self.stirred = self.looked;
        ScriptAction::Type(bytes)
    }
}

/// Whether the cursor stands after a shell prompt.
fn is_shell_prompt(caret: &Caret) -> bool {
    let prompt = caret.before.strip_suffix(' ').unwrap_or(&caret.before);
    caret.last && prompt.len() <= 100 && prompt.ends_with(['$', '#', '%'])
}

/// Whether the cursor stands after this prompt.
#[must_use]
pub fn is_prompt(prompt: &str, caret: &Caret) -> bool {
    let (wanted, seen) = (without_host(prompt), without_host(&caret.before));
    caret.last && (wanted == seen || wanted.trim_end() == seen.trim_end() && seen.len() >= wanted.len())
}

/// Replaces every name of 12 hexadecimal digits in a text.
fn without_host(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_inclusive(|char: char| !char.is_ascii_alphanumeric()) {
        let name = word.trim_end_matches(|char: char| !char.is_ascii_alphanumeric());
        if name.len() == 12 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            plain.push_str("<host>");
            plain.push_str(&word[12..]);
        } else {
            plain.push_str(word);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(prompt: &str, shown: &str) -> bool {
        let mut screen = Screen::new(40, 5);
        screen.feed(shown.as_bytes());
        is_prompt(prompt, &screen.caret())
    }

    #[test]
    fn prompt_matches_only_the_whole_line_before_the_cursor() {
        for (prompt, shown, at) in [
            ("$ ", "one\r\n$ ", true),
            ("$ ", "one\r\n$", false),
            ("$", "$ ", true),
            ("$ ", "$ ls", false),
            ("$ ", "$ \r\n", false),
            ("# ", "/ # ", false),
            ("/ # ", "\x1b[1m/ # \x1b[0m\x1b[6n", true),
            ("/ # ", "/ # \x1b[1;1Hx", false),
            ("root@0123456789ab:/# ", "root@ba9876543210:/# ", true),
            ("root@0123456789ab:/# ", "root@ba987654321:/# ", false),
            ("root@web:/# ", "root@ba9876543210:/# ", false),
            ("Continue? [y/N] ", "Total: 1\r\nContinue? [y/N] ", true),
        ] {
            assert_eq!(stands(prompt, shown), at, "{prompt:?} {shown:?}");
        }
    }
}
