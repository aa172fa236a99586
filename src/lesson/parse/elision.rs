//! Recognizes the marks by which other documentation shows that output is left out.

/// Whether a line is an elision in another form than the lesson format's: `....`, `<...>`, `# [...]`, `...(snip)...`,
/// `{output omitted}`. Almost no program prints such a line.
pub(super) fn is_foreign_elision(line: &str) -> bool {
    const WORDS: &str = "some snip snipped output omitted truncated edited shortened abbreviated elided skipped cut removed more \
                         lines rest of the for brevity etc";
    let is_edge = |c: char| matches!(c, '.' | '…' | '(' | ')' | '[' | ']' | '<' | '>' | '{' | '}');
    let written = line.trim();
    let line = written.trim_start_matches(['#', '＃', '/']).trim().trim_end_matches(',');
    let words = line.trim_matches(is_edge).to_lowercase();
    if words.is_empty() {
        let brackets = ["()", "[]", "<>"].iter().any(|pair| line.starts_with(&pair[..1]) && line.ends_with(&pair[1..]));
        let dots = line.trim_matches(|c| is_edge(c) && !matches!(c, '.' | '…'));
        let is_dots = dots.len() >= 3 && dots.chars().all(|c| matches!(c, '.' | '…'));
        return is_dots && (brackets || dots == line);
    }
    // `# some output` is an elision, but `# more` may be a heading.
    let is_comment =
        written.starts_with("# ") && ["output", "omitted", "snip"].iter().any(|word| words.ends_with(word));
    let is_marked = line.starts_with(is_edge) && line.ends_with(is_edge) || is_comment && words.contains(' ');
    is_marked && words.split_whitespace().all(|word| WORDS.split(' ').any(|known| known == word))
}
