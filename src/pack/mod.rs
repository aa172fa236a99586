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
mod digest;
mod layout;
mod mirror;
mod name;
mod route;

pub use digest::Digest;
pub use layout::{Pack, PackError, PackImage};
pub use mirror::{ImageSource, serve};

#[cfg(test)]
mod tests;
