//! The screen that a person sees, and the lines that have left it.
//!
//! Most output is plain text, which needs no emulator. Of plain text, only the lines that are still on the screen are
//! kept separately. The first byte that is not plain text passes them to an emulator, which handles all further
//! output.

use std::collections::VecDeque;
use std::mem;

use super::emulator::Emulator;
use super::scrollback::Scrollback;

/// A terminal's screen of a fixed size and its history.
pub struct Screen {
    columns: usize,
    rows: usize,
    kept: Scrollback,
    state: ScreenMode,
    /// The first bytes of a character that is not complete yet.
    partial: Vec<u8>,
}

enum ScreenMode {
    Plain(Tail),
    Drawn(Box<Emulator>),
}

/// Plain lines that are still on the screen.
#[derive(Default)]
struct Tail {
    lines: VecDeque<String>,
    /// The number of rows that `lines` fill.
    filled: usize,
    /// The line with the cursor.
    line: String,
    /// Whether the last character was a carriage return.
    returned: bool,
}

/// The position of the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caret {
    /// The row, counted from the first row of the output.
    pub row: u64,
    /// The text before the cursor in its line, with spaces.
    pub before: String,
    /// Whether no text follows the cursor.
    pub last: bool,
}

impl Screen {
    /// Makes an empty screen of at least one cell.
    #[must_use]
    pub fn new(columns: u16, rows: u16) -> Self {
        Self {
            columns: usize::from(columns.max(1)),
            rows: usize::from(rows.max(1)),
            kept: Scrollback::default(),
            state: ScreenMode::Plain(Tail::default()),
            partial: Vec::new(),
        }
    }

    /// Feeds output to the screen.
    pub fn feed(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        if let ScreenMode::Plain(tail) = &mut self.state {
            let plain = tail.take(bytes, self.columns, self.rows, &mut self.kept);
            rest = &bytes[plain..];
            if rest.is_empty() {
                return;
            }
            let Some(mut emulator) = Emulator::new(self.columns, self.rows) else { return };
            let tail = mem::take(tail);
            for line in tail.lines {
                emulator.feed(&line, &mut self.kept);
                emulator.feed("\r\n", &mut self.kept);
            }
            emulator.feed(&tail.line, &mut self.kept);
            if tail.returned {
                emulator.feed("\r", &mut self.kept);
            }
            self.state = ScreenMode::Drawn(Box::new(emulator));
        }
        if let ScreenMode::Drawn(emulator) = &mut self.state {
            let joined;
            if !self.partial.is_empty() {
                self.partial.extend_from_slice(rest);
                joined = mem::take(&mut self.partial);
                rest = &joined;
            }
            for chunk in rest.utf8_chunks() {
                emulator.feed(chunk.valid(), &mut self.kept);
                let invalid = chunk.invalid();
                if invalid.is_empty() {
                    continue;
                }
                if invalid.as_ptr_range().end == rest.as_ptr_range().end && may_continue(invalid) {
                    self.partial = invalid.to_vec();
                } else {
                    emulator.feed("\u{fffd}", &mut self.kept);
                }
            }
        }
    }

    /// Returns the position of the cursor.
    #[must_use]
    pub fn caret(&self) -> Caret {
        match &self.state {
            ScreenMode::Plain(tail) => {
                let above = rows_of(tail.line.len(), self.columns) - 1;
                // A carriage return moves to the beginning of the row, not of the line.
                let column = if tail.returned { above * self.columns } else { tail.line.len() };
                let (before, after) = tail.line.split_at(column);
                let head = if tail.lines.is_empty() { self.kept.head() } else { "" };
                Caret {
                    row: self.kept.rows + (tail.filled + above) as u64,
                    before: format!("{head}{before}"),
                    last: after.trim_end().is_empty(),
                }
            }
            ScreenMode::Drawn(emulator) => {
                let (_, row) = emulator.cursor();
                let (before, after) = emulator.split_row();
                let mut line = String::from(self.kept.head());
                for seen in emulator.rows().take(row) {
                    if seen.wrapped { line.push_str(&seen.text) } else { line.clear() }
                }
                let last = emulator.filled() <= row + 1 && after.trim_end().is_empty();
                Caret { row: self.kept.rows + row as u64, before: line + &before, last }
            }
        }
    }

