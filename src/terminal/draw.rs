//! Turns a tree of blocks into lines of a given width.

use std::rc::Rc;

use anstyle::Style;
use mdbook_markdown::pulldown_cmark::BlockQuoteKind;
use unicode_width::UnicodeWidthStr;

use super::PageStyle;
use super::line::{Line, Run, wrap};
use super::look::Theme;
use super::tree::{BlockKind, Inline, MarkdownBlock, TextLook};
use crate::highlight::{self, CodePiece, Color};
use crate::text::percent;
use crate::text::quoted_code;
use crate::words::Words;

/// The fewest columns of indented text.
const NARROWEST: usize = 14;
/// A tab stop in code.
const TAB: usize = 8;

/// Draws blocks in a style.
pub(super) struct Pen<'w> {
    pub(super) style: PageStyle,
    pub(super) theme: Theme,
    pub(super) words: &'w Words,
    /// Whether code keeps its backquotes, because the caller draws it later.
    pub(super) keeps_backquotes: bool,
}

impl<'w> Pen<'w> {
    pub(super) fn new(style: &PageStyle, words: &'w Words) -> Self {
        let width = style.width.clamp(super::NARROWEST, super::WIDEST);
        let style = PageStyle { width, ..*style };
        Self { style, theme: Theme::new(style.color), words, keeps_backquotes: false }
    }

    /// Blocks with an empty line between them.
    pub(super) fn blocks(&self, nodes: &[MarkdownBlock], width: usize) -> Vec<Line> {
        self.apart(nodes, width, true)
    }

