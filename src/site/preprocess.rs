//! The preprocessor for mdBook replaces Dermaga's blocks in the chapters of any book by HTML. The HTML needs neither
//! Dermaga's scripts nor its theme.

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, BookItem};
use serde_json::Value;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::assets::lean;
use super::block_renderer::{BlockRenderer, Medium};
use crate::lesson::mdbook::language_of;
use crate::lesson::{Block, LessonId, parse_alone};
use crate::record::Evidence;
use crate::store::read_source;
use crate::text::{Code, Diagnostic, Edit, EditError, Severity, Source, Span, apply};
use crate::transcript::{sanitise, sanitise_values};
use crate::words::{Lang, Words};

/// The style sheet of Dermaga's blocks in other themes.
const STYLE: &str = include_str!("../../theme/css/plain.css");

/// A problem in a chapter, for the author.
#[derive(Debug)]
pub struct Warning {
    /// The path of the author's file below the book's directory.
    path: String,
    /// The line in the author's file, from 1.
    line: usize,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    /// A mistake in a fence. The book shows the fence as it is written.
    Fence(Diagnostic),
    /// A mistake outside the fences.
    Beside(Diagnostic),
    /// The changes cannot be applied to the chapter. The book shows the chapter as it is written.
    Edits(EditError),
}

impl Warning {
    fn explain(&self, words: &Words, is_new: &mut dyn FnMut(Code) -> bool) -> String {
        let place = sanitise(&format!("{}:{}", self.path, self.line));
        let level = words.say("level-warning", &[]);
        let (diagnostic, kept) = match &self.reason {
            Reason::Fence(diagnostic) => (diagnostic, "fence"),
            Reason::Beside(diagnostic) => (diagnostic, "none"),
            Reason::Edits(error) => {
                let said = words.say("preprocess-edits", &[("place", &place), ("reason", &error.to_string())]);
                return format!("{level}: {said}");
            }
        };
        let args = sanitise_values(&diagnostic.args);
        let code = diagnostic.code.0;
        let reason = words.say_values(code, &args);
        let said =
            words.say("preprocess-warning", &[("place", &place), ("code", code), ("reason", &reason), ("kept", kept)]);
        match words.find_values(&format!("{code}.help"), &args).filter(|_| is_new(diagnostic.code)) {
            Some(help) => format!("{level}: {said}\n  {}: {help}", words.say("level-help", &[])),
            None => format!("{level}: {said}"),
        }
    }
}

/// Returns the text of each warning. Only the first warning with a code has help.
#[must_use]
pub fn explain(warnings: &[Warning], words: &Words) -> Vec<String> {
    let mut told = HashSet::new();
    warnings.iter().map(|warning| warning.explain(words, &mut |code| told.insert(code))).collect()
}

/// The reason why a book could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum PreprocessError {
    /// The input does not come from mdBook.
    #[error("{0}")]
    Input(String),
    /// The input comes from this version of mdBook, which is not 0.5.
    #[error("mdBook {0}")]
    Version(String),
    /// The output could not be written.
    #[error("{0}")]
    Output(String),
}

/// Whether the preprocessor changes chapters for this renderer.
#[must_use]
pub fn supports(renderer: &str) -> bool {
    renderer == "html"
}

/// Returns the language of the book that mdBook sends. The default is English, as in mdBook.
#[must_use]
pub fn language(input: &[u8]) -> Lang {
    let tag = sent(input, "/0/config/book/language");
    tag.and_then(|tag| tag.split('-').next()?.parse().ok()).unwrap_or(Lang::En)
}

/// Reads the book that mdBook sends, renders Dermaga's blocks in its chapters, and writes the book to `output`. A fence
/// with a mistake stays as it is written and gives a warning.
///
/// # Errors
/// Fails if the input does not come from mdBook, or the output cannot be written.
pub fn preprocess(input: &[u8], output: impl Write) -> Result<Vec<Warning>, PreprocessError> {
    let (context, mut book): (PreprocessorContext, Book) =
        serde_json::from_slice(input).map_err(|error| refusal(input, &error))?;
    let warnings = prepare(&mut book, language(input), &context);
    serde_json::to_writer(output, &book).map_err(|error| PreprocessError::Output(error.to_string()))?;
    Ok(warnings)
}

fn refusal(input: &[u8], error: &serde_json::Error) -> PreprocessError {
    match sent(input, "/0/mdbook_version").filter(|version| !version.starts_with("0.5.")) {
        Some(version) => PreprocessError::Version(version),
        None => PreprocessError::Input(error.to_string()),
    }
}

/// Finds a text in mdBook's input by its JSON pointer.
fn sent(input: &[u8], pointer: &str) -> Option<String> {
    let sent: Value = serde_json::from_slice(input).ok()?;
    Some(sent.pointer(pointer)?.as_str()?.to_owned())
}

