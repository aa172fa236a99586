//! The specification of a private engine. The owner makes the specification; the init reads it from a file.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Binaries, SandboxError};

/// The maximum length of a Unix socket's path: 108 bytes with the zero at the end.
const SOCKET_PATH: usize = 107;
/// The paths of the sockets of one or two engines within the engine's folder. The engines and the lesson's shell can
/// write only to the folder `s` there.
pub(super) const SOCKETS: [&str; 2] = ["s/d.sock", "s/b.sock"];
/// The length of `/12345678.123/s/d.sock`, the part of a socket's path after the sandbox's folder.
const BELOW: usize = 22;

/// The length of the longest name that this program gives to a sandbox.
const NAME: usize = 16;

/// Whether the sockets of engines in the folder `state` have paths that are short enough for the system.
pub(super) fn fits(state: &Path) -> bool {
    state.as_os_str().len() + 1 + NAME + BELOW <= SOCKET_PATH
}

/// The names and addresses of two engines in one network. Each engine's docker context has the same name as the engine.
pub const NODES: [(&str, &str); 2] = [("node-a", "10.0.0.11"), ("node-b", "10.0.0.12")];

/// The specification of a [`Sandbox`](super::Sandbox).
#[derive(Debug, Clone)]
pub struct SandboxSpec {
    /// The name: lower-case letters, digits and hyphens.
    pub name: String,
    /// The folder of all private engines. This engine is in `state/name`. The path must be short, because the paths of
    /// the engines' sockets begin with it.
    pub state: PathBuf,
    /// The programs of the engine.
    pub engine: Binaries,
    /// The source of the mirror's images.
    pub images: ImageSource,
    /// The place of the engine's images and containers.
    pub data: DataRoot,
    /// The folders and files of the machine that the engine and the lesson's shell can change. Changes to any other
    /// file do not last.
    pub shared: Vec<PathBuf>,
    /// Whether the engine keeps running when the process that starts it ends, until it is stopped by name.
    pub detached: bool,
    /// Whether a second engine runs too. The two engines are then the [`NODES`] of one network.
    pub two: bool,
    /// This program, which runs itself again as the engine's init.
    pub program: PathBuf,
}

impl SandboxSpec {
    /// Makes a specification for an engine that keeps its data on disk and ends with this process.
    #[must_use]
    pub fn new(name: &str, state: &Path, engine: Binaries, images: ImageSource) -> Self {
        Self {
            name: name.to_owned(),
            state: state.to_owned(),
            engine,
            images,
            data: DataRoot::Disk,
            shared: Vec::new(),
            detached: false,
            two: false,
            program: std::env::current_exe().unwrap_or_else(|_| PathBuf::from("/proc/self/exe")),
        }
    }

    /// Returns the folder of this engine.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.state.join(&self.name)
    }

    pub(super) fn check(&self) -> Result<(), SandboxError> {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.name.is_empty() || self.name.len() > 40 || self.name.starts_with('-') || !self.name.chars().all(good) {
            return Err(SandboxError::BadName(self.name.clone()));
        }
        let length = self.folder().as_os_str().len() + BELOW;
        if length > SOCKET_PATH {
            return Err(SandboxError::LongPath { path: self.folder(), over: length - SOCKET_PATH });
        }
        Ok(())
    }
}

/// The source from which the engine's registry mirror gets its images.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImageSource {
    /// A pack on disk.
    Pack(PathBuf),
    /// Docker Hub, over the host's network.
    Hub,
    /// No mirror, so every pull fails.
    None,
}

/// The place of the engine's images, containers and volumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataRoot {
    /// On disk, in the engine's folder.
    Disk,
    /// In memory.
    Tmpfs {
        /// The size in bytes.
        bytes: u64,
    },
}

impl DataRoot {
    /// Chooses the fastest place for the data of `jobs` engines that run at the same time: memory, if enough is free.
    /// On a disk, the end of every container waits until all unwritten data of the whole disk has been written.
    #[must_use]
    pub fn fastest(jobs: u16) -> Self {
        Self::in_memory(&fs::read_to_string("/proc/meminfo").unwrap_or_default(), jobs).unwrap_or(Self::Disk)
    }

    /// Divides half of the free memory among the engines. Returns `None` if each engine would get less than a lesson
    /// may need.
    fn in_memory(meminfo: &str, jobs: u16) -> Option<Self> {
        const ENOUGH: u64 = 4 << 30;
        let free = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
        let kibibytes: u64 = free.trim().trim_end_matches("kB").trim_end().parse().ok()?;
        let bytes = kibibytes.checked_mul(1024)? / 2 / u64::from(jobs.max(1));
        (bytes >= ENOUGH).then_some(Self::Tmpfs { bytes })
    }
}

/// The file `spec.json` in the engine's folder, which the init reads.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct InitSpec {
    pub dir: PathBuf,
    pub engine: Binaries,
    pub images: ImageSource,
    pub data: DataRoot,
    pub shared: Vec<PathBuf>,
    pub two: bool,
}

/// The init's reports on its standard output, one line of JSON each.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum InitReport {
    /// The init runs. `pid` is the init's process id outside its PID namespace.
    Init { pid: u32 },
    /// A step of the set-up failed.
    Failed { step: String, error: String },
    /// The next node is ready, and its loopback is up. The process `pid` holds the namespaces. `pid` is an id in the
    /// init's PID namespace.
    Inside { pid: u32 },
    /// An engine's process ended.
    Died { status: String },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engines_keep_data_in_memory_if_enough_memory_is_free() {
        let meminfo = "MemTotal:       24683656 kB\nMemFree:        100 kB\nMemAvailable:   16777216 kB\n";
        assert_eq!(DataRoot::in_memory(meminfo, 1), Some(DataRoot::Tmpfs { bytes: 8 << 30 }));
        assert_eq!(DataRoot::in_memory(meminfo, 4), None);
        assert_eq!(DataRoot::in_memory(meminfo, 2), Some(DataRoot::Tmpfs { bytes: 4 << 30 }));
        assert_eq!(DataRoot::in_memory("", 1), None);
    }
}