    fn apart(&self, nodes: &[MarkdownBlock], width: usize, loose: bool) -> Vec<Line> {
        let mut out: Vec<Line> = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let mut lines = self.block(node, width);
            if lines.is_empty() {
                continue;
            }
            let together = matches!(node.kind, BlockKind::Definition) && index > 0;
            if !out.is_empty() && loose && !together {
                out.push(Line::default());
            }
            out.append(&mut lines);
        }
        out
    }

    fn block(&self, node: &MarkdownBlock, width: usize) -> Vec<Line> {
        match &node.kind {
            BlockKind::Paragraph => wrap(&self.runs(&node.words, Style::new()), width),
            BlockKind::Heading(level) => self.heading(*level, &node.words, width),
            BlockKind::Term => wrap(&self.runs(&node.words, self.theme.strong()), width),
            BlockKind::Code { language, text } => self.code(text, language),
            BlockKind::List { first, loose } => self.list(*first, *loose, &node.blocks, width),
            BlockKind::Item { .. } | BlockKind::Group => self.blocks(&node.blocks, width),
            BlockKind::Quote(kind) => self.quote(*kind, &node.blocks, width),
            BlockKind::Table(table) => self.table(table, width),
            BlockKind::Rule if self.style.plain => Vec::new(),
            BlockKind::Rule => vec![Line::styled("─".repeat(width), self.theme.dim())],
            BlockKind::Footnote(label) => self.footnote(label, &node.blocks, width),
            BlockKind::Definition => self.indented(&node.blocks, 4, width),
        }
    }

    fn heading(&self, level: u8, words: &[Inline], width: usize) -> Vec<Line> {
        let mut lines = wrap(&self.runs(words, self.theme.heading(level)), width);
        // Without colours, an underline shows that it is a heading.
        if self.style.color == Color::None && !self.style.plain && level <= 2 {
            let wide = lines.iter().map(Line::width).max().unwrap_or(0);
            lines.push(Line::plain(if level == 1 { "═" } else { "─" }.repeat(wide)));
        }
        lines
    }

    /// Splits running text into runs of one style.
    pub(super) fn runs(&self, words: &[Inline], base: Style) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for inline in words {
            match inline {
                Inline::Break => runs.push(Run::new("\n", base)),
                Inline::Text { text, look } => {
                    let shown = match (self.style.plain, self.style.color) {
                        _ if look.code && self.keeps_backquotes => format!("`{text}`"),
                        (true, _) | (_, Color::None) if look.code && words.len() > 1 => quoted_code(text),
                        (true, _) if look.struck => self.words.say("page-struck", &[("text", text)]),
                        (false, Color::None) if look.struck => format!("~~{text}~~"),
                        _ => text.clone(),
                    };
                    let mut run = Run::new(shown, self.theme.text(look, base));
                    run.whole = look.code || is_address(text);
                    run.link = look.link.as_deref().and_then(|url| self.link(url));
                    runs.push(run);
                }
                Inline::Image { alt, look } => {
                    let said = if alt.is_empty() {
                        self.words.say("page-image-without-text", &[])
                    } else {
                        self.words.say("page-image", &[("alt", alt)])
                    };
                    let mut run = Run::new(said, self.theme.text(look, base));
                    run.link = look.link.as_deref().and_then(|url| self.link(url));
                    runs.push(run);
                }
                Inline::Address(address) => {
                    let mut run = Run::new(format!(" ({address})"), self.theme.dim());
                    run.whole = true;
                    runs.push(run);
                }
                Inline::Reference(label) => {
                    runs.push(Run::new(format!("[{label}]"), self.theme.text(&TextLook::default(), base)));
                }
            }
        }
        runs
    }

    /// The address that the terminal can open, if it may.
    fn link(&self, url: &str) -> Option<Rc<str>> {
        let web = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
        if !web || self.style.plain || self.style.color == Color::None {
            return None;
        }
        Some(percent::encode_url(url).into())
    }

    /// Draws code as it is written, never wrapped.
    pub(super) fn code(&self, text: &str, language: &str) -> Vec<Line> {
        let pieces = highlight::pieces(text.trim_end_matches('\n'), language);
        let lines = self.verbatim(&pieces);
        if !self.style.plain {
            return lines;
        }
        let mut out = vec![Line::plain(self.words.say("page-code", &[]))];
        out.extend(lines);
        out.push(Line::plain(self.words.say("page-code-end", &[])));
        out
    }

    /// Draws pieces of code line by line, indented by two columns unless plain.
    pub(super) fn verbatim(&self, pieces: &[CodePiece]) -> Vec<Line> {
        let mut lines = vec![Line::default()];
        let mut column = 0;
        for piece in pieces {
            let style = piece.class.map_or(Style::new(), |class| class.style(self.style.color));
            for (index, part) in piece.text.split('\n').enumerate() {
                if index > 0 {
                    lines.push(Line::default());
                    column = 0;
                }
                let mut text = String::new();
                for (index, part) in part.split('\t').enumerate() {
                    if index > 0 {
                        let gap = TAB - column % TAB;
                        text.push_str(&" ".repeat(gap));
                        column += gap;
                    }
                    text.push_str(part);
                    column += part.width();
                }
                if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
                    line.push(Run::new(text, style));
                }
            }
        }
        if lines.last().is_some_and(Line::is_empty) {
            lines.pop();
        }
        let indent = Run::new(if self.style.plain { "" } else { "  " }, Style::new());
        lines.into_iter().map(|line| Line { verbatim: true, ..line.behind(&indent) }).collect()
    }

    fn list(&self, first: Option<u64>, loose: bool, items: &[MarkdownBlock], width: usize) -> Vec<Line> {
        let mut out: Vec<Line> = Vec::new();
        let mut number = first.unwrap_or_default();
        for node in items {
            let BlockKind::Item { task, .. } = &node.kind else { continue };
            let marker = match first {
                Some(_) => format!("{number}. "),
                None if self.style.plain => "- ".to_owned(),
                None => "• ".to_owned(),
            };
            number = number.saturating_add(1);
            let marker = format!("{marker}{}", self.task(*task));
            if !out.is_empty() && loose {
                out.push(Line::default());
            }
            out.extend(self.marked(&marker, &node.blocks, loose, width));
        }
        out
    }

    fn task(&self, task: Option<bool>) -> String {
        match (task, self.style.plain) {
            (None, _) => String::new(),
            (Some(true), true) => format!("{}: ", self.words.say("page-task-done", &[])),
            (Some(false), true) => format!("{}: ", self.words.say("page-task-open", &[])),
            (Some(true), false) => "[x] ".to_owned(),
            (Some(false), false) => "[ ] ".to_owned(),
        }
    }

    /// Draws blocks with `marker` before their first line and as many spaces before the others.
    fn marked(&self, marker: &str, blocks: &[MarkdownBlock], loose: bool, width: usize) -> Vec<Line> {
        let style = self.theme.dim();
        if width < NARROWEST + marker.width() {
            let mut lines = vec![Line::styled(marker.trim_end(), style)];
            lines.extend(self.apart(blocks, width, loose));
            return lines;
        }
        // A long marker (plain, "Selesai: ") belongs to its text.
        let indent = if self.style.plain { marker.width().min(4) } else { marker.width() };
        let first = Run::new(marker, style);
        let rest = Run::new(" ".repeat(indent), Style::new());
        let inner = width - marker.width();
        let mut lines = self.apart(blocks, inner, loose).into_iter();
        let mut out = vec![lines.next().unwrap_or_default()];
        if let Some(line) = out.first_mut() {
            line.runs.insert(0, first);
        }
        out.extend(lines.map(|line| line.behind(&rest)));
        out
    }

    fn indented(&self, blocks: &[MarkdownBlock], by: usize, width: usize) -> Vec<Line> {
        if width < NARROWEST + by {
            return self.blocks(blocks, width);
        }
        let indent = Run::new(" ".repeat(by), Style::new());
        self.blocks(blocks, width - by).into_iter().map(|line| line.behind(&indent)).collect()
    }

    fn quote(&self, kind: Option<BlockQuoteKind>, blocks: &[MarkdownBlock], width: usize) -> Vec<Line> {
        let key = match kind {
            None => "page-quote",
            Some(BlockQuoteKind::Note) => "page-note",
            Some(BlockQuoteKind::Tip) => "page-tip",
            Some(BlockQuoteKind::Important) => "page-important",
            Some(BlockQuoteKind::Warning) => "page-warning",
            Some(BlockQuoteKind::Caution) => "page-caution",
        };
        let name = self.words.say(key, &[]);
        let style = self.theme.aside(kind);
        if self.style.plain {
            let mut out = vec![Line::plain(format!("{name}:"))];
            out.extend(self.indented(blocks, 2, width));
            return out;
        }
        let narrow = width < NARROWEST + 2;
        let mut inner = if kind.is_some() { vec![Line::styled(name, self.theme.bold(style))] } else { Vec::new() };
        inner.extend(self.blocks(blocks, if narrow { width } else { width - 2 }));
        let bar = Run::new(if narrow { "" } else { "│ " }, style);
        inner.into_iter().map(|line| line.behind(&bar)).collect()
    }

    fn footnote(&self, label: &str, blocks: &[MarkdownBlock], width: usize) -> Vec<Line> {
        let marker = if self.style.plain {
            format!("{}: ", self.words.say("page-footnote", &[("label", label)]))
        } else {
            format!("[{label}] ")
        };
        self.marked(&marker, blocks, true, width)
    }
}

/// Whether a text contains an address.
fn is_address(text: &str) -> bool {
    text.contains("://")
}
