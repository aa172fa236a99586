//! Where a lesson is learnt: an engine, and how a shell beside it is started.

use std::path::PathBuf;

use crate::engine::Engine;
use crate::lesson::Conditions;
use crate::session::ShellSpec;

/// An engine with all that a learner's shell beside it needs.
#[derive(Debug)]
pub struct LessonEnv {
    /// The engine that claims are looked up on.
    pub engine: Engine,
    /// What is known of it.
    pub conditions: Conditions,
    /// The shell's whole environment.
    pub variables: Vec<(String, String)>,
    /// Put before the shell's own command, to enter the private engine's namespaces.
    pub enter: Vec<String>,
    /// The folder `/proc/PID` of a process that has the private engine's namespaces.
    pub room: Option<PathBuf>,
    /// The lesson's directory; it exists.
    pub dir: PathBuf,
    /// A folder with a short path for the shell's pipes.
    pub scratch: PathBuf,
    /// Where commands are remembered from one visit to the next.
    pub history: Option<PathBuf>,
    /// `key=value`, which marks what is the lesson's on an engine that others use too.
    pub label: Option<String>,
    /// What the person is told of it: `Docker 20.10.24, mesin pribadi`.
    pub name: String,
}

impl LessonEnv {
    /// A shell beside it, in a terminal of this size.
    pub(super) fn shell(&self, columns: u16, rows: u16) -> ShellSpec {
        ShellSpec {
            columns,
            rows,
            dir: self.dir.clone(),
            env: self.variables.clone(),
            enter: self.enter.clone(),
            room: self.room.clone(),
            scratch: self.scratch.clone(),
        }
    }
}
