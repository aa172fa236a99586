//! Follows a lesson's links and pictures to pages of the site, to copies of files, and to other sites. Dead links are
//! errors.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use super::assets::Asset;
use super::html::escape;
use super::outline::{Entry, Outline, up};
use super::picture;
use crate::cores::each;
use crate::lesson::lint::{self, Link, LintFinding, Pointers, beside, dead_anchor, is_elsewhere, pointers, split};
use crate::lesson::{CourseFiles, LessonFile, StepId};
use crate::store::{FileError, read_bytes};
use crate::text::{Code, Diagnostic, Severity};

/// A link to a file outside the course's directory. The site may not publish such a file.
const OUTSIDE: Code = Code("B101");
/// A link to a file with code that a browser would run.
const ACTIVE: Code = Code("B102");
/// A link to something that cannot be read: a directory, a pipe, a file without permission.
const UNREADABLE: Code = Code("B103");

/// Returns the word that selects the sentence in the message of [`UNREADABLE`].
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
    /// The address of the link.
    pub url: String,
    /// The path of the lesson's file.
    pub path: PathBuf,
    /// The line of the link in the lesson's file.
    pub line: usize,
}

/// The page or file that a link leads to. Paths begin at the site's root.
#[derive(Debug, Clone, PartialEq, Eq)]
enum LinkTarget {
    /// A page in the language `lang`. `path` is below the prefix of the language. `anchor` is an id on the page, or
    /// empty.
    Page { lang: String, path: String, anchor: String },
    /// A copy of a file, and its size if it is a picture.
    Copy { path: String, size: Option<(u32, u32)> },
}

/// The targets of one lesson's links, by the path and the anchor in the link.
#[derive(Debug, Default)]
pub(super) struct LinkMap(HashMap<(String, String), LinkTarget>);

/// The links of every lesson of a course.
pub(super) struct CourseLinks {
    maps: HashMap<PathBuf, LinkMap>,
    copies: BTreeMap<String, Asset>,
    /// Dead links and pictures.
    pub(super) dead: Vec<LintFinding>,
    /// Links to other sites.
    pub(super) outward: Vec<Outward>,
}

/// Each lesson with its links and anchors and the path of its page, by the path of the lesson's file.
type Pages<'a> = HashMap<PathBuf, (&'a LessonFile, &'a Pointers, &'a str)>;

