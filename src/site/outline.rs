//! Defines the outline of the site: the languages, groups and lessons of the course, and the paths of their pages.

use std::collections::HashSet;
use std::path::{Component, Path};

use super::error::SiteError;
use crate::cores::each;
use crate::lesson::OPENING;
use crate::lesson::lint::{Age, age};
use crate::lesson::{CourseFiles, Group, Lesson, LessonFile, Spanned, Step};
use crate::words::Lang;

/// The paths of the pages that every language has besides its lessons.
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
    /// The language of Dermaga's own words on the pages.
    pub(super) lang: Lang,
    /// The directory of the pages. For the source language, the directory is empty. For a translation, the directory is
    /// the tag, such as `en/`.
    pub(super) prefix: String,
    pub(super) title: String,
    pub(super) groups: Vec<GroupPages<'a>>,
    /// The author's own pages.
    pub(super) pages: Vec<Entry<'a>>,
}

#[derive(Debug)]
pub(super) struct GroupPages<'a> {
    pub(super) title: String,
    /// The path below the language's prefix.
    pub(super) path: String,
    pub(super) lessons: Vec<Entry<'a>>,
}

#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) file: &'a LessonFile,
    /// The lesson that `file` translates, or `file` itself if it is not a translation.
    pub(super) source: &'a LessonFile,
    /// The path below the language's prefix, which is the same in every language.
    pub(super) path: String,
    pub(super) title: String,
    pub(super) state: Translation,
    /// The language of the lesson's text.
    pub(super) lang: String,
}

/// Whether a lesson in a translation's outline is up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Translation {
    /// The lesson is the source, or its translation is up to date.
    Current,
    /// There is no translation, so the page shows the source.
    Missing,
    /// The source has changed since the translation. The front matter does not say which steps have changed.
    Outdated,
    /// These parts of the source have changed since the translation. A part is the id of a step, or [`OPENING`].
    Partly(Vec<String>),
}

impl GroupPages<'_> {
    /// Returns the HTML id of the group's list in the table of contents.
    pub(super) fn list_id(&self) -> String {
        format!("d-group-{}", self.path.trim_end_matches(HOME).trim_end_matches('/'))
    }
}

impl Entry<'_> {
    /// Returns the path of the lesson's file below the course's directory.
    pub(super) fn source_path(&self) -> Option<String> {
        let (file, lang) = (self.file, self.file.lang.as_deref()?);
        let below = file.chapter.as_deref().unwrap_or(&file.relative).to_string_lossy();
        Some(if file.chapter.is_some() { below.into_owned() } else { format!("{lang}/{below}") })
    }

    pub(super) fn minutes(&self) -> Option<usize> {
        self.file.lesson.front.minutes.as_ref().map(|minutes| minutes.value as usize)
    }

    /// Returns the sections that a reader sees, with or without a task.
    pub(super) fn sections(&self) -> impl Iterator<Item = &Step> {
        let lesson = &self.file.lesson;
        lesson.steps.iter().filter(|step| !step.heading.is_empty() && !lesson.is_for_teachers(step.heading.start))
    }

    /// Whether a part of the source has changed since the translation. `id` is the id of a step, or [`OPENING`].
    pub(super) fn is_older(&self, id: &str) -> bool {
        matches!(&self.state, Translation::Partly(old) if old.iter().any(|part| part == id))
    }

    /// Returns the title that the step `id` has in the source.
    pub(super) fn source_title(&self, id: &str) -> Option<&str> {
        find_step(&self.source.lesson, id).map(|step| step.title.as_str())
    }

    /// Returns the day on which the translation was last brought up to date.
    pub(super) fn translated_on(&self) -> Option<&str> {
        let translated = self.file.lesson.front.translated.as_ref()?;
        translated.date.as_ref().map(|date| date.value.as_str())
    }

    /// Returns the ids of the steps that a reader can tick off, separated by spaces for the scripts.
    pub(super) fn step_ids(&self) -> String {
        self.doable().map(|step| step.id.0.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Returns the steps that a reader can tick off.
    pub(super) fn doable(&self) -> impl Iterator<Item = &Step> {
        self.file.lesson.steps.iter().filter(|step| step.has_task())
    }
}

impl Outline<'_> {
    pub(super) fn lessons(&self) -> impl Iterator<Item = &Entry<'_>> {
        self.groups.iter().flat_map(|group| &group.lessons)
    }

    /// Returns the lessons, then the author's own pages.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry<'_>> {
        self.lessons().chain(&self.pages)
    }

    /// Whether the page at `path` is in this language. If a translation is missing, the page shows the source instead.
    pub(super) fn has_page(&self, path: &str) -> bool {
        !self.entries().any(|entry| entry.path == path && entry.state == Translation::Missing)
    }
}

