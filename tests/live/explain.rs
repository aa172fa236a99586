//! Runs failing docker commands on a real engine. The program must explain each failure in both languages.

use std::process::{Child, Command};

use dermaga::explain::{Failure, Printed, explain, words};
use dermaga::words::{Lang, Words};

use crate::support::TestEngine;

/// A failing docker command, its exit status, and texts that the Indonesian and the English explanation must contain.
struct Case {
    call: &'static [&'static str],
    status: i32,
    id: &'static [&'static str],
    en: &'static [&'static str],
}

fn case(call: &'static [&'static str], status: i32, id: &'static [&'static str], en: &'static [&'static str]) -> Case {
    Case { call, status, id, en }
}

async fn assert_explained(engine: &TestEngine, case: &Case) {
    let mut lines = Vec::new();
    if case.status == 0 {
        let id = engine.docker(case.call);
        engine.docker(&["wait", &id]);
        lines.push(id);
    } else {
        lines.extend(engine.docker_fails(case.call));
    }
    let command = format!("docker {}", case.call.join(" "));
    let connected = engine.connect().await;
    let known = ["busybox:1.35", "nginx:alpine"].map(str::to_owned);
    let printed = [Printed { command: "docker tag busybox baru:1", shown: true, typed: false }];
    let failure = Failure {
        printed: &printed,
        command: &command,
        status: case.status,
        lines: &lines,
        engine: Some(&connected),
        known: &known,
        ..Failure::default()
    };
    let told = explain(&failure).await.unwrap_or_else(|| panic!("{command}: not explained: {lines:?}"));
    for (lang, pieces) in [(Lang::Id, case.id), (Lang::En, case.en)] {
        let text = words(&told, &Words::new(lang));
        println!("$ {command}\n{text}\n");
        for piece in pieces {
            assert!(text.contains(piece), "{command}: no `{piece}` in:\n{text}");
        }
    }
}

/// A web server in the engine's network, which occupies a port. The server ends when this value is dropped.
struct Listener(Child);

impl Listener {
    fn start(engine: &TestEngine, port: &str) -> Self {
        let mut listen = Command::new("nsenter");
        listen
            .arg(format!("--net={}", engine.netns().display()))
            .args(["busybox", "httpd", "-f", "-p", port, "-h", "/usr"]);
        listen.current_dir("/");
        Self(listen.spawn().expect("busybox-static is installed"))
    }

