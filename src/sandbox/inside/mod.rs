//! The engine's own processes, inside its namespaces. Linux only.

mod init;
mod mounts;
mod ready;
mod room;
mod view;

pub use init::internal;

use std::path::PathBuf;

use super::spec::{InitSpec, SOCKET};

impl InitSpec {
    /// Where the engine listens.
    fn socket(&self) -> PathBuf {
        self.dir.join(SOCKET)
    }
}
