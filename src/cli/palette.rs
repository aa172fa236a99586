//! Finds out whether the person's terminal is dark or light, so that Dermaga can choose readable colours.

use std::io;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

use super::Settings;
use crate::terminal::Color;

/// Two requests: for the background colour, and for the terminal's attributes. Every terminal answers the second
/// request at once. So Dermaga does not wait for a terminal that does not know the first request.
const QUESTION: &[u8] = b"\x1b]11;?\x07\x1b[c";
/// The time limit for the next bytes of the terminal's answer, in tenths of a second. An answer over a slow connection
/// takes less time than this. Dermaga would take a later answer for typed keys.
const LIMIT: u8 = 20;

impl Settings {
    /// Returns the colours for this terminal. If the environment does not name the background, asks the terminal.
    pub(super) fn palette(&self) -> Color {
        if !self.color_out || !self.live {
            return if self.color_out { Color::Dark } else { Color::None };
        }
        if let Some(said) = self.variable("COLORFGBG").and_then(of_pair) {
            return said;
        }
        if self.variable("TERM").is_some_and(is_mute) {
            return Color::Dark;
        }
        match ask() {
            Ok(Some(answer)) => of_answer(&answer).unwrap_or(Color::Dark),
            // The background is unknown. Text without colours is readable on every background.
            Ok(None) => Color::None,
            Err(_) => Color::Dark,
        }
    }
}

/// Parses the value of `COLORFGBG`, such as `0;15`. The last number is the background.
fn of_pair(value: &str) -> Option<Color> {
    let background: u8 = value.rsplit(';').next()?.parse().ok()?;
    Some(if matches!(background, 7 | 9..=15) { Color::Light } else { Color::Dark })
}

/// Whether the terminal answers no requests, or has only one background.
fn is_mute(term: &str) -> bool {
    term == "linux" || term == "dumb" || term.starts_with("eterm")
}

/// Parses the terminal's answer, such as `ESC ] 11 ; rgb:ffff/ffff/dddd`.
fn of_answer(answer: &[u8]) -> Option<Color> {
    let answer = String::from_utf8_lossy(answer);
    let (_, colour) = answer.split_once("]11;rgb")?;
    let colour = colour.split_once(':')?.1.split(['\x07', '\x1b']).next()?;
    let part = |text: &str| {
        let most = 16_u32.checked_pow(u32::try_from(text.len()).ok()?)?.checked_sub(1).filter(|most| *most > 0)?;
        Some(u32::from_str_radix(text, 16).ok()? * 1000 / most)
    };
    let parts: Vec<u32> = colour.split('/').map(part).collect::<Option<_>>()?;
    let [red, green, blue, ..] = parts[..] else { return None };
    // The perceived brightness.
    Some(if (red * 299 + green * 587 + blue * 114) / 1000 > 500 { Color::Light } else { Color::Dark })
}

/// Asks the terminal for its background, then restores the terminal's mode. If the person has already typed, returns
/// `None` without asking, because reading the answer would discard the typed keys.
fn ask() -> io::Result<Option<Vec<u8>>> {
    let tty = rustix::fs::open("/dev/tty", OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
    let saved = tcgetattr(&tty)?;
    let mut raw = saved.clone();
    raw.make_raw();
    raw.special_codes[SpecialCodeIndex::VMIN] = 0;
    raw.special_codes[SpecialCodeIndex::VTIME] = LIMIT;
    tcsetattr(&tty, OptionalActions::Now, &raw)?;
    let answer = (|| {
        if poll(&mut [PollFd::new(&tty, PollFlags::IN)], Some(&Timespec { tv_sec: 0, tv_nsec: 0 }))? > 0 {
            return Ok(None);
        }
        rustix::io::write(&tty, QUESTION)?;
        let mut answer = Vec::new();
        while !is_whole(&answer) {
            let mut some = [0; 256];
            match rustix::io::read(&tty, &mut some)? {
                0 => break,
                length => answer.extend_from_slice(&some[..length]),
            }
        }
        Ok(Some(answer))
    })();
    tcsetattr(&tty, OptionalActions::Now, &saved)?;
    answer
}

/// Whether the answer to the second request, `ESC [ ? … c`, is complete.
fn is_whole(answer: &[u8]) -> bool {
    memchr::memmem::rfind(answer, b"\x1b[?").is_some_and(|at| answer[at..].contains(&b'c'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_and_dark_backgrounds_are_parsed() {
        assert_eq!(of_answer(b"\x1b]11;rgb:ffff/ffff/dddd\x07\x1b[?1;2c"), Some(Color::Light));
        assert_eq!(of_answer(b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\\x1b[?1;2c"), Some(Color::Dark));
        assert_eq!(of_answer(b"\x1b]11;rgba:fd/f6/e3/ff\x07"), Some(Color::Light));
        for broken in [&b"\x1b[?1;2c"[..], b"\x1b]11;rgb:/1/2\x07", b"\x1b]11;rgb:xx/1/2\x07", b"\x1b]11;rgb:1/2"] {
            assert_eq!(of_answer(broken), None, "{broken:?}");
        }
        assert_eq!((of_pair("0;15"), of_pair("15;default;0")), (Some(Color::Light), Some(Color::Dark)));
        assert_eq!((of_pair("15;8"), of_pair("x")), (Some(Color::Dark), None));
    }

    #[test]
    fn answer_is_complete_after_the_reply_to_the_second_request() {
        assert!(is_whole(b"\x1b]11;rgb:0/0/0\x07\x1b[?62;22c") && !is_whole(b"\x1b]11;rgb:cc/0/0\x07\x1b[?62"));
    }
}
