//! Finds words that the `terms.toml` of the course forbids.

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

use super::prose::{self, Prose};
use super::{Findings, codes};
use crate::lesson::{CourseFiles, LessonFile, alternatives, folded};
use crate::text::Span;

/// The maximum number of characters, before and after a word, in which [`is_address`] searches for an address.
const LONGEST_ADDRESS: usize = 200;

/// The forbidden forms of one language.
pub(super) struct Forbidden {
    forms: Regex,
    /// The form to use instead of each forbidden form. The keys are forbidden forms in lower case with single spaces.
    instead: HashMap<String, Option<String>>,
}

/// Returns the forbidden forms of a course, by language.
pub(super) fn by_language(files: &CourseFiles) -> HashMap<String, Forbidden> {
    let Some((terms, _)) = &files.terms else { return HashMap::new() };
    let source = files.course.source_language();
    let of = |lang: &String| {
        let instead: HashMap<String, Option<String>> = terms
            .forbidden_in(lang, source)
            .map(|(form, instead)| (folded(form), instead.map(str::to_owned)))
            .filter(|(form, _)| !form.is_empty())
            .collect();
        let forms = RegexBuilder::new(&alternatives(instead.keys())).case_insensitive(true).build().ok()?;
        (!instead.is_empty()).then(|| (lang.clone(), Forbidden { forms, instead }))
    };
    files.course.languages.iter().filter_map(of).collect()
}

impl Forbidden {
    /// Checks a lesson's prose and the texts of its checks and quizzes.
    pub(super) fn check(&self, file: &LessonFile, prose: &Prose, found: &mut Findings<'_>) {
        self.look(prose, |range| prose.span(range), found);
        for text in prose::texts(&file.lesson) {
            let raw = file.source.slice(text.span);
            let prose = prose::read_text(&text.value);
            let place = |range: std::ops::Range<usize>| {
                let word = &prose.text[range];
                raw.find(word)
                    .map_or(text.span, |at| Span::new(text.span.start + at, text.span.start + at + word.len()))
            };
            self.look(&prose, place, found);
        }
    }

    fn look(&self, prose: &Prose, place: impl Fn(std::ops::Range<usize>) -> Span, found: &mut Findings<'_>) {
        let text = &prose.text;
        let mut from = 0;
        while let Some(word) = self.forms.find_at(text, from) {
            if !is_whole(text, word.range()) {
                // Another form may begin within this word.
                from = word.start() + text[word.start()..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            from = word.end();
            if prose.in_italics(&word.range()) || is_address(text, word.range()) {
                continue;
            }
            let instead = self.instead.get(&folded(word.as_str())).and_then(Option::as_deref).unwrap_or("none");
            let instead = instead.trim_matches(['_', '*']);
            let diagnostic = codes::FORBIDDEN_TERM.at(place(word.range())).with("form", word.as_str());
            found.push(diagnostic.with("instead", instead));
        }
    }
}

fn is_whole(text: &str, range: std::ops::Range<usize>) -> bool {
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    !inside(text[..range.start].chars().next_back()) && !inside(text[range.end..].chars().next())
}

/// Whether the word around `range` is a web or mail address.
fn is_address(text: &str, range: std::ops::Range<usize>) -> bool {
    let before = text[..range.start].chars().rev().take(LONGEST_ADDRESS).take_while(|c| !c.is_whitespace());
    let after = text[range.end..].chars().take(LONGEST_ADDRESS).take_while(|c| !c.is_whitespace());
    let before: Vec<char> = before.collect();
    before.windows(3).any(|end| end == ['/', '/', ':']) || before.contains(&'@') || after.into_iter().any(|c| c == '@')
}
