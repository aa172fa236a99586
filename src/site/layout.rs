//! Renders the frame of every page: head, bar, contents, dialogs.

use askama::Template;
use askama::filters::Safe;
use mdbook_driver::config::TextDirection;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::branding::SitePicture;
use super::html::render;
use super::links::LinkResolver;
use super::markdown::short_html;
use super::outline::{
    ARCHITECTURE, AUTHORS, Entry, GLOSSARY, GroupPages, HOME, NOT_FOUND, Outline, PRINT, VERIFIED, up, without_home,
};
use super::page_maker::{PageMaker, Site};
use super::search;
use crate::text::WordList;

/// A page without its frame.
#[derive(Default)]
pub(super) struct Content {
    /// The path below the language's prefix.
    pub(super) path: String,
    pub(super) title: String,
    pub(super) description: String,
    /// The lesson's id, if the page is a lesson's page.
    pub(super) lesson: Option<String>,
    /// The path of the source file below the course's directory, if the page is a lesson or one of the author's own
    /// pages.
    pub(super) source: Option<String>,
    pub(super) html: String,
    /// The language of the page's text.
    pub(super) lang: String,
    /// The words of the page for the search. They are empty if the search does not lead to the page.
    pub(super) passages: Vec<search::Words>,
}

/// The names of the attributes from which the scripts read their messages.
const SCRIPT_WORDS: WordList = WordList(
    "copied copy-failed right wrong all-right not-yet quiz-choose-first quiz-up quiz-down done done-undo progress-of \
     lesson-done go-on step-done export-name imported import-failed reset reset-sure reset-done not-kept close \
     replay-label replay-screen replay-play replay-pause replay-playing replay-paused replay-done replay-back replay-next \
     replay-time replay-speed replay-failed",
);

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    make: &'a PageMaker<'a>,
    site: &'a Site<'a>,
    outline: &'a Outline<'a>,
    /// The path of the language's search index.
    index: &'a str,
    content: &'a Content,
    /// The path from the page to the site's root.
    root: &'a str,
    /// The path from the page to the language's pages.
    base: &'a str,
    title: String,
    direction: &'static str,
    course_id: &'a str,
    /// The course's title, if the course has an id. Browsers stored progress under the title before the course had an
    /// id.
    course_title: Option<&'a str>,
    own_footer: Option<Safe<String>>,
    /// The message key and the address of each link in the footer.
    footer_links: Vec<(&'static str, String)>,
}

impl PageMaker<'_> {
    /// Renders the page with `content`.
    pub(super) fn page(&self, index: &str, content: &Content) -> String {
        let Self { outline, site, .. } = self;
        let course = site.course;
        let root = self.root(&content.path);
        let title = match content.path.as_str() {
            HOME => content.title.clone(),
            _ => format!("{} - {}", content.title, outline.title),
        };
        let is_leftward = matches!(TextDirection::from_lang_code(&outline.tag), TextDirection::RightToLeft);
        let source_language = course.source_language().unwrap_or_default();
        let course_title = course.title_in(source_language);
        let own_footer = course.site.footer.get(&outline.tag).or_else(|| course.site.footer.get(source_language));
        let path = content.source.as_deref().map(|path| utf8_percent_encode(path, UNSAFE).to_string());
        let edit = course.site.edit.as_ref().zip(path).map(|(edit, path)| edit.replace("{path}", &path));
        let footer_links = [
            ("book-edit", edit),
            ("book-report", course.site.report.clone()),
            ("book-repository", course.site.repository.clone()),
        ];
        render(&Page {
            make: self,
            site,
            outline,
            index,
            content,
            root: &root,
            base: &format!("{root}{}", outline.prefix),
            title,
            direction: if is_leftward { "rtl" } else { "ltr" },
            course_id: course.id.as_deref().unwrap_or(course_title),
            course_title: course.id.is_some().then_some(course_title),
            own_footer: own_footer.map(|own| Safe(short_html(own, Some(LinkResolver::default())))),
            footer_links: footer_links.into_iter().filter_map(|(key, url)| Some((key, url?))).collect(),
        })
    }

    /// Returns the path from the page to the site's root. A server shows the not-found page at any address, so the path
    /// of that page begins at the host.
    pub(super) fn root(&self, path: &str) -> String {
        if path == NOT_FOUND {
            let base = self.site.url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
            return base.map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"));
        }
        format!("{}{}", up(path), up(&self.outline.prefix))
    }

    /// Returns the page's address in the language of `other`. The address is complete only if the site's address is
    /// known.
    fn address(&self, other: &Outline<'_>, content: &Content) -> String {
        format!("{}{}{}", self.site.url.unwrap_or_default(), other.prefix, without_home(&content.path))
    }
}

