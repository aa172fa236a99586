//! Describes the machine that the doctor examines.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::engine::{Endpoint, EngineError};

/// The answer of Docker Hub's registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HubAnswer {
    /// Docker Hub cannot be reached.
    Unreachable,
    /// By this machine's clock, Docker Hub's certificate is not valid yet, or no longer valid.
    Untimely,
    /// This machine does not trust the certificate of the answer.
    Distrusted,
    /// Docker Hub answers.
    Answers {
        /// The time on Docker Hub's clock, in seconds since 1970.
        time: Option<u64>,
        /// The number of pulls that are left.
        remaining: Option<u32>,
    },
}

/// A machine that the doctor examines.
#[derive(Debug)]
pub struct Machine<'a> {
    /// The folders in which the doctor searches for programs, as in `PATH`.
    pub path: OsString,
    /// The root of the machine's files: `/`.
    pub root: PathBuf,
    /// The address of the engine that the docker CLI would use.
    pub endpoint: Result<Endpoint, EngineError>,
    /// The time on the machine's clock.
    pub now: SystemTime,
    /// Docker Hub's answer.
    pub hub: HubAnswer,
    /// Whether `DOCKER_HOST` names an engine that is not the system's own engine.
    pub by_host: bool,
    /// Whether `DOCKER_CONTEXT` names the context.
    pub by_context: bool,
    /// Whether the user is root. Commands for root have no `sudo`, because `sudo` may not be installed.
    pub as_root: bool,
    /// A folder on the engine's disk. In tests, this folder replaces the folder that the engine reports.
    pub data: Option<&'a Path>,
}
