//! Images for lessons without a hub: the pack, an OCI image layout built by `pack/build`, and the read-only server that
//! gives it to a private engine (or passes through to Docker Hub from the host's network).
//!
//! ```text
//!  pack/build ─▶ oci-layout · index.json · blobs/sha256/…
//!                     │
//!                     ▼                    ┌─ serve_as_hub ─TLS──▶ dockerd, which takes it for Docker Hub
//!                   Pack ──▶ ImageSource ──┤          and for other registries, by their names
//!     real registries ─TLS──▶     ▲        └─ serve ───────HTTP──▶ anything that takes a registry mirror
//! ```
//!
//! Lessons pull by the registries' real names without internet, so the server takes those names. If a plain mirror lacks
//! an image, an engine asks Docker Hub and reports that it cannot reach it; here a mistyped tag gives Docker's own
//! message, and so does the pull limit. `registries` has each registry's accounts and words, `front` checks logins,
//! `pushed` keeps what a lesson pushes.

mod answer;
mod client;
mod digest;
mod front;
mod hub;
mod layout;
mod mirror;
mod name;
mod pushed;
mod registries;
mod registry_routes;
mod route;

mod tls;

pub use digest::Digest;
pub use hub::HubSpec;
pub use layout::{Pack, PackError, PackImage};
pub use mirror::{ImageSource, serve, serve_as_hub};
pub use tls::HubIdentity;

#[cfg(test)]
mod tests;
