//! The frame of every page: the template with the words of its language, and what differs from page to page.

use std::fmt::Write as _;

use super::assets::{Assets, icon};
use super::html::escape;
use super::outline::{ARCHITECTURE, Entry, GLOSSARY, HOME, NOT_FOUND, Outline, Translation, VERIFIED, WHOLE, up};
use super::render::Rendered;
use crate::words::Words;

/// What differs from page to page.
#[derive(Debug, Clone, Default)]
pub(super) struct PageFacts {
    /// Below the language's prefix.
    pub(super) path: String,
    pub(super) title: String,
    pub(super) description: String,
    /// The lesson's id, on its page.
    pub(super) lesson: Option<String>,
}

/// What holds for the whole site.
pub(super) struct Site<'a> {
    pub(super) outlines: &'a [Outline<'a>],
    pub(super) assets: &'a Assets,
    /// `https://…/`, with its last slash, when it is known where the site will be.
    pub(super) url: Option<&'a str>,
    /// What no author can know.
    pub(super) nonce: &'a str,
    /// Tells this course's progress from another's at the same origin.
    pub(super) course: String,
}

impl Site<'_> {
    /// The template for mdBook, in the language of `words`: what is left open is filled by [`Self::frame`].
    pub(super) fn template(&self, words: &Words) -> String {
        let mut out = String::new();
        let template = include_str!("../../theme/index.hbs")
            .replace("<!--content-->", &self.slot("content"))
            .replace("<!--/content-->", &self.slot("end"));
        let mut rest = template.as_str();
        while let Some((before, after)) = rest.split_once("[[") {
            out.push_str(before);
            let Some((token, after)) = after.split_once("]]") else { break };
            rest = after;
            match token.split_once(':') {
                Some(("words", key)) => out.push_str(&escape(&words.say(key, &[]))),
                Some(("icon", name)) => out.push_str(icon(name)),
                Some(("asset", name)) => out.push_str(match name {
                    "css" => &self.assets.css.path,
                    "start" => &self.assets.start.path,
                    "js" => &self.assets.js.path,
                    _ => &self.assets.icon.path,
                }),
                Some(("page", name)) => out.push_str(&self.slot(name)),
                _ => {}
            }
        }
        out.push_str(rest);
        out
    }

    fn slot(&self, name: &str) -> String {
        format!("\u{e000}{}:{name}\u{e001}", self.nonce)
    }

    /// What mdBook made of a page, cut into what stands before the content, the content, and what follows.
    pub(super) fn cut(&self, html: &str) -> Rendered {
        let (open, close) = (self.slot("content"), self.slot("end"));
        match (html.find(&open), html.rfind(&close)) {
            (Some(start), Some(end)) if start + open.len() <= end => Rendered {
                head: html[..start].to_owned(),
                content: html[start + open.len()..end].to_owned(),
                tail: html[end + close.len()..].to_owned(),
            },
            _ => Rendered { head: html.to_owned(), content: html.to_owned(), tail: String::new() },
        }
    }

    /// The frame of a page, before and after its content, with its open places filled.
    pub(super) fn frame(
        &self,
        rendered: &Rendered,
        outline: &Outline<'_>,
        facts: &PageFacts,
        words: &Words,
        index: &str,
    ) -> (String, String) {
        let root = self.root(outline, facts);
        let fill = |part: &str| {
            let mut out = String::with_capacity(part.len() * 2);
            let mark = format!("\u{e000}{}:", self.nonce);
            let mut pieces = part.split(mark.as_str());
            out.push_str(pieces.next().unwrap_or_default());
            for piece in pieces {
                let (name, rest) = piece.split_once('\u{e001}').unwrap_or(("", piece));
                match name {
                    "root" => out.push_str(&root),
                    "course" => out.push_str(&escape(&self.course)),
                    "data" => out.push_str(&data(facts)),
                    "head" => out.push_str(&self.head(outline, facts)),
                    "home" => out.push_str(&format!("{root}{}{HOME}", outline.prefix)),
                    "title" => out.push_str(&escape(&outline.title)),
                    "languages" => out.push_str(&self.languages(outline, facts, &root, words)),
                    "sidebar" => out.push_str(&sidebar(outline, facts, &format!("{root}{}", outline.prefix), words)),
                    "footer" => out.push_str(&escape(&words.say("book-footer", &[]))),
                    "index" => out.push_str(index),
                    _ => {}
                }
                out.push_str(rest);
            }
            out
        };
        (fill(&rendered.head), fill(&rendered.tail))
    }

    /// The way from the page to the site's root. A page for lost addresses may be shown anywhere, so its way is from
    /// the host.
    pub(super) fn root(&self, outline: &Outline<'_>, facts: &PageFacts) -> String {
        if facts.path == NOT_FOUND {
            let base = self.url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
            return base.map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"));
        }
        format!("{}{}", up(&facts.path), up(&outline.prefix))
    }

    fn head(&self, outline: &Outline<'_>, facts: &PageFacts) -> String {
        let mut head = format!("<meta name=\"description\" content=\"{}\">\n", escape(&facts.description));
        let lost = facts.path == NOT_FOUND;
        if lost || facts.path == WHOLE {
            head.push_str("<meta name=\"robots\" content=\"noindex\">\n");
        }
        let address = |outline: &Outline<'_>| {
            let path = facts.path.strip_suffix(HOME).filter(|path| path.is_empty() || path.ends_with('/'));
            match self.url {
                Some(url) => format!("{url}{}{}", outline.prefix, path.unwrap_or(&facts.path)),
                None => format!("{}{}{}", self.root(outline, facts), outline.prefix, facts.path),
            }
        };
        if !lost {
            if self.url.is_some() {
                // A page that stands in for a translation is the source's page once more.
                let own = if has(outline, facts) { Some(outline) } else { self.outlines.first() };
                let canonical = own.map(&address).unwrap_or_default();
                let _ = writeln!(head, "<link rel=\"canonical\" href=\"{}\">", escape(&canonical));
                // An alternate must be a whole address to mean anything to a search engine.
                for other in self.outlines.iter().filter(|other| has(other, facts)) {
                    let address = escape(&address(other));
                    let _ = writeln!(head, "<link rel=\"alternate\" hreflang=\"{}\" href=\"{address}\">", other.tag);
                }
                if let Some(source) = self.outlines.first() {
                    let address = escape(&address(source));
                    let _ = writeln!(head, "<link rel=\"alternate\" hreflang=\"x-default\" href=\"{address}\">");
                }
                let _ = writeln!(head, "<meta property=\"og:url\" content=\"{}\">", escape(&address(outline)));
            } else {
                for other in self.outlines.iter().filter(|other| has(other, facts)) {
                    let way = format!("{}{}{}", self.root(outline, facts), other.prefix, facts.path);
                    let _ =
                        writeln!(head, "<link rel=\"alternate\" hreflang=\"{}\" href=\"{}\">", other.tag, escape(&way));
                }
            }
        }
        let kind = if facts.lesson.is_some() { "article" } else { "website" };
        let _ = write!(
            head,
            "<meta property=\"og:title\" content=\"{}\">\n<meta property=\"og:description\" content=\"{}\">\n\
             <meta property=\"og:type\" content=\"{kind}\">\n<meta property=\"og:site_name\" content=\"{}\">\n\
             <meta property=\"og:locale\" content=\"{}\">",
            escape(&facts.title),
            escape(&facts.description),
            escape(&outline.title),
            escape(&outline.tag.replace('-', "_")),
        );
        head
    }

    fn languages(&self, outline: &Outline<'_>, facts: &PageFacts, root: &str, words: &Words) -> String {
        if self.outlines.len() < 2 {
            return String::new();
        }
        let mut html = format!("<nav class=\"languages\" aria-label=\"{}\">", escape(&words.say("book-language", &[])));
        for other in self.outlines {
            let current = if other.tag == outline.tag { " aria-current=\"true\"" } else { "" };
            let tag = escape(&other.tag);
            let name = match other.tag.as_str() {
                "id" => "Bahasa Indonesia",
                "en" => "English",
                tag => tag,
            };
            let _ = write!(
                html,
                "<a href=\"{root}{}{}\" hreflang=\"{tag}\" lang=\"{tag}\"{current} data-language><span class=\"short\" \
                 aria-hidden=\"true\">{}</span><span class=\"sr\">{}</span></a>",
                escape(&other.prefix),
                escape(&facts.path),
                escape(&other.tag.to_uppercase()),
                escape(name)
            );
        }
        html.push_str("</nav>");
        html
    }
}

