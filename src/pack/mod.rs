//! Images for lessons without internet: the pack and the server. `pack/build` makes the pack, an OCI image layout. The
//! server provides the images of the pack to a private engine. The server can also pass requests through to Docker Hub
//! from the host's network.
//!
//! ```text
//!  pack/build ─▶ oci-layout · index.json · blobs/sha256/…
//!                     │
//!                     ▼
//!                   Pack ──▶ ImageSource ──▶ serve_as_hub ─TLS──▶ dockerd, which takes it for Docker Hub
//!     real registries ─TLS──▶     ▲                               and for other registries, by their names
//! ```
//!
//! Without internet, lessons still pull by the registries' real names, so the server uses these names. If a plain
//! mirror lacks an image, an engine asks Docker Hub and reports that Docker Hub cannot be reached. With this server, a
//! mistyped tag and the pull limit give Docker's own messages. `registries` has each registry's accounts and messages.
//! `front` checks logins. `pushed` stores the images that a lesson pushes.

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
