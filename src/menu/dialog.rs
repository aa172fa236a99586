//! Writes questions to a terminal, and reads the answers.

use std::io::{self, BufRead, Write};

use crate::terminal::{Color, message};
use crate::words::Words;

/// A terminal at which a person answers questions.
pub struct Dialog<'a> {
    /// Messages in the person's language.
    pub words: &'a Words,
    /// Whether to use numbered lists and lines of input instead of a cursor.
    pub plain: bool,
    /// The colours of the terminal.
    pub color: Color,
    /// The columns of the terminal.
    pub width: usize,
    /// The source of the lines of input.
    pub input: &'a mut dyn BufRead,
    /// The destination of lists and questions.
    pub output: &'a mut dyn Write,
}

impl Dialog<'_> {
    /// Prints a line.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "{text}")
    }

    /// Prints a message of `words`.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub fn say(&mut self, key: &str, args: &[(&str, &str)]) -> io::Result<()> {
        self.wrapped(&self.words.say(key, args))
    }

    /// Prints a message of `words` that depends on a count.
    ///
    /// # Errors
    /// Fails if the output cannot be written.
    pub fn count(&mut self, key: &str, count: usize) -> io::Result<()> {
        self.wrapped(&self.words.count(key, count, &[]))
    }

    /// Prints text, wrapped at word boundaries.
    fn wrapped(&mut self, text: &str) -> io::Result<()> {
        self.line(&message(text, "", self.width.max(20), self.color))
    }
}
