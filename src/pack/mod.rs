//! Images for lessons without internet: the pack, which is an OCI image layout made by `pack/build`, and the server
//! that provides it to a private engine. The server can also pass requests through to Docker Hub from the host's
//! network.
//!
//! ```text
//!  pack/build ─▶ oci-layout · index.json · blobs/sha256/…
//!                     │
//!                     ▼
//!                   Pack ──▶ ImageSource ──▶ serve_as_hub ─TLS──▶ dockerd, which takes it for Docker Hub
//!     real registries ─TLS──▶     ▲                               and for other registries, by their names
//! ```
//!
//! Lessons pull by the registries' real names without internet, so the server uses these names. If a plain mirror
//! lacks an image, an engine asks Docker Hub and reports that it cannot reach it. With this server, a mistyped tag and
//! the pull limit give Docker's own messages. `registries` has each registry's accounts and messages, `front` checks
//! logins, and `pushed` keeps what a lesson pushes.

mod answer;
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
pub use mirror::{ImageSource, serve_as_hub};
pub use tls::HubIdentity;

#[cfg(test)]
mod tests;
