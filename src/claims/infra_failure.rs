//! Recognizes failures of the infrastructure in the output of the docker CLI and its engines.
//!
//! Reads only the output of failed commands. Ignores mistakes of the learner or the author: a missing image or tag, a
//! name or port in use, or a registry that the lesson should have started.

use super::{InfraFailure, InfraFailureKind};
use crate::docker_cli::{DockerCommand, docker_commands};
use crate::image_ref::ImageRef;
use crate::shell::{self, SimpleCommand};

/// Returns the failure that `output` reports, with the reporting line as the detail.
#[must_use]
pub fn find_infra_failure(output: &[String]) -> Option<InfraFailure> {
    let found = |line: &String| sort(line).map(|kind| InfraFailure { kind, detail: line.trim().to_owned() });
    output.iter().find_map(found)
}

/// The system's messages for missing memory, processes or open files: `ENOMEM`, `EAGAIN`, `EMFILE` and `ENFILE`.
const EXHAUSTED: [&str; 3] = ["cannot allocate memory", "resource temporarily unavailable", "too many open files"];

/// Whether `text` says that the machine has run out of memory, processes or open files.
#[must_use]
pub fn tells_exhaustion(text: &str) -> bool {
    let text = text.to_lowercase();
    EXHAUSTED.iter().any(|words| text.contains(words))
}

/// Whether a command sets a limit of memory, processes or open files. A failure at such a limit is part of the lesson.
#[must_use]
pub fn sets_limit(command: &str) -> bool {
    let limits = |call: &DockerCommand| {
        call.name() == "container update"
            || ["memory", "pids-limit", "ulimit", "kernel-memory"].iter().any(|option| call.has(option))
    };
    let is_limit = |command: &SimpleCommand| matches!(command.invocation().program(), Some("ulimit" | "prlimit"));
    docker_commands(command).iter().any(limits) || shell::read(command).all_commands().iter().any(is_limit)
}

/// Whether `line` reports that the lesson's shell or the docker CLI (a Go program) ran out of resources. A line from a
/// program in a container begins with that program's name instead.
fn shell_exhausted(line: &str) -> bool {
    let go = [
        "runtime/cgo: pthread_create failed:",
        "runtime: failed to create new OS thread",
        "fatal error: newosproc",
        "runtime: epollcreate failed",
        "runtime: eventfd failed",
    ];
    let shell = line.starts_with("bash: ") && tells_exhaustion(line);
    // The dynamic loader prints ENOMEM, ENFILE and EMFILE as numbers.
    let loader = line.starts_with("error while loading shared libraries:")
        && ["Error 12", "Error 23", "Error 24"].iter().any(|number| line.ends_with(number));
    shell || loader || go.iter().any(|words| line.starts_with(words)) || line == "fatal error: out of memory"
}

/// Well-known registries. If a name server cannot find a well-known registry, the name server does not work.
const KNOWN_HOSTS: [&str; 9] = [
    "docker.io",
    "docker.com",
    "gcr.io",
    "pkg.dev",
    "ghcr.io",
    "quay.io",
    "public.ecr.aws",
    "amazonaws.com",
    "mcr.microsoft.com",
];

/// The beginnings of docker's own error messages. Other lines may be from programs in containers, and do not count.
const OURS: [&str; 13] = [
    "Error response from daemon:",
    "Cannot connect to the Docker daemon",
    "permission denied while trying to connect to the Docker daemon",
    "Got permission denied while trying to connect to the Docker daemon",
    "error during connect:",
    "failed to register layer:",
    "failed to extract layer",
    "failed commit on ref",
    "filesystem layer verification failed",
    "error pulling image configuration:",
    "write ",
    "time=\"",
    // If both a mirror and Docker Hub fail during a pull, the CLI prints no prefix.
    "Get \"https://registry-1.docker.io/",
];

