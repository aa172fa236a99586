//! Finds the installed programs that a private engine needs.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{MissingProgram, SandboxError};

/// The folders with programs for administrators. A user's `PATH` often lacks some of these folders.
const ADMIN: [&str; 6] = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/// A program and its Debian package.
type Program = (&'static str, &'static str);

const ENGINE: [Program; 4] =
    [("dockerd", "docker.io"), ("containerd", "containerd"), ("runc", "runc"), ("iptables", "iptables")];
const TOOLS: [Program; 5] = [
    ("ip", "iproute2"),
    ("unshare", "util-linux"),
    ("nsenter", "util-linux"),
    ("setsid", "util-linux"),
    ("env", "coreutils"),
];
/// The docker CLI. Until version 26, Debian's package of the engine contained the CLI.
const CLIENT: Program = ("docker", "docker.io");

/// The programs of one engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binaries {
    /// The engine.
    pub dockerd: PathBuf,
    /// The docker CLI that was installed with the engine.
    pub docker: PathBuf,
    /// `ip`, which sets the loopback up.
    pub ip: PathBuf,
    /// `unshare`, which creates namespaces.
    pub unshare: PathBuf,
    /// `nsenter`, which enters namespaces.
    pub nsenter: PathBuf,
    /// `setsid`, which detaches the engine from the terminal.
    pub setsid: PathBuf,
    /// `env`, which changes the directory inside the namespaces.
    pub env: PathBuf,
    /// The folders in which the engine finds containerd, runc and iptables.
    pub path: Vec<PathBuf>,
    /// Another system's `/usr`, which the engine sees instead of this system's `/usr`. `dockerd` is then a path in that
    /// other system.
    pub usr: Option<PathBuf>,
}

/// Finds every program in the folders of `path_env` and in the administrators' folders. The error lists all missing
/// programs.
pub fn find_binaries(path_env: &OsStr) -> Result<Binaries, SandboxError> {
    check_system()?;
    find_in(&folders(path_env)).and_then(as_root)
}

/// Finds the programs like [`find_binaries`], but takes the engine and its CLI from another system that is unpacked in
/// `root`. The engine then runs with that system's `/usr` and with this system's other files.
pub fn find_binaries_in(root: &Path, path_env: &OsStr) -> Result<Binaries, SandboxError> {
    const INSIDE: [&str; 5] = ["sbin/dockerd", "bin/docker", "bin/containerd", "sbin/runc", "sbin/iptables"];
    check_system()?;
    let usr = root.join("usr").canonicalize().map_err(SandboxError::io(root))?;
    // A link counts as present even if its target is missing, because the target resolves inside the engine's
    // namespace.
    let lacks = |file: &&&str| fs::symlink_metadata(usr.join(file)).is_err();
    let missing: Vec<_> = INSIDE.iter().filter(lacks).map(|file| format!("usr/{file}")).collect();
    if !missing.is_empty() {
        return Err(SandboxError::BadRoot { root: root.to_owned(), missing });
    }
    let folders = folders(path_env);
    let mut search = Search::new(&folders);
    let tools = TOOLS.map(|program| search.find(program));
    let mut binaries = search.finish("/usr/sbin/dockerd".into(), usr.join("bin/docker"), tools)?;
    binaries.usr = Some(usr);
    as_root(binaries)
}

/// Fails on a system that cannot have private engines.
pub fn check_system() -> Result<(), SandboxError> {
    if cfg!(target_os = "linux") { Ok(()) } else { Err(SandboxError::NotLinux(name_of(std::env::consts::OS))) }
}

/// Returns the usual spelling of a system's name, such as `macOS` for `macos`.
fn name_of(os: &'static str) -> &'static str {
    match os {
        "macos" => "macOS",
        "freebsd" => "FreeBSD",
        other => other,
    }
}

fn as_root(binaries: Binaries) -> Result<Binaries, SandboxError> {
    if rustix::process::geteuid().is_root() { Ok(binaries) } else { Err(SandboxError::NotRoot) }
}

fn folders(path_env: &OsStr) -> Vec<PathBuf> {
    let named = std::env::split_paths(path_env).filter(|folder| folder.is_absolute());
    named.chain(ADMIN.map(PathBuf::from)).collect()
}

fn find_in(folders: &[PathBuf]) -> Result<Binaries, SandboxError> {
    let mut search = Search::new(folders);
    let [dockerd, ..] = ENGINE.map(|program| search.find(program));
    let tools = TOOLS.map(|program| search.find(program));
    let docker = docker_beside(&dockerd, folders).unwrap_or_else(|| search.find(CLIENT));
    search.finish(dockerd, docker, tools)
}

/// A search for programs: the folders of the programs that it found, and the missing programs.
struct Search<'a> {
    folders: &'a [PathBuf],
    path: Vec<PathBuf>,
    missing: Vec<MissingProgram>,
}

