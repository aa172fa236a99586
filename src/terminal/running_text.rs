//! Reads running text (words with emphasis, code, links and images) as runs. Each run has one style.

use anstyle::{Effects, Style};
use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};

use super::draw::Pen;
use super::line::Run;
use super::look::DIM;
use super::tags;
use crate::highlight::Color;
use crate::text::quoted_code;
use crate::transcript::sanitise;

/// A running text that is being read.
#[derive(Debug)]
pub(super) struct RunningText {
    pub(super) runs: Vec<Run>,
    /// The byte at which the text begins.
    pub(super) begin: usize,
    base: Style,
    effects: Vec<Effects>,
    /// The author's text, without the signs that the program adds.
    said: String,
    /// The target of each open link, and the length of `said` before the link.
    links: Vec<(String, usize)>,
    /// The number of open images. `alt` is their alternative text.
    images: usize,
    alt: String,
    /// The last code that was read.
    code: Option<String>,
}

/// Whether an event belongs to running text.
pub(super) fn is_inline(event: &Event<'_>) -> bool {
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

impl RunningText {
    pub(super) fn new(base: Style, begin: usize) -> Self {
        let (runs, effects, links) = (Vec::new(), Vec::new(), Vec::new());
        Self { runs, begin, base, effects, said: String::new(), links, images: 0, alt: String::new(), code: None }
    }

    /// Adds the content of an event.
    pub(super) fn add(&mut self, event: Event<'_>, pen: &Pen<'_>) {
        match event {
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, false, pen),
            Event::Code(text) => self.text(&text, true, pen),
            Event::SoftBreak => self.text(" ", false, pen),
            Event::HardBreak if self.images > 0 => self.alt.push(' '),
            Event::HardBreak => self.runs.push(Run::new("\n", self.base)),
            Event::InlineHtml(html) if self.images == 0 && tags::is_break(&html) => {
                self.runs.push(Run::new("\n", self.base));
            }
            Event::FootnoteReference(label) if self.images == 0 => {
                self.runs.push(Run::new(format!("[{}]", sanitise(&label)), self.base));
            }
            Event::TaskListMarker(done) => self.runs.push(Run::new(pen.task(done), DIM)),
            Event::Start(Tag::Emphasis) => self.effects.push(Effects::ITALIC),
            Event::Start(Tag::Strong) => self.effects.push(Effects::BOLD),
            Event::Start(Tag::Strikethrough) => self.effects.push(Effects::STRIKETHROUGH),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.links.push((sanitise(&dest_url), self.said.len()));
                self.effects.push(Effects::UNDERLINE);
            }
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => drop(self.effects.pop()),
            Event::End(TagEnd::Link) => self.end_link(),
            Event::End(TagEnd::Image) => {
                self.images = self.images.saturating_sub(1);
                if self.images == 0 {
                    let alt = std::mem::take(&mut self.alt);
                    let shown = match alt.trim() {
                        "" => pen.words.say("page-image-without-text", &[]),
                        alt => pen.words.say("page-image", &[("alt", alt)]),
                    };
                    self.said.push_str(&alt);
                    self.push(shown, false, pen);
                }
            }
            _ => {}
        }
    }

    /// Ends the text. Removes the quotation marks if the whole text is code.
    pub(super) fn end(&mut self) {
        if let ([only], Some(code)) = (&mut self.runs[..], self.code.take()) {
            only.text = code;
        }
    }

    fn text(&mut self, text: &str, is_code: bool, pen: &Pen<'_>) {
        let text = sanitise(text).replace(['\n', '\t'], " ");
        if self.images > 0 {
            self.alt.push_str(&text);
        }
        if self.images > 0 || text.is_empty() {
            return;
        }
        self.said.push_str(&text);
        let (plain, is_colourless) = (pen.style.plain, pen.style.color == Color::None);
        let is_struck = self.effects.contains(&Effects::STRIKETHROUGH);
        let shown = if is_code && pen.keeps_backquotes {
            format!("`{text}`")
        } else if is_code && (plain || is_colourless) {
            self.code = Some(text.clone());
            quoted_code(&text)
        } else if is_struck && plain {
            pen.words.say("page-struck", &[("text", &text)])
        } else if is_struck && is_colourless {
            format!("~~{text}~~")
        } else {
            text
        };
        self.push(shown, is_code, pen);
    }

    fn push(&mut self, text: String, is_code: bool, pen: &Pen<'_>) {
        let style = if is_code { pen.theme.code().effects(self.base.get_effects()) } else { self.base };
        let style = self.effects.iter().fold(style, |style, effect| style | *effect);
        let whole = is_code || text.contains("://");
        self.runs.push(Run { text, style, whole });
    }

    /// Adds the target of the link, unless the link's text is the target.
    fn end_link(&mut self) {
        self.effects.pop();
        let Some((url, from)) = self.links.pop() else { return };
        if let Some(address) = address(&url).filter(|address| *address != self.said[from..] && self.images == 0) {
            self.runs.push(Run { whole: true, ..Run::new(format!(" ({address})"), DIM) });
        }
    }
}

/// Returns the text for a link's target: a whole address, or the id of another lesson. Returns `None` for a place on
/// the same page.
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
