//! The pages of one language, and its search index.

use std::collections::{BTreeSet, HashMap};

use maud::{Markup, PreEscaped, html};

use super::answer_key::qr;
use super::assets::Asset;
use super::block_renderer::{BlockRenderer, Medium};
use super::glossary_links::{GlossaryLinks, GlossaryTerms};
use super::html::{other_language, text};
use super::layout::{Frame, PageFacts, Site, titled};
use super::lesson_page::{LessonFacts, LessonText, lesson_text, since};
use super::links::{CourseLinks, LinkMap, LinkResolver, PageAnchor, PageContext};
use super::markdown::inline;
use super::outline::{
    ARCHITECTURE, AUTHORS, Entry, GLOSSARY, HOME, NOT_FOUND, Outline, PRINT, Translation, VERIFIED, up,
};
use super::records::Records;
use super::search::{self, Passages, Source};
use super::standalone_pages::PageMaker;
use crate::lesson::Terms;
use crate::store::cores::each;
use crate::text::Spanned;
use crate::words::Words;

/// The pages of a language.
pub(super) struct LanguagePages {
    pub(super) pages: Vec<Asset>,
    pub(super) index: Asset,
    /// The ids on each lesson's page, by its path with the language's prefix.
    pub(super) ids: Vec<(String, BTreeSet<String>)>,
    /// The places that each lesson's page links to.
    pub(super) used: Vec<(String, BTreeSet<PageAnchor>)>,
}

/// A page without its frame.
struct Content {
    facts: PageFacts,
    html: String,
    /// Its words in the language it is written in, if the search leads there.
    found: Option<(String, Vec<search::Words>)>,
}

impl Content {
    /// The page of a lesson or of the author's own.
    fn new(entry: &Entry<'_>, lesson: Option<String>, description: String, html: Markup, text: &Passages) -> Self {
        let (path, title, source) = (entry.path.clone(), entry.title.clone(), source_path(entry));
        let found = Some((entry.lang.clone(), search::words(text, &entry.lang)));
        Self { facts: PageFacts { path, title, description, lesson, source }, html: html.into_string(), found }
    }
}

/// A lesson's page without its frame, and the lesson's part of the print page.
struct LessonContent {
    page: Content,
    print: String,
    ids: BTreeSet<String>,
    used: BTreeSet<PageAnchor>,
}

/// Makes the pages of one language of a site.
pub(super) struct Language<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) outline: &'a Outline<'a>,
    pub(super) terms: Option<&'a Terms>,
    pub(super) records: &'a Records,
    pub(super) links: &'a CourseLinks,
}