impl CourseLinks {
    /// Follows every link of every lesson, and of the author's own pages.
    pub(super) fn new(course: &CourseFiles, outlines: &[Outline<'_>]) -> Self {
        let files: Vec<&LessonFile> = course.lessons.iter().chain(&course.pages).collect();
        let read = each(&files, || (), |(), file| (file.path.as_path(), pointers(&file.lesson)));
        let pointers: HashMap<&Path, Pointers> = read.into_iter().collect();
        let entries = outlines.iter().flat_map(Outline::entries).filter_map(|entry| {
            let path = beside(&entry.file.path, Path::new(entry.file.path.file_name()?));
            Some((path, (entry.file, pointers.get(entry.file.path.as_path())?, entry.path.as_str())))
        });
        let pages: Pages<'_> = entries.collect();
        let mut links = Self { maps: HashMap::new(), copies: BTreeMap::new(), dead: Vec::new(), outward: Vec::new() };
        let root = fs::canonicalize(&course.root).unwrap_or_else(|_| course.root.clone());
        for file in files {
            let pointers = &pointers[file.path.as_path()];
            let mut map = HashMap::new();
            for link in &pointers.links {
                if is_elsewhere(&link.target) {
                    let line = file.source.position(link.span.start).line;
                    links.outward.push(Outward { url: link.target.clone(), path: file.path.clone(), line });
                    continue;
                }
                match links.follow(&root, file, pointers, link, &pages) {
                    Ok(target) => {
                        map.insert(split(&link.target), target);
                    }
                    // Ignores dead links in chapters of another author's mdBook, as mdBook does. `lint` reports such
                    // links.
                    Err(_) if file.chapter.is_some() => {}
                    Err(diagnostic) => links.dead.push(LintFinding {
                        path: file.path.clone(),
                        source: file.source.clone(),
                        diagnostic,
                        edits: Vec::new(),
                    }),
                }
            }
            links.maps.insert(file.path.clone(), LinkMap(map));
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
        pages: &Pages<'_>,
    ) -> Result<LinkTarget, Diagnostic> {
        let (path, anchor) = split(&link.target);
        let target = if path.is_empty() { file.path.clone() } else { beside(&file.path, Path::new(&path)) };
        let told = |code| {
            let place = target.display().to_string();
            Diagnostic::error(code, link.span).with("link", &link.target).with("path", place)
        };
        let page = pages.get(&target);
        if let Some(there) = if path.is_empty() { Some(own) } else { page.map(|(_, there, _)| *there) } {
            if let Some(dead) = dead_anchor(link, &anchor, &there.anchors) {
                // For a reader of the site, a missing anchor is as bad as a missing page.
                return Err(Diagnostic { severity: Severity::Error, ..dead });
            }
            let (lang, path) = page.map(|(file, _, path)| (file.lang.clone(), *path)).unwrap_or_default();
            return Ok(LinkTarget::Page { lang: lang.unwrap_or_default(), path: path.to_owned(), anchor });
        }
        let missing = if link.picture { lint::NO_PICTURE } else { lint::DEAD_LINK };
        let copy = read_copy(root, &target, missing, &told)?;
        let size = if link.picture { picture::size(&copy.bytes) } else { None };
        let path = copy.path.clone();
        self.copies.insert(path.clone(), copy);
        Ok(LinkTarget::Copy { path, size })
    }

    /// Returns the files that lessons show or link to.
    pub(super) fn copies(&self) -> impl Iterator<Item = &Asset> {
        self.copies.values()
    }

    /// Returns the targets of a lesson's links.
    pub(super) fn of(&self, entry: &Entry<'_>) -> &LinkMap {
        &self.maps[&entry.file.path]
    }
}

/// Reads a file below `root` for the site. `told` makes a diagnostic from a code.
pub(super) fn read_copy(
    root: &Path,
    target: &Path,
    missing: Code,
    told: &dyn Fn(Code) -> Diagnostic,
) -> Result<Asset, Diagnostic> {
    let real = fs::canonicalize(target).map_err(|_| told(missing))?;
    if !real.starts_with(root) {
        return Err(told(OUTSIDE));
    }
    let bytes = read_bytes(&real).map_err(|error| match error {
        FileError::Missing(_) => told(missing),
        error => told(UNREADABLE).with("problem", problem(&error)),
    })?;
    let extension = real.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if picture::is_active(&extension, &bytes) {
        return Err(told(ACTIVE));
    }
    let stem = real.file_stem().unwrap_or_default().to_string_lossy();
    let extension = if extension.is_empty() { "txt" } else { &extension };
    Ok(Asset::named(&stem, extension, bytes))
}

/// A page that shows a lesson.
#[derive(Clone, Copy)]
pub(super) struct PageContext<'a> {
    pub(super) outlines: &'a [Outline<'a>],
    pub(super) outline: &'a Outline<'a>,
    pub(super) entry: &'a Entry<'a>,
    /// The path of the page that shows the lesson, below the language's prefix. A lesson is shown on its own page, on
    /// the print page, and perhaps on the page for authors.
    pub(super) path: &'a str,
}

impl<'a> PageContext<'a> {
    fn prefix(&self, tag: &str) -> &str {
        self.outlines.iter().find(|other| other.tag == tag).map_or("", |other| &other.prefix)
    }

    /// Returns the path from the page to the site's root.
    pub(super) fn root(&self) -> String {
        format!("{}{}", up(self.path), up(&self.outline.prefix))
    }

