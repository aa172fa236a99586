//! Reads the pictures that the author chose for the whole site.

use std::fs;
use std::path::Path;

use super::assets::Asset;
use super::error::SiteError;
use super::links::read_copy;
use super::picture;
use crate::lesson::lint::{LintFinding, NO_PICTURE};
use crate::lesson::{CourseFiles, Spanned};
use crate::text::Diagnostic;

/// A picture of the site.
#[derive(Debug)]
pub(super) struct SitePicture {
    pub(super) file: Asset,
    /// The width and height in pixels.
    pub(super) size: Option<(u32, u32)>,
}

impl SitePicture {
    /// Reads a picture that `course.toml` names.
    pub(super) fn read(course: &CourseFiles, path: Option<&Spanned<String>>) -> Result<Option<Self>, SiteError> {
        let Some(path) = path else { return Ok(None) };
        let root = fs::canonicalize(&course.root).unwrap_or_else(|_| course.root.clone());
        let target = root.join(&path.value);
        let told = |code| Diagnostic::error(code, path.span).with("link", &path.value).with("path", &path.value);
        let file = read_copy(&root, &target, NO_PICTURE, &told).map_err(|diagnostic| mistake(course, diagnostic))?;
        let size = picture::size(&file.bytes);
        Ok(Some(Self { file, size }))
    }
}

/// Returns the error for a mistake in `course.toml` that only a build of the site can find.
pub(super) fn mistake(course: &CourseFiles, diagnostic: Diagnostic) -> SiteError {
    let (path, source) = (course.root.join(Path::new("course.toml")), course.course.source.clone());
    SiteError::Dead(vec![LintFinding { path, source, diagnostic, edits: Vec::new() }])
}
