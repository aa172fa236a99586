//! Where a lesson's links and pictures lead on the site: own ones to pages and copies, others listed, dead ones told.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::assets::Asset;
use super::html::{escape, unescape};
use super::kept::{Keep, Text};
use super::outline::{Entry, Outline, up};
use super::picture;
use super::tags;
use crate::lesson::lint::{self, Link, LintFinding, Pointers, beside, decoded, is_elsewhere, pointers};
use crate::lesson::{CourseFiles, LessonFile};
use crate::store::cores::each;
use crate::store::{FileError, read_bytes};
use crate::text::{Code, Diagnostic};

/// A file outside the course's directory: it is nobody's to publish.
const OUTSIDE: Code = Code("B101");
/// A file in which a browser would run what it holds.
const ACTIVE: Code = Code("B102");
/// Something that cannot be read: a directory, a pipe, a file without permission.
const UNREADABLE: Code = Code("B103");

/// The word that chooses the sentence of [`UNREADABLE`].
fn problem(error: &FileError) -> &'static str {
    match error {
        FileError::Directory(_) => "directory",
        FileError::Special(_) => "special",
        FileError::TooLarge { .. } => "large",
        _ => "other",
    }
}

/// A link to another site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outward {
    /// Where it leads.
    pub url: String,
    /// The lesson's file.
    pub path: PathBuf,
    /// The line in it.
    pub line: usize,
}

/// Where a target leads, counted from the site's root.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    /// A page below its language's prefix, with its anchor.
    Page { lang: String, path: String, anchor: String },
    /// A copy beside the pages, and its size if it is a picture.
    Copy { path: String, size: Option<(u32, u32)> },
}

/// Where the targets of one lesson lead.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ways(HashMap<String, Way>);

/// The links of every lesson of a course.
pub(super) struct Links {
    ways: HashMap<PathBuf, Arc<Ways>>,
    copies: BTreeMap<String, Asset>,
    /// Dead links and pictures.
    pub(super) dead: Vec<LintFinding>,
    /// Links to other sites.
    pub(super) outward: Vec<Outward>,
}