/// Whether this language has a page of its own there.
pub(super) fn has(outline: &Outline<'_>, facts: &PageFacts) -> bool {
    let missing = |entry: &Entry<'_>| entry.path == facts.path && entry.state == Translation::Missing;
    facts.lesson.is_none() || !outline.lessons().any(|(_, entry)| missing(entry))
}

fn data(facts: &PageFacts) -> String {
    facts.lesson.as_ref().map(|lesson| format!(" data-lesson=\"{}\"", escape(lesson))).unwrap_or_default()
}

/// Of more lessons than this a list is no help, and would weigh more than the page: then those round the open one are
/// listed, and the group's page has them all.
const MOST_LISTED: usize = 60;
/// So many before and after.
const AROUND: usize = 8;

fn around<'e, 'a>(lessons: &'e [Entry<'a>], path: &str) -> &'e [Entry<'a>] {
    let Some(at) = lessons.iter().position(|entry| entry.path == path) else { return &[] };
    &lessons[at.saturating_sub(AROUND)..lessons.len().min(at + AROUND + 1)]
}

fn sidebar(outline: &Outline<'_>, facts: &PageFacts, base: &str, words: &Words) -> String {
    let say = |key: &str| escape(&words.say(key, &[]));
    let current = |path: &str| if path == facts.path { " aria-current=\"page\"" } else { "" };
    let link = |path: &str, inside: &str| format!("<a href=\"{base}{}\"{}>{inside}</a>", escape(path), current(path));
    let mut html = format!("<ul class=\"toc\"><li>{}</li>", link(HOME, &say("book-home")));
    let many = outline.lessons().count() > MOST_LISTED;
    for group in &outline.groups {
        let _ = write!(html, "<li class=\"group\">{}<ol>", link(&group.path, &escape(&group.title)));
        let listed = if many { around(&group.lessons, &facts.path) } else { group.lessons.as_slice() };
        if listed.len() < group.lessons.len() {
            let all = words.count("book-all-lessons", group.lessons.len(), &[]);
            let _ = write!(html, "<li>{}</li>", link(&group.path, &escape(&all)));
        }
        for entry in listed {
            let _ = write!(
                html,
                "<li data-lesson=\"{}\" data-steps=\"{}\">{}",
                escape(&entry.file.id.0),
                steps(entry),
                link(
                    &entry.path,
                    &format!(
                        "<span class=\"tick\" aria-hidden=\"true\"></span><span class=\"name\">{}{} <span class=\"of\"></span></span>{}",
                        titled(entry, outline),
                        mark(entry, words),
                        minutes(entry, words)
                    )
                )
            );
            if entry.path == facts.path {
                html.push_str("<ol class=\"steps\">");
                for step in entry.doable() {
                    let old = matches!(&entry.state, Translation::Partly(older) if older.step(&step.id.0).is_some());
                    let _ = write!(
                        html,
                        "<li><a href=\"#{}\"><span class=\"name\">{}{}</span></a></li>",
                        escape(&step.id.0),
                        super::html::inline(&step.title),
                        if old { badge("book-mark-outdated", words) } else { String::new() }
                    );
                }
                html.push_str("</ol>");
            }
            html.push_str("</li>");
        }
        html.push_str("</ol></li>");
    }
    let _ = write!(html, "<li class=\"group\"><span class=\"group-name\">{}</span><ul>", say("book-more"));
    for (path, key) in [
        (ARCHITECTURE, "book-architecture"),
        (GLOSSARY, "book-glossary"),
        (VERIFIED, "book-verified"),
        (WHOLE, "book-whole"),
    ] {
        let _ = write!(html, "<li>{}</li>", link(path, &say(key)));
    }
    html.push_str("</ul></li></ul>");
    html
}

