//! The frame of every page: head, bar, contents, dialogs.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use mdbook_driver::config::TextDirection;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::assets::icon;
use super::html::text;
use super::markdown::{inline, short_html};
use super::outline::{
    ARCHITECTURE, AUTHORS, Entry, GLOSSARY, HOME, NOT_FOUND, Outline, PRINT, Translation, VERIFIED, up, without_home,
};
use super::page_maker::{PageMaker, Site, step_ids};
use crate::text::WordList;

/// What differs from page to page.
#[derive(Debug, Clone, Default)]
pub(super) struct PageFacts {
    /// Below the language's prefix.
    pub(super) path: String,
    pub(super) title: String,
    pub(super) description: String,
    /// The lesson's id, on its page.
    pub(super) lesson: Option<String>,
    /// The path of its source below the course's directory, if it is a lesson or a page of the author's.
    pub(super) source: Option<String>,
}

/// The sentences that the scripts say, by the attribute that they are read from.
const SCRIPT_WORDS: WordList = WordList(
    "copied copy-failed right wrong all-right not-yet quiz-choose-first quiz-up quiz-down done done-undo progress-of \
     lesson-done go-on step-done export-name imported import-failed reset reset-sure reset-done not-kept close \
     replay-label replay-screen replay-play replay-pause replay-playing replay-paused replay-done replay-back replay-next \
     replay-time replay-failed",
);

/// The parts of the frame that are the same on every page of a language.
pub(super) struct Frame {
    buttons: Markup,
    help: Markup,
    script_words: Markup,
    index: String,
}

impl Frame {
    /// `index` is the path of the language's search index.
    pub(super) fn new(make: &PageMaker<'_>, index: &str) -> Self {
        let say = |key: &str| make.say(&format!("book-{key}"));
        let icon = |name| PreEscaped(icon(name));
        let buttons = html! {
            button type="button" id="d-theme" class="icon js" data-auto=(say("theme-auto")) data-light=(say("theme-light"))
                data-dark=(say("theme-dark")) aria-label=(say("theme-auto")) { (icon("auto")) (icon("light")) (icon("dark")) }
            button type="button" id="d-help-open" class="icon js" aria-haspopup="dialog" aria-label=(say("help")) { (icon("help")) }
        };
        let help = html! {
            dialog id="d-help" class="sheet" aria-labelledby="d-help-title" {
                h2 id="d-help-title" { (say("help")) }
                dl class="keys" {
                    div { dt { kbd { "j" } " " kbd { "k" } } dd { (say("key-steps")) } }
                    @for (key, said) in [("/", "key-search"), ("?", "key-help"), ("Esc", "key-close")] {
                        div { dt { kbd { (key) } } dd { (say(said)) } }
                    }
                }
                p { label class="switch" { input type="checkbox" id="d-keys" checked; " " (say("keys-on")) } }
                h2 { (say("progress")) }
                p id="d-progress-why" { (say("progress-why")) }
                p class="row" {
                    button type="button" id="d-export" class="button quiet" { (say("export")) }
                    label class="button quiet pick" {
                        (say("import")) input type="file" id="d-import" class="sr" accept="application/json,.json";
                    }
                    button type="button" id="d-reset" class="button quiet" { (say("reset")) }
                }
                p id="d-progress-said" role="status" {}
                form method="dialog" { button class="button" { (say("close")) } }
            }
        };
        let data: String = SCRIPT_WORDS.words().map(|name| format!(" data-{name}=\"{}\"", say(name).0)).collect();
        let script_words = PreEscaped(format!("<div id=\"d-words\" hidden{data}></div>"));
        Self { buttons, help, script_words, index: index.to_owned() }
    }
}

