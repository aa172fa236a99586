//! YAML as a tree that keeps its places: every scalar is its text, whatever it looks like; anchors are refused.

use granit_parser::{Event, Parser, ScalarStyle};

use super::body::Body;
use crate::text::{Code, Diagnostic, Span};

/// Nesting that no lesson needs.
const DEPTH: usize = 24;

/// A node with its place in the source.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Scalar(String),
    List(Vec<Node>),
    Map(Vec<(Spot, Node)>),
}

/// A key with its place.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl Node {
    pub(crate) fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// A list's elements; a lone scalar is a list of one.
    pub(crate) fn elements(&self) -> &[Node] {
        match &self.value {
            Value::List(nodes) => nodes,
            Value::Scalar(_) => std::slice::from_ref(self),
            Value::Map(_) => &[],
        }
    }

    pub(crate) fn entries(&self) -> &[(Spot, Node)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }
}

/// Reads `body` as one YAML document. `None` when it is empty or cannot be read; then the diagnostics say why.
pub(crate) fn read(body: &Body, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut reader = Reader { body, diagnostics, parser: Parser::new_from_str(&body.text) };
    let node = reader.document();
    if reader.diagnostics.iter().all(|diagnostic| diagnostic.code.0 != "L002") {
        reader.comments_in_texts();
    }
    node
}

struct Reader<'a, 'd> {
    body: &'a Body,
    diagnostics: &'d mut Vec<Diagnostic>,
    parser: Parser<'a, granit_parser::StrInput<'a>>,
}

impl<'a> Reader<'a, '_> {
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        match self.parser.next()? {
            Ok((event, span)) => {
                let start = span.start.byte_offset().unwrap_or_default();
                let end = span.end.byte_offset().unwrap_or(start).max(start);
                Some((event, self.body.span(start, end)))
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(self.body.text.len());
                let span = self.body.span(at, at);
                let line = self.body.line_at(at);
                let problem = error.info();
                let code = if needs_quotes(line) { "L024" } else { "L002" };
                self.diagnostics.push(Diagnostic::error(Code(code), span).with("problem", problem));
                None
            }
        }
    }

    fn document(&mut self) -> Option<Node> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(..), _) => {}
                (Event::StreamEnd | Event::DocumentEnd, _) => return None,
                (event, span) => {
                    let node = self.node(event, span, 0)?;
                    // What comes after the first document, and errors in it, are the author's mistakes too.
                    while let Some((event, span)) = self.next() {
                        if matches!(event, Event::DocumentStart(..)) {
                            self.diagnostics.push(
                                Diagnostic::error(Code("L002"), span).with("problem", "a second document begins"),
                            );
                            break;
                        }
                    }
                    return Some(node);
                }
            }
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Option<Node> {
        if depth > DEPTH {
            self.diagnostics.push(Diagnostic::error(Code("L002"), span).with("problem", "too deep"));
            return None;
        }
        match event {
            Event::Scalar(text, style, anchor, _) => {
                if anchor != 0 {
                    return self.refuse(span);
                }
                let mut text = text.into_owned();
                if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
                    text.truncate(text.trim_end_matches('\n').len());
                }
                Some(Node { span, value: Value::Scalar(text) })
            }
            Event::SequenceStart(_, anchor, _) => {
                if anchor != 0 {
                    return self.refuse(span);
                }
                let mut nodes = Vec::new();
                let mut whole = span;
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, end) => {
                            whole = whole.to(end);
                            break;
                        }
                        (event, span) => {
                            let node = self.node(event, span, depth + 1)?;
                            whole = whole.to(node.span);
                            nodes.push(node);
                        }
                    }
                }
                Some(Node { span: whole, value: Value::List(nodes) })
            }
            Event::MappingStart(_, anchor, _) => {
                if anchor != 0 {
                    return self.refuse(span);
                }
                let mut entries: Vec<(Spot, Node)> = Vec::new();
                let mut whole = span;
                loop {
                    match self.next()? {
                        (Event::MappingEnd, _) => break,
                        (event, span) => {
                            let key = self.node(event, span, depth + 1)?;
                            let Some(text) = key.scalar().map(str::to_owned) else {
                                self.diagnostics
                                    .push(Diagnostic::error(Code("L002"), span).with("problem", "a key is no text"));
                                return None;
                            };
                            let (event, span) = self.next()?;
                            let value = self.node(event, span, depth + 1)?;
                            whole = whole.to(key.span).to(value.span);
                            if entries.iter().any(|(spot, _)| spot.text == text) {
                                self.diagnostics.push(
                                    Diagnostic::error(Code("L002"), key.span)
                                        .with("problem", format!("the key {text} stands twice")),
                                );
                            }
                            entries.push((Spot { text, span: key.span }, value));
                        }
                    }
                }
                Some(Node { span: whole, value: Value::Map(entries) })
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.refuse(span),
            _ => None,
        }
    }

    /// Anchors and aliases: lessons have no use for them, and they are how a small file becomes a large one.
    fn refuse(&mut self, span: Span) -> Option<Node> {
        self.diagnostics
            .push(Diagnostic::error(Code("L002"), span).with("problem", "anchors (&, *) are not used here"));
        None
    }

    /// ` #` in an unquoted text cuts it off: almost always a text that was meant whole.
    fn comments_in_texts(&mut self) {
        let mut offset = 0;
        let mut block_indent: Option<usize> = None;
        for line in self.body.text.split_inclusive('\n') {
            let text = line.trim_end();
            let indent = text.len() - text.trim_start().len();
            if block_indent.is_some_and(|block| indent > block || text.is_empty()) {
                offset += line.len();
                continue;
            }
            block_indent = None;
            if text.ends_with(['|', '>']) || text.ends_with("|-") || text.ends_with(">-") {
                block_indent = Some(indent);
            } else if let Some(at) = cut_by_comment(text) {
                let span = self.body.span(offset + at, offset + text.len());
                self.diagnostics.push(Diagnostic::error(Code("L024"), span).with("problem", "#"));
            }
            offset += line.len();
        }
    }
}

/// Where ` #` cuts an unquoted text in `line`, which must hold text before it.
fn cut_by_comment(line: &str) -> Option<usize> {
    let mut quote: Option<char> = None;
    let mut before = ' ';
    let mut seen_text = false;
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') && matches!(before, ' ' | '[' | '{' | ',' | ':' | '-') => quote = Some(c),
            None if c == '#' && before == ' ' => return seen_text.then_some(at),
            None => {}
        }
        if !c.is_whitespace() && c != '-' && !(c == ':' && !seen_text) {
            seen_text = true;
        }
        before = c;
    }
    None
}

/// Whether a line that YAML could not read has a backquote, or `key: text: more`, where a text is meant.
fn needs_quotes(line: &str) -> bool {
    let trimmed = line.trim_start().trim_start_matches("- ").trim_start();
    let value = trimmed.split_once(": ").map_or(trimmed, |(_, value)| value).trim_start();
    value.starts_with(['`', '@', '%']) || (!value.starts_with(['"', '\'', '[', '{']) && value.contains(": "))
}
