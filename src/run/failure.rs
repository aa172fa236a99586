//! Turns errors of the engine and the system into [`InfraFailure`]s.

use std::error::Error;
use std::fmt::Write as _;

use crate::claims::{InfraFailure, InfraFailureKind, tells_exhaustion};
use crate::event::Verdict;

/// The message with which the system and the engine's log report a full disk.
const NO_SPACE: &str = "no space left on device";

/// Returns a failure of kind `kind` that describes `error` and the causes of the error. The description begins with
/// `what`. If the errors report a full disk or an exhausted machine, the kind is `NoSpace` or `Exhausted` instead.
pub(super) fn infra_failure_from(error: &(dyn Error + 'static), kind: InfraFailureKind, what: &str) -> InfraFailure {
    let mut detail = what.to_owned();
    let mut cause = Some(error);
    while let Some(error) = cause {
        let text = error.to_string();
        // The text of some errors already contains the text of the cause.
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
