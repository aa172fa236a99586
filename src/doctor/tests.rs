//! Examines machines that each have one broken part. The doctor must find exactly this part.

use std::ffi::OsString;
use std::fs;
use std::os::unix::net::UnixListener;
use std::path::Path;

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;
use crate::words::{Lang, Words};

const GOOD: &str = r#"{"ApiVersion":"1.41","Version":"20.10.24","Components":[{"Name":"Engine"}]}"#;
const NOW: u64 = 1_800_000_000;
/// The time [`NOW`] in the form of an engine's clock.
const TIME: &str = "2027-01-15T08:00:00Z";

/// A machine in a folder. The machine is healthy, except for the part that a test breaks.
struct Broken {
    dir: TempDir,
    path: OsString,
    endpoint: Option<Result<Endpoint, EngineError>>,
    hub: HubAnswer,
    data: Option<&'static Path>,
}

impl Broken {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        for (file, text) in [
            ("etc/os-release", "ID=debian\n"),
            ("proc/self/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n"),
            ("run/systemd/system/x", ""),
            ("bin/docker", ""),
            ("bin/bash", ""),
        ] {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let path = dir.path().join("bin").into_os_string();
        let hub = HubAnswer::Answers { time: Some(NOW), remaining: Some(90) };
        Self { dir, path, endpoint: None, hub, data: None }
    }

    fn socket(&self) -> PathBuf {
        self.dir.path().join("d.sock")
    }

    fn engine(self, version: &'static str, time: &'static str) -> Self {
        let listener = UnixListener::bind(self.socket()).expect("a socket");
        listener.set_nonblocking(true).expect("a socket");
        let listener = tokio::net::UnixListener::from_std(listener).expect("a socket");
        let info = format!(r#"{{"SystemTime":"{time}","DockerRootDir":"/","CgroupDriver":"cgroupfs"}}"#);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut asked = [0; 4096];
                let read = stream.read(&mut asked).await.unwrap_or(0);
                let body = if asked[..read].starts_with(b"GET /version") { version } else { &info };
                let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
                let _ = stream.write_all((head + body).as_bytes()).await;
            }
        });
        self
    }

    fn machine(&mut self) -> Machine<'static> {
        let endpoint = self.endpoint.take().unwrap_or_else(|| Ok(Endpoint::Unix(self.socket())));
        Machine {
            path: self.path.clone(),
            root: self.dir.path().to_owned(),
            endpoint,
            now: UNIX_EPOCH + Duration::from_secs(NOW),
            hub: self.hub,
            by_host: false,
            by_context: false,
            as_root: false,
            data: self.data,
        }
    }

    async fn examine(mut self) -> Vec<HealthFinding> {
        examine(&self.machine()).await
    }
}

/// Returns the only finding that is not fine. The message of the finding must exist in both languages.
async fn named(machine: Broken) -> HealthFinding {
    let found = machine.examine().await;
    for finding in &found {
        let args: Vec<_> = finding.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for lang in Lang::ALL {
            let words = Words::new(lang);
            let said = words.find(finding.key, &args).unwrap_or_else(|| panic!("{lang}: {}", finding.key));
            assert!(!said.contains('{'), "{lang}: {said}");
            let means = words.find(&format!("{}.means", finding.key), &args);
            assert_eq!(means.is_some(), finding.impact > Impact::Fine, "{lang}: {}", finding.key);
        }
    }
    let wrong: Vec<HealthFinding> = found.into_iter().filter(|finding| finding.impact > Impact::Fine).collect();
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    wrong.into_iter().next().expect("one")
}

fn blocks(finding: &HealthFinding, key: &str, mend: &str) {
    assert_eq!((finding.key, finding.impact), (key, Impact::Blocks));
    assert!(finding.mend.iter().any(|command| command.contains(mend)), "{:?}", finding.mend);
}

#[tokio::test]
async fn healthy_machine_has_no_problems() {
    let found = Broken::new().engine(GOOD, TIME).examine().await;
    assert!(found.iter().all(|finding| finding.impact == Impact::Fine), "{found:?}");
}

#[tokio::test]
async fn missing_docker_cli_or_unknown_context_blocks_lessons() {
    let mut none = Broken::new().engine(GOOD, TIME);
    fs::remove_file(none.dir.path().join("bin/docker")).expect("a file");
    none.path.push(":/nowhere");
    blocks(&named(none).await, "doctor-no-client", "apt-get install -y docker.io");
    let podman = Broken::new().engine(GOOD, TIME);
    fs::rename(podman.dir.path().join("bin/docker"), podman.dir.path().join("bin/podman")).expect("a file");
    blocks(&named(podman).await, "doctor-only-podman", "docker.io");
    let mut context = Broken::new();
    context.endpoint = Some(Err(EngineError::Context("lain".into())));
    blocks(&named(context).await, "doctor-context", "docker context use default");
}

