//! What the facts of a claim depend on.

use std::path::Path;

use super::EngineTime;
use crate::claims::RanCommand;

/// The time and the place in which a claim is checked.
#[derive(Debug, Clone, Copy)]
pub struct ClaimContext<'a> {
    /// When the step began, on the engine's clock.
    pub since: EngineTime,
    /// The commands typed in this step.
    pub ran: &'a [RanCommand],
    /// The lesson's directory.
    pub dir: &'a Path,
    /// The folder `/proc/PID` of a process with the learner's network and files: requests and commands of claims start
    /// in its namespaces.
    pub room: Option<&'a Path>,
    /// The label `key=value` of the lesson's objects, on an engine that others use too.
    pub label: Option<&'a str>,
}
