//! Finds out from `/proc` whether a process in the terminal's foreground waits for typed input.

use std::fs::{self, File};
use std::os::unix::fs::{FileExt as _, FileTypeExt as _, MetadataExt as _};

/// How the programs in the terminal's foreground read from the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TerminalReader {
    /// One program waits for a line from the terminal.
    Line,
    /// One program reads single keys, or passes keys on to another program (`docker run -it`, `ssh`). Dermaga cannot
    /// see whether that other program waits for input.
    Keys,
    /// No program reads from the terminal.
    Nobody,
    /// The reader is unknown, because the system or the user's permissions hide it.
    Unknown,
}

/// The numbers of system calls that wait: `read`, and calls that wait for several files.
#[cfg(target_arch = "x86_64")]
mod call {
    pub(super) const READ: i64 = 0;
    pub(super) const POLL: i64 = 7;
    pub(super) const PPOLL: i64 = 271;
    pub(super) const SELECT: [i64; 2] = [23, 270];
    pub(super) const EPOLL: [i64; 3] = [232, 281, 441];
}
#[cfg(not(target_arch = "x86_64"))]
mod call {
    pub(super) const READ: i64 = 63;
    /// This architecture has no `poll`.
    pub(super) const POLL: i64 = i64::MIN;
    pub(super) const PPOLL: i64 = 73;
    pub(super) const SELECT: [i64; 1] = [72];
    pub(super) const EPOLL: [i64; 2] = [22, 441];
}

/// Programs that pass on typed keys: `ssh` always, the others only with one of the words in [`RELAYING`] among their
/// arguments.
const RELAYS: [&str; 6] = ["docker", "podman", "nerdctl", "docker-compose", "ssh", "kubectl"];
const RELAYING: [&str; 5] = ["run", "exec", "attach", "start", "up"];

/// Finds out how the processes of `group` read from the terminal. `lines` says whether the terminal delivers whole
/// lines.
pub(super) fn find_reader(group: i32, lines: bool) -> TerminalReader {
    let (mut seen, mut relays) = (false, false);
    let mut reads = false;
    for pid in processes(group) {
        let Some(reading) = reads_terminal(pid) else { continue };
        seen = true;
        reads |= reading;
        relays |= reading && is_relay(pid);
    }
    match (seen, reads) {
        (false, _) => TerminalReader::Unknown,
        (true, false) => TerminalReader::Nobody,
        (true, true) if lines && !relays => TerminalReader::Line,
        (true, true) => TerminalReader::Keys,
    }
}

fn processes(group: i32) -> impl Iterator<Item = i32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    pids.filter(move |pid| group_of(*pid) == Some(group))
}

fn group_of(pid: i32) -> Option<i32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field is a name in parentheses, which may contain any character.
    stat[stat.rfind(')')? + 1..].split_ascii_whitespace().nth(2)?.parse().ok()
}

fn is_relay(pid: i32) -> bool {
    let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let words: Vec<&str> = line.split(|&byte| byte == 0).filter_map(|word| str::from_utf8(word).ok()).collect();
    let name = words.first().and_then(|word| word.rsplit('/').next()).unwrap_or_default();
    RELAYS.contains(&name) && (name == "ssh" || words.iter().any(|word| RELAYING.contains(word)))
}

/// Whether a thread of this process waits for the terminal. Returns `None` if the process cannot be examined.
fn reads_terminal(pid: i32) -> Option<bool> {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).ok()?.flatten();
    let mut known = None;
    for thread in threads {
        let Some(thread) = thread.file_name().to_str().map(str::to_owned) else { continue };
        let Ok(call) = fs::read_to_string(format!("/proc/{pid}/task/{thread}/syscall")) else { continue };
        if waits(pid, &call) {
            return Some(true);
        }
        known = Some(false);
    }
    known
}

/// Whether a system call waits for the terminal. `call` is the call's number and its arguments, such as `0 0x0 0x7ffd…
/// 0x1000 …`, or the word `running`.
fn waits(pid: i32, call: &str) -> bool {
    let mut fields = call.split_ascii_whitespace();
    let Some(number) = fields.next().and_then(|number| number.parse::<i64>().ok()) else { return false };
    let numbers: Vec<u64> =
        fields.filter_map(|field| u64::from_str_radix(field.trim_start_matches("0x"), 16).ok()).collect();
    let argument = |at: usize| numbers.get(at).copied().unwrap_or_default();
    if number == call::READ {
        return is_terminal(pid, argument(0));
    }
    // A call with a time limit ends by itself, so such a call does not count. A call without a time limit has -1 or a
    // null pointer instead of the limit.
    let forever = number == call::POLL && argument(2) & 0xffff_ffff == 0xffff_ffff;
    if forever || number == call::PPOLL && argument(2) == 0 {
        // Each entry of 8 bytes is a descriptor and the awaited events.
        let memory = memory(pid, argument(0), argument(1).min(64) * 8);
        let descriptor = |one: &[u8]| u64::from(u32::from_ne_bytes([one[0], one[1], one[2], one[3]]));
        return memory.chunks_exact(8).any(|one| is_terminal(pid, descriptor(one)));
    }
    if call::SELECT.contains(&number) && argument(4) == 0 {
        let many = argument(0).min(1024);
        let memory = memory(pid, argument(1), many.div_ceil(8));
        let set = memory
            .iter()
            .zip(0_u64..)
            .flat_map(|(byte, at)| (0..8).filter(move |bit| byte >> bit & 1 == 1).map(move |bit| at * 8 + bit));
        return set.into_iter().any(|descriptor| is_terminal(pid, descriptor));
    }
    if call::EPOLL.contains(&number) {
        let about = fs::read_to_string(format!("/proc/{pid}/fdinfo/{}", argument(0))).unwrap_or_default();
        let descriptor = |line: &str| line.strip_prefix("tfd:")?.split_ascii_whitespace().next()?.parse().ok();
        return about.lines().filter_map(descriptor).any(|descriptor| is_terminal(pid, descriptor));
    }
    false
}

fn memory(pid: i32, address: u64, length: u64) -> Vec<u8> {
    let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
    let read = File::open(format!("/proc/{pid}/mem")).and_then(|file| file.read_exact_at(&mut bytes, address));
    if read.is_ok() && address != 0 { bytes } else { Vec::new() }
}

/// Whether a process's descriptor is a pseudo-terminal, or `/dev/tty`.
fn is_terminal(pid: i32, descriptor: u64) -> bool {
    fs::metadata(format!("/proc/{pid}/fd/{descriptor}")).is_ok_and(|file| {
        let device = file.rdev();
        let (major, minor) = ((device >> 8) & 0xfff, device & 0xff);
        file.file_type().is_char_device() && ((136..=143).contains(&major) || (major, minor) == (5, 0))
    })
}
