//! One private engine, from its start to the removal of what it leaves.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::spec::{InitSpec, Owner, Report, SandboxSpec};
use super::{SandboxError, spawn, state};

/// How long an engine may take to answer; a loaded machine needs a few seconds.
const READY: Duration = Duration::from_mins(1);
/// How much of the log an error shows.
const TAIL: u64 = 4096;

/// One engine: an init and all that lives under it.
#[derive(Debug)]
pub(super) struct Engine {
    dir: PathBuf,
    socket: PathBuf,
    cli: PathBuf,
    nsenter: PathBuf,
    child: Child,
    owner: Option<ChildStdin>,
    init: Option<(u32, OwnedFd)>,
    version: String,
    detached: bool,
    over: bool,
}

impl Engine {
    /// Starts one and waits until it answers.
    pub(super) async fn launch(spec: &SandboxSpec) -> Result<Self, SandboxError> {
        let folder = spec.folder();
        let folder = folder.canonicalize().map_err(SandboxError::io(&folder))?;
        let dir = state::new_generation(&folder)?;
        let (mut engine, mut reports) = Self::spawn(spec, dir)?;
        let seconds = READY.as_secs();
        match tokio::time::timeout(READY, engine.await_ready(&mut reports)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(error),
            Err(_) => return Err(SandboxError::NotReady { seconds, tail: engine.log_tail() }),
        }
        if spec.owner == Owner::Detached {
            engine.let_go()?;
        }
        Ok(engine)
    }

    fn spawn(spec: &SandboxSpec, dir: PathBuf) -> Result<(Self, UnboundedReceiver<Report>), SandboxError> {
        let generation = dir.file_name().unwrap_or_default().to_string_lossy();
        let init = InitSpec {
            cgroup: format!("/dermaga-{}-{generation}", spec.name),
            engine: spec.engine.clone(),
            images: spec.images.clone(),
            data: spec.data,
            dir: dir.clone(),
        };
        let file = dir.join("spec.json");
        let text = serde_json::to_vec(&init).map_err(|error| SandboxError::io(&file)(error.into()))?;
        fs::write(&file, text).map_err(SandboxError::io(&file))?;
        let cli = dir.join("bin");
        symlink(&spec.engine.docker, cli.join("docker")).map_err(SandboxError::io(&cli))?;
        let log = dir.join("log");
        let log = File::create(&log).map_err(SandboxError::io(&log))?;

        let programs = &spec.engine;
        // Off the terminal, so that Ctrl-C there is the owner's to answer.
        let mut command = Command::new(&programs.setsid);
        if spec.owner == Owner::Owned {
            command.arg(&programs.setpriv).args(["--pdeathsig", "KILL", "--"]);
        }
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
            .arg(&dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log);
        let mut child = spawn::spawn(command).map_err(SandboxError::io(&programs.setsid))?;
        let (sender, reports) = unbounded_channel();
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    if serde_json::from_str(&line).is_ok_and(|report| sender.send(report).is_err()) {
                        break;
                    }
                }
            });
        }
        let engine = Self {
            socket: init.socket(),
            cli,
            nsenter: programs.nsenter.clone(),
            owner: child.stdin.take(),
            child,
            init: None,
            version: String::new(),
            detached: false,
            over: false,
            dir,
        };
        Ok((engine, reports))
    }

    async fn await_ready(&mut self, reports: &mut UnboundedReceiver<Report>) -> Result<(), SandboxError> {
        while let Some(report) = reports.recv().await {
            match report {
                Report::Init { pid } => {
                    let raw = i32::try_from(pid).ok().and_then(Pid::from_raw);
                    let pidfd = raw.and_then(|raw| pidfd_open(raw, PidfdFlags::empty()).ok());
                    self.init = pidfd.map(|pidfd| (pid, pidfd));
                }
                Report::Ready { version, .. } => {
                    self.version = version;
                    return Ok(());
                }
                Report::Failed { step, error } => return Err(SandboxError::Setup { step, error }),
                Report::Died { status } => return Err(SandboxError::Died { status, tail: self.log_tail() }),
                Report::Inside => {}
            }
        }
        Err(SandboxError::Died { status: "?".to_owned(), tail: self.log_tail() })
    }

    /// From here on it lives without us.
    fn let_go(&mut self) -> Result<(), SandboxError> {
        let mark = self.dir.join("detached");
        File::create(&mark).map_err(SandboxError::io(&mark))?;
        if let Some(mut owner) = self.owner.take() {
            owner.write_all(b"d").map_err(SandboxError::io(&self.dir))?;
        }
        self.detached = true;
        Ok(())
    }

    pub(super) fn socket(&self) -> &Path {
        &self.socket
    }

    pub(super) fn cli(&self) -> &Path {
        &self.cli
    }

    pub(super) fn version(&self) -> &str {
        &self.version
    }

    pub(super) fn pid(&self) -> u32 {
        self.init.as_ref().map_or(0, |(pid, _)| *pid)
    }

    /// The room's namespace `kind`, by a path that holds outside: through the init's own root.
    pub(super) fn namespace(&self, kind: &str) -> PathBuf {
        let dir = self.dir.strip_prefix("/").unwrap_or(&self.dir);
        Path::new("/proc").join(self.pid().to_string()).join("root").join(dir).join("ns").join(kind)
    }

    pub(super) fn enter(&self) -> Vec<String> {
        let init = |kind: &str| format!("--{kind}=/proc/{}/ns/{kind}", self.pid());
        vec![
            self.nsenter.display().to_string(),
            format!("--mount={}", self.namespace("mnt").display()),
            format!("--net={}", self.namespace("net").display()),
            init("pid"),
            init("uts"),
            init("ipc"),
            "--".to_owned(),
        ]
    }

    pub(super) fn log_tail(&self) -> String {
        let read = || -> std::io::Result<String> {
            let mut file = File::open(self.dir.join("log"))?;
            let length = file.metadata()?.len();
            file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
            let mut bytes = Vec::new();
            file.take(TAIL).read_to_end(&mut bytes)?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        let text = read().unwrap_or_default();
        let mut lines: Vec<_> = text.lines().rev().take(20).collect();
        lines.reverse();
        lines.join("\n")
    }

    /// Kills it, waits until all of it is gone, and removes its files.
    pub(super) async fn stop(mut self) -> Result<(), SandboxError> {
        let dir = self.dir.clone();
        let end = tokio::task::spawn_blocking(move || self.end());
        end.await.unwrap_or_else(|error| Err(SandboxError::io(&dir)(std::io::Error::other(error))))
    }

    fn end(&mut self) -> Result<(), SandboxError> {
        self.over = true;
        self.owner = None;
        match &self.init {
            Some((_, pidfd)) => {
                let _ = pidfd_send_signal(pidfd, Signal::KILL);
            }
            // It ends by itself, since our end of its pipe is closed; should it hang, its parent goes and takes it along.
            None => {
                let start = Instant::now();
                while matches!(self.child.try_wait(), Ok(None)) && start.elapsed() < Duration::from_secs(2) {
                    thread::sleep(Duration::from_millis(1));
                }
                let _ = self.child.kill();
            }
        }
        // unshare waits for the init, and the kernel gives an init up only after everything in its namespace.
        let _ = self.child.wait();
        state::remove(&self.dir)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if !self.over && !self.detached {
            let _ = self.end();
        }
    }
}
