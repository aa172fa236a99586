//! Reads Markdown with the site's parser as a tree of blocks.
//!
//! Every text in it is sanitised. A tree is never deeper than [`DEEPEST`].

use std::iter::Peekable;
use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use super::tags;
use crate::transcript::sanitise;

/// The deepest nesting of lists and quotes that is drawn. Deeper ones are drawn at this depth.
const DEEPEST: usize = 24;

/// A block with its bytes in the text.
#[derive(Debug, Clone, Default)]
pub(super) struct MarkdownBlock {
    pub(super) range: Range<usize>,
    pub(super) kind: BlockKind,
    /// The text of a paragraph, a heading or a term.
    pub(super) words: Vec<Inline>,
    /// The blocks in it.
    pub(super) blocks: Vec<MarkdownBlock>,
}

/// The kind of a block.
#[derive(Debug, Clone, Default)]
pub(super) enum BlockKind {
    /// A block without a style of its own. Only its blocks are kept.
    #[default]
    Group,
    Paragraph,
    Heading(u8),
    Term,
    Code {
        language: String,
        text: String,
    },
    /// A list, with the number of its first item. It is loose if an item has paragraphs.
    List {
        first: Option<u64>,
        loose: bool,
    },
    Item {
        task: Option<bool>,
        loose: bool,
    },
    Quote(Option<BlockQuoteKind>),
    Table(MarkdownTable),
    Rule,
    Footnote(String),
    Definition,
}

impl BlockKind {
    /// Whether it consists of other blocks.
    pub(super) const fn is_container(&self) -> bool {
        matches!(
            self,
            Self::Group | Self::List { .. } | Self::Item { .. } | Self::Quote(_) | Self::Footnote(_) | Self::Definition
        )
    }
}

impl MarkdownBlock {
    /// Adds a block with running text, unless it is a paragraph without any.
    fn push_text(&mut self, kind: BlockKind, words: Vec<Inline>, range: Range<usize>) {
        if !words.is_empty() || !matches!(kind, BlockKind::Paragraph) {
            self.blocks.push(Self { range, kind, words, blocks: Vec::new() });
        }
    }
}

/// A table: all rows, the header first.
#[derive(Debug, Clone, Default)]
pub(super) struct MarkdownTable {
    pub(super) alignments: Vec<Alignment>,
    pub(super) rows: Vec<Vec<Vec<Inline>>>,
}

/// A part of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inline {
    Text {
        text: String,
        look: TextLook,
    },
    Image {
        alt: String,
        look: TextLook,
    },
    /// The target of the link before it, if its text does not say it.
    Address(String),
    Reference(String),
    Break,
}

/// The emphasis of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TextLook {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) code: bool,
    pub(super) struck: bool,
    /// The target, if it is a link.
    pub(super) link: Option<String>,
}

/// Reads Markdown without smart punctuation: the reader must be able to type `--update` as shown.
pub(super) fn read(text: &str) -> Vec<MarkdownBlock> {
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = false;
    let events = new_cmark_parser(text, &options).into_offset_iter().peekable();
    let mut root = MarkdownBlock::default();
    Reader { events, depth: 0 }.fill(&mut root);
    root.blocks
}

