//! Real messages of Docker 20.10.24, 28.2.2, 28.5.2 and 29, and podman 5.8, and what they are taken for.

use super::recognise::recognise;
use super::vocabulary::flags;
use super::{Explanation, Failure, ask, words};
use crate::words::{Lang, Words};

/// What is printed, in lines; `E:` is the daemon's prefix.
fn lines(said: &str) -> Vec<String> {
    said.lines().map(|line| line.replace("E:", "Error response from daemon:")).collect()
}

fn told(command: &str, status: i32, said: &str) -> Option<Explanation> {
    let lines = lines(said);
    let known = ["nginx:alpine", "nginx:latest", "busybox:1.35", "hello-world"].map(str::to_owned);
    let failure = Failure { command, status, lines: &lines, engine: None, known: &known };
    ask::without_engine(&recognise(command, status, &lines)?, &failure)
}

/// Command, status, what it printed, the message's key without `explain-`, a piece of the English message.
type Case = (&'static str, i32, &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    // The engine
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
    ("docker service ls", 1, r#"E: This node is not a swarm manager. Use "docker swarm init" …"#, "swarm-off", ""),
    // Registries
    (
        "docker pull nginks",
        1,
        "Using default tag: latest\nE: pull access denied for nginks, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
        "image-unknown-near",
        "`nginx`",
    ),
    (
        "docker run tidakada",
        125,
        "Unable to find image 'tidakada:latest' locally\ndocker: E: pull access denied for tidakada, repository does not exist or may require 'docker login': denied: requested access to the resource is denied.",
        "image-unknown",
        "`tidakada`",
    ),
    (
        "docker pull tidakada",
        1,
        r#"E: failed to resolve reference "docker.io/library/tidakada:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed"#,
        "image-unknown",
        "tidakada",
    ),
    ("docker pull tidakada", 1, "E: denied: requested access to the resource is denied", "image-unknown", "`tidakada`"),
    (
        "docker build .",
        1,
        "ERROR: failed to solve: tidakada:1: failed to resolve source metadata for docker.io/library/tidakada:1: pull access denied, repository does not exist or may require authorization",
        "image-unknown",
        "tidakada:1",
    ),
    (
        "docker pull busybox:99",
        1,
        "E: manifest for busybox:99 not found: manifest unknown: manifest unknown",
        "tag-unknown",
        "`busybox:99`",
    ),
    (
        "docker pull busybox:99",
        1,
        r#"E: failed to resolve reference "docker.io/library/busybox:99": docker.io/library/busybox:99: not found"#,
        "tag-unknown",
        "busybox:99",
    ),
    ("docker pull busybox:99", 1, "E: manifest unknown: manifest unknown", "tag-unknown", "`busybox:99`"),
    (
        "docker pull busybox",
        1,
        "E: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
        "pull-limit",
        "",
    ),
    (
        "docker pull busybox",
        1,
        r#"E: unknown: failed to resolve reference "docker.io/library/mongo:4.1": unexpected status from HEAD request to https://registry-1.docker.io/v2/library/mongo/manifests/4.1: 429 Too Many Requests"#,
        "pull-limit",
        "",
    ),
    (
        "docker pull busybox",
        1,
        r#"E: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 127.0.0.1:53: read udp 127.0.0.1:47411->127.0.0.1:53: read: connection refused"#,
        "name-server",
        "registry-1.docker.io",
    ),
    (
        "docker pull busybox",
        1,
        r#"E: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.0.0.1:53: no such host"#,
        "name-server",
        "",
    ),
    (
        "docker pull registri.salah/x",
        1,
        r#"E: Get "https://registri.salah/v2/": dial tcp: lookup registri.salah on 10.0.0.1:53: no such host"#,
        "host-unknown",
        "`registri.salah`",
    ),
    (
        "docker pull x",
        1,
        r#"E: Get "https://registry-1.docker.io/v2/": dial tcp 198.51.100.7:443: connect: network is unreachable"#,
        "no-network",
        "",
    ),
    (
        "docker pull x",
        1,
        r#"E: Get "https://registry-1.docker.io/v2/": proxyconnect tcp: dial tcp 10.1.1.1:3128: connect: connection refused"#,
        "proxy",
        "10.1.1.1:3128",
    ),
    (
        "docker pull localhost:5000/x",
        1,
        r#"Using default tag: latest
E: Get "http://localhost:5000/v2/": dial tcp [::1]:5000: connect: connection refused"#,
        "own-registry",
        "localhost:5000",
    ),
    (
        "docker pull 10.1.1.1:5000/x",
        1,
        r#"E: Get "https://10.1.1.1:5000/v2/": http: server gave HTTP response to HTTPS client"#,
        "plain-registry",
        "10.1.1.1:5000",
    ),
    (
        "docker pull x",
        1,
        r#"E: Get "https://registry-1.docker.io/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority"#,
        "certificate",
        "registry-1.docker.io",
    ),
    (
        "docker pull x",
        1,
        r#"E: Get "https://registry-1.docker.io/v2/": x509: certificate has expired or is not yet valid: current time 2020-01-01T00:00:00Z is before 2026"#,
        "certificate-time",
        "",
    ),
    ("docker pull x", 1, "E: received unexpected HTTP status: 503 Service Unavailable", "registry-error", ""),
    ("docker pull x", 1, "filesystem layer verification failed for digest sha256:00", "layer-damaged", ""),
    (
        "docker pull ghcr.io/a/b:1",
        1,
        r#"E: Head "https://ghcr.io/v2/a/b/manifests/1": no basic auth credentials"#,
        "login-needed",
        "`ghcr.io/a/b:1`",
    ),
    (
        "docker login -u a",
        1,
        r#"E: Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password"#,
        "login-wrong",
        "",
    ),
    (
        "docker push busybox",
        1,
        "The push refers to repository [docker.io/library/busybox]\nerrors:\ndenied: requested access to the resource is denied\ndenied",
        "push-denied",
        "`busybox`",
    ),
    (
        "docker run --platform linux/arm64 busybox true",
        125,
        "docker: E: image with reference busybox was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64.",
        "image-platform",
        "linux/amd64, but linux/arm64",
    ),
    (
        "docker pull x",
        1,
        "no matching manifest for linux/arm64/v8 in the manifest list entries",
        "image-platform-none",
        "",
    ),
    // Containers
    (
        "docker run -d --name web2 -p 8080:80 nginx",
        125,
        "3c56\ndocker: E: driver failed programming external connectivity on endpoint web2 (7c1a): Bind for 0.0.0.0:8080 failed: port is already allocated.",
        "port-taken",
        "Port 8080",
    ),
    (
        "docker run -p 8085:80 nginx",
        125,
        "docker: E: driver failed programming external connectivity on endpoint x (7c): Error starting userland proxy: listen tcp4 0.0.0.0:8085: bind: address already in use.",
        "port-taken",
        "Port 8085",
    ),
    (
        "docker run -p 8085:80 nginx",
        125,
        "docker: E: failed to set up container networking: driver failed programming external connectivity on endpoint x (7c): failed to bind host port for 0.0.0.0:8085:172.17.0.3:80/tcp: address already in use",
        "port-taken",
        "Port 8085",
    ),
    (
        "docker run -p 8085:80 nginx",
        125,
        "docker: E: failed to set up container networking: driver failed programming external connectivity on endpoint x (7c): failed to bind host port 0.0.0.0:8085/tcp: address already in use",
        "port-taken",
        "Port 8085",
    ),
    (
        "docker run -p 8080:80 nginx",
        125,
        "docker: E: cannot listen on the TCP port: listen tcp4 :8080: bind: address already in use",
        "port-taken",
        "Port 8080",
    ),
    (
        "docker run -p 80:80 nginx",
        126,
        "docker: E: driver failed programming external connectivity on endpoint x: Error starting userland proxy: error while calling PortManager.AddPort(): cannot expose privileged port 80, you can …",
        "port-privileged",
        "Port 80 ",
    ),
    ("docker run -p abc:80 busybox", 125, "docker: invalid hostPort: abc", "port-invalid", ""),
    ("docker run -port 80:80 nginx", 125, "docker: Invalid containerPort: ort.", "letter-unknown-near", "`--publish`"),
    ("docker run -p 8080: busybox", 125, "docker: No port specified: 8080:<empty>.", "port-empty", "`8080:`"),
    (
        "docker run -d --name web nginx",
        125,
        r#"docker: E: Conflict. The container name "/web" is already in use by container "6c98". You have to remove (or rename) that container to be able to reuse that name."#,
        "name-taken",
        "`web`",
    ),
    (
        "docker run --name satu x",
        125,
        r#"docker: E: container create: creating container storage: the container name "satu" is already in use by 6c98. You have to remove that container"#,
        "name-taken",
        "`satu`",
    ),
    (
        "docker run --name w busybox",
        125,
        "docker: E: Invalid container name (w), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed.",
        "name-invalid",
        "`w`",
    ),
    (
        "docker rm web",
        1,
        "E: You cannot remove a running container 6c98. Stop the container before attempting removal or force remove",
        "remove-running",
        "",
    ),
    (
        "docker rm web",
        1,
        r#"E: cannot remove container "/web": container is running: stop the container before removing or force remove"#,
        "remove-running",
        "`web`",
    ),
    (
        "docker rm web",
        1,
        "E: cannot remove container 6c98 as it is running - running or paused containers cannot be removed",
        "remove-running",
        "6c98",
    ),
    ("docker exec mati sh", 1, "E: Container daaee8b7 is not running", "not-running", "daaee8b7"),
    ("docker kill mati", 1, "E: cannot kill container: mati: container f65ad7 is not running", "not-running", "f65ad7"),
    ("docker attach mati", 1, "You cannot attach to a stopped container, start it first", "not-running", "`mati`"),
    ("docker logs wep", 1, "Error: No such container: wep", "no-container", "`wep`"),
    (
        "docker start wep",
        1,
        "E: No such container: wep\nError: failed to start containers: wep",
        "no-container",
        "`wep`",
    ),
    ("docker logs x", 1, r#"E: no container with name or ID "x" found: no such container"#, "no-container", "`x`"),
    ("docker inspect wep", 1, "[]\nError: No such object: wep", "no-object", "`wep`"),
    ("docker cp web:/x .", 1, "E: Could not find the file /x in container web", "no-file-inside", "`/x`"),
    (
        "docker run busybox tidakada",
        127,
        r#"docker: E: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "tidakada": executable file not found in $PATH: unknown."#,
        "exec-missing",
        "`busybox` has no program `tidakada`",
    ),
    (
        "docker run -d busybox -p 80:80",
        127,
        r#"5859
docker: E: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "-p": executable file not found in $PATH"#,
        "flag-after-image",
        "`-p` stands after",
    ),
    (
        "docker run busybox /tidak/ada",
        127,
        r#"docker: E: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/tidak/ada": stat /tidak/ada: no such file or directory: unknown."#,
        "exec-missing",
        "/tidak/ada",
    ),
    (
        "docker run busybox /etc",
        126,
        r#"docker: E: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/etc": is a directory: permission denied"#,
        "exec-denied",
        "`/etc`",
    ),
    (
        "docker exec -it web bash",
        126,
        r#"OCI runtime exec failed: exec failed: unable to start container process: exec: "bash": executable file not found in $PATH: unknown"#,
        "exec-missing-bash",
        "`sh`",
    ),
    (
        "docker exec web bash2",
        127,
        r#"OCI runtime exec failed: exec failed: unable to start container process: exec: "bash2": executable file not found in $PATH"#,
        "exec-missing-exec",
        "`web`",
    ),
    ("docker run busybox sh -c tidakada", 127, "sh: tidakada: not found", "missing-inside", "`tidakada`"),
    ("docker run skrip", 1, "exec /app: exec format error", "exec-format", ""),
    (
        "docker run skrip",
        1,
        "standard_init_linux.go:228: exec user process caused: exec format error",
        "exec-format",
        "",
    ),
    ("docker run kosong", 125, "docker: E: no command specified", "no-command", "`kosong`"),
    (
        "docker run --user tidakada busybox true",
        125,
        "docker: E: unable to find user tidakada: no matching entries in passwd file.",
        "user-unknown",
        "`tidakada`",
    ),
    ("docker run -m 1k busybox", 125, "docker: E: Minimum memory limit allowed is 6MB.", "memory-low", "6MB"),
    (
        "docker run -m abc busybox",
        125,
        r#"invalid argument "abc" for "-m, --memory" flag: invalid size: 'abc'"#,
        "size-invalid",
        "`abc`",
    ),
    (
        "docker run --cpus 100 busybox",
        125,
        "docker: E: range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available",
        "cpu-range",
        "2.00",
    ),
    (
        "docker run --gpus all busybox",
        125,
        r#"docker: E: could not select device driver "" with capabilities: [[gpu]]."#,
        "no-gpu",
        "",
    ),
    (
        "docker run --rm -d --restart always busybox",
        125,
        "docker: conflicting options: cannot specify both --restart and --rm",
        "restart-and-rm",
        "",
    ),
    ("docker run --rm bomb", 137, "", "ended-137", ""),
    ("docker run --rm bomb", 139, "", "ended-139", ""),
    ("docker start -a web", 143, "", "ended-143", ""),
    // Images, volumes, networks
    ("docker rmi tidakada", 1, "E: No such image: tidakada:latest", "no-image", "`tidakada:latest`"),
    (
        "docker image inspect tidakada",
        1,
        "[]\nE: no such image: tidakada: No such image: tidakada:latest",
        "no-image",
        "tidakada:latest",
    ),
    (
        "docker rmi nginx",
        1,
        r#"E: conflict: unable to remove repository reference "nginx" (must force) - container 6c98128c593e is using its referenced image 084399983fa8"#,
        "image-in-use",
        "`nginx`",
    ),
    (
        "docker rmi redis:7",
        1,
        "E: conflict: unable to delete redis:7 (must be forced) - container 6c98128c593e is using its referenced image 084399983fa8",
        "image-in-use",
        "`redis:7`",
    ),
    (
        "docker rmi -f 0843",
        1,
        "E: conflict: unable to delete 084399983fa8 (cannot be forced) - image is being used by running container 6c98128c593e",
        "image-in-use",
        "084399983fa8",
    ),
    (
        "docker rmi 0843",
        1,
        "E: conflict: unable to delete 084399983fa8 (must be forced) - image is referenced in multiple repositories",
        "image-many-names",
        "",
    ),
    (
        "docker rmi 0843",
        1,
        "E: conflict: unable to delete 084399983fa8 (cannot be forced) - image has dependent child images",
        "image-has-children",
        "",
    ),
    ("docker volume rm data", 1, "E: remove data: volume is in use - [fb797f76]", "volume-in-use", "`data`"),
    ("docker volume inspect tidakada", 1, "[]\nE: get tidakada: no such volume", "no-volume", "`tidakada`"),
    ("docker volume rm tidakada", 1, "Error: No such volume: tidakada", "no-volume", "`tidakada`"),
    (
        "docker run -v ./data:/data busybox",
        125,
        r#"docker: E: create ./data: "./data" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path."#,
        "relative-source",
        "`./data`",
    ),
    (
        "docker run -v data:relatif busybox",
        125,
        r#"docker: E: invalid volume specification: 'data:relatif': invalid mount config for type "volume": invalid mount path: 'relatif' mount path must be absolute."#,
        "relative-target",
        "`relatif`",
    ),
    (
        "docker run --mount type=bind,src=/tidak/ada,dst=/x busybox",
        125,
        r#"docker: E: invalid mount config for type "bind": bind source path does not exist: /tidak/ada."#,
        "bind-missing",
        "`/tidak/ada`",
    ),
    (
        "docker run -w relatif busybox",
        125,
        "docker: E: the working directory 'relatif' is invalid, it needs to be an absolute path.",
        "workdir-relative",
        "`relatif`",
    ),
    (
        "docker run --network tidakada busybox",
        125,
        "docker: E: network tidakada not found.\ntime=\"2026-11-24T09:03:56Z\" level=error msg=\"error waiting for container: context canceled\"",
        "no-such-network",
        "`tidakada`",
    ),
    (
        "docker run --network tidakada busybox",
        125,
        "docker: E: failed to set up container networking: network tidakada not found",
        "no-such-network",
        "`tidakada`",
    ),
    (
        "docker run --network tidakada busybox",
        125,
        "docker: E: container create: unable to find network with name or ID tidakada: network not found",
        "no-such-network",
        "`tidakada`",
    ),
    ("docker network rm tidakada", 1, "Error: No such network: tidakada", "no-such-network", "`tidakada`"),
    (
        "docker network rm toko",
        1,
        "E: error while removing network: network toko id 926f has active endpoints",
        "network-in-use",
        "`toko`",
    ),
    (
        "docker network rm toko",
        1,
        r#"E: error while removing network: network toko has active endpoints (name:"web" id:"fede5d8fc84e")"#,
        "network-in-use",
        "`toko`",
    ),
    (
        "docker network rm bridge",
        1,
        "E: bridge is a pre-defined network and cannot be removed",
        "network-built-in",
        "`bridge`",
    ),
    ("docker network create toko", 1, "E: network with name toko already exists", "network-exists", "`toko`"),
    (
        "docker network connect toko web",
        1,
        "E: endpoint with name web already exists in network toko",
        "already-connected",
        "`web`",
    ),
    (
        "docker pull x",
        1,
        "failed to register layer: Error processing tar file(exit status 1): write /usr/lib/x: no space left on device",
        "no-space",
        "",
    ),
    // The command line
    ("docker run -it busybox sh", 1, "the input device is not a TTY", "no-tty", ""),
    (
        "docker imagess",
        1,
        "docker: 'imagess' is not a docker command.\nSee 'docker --help'",
        "command-unknown-near",
        "`docker images`",
    ),
    (
        "docker imagess",
        1,
        "docker: unknown command: docker imagess\n\nRun 'docker --help' for more information",
        "command-unknown-near",
        "`docker images`",
    ),
    ("docker image lss", 1, "docker: unknown command: docker image lss", "command-unknown-near", "`docker image ls`"),
    ("docker ls", 1, "docker: 'ls' is not a docker command.", "command-unknown-near", "`docker ps`"),
    ("docker xyzzy", 1, "docker: 'xyzzy' is not a docker command.", "command-unknown", "`xyzzy`"),
    ("docker compose up", 1, "docker: 'compose' is not a docker command.\nSee 'docker --help'", "compose-missing", ""),
    ("docker compose up -d", 125, "unknown shorthand flag: 'd' in -d\nSee 'docker --help'.", "compose-missing", ""),
    (
        "docker run --detatch nginx",
        125,
        "unknown flag: --detatch\nSee 'docker run --help'.",
        "flag-unknown-near",
        "`--detach`",
    ),
    (
        "docker run -name web3 nginx",
        125,
        "unknown shorthand flag: 'n' in -name\nSee 'docker run --help'.",
        "letter-unknown-near",
        "`--name`",
    ),
    ("docker run -rm busybox true", 125, "unknown shorthand flag: 'r' in -rm", "letter-unknown-near", "`--rm`"),
    ("docker ps -x", 125, "unknown shorthand flag: 'x' in -x", "letter-unknown", "`-x`"),
    ("docker run --name", 125, "flag needs an argument: --name", "flag-needs-value", "`--name`"),
    ("docker stop", 1, "\"docker stop\" requires at least 1 argument.", "too-few", "`docker stop`"),
    ("docker run", 1, "docker: 'docker run' requires at least 1 argument", "too-few", "`docker run`"),
    ("docker pull a b", 1, "\"docker pull\" requires exactly 1 argument.", "too-many", "`docker pull`"),
    ("docker build -t x", 1, "docker: 'docker build' requires 1 argument", "build-without-context", ""),
    (
        "docker run Busybox",
        125,
        "docker: invalid reference format: repository name must be lowercase.",
        "reference-capital",
        "Write `busybox`",
    ),
    (
        "docker run Busybox",
        125,
        "docker: invalid reference format: repository name (library/Busybox) must be lowercase",
        "reference-capital",
        "Write `busybox`",
    ),
    (
        "docker build -t Coba .",
        125,
        r#"invalid argument "Coba" for "-t, --tag" flag: invalid reference format: repository name must be lowercase"#,
        "reference-capital",
        "`coba`",
    ),
    ("docker pull \"busy box\"", 1, "invalid reference format", "reference-space", "`busy-box`"),
    ("docker run –name web busybox", 125, "docker: invalid reference format.", "typed-dash", "`--name`"),
    ("docker run --env-file x busybox", 125, "docker: open x: no such file or directory.", "file-missing", "`x`"),
    ("docker ps", 127, "bash: docker: command not found", "docker-missing", ""),
    ("dokcer ps", 127, "bash: dokcer: command not found", "program-unknown", "`docker`"),
    ("sudo dokcer ps", 1, "sudo: dokcer: command not found", "program-unknown", "`docker`"),
    ("dokcer ps", 127, "zsh: command not found: dokcer", "program-unknown", "`docker`"),
    (
        "dokcer ps",
        127,
        "Command 'dokcer' not found, did you mean:\n  command 'docker' from deb docker.io",
        "program-unknown",
        "`docker`",
    ),
    (
        "docker stop -t kapal",
        125,
        "invalid argument \"kapal\" for \"-t, --time\" flag: strconv.ParseInt: parsing \"kapal\": invalid syntax",
        "flag-value",
        "`kapal`",
    ),
    ("Docker ps", 127, "bash: Docker: command not found", "program-capital", "`docker`"),
    ("docker-run -d nginx", 127, "bash: docker-run: command not found", "program-unknown", "`docker run`"),
    ("pull mongo:4.1", 127, "bash: pull: command not found", "program-unknown", "`docker pull`"),
    ("xyzzyplugh", 127, "bash: xyzzyplugh: command not found", "program-none", "`xyzzyplugh`"),
    ("sudo docker ps", 127, "bash: sudo: command not found", "sudo-missing", "without `sudo`"),
    ("docker run <nama>", 2, "bash: syntax error near unexpected token `newline'", "shell-end", "angle brackets"),
    ("docker ps )", 2, "bash: syntax error near unexpected token `)'", "shell-syntax", "`)`"),
    ("docker rm <nama> x", 1, "bash: nama: No such file or directory", "shell-redirect", "`<nama>`"),
    ("docker run -e A=“b” x", 0, "", "typed-quote", "“"),
    ("docker ps –a", 1, "\"docker ps\" accepts no arguments.", "typed-dash", "`-a`"),
    ("docker\u{a0}ps", 127, "bash: docker\u{a0}ps: command not found", "typed-space", "space"),
    ("docker-compose up", 127, "bash: docker-compose: command not found", "compose-missing", ""),
    // Building
    (
        "docker build .",
        1,
        "Sending build context to Docker daemon  2.048kB\nE: dockerfile parse error line 2: unknown instruction: RUNN",
        "instruction-unknown-near",
        "`RUN`",
    ),
    (
        "docker build .",
        1,
        "ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)",
        "instruction-unknown-near",
        "Line 2",
    ),
    (
        "docker build .",
        1,
        "E: dockerfile parse error line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined",
        "dockerfile-wrong",
        "COPY requires",
    ),
    (
        "docker build .",
        1,
        "COPY failed: file not found in build context or excluded by .dockerignore: stat app.py: file does not exist",
        "copy-missing",
        "`app.py`",
    ),
    (
        "docker build .",
        1,
        r#"ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref a::b: "/app.py": not found"#,
        "copy-missing",
        "`/app.py`",
    ),
    (
        "docker build .",
        1,
        "COPY failed: forbidden path outside the build context: ../app.py ()",
        "copy-outside",
        "`../app.py`",
    ),
    ("docker build .", 1, "E: no build stage in current context", "from-missing", ""),
    ("docker build .", 1, "E: the Dockerfile (Dockerfile) cannot be empty", "dockerfile-empty", ""),
    (
        "docker build .",
        1,
        "unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat /x/Dockerfile: no such file or directory",
        "dockerfile-missing",
        "",
    ),
    (
        "docker build .",
        1,
        "ERROR: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory",
        "dockerfile-missing",
        "",
    ),
    (
        "docker build tidakada",
        1,
        r#"unable to prepare context: path "tidakada" not found"#,
        "context-missing",
        "`tidakada`",
    ),
    (
        "docker build .",
        127,
        "/bin/sh: tidakada: not found\nThe command '/bin/sh -c tidakada' returned a non-zero code: 127",
        "step-failed",
        "status 127",
    ),
    (
        "docker build .",
        1,
        r#"ERROR: failed to solve: process "/bin/sh -c false" did not complete successfully: exit code: 1"#,
        "step-failed",
        "status 1",
    ),
    (
        "DOCKER_BUILDKIT=1 docker build .",
        1,
        "ERROR: BuildKit is enabled but the buildx component is missing or broken.",
        "buildx-missing",
        "",
    ),
    ("docker compose up", 14, "no configuration file provided: not found", "compose-file", ""),
];

#[test]
fn every_known_message_is_explained() {
    let mut wrong = String::new();
    let english = Words::new(Lang::En);
    for (command, status, said, key, piece) in CASES {
        match told(command, *status, said) {
            Some(told) if told.key == format!("explain-{key}") => {
                let text = words(&told, &english);
                if !text.contains(piece) || text.contains(['{', '}']) {
                    wrong += &format!("{command}\n  {said}\n  `{piece}` is not in: {text}\n");
                }
            }
            other => wrong += &format!("{command}\n  {said}\n  is not {key}: {other:?}\n"),
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What a program, or nobody, says; and what is said already by itself.
#[test]
fn where_it_is_not_certain_nothing_is_said() {
    let quiet: &[(&str, i32, &str)] = &[
        ("ls", 2, "ls: cannot access 'x': No such file or directory"),
        ("cat x", 1, "cat: x: No such file or directory"),
        ("docker run --rm busybox ls /x", 1, "ls: /x: No such file or directory"),
        ("docker run --rm busybox false", 1, ""),
        ("docker run --rm busybox sleep 100", 130, ""),
        ("docker run --rm nginx", 1, "nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)"),
        ("grep x y", 1, ""),
        ("python3 app.py", 1, "Error: No such container: wep"),
        ("docker logs web", 0, "dial tcp: all is well"),
        ("docker ps", 0, "CONTAINER ID   IMAGE   COMMAND"),
    ];
    for (command, status, said) in quiet {
        assert_eq!(told(command, *status, said), None, "{command}: {said}");
    }
}

#[test]
fn every_rule_is_a_pattern() {
    for (kind, pattern) in super::rules::RULES {
        if let Err(error) = regex::Regex::new(pattern) {
            panic!("{kind:?}: {error}");
        }
    }
    assert!(flags("run").any(|flag| flag.long == "health-cmd" && flag.valued));
}

/// Every message is there in both languages, in few short lines.
#[test]
fn messages_are_short_in_both_languages() {
    for lang in Lang::ALL {
        let catalogue = Words::new(lang);
        for (command, status, said, ..) in CASES {
            let Some(told) = told(command, *status, said) else { continue };
            let text = words(&told, &catalogue);
            assert!(!text.starts_with("explain-"), "{lang}: {}", told.key);
            assert!(text.lines().count() <= 3, "{lang}: {text}");
            for line in text.lines() {
                assert!(line.chars().count() <= 200, "{lang}: {line}");
            }
        }
    }
}

#[test]
fn foreign_text_is_made_safe() {
    let told = told("docker logs x", 1, "Error: No such container: a\u{1b}[31m`\u{202e}").expect("told");
    let text = words(&told, &Words::new(Lang::Id));
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
}

#[test]
fn much_output_is_not_read_whole() {
    let mut lines = vec!["a".repeat(100_000); 50];
    lines.extend(vec!["x: y".to_owned(); 100_000]);
    lines.push("Error: No such container: wep".to_owned());
    let begin = std::time::Instant::now();
    assert!(recognise("docker logs wep", 1, &lines).is_some());
    assert!(begin.elapsed() < std::time::Duration::from_secs(5), "{:?}", begin.elapsed());
}
