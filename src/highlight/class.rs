//! The classes of pieces of code, and their styles.

use anstyle::{AnsiColor, Style};

use super::Color;

named_enum! {
    /// The class of a piece of code. There are few classes, so that a person can distinguish them.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Class {
        /// The prompt of a shell, or of a program in it.
        Prompt = "hl-prompt",
        /// The output of a command.
        Output = "hl-output",
        /// A gap to fill: `____`.
        Gap = "hl-gap",
        /// A comment.
        Comment = "hl-comment",
        /// A keyword or an instruction.
        Keyword = "hl-keyword",
        /// A quoted text.
        String = "hl-string",
        /// A number, `true`, an escape in a text.
        Constant = "hl-constant",
        /// A command, or a function's name.
        Function = "hl-function",
        /// An option of a command.
        Option = "hl-option",
        /// A variable.
        Variable = "hl-variable",
        /// The name of a value, a tag or an attribute.
        Key = "hl-key",
        /// A line that was added.
        Inserted = "hl-inserted",
        /// A line that was removed.
        Deleted = "hl-deleted",
    }
}

impl Class {
    /// Returns the style in a terminal. Uses only the colours that follow the user's theme and can be read on a light
    /// and a dark background: red, green, magenta and cyan, not bright.
    #[must_use]
    pub fn style(self, color: Color) -> Style {
        if color == Color::None {
            return Style::new();
        }
        match self {
            Self::Output | Self::Comment => Style::new().dimmed(),
            Self::Function => Style::new().bold(),
            Self::Gap => AnsiColor::Red.on_default().bold(),
            Self::Prompt | Self::String | Self::Inserted => AnsiColor::Green.on_default(),
            Self::Keyword | Self::Variable => AnsiColor::Magenta.on_default(),
            Self::Option | Self::Key => AnsiColor::Cyan.on_default(),
            Self::Constant | Self::Deleted => AnsiColor::Red.on_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_has_a_style_with_colours_only() {
        for class in Class::ALL {
            assert!(class.style(Color::None).is_plain(), "{class:?}");
            assert!(!class.style(Color::Ansi).is_plain(), "{class:?}");
        }
    }
}
