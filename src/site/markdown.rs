//! Renders Markdown events as HTML, and collects the text for the search in the same pass. Supports all of mdBook's
//! dialect: tables, footnotes, task lists, definition lists, alerts, strikethrough.

mod footnotes;
mod raw;

use std::fmt::Write as _;
use std::mem::take;

use mdbook_markdown::pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::block_renderer::BlockRenderer;
use super::glossary_links::GlossaryLinks;
use super::html::escape;
use super::links::LinkResolver;
use super::plain_text::short_text;
use super::search::{Passages, TextKind};
use crate::lesson::lint::AnchorCollector;
use footnotes::Footnotes;

static_patterns! {
    /// Matches an option in inline code. A browser would break a line after the hyphens of the option. A phone has room for
    /// 24 characters; the rest of a longer option is not matched.
    static OPTION = "(^| )(-[^ &]{1,23})";
}

/// Renders a short text as HTML, and escapes HTML in the text. If `links` is `None`, writes only the text of a link.
pub(super) fn short_html(text: &str, links: Option<LinkResolver<'_>>) -> String {
    let (is_linkless, links) = (links.is_none(), links.unwrap_or_default());
    let mut writer = MarkdownWriter { links, is_linkless, ..MarkdownWriter::default() };
    short_text(text).for_each(|event| writer.write(event));
    writer.take().trim().to_owned()
}

/// Renders a title or another short text without links. A single paragraph loses its `<p>` element, so that the text
/// can stand in a sentence.
pub(super) fn inline(text: &str) -> String {
    inside_paragraph(short_html(text, None))
}

/// Removes the `<p>` element if the text is a single paragraph.
fn inside_paragraph(html: String) -> String {
    match html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")) {
        Some(inside) if !inside.contains("<p>") => inside.to_owned(),
        _ => html,
    }
}

impl BlockRenderer<'_> {
    /// Renders the Markdown of a hint.
    pub(super) fn markdown(&self, text: &str) -> String {
        short_html(text, Some(self.links))
    }

    /// Renders the Markdown of a question or an answer as a part of a sentence.
    pub(super) fn inline(&self, text: &str) -> String {
        inside_paragraph(self.markdown(text))
    }
}

/// An element that is not closed yet.
#[derive(Default)]
struct OpenElement {
    /// The name of an HTML element that the author wrote, or `None` for a Markdown element.
    raw: Option<String>,
    /// The HTML that closes the element.
    end: &'static str,
    /// Whether the writer links no terms of the glossary in the element.
    quiet: bool,
    is_link: bool,
}

/// A picture whose alternative text is still being read.
struct Picture {
    src: String,
    title: String,
    alt: String,
    depth: usize,
}

/// A heading, or the title of a definition.
struct Heading {
    element: String,
    text: String,
}

/// Writes the HTML of Markdown events.
#[derive(Default)]
pub(super) struct MarkdownWriter<'a> {
    links: LinkResolver<'a>,
    /// The words, ids and labels of a lesson's page, or `None` for a short text.
    page: Option<&'a BlockRenderer<'a>>,
    glossary: Option<GlossaryLinks<'a>>,
    /// Whether the writer writes only the text of a link.
    is_linkless: bool,
    /// Assigns ids to headings and to titles of definitions.
    anchors: AnchorCollector,
    html: String,
    /// The HTML that was written before each open capture began.
    outer: Vec<String>,
    /// The prose that is not rendered yet. The writer keeps the prose because a glossary term may continue on the next
    /// line.
    prose: String,
    open: Vec<OpenElement>,
    heading: Option<Heading>,
    code: Option<(String, String)>,
    picture: Option<Picture>,
    html_block: Option<String>,
    /// The name of the open `script` or `style` element, whose text is left out.
    muted: Option<String>,
    alignments: Vec<Alignment>,
    /// The code and the prose of each cell in the current table row.
    cells: Vec<(String, String)>,
    in_table_head: bool,
    footnotes: Footnotes,
    /// The text for the search.
    pub(super) passages: Passages,
    /// Whether to keep the text out of the search.
    is_silent: bool,
}

