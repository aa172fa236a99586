//! Tests engines that the program reaches over TLS, with certificates on both sides, or over `ssh`. Also tests private
//! engines from another system's `/usr`.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use dermaga::claims::{Facts, Question};
use dermaga::engine::{Endpoint, Engine, TlsServer};
use dermaga::lesson::Subject;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio::net::{TcpListener, UnixStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use crate::project::{Project, block, lesson};
use crate::support::{TestEngine, scene};

/// A certificate authority that signs the certificates of an engine and of its clients.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: rcgen::Certificate,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).expect("a certificate");
        Self { issuer: Issuer::new(params, key), certificate }
    }

    fn sign(&self, name: &str) -> (rcgen::Certificate, KeyPair) {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec![name.to_owned()]).expect("parameters");
        (params.signed_by(&key, &self.issuer).expect("a certificate"), key)
    }

    /// Writes the three files that a client needs in `DOCKER_CERT_PATH`.
    fn write_keys(&self, folder: &Path) {
        let (certificate, key) = self.sign("client");
        std::fs::write(folder.join("ca.pem"), self.certificate.pem()).expect("a file");
        std::fs::write(folder.join("cert.pem"), certificate.pem()).expect("a file");
        std::fs::write(folder.join("key.pem"), key.serialize_pem()).expect("a file");
    }
}

/// Serves the engine's socket over TLS and returns its `host:port`. Accepts only clients whose certificates `authority`
/// has signed.
async fn tls_before(engine: &TestEngine, authority: &Authority) -> String {
    let mut roots = RootCertStore::empty();
    roots.add(authority.certificate.der().clone()).expect("a root");
    let provider = Arc::new(ring::default_provider());
    let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    let (certificate, key) = authority.sign("localhost");
    let chain: Vec<CertificateDer<'static>> = vec![certificate.der().clone()];
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_client_cert_verifier(clients.build().expect("a verifier"))
        .with_single_cert(chain, PrivatePkcs8KeyDer::from(key.serialize_der()).into())
        .expect("a server");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let socket = engine.socket();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, socket) = (acceptor.clone(), socket.clone());
            tokio::spawn(async move {
                let Ok(mut outside) = acceptor.accept(stream).await else { return };
                let Ok(mut inside) = UnixStream::connect(socket).await else { return };
                let _ = tokio::io::copy_bidirectional(&mut outside, &mut inside).await;
            });
        }
    });
    format!("localhost:{port}")
}

#[tokio::test(flavor = "multi_thread")]
async fn engine_over_tls_accepts_only_clients_with_a_trusted_certificate() {
    let lab = TestEngine::shared();
    let (ours, theirs) = (Authority::new(), Authority::new());
    let folder = tempfile::tempdir().expect("a folder");
    let keys = |name: &str, authority: Option<&Authority>| {
        let keys = folder.path().join(name);
        std::fs::create_dir(&keys).expect("a folder");
        if let Some(authority) = authority {
            authority.write_keys(&keys);
        }
        keys
    };
    let address = tls_before(lab, &ours).await;
    let server = |keys: &Path| Endpoint::Tls(TlsServer { address: address.clone(), keys: Some(keys.to_owned()) });
    let refused = async |endpoint: Endpoint| {
        let error = Engine::connect(&endpoint).await.err().unwrap_or_else(|| panic!("{endpoint:?} lets us in"));
        (error.key(), error.to_string())
    };

    let good = keys("good", Some(&ours));
    let engine = Engine::connect(&server(&good)).await.expect("the engine answers");
    lab.docker(&["run", "-d", "--name", "tls", "busybox", "sh", "-c", "echo halo; exec sleep 1000"]);
    let scene = scene(&engine, folder.path()).await;
    let facts = async |subject| engine.facts(&Question { subject, on: None }, &scene).await.expect("facts");
    let run = Subject::Run { inside: Some("tls".into()), argv: vec!["echo".into(), "hai".into()] };
    assert_eq!(facts(run).await, Facts::Run { exit: 0, stdout: "hai\n".into() });
    assert_eq!(facts(Subject::Logs("tls".into())).await, Facts::Text("halo\n".into()));
    lab.docker(&["rm", "-f", "tls"]);

    let (key, why) = refused(server(&keys("theirs", Some(&theirs)))).await;
    assert!(key == "connect-tls" && why.contains("invalid peer certificate"), "{why}");
    // This client trusts the engine, but has no certificate, so the engine refuses it.
    let nobody = keys("nobody", None);
    std::fs::copy(good.join("ca.pem"), nobody.join("ca.pem")).expect("a copy");
    let (key, why) = refused(server(&nobody)).await;
    // The engine may close the connection before it has read the request. Then the program does not receive the reason.
    assert!(
        key == "connect-tls" && (why.contains("CertificateRequired") || why.ends_with("connection error")),
        "{why}"
    );
    let careless = keys("careless", Some(&ours));
    std::fs::write(careless.join("cert.pem"), "no certificate").expect("a file");
    std::fs::write(careless.join("key.pem"), "no key").expect("a file");
    assert_eq!(refused(server(&careless)).await.0, "connect-keys");

    let words = block("console", "$ docker run --rm busybox echo halo\nhalo");
    let project = Project::with(&lesson(&[("a", &words)]));
    let reach = |keys: &Path| {
        let test = project.dermaga(["test", "--engine", "current", "--yes", "--lang", "en", "lesson.md"]);
        let test = test.env("DOCKER_HOST", &format!("tcp://{address}")).env("DOCKER_TLS_VERIFY", "1");
        test.env("DOCKER_CERT_PATH", &keys.display().to_string())
    };
    let (good, bad) = (reach(&good), reach(&nobody));
    let runs = tokio::task::spawn_blocking(move || (good.run(), bad.run())).await.expect("runs");
    runs.0.code(0).is_clean();
    runs.1.code(4).complains(&["do not trust each other", "cert.pem"]).is_clean();
}

