//! Code that the processes inside the namespaces share: errors of steps, reports to the owner, and the owner's
//! specification.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use crate::sandbox::spec::{InitReport, InitSpec};

/// The port of the mirror. This port is outside the range of ephemeral ports, and no lesson needs it.
pub(super) const MIRROR_PORT: u16 = 61055;
/// The name of the file with the mirror's certificate, in the engine's folder.
pub(super) const CERTIFICATE: &str = "hub.pem";

/// A step that failed.
pub(super) struct StepFailure {
    pub(super) step: String,
    pub(super) error: io::Error,
}

/// Returns a function that adds the name of the step to an error.
pub(super) fn in_step<E: Into<io::Error>>(step: impl Into<String>) -> impl FnOnce(E) -> StepFailure {
    let step = step.into();
    move |error| StepFailure { step, error: error.into() }
}

/// Sends a report to the parent, which may already have ended.
pub(super) fn send_report(report: &InitReport) {
    if let Ok(line) = serde_json::to_string(report) {
        let _ = writeln!(io::stdout().lock(), "{line}");
    }
}

/// Reads the specification that the owner wrote.
pub(super) fn read_spec(dir: &Path) -> Result<InitSpec, StepFailure> {
    let file = dir.join("spec.json");
    let text = fs::read(&file).map_err(in_step(file.display().to_string()))?;
    serde_json::from_slice(&text).map_err(in_step(file.display().to_string()))
}
