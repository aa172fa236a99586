//! The person's own terminal: raw while a shell runs in it, as it was before whenever we leave it.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};

use rustix::fs::{Mode, OFlags};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// What a program that was killed may have left: the alternate screen, pasting and mouse modes, a hidden cursor.
const TIDY: &[u8] = b"\x1b[?1049l\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?25h\x1b[0m\x1b>";

/// The terminal, restored when this is dropped.
pub(super) struct Terminal {
    input: AsyncFd<OwnedFd>,
    /// What is to be shown and did not fit yet.
    waiting: Vec<u8>,
    saved: Termios,
    raw: bool,
    /// The cursor is known to stand at the begin of a line.
    at_line_start: bool,
}

impl Terminal {
    /// The terminal that controls this process. It is opened anew, so that not to block on it is nobody else's matter.
    pub(super) fn open() -> io::Result<Self> {
        let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let tty = rustix::fs::open("/dev/tty", flags, Mode::empty())?;
        let saved = tcgetattr(&tty)?;
        #[expect(deprecated, reason = "what replaces it is unsafe; an owned descriptor is what it asks for")]
        let input = AsyncFd::with_interest(tty, Interest::READABLE | Interest::WRITABLE)?;
        Ok(Self { input, waiting: Vec::new(), saved, raw: false, at_line_start: true })
    }

    /// Every key comes at once and as it is.
    pub(super) fn raw(&mut self) -> io::Result<()> {
        let mut modes = self.saved.clone();
        modes.make_raw();
        tcsetattr(self.input.get_ref(), OptionalActions::Now, &modes)?;
        self.raw = true;
        Ok(())
    }

    /// As it was before; for questions that read lines.
    pub(super) fn cooked(&mut self) -> io::Result<()> {
        self.flush();
        tcsetattr(self.input.get_ref(), OptionalActions::Now, &self.saved)?;
        self.raw = false;
        Ok(())
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> (u16, u16) {
        let size = tcgetwinsize(self.input.get_ref()).ok().filter(|size| size.ws_col > 0 && size.ws_row > 0);
        size.map_or((80, 24), |size| (size.ws_col, size.ws_row))
    }

    /// Shows bytes of the shell as they are.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        if let Some(&last) = bytes.last() {
            self.at_line_start = last == b'\n';
        }
        self.put(bytes);
    }

    /// Says text of ours, on lines of its own.
    pub(super) fn say(&mut self, text: &str) {
        if !self.at_line_start {
            self.put(b"\r\n");
        }
        let lines = text.replace('\n', "\r\n");
        self.put(lines.as_bytes());
        self.at_line_start = text.ends_with('\n');
    }

    /// Says a line that the next word takes the place of.
    pub(super) fn say_for_now(&mut self, text: &str) {
        self.say(text);
        self.put(b"\r");
        self.at_line_start = true;
    }

    /// Takes that line away.
    pub(super) fn unsay(&mut self) {
        self.put(b"\r\x1b[K");
        self.at_line_start = true;
    }

    /// The cursor stands at the begin of a line, as the shell has put it there.
    pub(super) const fn is_at_line_start(&mut self) {
        self.at_line_start = true;
    }

    fn put(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
        self.try_flush();
    }

    fn try_flush(&mut self) {
        while !self.waiting.is_empty() {
            match rustix::io::write(self.input.get_ref(), &self.waiting) {
                Ok(length) => drop(self.waiting.drain(..length)),
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => return,
                // Nobody will see it.
                Err(_) => self.waiting.clear(),
            }
        }
    }

    /// Whether so much waits to be shown that no more should be made.
    pub(super) const fn is_behind(&self) -> bool {
        self.waiting.len() > 64 << 10
    }

    /// Waits until all is shown, for a while.
    pub(super) fn flush(&mut self) {
        for _ in 0..200 {
            self.try_flush();
            if self.waiting.is_empty() {
                return;
            }
            let mut wait = [rustix::event::PollFd::new(self.input.get_ref(), rustix::event::PollFlags::OUT)];
            let _ = rustix::event::poll(&mut wait, Some(&rustix::event::Timespec { tv_sec: 0, tv_nsec: 10_000_000 }));
        }
    }

    /// Waits for keys, and shows what waits meanwhile. `None` when the terminal is gone.
    pub(super) async fn keys(&mut self) -> Option<Vec<u8>> {
        let mut buffer = [0; 4096];
        loop {
            self.try_flush();
            let interest =
                if self.waiting.is_empty() { Interest::READABLE } else { Interest::READABLE | Interest::WRITABLE };
            let mut guard = self.input.ready(interest).await.ok()?;
            if guard.ready().is_readable() {
                match rustix::io::read(guard.get_inner(), &mut buffer) {
                    Ok(0) => return None,
                    Ok(length) => return Some(buffer[..length].to_vec()),
                    Err(rustix::io::Errno::AGAIN) => guard.clear_ready_matching(tokio::io::Ready::READABLE),
                    Err(rustix::io::Errno::INTR) => {}
                    Err(_) => return None,
                }
            }
            if guard.ready().is_writable() && !self.waiting.is_empty() {
                guard.clear_ready_matching(tokio::io::Ready::WRITABLE);
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if self.raw {
            self.put(TIDY);
            if !self.at_line_start {
                self.put(b"\r\n");
            }
        }
        self.flush();
        let _ = tcsetattr(self.input.get_ref(), OptionalActions::Now, &self.saved);
    }
}

/// Whether there is a terminal to speak to.
pub(super) fn is_there() -> bool {
    File::open("/dev/tty").is_ok_and(|tty| tcgetattr(tty.as_fd()).is_ok())
}
