//! The engine's own processes, inside its namespaces. Linux only.

mod init;
mod ready;
mod room;

pub use init::internal;

use std::path::PathBuf;

use super::spec::InitSpec;

impl InitSpec {
    /// Where the engine listens.
    fn socket(&self) -> PathBuf {
        self.dir.join("d.sock")
    }
}
