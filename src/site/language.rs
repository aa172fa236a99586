//! The pages of one language, and its search index.

use std::collections::HashMap;

use askama::Template;
use askama::filters::Safe;

use super::answer_key::qr;
use super::assets::Asset;
use super::block_renderer::{BlockRenderer, Medium};
use super::glossary_links::{GlossaryLinks, GlossaryTerms};
use super::html::render;
use super::layout::{Frame, PageFacts};
use super::lesson_page::{LessonFacts, LessonText, lesson_text, since};
use super::links::{LinkMap, LinkResolver, PageContext};
use super::outline::{
    ARCHITECTURE, AUTHORS, Entry, GLOSSARY, GroupPages, HOME, NOT_FOUND, Outline, PRINT, Translation, VERIFIED, up,
};
use super::page_maker::{PageMaker, Site};
use super::search::{self, Passages, Source};
use crate::store::cores::each;
use crate::text::Spanned;
use crate::words::Words;

/// A page without its frame.
struct Content {
    facts: PageFacts,
    html: String,
    /// Its words in the language it is written in, if the search leads there.
    found: Option<(String, Vec<search::Words>)>,
}

/// A lesson on its own page or on the print page, or a page of the author's.
#[derive(Template)]
#[template(path = "lesson.html")]
struct LessonPage<'a> {
    make: &'a PageMaker<'a>,
    /// Nothing for a page that is no lesson.
    group: Option<&'a GroupPages<'a>>,
    entry: &'a Entry<'a>,
    text: &'a LessonText,
    is_printed: bool,
    /// The way to the language's pages.
    base: String,
    source: &'a Outline<'a>,
    /// The way to the page in the source's language.
    source_page: String,
    source_title: &'a str,
}

impl Content {
    /// The page of a lesson or of the author's own.
    fn new(entry: &Entry<'_>, lesson: Option<String>, description: String, html: String, made: &LessonText) -> Self {
        let (path, title, source) = (entry.path.clone(), entry.title.clone(), source_path(entry));
        let found = Some((entry.lang.clone(), search::words(&made.passages, &entry.lang)));
        let facts = PageFacts { path, title, description, lesson, source };
        Self { facts, html, found }
    }
}

