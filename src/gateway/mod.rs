//! The gateway between a lesson's shell and the learner's own engine. The gateway labels new objects, refuses requests
//! that the rules forbid, and reports failures.
//!
//! ```text
//!  docker CLI ─▶ Head ─▶ Route ─┬─▶ guard (rules) ─▶ rewritten body, filters ─▶ engine ─▶ answer ─▶ docker CLI
//!                               │                                                 │
//!                               └─▶ Journal (images and their names) ◀────────────┴─▶ GatewayEvent
//! ```
//!
//! The gateway protects the learner's own objects from the mistakes of an honest client. The gateway does not stop an
//! attacker, because an attacker can use the engine's own socket (`docs/gateway.md`).

mod admit;
mod buildkit;
mod client;
mod connection;
mod container;
mod create;
mod dispatch;
mod error;
mod grpc;
mod guard;
mod identity;
mod image_record;
mod images;
mod journal;
mod json;
mod known;
mod label;
mod list_filter;
mod mounts;
mod network;
mod ownership;
mod progress;
mod protobuf;
mod prune;
mod query;
mod reference;
mod relay;
mod request;
mod resolve;
mod response;
mod route;
mod rule;
mod server;
mod spec;
mod state;
mod target;

pub use error::GatewayError;
pub use identity::{ask, identify, image_names};
pub use journal::{Intent, Record, Session, close, read_session, sessions};
pub(crate) use label::is_inherited;
pub use label::{LESSON_LABEL, SESSION_LABEL};
pub use resolve::{MadeImages, made_images};
pub use rule::Rule;
pub use server::{Gateway, journals};
pub use spec::{GatewayEvent, GatewaySpec, ObjectKind, View};
