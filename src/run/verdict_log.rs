//! Describes verdicts for the log: which line or status differs, but never the output, which may hold a secret.

use crate::claims::{Decision, InfraFailureKind};
use crate::engine::describe_decision;
use crate::event::{Difference, Verdict};
use crate::matcher::{Comparison, RowState};
use crate::text::redact_message;

/// Describes a verdict with its reasons.
pub(super) fn describe_verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Met => "met".to_owned(),
        Verdict::Differs(differences) => {
            let reasons: Vec<String> = differences.iter().map(describe_difference).collect();
            format!("differs: {}", reasons.join("; "))
        }
        Verdict::Skipped(reason) => format!("skipped: {reason:?}"),
        // The detail of a timeout is the command with its output.
        Verdict::Broken(failure) if failure.kind == InfraFailureKind::Timeout => "broken: timeout".to_owned(),
        Verdict::Broken(failure) => format!("broken: {}: {}", failure.kind.name(), redact_message(&failure.detail)),
    }
}

fn describe_difference(difference: &Difference) -> String {
    match difference {
        Difference::Transcript { comparison, expected, found, cut, .. } => {
            let (written, printed) = (expected.len(), found.len());
            let cut = if *cut { ", cut" } else { "" };
            format!("output, {}, {written} lines written, {printed} printed{cut}", first_difference(comparison))
        }
        Difference::Recording { comparison, .. } => format!("recording, {}", first_difference(comparison)),
        Difference::Status { expected, found, .. } => format!("status {found}, expected {expected:?}"),
        Difference::NotInPack { image } => format!("image {image} is not in the pack"),
        Difference::ShellExited(status) => format!("the shell ended with {status:?}"),
        Difference::NotTyped { .. } => "a line could not be typed".to_owned(),
        Difference::Waits { prompt, .. } => format!("it waits for input, at a prompt: {prompt}"),
        Difference::NeverEnds => "it does not end by itself".to_owned(),
        Difference::Claim(findings) => describe_decision(&Decision::Fails(findings.clone())),
        Difference::CannotFail => "the checks hold before the step".to_owned(),
        Difference::MistakeAlready => "a mistake is there before the step".to_owned(),
        Difference::File { path, problem } => format!("file {path}: {problem}"),
    }
}

fn first_difference(comparison: &Comparison) -> String {
    let differs = comparison.rows.iter().find(|row| row.state != RowState::Same);
    match differs {
        Some(row) => format!("first {:?} at written {:?}, printed {:?}", row.state, row.expected, row.found),
        None => "no row differs".to_owned(),
    }
}
