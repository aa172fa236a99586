//! Starts, stops and recovers private engines. Each engine has its own mirror and its own network.
//!
//! ```text
//!  owner (dermaga test)                          host's namespaces
//!    └ unshare ─ init  (init.rs)                 own PID, UTS, IPC and mount namespaces; the host's network
//!        ├ mirror: listens inside, fetches outside
//!        ├ unshare ─ node (node.rs) ─exec─▶ dockerd   own network, own view of the machine's files
//!        │   └ link
//!        └ unshare ─ node ─exec─▶ dockerd             a second one, if the lesson needs two engines
//!            ▲
//!            └ nsenter: the lesson's shell
//! ```
//!
//! The node sees the machine's root through an overlay (view.rs), so changes by the engine or the shell do not last.
//! Only changes in the folders of [`SandboxSpec::shared`] are permanent.
//!
//! Everything runs in the init's PID namespace and ends with the init. The init ends when its owner ends, even if the
//! owner is killed, because the owner's end of a pipe then closes. The init also makes sure that no frozen process
//! stays behind. So a crash leaves only files and empty cgroups, which the next start removes. A private engine does
//! not affect other engines, because it has its own network namespace. In the host's network namespace, a second
//! dockerd would delete the bridge and the firewall rules of the first.
//!
//! Private engines work only on Linux. On other systems, [`find_binaries`] fails with [`SandboxError::NotLinux`], and
//! the module `inside` is not compiled.

mod binaries;
mod cgroup;
mod engine;
mod error;
mod folders;
#[cfg(target_os = "linux")]
mod inside;
mod nodes;
mod running;
mod spec;
mod state;

use std::path::{Path, PathBuf};

use tokio::task::JoinSet;

pub use binaries::{Binaries, check_system, find_binaries, find_binaries_in};
pub use error::{MissingProgram, SandboxError};
#[cfg(target_os = "linux")]
pub use inside::internal;
pub use nodes::write_contexts;
pub use running::Running;
pub use spec::{DataRoot, ImageSource, NODES, SandboxSpec};
pub use state::{attach, list, recover, state_folder};

use engine::OwnedEngine;

/// The default engine: a private engine on Linux, and the current engine on systems without private engines.
pub const DEFAULT_ENGINE: &str = if cfg!(target_os = "linux") { "private" } else { "current" };

/// Does nothing on this system, which has no private engines.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn internal(_arguments: &[std::ffi::OsString]) -> Option<std::process::ExitCode> {
    None
}

/// A private engine that this process started. Dropping this value also stops the engine, like [`stop`](Self::stop),
/// unless the engine is [detached](SandboxSpec::detached).
#[derive(Debug)]
pub struct Sandbox {
    spec: SandboxSpec,
    engine: OwnedEngine,
    /// The task that starts the engine for the next lesson, if there is one.
    warm: JoinSet<Result<OwnedEngine, SandboxError>>,
    /// The killed engines of earlier lessons that have not ended yet. Their end takes time, because the end of a
    /// container's file system syncs the whole disk.
    ending: JoinSet<Result<(), SandboxError>>,
}

impl Sandbox {
    /// Removes the remains of a killed engine with the same name, then starts an engine. Returns when the engine
    /// answers.
    pub async fn start(spec: SandboxSpec) -> Result<Self, SandboxError> {
        spec.check()?;
        state::prepare(&spec)?;
        crate::signals::reset_for_children().map_err(SandboxError::io(&spec.folder()))?;
        let engine = OwnedEngine::launch(&spec).await?;
        Ok(Self { spec, engine, warm: JoinSet::new(), ending: JoinSet::new() })
    }

    /// Returns the running engine: its version, its process id and its paths.
    #[must_use]
    pub fn running(&self) -> &Running {
        &self.engine.running
    }

    /// Returns the engine's socket. The path is the same inside and outside the engine's namespaces.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.running().socket()
    }

    /// Returns the folder `/proc/PID` of a process in the engine's namespaces; see [`Running::namespaces`].
    #[must_use]
    pub fn namespaces(&self) -> PathBuf {
        self.running().namespaces()
    }

    /// Returns the words to put before a command so that the command runs in the engine's namespaces, in `directory`;
    /// see [`Running::enter`].
    #[must_use]
    pub fn enter_at(&self, directory: &Path) -> Vec<String> {
        self.running().enter_at(directory)
    }

    /// Returns the folder to put first on the lesson's PATH. The folder contains the docker CLI that was installed with
    /// this engine.
    #[must_use]
    pub fn cli(&self) -> PathBuf {
        self.running().cli()
    }

    /// Begins to start an engine for the next lesson, or two engines if `two` is true, so that [`renew`](Self::renew)
    /// need not wait.
    pub fn warm(&mut self, two: bool) {
        if self.warm.is_empty() {
            let spec = SandboxSpec { two, ..self.spec.clone() };
            self.warm.spawn(async move { OwnedEngine::launch(&spec).await });
        }
    }

    /// Starts a clean engine for the next lesson, or two engines if `two` is true. Kills the last engine and removes
    /// its files in the background. Afterwards, [`socket`](Self::socket), [`namespaces`](Self::namespaces) and
    /// [`cli`](Self::cli) return the new engine's paths.
    pub async fn renew(&mut self, two: bool) -> Result<(), SandboxError> {
        let fits = |engine: &OwnedEngine| engine.running.has_two() == two;
        let next = match self.warm.join_next().await {
            Some(Ok(Ok(next))) if fits(&next) => next,
            other => {
                if let Some(Ok(Ok(unfit))) = other {
                    self.ending.spawn(unfit.stop());
                }
                OwnedEngine::launch(&SandboxSpec { two, ..self.spec.clone() }).await?
            }
        };
        let last = std::mem::replace(&mut self.engine, next);
        last.kill();
        self.ending.spawn(last.stop());
        Ok(())
    }

    /// Keeps the engine running after this process, until `dermaga engine stop`.
    pub async fn detach(self) -> Result<Running, SandboxError> {
        let Self { engine, mut warm, ending, .. } = self;
        warm.shutdown().await;
        let running = engine.detach()?;
        ending.join_all().await.into_iter().collect::<Result<(), _>>()?;
        Ok(running)
    }

    /// Stops the engine and removes its files.
    pub async fn stop(mut self) -> Result<(), SandboxError> {
        self.warm.shutdown().await;
        self.ending.spawn(self.engine.stop());
        self.ending.join_all().await.into_iter().collect()
    }
}