fn sort(line: &str) -> Option<InfraFailureKind> {
    let line = line.trim();
    if line == "unexpected EOF" || line == "EOF" {
        return Some(InfraFailureKind::EngineGone);
    }
    // `docker run` prints `docker: ` before an error of a pull.
    let line = line.strip_prefix("docker: ").unwrap_or(line);
    // The lesson's shell reports that the lesson's disk is full.
    if line.starts_with("bash: ") && line.ends_with(": No space left on device") {
        return Some(InfraFailureKind::NoSpace);
    }
    if shell_exhausted(line) {
        return Some(InfraFailureKind::Exhausted);
    }
    let ours = OURS.iter().any(|begin| line.starts_with(begin));
    // Some messages lack the daemon's prefix: messages about layers in Docker 20.10, messages about pulls by the CLI
    // itself, and messages from buildx.
    let pull = ["toomanyrequests:", "failed to resolve reference", "error from registry:", "ERROR: failed to solve:"];
    if !ours && !pull.iter().any(|words| line.contains(words)) {
        return None;
    }
    let has = |words: &str| line.contains(words);
    let any = |list: &[&str]| list.iter().any(|words| line.contains(words));

    // Check for exhaustion first: without a free file descriptor or thread, the CLI also reports that it cannot reach
    // the engine.
    if tells_exhaustion(line) && any(&["dial unix", "Is the docker daemon running", "error during connect"]) {
        return Some(InfraFailureKind::Exhausted);
    }
    if any(&["Is the docker daemon running", "error waiting for container: unexpected EOF", "error during connect"]) {
        return Some(InfraFailureKind::EngineGone);
    }
    if has("permission denied while trying to connect to the Docker daemon") {
        return Some(InfraFailureKind::Permission);
    }
    if any(&["toomanyrequests", "429 Too Many Requests", "pull rate limit"]) {
        return Some(InfraFailureKind::PullLimit);
    }
    if has("no space left on device") {
        return Some(InfraFailureKind::NoSpace);
    }
    if tells_exhaustion(line) || has("OOM-killed") {
        return Some(InfraFailureKind::Exhausted);
    }
    // The mirror of this program prints this message if the mirror cannot reach Docker Hub. A wrong certificate is not
    // the network's fault.
    if has("Docker Hub is out of reach") && !any(&["certificate", "answers what cannot be understood"]) {
        return Some(InfraFailureKind::NoNetwork);
    }
    if any(&[
        "unexpected HTTP status: 5",
        "500 Internal Server Error",
        "502 Bad Gateway",
        "503 Service Unavailable",
        "504 Gateway",
        "x509:",
        "filesystem layer verification failed",
        "unexpected commit digest",
        "Digest did not match",
    ]) {
        return Some(InfraFailureKind::Registry);
    }
    network(line).then_some(InfraFailureKind::NoNetwork)
}

/// Returns the familiar form of the image that a pull did not find on Docker Hub.
#[must_use]
pub fn unknown_image(lines: &[String]) -> Option<String> {
    lines.iter().find_map(|line| {
        let found = PULL.captures(line)?;
        let unknown = ["does not exist", "not found", "denied"].iter().any(|words| found["why"].contains(words));
        let image: ImageRef = found.name("quoted").or_else(|| found.name("plain"))?.as_str().parse().ok()?;
        // Ignore a registry that the lesson starts itself.
        (unknown && image.is_hub()).then(|| image.familiar())
    })
}

static_patterns! {
    /// The message of a failed pull, with the image and the reason.
    static PULL = r#"(?:failed to resolve reference "(?P<quoted>[^"]*)"|(?:pull access denied|manifest) for (?P<plain>[^, ]*))(?P<why>.*)"#;
}

