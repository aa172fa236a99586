//! The pages of one language and its search.

use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;
use std::sync::Arc;

use super::BookError;
use super::assets::Asset;
use super::block::Maker;
use super::body::BodyOf;
use super::chapter::{markdown, since};
use super::html::{escape, inline};
use super::kept::{Keep, OfLanguage, Text};
use super::layout::{PageFacts, Site};
use super::links::{Links, Targets};
use super::outline::{ARCHITECTURE, Entry, GLOSSARY, HOME, NOT_FOUND, Outline, Translation, VERIFIED, WHOLE, up};
use super::places::{Place, sample};
use super::records::Records;
use super::render::{Draft, Frame, Rendered, render};
use super::search::{self, Source};
use super::seen::{Seen, SeenOf};
use super::tips::Tips;
use crate::lesson::Terms;
use crate::store::cores::each;
use crate::words::Words;

/// A page, and the targets of the pieces it is made of.
pub(super) struct Page {
    pub(super) file: Asset,
    pub(super) targets: Vec<Arc<Targets>>,
}

enum Kind<'a> {
    Lesson(usize, &'a Entry<'a>),
    Own(String),
}

impl Kind<'_> {
    /// The language that a page of `outline` is written in.
    fn lang<'k>(&'k self, outline: &'k Outline<'_>) -> &'k str {
        match self {
            Self::Lesson(_, entry) => &entry.lang,
            Self::Own(_) => &outline.tag,
        }
    }
}

/// A page's frame and content on their way together.
type Parts<'p> = ((&'p (PageFacts, Kind<'p>), &'p Arc<Rendered>), &'p Arc<Seen>);

/// One language of a site.
pub(super) struct Language<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) outline: &'a Outline<'a>,
    pub(super) terms: Option<&'a Terms>,
    pub(super) records: &'a Records,
    pub(super) links: &'a Links,
}

