//! One private engine, from its start to the removal of its files.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use rustix::fs::statvfs;
use rustix::process::{Pid, Signal};
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tracing::debug;

use super::running::{Running, log_tail};
use super::spec::{InitReport, InitSpec, SandboxSpec};
use super::{SandboxError, cgroup, folders};
use crate::engine::Endpoint;
use crate::platform::Handle;
use crate::text::redact_message;

/// The time limit for an engine's first answer. On a loaded machine, the engine needs a few seconds.
const READY: Duration = Duration::from_mins(1);
/// The time between two attempts to reach an engine that starts.
const PAUSE: Duration = Duration::from_millis(2);
/// The time limit for an init to notice that its owner has ended.
const NOTICE: Duration = Duration::from_secs(2);

/// A private engine: the `unshare` process, its child, the init, and all processes below it. Dropping this value kills
/// the engine and removes its files.
#[derive(Debug)]
pub(super) struct OwnedEngine {
    pub(super) running: Running,
    child: Child,
    owner: Option<ChildStdin>,
    init: Option<Handle>,
    over: bool,
}

impl OwnedEngine {
    /// Starts an engine and waits until it answers.
    pub(super) async fn launch(spec: &SandboxSpec) -> Result<Self, SandboxError> {
        let folder = spec.folder();
        let folder = folder.canonicalize().map_err(SandboxError::io(&folder))?;
        debug!(name = spec.name, data = ?spec.data, images = ?spec.images, "private engine starts");
        let begun = Instant::now();
        // On a full disk, the engine's log is cut off too, so the log may not show the cause.
        let launched = match Self::launch_in(spec, &folder).await {
            Err(_) if is_full(&folder) => Err(SandboxError::NoSpace(folder)),
            launched => launched,
        };
        match &launched {
            Ok(engine) => {
                let Running { version, api, pid, .. } = &engine.running;
                debug!(name = spec.name, version, api, pid, took = ?begun.elapsed(), "private engine is ready");
            }
            Err(error) => {
                let error = redact_message(&error.to_string());
                debug!(name = spec.name, error, took = ?begun.elapsed(), "private engine did not start");
            }
        }
        launched
    }

    async fn launch_in(spec: &SandboxSpec, folder: &Path) -> Result<Self, SandboxError> {
        let (dir, log) = folders::new_generation(folder)?;
        let spawned = prepare(spec, &dir, log)
            .and_then(|mut command| command.spawn().map_err(SandboxError::io(Path::new(command.get_program()))));
        let mut child = spawned.inspect_err(|_| drop(folders::remove(&dir)))?;
        let running = Running {
            name: spec.name.clone(),
            pid: 0,
            node_pids: Vec::new(),
            version: String::new(),
            api: String::new(),
            since: 0,
            owner: (!spec.detached).then(std::process::id),
            nsenter: spec.engine.nsenter.clone(),
            env: spec.engine.env.clone(),
            dir,
        };
        let mut reports = read_reports(child.stdout.take());
        let mut engine = Self { running, owner: child.stdin.take(), child, init: None, over: false };
        let Ok(ready) = tokio::time::timeout(READY, engine.await_ready(spec.two, &mut reports)).await else {
            let tail = log_tail(&engine.running.dir);
            return Err(SandboxError::NotReady { seconds: READY.as_secs(), tail });
        };
        ready?;
        engine.running.write().map_err(SandboxError::io(&engine.running.dir))?;
        if engine.running.owner.is_none() {
            engine.let_go()?;
        }
        Ok(engine)
    }

    /// Kills the engine without waiting for its end. [`stop`](Self::stop) also waits and removes the files.
    pub(super) fn kill(&self) {
        if let Some(init) = &self.init {
            init.signal(Signal::KILL);
        }
    }

    /// Detaches the engine from its owner, so that the engine keeps running when the owner ends.
    pub(super) fn detach(mut self) -> Result<Running, SandboxError> {
        self.running.owner = None;
        self.running.write().map_err(SandboxError::io(&self.running.dir))?;
        self.let_go()?;
        Ok(self.running.clone())
    }

    /// Kills the engine, waits until all its processes have ended, and removes its files.
    pub(super) async fn stop(mut self) -> Result<(), SandboxError> {
        let dir = self.running.dir.clone();
        let begun = Instant::now();
        let end = tokio::task::spawn_blocking(move || self.end());
        let ended = end.await.unwrap_or_else(|error| Err(SandboxError::io(&dir)(io::Error::other(error))));
        let error = ended.as_ref().err().map(ToString::to_string);
        debug!(dir = %dir.display(), ?error, took = ?begun.elapsed(), "private engine stopped");
        ended
    }

