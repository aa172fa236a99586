//! The terminal of the process: in raw mode while a shell runs in it, and restored afterwards.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// Resets modes of the terminal that a killed program may have left: the alternate screen, paste and mouse modes, a
/// hidden cursor.
const TIDY: &[u8] = b"\x1b[?1049l\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?25h\x1b[0m\x1b>";

/// The number of bytes that may wait for the terminal. If more bytes wait, the tutor does not read the shell's output.
const BACKLOG: usize = 64 << 10;
/// A flush gives up if the terminal accepts no bytes during this time.
const STALLED: Duration = Duration::from_secs(2);

/// The result of a wait for the terminal.
pub(super) enum TtyInput {
    /// The learner pressed these keys.
    Keys(Vec<u8>),
    /// The number of waiting bytes has fallen below the limit.
    CaughtUp,
    /// The terminal is gone.
    Gone,
}

/// The terminal of the process. Dropping this value restores the mode of the terminal.
pub(super) struct Tty {
    input: AsyncFd<OwnedFd>,
    /// Bytes that the terminal has not accepted yet.
    waiting: Vec<u8>,
    saved: Termios,
    raw: bool,
    /// Whether the cursor is known to be at the beginning of a line.
    at_line_start: bool,
    /// The number of lines that were printed since the last key.
    lines: usize,
}

impl Tty {
    /// Opens the controlling terminal of this process in non-blocking mode. Other descriptors of the terminal keep
    /// their mode.
    pub(super) fn open() -> io::Result<Self> {
        let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let tty = rustix::fs::open("/dev/tty", flags, Mode::empty())?;
        let saved = tcgetattr(&tty)?;
        #[expect(deprecated, reason = "what replaces it is unsafe; an owned descriptor is what it asks for")]
        let input = AsyncFd::with_interest(tty, Interest::READABLE | Interest::WRITABLE)?;
        Ok(Self { input, waiting: Vec::new(), saved, raw: false, at_line_start: true, lines: 0 })
    }

    /// Enters raw mode, in which the tutor receives each key at once.
    pub(super) fn enter_raw_mode(&mut self) -> io::Result<()> {
        let mut modes = self.saved.clone();
        modes.make_raw();
        tcsetattr(self.input.get_ref(), OptionalActions::Now, &modes)?;
        self.raw = true;
        Ok(())
    }

    /// Restores the terminal's mode, for questions that read lines.
    pub(super) fn restore_mode(&mut self) -> io::Result<()> {
        self.flush();
        tcsetattr(self.input.get_ref(), OptionalActions::Now, &self.saved)?;
        self.raw = false;
        Ok(())
    }

    /// Returns the columns and rows; 80 and 24 if they are unknown.
    pub(super) fn size(&self) -> (u16, u16) {
        let size = tcgetwinsize(self.input.get_ref()).ok().filter(|size| size.ws_col > 0 && size.ws_row > 0);
        size.map_or((80, 24), |size| (size.ws_col, size.ws_row))
    }

    /// Writes bytes of the shell unchanged.
    pub(super) fn write_raw(&mut self, bytes: &[u8]) {
        if let Some(&last) = bytes.last() {
            self.at_line_start = last == b'\n';
        }
        self.enqueue(bytes);
    }

    /// Prints text. If the cursor is not at the beginning of a line, begins a new line first.
    pub(super) fn print(&mut self, text: &str) {
        if !self.at_line_start {
            self.enqueue(b"\r\n");
        }
        self.lines += text.matches('\n').count();
        let lines = text.replace('\n', "\r\n");
        self.enqueue(lines.as_bytes());
        self.at_line_start = text.ends_with('\n');
    }

    /// Prints a line that the next output overwrites.
    pub(super) fn show_transient(&mut self, text: &str) {
        self.print(text);
        self.enqueue(b"\r");
        self.at_line_start = true;
    }

    /// Clears the line of [`show_transient`](Self::show_transient).
    pub(super) fn clear_transient(&mut self) {
        self.enqueue(b"\r\x1b[K");
        self.at_line_start = true;
    }

    /// Returns the number of lines that were printed since the last key.
    pub(super) const fn lines_since_key(&self) -> usize {
        self.lines
    }

