//! Signals of the process and events of the engine, as the tutor waits for them.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::claims::EngineEvent;
use crate::engine::Watch;

/// The signals that the tutor handles.
pub(super) struct Signals {
    /// The terminal has another size.
    pub(super) resize: Signal,
    pub(super) exit: ExitSignals,
}

/// The signals that end the tutor.
pub(super) struct ExitSignals([Signal; 3]);

impl Signals {
    pub(super) fn new() -> io::Result<Self> {
        let exit = [signal(SignalKind::terminate())?, signal(SignalKind::hangup())?, signal(SignalKind::interrupt())?];
        Ok(Self { resize: signal(SignalKind::window_change())?, exit: ExitSignals(exit) })
    }
}

impl ExitSignals {
    pub(super) async fn recv(&mut self) {
        let [terminate, hangup, interrupt] = &mut self.0;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}

/// Waits until the terminal is gone or the process is told to end. A question that waits for a key does not notice.
pub(super) async fn wait_for_end() {
    let (Ok(mut terminate), Ok(mut hangup)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
}

/// The next event of the engine; `None` if the engine has gone. Waits forever if nobody watches the engine.
pub(super) async fn next_event(watch: &mut Option<Watch>) -> Option<EngineEvent> {
    match watch {
        Some(watch) => watch.next().await,
        None => std::future::pending().await,
    }
}

/// Whether an event may change what claims find. The engine also reports the commands by which claims look into
/// containers.
pub(super) fn is_relevant(event: &EngineEvent) -> bool {
    !event.action.starts_with("exec_") && event.action != "top"
}
