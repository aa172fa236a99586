//! Failures of the machine, made of the errors that tell of them, and verdicts for the log.

use std::error::Error;
use std::fmt::Write as _;

use crate::claims::{InfraFailure, InfraFailureKind, tells_exhaustion};
use crate::event::Verdict;

/// How the system and the engine's log report a full disk.
const NO_SPACE: &str = "no space left on device";

/// The failure that `error` and its causes describe, about `what` unless that is empty. If they report a full disk or an
/// exhausted machine, that is its kind, and not `kind`.
pub(super) fn infra_failure_from(error: &(dyn Error + 'static), kind: InfraFailureKind, what: &str) -> InfraFailure {
    let mut detail = what.to_owned();
    let mut cause = Some(error);
    while let Some(error) = cause {
        let text = error.to_string();
        // Some errors name their cause themselves.
        if !detail.ends_with(&text) {
            let separator = if detail.is_empty() { "" } else { ": " };
            let _ = write!(detail, "{separator}{text}");
        }
        cause = error.source();
    }
    let kind = match kind {
        _ if detail.to_lowercase().contains(NO_SPACE) => InfraFailureKind::NoSpace,
        _ if tells_exhaustion(&detail) => InfraFailureKind::Exhausted,
        kind => kind,
    };
    InfraFailure { kind, detail }
}

impl From<InfraFailure> for Verdict {
    fn from(failure: InfraFailure) -> Self {
        Self::Broken(failure)
    }
}

/// The verdict in a word, for the log. The reporters tell its reasons, and those may hold a secret.
pub(super) const fn verdict_name(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::Differs(_) => "differs",
        Verdict::Skipped(_) => "skipped",
        Verdict::Broken(_) => "broken",
    }
}
