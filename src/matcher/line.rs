//! A line of the screen: its normalized text and its volatile tokens.

use std::cell::OnceCell;

use super::normalize::normalize;
use super::volatile::{TextContext, Token, tokens};

/// Options for reading expected lines and lines of the screen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReadOptions<'a> {
    pub(super) exact: bool,
    pub(super) dir: Option<&'a str>,
    pub(super) place: TextContext,
}

impl ReadOptions<'_> {
    pub(crate) const fn at(self, place: TextContext) -> Self {
        Self { place, ..self }
    }

    pub(super) fn tokens(&self, text: &str) -> Vec<Token> {
        if self.exact { Vec::new() } else { tokens(text, self.place, self.dir) }
    }

    pub(super) fn text(&self, line: &str) -> String {
        let line = expand_tabs(line);
        if self.exact { line.trim_end().to_owned() } else { normalize(&line).into_owned() }
    }
}

/// Replaces tabs by the spaces that a screen shows. An author may have pasted the tabs.
fn expand_tabs(line: &str) -> std::borrow::Cow<'_, str> {
    if !line.contains('\t') {
        return line.into();
    }
    let mut out = String::with_capacity(line.len() + 8);
    let mut column = 0;
    for c in line.chars() {
        if c == '\t' {
            let wide = 8 - column % 8;
            out.extend(std::iter::repeat_n(' ', wide));
            column += wide;
        } else {
            out.push(c);
            column += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        }
    }
    out.into()
}

#[derive(Debug)]
pub(crate) struct ScreenLine<'a> {
    text: String,
    pub(super) reading: ReadOptions<'a>,
    tokens: OnceCell<Vec<Token>>,
}

impl<'a> ScreenLine<'a> {
    pub(super) fn new(line: &str, reading: &ReadOptions<'a>) -> Self {
        Self { text: reading.text(line), reading: *reading, tokens: OnceCell::new() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn token_at(&self, at: usize) -> Option<&Token> {
        let tokens = self.tokens.get_or_init(|| self.reading.tokens(&self.text));
        tokens.binary_search_by_key(&at, |token| token.range.start).ok().map(|index| &tokens[index])
    }
}
