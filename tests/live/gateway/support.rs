//! Starts a gateway in front of a test's engine, and runs the docker CLI through it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dermaga::engine::Endpoint;
use dermaga::gateway::{Gateway, GatewayEvent, GatewaySpec, View};
use dermaga::lesson::LessonId;
use dermaga::words::Lang;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::support::TestEngine;

/// A running gateway and its events.
pub(super) struct TestGateway<'a> {
    pub(super) engine: &'a TestEngine,
    pub(super) gateway: Gateway,
    receiver: UnboundedReceiver<GatewayEvent>,
    pub(super) session: String,
    pub(super) folder: tempfile::TempDir,
}

/// Returns the settings of a gateway for `session`. All its files are in `folder`.
pub(super) fn spec(engine: &TestEngine, folder: &Path, session: &str) -> GatewaySpec {
    GatewaySpec { upstream: Endpoint::Unix(engine.socket()), ..spec_at(folder, session) }
}

/// Returns the same settings as [`spec`], but without an engine.
pub(super) fn spec_at(folder: &Path, session: &str) -> GatewaySpec {
    let dir = folder.join("lesson");
    std::fs::create_dir_all(&dir).expect("a folder");
    GatewaySpec {
        upstream: Endpoint::Unix(PathBuf::new()),
        socket: folder.join(format!("{session}.sock")),
        session: session.to_owned(),
        lesson: LessonId("lesson".into()),
        journal: folder.join(format!("sessions/{session}.jsonl")),
        dir,
        view: View::All,
        lang: Lang::En,
    }
}

impl<'a> TestGateway<'a> {
    pub(super) async fn open(engine: &'a TestEngine, session: &str) -> Self {
        Self::open_with(engine, session, |spec| spec).await
    }

    pub(super) async fn open_with(
        engine: &'a TestEngine,
        session: &str,
        change: impl FnOnce(GatewaySpec) -> GatewaySpec,
    ) -> Self {
        let folder = tempfile::Builder::new().prefix("dmgw").tempdir().expect("a folder");
        let spec = change(spec(engine, folder.path(), session));
        let (gateway, receiver) = Gateway::start(spec).await.expect("a gateway");
        Self { engine, gateway, receiver, session: session.to_owned(), folder }
    }

    /// Returns the lesson's directory.
    pub(super) fn dir(&self) -> PathBuf {
        self.folder.path().join("lesson")
    }

    /// Returns a command of the docker CLI that uses the gateway.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        docker_on(self.gateway.socket(), arguments)
    }

    /// Runs the docker CLI through the gateway. Returns its output, its errors and its exit status.
    pub(super) fn docker(&self, arguments: &[&str]) -> (String, String, i32) {
        outcome(&mut self.command(arguments))
    }

    /// Runs the docker CLI through the gateway and returns its output. Panics if the CLI fails.
    #[track_caller]
    pub(super) fn docker_ok(&self, arguments: &[&str]) -> String {
        let (out, err, code) = self.docker(arguments);
        assert_eq!(code, 0, "docker {arguments:?}: {out}{err}");
        out.trim_end().to_owned()
    }

    /// Returns the events since the last call.
    pub(super) fn events(&mut self) -> Events {
        let mut told = Vec::new();
        while let Ok(one) = self.receiver.try_recv() {
            told.push(one);
        }
        Events(told)
    }

    /// Removes all containers, networks and volumes with the session's label.
    pub(super) fn sweep_by_label(&self) {
        let filter = format!("label=dermaga.session={}", self.session);
        for (list, remove) in [
            (&["ps", "-aq", "--filter"][..], &["rm", "-fv"][..]),
            (&["network", "ls", "-q", "--filter"], &["network", "rm"]),
            (&["volume", "ls", "-q", "--filter"], &["volume", "rm"]),
        ] {
            let ids = self.engine.docker(&[list, &[&filter]].concat());
            for id in ids.lines() {
                self.engine.docker(&[remove, &[id]].concat());
            }
        }
    }
}

/// Returns the path of the docker CLI.
pub(super) fn docker_program() -> String {
    crate::support::docker().get_program().to_string_lossy().into_owned()
}

