//! Compares a recording with its lesson.

use super::Recording;
use super::proof::major;
use crate::lesson::{Action, Block, Conditions, Lesson, needs, plan};
use crate::matcher::{Bindings, Comparison, Options, compare};
use crate::text::Span;

/// The path of the lesson's directory in recordings.
pub const USUAL_DIR: &str = "/home/dermaga";

/// A recorded command whose output no longer matches the lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    /// The position of the command in the lesson's source.
    pub command: Span,
    /// The recorded lines of the command.
    pub recorded: Vec<String>,
    /// The comparison of the lesson's lines with the recorded lines.
    pub comparison: Comparison,
}

/// Returns the commands whose recorded output does not match `lesson`.
///
/// Compares the recorded lines only with the lesson, not with a new run. Another machine may print another kernel
/// release, but the recording is still right if the lesson accepts any release. So the result is the same on every
/// machine. Uses the fences that fit the engine of the recording.
#[must_use]
pub fn outdated(lesson: &Lesson, recording: &Recording) -> Vec<Outdated> {
    let conditions = Conditions {
        cli_major: major(&recording.engine.cli),
        family: recording.engine.family,
        abilities: needs(lesson).into_iter().map(str::to_owned).collect(),
    };
    let mut bindings = Bindings::default();
    let mut found = Vec::new();
    for planned in plan(lesson, &conditions).steps {
        let step = &lesson.steps[planned.step];
        let mut seen: Vec<&str> = Vec::new();
        for action in planned.actions {
            let Action::Run { block, command } = action else { continue };
            let Block::Transcript(fence) = &step.blocks[block] else { continue };
            let command = &fence.commands[command];
            if fence.attrs.hidden {
                continue;
            }
            let nth = seen.iter().filter(|text| **text == command.text).count();
            seen.push(&command.text);
            let Some(ran) = recording.command(&step.id, &command.text, nth) else { continue };
            if ran.cut || fence.leaves_output_open(command) {
                continue;
            }
            let recorded = ran.lines(recording.size);
            let options = Options { exact: fence.attrs.exact, dir: Some(USUAL_DIR) };
            let comparison = compare(&command.expected, &recorded, &mut bindings, &options);
            if !comparison.met {
                found.push(Outdated { command: command.span, recorded, comparison });
            }
        }
    }
    found
}

#[cfg(test)]
#[path = "outdated_tests.rs"]
mod tests;
