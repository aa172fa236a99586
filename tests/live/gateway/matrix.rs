//! Tests that the docker CLI prints the same with and without the gateway.
//!
//! The test replaces ids, times, sizes and addresses by fixed words. From JSON, it removes the session's labels and the
//! form in which an anonymous volume is requested (`docs/gateway.md`). All other bytes must be equal.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;
use std::sync::OnceLock;

use regex::Regex;
use serde_json::Value;

use super::support::{TestGateway, docker_on};
use crate::support::{TestEngine, TestRegistry};

/// Independent scenarios, each with its commands, without the word `docker`. `DIR` stands for a folder, `PASS` for the
/// number of the pass, and `< TEXT` for typed input. After a `?`, the output lines may come in any order.
const SCENARIOS: &[(&str, &[&str])] = &[
    (
        "client",
        &[
            "version",
            "version --format {{.Server.APIVersion}}",
            "?info",
            "info --format {{.Driver}}",
            "--version",
            "nosuch",
            "context ls",
            "context inspect",
            "context show",
            "run --help",
        ],
    ),
    (
        "run",
        &[
            "run busybox echo halo",
            "run --rm busybox sh -c echo${IFS}galat>&2;exit${IFS}7",
            "run --rm -i busybox cat < satu\ndua\n",
            "run --rm -i busybox sh < echo a; exit 3\n",
            "run --rm -e NAMA=Budi -e KOSONG= busybox sh -c echo${IFS}$NAMA",
            "run --rm -w /tmp -u 1000:1000 busybox id",
            "run --rm --name nama --hostname tuan busybox cat /etc/hostname",
            "run --rm --entrypoint echo busybox entry",
            "run --rm -v /anon busybox echo anon",
            "run --rm -v DIR:/d:ro busybox cat /d/berkas.txt",
            "run --rm -v data:/d busybox touch /d/a",
            "run --rm -v data:/d busybox sh -c echo${IFS}/d/*",
            "run --rm --mount type=volume,src=data,dst=/d busybox sh -c echo${IFS}/d/*",
            "run --rm --mount type=bind,src=DIR,dst=/d busybox cat /d/berkas.txt",
            "run --rm --mount type=tmpfs,dst=/d busybox touch /d/a",
            "run --rm --tmpfs /t busybox touch /t/a",
            "run --rm -m 32m --cpus 0.5 --pids-limit 50 busybox true",
            "run --rm --read-only busybox touch /a",
            "run --rm --label a=b --restart no busybox true",
            "run --rm --cap-drop ALL --cap-add NET_BIND_SERVICE busybox true",
            "run --rm --env-file DIR/env busybox sh -c echo${IFS}$WARNA",
            "run --rm --network none busybox true",
            "run --rm --add-host a:10.0.0.1 --dns 10.0.0.2 busybox cat /etc/resolv.conf",
            "run --rm --init --stop-signal INT busybox true",
            "run --rm nosuch/image:1 true",
            "run --rm busybox nosuch",
            "run --rm busybox sh -c kill${IFS}-9${IFS}$$",
            "run -d -it --name web -p 127.0.0.1:8123:80 -p 81 -v data:/d busybox sleep 1000",
            "run -d --name web busybox true",
            "run -d --name lain -p 8123:80 busybox true",
            "run -t busybox echo -t",
            "ps",
            "ps -a",
            "ps -aq --filter name=web",
            "ps --format {{.Names}}\t{{.Image}}\t{{.Ports}}",
            "ps -a --filter status=created",
            "?port web",
            "port web 80",
            "inspect web",
            "inspect -f {{.State.Status}}|{{.HostConfig.NetworkMode}}|{{len${IFS}.Mounts}} web",
            "inspect nosuch",
            "container ls",
            "container inspect web",
            "top web",
            "stats --no-stream --format {{.Name}}|{{.PIDs}} web",
            "stats --no-stream web",
            "rename web situs",
            "update --cpu-shares 512 -m 64m --memory-swap -1 situs",
            "pause situs",
            "ps --format {{.Names}}|{{.Status}}",
            "exec situs true",
            "unpause situs",
            "?diff situs",
            "exec situs touch /baru",
            "exec situs sh -c exit${IFS}5",
            "exec -i situs cat < tiga\n",
            "exec -e A=b -w /tmp -u 1000 situs sh -c echo${IFS}$A",
            "exec -d situs touch /diam",
            "exec nosuch true",
            "exec situs nosuch",
            "?diff situs",
            "cp DIR/berkas.txt situs:/tmp/x",
            "exec situs cat /tmp/x",
            "cp situs:/www/index.html -",
            "cp situs:/nosuch DIR",
            "restart -t 0 situs",
            "stop -t 0 situs",
            "start situs",
            "kill -s KILL situs",
            "wait situs",
            "start nosuch",
            "rm situs",
            "rm -f situs nosuch",
            "rm -fv lain",
        ],
    ),
    (
        "logs",
        &[
            "run -d --name catat busybox sh -c echo${IFS}satu;sleep${IFS}1;echo${IFS}dua>&2;sleep${IFS}1;echo${IFS}tiga",
            "wait catat",
            "logs catat",
            "logs -f catat",
            "logs --tail 1 catat",
            "logs -t catat",
            "logs --since 1h catat",
            "logs nosuch",
            "start -a catat",
            "run -d --name pegang busybox sh -c sleep${IFS}2;echo${IFS}empat",
            "attach pegang",
            "logs pegang",
            "attach pegang",
            "create -i --name masukan busybox cat",
            "start -ai masukan < empat\n",
            "container prune -f",
            "create --name mulai busybox echo lima",
            "start -ai mulai",
            "export -o DIR/mulai.tar mulai",
            "import DIR/mulai.tar impor:1",
            "import --change CMD=ls DIR/mulai.tar impor:2",
            "import - impor:3 < not a tar",
            "commit -m pesan -a aku mulai komit:1",
            "commit --change ENV${IFS}A=b mulai komit:2",
            "inspect -f {{.Config.Env}}|{{.Comment}}|{{.Author}} komit:1",
            "run --rm komit:1",
        ],
    ),
    (
        "images",
        &[
            "images",
            "images -q busybox",
            "images --filter dangling=true",
            "image ls --format {{.Repository}}:{{.Tag}}",
            "history busybox",
            "inspect busybox",
            "image inspect -f {{.Os}} busybox",
            "tag busybox salin:1",
            "tag nosuch salin:2",
            "tag busybox SALAH:1",
            "save -o DIR/salin.tar salin:1",
            "rmi salin:1",
            "load -i DIR/salin.tar",
            "load -q -i DIR/salin.tar",
            "load -i DIR/berkas.txt",
            "load < not a tar",
            "rmi salin:1 nosuch:1",
            "build -t bangun:1 DIR",
            "build -q -t bangun:1 DIR",
            "build --no-cache -t bangun:2 --build-arg NAMA=x --label a=b DIR",
            "build -t gagal DIR/gagal",
            "build -t salah DIR/salah",
            "build -t tiada DIR/nosuch",
            "build -t asing DIR/asing",
            "build - < FROM busybox\nRUN true\n",
            "run --rm bangun:1",
            "history --format {{.CreatedBy}} bangun:1",
            "images -f dangling=true -q",
            "tag bangun:1 localhost:5000/toko/bangun:1",
            "push localhost:5000/toko/bangun:1",
            "push localhost:5000/toko/nosuch:1",
            "rmi localhost:5000/toko/bangun:1",
            "pull localhost:5000/toko/bangun:1",
            "pull localhost:5000/toko/bangun:1",
            "pull -q localhost:5000/toko/bangun:1",
            "pull -a localhost:5000/toko/bangun",
            "pull localhost:5000/toko/bangun:nosuch",
            "pull localhost:5000/nosuch/nosuch",
            "manifest inspect localhost:5000/nosuch",
            "run --rm localhost:5000/toko/bangun:1",
            "search --limit 1 busybox",
            "login -u a -p b localhost:5000",
            "logout localhost:5000",
            "rmi -f bangun:1 bangun:2 localhost:5000/toko/bangun:1",
            "image prune -f --filter until=1ms",
        ],
    ),
    (
        "networks",
        &[
            "network ls",
            "network create jala",
            "network create --driver bridge --subnet 10.77.0.0/24 --gateway 10.77.0.1 --label a=b jala2",
            "network create jala",
            "network inspect jala",
            "network inspect bridge",
            "run -d --name anak --network jala --network-alias alias busybox sleep 1000",
            "run --rm --network jala busybox sh -c cat${IFS}/etc/hosts>/dev/null",
            "network connect jala2 anak",
            "network disconnect jala2 anak",
            "network disconnect jala2 anak",
            "network connect nosuch anak",
            "inspect -f {{json${IFS}.NetworkSettings.Networks}} anak",
            "network rm jala",
            "rm -f anak",
            "network rm jala jala2",
            "network rm jala",
            "network prune -f",
        ],
    ),
    (
        "volumes",
        &[
            "volume create isi",
            "volume create isi",
            "volume create --label a=b --opt type=tmpfs --opt device=tmpfs kilat",
            "?volume ls -q",
            "?volume ls",
            "volume inspect isi kilat",
            "volume inspect nosuch",
            "run -d --name pakai -v isi:/d -v kilat:/k busybox sleep 1000",
            "?inspect -f {{range${IFS}.Mounts}}{{.Name}}|{{.Destination}}|{{.RW}}|{{.Driver}}{{println}}{{end}} pakai",
            "run --rm --volumes-from pakai busybox touch /d/x",
            "volume rm isi",
            "rm -f pakai",
            "volume rm isi kilat nosuch",
            "volume prune -f",
            "volume create",
        ],
    ),
    (
        "system",
        &[
            "run -d --name sibPASS -v sv:/d busybox sleep 1000",
            "system df",
            "system df -v",
            "system info --format {{.Containers}}",
            "events --since 10m --until=-2s --filter container=sibPASS --format {{.Type}}|{{.Action}}|{{.Actor.Attributes.name}}",
            "events --since 1h --until 1h",
            "container stats --no-stream --format {{.Name}}",
            "rm -f sibPASS",
            "system prune -f --filter label=nosuch",
            "swarm join nosuch:1 --token x --bogus",
        ],
    ),
];