/// Makes every page of a language, and its search index.
pub(super) fn language_pages(site: &Site<'_>, outline: &Outline<'_>) -> (Vec<Asset>, Asset) {
    // Threads cannot share words.
    let tools = || Words::new(outline.lang);
    let entries: Vec<(usize, &Entry<'_>)> = outline.lessons().collect();
    let lesson =
        |words: &Words, &(group, entry): &(usize, &Entry<'_>)| PageMaker { site, outline, words }.lesson(group, entry);
    let (lessons, print): (Vec<Content>, Vec<String>) = each(&entries, tools, lesson).into_iter().unzip();
    let own_page = |words: &Words, entry: &Entry<'_>| PageMaker { site, outline, words }.own_page(entry);
    let own_pages = each(&outline.pages, tools, own_page);

    let words = tools();
    let make = PageMaker { site, outline, words: &words };
    let mut contents = make.standalone(&print.concat());
    contents.extend(lessons.into_iter().chain(own_pages));
    let sources = contents.iter().filter_map(|content| {
        let (lang, passages) = content.found.as_ref()?;
        Some(Source { path: &content.facts.path, title: &content.facts.title, lang, passages })
    });
    let index = search::index(&outline.tag, &sources.collect::<Vec<_>>(), site.terms);
    let index = Asset::named(&format!("cari-{}", outline.tag), "js", index);
    let frame = Frame::new(&make, &index.path);
    let page = |words: &Words, content: &Content| {
        let page = PageMaker { site, outline, words }.page(&frame, &content.facts, &content.html);
        Asset { path: format!("{}{}", outline.prefix, content.facts.path), bytes: page.into_bytes() }
    };
    (each(&contents, tools, page), index)
}

impl PageMaker<'_> {
    /// The pages that are no lessons; `print` has the lessons of the print page.
    fn standalone(&self, print: &str) -> Vec<Content> {
        let &Self { site, outline, words } = self;
        let say = |key: &str| words.say(key, &[]);
        let page = |path: &str, title: String, html: String, passages: Option<Passages>| Content {
            facts: PageFacts { path: path.to_owned(), title, description: say("book-lead"), ..PageFacts::default() },
            html,
            found: passages.map(|passages| (outline.tag.clone(), search::words(&passages, &outline.tag))),
        };
        let authors = site.course.site.authors.as_ref().map(|lesson| &lesson.value);

        let mut pages = vec![page(HOME, outline.title.clone(), self.home(), None)];
        for group in &outline.groups {
            let passages = Passages::of_page(&group.title);
            pages.push(page(&group.path, group.title.clone(), self.group(group), Some(passages)));
        }
        let (html, passages) = self.glossary(&self.uses());
        pages.push(page(GLOSSARY, say("book-glossary"), html, Some(passages)));
        let (html, passages) = self.architecture();
        pages.push(page(ARCHITECTURE, say("book-architecture"), html, Some(passages)));
        pages.push(page(VERIFIED, say("book-verified"), self.verified(), None));
        if let Some((_, entry)) = outline.lessons().find(|(_, entry)| Some(&entry.file.id.0) == authors) {
            let own = self.text(entry, None, AUTHORS, Medium::Page, "");
            pages.push(page(AUTHORS, say("book-authors"), self.authors(entry, &own, source_path(entry)), None));
        }
        pages.push(page(NOT_FOUND, say("book-lost"), self.not_found(), None));
        pages.push(page(PRINT, say("book-whole"), self.print(print), None));
        pages
    }

    /// The lessons to read about each term, by its key: those that teach it, else the first that use it.
    fn uses(&self) -> HashMap<String, Vec<&Entry<'_>>> {
        const MOST: usize = 3;
        let mut uses: HashMap<String, Vec<&Entry<'_>>> = HashMap::new();
        let Some(terms) = self.site.terms else { return uses };
        let Some(forms) = GlossaryTerms::new(terms, &self.outline.tag, None) else { return uses };
        let taught = terms.terms.iter().filter_map(|term| Some((term.key.as_str(), term.taught.as_ref()?)));
        let taught: HashMap<&str, &Vec<Spanned<String>>> = taught.filter(|(_, lessons)| !lessons.is_empty()).collect();
        for (_, entry) in self.outline.lessons().filter(|(_, entry)| entry.lang == self.outline.tag) {
            for key in forms.used_in(entry.file.lesson.source.text()) {
                let is_place = match taught.get(key) {
                    Some(lessons) => lessons.iter().any(|lesson| lesson.value == entry.file.id.0),
                    None => uses.get(key).is_none_or(|found| found.len() < MOST),
                };
                if is_place {
                    uses.entry(key.to_owned()).or_default().push(entry);
                }
            }
        }
        uses
    }

    /// The glossary's terms for a text; for a lesson only those that it may link.
    fn terms(&self, entry: &Entry<'_>, lesson: Option<&str>) -> Option<GlossaryTerms> {
        GlossaryTerms::new(self.site.terms?, &entry.lang, lesson)
    }

    /// A page of the author's that is no lesson.
    fn own_page(&self, entry: &Entry<'_>) -> Content {
        let text = self.text(entry, self.terms(entry, None).as_ref(), &entry.path, Medium::Page, "");
        let html = render(&self.lesson_page(None, entry, &text, false));
        Content::new(entry, None, self.say("book-lead"), html, &text)
    }

    /// A lesson's page, and its part of the print page.
    fn lesson(&self, group: usize, entry: &Entry<'_>) -> (Content, String) {
        let id = entry.file.id.0.clone();
        let group = self.outline.groups.get(group);
        let terms = self.terms(entry, Some(&id));
        let text = self.text(entry, terms.as_ref(), &entry.path, Medium::Page, "");
        let html = render(&self.lesson_page(group, entry, &text, false));
        let part = self.text(entry, terms.as_ref(), PRINT, Medium::Print, &format!("{id}--"));
        let print = render(&self.lesson_page(group, entry, &part, true));
        (Content::new(entry, Some(id), self.describe(entry), html, &text), print)
    }

    fn lesson_page<'p>(
        &'p self,
        group: Option<&'p GroupPages<'p>>,
        entry: &'p Entry<'p>,
        text: &'p LessonText,
        is_printed: bool,
    ) -> LessonPage<'p> {
        let source = &self.site.outlines[0];
        let base = if is_printed { String::new() } else { up(&entry.path) };
        // A translation's pages lie below the source's.
        let source_page = format!("{base}../{}{}", source.prefix, entry.path);
        let original = source.entries().find(|original| original.path == entry.path);
        let source_title = original.map_or("", |original| original.title.as_str());
        LessonPage { make: self, group, entry, text, is_printed, base, source, source_page, source_title }
    }

    /// A lesson's text for the page at `path`; `prefix` stands before every id.
    fn text(
        &self,
        entry: &Entry<'_>,
        terms: Option<&GlossaryTerms>,
        path: &str,
        medium: Medium,
        prefix: &str,
    ) -> LessonText {
        let &Self { site, outline, words } = self;
        let page = PageContext { outlines: site.outlines, outline, entry, path };
        let none = LinkMap::default();
        let resolver = LinkResolver::new(site.links.of(entry).unwrap_or(&none), &page, prefix);
        let facts = LessonFacts {
            evidence: site.records.of(entry, &page.root(), Some(&site.assets.player.path)),
            translations: page.translations(),
            state: &entry.state,
            with_marks: path == entry.path && !outline.pages.iter().any(|page| page.path == path),
        };
        let glossary = terms.map(|terms| GlossaryLinks::new(terms, format!("{}{GLOSSARY}", up(path))));
        lesson_text(&entry.file.lesson, &facts, &BlockRenderer::for_lesson(words, medium, resolver, prefix), glossary)
    }
}

