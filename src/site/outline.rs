//! The course as a site sees it: languages, groups, lessons, and where each has its page.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::path::{Component, Path};

use super::BookError;
use super::chapter::is_doable;
use super::kept::{Keep, Text};
use crate::lesson::OPENING;
use crate::lesson::lint::{Age, age};
use crate::lesson::{CourseFiles, Lesson, LessonFile, LessonId, Step};
use crate::store::cores::each;
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Translation {
    /// It is the source, or was made from the source as it is.
    Current,
    /// There is none: the source stands in.
    Missing,
    /// The source has changed since, nobody knows where.
    Outdated,
    /// Parts of the source have changed since.
    Partly(Older),
}

/// What of a translation is older than its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Older {
    /// The day it was last held against its source.
    pub(super) date: Option<String>,
    /// Whether what stands before the first step is older.
    pub(super) opening: bool,
    /// Steps that the translation lacks: their ids and titles in the source.
    pub(super) missing: Vec<(String, String)>,
    /// Steps by their ids, with the title that the source has now, where it still has them.
    pub(super) steps: Vec<(String, Option<String>)>,
}

impl Older {
    /// What is known of a step that is older: the title in the source.
    pub(super) fn step(&self, id: &str) -> Option<&Option<String>> {
        self.steps.iter().find(|(step, _)| step == id).map(|(_, title)| title)
    }
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

/// The outline in every language, the source first; `kept` is how old translations were before.
pub(super) fn outlines<'c>(
    course: &'c CourseFiles,
    kept: &mut Keep<(Text, Text), Translation>,
) -> Result<Vec<Outline<'c>>, BookError> {
    let source_tag = course.course.source_language().ok_or(BookError::Nothing)?;
    let mut taken: HashSet<String> =
        [HOME, GLOSSARY, ARCHITECTURE, VERIFIED, NOT_FOUND, WHOLE].iter().map(|&path| path.to_owned()).collect();
    let mut outlines = Vec::new();
    let mut translations = translations(course, source_tag, kept);
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
                    Some(own) => translations.remove(own.path.as_path()).unwrap_or(Translation::Current),
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

/// How every translation stands to its source, by its path.
fn translations<'c>(
    course: &'c CourseFiles,
    source_tag: &str,
    kept: &mut Keep<(Text, Text), Translation>,
) -> HashMap<&'c Path, Translation> {
    let mut sources: HashMap<&LessonId, &LessonFile> = HashMap::new();
    for file in course.in_language(source_tag) {
        sources.entry(&file.id).or_insert(file);
    }
    let pairs: Vec<(&LessonFile, &LessonFile)> = course
        .lessons
        .iter()
        .filter(|file| file.lang.as_deref() != Some(source_tag))
        .filter_map(|own| Some((own, *sources.get(&own.id)?)))
        .collect();
    let wanted = pairs
        .iter()
        .map(|(own, source)| (own.path.display().to_string(), (Text(own.source.clone()), Text(source.source.clone()))));
    let Ok(found) = kept.renew::<Infallible>(wanted.collect(), |missing| {
        Ok(each(missing, || (), |(), (at, _)| translation(&pairs[*at].0.lesson, &pairs[*at].1.lesson)))
    });
    pairs.iter().zip(found).map(|((own, _), state)| (own.path.as_path(), Translation::clone(&state))).collect()
}

fn translation(own: &Lesson, source: &Lesson) -> Translation {
    let old = match age(own, source) {
        Age::Current => return Translation::Current,
        Age::Somewhere => return Translation::Outdated,
        Age::Steps(old) => old,
    };
    let has = |lesson: &Lesson, id: &str| lesson.steps.iter().any(|step| step.id.0 == id);
    let title = |id: &str| source.steps.iter().find(|step| step.id.0 == id).map(|step| step.title.clone());
    let missing = old.iter().filter(|id| !has(own, id));
    let translated = own.front.translated.as_ref();
    let older = Older {
        date: translated.and_then(|translated| translated.date.as_ref()).map(|date| date.value.clone()),
        opening: old.iter().any(|id| id == OPENING),
        missing: missing.filter_map(|id| Some((id.clone(), title(id)?))).collect(),
        steps: old.iter().filter(|id| *id != OPENING && has(own, id)).map(|id| (id.clone(), title(id))).collect(),
    };
    // What only teachers see is not on the page.
    let none = !older.opening && older.missing.is_empty() && older.steps.is_empty();
    if none { Translation::Current } else { Translation::Partly(older) }
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