/// Commands whose output must differ with the gateway, each with the reason.
const MEANT: [(&str, &str); 2] = [
    ("build -t gagal DIR/gagal", "a failed build leaves no container behind"),
    ("image prune -f --filter until=1ms", "images of nobody known are not the lesson's to remove"),
];

/// Splits a command into words and replaces the placeholders. `${IFS}` stands for a space within a word, so the table
/// needs no quotes.
fn words(line: &str, dir: &str, pass: usize) -> Vec<String> {
    let word = |word: &str| word.replace("DIR", dir).replace("PASS", &pass.to_string()).replace("${IFS}", " ");
    line.split(' ').map(word).collect()
}

/// Replaces the parts of a command's output that differ from run to run.
fn plain(text: &str) -> String {
    if let Some(json) = serde_json::from_str::<Value>(text).ok().filter(|json| json.is_array() || json.is_object()) {
        return plain_text(&format!("{:#}", unmarked(json)));
    }
    plain_text(text)
}

fn plain_text(text: &str) -> String {
    static RULES: OnceLock<Vec<(Regex, &str)>> = OnceLock::new();
    let rules = RULES.get_or_init(|| {
        [
            (r"(?i)\b[0-9a-f]{2}(:[0-9a-f]{2}){5}\b", "MAC"),
            (r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?(Z|[+-]\d\d:?\d\d))?( [A-Z]+)?", "TIME"),
            (r"\b(sha256:)?[0-9a-f]{64}\b", "ID"),
            (r"\b[0-9a-f]{12}\b", "ID"),
            (r"\b\d+(\.\d+)?[kKMG]?i?B / \d+(\.\d+)?[kKMG]?i?B", "SIZE"),
            (r"\b\d+\.\d+%", "PERCENT"),
            (r"(About a|an?|\d+|Less than a) (second|minute|hour)s?( ago)?", "WHILE"),
            (r"\b\d+(\.\d+)?(ms|s)\b", "WHILE"),
            (r"(0\.0\.0\.0|\[::\]|:::?):?\d{5}", "PORT"),
            (r#""HostPort": "\d{5}""#, "PORT"),
            (r"\b172\.\d+\.\d+\.\d+", "ADDRESS"),
            (r"\b10\.77\.0\.\d+", "ADDRESS"),
            (r#""(Pid|SandboxKey|SandboxID|ExecIDs)": [^,]+"#, "$1"),
            (r"root +\d+ +\d+ +\d+ +[\d:]+ +\S+ +[\d:]+", "PROCESS"),
            (r"\b(UID +PID +PPID.*)", "PROCESSES"),
            (r"\bdm[a-zA-Z0-9./-]+\.sock\b", "SOCKET"),
            (r"unix://\S+", "SOCKET"),
            (r"\b(happy|[a-z]+)_[a-z]+\b", "NAME"),
            (r"127\.0\.0\.1:\d+->", "PORT"),
            // In the second pass, the registry still has the layers from the first pass.
            (r"Layer already exists", "Pushed"),
            // The docker CLI may notice the failed start before or after it begins to wait.
            (r"(?m)^time=\S+ level=error msg=.error waiting for container: context canceled.\n?", ""),
            (r"\bsib\d\b", "sib"),
            (r"(Runtimes:) .*", "$1"),
            (r"[ \t]+", " "),
        ]
        .map(|(pattern, by)| (Regex::new(pattern).expect("a pattern"), by))
        .into()
    });
    let mut text = text.to_owned();
    for (pattern, by) in rules {
        text = pattern.replace_all(&text, *by).into_owned();
    }
    text
}

/// Returns the JSON value without the session's labels.
fn unmarked(mut json: Value) -> Value {
    match &mut json {
        Value::Array(list) => list.iter_mut().for_each(|one| *one = unmarked(one.take())),
        Value::Object(object) => {
            object.retain(|name, _| !name.starts_with("dermaga."));
            object.values_mut().for_each(|one| *one = unmarked(one.take()));
            if let Some(labels) = object.get_mut("Labels")
                && labels.as_object().is_some_and(serde_json::Map::is_empty)
            {
                *labels = Value::Null;
            }
        }
        _ => {}
    }
    json
}

/// Runs every command of a scenario. Returns the output and the exit status of each.
fn play(socket: &std::path::Path, engine: &TestEngine, dir: &str, pass: usize, lines: &[&str]) -> Vec<String> {
    let mut shown = Vec::new();
    for line in lines {
        let (any_order, line) = line.strip_prefix('?').map_or((false, *line), |line| (true, line));
        let (command, typed) = line.split_once(" < ").map_or((line, ""), |(line, typed)| (line, typed));
        let words = words(command, dir, pass);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut docker = docker_on(socket, &words);
        docker.env("DOCKER_CONFIG", engine.folder().join("matrix-config")).env("DOCKER_BUILDKIT", "0");
        let mut child = docker.stdin(Stdio::piped()).spawn().expect("docker");
        child.stdin.take().expect("its input").write_all(typed.as_bytes()).unwrap_or_default();
        let output = child.wait_with_output().expect("docker");
        let text = |bytes: &[u8]| {
            let text = plain(&String::from_utf8_lossy(bytes));
            let mut lines: Vec<&str> = text.lines().collect();
            if any_order {
                lines.sort_unstable();
            }
            lines.join("\n")
        };
        let mut all = String::new();
        let _ = write!(all, "{}\n{}\n{:?}", text(&output.stdout), text(&output.stderr), output.status.code());
        shown.push(all);
    }
    shown
}

fn clear(engine: &TestEngine, keep: &str) {
    let remove = |list: &[&str], remove: &[&str]| {
        let ids = engine.docker(list);
        let ids: Vec<&str> = ids.lines().collect();
        if !ids.is_empty() {
            let _ = docker_on(&engine.socket(), &[remove, &ids].concat()).output();
        }
    };
    remove(&["ps", "-aq"], &["rm", "-fv"]);
    remove(&["network", "ls", "-q", "--filter", "type=custom"], &["network", "rm"]);
    remove(&["volume", "ls", "-q"], &["volume", "rm"]);
    let names = engine.docker(&["images", "--format", "{{.Repository}}:{{.Tag}}"]);
    for name in names.lines().filter(|name| *name != keep && !name.contains("<none>")) {
        engine.docker(&["rmi", "-f", name]);
    }
    engine.docker(&["image", "prune", "-f"]);
}

/// Runs the commands without and with the gateway. Describes each command whose output unexpectedly differs or does not
/// differ.
pub(super) fn compare(door: &TestGateway<'_>, name: &str, lines: &[&str]) -> Vec<String> {
    let dir = door.dir().display().to_string();
    let mut shown = Vec::new();
    for (pass, socket) in [door.engine.socket(), door.gateway.socket().to_owned()].into_iter().enumerate() {
        clear(door.engine, "busybox:latest");
        shown.push(play(&socket, door.engine, &dir, pass, lines));
    }
    let mut differing = Vec::new();
    for ((line, direct), through) in lines.iter().zip(&shown[0]).zip(&shown[1]) {
        let is_meant = MEANT.iter().any(|(meant, _)| meant == line);
        if (direct != through) != is_meant {
            let one = format!("{name}: docker {line}\n--- direct\n{direct}\n--- through\n{through}");
            eprintln!("{one}");
            differing.push(one);
        }
    }
    differing
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_print_the_same_with_and_without_gateway() {
    let engine = TestEngine::start();
    let registry = TestRegistry::start(&engine);
    registry.wait_until_ready().await;
    let door = TestGateway::open(&engine, "matrix").await;
    let put = |name: &str, text: &str| {
        let path = door.dir().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    put("berkas.txt", "isi berkas\n");
    put("env", "WARNA=biru\n");
    put(
        "Dockerfile",
        "FROM busybox\nARG NAMA=y\nENV A=$NAMA\nVOLUME /v\nCOPY berkas.txt /\nRUN touch /a\nCMD [\"cat\", \"/berkas.txt\"]\n",
    );
    put("gagal/Dockerfile", "FROM busybox\nRUN touch /b\nRUN echo sebelum; exit 9\n");
    put("salah/Dockerfile", "FROM busybox\nSALAH\n");
    put("asing/Dockerfile", "FROM localhost:5000/nosuch/nosuch\n");
    let mut count = 0;
    let mut differing = Vec::new();
    for (name, lines) in SCENARIOS {
        count += lines.len();
        differing.extend(compare(&door, name, lines));
    }
    assert!(differing.is_empty(), "{} of {count} differ:\n{}", differing.len(), differing.join("\n\n"));
    assert!(count > 150, "{count}");
}
