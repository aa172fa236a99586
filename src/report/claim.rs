//! Claims in words.

use crate::judge::{Finding, subject_text};
use crate::lesson::Claim;
use crate::words::Words;

/// The claim.
#[must_use]
pub fn describe(claim: &Claim, _: &Words) -> String {
    subject_text(&claim.subject)
}

/// A finding.
#[must_use]
pub fn explain_finding(finding: &Finding, _: &Words) -> String {
    format!("{}: {:?} / {:?}", finding.what, finding.expected, finding.found)
}
