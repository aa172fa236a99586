//! Input and output of questions.

use std::io::{self, BufRead, Write};

use crate::terminal::{Color, message};
use crate::words::Words;

/// A terminal at which a person answers questions.
pub struct Dialog<'a> {
    /// Messages in the person's language.
    pub words: &'a Words,
    /// Numbered lists and lines of input in place of a cursor.
    pub plain: bool,
    /// Colours for this terminal.
    pub color: Color,
    /// Columns of the terminal.
    pub width: usize,
    /// Where lines of input come from.
    pub input: &'a mut dyn BufRead,
    /// Where lists and questions go.
    pub output: &'a mut dyn Write,
}

impl Dialog<'_> {
    /// Prints a line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "{text}")
    }

    /// Prints a message of `words`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn say(&mut self, key: &str, args: &[(&str, &str)]) -> io::Result<()> {
        self.wrapped(&self.words.say(key, args))
    }

    /// Prints a message of `words` that depends on a count.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn count(&mut self, key: &str, count: usize) -> io::Result<()> {
        self.wrapped(&self.words.count(key, count, &[]))
    }

    /// Prints text, wrapped at word boundaries.
    fn wrapped(&mut self, text: &str) -> io::Result<()> {
        self.line(&message(text, "", self.width.max(20), self.color))
    }
}

impl std::fmt::Debug for Dialog<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dialog").field("plain", &self.plain).field("width", &self.width).finish_non_exhaustive()
    }
}
