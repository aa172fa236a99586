//! The socket between a lesson's shell and the learner's own engine: marks what is made, refuses what the course does
//! not allow, notices what fails.
//!
//! ```text
//!  docker CLI ─▶ Head ─▶ Route ─┬─▶ guard (rules) ─▶ rewritten body, filters ─▶ engine ─▶ answer ─▶ docker CLI
//!                               │                                                 │
//!                               └─▶ Journal (what no label can mark) ◀────────────┴─▶ Told
//! ```
//!
//! It keeps accidents of an honest learner away from what is theirs. It is no wall against an attacker, who can speak
//! to the engine's own socket (`docs/gateway.md`).

mod admit;
mod answer;
mod body;
mod buildkit;
mod container;
mod error;
mod exchange;
mod gate;
mod grpc;
mod guard;
mod head;
mod identity;
mod images;
mod journal;
mod json;
mod label;
mod making;
mod mounts;
mod network;
mod owner;
#[doc(hidden)]
pub mod probe;
mod protobuf;
mod query;
mod reference;
mod relay;
mod resolve;
mod route;
mod rule;
mod server;
mod shape;
mod spec;
mod stream;
mod target;
mod upstream;
mod view;

pub use error::GatewayError;
pub use identity::{Identity, ask, identify, image_names};
pub use journal::{Record, Session, close, read_session, sessions};
pub(crate) use label::is_inherited;
pub use label::{LESSON_LABEL, SESSION_LABEL};
pub use resolve::{MadeImages, made_images};
pub use rule::{Allow, Rule};
pub use server::{Gateway, journals};
pub use spec::{GatewaySpec, Kind, Told, View};
pub use upstream::Reply;