impl<'a> MarkdownWriter<'a> {
    /// Makes a writer for a lesson's page.
    pub(super) fn for_page(page: &'a BlockRenderer<'a>, glossary: Option<GlossaryLinks<'a>>) -> Self {
        Self { links: page.links, page: Some(page), glossary, ..Self::default() }
    }

    /// Skips an event. A skipped heading still takes its id, so that no other heading gets this id.
    pub(super) fn pass_over(&mut self, event: &Event<'_>) {
        self.anchors.take(event);
    }

    /// Closes the author's open HTML elements, and returns the HTML that was written since the last call.
    pub(super) fn take(&mut self) -> String {
        self.flush();
        self.close_raw();
        self.muted = None;
        take(&mut self.html)
    }

    /// Appends trusted HTML.
    pub(super) fn push(&mut self, html: &str) {
        self.flush();
        self.html.push_str(html);
    }

    /// Begins a capture: keeps the following HTML apart until [`Self::captured`] returns it.
    fn capture(&mut self, quiet: bool) {
        self.flush();
        self.outer.push(take(&mut self.html));
        self.open.push(OpenElement { quiet, ..OpenElement::default() });
    }

    /// Ends a capture, and returns the HTML that was written since [`Self::capture`].
    fn captured(&mut self) -> String {
        self.leave();
        let outer = self.outer.pop().unwrap_or_default();
        std::mem::replace(&mut self.html, outer)
    }

    /// Begins to capture a step's title. The title gets no links and is not added to the text for the search.
    pub(super) fn begin_title(&mut self) {
        self.capture(true);
        (self.is_silent, self.is_linkless) = (true, true);
    }

    /// Ends the capture of a step's title, and returns its HTML.
    pub(super) fn end_title(&mut self) -> String {
        let title = self.captured();
        (self.is_silent, self.is_linkless) = (false, false);
        title
    }

    fn enter(&mut self, html: &str, end: &'static str) {
        self.push(html);
        self.open.push(OpenElement { end, ..OpenElement::default() });
    }

    /// Closes the innermost Markdown element, and the author's HTML elements that are open inside it.
    fn leave(&mut self) {
        self.flush();
        self.close_raw();
        let end = self.open.pop().map_or("", |open| open.end);
        self.html.push_str(end);
    }

    fn close_raw(&mut self) {
        while let Some(name) = self.open.last().and_then(|open| open.raw.clone()) {
            self.open.pop();
            let _ = write!(self.html, "</{name}>");
        }
    }

    fn flush(&mut self) {
        if self.prose.is_empty() {
            return;
        }
        let prose = take(&mut self.prose);
        self.say(TextKind::Prose, &prose);
        let quiet = self.open.iter().any(|open| open.quiet);
        let html = match (&self.glossary, self.page) {
            (Some(glossary), Some(page)) if !quiet => glossary.link(&prose, &|| page.id("tip")),
            _ => escape(&prose),
        };
        self.html.push_str(&html);
    }

    fn say(&mut self, kind: TextKind, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        if let Some((code, prose)) = self.cells.last_mut() {
            if kind == TextKind::Code { code } else { prose }.push_str(text);
        }
        if !self.is_silent {
            self.passages.say(kind, text);
        }
    }

    fn id(&self, id: &str) -> String {
        escape(&format!("{}{id}", self.links.prefix))
    }

    fn push_picture(&mut self, src: &str, alt: &str, title: &str) {
        let in_link = self.is_linkless || self.open.iter().any(|open| open.is_link);
        self.push(&self.links.picture(src, alt, title, in_link));
    }

