//! Finds headings and fences with the site's Markdown parser.

use std::borrow::Cow;
use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use super::fence::{Fence, FenceLine};
use crate::text::{Source, Span};

/// A part of the document: a heading, a fence, or a comment that begins or ends page-only prose.
#[derive(Debug)]
pub(super) enum DocumentPart<'a> {
    /// A heading outside lists and quotes.
    Heading(Heading),
    /// A fence, also inside lists and quotes.
    Fence(Fence<'a>),
    /// `<!-- page -->` or `<!-- /page -->`.
    PageMark {
        /// Whether page-only prose begins here.
        begins: bool,
        /// The span of the comment.
        span: Span,
    },
}

/// A heading at the top level of the document.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) level: u8,
    /// The id that the author wrote as `{#id}`.
    pub(super) id: Option<String>,
    /// Whether the heading has the class `{.teacher}`.
    pub(super) teacher: bool,
    /// Whether the heading has the class `{.notes}`.
    pub(super) notes: bool,
    /// The text without markup and without smart punctuation: `The --update option` keeps its hyphens.
    pub(super) title: String,
    /// The text as the site prints it, with a dash instead of `--`. The heading's id is made from this text.
    pub(super) printed: String,
    /// The span of the heading's line, without the line end.
    pub(super) span: Span,
}

impl Heading {
    /// Adds a piece of text. If smart punctuation changed `written` into `printed`, the title gets `written`.
    fn text(&mut self, written: &str, printed: &str) {
        let smart = matches!(written, "--" | "---" | "..." | "'" | "\"");
        self.title.push_str(if smart { written } else { printed });
        self.printed.push_str(printed);
    }
}

/// Finds the headings, fences and page marks in `text`, which is the source with spaces instead of the front matter.
pub(super) fn read<'a>(text: &'a str, source: &Source) -> Vec<DocumentPart<'a>> {
    let mut pieces = Vec::new();
    let mut depth = 0_usize;
    let mut heading: Option<Heading> = None;
    let mut fence: Option<Collect<'a>> = None;
    for (event, range) in new_cmark_parser(text, &MarkdownOptions::default()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, classes, .. }) if depth == 0 => {
                heading = Some(Heading {
                    level: level as u8,
                    id: id.map(|id| id.to_string()),
                    teacher: classes.iter().any(|class| class.as_ref() == "teacher"),
                    notes: classes.iter().any(|class| class.as_ref() == "notes"),
                    title: String::new(),
                    printed: String::new(),
                    span: trimmed(text, &range),
                });
            }
            Event::End(TagEnd::Heading(_)) => pieces.extend(heading.take().map(DocumentPart::Heading)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => fence = Some(Collect::new(text, &range)),
            Event::End(TagEnd::CodeBlock) => {
                pieces.extend(fence.take().map(|fence| DocumentPart::Fence(fence.finish(text, source))));
            }
            Event::Text(words) => match (&mut fence, &mut heading) {
                (Some(fence), _) => fence.text(text, &words, range),
                (None, Some(heading)) => heading.text(text.get(range).unwrap_or_default(), &words),
                _ => {}
            },
            Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.text(&words, &words);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(heading) = &mut heading {
                    heading.text(" ", " ");
                }
            }
            Event::Html(html) if page_mark(&html).is_some() => {
                let begins = page_mark(&html) == Some(true);
                pieces.push(DocumentPart::PageMark { begins, span: trimmed(text, &range) });
            }
            Event::Start(tag) if is_container(tag.to_end()) => depth += 1,
            Event::End(tag) if is_container(tag) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    pieces
}

/// Returns `true` if an HTML comment begins page-only prose, and `false` if the comment ends such prose. Returns `None`
/// for other HTML.
fn page_mark(html: &str) -> Option<bool> {
    let comment = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    match comment.trim() {
        "page" => Some(true),
        "/page" => Some(false),
        _ => None,
    }
}

