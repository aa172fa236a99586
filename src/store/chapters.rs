//! Reads the chapters of another author's mdBook. Uses only one setting of the book, the name of the chapters' folder.
//! Runs none of the book's preprocessors or renderers.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use mdbook_driver::book::{Book, Chapter};
use mdbook_driver::builtin_preprocessors::LinkPreprocessor;
use mdbook_driver::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use super::error::FileError;
use super::file::read_source;
use super::lesson_file::{ReadReason, read_lesson};
use super::path::{absolute, is_there, join, with_parents};
use crate::lesson::{Collection, mdbook, parse_alone};
use crate::text::Source;

/// The name of an mdBook's settings file.
pub(super) const BOOK: &str = "book.toml";

/// Returns the root of the mdBook at or above `directory`.
pub(super) fn find_book(directory: &Path) -> Option<PathBuf> {
    with_parents(directory).find(|root| is_there(&root.join(BOOK)))
}

/// Returns a file's path relative to the chapters' folder of the file's mdBook.
pub(super) fn chapter_of(path: &Path) -> Option<PathBuf> {
    let root = find_book(path.parent()?)?;
    let settings = read_source(&join(&root, BOOK)).ok()?;
    let folder = absolute(&join(&root, &mdbook::chapters_folder(settings.text())));
    absolute(path).strip_prefix(folder).ok().map(Path::to_owned)
}

/// Adds the chapters that have a transcript to `collection`, in the order of the book's summary.
pub(super) fn read_book(root: &Path, collection: &mut Collection) -> Result<(), FileError> {
    let settings = read_source(&join(root, BOOK))?;
    let folder = mdbook::chapters_folder(settings.text());
    let below = join(root, &folder);
    let summary = read_source(&below.join("SUMMARY.md"))?;
    for relative in mdbook::chapters(summary.text()) {
        let path = below.join(&relative);
        // The summary may list a chapter that does not exist yet. mdBook would create it.
        if !is_there(&path) {
            continue;
        }
        let mut chapter = read_lesson(path, relative.clone(), None, ReadReason::Asked)?;
        chapter.root = Some(root.to_owned());
        check_includes(&chapter.path, chapter.source.text(), &mut HashSet::new())?;
        if let Some(text) = include(root, &folder, &relative, chapter.source.text()) {
            chapter.source = Source::new(chapter.source.name().to_owned(), text);
            (chapter.lesson, chapter.diagnostics) = parse_alone(&chapter.source, chapter.id.clone());
        }
        if chapter.lesson.transcripts().next().is_some() {
            chapter.chapter = Some(relative);
            collection.singles.push(chapter);
        } else {
            collection.plain_chapters += 1;
        }
    }
    Ok(())
}

static_patterns! {
    static INCLUDE = r"\{\{\s*#(?:include|rustdoc_include|playground|playpen|template)\s+([^\s:}]+)";
}

/// Refuses an `{{#include}}` of a pipe, a device, a directory or a file that is too large. mdBook could wait for such a
/// file, or read it without end.
fn check_includes(file: &Path, text: &str, seen: &mut HashSet<PathBuf>) -> Result<(), FileError> {
    for found in INCLUDE.captures_iter(text) {
        let path = file.with_file_name(&found[1]);
        if !seen.insert(absolute(&path)) {
            continue;
        }
        match read_source(&path) {
            Ok(source) => check_includes(&path, source.text(), seen)?,
            Err(error @ (FileError::Special(_) | FileError::Directory(_) | FileError::TooLarge { .. })) => {
                return Err(error);
            }
            // mdBook itself reports any other error, and leaves the line unchanged.
            Err(_) => {}
        }
    }
    Ok(())
}

/// Returns a chapter with its `{{#include}}` lines filled in, or `None` if nothing changes. Uses mdBook's own code, so
/// that line ranges and anchors select the same text as in mdBook. If a file cannot be read, its line stays unchanged.
fn include(root: &Path, folder: &str, relative: &Path, text: &str) -> Option<String> {
    if !text.contains("{{") {
        return None;
    }
    let mut config = Config::default();
    config.book.src = folder.into();
    let context = PreprocessorContext::new(root.to_owned(), config, "html".to_owned());
    let chapter = Chapter::new("", text.to_owned(), relative, Vec::new());
    let mut book = Book::new();
    book.push_item(chapter);
    let book = LinkPreprocessor::new().run(&context, book).ok()?;
    book.chapters().next().map(|chapter| chapter.content.clone()).filter(|filled| filled != text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn include_inserts_the_same_lines_as_mdbook() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("text/part")).unwrap();
        let listing = "1\n# ANCHOR: all\n2\n# ANCHOR: some\n3\n# ANCHOR_END: some\n4\n# ANCHOR_END: all\n5\n";
        fs::write(dir.path().join("out.txt"), listing).unwrap();
        fs::write(dir.path().join("text/part/more.md"), "{{#include ../../out.txt:some}}").unwrap();
        let filled = |text: &str| include(dir.path(), "text", Path::new("part/a.md"), text);
        for (target, text) in [
            ("../../out.txt:1", "1"),
            ("../../out.txt:5:7", "3\n# ANCHOR_END: some\n4"),
            ("../../out.txt:some", "3"),
            ("../../out.txt:all", "2\n3\n4"),
            ("../../out.txt:none", ""),
            ("more.md", "3"),
        ] {
            assert_eq!(filled(&format!("a\n{{{{#include {target}}}}}\nb")), Some(format!("a\n{text}\nb")), "{target}");
        }
        assert_eq!(filled("\\{{#include more.md}}").as_deref(), Some("{{#include more.md}}"));
        for stays in
            ["no", "{{#include none.txt}}", "{{#include /}}", "{{#include ..}}", "{{#include }}", "{{#x", "{{#}}"]
        {
            assert_eq!(filled(stays), None, "{stays}");
        }
    }

    #[test]
    fn chapter_of_finds_a_file_only_below_the_chapters_folder() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("src/a")).unwrap();
        fs::write(dir.path().join("book.toml"), "").unwrap();
        fs::write(dir.path().join("src/a/b.md"), "").unwrap();
        fs::write(dir.path().join("README.md"), "").unwrap();
        assert_eq!(chapter_of(&dir.path().join("src/a/b.md")), Some("a/b.md".into()));
        assert_eq!(chapter_of(&dir.path().join("README.md")), None);
    }
}
