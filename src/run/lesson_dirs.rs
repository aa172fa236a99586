//! The directories of one lesson.

use std::path::{Path, PathBuf};

use super::failure::infra_failure_from;
use crate::claims::{InfraFailure, InfraFailureKind};

/// A lesson's directories. Dropping the value removes the directories, unless `keep` is set.
pub(super) struct LessonDirs {
    root: PathBuf,
    /// The working directory of the lesson's commands.
    pub(super) work: PathBuf,
    home: PathBuf,
    /// The directory of the docker CLI's configuration.
    pub(super) config: PathBuf,
    /// The directory of the shell's pipes.
    pub(super) pipes: PathBuf,
    keep: bool,
}

impl LessonDirs {
    /// Creates the directories of job number `at`, which runs on worker number `worker`.
    pub(super) fn create(scratch: &Path, worker: usize, at: usize, keep: bool) -> Result<Self, InfraFailure> {
        let root = scratch.join(format!("{worker}.{at}"));
        let [work, home, config, pipes] = ["work", "home", "docker", "p"].map(|name| root.join(name));
        let dirs = Self { root, work, home, config, pipes, keep };
        for dir in [&dirs.work, &dirs.home, &dirs.config, &dirs.pipes] {
            std::fs::create_dir_all(dir)
                .map_err(|error| infra_failure_from(&error, InfraFailureKind::Other, &dir.display().to_string()))?;
        }
        Ok(dirs)
    }

    /// Returns the environment variables `HOME` and `DOCKER_CONFIG` of the lesson.
    pub(super) fn variables(&self) -> [(String, String); 2] {
        [("HOME", &self.home), ("DOCKER_CONFIG", &self.config)]
            .map(|(name, path)| (name.to_owned(), path.display().to_string()))
    }
}

impl Drop for LessonDirs {
    fn drop(&mut self) {
        if !self.keep {
            let _ = std::fs::remove_dir_all(&self.root);
        }
    }
}
