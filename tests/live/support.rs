//! Runs a private engine for the tests in new mount, network and PID namespaces. The engine ends with the test process.
//! This module does not use the program's module `sandbox`, so a mistake in `sandbox` cannot make these tests pass.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use dermaga::engine::{ClaimContext, Endpoint, Engine, EngineTime};

/// The script of process 1 in the namespaces. When the tests close the script's standard input, process 1 ends. Then
/// the kernel kills all other processes in the namespaces.
const INIT: &str = r#"
set -e
mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /run
echo 'nameserver 127.0.0.1' > "$1/resolv.conf"
mount --bind "$1/resolv.conf" /etc/resolv.conf
ip link set lo up
[ -z "${DERMAGA_TEST_USR-}" ] || mount --rbind "$DERMAGA_TEST_USR" /usr
[ -z "$3" ] || mount -t tmpfs -o "size=$3" tmpfs "$1/data"
dockerd --data-root "$1/data" --exec-root /run/dk --pidfile /run/dk.pid -H "unix://$1/d.sock" \
    --cgroup-parent "/$2" ${DERMAGA_TEST_DOCKERD-} </dev/null &
read -r _ || true
"#;

/// A script that starts [`INIT`] in new namespaces, and later removes the remains of the engine.
const OUTER: &str = r#"
exec 3<&0
unshare --mount --net --pid --fork --kill-child=SIGKILL --propagation private bash -c "$3" init "$1" "$2" "$4" <&3 &
echo $! > "$1/unshare.pid"
wait $!
find /sys/fs/cgroup -depth -type d -path "*/$2*" -exec rmdir {} + 2>/dev/null
rm -rf --one-file-system "$1"
"#;

/// Returns the path of another system's `/usr`, if the tests use that system's engine and client (`scripts/engines`).
fn other_usr() -> Option<PathBuf> {
    std::env::var_os("DERMAGA_TEST_USR").map(PathBuf::from)
}

/// Returns a `docker` command with a minimal environment. The variable `DERMAGA_DOCKER` may name another program.
pub(crate) fn docker() -> Command {
    let mut docker = Command::new(std::env::var_os("DERMAGA_DOCKER").unwrap_or_else(|| "docker".into()));
    docker.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", "/nonexistent");
    if let Some(usr) = other_usr() {
        docker = Command::new(usr.join("bin/docker"));
        // The CLI finds its plugins, such as buildx, in this folder of the other system.
        docker.env_clear().env("PATH", "/usr/bin:/bin").env("DOCKER_CONFIG", usr.join("libexec/docker"));
    }
    docker
}

/// Whether the docker CLI builds with buildx.
pub(crate) fn has_buildx() -> bool {
    docker().args(["buildx", "version"]).output().is_ok_and(|output| output.status.success())
}

/// A running engine with a `busybox` image.
pub(crate) struct TestEngine {
    folder: PathBuf,
    wrapper: Mutex<Child>,
}