/// Whether `tag` ends a list, a quote or another block. A heading inside such a block is not a heading of the document.
fn is_container(tag: TagEnd) -> bool {
    use TagEnd::{BlockQuote, DefinitionList, FootnoteDefinition, HtmlBlock, List};
    matches!(tag, BlockQuote(_) | List(_) | FootnoteDefinition | DefinitionList | HtmlBlock)
}

/// Returns the range without the white space at its end.
fn trimmed(text: &str, range: &Range<usize>) -> Span {
    let slice = text.get(range.clone()).unwrap_or_default();
    Span::new(range.start, range.start + slice.trim_end().len())
}

/// A fence that is being read.
struct Collect<'a> {
    span: Span,
    /// The byte at which the line after the opening marker begins.
    first_line: usize,
    lines: Vec<FenceLine<'a>>,
    /// Whether the last of `lines` has no line end yet.
    line_open: bool,
    /// The byte at which the text of the fence ends so far.
    text_end: usize,
}

impl<'a> Collect<'a> {
    fn new(text: &str, range: &Range<usize>) -> Self {
        let span = trimmed(text, range);
        let first_line = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at + 1);
        Self { span, first_line, lines: Vec::new(), line_open: false, text_end: first_line }
    }

    /// Adds the text of an event: one line, several lines, or a part of a line.
    fn text(&mut self, text: &'a str, words: &str, range: Range<usize>) {
        self.text_end = self.text_end.max(range.end);
        let Some(slice) = text.get(range.clone()).filter(|slice| *slice == words) else {
            // The text differs from the source, because the parser replaced a part of a tab with spaces.
            self.part(Cow::Owned(words.to_owned()), Span::from(range));
            return;
        };
        let mut at = range.start;
        for line in slice.split_inclusive('\n') {
            let content = line.strip_suffix('\n');
            let mut span = Span::new(at, at + content.unwrap_or(line).len());
            if span.is_empty() && text[..at].ends_with('\r') {
                span = Span::new(at - 1, at - 1);
            }
            self.part(Cow::Borrowed(content.unwrap_or(line)), span);
            self.line_open = content.is_none();
            at += line.len();
        }
    }

    fn part(&mut self, part: Cow<'a, str>, span: Span) {
        match self.lines.last_mut() {
            Some(line) if self.line_open => {
                // The parser sends a line end after `\r` as a separate event without text.
                if !part.is_empty() {
                    line.text.to_mut().push_str(&part);
                    line.span = line.span.to(span);
                }
            }
            _ => self.lines.push(FenceLine { text: part, span }),
        }
        self.line_open = true;
    }

    fn finish(mut self, text: &str, source: &Source) -> Fence<'a> {
        let tail = text.get(self.text_end..self.span.end).unwrap_or_default();
        let closed = tail.contains(['`', '~']);
        let body_end = if closed {
            source.line_start(self.text_end + tail.find(['`', '~']).unwrap_or(0))
        } else {
            self.span.end.max(self.text_end)
        };
        // The Markdown parser leaves `\r` characters at the ends of lines, but fewer in the last line of a fence. So
        // this loop removes all of them.
        for line in &mut self.lines {
            while line.text.ends_with('\r') {
                line.text.to_mut().pop();
                line.span.end -= 1;
            }
        }
        let opening = text.get(self.span.start..self.first_line).unwrap_or_default();
        let indent = opening.len() - opening.trim_start().len();
        let first = opening.as_bytes().get(indent).copied();
        let markers = opening[indent..].bytes().take_while(|byte| Some(*byte) == first).count();
        let marker = Span::new(self.span.start + indent, self.span.start + indent + markers);
        let info = opening[indent + markers..].trim_end();
        let info_start = marker.end + (info.len() - info.trim_start().len());
        let first_line = self.first_line;
        Fence {
            span: if closed { self.span } else { Span::new(self.span.start, self.span.end.max(self.text_end)) },
            marker,
            info: Span::new(info_start, marker.end + info.len()),
            body: Span::new(first_line, body_end.max(first_line)),
            lines: self.lines,
            closed,
        }
    }
}
