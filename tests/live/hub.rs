//! Tests `--images hub` with a simulated Docker Hub in a network of the test. The simulation has Docker Hub's real host
//! names, TLS and tokens.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use dermaga::pack::{HubIdentity, HubSpec, ImageSource, serve_as_hub};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

use crate::project::{Ended, Project, block, lesson};
use crate::records::{records, verdict_of};

/// The address of the simulated Docker Hub.
const HUB: &str = "203.0.113.20";

/// A script that gives an isolated network the address [`HUB`]. In the network, host names resolve as in the file `$1`.
const BUILD: &str = r#"
ip link set lo up
ip addr add 203.0.113.20/32 dev lo
mount --bind "$1" /etc/hosts
echo 'nameserver 127.0.0.1' > "$1.resolv"
mount --bind "$1.resolv" /etc/resolv.conf
echo ready
read -r _
"#;

/// An isolated network that the program uses as the internet.
struct Town {
    keeper: Child,
    ca: PathBuf,
    identity: HubIdentity,
    _folder: tempfile::TempDir,
}

impl Town {
    fn build(names: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let identity = HubIdentity::new().expect("a key");
        let (ca, file) = (folder.path().join("ca.pem"), folder.path().join("hosts"));
        std::fs::write(&ca, identity.certificate_pem()).expect("a file");
        let hosts = HubIdentity::NAMES.iter().filter(|_| names).map(|name| format!("{HUB} {name}\n"));
        std::fs::write(&file, hosts.collect::<String>() + "127.0.0.1 localhost\n").expect("a file");
        let mut keeper = Command::new("unshare");
        keeper.args(["--net", "--mount", "sh", "-euc", BUILD, "sh"]).arg(file);
        let mut keeper = keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("unshare");
        let mut said = String::new();
        BufReader::new(keeper.stdout.take().expect("its output")).read_line(&mut said).expect("its word");
        assert_eq!(said, "ready\n");
        Self { keeper, ca, identity, _folder: folder }
    }

    fn listen(&self, address: &'static str) -> TcpListener {
        let net = File::open(format!("/proc/{}/ns/net", self.keeper.id())).expect("its network");
        let listener = std::thread::spawn(move || {
            move_into_link_name_space(net.as_fd(), Some(LinkNameSpaceType::Network)).expect("root");
            TcpListener::bind(address).expect("a free port")
        });
        listener.join().expect("a listener")
    }

    /// Serves the pack as Docker Hub.
    fn open_hub(&self) {
        let (listener, identity) = (self.listen("203.0.113.20:443"), self.identity.clone());
        std::thread::spawn(move || {
            serve_as_hub(vec![listener], ImageSource::Pack(pack()), &identity).expect("the pack");
        });
    }

    /// Serves a Docker Hub that answers every request with `status` and `refusal`.
    fn open_refusing_hub(&self, status: &'static str, refusal: &'static str) {
        let behind = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", behind.local_addr().expect("an address"));
        std::thread::spawn(move || refuse(&behind, status, refusal));
        let (listener, identity) = (self.listen("203.0.113.20:443"), self.identity.clone());
        let spec = HubSpec { base, ..HubSpec::default() };
        std::thread::spawn(move || serve_as_hub(vec![listener], ImageSource::Hub(spec), &identity).expect("a hub"));
    }

