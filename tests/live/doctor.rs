//! Tests `dermaga doctor` on machines with one real fault each. The program must report that fault in both languages.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::fd::AsFd as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

use rcgen::{CertificateParams, KeyPair};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::{ServerConfig, ServerConnection, Stream};

use crate::project::{Ended, Project};
use crate::support::TestEngine;

/// The settings of a simulated Docker Hub: its pull limit, its clock and its certificate.
#[derive(Clone, Copy)]
struct HubIs {
    remaining: u32,
    /// The number of seconds by which the hub's clock is behind this machine's clock.
    behind: u64,
    /// Whether the hub's certificate is valid only from the year 2100 on.
    not_yet: bool,
    /// Whether the machine trusts the hub's certificate.
    trusted: bool,
}

const WELL: HubIs = HubIs { remaining: 90, behind: 0, not_yet: false, trusted: true };

/// A simulated Docker Hub in an engine's network. Docker Hub's real host names resolve to it.
struct Hub {
    hosts: PathBuf,
    certificate: PathBuf,
}

impl Hub {
    fn start(engine: &TestEngine, folder: &Path, is: HubIs) -> Self {
        static NEXT: AtomicU8 = AtomicU8::new(2);
        let address = format!("127.0.1.{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let names = ["registry-1.docker.io", "auth.docker.io"];
        let mut params = CertificateParams::new(names.map(str::to_owned).to_vec()).expect("parameters");
        if is.not_yet {
            params.not_before = rcgen::date_time_ymd(2100, 1, 1);
        }
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate");
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
            .expect("a server");
        let netns = fs::File::open(engine.netns()).expect("the engine's network");
        let at = address.clone();
        let listener = thread::spawn(move || {
            move_into_link_name_space(netns.as_fd(), Some(LinkNameSpaceType::Network)).expect("its network");
            TcpListener::bind((at.as_str(), 443)).expect("a port")
        });
        let listener = listener.join().expect("a listener");
        let config = Arc::new(config);
        thread::spawn(move || {
            for socket in listener.incoming() {
                let Ok(mut socket) = socket else { break };
                let mut tls = ServerConnection::new(Arc::clone(&config)).expect("a connection");
                answer(&mut Stream::new(&mut tls, &mut socket), is);
            }
        });
        let hub = Self { hosts: folder.join("hosts"), certificate: folder.join("hub.pem") };
        let line = format!("127.0.0.1 localhost\n{address} {}\n", names.join(" "));
        fs::write(&hub.hosts, line).expect("a file");
        let other = KeyPair::generate().expect("a key");
        let stranger = CertificateParams::new(Vec::new()).expect("parameters").self_signed(&other).expect("one");
        let known = if is.trusted { certificate.pem() } else { stranger.pem() };
        fs::write(&hub.certificate, known).expect("a file");
        hub
    }
}

fn answer(stream: &mut (impl std::io::Read + std::io::Write), is: HubIs) {
    let mut asked = [0; 4096];
    let read = stream.read(&mut asked).unwrap_or(0);
    let asked = String::from_utf8_lossy(&asked[..read]).into_owned();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time").as_secs();
    let time = jiff::Timestamp::from_second((now - is.behind).try_into().expect("a time")).expect("a time");
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&time).expect("a date");
    let said = if asked.starts_with("GET /token?service=registry.docker.io&scope=repository:") {
        format!("HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 18\r\n\r\n{{\"token\": \"kapal\"}}")
    } else if asked.starts_with("HEAD /v2/") && asked.contains("Bearer kapal") {
        let left = is.remaining;
        format!("HTTP/1.1 200 OK\r\nDate: {date}\r\nratelimit-remaining: {left};w=21600\r\nContent-Length: 0\r\n\r\n")
    } else {
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".to_owned()
    };
    let _ = stream.write_all(said.as_bytes());
    let _ = stream.flush();
}

/// A machine on which the test runs `dermaga doctor`.
struct Examined<'a> {
    project: Project,
    engine: &'a TestEngine,
    hub: Option<Hub>,
    /// A script that runs as root before the program, in the same new mount namespace.
    script: String,
    /// The command that runs the program as another user. If it is empty, root runs the program.
    user: &'static [&'static str],
    env: Vec<(&'static str, String)>,
    /// Whether the program runs in the engine's own mount namespace.
    inside: bool,
}

impl<'a> Examined<'a> {
    /// Returns a machine without faults, if `is` describes a hub without faults.
    fn new(engine: &'a TestEngine, is: HubIs) -> Self {
        let project = Project::new();
        let hub = Some(Hub::start(engine, project.root(), is));
        let env = vec![("DOCKER_HOST", format!("unix://{}", engine.socket().display()))];
        Self { project, engine, hub, script: String::new(), user: &[], env, inside: false }
    }

    fn at(mut self, socket: &Path) -> Self {
        self.env = vec![("DOCKER_HOST", format!("unix://{}", socket.display()))];
        self
    }