/// The ids of a lesson's steps that can be ticked off, as the scripts read them.
pub(super) fn steps(entry: &Entry<'_>) -> String {
    escape(&entry.doable().map(|step| step.id.0.as_str()).collect::<Vec<_>>().join(" "))
}

/// The title, with its language where that is not the page's.
pub(super) fn titled(entry: &Entry<'_>, outline: &Outline<'_>) -> String {
    let title = super::html::inline(&entry.title);
    if entry.lang == outline.tag { title } else { format!("<span lang=\"{}\">{title}</span>", escape(&entry.lang)) }
}

/// That a lesson has no translation, or an old one.
fn mark(entry: &Entry<'_>, words: &Words) -> String {
    let key = match &entry.state {
        Translation::Current => return String::new(),
        Translation::Missing => "book-mark-missing",
        Translation::Outdated => "book-mark-outdated",
        Translation::Partly(_) => "book-mark-partly",
    };
    badge(key, words)
}

fn badge(key: &str, words: &Words) -> String {
    format!(" <span class=\"badge\">{}</span>", escape(&words.say(key, &[])))
}

pub(super) fn minutes(entry: &Entry<'_>, words: &Words) -> String {
    let Some(minutes) = entry.minutes() else { return String::new() };
    let said = words.count("book-minutes", minutes as usize, &[]);
    format!(" <span class=\"minutes\">{}</span>", escape(&said))
}
