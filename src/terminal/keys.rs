//! Disables Ctrl-Z while a question with a cursor is open.

use std::io;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{InputModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

/// The character of Ctrl-Z.
const SUSPEND: u8 = 0x1a;
/// The value that stands for no key (`_POSIX_VDISABLE`).
const NONE: u8 = if cfg!(target_os = "linux") { 0 } else { 0xff };

/// Disables Ctrl-Z as long as the value exists. The prompts would read Ctrl-Z as a letter, and a suspended tutor could
/// not redraw its question.
#[derive(Debug)]
pub struct Keys(());

impl Keys {
    /// Makes the terminal raw, as the prompts do, and disables Ctrl-Z. The prompts do not change a terminal that is
    /// already raw. Without a terminal, does nothing, because the prompts report the missing terminal.
    #[must_use]
    pub fn hold() -> Self {
        if enable_raw_mode().is_ok() {
            let _ = swallow();
        }
        Self(())
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

/// Makes the kernel ignore Ctrl-Z. Sets Ctrl-Z as the key that resumes stopped output, and sets no key that stops
/// output.
fn swallow() -> io::Result<()> {
    let tty = rustix::fs::open("/dev/tty", OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
    let mut modes = tcgetattr(&tty)?;
    modes.input_modes |= InputModes::IXON;
    modes.special_codes[SpecialCodeIndex::VSTART] = SUSPEND;
    modes.special_codes[SpecialCodeIndex::VSTOP] = NONE;
    Ok(tcsetattr(&tty, OptionalActions::Now, &modes)?)
}