#[tokio::test]
async fn unusable_socket_blocks_lessons_and_has_fitting_advice() {
    blocks(&named(Broken::new()).await, "doctor-down", "systemctl enable --now docker");
    let stale = Broken::new();
    drop(UnixListener::bind(stale.socket()).expect("a socket"));
    blocks(&named(stale).await, "doctor-stale-socket", "systemctl restart docker");
    let alpine = Broken::new();
    fs::remove_dir_all(alpine.dir.path().join("run")).expect("a folder");
    fs::write(alpine.dir.path().join("etc/os-release"), "NAME=\"Alpine Linux\"\nID=alpine\n").expect("a file");
    blocks(&named(alpine).await, "doctor-down", "service docker start");
    // Root may open every socket, so this test passes the error that another user would get.
    let mut broken = Broken::new();
    let machine = broken.machine();
    let (socket, debian) = (Endpoint::Unix("/x".into()), System::read(Broken::new().dir.path()));
    let denied = no_engine(&machine, &socket, &EngineError::Permission("/x".into()), debian);
    blocks(&denied, "doctor-permission", "usermod -aG docker");
}

#[tokio::test]
async fn advice_depends_on_docker_host_and_docker_context() {
    let mut broken = Broken::new();
    let machine = Machine { by_host: true, by_context: true, as_root: true, ..broken.machine() };
    blocks(&examine(&machine).await.pop().expect("one"), "doctor-host", "unset DOCKER_HOST");
    drop(UnixListener::bind(broken.socket()).expect("a socket"));
    blocks(&examine(&machine).await.pop().expect("one"), "doctor-host", "unset DOCKER_HOST");
    let lost = Machine { endpoint: Err(EngineError::Context("lain".into())), ..machine };
    blocks(&examine(&lost).await.pop().expect("one"), "doctor-context", "unset DOCKER_CONTEXT");
    // For root, the commands have no `sudo`, because a Debian without a desktop lacks `sudo`.
    let stale = Machine { by_host: false, as_root: true, ..broken.machine() };
    assert_eq!(examine(&stale).await.pop().expect("one").mend, ["systemctl restart docker"]);
}

