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
//! Engines are served *as the hub*, under its own names: of a mirror that lacks an image they tell nothing, but ask
//! Docker Hub and tell that they cannot reach it. So a mistyped tag reads as Docker writes it, a full pull limit too.
//! Other registries answer under their names in the same way: `registries` knows their accounts and their words, `front`
//! asks who is there, `pushed` keeps what a lesson pushes.

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
