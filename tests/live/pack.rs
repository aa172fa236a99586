//! Tests image pulls without Docker Hub. A real engine pulls images of the pack from the program's own registry, which
//! answers like Docker Hub.

mod registries;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use dermaga::pack::{Digest, HubIdentity, HubSpec, ImageSource, Pack, serve_as_hub};
use dermaga::sandbox::{self, Sandbox, SandboxSpec, find_binaries};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

/// Returns the folder of the pack that `DERMAGA_PACK` names. If this variable is not set, builds a pack.
fn pack_dir() -> &'static Path {
    static PACK: OnceLock<PathBuf> = OnceLock::new();
    PACK.get_or_init(|| {
        std::env::var_os("DERMAGA_PACK").map_or_else(
            || {
                let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pack");
                build_pack(&dir);
                dir
            },
            PathBuf::from,
        )
    })
}

fn build_pack(dir: &Path) -> String {
    let build = Path::new(env!("CARGO_MANIFEST_DIR")).join("pack/build");
    let built = Command::new("python3").arg(build).arg(dir).output().expect("python3");
    assert!(built.status.success(), "{}", text(&built));
    text(&built)
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn pack() -> Pack {
    Pack::open(pack_dir()).unwrap()
}

/// A private engine, and the folder with its files, which is removed after the engine has ended.
struct Engine {
    sandbox: Sandbox,
    folder: tempfile::TempDir,
    _runtime: tokio::runtime::Runtime,
}

impl Engine {
    /// Starts an engine that gets the images of the pack in `dir` instead of Docker Hub's images.
    fn with_pack(dir: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let engine = find_binaries(OsStr::new("/usr/sbin:/usr/bin:/sbin:/bin")).expect("the programs of an engine");
        let images = sandbox::ImageSource::Pack(dir.to_owned());
        let spec = SandboxSpec {
            program: PathBuf::from(env!("CARGO_BIN_EXE_dermaga")),
            ..SandboxSpec::new("pack", folder.path(), engine, images)
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let sandbox = runtime.block_on(Sandbox::start(spec)).unwrap();
        Self { sandbox, folder, _runtime: runtime }
    }

    /// Starts an engine whose requests to Docker Hub are forwarded to `hub`.
    fn with_hub(hub: HubSpec) -> Self {
        let engine = Self::with_pack(pack_dir());
        // Process 1 of the engine already serves a hub. The listener below replaces it.
        let identity = HubIdentity::new().unwrap();
        fs::write(engine.sandbox.running().dir.join("hub.pem"), identity.certificate_pem()).unwrap();
        let listener = engine.listen();
        let address = listener.local_addr().unwrap();
        engine.sh(&format!("iptables -t nat -I OUTPUT -d 203.0.113.10 -p tcp -j DNAT --to-destination {address}"));
        std::thread::spawn(move || serve_as_hub(vec![listener], ImageSource::Hub(hub), &identity).unwrap());
        engine
    }

    /// Returns a listener on the loopback interface of the engine's network namespace.
    fn listen(&self) -> TcpListener {
        let net = File::open(self.sandbox.namespaces().join("ns/net")).unwrap();
        let listener = std::thread::spawn(move || {
            move_into_link_name_space(net.as_fd(), Some(LinkNameSpaceType::Network)).unwrap();
            TcpListener::bind("127.0.0.1:0").unwrap()
        });
        listener.join().unwrap()
    }

    fn run(&self, command: &str) -> Output {
        let enter = self.sandbox.running().enter();
        let path = format!("PATH={}:/usr/sbin:/usr/bin:/sbin:/bin", self.sandbox.cli().display());
        let config = format!("DOCKER_CONFIG={}", self.folder.path().display());
        Command::new(&enter[0]).args(&enter[1..]).args(["env", &path, &config, "sh", "-c", command]).output().unwrap()
    }

    /// Runs a command and returns its output and errors. Panics if the command fails.
    fn sh(&self, command: &str) -> String {
        let output = self.run(command);
        assert!(output.status.success(), "{command}\n{}", text(&output));
        text(&output)
    }

    /// Repeats a command until it succeeds, for at most 60 seconds. Returns its output.
    fn until(&self, command: &str) -> String {
        self.sh(&format!("timeout 60 sh -c 'until {command}; do sleep 0.05; done' 2>/dev/null"))
    }

    /// Runs a command and returns its output and errors. Panics if the command succeeds.
    fn refused(&self, command: &str) -> String {
        let output = self.run(command);
        assert!(!output.status.success(), "{command}\n{}", text(&output));
        text(&output)
    }
}

/// Starts a hub on this machine's loopback interface that serves the pack, with Docker Hub's host names, TLS and
/// tokens.
fn hub_of_our_own(folder: &Path) -> HubSpec {
    let identity = HubIdentity::new().unwrap();
    let extra_ca = folder.join("ca.pem");
    fs::write(&extra_ca, identity.certificate_pem()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        serve_as_hub(vec![listener], ImageSource::Pack(pack_dir().to_owned()), &identity).unwrap();
    });
    let resolve = HubIdentity::NAMES.iter().map(|&name| (name.to_owned(), address)).collect();
    HubSpec { extra_ca: Some(extra_ca), resolve, ..HubSpec::default() }
}

/// Asserts that a pull of `mongo:4.1` printed the same text as in the built-in lesson.
fn assert_reads_as_the_lesson(printed: &str) {
    let digest = pack().find("mongo:4.1").unwrap().digest;
    assert!(printed.starts_with("4.1: Pulling from library/mongo\n"), "{printed}");
    assert_eq!(printed.matches(": Pull complete").count(), 13, "{printed}");
    let end = format!("Digest: {digest}\nStatus: Downloaded newer image for mongo:4.1\ndocker.io/library/mongo:4.1\n");
    assert!(printed.ends_with(&end), "{printed}");
}

#[test]
fn pack_has_intact_blobs_and_all_images_of_the_lessons() {
    let pack = pack();
    for blob in fs::read_dir(pack_dir().join("blobs/sha256")).unwrap().map(Result::unwrap) {
        let (digest, _) = Digest::of_reader(File::open(blob.path()).unwrap()).unwrap();
        assert_eq!(blob.file_name().to_str(), Some(digest.hex().as_str()));
    }
    for name in ["hello-world", "busybox", "alpine", "nginx", "redis", "registry:2", "mongo:4.1"] {
        assert!(pack.find(name).is_some(), "{name}");
    }
    let stand_ins = ["mongo:4.1", "alpine", "nginx:alpine"];
    assert!(stand_ins.iter().all(|name| pack.find(name).unwrap().stand_in.is_some()));
    let real = ["hello-world", "busybox", "nginx", "redis:7", "registry:2", "debian:bookworm-slim"];
    assert!(real.iter().all(|name| pack.find(name).unwrap().stand_in.is_none()));
}

#[test]
fn packs_from_the_same_inputs_have_the_same_digests() {
    let folder = tempfile::tempdir().unwrap();
    let again = folder.path().join("pack");
    build_pack(&again);
    let read = |dir: &Path, file: &str| fs::read_to_string(dir.join(file)).unwrap();
    let mut first = pack_dir().to_owned();
    if read(&first, "inputs") != read(&again, "inputs") {
        // The pack in use was built from other inputs, so the test also builds the first pack.
        first = folder.path().join("first");
        build_pack(&first);
    }
    for file in ["index.json", "debs.lock"] {
        assert!(read(&again, file) == read(&first, file), "{file}");
    }
    assert_eq!(build_pack(&again), format!("{} is up to date.\n", again.display()));
}

#[test]
fn pull_from_the_pack_prints_the_same_as_from_docker_hub() {
    let engine = Engine::with_pack(pack_dir());
    assert_reads_as_the_lesson(&engine.sh("docker pull mongo:4.1"));
    let said =
        engine.sh("docker image inspect -f '{{.Created}} {{index .Config.Labels \"dev.dermaga.stand-in\"}}' mongo:4.1");
    assert_eq!(
        said,
        format!("2019-07-24T00:00:00Z {}\n", pack().find("mongo:4.1").unwrap().stand_in.as_ref().unwrap())
    );
    assert!(engine.sh("docker images mongo").contains(" years ago "));
    let stand_in = engine.sh("docker run --rm mongo:4.1 mongod --version");
    assert!(stand_in.starts_with("db version v4.1.13 (stand-in)\nThis is not MongoDB."), "{stand_in}");

    let hello = engine.sh("docker run --rm hello-world 2>/dev/null");
    assert!(hello.starts_with("\nHello from Docker!\n"), "{hello}");
    // The test pulls `alpine` by its digest. Three layers of this image exist already.
    let alpine = pack().find("alpine:3.20").unwrap().digest;
    let printed = engine.sh(&format!("docker pull alpine@{alpine}"));
    assert_eq!(printed.matches(": Already exists").count(), 3, "{printed}");
    assert_eq!(printed.matches(": Pull complete").count(), 1, "{printed}");
}

#[test]
fn missing_image_login_and_push_are_refused_as_by_docker_hub() {
    let engine = Engine::with_pack(pack_dir());
    let denied = "denied: requested access to the resource is denied";
    for (command, message) in [
        (
            "docker pull mongo:9",
            "Error response from daemon: manifest for mongo:9 not found: manifest unknown: manifest unknown\n".to_owned(),
        ),
        (
            "docker pull mongoo:4.1",
            format!(
                "Error response from daemon: pull access denied for mongoo, repository does not exist or may require \
                 'docker login': {denied}\n"
            ),
        ),
        (
            "echo rahasia | docker login -u murid --password-stdin",
            "Error response from daemon: Get \"https://registry-1.docker.io/v2/\": unauthorized: incorrect username or \
             password\n"
                .to_owned(),
        ),
    ] {
        assert_eq!(engine.refused(command), message);
    }
    engine.sh("docker pull busybox && docker tag busybox murid/busybox");
    assert!(engine.refused("docker push murid/busybox").ends_with(&format!("\n{denied}\n")));
    let found = engine.sh("docker search --format '{{.Name}} {{.IsOfficial}}' redis");
    assert_eq!(found, "redis [OK]\n");
}

#[test]
fn images_of_the_pack_run_working_software() {
    let engine = Engine::with_pack(pack_dir());
    // The engine's registry does not occupy port 443 in the engine's network namespace.
    engine.sh("docker run -d --name web -p 443:80 -p 8080:80 nginx");
    assert!(engine.until("curl -sf http://127.0.0.1:8080/").contains("Welcome to nginx!"));
    assert!(engine.sh("docker logs web 2>&1").contains("\"GET / HTTP/1.1\" 200"));
    engine.sh("docker run -d --name gudang redis:7");
    assert_eq!(engine.until("docker exec gudang redis-cli ping"), "PONG\n");
    let wget = "wget -qO- http://web/ | grep -c Welcome; ls /bin/sh; busybox | head -1";
    let busybox = engine.sh(&format!("docker run --rm --link web busybox:1.35 sh -c '{wget}' 2>/dev/null"));
    assert!(busybox.starts_with("2\n/bin/sh\nBusyBox v1.35.0"), "{busybox}");
    let typed = "printf 'cd /etc\nexit\n' | script -qec 'docker run -it --rm busybox:1.35 sh' /dev/null";
    let screen = engine.sh(typed);
    assert!(screen.contains("/ # ") && screen.contains("/etc # ") && !screen.contains("built-in"), "{screen}");

    engine.sh("docker run -d -p 5000:5000 registry:2 && docker tag busybox:1.35 localhost:5000/kelas/busybox:1");
    engine.until("curl -sf http://127.0.0.1:5000/v2/");
    engine.sh("docker push localhost:5000/kelas/busybox:1");
    let tags = engine.sh("curl -sS http://127.0.0.1:5000/v2/kelas/busybox/tags/list");
    assert_eq!(tags, "{\"name\":\"kelas/busybox\",\"tags\":[\"1\"]}\n");
    let python = "docker run --rm python:3.11-slim python -c 'import ssl, sqlite3; print(6 * 7)' 2>/dev/null";
    assert_eq!(engine.sh(python), "42\n");
    assert!(engine.sh("docker run --rm debian:bookworm-slim dpkg -l apt 2>/dev/null").contains("ii  apt "));
}

#[test]
fn pull_of_a_damaged_layer_fails_with_the_name_of_its_blob() {
    let folder = tempfile::tempdir().unwrap();
    let copy = Command::new("cp").arg("-r").arg(pack_dir()).arg(folder.path().join("pack")).status().unwrap();
    assert!(copy.success());
    let dir = folder.path().join("pack");
    let manifest = Pack::open(&dir).unwrap().find("hello-world").unwrap().digest;
    let blob = |hex: &str| dir.join("blobs/sha256").join(hex);
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(blob(&manifest.hex())).unwrap()).unwrap();
    let layer = manifest["layers"][0]["digest"].as_str().unwrap();
    let path = blob(layer.trim_start_matches("sha256:"));
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(path, bytes).unwrap();
    let engine = Engine::with_pack(&dir);
    let said = engine.refused("docker pull hello-world");
    assert!(said.contains(&format!("the blob {layer} is damaged; build the pack again")), "{said}");
    assert!(!said.contains("Retrying"), "{said}");
    assert_eq!(engine.sh("docker images -q"), "");
}

