//! Applies the edits of findings, except edits that would add errors to the file.

use super::LintFinding;
use crate::lesson::{LessonId, parse};
use crate::text::{Diagnostic, Edit, Severity, Source, apply};

/// Applies the edits of `findings` to a lesson. Returns the new text and the number of corrected mistakes; `None` if
/// nothing was corrected. If two edits overlap, only one of them is applied; the next run applies the other edit. Skips
/// edits that would cause new errors.
#[must_use]
pub fn apply_fixes<'f>(
    source: &Source,
    id: &LessonId,
    findings: impl IntoIterator<Item = &'f LintFinding>,
) -> Option<(String, usize)> {
    let errors = |text: &str| {
        let (_, diagnostics) = parse(&Source::new(source.name(), text), id.clone());
        diagnostics.iter().filter(|diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error).count()
    };
    let before = errors(source.text());
    let mut taken: Vec<Edit> = Vec::new();
    let mut fixed = None;
    let mut count = 0;
    for finding in findings.into_iter().filter(|finding| !finding.edits.is_empty()) {
        let mut tried = taken.clone();
        tried.extend(finding.edits.iter().cloned());
        if let Ok(text) = apply(source.text(), &tried)
            && errors(&text) <= before
        {
            taken = tried;
            count += 1;
            fixed = Some(text);
        }
    }
    fixed.map(|text| (text, count))
}
