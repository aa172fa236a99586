//! The front matter: YAML between `---` lines at the begin of the file.

use super::body::Body;
use super::claim;
use super::yaml::{self, Node};
use super::{FrontMatter, Spanned};
use crate::text::{Code, Diagnostic, Source, Span, nearest};

const KNOWN: [&str; 11] =
    ["title", "minutes", "objectives", "requires", "images", "have", "needs", "source", "lang", "translates", "size"];
/// Keys of blogs' front matter: what `import` is for.
const STRANGERS: [&str; 8] = ["layout", "published", "categories", "tags", "date", "author", "permalink", "terms"];

/// Where the front matter lies, with its `---` lines, and its inside.
pub(crate) fn find(text: &str) -> Option<(Span, Option<Span>)> {
    let begin = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let first_end = text[begin..].find('\n').map(|at| begin + at + 1)?;
    if text[begin..first_end].trim_end() != "---" {
        return None;
    }
    let mut at = first_end;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |n| at + n + 1);
        if matches!(text[at..end].trim_end(), "---" | "...") {
            return Some((Span::new(0, end), Some(Span::new(first_end, at))));
        }
        at = end;
    }
    Some((Span::new(begin, first_end), None))
}

/// Reads it.
pub(crate) fn read(source: &Source, span: Span, inside: Span, diagnostics: &mut Vec<Diagnostic>) -> FrontMatter {
    let mut front = FrontMatter { span, ..FrontMatter::default() };
    let body = Body::of(source, inside);
    let Some(root) = yaml::read(&body, diagnostics) else { return front };
    if let Some((key, _)) = root.entries().iter().find(|(key, _)| STRANGERS.contains(&key.text.as_str())) {
        diagnostics.push(Diagnostic::error(Code("L005"), key.span).with("name", key.text.clone()));
        return front;
    }
    let mut reader = claim::Reader { diagnostics };
    for (key, node) in root.entries() {
        match key.text.as_str() {
            "title" => front.title = reader.text(node),
            "minutes" => front.minutes = number(&mut reader, node),
            "objectives" => front.objectives = list(&mut reader, node),
            "requires" => front.requires = list(&mut reader, node),
            "images" => front.images = list(&mut reader, node),
            "have" => front.have = list(&mut reader, node),
            "needs" => front.needs = list(&mut reader, node),
            "source" => front.source = reader.text(node),
            "lang" => front.lang = reader.text(node),
            "translates" => front.translates = reader.text(node),
            "size" => front.size = size(&mut reader, node),
            other => {
                let near = nearest(other, KNOWN).unwrap_or_default();
                reader.diagnostics.push(
                    Diagnostic::error(Code("L003"), key.span)
                        .with("name", other)
                        .with("nearest", near)
                        .with("known", KNOWN.join(", ")),
                );
            }
        }
    }
    front
}

fn list(reader: &mut claim::Reader<'_>, node: &Node) -> Vec<Spanned<String>> {
    if node.elements().is_empty() && !node.entries().is_empty() {
        reader.diagnostics.push(Diagnostic::error(Code("L024"), node.span).with("problem", ":"));
    }
    node.elements().iter().filter_map(|one| reader.text(one)).collect()
}

fn number(reader: &mut claim::Reader<'_>, node: &Node) -> Option<Spanned<u32>> {
    let value = node.scalar().and_then(|text| text.parse().ok());
    if value.is_none() {
        let text = node.scalar().unwrap_or_default().to_owned();
        reader.diagnostics.push(Diagnostic::error(Code("L022"), node.span).with("value", text));
    }
    value.map(|value| Spanned { value, span: node.span })
}

/// `100x200`: columns and rows, each 20 to 1000.
fn size(reader: &mut claim::Reader<'_>, node: &Node) -> Option<(u16, u16)> {
    let parsed = node.scalar().and_then(|text| {
        let (columns, rows) = text.split_once('x')?;
        let (columns, rows) = (columns.trim().parse().ok()?, rows.trim().parse().ok()?);
        ((20..=1000).contains(&columns) && (5..=1000).contains(&rows)).then_some((columns, rows))
    });
    if parsed.is_none() {
        let text = node.scalar().unwrap_or_default().to_owned();
        reader.diagnostics.push(Diagnostic::error(Code("L022"), node.span).with("value", text));
    }
    parsed
}
