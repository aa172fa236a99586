//! The private engine: start, stop, recover; its mirror and its network.
//!
//! ```text
//!  owner (dermaga test)                          host's namespaces
//!    └ unshare ─ init  (init.rs)                 own PID, UTS, IPC and mount namespaces; the host's network
//!        ├ mirror: listens inside, fetches outside
//!        └ unshare ─ room (room.rs) ─exec─▶ dockerd   own network, own /run, /etc/hosts, /etc/docker
//!            ▲
//!            └ nsenter: the lesson's shell
//! ```
//!
//! Everything lives in the init's PID namespace and ends with it; the init ends when its owner does (the owner's end of
//! a pipe closes, whatever killed it). So there is nothing to clean up after a crash but files and empty cgroups, which
//! the next start removes. It never touches another engine: in the host's network namespace a second dockerd would
//! delete the first one's bridge and firewall rules.

mod binaries;
mod cgroup;
mod engine;
mod error;
mod init;
mod ready;
mod room;
mod spawn;
mod spec;
mod state;

use std::fs::File;
use std::path::{Path, PathBuf};

pub use binaries::{Binaries, find_binaries};
pub use error::{MissingProgram, SandboxError};
pub use init::{Mirror, internal};
pub use spec::{DataRoot, ImageSource, Owner, SandboxSpec};

use engine::Engine;

/// A running private engine. Dropped without [`stop`](Self::stop) it is killed all the same.
#[derive(Debug)]
pub struct Sandbox {
    spec: SandboxSpec,
    engine: Engine,
    /// Held as long as this owner lives: nobody else may start on the same state.
    _lock: File,
}

impl Sandbox {
    /// Starts an engine, after removing what a killed one of the same name left; ready when it answers `/_ping`.
    pub async fn start(spec: SandboxSpec) -> Result<Self, SandboxError> {
        spec.check()?;
        let lock = state::claim(&spec)?;
        let engine = Engine::launch(&spec).await?;
        Ok(Self { spec, engine, _lock: lock })
    }

    /// The engine's socket, an ordinary path outside and inside.
    #[must_use]
    pub fn socket(&self) -> &Path {
        self.engine.socket()
    }

    /// Its network namespace, to be opened from outside.
    #[must_use]
    pub fn netns(&self) -> PathBuf {
        self.engine.namespace("net")
    }

    /// What goes before a command so that it runs inside: mounts, network, processes. The working directory becomes `/`,
    /// see [`enter_at`](Self::enter_at).
    #[must_use]
    pub fn enter(&self) -> Vec<String> {
        self.engine.enter()
    }

    /// As [`enter`](Self::enter), and the command starts in `directory`.
    #[must_use]
    pub fn enter_at(&self, directory: &Path) -> Vec<String> {
        let mut words = self.enter();
        words.extend(["env", "-C"].map(str::to_owned));
        words.push(directory.to_string_lossy().into_owned());
        words
    }

    /// The folder to put first on the lesson's PATH: it holds the `docker` that came with this engine.
    #[must_use]
    pub fn cli(&self) -> &Path {
        self.engine.cli()
    }

    /// The engine's version as it says it, such as `20.10.24+dfsg1`.
    #[must_use]
    pub fn version(&self) -> &str {
        self.engine.version()
    }

    /// The init's process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.engine.pid()
    }

    /// A clean engine for the next lesson. The socket, the namespaces and `cli` change with it.
    pub async fn renew(&mut self) -> Result<(), SandboxError> {
        let next = Engine::launch(&self.spec).await?;
        let last = std::mem::replace(&mut self.engine, next);
        last.stop().await
    }

    /// Ends the engine and removes all it left.
    pub async fn stop(self) -> Result<(), SandboxError> {
        self.engine.stop().await
    }

    /// The last lines of the engine's log.
    #[must_use]
    pub fn log_tail(&self) -> String {
        self.engine.log_tail()
    }
}