    /// Records that the learner has read the screen, so that the count of printed lines begins at 0 again.
    pub(super) const fn set_read(&mut self) {
        self.lines = 0;
    }

    /// Records that the cursor is at the beginning of a line.
    pub(super) const fn set_at_line_start(&mut self) {
        self.at_line_start = true;
    }

    fn enqueue(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
        self.try_flush();
    }

    /// Writes as many bytes as the terminal accepts, and returns their number.
    fn try_flush(&mut self) -> usize {
        let mut gone = 0;
        while gone < self.waiting.len() {
            match rustix::io::write(self.input.get_ref(), &self.waiting[gone..]) {
                Ok(length) => gone += length,
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => break,
                // The terminal is gone, so nobody will see the bytes.
                Err(_) => gone = self.waiting.len(),
            }
        }
        self.waiting.drain(..gone);
        gone
    }

    /// Whether more bytes wait for the terminal than allowed.
    pub(super) const fn is_behind(&self) -> bool {
        self.waiting.len() > BACKLOG
    }

    /// Discards the waiting bytes, as a terminal does at an interrupt.
    pub(super) fn discard_output(&mut self) {
        if !self.waiting.is_empty() {
            // End any control sequence and style, because their ends may be among the discarded bytes.
            self.waiting = b"\x18\x1b[0m".to_vec();
        }
    }

    /// Waits until all bytes are written, or until the terminal has accepted no bytes for the time `STALLED`.
    pub(super) fn flush(&mut self) {
        let mut moved = Instant::now();
        loop {
            if self.try_flush() > 0 {
                moved = Instant::now();
            }
            if self.waiting.is_empty() || moved.elapsed() > STALLED {
                return;
            }
            let mut wait = [rustix::event::PollFd::new(self.input.get_ref(), rustix::event::PollFlags::OUT)];
            let _ = rustix::event::poll(&mut wait, Some(&rustix::event::Timespec { tv_sec: 0, tv_nsec: 10_000_000 }));
        }
    }

    /// Waits for keys, and writes waiting bytes. Returns `None` if the terminal is gone.
    pub(super) async fn read_keys(&mut self) -> Option<Vec<u8>> {
        loop {
            match self.next_input().await {
                TtyInput::Keys(keys) => return Some(keys),
                TtyInput::CaughtUp => {}
                TtyInput::Gone => return None,
            }
        }
    }

    /// Waits for keys, and writes waiting bytes. If too many bytes wait for the terminal, also returns when their
    /// number has fallen below the limit.
    pub(super) async fn next_input(&mut self) -> TtyInput {
        let mut buffer = [0; 4096];
        let was_behind = self.is_behind();
        loop {
            self.try_flush();
            if was_behind && !self.is_behind() {
                return TtyInput::CaughtUp;
            }
            let interest =
                if self.waiting.is_empty() { Interest::READABLE } else { Interest::READABLE | Interest::WRITABLE };
            let Ok(mut guard) = self.input.ready(interest).await else { return TtyInput::Gone };
            if guard.ready().is_readable() {
                match rustix::io::read(guard.get_inner(), &mut buffer) {
                    Ok(0) => return TtyInput::Gone,
                    Ok(length) => {
                        self.lines = 0;
                        return TtyInput::Keys(buffer[..length].to_vec());
                    }
                    Err(rustix::io::Errno::AGAIN) => guard.clear_ready_matching(tokio::io::Ready::READABLE),
                    Err(rustix::io::Errno::INTR) => {}
                    Err(_) => return TtyInput::Gone,
                }
            }
            if guard.ready().is_writable() && !self.waiting.is_empty() {
                guard.clear_ready_matching(tokio::io::Ready::WRITABLE);
            }
        }
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        if self.raw {
            self.enqueue(TIDY);
            if !self.at_line_start {
                self.enqueue(b"\r\n");
            }
        }
        self.flush();
        let _ = tcsetattr(self.input.get_ref(), OptionalActions::Now, &self.saved);
    }
}

/// Whether the process has a terminal.
pub(super) fn is_there() -> bool {
    File::open("/dev/tty").is_ok_and(|tty| tcgetattr(tty.as_fd()).is_ok())
}