impl Links {
    /// Follows every link; `kept` is what the lessons pointed at before.
    pub(super) fn new(course: &CourseFiles, outlines: &[Outline<'_>], kept: &mut Keep<Text, Pointers>) -> Self {
        let wanted =
            course.lessons.iter().map(|file| (file.path.display().to_string(), Text(file.source.clone()))).collect();
        let read = kept.renew::<Infallible>(wanted, |missing| {
            Ok(each(missing, || (), |(), (at, _)| pointers(&course.lessons[*at].lesson)))
        });
        let Ok(read) = read;
        let all: Vec<(&LessonFile, Arc<Pointers>)> = course.lessons.iter().zip(read).collect();
        let by_path: HashMap<&Path, usize> =
            all.iter().enumerate().map(|(at, (file, _))| (file.path.as_path(), at)).collect();
        let pages: HashMap<PathBuf, (&LessonFile, &Pointers, String)> = outlines
            .iter()
            .flat_map(Outline::lessons)
            .filter_map(|(_, entry)| {
                let (file, there) = all.get(*by_path.get(entry.file.path.as_path())?)?;
                Some((beside(&file.path, Path::new(file.path.file_name()?)), (*file, &**there, entry.path.clone())))
            })
            .collect();
        let mut links = Self { ways: HashMap::new(), copies: BTreeMap::new(), dead: Vec::new(), outward: Vec::new() };
        let root = fs::canonicalize(&course.root).unwrap_or_else(|_| course.root.clone());
        for (file, pointers) in &all {
            let mut ways = HashMap::new();
            let shown = |link: &&Link| {
                !file.lesson.teacher.iter().any(|span| span.start <= link.span.start && link.span.start < span.end)
            };
            for link in pointers.links.iter().filter(shown) {
                if is_elsewhere(&link.target) {
                    let line = file.source.position(link.span.start).line;
                    links.outward.push(Outward { url: link.target.clone(), path: file.path.clone(), line });
                    continue;
                }
                match links.follow(&root, file, pointers, link, &pages) {
                    Ok(way) => {
                        ways.insert(key(&link.target), way);
                    }
                    Err(diagnostic) => links.dead.push(LintFinding {
                        path: file.path.clone(),
                        source: file.source.clone(),
                        diagnostic,
                        edits: Vec::new(),
                    }),
                }
            }
            links.ways.insert(file.path.clone(), Arc::new(Ways(ways)));
        }
        links.outward.sort();
        links
    }

    fn follow(
        &mut self,
        root: &Path,
        file: &LessonFile,
        own: &Pointers,
        link: &Link,
        pages: &HashMap<PathBuf, (&LessonFile, &Pointers, String)>,
    ) -> Result<Way, Diagnostic> {
        let (path, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
        let path = decoded(path.split('?').next().unwrap_or_default());
        let anchor = decoded(anchor);
        let target = if path.is_empty() { file.path.clone() } else { beside(&file.path, Path::new(&path)) };
        let told = |code| {
            let place = target.display().to_string();
            Diagnostic::error(code, link.span).with("link", &link.target).with("path", place)
        };
        let there = if path.is_empty() { Some(own) } else { pages.get(&target).map(|(_, there, _)| *there) };
        if let Some(there) = there {
            if !anchor.is_empty() && !there.anchors.contains(&anchor) {
                let nearest = crate::text::nearest(&anchor, there.anchors.iter().map(String::as_str)).unwrap_or("none");
                let diagnostic = Diagnostic::error(lint::NO_ANCHOR, link.span);
                return Err(diagnostic.with("anchor", &anchor).with("nearest", nearest));
            }
            let lang = pages.get(&target).and_then(|(file, ..)| file.lang.clone()).unwrap_or_default();
            let path = pages.get(&target).map(|(.., path)| path.clone()).unwrap_or_default();
            return Ok(Way::Page { lang, path, anchor });
        }
        let missing = if link.picture { lint::NO_PICTURE } else { lint::DEAD_LINK };
        let real = fs::canonicalize(&target).map_err(|_| told(missing))?;
        if !real.starts_with(root) {
            return Err(told(OUTSIDE));
        }
        let bytes = read_bytes(&real).map_err(|error| match error {
            FileError::Missing(_) => told(missing),
            error => told(UNREADABLE).with("problem", problem(&error)),
        })?;
        let extension =
            real.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
        if picture::is_active(&extension, &bytes) {
            return Err(told(ACTIVE));
        }
        let stem: String = real
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let size = if link.picture { picture::size(&bytes) } else { None };
        let extension = if extension.is_empty() { "txt".to_owned() } else { extension };
        let copy = Asset::named(&stem, &extension, bytes);
        let path = copy.path.clone();
        self.copies.insert(path.clone(), copy);
        Ok(Way::Copy { path, size })
    }

    /// Files that lessons show or link to.
    pub(super) fn copies(&self) -> impl Iterator<Item = &Asset> {
        self.copies.values()
    }

    /// Where the targets of a lesson lead.
    pub(super) fn of(&self, entry: &Entry<'_>) -> Arc<Ways> {
        self.ways.get(&entry.file.path).map(Arc::clone).unwrap_or_default()
    }
}

/// Where a lesson's page is and in which language it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reader {
    /// Of the page, below its language's prefix.
    pub(super) path: String,
    /// The language the lesson is written in.
    lang: String,
    /// The page's language.
    tag: String,
    /// The tags of all languages with their prefixes.
    languages: Vec<(String, String)>,
}

impl Reader {
    pub(super) fn new(outlines: &[Outline<'_>], outline: &Outline<'_>, entry: &Entry<'_>) -> Self {
        Self {
            path: entry.path.clone(),
            lang: entry.lang.clone(),
            tag: outline.tag.clone(),
            languages: outlines.iter().map(|outline| (outline.tag.clone(), outline.prefix.clone())).collect(),
        }
    }

    fn prefix(&self, tag: &str) -> &str {
        self.languages.iter().find(|(other, _)| other == tag).map_or("", |(_, prefix)| prefix)
    }

    /// The way from the page to the site's root.
    pub(super) fn root(&self) -> String {
        format!("{}{}", up(&self.path), up(self.prefix(&self.tag)))
    }

    /// Where the other languages have the page; `steps` is what a language's page of the same lesson has.
    pub(super) fn elsewhere(&self, steps: impl Fn(&str) -> Vec<String>) -> Vec<Elsewhere> {
        let others = self.languages.iter().filter(|(tag, _)| *tag != self.tag);
        let other = |(tag, prefix): &(String, String)| Elsewhere {
            tag: tag.clone(),
            way: format!("{}{prefix}{}", self.root(), self.path),
            steps: steps(tag),
        };
        others.map(other).collect()
    }
}

/// A lesson's page in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Elsewhere {
    pub(super) tag: String,
    pub(super) way: String,
    /// The ids of its steps.
    pub(super) steps: Vec<String>,
}

impl Ways {
    /// A lesson's HTML with its links and pictures leading to where they are on the site. A picture of another site,
    /// which no page of ours loads, becomes a link.
    pub(super) fn lead(&self, html: &str, reader: &Reader) -> String {
        tags::rewrite(html, |tag| match tags::name(tag) {
            "a" => {
                let href = attribute(tag, "href")?;
                let way = self.0.get(&key(&href)).filter(|_| !href.starts_with('#'))?;
                Some(tag.replacen(
                    &format!("\"{}\"", raw(tag, "href")?),
                    &format!("\"{}\"", escape(&address(way, reader))),
                    1,
                ))
            }
            "img" => Some(image(tag, |src| {
                let way = self.0.get(&key(src))?;
                let Way::Copy { size, .. } = way else { return None };
                Some((address(way, reader), *size))
            })),
            _ => None,
        })
    }
}

fn address(way: &Way, reader: &Reader) -> String {
    let root = reader.root();
    match way {
        Way::Copy { path, .. } => format!("{root}{path}"),
        Way::Page { lang, path, anchor } => {
            // A lesson that stands in for its translation links to its neighbours in the reader's language.
            let there = if *lang == reader.lang { &reader.tag } else { lang };
            let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
            format!("{root}{}{path}{anchor}", reader.prefix(there))
        }
    }
}

/// A picture with its size, so that nothing moves when it comes; or what stands for it.
fn image(tag: &str, copy: impl Fn(&str) -> Option<(String, Option<(u32, u32)>)>) -> String {
    let alt = escape(&attribute(tag, "alt").unwrap_or_default());
    let src = attribute(tag, "src").unwrap_or_default();
    let Some((src, size)) = copy(&src) else {
        if src.starts_with("http://") || src.starts_with("https://") {
            let shown = if alt.is_empty() { escape(&src) } else { alt };
            return format!("<a href=\"{}\">{shown}</a>", escape(&src));
        }
        return alt;
    };
    let size = size.map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\"")).unwrap_or_default();
    format!("<img src=\"{}\" alt=\"{alt}\"{size} loading=\"lazy\" decoding=\"async\">", escape(&src))
}

