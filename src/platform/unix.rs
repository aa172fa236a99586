//! Systems other than Linux, macOS first of all.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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
