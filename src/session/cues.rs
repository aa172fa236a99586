//! What is typed while a command runs, and when.

use crate::lesson::Key;

/// Something typed while the command runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// The prompt it is typed at, with its last space; a host name of 12 hexadecimal digits in it stands for any.
    pub prompt: Option<String>,
    /// What is typed.
    pub send: Send,
}

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Send {
    /// A line, with Enter.
    Line(String),
    /// A key.
    Key(Key),
}
