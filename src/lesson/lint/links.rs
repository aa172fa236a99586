//! Finds links and pictures whose targets do not exist. The caller says whether a file exists. This module does not
//! fetch anything.

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};

use super::prose::{Link, Prose};
use super::{Findings, codes};
use crate::lesson::LessonFile;
use crate::text::Diagnostic;
use crate::text::percent::decode_leniently as decoded;

/// Checks the links of a lesson. Checks the anchor of a link only if `others` has the file to which the link leads.
pub(super) fn check(
    file: &LessonFile,
    prose: &Prose,
    others: &HashMap<PathBuf, &Prose>,
    exists: &dyn Fn(&Path) -> bool,
    found: &mut Findings<'_>,
) {
    for link in prose.links.iter().filter(|link| !is_elsewhere(&link.target)) {
        let (path, anchor) = split(&link.target);
        let path = Path::new(&path);
        let own = path.as_os_str().is_empty();
        let here = beside(Path::new(""), &file.path);
        let target = if own { here } else { beside(&here, path) };
        let page = if own || exists(&target) { Some(target.clone()) } else { source_of_page(&target, file, exists) };
        if let Some(page) = page {
            let dead = others.get(&page).and_then(|there| dead_anchor(link, &anchor, &there.anchors));
            found.extend(dead.as_slice());
        } else if !leaves_book(path, file) {
            let code = if link.picture { codes::NO_PICTURE } else { codes::DEAD_LINK };
            let target = target.display().to_string();
            found.push(code.at(link.span).with("link", &link.target).with("path", target));
        }
    }
}

/// Returns the chapter from which mdBook makes the page `target`: `a.md` for `a.html`; for `index.html` also
/// `README.md`.
fn source_of_page(target: &Path, file: &LessonFile, exists: &dyn Fn(&Path) -> bool) -> Option<PathBuf> {
    file.chapter.as_ref()?;
    let index = target.file_name() == Some("index.html".as_ref());
    let page = target.extension() == Some("html".as_ref());
    let sources = [page.then(|| target.with_extension("md")), index.then(|| target.with_file_name("README.md"))];
    sources.into_iter().flatten().find(|source| exists(source))
}

/// Whether a link leads to `print.html`, which mdBook makes, or to a page outside the book's folder of chapters. A page
/// outside this folder is published beside the book, so `lint` cannot know whether the page exists. mdBook turns `.md`
/// into `.html`.
fn leaves_book(path: &Path, file: &LessonFile) -> bool {
    let Some(chapter) = &file.chapter else { return false };
    let page = beside(chapter, path);
    let is_page = page.extension().is_some_and(|extension| extension == "html" || extension == "md");
    is_page && page.starts_with("..") || page == Path::new("print.html")
}

/// Splits a target into its path, without the query, and its anchor.
#[must_use]
pub fn split(target: &str) -> (String, String) {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    (decoded(path.split('?').next().unwrap_or_default()), decoded(anchor))
}

/// Returns a diagnostic if the page of `link` does not have `anchor`.
pub(crate) fn dead_anchor(link: &Link, anchor: &str, anchors: &HashSet<String>) -> Option<Diagnostic> {
    if anchor.is_empty() || anchors.contains(anchor) {
        return None;
    }
    let nearest = crate::text::nearest(anchor, anchors.iter().map(String::as_str)).unwrap_or("none");
    Some(codes::NO_ANCHOR.at(link.span).with("anchor", anchor).with("nearest", nearest))
}

static_patterns! {
    static ELSEWHERE = r"^(?:[A-Za-z][A-Za-z0-9+.-]+:|/)";
}

/// Whether a target has a scheme, names another host, or begins at the root of a site.
#[must_use]
pub fn is_elsewhere(target: &str) -> bool {
    ELSEWHERE.is_match(target)
}

