//! Handles keys of the learner, and types inputs of the tutor.

use tokio::time::Instant;

use super::{ShellMode, Tutor};
use crate::docker_cli::{DockerCommand, docker_commands};
use crate::session::EndSignal;
use crate::shell::single_quoted;

/// The key `Ctrl-]`, which no program of the lessons uses. Two presses end a program that hangs.
const ESCAPE: u8 = 0x1d;
const INTERRUPT: u8 = 3;
/// The paste marks: the sequences that a terminal sends before and after pasted text.
const PASTE_BEGIN: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";
/// After this many Ctrl-C presses without an effect, the tutor suggests `Ctrl-]`.
const SUGGEST_AFTER: usize = 3;

impl Tutor<'_> {
    pub(super) fn handle_keys(&mut self, keys: &[u8]) {
        self.input.last_key = Some(Instant::now());
        if self.mode == ShellMode::Running && keys.iter().all(|&key| key == ESCAPE) {
            self.input.escapes += keys.len();
            if self.input.escapes >= 2 {
                self.input.escapes = 0;
                if let Some(end) = self.shell.end_foreground() {
                    self.input.is_ended_by_escape = true;
                    let key = match end {
                        EndSignal::Ask => "learn-killed",
                        EndSignal::Kill => "learn-killed-hard",
                    };
                    let text = self.context.messages.note(&self.context.messages.words.say(key, &[]));
                    self.context.tty.print(&text);
                }
            }
            return;
        }
        self.input.escapes = 0;
        if self.mode == ShellMode::Running && keys.iter().all(|&key| key == INTERRUPT) {
            self.input.interrupts += keys.len();
            if self.shell.passes_interrupts() {
                self.context.tty.discard_output();
            }
        }
        // While the tutor types commands, ignore all keys except Ctrl-C, because the shell would read these keys as
        // commands.
        if self.typing.is_active && !(self.mode == ShellMode::Running && keys.iter().all(|&key| key == INTERRUPT)) {
            return;
        }
        match self.mode {
            ShellMode::Held | ShellMode::Coming => self.input.waiting.extend(keys),
            ShellMode::Prompt => {
                let is_sent = self.input.sent_line;
                self.shell.write(&without_paste_marks(keys, is_sent));
            }
            ShellMode::Running => self.shell.write(&without_paste_marks(keys, !self.input.marks_pastes)),
        }
        if self.mode != ShellMode::Running {
            self.input.sent_line = ends_line(keys);
        }
    }

    /// Types the keys that arrived while the shell waited for the tutor.
    pub(super) fn type_waiting_keys(&mut self) {
        let keys = std::mem::take(&mut self.input.waiting);
        self.shell.write(&without_paste_marks(&keys, false));
        self.input.sent_line |= ends_line(&keys);
    }

    /// Formats `text` as pasted text, so that the shell does not run a command at a line break in `text`.
    pub(super) fn pasted(&self, text: &str) -> Vec<u8> {
        if self.input.marks_pastes {
            return format!("\x1b[200~{text}\x1b[201~").into_bytes();
        }
        text.replace('\n', "\x16\n").into_bytes()
    }

    /// Types the next scripted input of the running command if the command has printed the prompt for this input.
    pub(super) fn type_scripted_input(&mut self) {
        let (Some(cue), Some(screen)) = (self.typing.script.front(), &self.screen) else { return };
        let due = match &cue.prompt {
            Some(prompt) => crate::session::is_prompt(prompt, &screen.caret()),
            None => !screen.lines().is_empty(),
        };
        if due {
            match &cue.send {
                crate::session::Keystrokes::Line(line) => self.shell.write(format!("{line}\r").as_bytes()),
                crate::session::Keystrokes::Key(key) => self.shell.write(key.bytes()),
            }
            self.typing.script.pop_front();
        }
    }

    /// Explains once, in one line, why a docker command in the foreground holds the terminal.
    pub(super) fn explain_silence(&mut self) {
        self.silent_at = None;
        let has_printed = self.screen.as_ref().is_some_and(|screen| !screen.lines().is_empty());
        let Some(key) = self.shell.foreground_words().and_then(|words| silence_key(&words, has_printed)) else {
            return;
        };
        let text = self.context.messages.words.say(key, &[]);
        let text = self.context.messages.note(&text);
        self.context.tty.print(&text);
    }

    /// Suggests the key `Ctrl-]` if Ctrl-C has no effect except its echo.
    pub(super) fn suggest_escape(&mut self, shown: &[u8]) {
        if !shown.iter().all(|byte| b"^C\r\n".contains(byte)) {
            self.input.interrupts = 0;
        } else if self.input.interrupts >= SUGGEST_AFTER {
            self.input.interrupts = 0;
            let words = self.shell.foreground_words();
            let is_container = words.is_some_and(|words| docker_call(&words).is_some());
            let key = if is_container { "learn-stubborn-container" } else { "learn-stubborn" };
            let text = self.context.messages.note(&self.context.messages.words.say(key, &[]));
            self.context.tty.print(&text);
        }
    }
}