impl PageMaker<'_> {
    /// The page with `content`.
    pub(super) fn page(&self, frame: &Frame, facts: &PageFacts, content: &str) -> String {
        let &Self { outline, site: Site { course, assets, .. }, .. } = self;
        let say = |key: &str| self.say(&format!("book-{key}"));
        let root = text(&self.root(facts));
        let base = format!("{}{}", root.0, outline.prefix);
        let asset = |path: &str| PreEscaped(format!("{}{path}", root.0));
        let title = match facts.path.as_str() {
            HOME => facts.title.clone(),
            _ => format!("{} - {}", facts.title, outline.title),
        };
        let is_leftward = matches!(TextDirection::from_lang_code(&outline.tag), TextDirection::RightToLeft);
        let direction = if is_leftward { "rtl" } else { "ltr" };
        let title_before = course.title_in(course.source_language().unwrap_or_default());
        let id = course.id.as_deref().unwrap_or(title_before);
        // Under the title lies the progress from before the course had an id.
        let before = course.id.is_some().then(|| text(title_before));
        let page = html! {
            (DOCTYPE)
            "\n"
            html lang=(outline.tag) dir=(direction) data-root=(root) data-course=(text(id)) data-title=[before] data-lang=(outline.tag)
                data-lesson=[facts.lesson.as_deref().map(text)] {
                "\n"
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta http-equiv="Content-Security-Policy" content={
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                        "connect-src 'self'; base-uri 'none'; form-action 'none'"
                    };
                    meta name="referrer" content="no-referrer";
                    meta name="color-scheme" content="light dark";
                    title { (text(&title)) }
                    "\n" (self.head(facts)) "\n"
                    link rel="icon" href=(asset(self.icon())) type=[self.icon().ends_with(".svg").then_some("image/svg+xml")];
                    link rel="stylesheet" href=(asset(&assets.css.path));
                    script src=(asset(&assets.start.path)) {}
                    script src=(asset(&assets.js.path)) defer {}
                }
                "\n"
                body {
                    a class="skip" href="#d-content" { (say("skip")) }
                    a class="skip" href="#d-toc" { (say("skip-contents")) }
                    header class="top" {
                        button type="button" id="d-menu" class="icon js" aria-expanded="false" aria-controls="d-toc"
                            aria-label=(say("contents")) { (PreEscaped(icon("menu"))) }
                        a class="no-js icon" href="#d-toc" { (say("contents")) }
                        a class="brand" href={ (PreEscaped(&base)) (HOME) } { (self.logo(&root)) span { (text(&outline.title)) } }
                        button type="button" id="d-search-open" class="icon js" aria-haspopup="dialog" aria-keyshortcuts="/"
                            aria-label=(say("search")) { (PreEscaped(icon("search"))) }
                        (self.languages(facts, &root))
                        (frame.buttons)
                    }
                    "\n"
                    div class="body" {
                        main id="d-content" tabindex="-1" { "\n" (PreEscaped(content)) "\n" }
                        "\n"
                        nav id="d-toc" tabindex="-1" aria-label=(say("contents")) { (self.sidebar(facts, &base)) }
                    }
                    "\n"
                    (self.footer(facts))
                    (frame.help)
                    dialog id="d-search" class="sheet search" aria-labelledby="d-search-title" data-index=(asset(&frame.index))
                        data-script=(asset(&assets.search.path))
                        data-base={ (PreEscaped(&base)) (HOME) } data-none=(say("search-none")) data-failed=(say("search-failed"))
                        data-found=(say("search-found")) data-without=(say("search-without")) {
                        h2 id="d-search-title" class="sr" { (say("search")) }
                        div class="ask-row" {
                            input id="d-search-ask" type="text" inputmode="search" enterkeyhint="search" role="combobox" autocomplete="off" autocapitalize="off"
                                spellcheck="false" aria-expanded="false" aria-controls="d-search-list" aria-autocomplete="list"
                                aria-label=(say("search-what")) placeholder=(say("search-what"));
                            button type="button" id="d-search-close" class="icon" aria-label=(say("close")) { (PreEscaped(icon("close"))) }
                        }
                        p id="d-search-said" class="said" role="status" data-hint=(say("search-hint")) { (say("search-hint")) }
                        div id="d-search-list" role="listbox" aria-label=(say("search-results")) {}
                    }
                    (frame.script_words)
                    div id="d-said" class="sr" role="status" {}
                }
                "\n"
            }
            "\n"
        };
        page.into_string()
    }

    /// The path of the icon for the browser's tab.
    fn icon(&self) -> &str {
        self.site.branding.logo.as_ref().map_or(&self.site.assets.icon.path, |logo| &logo.file.path)
    }

    fn logo(&self, root: &Markup) -> Markup {
        let Some(logo) = &self.site.branding.logo else { return PreEscaped(icon("logo").to_owned()) };
        let width = logo.size.map(|(width, height)| LOGO_HEIGHT * width / height);
        html! { img class="own-logo" src={ (root) (logo.file.path) } alt="" width=[width] height=(LOGO_HEIGHT); }
    }

    fn footer(&self, facts: &PageFacts) -> Markup {
        let course = self.site.course;
        let site = &course.site;
        let own = site.footer.get(&self.outline.tag).or_else(|| site.footer.get(course.source_language()?));
        let path = facts.source.as_deref().map(|path| utf8_percent_encode(path, UNSAFE).to_string());
        let edit = site.edit.as_ref().zip(path).map(|(edit, path)| edit.replace("{path}", &path));
        let links: Vec<(&str, &String)> = [
            ("book-edit", edit.as_ref()),
            ("book-report", site.report.as_ref()),
            ("book-repository", site.repository.as_ref()),
        ]
        .into_iter()
        .filter_map(|(key, url)| Some((key, url?)))
        .collect();
        html! {
            footer class="bottom" {
                @if !links.is_empty() {
                    p class="no-print" {
                        @for (at, (key, url)) in links.iter().enumerate() {
                            @if at > 0 { " · " }
                            a href=(text(url)) { (self.say(key)) }
                        }
                    }
                }
                @if let Some(own) = own { (PreEscaped(short_html(own, None, true))) }
                p { (self.say("book-footer")) }
            }
        }
    }

    /// The way from the page to the site's root. A page for lost addresses may be shown anywhere, so its way is from
    /// the host.
    pub(super) fn root(&self, facts: &PageFacts) -> String {
        if facts.path == NOT_FOUND {
            let base = self.site.url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
            return base.map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"));
        }
        format!("{}{}", up(&facts.path), up(&self.outline.prefix))
    }

    /// The page's full address in the language of `other`, if the site's address is known.
    fn address(&self, other: &Outline<'_>, facts: &PageFacts) -> String {
        format!("{}{}{}", self.site.url.unwrap_or_default(), other.prefix, without_home(&facts.path))
    }

    fn head(&self, facts: &PageFacts) -> Markup {
        let &Self { outline, site: &Site { outlines, url, branding, .. }, .. } = self;
        let lost = facts.path == NOT_FOUND;
        let address = |other: &Outline<'_>| text(&self.address(other, facts));
        // A page that stands in for a translation is the source's page once more.
        let own = if has_page(outline, facts) { Some(outline) } else { outlines.first() };
        html! {
            meta name="description" content=(text(&facts.description));
            @if lost || facts.path == PRINT { meta name="robots" content="noindex"; }
            @if !lost {
                // Search engines take full addresses only.
                @if url.is_some() {
                    link rel="canonical" href=(own.map(address).unwrap_or_default());
                    @for other in outlines.iter().filter(|other| has_page(other, facts)) {
                        link rel="alternate" hreflang=(other.tag) href=(address(other));
                    }
                    @if let Some(source) = outlines.first() { link rel="alternate" hreflang="x-default" href=(address(source)); }
                    meta property="og:url" content=(address(outline));
                }
            }
            meta property="og:title" content=(text(&facts.title));
            meta property="og:description" content=(text(&facts.description));
            meta property="og:type" content=(if facts.lesson.is_some() { "article" } else { "website" });
            meta property="og:site_name" content=(text(&outline.title));
            @if let Some(locale) = locale(&outline.tag) { meta property="og:locale" content=(locale); }
            @for other in outlines.iter().filter(|other| other.tag != outline.tag && has_page(other, facts)) {
                @if let Some(locale) = locale(&other.tag) { meta property="og:locale:alternate" content=(locale); }
            }
            @let picture = url.zip(branding.picture.as_ref());
            @if let Some((url, picture)) = picture {
                meta property="og:image" content={ (text(url)) (picture.file.path) };
                meta property="og:image:alt" content=(text(&outline.title));
                @if let Some((width, height)) = picture.size {
                    meta property="og:image:width" content=(width);
                    meta property="og:image:height" content=(height);
                }
            }
            meta name="twitter:card" content=(if picture.is_some() { "summary_large_image" } else { "summary" });
        }
    }

    fn languages(&self, facts: &PageFacts, root: &Markup) -> Markup {
        html! {
            @if self.site.outlines.len() > 1 {
                nav class="languages" aria-label=(self.say("book-language")) {
                    @for other in self.site.outlines {
                        a href={ (root) (other.prefix) (text(&facts.path)) } hreflang=(other.tag) lang=(other.tag)
                            aria-current=[(other.tag == self.outline.tag).then_some("true")] data-language {
                            span class="short" aria-hidden="true" { (other.tag.to_uppercase()) }
                            span class="sr" { (language_name(&other.tag)) }
                        }
                    }
                }
            }
        }
    }

    fn sidebar(&self, facts: &PageFacts, base: &str) -> Markup {
        let outline = self.outline;
        let link = |path: &str, inside: Markup| {
            let current = (path == facts.path).then_some("page");
            html! { a href={ (PreEscaped(base)) (text(path)) } aria-current=[current] { (inside) } }
        };
        let many = outline.lessons().count() > MOST_LISTED;
        let more = [
            (ARCHITECTURE, "book-architecture"),
            (GLOSSARY, "book-glossary"),
            (VERIFIED, "book-verified"),
            (AUTHORS, "book-authors"),
            (PRINT, "book-whole"),
        ];
        let is_there = |path: &str| path != AUTHORS || self.site.course.site.authors.is_some();
        html! {
            ul class="toc" {
                li { (link(HOME, self.say("book-home"))) }
                @for group in &outline.groups {
                    @let list = format!("d-group-{}", group.path.trim_end_matches(HOME).trim_end_matches('/'));
                    li class="group" {
                        div class="group-head" {
                            (link(&group.path, text(&group.title)))
                            button type="button" class="fold js" aria-expanded="true" aria-controls=(text(&list))
                                aria-label=(text(&self.words.say("book-fold", &[("group", &group.title)]))) {}
                        }
                        ol id=(text(&list)) {
                            @let listed = if many { around(&group.lessons, &facts.path) } else { group.lessons.as_slice() };
                            @if listed.len() < group.lessons.len() {
                                li {
                                    a href={ (PreEscaped(base)) (text(&group.path)) } {
                                        (self.count("book-all-lessons", group.lessons.len()))
                                    }
                                }
                            }
                            @for entry in listed {
                                li data-lesson=(text(&entry.file.id.0)) data-steps=(text(&step_ids(entry))) {
                                    (link(&entry.path, html! {
                                        span class="tick" aria-hidden="true" {}
                                        span class="name" { (self.titled(entry)) (self.mark(entry)) " " span class="of" {} }
                                        (self.minutes(entry))
                                    }))
                                    @if entry.path == facts.path { (self.steps(entry)) }
                                }
                            }
                        }
                    }
                }
                li class="group" {
                    span class="group-name" { (self.say("book-more")) }
                    ul {
                        @for page in &outline.pages { li { (link(&page.path, html! { (self.titled(page)) (self.mark(page)) })) } }
                        @for (path, key) in more { @if is_there(path) { li { (link(path, self.say(key))) } } }
                    }
                }
            }
        }
    }

    /// The sections of the open lesson, for the contents.
    fn steps(&self, entry: &Entry<'_>) -> Markup {
        let is_old = |id: &str| matches!(&entry.state, Translation::Partly(older) if older.step(id).is_some());
        html! {
            ol class="steps" {
                @for step in entry.sections() {
                    li data-section=(text(&step.id.0)) {
                        a href={ "#" (text(&step.id.0)) } {
                            span class="tick" aria-hidden="true" {}
                            span class="name" {
                                (PreEscaped(inline(&step.title)))
                                @if is_old(&step.id.0) { (self.badge("book-mark-outdated")) }
                                " " span class="sr" {}
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The height of the logo in the bar, in pixels.
const LOGO_HEIGHT: u32 = 30;

/// What a path cannot have in an address.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// A language with its territory, as link previews want it: `id_ID`. `None` if the territory is not known.
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

/// Whether this language has a page of its own there.
fn has_page(outline: &Outline<'_>, facts: &PageFacts) -> bool {
    let missing = |entry: &Entry<'_>| entry.path == facts.path && entry.state == Translation::Missing;
    !outline.entries().any(missing)
}

/// If a course has more lessons, the contents list only those around the open one; the group's page has them all.
const MOST_LISTED: usize = 60;
/// So many before and after.
const AROUND: usize = 8;

fn around<'e, 'a>(lessons: &'e [Entry<'a>], path: &str) -> &'e [Entry<'a>] {
    let Some(at) = lessons.iter().position(|entry| entry.path == path) else { return &[] };
    &lessons[at.saturating_sub(AROUND)..lessons.len().min(at + AROUND + 1)]
}
