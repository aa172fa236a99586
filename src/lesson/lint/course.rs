//! Checks a course as a whole: the entries of `course.toml` and the files in its directories.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::rules::title_place;
use super::{Findings, codes};
use crate::lesson::course::unknown_lesson;
use crate::lesson::{CourseFiles, LessonFile, LessonId, Terms};
use crate::text::{Span, nearest};

/// Compares the lessons in `course.toml` with the files.
pub(super) fn check_entries(files: &CourseFiles, found: &mut Findings<'_>) {
    let there: HashSet<(&str, &str)> =
        files.listed.iter().map(|file| (file.lang.as_str(), file.id.0.as_str())).collect();
    let Some((source, translations)) = files.course.languages.split_first() else { return };
    let mut seen = HashSet::new();
    for entry in files.course.lessons().filter(|entry| seen.insert(&entry.value)) {
        if !there.contains(&(source.as_str(), entry.value.as_str())) {
            let free = files.listed.iter().filter(|file| file.lang == *source).map(|file| file.id.0.as_str());
            let meant = nearest(&entry.value, free).unwrap_or("none");
            let diagnostic = codes::NO_FILE.at(entry.span).with("lesson", &entry.value).with("lang", source);
            found.push(diagnostic.with("nearest", meant));
            continue;
        }
        for lang in translations.iter().filter(|lang| !there.contains(&(lang.as_str(), entry.value.as_str()))) {
            found.push(codes::NO_TRANSLATION.at(entry.span).with("lesson", &entry.value).with("lang", lang));
        }
    }
}

/// Checks that each file that `[site]` names exists: pictures, and the author's pages in the source language.
pub(super) fn check_site(files: &CourseFiles, exists: &dyn Fn(&Path) -> bool, found: &mut Findings<'_>) {
    let site = &files.course.site;
    let pictures = [&site.logo, &site.picture].into_iter().flatten();
    let pictures = pictures.map(|picture| (codes::NO_PICTURE, picture, picture.value.clone()));
    let source = files.course.source_language().unwrap_or_default();
    let pages = site.pages.iter().map(|page| (codes::DEAD_LINK, page, format!("{source}/{}", page.value)));
    for (code, written, path) in pictures.chain(pages).filter(|(.., path)| !exists(&files.root.join(path))) {
        found.push(code.at(written.span).with("link", &written.value).with("path", path));
    }
}

/// Checks that the course contains every lesson in the `taught` list of a term.
pub(super) fn check_taught(files: &CourseFiles, terms: &Terms, found: &mut Findings<'_>) {
    // If `course.toml` has mistakes, its list of lessons is not reliable.
    if !files.diagnostics.is_empty() {
        return;
    }
    let lessons: HashSet<&str> = files.course.lessons().map(|id| id.value.as_str()).collect();
    let named = terms.terms.iter().flat_map(|term| term.taught.iter().flatten());
    for lesson in named.filter(|lesson| !lessons.contains(lesson.value.as_str())) {
        found.push(unknown_lesson(lesson, lessons.iter().copied()));
    }
}

/// The data of a course with which [`check`](Self::check) compares each lesson.
pub(super) struct Known<'a> {
    files: &'a CourseFiles,
    order: HashMap<&'a str, usize>,
    /// The path of the first file, by language and id.
    first: HashMap<(&'a str, &'a LessonId), &'a Path>,
}

impl<'a> Known<'a> {
    pub(super) fn new(files: &'a CourseFiles) -> Self {
        let mut order = HashMap::new();
        for (at, id) in files.course.lessons().enumerate() {
            order.entry(id.value.as_str()).or_insert(at);
        }
        let mut first = HashMap::new();
        for file in &files.listed {
            first.entry((file.lang.as_str(), &file.id)).or_insert(file.relative.as_path());
        }
        Self { files, order, first }
    }

    /// Checks a lesson's path, its place in the course and its step ids.
    pub(super) fn check(&self, file: &LessonFile, found: &mut Findings<'_>) {
        let title = title_place(&file.lesson);
        self.check_path(file, title, found);
        // If `course.toml` has mistakes, its list of lessons is not reliable.
        if self.files.diagnostics.is_empty() {
            self.check_order(file, title, found);
        }
        if self.files.course.languages.len() > 1 {
            let unwritten = file.lesson.steps.iter().filter(|step| !step.id_written && !step.id.is_opening());
            for step in unwritten {
                found.push(codes::STEP_ID_NOT_WRITTEN.at(step.heading).with("id", &step.id.0));
            }
        }
    }

    fn check_order(&self, file: &LessonFile, title: Span, found: &mut Findings<'_>) {
        let place = self.order.get(file.id.0.as_str()).copied();
        if place.is_none() {
            found.push(codes::NOT_IN_COURSE.at(title).with("lesson", &file.id.0));
        }
        for required in &file.lesson.front.requires {
            match (self.order.get(required.value.as_str()), place) {
                (None, _) => {
                    found.push(unknown_lesson(required, self.order.keys().copied()));
                }
                (Some(&other), Some(own)) if other >= own => {
                    found.push(codes::LATER_LESSON.at(required.span).with("lesson", &required.value));
                }
                _ => {}
            }
        }
    }

    fn check_path(&self, file: &LessonFile, title: Span, found: &mut Findings<'_>) {
        let Some(lang) = file.lang.as_deref() else { return };
        if let Some(first) = self.first.get(&(lang, &file.id)).filter(|first| **first != file.relative) {
            found.push(codes::TWO_FILES.at(title).with("lesson", &file.id.0).with("path", first.display().to_string()));
            return;
        }
        let source = self.files.course.source_language().and_then(|source| self.first.get(&(source, &file.id)));
        if let Some(source) = source.filter(|source| **source != file.relative) {
            found.push(codes::OTHER_PATH.at(title).with("path", source.display().to_string()));
        }
    }
}