#[tokio::test]
async fn old_engine_podman_and_wrong_clock_have_their_own_findings() {
    let old = Broken::new().engine(r#"{"ApiVersion":"1.24","Version":"1.12"}"#, TIME);
    blocks(&named(old).await, "doctor-old", "only-upgrade");
    let podman = r#"{"ApiVersion":"1.41","Version":"4.3.1","Components":[{"Name":"Podman Engine"}]}"#;
    let found = named(Broken::new().engine(podman, TIME)).await;
    assert_eq!((found.key, found.impact), ("doctor-podman", Impact::Note));
    let late = named(Broken::new().engine(GOOD, "2027-01-15T07:00:00Z")).await;
    blocks(&late, "doctor-clock-engine", "set-ntp");
    assert_eq!(late.args, [("minutes", "60".to_owned())]);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn full_disk_or_missing_cgroups_block_lessons() {
    // `/proc` is a file system without a free block.
    let mut full = Broken::new().engine(GOOD, TIME);
    full.data = Some(Path::new("/proc"));
    blocks(&named(full).await, "doctor-disk-full", "docker system df");
    let bare = Broken::new().engine(GOOD, TIME);
    fs::write(bare.dir.path().join("proc/self/mounts"), "tmpfs /run tmpfs rw 0 0\n").expect("a file");
    blocks(&named(bare).await, "doctor-cgroups-missing", "cgroup2");
}

#[tokio::test]
async fn stopped_engine_in_wsl_has_its_own_finding() {
    let wsl = Broken::new();
    fs::create_dir_all(wsl.dir.path().join("proc/sys/kernel")).expect("a folder");
    fs::write(wsl.dir.path().join("proc/sys/kernel/osrelease"), "5.15.167.4-microsoft-standard-WSL2\n")
        .expect("a file");
    blocks(&named(wsl).await, "doctor-down-wsl", "systemctl enable --now docker");
}

#[tokio::test]
async fn missing_bash_or_engine_programs_are_found() {
    let bash = Broken::new().engine(GOOD, TIME);
    fs::remove_file(bash.dir.path().join("bin/bash")).expect("a file");
    blocks(&named(bash).await, "doctor-no-bash", "apt-get install -y bash");
    // If the machine's engine answers anyway, the finding is a note. If the engine does not answer, the missing parts
    // block lessons.
    let mut parts = Broken::new().engine(GOOD, TIME);
    for program in ["dockerd", "containerd"] {
        fs::write(parts.dir.path().join("bin").join(program), "").expect("a file");
    }
    let found = named(parts).await;
    assert_eq!((found.key, found.impact), ("doctor-engine-parts", Impact::Note));
    assert_eq!(found.mend, ["sudo apt-get install -y runc iptables"]);
    parts = Broken::new();
    fs::write(parts.dir.path().join("bin/dockerd"), "").expect("a file");
    let found = programs(&parts.machine(), System::read(parts.dir.path()), false);
    assert_eq!((found[0].key, found[0].impact), ("doctor-engine-parts", Impact::Blocks));
}

#[tokio::test]
async fn each_problem_with_docker_hub_has_its_own_finding() {
    for (hub, key, severity) in [
        (HubAnswer::Unreachable, "doctor-no-network", Impact::Note),
        (HubAnswer::Distrusted, "doctor-hub-distrusted", Impact::Note),
        (HubAnswer::Untimely, "doctor-clock-certificate", Impact::Blocks),
        (HubAnswer::Answers { time: Some(NOW), remaining: Some(3) }, "doctor-pull-limit", Impact::Note),
        (HubAnswer::Answers { time: Some(NOW - 7200), remaining: None }, "doctor-clock", Impact::Blocks),
    ] {
        let mut machine = Broken::new().engine(GOOD, TIME);
        machine.hub = hub;
        let found = named(machine).await;
        assert_eq!((found.key, found.impact), (key, severity));
    }
}

#[test]
fn system_family_is_recognised_by_etc_os_release() {
    for (text, family) in [
        ("ID=ubuntu\nID_LIKE=debian", Family::Debian),
        ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"", Family::Debian),
        ("ID=fedora", Family::Fedora),
        ("ID=rocky\nID_LIKE=\"rhel centos fedora\"", Family::Rhel),
        ("ID=arch", Family::Arch),
        ("ID=alpine", Family::Alpine),
        ("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"", Family::Suse),
        ("ID=plan9", Family::Other),
    ] {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("etc")).expect("a folder");
        fs::write(root.path().join("etc/os-release"), text).expect("a file");
        assert_eq!(System::read(root.path()).family, family, "{text}");
    }
}

fn mac(machine: &Broken) {
    fs::create_dir_all(machine.dir.path().join("System/Library/CoreServices")).expect("a folder");
    fs::remove_dir_all(machine.dir.path().join("proc")).expect("a folder");
}

#[tokio::test]
async fn macos_gets_advice_to_install_a_newer_bash() {
    let apple = Broken::new().engine(GOOD, TIME);
    mac(&apple);
    let found = named(apple).await;
    assert_eq!((found.key, found.impact), ("doctor-old-bash", Impact::Note));
    assert_eq!(found.mend, ["brew install bash"]);
    let brewed = Broken::new().engine(GOOD, TIME);
    mac(&brewed);
    fs::create_dir_all(brewed.dir.path().join("opt/homebrew/bin")).expect("a folder");
    fs::write(brewed.dir.path().join("opt/homebrew/bin/bash"), "").expect("a file");
    let found = brewed.examine().await;
    assert!(found.iter().all(|finding| finding.impact == Impact::Fine), "{found:?}");
    assert!(found.iter().any(|finding| finding.key == "doctor-only-current"), "{found:?}");
}

#[tokio::test]
async fn engine_of_a_desktop_program_is_started_by_that_program() {
    let programs = [
        (".colima/default/docker.sock", "colima start"),
        (".config/colima/default/docker.sock", "colima start"),
        (".orbstack/run/docker.sock", "orb start"),
        (".rd/docker.sock", "rdctl start"),
        (".docker/desktop/docker.sock", "systemctl --user start docker-desktop"),
        (".docker/run/docker.sock", "open -a Docker"),
    ];
    for (socket, command) in programs {
        let mut down = Broken::new();
        let socket = down.dir.path().join(socket);
        down.endpoint = Some(Ok(Endpoint::Unix(socket.clone())));
        blocks(&named(down).await, "doctor-down", command);
        let mut stale = Broken::new();
        fs::create_dir_all(socket.parent().expect("a folder")).expect("a folder");
        drop(UnixListener::bind(&socket).expect("a socket"));
        stale.endpoint = Some(Ok(Endpoint::Unix(socket)));
        blocks(&named(stale).await, "doctor-stale-socket", command);
    }
}
