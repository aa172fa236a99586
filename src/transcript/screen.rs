//! The screen that a person sees, and the lines that have left the screen.

use std::mem;

use super::emulator::Emulator;
use super::scrollback::Scrollback;

/// A terminal's screen of a fixed size and its history.
pub struct Screen {
    emulator: Emulator,
    kept: Scrollback,
    /// The first bytes of a character that is not complete yet.
    partial: Vec<u8>,
}

/// The position of the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caret {
    /// The row, counted from the first row of the output.
    pub row: u64,
    /// The text of the cursor's line before the cursor, including spaces.
    pub before: String,
    /// Whether no text follows the cursor.
    pub last: bool,
}

impl Screen {
    /// Creates an empty screen of at least one cell.
    #[must_use]
    pub fn new(columns: u16, rows: u16) -> Self {
        let emulator = Emulator::new(usize::from(columns.max(1)), usize::from(rows.max(1)));
        Self { emulator, kept: Scrollback::default(), partial: Vec::new() }
    }

    /// Feeds output to the screen.
    pub fn feed(&mut self, bytes: &[u8]) {
        let joined;
        let mut rest = bytes;
        if !self.partial.is_empty() {
            self.partial.extend_from_slice(bytes);
            joined = mem::take(&mut self.partial);
            rest = &joined;
        }
        for chunk in rest.utf8_chunks() {
            self.emulator.feed(chunk.valid(), &mut self.kept);
            let invalid = chunk.invalid();
            if invalid.is_empty() {
                continue;
            }
            if invalid.as_ptr_range().end == rest.as_ptr_range().end && may_continue(invalid) {
                self.partial = invalid.to_vec();
            } else {
                self.emulator.feed("\u{fffd}", &mut self.kept);
            }
        }
    }

    /// Returns the position of the cursor.
    #[must_use]
    pub fn caret(&self) -> Caret {
        let (_, row) = self.emulator.cursor();
        let (before, after) = self.emulator.split_row();
        let mut line = String::from(self.kept.head());
        for (text, is_wrapped) in self.emulator.rows().take(row) {
            if is_wrapped { line.push_str(&text) } else { line.clear() }
        }
        let last = self.emulator.filled() <= row + 1 && after.trim_end().is_empty();
        Caret { row: self.kept.rows + row as u64, before: line + &before, last }
    }

    /// Returns all lines so far.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.collect(self.kept.clone(), false).0
    }

    /// Returns the lines above the cursor's line.
    #[must_use]
    pub fn lines_above(&self) -> Vec<String> {
        self.collect(self.kept.clone(), true).0
    }

    /// Returns all lines, and whether the middle was left out. Removes spaces at the end of each line, and blank lines
    /// at the end of the text.
    #[must_use]
    pub fn finish(mut self) -> (Vec<String>, bool) {
        if !self.partial.is_empty() {
            self.emulator.feed("\u{fffd}", &mut self.kept);
        }
        let kept = mem::take(&mut self.kept);
        self.collect(kept, false)
    }

    fn collect(&self, mut kept: Scrollback, above: bool) -> (Vec<String>, bool) {
        if self.emulator.is_alternate() {
            kept.clear();
        }
        // Leave out blank rows at the end, because they would push other lines out of the limits.
        let end = if above { self.emulator.cursor().1 } else { self.emulator.filled() };
        for (text, is_wrapped) in self.emulator.rows().take(end) {
            kept.push_text(text.chars());
            if !is_wrapped {
                kept.end_line();
            }
        }
        if above {
            kept.drop_head();
        }
        kept.into_lines()
    }
}

/// Whether these bytes can be the beginning of a character.
fn may_continue(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}