/// Reads blocks from the events of a Markdown parser.
struct Reader<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> {
    events: Peekable<I>,
    /// The number of open containers.
    depth: usize,
}

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Reader<'t, I> {
    /// Fills a container with the blocks up to its end.
    fn fill(&mut self, block: &mut MarkdownBlock) {
        // The number of open containers beyond the deepest. Their blocks go to this one.
        let mut skipped = 0;
        loop {
            // Text outside paragraphs becomes a paragraph.
            let text = self.running_text();
            if let (BlockKind::Item { task, .. }, Some(_)) = (&mut block.kind, text.task) {
                *task = text.task;
            }
            block.push_text(BlockKind::Paragraph, text.words, text.range.unwrap_or_default());
            let Some((event, range)) = self.events.next() else { return };
            match event {
                Event::Start(tag) => match container(&tag) {
                    Some(_) if self.depth >= DEEPEST => skipped += 1,
                    Some(kind) => self.open_container(kind, range, block),
                    None => self.read_leaf(tag, range, block),
                },
                Event::End(_) if skipped > 0 => skipped -= 1,
                Event::End(_) => return,
                Event::Rule => block.push_text(BlockKind::Rule, Vec::new(), range),
                _ => {}
            }
        }
    }

    fn open_container(&mut self, kind: BlockKind, range: Range<usize>, parent: &mut MarkdownBlock) {
        let mut block = MarkdownBlock { range, kind, ..MarkdownBlock::default() };
        self.depth += 1;
        self.fill(&mut block);
        self.depth -= 1;
        match (&block.kind, &mut parent.kind) {
            (BlockKind::Group, _) => return parent.blocks.extend(block.blocks),
            (BlockKind::Item { loose: true, .. }, BlockKind::List { loose, .. }) => *loose = true,
            _ => {}
        }
        parent.blocks.push(block);
    }

    /// Reads a block that contains no other blocks.
    fn read_leaf(&mut self, tag: Tag<'t>, range: Range<usize>, parent: &mut MarkdownBlock) {
        let kind = match tag {
            Tag::Paragraph => {
                if let BlockKind::Item { loose, .. } = &mut parent.kind {
                    *loose = true;
                }
                BlockKind::Paragraph
            }
            Tag::Heading { level, .. } => BlockKind::Heading(level as u8),
            Tag::DefinitionListTitle => BlockKind::Term,
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([',', ' ']).next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                BlockKind::Code { language: sanitise(language), text: sanitise(&self.verbatim()) }
            }
            Tag::HtmlBlock => {
                let text = sanitise(&tags::strip(&self.verbatim()));
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let words =
                    if text.is_empty() { vec![] } else { vec![Inline::Text { text, look: TextLook::default() }] };
                return parent.push_text(BlockKind::Paragraph, words, range);
            }
            Tag::Table(alignments) => BlockKind::Table(MarkdownTable { alignments, rows: self.rows() }),
            // Any other block has no blocks in it either.
            _ => return drop(self.verbatim()),
        };
        let has_text = matches!(kind, BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Term);
        let words = if has_text { self.running_text().words } else { Vec::new() };
        if has_text {
            self.events.next();
        }
        parent.push_text(kind, words, range);
    }

    /// Reads the text of code or HTML to its end.
    fn verbatim(&mut self) -> String {
        let mut text = String::new();
        while let Some((Event::Text(piece) | Event::Html(piece), _)) = self.events.next() {
            text.push_str(&piece);
        }
        text
    }

    /// Reads the rows of a table to its end.
    fn rows(&mut self) -> Vec<Vec<Vec<Inline>>> {
        let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match (event, rows.last_mut()) {
                (Event::Start(Tag::TableHead | Tag::TableRow), _) => rows.push(Vec::new()),
                (Event::Start(Tag::TableCell), Some(row)) => row.push(self.running_text().words),
                (Event::End(TagEnd::Table), _) => break,
                _ => {}
            }
        }
        rows
    }

    /// Reads running text up to the next begin or end of a block.
    fn running_text(&mut self) -> RunningText {
        let mut text = RunningText::default();
        while let Some((event, range)) = self.events.next_if(|(event, _)| is_inline(event)) {
            text.add(event, range);
        }
        text
    }
}

/// Returns the kind of a block that consists of other blocks.
fn container(tag: &Tag<'_>) -> Option<BlockKind> {
    Some(match tag {
        Tag::List(first) => BlockKind::List { first: *first, loose: false },
        Tag::Item => BlockKind::Item { task: None, loose: false },
        Tag::BlockQuote(kind) => BlockKind::Quote(*kind),
        Tag::FootnoteDefinition(label) => BlockKind::Footnote(sanitise(label)),
        Tag::DefinitionList => BlockKind::Group,
        Tag::DefinitionListDefinition => BlockKind::Definition,
        _ => return None,
    })
}

