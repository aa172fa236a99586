//! `dermaga build`: the lessons as a site, in every language.

use std::io::Write as _;

use super::args::BuildArgs;
use super::lint::{LintSettings, errors};
use super::{Failure, FailureKind, Settings, exit};
use crate::lesson::lint::LintFinding;
use crate::report::diagnostic::render;
use crate::site::{self, BookError};
use crate::store::read_collection;
use crate::words::Words;

impl From<BookError> for Failure {
    fn from(error: BookError) -> Self {
        match error {
            BookError::File(error) => error.into(),
            error => {
                let kind = match error {
                    BookError::Nothing | BookError::Taken(_) | BookError::Dead(_) | BookError::Broken { .. } => {
                        FailureKind::Source
                    }
                    BookError::NotOurs(_) | BookError::Foreign(_) => FailureKind::Usage,
                    _ => FailureKind::Machine,
                };
                Self { kind, key: error.key(), args: error.args(), cause: None, source: None }
            }
        }
    }
}

/// `dermaga build`
pub(super) fn build(args: BuildArgs, settings: &Settings) -> Result<u8, Failure> {
    let collection = read_collection(&args.path.into_iter().collect::<Vec<_>>())?;
    let Some(course) = collection.courses.first() else { return Err(BookError::Nothing.into()) };
    let url = args.url.map(|url| format!("{}/", url.trim_end_matches('/')));
    let words = Words::new(settings.lang);
    let show = |found: &[LintFinding]| {
        for finding in found {
            let drawn = render(&finding.source, &finding.diagnostic, &words, settings.color_err, settings.width);
            let _ = writeln!(std::io::stderr(), "{drawn}\n");
        }
    };
    let wrong = errors(&collection, &LintSettings::of(settings));
    if !wrong.is_empty() {
        show(&wrong);
        return Err(Failure::new(FailureKind::Source, "book-failed-lessons").with("count", wrong.len().to_string()));
    }
    let built = match site::build(course, &args.dest, url.as_deref()) {
        Err(BookError::Dead(found)) => {
            show(&found);
            return Err(BookError::Dead(found).into());
        }
        built => built?,
    };
    if !settings.quiet {
        if !built.outward.is_empty() {
            let _ = writeln!(std::io::stderr(), "{}", words.count("book-outward", built.outward.len(), &[]));
        }
        for link in built.outward.iter().filter(|_| settings.verbose) {
            let place = format!("{}:{}: {}", link.path.display(), link.line, link.url);
            let _ = writeln!(std::io::stderr(), "  {}", crate::transcript::sanitise(&place));
        }
        let path = crate::transcript::sanitise(&args.dest.display().to_string());
        let _ = writeln!(std::io::stderr(), "{}", words.count("book-built", built.pages, &[("path", &path)]));
    }
    Ok(exit::MET)
}
