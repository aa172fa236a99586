//! Starts processes from a thread that lives as long as this process: the kernel's parent-death signal follows the
//! *thread* that made the child, and a runtime's worker may end early.

use std::io;
use std::process::{Child, Command};
use std::sync::{OnceLock, mpsc};
use std::thread;

struct Job {
    command: Command,
    reply: mpsc::Sender<io::Result<Child>>,
}

/// Starts `command`.
pub(super) fn spawn(command: Command) -> io::Result<Child> {
    static SPAWNER: OnceLock<mpsc::Sender<Job>> = OnceLock::new();
    let gone = || io::Error::other("the spawning thread is gone");
    let jobs = SPAWNER.get_or_init(|| {
        let (sender, jobs) = mpsc::channel::<Job>();
        // Should there be no thread to be had, `jobs` is dropped and every send says so.
        let _ = thread::Builder::new().name("spawner".into()).spawn(move || {
            for mut job in jobs {
                let _ = job.reply.send(job.command.spawn());
            }
        });
        sender
    });
    let (reply, answer) = mpsc::channel();
    jobs.send(Job { command, reply }).map_err(|_| gone())?;
    answer.recv().map_err(|_| gone())?
}
