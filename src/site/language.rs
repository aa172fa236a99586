//! Makes the pages of one language, and its search index.

use askama::Template;
use askama::filters::Safe;

use super::answer_key::qr;
use super::assets::Asset;
use super::block_renderer::{BlockRenderer, Medium};
use super::glossary_links::GlossaryLinks;
use super::html::render;
use super::layout::Content;
use super::lesson_page::{LessonFacts, LessonText, lesson_text, since};
use super::links::{LinkResolver, PageContext};
use super::outline::{AUTHORS, Entry, GLOSSARY, GroupPages, Outline, PRINT, Translation, VERIFIED, up};
use super::page_maker::{PageMaker, Site};
use super::search::{self, Source};
use crate::cores::each;
use crate::lesson::OPENING;
use crate::words::Words;

/// A lesson on its own page or on the print page, or one of the author's own pages.
#[derive(Template)]
#[template(path = "lesson.html")]
struct LessonPage<'a> {
    make: &'a PageMaker<'a>,
    /// The lesson's group, or `None` for one of the author's own pages.
    group: Option<&'a GroupPages<'a>>,
    entry: &'a Entry<'a>,
    text: &'a LessonText,
    is_printed: bool,
}

/// Makes every page of a language, and its search index.
pub(super) fn language_pages(site: &Site<'_>, outline: &Outline<'_>) -> (Vec<Asset>, Asset) {
    // Each thread creates its own maker, because threads cannot share a `Words` value.
    let maker = || PageMaker { site, outline, words: Words::new(outline.lang) };
    let groups = outline.groups.iter();
    let lessons: Vec<_> = groups.flat_map(|group| group.lessons.iter().map(move |entry| (group, entry))).collect();
    let lesson =
        |make: &PageMaker<'_>, &(group, entry): &(_, _)| (make.page_of(Some(group), entry), make.printed(group, entry));
    let (lessons, print): (Vec<Content>, Vec<String>) = each(&lessons, maker, lesson).into_iter().unzip();
    let own_pages = each(&outline.pages, maker, |make, entry| make.page_of(None, entry));

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
    /// Makes the page of a lesson in its group. If `group` is `None`, the page is one of the author's own pages.
    fn page_of(&self, group: Option<&GroupPages<'_>>, entry: &Entry<'_>) -> Content {
        let text = self.text(entry, &entry.path, Medium::Page);
        Content {
            path: entry.path.clone(),
            title: entry.title.clone(),
            description: if group.is_some() { self.describe(entry) } else { self.say("book-lead") },
            lesson: group.map(|_| entry.file.id.0.clone()),
            source: entry.source_path(),
            html: render(&LessonPage { make: self, group, entry, text: &text, is_printed: false }),
            lang: entry.lang.clone(),
            passages: search::words(text.passages, &entry.lang),
        }
    }

    /// Renders a lesson's part of the print page.
    fn printed(&self, group: &GroupPages<'_>, entry: &Entry<'_>) -> String {
        let text = self.text(entry, PRINT, Medium::Print);
        render(&LessonPage { make: self, group: Some(group), entry, text: &text, is_printed: true })
    }

    /// Renders a lesson's text for the page at `path`.
    pub(super) fn text(&self, entry: &Entry<'_>, path: &str, medium: Medium) -> LessonText {
        let Self { site, outline, words } = self;
        let prefix = if medium == Medium::Print { format!("{}--", entry.file.id) } else { String::new() };
        let page = PageContext { outlines: &site.outlines, outline, entry, path };
        let links = LinkResolver::new(site.links.of(entry), &page, &prefix);
        let is_lesson = !outline.pages.iter().any(|page| page.path == entry.path);
        let facts = LessonFacts {
            evidence: site.records.of(entry),
            translations: page.translations(),
            entry,
            with_marks: is_lesson && path == entry.path,
        };
        // The page for authors repeats a lesson, so this page gets no links to the glossary.
        let terms = site.glossaries.get(entry.lang.as_str()).filter(|_| path != AUTHORS);
        let lesson = is_lesson.then_some(entry.file.id.0.as_str());
        let glossary = terms.map(|terms| GlossaryLinks::new(terms, lesson, format!("{}{GLOSSARY}", up(path))));
        let root = page.root();
        let frames = site.records.frames_of(entry).filter(|_| medium == Medium::Page);
        let player = frames.map(|frames| (format!("{root}{frames}"), format!("{root}{}", site.assets.player.path)));
        let blocks = BlockRenderer { links, player, ..BlockRenderer::new(words, medium) };
        lesson_text(&entry.file.lesson, &facts, &blocks, glossary)
    }
}

impl LessonPage<'_> {
    /// Returns the notice for a page without a translation or with an outdated translation.
    fn notice(&self) -> Option<String> {
        match &self.entry.state {
            Translation::Missing => Some(self.make.say("book-notice-missing")),
            Translation::Outdated => Some(self.make.say("book-notice-outdated")),
            _ => self.entry.is_older(OPENING).then(|| since(&self.make.words, "book-notice-opening", self.entry)),
        }
    }

    /// Returns the path from the page to the language's pages.
    fn base(&self) -> String {
        up(if self.is_printed { PRINT } else { &self.entry.path })
    }

    /// Renders the QR code that leads from paper to this page, if the site's address is known.
    fn qr(&self) -> Safe<String> {
        let PageMaker { site, outline, words } = self.make;
        let address = site.url.map(|url| format!("{url}{}{}", outline.prefix, self.entry.path));
        Safe(address.map_or_else(String::new, |address| qr(&address, words)))
    }

    /// Returns the lessons before and after this lesson, each with its relation and the message key of the relation.
    fn neighbours(&self) -> Vec<(&'static str, &'static str, &Entry<'_>)> {
        let all: Vec<&Entry<'_>> = self.make.outline.lessons().collect();
        let at = all.iter().position(|entry| entry.path == self.entry.path);
        let before = at.and_then(|at| Some(("prev", "book-previous", *all.get(at.checked_sub(1)?)?)));
        let after = at.and_then(|at| Some(("next", "book-next", *all.get(at + 1)?)));
        before.into_iter().chain(after).collect()
    }
}
