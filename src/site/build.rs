//! Builds a site in a directory. A build replaces or removes only files that an earlier build wrote.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use mdbook_renderer::RenderContext;

use super::assets::Asset;
use super::error::SiteError;
use super::pages::{BuildOptions, BuildSummary};
use super::renderer::{make, render_book, render_error};
use crate::lesson::CourseFiles;
use crate::store::OutputFolder;

/// The name of the file that lists the files of a build. A build refuses a directory that has files but no such list.
const MANIFEST: &str = ".dermaga-site";

/// Builds the site of `course` in `dest`.
///
/// # Errors
/// Fails if there is nothing to build, two pages have the same address, `dest` has files that no build wrote, or
/// writing fails.
pub fn build(course: &CourseFiles, dest: &Path, options: BuildOptions<'_>) -> Result<BuildSummary, SiteError> {
    let made = make(course, options)?;
    write(dest, &made.files)?;
    Ok(made.summary)
}

/// Builds the site of an mdBook. `input` is the data that mdBook sends to the command of `[output.dermaga]`.
///
/// # Errors
/// Fails like [`build`], and if the input does not come from mdBook.
pub fn build_book(input: impl Read) -> Result<BuildSummary, SiteError> {
    let context = RenderContext::from_json(input).map_err(|error| render_error(&error))?;
    let made = render_book(&context)?;
    write(&context.destination, &made.files)?;
    Ok(made.summary)
}

fn write(dest: &Path, files: &[Asset]) -> Result<(), SiteError> {
    let folder = OutputFolder::make(dest)?;
    let manifest = Path::new(MANIFEST);
    let Some(before) = folder.read(manifest)?.or_else(|| folder.is_empty().then(Vec::new)) else {
        return Err(SiteError::NotOurs(dest.to_owned()));
    };
    let before: BTreeSet<String> = String::from_utf8_lossy(&before).lines().map(str::to_owned).collect();
    let now: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let mut changed = Vec::new();
    for file in files {
        match folder.read(Path::new(&file.path))? {
            Some(bytes) if bytes == file.bytes => {}
            Some(_) if !before.contains(&file.path) => return Err(SiteError::Foreign(dest.join(&file.path))),
            _ => changed.push(file),
        }
    }
    let list = |paths: &mut dyn Iterator<Item = &String>| paths.map(|path| format!("{path}\n")).collect::<String>();
    // Writes the list first. If this build stops half-way, the next build finds the files of this build in the list.
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
