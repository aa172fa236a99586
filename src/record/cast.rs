//! Reads and writes a recording as asciicast v2: a header line, then one event per line.
//!
//! Besides the standard codes `o` (output) and `m` (marker), Dermaga uses three other codes. `x` is the exit status of
//! a command. `s` is the state of the engine as JSON. `c` means that the rest of a command's output is missing. Players
//! skip unknown codes.

use std::fmt::Write as _;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{EngineState, RecordedCommand, RecordedStep, Recording};
use crate::event::EngineFacts;
use crate::lesson::{LessonId, StepId};

/// The version of the codes that Dermaga adds to asciicast.
const FORMAT: u64 = 1;

/// The pause after a typed command, after its output and after a step. The pause gives a person time to read.
const PAUSE: Duration = Duration::from_millis(900);

/// The reason why a text is not a recording of a lesson.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CastError {
    /// The header is missing, or another program wrote the text.
    #[error("no recording of a lesson")]
    Header,
    /// A newer version of Dermaga wrote the recording.
    #[error("a recording of format {0}, this program reads {FORMAT}")]
    Newer(u64),
    /// A line is not an event of an asciicast, or is in the wrong place.
    #[error("line {0} is no event of a recording")]
    Line(usize),
}

/// The part of an asciicast's first line that only Dermaga reads.
#[derive(Serialize, Deserialize)]
struct OwnHeader {
    format: u64,
    lesson: LessonId,
    date: String,
    #[serde(flatten)]
    engine: EngineFacts,
}

impl Recording {
    /// Writes the recording as an asciicast.
    #[must_use]
    pub fn to_cast(&self) -> String {
        let (lesson, date, engine) = (self.lesson.clone(), self.date.clone(), self.engine.clone());
        let dermaga = OwnHeader { format: FORMAT, lesson: lesson.clone(), date, engine };
        let (width, height) = self.size;
        let header = json!({ "version": 2, "width": width, "height": height, "title": lesson, "dermaga": dermaga });
        let mut cast = Cast { text: format!("{header}\n"), at: Duration::ZERO };
        for step in &self.steps {
            cast.event("m", &format!("step {}", step.id));
            cast.event("s", &json!(step.before).to_string());
            for command in &step.commands {
                cast.command(command);
            }
            cast.event("s", &json!(step.after).to_string());
            cast.at += PAUSE;
        }
        cast.text
    }

    /// Reads a recording from text that [`to_cast`](Self::to_cast) wrote.
    ///
    /// # Errors
    /// If `text` is not a recording of a lesson.
    pub fn from_cast(text: &str) -> Result<Self, CastError> {
        let mut lines = text.lines().enumerate();
        let header = lines.next().and_then(|(_, line)| serde_json::from_str::<Value>(line).ok());
        let mut header = header.ok_or(CastError::Header)?;
        let format = header["dermaga"]["format"].as_u64().ok_or(CastError::Header)?;
        if format != FORMAT {
            return Err(CastError::Newer(format));
        }
        let own = serde_json::from_value(header["dermaga"].take()).map_err(|_| CastError::Header)?;
        let OwnHeader { lesson, date, engine, .. } = own;
        let cells = |key: &str| header[key].as_u64().and_then(|cells| u16::try_from(cells).ok());
        let size = (cells("width").ok_or(CastError::Header)?, cells("height").ok_or(CastError::Header)?);
        let mut reading = CastReader::default();
        for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let (time, code, data): (f64, String, String) =
                serde_json::from_str(line).map_err(|_| CastError::Line(at + 1))?;
            let time = Duration::try_from_secs_f64(time).map_err(|_| CastError::Line(at + 1))?;
            reading.event(time, &code, data).ok_or(CastError::Line(at + 1))?;
        }
        Ok(Self { lesson, engine, date, size, steps: reading.steps })
    }
}

struct Cast {
    text: String,
    at: Duration,
}

impl Cast {
    fn event(&mut self, code: &str, data: &str) {
        let _ = writeln!(self.text, "{}", json!([millis(self.at), code, data]));
    }

    /// Writes the prompt and the command as output, as if a person had typed the command. Then writes the command's
    /// output and exit status.
    fn command(&mut self, command: &RecordedCommand) {
        self.event("m", &format!("prompt {}", command.prompt));
        self.event("m", &format!("command {}", command.text));
        self.event(
            "o",
            &format!("{}{}\r\n", command.prompt.replace('\n', "\r\n"), command.text.replace('\n', "\r\n> ")),
        );
        self.at += PAUSE;
        let begun = self.at;
        for (after, text) in &command.pieces {
            self.at = begun + *after;
            self.event("o", text);
        }
        self.at = self.at.max(begun + command.elapsed);
        if command.cut {
            self.event("c", "");
        }
        self.event("x", &command.status.map_or_else(String::new, |status| status.to_string()));
        self.at += PAUSE;
    }
}

