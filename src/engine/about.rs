//! An engine's description of itself.

use serde_json::Value;

use super::Engine;
use super::error::trouble;
use super::family::family;
use crate::claims::{InfraFailure, InfraFailureKind};
use crate::lesson::EngineFamily;

/// An engine's description of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The version, such as `20.10.24+dfsg1`.
    pub version: String,
    /// The newest API version.
    pub api: String,
    /// The oldest API version.
    pub min_api: String,
    /// The operating system, such as `linux`.
    pub os: String,
    /// The architecture, such as `amd64`.
    pub arch: String,
    /// The family: Docker, Docker with the containerd image store, or podman.
    pub family: EngineFamily,
    /// The kernel's version.
    pub kernel: String,
}

impl Engine {
    /// Asks the engine for its description.
    ///
    /// # Errors
    /// If the engine does not answer.
    pub async fn about(&self) -> Result<About, InfraFailure> {
        let version = self.wire.get("/version").await?.body;
        let info = self.wire.get("/info").await?;
        if info.status != 200 {
            return Err(trouble(InfraFailureKind::Other, info.message()));
        }
        Ok(describe(&version, &info.body))
    }
}

fn describe(version: &Value, info: &Value) -> About {
    let text = |key: &str| version[key].as_str().unwrap_or_default().to_owned();
    About {
        version: text("Version"),
        api: text("ApiVersion"),
        min_api: text("MinAPIVersion"),
        os: text("Os"),
        arch: text("Arch"),
        family: family(version, info),
        kernel: text("KernelVersion"),
    }
}
