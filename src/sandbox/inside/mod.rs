//! The engine's own processes, inside their namespaces. Linux only.

mod failure;
mod init;
mod mounts;
mod node;
mod view;

pub use init::internal;

use std::ops::Range;
use std::path::PathBuf;

use super::spec::{InitSpec, SOCKETS};

impl InitSpec {
    /// Returns the path of the socket of the engine with this number.
    fn socket(&self, node: usize) -> PathBuf {
        self.dir.join(SOCKETS[node])
    }

    /// Returns the folder on disk with the data of the engine with this number.
    fn data(&self, node: usize) -> PathBuf {
        self.dir.join(["data", "data-b"][node])
    }

    /// Returns the numbers of the engines, which are their positions in [`NODES`](super::NODES).
    fn nodes(&self) -> Range<usize> {
        0..if self.two { 2 } else { 1 }
    }
}
