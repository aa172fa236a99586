//! What a private engine is asked to be, by its owner and, written to a file, by its init.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Binaries, SandboxError};

/// A Unix socket's path has 108 bytes, the last one a zero.
const SOCKET_PATH: usize = 107;
/// The engine's socket in its folder; the only thing there that the engine and the lesson's shell may write.
pub(super) const SOCKET: &str = "s/d.sock";
/// The second engine's.
pub(super) const SECOND_SOCKET: &str = "s/b.sock";
/// `12345678.123/s/d.sock` and a separator: what comes after a sandbox's folder.
const BELOW: usize = 22;

/// The longest name that this program gives a sandbox.
const NAME: usize = 16;

/// Whether sockets of engines in the folder `state` have paths that the system takes.
pub(super) fn fits(state: &Path) -> bool {
    state.as_os_str().len() + 1 + NAME + BELOW <= SOCKET_PATH
}

/// Two engines in one network: their names, there and as contexts of the docker CLI, and their addresses.
pub const NODES: [(&str, &str); 2] = [("node-a", "10.0.0.11"), ("node-b", "10.0.0.12")];

/// The request for a [`Sandbox`](super::Sandbox).
#[derive(Debug, Clone)]
pub struct SandboxSpec {
    /// Its name: small letters, digits and hyphens.
    pub name: String,
    /// The folder of all private engines; this one lives in `state/name`. Short, since sockets lie in it.
    pub state: PathBuf,
    /// The programs it is made of.
    pub engine: Binaries,
    /// Where its mirror gets images.
    pub images: ImageSource,
    /// Where its images and containers lie.
    pub data: DataRoot,
    /// Folders and files of the machine that the engine and the lesson's shell see as they are: what is changed there
    /// stays. All else is a copy.
    pub shared: Vec<PathBuf>,
    /// Who ends it.
    pub owner: Owner,
    /// Whether a second engine runs beside it, [`NODES`] in one network.
    pub two: bool,
    /// This program, which runs itself again as the engine's init.
    pub program: PathBuf,
}

impl SandboxSpec {
    /// A request with a data-root on disk, ending with this process.
    #[must_use]
    pub fn new(name: &str, state: &Path, engine: Binaries, images: ImageSource) -> Self {
        Self {
            name: name.to_owned(),
            state: state.to_owned(),
            engine,
            images,
            data: DataRoot::Disk,
            shared: Vec::new(),
            owner: Owner::Owned,
            two: false,
            program: std::env::current_exe().unwrap_or_else(|_| PathBuf::from("/proc/self/exe")),
        }
    }

    /// The folder of this engine.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.state.join(&self.name)
    }

    pub(super) fn check(&self) -> Result<(), SandboxError> {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.name.is_empty() || self.name.len() > 40 || self.name.starts_with('-') || !self.name.chars().all(good) {
            return Err(SandboxError::BadName { name: self.name.clone() });
        }
        let length = self.folder().as_os_str().len() + BELOW;
        if length > SOCKET_PATH {
            return Err(SandboxError::LongPath { path: self.folder(), over: length - SOCKET_PATH });
        }
        Ok(())
    }
}

/// Where the engine's registry mirror gets its images.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImageSource {
    /// A pack on disk.
    Pack(PathBuf),
    /// Docker Hub, over the host's network.
    Hub,
    /// No mirror: every pull fails.
    None,
}

/// Where the engine's images, containers and volumes lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataRoot {
    /// In the engine's folder.
    Disk,
    /// In memory.
    Tmpfs {
        /// Its size.
        bytes: u64,
    },
    /// On a small file system of its own, to teach and test a full disk.
    Loop {
        /// Its size.
        bytes: u64,
    },
}

impl DataRoot {
    /// The fastest place that is large enough for each of `jobs` engines at a time: memory where there is plenty. On a
    /// disk, the end of every container waits until all that anybody wrote to that disk lies on it.
    #[must_use]
    pub fn fastest(jobs: u16) -> Self {
        Self::in_memory(&fs::read_to_string("/proc/meminfo").unwrap_or_default(), jobs).unwrap_or(Self::Disk)
    }

    /// Half of the memory that is free, shared out, unless that leaves less than a lesson may well fill.
    fn in_memory(meminfo: &str, jobs: u16) -> Option<Self> {
        const ENOUGH: u64 = 4 << 30;
        let free = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
        let kibibytes: u64 = free.trim().trim_end_matches("kB").trim_end().parse().ok()?;
        let bytes = kibibytes.checked_mul(1024)? / 2 / u64::from(jobs.max(1));
        (bytes >= ENOUGH).then_some(Self::Tmpfs { bytes })
    }
}

/// Who ends the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// It ends with this process, whatever ends that.
    Owned,
    /// It goes on until it is stopped by name.
    Detached,
}

/// What the init reads: `spec.json` in the engine's folder.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct InitSpec {
    pub dir: PathBuf,
    pub cgroup: String,
    pub engine: Binaries,
    pub images: ImageSource,
    pub data: DataRoot,
    pub shared: Vec<PathBuf>,
    /// Absent in what versions before 0.2 wrote.
    #[serde(default)]
    pub two: bool,
}

/// What the init says on its standard output, a line of JSON each.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum InitReport {
    /// It runs, under this process id outside.
    Init { pid: u32 },
    /// A step of the set-up failed.
    Failed { step: String, error: String },
    /// The room is made, its loopback up; the process `room` (a number inside) holds its namespaces.
    Inside { room: u32 },
    /// The room of the second engine is made.
    Second { room: u32 },
    /// The engine answers.
    Ready { version: String, api: String },
    /// The engine's process ended.
    Died { status: String },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_where_there_is_plenty() {
        let meminfo = "MemTotal:       24683656 kB\nMemFree:        100 kB\nMemAvailable:   16777216 kB\n";
        assert_eq!(DataRoot::in_memory(meminfo, 1), Some(DataRoot::Tmpfs { bytes: 8 << 30 }));
        assert_eq!(DataRoot::in_memory(meminfo, 4), None);
        assert_eq!(DataRoot::in_memory(meminfo, 2), Some(DataRoot::Tmpfs { bytes: 4 << 30 }));
        assert_eq!(DataRoot::in_memory("", 1), None);
    }
}
