//! The channel on which a run reports its events.

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::event::Event;

/// Sends the events of a run to the run's reporters.
#[derive(Debug, Clone)]
pub struct EventSender(UnboundedSender<Event>);

impl EventSender {
    /// Opens a channel. Returns the sender for the run and the receiver for the reporters.
    #[must_use]
    pub fn channel() -> (Self, UnboundedReceiver<Event>) {
        let (sender, events) = unbounded_channel();
        (Self(sender), events)
    }

    /// Sends an event. Ignores a closed channel, because nobody then waits for the events.
    pub(super) fn emit(&self, event: Event) {
        let _ = self.0.send(event);
    }
}