/// One spelling of a target: mdBook has made `.html` of `.md`, and the cleaner has its own percent signs.
fn key(target: &str) -> String {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = decoded(path);
    let path = path.strip_suffix(".md").map_or_else(|| path.clone(), |path| format!("{path}.html"));
    format!("{path}#{}", decoded(anchor))
}

fn raw<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let end = tag[start..].find('"')? + start;
    Some(&tag[start..end])
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    raw(tag, name).map(unescape)
}

/// What of a piece of a page can be led to, and where it leads.
#[derive(Debug, Default)]
pub(super) struct Targets {
    ids: HashSet<String>,
    all: BTreeSet<String>,
}

impl Targets {
    pub(super) fn of(html: &str) -> Self {
        let mut found = Self::default();
        for piece in tags::pieces(html) {
            let tags::Piece::Tag(tag) = piece else { continue };
            found.ids.extend(attribute(tag, "id"));
            let of_head = ["<base", "<link rel=\"alternate\"", "<link rel=\"canonical\""];
            if !of_head.iter().any(|open| tag.starts_with(open)) {
                for target in ["href", "src", "data-load"].iter().filter_map(|name| raw(tag, name)) {
                    if !found.all.contains(target) {
                        found.all.insert(target.to_owned());
                    }
                }
            }
        }
        found
    }
}

/// A page by its path, and the targets of the pieces it is made of.
pub(super) type Pieces<'a> = (&'a str, &'a [Arc<Targets>]);

/// Every own address of a site that leads nowhere: the page and the address. `others` are the files that are no pages.
pub(super) fn broken(pages: &[Pieces<'_>], others: &HashSet<&str>) -> Vec<(String, String)> {
    let by_path: HashMap<&str, &[Arc<Targets>]> = pages.iter().copied().collect();
    let dead = |path: &str, target: &str| {
        let target = unescape(target);
        if is_elsewhere(&target) || target.starts_with('/') {
            return None;
        }
        let (way, anchor) = target.split_once('#').unwrap_or((&target, ""));
        let mut there = match way {
            "" => path.to_owned(),
            way => beside(Path::new(path), Path::new(&decoded(way))).to_string_lossy().into_owned(),
        };
        if way.ends_with('/') {
            there.push_str("/index.html");
        }
        let found = match by_path.get(there.as_str()) {
            Some(_) if anchor.is_empty() => true,
            Some(pieces) => {
                let anchor = decoded(anchor);
                pieces.iter().any(|piece| piece.ids.contains(anchor.as_str()))
            }
            None => anchor.is_empty() && others.contains(there.as_str()),
        };
        (!found).then_some(target)
    };
    let dead_of = |(): &(), (path, pieces): &Pieces<'_>| -> Vec<(String, String)> {
        let dead = pieces.iter().flat_map(|piece| &piece.all).filter_map(|target| dead(path, target));
        dead.map(|target| ((*path).to_owned(), target)).collect()
    };
    let mut broken: Vec<_> = each(pages, || (), dead_of).into_iter().flatten().collect();
    broken.sort();
    broken.dedup();
    broken
}
