//! Keeps what a lesson's terminal gets while it runs, for its recording.

use std::time::{Duration, Instant};

use crate::record::{EngineState, RecordedCommand, RecordedStep};

/// Of a command's bytes; what comes after is left out of the recording.
const MOST: usize = 256 << 10;

/// Pieces that come within this time are one.
const TOGETHER: Duration = Duration::from_millis(30);

/// A lesson's recording in the making.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    pub(super) steps: Vec<RecordedStep>,
    taking: Option<Taking>,
}

/// A running command's bytes with their times.
#[derive(Debug)]
struct Taking {
    begun: Instant,
    pieces: Vec<(Duration, Vec<u8>)>,
    bytes: usize,
    cut: bool,
}

impl Recorder {
    /// A step's first visible command comes next.
    pub(super) fn step(&mut self, id: &crate::lesson::StepId, before: EngineState) {
        let after = before.clone();
        self.steps.push(RecordedStep { id: id.clone(), before, after, commands: Vec::new() });
    }

    /// The step is over. One without a visible command leaves nothing.
    pub(super) fn step_ended(&mut self, after: EngineState) {
        match self.steps.last_mut() {
            Some(step) if step.commands.is_empty() => {
                self.steps.pop();
            }
            Some(step) => step.after = after,
            None => {}
        }
    }

    /// A command begins.
    pub(super) fn begin(&mut self) {
        self.taking = Some(Taking { begun: Instant::now(), pieces: Vec::new(), bytes: 0, cut: false });
    }

    /// The terminal got `bytes`.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        let Some(taking) = &mut self.taking else { return };
        taking.cut |= bytes.len() > MOST - taking.bytes;
        let bytes = &bytes[..bytes.len().min(MOST - taking.bytes)];
        if bytes.is_empty() {
            return;
        }
        taking.bytes += bytes.len();
        let after = taking.begun.elapsed();
        match taking.pieces.last_mut() {
            Some((at, last)) if after.saturating_sub(*at) < TOGETHER => last.extend_from_slice(bytes),
            _ => taking.pieces.push((after, bytes.to_vec())),
        }
    }

    /// The command ended. `anywhere` takes out of a text what is only so on this machine.
    pub(super) fn end(
        &mut self,
        prompt: &str,
        text: &str,
        status: Option<i32>,
        elapsed: Duration,
        anywhere: impl Fn(&str) -> String,
    ) {
        let (Some(taking), Some(step)) = (self.taking.take(), self.steps.last_mut()) else { return };
        let (prompt, text) = (prompt.to_owned(), text.to_owned());
        let cut = taking.cut;
        let pieces = whole(taking.pieces).into_iter().map(|(after, text)| (after, anywhere(&text))).collect();
        step.commands.push(RecordedCommand { prompt, text, pieces, cut, status, elapsed });
    }
}

/// What docker prints in some runs and not in others, when a container ends before the client waits for it.
const CHANCE: [&str; 1] = ["error waiting for container: context canceled"];

/// Whether a line comes by chance.
pub(super) fn is_chance(line: &str) -> bool {
    CHANCE.iter().any(|chance| line.contains(chance))
}

/// A terminal's text without such lines: the book would keep one run's accident.
pub(super) fn without_chance(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !is_chance(line)).collect()
}

/// Characters that were cut between two pieces go to the later one.
fn whole(pieces: Vec<(Duration, Vec<u8>)>) -> Vec<(Duration, String)> {
    let mut texts = Vec::new();
    let mut rest = Vec::new();
    let last = pieces.len();
    for (at, (after, bytes)) in pieces.into_iter().enumerate() {
        rest.extend_from_slice(&bytes);
        let keep = if at + 1 == last { 0 } else { unfinished(&rest) };
        let tail = rest.split_off(rest.len() - keep);
        texts.push((after, String::from_utf8_lossy(&rest).into_owned()));
        rest = tail;
    }
    texts
}

/// How many bytes at the end are the begin of a character.
fn unfinished(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => bytes.len() - error.valid_up_to(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_not_cut_between_pieces() {
        let at = Duration::from_millis;
        let bytes = "aé…".as_bytes();
        let texts =
            whole(vec![(at(1), bytes[..2].to_vec()), (at(2), bytes[2..4].to_vec()), (at(3), bytes[4..].to_vec())]);
        assert_eq!(texts, [(at(1), "a".into()), (at(2), "é".into()), (at(3), "…".into())]);
        assert_eq!(whole(vec![(at(1), b"a\xe2".to_vec())]), [(at(1), "a\u{fffd}".to_owned())]);
    }

    #[test]
    fn line_that_comes_by_chance_is_not_recorded() {
        let error = "docker: Error response from daemon: no such file.\r\n";
        let chance = "\u{1b}[31mERRO\u{1b}[0m[0000] error waiting for container: context canceled \r\n";
        let logged = "time=\"2026\" level=error msg=\"error waiting for container: context canceled\"\r\n";
        assert_eq!(without_chance(&format!("{error}{chance}{logged}$ ")), format!("{error}$ "));
        assert_eq!(without_chance(error), error);
    }

    #[test]
    fn a_flood_is_cut() {
        let mut recorder = Recorder::default();
        recorder.step(&crate::lesson::StepId("a".into()), EngineState::default());
        recorder.begin();
        for _ in 0..9 {
            recorder.take(&vec![b'x'; 100 << 10]);
        }
        recorder.end("$ ", "yes", None, Duration::ZERO, str::to_owned);
        assert!(recorder.steps[0].commands[0].cut);
        let kept: usize = recorder.steps[0].commands[0].pieces.iter().map(|(_, text)| text.len()).sum();
        assert_eq!(kept, MOST);
    }
}
