//! Waits for signals of the process and for events of the engine.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::claims::EngineEvent;
use crate::engine::Watch;

/// The signals that the tutor handles.
pub(super) struct Signals {
    /// The signal that the size of the terminal has changed.
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

/// Waits until a signal reports that the terminal is gone or that the process should end. Questions need this function,
/// because a wait for a key does not end at such a signal.
pub(super) async fn wait_for_end() {
    let (Ok(mut terminate), Ok(mut hangup)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
}

/// Returns the next event of the engine; `None` if the engine has ended. Waits forever if there is no `watch`.
pub(super) async fn next_event(watch: &mut Option<Watch>) -> Option<EngineEvent> {
    match watch {
        Some(watch) => watch.next().await,
        None => std::future::pending().await,
    }
}

/// Whether an event may change the decision on a claim. Ignores the `exec` and `top` events, because the checks of
/// claims cause such events.
pub(super) fn is_relevant(event: &EngineEvent) -> bool {
    !event.action.starts_with("exec_") && event.action != "top"
}
