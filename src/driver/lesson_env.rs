//! The environment of a lesson: its engine, and the settings of a shell on that engine.

use std::io;
use std::path::PathBuf;

use crate::engine::{Engine, context_of_config};
use crate::lesson::Conditions;
use crate::matcher::Options;
use crate::session::ShellSpec;

/// An engine, and everything that a shell on this engine needs.
#[derive(Debug)]
pub struct LessonEnv {
    /// The engine on which claims are checked.
    pub engine: Engine,
    /// The facts about the engine and the docker CLI.
    pub conditions: Conditions,
    /// All environment variables of the shell.
    pub variables: Vec<(String, String)>,
    /// The beginning of the shell's command line, which enters the private engine's namespaces. Empty for other
    /// engines.
    pub enter: Vec<String>,
    /// The folder `/proc/PID` of a process in the private engine's namespaces.
    pub namespaces: Option<PathBuf>,
    /// The lesson's directory, which exists.
    pub dir: PathBuf,
    /// A folder with a short path, for the shell's pipes.
    pub scratch: PathBuf,
    /// The label `key=value` of the lesson's containers, if others use the engine too.
    pub label: Option<String>,
    /// Whether the engine gets images only from a pack. If such an engine cannot pull an image, the pack lacks that
    /// image.
    pub pack_only: bool,
}

impl LessonEnv {
    /// Returns the other node to which docker commands go, if `docker context use` has chosen another node.
    #[must_use]
    pub fn chosen_node(&self) -> Option<String> {
        let (_, config) = self.variables.iter().find(|(name, _)| name == "DOCKER_CONFIG")?;
        let text = std::fs::read_to_string(PathBuf::from(config).join("config.json")).ok()?;
        context_of_config(&text).filter(|name| self.engine.other_nodes().any(|(node, _)| node == name))
    }

    /// Undoes `docker context use`, so that docker commands go to the lesson's own engine again.
    ///
    /// # Errors
    /// If the docker CLI's settings cannot be read or written.
    pub fn leave_chosen_node(&self) -> io::Result<()> {
        let config = self.variables.iter().find(|(name, _)| name == "DOCKER_CONFIG");
        let Some(path) = config.map(|(_, config)| PathBuf::from(config).join("config.json")) else { return Ok(()) };
        let mut settings: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        settings.remove("currentContext");
        std::fs::write(path, serde_json::to_string(&settings)?)
    }

    /// Returns the options for matching output in this environment.
    #[must_use]
    pub fn match_options(&self, exact: bool) -> Options<'_> {
        Options { exact, dir: self.dir.to_str() }
    }

    /// Returns the settings of a shell in this environment, with a terminal of this size.
    #[must_use]
    pub fn shell(&self, columns: u16, rows: u16) -> ShellSpec {
        ShellSpec {
            columns,
            rows,
            dir: self.dir.clone(),
            env: self.variables.clone(),
            enter: self.enter.clone(),
            namespaces: self.namespaces.clone(),
            scratch: self.scratch.clone(),
        }
    }
}
