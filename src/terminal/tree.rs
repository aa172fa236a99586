//! Reads Markdown with the site's parser as a tree of blocks.
//!
//! Every text in it is sanitised. A tree is never deeper than [`DEEPEST`].

use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use super::tags;
use crate::transcript::sanitise;

/// The deepest nesting of lists and quotes that is drawn. Deeper ones are drawn at this depth.
const DEEPEST: usize = 24;

/// A block with its bytes in the text.
#[derive(Debug, Clone)]
pub(super) struct MarkdownBlock {
    pub(super) range: Range<usize>,
    pub(super) kind: BlockKind,
}

/// The kind of a block.
#[derive(Debug, Clone)]
pub(super) enum BlockKind {
    Paragraph(Vec<Inline>),
    Heading { level: u8, words: Vec<Inline> },
    Code { language: String, text: String },
    List { first: Option<u64>, loose: bool, items: Vec<MarkdownBlock> },
    Item { task: Option<bool>, blocks: Vec<MarkdownBlock> },
    Quote { kind: Option<BlockQuoteKind>, blocks: Vec<MarkdownBlock> },
    Table(MarkdownTable),
    Rule,
    Footnote { label: String, blocks: Vec<MarkdownBlock> },
    Term(Vec<Inline>),
    Definition(Vec<MarkdownBlock>),
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
    let mut builder = Builder { stack: vec![OpenBlock::default()], ..Builder::default() };
    for (event, range) in new_cmark_parser(text, &options).into_offset_iter() {
        builder.event(event, range);
    }
    while builder.stack.len() > 1 {
        builder.close();
    }
    let mut root = builder.stack.pop().unwrap_or_default();
    root.flush();
    root.nodes
}

/// A block that is being filled.
#[derive(Debug, Default)]
struct OpenBlock {
    open: OpenKind,
    range: Range<usize>,
    nodes: Vec<MarkdownBlock>,
    words: Vec<Inline>,
    /// The range of `words`.
    words_range: Option<Range<usize>>,
    /// Whether it is a list or an item with paragraphs.
    loose: bool,
    task: Option<bool>,
    table: MarkdownTable,
    code: String,
}

#[derive(Debug, Default)]
enum OpenKind {
    #[default]
    Root,
    Paragraph,
    Heading(u8),
    Code(String),
    Html,
    List(Option<u64>),
    Item,
    Quote(Option<BlockQuoteKind>),
    Table,
    Footnote(String),
    Term,
    Definition,
    /// A block without a style of its own.
    Other,
}

impl OpenBlock {
    /// Makes a paragraph of text outside paragraphs.
    fn flush(&mut self) {
        let range = self.words_range.take();
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            self.nodes.push(MarkdownBlock { range: range.unwrap_or_default(), kind: BlockKind::Paragraph(words) });
        }
    }
}

#[derive(Debug, Default)]
struct Builder {
    stack: Vec<OpenBlock>,
    depth: usize,
    /// The number of open containers beyond the deepest.
    skipped: usize,
    strong: usize,
    emphasis: usize,
    struck: usize,
    links: Vec<OpenLink>,
    /// The number of open images, and their alternative text.
    images: usize,
    alt: String,
}

#[derive(Debug)]
struct OpenLink {
    url: String,
    /// The number of inlines before it.
    from: usize,
}

