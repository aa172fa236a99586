//! Creates new courses and lessons. The new files are small, complete and valid, so that an author can run them at
//! once.

use std::path::{Path, PathBuf};

use super::lint::{prose_digest, translated};
use super::table::is_id;
use super::{Course, CourseFiles, LessonId, parse};
use crate::text::{Edit, Message, Source, Span};

const COURSE: &str = include_str!("scaffold/course.toml");
const TERMS: &str = include_str!("scaffold/terms.toml");
const INDONESIAN: &str = include_str!("scaffold/id.md");
const ENGLISH: &str = include_str!("scaffold/en.md");

/// A new file: its path below the course's directory, and its text.
pub type NewFile = (PathBuf, String);

/// A new lesson.
#[derive(Debug, Clone)]
pub struct NewLesson {
    /// One file for each language, the source language first.
    pub files: Vec<NewFile>,
    /// The edit that adds the lesson to `course.toml`; `None` if the course already names the lesson.
    pub edit: Option<Edit>,
}

/// The reason why a lesson cannot be created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScaffoldError {
    /// The name cannot be a lesson's id.
    #[error("{0} cannot be a lesson's id")]
    BadName(String),
    /// The course already has a lesson with this id.
    #[error("the course has a lesson {0}")]
    Taken(String),
    /// The course has no such group.
    #[error("the course has no group {name}; it has {known}")]
    NoGroup {
        /// The name of the group.
        name: String,
        /// The names of the course's groups.
        known: String,
    },
    /// `course.toml` has mistakes, so no lesson can be added.
    #[error("course.toml has mistakes")]
    BrokenCourse,
}

impl ScaffoldError {
    /// Returns the key of the message in `words`, and the values that the message shows. The values are not sanitised.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::BadName(name) => ("scaffold-bad-name", vec![("name", name.clone())]),
            Self::Taken(name) => ("scaffold-taken", vec![("name", name.clone())]),
            Self::NoGroup { name, known } => {
                ("scaffold-no-group", vec![("name", name.clone()), ("known", known.clone())])
            }
            Self::BrokenCourse => ("scaffold-broken-course", vec![]),
        }
    }
}

/// Returns the files of a new course, which has one lesson in two languages. `today` is a date such as `2026-11-25`.
#[must_use]
pub fn new_course(today: &str) -> Vec<NewFile> {
    let mut files =
        vec![(PathBuf::from("course.toml"), COURSE.to_owned()), (PathBuf::from("terms.toml"), TERMS.to_owned())];
    let titles = [("id", "Kontainer pertama"), ("en", "Your first container")];
    files.extend(lesson_files(&titles, Path::new("dasar"), "kontainer-pertama", today));
    files
}

/// Creates a lesson. `name` is the lesson's id, or the group and the id: `group/id`. Without a group, the lesson joins
/// the last group.
///
/// # Errors
/// Fails if the name is invalid or taken, if the course has no such group, or if `course.toml` has mistakes.
pub fn new_lesson(files: &CourseFiles, name: &str, today: &str) -> Result<NewLesson, ScaffoldError> {
    let course = &files.course;
    // The author may type the name of the file instead of the id.
    let name = name.strip_suffix(".md").unwrap_or(name);
    if !files.diagnostics.is_empty() || course.languages.is_empty() {
        return Err(ScaffoldError::BrokenCourse);
    }
    let (group, id) = name.rsplit_once('/').map_or((None, name), |(group, id)| (Some(group), id));
    if !is_id(id) || id.starts_with('_') {
        return Err(ScaffoldError::BadName(id.to_owned()));
    }
    if files.listed.iter().any(|file| file.id.0 == id) {
        return Err(ScaffoldError::Taken(id.to_owned()));
    }
    let named = course.groups.iter().find(|group| group.lessons.iter().any(|lesson| lesson.value == id));
    let (directory, edit) = place(files, named.map(|group| group.id.as_str()).or(group), id)?;
    let edit = if named.is_none() { Some(edit) } else { None };
    let title = title_of(id);
    let titles: Vec<(&str, &str)> = course.languages.iter().map(|lang| (lang.as_str(), title.as_str())).collect();
    Ok(NewLesson { files: lesson_files(&titles, &directory, id, today), edit })
}