/// Whether an event belongs to running text.
fn is_inline(event: &Event<'_>) -> bool {
    let tag = match event {
        Event::Start(tag) => tag.to_end(),
        Event::End(tag) => *tag,
        event => return !matches!(event, Event::Rule | Event::Html(_)),
    };
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// Running text that is being read.
#[derive(Debug, Default)]
struct RunningText {
    words: Vec<Inline>,
    range: Option<Range<usize>>,
    /// Whether the task before it is done, if it is one.
    task: Option<bool>,
    strong: usize,
    emphasis: usize,
    struck: usize,
    /// The open links: their targets, and the number of inlines before each.
    links: Vec<(String, usize)>,
    /// The number of open images, and their alternative text.
    images: usize,
    alt: String,
}

impl RunningText {
    fn add(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, false, range),
            Event::Code(text) => self.text(&text, true, range),
            Event::SoftBreak => self.text(" ", false, range),
            Event::HardBreak if self.images > 0 => self.alt.push(' '),
            Event::HardBreak => self.push(Inline::Break, range),
            Event::InlineHtml(html) if self.images == 0 && tags::is_break(&html) => self.push(Inline::Break, range),
            Event::FootnoteReference(label) if self.images == 0 => {
                self.push(Inline::Reference(sanitise(&label)), range);
            }
            Event::TaskListMarker(done) => self.task = Some(done),
            Event::Start(Tag::Emphasis) => self.emphasis += 1,
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::Start(Tag::Strikethrough) => self.struck += 1,
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.links.push((sanitise(&dest_url).replace(['\n', '\t'], ""), self.words.len()));
            }
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Emphasis) => self.emphasis = self.emphasis.saturating_sub(1),
            Event::End(TagEnd::Strong) => self.strong = self.strong.saturating_sub(1),
            Event::End(TagEnd::Strikethrough) => self.struck = self.struck.saturating_sub(1),
            Event::End(TagEnd::Link) => self.end_link(range),
            Event::End(TagEnd::Image) => {
                self.images = self.images.saturating_sub(1);
                if self.images == 0 {
                    let alt = std::mem::take(&mut self.alt).trim().to_owned();
                    let look = self.look(false);
                    self.push(Inline::Image { alt, look }, range);
                }
            }
            _ => {}
        }
    }

    fn look(&self, code: bool) -> TextLook {
        TextLook {
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            struck: self.struck > 0,
            code,
            link: self.links.last().map(|(url, _)| url.clone()),
        }
    }

    fn push(&mut self, inline: Inline, range: Range<usize>) {
        self.words.push(inline);
        let all = self.range.get_or_insert(range.clone());
        all.end = all.end.max(range.end);
    }

    fn text(&mut self, text: &str, code: bool, range: Range<usize>) {
        let text = sanitise(text).replace(['\n', '\t'], " ");
        if self.images > 0 {
            self.alt.push_str(&text);
        } else if !text.is_empty() {
            let look = self.look(code);
            self.push(Inline::Text { text, look }, range);
        }
    }

    fn end_link(&mut self, range: Range<usize>) {
        let Some((url, from)) = self.links.pop() else { return };
        let text: String = self.words.iter().skip(from).map(Inline::plain).collect();
        if let Some(address) = address(&url).filter(|address| *address != text && self.images == 0) {
            self.push(Inline::Address(address), range);
        }
    }
}

/// The shown target of a link: an address in full, another lesson by its id; none for a place on the same page.
fn address(url: &str) -> Option<String> {
    let path = url.split(['#', '?']).next().unwrap_or_default();
    if url.contains("://") || url.starts_with("mailto:") {
        return Some(url.strip_prefix("mailto:").unwrap_or(url).to_owned());
    }
    if path.is_empty() {
        return None;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    Some(name.strip_suffix(".md").unwrap_or(path).to_owned())
}

impl Inline {
    /// Its plain text.
    pub(super) fn plain(&self) -> &str {
        match self {
            Self::Text { text, .. } => text,
            Self::Image { alt, .. } => alt,
            Self::Address(_) | Self::Reference(_) => "",
            Self::Break => " ",
        }
    }
}
