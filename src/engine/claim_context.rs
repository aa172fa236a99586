//! The context of a claim. The facts for a claim depend on its context.

use std::path::Path;

use super::EngineTime;
use crate::claims::RanCommand;

/// The context in which a claim is checked: the step, the directory, the namespaces and the label.
#[derive(Debug, Clone, Copy)]
pub struct ClaimContext<'a> {
    /// The time at which the step began, by the engine's clock.
    pub since: EngineTime,
    /// The commands typed in this step.
    pub ran: &'a [RanCommand],
    /// The lesson's directory.
    pub dir: &'a Path,
    /// The folder `/proc/PID` of a process with the learner's network and files. Requests and commands of claims start
    /// in the namespaces of this process.
    pub namespaces: Option<&'a Path>,
    /// The label `key=value` of the lesson's objects; `None` if nobody else uses the engine.
    pub label: Option<&'a str>,
}
