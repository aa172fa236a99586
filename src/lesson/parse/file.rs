//! Reads a fence with `file=`: a file in the lesson's directory.

use super::attrs::Info;
use super::codes;
use super::diagnostics::Diagnostics;
use super::fence::Fence;
use super::transcript::GAP;
use crate::lesson::FileBlock;
use crate::text::Span;

/// Reads a fence with `file=`. Returns `None` if the path is refused, for example because it leads outside the lesson's
/// directory.
pub(super) fn read(fence: &Fence<'_>, info: Info, found: &mut Diagnostics<'_>) -> Option<FileBlock> {
    let mut content = String::with_capacity(fence.body.len());
    for line in &fence.lines {
        content.push_str(&line.text);
        content.push('\n');
    }
    if info.attrs.blank && !content.contains(GAP) {
        found.report(codes::BLANK_WITHOUT_GAP, info.place("blank").unwrap_or(fence.span));
    }
    let file = info.file?;
    path(&file.value, file.span, found).then_some(FileBlock {
        span: fence.span,
        language: info.word,
        path: file,
        content,
        attrs: info.attrs,
    })
}

/// Whether a path stays inside the lesson's directory and is valid on every system. Reports any other path.
pub(super) fn path(path: &str, span: Span, found: &mut Diagnostics<'_>) -> bool {
    let why = if path.starts_with(['/', '~']) || path.as_bytes().get(1) == Some(&b':') {
        "absolute"
    } else if path.split('/').any(|part| part == "..") {
        "outside"
    } else if path.contains('\\') || path.chars().any(char::is_control) {
        "sign"
    } else if path.ends_with('/') || path.split('/').any(|part| part.is_empty() || part == ".") {
        "empty"
    } else if path.len() > 500 || path.split('/').any(|part| part.len() > 200) {
        "long"
    } else {
        return true;
    };
    found.report(codes::FILE_PATH, span).with("name", path).with("why", why);
    false
}
