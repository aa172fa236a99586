//! Shows the machine's files to the engine and the lesson's shell. All files are there, but changes to them do not
//! last.
//!
//! Each of the machine's file systems is the lower layer of an overlay. The upper layers are in memory and end with the
//! namespaces. The folders that the owner shares are mounted without an overlay, so changes in them are permanent.
//! `/dev`, `/proc` and `/run` are new.
//!
//! The old root must stay mounted until the last overlay has been mounted, because the overlays reach its files by
//! descriptors.

use std::ffi::CString;
use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::mount::{MountFlags, UnmountFlags, mount, mount_bind, mount_bind_recursive, mount_remount, unmount};
use rustix::process::pivot_root;

use super::failure::{StepFailure, in_step};
use super::mounts::{Mounted, mounted};
use crate::sandbox::error::OVERLAY;

/// The name of the tmpfs mount in an engine's folder, and of the new root inside it.
const STAGE: &str = "root";
/// The folder in the new root on which the old root is mounted until the new root is complete.
const OLD: &str = "run/machine";
/// The folders that the view provides without an overlay. In these folders, the machine's mounts get no overlays.
const OWN: [&str; 5] = ["/dev", "/proc", "/run", "/sys", "/var/run"];
/// The devices that every container has too.
const DEVICES: [&str; 6] = ["null", "zero", "full", "random", "urandom", "tty"];
/// Kernel settings of the whole machine, and files that reset its devices.
const KERNEL: [&str; 5] = ["proc/sys", "proc/sysrq-trigger", "proc/irq", "proc/bus", "proc/fs"];
/// Files that the node writes itself.
const WRITTEN: [&str; 2] = ["/etc/hosts", "/etc/resolv.conf"];

/// A mount on which set-user-ID programs have no additional rights and devices cannot be opened.
const PLAIN: MountFlags = MountFlags::NOSUID.union(MountFlags::NODEV);
/// A mount like [`PLAIN`] from which no program can be run.
const PLAINEST: MountFlags = PLAIN.union(MountFlags::NOEXEC);

/// A file or folder of the machine, held open so that this process can reach it from the new root.
pub(super) struct Held {
    path: PathBuf,
    fd: OwnedFd,
}

impl Held {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let fd = openat(CWD, path, OFlags::PATH | OFlags::CLOEXEC, Mode::empty())?;
        Ok(Self { path: path.to_owned(), fd })
    }

    /// Returns a path to the file. The path is valid under any root.
    fn link(&self) -> String {
        format!("/proc/self/fd/{}", self.fd.as_raw_fd())
    }

    /// Mounts the file or folder at its original path. Creates a file or folder at that path if there is none.
    fn bind(&self) -> io::Result<()> {
        self.bind_at(&self.path)
    }

    /// Mounts the file or folder at `path`. Creates a file or folder at `path` if there is none.
    pub(super) fn bind_at(&self, path: &Path) -> io::Result<()> {
        if fs::metadata(self.link())?.is_dir() {
            fs::create_dir_all(path)?;
        } else if !path.exists() {
            fs::create_dir_all(path.parent().unwrap_or(path))?;
            File::create(path)?;
        }
        mount_bind(self.link(), path).map_err(Into::into)
    }

    /// Mounts the file like [`bind`](Self::bind), but read-only.
    fn bind_read_only(&self, flags: MountFlags) -> io::Result<()> {
        self.bind()?;
        limit(&self.path, flags | MountFlags::RDONLY)
    }
}

/// Sets exactly these flags on the mount at `path`.
fn limit(path: impl AsRef<Path>, flags: MountFlags) -> io::Result<()> {
    mount_remount(path.as_ref(), flags | MountFlags::BIND, "").map_err(Into::into)
}

/// The upper layers of all overlays, in memory.
struct Layers {
    /// The folder of all layers.
    stage: Held,
    /// The number of layers.
    count: usize,
}

