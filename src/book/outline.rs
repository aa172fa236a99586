//! The course as a site sees it: languages, groups, lessons, and where each has its page.

use std::collections::HashSet;
use std::path::{Component, Path};

use super::BookError;
use super::chapter::is_doable;
use crate::lesson::lint::prose_digest;
use crate::lesson::{CourseFiles, LessonFile, Step};
use crate::words::Lang;

/// Pages every language has beside its lessons.
pub(super) const GLOSSARY: &str = "glosarium.html";
pub(super) const ARCHITECTURE: &str = "arsitektur.html";
pub(super) const VERIFIED: &str = "terbukti.html";
pub(super) const NOT_FOUND: &str = "404.html";
pub(super) const WHOLE: &str = "cetak.html";
pub(super) const HOME: &str = "index.html";

/// The course in one language.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    /// The language's tag.
    pub(super) tag: String,
    /// The language of our own words on its pages.
    pub(super) lang: Lang,
    /// Where its pages lie: nothing for the source, `en/` for a translation.
    pub(super) prefix: String,
    pub(super) title: String,
    pub(super) groups: Vec<GroupPages<'a>>,
}

#[derive(Debug)]
pub(super) struct GroupPages<'a> {
    pub(super) title: String,
    /// Below the language's prefix.
    pub(super) path: String,
    pub(super) lessons: Vec<Entry<'a>>,
}

#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) file: &'a LessonFile,
    /// Below the language's prefix; the same in every language.
    pub(super) path: String,
    pub(super) title: String,
    pub(super) state: Translation,
    /// The language the lesson is written in.
    pub(super) lang: String,
}

/// How a lesson stands to its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Translation {
    /// It is the source, or was made from the source as it is.
    Current,
    /// There is none: the source stands in.
    Missing,
    /// The source has changed since.
    Outdated,
}

impl Entry<'_> {
    pub(super) fn minutes(&self) -> Option<u32> {
        self.file.lesson.front.minutes.as_ref().map(|minutes| minutes.value)
    }

    /// The steps that can be ticked off.
    pub(super) fn doable(&self) -> impl Iterator<Item = &Step> {
        self.file.lesson.steps.iter().filter(|step| is_doable(step))
    }
}

impl Outline<'_> {
    pub(super) fn lessons(&self) -> impl Iterator<Item = (usize, &Entry<'_>)> {
        self.groups
            .iter()
            .enumerate()
            .flat_map(|(index, group)| group.lessons.iter().map(move |lesson| (index, lesson)))
    }
}

/// The outline in every language, the source first.
pub(super) fn outlines(course: &CourseFiles) -> Result<Vec<Outline<'_>>, BookError> {
    let source_tag = course.course.source_language().ok_or(BookError::Nothing)?;
    let mut taken: HashSet<String> =
        [HOME, GLOSSARY, ARCHITECTURE, VERIFIED, NOT_FOUND, WHOLE].iter().map(|&path| path.to_owned()).collect();
    let mut outlines = Vec::new();
    for tag in &course.course.languages {
        let is_source = tag == source_tag;
        let mut groups = Vec::new();
        for group in &course.course.groups {
            let path = format!("{}/{HOME}", group.id);
            if is_source && !taken.insert(path.clone()) {
                return Err(BookError::Taken(path));
            }
            let mut lessons = Vec::new();
            for id in &group.lessons {
                let find = |tag: &str| {
                    course.lessons.iter().find(|file| file.id.0 == id.value && file.lang.as_deref() == Some(tag))
                };
                let Some(source) = find(source_tag) else { continue };
                let own = find(tag);
                let file = own.unwrap_or(source);
                let state = match own {
                    None => Translation::Missing,
                    Some(own) if !is_source && is_outdated(own, source) => Translation::Outdated,
                    Some(_) => Translation::Current,
                };
                let path = page_path(&source.relative);
                if is_source && !taken.insert(path.clone()) {
                    return Err(BookError::Taken(path));
                }
                let lang = if own.is_some() { tag } else { source_tag }.to_owned();
                lessons.push(Entry { file, path, title: file.lesson.title.clone(), state, lang });
            }
            groups.push(GroupPages { title: group.title_in(tag, Some(source_tag)).to_owned(), path, lessons });
        }
        outlines.push(Outline {
            tag: tag.clone(),
            lang: tag.parse().unwrap_or(Lang::En),
            prefix: if is_source { String::new() } else { format!("{tag}/") },
            title: course.course.title_in(tag).to_owned(),
            groups,
        });
    }
    if outlines.iter().all(|outline| outline.lessons().next().is_none()) {
        return Err(BookError::Nothing);
    }
    Ok(outlines)
}

fn is_outdated(own: &LessonFile, source: &LessonFile) -> bool {
    own.lesson.front.translates.as_ref().is_some_and(|digest| digest.value != prose_digest(&source.lesson))
}

/// `dasar/kontainer-pertama.md` → `dasar/kontainer-pertama.html`
fn page_path(relative: &Path) -> String {
    let parts: Vec<String> = relative
        .with_extension("html")
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    parts.join("/")
}

/// The way from a page to the directory its path is counted from: `../` for each directory.
pub(super) fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}