    fn run(&self, lang: &str) -> Ended {
        let net = format!("--net={}", self.engine.netns().display());
        let mount = net.replace("--net=", "--mount=").replace("/net", "/mnt");
        let mut script = self.script.clone();
        // Without a hub, the program runs in a new network namespace. From there, it can reach no other host.
        let net = if let Some(hub) = &self.hub {
            script.push_str(&format!("\nmount --bind {} /etc/hosts", hub.hosts.display()));
            if self.inside {
                vec!["nsenter", &net, &mount, "unshare", "--mount"]
            } else {
                vec!["nsenter", &net, "unshare", "--mount"]
            }
        } else {
            vec!["unshare", "--net", "--mount"]
        };
        let script = format!("set -e{}\nexec \"$@\"", if script.is_empty() { script } else { format!("\n{script}") });
        let mut words = net[1..].to_vec();
        words.extend(["--propagation", "private", "sh", "-c", &script, "sh"]);
        words.extend(self.user);
        let mut run = self.project.program(net[0], &words).args([env!("CARGO_BIN_EXE_dermaga"), "doctor"]);
        run = run.args(["--lang", lang]).within(60);
        if let Some(hub) = &self.hub {
            run = run.env("SSL_CERT_FILE", &hub.certificate.display().to_string());
        }
        for (name, value) in &self.env {
            run = run.env(name, value);
        }
        run.run()
    }

    /// Asserts that the program reports exactly one problem, in both languages, and prints the remedy `mend`.
    fn named(&self, code: i32, id: &str, en: &str, mend: &str) {
        for (lang, name, marks) in [("id", id, ["✗ Perbaiki: ", "! Catatan: "]), ("en", en, ["✗ Mend: ", "! Note: "])]
        {
            let ended = self.run(lang).code(code).is_clean();
            let found: Vec<&str> = ended.out.lines().filter(|line| line.starts_with(['✗', '!'])).collect();
            let [line] = found[..] else { panic!("{lang}: {found:#?}\n{}", ended.all()) };
            assert!(line.starts_with(marks[usize::from(code == 0)]), "{line}");
            assert!(line.contains(name), "{lang}: no `{name}` in {line}");
            let after = ended.out.split_once(line).expect("the line").1;
            assert!(after.lines().nth(1).is_some_and(|means| means.starts_with("  ")), "{after}");
            assert!(mend.is_empty() || after.contains(&format!("→ {mend}")), "{lang}: no `{mend}`\n{}", ended.all());
        }
    }
}

/// Creates a socket at which this test answers instead of an engine. `version` is the answer to `GET /version`.
fn stand_in(folder: &Path, version: &'static str) -> PathBuf {
    let socket = folder.join("s.sock");
    let listener = UnixListener::bind(&socket).expect("a socket");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { break };
            let mut asked = [0; 4096];
            let read = stream.read(&mut asked).unwrap_or(0);
            let info = r#"{"CgroupDriver":"cgroupfs","DockerRootDir":"/nowhere"}"#;
            let body = if asked[..read].starts_with(b"GET /version") { version } else { info };
            let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = stream.write_all((head + body).as_bytes());
        }
    });
    socket
}

#[test]
fn doctor_reports_no_problem_on_a_healthy_machine() {
    let machine = Examined::new(TestEngine::shared(), WELL);
    for (lang, ready, left) in [("id", "siap untuk pelajaran", "tersisa 90"), ("en", "ready for lessons", "90 image")] {
        let ended = machine.run(lang).code(0).is_clean();
        assert!(ended.out.lines().all(|line| !line.starts_with(['✗', '!'])), "{}", ended.all());
        assert!(ended.out.contains(ready) && ended.out.contains(left), "{}", ended.all());
    }
}

#[test]
fn doctor_reports_a_missing_docker_cli() {
    let mut machine = Examined::new(TestEngine::shared(), WELL);
    let bin = machine.project.root().join("bin");
    fs::create_dir(&bin).expect("a folder");
    for program in ["bash", "sh", "mount", "unshare"] {
        symlink(format!("/usr/bin/{program}"), bin.join(program)).expect("a link");
    }
    machine.script = format!("PATH={}", bin.display());
    machine.named(4, "`docker` tidak ditemukan", "`docker` was not found", "apt-get update");
}

#[test]
fn doctor_reports_a_stopped_daemon() {
    let mut machine = Examined::new(TestEngine::shared(), WELL);
    machine.env.clear();
    machine.script = "mount -t tmpfs tmpfs /run".to_owned();
    // Root runs the program, so the remedy must not contain `sudo`.
    machine.named(4, "Mesin Docker mati", "engine is off", "s");
    assert!(!machine.run("id").out.contains("sudo"));
    // If `DOCKER_HOST` names another engine, it would not help to start this machine's engine.
    let machine = Examined::new(TestEngine::shared(), WELL).at(Path::new("/nowhere/d.sock"));
    machine.named(4, "`DOCKER_HOST` menunjuk", "`DOCKER_HOST` points", "unset DOCKER_HOST");
}