/// Builds the view in the engine's folder `dir`, and makes the view the root of this process. Mounts the files and
/// folders in `shared` without an overlay, so changes in them are permanent. Leaves out the machine's mounts in the
/// folder `hidden`.
pub(super) fn enter(dir: &Path, shared: &[PathBuf], hidden: &Path) -> Result<(), StepFailure> {
    let is_own = |path: &Path| OWN.iter().map(Path::new).chain([hidden, dir]).any(|own| path.starts_with(own));
    let systems = mounted().map_err(in_step("/proc/self/mountinfo"))?;
    let of_root = systems.iter().find(|one| one.path == Path::new("/")).map_or(MountFlags::empty(), flags_of);
    let systems = systems.into_iter().filter(|one| one.path != Path::new("/") && one.has_files && !is_own(&one.path));
    // This leaves out a mount that cannot be opened, perhaps because another mount covers it.
    let systems: Vec<(Mounted, Held)> =
        systems.filter_map(|one| Held::open(&one.path).ok().map(|held| (one, held))).collect();
    let held = |path: &Path| Held::open(path).map_err(in_step(path.display().to_string()));
    let shared = shared.iter().map(|path| held(path)).collect::<Result<Vec<_>, _>>()?;
    let ours = [dir.to_owned(), dir.join("s")].map(|path| held(&path));
    let devices: Vec<Held> = DEVICES.iter().filter_map(|name| Held::open(&Path::new("/dev").join(name)).ok()).collect();
    let sys = held(Path::new("/sys"))?;

    let mut layers = Layers::stage(dir, of_root)?;
    pivot_root(".", OLD).map_err(in_step("pivot_root"))?;
    std::env::set_current_dir("/").map_err(in_step("/"))?;
    own_dev(&devices).map_err(in_step("/dev"))?;
    mount_bind_recursive(sys.link(), "/sys").map_err(in_step("/sys"))?;
    limit("/sys", PLAINEST | MountFlags::RDONLY).map_err(in_step("/sys"))?;
    if fs::symlink_metadata("/var/run").is_ok_and(|meta| meta.is_dir()) {
        mount_bind("/run", "/var/run").map_err(in_step("/var/run"))?;
    }
    for (system, held) in &systems {
        layers.show(system, held);
    }
    for one in &shared {
        one.bind().map_err(in_step(one.path.display().to_string()))?;
    }
    // This comes last, because the engine's folder may be inside a shared folder.
    for (one, is_read_only) in ours.into_iter().zip([true, false]) {
        let one = one?;
        let bound = if is_read_only { one.bind_read_only(PLAIN) } else { one.bind() };
        bound.map_err(in_step(one.path.display().to_string()))?;
    }
    Ok(())
}

impl Layers {
    /// Builds the new root in the engine's folder `dir`: an overlay over the machine's root, with a new `/proc` and
    /// `/run`.
    fn stage(dir: &Path, flags: MountFlags) -> Result<Self, StepFailure> {
        let path = dir.join(STAGE);
        fs::create_dir_all(&path).map_err(in_step(STAGE))?;
        mount("tmpfs", &path, "tmpfs", MountFlags::NODEV, Some(c"mode=0700")).map_err(in_step("mount tmpfs"))?;
        let stage = Held::open(&path).map_err(in_step(STAGE))?;
        let root = path.join(STAGE);
        fs::create_dir(&root).map_err(in_step(STAGE))?;
        let mut layers = Self { stage, count: 0 };
        let lower = Held::open(Path::new("/")).map_err(in_step("/"))?;
        layers.overlay(&lower, &root, flags).map_err(in_step(OVERLAY))?;
        std::env::set_current_dir(&root).map_err(in_step(STAGE))?;
        for folder in ["dev", "proc", "run", "sys"] {
            fs::create_dir_all(folder).map_err(in_step(folder))?;
        }
        own_proc().map_err(in_step("/proc"))?;
        own_run().map_err(in_step("/run"))?;
        Ok(layers)
    }

    /// Mounts `lower` at `target` so that every change stays in memory. The upper folder gets the owner and the mode of
    /// `lower`.
    fn overlay(&mut self, lower: &Held, target: &Path, flags: MountFlags) -> io::Result<()> {
        let layer = PathBuf::from(self.stage.link()).join(self.count.to_string());
        self.count += 1;
        let (upper, work) = (layer.join("upper"), layer.join("work"));
        fs::create_dir(&layer)?;
        fs::create_dir(&upper)?;
        fs::create_dir(&work)?;
        let like = fs::metadata(lower.link())?;
        chown(&upper, Some(like.uid()), Some(like.gid()))?;
        fs::set_permissions(&upper, Permissions::from_mode(like.mode()))?;
        // Paths of descriptors contain no characters that need escaping.
        let layers = format!("lowerdir={},upperdir={},workdir={}", lower.link(), upper.display(), work.display());
        let layers = CString::new(layers).map_err(io::Error::other)?;
        mount("overlay", target, "overlay", flags | MountFlags::NODEV, Some(layers.as_c_str())).map_err(Into::into)
    }

