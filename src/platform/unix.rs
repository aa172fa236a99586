//! Systems other than Linux, macOS first of all.

use std::ffi::CStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::fs::statfs;

/// Where package managers put a bash that is newer than the system's own: macOS stopped at 3.2, which has no `PS0`.
const NEWER_BASH: [&str; 3] = ["/opt/homebrew/bin/bash", "/usr/local/bin/bash", "/opt/local/bin/bash"];

/// The bash that lessons run in.
#[must_use]
pub fn bash() -> PathBuf {
    NEWER_BASH.into_iter().map(PathBuf::from).find(|bash| bash.is_file()).unwrap_or_else(|| "/bin/bash".into())
}

/// Makes a FIFO that only this person can open.
///
/// # Errors
/// If it cannot be made.
pub fn make_fifo(path: &Path) -> io::Result<()> {
    // The system call is not to be had without `unsafe` on macOS.
    match Command::new("mkfifo").args(["-m", "600"]).arg(path).stdin(Stdio::null()).status()?.code() {
        Some(0) => Ok(()),
        _ => Err(io::Error::other("mkfifo failed")),
    }
}

/// The name of the network file system that `path` is on, if it is on one. `path` must exist.
#[must_use]
pub fn network_file_system(path: &Path) -> Option<&'static str> {
    let name = statfs(path).ok()?.f_fstypename.map(i8::cast_unsigned);
    match CStr::from_bytes_until_nul(&name).ok()?.to_str().ok()? {
        "nfs" => Some("NFS"),
        "smbfs" => Some("SMB"),
        "afpfs" => Some("AFP"),
        "webdav" => Some("WebDAV"),
        _ => None,
    }
}

/// Only Linux has network namespaces.
///
/// # Errors
/// Always.
pub fn enter_network(_process: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Only Linux has namespaces.
///
/// # Errors
/// Always.
pub fn enter_room(process: &Path) -> io::Result<()> {
    enter_network(process)
}
