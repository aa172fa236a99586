//! The pages of one language, and its search index.

use askama::Template;
use askama::filters::Safe;

use super::answer_key::qr;
use super::assets::Asset;
use super::block_renderer::{BlockRenderer, Medium};
use super::glossary_links::{GlossaryLinks, GlossaryTerms};
use super::html::render;
use super::layout::Content;
use super::lesson_page::{LessonFacts, LessonText, lesson_text, since};
use super::links::{LinkResolver, PageContext};
use super::outline::{Entry, GLOSSARY, GroupPages, Outline, PRINT, Translation, VERIFIED, up};
use super::page_maker::{PageMaker, Site};
use super::search::{self, Source};
use crate::lesson::OPENING;
use crate::store::cores::each;
use crate::words::Words;

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
}

/// Makes every page of a language, and its search index.
pub(super) fn language_pages(site: &Site<'_>, outline: &Outline<'_>) -> (Vec<Asset>, Asset) {
    // Threads cannot share words.
    let maker = || PageMaker { site, outline, words: Words::new(outline.lang) };
    let groups = outline.groups.iter();
    let lessons: Vec<_> = groups.flat_map(|group| group.lessons.iter().map(move |entry| (group, entry))).collect();
    let lesson = |make: &PageMaker<'_>, &(group, entry): &(_, _)| make.lesson(group, entry);
    let (lessons, print): (Vec<Content>, Vec<String>) = each(&lessons, maker, lesson).into_iter().unzip();
    let own_pages = each(&outline.pages, maker, PageMaker::own_page);

    let make = maker();
    let mut contents = make.standalone_pages(&print.concat());
    contents.extend(lessons.into_iter().chain(own_pages));
    let found = contents.iter().filter(|content| !content.passages.is_empty());
    let sources = found.map(|Content { path, title, lang, passages, .. }| Source { path, title, lang, passages });
    let index = search::index(&outline.tag, &sources.collect::<Vec<_>>(), site.terms);
    let index = Asset::named(&format!("cari-{}", outline.tag), "js", index);
    let page = |make: &PageMaker<'_>, content: &Content| Asset {
        path: format!("{}{}", outline.prefix, content.path),
        bytes: make.page(&index.path, content).into_bytes(),
    };
    (each(&contents, maker, page), index)
}

impl PageMaker<'_> {
    /// The glossary's terms for a text; for a lesson only those that it may link.
    fn terms(&self, entry: &Entry<'_>, lesson: Option<&str>) -> Option<GlossaryTerms> {
        GlossaryTerms::new(self.site.terms?, &entry.lang, lesson)
    }

    /// A page of the author's that is no lesson.
    fn own_page(&self, entry: &Entry<'_>) -> Content {
        let text = self.text(entry, self.terms(entry, None).as_ref(), &entry.path, Medium::Page);
        let html = self.lesson_html(None, entry, &text, false);
        self.lesson_content(entry, None, html, text)
    }

    /// A lesson's page, and its part of the print page.
    fn lesson(&self, group: &GroupPages<'_>, entry: &Entry<'_>) -> (Content, String) {
        let id = &entry.file.id.0;
        let terms = self.terms(entry, Some(id));
        let part = self.text(entry, terms.as_ref(), PRINT, Medium::Print);
        let print = self.lesson_html(Some(group), entry, &part, true);
        let text = self.text(entry, terms.as_ref(), &entry.path, Medium::Page);
        let html = self.lesson_html(Some(group), entry, &text, false);
        (self.lesson_content(entry, Some(id.clone()), html, text), print)
    }

    fn lesson_content(&self, entry: &Entry<'_>, lesson: Option<String>, html: String, text: LessonText) -> Content {
        Content {
            path: entry.path.clone(),
            title: entry.title.clone(),
            description: if lesson.is_some() { self.describe(entry) } else { self.say("book-lead") },
            lesson,
            source: entry.source_path(),
            html,
            lang: entry.lang.clone(),
            passages: search::words(text.passages, &entry.lang),
        }
    }

    fn lesson_html(
        &self,
        group: Option<&GroupPages<'_>>,
        entry: &Entry<'_>,
        text: &LessonText,
        is_printed: bool,
    ) -> String {
        let base = if is_printed { String::new() } else { up(&entry.path) };
        render(&LessonPage { make: self, group, entry, text, is_printed, base })
    }

    /// A lesson's text for the page at `path`.
    pub(super) fn text(
        &self,
        entry: &Entry<'_>,
        terms: Option<&GlossaryTerms>,
        path: &str,
        medium: Medium,
    ) -> LessonText {
        let Self { site, outline, words } = self;
        let prefix = if medium == Medium::Print { format!("{}--", entry.file.id) } else { String::new() };
        let page = PageContext { outlines: &site.outlines, outline, entry, path };
        let links = LinkResolver::new(site.links.of(entry), &page, &prefix);
        let facts = LessonFacts {
            evidence: site.records.of(entry, &page.root(), Some(&site.assets.player.path)),
            translations: page.translations(),
            entry,
            with_marks: path == entry.path && !outline.pages.iter().any(|page| page.path == path),
        };
        let glossary = terms.map(|terms| GlossaryLinks::new(terms, format!("{}{GLOSSARY}", up(path))));
        lesson_text(&entry.file.lesson, &facts, &BlockRenderer::for_lesson(words, medium, links), glossary)
    }
}

impl LessonPage<'_> {
    /// Says that the page has no translation or an old one.
    fn notice(&self) -> Option<String> {
        match &self.entry.state {
            Translation::Missing => Some(self.make.say("book-notice-missing")),
            Translation::Outdated => Some(self.make.say("book-notice-outdated")),
            _ => self.entry.is_older(OPENING).then(|| since(&self.make.words, "book-notice-opening", self.entry)),
        }
    }

    fn minutes(&self) -> Option<String> {
        self.entry.minutes().map(|minutes| self.make.count("book-count-minutes", minutes))
    }

    fn source_tag(&self) -> &str {
        &self.make.site.outlines[0].tag
    }

    /// The code on paper that leads to this page, if it is known where the page will be.
    fn qr(&self) -> Safe<String> {
        let PageMaker { site, outline, words } = self.make;
        let address = site.url.map(|url| format!("{url}{}{}", outline.prefix, self.entry.path));
        Safe(address.map_or_else(String::new, |address| qr(&address, words)))
    }

    /// The lessons before and after: the relation, the key of its name, and the lesson.
    fn neighbours(&self) -> Vec<(&'static str, &'static str, &Entry<'_>)> {
        let all: Vec<&Entry<'_>> = self.make.outline.lessons().collect();
        let at = all.iter().position(|entry| entry.path == self.entry.path);
        let before = at.and_then(|at| Some(("prev", "book-previous", *all.get(at.checked_sub(1)?)?)));
        let after = at.and_then(|at| Some(("next", "book-next", *all.get(at + 1)?)));
        before.into_iter().chain(after).collect()
    }
}
