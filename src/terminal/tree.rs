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
    /// Raw HTML. It becomes a paragraph.
    Html(String),
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
    let mut builder = Builder { stack: vec![MarkdownBlock::default()], ..Builder::default() };
    for (event, range) in new_cmark_parser(text, &options).into_offset_iter() {
        builder.event(event, range);
    }
    while builder.stack.len() > 1 {
        builder.close();
    }
    builder.flush();
    builder.stack.pop().unwrap_or_default().blocks
}

#[derive(Debug, Default)]
struct Builder {
    /// The open blocks, beginning with the whole text.
    stack: Vec<MarkdownBlock>,
    /// The text that the innermost block has got so far, and its range.
    words: Vec<Inline>,
    words_range: Option<Range<usize>>,
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
    fn top(&mut self) -> &mut MarkdownBlock {
        if self.stack.is_empty() {
            self.stack.push(MarkdownBlock::default());
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    /// Makes a paragraph of text outside paragraphs.
    fn flush(&mut self) {
        let range = self.words_range.take().unwrap_or_default();
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            self.top().blocks.push(MarkdownBlock { range, words, kind: BlockKind::Paragraph, blocks: Vec::new() });
        }
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
        self.words.push(inline);
        let all = self.words_range.get_or_insert(range.clone());
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

    fn open(&mut self, kind: BlockKind, range: Range<usize>) {
        self.flush();
        self.stack.push(MarkdownBlock { kind, range, ..MarkdownBlock::default() });
    }

    fn open_container(&mut self, kind: BlockKind, range: Range<usize>) {
        if self.depth >= DEEPEST {
            self.flush();
            self.skipped += 1;
            return;
        }
        self.depth += 1;
        self.open(kind, range);
    }

    fn close_container(&mut self) {
        if self.skipped > 0 {
            self.flush();
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
        if self.top().kind.is_container() {
            self.flush();
        }
        let words = std::mem::take(&mut self.words);
        self.words_range = None;
        let Some(mut block) = self.stack.pop() else { return };
        match &mut block.kind {
            BlockKind::Paragraph if words.is_empty() => return,
            BlockKind::Code { text, .. } => *text = sanitise(text),
            BlockKind::Html(html) => {
                let text = sanitise(&tags::strip(html));
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if text.is_empty() {
                    return;
                }
                block.kind = BlockKind::Paragraph;
                block.words = vec![Inline::Text { text, look: TextLook::default() }];
            }
            BlockKind::Item { loose: true, .. } => {
                if let BlockKind::List { loose, .. } = &mut self.top().kind {
                    *loose = true;
                }
            }
            BlockKind::Group => return self.top().blocks.extend(block.blocks),
            _ => block.words = words,
        }
        self.top().blocks.push(block);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => {
                if let BlockKind::Code { text: code, .. } | BlockKind::Html(code) = &mut self.top().kind {
                    code.push_str(&text);
                } else {
                    self.text(&text, false, range);
                }
            }
            Event::Code(text) => self.text(&text, true, range),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, false, range),
            Event::Html(html) => {
                if let BlockKind::Html(text) = &mut self.top().kind {
                    text.push_str(&html);
                }
            }
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
                self.open(BlockKind::Rule, range);
                self.close();
            }
            Event::TaskListMarker(done) => {
                if let BlockKind::Item { task, .. } = &mut self.top().kind {
                    *task = Some(done);
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                if let BlockKind::Item { loose, .. } = &mut self.top().kind {
                    *loose = true;
                }
                self.open(BlockKind::Paragraph, range);
            }
            Tag::Heading { level, .. } => self.open(BlockKind::Heading(level as u8), range),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let word = info.split([',', ' ']).next().unwrap_or_default();
                let language = sanitise(word);
                self.open(BlockKind::Code { language, text: String::new() }, range);
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.open(BlockKind::Code { language: String::new(), text: String::new() }, range);
            }
            Tag::HtmlBlock => self.open(BlockKind::Html(String::new()), range),
            Tag::List(first) => self.open_container(BlockKind::List { first, loose: false }, range),
            Tag::Item => self.open_container(BlockKind::Item { task: None, loose: false }, range),
            Tag::BlockQuote(kind) => self.open_container(BlockKind::Quote(kind), range),
            Tag::FootnoteDefinition(label) => self.open_container(BlockKind::Footnote(sanitise(&label)), range),
            Tag::DefinitionList => self.open_container(BlockKind::Group, range),
            Tag::DefinitionListTitle => self.open(BlockKind::Term, range),
            Tag::DefinitionListDefinition => self.open_container(BlockKind::Definition, range),
            Tag::Table(alignments) => {
                self.open(BlockKind::Table(MarkdownTable { alignments, rows: Vec::new() }), range);
            }
            Tag::TableHead | Tag::TableRow => {
                if let BlockKind::Table(table) = &mut self.top().kind {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.words.clear(),
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } => {
                let from = self.words.len();
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
                let words = std::mem::take(&mut self.words);
                if let BlockKind::Table(table) = &mut self.top().kind
                    && let Some(row) = table.rows.last_mut()
                {
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
        let text: String = self.words.iter().skip(link.from).map(Inline::plain).collect();
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
