//! Somebody's mdBook as lessons: where its chapters lie, and which they are. Its preprocessors and renderers are nobody's
//! to run here.

use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag};

/// Where the chapters lie below the book's directory, by its `book.toml`: `src` unless it says otherwise.
#[must_use]
pub fn chapters_folder(settings: &str) -> String {
    let table: Option<toml::Table> = settings.parse().ok();
    let said = table.as_ref().and_then(|table| table.get("book")?.get("src")?.as_str());
    said.unwrap_or("src").to_owned()
}

/// The chapters that a `SUMMARY.md` names, in its order, each once.
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

/// The chapter with its `{{#include FILE}}` filled in, or `None` when it has none. `FILE:3`, `FILE:3:7`, `FILE::7` are
/// lines; what `read` does not find, and an anchor, stay as they are written.
#[must_use]
pub fn include(chapter: &str, read: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(chapter.len());
    let mut filled = false;
    let mut rest = chapter;
    while let Some(at) = rest.find("{{#") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let Some(end) = from.find("}}") else { break };
        let inside = from[3..end].trim();
        let target = inside.strip_prefix("include ").or_else(|| inside.strip_prefix("rustdoc_include "));
        let escaped = before.ends_with('\\');
        match target.filter(|_| !escaped).and_then(|target| lines(target.trim(), &read)) {
            Some(text) => {
                out.push_str(&text);
                filled = true;
            }
            None => out.push_str(&from[..end + 2]),
        }
        rest = &from[end + 2..];
    }
    out.push_str(rest);
    filled.then_some(out)
}

fn lines(target: &str, read: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut parts = target.splitn(3, ':');
    let text = read(parts.next()?)?;
    let bounds: Vec<&str> = parts.collect();
    let number = |at: usize| match bounds.get(at) {
        None | Some(&"") => Some(None),
        Some(number) => number.parse::<usize>().ok().map(Some),
    };
    let (first, last) = (number(0)?, number(1)?);
    let first = first.unwrap_or(1).max(1);
    let last = if bounds.len() == 1 { Some(first) } else { last };
    let kept = text.lines().skip(first - 1).take(last.map_or(usize::MAX, |last| (last + 1).saturating_sub(first)));
    Some(kept.collect::<Vec<_>>().join("\n"))
}

/// Whether a chapter is one that a language's folder holds: `id/…`, `en/…`.
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
    fn a_summary_names_its_chapters_in_order() {
        let summary = "# Summary\n\n[Title](title-page.md)\n\n# Part\n\n- [A](ch01-00-a.md)\n    - [B](./ch01/b%20c.md)\n- [Draft]()\n\
                       - [A again](ch01-00-a.md)\n- [Out](../../secret.md)\n- [Site](https://x.test/a.md)\n\n---\n\n[End](z.md)\n";
        let found: Vec<String> = chapters(summary).iter().map(|path| path.display().to_string()).collect();
        assert_eq!(found, ["title-page.md", "ch01-00-a.md", "./ch01/b c.md", "z.md"]);
        assert_eq!(chapters_folder("[book]\nsrc = \"text\"\n[preprocessor.x]\ncommand = \"y\"\n"), "text");
        assert_eq!(chapters_folder("not toml ["), "src");
    }

    #[test]
    fn includes_are_filled_by_lines() {
        let read = |name: &str| (name == "out.txt").then(|| "1\n2\n3\n4\n".to_owned());
        for (target, text) in [
            ("out.txt", "1\n2\n3\n4"),
            ("out.txt:2", "2"),
            ("out.txt:2:3", "2\n3"),
            ("out.txt:3:", "3\n4"),
            ("out.txt::2", "1\n2"),
            ("out.txt:9:2", ""),
        ] {
            let chapter = format!("a\n{{{{#include {target}}}}}\nb");
            assert_eq!(include(&chapter, read), Some(format!("a\n{text}\nb")), "{target}");
        }
        for stays in
            ["no", "{{#include none.txt}}", "{{#include out.txt:anchor}}", "\\{{#include out.txt}}", "{{#x", "{{#}}"]
        {
            assert_eq!(include(stays, read), None, "{stays}");
        }
    }
}
