//! What a page holds for the rest of the site: its passages for the search, its part of the whole book, where its links
//! lead.

use std::sync::Arc;

use super::links::Targets;
use super::search;
use super::whole;

/// A page's content and what is to be seen in it.
#[derive(PartialEq)]
pub(super) struct SeenOf {
    pub(super) html: Arc<str>,
    pub(super) path: String,
    /// The language it is written in, where it can be found by the search.
    pub(super) found: Option<String>,
    /// The lesson's id, where it is a part of the whole book.
    pub(super) part: Option<String>,
}

/// What was seen.
pub(super) struct Seen {
    pub(super) html: Arc<str>,
    pub(super) passages: Vec<search::Words>,
    pub(super) targets: Arc<Targets>,
    /// As a part of the whole book, and the targets of that.
    pub(super) part: Option<(String, Arc<Targets>)>,
}

impl SeenOf {
    pub(super) fn look(&self) -> Seen {
        let part = self.part.as_ref().map(|name| whole::part(&self.html, &self.path, name));
        Seen {
            html: Arc::clone(&self.html),
            passages: self.found.as_ref().map(|lang| search::read(&self.html, lang)).unwrap_or_default(),
            targets: Arc::new(Targets::of(&self.html)),
            part: part.map(|part| {
                let targets = Arc::new(Targets::of(&part));
                (part, targets)
            }),
        }
    }
}