impl Page<'_> {
    fn is_here(&self, path: &str) -> bool {
        path == self.content.path
    }

    /// Returns the canonical address of the page for search engines. If a translation is missing, this is the address
    /// of the source's page.
    fn canonical(&self) -> Option<String> {
        self.site.url.filter(|_| self.content.path != NOT_FOUND)?;
        let has_own = self.outline.has_page(&self.content.path);
        let own = if has_own { Some(self.outline) } else { self.site.outlines.first() };
        Some(self.make.address(own?, self.content))
    }

    /// Returns the site's address and the picture for link previews.
    fn preview(&self) -> Option<(&str, &SitePicture)> {
        let drawn = || self.site.drawn.get(self.outline.tag.as_str());
        self.site.url.zip(self.site.picture.as_ref().or_else(drawn))
    }

    /// Returns the path of the icon for the browser's tab.
    fn icon(&self) -> &str {
        self.site.logo.as_ref().map_or(&self.site.assets.icon.path, |logo| &logo.file.path)
    }

    /// Returns the lessons of a group that the table of contents lists. In a course with many lessons, these are the
    /// lessons near the open lesson. The group's page lists all lessons.
    fn listed<'g, 'e>(&self, group: &'g GroupPages<'e>) -> &'g [Entry<'e>] {
        if self.outline.lessons().count() <= MOST_LISTED {
            return &group.lessons;
        }
        let here = group.lessons.iter().position(|entry| self.is_here(&entry.path));
        let Some(at) = here else { return &[] };
        &group.lessons[at.saturating_sub(AROUND)..group.lessons.len().min(at + AROUND + 1)]
    }

    fn fold_label(&self, group: &GroupPages<'_>) -> String {
        self.make.words.say("book-fold", &[("group", &group.title)])
    }

    /// Returns the paths of the pages that every language has, and the message keys of their names.
    fn more_pages(&self) -> Vec<(&'static str, &'static str)> {
        let mut pages = vec![
            (ARCHITECTURE, "book-architecture"),
            (GLOSSARY, "book-glossary"),
            (VERIFIED, "book-verified"),
            (AUTHORS, "book-authors"),
            (PRINT, "book-whole"),
        ];
        pages.retain(|&(path, _)| path != AUTHORS || self.site.course.site.authors.is_some());
        pages
    }
}

/// The height of the logo in the bar, in pixels.
const LOGO_HEIGHT: u32 = 30;

/// The characters of a path that must be encoded in an address.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// The largest number of lessons in a course whose table of contents lists every lesson.
const MOST_LISTED: usize = 60;
/// The number of listed lessons before the open lesson, and after it, in a course with more than [`MOST_LISTED`]
/// lessons.
const AROUND: usize = 8;

/// Returns a language with its territory in the form that link previews need: `id_ID`. Returns `None` if the territory
/// is not known.
fn locale(tag: &str) -> Option<String> {
    match tag {
        "id" => Some("id_ID".to_owned()),
        "en" => Some("en_US".to_owned()),
        tag => tag.contains('-').then(|| tag.replace('-', "_")),
    }
}

fn language_name(tag: &str) -> &str {
    match tag {
        "id" => "Bahasa Indonesia",
        "en" => "English",
        tag => tag,
    }
}
