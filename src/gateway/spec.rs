//! What a gateway is asked to be, and what it tells.

use std::path::PathBuf;

use super::{Allow, Rule};
use crate::engine::Endpoint;
use crate::lesson::LessonId;
use crate::words::Lang;

/// What a gateway is asked to be.
#[derive(Debug, Clone)]
pub struct GatewaySpec {
    /// The learner's engine.
    pub upstream: Endpoint,
    /// Where to listen; a short path in a folder of the learner's alone.
    pub socket: PathBuf,
    /// The session's name, of letters, digits, `-`, `_` and `.`. One that goes on keeps its name and its journal.
    pub session: String,
    /// The lesson.
    pub lesson: LessonId,
    /// The session's journal, `NAME.jsonl`; the others beside it tell what earlier sessions made.
    pub journal: PathBuf,
    /// The lesson's directory, the only one of the host that containers may mount.
    pub dir: PathBuf,
    /// What is let through all the time.
    pub allow: Allow,
    /// What lists show.
    pub view: View,
    /// The language of refusals.
    pub lang: Lang,
}

/// What lists show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// All there is on the engine.
    #[default]
    All,
    /// The session's own containers, networks and volumes.
    Lesson,
}

/// A kind of thing on an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A container.
    Container,
    /// A network.
    Network,
    /// A volume.
    Volume,
    /// An image or one of its names.
    Image,
}

impl Kind {
    /// As messages and the journal name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Container => "container",
            Self::Network => "network",
            Self::Volume => "volume",
            Self::Image => "image",
        }
    }
}

/// What happened at the gateway. Texts are the client's or the engine's own, not sanitised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Something was made.
    Made {
        /// What.
        kind: Kind,
        /// Its id; of a volume, its name.
        id: String,
        /// Its name; empty where the engine chose it.
        name: String,
    },
    /// The engine said no, or a stream ended with an error (status 200 then).
    Failed {
        /// The method.
        method: String,
        /// The path with the query.
        path: String,
        /// The HTTP status.
        status: u16,
        /// The engine's words.
        message: String,
    },
    /// A rule forbade it.
    Refused {
        /// Which rule.
        rule: Rule,
        /// What it was about: an option, a path, a name.
        what: String,
    },
}