    async fn await_ready(
        &mut self,
        two: bool,
        reports: &mut UnboundedReceiver<InitReport>,
    ) -> Result<(), SandboxError> {
        loop {
            let running = &mut self.running;
            let is_started = !running.node_pids.is_empty() && running.has_two() == two;
            let report = tokio::select! {
                report = reports.recv() => report,
                about = first_answer(running), if is_started => {
                    let text = |field: &str| about[field].as_str().unwrap_or_default().to_owned();
                    (running.version, running.api) = (text("Version"), text("ApiVersion"));
                    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
                    running.since = now.unwrap_or_default().as_secs();
                    return Ok(());
                }
            };
            let tail = || log_tail(&running.dir);
            let died = |status| SandboxError::Died { status, tail: tail() };
            match report {
                Some(InitReport::Init { pid }) => {
                    debug!(pid, "init of the private engine runs");
                    running.pid = pid;
                    let raw = i32::try_from(pid).ok().and_then(Pid::from_raw);
                    self.init = raw.and_then(Handle::open);
                }
                Some(InitReport::Inside { pid }) => {
                    debug!(pid, "dockerd of the private engine runs");
                    running.node_pids.push(pid);
                }
                Some(InitReport::Failed { step, error }) => {
                    return Err(SandboxError::Setup { step, error, tail: tail() });
                }
                Some(InitReport::Died { status }) => return Err(died(status)),
                None => return Err(died("?".to_owned())),
            }
        }
    }

    /// Releases the engine, so that it no longer ends with this process.
    fn let_go(&mut self) -> Result<(), SandboxError> {
        if let Some(mut owner) = self.owner.take() {
            owner.write_all(b"d").map_err(SandboxError::io(&self.running.dir))?;
        }
        self.over = true;
        Ok(())
    }

    fn end(&mut self) -> Result<(), SandboxError> {
        self.over = true;
        self.owner = None;
        if let Some(init) = &self.init {
            init.signal(Signal::KILL);
        } else {
            // The init ends by itself, because our end of its pipe is closed. If the init hangs, the end of its parent
            // kills the init.
            let start = Instant::now();
            while matches!(self.child.try_wait(), Ok(None)) && start.elapsed() < NOTICE {
                thread::sleep(Duration::from_millis(1));
            }
            let _ = self.child.kill();
        }
        // unshare waits for the init. The kernel reports an init's end only after every process in its namespace has
        // ended.
        let cgroup = cgroup::of(&self.running.dir);
        cgroup::thaw_until(&cgroup, folders::REMOVAL_LIMIT, || !matches!(self.child.try_wait(), Ok(None)));
        let _ = self.child.wait();
        folders::remove(&self.running.dir)
    }
}

/// Whether the disk of `folder` has less free space than the smallest engine needs. The folder itself may be gone after
/// a failed start.
fn is_full(folder: &Path) -> bool {
    const LEAST: u64 = 512 << 10;
    let disk = folder.ancestors().find_map(|folder| statvfs(folder).ok());
    disk.is_some_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) < LEAST)
}

/// Writes the init's specification, and returns the command that starts the init.
fn prepare(spec: &SandboxSpec, dir: &Path, log: File) -> Result<Command, SandboxError> {
    let init = InitSpec {
        engine: spec.engine.clone(),
        images: spec.images.clone(),
        data: spec.data,
        two: spec.two,
        shared: spec.shared.clone(),
        dir: dir.to_owned(),
    };
    let file = dir.join("spec.json");
    let text = serde_json::to_vec(&init).map_err(|error| SandboxError::io(&file)(error.into()))?;
    fs::write(&file, text).map_err(SandboxError::io(&file))?;
    let docker = dir.join("bin/docker");
    symlink(&spec.engine.docker, &docker).map_err(SandboxError::io(&docker))?;

    let programs = &spec.engine;
    // The init is detached from the terminal, so that Ctrl-C reaches only the owner.
    let mut command = Command::new(&programs.setsid);
    command
        .arg(&programs.unshare)
        .args([
            "--mount",
            "--pid",
            "--uts",
            "--ipc",
            "--fork",
            "--kill-child=SIGKILL",
            "--propagation",
            "private",
            "--",
        ])
        .arg(&spec.program)
        .arg("internal-engine-init")
        .arg(dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(log);
    Ok(command)
}

/// Waits until every engine answers. Returns the `/version` of the first engine.
async fn first_answer(running: &Running) -> Value {
    let mut about = Value::Null;
    for (socket, _) in running.nodes().rev() {
        let endpoint = Endpoint::Unix(socket);
        // The engine creates its socket early and answers when it is ready.
        about = loop {
            match endpoint.ask("GET", "/version", None).await {
                Ok(reply) if reply.is_good() => break reply.body,
                _ => tokio::time::sleep(PAUSE).await,
            }
        };
    }
    about
}

/// Reads the reports of an init in a thread, because a blocked read cannot be cancelled. The thread ends with the init.
fn read_reports(stdout: Option<ChildStdout>) -> UnboundedReceiver<InitReport> {
    let (sender, reports) = unbounded_channel();
    thread::spawn(move || {
        for line in stdout.into_iter().flat_map(|stdout| BufReader::new(stdout).lines()).map_while(Result::ok) {
            if serde_json::from_str(&line).is_ok_and(|report| sender.send(report).is_err()) {
                break;
            }
        }
    });
    reports
}

impl Drop for OwnedEngine {
    fn drop(&mut self) {
        if !self.over {
            let _ = self.end();
        }
    }
}
