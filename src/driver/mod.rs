//! Runs the commands of a lesson. Types a command into a shell on the lesson's engine, answers the command's prompts,
//! and returns its output and how it ended.
//!
//! `test` and `learn` both use this module, so that a lesson's command behaves in the same way in `test` and in
//! `learn`.

mod command_script;
mod lesson_env;

use std::path::Path;
use std::time::Duration;

pub use command_script::{CommandScript, is_at_prompt, is_question, matched_lines};
pub use lesson_env::LessonEnv;

use crate::lesson::{FileBlock, Transcript};
use crate::session::{CommandOutput, SessionError, ShellSession, TypedCommand, WaitingProgram};
use crate::store::{FileError, OutputFolder};

/// The time limit of a command if neither the fence nor the command line sets a time limit.
const TIME_LIMIT: Duration = Duration::from_mins(2);

/// Returns the time limit of a transcript's commands. The transcript's own limit comes first, then `default`, then two
/// minutes.
#[must_use]
pub fn time_limit(transcript: &Transcript, default: Option<Duration>) -> Duration {
    transcript.attrs.timeout.or(default).unwrap_or(TIME_LIMIT)
}

/// Types the command of `script` into `shell` and waits until it ends, for at most `limit`. Calls `live` with the
/// output as soon as the command prints it.
///
/// If expected lines above a prompt are missing, types the next input after the quiet time `timeout`. If `timeout` is
/// `None`, types the next input only if these lines can no longer come.
///
/// # Errors
/// If the shell cannot be used.
pub async fn run_command(
    shell: &mut ShellSession,
    script: &CommandScript<'_>,
    limit: Duration,
    timeout: Option<Duration>,
    live: &mut (dyn FnMut(&[u8]) + Send),
) -> Result<CommandOutput, SessionError> {
    let is_ready = |input: usize, lines: &[String]| script.is_ready(input, lines);
    let reply = |waiting: &WaitingProgram<'_>| script.reply(waiting);
    let (text, inputs) = (script.text(), script.inputs());
    shell.run(TypedCommand { text, script: inputs, is_ready: &is_ready, timeout, reply: &reply }, limit, live).await
}

/// Writes a lesson's file inside `dir`. Refuses a symbolic link in the file's path, so that no file outside of `dir` is
/// written.
///
/// # Errors
/// If the file cannot be written.
pub fn write_lesson_file(dir: &Path, file: &FileBlock) -> Result<(), FileError> {
    OutputFolder::open(dir)?.write_in_place(Path::new(&file.path.value), file.content.as_bytes())
}
