//! Defines the errors of building and serving a site, with the values for a message of `words`.

use std::path::PathBuf;

use crate::lesson::lint::LintFinding;
use crate::store::FileError;
use crate::text::Message;

/// A failure of building or serving a site. [`message`](SiteError::message) gives the message for a person.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// mdBook or a preprocessor failed.
    #[error("mdBook: {0}")]
    Render(String),
    /// The address cannot be the address of a site.
    #[error("{0} is no site's address")]
    Address(String),
    /// Two pages would have the same address. One of them may be a page that Dermaga makes for every site.
    #[error("{0} is taken")]
    Taken(String),
    /// The destination has files, but no build of a site wrote them.
    #[error("{0} holds other files")]
    NotOurs(PathBuf),
    /// At the path of a file of the site, the destination has a different file that no earlier build wrote.
    #[error("{0} is somebody's")]
    Foreign(PathBuf),
    /// Links or pictures of lessons, or files and pages that `course.toml` names, lead nowhere.
    #[error("{} dead links", .0.len())]
    Dead(Vec<LintFinding>),
    /// There is no course, or it has no lessons.
    #[error("nothing to build")]
    Nothing,
}

impl SiteError {
    /// Returns the key of the message in `words` and the values of the message. The values are not sanitised.
    #[must_use]
    pub fn message(&self) -> Message {
        let shown = |path: &PathBuf| vec![("path", path.display().to_string())];
        match self {
            Self::File(error) => error.message(),
            Self::Render(reason) => ("book-failed-render", vec![("reason", reason.clone())]),
            Self::Address(url) => ("book-failed-url", vec![("url", url.clone())]),
            Self::Taken(path) => ("book-failed-taken", vec![("path", path.clone())]),
            Self::NotOurs(path) => ("book-failed-not-ours", shown(path)),
            Self::Foreign(path) => ("book-failed-foreign", shown(path)),
            Self::Dead(found) => ("book-failed-dead", vec![("count", found.len().to_string())]),
            Self::Nothing => ("book-failed-nothing", vec![]),
        }
    }
}
