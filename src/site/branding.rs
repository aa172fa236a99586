//! Reads the pictures that the author chose for the whole site. Draws the picture for link previews if the author chose
//! none.

use std::fs;
use std::path::Path;

use super::assets::Asset;
use super::error::SiteError;
use super::links::read_copy;
use super::picture;
use crate::lesson::lint::{LintFinding, NO_PICTURE};
use crate::lesson::{Course, CourseFiles, Rgb, Spanned};
use crate::social_picture;
use crate::text::Diagnostic;

/// The colour of link previews if the author chose none: `--accent` of the light palette.
pub(super) const ACCENT: Rgb = Rgb([0x0b, 0x5c, 0x74]);

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
        Ok(Some(Self { size: picture::size(&file.bytes), file }))
    }

    /// Draws the picture for the link previews of a language.
    pub(super) fn draw(course: &Course, lang: &str) -> Option<Self> {
        let colour = course.site.accent.map_or(ACCENT, |accent| accent.light);
        let bytes = social_picture::draw(course.title_in(lang), colour)?;
        let size = Some((social_picture::WIDTH, social_picture::HEIGHT));
        Some(Self { file: Asset::named(&format!("pratinjau-{lang}"), "png", bytes), size })
    }
}

/// Returns the error for a mistake in `course.toml` that only a build of the site can find.
pub(super) fn mistake(course: &CourseFiles, diagnostic: Diagnostic) -> SiteError {
    let (path, source) = (course.root.join(Path::new("course.toml")), course.course.source.clone());
    SiteError::Dead(vec![LintFinding { path, source, diagnostic, edits: Vec::new() }])
}
