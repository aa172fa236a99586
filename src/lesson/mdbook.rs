//! Finds the chapters of an mdBook, which are read as lessons. Does not run the book's preprocessors and renderers.

use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag};

/// Returns the folder of chapters below the book's directory; `src` by default. `settings` is the text of `book.toml`.
#[must_use]
pub fn chapters_folder(settings: &str) -> String {
    let table: Option<toml::Table> = settings.parse().ok();
    let said = table.as_ref().and_then(|table| table.get("book")?.get("src")?.as_str());
    said.unwrap_or("src").to_owned()
}

/// Returns the chapters that a `SUMMARY.md` links to, in the order of this file, without repetitions.
#[must_use]
pub fn chapters(summary: &str) -> Vec<PathBuf> {
    let mut chapters: Vec<PathBuf> = Vec::new();
    for event in Parser::new(summary) {
        let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
        let path = PathBuf::from(dest_url.replace("%20", " "));
        if dest_url.contains("://") {
            continue;
        }
        let inside = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        let markdown = path.extension().is_some_and(|extension| extension == "md");
        if inside && markdown && !chapters.contains(&path) {
            chapters.push(path);
        }
    }
    chapters
}

/// Returns the language of a chapter: the first part of its path, as in `id/…` or `en/…`.
#[must_use]
pub fn language_of(chapter: &Path) -> Option<&str> {
    match chapter.components().next()? {
        Component::Normal(name) => name.to_str(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_the_files_of_the_book_in_the_order_of_the_summary() {
        let summary = "# Summary\n\n[Title](title-page.md)\n\n# Part\n\n- [A](ch01-00-a.md)\n    - [B](./ch01/b%20c.md)\n- [Draft]()\n\
                       - [A again](ch01-00-a.md)\n- [Out](../../secret.md)\n- [Site](https://x.test/a.md)\n\n---\n\n[End](z.md)\n";
        let found: Vec<String> = chapters(summary).iter().map(|path| path.display().to_string()).collect();
        assert_eq!(found, ["title-page.md", "ch01-00-a.md", "./ch01/b c.md", "z.md"]);
        assert_eq!(chapters_folder("[book]\nsrc = \"text\"\n[preprocessor.x]\ncommand = \"y\"\n"), "text");
        assert_eq!(chapters_folder("not toml ["), "src");
    }
}
