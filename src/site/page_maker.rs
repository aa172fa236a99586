//! Defines the maker of one language's pages, with the functions that the templates share.

use std::collections::{BTreeMap, HashMap};

use askama::filters::Safe;

use super::assets::Assets;
use super::branding::SitePicture;
use super::glossary_links::GlossaryTerms;
use super::html::escape;
use super::links::CourseLinks;
use super::markdown::inline;
use super::outline::{Entry, Outline, Translation};
use super::records::Records;
use crate::lesson::{Course, Terms};
use crate::words::Words;

/// The data that all languages of the site share.
pub(super) struct Site<'a> {
    pub(super) outlines: Vec<Outline<'a>>,
    pub(super) assets: Assets,
    /// The site's address with its final slash (`https://…/`), if the address is known.
    pub(super) url: Option<&'a str>,
    /// The course. Browsers store a course's progress under its id or title, because several courses may have the same
    /// origin.
    pub(super) course: &'a Course,
    /// The author's logo.
    pub(super) logo: Option<SitePicture>,
    /// The author's picture for link previews.
    pub(super) picture: Option<SitePicture>,
    /// The picture for the link previews of each language, if the author chose none and the site's address is known.
    pub(super) drawn: BTreeMap<&'a str, SitePicture>,
    pub(super) terms: Option<&'a Terms>,
    /// The terms in each language.
    pub(super) glossaries: HashMap<&'a str, GlossaryTerms<'a>>,
    pub(super) records: Records,
    pub(super) links: CourseLinks,
}

/// Makes the pages of a language.
pub(super) struct PageMaker<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) outline: &'a Outline<'a>,
    pub(super) words: Words,
}

impl PageMaker<'_> {
    pub(super) fn say(&self, key: &str) -> String {
        self.words.say(key, &[])
    }

    pub(super) fn count(&self, key: &str, count: usize) -> String {
        self.words.count(key, count, &[])
    }

    /// Renders a title or another short text without links.
    #[expect(clippy::unused_self, reason = "templates call it")]
    pub(super) fn inline(&self, text: &str) -> Safe<String> {
        Safe(inline(text))
    }

    /// Returns a `lang` attribute if a lesson is not in the page's language.
    pub(super) fn lang_of(&self, entry: &Entry<'_>) -> Safe<String> {
        let is_other = entry.lang != self.outline.tag;
        Safe(if is_other { format!(" lang=\"{}\"", escape(&entry.lang)) } else { String::new() })
    }

    /// Renders the title of a lesson, with a `lang` attribute if the lesson is not in the page's language.
    pub(super) fn titled(&self, entry: &Entry<'_>) -> Safe<String> {
        let title = inline(&entry.title);
        let lang = self.lang_of(entry).0;
        Safe(if lang.is_empty() { title } else { format!("<span{lang}>{title}</span>") })
    }

    pub(super) fn lesson_link(&self, entry: &Entry<'_>) -> Safe<String> {
        Safe(format!("<a href=\"{}\">{}</a>", escape(&entry.path), self.titled(entry).0))
    }

    /// Renders a badge if a lesson has no translation or an outdated translation.
    pub(super) fn mark(&self, entry: &Entry<'_>) -> Safe<String> {
        match &entry.state {
            Translation::Current => Safe(String::new()),
            Translation::Missing => self.badge("book-mark-missing"),
            Translation::Outdated => self.badge("book-mark-outdated"),
            Translation::Partly(_) => self.badge("book-mark-partly"),
        }
    }

    pub(super) fn badge(&self, key: &str) -> Safe<String> {
        Safe(format!(" <span class=\"badge\">{}</span>", escape(&self.say(key))))
    }

    pub(super) fn minutes(&self, entry: &Entry<'_>) -> Safe<String> {
        let said = entry.minutes().map(|minutes| escape(&self.count("book-minutes", minutes)));
        Safe(said.map_or_else(String::new, |said| format!(" <span class=\"minutes\">{said}</span>")))
    }
}