    /// Returns the lesson's pages in the other languages.
    pub(super) fn translations(&self) -> Vec<TranslatedPage<'a>> {
        let path = &self.entry.path;
        let others = self.outlines.iter().filter(|other| other.tag != self.outline.tag);
        let other = |other: &'a Outline<'a>| TranslatedPage {
            tag: &other.tag,
            href: format!("{}{}{path}", self.root(), other.prefix),
            entry: other.entries().find(|entry| entry.path == *path),
        };
        others.map(other).collect()
    }
}

/// A lesson's page in another language.
pub(super) struct TranslatedPage<'a> {
    pub(super) tag: &'a str,
    pub(super) href: String,
    pub(super) entry: Option<&'a Entry<'a>>,
}

impl TranslatedPage<'_> {
    pub(super) fn has(&self, id: &StepId) -> bool {
        self.entry.is_some_and(|entry| entry.file.lesson.steps.iter().any(|step| step.id == *id))
    }
}

/// Turns the targets of a lesson's links into addresses for the page that shows the lesson.
#[derive(Default, Clone, Copy)]
pub(super) struct LinkResolver<'a> {
    /// The targets of the lesson's links, and the page. If this is `None`, links stay as they are written, as in the
    /// chapters of an mdBook.
    site: Option<(&'a LinkMap, &'a PageContext<'a>)>,
    /// The prefix of every id of the lesson on this page. The print page needs prefixes, because it has many lessons.
    pub(super) prefix: &'a str,
}

impl<'a> LinkResolver<'a> {
    pub(super) fn new(map: &'a LinkMap, page: &'a PageContext<'a>, prefix: &'a str) -> Self {
        Self { site: Some((map, page)), prefix }
    }

    /// Returns the address for a link's target, or `None` if the scheme is forbidden, such as `javascript:`.
    pub(super) fn href(&self, target: &str) -> Option<String> {
        if let Some(anchor) = target.strip_prefix('#') {
            return Some(format!("#{}{anchor}", self.prefix));
        }
        if let Some((map, page)) = self.site
            && let Some(target) = map.0.get(&split(target))
        {
            return Some(Self::address(target, page));
        }
        is_harmless(target).then(|| target.to_owned())
    }

    fn address(target: &LinkTarget, page: &PageContext<'_>) -> String {
        let root = page.root();
        match target {
            LinkTarget::Copy { path, .. } => format!("{root}{path}"),
            LinkTarget::Page { lang, path, anchor } => {
                // If the page shows the source because a translation is missing, its links still lead to pages in the
                // reader's language.
                let lang = if *lang == page.entry.lang { &page.outline.tag } else { lang };
                let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
                format!("{root}{}{path}{anchor}", page.prefix(lang))
            }
        }
    }

    /// Renders a picture with its size, so that the page does not move when the picture loads. Pages load no picture of
    /// another site. Such a picture becomes a link, or only its text if `in_link` is true.
    pub(super) fn picture(&self, src: &str, alt: &str, title: &str, in_link: bool) -> String {
        let (address, size) = match self.site {
            None => (is_harmless(src).then(|| src.to_owned()), None),
            Some((map, page)) => match map.0.get(&split(src)) {
                Some(copy @ LinkTarget::Copy { size, .. }) => (Some(Self::address(copy, page)), *size),
                _ => (None, None),
            },
        };
        let Some(address) = address else {
            if !in_link && (src.starts_with("http://") || src.starts_with("https://")) {
                return format!("<a href=\"{}\">{}</a>", escape(src), escape(if alt.is_empty() { src } else { alt }));
            }
            return escape(alt);
        };
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
        let size = size.map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\"")).unwrap_or_default();
        let (address, alt) = (escape(&address), escape(alt));
        format!("<img src=\"{address}\" alt=\"{alt}\"{title}{size} loading=\"lazy\" decoding=\"async\">")
    }
}

/// Whether an address has no scheme, or a scheme with which a link cannot run code.
fn is_harmless(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '?', '#']));
    scheme.is_none_or(|scheme| ["http", "https", "mailto"].contains(&scheme.trim().to_ascii_lowercase().as_str()))
}
