//! The engine's own processes, inside their namespaces. Linux only.

mod failure;
mod init;
mod mounts;
mod node;
mod view;

pub use init::internal;

use std::path::PathBuf;

use super::spec::{InitSpec, NODES, SECOND_SOCKET, SOCKET};

/// Which of two engines; a single engine is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EngineNode {
    First,
    Second,
}

impl EngineNode {
    fn number(self) -> usize {
        usize::from(self == Self::Second)
    }

    /// Returns the engine's name and its address in the network of the two engines.
    fn name(self) -> (&'static str, &'static str) {
        NODES[self.number()]
    }

    /// Returns the arguments with which this program becomes the engine's node, and with which it replaces `/usr`
    /// there.
    fn verbs(self) -> [&'static str; 2] {
        match self {
            Self::First => ["internal-engine-node", "internal-engine-usr"],
            Self::Second => ["internal-engine-second-node", "internal-engine-second-usr"],
        }
    }
}

impl InitSpec {
    /// Returns the path of the engine's socket.
    fn socket(&self, node: EngineNode) -> PathBuf {
        self.dir.join([SOCKET, SECOND_SOCKET][node.number()])
    }

    /// Returns the folder of the engine's data on disk.
    fn data(&self, node: EngineNode) -> PathBuf {
        self.dir.join(["data", "data-b"][node.number()])
    }

    fn nodes(&self) -> &'static [EngineNode] {
        if self.two { &[EngineNode::First, EngineNode::Second] } else { &[EngineNode::First] }
    }
}
