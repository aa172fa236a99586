//! `dermaga build`: builds the site from the lessons, in every language.

use std::io::Write as _;

use super::args::BuildArgs;
use super::lint::{LintSettings, errors};
use super::{Failure, Settings, exit};
use crate::lesson::is_site_address;
use crate::lesson::lint::LintFinding;
use crate::site::{self, BuildOptions, SiteError};
use crate::store::read_collection;
use crate::words::Words;

impl From<SiteError> for Failure {
    fn from(error: SiteError) -> Self {
        match error {
            SiteError::File(error) => error.into(),
            error => {
                let kind = match error {
                    SiteError::Nothing | SiteError::Taken(_) | SiteError::Dead(_) => exit::SOURCE,
                    SiteError::NotOurs(_) | SiteError::Foreign(_) | SiteError::Address(_) => exit::USAGE,
                    _ => exit::MACHINE,
                };
                Self::with_values(kind, error.message())
            }
        }
    }
}

/// Runs `dermaga build`.
pub(super) fn build(args: BuildArgs, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    let collection = read_collection(&args.path.into_iter().collect::<Vec<_>>())?;
    let Some(course) = collection.courses.first() else { return Err(SiteError::Nothing.into()) };
    if let Some(url) = args.url.as_ref().filter(|url| !is_site_address(url)) {
        return Err(SiteError::Address(url.clone()).into());
    }
    let url = args.url.map(|url| format!("{}/", url.trim_end_matches('/')));
    let url = url.or_else(|| course.course.site.url.clone());
    let show = |found: &[LintFinding]| {
        for finding in found {
            settings.tell_diagnostic(&finding.source, &finding.diagnostic, words);
        }
    };
    let wrong = errors(&collection, &LintSettings::of(settings));
    if !wrong.is_empty() {
        show(&wrong);
        return Err(Failure::new(exit::SOURCE, "book-failed-lessons").with("count", wrong.len().to_string()));
    }
    let options = BuildOptions { url: url.as_deref(), preprocessors: args.preprocessors };
    let built = match site::build(course, &args.dest, options) {
        Err(SiteError::Dead(found)) => {
            show(&found);
            return Err(SiteError::Dead(found).into());
        }
        built => built?,
    };
    let mut notes = settings.notes();
    if !built.outward.is_empty() {
        let _ = writeln!(notes, "{}", words.count("book-outward", built.outward.len(), &[]));
    }
    for link in built.outward.iter().filter(|_| settings.verbose) {
        let place = format!("{}:{}: {}", link.path.display(), link.line, link.url);
        let _ = writeln!(notes, "  {}", crate::transcript::sanitise(&place));
    }
    if url.is_none() {
        let _ = writeln!(notes, "{}", words.say("book-no-url", &[]));
    }
    let path = crate::transcript::sanitise(&args.dest.display().to_string());
    let _ = writeln!(notes, "{}", words.count("book-built", built.pages, &[("path", &path)]));
    Ok(exit::MET)
}

/// Runs `dermaga render`, which mdBook starts for `[output.dermaga]`.
pub(super) fn render_book() -> Result<u8, Failure> {
    site::build_book(std::io::stdin().lock())?;
    Ok(exit::MET)
}