impl Language<'_> {
    /// Every page, and the search index.
    pub(super) fn make(&self) -> LanguagePages {
        let &Self { site, outline, .. } = self;
        let words = Words::new(outline.lang);
        let tools = || Words::new(outline.lang);
        let entries: Vec<(usize, &Entry<'_>)> = outline.lessons().collect();
        let lesson = |words: &Words, &(group, entry): &(usize, &Entry<'_>)| {
            let terms = self.terms.and_then(|terms| GlossaryTerms::new(terms, &entry.lang, Some(&entry.file.id.0)));
            self.lesson(group, entry, words, terms.as_ref())
        };
        let lessons = each(&entries, tools, lesson);

        let mut contents = self.standalone(&words, &lessons);
        let (mut ids, mut used) = (Vec::new(), Vec::new());
        let pages = each(&outline.pages.iter().collect::<Vec<_>>(), tools, |words: &Words, entry: &&Entry<'_>| {
            let terms = self.terms.and_then(|terms| GlossaryTerms::new(terms, &entry.lang, None));
            self.own_page(entry, words, terms.as_ref())
        });
        for lesson in lessons.into_iter().chain(pages) {
            let path = format!("{}{}", outline.prefix, lesson.page.facts.path);
            ids.push((path.clone(), lesson.ids));
            used.push((path, lesson.used));
            contents.push(lesson.page);
        }
        let sources = contents.iter().filter_map(|content| {
            let (lang, passages) = content.found.as_ref()?;
            Some(Source { path: &content.facts.path, title: &content.facts.title, lang, passages })
        });
        let index = search::index(&outline.tag, &sources.collect::<Vec<_>>(), self.terms);
        let index = Asset::named(&format!("cari-{}", outline.tag), "js", index);
        let frame = Frame::new(&words, &index.path);
        let page = |words: &Words, content: &Content| Asset {
            path: format!("{}{}", outline.prefix, content.facts.path),
            bytes: site.page(&frame, outline, &content.facts, words, &content.html).into_bytes(),
        };
        LanguagePages { pages: each(&contents, tools, page), index, ids, used }
    }

    /// The pages that are no lessons.
    fn standalone(&self, words: &Words, lessons: &[LessonContent]) -> Vec<Content> {
        let &Self { site, outline, records, .. } = self;
        let make = PageMaker { outline, words };
        let say = |key: &str| words.say(key, &[]);
        let page = |path: &str, title: String, html: Markup, passages: Option<Passages>| Content {
            facts: PageFacts { path: path.to_owned(), title, description: say("book-lead"), ..PageFacts::default() },
            html: html.into_string(),
            found: passages.map(|passages| (outline.tag.clone(), search::words(&passages, &outline.tag))),
        };
        let authors = site.course.site.authors.as_ref().map(|lesson| &lesson.value);
        let lost = PageFacts { path: NOT_FOUND.to_owned(), ..PageFacts::default() };
        let base = format!("{}{}", site.root(outline, &lost), outline.prefix);
        let print = lessons.iter().map(|lesson| lesson.print.as_str()).collect::<String>();
        let print = html! { (make.print_head()) (PreEscaped(print)) };

        let mut pages = vec![page(HOME, outline.title.clone(), make.home(records), None)];
        for (index, group) in outline.groups.iter().enumerate() {
            let (html, passages) = make.group(index);
            pages.push(page(&group.path, group.title.clone(), html, Some(passages)));
        }
        let (html, passages) = make.glossary(self.terms, &self.uses());
        pages.push(page(GLOSSARY, say("book-glossary"), html, Some(passages)));
        let (html, passages) = make.architecture();
        pages.push(page(ARCHITECTURE, say("book-architecture"), html, Some(passages)));
        pages.push(page(VERIFIED, say("book-verified"), make.verified(records), None));
        if let Some((_, entry)) = outline.lessons().find(|(_, entry)| Some(&entry.file.id.0) == authors) {
            let (own, _) = self.text(entry, words, None, AUTHORS, Medium::Page, "");
            pages.push(page(AUTHORS, say("book-authors"), make.authors(entry, &own, source_path(entry)), None));
        }
        pages.push(page(NOT_FOUND, say("book-lost"), make.not_found(&base), None));
        pages.push(page(PRINT, say("book-whole"), print, None));
        pages
    }

    /// The lessons to read about each term, by its key: those that teach it, else the first that use it.
    fn uses(&self) -> HashMap<String, Vec<&Entry<'_>>> {
        const MOST: usize = 3;
        let mut uses: HashMap<String, Vec<&Entry<'_>>> = HashMap::new();
        let Some(terms) = self.terms else { return uses };
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

    /// A page of the author's that is no lesson.
    fn own_page(&self, entry: &Entry<'_>, words: &Words, terms: Option<&GlossaryTerms>) -> LessonContent {
        let &Self { site, outline, .. } = self;
        let (own, used) = self.text(entry, words, terms, &entry.path, Medium::Page, "");
        let html = html! {
            (notice(site, entry, &up(&entry.path), words))
            header class="title" { h1 { (titled(entry, outline)) } }
            div class="lesson" lang=[other_language(&entry.lang, &outline.tag)] { (PreEscaped(own.html())) }
        };
        let page = Content::new(entry, None, words.say("book-lead", &[]), html, &own.passages);
        LessonContent { page, print: String::new(), ids: own.ids, used }
    }

    fn lesson(&self, group: usize, entry: &Entry<'_>, words: &Words, terms: Option<&GlossaryTerms>) -> LessonContent {
        let &Self { site, outline, .. } = self;
        let make = PageMaker { outline, words };
        let id = entry.file.id.0.clone();
        let whole = |base: &str, text: &LessonText| {
            html! {
                (notice(site, entry, base, words))
                (make.lesson_head(group, entry, base, &text.objectives))
                div class="lesson" lang=[other_language(&entry.lang, &outline.tag)] { (PreEscaped(text.html())) }
            }
        };
        let (own, used) = self.text(entry, words, terms, &entry.path, Medium::Page, "");
        let address = site.url.map(|url| format!("{url}{}{}", outline.prefix, entry.path));
        let html = html! {
            (whole(&up(&entry.path), &own))
            section class="key print-only" { (own.answers) }
            @if let Some(address) = address { (qr(&address, words)) }
            p class="js no-print" { button type="button" class="button quiet" data-print { (text(&words.say("book-handout", &[]))) } }
            (make.turn(&entry.path))
        };
        let prefix = format!("{id}--");
        let (part, _) = self.text(entry, words, terms, PRINT, Medium::Print, &prefix);
        let print = html! {
            article id=(text(&id)) { (whole("", &part)) section class="key" { (part.answers) } }
        };
        let page = Content::new(entry, Some(id), make.describe(entry), html, &own.passages);
        LessonContent { page, print: print.into_string(), ids: own.ids, used }
    }

    /// A lesson's text for the page at `path`, and the places that it links to.
    fn text(
        &self,
        entry: &Entry<'_>,
        words: &Words,
        terms: Option<&GlossaryTerms>,
        path: &str,
        medium: Medium,
        prefix: &str,
    ) -> (LessonText, BTreeSet<PageAnchor>) {
        let &Self { site, outline, records, links, .. } = self;
        let page = PageContext::new(site.outlines, outline, entry, path);
        let none = LinkMap::default();
        let resolver = LinkResolver::new(links.of(entry).unwrap_or(&none), &page, prefix);
        let steps = |tag: &str| {
            let same = site.outlines.iter().filter(|outline| outline.tag == tag).flat_map(Outline::entries);
            let same = same.into_iter().find(|other| other.path == entry.path);
            let steps = same.map(|other| other.file.lesson.steps.iter().map(|step| step.id.0.clone()).collect());
            steps.unwrap_or_default()
        };
        let facts = LessonFacts {
            evidence: records.of(entry, &page.root(), Some(&site.assets.player.path)),
            translations: page.translations(&entry.path, steps),
            state: &entry.state,
            with_marks: path == entry.path && !outline.pages.iter().any(|page| page.path == path),
        };
        let glossary = terms.map(|terms| GlossaryLinks::new(terms, format!("{}{GLOSSARY}", up(path))));
        let blocks = BlockRenderer::for_lesson(words, medium, resolver, prefix);
        let text = lesson_text(&entry.file.lesson, &facts, &blocks, glossary);
        (text, blocks.links.used())
    }
}