impl Builder {
    fn top(&mut self) -> &mut OpenBlock {
        if self.stack.is_empty() {
            self.stack.push(OpenBlock::default());
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    fn look(&self, code: bool) -> TextLook {
        TextLook {
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            struck: self.struck > 0,
            code,
            link: self.links.last().map(|link| link.url.clone()),
        }
    }

    fn push(&mut self, inline: Inline, range: Range<usize>) {
        let frame = self.top();
        frame.words.push(inline);
        let all = frame.words_range.get_or_insert(range.clone());
        all.end = all.end.max(range.end);
    }

    fn text(&mut self, text: &str, code: bool, range: Range<usize>) {
        let safe = sanitise(text).replace(['\n', '\t'], " ");
        if self.images > 0 {
            self.alt.push_str(&safe);
        } else if !safe.is_empty() {
            let look = self.look(code);
            self.push(Inline::Text { text: safe, look }, range);
        }
    }

    fn open(&mut self, open: OpenKind, range: Range<usize>) {
        self.top().flush();
        self.stack.push(OpenBlock { open, range, ..OpenBlock::default() });
    }

    fn open_container(&mut self, open: OpenKind, range: Range<usize>) {
        if self.depth >= DEEPEST {
            self.top().flush();
            self.skipped += 1;
            return;
        }
        self.depth += 1;
        self.open(open, range);
    }

    fn close_container(&mut self) {
        if self.skipped > 0 {
            self.top().flush();
            self.skipped -= 1;
            return;
        }
        self.depth = self.depth.saturating_sub(1);
        self.close();
    }

    /// Closes the block that was opened last.
    fn close(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        let Some(mut frame) = self.stack.pop() else { return };
        let words = |frame: &mut OpenBlock| std::mem::take(&mut frame.words);
        let kind = match std::mem::take(&mut frame.open) {
            OpenKind::Paragraph => BlockKind::Paragraph(words(&mut frame)),
            OpenKind::Heading(level) => BlockKind::Heading { level, words: words(&mut frame) },
            OpenKind::Term => BlockKind::Term(words(&mut frame)),
            OpenKind::Code(language) => BlockKind::Code { language, text: sanitise(&frame.code) },
            OpenKind::Html => {
                let text = sanitise(&tags::strip(&frame.code));
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if text.is_empty() {
                    return;
                }
                BlockKind::Paragraph(vec![Inline::Text { text, look: TextLook::default() }])
            }
            OpenKind::Table => BlockKind::Table(std::mem::take(&mut frame.table)),
            open => {
                frame.flush();
                let blocks = std::mem::take(&mut frame.nodes);
                match open {
                    OpenKind::List(first) => BlockKind::List { first, loose: frame.loose, items: blocks },
                    OpenKind::Item => {
                        let loose = frame.loose;
                        self.top().loose |= loose;
                        BlockKind::Item { task: frame.task, blocks }
                    }
                    OpenKind::Quote(kind) => BlockKind::Quote { kind, blocks },
                    OpenKind::Footnote(label) => BlockKind::Footnote { label, blocks },
                    OpenKind::Definition => BlockKind::Definition(blocks),
                    _ => {
                        self.top().nodes.extend(blocks);
                        return;
                    }
                }
            }
        };
        let empty = matches!(&kind, BlockKind::Paragraph(words) if words.is_empty());
        if !empty {
            self.top().nodes.push(MarkdownBlock { range: frame.range, kind });
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => {
                if matches!(self.top().open, OpenKind::Code(_) | OpenKind::Html) {
                    self.top().code.push_str(&text);
                } else {
                    self.text(&text, false, range);
                }
            }
            Event::Code(text) => self.text(&text, true, range),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, false, range),
            Event::Html(html) => self.top().code.push_str(&html),
            Event::InlineHtml(html) => {
                if tags::is_break(&html) && self.images == 0 {
                    self.push(Inline::Break, range);
                }
            }
            Event::FootnoteReference(label) => {
                if self.images == 0 {
                    self.push(Inline::Reference(sanitise(&label)), range);
                }
            }
            Event::SoftBreak => self.text(" ", false, range),
            Event::HardBreak if self.images > 0 => self.alt.push(' '),
            Event::HardBreak => self.push(Inline::Break, range),
            Event::Rule => {
                self.top().flush();
                self.top().nodes.push(MarkdownBlock { range, kind: BlockKind::Rule });
            }
            Event::TaskListMarker(done) => self.top().task = Some(done),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                if matches!(self.top().open, OpenKind::Item) {
                    self.top().loose = true;
                }
                self.open(OpenKind::Paragraph, range);
            }
            Tag::Heading { level, .. } => self.open(OpenKind::Heading(level as u8), range),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let word = info.split([',', ' ']).next().unwrap_or_default();
                self.open(OpenKind::Code(sanitise(word)), range);
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => self.open(OpenKind::Code(String::new()), range),
            Tag::HtmlBlock => self.open(OpenKind::Html, range),
            Tag::List(first) => self.open_container(OpenKind::List(first), range),
            Tag::Item => self.open_container(OpenKind::Item, range),
            Tag::BlockQuote(kind) => self.open_container(OpenKind::Quote(kind), range),
            Tag::FootnoteDefinition(label) => self.open_container(OpenKind::Footnote(sanitise(&label)), range),
            Tag::DefinitionList => self.open_container(OpenKind::Other, range),
            Tag::DefinitionListTitle => self.open(OpenKind::Term, range),
            Tag::DefinitionListDefinition => self.open_container(OpenKind::Definition, range),
            Tag::Table(alignments) => {
                self.open(OpenKind::Table, range);
                self.top().table.alignments = alignments;
            }
            Tag::TableHead | Tag::TableRow => self.top().table.rows.push(Vec::new()),
            Tag::TableCell => self.top().words.clear(),
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } => {
                let from = self.top().words.len();
                self.links.push(OpenLink { url: sanitise(&dest_url).replace(['\n', '\t'], ""), from });
            }
            Tag::Image { .. } => {
                if self.images == 0 {
                    self.alt.clear();
                }
                self.images += 1;
            }
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Table
            | TagEnd::DefinitionListTitle => self.close(),
            TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListDefinition => self.close_container(),
            TagEnd::TableCell => {
                let words = std::mem::take(&mut self.top().words);
                if let Some(row) = self.top().table.rows.last_mut() {
                    row.push(words);
                }
            }
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Link => self.end_link(range),
            TagEnd::Image => {
                self.images = self.images.saturating_sub(1);
                if self.images == 0 {
                    let alt = std::mem::take(&mut self.alt);
                    let look = self.look(false);
                    self.push(Inline::Image { alt: alt.trim().to_owned(), look }, range);
                }
            }
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn end_link(&mut self, range: Range<usize>) {
        let Some(link) = self.links.pop() else { return };
        let text: String = self.top().words.iter().skip(link.from).map(Inline::plain).collect();
        if let Some(address) = address(&link.url).filter(|address| *address != text && self.images == 0) {
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
