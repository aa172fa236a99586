//! Turns a terminal's bytes into the lines that a person sees, and makes foreign text safe to show.
//!
//! The module does no I/O. `session` feeds a [`Screen`] while a command runs; `matcher` compares the resulting lines.

mod emulator;
#[cfg(test)]
mod oracle_tests;
mod sanitise;
mod screen;
mod scrollback;

pub use sanitise::{sanitise, sanitise_values};
pub use screen::{Caret, Screen};

/// Returns the lines that a person sees after these bytes, on a terminal of this size.
#[must_use]
pub fn plain(bytes: &[u8], columns: u16, rows: u16) -> Vec<String> {
    let mut screen = Screen::new(columns, rows);
    screen.feed(bytes);
    screen.finish().0
}
