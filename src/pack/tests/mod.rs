//! Tests packs on disk. Tests the server with a tiny pack and a client that reads every byte of a response.

use std::collections::HashMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::mirror::MirrorServer;
use super::*;
use crate::image_ref::HUB;

mod hub;
mod pull;
mod registries;

const DOCKER: &str = "application/vnd.docker.distribution.manifest.v2+json";

/// A pack with `mongo:4.1` (two layers, a stand-in), `mongo:4.2` and `alpine:latest`.
struct Fixture {
    dir: TempDir,
    entries: Vec<Value>,
}

impl Fixture {
    fn new() -> Self {
        let mut fixture = Self { dir: tempfile::tempdir().unwrap(), entries: Vec::new() };
        fs::create_dir_all(fixture.path().join("blobs/sha256")).unwrap();
        fs::write(fixture.path().join("oci-layout"), r#"{"imageLayoutVersion":"1.0.0"}"#).unwrap();
        fixture.image(
            "docker.io/library/mongo:4.1",
            &[b"0123456789", b"second"],
            &json!({ "dev.dermaga.stand-in": "none" }),
        );
        fixture.image("docker.io/library/mongo:4.2", &[b"0123456789"], &Value::Null);
        fixture.image("docker.io/library/alpine:latest", &[b"alpine"], &json!({}));
        fixture.write_index();
        fixture
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn blob_path(&self, digest: Digest) -> PathBuf {
        self.path().join("blobs/sha256").join(digest.hex())
    }

    fn blob(&self, bytes: &[u8]) -> Value {
        let digest = Digest::of(bytes);
        fs::write(self.blob_path(digest), bytes).unwrap();
        json!({ "digest": digest, "size": bytes.len() })
    }

    fn image(&mut self, name: &str, layers: &[&[u8]], labels: &Value) {
        let config = self.blob(json!({ "os": name, "config": { "Labels": labels } }).to_string().as_bytes());
        let layers: Vec<Value> = layers.iter().map(|layer| self.blob(layer)).collect();
        let manifest = json!({ "schemaVersion": 2, "mediaType": DOCKER, "config": config, "layers": layers });
        let mut entry = self.blob(manifest.to_string().as_bytes());
        entry["mediaType"] = json!(DOCKER);
        entry["annotations"] = json!({ "org.opencontainers.image.ref.name": name });
        self.entries.push(entry);
    }

    fn write_index(&self) {
        fs::write(self.path().join("index.json"), json!({ "manifests": self.entries }).to_string()).unwrap();
    }

    fn open(&self) -> Pack {
        Pack::open(self.path()).unwrap()
    }

    fn serve(&self) -> TestMirror {
        let address = serve(ImageSource::Pack(self.path().to_owned()));
        TestMirror { address, manifest: self.open().find("mongo:4.1").unwrap().digest }
    }
}

/// Serves the images of a source over plain HTTP, without logins.
fn serve(source: ImageSource) -> SocketAddr {
    let server = Arc::new(MirrorServer::new(source).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    let answer = async |State(server): State<Arc<MirrorServer>>, request: Request| {
        let (head, _) = request.into_parts();
        server.answer(HUB, &head).await.unwrap_or_else(Into::into)
    };
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, Router::new().fallback(answer).with_state(server)).await.unwrap();
        });
    });
    address
}

struct TestMirror {
    address: SocketAddr,
    /// The digest of the manifest of `mongo:4.1`.
    manifest: Digest,
}

struct Answer {
    status: u16,
    reason: String,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn error(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/json");
        let errors = self.json();
        assert!(errors["errors"][0]["message"].is_string(), "{errors}");
        (self.status, errors["errors"][0]["code"].as_str().unwrap().to_owned())
    }
}

impl TestMirror {
    fn ask(&self, method: &str, target: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(stream, "{method} {target} HTTP/1.1\r\nHost: mirror\r\nConnection: close\r\n{headers}\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let (status, reason) = lines.next().unwrap().split_once(' ').unwrap().1.split_once(' ').unwrap();
        let headers = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        Answer {
            status: status.parse().unwrap(),
            reason: reason.to_owned(),
            headers,
            body: bytes[end + 4..].to_owned(),
        }
    }

    fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, "")
    }
}