#[test]
fn doctor_reports_a_user_without_permission_for_the_socket() {
    let mut machine = Examined::new(TestEngine::shared(), WELL);
    fs::set_permissions(machine.engine.socket().parent().expect("its folder"), fs::Permissions::from_mode(0o711))
        .expect("a mode");
    fs::set_permissions(machine.project.root(), fs::Permissions::from_mode(0o755)).expect("a mode");
    // This user may have no access to the folder of the program, so the script copies the program to `/mnt`.
    machine.script = "mount -t tmpfs -o mode=755 tmpfs /mnt\ncp \"$4\" /mnt/dermaga\nset -- \"$1\" \"$2\" \"$3\" /mnt/dermaga \"$5\" \"$6\" \"$7\"".to_string();
    machine.user = &["setpriv", "--reuid=65534", "--clear-groups"];
    machine.named(4, "tidak punya izin", "may not use the socket", "sudo usermod -aG docker \"$USER\"");
}

#[test]
fn doctor_reports_a_docker_context_that_does_not_exist() {
    let mut machine = Examined::new(TestEngine::shared(), WELL);
    machine.env = vec![("DOCKER_CONTEXT", "lain".to_owned())];
    machine.named(4, "Konteks Docker `lain`", "context `lain`", "unset DOCKER_CONTEXT");
}

#[test]
fn doctor_reports_a_socket_at_which_nobody_answers() {
    let mut machine = Examined::new(TestEngine::shared(), WELL);
    let socket = machine.project.root().join("stale.sock");
    drop(UnixListener::bind(&socket).expect("a socket"));
    machine.env.clear();
    let socket = socket.display();
    machine.script =
        format!("mount -t tmpfs tmpfs /run\ntouch /run/docker.sock\nmount --bind {socket} /run/docker.sock");
    machine.named(4, "tidak ada yang menjawab", "nobody answers", "s");
}

#[test]
fn doctor_reports_a_nearly_full_disk() {
    // The engine stores its data on a file system of 60 MB that exists only in the engine's mount namespace. So the
    // program runs in that namespace.
    let engine = TestEngine::start_on_disk("60m");
    let mut machine = Examined::new(&engine, WELL);
    machine.inside = true;
    machine.named(4, "Diska hampir penuh: tersisa", "disk is nearly full", "docker system df");
}

#[test]
fn doctor_reports_missing_cgroups() {
    let mut machine = Examined::new(TestEngine::shared(), WELL);
    machine.script = "umount -R -l /sys/fs/cgroup".to_owned();
    machine.named(4, "Tidak ada cgroup", "No cgroups", "mkdir -p /sys/fs/cgroup");
}

#[test]
fn doctor_reports_an_engine_that_is_too_old() {
    let machine = Examined::new(TestEngine::shared(), WELL);
    let socket = stand_in(machine.project.root(), r#"{"ApiVersion":"1.24","Version":"1.12.6"}"#);
    machine.at(&socket).named(4, "terlalu tua: API 1.24", "too old: API 1.24", "apt-get update");
}

#[test]
fn doctor_notes_that_docker_hub_cannot_be_reached() {
    let mut machine = Examined::new(TestEngine::shared(), WELL);
    machine.hub = None;
    machine.named(0, "Docker Hub tidak dapat dihubungi", "Hub cannot be reached", "cat /etc/resolv.conf");
}

#[test]
fn doctor_notes_that_the_pull_limit_is_reached() {
    let machine = Examined::new(TestEngine::shared(), HubIs { remaining: 0, ..WELL });
    machine.named(0, "tersisa 0", "are left: 0", "docker login");
}

#[test]
fn doctor_reports_a_wrong_clock() {
    let machine = Examined::new(TestEngine::shared(), HubIs { behind: 7200, ..WELL });
    machine.named(4, "meleset 120 menit", "120 minutes off", "date");
    // The machine's clock is so wrong that the hub's certificate is not valid yet.
    let machine = Examined::new(TestEngine::shared(), HubIs { not_yet: true, ..WELL });
    machine.named(4, "Jam komputermu tampaknya salah", "clock seems wrong", "date");
}

#[test]
fn doctor_notes_that_the_engine_is_podman() {
    let machine = Examined::new(TestEngine::shared(), WELL);
    let podman = r#"{"ApiVersion":"1.41","Version":"4.3.1","Components":[{"Name":"Podman Engine"}]}"#;
    let socket = stand_in(machine.project.root(), podman);
    machine.at(&socket).named(0, "adalah podman 4.3.1", "is podman 4.3.1", "apt-get update");
}

#[test]
fn doctor_notes_that_https_is_intercepted() {
    let machine = Examined::new(TestEngine::shared(), HubIs { trusted: false, ..WELL });
    machine.named(0, "tidak dipercaya", "does not trust", "");
}
