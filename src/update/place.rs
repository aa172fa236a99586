//! Places drafted lines in the source. Keeps line ends and the prefixes of lists and quotes.

use crate::lesson::Command;
use crate::text::{Edit, Source, Span};
use crate::update::draft::DraftLine;

/// The positions of one command's lines in the source.
pub(super) struct Places<'a> {
    source: &'a Source,
    command: &'a Command,
    prefix: &'a str,
    line_end: &'static str,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a Source, command: &'a Command) -> Self {
        let start = source.line_start(command.span.start);
        let prefix = source.slice(Span::new(start, command.span.start));
        let rest = source.text().get(command.span.end..).unwrap_or_default();
        let line_end = if rest.starts_with("\r\n") { "\r\n" } else { "\n" };
        Self { source, command, prefix, line_end }
    }

    /// Returns the edits for `drafts`. The drafts must be in the order of the lines.
    pub(super) fn edits(&self, drafts: &[DraftLine]) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut after = self.next_line(self.command.span.end);
        let mut inserted = String::new();
        for draft in drafts {
            let (DraftLine::Keep(index) | DraftLine::Write(index, _) | DraftLine::Drop(index)) = draft else {
                if let DraftLine::Insert(text) = draft {
                    self.add_line(text, &mut inserted);
                }
                continue;
            };
            let Some(line) = self.command.expected.get(*index) else { continue };
            // Inserts the collected new lines between the previous old line and this old line.
            self.flush(after, &mut inserted, &mut edits);
            let next = self.next_line(line.span.end);
            match draft {
                DraftLine::Write(_, text) => edits.push(self.write(line.span, text)),
                DraftLine::Drop(_) => {
                    let start = self.source.line_start(line.span.start);
                    let before = index.checked_sub(1).and_then(|index| self.command.expected.get(index));
                    // If text stands after `^C` on the same line, only the text is deleted.
                    let is_shared = before.is_some_and(|before| before.span.end > start);
                    let span = if is_shared { line.span } else { Span::new(start, next) };
                    edits.push(Edit { span, text: String::new() });
                }
                DraftLine::Keep(_) | DraftLine::Insert(_) => {}
            }
            after = next;
        }
        self.flush(after, &mut inserted, &mut edits);
        edits
    }

    fn write(&self, span: Span, text: &str) -> Edit {
        let start = self.source.line_start(span.start);
        // After the `>` of a quoted line such as `>a`, Markdown would ignore the first space of the new text. So the
        // edit also replaces the prefix.
        if text.starts_with([' ', '\t']) && self.source.slice(Span::new(start, span.start)) != self.prefix {
            return Edit { span: Span::new(start, span.end), text: format!("{}{text}", self.prefix) };
        }
        Edit { span, text: text.to_owned() }
    }

    fn add_line(&self, text: &str, out: &mut String) {
        let line = format!("{}{text}", self.prefix);
        out.push_str(if text.is_empty() { line.trim_end() } else { &line });
        out.push_str(self.line_end);
    }

    fn flush(&self, at: usize, inserted: &mut String, edits: &mut Vec<Edit>) {
        if inserted.is_empty() {
            return;
        }
        let mut text = std::mem::take(inserted);
        // If the source does not end with a line end, the edit has a line end before the new lines instead of after
        // them.
        if at == self.source.text().len() && !self.source.text().ends_with('\n') {
            text.truncate(text.len() - self.line_end.len());
            text.insert_str(0, self.line_end);
        }
        edits.push(Edit { span: Span::new(at, at), text });
    }

    /// Returns the beginning of the line after byte `at`.
    fn next_line(&self, at: usize) -> usize {
        let rest = self.source.text().get(at..).unwrap_or_default();
        rest.find('\n').map_or(self.source.text().len(), |end| at + end + 1)
    }
}
