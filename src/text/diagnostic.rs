//! Describes a mistake in a source by its code, its place and its severity. The texts for each code are in `words`.

use super::Span;

/// The severity of a [`Diagnostic`]. `lint` exits with status 3 for errors, but not for warnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The lesson still runs.
    Warning,
    /// The lesson cannot be used until the mistake is corrected.
    Error,
}

/// The stable name of a kind of mistake, such as `L012`. The texts of this code in `words` are `L012` (title),
/// `L012.label` and `L012.help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// One mistake in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The code of the mistake.
    pub code: Code,
    /// The severity.
    pub severity: Severity,
    /// The place, in bytes of the source.
    pub span: Span,
    /// The values for the texts of the code, by name.
    pub args: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// Makes an error.
    #[must_use]
    pub fn error(code: Code, span: Span) -> Self {
        Self { code, severity: Severity::Error, span, args: Vec::new() }
    }

    /// Adds the value `name` for the texts of the code.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// Finds the known name that is most similar to `word`, if the difference may be a typing mistake.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_within(word, known, word.chars().count().div_ceil(3).max(1))
}

/// Finds a name like [`nearest`], but accepts at most `limit` typing mistakes.
#[must_use]
pub fn nearest_within<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, limit: usize) -> Option<&'a str> {
    /// The maximum length of `word`, in characters. A longer word is no typing mistake, and its comparison is slow.
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
    fn nearest_known_name_is_found_for_a_misspelt_name() {
        let known = ["title", "minutes", "timeout"];
        assert_eq!(nearest("tilte", known), Some("title"));
        assert_eq!(nearest("Timeot", known), Some("timeout"));
        assert_eq!(nearest("banana", known), None);
        let long = "a".repeat(1_000_000);
        assert_eq!(nearest(&long, [long.as_str(), "a"]), None);
    }
}
