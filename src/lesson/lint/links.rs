//! Links and pictures that lead nowhere. Whether a file exists is asked of the caller; nothing is fetched.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use super::prose::{Link, Prose};
use super::{Found, codes};
use crate::lesson::LessonFile;
use crate::text::Diagnostic;

/// Checks the links of a lesson; `others` are the lessons whose headings are known.
pub(super) fn check(
    file: &LessonFile,
    prose: &Prose,
    others: &HashMap<&Path, &Prose>,
    exists: &dyn Fn(&Path) -> bool,
    found: &mut Found<'_>,
) {
    for link in prose.links.iter().filter(|link| !is_elsewhere(&link.target)) {
        let (path, anchor) = link.target.split_once('#').map_or((link.target.as_str(), None), |(p, a)| (p, Some(a)));
        let path = decoded(path.split('?').next().unwrap_or_default());
        let target = if path.is_empty() { file.path.clone() } else { beside(&file.path, Path::new(&path)) };
        if !path.is_empty() && !exists(&target) {
            let code = if link.picture { codes::NO_PICTURE } else { codes::DEAD_LINK };
            let target = target.display().to_string();
            found.push(Diagnostic::error(code, link.span).with("link", &link.target).with("path", target));
        } else if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) {
            check_anchor(link, &decoded(anchor), others.get(target.as_path()).copied(), found);
        }
    }
}

fn check_anchor(link: &Link, anchor: &str, there: Option<&Prose>, found: &mut Found<'_>) {
    if let Some(there) = there.filter(|there| !there.anchors.contains(anchor)) {
        let nearest = crate::text::nearest(anchor, there.anchors.iter().map(String::as_str)).unwrap_or("none");
        let diagnostic = Diagnostic::warning(codes::NO_ANCHOR, link.span);
        found.push(diagnostic.with("anchor", anchor).with("nearest", nearest));
    }
}

/// Whether a target is an address with a scheme, or of another host, or rooted at a site that we do not know.
#[must_use]
pub fn is_elsewhere(target: &str) -> bool {
    let scheme = target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    scheme || target.starts_with('/')
}

/// `target` as seen from the directory of `file`, with `.` and `..` worked out, so that two ways to a file are one.
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

/// Percent signs undone; what is no UTF-8 then stays as it was.
#[must_use]
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        let byte = hex.filter(|_| first == b'%');
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_files_are_looked_for() {
        for elsewhere in ["https://docs.docker.com/", "mailto:a@b", "//host/x", "/x"] {
            assert!(is_elsewhere(elsewhere), "{elsewhere}");
        }
        for here in ["a.md", "../a/b.md#c", "#c", "{{site.baseurl}}/images/a.png", "gambar a:b.png"] {
            assert!(!is_elsewhere(here), "{here}");
        }
    }

    #[test]
    fn a_target_is_seen_from_its_file() {
        assert_eq!(beside(Path::new("id/g/a.md"), Path::new("../../x/./b.png")), Path::new("x/b.png"));
        assert_eq!(beside(Path::new("a.md"), Path::new("../b.md")), Path::new("../b.md"));
        assert_eq!(decoded("a%20b%C3%A9%zz%"), "a bé%zz%");
        assert_eq!(decoded("%ff"), "%ff");
    }
}
