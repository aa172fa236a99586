//! Calls the docker CLI with the variables of a lesson, and finds the CLI's version.

use std::path::Path;
use std::process::Stdio;

use crate::engine::About;
use crate::lesson::Conditions;

/// Environment variables that a user may have set for another docker CLI. A lesson's docker CLI does not see these
/// variables.
const PERSONAL: [&str; 8] = [
    "DOCKER_API_VERSION",
    "DOCKER_CERT_PATH",
    "DOCKER_CONFIG",
    "DOCKER_CONTEXT",
    "DOCKER_DEFAULT_PLATFORM",
    "DOCKER_HOST",
    "DOCKER_TLS",
    "DOCKER_TLS_VERIFY",
];

/// Makes a command that runs the docker CLI with the environment variables of a lesson.
pub(super) fn docker_command(docker: &Path, variables: &[(String, String)]) -> tokio::process::Command {
    let mut command = tokio::process::Command::new(docker);
    for name in PERSONAL {
        command.env_remove(name);
    }
    command.envs(variables.iter().map(|(name, value)| (name, value))).stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// Runs the docker CLI with the environment variables of a lesson. Returns the version that the CLI prints.
///
/// # Errors
/// Fails if the CLI prints no version. The error is the message of the CLI or the system.
pub async fn cli_version(docker: &Path, variables: &[(String, String)]) -> Result<String, String> {
    let output = docker_command(docker, variables).arg("--version").output().await;
    let output = output.map_err(|error| format!("{}: {error}", docker.display()))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    match find_version(&printed) {
        Some(version) => Ok(version.to_owned()),
        None => Err(format!("{printed}{}", String::from_utf8_lossy(&output.stderr)).trim().to_owned()),
    }
}

/// Returns `20.10.24+dfsg1` for `Docker version 20.10.24+dfsg1, build 297e128`.
fn find_version(printed: &str) -> Option<&str> {
    let (_, rest) = printed.split_once("version ")?;
    rest.split([',', ' ', '\n']).next().filter(|version| major_version(version).is_some())
}

/// Returns the conditions for a lesson on an engine, with a docker CLI of the version `cli`. If that version is unknown,
/// the CLI is as old as the engine.
#[must_use]
pub fn conditions(cli: &str, about: &About, abilities: Vec<String>) -> Conditions {
    let cli_major = major_version(cli).or_else(|| major_version(&about.version)).unwrap_or_default();
    Conditions { cli_major, family: about.family, abilities }
}

/// Returns the major version: 20 for `20.10.24+dfsg1`.
pub(super) fn major_version(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}
