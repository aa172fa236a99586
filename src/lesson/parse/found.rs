//! Where the parser's parts put the mistakes they find.

use crate::text::{Code, Diagnostic, Severity, Source, Span, nearest};

/// All mistakes found so far.
#[derive(Debug)]
pub(super) struct Found<'s> {
    source: &'s Source,
    diagnostics: Vec<Diagnostic>,
}

/// A mistake that was just put down, to give it values.
pub(super) struct Args<'f>(&'f mut Diagnostic);

/// Names longer than this are not compared with the known ones.
const LONGEST_NAME: usize = 60;

/// A value in a message is cut after so many characters.
const LONGEST_VALUE: usize = 300;

impl<'s> Found<'s> {
    pub(super) const fn new(source: &'s Source) -> Self {
        Self { source, diagnostics: Vec::new() }
    }

    /// The source they are about.
    pub(super) const fn source(&self) -> &'s Source {
        self.source
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Puts an error down. Its place is moved to character boundaries of the source.
    pub(super) fn error(&mut self, code: Code, span: Span) -> Args<'_> {
        self.put(Diagnostic::error(code, self.fit(span)))
    }

    /// Puts a warning down.
    pub(super) fn warning(&mut self, code: Code, span: Span) -> Args<'_> {
        self.put(Diagnostic::warning(code, self.fit(span)))
    }

    fn put(&mut self, diagnostic: Diagnostic) -> Args<'_> {
        let at = self.diagnostics.len();
        self.diagnostics.push(diagnostic);
        Args(&mut self.diagnostics[at])
    }

    /// An unknown name, with the one that was meant, or all there are.
    pub(super) fn unknown(&mut self, code: Code, span: Span, name: &str, known: &[&str]) {
        let near = self.near(name, known).unwrap_or("none").to_owned();
        self.error(code, span).with("name", name).with("near", near).with("known", quoted(known));
    }

    /// The known name nearest to `word`. Long words are not looked at: it takes their length squared.
    #[expect(clippy::unused_self, reason = "reads as a question to what knows about mistakes")]
    pub(super) fn near<'k>(&self, word: &str, known: &[&'k str]) -> Option<&'k str> {
        (word.len() <= LONGEST_NAME).then(|| nearest(word, known.iter().copied())).flatten()
    }

    /// Makes warnings of the mistakes after the first `from`, or drops them unless `keep`.
    pub(super) fn soften(&mut self, from: usize, keep: bool) {
        self.diagnostics.truncate(if keep { usize::MAX } else { from });
        self.diagnostics.iter_mut().skip(from).for_each(|diagnostic| diagnostic.severity = Severity::Warning);
    }

    /// The nearest span that lies on character boundaries.
    pub(super) fn fit(&self, span: Span) -> Span {
        let text = self.source.text();
        let mut start = span.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = span.end.clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start, end)
    }

    /// All of them, in the order of the source.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.code));
        self.diagnostics
    }
}

impl Args<'_> {
    /// Gives a value.
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

/// `` `a`, `b`, `c` ``
pub(super) fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
