//! The server of the gateway. The server runs in a separate thread, so that the tutor's work never delays the engine's
//! answers.

use std::collections::HashSet;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::net::UnixListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;

use super::connection::serve;
use super::journal::{Journal, Ledger, Record, now, sessions};
use super::label::Labels;
use super::state::GatewayState;
use super::{GatewayError, GatewayEvent, GatewaySpec, Rule, identity};
use crate::engine::Endpoint;

/// The time limit for the journal's last write, which waits for the disk.
const LAST_WRITE_LIMIT: Duration = Duration::from_secs(10);

/// A running gateway. Dropping this value stops the gateway.
#[derive(Debug)]
pub struct Gateway {
    state: Arc<GatewayState>,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Gateway {
    /// Starts to listen at `spec.socket`. The receiver gets the gateway's events.
    ///
    /// # Errors
    /// Fails if the engine does not answer, or the socket or the journal cannot be created.
    pub async fn start(spec: GatewaySpec) -> Result<(Self, UnboundedReceiver<GatewayEvent>), GatewayError> {
        let engine = identity::identify(&spec.upstream).await?;
        let failed = |source| GatewayError::Journal { path: spec.journal.clone(), source };
        let sessions = spec.journal.parent().map(sessions).unwrap_or_default();
        let mut known: HashSet<String> = sessions.iter().map(|session| session.name.clone()).collect();
        known.insert(spec.session.clone());
        let of_others = sessions.iter().filter(|session| session.engine == engine && session.name != spec.session);
        let earlier = Ledger::of(of_others.flat_map(|session| &session.records));
        let journal = Journal::open(&spec.journal).map_err(failed)?;
        let record =
            Record::Session { session: spec.session.clone(), lesson: spec.lesson.to_string(), engine, at: now() };
        journal.append(record).await.map_err(failed)?;
        let listener =
            listen(&spec.socket).map_err(|source| GatewayError::Socket { path: spec.socket.clone(), source })?;
        let (events, receiver) = unbounded_channel();
        let mut sockets = vec![PathBuf::from("/var/run/docker.sock"), spec.socket.clone()];
        if let Endpoint::Unix(path) = &spec.upstream {
            sockets.push(path.clone());
        }
        let state = Arc::new(GatewayState {
            sockets,
            engine: spec.upstream,
            socket: spec.socket,
            labels: Labels { session: spec.session, lesson: spec.lesson.to_string() },
            dir: spec.dir.canonicalize().unwrap_or(spec.dir),
            view: spec.view,
            lang: spec.lang,
            journal,
            sessions: known,
            earlier,
            asked: Mutex::default(),
            events,
            own: Mutex::default(),
            permits: Mutex::default(),
            volumes: tokio::sync::RwLock::default(),
        });
        let running = run(listener, Arc::clone(&state))
            .map_err(|source| GatewayError::Socket { path: state.socket.clone(), source })?;
        Ok((Self { state, running: Some(running) }, receiver))
    }

    /// Returns the path of the gateway's socket.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.state.socket
    }

    /// Allows `what`, which `rule` forbids, until the call of [`end_permits`](Self::end_permits).
    pub fn allow_once(&self, rule: Rule, what: &str) {
        self.state.permits().push((rule, what.to_owned()));
    }

    /// Ends all exceptions that [`allow_once`](Self::allow_once) made.
    pub fn end_permits(&self) {
        self.state.permits().clear();
    }

    /// Stops listening, and closes open connections.
    pub async fn stop(self) {
        let _ = tokio::task::spawn_blocking(move || drop(self)).await;
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.state.socket);
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            let _ = thread.join();
        }
    }
}

/// Creates a socket at `path` that only its owner can use. Replaces the socket of a killed gateway.
fn listen(path: &Path) -> io::Result<std::os::unix::net::UnixListener> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let _ = std::fs::remove_file(path);
    let listener = std::os::unix::net::UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn run(
    listener: std::os::unix::net::UnixListener,
    state: Arc<GatewayState>,
) -> io::Result<(oneshot::Sender<()>, JoinHandle<()>)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let thread = std::thread::Builder::new().name("gateway".into()).spawn(move || {
        runtime.block_on(async {
            let Ok(listener) = UnixListener::from_std(listener) else { return };
            tokio::select! {
                () = accept(&listener, &state) => {}
                _ = stopped => {}
            }
        });
        // This closes the open connections, but lets a write to the journal finish. Until the write ends, the journal
        // is locked, so the session counts as running.
        runtime.shutdown_timeout(LAST_WRITE_LIMIT);
    })?;
    Ok((stop, thread))
}

async fn accept(listener: &UnixListener, state: &Arc<GatewayState>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve(stream, Arc::clone(state)));
            }
            // The process has no free file descriptor. The loop tries again after a pause.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Returns the folder for journals within a state folder.
#[must_use]
pub fn journals(state: &Path) -> PathBuf {
    state.join("sessions")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn socket_of_a_killed_gateway_is_replaced_by_a_socket_that_only_its_owner_can_use() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sub/g.sock");
        drop(listen(&path).unwrap());
        listen(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
