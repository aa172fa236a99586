//! Finds the courses and lessons that a person's paths name.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::chapters::{BOOK, chapter_of, find_book, read_book};
use super::error::{FileAction, FileError};
use super::file::read_source;
use super::lesson_file::{ReadReason, read_lesson};
use super::path::{absolute, is_there, join, stem, with_parents};
use crate::cores::each;
use crate::lesson::{Collection, Course, CourseFiles, LessonFile, LessonId, Listed, parse_course, parse_terms};

const COURSE: &str = "course.toml";
const TERMS: &str = "terms.toml";

/// The maximum depth of directories below a language's directory.
const DEPTH: usize = 16;

/// Reads the courses and lessons that `paths` name. Without paths, reads the course or mdBook at or above the working
/// directory. A path may name a course, its `course.toml`, or a directory or lesson in a course. A path may also name a
/// lesson outside any course, a directory of such lessons, or an mdBook. If a path names a lesson of a course, reads
/// the lesson in every language.
///
/// # Errors
/// If a path does not exist, if there is no course, or if a file cannot be read.
pub fn read_collection(paths: &[PathBuf]) -> Result<Collection, FileError> {
    let mut asked = RequestedPaths::default();
    if paths.is_empty() {
        let here = PathBuf::from(".");
        match (find_course(&here), find_book(&here)) {
            (Some(root), _) => asked.course(&root).whole = true,
            (None, Some(root)) => asked.books.push(root),
            (None, None) => return Err(FileError::NoCourse(absolute(&here))),
        }
    }
    for path in paths {
        asked.add(path)?;
    }
    let mut collection = Collection { drafts: asked.drafts, ..Collection::default() };
    for course in asked.courses {
        let course = course.read(&mut collection.singles)?;
        collection.courses.push(course);
    }
    let mut seen = HashSet::new();
    asked.singles.retain(|path| seen.insert(absolute(path)));
    let single = |(): &(), path: &PathBuf| {
        let name = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
        let mut lesson = read_lesson(path.clone(), name, None, ReadReason::Named)?;
        lesson.chapter = chapter_of(path);
        Ok::<_, FileError>(lesson)
    };
    for lesson in each(&asked.singles, || (), single) {
        collection.singles.push(lesson?);
    }
    for root in asked.books {
        read_book(&root, &mut collection)?;
    }
    collection.courses.retain(|course| course.whole || course.lessons.iter().any(|lesson| lesson.chosen));
    Ok(collection)
}

/// Returns the root of the course at or above `directory`. Also finds a course in the folder `lessons` of `directory`
/// or of a directory above it.
#[must_use]
pub fn find_course(directory: &Path) -> Option<PathBuf> {
    with_parents(directory).find_map(|directory| course_in(&directory))
}

/// Returns `directory` or its folder `lessons`, if one of them is the root of a course.
fn course_in(directory: &Path) -> Option<PathBuf> {
    [directory.to_owned(), join(directory, "lessons")].into_iter().find(|root| is_there(&root.join(COURSE)))
}

/// The courses, lessons and books that the paths name, before any file is read.
#[derive(Default)]
struct RequestedPaths {
    courses: Vec<AskedCourse>,
    singles: Vec<PathBuf>,
    /// Paths that were skipped as drafts.
    drafts: Vec<PathBuf>,
    /// Directories of other authors' mdBooks.
    books: Vec<PathBuf>,
}

struct AskedCourse {
    root: PathBuf,
    whole: bool,
    /// The requested files and directories of the course, each as the absolute path and as the path that the user gave.
    parts: Vec<(PathBuf, PathBuf)>,
}

impl RequestedPaths {
    fn course(&mut self, root: &Path) -> &mut AskedCourse {
        let real = absolute(root);
        let at = self.courses.iter().position(|course| absolute(&course.root) == real).unwrap_or_else(|| {
            self.courses.push(AskedCourse { root: root.to_owned(), whole: false, parts: Vec::new() });
            self.courses.len() - 1
        });
        &mut self.courses[at]
    }

