//! Tests that the private engine runs containers, changes nothing on the host, and leaves no process or file behind.

mod frozen;
mod kill;

use std::ffi::OsStr;
use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use dermaga::sandbox::{
    DataRoot, ImageSource, Sandbox, SandboxError, SandboxSpec, find_binaries, find_binaries_in, list, recover,
};

fn spec(state: &Path, name: &str) -> SandboxSpec {
    let engine = find_binaries(OsStr::new("")).expect("root, and the programs of a private engine");
    let program = PathBuf::from(env!("CARGO_BIN_EXE_dermaga"));
    SandboxSpec { program, ..SandboxSpec::new(name, state, engine, ImageSource::None) }
}

fn block<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(future)
}

/// Runs shell scripts with the environment of a lesson. The first `docker` on their `PATH` belongs to the engine.
struct Shell {
    words: Vec<String>,
    path: String,
}

impl Shell {
    fn new(sandbox: &Sandbox) -> Self {
        let path = format!("{}:/usr/sbin:/usr/bin:/sbin:/bin", sandbox.cli().display());
        Self { words: sandbox.enter_at(Path::new("/tmp")), path }
    }

    fn command(&self, script: &str) -> Command {
        let (first, rest) = self.words.split_first().unwrap();
        let mut command = Command::new(first);
        command.args(rest).args(["sh", "-c", script]).env("PATH", &self.path).env_remove("DOCKER_HOST");
        command
    }

    fn run(&self, script: &str) -> String {
        let output = self.command(script).output().unwrap();
        assert!(output.status.success(), "{script}: {}", text(&output));
        text(&output)
    }
}

fn text(output: &Output) -> String {
    let both = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    both.concat().trim_end().to_owned()
}

/// Writes an archive with the root file system of busybox, for `docker import`. Returns the archive's path.
fn busybox(folder: &Path) -> PathBuf {
    let bin = folder.join("root/bin");
    fs::create_dir_all(&bin).unwrap();
    fs::copy("/bin/busybox", bin.join("busybox")).expect("busybox-static");
    for applet in ["sh", "echo", "sleep", "httpd", "cat", "ls", "true"] {
        symlink("busybox", bin.join(applet)).unwrap();
    }
    let tar = folder.join("busybox.tar");
    let mut command = Command::new("tar");
    command.arg("-C").arg(folder.join("root")).arg("-cf").arg(&tar).arg(".");
    assert!(command.status().unwrap().success());
    tar
}

/// Returns a script that starts a container, which serves `word` on port 8080, and waits until the server answers.
fn serve(word: &str) -> String {
    format!(
        "docker run -d -p 8080:80 -v data:/data --name {word} busybox \
         sh -c 'mkdir /www; echo {word} > /www/index.html; httpd -f -h /www' > /dev/null; \
         curl -s --retry 50 --retry-delay 0 --retry-all-errors --retry-connrefused http://127.0.0.1:8080/"
    )
}

#[test]
fn container_runs_and_its_port_is_open_only_inside_the_engine() {
    let state = tempfile::tempdir().unwrap();
    let tar = busybox(state.path());
    block(async {
        let sandbox = Sandbox::start(spec(state.path(), "satu")).await.unwrap();
        assert_eq!(list(state.path()), [sandbox.running().clone()]);
        let shell = Shell::new(&sandbox);
        let cli = shell.run("docker version --format '{{.Client.Version}} {{.Server.Version}}'");
        assert_eq!(cli, format!("{0} {0}", sandbox.running().version));
        shell.run(&format!("docker import {} busybox", tar.display()));
        assert_eq!(shell.run("docker run --rm busybox echo halo"), "halo");
        assert_eq!(shell.run(&serve("web")), "web");
        assert_eq!(
            shell.run("docker volume inspect --format '{{.Mountpoint}}' data"),
            "/var/lib/docker/volumes/data/_data"
        );
        // On the host, the engine answers on its socket, but the ports of its containers are closed.
        let outside = Command::new(sandbox.cli().join("docker"))
            .args(["-H", &format!("unix://{}", sandbox.socket().display()), "ps", "--format", "{{.Names}}"])
            .output()
            .unwrap();
        assert_eq!(text(&outside), "web");
        let outside = Command::new("curl").args(["-s", "http://127.0.0.1:8080/"]).output().unwrap();
        assert_ne!(text(&outside), "web");
        sandbox.stop().await.unwrap();
    });
    assert!(!state.path().join("satu").exists());
}

