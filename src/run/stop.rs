//! The wish that a run ends early, made once and heard by everybody who works on it.

use std::sync::Arc;

use tokio::sync::watch;

/// A wish to stop; its clones are the same wish.
#[derive(Debug, Clone)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stop {
    /// Makes the wish.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was made.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        *self.0.borrow()
    }

    /// Ends when it is made.
    pub async fn stopped(&self) {
        // The sender lives as long as this does.
        let _ = self.0.subscribe().wait_for(|stopped| *stopped).await;
    }
}
