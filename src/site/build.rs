//! Builds a site in a directory, so that only files of ours are ever replaced or removed.

use std::collections::BTreeSet;
use std::path::Path;

use super::assets::Asset;
use super::error::BookError;
use super::pages::{Built, Made};
use super::renderer::SiteRenderer;
use crate::lesson::CourseFiles;
use crate::store::OutputFolder;

/// The list of the files that a build wrote. A directory without it is not ours.
const MANIFEST: &str = ".dermaga-site";

/// Builds the site of `course` in `dest`. `url` is where it will be found, with its last slash.
///
/// # Errors
/// When there is nothing to build, two pages want one address, `dest` holds files of others, or writing fails.
pub fn build(course: &CourseFiles, dest: &Path, url: Option<&str>) -> Result<Built, BookError> {
    let made = make(course, url)?;
    write(dest, &made.files)?;
    Ok(made.built)
}

/// As [`build`], in memory.
///
/// # Errors
/// As [`build`], but for writing.
pub fn make(course: &CourseFiles, url: Option<&str>) -> Result<Made, BookError> {
    SiteRenderer::new(course, url).render_course()
}

fn write(dest: &Path, files: &[Asset]) -> Result<(), BookError> {
    let folder = OutputFolder::make(dest)?;
    let manifest = Path::new(MANIFEST);
    let Some(before) = folder.read(manifest)?.or_else(|| folder.is_empty().then(Vec::new)) else {
        return Err(BookError::NotOurs(dest.to_owned()));
    };
    let before: BTreeSet<String> = String::from_utf8_lossy(&before).lines().map(str::to_owned).collect();
    let now: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let mut changed = Vec::new();
    for file in files {
        match folder.read(Path::new(&file.path))? {
            Some(bytes) if bytes == file.bytes => {}
            Some(_) if !before.contains(&file.path) => return Err(BookError::Foreign(dest.join(&file.path))),
            _ => changed.push(file),
        }
    }
    let list = |paths: &mut dyn Iterator<Item = &String>| paths.map(|path| format!("{path}\n")).collect::<String>();
    // First, so that the files of a build that is stopped half-way are known as ours.
    folder.write(manifest, list(&mut before.union(&now)).as_bytes())?;
    for file in changed {
        let path = Path::new(&file.path);
        if let Some(directory) = path.parent() {
            folder.make_directory(directory)?;
        }
        folder.write_again(path, &file.bytes)?;
    }
    for old in before.difference(&now) {
        let _ = folder.remove(Path::new(old));
    }
    folder.write(manifest, list(&mut now.iter()).as_bytes())?;
    Ok(())
}
