//! What is wrong with a source, where, and what to do about it. Its words are in `words`, under its code.

use super::Span;

/// How bad a [`Diagnostic`] is: errors make `lint` end with 3, warnings do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the lesson still runs.
    Warning,
    /// The lesson cannot be used as it is.
    Error,
}

/// A stable name such as `L012`. Its texts are `L012` (title), `L012.label` and `L012.help` in `words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// One mistake of an author's, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which mistake.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where, in bytes of the source it is about.
    pub span: Span,
    /// Values for its texts, by name.
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

    /// Adds a value for its texts.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// The known name nearest to `word`, if one is near enough to have been meant.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_within(word, known, word.chars().count().div_ceil(3).max(1))
}

/// The known name nearest to `word` that at most `limit` slips of a finger make of it.
#[must_use]
pub fn nearest_within<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, limit: usize) -> Option<&'a str> {
    /// Longer words are no slips of a finger, and comparing them takes their lengths' product.
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
    fn nearest_finds_what_was_meant_and_nothing_else() {
        let known = ["title", "minutes", "timeout"];
        assert_eq!(nearest("tilte", known), Some("title"));
        assert_eq!(nearest("Timeot", known), Some("timeout"));
        assert_eq!(nearest("banana", known), None);
        let long = "a".repeat(1_000_000);
        assert_eq!(nearest(&long, [long.as_str(), "a"]), None);
    }
}
