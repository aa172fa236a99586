//! Runs hostile commands and requests: every option with a harmful value, and every foreign name in every spelling.
//! After each, foreign objects and the host must be unchanged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use super::evasions::{tidy, wrong};
use super::options::{COMMANDS, VOLUME, line};
use super::raw::{all, request, status, talk};
use super::references::{OF_CONTAINER, OF_IMAGE, OF_NETWORK, OF_TAG, OTHERS};
use super::support::{TestGateway, docker_on};
use crate::support::TestEngine;

/// An engine with foreign objects (`mine`) and objects of the lesson (`ours`), and a folder that stands for the host's
/// files.
pub(super) struct World<'a> {
    pub(super) engine: &'a TestEngine,
    pub(super) door: TestGateway<'a>,
    host: PathBuf,
    before: BTreeMap<String, Value>,
    /// The number of commands and requests so far.
    count: usize,
    problems: Vec<String>,
}

impl<'a> World<'a> {
    pub(super) async fn open(engine: &'a TestEngine, session: &str) -> Self {
        engine.docker(&["network", "create", "--subnet", "10.84.0.0/24", "mine-net"]);
        engine.docker(&["network", "create", "--config-only", "--subnet", "10.85.0.0/24", "mine-config"]);
        engine.docker(&["run", "-d", "--name", "mine", "-v", "mine-data:/x", "busybox", "sleep", "100000"]);
        engine.docker(&["exec", "mine", "touch", "/x/keep"]);
        engine.docker(&["network", "connect", "mine-net", "mine"]);
        engine.docker(&["create", "--name", "mine-too", "--link", "mine:db", "-v", "/anonymous", "busybox"]);
        engine.docker(&["tag", "busybox", "mine:1"]);
        let host = engine.folder().join("host");
        std::fs::create_dir(&host).expect("a folder");
        std::fs::write(host.join("keep"), "kept\n").expect("a file");
        let door = TestGateway::open(engine, session).await;
        std::os::unix::fs::symlink(&host, door.dir().join("out")).expect("a link");
        std::fs::create_dir(door.dir().join("sub")).expect("a folder");
        for (name, text) in [
            ("env", "A=b\n"),
            ("seccomp.json", "{\"defaultAction\":\"SCMP_ACT_ALLOW\"}\n"),
            ("Dockerfile", "FROM busybox\nRUN true\n"),
        ] {
            std::fs::write(door.dir().join(name), text).expect("a file");
        }
        let mut tar = Command::new("tar");
        tar.args(["-cf", "root.tar", "env"]).current_dir(door.dir());
        assert!(tar.status().expect("tar").success());
        door.docker_ok(&["network", "create", "--subnet", "10.86.0.0/24", "ours-net"]);
        let ours =
            ["run", "-d", "--name", "ours", "--ipc", "shareable", "-v", "ours-data:/d", "busybox", "sleep", "100000"];
        door.docker_ok(&ours);
        door.docker_ok(&["run", "-d", "--name", "ours-too", "--network", "ours-net", "busybox", "sleep", "100000"]);
        let mut world = Self { engine, door, host, before: BTreeMap::new(), count: 0, problems: Vec::new() };
        world.before = world.state();
        world
    }

    /// Returns the state that must not change: all objects of the engine, foreign data, and the host's folder, bridges
    /// and a kernel setting.
    fn state(&self) -> BTreeMap<String, Value> {
        let mut state = all(&self.engine.socket());
        let list = |folder: PathBuf| {
            let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
            json!(names.map(|entry| entry.file_name().display().to_string()).collect::<BTreeSet<_>>())
        };
        let data = self.engine.folder().join("data/volumes/mine-data/_data");
        let text = |path: PathBuf| json!(std::fs::read_to_string(path).unwrap_or_default());
        let netns = format!("--net={}", self.engine.netns().display());
        let links = Command::new("nsenter").args([&netns, "ip", "-br", "addr"]).output().expect("nsenter");
        let links = String::from_utf8_lossy(&links.stdout).into_owned();
        let own = links.lines().filter(|line| line.starts_with("docker0") || line.contains("10.84.0.1/"));
        // Only the name and the address of a bridge are compared. Other properties of a bridge change a moment after
        // its last container has left.
        let bridge = |line: &str| line.split_whitespace().step_by(2).take(2).map(str::to_owned).collect::<Vec<_>>();
        for (name, value) in [
            ("data", list(data)),
            ("folder", list(self.host.clone())),
            ("file", text(self.host.join("keep"))),
            ("kernel", text("/proc/sys/kernel/core_pattern".into())),
            ("bridges", json!(own.map(bridge).collect::<Vec<_>>())),
        ] {
            state.insert(format!("host {name}"), value);
        }
        state
    }

