//! The environment of a lesson: its engine, and how a shell on that engine is started.

use std::path::PathBuf;

use crate::engine::Engine;
use crate::lesson::Conditions;
use crate::session::ShellSpec;

/// An engine, and all that a shell on it needs.
#[derive(Debug)]
pub struct LessonEnv {
    /// The engine on which claims are checked.
    pub engine: Engine,
    /// What is known of the engine and the docker CLI.
    pub conditions: Conditions,
    /// All environment variables of the shell.
    pub variables: Vec<(String, String)>,
    /// The command that enters the private engine's namespaces, put before the shell's own; empty for other engines.
    pub enter: Vec<String>,
    /// The folder `/proc/PID` of a process in the private engine's namespaces.
    pub namespaces: Option<PathBuf>,
    /// The lesson's directory; it exists.
    pub dir: PathBuf,
    /// A folder with a short path, for the shell's pipes.
    pub scratch: PathBuf,
    /// `key=value`: the label of the lesson's containers on an engine that others use too.
    pub label: Option<String>,
    /// Whether the engine gets images from a pack alone. An image that it cannot pull is then missing in the pack.
    pub pack_only: bool,
}

impl LessonEnv {
    /// A shell in this environment, in a terminal of this size.
    #[must_use]
    pub fn shell(&self, columns: u16, rows: u16) -> ShellSpec {
        ShellSpec {
            columns,
            rows,
            dir: self.dir.clone(),
            env: self.variables.clone(),
            enter: self.enter.clone(),
            room: self.namespaces.clone(),
            scratch: self.scratch.clone(),
        }
    }
}
