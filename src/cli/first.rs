//! Runs Dermaga as the first process of a container. Orphaned processes become children of the first process. An
//! engine's PID namespace ends only after the first process has waited for these children. Therefore the first process
//! only waits and passes signals on. The program runs as a child of the first process.

use std::ffi::OsString;
use std::fs::File;
use std::process::{Command, ExitCode};

use rustix::process::{Pid, Signal, WaitOptions, kill_process, wait};
use tokio::signal::unix::{SignalKind, signal};

/// Runs the program as a child of this process, if this process is the first of its PID namespace. Returns the
/// program's exit code, or 128 plus the number of the signal that ended the program. Returns `None` if this process is
/// not the first, or if the program cannot be started.
#[must_use]
pub fn lead(arguments: &[OsString]) -> Option<ExitCode> {
    if std::process::id() != 1 {
        return None;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    runtime.block_on(follow(arguments))
}

async fn follow(arguments: &[OsString]) -> Option<ExitCode> {
    // Listens for SIGCHLD before the program starts, so that the end of the program is not missed.
    let mut ended = signal(SignalKind::child()).ok()?;
    let mut told = [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt()].map(signal);
    let [Ok(terminate), Ok(hangup), Ok(interrupt)] = &mut told else { return None };
    let program = Command::new("/proc/self/exe").args(arguments.get(1..).unwrap_or_default()).spawn().ok()?;
    let program = i32::try_from(program.id()).ok().and_then(Pid::from_raw)?;
    // A terminal sends SIGINT to the program directly. This process passes SIGINT on only if there is no terminal.
    let alone = File::open("/dev/tty").is_err();
    loop {
        let pass_on = tokio::select! {
            _ = ended.recv() => None,
            _ = terminate.recv() => Some(Signal::TERM),
            _ = hangup.recv() => Some(Signal::HUP),
            _ = interrupt.recv() => alone.then_some(Signal::INT),
        };
        if let Some(signal) = pass_on {
            let _ = kill_process(program, signal);
        }
        while let Ok(Some((pid, status))) = wait(WaitOptions::NOHANG) {
            if pid == program {
                let code = status.exit_status().or_else(|| status.terminating_signal().map(|signal| 128 + signal));
                return Some(ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(super::exit::BUG)));
            }
        }
    }
}
