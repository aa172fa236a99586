//! Running a command: feeding the shell, reading its terminal, seeing the end.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, sleep_until, timeout};

use super::marks::Piece;
use super::shell::{LINE, Session, framed};
use super::{End, Input, Ran, SessionError};
use crate::transcript::Screen;

/// How long a write to the terminal may wait for room.
const WRITE: Duration = Duration::from_secs(2);

/// Why reading stopped.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The command ended.
    Status(i32),
    /// The shell ended.
    Exited(Option<i32>),
    /// Time is up.
    Time,
}

impl Session {
    /// Runs a command. `live` is given the bytes of its output as they come.
    pub async fn run(
        &mut self,
        input: Input<'_>,
        limit: Duration,
        live: &mut (dyn FnMut(&[u8]) + Send),
    ) -> Result<Ran, SessionError> {
        if !std::mem::take(&mut self.ready) {
            return Err(SessionError::Gone);
        }
        let begun = Instant::now();
        self.turn += 1;
        self.restore_terminal()?;
        let mut screen = Screen::new(self.columns, self.rows);
        let text = framed(input.text, self.turn);
        let sent = self.feed.try_write(&text).unwrap_or(0);
        let _ = sent;
        self.write(LINE.as_bytes()).await?;
        let stop = self
            .advance(begun + limit, false, &mut |bytes| {
                screen.feed(bytes);
                live(bytes);
            })
            .await?;
        let elapsed = begun.elapsed();
        let (lines, cut) = screen.finish();
        let end = match stop {
            Stop::Status(status) => {
                self.ready = true;
                End::Status(status)
            }
            Stop::Exited(status) => {
                self.end_all().await;
                End::ShellExited(status)
            }
            Stop::Time => {
                self.end_all().await;
                End::TimedOut { recovered: false }
            }
        };
        Ok(Ran { lines, cut, end, elapsed, cues_sent: 0 })
    }

    /// Types these bytes.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        timeout(WRITE, self.pty.write_all(bytes)).await.map_err(io::Error::from)?
    }

    /// Reads until the command of this turn ends.
    pub(super) async fn advance(
        &mut self,
        until: Instant,
        mut begun: bool,
        output: &mut (dyn FnMut(&[u8]) + Send),
    ) -> io::Result<Stop> {
        let time = sleep_until(until);
        tokio::pin!(time);
        loop {
            while let Some(piece) = self.marks.next() {
                match piece {
                    Piece::Text(length) if begun => output(self.marks.text(length)),
                    Piece::Begin(turn) if turn == self.turn => begun = true,
                    Piece::End(turn, status) if turn == self.turn && self.confirm(status) => {
                        return Ok(Stop::Status(status));
                    }
                    _ => {}
                }
            }
            tokio::select! {
                biased;
                () = &mut time => return Ok(Stop::Time),
                read = self.pty.read(&mut self.buffer) => match read {
                    Ok(length) if length > 0 => self.marks.push(&self.buffer[..length]),
                    _ => {
                        let status = self.child.wait().await?;
                        return Ok(Stop::Exited(status.code()));
                    }
                },
            }
        }
    }

    /// Whether the shell has reported this end by its other way too.
    fn confirm(&mut self, status: i32) -> bool {
        let mut bytes = [0; 8192];
        let length = rustix::io::read(&self.reports, &mut bytes).unwrap_or(0);
        let text = String::from_utf8_lossy(&bytes[..length]);
        let fields: Vec<&str> = text.split('\0').collect();
        for report in fields.chunks_exact(3) {
            if report[0] == self.turn.to_string() && report[1] == status.to_string() {
                report[2].clone_into(&mut self.directory);
                return true;
            }
        }
        false
    }
}