/// Returns a `docker` command that uses `socket` and has a minimal environment.
pub(super) fn docker_on(socket: &Path, arguments: &[&str]) -> Command {
    let mut command = crate::support::docker();
    command.env("DOCKER_HOST", format!("unix://{}", socket.display())).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs a command. Returns its output, its errors, and its exit status. If a signal ends the command, the exit status
/// is 128 plus the signal's number.
pub(super) fn outcome(command: &mut Command) -> (String, String, i32) {
    use std::os::unix::process::ExitStatusExt as _;
    let output = command.output().expect("docker");
    let code = output.status.code().or(output.status.signal().map(|signal| 128 + signal)).unwrap_or(-1);
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (text(output.stdout), text(output.stderr), code)
}

/// The events of a gateway.
#[derive(Debug)]
pub(super) struct Events(pub(super) Vec<GatewayEvent>);

impl Events {
    /// Returns the failures as `STATUS MESSAGE`.
    pub(super) fn failed(&self) -> Vec<String> {
        let text = |told: &GatewayEvent| match told {
            GatewayEvent::Failed { status, message } => Some(format!("{status} {message}")),
            GatewayEvent::Refused { .. } => None,
        };
        self.0.iter().filter_map(text).collect()
    }

    /// Returns the refusals as `RULE WHAT`.
    pub(super) fn refused(&self) -> Vec<String> {
        let text = |told: &GatewayEvent| match told {
            GatewayEvent::Refused { rule, what } => Some(format!("{} {what}", rule.name())),
            GatewayEvent::Failed { .. } => None,
        };
        self.0.iter().filter_map(text).collect()
    }
}

/// An engine that a test can kill, as a power cut would, and restart with the same data.
pub(super) struct CrashableEngine {
    folder: PathBuf,
    unshare: Option<std::process::Child>,
}

/// The script of process 1 in the engine's namespaces.
const INIT: &str = r#"
mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /run
echo 'nameserver 127.0.0.1' > "$1/resolv.conf"
mount --bind "$1/resolv.conf" /etc/resolv.conf
ip link set lo up
rm -f "$1/d.sock"
dockerd --data-root "$1/data" --exec-root /run/dk --pidfile /run/dk.pid -H "unix://$1/d.sock" \
    --cgroup-parent "/$2" </dev/null >>"$1/log" 2>&1 &
read -r _ || true
"#;

impl CrashableEngine {
    pub(super) fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("dmgf").tempdir().expect("a folder").keep();
        let mut engine = Self { folder, unshare: None };
        engine.restart();
        engine
    }

    pub(super) fn socket(&self) -> PathBuf {
        self.folder.join("d.sock")
    }

    fn cgroup(&self) -> String {
        self.folder.file_name().expect("a name").to_string_lossy().to_lowercase()
    }

    /// Kills the engine with all its processes, and starts the engine again.
    pub(super) fn restart(&mut self) {
        self.kill();
        let mut unshare = Command::new("unshare");
        unshare.args(["--mount", "--net", "--pid", "--fork", "--kill-child=SIGKILL", "--propagation", "private"]);
        unshare.args(["bash", "-c", INIT, "init"]).arg(&self.folder).arg(self.cgroup());
        unshare.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        self.unshare = Some(unshare.spawn().expect("unshare"));
        let begin = std::time::Instant::now();
        while !docker_on(&self.socket(), &["version"]).output().expect("docker").status.success() {
            let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(begin.elapsed() < std::time::Duration::from_mins(1), "the engine does not start:\n{}", log());
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    /// Thaws all containers. A runtime sometimes freezes a container for a moment. If the runtime is killed in that
    /// moment, the container stays frozen and cannot die.
    fn thaw(&self) {
        for (controller, file, word) in [("freezer", "freezer.state", "THAWED"), ("", "cgroup.freeze", "0")] {
            let group = Path::new("/sys/fs/cgroup").join(controller).join(self.cgroup());
            for container in std::fs::read_dir(group).into_iter().flatten().flatten() {
                // The write fails if the container no longer exists.
                let _ = std::fs::write(container.path().join(file), word);
            }
        }
    }

    fn kill(&mut self) {
        let Some(mut unshare) = self.unshare.take() else { return };
        let id = unshare.id();
        let child = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        let _ = unshare.kill();
        let _ = unshare.wait();
        // When process 1 of a PID namespace dies, the kernel kills all processes in the namespace.
        let gone = || match std::fs::read_to_string(format!("/proc/{}/stat", child.trim())) {
            Ok(stat) => stat.contains(") Z "),
            Err(_) => true,
        };
        while !child.trim().is_empty() && !gone() {
            self.thaw();
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let _ = std::fs::remove_file(self.socket());
    }
}

impl Drop for CrashableEngine {
    fn drop(&mut self) {
        self.kill();
        let remove = r#"find /sys/fs/cgroup -depth -type d -path "*/$1*" -exec rmdir {} + 2>/dev/null; rm -rf --one-file-system "$2""#;
        let _ = Command::new("bash").args(["-c", remove, "remove"]).arg(self.cgroup()).arg(&self.folder).output();
    }
}
