//! The engine's own processes, inside its namespaces. Linux only.

mod failure;
mod init;
mod mounts;
mod ready;
mod room;
mod view;

pub use init::internal;

use std::path::PathBuf;

use super::spec::{InitSpec, NODES, SECOND_SOCKET, SOCKET};

/// Which of two engines; where there is one, it is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EngineNode {
    First,
    Second,
}

impl EngineNode {
    fn number(self) -> usize {
        usize::from(self == Self::Second)
    }

    /// Its name and its address in the network of the two.
    fn name(self) -> (&'static str, &'static str) {
        NODES[self.number()]
    }

    /// The arguments with which this program becomes its room, and changes `/usr` there.
    fn verbs(self) -> [&'static str; 2] {
        match self {
            Self::First => ["internal-engine-room", "internal-engine-usr"],
            Self::Second => ["internal-engine-second-room", "internal-engine-second-usr"],
        }
    }
}

impl InitSpec {
    /// Where the engine listens.
    fn socket(&self, node: EngineNode) -> PathBuf {
        self.dir.join([SOCKET, SECOND_SOCKET][node.number()])
    }

    /// Where the engine's data lies on disk, and the file of its own file system.
    fn data(&self, node: EngineNode) -> [PathBuf; 2] {
        let [folder, image] = [["data", "disk.img"], ["data-b", "disk-b.img"]][node.number()];
        [self.dir.join(folder), self.dir.join(image)]
    }

    fn nodes(&self) -> &'static [EngineNode] {
        if self.two { &[EngineNode::First, EngineNode::Second] } else { &[EngineNode::First] }
    }
}