/// Whether a line says that a registry cannot be reached. Ignores a registry on this machine, because the lesson has
/// not started that registry. Ignores an unknown host, because its name is mistyped.
fn network(line: &str) -> bool {
    let has = |words: &str| line.contains(words);
    if has("lookup ") {
        return !has("no such host") || KNOWN_HOSTS.iter().any(|host| line.contains(host));
    }
    // A pull-through mirror on loopback belongs to this program. The query of the mirror's URL names the registry
    // behind the mirror.
    let own = ["//localhost", "//127.", "//[::1]"].iter().any(|host| line.contains(host)) && !has("?ns=");
    if own {
        return false;
    }
    let asks = ["Get \"", "Head \"", "Post \"", "Put \"", "Patch \"", "Get http", "dial tcp"];
    let lost = [
        "connection refused",
        "network is unreachable",
        "no route to host",
        "i/o timeout",
        "TLS handshake timeout",
        "context deadline exceeded",
        "Client.Timeout exceeded",
        "connection reset by peer",
        "connection timed out",
        ": EOF",
        "unexpected EOF",
    ];
    has("daemon: network is unreachable")
        || (asks.iter().any(|ask| line.contains(ask)) && lost.iter().any(|words| line.contains(words)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use InfraFailureKind::{EngineGone, NoNetwork, NoSpace, Permission, PullLimit, Registry};

    const E: &str = "Error response from daemon: ";

    fn kind(line: &str) -> Option<InfraFailureKind> {
        find_infra_failure(&["Using default tag: latest".to_owned(), line.replace("E: ", E)])
            .map(|trouble| trouble.kind)
    }

    /// These messages are from docker 20.10.24 and 28.5.2 (also with the containerd image store) and from podman
    /// 5.8.6.
    #[test]
    fn unknown_image_is_named_only_if_it_is_from_docker_hub() {
        let cases = [
            (
                "E: pull access denied for tidakada/x, repository does not exist or may require 'docker login': denied",
                Some("tidakada/x"),
            ),
            ("docker: E: manifest for python:3.11 not found: manifest unknown.", Some("python:3.11")),
            ("E: failed to resolve reference \"docker.io/library/x:1\": docker.io/library/x:1: not found", Some("x:1")),
            ("E: failed to resolve reference \"docker.io/library/x:1\": dial tcp: i/o timeout", None),
            ("E: manifest for localhost:5000/x:1 not found: manifest unknown", None),
            ("E: pull access denied for ghcr.io/a/b, repository does not exist", None),
            ("selesai", None),
        ];
        for (line, expected) in cases {
            let lines = ["Using default tag: latest".to_owned(), line.to_owned()];
            assert_eq!(unknown_image(&lines).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn each_infrastructure_failure_is_recognised_by_its_message() {
        let cases = [
            (
                "Cannot connect to the Docker daemon at unix:///nonexistent/d.sock. Is the docker daemon running?",
                EngineGone,
            ),
            (
                "docker: Cannot connect to the Docker daemon at tcp://127.0.0.1:1. Is the docker daemon running?.",
                EngineGone,
            ),
            (
                r#"permission denied while trying to connect to the Docker daemon socket at unix:///run/d.sock: Get "http://%2Frun%2Fd.sock/v1.24/images/json": dial unix /run/d.sock: connect: permission denied"#,
                Permission,
            ),
            (
                r#"permission denied while trying to connect to the Docker daemon socket at unix:///run/d.sock: Head "http://%2Frun%2Fd.sock/_ping": dial unix /run/d.sock: connect: permission denied"#,
                Permission,
            ),
            (
                "E: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
                PullLimit,
            ),
            (
                r#"E: unknown: failed to resolve reference "docker.io/library/mongo:4.1": unexpected status from HEAD request to https://registry-1.docker.io/v2/library/mongo/manifests/4.1: 429 Too Many Requests"#,
                PullLimit,
            ),
            (
                "error from registry: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
                PullLimit,
            ),
            ("E: received unexpected HTTP status: 500 Internal Server Error", Registry),
            ("E: received unexpected HTTP status: 503 Service Unavailable", Registry),
            (
                r#"E: failed to resolve reference "docker.io/library/mongo:4.1": unexpected status from HEAD request to https://registry-1.docker.io/v2/library/mongo/manifests/4.1: 500 Internal Server Error"#,
                Registry,
            ),
            (
                r#"E: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 127.0.0.1:53: read udp 127.0.0.1:38511->127.0.0.1:53: read: connection refused"#,
                NoNetwork,
            ),
            (
                r#"E: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 127.0.0.1:53: no such host"#,
                NoNetwork,
            ),
            (
                r#"E: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 127.0.0.1:53: server misbehaving"#,
                NoNetwork,
            ),
            (
                r#"E: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 127.0.0.1:53: read udp 127.0.0.1:38511->127.0.0.1:53: i/o timeout"#,
                NoNetwork,
            ),
            (
                r#"E: failed to resolve reference "ghcr.io/x:1": failed to do request: Head "https://ghcr.io/v2/x/manifests/1": dial tcp: lookup ghcr.io on 127.0.0.1:53: no such host"#,
                NoNetwork,
            ),
            ("E: lookup registry-1.docker.io on 127.0.0.1:53: no such host", NoNetwork),
            (
                r#"E: Get "https://198.51.100.7/v2/": dial tcp 198.51.100.7:443: connect: network is unreachable"#,
                NoNetwork,
            ),
            (
                r#"E: failed to resolve reference "198.51.100.7/x:1": failed to do request: Head "https://198.51.100.7/v2/x/manifests/1": dial tcp 198.51.100.7:443: connect: network is unreachable"#,
                NoNetwork,
            ),
            ("E: network is unreachable", NoNetwork),
            (
                "E: received unexpected HTTP status: 502 Docker Hub is out of reach: registry-1.docker.io has no address: failed to lookup address information",
                NoNetwork,
            ),
            (
                "E: received unexpected HTTP status: 502 Docker Hub is out of reach: registry-1.docker.io cannot be reached: invalid peer certificate: UnknownIssuer",
                Registry,
            ),
            (
                r#"E: Head "http://127.0.0.1:5056/v2/library/hello-world/manifests/latest?ns=docker.io": dial tcp 127.0.0.1:5056: connect: connection refused"#,
                NoNetwork,
            ),
            (r#"E: Head "https://registry-1.docker.io/v2/library/mongo/manifests/4.1": EOF"#, NoNetwork),
            (
                r#"docker: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 127.0.0.1:53: read udp 127.0.0.1:36246->127.0.0.1:53: read: connection refused."#,
                NoNetwork,
            ),
            (
                r#"E: Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)"#,
                NoNetwork,
            ),
            (r#"E: Get "https://registry-1.docker.io/v2/": x509: certificate signed by unknown authority"#, Registry),
            (
                r#"E: Get "https://registry-1.docker.io/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority"#,
                Registry,
            ),
            ("filesystem layer verification failed for digest sha256:0fe7e7cbb2e8", Registry),
            (
                r#"failed commit on ref "layer-sha256:0fe7": commit failed: unexpected commit digest sha256:1, expected sha256:0: failed precondition"#,
                Registry,
            ),
            ("E: writing blob: Digest did not match, expected sha256:0fe7, got sha256:1", Registry),
            ("unexpected EOF", EngineGone),
            (
                r#"time="2026-11-24T06:39:26Z" level=error msg="error waiting for container: unexpected EOF""#,
                EngineGone,
            ),
            (
                "failed to register layer: Error processing tar file(exit status 1): write /usr/lib/x: no space left on device",
                NoSpace,
            ),
            ("failed to register layer: write /usr/lib/x: no space left on device", NoSpace),
            ("write /var/lib/docker/tmp/GetImageBlob1: no space left on device", NoSpace),
            (
                r#"failed to extract layer (application/vnd.oci.image.layer.v1.tar+gzip sha256:0) to overlayfs as "extract-1": write /x: no space left on device"#,
                NoSpace,
            ),
            ("docker: write /var/lib/docker/tmp/GetImageBlob1: no space left on device.", NoSpace),
            (
                "docker: failed to register layer: Error processing tar file(exit status 1): write /usr/bin/tee: no space left on device.",
                NoSpace,
            ),
            ("bash: isi.txt: No space left on device", NoSpace),
            ("bash: echo: write error: No space left on device", NoSpace),
            ("docker: E: write /var/lib/docker/overlay2/x-init/.tmp-link1: no space left on device", NoSpace),
        ];
        for (line, expected) in cases {
            assert_eq!(kind(line), Some(expected), "{line}");
        }
    }

    /// These messages were printed under `ulimit -n 32`, in a pids cgroup, and with little memory.
    #[test]
    fn exhausted_machine_is_an_infrastructure_failure() {
        let lines = [
            "docker: E: failed to create shim task: pipe2: too many open files: unknown.",
            "E: fork/exec /usr/bin/unpigz: resource temporarily unavailable",
            "docker: E: failed to start shim: fork/exec /usr/bin/containerd-shim-runc-v2: cannot allocate memory: unknown.",
            "error during connect: Get \"http://x/v1.41/info\": dial unix /run/d.sock: socket: too many open files",
            "docker: E: OCI runtime create failed: container_linux.go: container init was OOM-killed (memory limit too low?): unknown.",
            "runtime/cgo: pthread_create failed: Resource temporarily unavailable",
            "runtime: failed to create new OS thread (have 9 already; errno=11)",
            "runtime: epollcreate failed with 24",
            "docker: error while loading shared libraries: libc.so.6: cannot open shared object file: Error 24",
            "bash: fork: retry: Resource temporarily unavailable",
            "bash: fork: Cannot allocate memory",
            "bash: pipe error: Too many open files",
        ];
        for line in lines {
            assert_eq!(kind(line), Some(InfraFailureKind::Exhausted), "{line}");
        }
        // Messages of programs in containers, whose limits the lesson may set.
        for line in [
            "sh: can't fork: Resource temporarily unavailable",
            "nginx: [emerg] open() failed (24: Too many open files)",
        ] {
            assert_eq!(kind(line), None, "{line}");
        }
        for command in
            ["docker run --pids-limit 5 x", "docker run -m 8m x", "docker run --memory=8m x", "ulimit -n 8; docker ps"]
        {
            assert!(sets_limit(command), "{command}");
        }
        assert!(!sets_limit("docker run --rm --mount type=tmpfs,target=/m x"));
    }

    #[test]
    fn mistake_of_the_learner_or_author_is_no_infrastructure_failure() {
        let cases = [
            "E: pull access denied for tidakada, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
            "docker: E: pull access denied for tidakada, repository does not exist or may require 'docker login'.",
            "E: denied: requested access to the resource is denied",
            "E: manifest for busybox:99 not found: manifest unknown: manifest unknown",
            r#"E: failed to resolve reference "docker.io/library/busybox:99": docker.io/library/busybox:99: not found"#,
            "E: manifest unknown: manifest unknown",
            "invalid reference format: repository name must be lowercase",
            r#"E: Head "https://ghcr.io/v2/toko/manifests/1": no basic auth credentials"#,
            "E: unauthorized: authentication required",
            r#"E: Get "https://ghcr.io/v2/": unauthorized: incorrect username or password"#,
            "docker: E: driver failed programming external connectivity on endpoint dua (f00): Bind for 0.0.0.0:8080 failed: port is already allocated.",
            "docker: E: driver failed programming external connectivity on endpoint dua (f00): Error starting userland proxy: listen tcp4 0.0.0.0:8085: bind: address already in use.",
            r#"docker: E: Conflict. The container name "/satu" is already in use by container "f00". You have to remove (or rename) that container to be able to reuse that name."#,
            r#"docker: E: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "tidakada": executable file not found in $PATH: unknown."#,
            "E: No such container: x",
            "Error: No such image: x",
            "docker: E: network tidakada not found.",
            "E: client version 1.99 is too new. Maximum supported API version is 1.41",
            // The lesson's own registry is not started, and a host name is mistyped.
            r#"Get "http://localhost:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused"#,
            r#"E: Get "http://localhost:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused"#,
            r#"E: Get "https://registri.salah/v2/": dial tcp: lookup registri.salah on 10.0.0.1:53: no such host"#,
            // Messages of programs in containers.
            "dd: error writing '/big': No space left on device",
            "wget: can't connect to remote host: Connection refused",
            "curl: (6) Could not resolve host: contoh.test",
            "curl: (22) The requested URL returned error: 503 Service Unavailable",
            "",
        ];
        for line in cases {
            assert_eq!(kind(line), None, "{line}");
        }
    }
}
