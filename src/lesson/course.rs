//! Reads `course.toml`, and reports all mistakes in this file.

use std::collections::HashSet;

use toml::de::DeValue;

use super::codes;
use super::site_settings::{self, SiteSettings};
use super::table::{self, Localized, TomlTable, bad_name, is_id};
use crate::text::{Diagnostic, Source, Span, Spanned, nearest};

/// The contents of `course.toml`.
#[derive(Debug, Clone)]
pub struct Course {
    /// The text of the file.
    pub source: Source,
    /// The id that separates the readers' progress in this course from their progress in other courses. Without an id,
    /// the title is used instead.
    pub id: Option<String>,
    /// The course's title, by language.
    pub title: Localized,
    /// The language tags: first the tag of the source language, then the tags of translations.
    pub languages: Vec<String>,
    /// The private engine for the lessons, `private` or `private:NAME`. The user can choose another engine.
    pub engine: Option<Spanned<String>>,
    /// The groups of lessons, in the order of the course.
    pub groups: Vec<Group>,
    /// The settings of the course's site.
    pub site: SiteSettings,
}

/// A group of lessons.
#[derive(Debug, Clone)]
pub struct Group {
    /// The group's id.
    pub id: String,
    /// The group's title, by language.
    pub title: Localized,
    /// The ids of the group's lessons, in order.
    pub lessons: Vec<Spanned<String>>,
    /// The span of the list of lessons; an empty span if the group has no list.
    pub lessons_span: Span,
    /// The span of the group's id; without an id, the span of the header of the group's table.
    pub span: Span,
}

impl Course {
    /// Returns the source language, in which the author writes each lesson before its translations.
    #[must_use]
    pub fn source_language(&self) -> Option<&str> {
        self.languages.first().map(String::as_str)
    }

    /// Returns the title in `lang`. Falls back to the title in the source language, then to the file's name.
    #[must_use]
    pub fn title_in(&self, lang: &str) -> &str {
        in_language(&self.title, lang, self.source_language()).unwrap_or_else(|| self.source.name())
    }

    /// Returns every lesson id, in order.
    pub fn lessons(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.groups.iter().flat_map(|group| &group.lessons)
    }
}

impl Group {
    /// Returns the title in `lang`. Falls back to `fallback`, then to the id.
    #[must_use]
    pub fn title_in(&self, lang: &str, fallback: Option<&str>) -> &str {
        in_language(&self.title, lang, fallback).unwrap_or(&self.id)
    }
}

fn in_language<'a>(text: &'a Localized, lang: &str, fallback: Option<&str>) -> Option<&'a str> {
    text.get(lang).or_else(|| text.get(fallback?)).map(String::as_str)
}

/// Reads as much of `course.toml` as possible, and reports every mistake.
#[must_use]
pub fn parse_course(source: &Source) -> (Course, Vec<Diagnostic>) {
    let mut mistakes = Vec::new();
    let document = table::document(source, &mut mistakes);
    let mut course = Course {
        source: source.clone(),
        id: None,
        title: Localized::new(),
        languages: Vec::new(),
        engine: None,
        groups: Vec::new(),
        site: SiteSettings::default(),
    };
    if let Some(document) = &document {
        let mut table =
            TomlTable::new(document, source.first_line_of(Span::new(0, source.text().len())), &mut mistakes);
        read(&mut course, &mut table);
        table.finish(|_| false);
    }
    mistakes.sort_by_key(|mistake| (mistake.span, mistake.code));
    (course, mistakes)
}

fn read(course: &mut Course, document: &mut TomlTable<'_, '_>) {
    document.require("languages");
    for lang in document.texts("languages").unwrap_or_default() {
        if !table::is_language(&lang.value) {
            document.mistakes().push(bad_name(&lang, "language"));
        } else if course.languages.contains(&lang.value) {
            document.mistakes().push(twice(&lang));
        } else {
            course.languages.push(lang.value);
        }
    }
    document.require("title");
    if let Some(title) = document.localized("title") {
        missing_titles(&title, &course.languages, document.mistakes());
        course.title = title.value;
    }
    course.id = document.name("id", "course", is_id).map(|id| id.value);
    if let Some((entries, place)) = document.table("site") {
        course.site = site_settings::read(entries, place, document.mistakes());
    }
    course.engine = document.name("engine", "engine", is_private);
    if let Some(value) = document.get("group") {
        let DeValue::Array(groups) = value.get_ref() else {
            table::wrong_kind::<()>(value, "groups", document.mistakes());
            return;
        };
        for group in groups {
            if let Some(entries) = table::table(group, document.mistakes()) {
                let place = Span::from(group.span());
                let group = read_group(TomlTable::new(entries, place, document.mistakes()), &course.languages, place);
                course.groups.push(group);
            }
        }
    }
    if let Some(lesson) = &course.site.authors
        && !course.lessons().any(|known| known.value == lesson.value)
    {
        document.mistakes().push(unknown_lesson(lesson, course.lessons().map(|known| known.value.as_str())));
    }
    same_twice(course, document.mistakes());
}

