//! A mistake in a source: which one, where, and how bad it is. Its texts are in `words`, under its code.

use super::Span;

/// How bad a [`Diagnostic`] is: errors make `lint` end with 3, warnings do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The lesson still runs.
    Warning,
    /// The lesson cannot be used as it is.
    Error,
}

/// A stable name such as `L012`. Its texts are `L012` (title), `L012.label` and `L012.help` in `words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// One mistake in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which mistake.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is, in bytes of the source.
    pub span: Span,
    /// Values that its texts show, by name.
    pub args: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// An error.
    #[must_use]
    pub fn error(code: Code, span: Span) -> Self {
        Self { code, severity: Severity::Error, span, args: Vec::new() }
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: Code, span: Span) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span) }
    }

    /// Adds a value that its texts show.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// Finds the known name that is most like `word`, if one is like enough to be a typing mistake.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_within(word, known, word.chars().count().div_ceil(3).max(1))
}

/// As [`nearest`], for names that differ from `word` by at most `limit` typing mistakes.
#[must_use]
pub fn nearest_within<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, limit: usize) -> Option<&'a str> {
    /// Longer words are no typing mistakes, and comparing them is slow.
    const LONGEST: usize = 100;
    let length = word.chars().count();
    let word = word.to_lowercase();
    known
        .into_iter()
        .filter(|name| length <= LONGEST && name.chars().count().abs_diff(length) <= limit)
        .map(|name| (strsim::osa_distance(&word, &name.to_lowercase()), name))
        .filter(|&(distance, _)| distance <= limit)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_name_finds_the_nearest_known_name() {
        let known = ["title", "minutes", "timeout"];
        assert_eq!(nearest("tilte", known), Some("title"));
        assert_eq!(nearest("Timeot", known), Some("timeout"));
        assert_eq!(nearest("banana", known), None);
        let long = "a".repeat(1_000_000);
        assert_eq!(nearest(&long, [long.as_str(), "a"]), None);
    }
}
