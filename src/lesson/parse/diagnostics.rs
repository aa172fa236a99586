//! Collects the mistakes that the parts of the parser find.

use crate::lesson::codes::LintCode;
use crate::text::{Diagnostic, Severity, Source, Span, nearest};

/// The mistakes that the parser has found so far.
#[derive(Debug)]
pub(super) struct Diagnostics<'s> {
    source: &'s Source,
    diagnostics: Vec<Diagnostic>,
}

/// A diagnostic that [`Diagnostics::report`] has added. The caller can add values for its message.
pub(super) struct Args<'f>(&'f mut Diagnostic);

/// The maximum number of characters of a value in a message.
const LONGEST_VALUE: usize = 300;

impl<'s> Diagnostics<'s> {
    pub(super) const fn new(source: &'s Source) -> Self {
        Self { source, diagnostics: Vec::new() }
    }

    pub(super) const fn source(&self) -> &'s Source {
        self.source
    }

    /// Returns the number of mistakes so far.
    pub(super) const fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Adds a diagnostic. Widens its span to whole characters of the source.
    pub(super) fn report(&mut self, code: LintCode, span: Span) -> Args<'_> {
        let at = self.diagnostics.len();
        self.diagnostics.push(code.at(self.source.fit(span)));
        Args(&mut self.diagnostics[at])
    }

    /// Reports an unknown name, with the nearest known name and all known names.
    pub(super) fn unknown(&mut self, code: LintCode, span: Span, name: &str, known: &[&str]) {
        let near = nearest(name, known.iter().copied()).unwrap_or("none");
        self.report(code, span).with("name", name).with("near", near).with("known", quoted(known));
    }

    /// Keeps the first `from` mistakes. If `keep` is set, turns all later mistakes into warnings. Otherwise drops all
    /// later mistakes.
    pub(super) fn soften(&mut self, from: usize, keep: bool) {
        self.diagnostics.truncate(if keep { usize::MAX } else { from });
        self.diagnostics.iter_mut().skip(from).for_each(|diagnostic| diagnostic.severity = Severity::Warning);
    }

    /// Returns all mistakes, in the order of the source.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.code));
        self.diagnostics
    }
}

impl Args<'_> {
    /// Adds a value for the message. Cuts a value that is longer than [`LONGEST_VALUE`].
    pub(super) fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        let mut value = value.into();
        if let Some((at, _)) = value.char_indices().nth(LONGEST_VALUE) {
            value.truncate(at);
            value.push('…');
        }
        self.0.args.push((name, value));
        self
    }
}

/// Joins names in backquotes: `` `a`, `b`, `c` ``.
pub(super) fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
