//! Images for lessons without a hub: the pack, an OCI image layout built by `pack/build`, and the read-only mirror that
//! serves it to a private engine (or passes through to Docker Hub from the host's network).
//!
//! ```text
//!  pack/build ─▶ oci-layout · index.json · blobs/sha256/…
//!                     │
//!                     ▼
//!                   Pack ──▶ serve ──HTTP──▶ dockerd in its own network namespace
//! ```

mod answer;
mod client;
mod digest;
mod front;
mod hub;
mod layout;
mod mirror;
mod name;
mod route;
mod shelf;
mod tls;

pub use digest::Digest;
pub use hub::HubSpec;
pub use layout::{Pack, PackError, PackImage};
pub use mirror::{ImageSource, serve, serve_as_hub};
pub use tls::HubIdentity;

#[cfg(test)]
mod tests;