    /// Runs `dermaga test --images hub` with `words` in this network. The program trusts the certificates in the file
    /// `ca`.
    fn test(&self, project: &Project, ca: &Path, words: &[&str]) -> Ended {
        let target = self.keeper.id().to_string();
        let here = format!("--wd={}", project.path("").display());
        let enter = ["--target", &target, "--net", "--mount", &here, env!("CARGO_BIN_EXE_dermaga")];
        let run = project.program("nsenter", &enter).args(["test", "--images", "hub"]).args(words);
        run.without("DERMAGA_PACK").env("SSL_CERT_FILE", &ca.display().to_string()).run().is_clean().is_alone()
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

fn pack() -> PathBuf {
    std::env::var_os("DERMAGA_PACK").expect("a pack: run `make pack`").into()
}

fn refuse(listener: &TcpListener, status: &str, refusal: &str) {
    for mut stream in listener.incoming().map_while(Result::ok) {
        let lines = BufReader::new(stream.try_clone().expect("a stream")).lines().map_while(Result::ok);
        let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        let body = if head.first().is_some_and(|line| line.starts_with("HEAD")) { "" } else { refusal };
        let length = refusal.len();
        let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: application/json\r\n");
        let _ = stream.write_all(format!("{head}Content-Length: {length}\r\n\r\n{body}").as_bytes());
    }
}

fn console(info: &str, text: &str) -> String {
    block(&format!("console{info}"), text)
}

/// Creates a project with two lessons. A command of the lesson `tarik.md` pulls `image`. The lesson `punya.md` names
/// `image` in `have:`.
fn with_lessons(image: &str) -> Project {
    let project = Project::new();
    project.write("tarik.md", lesson(&[("a", &console("", &format!("$ docker pull {image}\n...")))]));
    let have = lesson(&[("a", &console("", "$ true"))]).replace("minutes: 1", &format!("have: [\"{image}\"]"));
    project.write("punya.md", have);
    project
}

#[test]
fn lessons_pull_images_from_docker_hub_with_dockers_messages() {
    let project = with_lessons("busybox:1.35");
    let typed = console("", "$ docker run --rm hello-world 2>/dev/null | head -2\n\nHello from Docker!");
    let wrong = console(
        ",exit=1",
        "$ docker pull tidakada\nUsing default tag: latest\nError response from daemon: pull access denied for tidakada, \
         repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    );
    let tag = console(
        ",exit=1",
        "$ docker pull busybox:99\nError response from daemon: manifest for busybox:99 not found: manifest unknown: \
         manifest unknown",
    );
    project.write("banyak.md", lesson(&[("a", &typed), ("b", &wrong), ("c", &tag)]));
    let town = Town::build(true);
    town.open_hub();
    let ended = town.test(&project, &town.ca, &["--json", "tarik.md", "punya.md", "banyak.md"]).code(0);
    assert!(records(&ended.out).iter().all(|record| record["event"] != "stand-in"), "{}", ended.all());

    // If a command of a lesson names a missing image, the report contains Docker's message. If `have:` names a missing
    // image, the report says that neither the pack nor the registry has it.
    for (image, words) in [
        ("tidakada", ["pull access denied for tidakada", "neither in the pack nor in the registry"]),
        ("busybox:99", ["manifest for busybox:99 not found", "neither in the pack nor in the registry"]),
    ] {
        let project = with_lessons(image);
        town.test(&project, &town.ca, &["--lang", "en", "tarik.md"]).code(1).says(&[words[0]]);
        town.test(&project, &town.ca, &["--lang", "en", "punya.md"]).code(4).says(&["punya.md:3:", words[1], image]);
        town.test(&project, &town.ca, &["--lang", "id", "punya.md"])
            .code(4)
            .says(&["tidak ada di paket maupun", image]);
    }
}

/// If Docker Hub refuses requests or cannot be reached, the lesson is *broken*, and the report says why in both
/// languages.
#[test]
fn docker_hub_that_refuses_or_is_unreachable_breaks_the_lesson() {
    let limit =
        r#"{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your unauthenticated pull rate limit."}]}"#;
    let project = with_lessons("mongo:4.1");
    let limited = Town::build(true);
    limited.open_refusing_hub("429 Too Many Requests", limit);
    let failing = Town::build(true);
    failing.open_refusing_hub("503 Service Unavailable", "{}");
    let (nowhere, closed) = (Town::build(false), Town::build(true));
    let stranger = Town::build(true);
    stranger.open_hub();
    let others = project.write("lain.pem", HubIdentity::new().expect("a key").certificate_pem());
    for (town, ca, kind, id, en) in [
        (&limited, &limited.ca, "pull-limit", "batasnya sudah tercapai", "the limit is reached"),
        (&failing, &failing.ca, "registry", "kesalahannya sendiri", "an error of its own"),
        (&nowhere, &nowhere.ca, "no-network", "Registri tidak dapat dihubungi", "The registry cannot be reached"),
        (&closed, &closed.ca, "no-network", "Registri tidak dapat dihubungi", "The registry cannot be reached"),
        (&stranger, &others, "registry", "kesalahannya sendiri", "an error of its own"),
    ] {
        let ended = town.test(&project, ca, &["--json", "tarik.md", "punya.md"]).code(4);
        let records = records(&ended.out);
        let ends = records.iter().filter(|record| record["event"] == "lesson-ended");
        for record in ends {
            assert_eq!((verdict_of(record), &record["judged"]["trouble"]), ("broken", &kind.into()), "{record:#}");
        }
        town.test(&project, ca, &["--lang", "id", "tarik.md"]).code(4).says(&["terhenti", id, "bukan salah", "→"]);
        town.test(&project, ca, &["--lang", "en", "punya.md"]).code(4).says(&["broken", en, "not to blame", "→"]);
    }
}