impl<'a> Search<'a> {
    fn new(folders: &'a [PathBuf]) -> Self {
        Self { folders, path: Vec::new(), missing: Vec::new() }
    }

    fn find(&mut self, (program, package): Program) -> PathBuf {
        let Some(file) = find_program(program, self.folders) else {
            self.missing.push(MissingProgram { program, package });
            return PathBuf::new();
        };
        self.path.extend(file.parent().map(Path::to_owned));
        file
    }

    fn finish(mut self, dockerd: PathBuf, docker: PathBuf, tools: [PathBuf; 5]) -> Result<Binaries, SandboxError> {
        if !self.missing.is_empty() {
            let apt = Path::new("/usr/bin/apt-get").exists();
            return Err(SandboxError::Missing { programs: self.missing, apt });
        }
        let mut path: Vec<PathBuf> = Vec::new();
        for folder in self.path.drain(..).chain(ADMIN.map(PathBuf::from)) {
            if !path.contains(&folder) {
                path.push(folder);
            }
        }
        let [ip, unshare, nsenter, setsid, env] = tools;
        Ok(Binaries { dockerd, docker, ip, unshare, nsenter, setsid, env, path, usr: None })
    }
}

/// Returns the docker CLI of the engine's package. Searches the engine's folder, and the folder `bin` next to the
/// engine's folder. If neither contains a docker CLI, returns the first docker CLI in `folders`.
fn docker_beside(dockerd: &Path, folders: &[PathBuf]) -> Option<PathBuf> {
    let real = dockerd.canonicalize().unwrap_or_else(|_| dockerd.to_owned());
    let folder = real.parent()?;
    let beside = [folder.join("docker"), folder.join("../bin/docker")];
    beside
        .into_iter()
        .find(|file| is_program(file))
        .map(|file| file.canonicalize().unwrap_or(file))
        .or_else(|| find_program(CLIENT.0, folders))
}

fn find_program(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    folders.iter().map(|folder| folder.join(name)).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(file: &Path) {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, "").unwrap();
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn docker_cli_next_to_the_engine_precedes_a_docker_cli_earlier_on_the_path() {
        let root = tempfile::tempdir().unwrap();
        let (first, sbin, bin) =
            (root.path().join("local/bin"), root.path().join("usr/sbin"), root.path().join("usr/bin"));
        for file in [first.join("docker"), sbin.join("dockerd"), bin.join("docker")] {
            program(&file);
        }
        let found = docker_beside(&sbin.join("dockerd"), &[first.clone(), sbin.clone(), bin.clone()]);
        assert_eq!(found, Some(bin.join("docker").canonicalize().unwrap()));
        fs::remove_file(bin.join("docker")).unwrap();
        assert_eq!(docker_beside(&sbin.join("dockerd"), &[first.clone(), sbin]), Some(first.join("docker")));
    }

    #[test]
    fn message_names_every_missing_program_and_its_package() {
        let root = tempfile::tempdir().unwrap();
        for (name, _) in ENGINE.iter().chain(&TOOLS).filter(|(name, _)| !["dockerd", "iptables"].contains(name)) {
            program(&root.path().join(name));
        }
        program(&root.path().join("docker"));
        let error = find_in(&[root.path().to_owned()]).unwrap_err();
        let SandboxError::Missing { programs, .. } = &error else { panic!("{error}") };
        let names: Vec<_> = programs.iter().map(|missing| missing.program).collect();
        assert_eq!(names, ["dockerd", "iptables"]);
        let (key, values) = SandboxError::Missing { programs: programs.clone(), apt: true }.message();
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let words = crate::words::Words::new(crate::words::Lang::Id);
        assert!(words.say(key, &values).contains("dockerd, iptables"));
        let next = words.say(&format!("{key}.next"), &values);
        assert!(next.contains("sudo apt-get install docker.io iptables"), "{next}");
    }

    #[test]
    fn file_without_execute_permission_is_no_program() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("runc"), "").unwrap();
        assert_eq!(find_program("runc", &[root.path().to_owned()]), None);
    }
}