/// Whether the last key is Enter.
fn ends_line(keys: &[u8]) -> bool {
    matches!(keys.last(), Some(b'\r' | b'\n'))
}

/// Removes the paste marks after the first Enter outside of pasted text, or everywhere if `is_sent`. Only bash
/// understands the marks for certain; a program that runs after Enter may not know them.
fn without_paste_marks(keys: &[u8], is_sent: bool) -> Vec<u8> {
    let (mut is_sent, mut is_paste, mut rest) = (is_sent, false, keys);
    let mut kept = Vec::with_capacity(keys.len());
    while let Some((&first, after)) = rest.split_first() {
        let mark = [PASTE_BEGIN, PASTE_END].into_iter().find(|mark| rest.starts_with(mark));
        if let Some(mark) = mark {
            is_paste = mark == PASTE_BEGIN && !is_sent;
            if !is_sent {
                kept.extend_from_slice(mark);
            }
            rest = &rest[mark.len()..];
            continue;
        }
        is_sent |= !is_paste && ends_line(&[first]);
        kept.push(first);
        rest = after;
    }
    kept
}

/// Parses the command line of a process. Returns `None` if the process is not a docker command.
fn docker_call(words: &[String]) -> Option<DockerCommand> {
    let program = words.first()?.rsplit('/').next()?.to_owned();
    let line = std::iter::once(program).chain(words.iter().skip(1).cloned());
    let line: Vec<String> = line.map(|word| single_quoted(&word)).collect();
    docker_commands(&line.join(" ")).into_iter().next()
}

/// Returns the key of the message for a docker command that holds the terminal. `words` is the command line of the
/// docker process. Returns `None` if the learner works at a prompt inside of a container.
fn silence_key(words: &[String], has_printed: bool) -> Option<&'static str> {
    let call = docker_call(words)?;
    let is_interactive = call.has("interactive") || call.has("tty");
    match call.familiar_name() {
        "run" | "exec" if call.has("tty") && !call.has("interactive") && !call.has("detach") => {
            Some("learn-silent-deaf")
        }
        "run" if call.has("interactive") && !call.has("tty") && !call.has("detach") && !has_printed => {
            Some("learn-silent-dumb")
        }
        "run" if !(call.has("detach") || is_interactive && has_printed) => Some("learn-silent-run"),
        "attach" | "start" if !has_printed => Some("learn-silent-attached"),
        "logs" if call.has("follow") => Some("learn-silent-follow"),
        "events" | "stats" => Some("learn-silent-follow"),
        "wait" => Some("learn-silent-wait"),
        "stop" | "restart" => Some("learn-silent-stop"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{silence_key, without_paste_marks};

    #[test]
    fn paste_marks_are_removed_after_the_first_enter() {
        let kept = |keys: &str, is_sent| String::from_utf8(without_paste_marks(keys.as_bytes(), is_sent)).unwrap();
        let paste = "\x1b[200~echo a\necho b\x1b[201~";
        assert_eq!(kept(paste, false), paste);
        assert_eq!(kept(paste, true), "echo a\necho b");
        assert_eq!(kept(&format!("{paste}\r{paste}"), false), format!("{paste}\recho a\necho b"));
        assert_eq!(kept(&format!("node-a\r{paste}\r"), false), "node-a\recho a\necho b\r");
        assert_eq!(kept("\x1b[A\x1b[2~", true), "\x1b[A\x1b[2~");
    }

    #[test]
    fn silence_is_explained_only_for_docker_commands_that_hold_the_terminal() {
        let key = |line: &str, has_printed| {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            silence_key(&words, has_printed).unwrap_or("-")
        };
        for (line, printed, told) in [
            ("docker run alpine:3.20 sleep 600", false, "learn-silent-run"),
            ("/usr/bin/docker run --name x nginx", true, "learn-silent-run"),
            ("docker run -d alpine:3.20 sleep 600", false, "-"),
            ("docker run -it alpine:3.20 sh", true, "-"),
            ("docker run -it alpine:3.20 sleep 600", false, "learn-silent-run"),
            ("docker run -t --name kotak alpine:3.20 sh", true, "learn-silent-deaf"),
            ("docker exec --tty kotak sh", true, "learn-silent-deaf"),
            ("docker run -td alpine:3.20 sh", true, "-"),
            ("docker logs -f kabar", true, "learn-silent-follow"),
            ("docker logs kabar", false, "-"),
            ("docker stop kapal", false, "learn-silent-stop"),
            ("docker pull mongo:4.1", false, "-"),
            ("sleep 600", false, "-"),
        ] {
            assert_eq!(key(line, printed), told, "{line}");
        }
    }
}