    fn wait_until_ready(&self) {
        let table = format!("/proc/{}/net/tcp6", self.0.id());
        let begin = std::time::Instant::now();
        while !std::fs::read_to_string(&table).unwrap_or_default().contains(":1F9F ") {
            assert!(begin.elapsed().as_secs() < 10, "the listener does not start");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn explanation_of_a_failure_contains_the_names_of_the_objects() {
    let engine = TestEngine::start();
    engine.docker(&["run", "-d", "--name", "web", "-p", "8080:80", "busybox", "sleep", "1000"]);
    engine.docker(&["run", "--name", "mati", "busybox", "true"]);
    engine.docker(&["network", "create", "toko"]);
    engine.docker(&["network", "connect", "toko", "web"]);
    engine.docker(&["volume", "create", "data"]);
    engine.docker(&["run", "-d", "--name", "pakai", "-v", "data:/data", "busybox", "sleep", "1000"]);
    let listener = Listener::start(&engine, "8095");
    listener.wait_until_ready();
    let cases = [
        case(
            &["run", "-d", "--name", "dua", "-p", "8080:80", "busybox", "sleep", "1"],
            125,
            &["Port 8080", "kontainer `web`", "-p 8081:80", "docker rm dua"],
            &["container `web`", "8081:80"],
        ),
        case(
            &["run", "-d", "-p", "8095:80", "busybox", "sleep", "1"],
            125,
            &["`busybox`", "proses"],
            &["program `busybox`", "8096:80"],
        ),
        case(&["run", "--name", "web", "busybox", "true"], 125, &["sedang berjalan", "docker rm -f web"], &["running"]),
        case(
            &["run", "--name", "mati", "busybox", "true"],
            125,
            &["sudah berhenti", "docker start mati"],
            &["has stopped"],
        ),
        case(&["logs", "wep"], 1, &["`wep`", "maksudmu `web`"], &["you meant `web`"]),
        case(&["exec", "mati", "sh"], 1, &["`mati`", "status 0"], &["status 0"]),
        case(&["rm", "web"], 1, &["`web`", "docker stop web"], &["still running"]),
        case(&["rm", "tiada-lagi"], 1, &["yang ini tidak dihapus"], &["that one was not removed"]),
        case(&["rm", "busybox"], 1, &["adalah image", "docker rmi busybox"], &["is an image"]),
        case(&["start", "busybox"], 1, &["adalah image", "`docker start`", "`web`"], &["needs a container", "`web`"]),
        case(&["rmi", "web"], 1, &["adalah kontainer", "docker rm -f web"], &["is a container"]),
        case(&["run", "web"], 125, &["docker start web"], &["`docker start web`"]),
        case(&["history", "web"], 1, &["adalah kontainer", "membutuhkan image"], &["needs an image"]),
        case(&["exec", "sh", "web"], 1, &["terbalik", "`docker exec web sh`"], &["wrong order"]),
        case(&["network", "connect", "web", "toko"], 1, &["`docker network connect toko web`"], &["wrong order"]),
        case(&["tag", "baru:1", "busybox"], 1, &["`docker tag busybox baru:1`"], &["wrong order"]),
        case(&["exec", "web", "-it", "sh"], 126, &["`docker exec -it web sh`"], &["after the container's name"]),
        case(&["volume", "rm", "tiada-lagi"], 1, &["yang ini tidak dihapus"], &["that one was not removed"]),
        case(&["network", "rm", "tiada-lagi"], 1, &["yang ini tidak dihapus"], &["that one was not removed"]),
        case(&["-a", "ps"], 125, &["`docker ps -a`"], &["`docker ps -a`"]),
        case(&["rmi", "busybox"], 1, &["dipakai kontainer", "docker rm"], &["used by the container"]),
        case(&["rmi", "tim/busybox:1"], 1, &["yang ini tidak dihapus"], &["that one was not removed"]),
        case(&["rmi", "busibox"], 1, &["maksudmu `busybox"], &["you meant `busybox"]),
        case(&["volume", "rm", "data"], 1, &["`data`", "`pakai`"], &["`pakai`"]),
        case(&["volume", "inspect", "dataa"], 1, &["maksudmu `data`"], &["you meant `data`"]),
        case(&["network", "rm", "toko"], 1, &["`web`", "docker network disconnect toko web"], &["used by: `web`"]),
        case(&["run", "--network", "tokoo", "busybox", "true"], 125, &["maksudmu `toko`"], &["you meant `toko`"]),
        case(&["run", "busybox", "tidakada"], 127, &["program `tidakada`"], &["no program `tidakada`"]),
        case(&["run", "--name", "ada", "busybox", "bash"], 127, &["docker rm ada", "`sh`"], &["docker rm ada", "`sh`"]),
        case(
            &["run", "--name", "ada", "busybox", "true"],
            125,
            &["Hapus dulu (`docker rm ada`)"],
            &["Remove it first"],
        ),
        case(&["run", "busybox", "/etc"], 126, &["`/etc`"], &["`/etc` is there"]),
        case(&["run", "-d", "busybox", "-p", "80:80"], 127, &["sesudah nama image"], &["after the image's name"]),
        case(&["run", "-it", "busybox", "sh"], 1, &["terminal"], &["terminal"]),
        case(&["run", "--detatch", "busybox"], 125, &["`--detach`"], &["`--detach`"]),
        case(&["imagess"], 1, &["`docker images`"], &["`docker images`"]),
        case(&["run", "Busybox"], 125, &["huruf besar", "`busybox`"], &["capital"]),
        case(
            &["run", "-d", "busybox"],
            0,
            &["langsung berhenti (status 0)", "terminal"],
            &["stopped at once (status 0)"],
        ),
        case(&["run", "-d", "busybox", "cat", "/tidak"], 0, &["status 1", "docker logs"], &["status 1"]),
        case(
            &[
                "run",
                "-m",
                "8m",
                "--memory-swap",
                "8m",
                "busybox",
                "sh",
                "-c",
                "a=0123456789; while :; do a=$a$a; done",
            ],
            137,
            &["melebihi batas (8m)"],
            &["more memory than its limit (8m)"],
        ),
        case(&["exec", "web", "sh", "-c", "kill -9 $$"], 137, &["dimatikan paksa"], &["was killed"]),
        case(&["exec", "web", "sh", "-c", "kill -SEGV $$"], 139, &["139"], &["memory error"]),
        case(&["exec", "web", "sh", "-c", "kill -TERM $$"], 143, &["143"], &["asked to stop"]),
    ];
    for case in &cases {
        assert_explained(&engine, case).await;
    }
}

/// If a container from before the lesson occupies the port, the program does not advise to stop this container. If a
/// program occupies the port, the program does not advise `sudo`.
#[tokio::test(flavor = "multi_thread")]
async fn advice_on_an_occupied_port_depends_on_the_occupier() {
    let engine = TestEngine::start();
    let connected = engine.connect().await;
    engine.docker(&["run", "-d", "--name", "asing", "-p", "8080:80", "busybox", "sleep", "1000"]);
    engine.docker(&["run", "-d", "--name", "milik", "-l", "a=b", "-p", "8081:80", "busybox", "sleep", "1000"]);
    let listener = Listener::start(&engine, "8095");
    listener.wait_until_ready();
    let cases = [
        ("8080", "explain-port-taken-foreign"),
        ("8081", "explain-port-taken-container"),
        ("8095", "explain-port-taken"),
    ];
    for (port, key) in cases {
        let publish = format!("{port}:80");
        let call = ["run", "-d", "-p", &publish, "busybox", "true"];
        let (lines, command) = (engine.docker_fails(&call), format!("docker {}", call.join(" ")));
        let (status, engine) = (125, Some(&connected));
        let failure = Failure {
            command: &command,
            status,
            lines: &lines,
            engine,
            label: Some("a=b"),
            apart: true,
            ..Failure::default()
        };
        let told = explain(&failure).await.unwrap_or_else(|| panic!("{lines:?}"));
        let text = words(&told, &Words::new(Lang::Id));
        assert_eq!(told.key, key, "the listener is not among the engine's processes: {text}");
        assert!(!text.contains("sudo") && !text.contains("docker stop asing"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn logs_f_of_a_stopped_container_is_explained() {
    let engine = TestEngine::start();
    engine.docker(&["run", "--name", "mati", "busybox", "true"]);
    engine.docker(&["run", "-d", "--name", "hidup", "busybox", "sleep", "1000"]);
    let connected = engine.connect().await;
    for (command, key) in [
        ("docker logs -f mati", Some("explain-followed-stopped")),
        ("docker logs -f hidup", None),
        ("docker logs mati", None),
    ] {
        let failure = Failure { command, engine: Some(&connected), ..Failure::default() };
        assert_eq!(explain(&failure).await.map(|told| told.key), key, "{command}");
    }
}

/// The explainer gives no explanation for a successful command, even if it asks the engine about the new container.
#[tokio::test(flavor = "multi_thread")]
async fn successful_command_gets_no_explanation() {
    let engine = TestEngine::shared();
    let id = engine.docker(&["run", "-d", "--rm", "busybox", "sleep", "1000"]);
    let connected = engine.connect().await;
    let lines = [id.clone()];
    let failure = Failure {
        command: "docker run -d --rm busybox sleep 1000",
        lines: &lines,
        engine: Some(&connected),
        ..Failure::default()
    };
    assert_eq!(explain(&failure).await, None);
    engine.docker(&["rm", "-f", &id]);
}

/// If the docker CLI connects over `ssh`, its error message contains no address. The explanation then says "another
/// Docker engine" and has no unfilled placeholder.
#[tokio::test]
async fn explanation_of_a_message_without_an_address_has_no_unfilled_placeholder() {
    let engine = TestEngine::shared().connect().await;
    let lines = ["error during connect: Get \"http://docker.example.com/v1.24/containers/json\": command [ssh -l x -- h docker system dial-stdio] has exited with exit status 255".to_owned()];
    let failure = Failure {
        command: "docker -H ssh://x@h ps",
        status: 1,
        lines: &lines,
        engine: Some(&engine),
        ..Failure::default()
    };
    let told = explain(&failure).await.unwrap();
    for (lang, piece) in [(Lang::Id, "mesin Docker lain"), (Lang::En, "another Docker engine")] {
        let text = words(&told, &Words::new(lang));
        assert!(text.contains(piece) && !text.contains('{'), "{text}");
    }
}
