//! Examines the machine for problems that prevent Docker lessons, and finds the commands that solve them.
//!
//! The caller passes a description of the machine, so that tests can examine a broken machine.

mod desktop;
mod examine;
mod finding;
mod hub;
mod machine;
mod report;
mod system;

pub use examine::examine;
pub use finding::{HealthFinding, Impact};
pub use hub::ask_hub;
pub use machine::{HubAnswer, Machine};
pub use report::{ReportContext, write_report};
pub use system::{Family, System};