/// Resolves `target` from the directory of `file`. Removes `.` and `..`, so that each file has only one path.
#[must_use]
pub fn beside(file: &Path, target: &Path) -> PathBuf {
    let mut path = file.parent().map(Path::to_owned).unwrap_or_default();
    for part in target.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => match path.components().next_back() {
                Some(Component::Normal(_)) => {
                    path.pop();
                }
                _ => path.push(".."),
            },
            part => path.push(part),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_to_another_site_is_not_checked() {
        for elsewhere in ["https://docs.docker.com/", "mailto:a@b", "//host/x", "/x"] {
            assert!(is_elsewhere(elsewhere), "{elsewhere}");
        }
        for here in ["a.md", "../a/b.md#c", "#c", "{{site.baseurl}}/images/a.png", "gambar a:b.png"] {
            assert!(!is_elsewhere(here), "{here}");
        }
    }

    #[test]
    fn relative_target_is_resolved_from_the_directory_of_its_file() {
        assert_eq!(beside(Path::new("id/g/a.md"), Path::new("../../x/./b.png")), Path::new("x/b.png"));
        assert_eq!(beside(Path::new("a.md"), Path::new("../b.md")), Path::new("../b.md"));
    }
    fn page(path: &str, chapter: Option<&str>, text: &str) -> LessonFile {
        let mut file = super::super::prose::tests::file(text);
        file.path = path.into();
        file.chapter = chapter.map(PathBuf::from);
        file
    }

    /// Checks `text` as the text of `src/a/two.md`, and returns the code and the link of each mistake. Only the paths
    /// in `files` exist.
    fn told(in_book: bool, text: &str) -> Vec<(&'static str, String)> {
        let files = ["src/one.md", "src/a/README.md", "src/a/two.md", "src/a/pic (1).png", "x y.md"];
        let file = page("./src/a/two.md", in_book.then_some("a/two.md"), &format!("# The `run` command\n\n{text}\n"));
        let one = page("src/one.md", in_book.then_some("one.md"), "# One\n\n## A `b`\n");
        let prose = [super::super::prose::read(&file.lesson), super::super::prose::read(&one.lesson)];
        let others = [(PathBuf::from("src/a/two.md"), &prose[0]), (PathBuf::from("src/one.md"), &prose[1])].into();
        let mut findings = Vec::new();
        let exists = |path: &Path| files.iter().any(|file| Path::new(file) == path);
        check(&file, &prose[0], &others, &exists, &mut Findings::new(&file.path, &file.source, &mut findings));
        let argument = |finding: &super::super::LintFinding| {
            let args = &finding.diagnostic.args;
            args.iter().find(|(name, _)| matches!(*name, "link" | "anchor")).map(|(_, value)| value.clone())
        };
        findings.iter().map(|finding| (finding.diagnostic.code.0, argument(finding).unwrap())).collect()
    }

    #[test]
    fn anchor_of_a_heading_with_code_is_found() {
        assert_eq!(told(false, "[a](#the-run-command) [b](two.md#the-run-command)"), []);
        assert_eq!(told(false, "[a](#the--command)"), [("L162", "the--command".to_owned())]);
    }

    #[test]
    fn link_to_the_html_page_of_a_chapter_is_allowed_in_a_book() {
        let good = "[a](../one.html) [b](../one.html#a-b) [c](index.html) [d](../../std/x.html#y) [e](../print.html) [f](../../x.md)";
        assert_eq!(told(true, good), []);
        let bad = "[a](../three.html) [b](../one.html#c) [c](../index.html) [d](three.md) ![p](../one.png)";
        let codes: Vec<&str> = told(true, bad).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["L160", "L162", "L160", "L160", "L161"]);
        assert_eq!(told(false, "[a](../one.html)"), [("L160", "../one.html".to_owned())]);
    }

    #[test]
    fn link_target_is_read_from_every_form_of_link() {
        let good = "[a](<../one.md> \"t\") [b](../one.md 'a title') [c][ref] [ref] [d](../../x%20y.md#any) <me@here.org>\n\
                    ![p](<pic (1).png> \"t\") ![p](pic%20\\(1\\).png?raw=true) <img src=\"pic (1).png\">\n\n\
                    [ref]: ../one.md#one \"t\"\n";
        assert_eq!(told(false, good), []);
        assert_eq!(told(false, "[c][ref]\n\n[ref]: <../two.md>\n"), [("L160", "../two.md".to_owned())]);
    }
}