impl LessonPage<'_> {
    /// Says that the page has no translation or an old one.
    fn notice(&self) -> Option<String> {
        match &self.entry.state {
            Translation::Missing => Some(self.make.say("book-notice-missing")),
            Translation::Outdated => Some(self.make.say("book-notice-outdated")),
            Translation::Partly(older) if older.opening => Some(since(self.make.words, "book-notice-opening", older)),
            Translation::Partly(_) | Translation::Current => None,
        }
    }

    fn minutes(&self) -> Option<String> {
        self.entry.minutes().map(|minutes| self.make.count("book-count-minutes", minutes))
    }

    /// The ids and titles of the source's steps that the translation lacks.
    fn missing(&self) -> &[(String, String)] {
        if let Translation::Partly(older) = &self.entry.state { &older.missing } else { &[] }
    }

    /// The code on paper that leads to this page, if it is known where the page will be.
    fn qr(&self) -> Safe<String> {
        let PageMaker { site, outline, words } = self.make;
        let address = site.url.map(|url| format!("{url}{}{}", outline.prefix, self.entry.path));
        Safe(address.map_or_else(String::new, |address| qr(&address, words)))
    }

    /// The lessons before and after: the relation, the key of its name, and the lesson.
    fn neighbours(&self) -> Vec<(&'static str, &'static str, &Entry<'_>)> {
        let all: Vec<&Entry<'_>> = self.make.outline.lessons().map(|(_, entry)| entry).collect();
        let at = all.iter().position(|entry| entry.path == self.entry.path);
        let before = at.and_then(|at| Some(("prev", "book-previous", *all.get(at.checked_sub(1)?)?)));
        let after = at.and_then(|at| Some(("next", "book-next", *all.get(at + 1)?)));
        before.into_iter().chain(after).collect()
    }
}

/// The path of a lesson's file below its course's directory.
fn source_path(entry: &Entry<'_>) -> Option<String> {
    let (file, lang) = (entry.file, entry.file.lang.as_deref()?);
    let below = file.chapter.as_deref().unwrap_or(&file.relative).to_string_lossy();
    Some(if file.chapter.is_some() { below.into_owned() } else { format!("{lang}/{below}") })
}
