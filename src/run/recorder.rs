//! Records the terminal of a lesson while the lesson runs.

use std::time::{Duration, Instant};

use crate::driver::LessonEnv;
use crate::lesson::StepId;
use crate::record::{EngineState, RecordedCommand, RecordedStep, USUAL_DIR};

/// The maximum number of bytes that the recorder keeps of one command.
const MAX_BYTES: usize = 256 << 10;
/// Output within this time after the beginning of a piece belongs to the same piece.
const MERGE_TIME: Duration = Duration::from_millis(30);
/// The default address of a learner's engine.
const USUAL_HOST: &str = "unix:///var/run/docker.sock";
/// Texts of the lines that docker prints only if a container ends before the client begins to wait.
const RANDOM_LINES: [&str; 1] = ["error waiting for container: context canceled"];

/// The recording of a running lesson.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    pub(super) steps: Vec<RecordedStep>,
    current: Option<CurrentCommand>,
}

/// The output of the running command, as pieces of bytes with their times.
#[derive(Debug)]
struct CurrentCommand {
    begun: Instant,
    pieces: Vec<(Duration, Vec<u8>)>,
    bytes: usize,
    cut: bool,
}

impl Recorder {
    /// Begins a step. The caller must begin a step before the step's first visible command.
    pub(super) fn begin_step(&mut self, id: &StepId, before: EngineState) {
        let after = before.clone();
        self.steps.push(RecordedStep { id: id.clone(), before, after, commands: Vec::new() });
    }

    /// Ends the step. Drops the step if it has no visible command.
    pub(super) fn end_step(&mut self, after: EngineState) {
        match self.steps.last_mut() {
            Some(step) if step.commands.is_empty() => {
                self.steps.pop();
            }
            Some(step) => step.after = after,
            None => {}
        }
    }

    /// Begins a command.
    pub(super) fn begin_command(&mut self) {
        self.current = Some(CurrentCommand { begun: Instant::now(), pieces: Vec::new(), bytes: 0, cut: false });
    }

    /// Adds bytes that the terminal received.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let Some(current) = &mut self.current else { return };
        current.cut |= bytes.len() > MAX_BYTES - current.bytes;
        let bytes = &bytes[..bytes.len().min(MAX_BYTES - current.bytes)];
        if bytes.is_empty() {
            return;
        }
        current.bytes += bytes.len();
        let after = current.begun.elapsed();
        match current.pieces.last_mut() {
            Some((at, last)) if after.saturating_sub(*at) < MERGE_TIME || is_cut_off(last) => {
                last.extend_from_slice(bytes);
            }
            _ => current.pieces.push((after, bytes.to_vec())),
        }
    }

    /// Ends the command. `portable` replaces or removes the text of the output that depends on this run, such as
    /// directories.
    pub(super) fn end_command(
        &mut self,
        prompt: &str,
        text: &str,
        status: Option<i32>,
        elapsed: Duration,
        portable: impl Fn(&str) -> String,
    ) {
        let (Some(current), Some(step)) = (self.current.take(), self.steps.last_mut()) else { return };
        let (prompt, text) = (prompt.to_owned(), text.to_owned());
        let cut = current.cut;
        let text_of = |(after, bytes): (Duration, Vec<u8>)| (after, portable(&String::from_utf8_lossy(&bytes)));
        let pieces = current.pieces.into_iter().map(text_of).collect();
        step.commands.push(RecordedCommand { prompt, text, pieces, cut, status, elapsed });
    }
}

/// Replaces this run's engine address and directory in `text` by the usual address and the usual directory.
pub(super) fn portable_text(text: &str, env: &LessonEnv) -> String {
    let mut text = text.to_owned();
    for (_, host) in env.variables.iter().filter(|(name, _)| name == "DOCKER_HOST") {
        text = text.replace(host.as_str(), USUAL_HOST);
    }
    text.replace(&env.dir.display().to_string(), USUAL_DIR)
}

/// Whether docker prints this line only in some runs.
pub(super) fn is_random_line(line: &str) -> bool {
    RANDOM_LINES.iter().any(|random| line.contains(random))
}

/// Removes the lines that docker prints only in some runs. Without such random lines, the recordings of two runs are
/// equal.
pub(super) fn without_random_lines(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !is_random_line(line)).collect()
}

/// Whether the bytes end within a character.
fn is_cut_off(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn character_at_the_border_of_two_pieces_is_not_cut() {
        for (first, rest, many) in
            [(&b"a\xc3"[..], &b"\xa9b"[..], 1), (b"a\xe2\x80", b"\xa6", 1), (b"a", b"b", 2), (b"\xff", b"b", 2)]
        {
            let pieces = vec![(Duration::ZERO, first.to_vec())];
            let begun = Instant::now().checked_sub(Duration::from_secs(1)).unwrap();
            let current = CurrentCommand { begun, pieces, bytes: 0, cut: false };
            let mut recorder = Recorder { steps: Vec::new(), current: Some(current) };
            recorder.push(rest);
            assert_eq!(recorder.current.map(|current| current.pieces.len()), Some(many), "{first:?} {rest:?}");
        }
    }

    #[test]
    fn line_that_docker_prints_only_in_some_runs_is_not_recorded() {
        let error = "docker: Error response from daemon: no such file.\r\n";
        let chance = "\u{1b}[31mERRO\u{1b}[0m[0000] error waiting for container: context canceled \r\n";
        let logged = "time=\"2026\" level=error msg=\"error waiting for container: context canceled\"\r\n";
        assert_eq!(without_random_lines(&format!("{error}{chance}{logged}$ ")), format!("{error}$ "));
        assert_eq!(without_random_lines(error), error);
    }

    #[test]
    fn recording_of_long_output_is_cut() {
        let mut recorder = Recorder::default();
        recorder.begin_step(&crate::lesson::StepId("a".into()), EngineState::default());
        recorder.begin_command();
        for _ in 0..9 {
            recorder.push(&vec![b'x'; 100 << 10]);
        }
        recorder.end_command("$ ", "yes", None, Duration::ZERO, str::to_owned);
        assert!(recorder.steps[0].commands[0].cut);
        let kept: usize = recorder.steps[0].commands[0].pieces.iter().map(|(_, text)| text.len()).sum();
        assert_eq!(kept, MAX_BYTES);
    }
}
