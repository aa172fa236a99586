//! Applying the edits of findings, so that a file is never left worse than it was.

use super::Finding;
use crate::lesson::{LessonId, parse};
use crate::text::{Diagnostic, Edit, Severity, Source, apply};

/// The text of a lesson with what `findings` know how to mend, and how many of them that were; `None` when that is
/// none. Edits that want the same place wait for the next time, and edits that would make new mistakes are dropped.
#[must_use]
pub fn mend<'f>(
    source: &Source,
    id: &LessonId,
    findings: impl IntoIterator<Item = &'f Finding>,
) -> Option<(String, usize)> {
    let errors = |text: &str| {
        let (_, diagnostics) = parse(&Source::new(source.name(), text), id.clone());
        diagnostics.iter().filter(|diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error).count()
    };
    let before = errors(source.text());
    let mut taken: Vec<Edit> = Vec::new();
    let mut mended = None;
    let mut count = 0;
    for finding in findings.into_iter().filter(|finding| !finding.edits.is_empty()) {
        let mut tried = taken.clone();
        tried.extend(finding.edits.iter().cloned());
        if let Ok(text) = apply(source.text(), &tried)
            && errors(&text) <= before
        {
            taken = tried;
            count += 1;
            mended = Some(text);
        }
    }
    mended.map(|text| (text, count))
}
