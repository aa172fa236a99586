//! The whole site: every page in every language, written so that only files of ours are ever replaced or removed.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use super::assets::{Asset, Assets};
use super::block::Maker;
use super::chapter::Chapter;
use super::html::escape;
use super::layout::{PageFacts, Site};
use super::links::{Links, Outward, broken};
use super::outline::{
    ARCHITECTURE, Entry, GLOSSARY, HOME, NOT_FOUND, Outline, Translation, VERIFIED, WHOLE, outlines, up,
};
use super::places::{Place, sample};
use super::records::Records;
use super::render::{Draft, render};
use super::search::{self, Source};
use super::tips::Tips;
use super::{BookError, whole};
use crate::lesson::{CourseFiles, Terms};
use crate::store::cores::each;
use crate::store::{FileError, write_atomic};
use crate::words::Words;

/// The list of what a build wrote; where it is missing, a directory is not ours.
const MANIFEST: &str = ".dermaga-site";

/// What was built.
#[derive(Debug, Clone)]
pub struct Built {
    /// How many pages, all languages together.
    pub pages: usize,
    /// Links to other sites, which nobody has followed.
    pub outward: Vec<Outward>,
}

/// A site in memory.
#[derive(Debug)]
pub struct Made {
    pub(super) files: Vec<Asset>,
    /// What it holds.
    pub built: Built,
}

enum Kind<'a> {
    Lesson(Chapter<'a>, usize, &'a Entry<'a>),
    Own(String),
}

/// Builds the site of `course` in `dest`. `url` is where it will be found, with its last slash.
///
/// # Errors
/// When there is nothing to build, two pages want one address, `dest` holds files of others, or writing fails.
pub fn build(course: &CourseFiles, dest: &Path, url: Option<&str>) -> Result<Built, BookError> {
    let made = make(course, url)?;
    write(dest, &made.files)?;
    Ok(made.built)
}

/// As [`build`], in memory.
///
/// # Errors
/// As [`build`], but for writing.
pub fn make(course: &CourseFiles, url: Option<&str>) -> Result<Made, BookError> {
    let assets = Assets::new();
    let outlines = outlines(course)?;
    let nonce = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
    let name = course.course.title_in(course.course.source_language().unwrap_or_default()).to_owned();
    let site = Site { outlines: &outlines, assets: &assets, url, nonce: &nonce, course: name };
    let mut links = Links::new(course, &outlines);
    if !links.dead.is_empty() {
        return Err(BookError::Dead(links.dead));
    }
    let terms = course.terms.as_ref().map(|(terms, _)| terms);
    let records = Records::new(course, &outlines);
    let mut files: Vec<Asset> = assets.all().into_iter().cloned().collect();
    let mut pages = 0;
    for outline in &outlines {
        let made = language(&site, outline, terms, &records, &links)?;
        pages += made.iter().filter(|file| is_page(file)).count();
        files.extend(made);
    }
    files.extend(links.copies().chain(records.frames()).cloned());
    if let Some((page, link)) = broken(&files).into_iter().next() {
        return Err(BookError::Broken { page, link });
    }
    if let Some(url) = url {
        let page = |file: &&Asset| is_page(file) && ![NOT_FOUND, WHOLE].iter().any(|page| file.path.ends_with(page));
        // What stands in for a translation is its source once more.
        let missing: BTreeSet<String> = outlines
            .iter()
            .flat_map(|outline| outline.lessons().map(move |(_, entry)| (outline, entry)))
            .filter(|(_, entry)| entry.state == Translation::Missing)
            .map(|(outline, entry)| format!("{}{}", outline.prefix, entry.path))
            .collect();
        let line = |file: &Asset| {
            let path = file.path.strip_suffix(HOME).filter(|path| path.is_empty() || path.ends_with('/'));
            format!("<url><loc>{}</loc></url>\n", escape(&format!("{url}{}", path.unwrap_or(&file.path))))
        };
        let own = |file: &&Asset| page(file) && !missing.contains(&file.path);
        let list: String = files.iter().filter(own).map(line).collect();
        let map = format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{list}</urlset>\n");
        files.push(Asset { path: "sitemap.xml".to_owned(), bytes: map.into_bytes() });
    }
    Ok(Made { files, built: Built { pages, outward: std::mem::take(&mut links.outward) } })
}