fn prepare(book: &mut Book, language: Lang, context: &PreprocessorContext) -> Vec<Warning> {
    let all = Lang::ALL.map(|lang| (lang, Words::new(lang)));
    let folder = &context.config.book.src;
    let mut warnings = Vec::new();
    book.for_each_mut(|item| {
        let BookItem::Chapter(chapter) = item else { return };
        let path = chapter.source_path.as_deref().or(chapter.path.as_deref()).unwrap_or(Path::new(""));
        let own = language_of(path).and_then(|tag| tag.parse().ok()).unwrap_or(language);
        let Some((_, words)) = all.iter().find(|(lang, _)| *lang == own) else { return };
        let file = folder.join(path);
        let (content, mistakes) = ready(&chapter.content, words);
        if !mistakes.is_empty() {
            let author = read_source(&context.root.join(&file)).ok();
            let author = author.as_ref().map_or(chapter.content.as_str(), Source::text);
            let line = author_line(&chapter.content, author);
            let path = file.display().to_string();
            let warning = |(at, reason)| Warning { path: path.clone(), line: line(at), reason };
            warnings.extend(mistakes.into_iter().map(warning));
        }
        chapter.content = content;
    });
    warnings
}

/// Returns the chapter with its blocks rendered as HTML, and its mistakes with their positions in `content`.
fn ready(content: &str, words: &Words) -> (String, Vec<(usize, Reason)>) {
    let (mut lesson, diagnostics) = parse_alone(&Source::new("", content), LessonId(String::new()));
    let mistakes = mistakes(diagnostics, &lesson.fences, &lesson.teacher);
    let blocks = BlockRenderer::new(words, Medium::OtherTheme);
    let mut edits = Vec::new();
    let mut start = 0;
    if lesson.front.is_read {
        start = lesson.front.span.end;
        edits.push(Edit { span: lesson.front.span, text: String::new() });
    }
    edits.extend(lesson.teacher.iter().map(|&span| Edit { span, text: String::new() }));
    let mut ours = false;
    for step in &mut lesson.steps {
        for block in &mut step.blocks {
            let span = block.span();
            if mistakes.iter().any(|(at, reason)| matches!(reason, Reason::Fence(_)) && holds(span, *at)) {
                *block = Block::Prose(span);
            }
        }
        let made = blocks.step(step, &Evidence::default());
        for (block, html) in step.blocks.iter().zip(made) {
            if !matches!(block, Block::Prose(_)) {
                ours = true;
                edits.push(Edit { span: block.span(), text: one_line(&html.unwrap_or_default()) });
            }
        }
    }
    if ours {
        edits.push(Edit {
            span: Span::new(start, start),
            text: format!("<style>{}</style>\n\n", lean(STYLE).replace('\n', "")),
        });
    }
    match apply(content, &edits) {
        Ok(text) => (text, mistakes),
        Err(error) => {
            let (EditError::Overlap(at) | EditError::Outside(at)) = error;
            (content.to_owned(), vec![(at.min(content.len()), Reason::Edits(error))])
        }
    }
}

/// Returns the first error in each fence, and the errors outside the fences. Ignores chapters without a Dermaga fence.
/// Ignores the teacher's sections, because the book does not show them.
fn mistakes(diagnostics: Vec<Diagnostic>, fences: &[Span], teacher: &[Span]) -> Vec<(usize, Reason)> {
    let mut mistakes = Vec::new();
    let mut told: Option<Span> = None;
    for diagnostic in diagnostics.into_iter().filter(|one| one.severity == Severity::Error) {
        let at = diagnostic.span.start;
        if fences.is_empty() || teacher.iter().any(|&section| holds(section, at)) {
            continue;
        }
        match fences.iter().copied().find(|&fence| holds(fence, at)) {
            Some(fence) if told.replace(fence) == Some(fence) => {}
            Some(_) => mistakes.push((at, Reason::Fence(diagnostic))),
            None => mistakes.push((at, Reason::Beside(diagnostic))),
        }
    }
    mistakes
}

fn holds(span: Span, at: usize) -> bool {
    span.start <= at && at <= span.end
}

/// Returns a function that converts a byte offset in the chapter to a line number in the author's file. mdBook has
/// already expanded `{{#include}}`. For an included line, the function returns the line that has the `{{#include}}`.
fn author_line<'t>(content: &'t str, author: &'t str) -> impl Fn(usize) -> usize {
    let (sent, written): (Vec<&str>, Vec<&str>) = (content.lines().collect(), author.lines().collect());
    let changes = capture_diff_slices(Algorithm::Patience, &written, &sent);
    let last = written.len();
    move |at| {
        let line = content[..at].matches('\n').count();
        let change = changes.iter().find(|change| change.new_range().contains(&line));
        let from = change.map_or(0, |change| match change.tag() {
            DiffTag::Equal => change.old_range().start + (line - change.new_range().start),
            _ => change.old_range().start,
        });
        (from + 1).min(last.max(1))
    }
}

/// Writes HTML on one line, so that Markdown does not split the HTML, even in a list or a quotation.
fn one_line(html: &str) -> String {
    if html.is_empty() {
        return String::new();
    }
    // The line end closes the HTML block, so that the text after the block is Markdown again.
    format!("<div class=\"dermaga\">{}</div>\n", html.replace('\n', "&#10;"))
}

#[cfg(test)]
mod tests;
