//! Proves lessons: runs a lesson's plan in a shell on an engine, compares what happens with the lesson, and emits events.

mod abilities;
mod command_script;
mod event_sender;
mod lesson;
mod log_retry;
mod recorder;
mod step;
mod verdict_log;
mod worker_slot;
mod workers;

pub use abilities::{TWO_ENGINES, abilities};
pub(crate) use command_script::{CommandScript, scripted_inputs};
pub use event_sender::EventSender;
pub use lesson::{Bench, LessonResult, LessonRunOptions, prove_lesson};
pub(crate) use step::write_file;
pub use worker_slot::{cli_version, with_nodes};
pub use workers::{EngineTarget, Job, JobOutput, RunResult, RunSettings, run_all};

/// Serves a private engine's mirror on `listeners`. The engine's init calls it; it returns only if the mirror fails.
pub fn mirror(
    listeners: Vec<std::net::TcpListener>,
    source: &crate::sandbox::ImageSource,
    identity: &crate::pack::HubIdentity,
) {
    use crate::{pack, sandbox};
    let source = match source {
        sandbox::ImageSource::Pack(dir) => pack::ImageSource::Pack(dir.clone()),
        sandbox::ImageSource::Hub => pack::ImageSource::Hub(pack::HubSpec::default()),
        sandbox::ImageSource::None => return,
    };
    // If the mirror fails, the engine reports the images that it cannot pull.
    let _ = pack::serve_as_hub(listeners, source, identity);
}