fn is_page(file: &Asset) -> bool {
    Path::new(&file.path).extension().is_some_and(|extension| extension == "html")
}

fn language(
    site: &Site<'_>,
    outline: &Outline<'_>,
    terms: Option<&Terms>,
    records: &Records,
    links: &Links,
) -> Result<Vec<Asset>, BookError> {
    let words = Words::new(outline.lang);
    let place = Place { outline, words: &words };
    let say = |key: &str| words.say(key, &[]);
    let shown = sample(outline, &Maker::new(&words, ""));
    let mut kinds: Vec<(PageFacts, Kind<'_>)> = Vec::new();
    let mut own = |path: &str, title: String, html: String| {
        let facts = PageFacts { path: path.to_owned(), title, description: say("book-lead"), lesson: None };
        kinds.push((facts, Kind::Own(html)));
    };
    own(HOME, outline.title.clone(), place.home(shown.as_deref(), records));
    for (index, group) in outline.groups.iter().enumerate() {
        own(&group.path, group.title.clone(), place.group(index));
    }
    own(GLOSSARY, say("book-glossary"), place.glossary(terms));
    own(ARCHITECTURE, say("book-architecture"), place.architecture());
    own(VERIFIED, say("book-verified"), place.verified(records));
    let lost = PageFacts { path: NOT_FOUND.to_owned(), ..PageFacts::default() };
    own(NOT_FOUND, say("book-lost"), place.lost(&format!("{}{}", site.root(outline, &lost), outline.prefix)));
    // Filled when every lesson is there.
    own(WHOLE, say("book-whole"), String::new());
    let entries: Vec<(usize, &Entry<'_>)> = outline.lessons().collect();
    let tools = || Words::new(outline.lang);
    kinds.extend(each(&entries, tools, |words, &(group, entry)| {
        let (facts, chapter) = chapter(site, outline, entry, records, words);
        (facts, Kind::Lesson(chapter, group, entry))
    }));
    let drafts = each(
        &kinds,
        || (),
        |(), (facts, kind)| Draft {
            path: facts.path.clone(),
            title: facts.title.clone(),
            markdown: match kind {
                Kind::Lesson(chapter, ..) => chapter.markdown(),
                Kind::Own(_) => String::new(),
            },
        },
    );
    let rendered = render(&outline.tag, &outline.title, &site.template(&words), &drafts)?;
    let tips: HashMap<&str, Tips> = terms
        .into_iter()
        .flat_map(|terms| {
            let langs: BTreeSet<&str> = outline.lessons().map(|(_, entry)| entry.lang.as_str()).collect();
            langs.into_iter().filter_map(move |lang| Some((lang, Tips::new(terms, lang)?)))
        })
        .collect();
    let mut contents = each(&kinds, tools, |words, (facts, kind)| match kind {
        Kind::Own(html) => (html.clone(), String::new()),
        Kind::Lesson(chapter, group, entry) => {
            let html = site.content(rendered.get(&facts.path).map_or("", String::as_str));
            let (opening, sections) = {
                let glossary = format!("{}{GLOSSARY}", up(&entry.path));
                let tips = tips.get(entry.lang.as_str()).map(|tips| (tips, glossary.as_str()));
                chapter.sections(html, &Maker::new(words, ""), tips)
            };
            let lang =
                if entry.lang == outline.tag { String::new() } else { format!(" lang=\"{}\"", escape(&entry.lang)) };
            let body = links.lead(&format!("{opening}{sections}"), entry, outline, site.outlines);
            let place = Place { outline, words };
            let page = format!(
                "{}{}<div class=\"lesson\"{lang}>{body}</div>",
                notice(site, entry, words),
                place.lesson_head(*group, entry),
            );
            let part = whole::part(&page, &entry.path, &entry.file.id.0);
            (page + &place.turn(&entry.path), part)
        }
    });
    let whole = contents.iter().fold(place.whole_head(), |whole, (_, part)| whole + part);
    if let Some(at) = kinds.iter().position(|(facts, _)| facts.path == WHOLE) {
        contents[at].0 = whole;
    }
    let found: Vec<Source<'_>> = kinds
        .iter()
        .zip(&contents)
        .filter(|((facts, _), _)| ![HOME, NOT_FOUND, VERIFIED, WHOLE].contains(&facts.path.as_str()))
        .map(|((facts, kind), (html, _))| Source {
            path: &facts.path,
            title: &facts.title,
            lang: match kind {
                Kind::Lesson(.., entry) => &entry.lang,
                Kind::Own(_) => &outline.tag,
            },
            html,
        })
        .collect();
    let index = Asset::named(&format!("cari-{}", outline.tag), "js", search::index(&outline.tag, &found));
    let pages: Vec<_> = kinds.iter().zip(&contents).map(|((facts, _), (content, _))| (facts, content)).collect();
    let mut files = each(&pages, tools, |words, (facts, content)| {
        let html = rendered.get(&facts.path).map_or("", String::as_str);
        let page = site.page(html, outline, facts, words, content, &index.path);
        Asset { path: format!("{}{}", outline.prefix, facts.path), bytes: page.into_bytes() }
    });
    files.push(index);
    Ok(files)
}

/// The blocks of a lesson, on its way to its page.
fn chapter<'a>(
    site: &Site<'a>,
    outline: &Outline<'a>,
    entry: &'a Entry<'a>,
    records: &'a Records,
    words: &Words,
) -> (PageFacts, Chapter<'a>) {
    let facts = PageFacts {
        path: entry.path.clone(),
        title: entry.title.clone(),
        description: Place { outline, words }.describe(entry),
        lesson: Some(entry.file.id.0.clone()),
    };
    let root = site.root(outline, &facts);
    let evidence = records.of(entry, &root, Some(&site.assets.player.path));
    let mut chapter = Chapter::new(&entry.file.lesson, &Maker::new(words, ""), site.nonce, evidence);
    let others = site.outlines.iter().filter(|other| other.tag != outline.tag);
    chapter.others = others.map(|other| (other.tag.clone(), format!("{root}{}{}", other.prefix, entry.path))).collect();
    chapter.outdated = entry.state == Translation::Outdated;
    (facts, chapter)
}

/// That a page has no translation or an old one, with the way to the source.
fn notice(site: &Site<'_>, entry: &Entry<'_>, words: &Words) -> String {
    let key = match entry.state {
        Translation::Current => return String::new(),
        Translation::Missing => "book-notice-missing",
        Translation::Outdated => "book-notice-outdated",
    };
    let Some(source) = site.outlines.first() else { return String::new() };
    let way = format!("{}../{}{}", up(&entry.path), source.prefix, entry.path);
    format!(
        "<p class=\"notice\">{} <a href=\"{}\" hreflang=\"{tag}\" lang=\"{tag}\">{}</a></p>",
        escape(&words.say(key, &[])),
        escape(&way),
        escape(&entry.title),
        tag = escape(&source.tag)
    )
}

fn write(dest: &Path, files: &[Asset]) -> Result<(), BookError> {
    let manifest = dest.join(MANIFEST);
    let before = fs::read_to_string(&manifest);
    let empty = fs::read_dir(dest).map_or(true, |mut entries| entries.next().is_none());
    if before.is_err() && !empty {
        return Err(BookError::NotOurs(dest.to_owned()));
    }
    let failed = |path: &Path, error| BookError::File(FileError::from_io(path, crate::store::Action::Write, error));
    let mut now = BTreeSet::new();
    for file in files {
        let path = dest.join(&file.path);
        now.insert(file.path.clone());
        if fs::read(&path).is_ok_and(|bytes| bytes == file.bytes) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        }
        fs::write(&path, &file.bytes).map_err(|error| failed(&path, error))?;
    }
    for old in before.unwrap_or_default().lines().filter(|old| !now.contains(*old)) {
        let inside = Path::new(old).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        if inside {
            let _ = fs::remove_file(dest.join(old));
        }
    }
    let list: String = now.iter().map(|path| format!("{path}\n")).collect();
    write_atomic(&manifest, list.as_bytes())?;
    Ok(())
}