/// The path of a lesson's file below its course's directory.
fn source_path(entry: &Entry<'_>) -> Option<String> {
    let (file, lang) = (entry.file, entry.file.lang.as_deref()?);
    let below = file.chapter.as_deref().unwrap_or(&file.relative).to_string_lossy();
    Some(if file.chapter.is_some() { below.into_owned() } else { format!("{lang}/{below}") })
}

/// Says that a page has no translation or an old one, with the way to the source; `base` is the way to the language's
/// pages.
fn notice(site: &Site<'_>, entry: &Entry<'_>, base: &str, words: &Words) -> Markup {
    let Some(source) = site.outlines.first() else { return html! {} };
    let original = source.entries().find(|original| original.path == entry.path);
    let title = original.map_or("", |original| original.title.as_str());
    // A translation's pages lie below the source's.
    let href = format!("{base}../{}{}", source.prefix, entry.path);
    let link = |anchor: &str, title: &str| {
        html! {
            a href={ (text(&href)) (text(anchor)) } hreflang=(source.tag) lang=(source.tag) { (PreEscaped(inline(title))) }
        }
    };
    let whole = |said: &str| html! { p class="notice" { (text(said)) " " (link("", title)) } };
    let older = match &entry.state {
        Translation::Current => return html! {},
        Translation::Missing => return whole(&words.say("book-notice-missing", &[])),
        Translation::Outdated => return whole(&words.say("book-notice-outdated", &[])),
        Translation::Partly(older) => older,
    };
    html! {
        @if older.opening { (whole(&since(words, "book-notice-opening", older))) }
        @if !older.missing.is_empty() {
            p class="notice" {
                (text(&words.say("book-notice-steps-missing", &[]))) " "
                @for (at, (id, title)) in older.missing.iter().enumerate() {
                    @if at > 0 { ", " }
                    (link(&format!("#{id}"), title))
                }
            }
        }
    }
}