    fn add(&mut self, path: &Path) -> Result<(), FileError> {
        let metadata = fs::metadata(path).map_err(|error| FileError::from_io(path, FileAction::Read, error))?;
        let name = path.file_name().unwrap_or_default();
        if !metadata.is_dir() && (name == COURSE || name == TERMS) {
            let root = path.parent().filter(|root| !root.as_os_str().is_empty()).unwrap_or(Path::new("."));
            self.course(root).whole = true;
            return Ok(());
        }
        if metadata.is_dir() {
            if let Some(root) = course_in(path) {
                self.course(&root).whole = true;
                return Ok(());
            }
            if is_there(&path.join(BOOK)) {
                self.books.push(path.to_owned());
                return Ok(());
            }
        }
        if let Some(root) = with_parents(path).skip(1).find(|root| is_there(&root.join(COURSE))) {
            self.course(&root).parts.push((absolute(path), path.to_owned()));
            return Ok(());
        }
        if metadata.is_dir() {
            let mut found = FoundFiles::default();
            walk(path, Path::new(""), 0, &mut found)?;
            self.singles.extend(found.markdown.into_iter().map(|relative| path.join(relative)));
            self.drafts.extend(found.drafts.into_iter().map(|relative| path.join(relative)));
        } else {
            self.singles.push(path.to_owned());
        }
        Ok(())
    }
}

impl AskedCourse {
    fn read(self, singles: &mut Vec<LessonFile>) -> Result<CourseFiles, FileError> {
        let (course, diagnostics) = parse_course(&read_source(&join(&self.root, COURSE))?);
        let terms_path = join(&self.root, TERMS);
        let terms = if is_there(&terms_path) { Some(parse_terms(&read_source(&terms_path)?)) } else { None };
        let listed = list(&self.root, &course)?;
        let mut chosen: HashMap<usize, ReadReason> =
            (0..if self.whole { listed.len() } else { 0 }).map(|index| (index, ReadReason::Asked)).collect();
        let files: HashMap<PathBuf, usize> = if self.parts.is_empty() {
            HashMap::new()
        } else {
            listed.iter().enumerate().map(|(index, file)| (absolute(&place(&self.root, file)), index)).collect()
        };
        for (real, named) in &self.parts {
            if real.is_dir() {
                for &index in files.iter().filter(|(file, _)| file.starts_with(real)).map(|(_, index)| index) {
                    chosen.entry(index).or_insert(ReadReason::Asked);
                }
            } else if let Some(&index) = files.get(real) {
                chosen.insert(index, ReadReason::Named);
            } else {
                // A file beside the lessons, such as a README, is read as if it were a lesson outside any course.
                let name = named.file_name().map_or_else(|| named.clone(), PathBuf::from);
                let mut lesson = read_lesson(named.clone(), name, None, ReadReason::Named)?;
                lesson.root = Some(self.root.clone());
                singles.push(lesson);
            }
        }
        let lessons = read_lessons(&self.root, &course, &listed, &chosen)?;
        let pages = read_pages(&self.root, &course)?;
        Ok(CourseFiles { root: self.root, course, diagnostics, terms, listed, lessons, pages, whole: self.whole })
    }
}

/// Reads the site's pages that the author wrote, in every language in which they exist.
fn read_pages(root: &Path, course: &Course) -> Result<Vec<LessonFile>, FileError> {
    let mut pages = Vec::new();
    for page in &course.site.pages {
        for lang in &course.languages {
            let path = join(root, lang).join(&page.value);
            if is_there(&path) {
                let mut file = read_lesson(path, PathBuf::from(&page.value), Some(lang.clone()), ReadReason::Beside)?;
                file.root = Some(root.to_owned());
                pages.push(file);
            }
        }
    }
    Ok(pages)
}

