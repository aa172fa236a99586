//! The drive loop: a lesson's plan, carried out in a shell on an engine, judged, and told as events.

mod ability;
mod lesson;
mod logged;
mod logs;
mod many;
mod recorder;
mod seat;
mod step;
mod stop;
mod typing;

pub use ability::{TWO_ENGINES, abilities};
pub use lesson::{Bench, LessonRun, Outcome, prove};
pub(crate) use step::write_file;
pub use stop::Stop;
pub(crate) use typing::{Dialogue, cues};

pub use many::{Job, Left, Place, Ran, RunSettings, run_all};
pub use seat::{cli_version, with_nodes};

use crate::event::Event;

/// Where events go; the drive loop does not know who listens.
pub type Tell = tokio::sync::mpsc::UnboundedSender<Event>;

/// Serves a private engine's mirror on `listeners`; called in the engine's init, never returns while all is well.
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
    // The engine says what it misses; there is nobody else to tell here.
    let _ = pack::serve_as_hub(listeners, source, identity);
}
