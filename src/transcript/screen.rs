//! What a person sees of a command's output: the screen, and the lines that have left it.
//!
//! Most output is plain text, for which no emulator is needed: lines are lines. Only the tail that would still be on
//! the screen is held back; the first other byte hands it to an emulator, which then does all the rest.

use std::collections::VecDeque;
use std::mem;

use super::emulator::Emulator;
use super::kept::Kept;

/// A terminal's screen of a fixed size and its history.
pub struct Screen {
    columns: usize,
    rows: usize,
    kept: Kept,
    state: State,
    /// The begin of a character whose rest has not come yet.
    partial: Vec<u8>,
}

enum State {
    Plain(Tail),
    Drawn(Box<Emulator>),
}

/// Plain lines that are still on the screen.
#[derive(Default)]
struct Tail {
    lines: VecDeque<String>,
    /// Rows that `lines` fill.
    filled: usize,
    /// The line of the cursor.
    line: String,
    /// A carriage return came and nothing after it.
    returned: bool,
}

/// Where the cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caret {
    /// Its row, counted from the first row of the output.
    pub row: u64,
    /// The text before it in its line, spaces and all.
    pub before: String,
    /// Nothing stands after it.
    pub last: bool,
}

impl Screen {
    /// An empty screen. A size without cells is taken as one cell.
    #[must_use]
    pub fn new(columns: u16, rows: u16) -> Self {
        Self {
            columns: usize::from(columns.max(1)),
            rows: usize::from(rows.max(1)),
            kept: Kept::default(),
            state: State::Plain(Tail::default()),
            partial: Vec::new(),
        }
    }

    /// Shows these bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        if let State::Plain(tail) = &mut self.state {
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
            self.state = State::Drawn(Box::new(emulator));
        }
        if let State::Drawn(emulator) = &mut self.state {
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

    /// Where the cursor is.
    #[must_use]
    pub fn caret(&self) -> Caret {
        match &self.state {
            State::Plain(tail) => {
                let above = rows_of(tail.line.len(), self.columns) - 1;
                // A carriage return goes to the begin of the row, not of the line.
                let column = if tail.returned { above * self.columns } else { tail.line.len() };
                let (before, after) = tail.line.split_at(column);
                let head = if tail.lines.is_empty() { self.kept.head() } else { "" };
                Caret {
                    row: self.kept.rows + (tail.filled + above) as u64,
                    before: format!("{head}{before}"),
                    last: after.trim_end().is_empty(),
                }
            }
            State::Drawn(emulator) => {
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

    /// The lines so far.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.collect(self.kept.clone(), false).0
    }

    /// The lines so far above the one the cursor is in.
    #[must_use]
    pub fn lines_above(&self) -> Vec<String> {
        self.collect(self.kept.clone(), true).0
    }

    /// All lines, right-trimmed, without blank ones at the end; and whether a middle part was left out.
    #[must_use]
    pub fn finish(mut self) -> (Vec<String>, bool) {
        if !mem::take(&mut self.partial).is_empty()
            && let State::Drawn(emulator) = &mut self.state
        {
            emulator.feed("\u{fffd}", &mut self.kept);
        }
        let kept = mem::take(&mut self.kept);
        self.collect(kept, false)
    }

    fn collect(&self, mut kept: Kept, above: bool) -> (Vec<String>, bool) {
        match &self.state {
            State::Plain(tail) => {
                for line in &tail.lines {
                    kept.push_line(line.clone());
                }
                if above {
                    kept.drop_head();
                } else {
                    kept.push_text(tail.line.chars());
                }
            }
            State::Drawn(emulator) => {
                if emulator.is_alternate() {
                    kept.clear();
                }
                // Blank rows at the end would push lines out of the bounds.
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
    /// Takes plain text and line ends from the begin of `bytes`; how many bytes that were.
    fn take(&mut self, bytes: &[u8], columns: usize, rows: usize, kept: &mut Kept) -> usize {
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

    fn end_line(&mut self, columns: usize, rows: usize, kept: &mut Kept) {
        self.filled += rows_of(self.line.len(), columns);
        self.lines.push_back(mem::take(&mut self.line));
        self.scroll(columns, rows, kept);
    }

    /// Lets go what has left the screen for certain.
    fn scroll(&mut self, columns: usize, rows: usize, kept: &mut Kept) {
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

/// Rows that a line of plain text fills.
fn rows_of(length: usize, columns: usize) -> usize {
    length.div_ceil(columns).max(1)
}

/// Whether these bytes, which are no character, can be the begin of one.
fn may_continue(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}