/// A script replaces `ssh`. The script gets the arguments of `ssh` and runs the remote command, `docker system
/// dial-stdio`, on this machine.
#[test]
fn lesson_runs_on_an_engine_over_ssh() {
    let lab = TestEngine::shared();
    let claim = block("check", "container: lewat-ssh\nState.Running: true");
    let run = block("console", "$ docker run -d --name lewat-ssh busybox sleep 1000\n...");
    let listed = block("console", "$ docker exec lewat-ssh echo halo\nhalo");
    let inside = block("check", "run: [echo, hai]\nin: lewat-ssh\nstdout: hai\nalready: true");
    let gone = block("console", "$ docker rm -f lewat-ssh\nlewat-ssh");
    let project = Project::with(&lesson(&[("a", &(run + &claim)), ("b", &(listed + &inside + &gone))]));
    let ssh = project.write(
        "bin/ssh",
        format!(
            "#!/bin/sh\necho \"$@\" >> {log}\nwhile [ \"$1\" != -- ]; do shift; done\n\
             if [ \"$2\" != kapal ]; then echo \"$2: Permission denied (publickey).\" >&2; exit 255; fi\n\
             shift 2\nexec env DOCKER_HOST=unix://{socket} \"$@\"\n",
            log = project.path("ssh.log").display(),
            socket = lab.socket().display(),
        ),
    );
    std::fs::set_permissions(&ssh, std::fs::Permissions::from_mode(0o755)).expect("a program");
    let path = format!("{}:/usr/sbin:/usr/bin:/sbin:/bin", project.path("bin").display());
    let test = |url| {
        let words = ["test", "--engine", url, "--yes", "--lang", "id", "lesson.md"];
        project.dermaga(words).env("PATH", &path).run().is_clean().is_alone()
    };
    test("ssh://ani@kapal:2222").code(0);
    let log = project.read("ssh.log");
    let ours = "-l ani -p 2222 -o ConnectTimeout=20 -o BatchMode=yes -T -- kapal docker system dial-stdio";
    // Claims share `ssh` connections, because a new connection by a real `ssh` takes a third of a second.
    let begun = log.lines().filter(|line| *line == ours).count();
    assert!((1..40).contains(&begun), "{begun} connections:\n{log}");
    println!("connections of ours: {begun}, of the docker CLI: {}", log.lines().count() - begun);
    test("ssh://karam").code(4).complains(&["karam: Permission denied (publickey).", "tanpa bertanya"]);
    test("ssh://ani:rahasia@kapal").code(2).complains(&["bukan alamat"]);
}

/// The folder `engines/lain` stands for another system with its own engine. In this test, `engines/lain/usr` is a link
/// to this system's `/usr`.
#[test]
fn lessons_run_on_a_private_engine_of_another_system() {
    let text = lesson(&[("a", &block("console", "$ docker version --format '{{.Server.Os}}'\nlinux"))]);
    let project = Project::with(&text);
    std::fs::create_dir_all(project.root().join("cache/dermaga/engines/lain")).expect("a folder");
    std::os::unix::fs::symlink("/usr", project.root().join("cache/dermaga/engines/lain/usr")).expect("a link");
    for name in ["private:lain", "private:../cache/dermaga/engines/lain"] {
        project.with_engine(["test", "--engine", name, "lesson.md"]).run().code(0).is_clean().is_alone();
    }
    // A course may name an engine of another system for its lessons.
    let toml = "title = { id = \"A\" }\nlanguages = [\"id\"]\nengine = \"private:NAME\"\n[[group]]\nid = \"a\"\ntitle = { id = \"A\" }\nlessons = [\"satu\"]\n";
    project.write("kursus/id/satu.md", &text);
    project.write("kursus/course.toml", toml.replace("NAME", "lain"));
    project.with_engine(["test", "kursus"]).run().code(0).is_clean().is_alone();
    project.write("kursus/course.toml", toml.replace("NAME", "29"));
    project.with_engine(["test", "--lang", "id", "kursus"]).run().code(2).complains(&["`29`", "private:lain"]);
    for (lang, words) in [("id", "Yang ada di sini: private:lain"), ("en", "Those here: private:lain")] {
        let ended = project.with_engine(["test", "--lang", lang, "--engine", "private:29", "lesson.md"]).run();
        ended.code(2).complains(&["`29`", words, "dermaga/engines"]).is_clean();
    }
}