#[test]
fn engine_pulls_images_from_a_hub_with_dockers_messages() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::with_hub(hub_of_our_own(folder.path()));
    assert_reads_as_the_lesson(&engine.sh("docker pull mongo:4.1"));
    assert!(engine.sh("docker run --rm hello-world 2>/dev/null").starts_with("\nHello from Docker!\n"));
    assert!(engine.refused("docker pull mongo:9").contains("manifest for mongo:9 not found: manifest unknown"));
    assert!(engine.refused("docker pull mongoo").contains("pull access denied for mongoo, repository does not exist"));
}

#[test]
fn pull_reports_the_pull_limit_or_an_unreachable_hub() {
    let limited = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", limited.local_addr().unwrap());
    std::thread::spawn(move || answer_with_the_limit(&limited));
    let engine = Engine::with_hub(HubSpec { base, ..HubSpec::default() });
    let limit = "toomanyrequests: You have reached your unauthenticated pull rate limit.";
    assert_eq!(engine.refused("docker pull -q mongo:4.1"), format!("Error response from daemon: {limit}\n"));

    let closed: SocketAddr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let engine = Engine::with_hub(HubSpec { base: format!("http://{closed}"), ..HubSpec::default() });
    assert_eq!(
        engine.refused("docker pull -q mongo:4.1"),
        "Error response from daemon: received unexpected HTTP status: 502 Docker Hub is out of reach: 127.0.0.1 cannot be \
         reached: Connection refused (os error 111)\n"
    );
}

fn answer_with_the_limit(listener: &TcpListener) {
    let message = "You have reached your unauthenticated pull rate limit.";
    let body = format!(r#"{{"errors":[{{"code":"TOOMANYREQUESTS","message":"{message}"}}]}}"#);
    for mut stream in listener.incoming().map(Result::unwrap) {
        let head = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
        let is_head = head.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ").starts_with("HEAD");
        let head = format!(
            "HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(format!("{head}{}", if is_head { "" } else { &body }).as_bytes()).unwrap();
    }
}
