//! Reads standard input byte by byte, so that later bytes stay for other readers. Ctrl-C ends the reading.

use std::io::{self, BufRead, Read};
use std::os::fd::OwnedFd;

use rustix::event::{PollFd, PollFlags, poll};

/// Standard input, which ends when `stop` is closed or has data.
pub(super) struct Input {
    stop: OwnedFd,
    byte: [u8; 1],
    full: bool,
}

impl Input {
    pub(super) fn new(stop: OwnedFd) -> Self {
        Self { stop, byte: [0], full: false }
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let count = there.len().min(into.len());
        into[..count].copy_from_slice(&there[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if !self.full {
            let stdin = io::stdin();
            loop {
                let mut fds = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.stop, PollFlags::IN)];
                match poll(&mut fds, None) {
                    Err(rustix::io::Errno::INTR) => continue,
                    other => drop(other?),
                }
                if !fds[1].revents().is_empty() {
                    return Ok(&[]);
                }
                break;
            }
            self.full = rustix::io::read(&stdin, &mut self.byte)? == 1;
        }
        Ok(if self.full { &self.byte } else { &[] })
    }

    fn consume(&mut self, amount: usize) {
        self.full &= amount == 0;
    }
}
