//! The keys of a terminal while a question with a cursor is open.

use std::io;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{InputModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

/// Ctrl-Z.
const SUSPEND: u8 = 0x1a;
/// No key (`_POSIX_VDISABLE`).
const NONE: u8 = if cfg!(target_os = "linux") { 0 } else { 0xff };

/// While this lives, Ctrl-Z does nothing. The prompts would take it for the letter, and a tutor that were stopped could
/// not draw its question anew.
#[derive(Debug)]
pub struct Keys(());

impl Keys {
    /// Makes the terminal raw, as the prompts do, who leave one that is raw already as they find it. Where there is none,
    /// nothing is done: they say so themselves.
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

/// The kernel keeps the key that makes stopped output go on to itself; no key stops it here.
fn swallow() -> io::Result<()> {
    let tty = rustix::fs::open("/dev/tty", OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
    let mut modes = tcgetattr(&tty)?;
    modes.input_modes |= InputModes::IXON;
    modes.special_codes[SpecialCodeIndex::VSTART] = SUSPEND;
    modes.special_codes[SpecialCodeIndex::VSTOP] = NONE;
    Ok(tcsetattr(&tty, OptionalActions::Now, &modes)?)
}
