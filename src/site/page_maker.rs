//! Makes the pages of one language: what its templates share.

use maud::{Markup, PreEscaped, html};

use super::assets::Assets;
use super::branding::Branding;
use super::html::{other_language, text};
use super::links::CourseLinks;
use super::markdown::inline;
use super::outline::{Entry, Outline, Translation};
use super::records::Records;
use crate::lesson::{Course, Terms};
use crate::words::Words;

/// What holds for the whole site.
pub(super) struct Site<'a> {
    pub(super) outlines: &'a [Outline<'a>],
    pub(super) assets: &'a Assets,
    /// `https://…/`, with its last slash, if it is known where the site will be.
    pub(super) url: Option<&'a str>,
    /// The course, whose id or title tells its progress from another's at the same origin.
    pub(super) course: &'a Course,
    pub(super) branding: &'a Branding,
    pub(super) terms: Option<&'a Terms>,
    pub(super) records: &'a Records,
    pub(super) links: &'a CourseLinks,
}

/// Makes the pages of a language.
#[derive(Clone, Copy)]
pub(super) struct PageMaker<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) outline: &'a Outline<'a>,
    pub(super) words: &'a Words,
}

impl PageMaker<'_> {
    pub(super) fn say(&self, key: &str) -> Markup {
        text(&self.words.say(key, &[]))
    }

    pub(super) fn count(&self, key: &str, count: usize) -> Markup {
        text(&self.words.count(key, count, &[]))
    }

    /// A `lang` attribute's value if a lesson is not in the page's language.
    pub(super) fn other_language<'e>(&self, entry: &'e Entry<'_>) -> Option<&'e str> {
        other_language(&entry.lang, &self.outline.tag)
    }

    /// The title, with its language if that is not the page's.
    pub(super) fn titled(&self, entry: &Entry<'_>) -> Markup {
        let title = PreEscaped(inline(&entry.title));
        match self.other_language(entry) {
            Some(lang) => html! { span lang=(lang) { (title) } },
            None => title,
        }
    }

    /// Says that a lesson has no translation, or an old one.
    pub(super) fn mark(&self, entry: &Entry<'_>) -> Markup {
        match &entry.state {
            Translation::Current => html! {},
            Translation::Missing => self.badge("book-mark-missing"),
            Translation::Outdated => self.badge("book-mark-outdated"),
            Translation::Partly(_) => self.badge("book-mark-partly"),
        }
    }

    pub(super) fn badge(&self, key: &str) -> Markup {
        html! { " " span class="badge" { (self.say(key)) } }
    }

    pub(super) fn minutes(&self, entry: &Entry<'_>) -> Markup {
        html! {
            @if let Some(minutes) = entry.minutes() {
                " " span class="minutes" { (self.count("book-minutes", minutes as usize)) }
            }
        }
    }
}

/// The ids of a lesson's steps that can be ticked off, as the scripts read them.
pub(super) fn step_ids(entry: &Entry<'_>) -> String {
    entry.doable().map(|step| step.id.0.as_str()).collect::<Vec<_>>().join(" ")
}
