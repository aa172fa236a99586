//! The platform code for systems other than Linux, mainly macOS.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The paths at which package managers install a newer bash. macOS still has version 3.2, which lacks `PS0`.
const NEWER_BASH: [&str; 3] = ["/opt/homebrew/bin/bash", "/usr/local/bin/bash", "/opt/local/bin/bash"];

/// Returns the path of the bash in which lessons run.
#[must_use]
pub fn bash() -> PathBuf {
    NEWER_BASH.into_iter().map(PathBuf::from).find(|bash| bash.is_file()).unwrap_or_else(|| "/bin/bash".into())
}

/// Creates a FIFO that only this user can open.
///
/// # Errors
/// Fails if the FIFO cannot be created.
pub fn make_fifo(path: &Path) -> io::Result<()> {
    // On macOS, the system call is not available without `unsafe`.
    match Command::new("mkfifo").args(["-m", "600"]).arg(path).stdin(Stdio::null()).status()?.code() {
        Some(0) => Ok(()),
        _ => Err(io::Error::other("mkfifo failed")),
    }
}

/// Fails, because only Linux has network namespaces.
///
/// # Errors
/// Always fails.
pub fn enter_network(_process: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Fails, because only Linux has namespaces.
///
/// # Errors
/// Always fails.
pub fn enter_namespaces(process: &Path) -> io::Result<()> {
    enter_network(process)
}
