//! The machine's health: what is wrong with it for Docker lessons, and how to repair that.
//!
//! Everything that is examined is handed in, so that tests can break a machine of their own.

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
