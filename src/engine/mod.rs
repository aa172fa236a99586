//! The engine's API: finds the engine, and fetches the facts that claims need.
//!
//! Facts keep the engine's JSON, so that claims can use every field, even fields that bollard's models lack. bollard
//! handles streams: `exec`, logs, pulls.

mod about;
mod catalogue;
mod claim_context;
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
mod time;
mod tls;
mod wait;
mod wire;

pub use about::About;
pub use claim_context::ClaimContext;
pub use connect::Engine;
pub use dial::{Connection, Duplex};
pub use endpoint::{
    Endpoint, FileLookup, Surroundings, context_of_config, find_endpoint, named_endpoint, podman_endpoint,
};
pub use error::EngineError;
pub use events::Watch;
pub use pull::PullProgress;
pub use state::BUILT_IN_NETWORKS;
pub use time::EngineTime;
pub use tls::TlsServer;
pub use wait::{decide_now, describe_decision, wait_for, wait_for_all};
pub use wire::{AskError, Reply};
