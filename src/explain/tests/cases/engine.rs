//! Messages about the engine.

use super::Case;

pub(super) const CASES: &[Case] = &[
    (
        "docker ps",
        1,
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
        "engine-down",
        "unix:///var/run/docker.sock:",
    ),
    (
        "docker run x",
        125,
        "docker: Cannot connect to the Docker daemon at tcp://127.0.0.1:1. Is the docker daemon running?.\nSee 'docker run --help'.",
        "engine-down",
        "tcp://127.0.0.1:1:",
    ),
    (
        "docker ps",
        1,
        "failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct and if the daemon is running: dial unix /var/run/docker.sock: connect: no such file or directory",
        "engine-down",
        "unix:///var/run/docker.sock:",
    ),
    (
        "docker ps",
        1,
        r#"error during connect: Get "http://%2F%2F.%2Fpipe%2FdockerDesktopLinuxEngine/v1.47/containers/json": open //./pipe/dockerDesktopLinuxEngine: The system cannot find the file specified."#,
        "engine-down",
        "//./pipe/",
    ),
    (
        "docker ps",
        1,
        r#"permission denied while trying to connect to the Docker daemon socket at unix:///run/d.sock: Get "http://%2Frun%2Fd.sock/v1.24/images/json": dial unix /run/d.sock: connect: permission denied"#,
        "engine-permission",
        "unix:///run/d.sock.",
    ),
    (
        "docker run a",
        126,
        "docker: Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Post x: dial unix: connect: permission denied.",
        "engine-permission",
        "docker.sock.",
    ),
    (
        "docker ps",
        1,
        "permission denied while trying to connect to the docker API at unix:///var/run/docker.sock",
        "engine-permission",
        "docker.sock.",
    ),
    (
        "docker run x",
        125,
        r#"time="2026-11-24T09:03:55Z" level=error msg="error waiting for container: unexpected EOF""#,
        "engine-gone",
        "",
    ),
    ("docker pull x", 1, "unexpected EOF", "engine-gone", ""),
    (
        "docker -H ssh://x@h ps",
        1,
        r#"error during connect: Get "http://docker.example.com/v1.24/containers/json": command [ssh -l x -- h docker system dial-stdio] has exited with exit status 255"#,
        "engine-unreachable",
        "",
    ),
    (
        "DOCKER_API_VERSION=1.99 docker ps",
        1,
        "E: client version 1.99 is too new. Maximum supported API version is 1.41",
        "api-too-new",
        "1.41",
    ),
    (
        "docker ps",
        1,
        "E: client version 1.10 is too old. Minimum supported API version is 1.12, please upgrade your client to a newer version",
        "api-too-old",
        "1.12",
    ),
    ("docker context use lain", 1, r#"context "lain" does not exist"#, "context-unknown", "`lain`"),
    (
        "docker --context lain ps",
        1,
        r#"unable to resolve docker endpoint: context "lain" does not exist"#,
        "context-unknown",
        "`lain`",
    ),
    ("docker service ls", 1, r#"E: This node is not a swarm manager. Use "docker swarm init" …"#, "swarm-off", ""),
];
