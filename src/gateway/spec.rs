//! The settings of a gateway, and the events that it reports.

use std::path::PathBuf;

use super::Rule;
use crate::engine::Endpoint;
use crate::lesson::LessonId;
use crate::words::Lang;

/// The settings of a gateway.
#[derive(Debug, Clone)]
pub struct GatewaySpec {
    /// The address of the learner's engine.
    pub upstream: Endpoint,
    /// The path of the socket: a short path in a folder that only the learner can enter.
    pub socket: PathBuf,
    /// The session's name. It consists of letters, digits, `-`, `_` and `.`. A resumed session keeps its name and its
    /// journal.
    pub session: String,
    /// The id of the lesson.
    pub lesson: LessonId,
    /// The session's journal, `NAME.jsonl`. The journals of earlier sessions are in the same folder.
    pub journal: PathBuf,
    /// The lesson's directory. Containers may mount no other path of the host.
    pub dir: PathBuf,
    /// The objects that lists such as `docker ps` show.
    pub view: View,
    /// The language of refusals.
    pub lang: Lang,
}

/// The objects that lists such as `docker ps` show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// All objects on the engine.
    #[default]
    All,
    /// The session's own objects.
    Lesson,
}

named_enum! {
    /// A kind of object on an engine.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum ObjectKind {
        /// A container.
        Container = "container",
        /// A network.
        Network = "network",
        /// A volume.
        Volume = "volume",
        /// An image or one of its names.
        Image = "image",
    }
}

/// An event at the gateway. Its texts come from the client or the engine and are not sanitised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GatewayEvent {
    /// The engine refused a request, or reported an error in the progress after the status 200.
    Failed {
        /// The HTTP status.
        status: u16,
        /// The engine's message.
        message: String,
    },
    /// A rule refused a request.
    Refused {
        /// The rule.
        rule: Rule,
        /// The option, path or name that the rule refused.
        what: String,
    },
}