impl<'a> Language<'a> {
    /// Every page, and the search index.
    pub(super) fn make(&self, kept: &mut OfLanguage) -> Result<(Vec<Page>, Asset), BookError> {
        let &Self { site, outline, .. } = self;
        let words = Words::new(outline.lang);
        let kinds = self.kinds(&words);
        let rendered = self.render(&kinds, &words, kept)?;
        let contents = self.contents(&kinds, &rendered, &mut kept.bodies);
        let wanted = kinds.iter().zip(contents).map(|((facts, kind), html)| {
            let part = match kind {
                Kind::Lesson(_, entry) => Some(entry.file.id.0.clone()),
                Kind::Own(_) => None,
            };
            let found = is_found(facts).then(|| kind.lang(outline).to_owned());
            (facts.path.clone(), SeenOf { html: html.into(), path: facts.path.clone(), found, part })
        });
        let look = |missing: &[(usize, &SeenOf)]| Ok(each(missing, || (), |(), (_, page)| page.look()));
        let Ok(seen) = kept.seen.renew::<Infallible>(wanted.collect(), look);

        let found = kinds.iter().zip(&seen).filter(|((facts, _), _)| is_found(facts));
        let sources = found.map(|((facts, kind), seen)| Source {
            path: &facts.path,
            title: &facts.title,
            lang: kind.lang(outline),
            passages: &seen.passages,
        });
        let index = search::index(&outline.tag, &sources.collect::<Vec<_>>());
        let index = Asset::named(&format!("cari-{}", outline.tag), "js", index);

        let all: Vec<_> = kinds.iter().zip(&rendered).zip(&seen).collect();
        let page = |words: &Words, (((facts, _), rendered), own): &Parts<'_>| {
            let (head, tail) = site.frame(rendered, outline, facts, words, &index.path);
            let mut targets =
                vec![Arc::new(Targets::of(&head)), Arc::new(Targets::of(&tail)), Arc::clone(&own.targets)];
            let mut html = head + &own.html;
            if facts.path == WHOLE {
                for (part, of_part) in seen.iter().filter_map(|seen| seen.part.as_ref()) {
                    html.push_str(part);
                    targets.push(Arc::clone(of_part));
                }
            }
            html.push_str(&tail);
            let path = format!("{}{}", outline.prefix, facts.path);
            Page { file: Asset { path, bytes: html.into_bytes() }, targets }
        };
        Ok((each(&all, || Words::new(outline.lang), page), index))
    }

    /// Every page in order: what its head says, and what it is.
    fn kinds(&self, words: &Words) -> Vec<(PageFacts, Kind<'a>)> {
        let &Self { site, outline, records, .. } = self;
        let place = Place { outline, words };
        let say = |key: &str| words.say(key, &[]);
        let shown = sample(outline, &Maker::new(words, ""));
        let mut kinds = Vec::new();
        let mut own = |path: &str, title: String, html: String| {
            let facts = PageFacts { path: path.to_owned(), title, description: say("book-lead"), lesson: None };
            kinds.push((facts, Kind::Own(html)));
        };
        own(HOME, outline.title.clone(), place.home(shown.as_deref(), records));
        for (index, group) in outline.groups.iter().enumerate() {
            own(&group.path, group.title.clone(), place.group(index));
        }
        own(GLOSSARY, say("book-glossary"), place.glossary(self.terms));
        own(ARCHITECTURE, say("book-architecture"), place.architecture());
        own(VERIFIED, say("book-verified"), place.verified(records));
        let lost = PageFacts { path: NOT_FOUND.to_owned(), ..PageFacts::default() };
        own(NOT_FOUND, say("book-lost"), place.lost(&format!("{}{}", site.root(outline, &lost), outline.prefix)));
        // The lessons follow it.
        own(WHOLE, say("book-whole"), place.whole_head());
        let lessons: Vec<(usize, &Entry<'_>)> = outline.lessons().collect();
        let lesson = |words: &Words, &(group, entry): &(usize, &'a Entry<'a>)| {
            let facts = PageFacts {
                path: entry.path.clone(),
                title: entry.title.clone(),
                description: Place { outline, words }.describe(entry),
                lesson: Some(entry.file.id.0.clone()),
            };
            (facts, Kind::Lesson(group, entry))
        };
        kinds.extend(each(&lessons, || Words::new(outline.lang), lesson));
        kinds
    }

    /// What mdBook makes of each page.
    fn render(
        &self,
        kinds: &[(PageFacts, Kind<'_>)],
        words: &Words,
        kept: &mut OfLanguage,
    ) -> Result<Vec<Arc<Rendered>>, BookError> {
        let &Self { site, outline, .. } = self;
        let (tag, title) = (outline.tag.clone(), outline.title.clone());
        let frame = Arc::new(Frame { tag, title, index: site.template(words) });
        let draft = |(): &(), (facts, kind): &(PageFacts, Kind<'_>)| {
            let markdown = match kind {
                Kind::Lesson(_, entry) => markdown(&entry.file.lesson, site.nonce),
                Kind::Own(_) => String::new(),
            };
            let (path, title) = (facts.path.clone(), facts.title.clone());
            (path.clone(), Draft { frame: Arc::clone(&frame), path, title, markdown })
        };
        kept.rendered.renew(each(kinds, || (), draft), |missing| {
            let drafts: Vec<&Draft> = missing.iter().map(|(_, draft)| *draft).collect();
            Ok(render(&drafts)?.iter().map(|html| site.cut(html)).collect())
        })
    }

    /// What stands on each page between head and tail.
    fn contents(
        &self,
        kinds: &[(PageFacts, Kind<'a>)],
        rendered: &[Arc<Rendered>],
        kept: &mut Keep<BodyOf, String>,
    ) -> Vec<String> {
        let &Self { site, outline, terms, records, links } = self;
        let tools = || Words::new(outline.lang);
        let lessons: Vec<(&Entry<'_>, &Arc<Rendered>)> = kinds
            .iter()
            .zip(rendered)
            .filter_map(|((_, kind), rendered)| match kind {
                Kind::Lesson(_, entry) => Some((*entry, rendered)),
                Kind::Own(_) => None,
            })
            .collect();
        let text = terms.map(|terms| Text(terms.source.clone()));
        let wanted = each(
            &lessons,
            || (),
            |(), &(entry, rendered)| {
                let body = BodyOf::new(site, outline, entry, rendered, text.as_ref(), links.of(entry), records);
                (entry.path.clone(), body)
            },
        );
        let Ok(bodies) = kept.renew::<Infallible>(wanted, |missing| {
            let langs: BTreeSet<&str> = missing.iter().map(|(at, _)| lessons[*at].0.lang.as_str()).collect();
            let tips: HashMap<&str, Tips> =
                langs.into_iter().filter_map(|lang| Some((lang, Tips::new(terms?, lang)?))).collect();
            Ok(each(missing, tools, |words, (at, body)| {
                let entry = lessons[*at].0;
                body.make(&entry.file.lesson, site.nonce, words, tips.get(entry.lang.as_str()))
            }))
        });
        let mut bodies = bodies.iter();
        let all: Vec<(&Kind<'_>, &str)> = kinds
            .iter()
            .map(|(_, kind)| match kind {
                Kind::Lesson(..) => (kind, bodies.next().map_or("", |body| body.as_str())),
                Kind::Own(html) => (kind, html.as_str()),
            })
            .collect();
        each(&all, tools, |words, (kind, body)| {
            let Kind::Lesson(group, entry) = kind else { return (*body).to_owned() };
            let lang =
                if entry.lang == outline.tag { String::new() } else { format!(" lang=\"{}\"", escape(&entry.lang)) };
            let place = Place { outline, words };
            format!(
                "{}{}<div class=\"lesson\"{lang}>{body}</div>{}",
                notice(site, entry, words),
                place.lesson_head(*group, entry),
                place.turn(&entry.path),
            )
        })
    }
}

/// Whether the search leads there.
fn is_found(facts: &PageFacts) -> bool {
    ![HOME, NOT_FOUND, VERIFIED, WHOLE].contains(&facts.path.as_str())
}

/// That a page has no translation or an old one, with the way to the source.
fn notice(site: &Site<'_>, entry: &Entry<'_>, words: &Words) -> String {
    let Some(source) = site.outlines.first() else { return String::new() };
    let original = source.lessons().map(|(_, original)| original).find(|original| original.path == entry.path);
    let title = original.map_or("", |original| original.title.as_str());
    let tag = escape(&source.tag);
    let way = escape(&format!("{}../{}{}", up(&entry.path), source.prefix, entry.path));
    let link = |anchor: &str, title: &str| {
        format!("<a href=\"{way}{}\" hreflang=\"{tag}\" lang=\"{tag}\">{}</a>", escape(anchor), inline(title))
    };
    let said = |said: &str, links: &str| format!("<p class=\"notice\">{} {links}</p>", escape(said));
    let whole = |key: &str| said(&words.say(key, &[]), &link("", title));
    let older = match &entry.state {
        Translation::Current => return String::new(),
        Translation::Missing => return whole("book-notice-missing"),
        Translation::Outdated => return whole("book-notice-outdated"),
        Translation::Partly(older) => older,
    };
    let mut html = String::new();
    if older.opening {
        html.push_str(&said(&since(words, "book-notice-opening", older), &link("", title)));
    }
    if !older.missing.is_empty() {
        let links: Vec<String> = older.missing.iter().map(|(id, title)| link(&format!("#{id}"), title)).collect();
        html.push_str(&said(&words.say("book-notice-steps-missing", &[]), &links.join(", ")));
    }
    html
}
