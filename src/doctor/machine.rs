//! The machine that is examined.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::engine::{Endpoint, EngineError};

/// What Docker Hub's registry answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HubAnswer {
    /// It was not asked.
    NotAsked,
    /// It cannot be reached.
    Unreachable,
    /// Its certificate is not valid yet, or no longer, by this machine's clock.
    Untimely,
    /// The answer came with a certificate that this machine does not trust.
    Distrusted,
    /// It answers.
    Answers {
        /// Its clock, in seconds of Unix time.
        time: Option<u64>,
        /// Pulls left.
        remaining: Option<u32>,
    },
}

/// A machine to be examined.
#[derive(Debug)]
pub struct Machine<'a> {
    /// Where programs are looked for.
    pub path: OsString,
    /// Where its files are: `/`.
    pub root: PathBuf,
    /// The engine the docker CLI would talk to.
    pub endpoint: Result<Endpoint, EngineError>,
    /// Its time.
    pub now: SystemTime,
    /// The hub.
    pub hub: HubAnswer,
    /// `DOCKER_HOST` leads away from the system's own engine.
    pub by_host: bool,
    /// `DOCKER_CONTEXT` names the context.
    pub by_context: bool,
    /// Commands are root's: without `sudo`, which may not be there.
    pub as_root: bool,
    /// A folder on the engine's disk where the engine does not say; for tests.
    pub data: Option<&'a Path>,
}