    /// Splits a command from the tables into words, and replaces the placeholders in them.
    fn words(&self, line: &str) -> Vec<String> {
        let word = |word: &str| {
            word.replace("DIR", &self.door.dir().display().to_string())
                .replace("HOST", &self.host.display().to_string())
                .replace("SOCKET", &self.engine.socket().display().to_string())
                .replace("${IFS}", " ")
        };
        line.split(' ').filter(|word| !word.is_empty()).map(word).collect()
    }

    /// Records the harmful changes since the last call as problems, and removes new objects.
    fn look(&mut self, what: &str) {
        let now = self.state();
        if now != self.before {
            let found = wrong(&self.engine.socket(), &self.door, &self.before, &now);
            self.problems.extend(found.into_iter().map(|wrong| format!("{what}: {wrong}")));
            tidy(self.engine, &self.before, &now);
            self.before = self.state();
        }
    }

    /// Runs a command that must fail and must not change the state. A command after a `?` may succeed.
    fn attempt(&mut self, line: &str) {
        self.count += 1;
        let (any, line) = line.strip_prefix('?').map_or((false, line), |line| (true, line));
        let mut words = self.words(line);
        words.splice(0..0, ["20".to_owned(), super::support::docker_program()]);
        let docker = docker_on(self.door.gateway.socket(), &[]);
        let mut command = Command::new("timeout");
        command.args(words).env_clear().env("DOCKER_BUILDKIT", "0");
        command.envs(docker.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let (out, err, code) = super::support::outcome(command.stdin(std::process::Stdio::null()));
        if !any && code == 0 {
            self.problems.push(format!("{line}: it ended well: {out}{err}"));
        }
        if code == 124 {
            self.problems.push(format!("{line}: it did not end: {out}{err}"));
        }
        self.look(line);
    }

    /// Sends a request that must be refused and must not change the state.
    fn ask(&mut self, method: &str, target: &str, body: &str) {
        self.count += 1;
        let what = format!("{method} {target} {body}");
        let answer = talk(self.door.gateway.socket(), &request(method, target, body));
        if status(&answer) < 400 {
            self.problems.push(format!("{what}: {}", answer.chars().take(300).collect::<String>()));
        }
        self.look(&what);
    }

    fn end(self, fewest: usize) {
        let (count, problems) = (self.count, self.problems);
        assert!(problems.is_empty(), "{} of {count}:\n{}", problems.len(), problems.join("\n"));
        eprintln!("{count} tried");
        assert!(count >= fewest, "{count}");
    }
}

fn id_of(engine: &TestEngine, kind: &str, name: &str) -> String {
    engine.docker(&[kind, "inspect", "-f", "{{.Id}}", name])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_option_with_a_harmful_value_reaches_the_host_or_foreign_objects() {
    let engine = TestEngine::start();
    let mut world = World::open(&engine, "options").await;
    for (command, choices, rest) in COMMANDS {
        for (option, harms, _) in choices {
            for harm in *harms {
                let rest = if command == "run" { "busybox touch /h/evil" } else { rest };
                world.attempt(&line(command, option, harm, rest));
            }
        }
    }
    let volumes: Vec<&str> =
        VOLUME.iter().filter(|choice| choice.0 == "--opt").flat_map(|choice| choice.1).copied().collect();
    for options in volumes {
        // The test also sends the same options directly to the API, without the checks of the docker CLI.
        let pairs = options.split(" -o ").filter_map(|option| option.split_once('='));
        let options: BTreeMap<String, String> =
            pairs.map(|(name, value)| (name.to_owned(), world.words(value).concat())).collect();
        world.ask("POST", "/volumes/create", &json!({ "Name": "evil", "DriverOpts": options }).to_string());
    }
    world.end(230);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_spelling_of_a_foreign_name_lets_a_command_change_the_object() {
    let engine = TestEngine::start();
    let mut world = World::open(&engine, "spelling").await;
    let mine = id_of(&engine, "container", "mine");
    // The last spelling is an alias: `mine-too` has a link to `mine` with the name `db`.
    for spelling in ["mine", "/mine", &mine, &mine[..12], &mine[..6], "/mine-too/db"] {
        for line in OF_CONTAINER {
            world.attempt(&line.replace("CON", spelling));
        }
    }
    let network = id_of(&engine, "network", "mine-net");
    for spelling in ["mine-net", &network, &network[..12], &network[..5]] {
        for line in OF_NETWORK {
            world.attempt(&line.replace("NET", spelling));
        }
    }
    let image = id_of(&engine, "image", "mine:1");
    for spelling in ["mine:1", "docker.io/library/mine:1", "busybox", &image, &image[7..], &image[7..19], &image[7..12]]
    {
        for line in OF_IMAGE {
            world.attempt(&line.replace("IMG", spelling));
        }
    }
    for spelling in
        ["mine:1", "docker.io/library/mine:1", "index.docker.io/library/mine:1", "busybox", "library/busybox:latest"]
    {
        for line in OF_TAG {
            world.attempt(&line.replace("TAG", spelling));
        }
    }
    for line in OTHERS {
        world.attempt(line);
    }
    world.end(300);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_hostile_request_reaches_the_host_or_foreign_objects() {
    let engine = TestEngine::start();
    let mut world = World::open(&engine, "requests").await;
    let (mine, network) = (id_of(&engine, "container", "mine"), id_of(&engine, "network", "mine-net"));
    let ours = id_of(&engine, "container", "ours");
    let made = talk(&engine.socket(), &request("POST", "/containers/mine/exec", r#"{"Cmd":["touch","/x/evil"]}"#));
    let exec = made.split("\"Id\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id").to_owned();
    world.before = world.state();
    let detached = r#"{"Detach":true,"Tty":false}"#;
    world.ask("POST", &format!("/exec/{exec}/start"), detached);
    world.ask("POST", &format!("/v1.41/exec/{exec}/start"), detached);
    world.ask("POST", &format!("/exec/{exec}/resize?h=1&w=1"), "");
    for spelling in ["mine", "/mine", &mine, &mine[..12], "mine-too/db", "/mine-too/db"] {
        for field in ["NetworkMode", "PidMode", "IpcMode", "UTSMode", "UsernsMode", "CgroupnsMode", "Cgroup"] {
            let body = json!({"Image": "busybox", "HostConfig": {field: format!("container:{spelling}")}});
            world.ask("POST", "/containers/create", &body.to_string());
        }
        for host in [
            json!({"VolumesFrom": [spelling]}),
            json!({"volumesfrom": [format!("{spelling}:ro")]}),
            json!({"VolumesFrom": ["ours", spelling]}),
            json!({"Links": [spelling]}),
            json!({"Links": [format!("{spelling}:db")]}),
            json!({"Links": [format!("{spelling}:/x/db")]}),
        ] {
            world.ask("POST", "/containers/create", &json!({"Image": "busybox", "HostConfig": host}).to_string());
        }
        for settings in [json!({"Links": [spelling]}), json!({"Links": [format!("{spelling}:db")]})] {
            let body = json!({"Image": "busybox", "HostConfig": {"NetworkMode": "ours-net"},
                "NetworkingConfig": {"EndpointsConfig": {"ours-net": settings}}});
            world.ask("POST", "/containers/create", &body.to_string());
            let body = json!({"Container": "ours", "EndpointConfig": settings});
            world.ask("POST", "/networks/ours-net/connect", &body.to_string());
        }
        for verb in ["connect", "disconnect"] {
            world.ask(
                "POST",
                &format!("/networks/mine-net/{verb}"),
                &json!({"Container": spelling, "Force": true}).to_string(),
            );
            world.ask("POST", &format!("/networks/bridge/{verb}"), &json!({"container": spelling}).to_string());
        }
        let spelling = spelling.trim_start_matches('/');
        for verb in [
            "resize?h=1&w=1",
            "checkpoints",
            "copy",
            "start?checkpoint=x",
            "stop?t=0",
            "kill",
            "attach?stdin=1&stream=1",
        ] {
            world.ask("POST", &format!("/containers/{spelling}/{verb}"), "");
        }
        world.ask("DELETE", &format!("/containers/{spelling}/checkpoints/x"), "");
        world.ask("DELETE", &format!("/containers/{spelling}?force=1&v=1"), "");
        world.ask("DELETE", &format!("/containers/{spelling}/x?link=1"), "");
        world.ask("POST", &format!("/build?networkmode=container:{spelling}"), "");
        world.ask("POST", &format!("/commit?container={spelling}&repo=evil"), "");
    }
    for target in ["//mine/stop", "%2Fmine/stop", "./mine/stop", "mine-too/../mine/stop", "mine/x/../stop"] {
        world.ask("POST", &format!("/containers/{target}"), "");
    }
    for spelling in ["mine-net", &network, &network[..12]] {
        for settings in [json!({"NetworkID": spelling}), json!({"networkid": spelling})] {
            let body = json!({"Image": "busybox", "HostConfig": {"NetworkMode": "ours-net"},
                "NetworkingConfig": {"EndpointsConfig": {"ours-net": settings}}});
            world.ask("POST", "/containers/create", &body.to_string());
            let body = json!({"Container": "ours", "EndpointConfig": settings});
            world.ask("POST", "/networks/ours-net/connect", &body.to_string());
        }
        for name in ["ours-net", "none"] {
            let body = json!({"Image": "busybox", "HostConfig": {"NetworkMode": name},
                "NetworkingConfig": {"EndpointsConfig": {spelling: {}}}});
            world.ask("POST", "/containers/create", &body.to_string());
        }
        world.ask(
            "POST",
            "/networks/create",
            &json!({"Name": "evil", "ConfigFrom": {"Network": spelling}}).to_string(),
        );
        world.ask("POST", &format!("/networks/{spelling}/connect"), &json!({"Container": ours}).to_string());
        world.ask("POST", &format!("/build?networkmode={spelling}"), "");
        world.ask("DELETE", &format!("/networks/{spelling}"), "");
    }
    for host in [
        json!({"MaskedPaths": ["/x"]}),
        json!({"ReadonlyPaths": ["/x"]}),
        json!({"MaskedPaths": [], "ReadonlyPaths": []}),
        json!({"Capabilities": ["CAP_SYS_ADMIN"]}),
        json!({"Annotations": {"run.oci.x": "y"}}),
        json!({"DeviceRequests": [{"Count": 1}]}),
        json!({"DeviceCgroupRules": ["b *:* rwm"]}),
        json!({"LxcConf": [{"Key": "a"}]}),
        json!({"Nosuch": []}),
        json!({"Mounts": [{"Type": "bind", "Source": "/etc", "Target": "/h", "Nosuch": 1}]}),
        json!({"Mounts": [{"Type": "Bind", "Source": "/etc", "Target": "/h"}]}),
        json!({"Mounts": [{"Type": "", "Source": "/etc", "Target": "/h"}]}),
        json!({"Mounts": [{"Type": "volume", "Source": "/etc", "Target": "/h"}]}),
        json!({"Mounts": [{"Type": "tmpfs", "Target": "/h", "BindOptions": {"Propagation": "shared"}}]}),
        json!({"LogConfig": {"Type": "syslog", "Config": {"syslog-address": "unix:///dev/log"}}}),
        json!({"LogConfig": {"Type": "", "Config": {"gelf-address": "udp://127.0.0.1:1"}}}),
        json!({"UsernsMode": "keep-id"}),
        json!({"IpcMode": "ns:/proc/1/ns/ipc"}),
    ] {
        world.ask("POST", "/containers/create", &json!({"Image": "busybox", "HostConfig": host}).to_string());
    }
    for body in [
        json!({"Image": "busybox", "Nosuch": true}),
        json!({"Image": "busybox", "Devices": [{"PathOnHost": "/dev/mem"}]}),
        json!({"Image": "busybox", "Memory": 33_554_432, "HostConfig": {}}),
        json!({"Image": "busybox", "NetworkingConfig": {"EndpointsConfig": {"bridge": {"Nosuch": 1}}}}),
        json!({"Image": "busybox", "NetworkingConfig": {"EndpointsConfig": {"bridge": {"DriverOpts": {"a": "b"}}}}}),
    ] {
        world.ask("POST", "/containers/create", &body.to_string());
    }
    for body in [
        json!({"Privileged": true}),
        json!({"privileged": true}),
        json!({"Nosuch": 1}),
        json!({"User": "0", "Cgroup": "/"}),
    ] {
        let mut body = body;
        body["Cmd"] = json!(["true"]);
        world.ask("POST", "/containers/ours/exec", &body.to_string());
    }
    for body in [
        json!({"CgroupParent": "/"}),
        json!({"Devices": [{"PathOnHost": "/dev/mem"}]}),
        json!({"DeviceCgroupRules": ["a *:* rwm"]}),
        json!({"DeviceRequests": [{"Count": 1}]}),
        json!({"Privileged": true}),
        json!({"Binds": ["/:/h"]}),
        json!({"CpuRealtimeRuntime": 95000}),
        json!({"Nosuch": {}}),
    ] {
        world.ask("POST", "/containers/ours/update", &body.to_string());
    }
    for query in ["checkpoint=x", "checkpoint=x&checkpoint-dir=/etc", "checkpoint-dir=HOST", "nosuch=1"] {
        world.ask("POST", &format!("/containers/ours/start?{query}"), "");
    }
    for body in [
        json!({"Name": "evil", "ClusterVolumeSpec": {"Group": "a"}}),
        json!({"Name": "evil", "Driver": "nosuch"}),
        json!({"Name": "evil", "Nosuch": "a"}),
        json!({"Name": "evil", "DriverOpts": {"device": "/etc", "Device": "/etc"}}),
    ] {
        world.ask("POST", "/volumes/create", &body.to_string());
    }
    for body in [
        json!({"Name": "evil", "Ingress": true}),
        json!({"Name": "evil", "Scope": "swarm"}),
        json!({"Name": "evil", "Driver": "macvlan", "Options": {"parent": "eth0"}}),
        json!({"Name": "evil", "Options": {"com.docker.network.bridge.name": "docker0"}}),
        json!({"Name": "evil", "options": {"com.docker.network.bridge.name": "docker0"}}),
        json!({"Name": "evil", "IPAM": {"Config": [{"subnet": "0.0.0.0/1"}]}}),
        json!({"Name": "evil", "Nosuch": true}),
        json!({"Name": "evil", "configfrom": {"network": "mine-config"}}),
    ] {
        world.ask("POST", "/networks/create", &body.to_string());
    }
    for query in
        ["nosuch=1", "cgroupparent=/", "isolation=hyperv", "networkmode=host", "securityopt=[%22label=disable%22]"]
    {
        world.ask("POST", &format!("/build?{query}"), "");
    }
    world.end(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_commands_do_harm_without_the_gateway() {
    let engine = TestEngine::start();
    let mut world = World::open(&engine, "direct").await;
    for line in [
        "run -v HOST:/h busybox touch /h/evil",
        "run --name evil --network container:/mine busybox true",
        "run --volumes-from /mine busybox rm -f /x/keep",
        "network disconnect mine-net /mine",
        "volume create -o type=none -o o=bind -o device=/etc evil",
        "rename /mine evil",
        "tag busybox evil:1",
        "rmi mine:1",
    ] {
        let words = world.words(line);
        let _ = docker_on(&engine.socket(), &words.iter().map(String::as_str).collect::<Vec<_>>()).output();
        let before = world.problems.len();
        world.look(line);
        let is_harm = !line.starts_with("tag");
        assert_eq!(world.problems.len() > before, is_harm, "{line}: {:?}", world.problems);
    }
}
