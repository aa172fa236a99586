//! The course as the site shows it: languages, groups, lessons, and where each has its page.

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path};

use super::error::SiteError;
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
pub(super) const PRINT: &str = "cetak.html";
pub(super) const AUTHORS: &str = "penulis.html";
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
    /// The author's own pages.
    pub(super) pages: Vec<Entry<'a>>,
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

/// Whether a lesson in a translation's outline is up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Translation {
    /// The lesson is the source, or a translation of the source as it is now.
    Current,
    /// There is no translation; the source is shown instead.
    Missing,
    /// The source has changed since; the front matter does not say which steps.
    Outdated,
    /// Parts of the source have changed since.
    Partly(OlderTranslation),
}

/// The parts of a translation that are older than its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OlderTranslation {
    /// The day of the last update to the source.
    pub(super) date: Option<String>,
    /// Whether the text before the first step is older.
    pub(super) opening: bool,
    /// Steps that the translation lacks: their ids and titles in the source.
    pub(super) missing: Vec<(String, String)>,
    /// Ids of older steps, each with the source's present title if the source still has the step.
    pub(super) steps: Vec<(String, Option<String>)>,
}

impl OlderTranslation {
    /// The source's title of a step that is older; `None` if the step is not older.
    pub(super) fn step(&self, id: &str) -> Option<&Option<String>> {
        self.steps.iter().find(|(step, _)| step == id).map(|(_, title)| title)
    }
}

impl GroupPages<'_> {
    /// The id of its list in the contents.
    pub(super) fn list_id(&self) -> String {
        format!("d-group-{}", self.path.trim_end_matches(HOME).trim_end_matches('/'))
    }
}

impl Entry<'_> {
    pub(super) fn minutes(&self) -> Option<usize> {
        self.file.lesson.front.minutes.as_ref().map(|minutes| minutes.value as usize)
    }

    /// The sections that a reader sees: every step, and those with nothing to do.
    pub(super) fn sections(&self) -> impl Iterator<Item = &Step> {
        let lesson = &self.file.lesson;
        lesson.steps.iter().filter(|step| !step.heading.is_empty() && !lesson.is_for_teachers(step.heading.start))
    }

    /// Whether the source of a step has changed since.
    pub(super) fn is_older(&self, step: &Step) -> bool {
        matches!(&self.state, Translation::Partly(older) if older.step(&step.id.0).is_some())
    }

    /// The ids of the steps that can be ticked off, as the scripts read them.
    pub(super) fn step_ids(&self) -> String {
        self.doable().map(|step| step.id.0.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The steps that can be ticked off.
    pub(super) fn doable(&self) -> impl Iterator<Item = &Step> {
        self.file.lesson.steps.iter().filter(|step| step.has_task())
    }
}

impl Outline<'_> {
    pub(super) fn lessons(&self) -> impl Iterator<Item = (usize, &Entry<'_>)> {
        self.groups
            .iter()
            .enumerate()
            .flat_map(|(index, group)| group.lessons.iter().map(move |lesson| (index, lesson)))
    }

    /// The lessons, then the author's own pages.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry<'_>> {
        self.lessons().map(|(_, entry)| entry).chain(&self.pages)
    }
}

/// The outline in every language, the source first.
pub(super) fn outlines(course: &CourseFiles) -> Result<Vec<Outline<'_>>, SiteError> {
    let source_tag = course.course.source_language().ok_or(SiteError::Nothing)?;
    let mut outlines = Vec::new();
    let mut translations = translations(course, source_tag);
    for tag in &course.course.languages {
        let mut groups = Vec::new();
        for group in &course.course.groups {
            let path = format!("{}/{HOME}", group.id);
            let mut lessons = Vec::new();
            for id in &group.lessons {
                let find = |tag: &str| {
                    course.lessons.iter().find(|file| file.id.0 == id.value && file.lang.as_deref() == Some(tag))
                };
                let Some(source) = find(source_tag) else { continue };
                lessons.push(entry(find(tag), source, [tag, source_tag], &mut translations));
            }
            groups.push(GroupPages { title: group.title_in(tag, Some(source_tag)).to_owned(), path, lessons });
        }
        let mut pages = Vec::new();
        for page in &course.course.site.pages {
            let mut files = course.pages.iter().filter(|file| file.relative == Path::new(&page.value));
            let own = files.clone().find(|file| file.lang.as_deref() == Some(tag));
            let Some(source) = files.find(|file| file.lang.as_deref() == Some(source_tag)).or(own) else { continue };
            pages.push(entry(own, source, [tag, source_tag], &mut translations));
        }
        outlines.push(Outline {
            pages,
            tag: tag.clone(),
            lang: tag.parse().unwrap_or(Lang::En),
            prefix: if tag == source_tag { String::new() } else { format!("{tag}/") },
            title: course.course.title_in(tag).to_owned(),
            groups,
        });
    }
    let has_lessons = |source: &&Outline<'_>| source.lessons().next().is_some();
    let source = outlines.first().filter(has_lessons).ok_or(SiteError::Nothing)?;
    // Every language has its pages at the same paths.
    let mut taken = HashSet::from([HOME, GLOSSARY, ARCHITECTURE, VERIFIED, NOT_FOUND, PRINT, AUTHORS]);
    let groups = source.groups.iter().map(|group| &group.path);
    let twice =
        groups.chain(source.entries().map(|entry| &entry.path)).find(|path| !taken.insert(path.as_str())).cloned();
    match twice {
        Some(path) => Err(SiteError::Taken(path)),
        None => Ok(outlines),
    }
}

/// The page of a file in a language: its own file's, otherwise the source's.
fn entry<'c>(
    own: Option<&'c LessonFile>,
    source: &'c LessonFile,
    [tag, source_tag]: [&str; 2],
    translations: &mut HashMap<&'c Path, Translation>,
) -> Entry<'c> {
    let file = own.unwrap_or(source);
    let state =
        own.map_or(Translation::Missing, |own| translations.remove(own.path.as_path()).unwrap_or(Translation::Current));
    let lang = if own.is_some() { tag } else { source_tag }.to_owned();
    Entry { file, path: page_path(&source.relative), title: file.lesson.title.clone(), state, lang }
}

/// Compares every translation with its source; by the translation's path.
fn translations<'c>(course: &'c CourseFiles, source_tag: &str) -> HashMap<&'c Path, Translation> {
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
    let found = each(&pairs, || (), |(), (own, source)| translation(&own.lesson, &source.lesson));
    pairs.iter().zip(found).map(|((own, _), state)| (own.path.as_path(), state)).collect()
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
    let older = OlderTranslation {
        date: translated.and_then(|translated| translated.date.as_ref()).map(|date| date.value.clone()),
        opening: old.iter().any(|id| id == OPENING),
        missing: missing.filter_map(|id| Some((id.clone(), title(id)?))).collect(),
        steps: old.iter().filter(|id| *id != OPENING && has(own, id)).map(|id| (id.clone(), title(id))).collect(),
    };
    // Sections for teachers are not on the page.
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

/// The relative path from a page to its language's directory: `../` for each directory.
pub(super) fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A page's path as an address has it: a directory stands for its `index.html`.
pub(super) fn without_home(path: &str) -> &str {
    path.strip_suffix(HOME).filter(|path| path.is_empty() || path.ends_with('/')).unwrap_or(path)
}
