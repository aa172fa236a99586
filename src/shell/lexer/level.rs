//! The constructs that can be open in shell text, and the roles of a word.

/// What unfinished text needs to be complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incomplete {
    /// The next line is joined to this one.
    Backslash,
    /// The lines of a here-document, up to its delimiter.
    HereDocument,
    /// The end of a quotation, a bracket or a block; a command after `|`, `&&` or `||`; the body of a function.
    Rest,
}

/// A construct that was opened and is not closed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Single,
    DollarSingle,
    Double,
    Backtick,
    /// `(`.
    Paren,
    /// `$(`, `<(`: a part of a word.
    Substitution,
    /// `((`, `$((`: no comments, keywords or here-documents inside.
    Arithmetic,
    /// `(` within arithmetic, and `a=(`.
    Term,
    /// `${`
    Parameter,
    /// `{ …; }`
    Brace,
    /// `[[ … ]]`
    Test,
    If,
    Loop,
    Case,
}

impl Level {
    pub(super) const fn is_quotation(self) -> bool {
        matches!(self, Self::Single | Self::DollarSingle | Self::Double)
    }

    /// Whether the construct is a part of a word.
    pub(super) const fn is_in_word(self) -> bool {
        !matches!(self, Self::Paren | Self::Brace | Self::Test | Self::If | Self::Loop | Self::Case)
    }
}

/// The role of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A program, an argument, an assignment.
    Word,
    /// A keyword after which a command may follow.
    Keyword,
    /// A keyword after which words follow that are not a command: `for`, `case`, `[[`.
    Head,
    /// A function's name.
    Name,
}