/// Returns `at` in seconds, rounded to milliseconds.
fn millis(at: Duration) -> f64 {
    (at.as_secs_f64() * 1e3).round() / 1e3
}

#[derive(Default)]
struct CastReader {
    steps: Vec<RecordedStep>,
    prompt: String,
    /// The command whose events are being read, and the time when the command began. The time is `None` until the
    /// reader has read the line with the prompt.
    open: Option<(RecordedCommand, Option<Duration>)>,
}

impl CastReader {
    fn event(&mut self, time: Duration, code: &str, data: String) -> Option<()> {
        match code {
            "m" => {
                if let Some(id) = data.strip_prefix("step ") {
                    let (before, after) = (EngineState::default(), EngineState::default());
                    self.steps.push(RecordedStep { id: StepId(id.into()), before, after, commands: Vec::new() });
                } else if let Some(prompt) = data.strip_prefix("prompt ") {
                    prompt.clone_into(&mut self.prompt);
                } else if let Some(text) = data.strip_prefix("command ") {
                    let (prompt, text) = (std::mem::take(&mut self.prompt), text.to_owned());
                    self.open = Some((RecordedCommand { prompt, text, ..RecordedCommand::default() }, None));
                }
            }
            "s" => {
                let state = serde_json::from_str(&data).ok()?;
                let step = self.steps.last_mut()?;
                if step.commands.is_empty() && self.open.is_none() { step.before = state } else { step.after = state }
            }
            // The first output of a command is the line with its prompt and its text.
            "o" => match self.open.as_mut()? {
                (_, begun @ None) => *begun = Some(time + PAUSE),
                (command, Some(begun)) => command.pieces.push((time.saturating_sub(*begun), data)),
            },
            "c" => self.open.as_mut()?.0.cut = true,
            "x" => {
                let (mut command, begun) = self.open.take()?;
                command.status = data.parse().ok();
                command.elapsed = time.saturating_sub(begun?);
                self.steps.last_mut()?.commands.push(command);
            }
            _ => {}
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::EngineFamily;

    fn recording() -> Recording {
        let state = EngineState { networks: vec!["toko".into()], ..EngineState::default() };
        let command = |text: &str, status: Option<i32>, pieces: &[(u64, &str)]| RecordedCommand {
            prompt: "root@server_rumah:/home/ryan# ".into(),
            text: text.into(),
            pieces: pieces.iter().map(|(at, text)| (Duration::from_millis(*at), (*text).to_owned())).collect(),
            cut: status.is_none(),
            status,
            elapsed: Duration::from_millis(900),
        };
        let pull = command("docker pull mongo:4.1", Some(0), &[(12, "4.1: Pulling\r\n"), (800, "a: \u{1b}[1A done")]);
        let echo = command("echo a \\\n  b", None, &[]);
        Recording {
            lesson: LessonId("mengambil-image".into()),
            engine: EngineFacts {
                version: "20.10.24".into(),
                api: "1.41".into(),
                family: EngineFamily::Docker,
                cli: "20.10.24".into(),
                private: true,
            },
            date: "2026-11-24".into(),
            size: (100, 200),
            steps: vec![
                RecordedStep {
                    id: StepId("ambil".into()),
                    before: EngineState::default(),
                    after: state.clone(),
                    commands: vec![pull, echo],
                },
                RecordedStep {
                    id: StepId("lihat".into()),
                    before: state,
                    after: EngineState::default(),
                    commands: vec![],
                },
            ],
        }
    }

    #[test]
    fn recording_is_unchanged_after_writing_and_reading() {
        let mut written = recording();
        // From a step without commands, the reader restores only one of the two states.
        written.steps.pop();
        let cast = written.to_cast();
        assert_eq!(Recording::from_cast(&cast), Ok(written));
        let first: Value = serde_json::from_str(cast.lines().next().unwrap()).unwrap();
        assert_eq!(first["version"], 2);
    }

    #[test]
    fn from_cast_refuses_text_that_is_no_recording() {
        assert_eq!(Recording::from_cast(""), Err(CastError::Header));
        assert_eq!(Recording::from_cast("{\"version\":2,\"width\":80,\"height\":24}"), Err(CastError::Header));
        let newer = recording().to_cast().replacen("\"format\":1", "\"format\":2", 1);
        assert_eq!(Recording::from_cast(&newer), Err(CastError::Newer(2)));
        let broken = format!("{}[1,\"x\",\"0\"]\n", recording().to_cast());
        assert!(matches!(Recording::from_cast(&broken), Err(CastError::Line(_))));
        let late = recording().to_cast().replacen("[0.0,\"m\"", "[-1.0,\"m\"", 1);
        assert_eq!(Recording::from_cast(&late), Err(CastError::Line(2)));
    }
}
