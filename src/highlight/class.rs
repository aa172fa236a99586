//! The classes of pieces of code, and their styles.

use anstyle::{AnsiColor, Style};

use super::Color;

/// The class of a piece of code. There are few classes, so that a person can distinguish them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// The prompt of a shell, or of a program in it.
    Prompt,
    /// The output of a command.
    Output,
    /// A gap to fill: `____`.
    Gap,
    /// A comment.
    Comment,
    /// A keyword or an instruction.
    Keyword,
    /// A quoted text.
    String,
    /// A number, `true`, an escape in a text.
    Constant,
    /// A command, or a function's name.
    Function,
    /// An option of a command.
    Option,
    /// A variable.
    Variable,
    /// The name of a value, a tag or an attribute.
    Key,
    /// A line that was added.
    Inserted,
    /// A line that was removed.
    Deleted,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 13] = [
        Self::Prompt,
        Self::Output,
        Self::Gap,
        Self::Comment,
        Self::Keyword,
        Self::String,
        Self::Constant,
        Self::Function,
        Self::Option,
        Self::Variable,
        Self::Key,
        Self::Inserted,
        Self::Deleted,
    ];

    /// Returns the CSS class: `hl-keyword`.
    #[must_use]
    pub const fn css(self) -> &'static str {
        match self {
            Self::Prompt => "hl-prompt",
            Self::Output => "hl-output",
            Self::Gap => "hl-gap",
            Self::Comment => "hl-comment",
            Self::Keyword => "hl-keyword",
            Self::String => "hl-string",
            Self::Constant => "hl-constant",
            Self::Function => "hl-function",
            Self::Option => "hl-option",
            Self::Variable => "hl-variable",
            Self::Key => "hl-key",
            Self::Inserted => "hl-inserted",
            Self::Deleted => "hl-deleted",
        }
    }

    /// Returns the style in a terminal. Uses only the sixteen colours that follow the user's theme. On a light
    /// background: never yellow, white or bright colours. On a dark one: never dark blue or black, and no bright
    /// black, which is the background of some themes.
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
    fn class_has_a_style_with_colours_only() {
        for class in Class::ALL {
            assert!(class.style(Color::None).is_plain(), "{class:?}");
            assert!(!class.style(Color::Dark).is_plain() && !class.style(Color::Light).is_plain(), "{class:?}");
        }
    }
}