    /// Writes the HTML of an event.
    pub(super) fn write(&mut self, event: Event<'_>) {
        if self.page.is_some() {
            self.anchors.take(&event);
        }
        if let Some(picture) = &mut self.picture {
            match event {
                Event::Start(_) => picture.depth += 1,
                Event::End(_) if picture.depth == 0 => self.end_picture(),
                Event::End(_) => picture.depth -= 1,
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => picture.alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match (&mut self.code, &mut self.html_block) {
                (Some((_, code)), _) => code.push_str(&text),
                (_, Some(block)) => block.push_str(&text),
                _ if self.muted.is_some() => {}
                _ => self.prose.push_str(&text),
            },
            Event::SoftBreak => self.prose.push('\n'),
            Event::Code(code) => {
                let code = escape(&code);
                self.push(&format!("<code>{}</code>", OPTION.replace_all(&code, r#"$1<span class="whole">$2</span>"#)));
                self.say(TextKind::Code, &code);
            }
            Event::HardBreak => self.push("<br>\n"),
            Event::Rule => self.push("<hr>\n"),
            Event::TaskListMarker(done) => {
                // The checkbox replaces the bullet of the list item.
                if self.html.ends_with("<li>") {
                    self.html.truncate(self.html.len() - "<li>".len());
                    self.html.push_str("<li class=\"task\">");
                }
                self.push(if done { "☑ " } else { "☐ " });
            }
            Event::FootnoteReference(name) => self.refer(&name),
            Event::Html(html) | Event::InlineHtml(html) => match &mut self.html_block {
                _ if self.page.is_none() => self.prose.push_str(&html),
                Some(block) => block.push_str(&html),
                None => self.raw(&html),
            },
            Event::InlineMath(text) | Event::DisplayMath(text) => self.prose.push_str(&text),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.enter("<p>", "</p>\n"),
            Tag::Heading { level, .. } => self.start_heading(&level.to_string()),
            Tag::DefinitionListTitle => self.start_heading("dt"),
            Tag::BlockQuote(kind) => self.quotation(kind),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info,
                    CodeBlockKind::Indented => CowStr::Borrowed(""),
                };
                let language = info.split([' ', '\t', ',']).next().unwrap_or_default().to_owned();
                self.enter("", "");
                self.code = Some((language, String::new()));
            }
            Tag::HtmlBlock => self.html_block = Some(String::new()),
            Tag::List(None) => self.enter("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.enter("<ol>\n", "</ol>\n"),
            Tag::List(Some(start)) => self.enter(&format!("<ol start=\"{start}\">\n"), "</ol>\n"),
            Tag::Item => self.enter("<li>", "</li>\n"),
            Tag::FootnoteDefinition(name) => {
                self.footnotes.open = Some(name.into_string());
                self.capture(false);
            }
            Tag::DefinitionList => self.enter("<dl>\n", "</dl>\n"),
            Tag::DefinitionListDefinition => self.enter("<dd>", "</dd>\n"),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.enter("<table>", "</tbody></table>\n");
            }
            Tag::TableHead => {
                (self.in_table_head, self.cells) = (true, Vec::new());
                self.enter("<thead><tr>", "</tr></thead><tbody>\n");
            }
            Tag::TableRow => {
                self.cells.clear();
                self.enter("<tr>", "</tr>\n");
            }
            Tag::TableCell => {
                let class = match self.alignments.get(self.cells.len()) {
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Right) => " class=\"right\"",
                    _ => "",
                };
                self.cells.push(Default::default());
                let (name, end) = if self.in_table_head { ("th", "</th>") } else { ("td", "</td>") };
                self.enter(&format!("<{name}{class}>"), end);
            }
            Tag::Emphasis => self.enter("<em>", "</em>"),
            Tag::Strong => self.enter("<strong>", "</strong>"),
            Tag::Strikethrough => self.enter("<del>", "</del>"),
            Tag::Superscript => self.enter("<sup>", "</sup>"),
            Tag::Subscript => self.enter("<sub>", "</sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let target =
                    if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                if !self.is_linkless {
                    let href = self.links.href(&target).map(|href| format!(" href=\"{}\"", escape(&href)));
                    let title = (!title.is_empty()).then(|| format!(" title=\"{}\"", escape(&title)));
                    self.push(&format!("<a{}{}>", href.unwrap_or_default(), title.unwrap_or_default()));
                }
                self.flush();
                let end = if self.is_linkless { "" } else { "</a>" };
                self.open.push(OpenElement { end, quiet: true, is_link: true, ..OpenElement::default() });
            }
            Tag::Image { dest_url, title, .. } => {
                self.flush();
                let (src, title) = (dest_url.into_string(), title.into_string());
                self.picture = Some(Picture { src, title, alt: String::new(), depth: 0 });
            }
            Tag::MetadataBlock(_) => self.capture(true),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::HtmlBlock {
            let block = self.html_block.take().unwrap_or_default();
            return self.raw(&block);
        }
        match tag {
            TagEnd::Heading(_) | TagEnd::DefinitionListTitle => self.end_heading(),
            TagEnd::FootnoteDefinition => {
                let html = self.captured();
                let name = self.footnotes.open.take().unwrap_or_default();
                if !self.footnotes.definitions.iter().any(|(known, _)| *known == name) {
                    self.footnotes.definitions.push((name, html));
                }
            }
            TagEnd::MetadataBlock(_) => drop(self.captured()),
            TagEnd::CodeBlock => {
                self.leave();
                self.end_code();
            }
            TagEnd::TableRow => {
                self.leave();
                self.passages.row(&take(&mut self.cells));
            }
            _ => self.leave(),
        }
        if !matches!(tag, TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Image) {
            self.say(TextKind::Prose, " ");
        }
        if tag == TagEnd::TableHead {
            self.in_table_head = false;
        }
    }

    fn start_heading(&mut self, element: &str) {
        self.capture(element != "dt");
        self.heading = Some(Heading { element: element.to_owned(), text: String::new() });
    }

    fn end_heading(&mut self) {
        let inside = self.captured();
        let Some(Heading { element, text }) = self.heading.take() else { return };
        let id = self.anchors.last_id();
        if id.is_empty() {
            return self.html.push_str(&format!("<{element}>{inside}</{element}>\n"));
        }
        let id = self.id(id);
        let anchor = match self.page {
            Some(page) if element != "dt" => page.anchor(&id, &text),
            _ => String::new(),
        };
        let _ = writeln!(self.html, "<{element} id=\"{id}\">{inside}{anchor}</{element}>");
    }

    fn quotation(&mut self, kind: Option<BlockQuoteKind>) {
        let name = match kind {
            None => return self.enter("<blockquote>\n", "</blockquote>\n"),
            Some(BlockQuoteKind::Note) => "note",
            Some(BlockQuoteKind::Tip) => "tip",
            Some(BlockQuoteKind::Important) => "important",
            Some(BlockQuoteKind::Warning) => "warning",
            Some(BlockQuoteKind::Caution) => "caution",
        };
        let title = self.page.map(|page| escape(&page.say(&format!("book-aside-{name}")))).unwrap_or_default();
        let html = format!(
            "<blockquote class=\"blockquote-tag blockquote-tag-{name}\"><p class=\"blockquote-tag-title\">{title}</p>\n"
        );
        self.enter(&html, "</blockquote>\n");
    }

    fn end_code(&mut self) {
        let Some((language, text)) = self.code.take() else { return };
        self.say(TextKind::Code, &text);
        let html = match self.page {
            Some(page) => page.plain_code(&text, &language),
            None => format!("<pre><code>{}</code></pre>\n", escape(&text)),
        };
        self.html.push_str(&html);
    }

    fn end_picture(&mut self) {
        let Some(Picture { src, title, alt, .. }) = self.picture.take() else { return };
        self.push_picture(&src, &alt, &title);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_renders_a_title_without_a_paragraph_and_links() {
        assert_eq!(inline("Apa (itu) `image`?"), "Apa (itu) <code>image</code>?");
        let option = |text| format!("<span class=\"whole\">{text}</span>");
        let said = inline("`--rm a-b -e=\"-x\" -` dan -it");
        assert_eq!(said, format!("<code>{} a-b {}&quot;-x&quot; -</code> dan -it", option("--rm"), option("-e=")));
    }
}
