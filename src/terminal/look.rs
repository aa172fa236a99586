//! Defines the styles of a page's parts for dark and light terminals. A page without colours is written without
//! any style.

use anstyle::{AnsiColor, Style};
use mdbook_markdown::pulldown_cmark::BlockQuoteKind;

use crate::highlight::Color;

/// The style of bold text.
pub(super) const STRONG: Style = Style::new().bold();
/// The style of signs and other text that matters less.
pub(super) const DIM: Style = Style::new().dimmed();

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
            Color::Light => light.on_default(),
            Color::Dark | Color::None => dark.on_default(),
        }
    }

    pub(super) fn heading(self, level: u8) -> Style {
        match level {
            1 => self.pick(AnsiColor::BrightBlue, AnsiColor::Blue).bold().underline(),
            2 => self.pick(AnsiColor::BrightBlue, AnsiColor::Blue).bold(),
            _ => STRONG,
        }
    }

    pub(super) fn code(self) -> Style {
        self.pick(AnsiColor::BrightCyan, AnsiColor::Magenta)
    }

    pub(super) fn aside(self, kind: Option<BlockQuoteKind>) -> Style {
        match kind {
            None => DIM,
            Some(BlockQuoteKind::Note) => self.pick(AnsiColor::BrightBlue, AnsiColor::Blue),
            Some(BlockQuoteKind::Tip) => self.pick(AnsiColor::BrightGreen, AnsiColor::Green),
            Some(BlockQuoteKind::Important) => self.pick(AnsiColor::BrightMagenta, AnsiColor::Magenta),
            Some(BlockQuoteKind::Warning) => self.pick(AnsiColor::BrightYellow, AnsiColor::Red),
            Some(BlockQuoteKind::Caution) => self.pick(AnsiColor::BrightRed, AnsiColor::Red),
        }
    }
}
