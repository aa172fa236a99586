//! The styles of a page's parts: with and without colours.

use anstyle::{AnsiColor, Style};
use mdbook_markdown::pulldown_cmark::BlockQuoteKind;

use crate::highlight::Color;

/// The styles. Their colours are chosen as those of [`Class`](crate::highlight::Class).
#[derive(Debug, Clone, Copy)]
pub(super) struct Theme {
    color: Color,
}

impl Theme {
    pub(super) const fn new(color: Color) -> Self {
        Self { color }
    }

    fn in_color(self, color: AnsiColor) -> Style {
        self.with(color.on_default())
    }

    /// Returns the style, if there are colours.
    pub(super) fn with(self, style: Style) -> Style {
        if self.color == Color::None { Style::new() } else { style }
    }

    pub(super) fn heading(self, level: u8) -> Style {
        match level {
            1 => self.with(AnsiColor::Cyan.on_default().bold().underline()),
            2 => self.with(AnsiColor::Cyan.on_default().bold()),
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
        self.in_color(AnsiColor::Cyan)
    }

    pub(super) fn aside(self, kind: Option<BlockQuoteKind>) -> Style {
        match kind {
            None => self.dim(),
            Some(BlockQuoteKind::Note) => self.in_color(AnsiColor::Cyan),
            Some(BlockQuoteKind::Tip) => self.in_color(AnsiColor::Green),
            Some(BlockQuoteKind::Important) => self.in_color(AnsiColor::Magenta),
            Some(BlockQuoteKind::Warning | BlockQuoteKind::Caution) => self.in_color(AnsiColor::Red),
        }
    }
}