    /// Returns all lines so far.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.collect(self.kept.clone(), false).0
    }

    /// Returns the lines above the one with the cursor.
    #[must_use]
    pub fn lines_above(&self) -> Vec<String> {
        self.collect(self.kept.clone(), true).0
    }

    /// Returns all lines, without spaces at their ends and without blank lines at the end, and whether the middle was
    /// left out.
    #[must_use]
    pub fn finish(mut self) -> (Vec<String>, bool) {
        if !mem::take(&mut self.partial).is_empty()
            && let ScreenMode::Drawn(emulator) = &mut self.state
        {
            emulator.feed("\u{fffd}", &mut self.kept);
        }
        let kept = mem::take(&mut self.kept);
        self.collect(kept, false)
    }

    fn collect(&self, mut kept: Scrollback, above: bool) -> (Vec<String>, bool) {
        match &self.state {
            ScreenMode::Plain(tail) => {
                for line in &tail.lines {
                    kept.push_line(line.clone());
                }
                if above {
                    kept.drop_head();
                } else {
                    kept.push_text(tail.line.chars());
                }
            }
            ScreenMode::Drawn(emulator) => {
                if emulator.is_alternate() {
                    kept.clear();
                }
                // Blank rows at the end would push other lines out of the limits.
                let end = if above { emulator.cursor().1 } else { emulator.filled() };
                for row in emulator.rows().take(end) {
                    kept.push_text(row.text.chars());
                    if !row.wrapped {
                        kept.end_line();
                    }
                }
                if above {
                    kept.drop_head();
                }
            }
        }
        kept.into_lines()
    }
}

impl Tail {
    /// Takes plain text and line ends from the beginning of `bytes`. Returns how many bytes it took.
    fn take(&mut self, bytes: &[u8], columns: usize, rows: usize, kept: &mut Scrollback) -> usize {
        let mut taken = 0;
        while let Some(&byte) = bytes.get(taken) {
            match byte {
                b'\r' => {
                    self.returned = true;
                    taken += 1;
                }
                b'\n' if self.returned => {
                    self.returned = false;
                    taken += 1;
                    self.end_line(columns, rows, kept);
                }
                b' '..=b'~' if !self.returned => {
                    let rest = &bytes[taken..];
                    let length = rest.iter().position(|byte| !matches!(byte, b' '..=b'~')).unwrap_or(rest.len());
                    self.line.push_str(str::from_utf8(&rest[..length]).unwrap_or_default());
                    taken += length;
                    self.scroll(columns, rows, kept);
                }
                _ => break,
            }
        }
        taken
    }

    fn end_line(&mut self, columns: usize, rows: usize, kept: &mut Scrollback) {
        self.filled += rows_of(self.line.len(), columns);
        self.lines.push_back(mem::take(&mut self.line));
        self.scroll(columns, rows, kept);
    }

    /// Moves lines that have left the screen to the scrollback.
    fn scroll(&mut self, columns: usize, rows: usize, kept: &mut Scrollback) {
        let here = rows_of(self.line.len(), columns);
        while let Some(line) = self.lines.front() {
            let height = rows_of(line.len(), columns);
            if self.filled - height + here < rows {
                break;
            }
            self.filled -= height;
            kept.rows += height as u64;
            if let Some(line) = self.lines.pop_front() {
                let spare = kept.push_line(line);
                if self.line.capacity() == 0 {
                    self.line = spare;
                }
            }
        }
        if here > rows {
            let gone = here - rows;
            kept.rows += gone as u64;
            kept.push_text(self.line.drain(..gone * columns));
        }
    }
}

/// Returns the number of rows that a line of plain text fills.
fn rows_of(length: usize, columns: usize) -> usize {
    length.div_ceil(columns).max(1)
}

/// Whether these bytes can be the beginning of a character.
fn may_continue(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}