#[test]
fn pack_lists_its_images_and_finds_them_by_short_or_full_name() {
    let fixture = Fixture::new();
    let pack = fixture.open();
    let names: Vec<_> = pack.images().iter().map(|image| format!("{}:{}", image.name, image.tag)).collect();
    assert_eq!(
        names,
        ["docker.io/library/alpine:latest", "docker.io/library/mongo:4.1", "docker.io/library/mongo:4.2"]
    );
    assert!(
        pack.find("mongo:4.1").is_some()
            && pack.find("alpine").is_some()
            && pack.find("docker.io/library/mongo:4.2").is_some()
    );
    assert!(
        pack.find("mongo").is_none()
            && pack.find("ghcr.io/library/mongo:4.1").is_none()
            && pack.find("Mongo:4.1").is_none()
    );
    let mongo = pack.find("mongo:4.1").unwrap();
    assert_eq!(mongo.stand_in.as_deref(), Some("none"));
    assert_eq!(pack.find(&format!("mongo@{}", mongo.digest)), Some(mongo));
    assert_eq!(pack.find("alpine").unwrap().stand_in, None);
    let config = fs::metadata(fixture.blob_path(config_of(&fixture, mongo.digest))).unwrap().len();
    assert_eq!(mongo.bytes, 16 + config);
    assert!(verify(&pack).is_ok());
}

/// Checks every blob of a pack against its digest.
fn verify(pack: &Pack) -> Result<(), PackError> {
    for image in pack.images() {
        let (host, name) = image.name.split_once('/').unwrap();
        for (&digest, &size) in &pack.repository(host, name).unwrap().blobs {
            pack.open_sound(digest, size)?;
        }
    }
    Ok(())
}

fn config_of(fixture: &Fixture, manifest: Digest) -> Digest {
    let manifest: Value = serde_json::from_slice(&fs::read(fixture.blob_path(manifest)).unwrap()).unwrap();
    manifest["config"]["digest"].as_str().unwrap().parse().unwrap()
}

#[test]
fn folder_without_a_valid_index_is_no_pack() {
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(Pack::open(empty.path()), Err(PackError::Missing(_))));

    let mut fixture = Fixture::new();
    let entry = fixture.entries[0].clone();
    for (change, value) in [
        ("/digest", json!("sha256:../../../etc/passwd")),
        ("/mediaType", json!("application/vnd.docker.distribution.manifest.v1+json")),
        ("/annotations", json!({})),
        ("/annotations/org.opencontainers.image.ref.name", json!("../x:1")),
    ] {
        *fixture.entries[0].pointer_mut(change).unwrap() = value;
        fixture.write_index();
        assert!(matches!(Pack::open(fixture.path()), Err(PackError::Malformed { .. })), "{change}");
        fixture.entries[0] = entry.clone();
    }
    fixture.entries.push(entry);
    fixture.write_index();
    assert!(matches!(Pack::open(fixture.path()), Err(PackError::Malformed { .. })), "one name twice");
    fs::write(fixture.path().join("index.json"), vec![b' '; 5 << 20]).unwrap();
    assert!(matches!(Pack::open(fixture.path()), Err(PackError::Malformed { .. })), "too long");
}

#[test]
fn damaged_or_missing_blob_of_a_pack_is_found() {
    let fixture = Fixture::new();
    let layer = Digest::of(b"second");
    for damage in [&b"Second"[..], b"second and more", b"", b"sec"] {
        fs::write(fixture.blob_path(layer), damage).unwrap();
        assert!(matches!(verify(&fixture.open()), Err(PackError::Damaged(digest)) if digest == layer));
    }
    fs::remove_file(fixture.blob_path(layer)).unwrap();
    assert!(matches!(verify(&fixture.open()), Err(PackError::Unreadable { .. })));
    let elsewhere = fixture.path().join("elsewhere");
    fs::write(&elsewhere, b"second").unwrap();
    std::os::unix::fs::symlink(&elsewhere, fixture.blob_path(layer)).unwrap();
    assert!(matches!(verify(&fixture.open()), Err(PackError::Unreadable { .. })), "a link is not followed");

    let manifest = fixture.open().find("mongo:4.1").unwrap().digest;
    let mut bytes = fs::read(fixture.blob_path(manifest)).unwrap();
    bytes.push(b' ');
    fs::write(fixture.blob_path(manifest), bytes).unwrap();
    assert!(matches!(Pack::open(fixture.path()), Err(PackError::Damaged(digest)) if digest == manifest));
}
