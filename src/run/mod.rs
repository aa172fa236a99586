//! The drive loop: a lesson's plan, carried out in a shell on an engine, judged, and told as events.

mod lesson;
mod many;
mod step;

pub use lesson::{Bench, LessonRun, Outcome, prove};
pub use many::{Job, Place, RunSettings, cli_version, run_all};

use crate::event::Event;

/// Where events go; the drive loop does not know who listens.
pub type Tell = tokio::sync::mpsc::UnboundedSender<Event>;
