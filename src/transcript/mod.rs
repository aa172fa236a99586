//! Bytes of a terminal → the screen a person sees → its lines; and what makes foreign text safe to show.
//!
//! Pure. `session` feeds a [`Screen`] while a command runs; `judge` compares the lines that come out of it.

mod emulator;
mod kept;
#[cfg(test)]
mod oracle;
mod sanitise;
mod screen;

pub use sanitise::sanitise;
pub use screen::{Caret, Screen};

/// The lines a person sees after these bytes, on a terminal of this size.
#[must_use]
pub fn plain(bytes: &[u8], columns: u16, rows: u16) -> Vec<String> {
    let mut screen = Screen::new(columns, rows);
    screen.feed(bytes);
    screen.finish().0
}