    /// Mounts one of the machine's file systems in the view. If the file system cannot be the lower layer of an
    /// overlay, mounts it read-only.
    fn show(&mut self, system: &Mounted, held: &Held) {
        let is_dir = fs::metadata(held.link()).is_ok_and(|meta| meta.is_dir());
        if !is_dir && WRITTEN.iter().any(|written| system.path == Path::new(written)) {
            return;
        }
        let flags = flags_of(system);
        let is_laid = is_dir
            && !system.is_read_only
            && self.overlay(held, &held.path, flags).map_err(|error| note(&held.path, "read-only", &error)).is_ok();
        if !is_laid && let Err(error) = held.bind_read_only(flags | MountFlags::NODEV) {
            note(&held.path, "not shown", &error);
        }
    }
}

/// Unmounts the old root. Descriptors of its files cannot be used afterwards.
pub(super) fn leave() -> io::Result<()> {
    let old = Path::new("/").join(OLD);
    unmount(&old, UnmountFlags::DETACH)?;
    fs::remove_dir(old)
}

/// Returns the flags `NOEXEC` and `NOSUID`, if a file system of the machine has them.
fn flags_of(system: &Mounted) -> MountFlags {
    let mut flags = MountFlags::empty();
    flags.set(MountFlags::NOEXEC, system.is_no_exec);
    flags.set(MountFlags::NOSUID, system.is_no_suid);
    flags
}

/// Logs that a file system of the machine is read-only or missing in the view.
fn note(path: &Path, how: &str, error: &io::Error) {
    let _ = writeln!(io::stderr(), "level=info msg=\"{} is {how}: {error}\"", path.display());
}

/// Mounts a `/proc` of this PID namespace in the new root, which is the working directory. Settings of the whole
/// machine are read-only. The network's settings belong to the node, so they can be changed.
fn own_proc() -> io::Result<()> {
    mount("proc", "proc", "proc", PLAINEST, None)?;
    for path in KERNEL.into_iter().map(Path::new).filter(|path| path.exists()) {
        mount_bind(path, path)?;
        limit(path, PLAINEST | MountFlags::RDONLY)?;
    }
    mount_bind("proc/sys/net", "proc/sys/net")?;
    limit("proc/sys/net", PLAINEST)
}

/// Mounts the node's own `/run` in the new root, which is the working directory. This `/run` contains no other engine's
/// socket.
fn own_run() -> io::Result<()> {
    mount("tmpfs", "run", "tmpfs", PLAIN, Some(c"mode=0755"))?;
    for folder in ["run/lock", OLD] {
        fs::create_dir(folder)?;
    }
    Ok(())
}

/// Creates the node's own `/dev`, with its own terminals and the few devices that programs need. Programs can open no
/// other device, not even a device that they create. The devices are mounted read-only, so nobody can change their
/// owner and mode. Programs can still write to the devices.
fn own_dev(devices: &[Held]) -> io::Result<()> {
    mount("tmpfs", "/dev", "tmpfs", PLAIN, Some(c"mode=0755"))?;
    for device in devices {
        device.bind_read_only(MountFlags::NOSUID | MountFlags::NOEXEC)?;
    }
    for (link, target) in [
        ("fd", "/proc/self/fd"),
        ("stdin", "/proc/self/fd/0"),
        ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"),
        ("ptmx", "pts/ptmx"),
    ] {
        symlink(target, Path::new("/dev").join(link))?;
    }
    for folder in ["/dev/pts", "/dev/shm", "/dev/mqueue"] {
        fs::create_dir(folder)?;
    }
    let terminals = Some(c"newinstance,ptmxmode=0666,mode=0620,gid=5");
    mount("devpts", "/dev/pts", "devpts", MountFlags::NOSUID | MountFlags::NOEXEC, terminals)?;
    mount("tmpfs", "/dev/shm", "tmpfs", PLAIN, Some(c"mode=1777"))?;
    // A kernel may have been built without message queues.
    let _ = mount("mqueue", "/dev/mqueue", "mqueue", PLAINEST, None);
    Ok(())
}

/// Makes the init's own mounts read-only, because the lesson's shell can reach them by `/proc/1/root`. Devices on these
/// mounts cannot be opened any more. The kernel's file systems outside `/dev` keep their flags.
pub(super) fn lock() -> io::Result<()> {
    for one in mounted()? {
        if one.has_files || one.path.starts_with("/dev") {
            // This can fail for a mount that another mount covers. Nobody can reach such a mount.
            let _ = limit(&one.path, flags_of(&one) | MountFlags::NODEV | MountFlags::RDONLY);
        }
    }
    Ok(())
}
