//! The terminal emulator, and all that we know of it: its interface changes with every release.

use avt::observer::{Observation, Observer};
use avt::parser::{EdScope, Function};
use avt::{Line, Operation, ScreenKind, Terminal};

use super::kept::Kept;

/// A terminal's screen; lines that leave it go to a [`Kept`].
pub(super) struct Emulator {
    terminal: Terminal,
}

/// A row of the screen.
pub(super) struct Row {
    /// Its text, as wide as the screen.
    pub(super) text: String,
    /// The line goes on in the next row.
    pub(super) wrapped: bool,
}

impl Emulator {
    /// An empty screen; `None` for a size without cells.
    pub(super) fn new(columns: usize, rows: usize) -> Option<Self> {
        Terminal::new(columns, rows).ok().map(|terminal| Self { terminal })
    }

    pub(super) fn feed(&mut self, text: &str, kept: &mut Kept) {
        // Terminals pass over DEL; the emulator would show it.
        for text in text.split('\x7f') {
            self.terminal.feed_with(text, Leaving { kept, erased: false });
        }
    }

    /// Column and row where the next character goes.
    pub(super) fn cursor(&self) -> (usize, usize) {
        let cursor = self.terminal.cursor();
        (cursor.col, cursor.row)
    }

    /// The text of the cursor's row before and from the cursor on.
    pub(super) fn split_row(&self) -> (String, String) {
        let (column, row) = self.cursor();
        let (mut before, mut after, mut at) = (String::new(), String::new(), 0);
        for cell in self.terminal.screen().line(row).into_iter().flat_map(Line::cells) {
            if cell.width() > 0 {
                if at < column { &mut before } else { &mut after }.push(cell.char());
            }
            at += 1;
        }
        (before, after)
    }

    /// A full-screen program (`less`, `vi`) shows its own screen, which is not part of the history.
    pub(super) fn is_alternate(&self) -> bool {
        self.terminal.active_screen_kind() == ScreenKind::Alternate
    }

    /// How many rows there are down to the last that is not blank.
    pub(super) fn filled(&self) -> usize {
        let is_filled = |line: &Line| line.is_wrapped() || !line.chars().all(char::is_whitespace);
        self.terminal
            .screen()
            .visible_lines()
            .zip(1..)
            .filter(|(line, _)| is_filled(line))
            .last()
            .map_or(0, |(_, row)| row)
    }

    /// The rows that are seen now.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row> {
        self.terminal.screen().visible_lines().map(|line| Row { text: line.text(), wrapped: line.is_wrapped() })
    }
}

/// Takes the lines that leave the screen. The emulator moves what `ED 2` erases to the history; a person does not
/// see it any more, so it is dropped here, and `ED 3` and a reset drop the history as well.
struct Leaving<'a> {
    kept: &'a mut Kept,
    erased: bool,
}

impl Observer for Leaving<'_> {
    type Output = ();

    fn before(&mut self, context: &mut Observation<'_>, operation: &Operation) {
        self.erased = false;
        let Operation::Function(function) = operation else { return };
        match function {
            Function::Ed(EdScope::All) => {
                self.erased = context.terminal().active_screen_kind() == ScreenKind::Primary;
                if self.erased && !self.kept.head().is_empty() {
                    self.kept.end_line();
                }
            }
            Function::Ed(EdScope::SavedLines) | Function::Ris => self.kept.clear(),
            _ => {}
        }
    }

    fn evicted(&mut self, _: &mut Observation<'_>, line: &Line) {
        self.kept.rows += 1;
        if self.erased {
            return;
        }
        self.kept.push_text(line.chars());
        if !line.is_wrapped() {
            self.kept.end_line();
        }
    }

    fn end(&mut self, _: &mut Observation<'_>) {}
}
