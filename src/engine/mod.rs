//! The engine through its API: where it is, what it is, and the facts that claims ask for.
//!
//! Facts are fetched as the JSON the engine sends, so that every field it knows can be claimed, also those that
//! bollard's models lack; bollard carries what streams both ways (`exec`, logs, pulls).

mod about;
mod catalogue;
mod connect;
mod dial;
mod endpoint;
mod error;
mod events;
mod facts;
mod probe;
mod pull;
mod ssh;
mod state;
mod streams;
mod tls;
mod wait;
mod watch;
mod wire;

pub use about::About;
pub use connect::Engine;
pub use dial::Connection;
pub use endpoint::{Endpoint, Look, Surroundings, find_endpoint, named_endpoint, podman_endpoint};
pub use error::EngineError;
pub use events::EngineTime;
pub use facts::Scene;
pub use pull::PullProgress;
pub use tls::TlsServer;
pub use wait::{describe_decision, wait_for};
pub use watch::Watch;
