//! Ends a command at its time limit, and all processes at the end of a session.

use std::io;
use std::time::Duration;

use rustix::process::{Signal, kill_process, kill_process_group};
use tokio::time::Instant;
use tracing::debug;

use super::command::{RunningCommand, StopReason};
use super::shell::{ARM, ShellSession};

/// The attempts to end a command at its time limit, in order. Each attempt comes with the time to wait for its effect.
const ATTEMPTS: [(Attempt, Duration); 6] = [
    (Attempt::Key(b"\x03"), Duration::from_millis(500)),
    (Attempt::Key(b"\x03"), Duration::from_millis(500)),
    (Attempt::Key(b"\x1c"), Duration::from_millis(500)),
    (Attempt::Signal(Signal::TERM), Duration::from_millis(500)),
    (Attempt::Signal(Signal::KILL), Duration::from_millis(500)),
    (Attempt::Arm, Duration::from_millis(500)),
];

/// The time limit for a program to end after `^D`. Docker may have to remove a container in this time.
const EOF_TIMEOUT: Duration = Duration::from_secs(2);

#[derive(Clone, Copy)]
enum Attempt {
    Key(&'static [u8]),
    Signal(Signal),
    /// Restore Dermaga's marks. The shell is at its prompt, but the command has removed the marks.
    Arm,
}

impl ShellSession {
    /// Ends the shell and every process that was started in the shell, even a process that is stopped or has left the
    /// terminal.
    pub async fn close(mut self) {
        self.end_all().await;
    }

    /// Ends a program that waits for input, by `^D` or an interrupt. Returns whether the shell can run another command.
    /// `^D` ends an inner shell, and with it the shell's container.
    pub(super) async fn leave(&mut self, job: &mut RunningCommand<'_>) -> io::Result<bool> {
        if !self.is_by_line() {
            self.write(b"\x04").await.unwrap_or_default();
            match self.advance(job, Instant::now() + EOF_TIMEOUT).await? {
                StopReason::Status(_) => return Ok(true),
                StopReason::Exited(_) => return Ok(false),
                StopReason::Time | StopReason::Waits => {}
            }
        }
        self.interrupt(job).await
    }

    /// Ends the running command. Returns whether the shell can run another command.
    pub(super) async fn interrupt(&mut self, job: &mut RunningCommand<'_>) -> io::Result<bool> {
        debug!("command is interrupted");
        for shell in [self.bash.leader, self.shell].into_iter().flatten() {
            let _ = kill_process(shell, Signal::CONT);
        }
        for (attempt, patience) in ATTEMPTS {
            match attempt {
                Attempt::Key(key) => self.write(key).await.unwrap_or_default(),
                Attempt::Signal(signal) => match self.bash.foreground() {
                    Some(group) if Some(group) != self.shell => {
                        let _ = kill_process_group(group, signal);
                        let _ = kill_process_group(group, Signal::CONT);
                    }
                    _ => continue,
                },
                Attempt::Arm if self.bash.foreground() == self.shell => {
                    self.restore_terminal()?;
                    self.write(ARM.as_bytes()).await.unwrap_or_default();
                }
                Attempt::Arm => continue,
            }
            match self.advance(job, Instant::now() + patience).await? {
                StopReason::Status(_) => return Ok(true),
                StopReason::Exited(_) => return Ok(false),
                StopReason::Time | StopReason::Waits => {}
            }
        }
        Ok(false)
    }

    /// Ends all processes of the session.
    pub(super) async fn end_all(&mut self) {
        self.ready = false;
        self.bash.end(self.shell).await;
    }
}
