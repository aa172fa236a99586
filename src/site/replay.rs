//! Turns recordings into frames that a page can show without a terminal. A frame has a time, the number of screen lines
//! that stay, and the lines after them. A page loads the player and the frames when a reader plays a recording.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use super::assets::Asset;
use crate::highlight::shell_pieces;
use crate::record::{RecordedStep, Recording};
use crate::transcript::{Screen, sanitise};

/// The longest wait in a replay. A replay shortens longer waits of the recording to this time.
const LONGEST_WAIT: Duration = Duration::from_millis(1500);
/// The shortest time between two frames. Output that follows earlier output sooner is in the same frame.
const FRAME: Duration = Duration::from_millis(50);
/// The pause after a command and after its output, so that a reader can read the command and the output.
const PAUSE: Duration = Duration::from_millis(900);

/// The frames of a step, the time at which each command ends, and the length of the replay. All times are in
/// milliseconds.
#[derive(Debug, PartialEq, Serialize)]
struct Replay {
    frames: Vec<Value>,
    ends: Vec<u64>,
    length: u64,
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn replay(step: &RecordedStep, size: (u16, u16)) -> Replay {
    let mut now = Duration::ZERO;
    let mut frames = Vec::new();
    let mut ends = Vec::new();
    // The number of lines above the command's output.
    let mut above = 0;
    for command in &step.commands {
        let mut typed: Vec<Value> = Vec::new();
        for (at, line) in command.text.split('\n').enumerate() {
            let prompt = if at == 0 { command.prompt.as_str() } else { "> " };
            typed.push(json!([sanitise(prompt), shell_pieces(&sanitise(line)).collect::<Vec<_>>()]));
        }
        frames.push(json!([millis(now), above, typed]));
        above += typed.len();
        now += PAUSE;
        let mut screen = Screen::new(size.0, size.1);
        let mut shown: Vec<String> = Vec::new();
        let mut last = Duration::ZERO;
        let mut pieces = command.pieces.iter().peekable();
        while let Some((at, bytes)) = pieces.next() {
            screen.feed(bytes.as_bytes());
            now += at.saturating_sub(last).min(LONGEST_WAIT);
            last = (*at).max(last);
            if pieces.peek().is_some_and(|(next, _)| next.saturating_sub(last) < FRAME) {
                continue;
            }
            let lines: Vec<String> = screen.lines().iter().map(|line| sanitise(line)).collect();
            push(&mut frames, now, above, &shown, &lines);
            shown = lines;
        }
        now += command.elapsed.saturating_sub(last).min(LONGEST_WAIT);
        let lines: Vec<String> = screen.finish().0.iter().map(|line| sanitise(line)).collect();
        push(&mut frames, now, above, &shown, &lines);
        above += lines.len();
        ends.push(millis(now));
        now += PAUSE;
    }
    Replay { frames, ends, length: millis(now) }
}

/// Adds a frame if `lines` differ from the lines that are shown.
fn push(frames: &mut Vec<Value>, now: Duration, above: usize, shown: &[String], lines: &[String]) {
    if shown != lines {
        let same = shown.iter().zip(lines).take_while(|(a, b)| a == b).count();
        frames.push(json!([millis(now), above + same, &lines[same..]]));
    }
}

/// Returns the duration of a step's replay in seconds.
pub(super) fn seconds(step: &RecordedStep, recording: &Recording) -> usize {
    usize::try_from(replay(step, recording.size).length.div_ceil(1000)).unwrap_or(usize::MAX)
}

/// Makes the file with the frames of the wanted steps of `recording`. The file is a script, because a page that is
/// opened from a disk can load a script.
pub(super) fn asset<'a>(recording: &Recording, wanted: impl Iterator<Item = &'a RecordedStep>) -> Asset {
    let steps: serde_json::Map<String, Value> =
        wanted.map(|step| (step.id.0.clone(), json!(replay(step, recording.size)))).collect();
    // The script escapes `<`, so that a browser finds no tag in the recorded text.
    let text = format!("dermagaFrames({});\n", Value::Object(steps)).replace('<', "\\u003c");
    Asset::named(&format!("rekaman-{}", recording.lesson.0), "js", text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::StepId;
    use crate::record::{EngineState, RecordedCommand};

    #[test]
    fn frames_show_the_recorded_screen_with_shortened_waits() {
        let piece = |at: u64, text: &str| (Duration::from_millis(at), text.to_owned());
        let command = |text: &str, pieces| RecordedCommand {
            prompt: "$ ".into(),
            text: text.into(),
            pieces,
            cut: false,
            status: Some(0),
            elapsed: Duration::from_mins(1),
        };
        let pull = command(
            "docker pull \\\n  x",
            vec![piece(0, "a: 1\r\nb: 1\r\n"), piece(10, "\u{1b}[1A\u{1b}[2Kb: 2\r\n"), piece(50_000, "ok\r\n")],
        );
        let echo = command("echo", vec![piece(1, "\u{202e}<b>\r\n")]);
        let step = RecordedStep {
            id: StepId("s".into()),
            before: EngineState::default(),
            after: EngineState::default(),
            commands: vec![pull, echo],
        };
        let made = replay(&step, (80, 24));
        let mut screen: Vec<Value> = Vec::new();
        let mut time = 0;
        for frame in &made.frames {
            assert!(frame[0].as_u64().unwrap() >= time, "time goes on");
            time = frame[0].as_u64().unwrap();
            screen.truncate(usize::try_from(frame[1].as_u64().unwrap()).unwrap());
            screen.extend(frame[2].as_array().unwrap().iter().cloned());
        }
        let text = serde_json::to_string(&screen).unwrap();
        let expected = concat!(
            r#"[["$ ",[["tok-cmd","docker"],[""," "],["","pull"],[""," "],["tok-op","\\"]]],"#,
            r#"["> ",[["","  "],["tok-cmd","x"]]],"a: 1","b: 2","ok",["$ ",[["tok-cmd","echo"]]],""#
        );
        assert!(text.starts_with(expected) && !text.contains('\u{202e}'), "{text}");
        assert_eq!(made.frames.len(), 5, "the redrawn line came at once: {:?}", made.frames);
        assert!(made.length < 10_000, "waits are short: {}", made.length);
        assert_eq!(made.ends.len(), 2);
    }
}
