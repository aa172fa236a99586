//! Finds the process of this machine that listens on a port. Reads the kernel's tables of sockets, then looks in
//! `/proc` for the process that holds the socket.

use std::fs;
use std::path::{Path, PathBuf};

/// The process that listens on a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Holder {
    /// The program's name. The name is empty if the process belongs to another user.
    pub(super) program: String,
    /// The process id, or 0 if it is not known.
    pub(super) pid: u32,
}

impl Holder {
    /// Returns the process's id in the PID namespace of another process. `other` is the folder of that other process
    /// in `/proc`.
    pub(super) fn pid_beside(&self, other: &Path) -> Option<u32> {
        let proc = other.parent()?;
        let depth = numbers(other).len();
        numbers(&proc.join(self.pid.to_string())).get(depth.checked_sub(1)?).copied()
    }
}

/// Returns the ids of a process in its PID namespaces, from this program's namespace to the innermost one.
fn numbers(process: &Path) -> Vec<u32> {
    let status = fs::read_to_string(process.join("status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("NSpid:")).unwrap_or_default();
    line.split_whitespace().filter_map(|number| number.parse().ok()).collect()
}

/// The listening sockets of a network namespace.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    /// The port and the inode of each socket.
    sockets: Vec<(u16, u64)>,
}

impl Table {
    /// Reads the sockets in the network namespace of a process. `process` is the folder of that process in `/proc`.
    pub(super) fn read(process: &Path) -> Self {
        let texts = ["net/tcp", "net/tcp6"].map(|file| fs::read_to_string(process.join(file)).unwrap_or_default());
        Self { sockets: texts.iter().flat_map(|text| text.lines().skip(1).filter_map(listener)).collect() }
    }

    /// Whether a process listens on `port`.
    pub(super) fn has(&self, port: u16) -> bool {
        self.sockets.iter().any(|(taken, _)| *taken == port)
    }

    /// Returns the process that listens on `port`.
    pub(super) fn holder(&self, proc: &Path, port: u16) -> Option<Holder> {
        let inodes: Vec<String> = self
            .sockets
            .iter()
            .filter(|(taken, _)| *taken == port)
            .map(|(_, inode)| format!("socket:[{inode}]"))
            .collect();
        if inodes.is_empty() {
            return None;
        }
        let owner = fs::read_dir(proc).ok()?.flatten().find_map(|entry| {
            let pid: u32 = entry.file_name().to_str()?.parse().ok()?;
            let holds = fs::read_dir(entry.path().join("fd")).ok()?.flatten().any(|fd| {
                fs::read_link(fd.path())
                    .is_ok_and(|link| link.to_str().is_some_and(|link| inodes.iter().any(|inode| inode == link)))
            });
            let name = || fs::read_to_string(entry.path().join("comm")).unwrap_or_default().trim().to_owned();
            holds.then(|| Holder { program: name(), pid })
        });
        Some(owner.unwrap_or(Holder { program: String::new(), pid: 0 }))
    }
}

/// Parses a line of the kernel's table. Returns the port and the inode of a listening socket, or `None` for any other.
fn listener(line: &str) -> Option<(u16, u64)> {
    const LISTENS: &str = "0A";
    let mut columns = line.split_whitespace().skip(1);
    let (_, port) = columns.next()?.rsplit_once(':')?;
    let state = columns.nth(1)?;
    let inode = columns.nth(5)?;
    (state == LISTENS).then_some((u16::from_str_radix(port, 16).ok()?, inode.parse().ok()?))
}

/// Returns the folder in `/proc` of the process that answers at an engine's socket. This process sees the network in
/// which the engine publishes ports.
pub(super) async fn engine_process(socket: &Path) -> Option<PathBuf> {
    let stream = tokio::net::UnixStream::connect(socket).await.ok()?;
    let pid = stream.peer_cred().ok()?.pid().filter(|pid| *pid > 0)?;
    Some(PathBuf::from(format!("/proc/{pid}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listening_sockets_are_parsed_from_the_table() {
        let line =
            "   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2361 1 0";
        assert_eq!(listener(line), Some((8080, 2361)));
        assert_eq!(listener(&line.replace(" 0A ", " 01 ")), None);
        assert_eq!(listener("sl local_address"), None);
    }

    #[test]
    fn process_id_is_converted_to_the_namespace_of_another_process() {
        let proc = tempfile::tempdir().expect("a folder");
        let process = |pid: &str, numbers: &str| {
            fs::create_dir(proc.path().join(pid)).expect("a folder");
            fs::write(proc.path().join(pid).join("status"), format!("Name:\tx\nNSpid:\t{numbers}\n")).expect("a file");
        };
        process("20", "20\t3");
        process("2028", "2028\t405\t7");
        process("9", "9");
        let beside = |pid| Holder { program: String::new(), pid }.pid_beside(&proc.path().join("20"));
        assert_eq!([beside(2028), beside(20), beside(9), beside(1)], [Some(405), Some(3), None, None]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn listening_process_is_found_by_its_port() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let table = Table::read(Path::new("/proc/self"));
        assert!(table.has(port));
        let holder = table.holder(Path::new("/proc"), port).expect("a holder");
        assert_eq!(holder.pid, std::process::id());
        assert_eq!(holder.pid_beside(Path::new("/proc/self")), Some(numbers(Path::new("/proc/self"))[0]));
        drop(listener);
        assert_eq!(Table::read(Path::new("/proc/self")).holder(Path::new("/proc"), port), None);
    }
}
