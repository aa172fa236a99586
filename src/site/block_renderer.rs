//! The blocks of one page: its words, its links, and ids that differ.

use std::cell::Cell;

use maud::{Markup, PreEscaped, html};

use super::html::text;
use super::links::LinkResolver;
use crate::highlight;
use crate::words::Words;

/// Who shows the blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    /// A page of our site.
    Page,
    /// The page with all lessons, to be printed: nothing is folded, and nothing needs a click.
    Print,
    /// A theme that is not ours: a command is one piece of code that the theme's own button copies.
    OtherTheme,
}

/// Turns blocks into HTML. It counts, so that ids on a page differ.
pub(super) struct BlockRenderer<'a> {
    pub(super) words: &'a Words,
    pub(super) links: LinkResolver<'a>,
    /// Stands before every id: the print page holds many lessons.
    pub(super) prefix: String,
    pub(super) medium: Medium,
    next: Cell<usize>,
}

impl<'a> BlockRenderer<'a> {
    pub(super) fn new(words: &'a Words, medium: Medium) -> Self {
        Self { words, links: LinkResolver::default(), prefix: String::new(), medium, next: Cell::new(0) }
    }

    /// For a lesson on a page of the site; `prefix` stands before every id.
    pub(super) fn for_lesson(words: &'a Words, medium: Medium, links: LinkResolver<'a>, prefix: &str) -> Self {
        Self { links, prefix: prefix.to_owned(), ..Self::new(words, medium) }
    }

    /// The quiet link of a heading to itself; `id` is escaped, `title` is text.
    pub(super) fn anchor(&self, id: &str, title: &str) -> Markup {
        let label = text(&self.words.say("book-step-link", &[("title", title)]));
        html! { a class="anchor" href={ "#" (PreEscaped(id)) } aria-label=(label) { "#" } }
    }

    /// Code that is no step: with its colours and a button to copy it.
    pub(super) fn plain_code(&self, code: &str, language: &str) -> Markup {
        let class = (!language.is_empty()).then(|| html! { "language-" (text(language)) });
        let inside = if language.is_empty() { text(code) } else { PreEscaped(highlight::html(code, language)) };
        // Smaller letters let a diagram fit a phone; shorter lines fit as they are, and longer ones would be too small.
        let columns = code.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        let is_diagram = language == "text" && (30..=58).contains(&columns);
        html! {
            figure class=(if is_diagram { "code diagram" } else { "code" }) {
                pre { code class=[class] { (inside) } }
                button type="button" class="copy js" aria-label=(self.say("book-copy-code")) { (self.say("book-copy")) }
            }
            "\n"
        }
    }

    pub(super) fn id(&self, kind: &str) -> String {
        self.next.set(self.next.get() + 1);
        format!("{}d-{kind}-{}", self.prefix, self.next.get())
    }

    pub(super) fn say(&self, key: &str) -> Markup {
        text(&self.words.say(key, &[]))
    }

    /// Whether the things are open that are folded on a page. Hints stay folded.
    pub(super) fn is_open(&self) -> bool {
        self.medium == Medium::Print
    }
}