#[test]
fn shell_inside_the_engine_has_job_control() {
    let state = tempfile::tempdir().unwrap();
    block(async {
        let sandbox = Sandbox::start(spec(state.path(), "shell")).await.unwrap();
        let shell = format!("{} bash --norc --noprofile -i", sandbox.enter_at(state.path()).join(" "));
        let mut terminal = Command::new("script")
            .args(["-q", "-c", &shell, "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut keys, mut screen) = (terminal.stdin.take().unwrap(), terminal.stdout.take().unwrap());
        let mut seen = String::new();
        let mut type_and_see = |typed: &str, expected: &str| {
            keys.write_all(typed.as_bytes()).unwrap();
            let mut piece = [0; 4096];
            while !seen.contains(expected) {
                let length = screen.read(&mut piece).unwrap();
                assert_ne!(length, 0, "{expected}: {seen}");
                seen.push_str(&String::from_utf8_lossy(&piece[..length]));
            }
            assert!(!seen.contains("no job control"), "{seen}");
            seen.clear();
        };
        // The trap prints its text when `fg` has continued the job.
        let job = "trap 'echo lan''jut' CONT; echo mu''lai; while :; do sleep 1000 & wait $!; done";
        type_and_see(&format!("sh -c \"{}\"\n", job.replace('$', "\\$")), "mulai");
        type_and_see("\u{1a}", "Stopped");
        type_and_see("fg\n", "lanjut");
        type_and_see("\u{3}", "^C");
        type_and_see("echo status $?\n", "status 130");
        type_and_see("pwd -P\n", &format!("{}\r", state.path().display()));
        type_and_see("echo sockets /run/*.sock\n", "sockets /run/docker.sock\r");
        type_and_see("exit\n", "exit");
        assert!(terminal.wait().unwrap().success());
        sandbox.stop().await.unwrap();
    });
}

#[test]
fn two_engines_use_the_same_names_and_ports_independently() {
    let state = tempfile::tempdir().unwrap();
    let tar = busybox(state.path());
    let host = Host::look();
    block(async {
        let (one, two) =
            tokio::join!(Sandbox::start(spec(state.path(), "satu")), Sandbox::start(spec(state.path(), "dua")));
        let (one, two) = (one.unwrap(), two.unwrap());
        for (sandbox, word) in [(&one, "satu"), (&two, "dua")] {
            let shell = Shell::new(sandbox);
            shell.run(&format!("docker import {} busybox", tar.display()));
            assert_eq!(shell.run(&serve(word)), word);
        }
        assert_eq!(
            Shell::new(&one).run("curl -s http://127.0.0.1:8080/; docker ps --format '{{.Names}}'"),
            "satu\nsatu"
        );
        assert_eq!(Host::look(), host);
        two.stop().await.unwrap();
        assert_eq!(Shell::new(&one).run("curl -s http://127.0.0.1:8080/"), "satu");
        one.stop().await.unwrap();
    });
}

#[test]
fn renewed_engine_is_empty_and_the_old_one_ends() {
    let state = tempfile::tempdir().unwrap();
    let tar = busybox(state.path());
    block(async {
        let mut sandbox = Sandbox::start(spec(state.path(), "baru")).await.unwrap();
        let left = "docker ps -aq; docker images -q; docker volume ls -q; docker network ls --format '{{.Name}}'";
        for warm in [false, true] {
            let shell = Shell::new(&sandbox);
            shell.run(&format!("docker import {} busybox; docker network create jaringan", tar.display()));
            shell.run(&serve("web"));
            // This process stands for a process that a lesson has left behind. The process must end with its engine.
            let mut orphan = shell.command("sleep 1000").spawn().unwrap();
            if warm {
                sandbox.warm(false);
            }
            let before = sandbox.running().clone();
            sandbox.renew(false).await.unwrap();
            assert_ne!(sandbox.running().pid, before.pid);
            orphan.wait().unwrap();
            // The last process of the engine ends soon after the init.
            let ended = Instant::now();
            while list(state.path()).contains(&before) {
                assert!(ended.elapsed() < Duration::from_secs(5), "the last engine is still running");
                std::thread::sleep(Duration::from_millis(1));
            }
            assert_eq!(Shell::new(&sandbox).run(left), "bridge\nhost\nnone");
        }
        sandbox.stop().await.unwrap();
    });
    assert!(!state.path().join("baru").exists());
}

#[test]
fn second_engine_with_the_same_name_is_refused() {
    let state = tempfile::tempdir().unwrap();
    block(async {
        let sandbox = Sandbox::start(spec(state.path(), "satu")).await.unwrap();
        let again = Sandbox::start(spec(state.path(), "satu")).await;
        assert!(matches!(again, Err(SandboxError::Busy { .. })), "{again:?}");
        assert_eq!(recover(state.path()).unwrap(), 0);
        Shell::new(&sandbox).run("docker ps");
        let running = sandbox.running().clone();
        assert!(list(state.path()).contains(&running));
        // Dropping the sandbox must end the engine, even without `stop`.
        drop(sandbox);
        assert!(!state.path().join("satu").exists());
        Sandbox::start(spec(state.path(), "satu")).await.unwrap().stop().await.unwrap();
    });
}

#[test]
fn engine_in_a_small_tmpfs_reports_a_full_disk() {
    let state = tempfile::tempdir().unwrap();
    let tar = busybox(state.path());
    block(async {
        let data = DataRoot::Tmpfs { bytes: 24 << 20 };
        let sandbox = Sandbox::start(SandboxSpec { data, ..spec(state.path(), "memori") }).await.unwrap();
        let shell = Shell::new(&sandbox);
        shell.run(&format!("docker import {} busybox", tar.display()));
        let full = shell.command("docker run --rm busybox busybox dd if=/dev/zero of=/besar bs=1M count=64").output();
        assert!(text(&full.unwrap()).contains("No space left on device"));
        sandbox.stop().await.unwrap();
    });
}

#[test]
fn invalid_settings_are_refused_before_anything_is_created() {
    let state = tempfile::tempdir().unwrap();
    block(async {
        for name in ["", "-a", "A", "a/b", "a.b"] {
            let error = Sandbox::start(spec(state.path(), name)).await.unwrap_err();
            assert!(matches!(error, SandboxError::BadName { .. }), "{name}: {error}");
        }
        let long = state.path().join("x".repeat(80));
        let error = Sandbox::start(spec(&long, "a")).await.unwrap_err();
        assert!(matches!(error, SandboxError::LongPath { .. }), "{error}");
        assert!(!long.exists());
    });
}

#[test]
fn engine_that_dies_at_its_start_reports_its_exit_status() {
    let state = tempfile::tempdir().unwrap();
    block(async {
        let mut spec = spec(state.path(), "mati");
        spec.engine.dockerd = PathBuf::from("/bin/false");
        let error = Sandbox::start(spec.clone()).await.unwrap_err();
        assert!(matches!(&error, SandboxError::Died { status, .. } if status == "exit 1"), "{error}");
        spec.engine.dockerd = PathBuf::from("/nonexistent/dockerd");
        let error = Sandbox::start(spec).await.unwrap_err();
        assert!(matches!(&error, SandboxError::Died { .. }), "{error}");
    });
    assert!(!state.path().join("mati").exists());
}

#[test]
fn engine_commands_start_describe_and_stop_a_detached_engine() {
    let cache = tempfile::tempdir().unwrap();
    let dermaga = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dermaga"));
        command.args(arguments).env("XDG_CACHE_HOME", cache.path()).env("LC_ALL", "en_US.UTF-8");
        command.output().unwrap()
    };
    assert_eq!(dermaga(&["engine", "status"]).status.code(), Some(4));
    let started = dermaga(&["engine", "start"]);
    assert!(started.status.success(), "{}", text(&started));
    let twice = dermaga(&["engine", "start"]);
    assert!(twice.status.code() == Some(4) && text(&twice).contains("dermaga engine stop"), "{}", text(&twice));
    assert!(text(&dermaga(&["engine", "status"])).starts_with("dermaga: Docker "));
    let used = Command::new("sh")
        .args([
            "-c",
            &format!(
                "eval \"$('{}' engine env)\"; docker info --format '{{{{.Containers}}}}'",
                env!("CARGO_BIN_EXE_dermaga")
            ),
        ])
        .env("XDG_CACHE_HOME", cache.path())
        .output()
        .unwrap();
    assert!(used.status.success() && String::from_utf8_lossy(&used.stdout) == "0\n", "{}", text(&used));
    let stopped = dermaga(&["engine", "stop"]);
    assert!(stopped.status.success(), "{}", text(&stopped));
    assert_eq!(dermaga(&["engine", "stop"]).status.code(), Some(4));
    assert_eq!(fs::read_dir(cache.path().join("dermaga/e")).unwrap().count(), 0);
}

#[test]
fn engine_start_without_root_suggests_sudo_or_the_current_engine() {
    let output = Command::new("setpriv")
        .args(["--reuid", "65534", "--clear-groups", env!("CARGO_BIN_EXE_dermaga"), "--lang", "en", "engine", "start"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", text(&output));
    assert!(text(&output).contains("sudo") && text(&output).contains("--engine current"), "{}", text(&output));
}

/// The network interfaces and firewall rules of the host, which must not change.
#[derive(Debug, PartialEq, Eq)]
struct Host {
    links: String,
    rules: String,
}

impl Host {
    fn look() -> Self {
        let output = |program: &str, arguments: &[&str]| text(&Command::new(program).args(arguments).output().unwrap());
        let rules = output("iptables-save", &[]);
        let rules = rules.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
        Self { links: output("ip", &["-o", "link"]), rules }
    }
}

/// Runs an engine of another system. `DERMAGA_TEST_ROOT` is the path of that system's root, which must be downloaded
/// first.
#[test]
#[ignore = "needs another system's root"]
fn engine_of_another_system_runs_containers() {
    let root = std::env::var_os("DERMAGA_TEST_ROOT").map(PathBuf::from).expect("DERMAGA_TEST_ROOT");
    let state = tempfile::tempdir().unwrap();
    let tar = busybox(state.path());
    block(async {
        let spec =
            SandboxSpec { engine: find_binaries_in(&root, OsStr::new("")).unwrap(), ..spec(state.path(), "lain") };
        for _ in 0..3 {
            let time = Instant::now();
            let sandbox = Sandbox::start(spec.clone()).await.unwrap();
            let started = time.elapsed();
            let shell = Shell::new(&sandbox);
            let versions = shell.run("docker version --format '{{.Client.Version}} {{.Server.Version}}'");
            assert_eq!(versions, format!("{0} {0}", sandbox.running().version));
            shell.run(&format!("docker import {} busybox", tar.display()));
            assert_eq!(shell.run(&serve("web")), "web");
            assert_eq!(shell.run("docker run --rm -v /tmp:/luar busybox ls -d /luar"), "/luar");
            let time = Instant::now();
            sandbox.stop().await.unwrap();
            println!("{versions}: start {started:?}, stop {:?}", time.elapsed());
        }
    });
}

#[test]
fn system_root_without_an_engine_is_refused() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("usr")).unwrap();
    let error = find_binaries_in(root.path(), OsStr::new("")).unwrap_err();
    assert!(matches!(&error, SandboxError::BadRoot { missing, .. } if missing.len() == 5), "{error}");
}
