//! A line of the screen: its normalized text, its volatile tokens, its shape.

use std::cell::OnceCell;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::normalize::normalize;
use super::volatile::{TextContext, Token, tokens};

/// Options for reading lines.
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

/// Replaces tabs, which an author may have pasted, by the spaces that a screen shows.
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

/// A line of the screen.
#[derive(Debug)]
pub(crate) struct ScreenLine {
    text: String,
    tokens: OnceCell<Vec<Token>>,
    shape: OnceCell<u64>,
}

impl ScreenLine {
    pub(super) fn new(line: &str, reading: &ReadOptions<'_>) -> Self {
        Self { text: reading.text(line), tokens: OnceCell::new(), shape: OnceCell::new() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    fn tokens(&self, reading: &ReadOptions<'_>) -> &[Token] {
        self.tokens.get_or_init(|| reading.tokens(&self.text))
    }

    pub(super) fn token_at(&self, at: usize, reading: &ReadOptions<'_>) -> Option<&Token> {
        let tokens = self.tokens(reading);
        tokens.binary_search_by_key(&at, |token| token.range.start).ok().map(|index| &tokens[index])
    }

    /// A hash of the line with every token replaced by its class.
    pub(super) fn shape(&self, reading: &ReadOptions<'_>) -> u64 {
        *self.shape.get_or_init(|| shape(&self.text, self.tokens(reading)))
    }
}

/// Returns a hash that is equal for all lines that differ only in tokens and, if widths vary, in spaces.
pub(super) fn shape(text: &str, tokens: &[Token]) -> u64 {
    let mut hasher = DefaultHasher::new();
    let flexible = tokens.iter().any(|token| token.class.varies());
    let mut at = 0;
    for token in tokens {
        hash_text(&text[at..token.range.start], flexible, &mut hasher);
        token.class.hash(&mut hasher);
        if token.class.fixed_length() {
            token.range.len().hash(&mut hasher);
        }
        at = token.range.end;
    }
    hash_text(&text[at..], flexible, &mut hasher);
    hasher.finish()
}

fn hash_text(text: &str, flexible: bool, hasher: &mut DefaultHasher) {
    if flexible {
        text.split(' ').filter(|word| !word.is_empty()).for_each(|word| word.hash(hasher));
    } else {
        text.hash(hasher);
    }
}
