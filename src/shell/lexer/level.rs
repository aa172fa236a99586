//! What can be open in shell text, and what a word can be.

/// What unfinished text waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incomplete {
    /// The next line is joined to this one.
    Backslash,
    /// A here-document's lines, up to this delimiter.
    HereDocument(String),
    /// The end of a quotation that `'`, `"` or a backquote opened.
    Quote(char),
    /// `)` of `$(`, `<(`, `$((` or `a=(`.
    Substitution,
    /// `}` of `${`.
    Parameter,
    /// `)` of `(`.
    Parenthesis,
    /// `}` of `{`.
    Brace,
    /// The end of what this keyword began: `if`, `case`, `[[`, or `for` for all loops.
    Keyword(&'static str),
    /// A command after `|`, `&&`, `||`, or a function's body.
    Command,
}

/// Something that was opened and not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Single,
    DollarSingle,
    Double,
    Backtick,
    /// `(`
    Paren,
    /// `$(`, `<(`: a part of a word.
    Substitution,
    /// `((`, `$((`: no comments, keywords or here-documents inside.
    Arithmetic,
    /// `(` inside those, and `a=(`.
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

    /// Whether it is a part of a word.
    pub(super) const fn is_in_word(self) -> bool {
        matches!(
            self,
            Self::Single
                | Self::DollarSingle
                | Self::Double
                | Self::Backtick
                | Self::Substitution
                | Self::Arithmetic
                | Self::Term
                | Self::Parameter
        )
    }
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A program, an argument, an assignment.
    Word,
    /// A keyword; a command may follow.
    Keyword,
    /// A keyword; words that are no command follow: `for`, `case`, `[[`.
    Head,
    /// A function's name.
    Name,
}
