//! Reads YAML as a tree of texts with spans.
//!
//! Uses serde-saphyr's event parser without a schema, because `no` and `4.10` are texts in a lesson. Refuses anchors,
//! aliases and tags, so that a small document cannot expand into a large document.

use std::collections::HashSet;

use serde_saphyr::granit_parser::{self, Event, Parser, ScalarStyle, ScanError};

use super::codes;
use super::diagnostics::Diagnostics;
use super::fence::FenceBody;
use crate::lesson::Spanned;
use crate::text::Span;

/// A YAML value with its span.
#[derive(Debug)]
pub(super) struct YamlNode {
    pub(super) value: YamlValue,
    pub(super) span: Span,
}

/// The content of a value.
#[derive(Debug)]
pub(super) enum YamlValue {
    /// A scalar: its text, and whether it has no quotes.
    Text {
        text: String,
        plain: bool,
    },
    List(Vec<YamlNode>),
    Map(Map),
}

/// Keys with their values, in the order of the source.
pub(super) type Map = Vec<(Spanned<String>, YamlNode)>;

/// The maximum depth of nesting.
const DEEPEST: usize = 24;

/// Reads `body`, which is at `place` in the source. Returns an empty text for an empty body. Returns `None` after a
/// mistake that stops the parser.
pub(super) fn read(body: &FenceBody, place: Span, found: &mut Diagnostics<'_>) -> Option<YamlNode> {
    let options = granit_parser::options! {
        disallow_directives: true,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
        emit_unresolved_aliases: true,
    };
    let mut tree = Tree::default();
    for next in Parser::new_from_str_with_options(body.text(), options) {
        let (event, span) = match next {
            Ok(next) => next,
            Err(error) => {
                unreadable(body, place, &error, found);
                return None;
            }
        };
        let bytes = |marker: &granit_parser::Marker| marker.byte_offset().unwrap_or(0);
        let span = body.span(bytes(&span.start), bytes(&span.end));
        match event {
            Event::DocumentStart(..) if tree.root.is_some() => {
                found.report(codes::YAML_BROKEN, span).with("detail", "---");
                return None;
            }
            event => tree.take(event, span, found),
        }
    }
    if let Some(span) = tree.mark {
        found.report(codes::YAML_MARKS, span);
    }
    Some(tree.root.unwrap_or(YamlNode { value: YamlValue::Text { text: String::new(), plain: true }, span: place }))
}

/// A collection that is not finished.
enum OpenCollection {
    List(Vec<YamlNode>, Span),
    Map { entries: Map, seen: HashSet<String>, key: Option<Spanned<String>>, begin: Span },
}

#[derive(Default)]
struct Tree {
    open: Vec<OpenCollection>,
    root: Option<YamlNode>,
    /// The first anchor, alias or tag.
    mark: Option<Span>,
}

impl Tree {
    fn take(&mut self, event: Event<'_>, span: Span, found: &mut Diagnostics<'_>) {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                self.marks(anchor, tag.is_some(), span);
                // The parser sends a missing value as null. This arm turns null into an empty text.
                let text = if span.is_empty() && plain { String::new() } else { text.into_owned() };
                self.put(YamlNode { value: YamlValue::Text { text, plain }, span }, found);
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.mark.get_or_insert(span);
                let text = found.source().slice(span).to_owned();
                self.put(YamlNode { value: YamlValue::Text { text, plain: false }, span }, found);
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.marks(anchor, tag.is_some(), span);
                self.open.push(OpenCollection::List(Vec::new(), span));
            }
            Event::MappingStart(_, anchor, tag) => {
                self.marks(anchor, tag.is_some(), span);
                let (entries, seen) = (Vec::new(), HashSet::new());
                self.open.push(OpenCollection::Map { entries, seen, key: None, begin: span });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let node = match self.open.pop() {
                    Some(OpenCollection::List(items, begin)) => {
                        let last = items.last().map_or(begin, |item| item.span);
                        YamlNode { span: begin.to(last).to(end_of(span)), value: YamlValue::List(items) }
                    }
                    Some(OpenCollection::Map { entries, begin, .. }) => {
                        let first = entries.first().map_or(begin, |(key, _)| key.span);
                        let last = entries.last().map_or(begin, |(_, value)| value.span);
                        YamlNode { span: begin.to(first).to(last).to(end_of(span)), value: YamlValue::Map(entries) }
                    }
                    None => return,
                };
                self.put(node, found);
            }
            _ => {}
        }
    }

    fn marks(&mut self, anchor: usize, tag: bool, span: Span) {
        if anchor != 0 || tag {
            self.mark.get_or_insert(span);
        }
    }

    /// Adds a finished value to the innermost collection.
    fn put(&mut self, node: YamlNode, found: &mut Diagnostics<'_>) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(OpenCollection::List(items, _)) => items.push(node),
            Some(OpenCollection::Map { entries, seen, key, .. }) => {
                if let Some(key) = key.take() {
                    // If a value is missing, messages point to its key.
                    let span = if node.span.is_empty() { key.span } else { node.span };
                    entries.push((key, YamlNode { span, ..node }));
                    return;
                }
                let text = match node.value {
                    YamlValue::Text { text, .. } => text,
                    _ => found.source().slice(node.span).to_owned(),
                };
                if !seen.insert(text.clone()) {
                    found.report(codes::KEY_TWICE, node.span).with("name", text.clone());
                }
                *key = Some(Spanned { value: text, span: node.span });
            }
        }
    }
}

/// Returns the span that an end event adds to its collection: the closing bracket of a flow collection. The end event
/// of a block collection is empty, and adds nothing to the span.
fn end_of(span: Span) -> Span {
    if span.is_empty() { Span::new(usize::MAX, 0) } else { span }
}

/// Returns the reason why a text needs quotes: the kind of character that YAML does not read as text.
fn why_quote(line: &str) -> Option<&'static str> {
    let mut value = line.trim();
    while let Some(rest) = value.strip_prefix("- ") {
        value = rest.trim_start();
    }
    if let Some((key, rest)) = value.split_once(": ")
        && !key.is_empty()
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))
    {
        value = rest.trim_start();
    }
    match value.chars().next()? {
        '`' => Some("backquote"),
        '@' | '%' | '*' | '&' | '!' => Some("sign"),
        '[' | '{' => Some("bracket"),
        quote @ ('"' | '\'') => {
            let end = value[1..].find(quote)? + 2;
            (!value[end..].trim().is_empty()).then_some("quote")
        }
        _ => value.contains(": ").then_some("colon"),
    }
}

fn unreadable(body: &FenceBody, place: Span, error: &ScanError, found: &mut Diagnostics<'_>) {
    let offset = error.marker().byte_offset().unwrap_or(0).min(body.text().len());
    let Some((line, span)) = body.line(offset) else {
        found.report(codes::YAML_BROKEN, place).with("detail", error.info());
        return;
    };
    let text = line.trim();
    let begin = span.start + (line.len() - line.trim_start().len()).min(span.len());
    let span = if text.is_empty() { place } else { Span::new(begin, span.end) };
    match why_quote(text) {
        Some("bracket") | None => found.report(codes::YAML_BROKEN, span).with("detail", error.info()),
        Some(why) => found.report(codes::YAML_QUOTE, span).with("why", why),
    };
}
