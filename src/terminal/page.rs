//! Reads Markdown with the site's parser and draws the text block by block.
//!
//! Every text is sanitised. Lists and quotes that are nested deeper than [`DEEPEST`] are drawn at that depth.

use std::iter::Peekable;

use anstyle::Style;
use mdbook_markdown::pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, OffsetIter, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use super::draw::{NARROWEST, Pen, beside};
use super::line::{Line, Run, wrap};
use super::look::{DIM, STRONG};
use super::running_text::{self, RunningText};
use super::tags;
use crate::highlight::Color;
use crate::transcript::sanitise;

/// The deepest nesting of lists and quotes that is drawn.
const DEEPEST: usize = 24;

/// A Markdown text that is being drawn.
pub(super) struct Page<'p, 't> {
    pub(super) pen: &'p Pen<'p>,
    pub(super) events: Peekable<OffsetIter<'t>>,
    /// Whether to draw a block that begins at this byte.
    is_shown: &'p dyn Fn(usize) -> bool,
    /// The number of open lists, quotes and other blocks that contain blocks.
    depth: usize,
}

/// The lines of each block in a container.
#[derive(Default)]
struct Blocks {
    blocks: Vec<Vec<Line>>,
    /// Whether at least one block is a paragraph. If an item of a list has a paragraph, empty lines separate the items.
    has_paragraph: bool,
}

impl Blocks {
    fn push(&mut self, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.blocks.push(lines);
        }
    }

    /// Returns the lines of all blocks, with an empty line between two blocks if `loose` is true.
    fn lines(self, loose: bool) -> Vec<Line> {
        let gap = if loose { vec![Line::default()] } else { Vec::new() };
        self.blocks.join(&gap[..])
    }
}

impl<'p, 't> Page<'p, 't> {
    /// Reads `text` without smart punctuation, so that the reader can type `--update` as the page shows it.
    pub(super) fn new(pen: &'p Pen<'p>, text: &'t str, is_shown: &'p dyn Fn(usize) -> bool) -> Self {
        let mut options = MarkdownOptions::default();
        options.smart_punctuation = false;
        let events = new_cmark_parser(text, &options).into_offset_iter().peekable();
        Self { pen, events, is_shown, depth: 0 }
    }

    /// Draws the whole text.
    pub(super) fn draw(mut self, width: usize) -> Vec<Line> {
        self.blocks(width).lines(true)
    }

