//! What not every engine and docker CLI can: the `needs` of a lesson.

use std::path::Path;

use super::seat::{cli_version, major};

/// Which of the abilities that `needs` names there are here: `private`, where the engine is our own; `compose`, where the
/// docker CLI has that plugin; `buildkit`, which the CLI speaks itself before 23 and needs `buildx` for since.
/// The CLI is asked, in this environment, only for what is needed.
pub async fn abilities(needs: &[&str], private: bool, docker: &Path, env: &[(String, String)]) -> Vec<String> {
    let mut can = Vec::new();
    for need in ["private", "compose", "buildkit"].into_iter().filter(|need| needs.contains(need)) {
        let is_there = match need {
            "private" => private,
            "compose" => has_plugin(docker, "compose", env).await,
            _ => match major(&cli_version(docker).await) {
                Some(..18) | None => false,
                Some(18..23) => true,
                Some(_) => has_plugin(docker, "buildx", env).await,
            },
        };
        if is_there {
            can.push(need.to_owned());
        }
    }
    can
}

/// Whether the docker CLI has a plugin that works.
async fn has_plugin(docker: &Path, name: &str, env: &[(String, String)]) -> bool {
    let mut command = tokio::process::Command::new(docker);
    command.args([name, "version"]).envs(env.iter().map(|(name, value)| (name, value))).kill_on_drop(true);
    command.output().await.is_ok_and(|output| output.status.success())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::{Path, PathBuf};

    use super::abilities;

    /// A docker CLI of this version with these plugins.
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
    async fn the_cli_tells_what_it_can() {
        let dir = tempfile::tempdir().unwrap();
        let (old, new) = (docker(dir.path(), "20.10.24+dfsg1", "compose"), docker(dir.path(), "28.5.2", "none"));
        let buildx = docker(dir.path(), "29.0.0", "buildx");
        let all = ["private", "compose", "buildkit", "two-engines"];
        assert_eq!(abilities(&all, true, &old, &[]).await, ["private", "compose", "buildkit"]);
        assert!(abilities(&all, false, &new, &[]).await.is_empty());
        assert_eq!(abilities(&all, false, &buildx, &[]).await, ["buildkit"]);
        assert!(abilities(&["compose"], false, Path::new("/tidak/ada"), &[]).await.is_empty());
        assert!(abilities(&[], true, &old, &[]).await.is_empty());
    }
}
