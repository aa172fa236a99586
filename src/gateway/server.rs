//! Listening, in a thread of its own: the tutor's work never delays the engine's answers.

use std::collections::HashSet;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::net::UnixListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;

use super::exchange::serve;
use super::gate::{Gate, Permits};
use super::journal::{Journal, Ledger, Record, now, sessions};
use super::label::Labels;
use super::{GatewayError, GatewaySpec, Rule, Told, identity};
use crate::engine::Endpoint;

/// A gateway that listens. Dropped, it stops.
#[derive(Debug)]
pub struct Gateway {
    gate: Arc<Gate>,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Gateway {
    /// Starts to listen at `spec.socket`; what happens there comes out of the receiver.
    ///
    /// # Errors
    /// When the engine does not answer, or the socket or the journal cannot be made.
    pub async fn start(spec: GatewaySpec) -> Result<(Self, UnboundedReceiver<Told>), GatewayError> {
        if !is_session(&spec.session) {
            return Err(GatewayError::Session(spec.session));
        }
        let engine = identity::identify(&spec.upstream).await?;
        let failed = |source| GatewayError::Journal { path: spec.journal.clone(), source };
        let sessions = spec.journal.parent().map(sessions).unwrap_or_default();
        let mut known: HashSet<String> = sessions.iter().map(|session| session.name.clone()).collect();
        known.insert(spec.session.clone());
        let of_others = sessions.iter().filter(|session| session.engine == engine.id && session.name != spec.session);
        let earlier = Ledger::of(of_others.flat_map(|session| &session.records));
        let journal = Journal::open(&spec.journal).map_err(failed)?;
        let record = Record::Session {
            session: spec.session.clone(),
            lesson: spec.lesson.to_string(),
            engine: engine.id,
            at: now().saturating_add_signed(engine.ahead),
        };
        journal.append(record).await.map_err(failed)?;
        let listener =
            listen(&spec.socket).map_err(|source| GatewayError::Socket { path: spec.socket.clone(), source })?;
        let (told, receiver) = unbounded_channel();
        let mut sockets = vec![PathBuf::from("/var/run/docker.sock"), spec.socket.clone()];
        if let Endpoint::Unix(path) = &spec.upstream {
            sockets.push(path.clone());
        }
        let gate = Arc::new(Gate {
            sockets,
            upstream: spec.upstream,
            socket: spec.socket,
            labels: Labels { session: spec.session, lesson: spec.lesson.to_string() },
            dir: spec.dir.canonicalize().unwrap_or(spec.dir),
            view: spec.view,
            lang: spec.lang,
            journal,
            sessions: known,
            earlier,
            asked: Mutex::default(),
            ahead: engine.ahead,
            told,
            own: Mutex::default(),
            permits: Mutex::new(Permits::new(spec.allow)),
            volumes: tokio::sync::RwLock::default(),
        });
        let running = run(listener, Arc::clone(&gate))
            .map_err(|source| GatewayError::Socket { path: gate.socket.clone(), source })?;
        Ok((Self { gate, running: Some(running) }, receiver))
    }

    /// Where it listens.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.gate.socket
    }

    /// Lets the next command through that `rule` would refuse.
    pub fn allow_once(&self, rule: Rule) {
        self.gate.permits.lock().unwrap_or_else(PoisonError::into_inner).add(rule);
    }

    /// Stops to listen, and cuts what is still open.
    pub async fn stop(mut self) {
        if let Some((stop, thread)) = self.end() {
            drop(stop);
            let _ = tokio::task::spawn_blocking(|| thread.join()).await;
        }
    }

    fn end(&mut self) -> Option<(oneshot::Sender<()>, JoinHandle<()>)> {
        let running = self.running.take()?;
        let _ = std::fs::remove_file(&self.gate.socket);
        Some(running)
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.end() {
            drop(stop);
            let _ = thread.join();
        }
    }
}

/// A name that is a label's value, a file's name and a filter's text without any escape.
fn is_session(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=64).contains(&name.len()) && name.bytes().all(plain) && !name.starts_with('.')
}

/// Listens at `path`, for its owner alone; takes the place of a socket where nobody listens any more.
fn listen(path: &Path) -> io::Result<std::os::unix::net::UnixListener> {
    use std::os::unix::net::{UnixListener, UnixStream};
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let bind = || UnixListener::bind(path);
    let listener = match bind() {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => match UnixStream::connect(path) {
            Err(gone) if gone.kind() == io::ErrorKind::ConnectionRefused => {
                std::fs::remove_file(path)?;
                bind()?
            }
            _ => return Err(error),
        },
        bound => bound?,
    };
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn run(
    listener: std::os::unix::net::UnixListener,
    gate: Arc<Gate>,
) -> io::Result<(oneshot::Sender<()>, JoinHandle<()>)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let thread = std::thread::Builder::new().name("gateway".into()).spawn(move || {
        runtime.block_on(async {
            let Ok(listener) = UnixListener::from_std(listener) else { return };
            tokio::select! {
                () = accept(&listener, &gate) => {}
                _ = stopped => {}
            }
        });
        // What is still open is cut; a write to the journal that has begun goes to its end by itself.
        runtime.shutdown_background();
    })?;
    Ok((stop, thread))
}

async fn accept(listener: &UnixListener, gate: &Arc<Gate>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve(stream, Arc::clone(gate)));
            }
            // Out of descriptors: some will be free again.
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
        }
    }
}

/// The folder of a state folder that holds sessions' journals.
#[must_use]
pub fn journals(state: &Path) -> PathBuf {
    state.join("sessions")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_a_plain_name() {
        assert!(is_session("20261124-a1B_2.c"));
        for name in ["", ".", "a b", "a/b", "é", "a=b", &"x".repeat(65)] {
            assert!(!is_session(name), "{name}");
        }
    }

    #[test]
    fn a_dead_socket_is_taken_over_and_a_live_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sub/g.sock");
        let first = listen(&path).unwrap();
        assert_eq!(listen(&path).unwrap_err().kind(), io::ErrorKind::AddrInUse);
        drop(first);
        listen(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
