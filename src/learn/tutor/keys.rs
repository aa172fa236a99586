//! Handles keys of the learner, and types inputs of the tutor.

use tokio::time::Instant;

use super::{ShellMode, Tutor};

/// `Ctrl-]`, which no program of the lessons uses. Pressed twice, it ends a program that hangs.
const ESCAPE: u8 = 0x1d;
const INTERRUPT: u8 = 3;
/// After this many Ctrl-C presses without an effect, the tutor suggests `Ctrl-]`.
const SUGGEST_AFTER: usize = 3;

impl Tutor<'_> {
    /// Handles keys of the learner.
    pub(super) fn handle_keys(&mut self, keys: Vec<u8>) {
        self.last_key = Instant::now();
        if self.mode == ShellMode::Running && keys.iter().all(|&key| key == ESCAPE) {
            self.escapes += keys.len();
            if self.escapes >= 2 {
                self.escapes = 0;
                if self.shell.end_foreground() {
                    let text = self.context.messages.note(&self.context.messages.words.say("learn-killed", &[]));
                    self.context.tty.print(&text);
                }
            }
            return;
        }
        self.escapes = 0;
        if self.mode == ShellMode::Running && keys.iter().all(|&key| key == INTERRUPT) {
            self.interrupts += keys.len();
            if self.shell.passes_interrupts() {
                self.context.tty.discard_output();
            }
        }
        if self.mode != ShellMode::Running {
            self.sent_line = matches!(keys.last(), Some(b'\r' | b'\n'));
        }
        match self.mode {
            ShellMode::Held | ShellMode::Coming => self.keys.extend(keys),
            ShellMode::Prompt | ShellMode::Running => self.shell.write(&keys),
        }
    }

    /// A text as a terminal pastes it, so that its line ends do not send it.
    pub(super) fn pasted(&self, text: &str) -> Vec<u8> {
        if self.marks_pastes {
            return format!("\x1b[200~{text}\x1b[201~").into_bytes();
        }
        text.replace('\n', "\x16\n").into_bytes()
    }

    /// Types the next input of the tutor's command if its prompt is shown.
    pub(super) fn type_scripted_input(&mut self) {
        let (Some(cue), Some(screen)) = (self.script.front(), &self.screen) else { return };
        let due = match &cue.prompt {
            Some(prompt) => crate::session::is_prompt(prompt, &screen.caret()),
            None => !screen.lines().is_empty(),
        };
        if due {
            match &cue.send {
                crate::session::Keystrokes::Line(line) => self.shell.write(format!("{line}\r").as_bytes()),
                crate::session::Keystrokes::Key(key) => self.shell.write(key.bytes()),
            }
            self.script.pop_front();
        }
    }

    /// Suggests another way to exit if Ctrl-C has no effect but its echo.
    pub(super) fn suggest_escape(&mut self, shown: &[u8]) {
        if !shown.iter().all(|byte| b"^C\r\n".contains(byte)) {
            self.interrupts = 0;
        } else if self.interrupts >= SUGGEST_AFTER {
            self.interrupts = 0;
            let text = self.context.messages.note(&self.context.messages.words.say("learn-stubborn", &[]));
            self.context.tty.print(&text);
        }
    }
}
