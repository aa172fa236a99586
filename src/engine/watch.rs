//! Receives the engine's events as they happen.

use super::Engine;
use super::error::trouble;
use super::events::read;
use super::wire::JsonLines;
use crate::claims::{EngineEvent, InfraFailure, InfraFailureKind};

/// The events from now on.
pub struct Watch {
    lines: JsonLines,
}

impl Engine {
    /// Listens to the engine's events.
    ///
    /// # Errors
    /// If the engine does not answer.
    pub async fn watch(&self) -> Result<Watch, InfraFailure> {
        let lines = self.wire.lines("/events").await?;
        if lines.status != 200 {
            return Err(trouble(InfraFailureKind::Other, format_args!("no events: status {}", lines.status)));
        }
        Ok(Watch { lines })
    }
}

impl Watch {
    /// Waits for the next event; `None` if the connection has ended.
    pub async fn next(&mut self) -> Option<EngineEvent> {
        self.lines.next().await.ok().flatten().map(|value| read(&value))
    }
}
