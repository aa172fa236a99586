//! The engine's events as they come.

use super::Engine;
use super::error::trouble;
use super::events::read;
use super::wire::JsonLines;
use crate::claims::{EngineEvent, InfraFailure, InfraFailureKind};

/// Events from now on.
pub struct Watch {
    lines: JsonLines,
}

impl Engine {
    /// Listens to the engine's events.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn watch(&self) -> Result<Watch, InfraFailure> {
        let lines = self.wire.lines("/events").await?;
        if lines.status != 200 {
            return Err(trouble(InfraFailureKind::Other, format_args!("no events: status {}", lines.status)));
        }
        Ok(Watch { lines })
    }
}

impl Watch {
    /// Waits for the next event; `None` if the engine has gone.
    pub async fn next(&mut self) -> Option<EngineEvent> {
        self.lines.next().await.ok().flatten().map(|value| read(&value))
    }
}
