//! The mounted file systems, from `/proc/self/mountinfo`.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;

use crate::text::WordList;

/// File systems of the kernel and its devices, which hold no files. `autofs` is in this list, because a process that
/// reads its files may wait for ever.
const OF_THE_KERNEL: WordList = WordList(
    "autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs fusectl hugetlbfs mqueue \
     nfsd nsfs proc pstore rpc_pipefs securityfs selinuxfs sysfs tracefs",
);

/// One mounted file system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mounted {
    /// The path at which the file system is mounted.
    pub(super) path: PathBuf,
    /// Whether this mount or the file system itself is read-only.
    pub(super) is_read_only: bool,
    /// Whether no program on the file system can be run.
    pub(super) is_no_exec: bool,
    /// Whether set-user-ID programs on the file system give no additional rights.
    pub(super) is_no_suid: bool,
    /// Whether the file system contains files.
    pub(super) has_files: bool,
}

/// Lists the file systems that are mounted at or below this process's root. If several file systems are mounted at one
/// path, lists only the last one, because the path leads to the last one.
pub(super) fn mounted() -> io::Result<Vec<Mounted>> {
    let mut found = parse(&fs::read("/proc/self/mountinfo")?);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found.dedup_by(|later, first| {
        let is_same = later.path == first.path;
        if is_same {
            *first = later.clone();
        }
        is_same
    });
    Ok(found)
}

/// Reads `/proc/self/mountinfo`, which proc(5) describes.
fn parse(text: &[u8]) -> Vec<Mounted> {
    text.split(|&byte| byte == b'\n').filter_map(parse_line).collect()
}

fn parse_line(line: &[u8]) -> Option<Mounted> {
    let mut fields = line.split(|&byte| byte == b' ');
    let (path, options) = (fields.nth(4)?, fields.next()?);
    let mut fields = fields.skip_while(|field| *field != b"-").skip(1);
    let (kind, of_system) = (fields.next()?, fields.nth(1)?);
    let has = |options: &[u8], wanted: &[u8]| options.split(|&byte| byte == b',').any(|option| option == wanted);
    Some(Mounted {
        path: PathBuf::from(OsString::from_vec(unescape(path))),
        is_read_only: has(options, b"ro") || has(of_system, b"ro"),
        is_no_exec: has(options, b"noexec"),
        is_no_suid: has(options, b"nosuid"),
        has_files: !OF_THE_KERNEL.words().any(|known| known.as_bytes() == kind),
    })
}

/// Decodes octal escapes such as `\040`. The escapes stand for spaces, tabs, line ends and backslashes.
fn unescape(field: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((&first, more)) = rest.split_first() {
        let octal = more.get(..3).filter(|_| first == b'\\').and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = octal.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            bytes.push(byte);
            rest = &more[3..];
        } else {
            bytes.push(first);
            rest = more;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mounts_and_their_flags_are_read_from_mountinfo() {
        let text = b"27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard\n\
            28 27 0:25 / /mnt/a\\040b\\134c ro,nosuid,nodev,noexec,relatime shared:7 master:1 - tmpfs none rw,size=4k\n\
            29 27 0:26 /x /home/ani rw,relatime - nfs4 server:/x ro,vers=4\n\
            22 27 0:21 / /proc rw,relatime - proc proc rw\nnonsense\n";
        let plain =
            Mounted { path: "/".into(), is_read_only: false, is_no_exec: false, is_no_suid: false, has_files: true };
        let odd = Mounted {
            path: "/mnt/a b\\c".into(),
            is_read_only: true,
            is_no_exec: true,
            is_no_suid: true,
            ..plain.clone()
        };
        let home = Mounted { path: "/home/ani".into(), is_read_only: true, ..plain.clone() };
        let proc = Mounted { path: "/proc".into(), has_files: false, ..plain.clone() };
        assert_eq!(parse(text), [plain, odd, home, proc]);
    }
}