/// Returns the directory of a new lesson below its language's directory, and the edit that adds the lesson to its
/// group.
fn place(files: &CourseFiles, group: Option<&str>, id: &str) -> Result<(PathBuf, Edit), ScaffoldError> {
    let course = &files.course;
    let found = match group {
        Some(name) => course.groups.iter().find(|group| group.id == name),
        None => course.groups.last(),
    };
    let Some(group) = found else {
        return match group {
            Some(name) if !course.groups.is_empty() => {
                let known = course.groups.iter().map(|group| group.id.as_str()).collect::<Vec<_>>().join(", ");
                Err(ScaffoldError::NoGroup { name: name.to_owned(), known })
            }
            name => Ok(first_group(course, name.filter(|name| is_id(name)).unwrap_or("dasar"), id)),
        };
    };
    // The new lesson joins the directory of the other lessons in its group.
    let neighbour = group.lessons.iter().rev().find_map(|lesson| {
        files.listed.iter().find(|file| file.id.0 == lesson.value).and_then(|file| file.relative.parent())
    });
    let directory = neighbour.map_or_else(|| PathBuf::from(&group.id), Path::to_owned);
    let edit = match group.lessons.last() {
        Some(last) => {
            let before = course.source.slice(Span::new(course.source.line_start(last.span.start), last.span.start));
            // If the list has one lesson per line, the new entry gets its own line too.
            let own_line = before.chars().all(char::is_whitespace);
            let between = if own_line { format!(",\n{before}") } else { ", ".to_owned() };
            Edit { span: Span::new(last.span.end, last.span.end), text: format!("{between}\"{id}\"") }
        }
        None => Edit { span: group.lessons_span, text: format!("[\"{id}\"]") },
    };
    Ok((directory, edit))
}

/// Returns the directory of a course's first group, and the edit that adds this group to `course.toml`.
fn first_group(course: &Course, name: &str, id: &str) -> (PathBuf, Edit) {
    let title = title_of(name);
    let titles: Vec<String> = course.languages.iter().map(|lang| format!("{lang} = \"{title}\"")).collect();
    let titles = titles.join(", ");
    let end = course.source.text().len();
    let blank = if course.source.text().ends_with('\n') { "\n" } else { "\n\n" };
    let text = format!("{blank}[[group]]\nid = \"{name}\"\ntitle = {{ {titles} }}\nlessons = [\"{id}\"]\n");
    (PathBuf::from(name), Edit { span: Span::new(end, end), text })
}

fn lesson_files(titles: &[(&str, &str)], directory: &Path, id: &str, today: &str) -> Vec<NewFile> {
    let mut made_from: Option<String> = None;
    let mut files = Vec::new();
    for (lang, title) in titles {
        let template = if *lang == "id" { INDONESIAN } else { ENGLISH };
        let mut text = template.replace("@TITLE@", title);
        if let Some(lines) = &made_from {
            // The second `---` line ends the front matter. The new keys come before this line.
            text = text.replacen("\n---\n", &format!("\n{lines}---\n"), 1);
        } else {
            let (lesson, _) = parse(&Source::new("", text.as_str()), LessonId(id.to_owned()));
            let (digest, steps) = (prose_digest(&lesson), translated(&lesson, Some(today)));
            made_from = Some(format!("translates: {digest}\n{steps}"));
        }
        files.push((Path::new(lang).join(directory).join(format!("{id}.md")), text));
    }
    files
}

