//! The classes of pieces of code, and their styles.

use anstyle::{AnsiColor, Style};

use super::Color;

named_enum! {
    /// The class of a piece of code. There are few classes, so that a person can distinguish their colours.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Class {
        /// The prompt of a shell, or of a program that runs in the shell.
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
    /// Returns the style in a terminal. The style uses only the sixteen colours that follow the user's theme. On a
    /// light background, the style avoids yellow, white and bright colours. On a dark background, the style avoids dark
    /// blue, black and bright black. Bright black is the background of some themes.
    #[must_use]
    pub fn style(self, color: Color) -> Style {
        let pick = |dark: AnsiColor, light: AnsiColor| match color {
            Color::None => Style::new(),
            Color::Dark => dark.on_default(),
            Color::Light => light.on_default(),
        };
        let styled = |style: Style| if color == Color::None { Style::new() } else { style };
        match self {
            Self::Prompt => pick(AnsiColor::Green, AnsiColor::Green),
            Self::Output | Self::Comment => styled(Style::new().dimmed()),
            Self::Gap => styled(pick(AnsiColor::BrightYellow, AnsiColor::Red).bold()),
            Self::Keyword => pick(AnsiColor::BrightMagenta, AnsiColor::Magenta),
            Self::String | Self::Inserted => pick(AnsiColor::BrightGreen, AnsiColor::Green),
            Self::Constant => pick(AnsiColor::BrightYellow, AnsiColor::Red),
            Self::Function => styled(Style::new().bold()),
            Self::Option | Self::Key => pick(AnsiColor::BrightCyan, AnsiColor::Blue),
            Self::Variable => pick(AnsiColor::BrightYellow, AnsiColor::Magenta),
            Self::Deleted => pick(AnsiColor::BrightRed, AnsiColor::Red),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_has_a_style_only_if_the_terminal_has_colours() {
        for class in Class::ALL {
            assert!(class.style(Color::None).is_plain(), "{class:?}");
            assert!(!class.style(Color::Dark).is_plain() && !class.style(Color::Light).is_plain(), "{class:?}");
        }
    }
}
