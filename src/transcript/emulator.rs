//! Wraps the terminal emulator, whose interface changes with every release.

use avt::observer::{Observation, Observer};
use avt::parser::{EdScope, Function};
use avt::{Line, Operation, ScreenKind, Terminal};

use super::scrollback::Scrollback;

/// A terminal's screen. Lines that leave the screen are moved to a [`Scrollback`].
pub(super) struct Emulator {
    /// The terminal is boxed, because it is large and futures hold a screen.
    terminal: Box<Terminal>,
}

impl Emulator {
    /// Creates an empty screen. Panics if the screen has no cells.
    pub(super) fn new(columns: usize, rows: usize) -> Self {
        let terminal = Terminal::new(columns, rows).unwrap_or_else(|error| panic!("{error}"));
        Self { terminal: Box::new(terminal) }
    }

    pub(super) fn feed(&mut self, text: &str, kept: &mut Scrollback) {
        // Terminals ignore the character DEL, but the emulator would show DEL.
        for text in text.split('\x7f') {
            self.terminal.feed_with(text, Leaving { kept, erased: false });
        }
    }

    /// Returns the column and row of the next character.
    pub(super) fn cursor(&self) -> (usize, usize) {
        let cursor = self.terminal.cursor();
        (cursor.col, cursor.row)
    }

    /// Returns the text of the cursor's row before the cursor, and the text after that.
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

    /// Whether a full-screen program (`less`, `vi`) shows its own screen, which is not part of the history.
    pub(super) fn is_alternate(&self) -> bool {
        self.terminal.active_screen_kind() == ScreenKind::Alternate
    }

    /// Returns the number of rows down to the last row with text.
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

    /// Returns the visible rows: the text of each row, as wide as the screen, and whether its line continues in the
    /// next row.
    pub(super) fn rows(&self) -> impl Iterator<Item = (String, bool)> {
        self.terminal.screen().visible_lines().map(|row| (row.text(), row.is_wrapped()))
    }
}

/// Collects the lines that leave the screen. If `ED 2` erases lines, the emulator moves them to the history. This
/// observer drops those lines, because a person no longer sees them. `ED 3` and a reset drop the history as well.
struct Leaving<'a> {
    kept: &'a mut Scrollback,
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