/// Reads each lesson that was chosen in at least one language, in every language. Returns the lessons in the course's
/// order. Lessons that `course.toml` does not list come last.
fn read_lessons(
    root: &Path,
    course: &Course,
    listed: &[Listed],
    chosen: &HashMap<usize, ReadReason>,
) -> Result<Vec<LessonFile>, FileError> {
    let order: HashMap<&str, usize> =
        course.lessons().enumerate().map(|(index, id)| (id.value.as_str(), index)).collect();
    let ids: HashSet<&LessonId> = chosen.keys().map(|&index| &listed[index].id).collect();
    let mut wanted: Vec<usize> = (0..listed.len()).filter(|&index| ids.contains(&listed[index].id)).collect();
    wanted.sort_by_key(|&index| {
        let file = &listed[index];
        let lang = course.languages.iter().position(|lang| *lang == file.lang);
        (order.get(file.id.0.as_str()).copied().unwrap_or(usize::MAX), &file.id, lang, &file.relative)
    });
    let read = |(): &(), index: &usize| {
        let file = &listed[*index];
        let choice = chosen.get(index).copied().unwrap_or(ReadReason::Beside);
        let mut lesson = read_lesson(place(root, file), file.relative.clone(), Some(file.lang.clone()), choice)?;
        lesson.root = Some(root.to_owned());
        Ok(lesson)
    };
    each(&wanted, || (), read).into_iter().collect()
}

/// Lists the lesson files of a course, by language, then by path.
fn list(root: &Path, course: &Course) -> Result<Vec<Listed>, FileError> {
    let mut listed = Vec::new();
    for lang in &course.languages {
        let directory = join(root, lang);
        if !directory.is_dir() {
            continue;
        }
        let mut found = FoundFiles::default();
        walk(&directory, Path::new(""), 0, &mut found)?;
        found.markdown.retain(|path| !course.site.pages.iter().any(|page| Path::new(&page.value) == path));
        listed.extend(found.markdown.into_iter().map(|relative| Listed {
            lang: lang.clone(),
            id: LessonId(stem(&relative)),
            relative,
        }));
    }
    Ok(listed)
}

/// The Markdown files and the drafts below a directory.
#[derive(Default)]
struct FoundFiles {
    markdown: Vec<PathBuf>,
    /// Files and directories whose names begin with `_`.
    drafts: Vec<PathBuf>,
}

/// Collects the Markdown files below `root`, sorted. Skips hidden names and drafts, and does not follow linked
/// directories.
fn walk(root: &Path, below: &Path, depth: usize, found: &mut FoundFiles) -> Result<(), FileError> {
    let directory = if below.as_os_str().is_empty() { root.to_owned() } else { root.join(below) };
    let failed = |error| FileError::from_io(&directory, FileAction::Read, error);
    let mut entries = Vec::new();
    for entry in fs::read_dir(&directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let kind = entry.file_type().map_err(failed)?;
        match name.as_encoded_bytes().first() {
            Some(b'_') if kind.is_dir() || Path::new(&name).extension() == Some(OsStr::new("md")) => {
                found.drafts.push(below.join(name));
            }
            Some(b'.' | b'_') => {}
            _ => entries.push((name, kind)),
        }
    }
    entries.sort_by(|left, right| left.0.cmp(&right.0));
    for (name, kind) in entries {
        let path = below.join(&name);
        if kind.is_dir() {
            if depth < DEPTH {
                walk(root, &path, depth + 1, found)?;
            }
        } else if path.extension() == Some(OsStr::new("md")) {
            found.markdown.push(path);
        }
    }
    Ok(())
}

