//! Recognises a full disk, if the engine keeps its data on a disk of this machine.

use super::{Cause, Engine, Found, size, text};
use crate::engine::Endpoint;

/// A disk with fewer free bytes than this counts as full.
const FULL: u64 = 64 << 20;

/// Returns the folder of the engine's data and the number of free bytes there, if the folder is on this machine.
async fn disk(engine: &Engine) -> Option<(String, u64)> {
    let Endpoint::Unix(_) = engine.endpoint() else { return None };
    let root = text(&engine.info().await.ok()?, "/DockerRootDir")?.to_owned();
    let of = root.clone();
    let stat = tokio::task::spawn_blocking(move || rustix::fs::statvfs(&of)).await.ok()?.ok()?;
    Some((root, stat.f_bavail.saturating_mul(stat.f_frsize)))
}

pub(super) async fn no_space(cause: &mut Cause, engine: &Engine) -> Found {
    let (path, free) = disk(engine).await.filter(|(_, free)| *free < FULL)?;
    cause.set("path", path);
    cause.set("free", size(free >> 20 << 20));
    Some(("explain-no-space-engine", "df -h {path}"))
}
