//! Compares a lesson's `needs` with the abilities of the engine and the docker CLI.

use std::path::Path;

use super::cli_version::{cli_version, docker_command, major_version};
use crate::claims::{InfraFailure, InfraFailureKind};

/// The ability to run two private engines in one network. The docker CLI has a context for each engine.
pub const TWO_ENGINES: &str = "two-engines";

/// Returns the abilities in `needs` that are available. `private` and [`TWO_ENGINES`] need a private engine. `compose`
/// needs the plugin `compose` of the docker CLI. `buildkit` needs a CLI of version 18 to 22, or the plugin `buildx`.
/// Runs the CLI only if an ability depends on it.
///
/// # Errors
/// Fails if an ability depends on the CLI's version and the CLI prints no version. Without a version, the run cannot
/// decide which parts of the lesson to skip.
pub async fn abilities(
    needs: &[&str],
    private: bool,
    docker: &Path,
    env: &[(String, String)],
) -> Result<Vec<String>, InfraFailure> {
    let mut can = Vec::new();
    for need in ["private", TWO_ENGINES, "compose", "buildkit"].into_iter().filter(|need| needs.contains(need)) {
        let is_there = match need {
            "private" | TWO_ENGINES => private,
            "compose" => has_plugin(docker, "compose", env).await,
            _ => {
                let version = cli_version(docker, env).await;
                let version = version.map_err(|detail| InfraFailure { kind: InfraFailureKind::Other, detail })?;
                match major_version(&version) {
                    Some(..18) | None => false,
                    Some(18..23) => true,
                    Some(_) => has_plugin(docker, "buildx", env).await,
                }
            }
        };
        if is_there {
            can.push(need.to_owned());
        }
    }
    Ok(can)
}

/// Whether the docker CLI has the plugin `name` and the plugin works.
async fn has_plugin(docker: &Path, name: &str, env: &[(String, String)]) -> bool {
    docker_command(docker, env).args([name, "version"]).output().await.is_ok_and(|output| output.status.success())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::{Path, PathBuf};

    use super::abilities;

    /// Writes a fake docker CLI of the given version with the given plugins.
    fn docker(dir: &Path, version: &str, plugins: &str) -> PathBuf {
        let path = dir.join(format!("docker-{version}"));
        let text = format!(
            "#!/bin/sh\ncase $1 in --version) echo \"Docker version {version}, build 1\";; {plugins}) exit 0;; *) exit 1;; esac\n"
        );
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    #[tokio::test]
    async fn abilities_depend_on_the_engine_the_cli_version_and_the_plugins() {
        let dir = tempfile::tempdir().unwrap();
        let (old, new) = (docker(dir.path(), "20.10.24+dfsg1", "compose"), docker(dir.path(), "28.5.2", "none"));
        let buildx = docker(dir.path(), "29.0.0", "buildx");
        let all = ["private", "compose", "buildkit", "two-engines"];
        let can = async |needs, private, docker: &Path| abilities(needs, private, docker, &[]).await.unwrap();
        assert_eq!(can(&all, true, &old).await, ["private", "two-engines", "compose", "buildkit"]);
        assert!(can(&all, false, &new).await.is_empty());
        assert_eq!(can(&all, false, &buildx).await, ["buildkit"]);
        assert!(can(&["compose"], false, Path::new("/tidak/ada")).await.is_empty());
        assert!(can(&[], true, &old).await.is_empty());
    }

    #[tokio::test]
    async fn docker_cli_that_prints_no_version_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let path = docker(dir.path(), "20.10.24", "none");
        fs::write(&path, "#!/bin/sh\necho 'no such context: gone' >&2\nexit 1\n").unwrap();
        let failure = abilities(&["buildkit"], true, &path, &[]).await.unwrap_err();
        assert_eq!(failure.detail, "no such context: gone");
        let failure = abilities(&["buildkit"], true, Path::new("/tidak/ada"), &[]).await.unwrap_err();
        assert!(failure.detail.starts_with("/tidak/ada: "), "{failure:?}");
    }
}
