//! The programs a private engine is made of, found where they are installed.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{MissingProgram, SandboxError};

/// Where administrators' programs lie, which are often not on a plain PATH.
const ADMIN: [&str; 6] = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/// A program and its Debian package.
const PROGRAMS: [(&str, &str); 9] = [
    ("dockerd", "docker.io"),
    ("containerd", "containerd"),
    ("runc", "runc"),
    ("iptables", "iptables"),
    ("ip", "iproute2"),
    ("unshare", "util-linux"),
    ("nsenter", "util-linux"),
    ("setpriv", "util-linux"),
    ("setsid", "util-linux"),
];

/// The programs of one engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binaries {
    /// The engine.
    pub dockerd: PathBuf,
    /// The command line that came with it.
    pub docker: PathBuf,
    /// Sets the loopback up.
    pub ip: PathBuf,
    /// Makes namespaces.
    pub unshare: PathBuf,
    /// Enters them.
    pub nsenter: PathBuf,
    /// Ties a process to its parent.
    pub setpriv: PathBuf,
    /// Takes it off the terminal.
    pub setsid: PathBuf,
    /// The PATH that finds containerd, runc and iptables.
    pub path: Vec<PathBuf>,
}

/// Finds every program, on `path_env` and in the administrators' folders, or names all that are missing.
pub fn find_binaries(path_env: &OsStr) -> Result<Binaries, SandboxError> {
    if !cfg!(target_os = "linux") {
        return Err(SandboxError::NotLinux { os: std::env::consts::OS });
    }
    let named = std::env::split_paths(path_env).filter(|folder| folder.is_absolute());
    let binaries = find_in(&named.chain(ADMIN.map(PathBuf::from)).collect::<Vec<_>>())?;
    if rustix::process::geteuid().is_root() { Ok(binaries) } else { Err(SandboxError::NotRoot) }
}

fn find_in(folders: &[PathBuf]) -> Result<Binaries, SandboxError> {
    let mut missing = Vec::new();
    let mut path = Vec::new();
    let mut find = |(program, package): (&'static str, &'static str)| {
        let Some(file) = find_program(program, folders) else {
            missing.push(MissingProgram { program, package });
            return PathBuf::new();
        };
        let folder = file.parent().unwrap_or(Path::new("/")).to_owned();
        if !path.contains(&folder) {
            path.push(folder);
        }
        file
    };
    let [dockerd, _, _, _, ip, unshare, nsenter, setpriv, setsid] = PROGRAMS.map(&mut find);
    let docker = docker_beside(&dockerd, folders);
    if docker.is_none() {
        missing.push(MissingProgram { program: "docker", package: "docker.io" });
    }
    match docker {
        Some(docker) if missing.is_empty() => {
            for folder in ADMIN.map(PathBuf::from) {
                if !path.contains(&folder) {
                    path.push(folder);
                }
            }
            Ok(Binaries { dockerd, docker, ip, unshare, nsenter, setpriv, setsid, path })
        }
        _ => Err(SandboxError::Missing { programs: missing, apt: Path::new("/usr/bin/apt-get").exists() }),
    }
}

/// The client of the same package lies beside the engine or in the `bin` next to its `sbin`; only if there is none, the
/// first one on the PATH.
fn docker_beside(dockerd: &Path, folders: &[PathBuf]) -> Option<PathBuf> {
    let real = dockerd.canonicalize().unwrap_or_else(|_| dockerd.to_owned());
    let folder = real.parent()?;
    let beside = [folder.join("docker"), folder.join("../bin/docker")];
    beside
        .into_iter()
        .find(|file| is_program(file))
        .map(|file| file.canonicalize().unwrap_or(file))
        .or_else(|| find_program("docker", folders))
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
    use std::fs;

    fn program(file: &Path) {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, "").unwrap();
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn the_client_of_the_same_package_wins_over_an_earlier_one() {
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
    fn all_that_is_missing_is_named_with_its_package() {
        let root = tempfile::tempdir().unwrap();
        for (name, _) in PROGRAMS.iter().filter(|(name, _)| !["dockerd", "iptables"].contains(name)) {
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
    fn a_file_that_cannot_be_run_is_no_program() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("runc"), "").unwrap();
        assert_eq!(find_program("runc", &[root.path().to_owned()]), None);
    }
}