impl TestEngine {
    /// Returns the engine that most tests share. Each test gives its objects names that no other test uses.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<TestEngine> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    pub(crate) fn start() -> Self {
        Self::start_on_disk("")
    }

    /// Starts an engine with its data on a file system of this size. If `size` is empty, the data are on the machine's
    /// own file system.
    pub(crate) fn start_on_disk(size: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("dmg").tempdir().expect("a folder").keep();
        let name = folder.file_name().expect("a name").to_string_lossy().to_lowercase();
        std::fs::create_dir(folder.join("data")).expect("a folder");
        let log = std::fs::File::create(folder.join("log")).expect("a log");
        let mut wrapper = Command::new("bash");
        wrapper.args(["-c", OUTER, "outer"]).arg(&folder).arg(&name).arg(INIT).arg(size);
        wrapper.stdin(Stdio::piped()).stdout(log.try_clone().expect("a log")).stderr(log).process_group(0);
        let wrapper = wrapper.spawn().expect("unshare");
        let engine = Self { folder, wrapper: Mutex::new(wrapper) };
        engine.wait_until_ready();
        engine.import_busybox();
        engine
    }

    fn wait_until_ready(&self) {
        let begin = Instant::now();
        while !self.answers() {
            let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(begin.elapsed() < Duration::from_mins(1), "the engine does not start:\n{}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn answers(&self) -> bool {
        let Ok(mut socket) = UnixStream::connect(self.socket()) else { return false };
        let mut answer = String::new();
        let asked = socket.write_all(b"GET /_ping HTTP/1.0\r\n\r\n").and_then(|()| socket.read_to_string(&mut answer));
        asked.is_ok() && answer.contains(" 200 ")
    }

    /// Creates a volume through the engine's API, which is faster than the docker CLI.
    pub(crate) fn create_volume(&self, name: &str) {
        let mut socket = UnixStream::connect(self.socket()).expect("the engine");
        let body = format!("{{\"Name\":\"{name}\"}}");
        let head = "POST /volumes/create HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length:";
        write!(socket, "{head} {}\r\n\r\n{body}", body.len()).expect("a request");
        let mut answer = String::new();
        socket.read_to_string(&mut answer).expect("an answer");
        assert!(answer.contains(" 201 "), "{answer}");
    }

    fn import_busybox(&self) {
        let root = self.folder.join("busybox");
        std::fs::create_dir_all(root.join("bin")).expect("a folder");
        std::fs::copy("/bin/busybox", root.join("bin/busybox")).expect("busybox-static is installed");
        for applet in ["sh", "echo", "sleep", "cat", "touch", "rm", "httpd", "true", "id", "sed"] {
            std::os::unix::fs::symlink("busybox", root.join("bin").join(applet)).expect("a link");
        }
        for folder in ["tmp", "etc", "www"] {
            std::fs::create_dir(root.join(folder)).expect("a folder");
        }
        std::fs::write(root.join("www/index.html"), "Halo dari dermaga\n").expect("a page");
        let tar = Command::new("tar").arg("-C").arg(&root).args(["-c", "."]).output().expect("tar");
        let import = ["import", "--change", r#"CMD ["sh"]"#, "-", "busybox:latest"];
        let mut import = self.docker_command(&import).stdin(Stdio::piped()).spawn().expect("docker");
        import.stdin.take().expect("its input").write_all(&tar.stdout).expect("the tar");
        assert!(import.wait().expect("docker import").success());
    }

    /// Returns the folder with all files of the engine. The folder is removed when the engine ends.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the path of the engine's socket.
    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.join("d.sock")
    }

    /// Returns the path of the network namespace of the engine and its containers.
    pub(crate) fn netns(&self) -> PathBuf {
        self.namespaces().join("ns/net")
    }

    /// Returns the folder in `/proc` of process 1 in the engine's namespaces.
    pub(crate) fn namespaces(&self) -> PathBuf {
        let unshare = std::fs::read_to_string(self.folder.join("unshare.pid")).expect("a pid");
        let unshare = unshare.trim();
        let children = std::fs::read_to_string(format!("/proc/{unshare}/task/{unshare}/children")).expect("its child");
        PathBuf::from(format!("/proc/{}", children.trim()))
    }

    fn docker_command(&self, arguments: &[&str]) -> Command {
        let mut command = docker();
        command.env("DOCKER_CONFIG", self.folder.join("config"));
        command.env("DOCKER_HOST", format!("unix://{}", self.socket().display())).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the docker CLI on the engine and returns its standard output. Panics if the CLI fails.
    pub(crate) fn docker(&self, arguments: &[&str]) -> String {
        let output = self.docker_command(arguments).output().expect("docker");
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "docker {arguments:?}: {out}{err}");
        out.trim_end().to_owned()
    }

    /// Runs the docker CLI and returns the lines of its output and errors. Panics if the CLI succeeds.
    pub(crate) fn docker_fails(&self, arguments: &[&str]) -> Vec<String> {
        let output = self.docker_command(arguments).output().expect("docker");
        assert!(!output.status.success(), "docker {arguments:?} did not fail");
        let said = [output.stdout, output.stderr].concat();
        String::from_utf8_lossy(&said).lines().map(str::to_owned).collect()
    }

    /// Connects to the engine in the same way as `dermaga test`.
    pub(crate) async fn connect(&self) -> Engine {
        Engine::connect(&Endpoint::Unix(self.socket())).await.expect("the engine answers")
    }
}

impl Drop for TestEngine {
    fn drop(&mut self) {
        let Ok(mut wrapper) = self.wrapper.lock() else { return };
        drop(wrapper.stdin.take());
        let _ = wrapper.wait();
    }
}

/// Returns a context for claims about files in `dir` and about the engine. Only events from now on count.
pub(crate) async fn scene<'a>(engine: &Engine, dir: &'a Path) -> ClaimContext<'a> {
    let since: EngineTime = engine.now().await.expect("the engine's time");
    ClaimContext { since, ran: &[], dir, namespaces: None, label: None }
}

/// A registry at `localhost:5000` in an engine's network. The registry ends when this value is dropped.
pub(crate) struct TestRegistry {
    server: Child,
    netns: PathBuf,
}

impl TestRegistry {
    pub(crate) fn start(engine: &TestEngine) -> Self {
        let folder = engine.folder.join("registry");
        let netns = engine.netns();
        let mut registry = Command::new("nsenter");
        registry.arg(format!("--net={}", netns.display())).args(["docker-registry", "serve"]).env_clear();
        registry.arg(engine.folder.join("registry.yml")).env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        let config = format!(
            "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {}\n  delete:\n    enabled: true\n\
             http:\n  addr: 127.0.0.1:5000\n",
            folder.display()
        );
        std::fs::write(engine.folder.join("registry.yml"), config).expect("a file");
        let log = std::fs::File::create(engine.folder.join("registry.log")).expect("a log");
        registry.stdin(Stdio::null()).stdout(log.try_clone().expect("a log")).stderr(log);
        Self { server: registry.spawn().expect("docker-registry is installed"), netns }
    }

    /// Waits until the registry answers.
    pub(crate) async fn wait_until_ready(&self) {
        let netns = self.netns.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let begin = Instant::now();
            let get = ["wget", "-q", "-O", "-", "http://127.0.0.1:5000/v2/"];
            let mut ask = Command::new("nsenter");
            ask.arg(format!("--net={}", netns.display())).arg("busybox").args(get).stdout(Stdio::null());
            ask.stderr(Stdio::null());
            while !ask.status().is_ok_and(|status| status.success()) {
                assert!(begin.elapsed() < Duration::from_secs(20), "the registry does not start");
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        asked.await.expect("the registry answers");
    }
}

impl Drop for TestRegistry {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