fn read_group(mut entries: TomlTable<'_, '_>, languages: &[String], place: Span) -> Group {
    let mut group = Group {
        id: String::new(),
        title: Localized::new(),
        lessons: Vec::new(),
        lessons_span: Span::default(),
        span: place,
    };
    entries.require("id");
    if let Some(id) = entries.text("id") {
        if !is_id(&id.value) {
            entries.mistakes().push(bad_name(&id, "group"));
        }
        group.span = id.span;
        group.id = id.value;
    }
    entries.require("title");
    if let Some(title) = entries.localized("title") {
        missing_titles(&title, languages, entries.mistakes());
        group.title = title.value;
    }
    entries.require("lessons");
    if let Some(value) = entries.get("lessons") {
        group.lessons_span = value.span().into();
        group.lessons = table::texts(value, entries.mistakes()).unwrap_or_default();
    }
    for lesson in group.lessons.iter().filter(|lesson| !is_id(&lesson.value)) {
        entries.mistakes().push(bad_name(lesson, "lesson"));
    }
    entries.finish(|_| false);
    group
}

fn missing_titles(title: &Spanned<Localized>, languages: &[String], mistakes: &mut Vec<Diagnostic>) {
    if title.value.is_empty() {
        return;
    }
    for lang in languages.iter().filter(|lang| !title.value.contains_key(*lang)) {
        mistakes.push(codes::NO_TITLE.at(title.span).with("lang", lang));
    }
}

/// Reports that no lesson of the course has this id.
pub(super) fn unknown_lesson<'a>(lesson: &Spanned<String>, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let meant = nearest(&lesson.value, known).unwrap_or("none");
    codes::UNKNOWN_LESSON.at(lesson.span).with("lesson", &lesson.value).with("nearest", meant)
}

fn same_twice(course: &Course, mistakes: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for group in course.groups.iter().filter(|group| !group.id.is_empty()) {
        if !seen.insert(&group.id) {
            mistakes.push(twice(&Spanned { value: group.id.clone(), span: group.span }));
        }
    }
    let mut seen = HashSet::new();
    for lesson in course.lessons() {
        if !seen.insert(&lesson.value) {
            mistakes.push(twice(lesson));
        }
    }
}

fn twice(name: &Spanned<String>) -> Diagnostic {
    codes::TWICE.at(name.span).with("name", &name.value)
}

/// Whether a course may choose `engine`. A course may choose private engines only. With an address or a path, a
/// stranger's course could choose one of the learner's engines.
fn is_private(engine: &str) -> bool {
    engine == "private" || engine.strip_prefix("private:").is_some_and(is_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"title = { id = "Belajar Docker", en = "Learn Docker" }
languages = ["id", "en"]
engine = "private"
[[group]]
id = "images"
title = { id = "Image", en = "Images" }
lessons = ["mengambil-image", "memberi-tag"]
"#;

    fn codes(text: &str) -> Vec<(&'static str, String)> {
        let source = Source::new("course.toml", text);
        let (_, mistakes) = parse_course(&source);
        mistakes.iter().map(|mistake| (mistake.code.0, source.slice(mistake.span).to_owned())).collect()
    }

    #[test]
    fn parsed_course_has_its_titles_and_the_spans_of_its_lessons() {
        let source = Source::new("course.toml", GOOD);
        let (course, mistakes) = parse_course(&source);
        assert_eq!(mistakes, []);
        assert_eq!(course.title_in("en"), "Learn Docker");
        assert_eq!(course.title_in("jv"), "Belajar Docker");
        assert_eq!(course.groups[0].title_in("en", None), "Images");
        let lessons: Vec<_> = course.lessons().map(|lesson| source.slice(lesson.span)).collect();
        assert_eq!(lessons, [r#""mengambil-image""#, r#""memberi-tag""#]);
    }

    #[test]
    fn every_mistake_in_a_course_file_is_reported_in_order() {
        let text = GOOD.replace("engine", "engin").replace("\"memberi-tag\"", "3, \"a/b\", \"mengambil-image\"");
        assert_eq!(
            codes(&text),
            [
                ("L101", "engin".into()),
                ("L103", "3".into()),
                ("L105", "\"a/b\"".into()),
                ("L104", "\"mengambil-image\"".into())
            ]
        );
        for engine in ["current", "tcp://10.0.0.1:2375", "private:", "private:../x"] {
            let text = GOOD.replace("\"private\"", &format!("\"{engine}\""));
            assert_eq!(codes(&text), [("L105", format!("\"{engine}\""))]);
        }
        assert_eq!(codes(&GOOD.replace("\"private\"", "\"private:docker-28.5\"")), []);
        assert_eq!(codes("languages = [\"id\"]\ntitle = { en = \"x\" }\n")[0].0, "L106");
        assert_eq!(codes("")[0].0, "L102");
        assert_eq!(codes("title = \n[[group\n").iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["L100"]);
    }
}
