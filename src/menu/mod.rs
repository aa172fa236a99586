//! What a learner chooses before a lesson begins: which one, whether to fetch what it needs, whether to trust it.
//!
//! Everything can be asked in two ways: with a cursor, or as a numbered list and a line of input, where nothing depends
//! on colour, symbols or the cursor's place. Leaving with Esc or Ctrl-C is an answer like any other.

mod ask;
mod choose;
mod needs;
mod rows;
mod shelf;
mod trusts;
mod welcome;

use std::io::{self, BufRead, Write};

use crate::terminal::{Color, sentences};
use crate::words::Words;

pub use choose::{Choice, agrees, choose};
pub use needs::{Need, Presence, needs, size, total};
pub use rows::{mark, state};
pub use shelf::Shelf;
pub use trusts::trusts;
pub use welcome::{Found, welcome};

/// Someone to talk to.
pub struct Talk<'a> {
    /// In their language.
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

impl Talk<'_> {
    /// Says a line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "{text}")
    }

    /// Says a message of `words`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn say(&mut self, key: &str, args: &[(&str, &str)]) -> io::Result<()> {
        self.running(&self.words.say(key, args))
    }

    /// Says a message of `words` about so many.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn count(&mut self, key: &str, count: usize) -> io::Result<()> {
        self.running(&self.words.count(key, count, &[]))
    }

    /// Running text, in lines that end between words.
    fn running(&mut self, text: &str) -> io::Result<()> {
        self.line(&sentences(text, "", "", self.width.max(20), self.color))
    }
}

impl std::fmt::Debug for Talk<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Talk").field("plain", &self.plain).field("width", &self.width).finish_non_exhaustive()
    }
}

/// Why nobody could be asked.
#[derive(Debug, thiserror::Error)]
pub enum MenuError {
    /// The terminal could not be read or written.
    #[error("the terminal cannot be used")]
    Terminal(#[from] io::Error),
}