/// Returns the outline of every language, the source language first.
pub(super) fn outlines(course: &CourseFiles) -> Result<Vec<Outline<'_>>, SiteError> {
    let source_tag = course.course.source_language().ok_or(SiteError::Nothing)?;
    let outlines = each(&course.course.languages, || (), |(), tag| outline(course, tag, source_tag));
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

/// Returns the outline in the language `tag`. A lesson without a translation appears in the source language.
fn outline<'c>(course: &'c CourseFiles, tag: &str, source_tag: &str) -> Outline<'c> {
    let is_in = |file: &LessonFile, tag: &str| file.lang.as_deref() == Some(tag);
    let entry = |own: Option<&'c LessonFile>, source: &'c LessonFile, state: Translation| {
        let (file, lang) = own.map_or((source, source_tag), |own| (own, tag));
        let state = if own.is_some() { state } else { Translation::Missing };
        let (path, title) = (page_path(&source.relative), file.lesson.title.clone());
        Entry { file, source, path, title, state, lang: lang.to_owned() }
    };
    let lesson = |id: &Spanned<String>| {
        let find = |tag: &str| course.lessons.iter().find(|file| is_in(file, tag) && file.id.0 == id.value);
        let (own, source) = (find(tag), find(source_tag)?);
        let translated = own.filter(|_| tag != source_tag);
        let state = translated.map_or(Translation::Current, |own| translation(&own.lesson, &source.lesson));
        Some(entry(own, source, state))
    };
    let page = |path: &Spanned<String>| {
        let is_it = |file: &LessonFile| file.relative == Path::new(&path.value);
        let find = |tag: &str| course.pages.iter().find(|file| is_in(file, tag) && is_it(file));
        let own = find(tag);
        Some(entry(own, find(source_tag).or(own)?, Translation::Current))
    };
    let group = |group: &Group| GroupPages {
        title: group.title_in(tag, Some(source_tag)).to_owned(),
        path: format!("{}/{HOME}", group.id),
        lessons: group.lessons.iter().filter_map(lesson).collect(),
    };
    Outline {
        tag: tag.to_owned(),
        lang: tag.parse().unwrap_or(Lang::En),
        prefix: if tag == source_tag { String::new() } else { format!("{tag}/") },
        title: course.course.title_in(tag).to_owned(),
        groups: course.course.groups.iter().map(group).collect(),
        pages: course.course.site.pages.iter().filter_map(page).collect(),
    }
}

/// Compares a translation with its source.
fn translation(own: &Lesson, source: &Lesson) -> Translation {
    let old = match age(own, source) {
        Age::Current => return Translation::Current,
        Age::Somewhere => return Translation::Outdated,
        Age::Steps(old) => old,
    };
    // Sections for teachers are not on the page.
    let is_shown = |id: &String| *id == OPENING || find_step(own, id).is_some();
    let shown: Vec<String> = old.into_iter().filter(is_shown).collect();
    if shown.is_empty() { Translation::Current } else { Translation::Partly(shown) }
}

fn find_step<'l>(lesson: &'l Lesson, id: &str) -> Option<&'l Step> {
    lesson.steps.iter().find(|step| step.id.0 == id)
}

/// Returns the path of a lesson's page: `dasar/kontainer-pertama.md` becomes `dasar/kontainer-pertama.html`.
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

/// Returns the relative path from a page to its language's directory: one `../` for each directory in `path`.
pub(super) fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// Returns a page's path for an address, without a final `index.html`.
pub(super) fn without_home(path: &str) -> &str {
    path.strip_suffix(HOME).filter(|path| path.is_empty() || path.ends_with('/')).unwrap_or(path)
}
