//! Renders the blocks of one page with the words, the links and the unique ids of the page.

use std::cell::Cell;

use askama::Template;
use askama::filters::Safe;

use super::html::{escape, render};
use super::links::LinkResolver;
use crate::highlight;
use crate::words::Words;

/// The kind of page that shows the blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    /// A page of a site that Dermaga builds.
    Page,
    /// The page with all lessons for printing. On this page, only hints are folded, and nothing needs a click.
    Print,
    /// A page with another theme, which has its own button to copy code. Such a page shows each command as one piece of
    /// code.
    OtherTheme,
}

#[derive(Template)]
#[template(path = "block/code.html")]
struct PlainCode<'a> {
    blocks: &'a BlockRenderer<'a>,
    /// The code as HTML.
    code: String,
    language: &'a str,
    is_diagram: bool,
}

/// Turns blocks into HTML. Counts the ids that it makes, so that ids are unique on a page.
pub(super) struct BlockRenderer<'a> {
    pub(super) words: &'a Words,
    pub(super) links: LinkResolver<'a>,
    pub(super) medium: Medium,
    /// The addresses of the recording's frames and of the player, if the page plays the lesson's recording.
    pub(super) player: Option<(String, String)>,
    /// The number of ids that the renderer has made.
    pub(super) next: Cell<usize>,
}

impl<'a> BlockRenderer<'a> {
    pub(super) fn new(words: &'a Words, medium: Medium) -> Self {
        Self { words, links: LinkResolver::default(), medium, player: None, next: Cell::new(0) }
    }

    /// Renders the link of a heading to itself. `id` is already escaped, and `title` is plain text.
    pub(super) fn anchor(&self, id: &str, title: &str) -> String {
        let label = escape(&self.words.say("book-step-link", &[("title", title)]));
        format!("<a class=\"anchor\" href=\"#{id}\" aria-label=\"{label}\">#</a>")
    }

    /// Renders code that is not a block of a step, with colours and a copy button.
    pub(super) fn plain_code(&self, code: &str, language: &str) -> String {
        // A diagram with lines of 30 to 58 characters fits a phone if its letters are smaller. Shorter lines fit
        // anyway. The letters of longer lines would become too small to read.
        let columns = code.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        let is_diagram = language == "text" && (30..=58).contains(&columns);
        let code = if language.is_empty() { escape(code) } else { highlight::html(code, language) };
        render(&PlainCode { blocks: self, code, language, is_diagram })
    }

    pub(super) fn id(&self, kind: &str) -> String {
        self.next.set(self.next.get() + 1);
        format!("{}d-{kind}-{}", self.links.prefix, self.next.get())
    }

    pub(super) fn say(&self, key: &str) -> String {
        self.words.say(key, &[])
    }

    pub(super) fn count(&self, key: &str, count: usize) -> String {
        self.words.count(key, count, &[])
    }

    /// Returns the attribute that opens a folded part on the print page. Hints stay folded.
    pub(super) fn open(&self) -> Safe<&'static str> {
        Safe(if self.medium == Medium::Print { " open" } else { "" })
    }
}
