//! Images without a hub: a real engine pulls from the pack, as a mirror and as Docker Hub; and from a hub of our own.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use dermaga::pack::{HubIdentity, HubSpec, ImageSource, Pack, serve_as_hub};
use dermaga::sandbox::{self, Sandbox, SandboxSpec, find_binaries};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

/// The pack: the one that the environment names, or one built here.
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

fn build_pack(dir: &Path) {
    let build = Path::new(env!("CARGO_MANIFEST_DIR")).join("pack/build");
    let built = Command::new("python3").arg(build).arg(dir).output().expect("python3");
    assert!(built.status.success(), "{}", text(&built));
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// An engine, and a folder that ends after it.
struct Engine {
    sandbox: Sandbox,
    folder: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
}

impl Engine {
    fn start(images: sandbox::ImageSource) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let engine = find_binaries(OsStr::new("/usr/sbin:/usr/bin:/sbin:/bin")).expect("the programs of an engine");
        let spec = SandboxSpec {
            program: PathBuf::from(env!("CARGO_BIN_EXE_dermaga")),
            ..SandboxSpec::new("pack", folder.path(), engine, images)
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let sandbox = runtime.block_on(Sandbox::start(spec)).unwrap();
        Self { sandbox, folder, runtime }
    }

    /// An engine for which `source` is Docker Hub.
    fn with_hub(source: ImageSource) -> Self {
        let engine = Self::start(sandbox::ImageSource::Pack(pack_dir().to_owned()));
        // Its init has a hub of its own; this one takes that one's place.
        let identity = HubIdentity::new().unwrap();
        fs::write(engine.sandbox.running().dir.join("hub.pem"), identity.certificate_pem()).unwrap();
        let net = File::open(engine.sandbox.netns()).unwrap();
        let listener = std::thread::spawn(move || {
            move_into_link_name_space(net.as_fd(), Some(LinkNameSpaceType::Network)).unwrap();
            TcpListener::bind("127.0.0.1:0").unwrap()
        });
        let listener = listener.join().unwrap();
        let address = listener.local_addr().unwrap();
        engine.sh(&format!("iptables -t nat -I OUTPUT -d 203.0.113.10 -p tcp -j DNAT --to-destination {address}"));
        std::thread::spawn(move || serve_as_hub(listener, source, &identity).unwrap());
        engine
    }

    fn run(&self, command: &str) -> Output {
        let enter = self.sandbox.enter();
        let path = format!("PATH={}:/usr/sbin:/usr/bin:/sbin:/bin", self.sandbox.cli().display());
        let config = format!("DOCKER_CONFIG={}", self.folder.path().display());
        Command::new(&enter[0]).args(&enter[1..]).args(["env", &path, &config, "sh", "-c", command]).output().unwrap()
    }

    /// What a command prints that must succeed.
    fn sh(&self, command: &str) -> String {
        let output = self.run(command);
        assert!(output.status.success(), "{command}\n{}", text(&output));
        text(&output)
    }

    /// What a command prints that must fail.
    fn refused(&self, command: &str) -> String {
        let output = self.run(command);
        assert!(!output.status.success(), "{command}\n{}", text(&output));
        text(&output)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _guard = self.runtime.enter();
    }
}

#[test]
fn explore() {
    let engine = Engine::start(sandbox::ImageSource::Pack(pack_dir().to_owned()));
    for command in std::env::var("TRY").unwrap().split(";;") {
        let out = engine.run(command);
        println!("$ {command}\n{}[{:?}]", text(&out), out.status.code());
    }
    println!("{}", engine.sandbox.log_tail());
}

#[test]
fn explore_hub() {
    let engine = Engine::with_hub(ImageSource::Pack(pack_dir().to_owned()));
    for command in std::env::var("TRY").unwrap().split(";;") {
        let out = engine.run(command);
        println!("$ {command}\n{}[{:?}]", text(&out), out.status.code());
    }
    println!("{}", engine.sandbox.log_tail());
}