/// Makes a title from an id: `Kontainer pertama` from `kontainer-pertama`.
fn title_of(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(|| id.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Listed, parse_course};
    use crate::text::apply;

    fn course(text: &str) -> CourseFiles {
        let (course, diagnostics) = parse_course(&Source::new("course.toml", text));
        let listed = course.lessons().map(|lesson| Listed {
            lang: "id".into(),
            id: LessonId(lesson.value.clone()),
            relative: Path::new("lain").join(format!("{}.md", lesson.value)),
        });
        let listed = listed.collect();
        let root = PathBuf::new();
        CourseFiles {
            root,
            course,
            diagnostics,
            terms: None,
            listed,
            lessons: Vec::new(),
            pages: Vec::new(),
            whole: true,
        }
    }

    fn added(text: &str, name: &str) -> (String, PathBuf) {
        let files = course(text);
        let lesson = new_lesson(&files, name, "2026-11-25").unwrap();
        let text = apply(files.course.source.text(), lesson.edit.as_slice()).unwrap();
        let (course, mistakes) = parse_course(&Source::new("course.toml", text.as_str()));
        assert_eq!(mistakes, []);
        assert!(course.lessons().any(|lesson| lesson.value == name.rsplit('/').next().unwrap()));
        (text, lesson.files[0].0.clone())
    }

    const HEAD: &str = "title = { id = \"A\" } # judul\nlanguages = [\"id\"]\n";

    #[test]
    fn new_lesson_joins_its_group_and_comments_in_the_course_file_stay() {
        let group = "[[group]]\nid = \"satu\"\ntitle = { id = \"B\" }\nlessons = [\"a\"] # satu\n\
                     [[group]]\nid = \"dua\"\ntitle = { id = \"C\" }\nlessons = [\n  # dua\n  \"b\",\n]\n";
        let text = format!("{HEAD}{group}");
        let (after, path) = added(&text, "baru");
        assert_eq!(after, text.replace("  \"b\",\n", "  \"b\",\n  \"baru\",\n"));
        assert_eq!(path, Path::new("id/lain/baru.md"));
        assert_eq!(added(&text, "satu/baru").0, text.replace("[\"a\"]", "[\"a\", \"baru\"]"));
        let (empty, path) = added(&text.replace("[\"a\"]", "[]"), "satu/baru");
        assert_eq!(empty, text.replace("[\"a\"]", "[\"baru\"]"));
        assert_eq!(path, Path::new("id/satu/baru.md"));
        assert!(added(HEAD, "baru").0.ends_with("id = \"dasar\"\ntitle = { id = \"Dasar\" }\nlessons = [\"baru\"]\n"));
    }

    #[test]
    fn lesson_that_the_course_already_names_gets_files_but_no_edit() {
        let mut files = course(&format!("{HEAD}[[group]]\nid = \"g\"\ntitle = {{ id = \"B\" }}\nlessons = [\"a\"]\n"));
        files.listed.clear();
        let lesson = new_lesson(&files, "a", "2026-11-25").unwrap();
        assert_eq!((lesson.edit, lesson.files[0].0.as_path()), (None, Path::new("id/g/a.md")));
    }

    #[test]
    fn new_lesson_with_an_invalid_name_or_group_is_refused() {
        let files = course(&format!("{HEAD}[[group]]\nid = \"g\"\ntitle = {{ id = \"B\" }}\nlessons = [\"a\"]\n"));
        let error = |name| new_lesson(&files, name, "2026-11-25").unwrap_err();
        assert_eq!(error("a"), ScaffoldError::Taken("a".into()));
        assert_eq!(error("a b"), ScaffoldError::BadName("a b".into()));
        assert_eq!(error("../b"), ScaffoldError::NoGroup { name: "..".into(), known: "g".into() });
        assert_eq!(error("g/"), ScaffoldError::BadName(String::new()));
        assert_eq!(new_lesson(&course("title = 1"), "a", "2026-11-25").unwrap_err(), ScaffoldError::BrokenCourse);
    }
}
