//! Defines the styles of a page's parts for dark terminals, for light terminals, and without colours.

use anstyle::{AnsiColor, Style};
use mdbook_markdown::pulldown_cmark::BlockQuoteKind;

use crate::highlight::Color;

/// A theme for one kind of terminal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Theme {
    color: Color,
}

impl Theme {
    pub(super) const fn new(color: Color) -> Self {
        Self { color }
    }

    fn pick(self, dark: AnsiColor, light: AnsiColor) -> Style {
        match self.color {
            Color::None => Style::new(),
            Color::Dark => dark.on_default(),
            Color::Light => light.on_default(),
        }
    }

    /// Returns the style, or a plain style if there are no colours.
    pub(super) fn with(self, style: Style) -> Style {
        if self.color == Color::None { Style::new() } else { style }
    }

    pub(super) fn heading(self, level: u8) -> Style {
        match level {
            1 => self.with(self.pick(AnsiColor::BrightBlue, AnsiColor::Blue).bold().underline()),
            2 => self.with(self.pick(AnsiColor::BrightBlue, AnsiColor::Blue).bold()),
            _ => self.with(Style::new().bold()),
        }
    }

    pub(super) fn strong(self) -> Style {
        self.with(Style::new().bold())
    }

    pub(super) fn bold(self, style: Style) -> Style {
        self.with(style.bold())
    }

    pub(super) fn dim(self) -> Style {
        self.with(Style::new().dimmed())
    }

    pub(super) fn code(self) -> Style {
        self.pick(AnsiColor::BrightCyan, AnsiColor::Magenta)
    }

    pub(super) fn aside(self, kind: Option<BlockQuoteKind>) -> Style {
        match kind {
            None => self.dim(),
            Some(BlockQuoteKind::Note) => self.pick(AnsiColor::BrightBlue, AnsiColor::Blue),
            Some(BlockQuoteKind::Tip) => self.pick(AnsiColor::BrightGreen, AnsiColor::Green),
            Some(BlockQuoteKind::Important) => self.pick(AnsiColor::BrightMagenta, AnsiColor::Magenta),
            Some(BlockQuoteKind::Warning) => self.pick(AnsiColor::BrightYellow, AnsiColor::Red),
            Some(BlockQuoteKind::Caution) => self.pick(AnsiColor::BrightRed, AnsiColor::Red),
        }
    }
}