fn place(root: &Path, file: &Listed) -> PathBuf {
    join(root, &file.lang).join(&file.relative)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(
            "lessons/course.toml",
            "title = { id = \"A\", en = \"A\" }\nlanguages = [\"id\", \"en\"]\n[[group]]\nid = \"g\"\n\
             title = { id = \"G\", en = \"G\" }\nlessons = [\"dua\", \"satu\"]\n",
        );
        for lang in ["id", "en"] {
            write(&format!("lessons/{lang}/g/satu.md"), "# Satu\n");
            write(&format!("lessons/{lang}/g/dua.md"), "# Dua\n");
        }
        write("lessons/id/_draf.md", "");
        write("lessons/id/.x/y.md", "");
        write("posts/a.md", "# A\n");
        write("lessons/README.md", "# Bukan pelajaran\n");
        dir
    }

    fn names(collection: &Collection) -> Vec<String> {
        let mark = |(_, file): (Option<&CourseFiles>, &LessonFile)| {
            format!("{}/{}", file.lang.as_deref().unwrap_or("-"), file.id)
        };
        collection.chosen().map(mark).collect()
    }

    #[test]
    fn any_path_to_a_course_reads_its_lessons_in_order() {
        let dir = course();
        for name in ["", "lessons", "lessons/course.toml"] {
            let collection = read_collection(&[dir.path().join(name)]).unwrap();
            assert_eq!(names(&collection), ["id/dua", "en/dua", "id/satu", "en/satu"], "{name}");
            assert!(collection.courses[0].whole);
        }
    }

    #[test]
    fn path_to_a_lesson_also_reads_the_lesson_in_other_languages() {
        let dir = course();
        let collection = read_collection(&[dir.path().join("lessons/en/g/satu.md")]).unwrap();
        assert_eq!(names(&collection), ["en/satu"]);
        let course = &collection.courses[0];
        assert!(!course.whole);
        assert_eq!((course.lessons.len(), course.listed.len()), (2, 4));
        let collection = read_collection(&[dir.path().join("lessons/id"), dir.path().join("lessons/en/g")]).unwrap();
        assert_eq!((collection.courses.len(), names(&collection).len()), (1, 4));
        assert_eq!(names(&read_collection(&[dir.path().join("lessons/README.md")]).unwrap()), ["-/README"]);
    }

    #[test]
    fn lesson_that_is_not_utf8_gets_a_diagnostic_at_the_wrong_byte() {
        let dir = course();
        fs::write(dir.path().join("posts/a.md"), b"# A\n\xe9\n").unwrap();
        let collection = read_collection(&[dir.path().join("posts/a.md")]).unwrap();
        let lesson = &collection.singles[0];
        let mistake = lesson.diagnostics.iter().find(|mistake| mistake.code == crate::lesson::lint::NOT_UTF8).unwrap();
        assert_eq!(lesson.source.slice(mistake.span), "\u{fffd}");
    }

    #[test]
    fn pipe_in_place_of_a_course_file_is_an_error() {
        for name in ["lessons/course.toml", "lessons/terms.toml", "lessons/id/g/satu.md", "lessons/id/g/pipa.md"] {
            let dir = course();
            let path = dir.path().join(name);
            let _ = fs::remove_file(&path);
            rustix::fs::mkfifoat(rustix::fs::CWD, &path, rustix::fs::Mode::RWXU).unwrap();
            for asked in [dir.path().to_owned(), path] {
                let read = read_collection(&[asked]);
                assert!(matches!(read, Err(FileError::Special(_))), "{name}");
            }
        }
    }

    #[test]
    fn lesson_outside_a_course_is_read_once_even_if_two_paths_name_it() {
        let dir = course();
        let (post, posts) = (dir.path().join("posts/a.md"), dir.path().join("posts"));
        assert_eq!(names(&read_collection(&[post, posts]).unwrap()), ["-/a"]);
        assert!(matches!(read_collection(&[dir.path().join("nix")]), Err(FileError::Missing(_))));
    }

    #[test]
    fn drafts_in_a_directory_are_skipped_and_listed() {
        let dir = tempfile::tempdir().unwrap();
        for path in ["a/_b.md", "a/_c/d.md", "a/.e.md", "a/_f.txt"] {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "# A\n").unwrap();
        }
        let collection = read_collection(&[dir.path().join("a")]).unwrap();
        let mut drafts: Vec<_> = collection.drafts.iter().map(|path| path.file_name().unwrap()).collect();
        drafts.sort_unstable();
        assert_eq!((collection.singles.len(), drafts), (0, vec!["_b.md".as_ref(), "_c".as_ref()]));
        assert_eq!(names(&read_collection(&[dir.path().join("a/_b.md")]).unwrap()), ["-/_b"]);
    }

    #[test]
    fn utf_16_lesson_gets_exactly_one_diagnostic() {
        let dir = tempfile::tempdir().unwrap();
        let units = || "# Ünï\n".encode_utf16();
        let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
        for bytes in [[&[0xff, 0xfe], &little[..]].concat(), [&[0xfe, 0xff], &big[..]].concat(), little, big] {
            let path = dir.path().join("a.md");
            fs::write(&path, bytes).unwrap();
            let lesson = &read_collection(std::slice::from_ref(&path)).unwrap().singles[0];
            assert_eq!(lesson.diagnostics.len(), 1);
            assert_eq!(lesson.diagnostics[0].args, [("encoding", "utf-16".to_owned())]);
            assert!(matches!(read_source(&path), Err(FileError::NotUtf8 { wide: true, .. })));
        }
    }
}