    /// Returns the runs of all paragraphs, or `None` if the text has a block that is not a paragraph.
    pub(super) fn only_paragraphs(mut self) -> Option<Vec<Run>> {
        let mut runs: Vec<Run> = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::Paragraph) if runs.is_empty() => {}
                Event::Start(Tag::Paragraph) => runs.push(Run::new(" ", Style::new())),
                Event::End(TagEnd::Paragraph) => continue,
                _ => return None,
            }
            runs.extend(self.running_text(Style::new()).runs);
        }
        Some(runs)
    }

    /// Draws the blocks up to the end of their container.
    fn blocks(&mut self, width: usize) -> Blocks {
        let mut drawn = Blocks::default();
        // The number of open containers that are nested too deep. The blocks of these containers become blocks of this
        // container.
        let mut skipped = 0;
        loop {
            // Text outside paragraphs becomes a paragraph.
            let text = self.running_text(Style::new());
            if (self.is_shown)(text.begin) {
                drawn.push(paragraph(&text.runs, width));
            }
            let Some((event, range)) = self.events.next() else { return drawn };
            match event {
                Event::Start(tag) if self.depth >= DEEPEST && is_container(&tag) => skipped += 1,
                Event::Start(tag) if is_container(&tag) => self.container(tag, width, &mut drawn),
                Event::Start(tag) => {
                    drawn.has_paragraph |= tag == Tag::Paragraph;
                    let lines = self.leaf(tag, width);
                    if (self.is_shown)(range.start) {
                        drawn.push(lines);
                    }
                }
                Event::End(_) if skipped > 0 => skipped -= 1,
                Event::End(_) => return drawn,
                Event::Rule if !self.pen.style.plain && (self.is_shown)(range.start) => {
                    drawn.push(vec![Line::styled("─".repeat(width), DIM)]);
                }
                _ => {}
            }
        }
    }

    /// Draws a block that contains other blocks. Draws nothing if none of the inner blocks is shown.
    fn container(&mut self, tag: Tag<'t>, width: usize, around: &mut Blocks) {
        self.depth += 1;
        match tag {
            Tag::List(first) => around.push(self.list(first, width)),
            Tag::BlockQuote(kind) => around.push(self.quote(kind, width)),
            Tag::FootnoteDefinition(label) => {
                let label = sanitise(&label);
                let marker = if self.pen.style.plain {
                    format!("{}: ", self.pen.words.say("page-footnote", &[("label", &label)]))
                } else {
                    format!("[{label}] ")
                };
                let blocks = self.blocks(beside(&marker, width));
                around.push(self.pen.marked(&marker, blocks.lines(true), width));
            }
            // A definition stands directly below its term.
            Tag::DefinitionListDefinition => {
                let lines = self.indented(4, width);
                match around.blocks.last_mut() {
                    Some(term) => term.extend(lines),
                    None => around.push(lines),
                }
            }
            _ => self.blocks(width).blocks.into_iter().for_each(|lines| around.push(lines)),
        }
        self.depth -= 1;
    }

    fn list(&mut self, first: Option<u64>, width: usize) -> Vec<Line> {
        let mut items: Vec<(String, Blocks)> = Vec::new();
        let mut number = first.unwrap_or_default();
        while let Some((Event::Start(_), _)) = self.events.next() {
            let marker = match first {
                Some(_) => format!("{number}. "),
                None if self.pen.style.plain => "- ".to_owned(),
                None => "• ".to_owned(),
            };
            number = number.saturating_add(1);
            let blocks = self.blocks(beside(&marker, width));
            items.push((marker, blocks));
        }
        let loose = items.iter().any(|(_, blocks)| blocks.has_paragraph);
        let mut list = Blocks::default();
        for (marker, blocks) in items {
            list.push(self.pen.marked(&marker, blocks.lines(loose), width));
        }
        list.lines(loose)
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>, width: usize) -> Vec<Line> {
        let pen = self.pen;
        let key = match kind {
            None => "page-quote",
            Some(BlockQuoteKind::Note) => "page-note",
            Some(BlockQuoteKind::Tip) => "page-tip",
            Some(BlockQuoteKind::Important) => "page-important",
            Some(BlockQuoteKind::Warning) => "page-warning",
            Some(BlockQuoteKind::Caution) => "page-caution",
        };
        let name = pen.words.say(key, &[]);
        let style = pen.theme.aside(kind);
        let (mut lines, bar) = if pen.style.plain {
            (self.indented(2, width), "")
        } else if width < NARROWEST + 2 {
            (self.blocks(width).lines(true), "")
        } else {
            (self.blocks(width - 2).lines(true), "│ ")
        };
        if lines.is_empty() {
            return lines;
        }
        if pen.style.plain {
            lines.insert(0, Line::plain(format!("{name}:")));
        } else if kind.is_some() {
            lines.insert(0, Line::styled(name, style.bold()));
        }
        lines.into_iter().map(|line| line.behind(&Run::new(bar, style))).collect()
    }

    fn indented(&mut self, by: usize, width: usize) -> Vec<Line> {
        if width < NARROWEST + by {
            return self.blocks(width).lines(true);
        }
        let indent = Run::new(" ".repeat(by), Style::new());
        self.blocks(width - by).lines(true).into_iter().map(|line| line.behind(&indent)).collect()
    }

    /// Draws a block that contains no other blocks.
    fn leaf(&mut self, tag: Tag<'t>, width: usize) -> Vec<Line> {
        let pen = self.pen;
        match tag {
            Tag::Paragraph => self.text(Style::new(), width),
            Tag::DefinitionListTitle => self.text(STRONG, width),
            Tag::Heading { level, .. } => {
                let mut lines = self.text(pen.theme.heading(level as u8), width);
                // Without colours, a line below the text shows that the text is a heading.
                if let Some(wide) = lines.iter().map(Line::width).max()
                    && pen.style.color == Color::None
                    && !pen.style.plain
                    && level as u8 <= 2
                {
                    lines.push(Line::plain(if level as u8 == 1 { "═" } else { "─" }.repeat(wide)));
                }
                lines
            }
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([',', ' ']).next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                pen.code(&sanitise(&self.verbatim()), &sanitise(language))
            }
            Tag::HtmlBlock => {
                let text = sanitise(&tags::strip(&self.verbatim()));
                paragraph(&[Run::new(text.split_whitespace().collect::<Vec<_>>().join(" "), Style::new())], width)
            }
            Tag::Table(alignments) => {
                let rows = self.rows();
                pen.table(&alignments, &rows, width)
            }
            // Skips every other kind of block. No such block contains blocks.
            _ => {
                self.verbatim();
                Vec::new()
            }
        }
    }

    /// Draws the text of a block, up to the end of the block.
    fn text(&mut self, base: Style, width: usize) -> Vec<Line> {
        let text = self.running_text(base);
        self.events.next();
        paragraph(&text.runs, width)
    }

    /// Reads the text of code or HTML up to the end of the block.
    fn verbatim(&mut self) -> String {
        let mut text = String::new();
        while let Some((Event::Text(piece) | Event::Html(piece), _)) = self.events.next() {
            text.push_str(&piece);
        }
        text
    }

    /// Reads the rows of a table up to the end of the table. The first row is the header.
    fn rows(&mut self) -> Vec<Vec<Vec<Run>>> {
        let mut rows: Vec<Vec<Vec<Run>>> = Vec::new();
        while let Some((event, _)) = self.events.next() {
            let base = if rows.len() == 1 { STRONG } else { Style::new() };
            match (event, rows.last_mut()) {
                (Event::Start(Tag::TableHead | Tag::TableRow), _) => rows.push(Vec::new()),
                (Event::Start(Tag::TableCell), Some(row)) => row.push(self.running_text(base).runs),
                (Event::End(TagEnd::Table), _) => break,
                _ => {}
            }
        }
        rows
    }

    /// Reads running text up to the next start or end of a block.
    fn running_text(&mut self, base: Style) -> RunningText {
        let mut text = RunningText::new(base, self.events.peek().map_or(0, |(_, range)| range.start));
        while let Some((event, _)) = self.events.next_if(|(event, _)| running_text::is_inline(event)) {
            text.add(event, self.pen);
        }
        text.end();
        text
    }
}

/// Wraps a text. Returns no lines if the text is empty.
fn paragraph(runs: &[Run], width: usize) -> Vec<Line> {
    if runs.iter().all(|run| run.text.is_empty()) { Vec::new() } else { wrap(runs, width) }
}

/// Whether a block contains other blocks.
fn is_container(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::List(_)
            | Tag::Item
            | Tag::BlockQuote(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListDefinition
    )
}
