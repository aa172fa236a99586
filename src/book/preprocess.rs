//! mdBook's preprocessor: a chapter of anybody's book with our blocks as HTML that any theme shows, without script.

use std::io::{Read, Write};

use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::parse_input;

use super::block::Maker;
use super::evidence::Evidence;
use crate::lesson::mdbook::language_of;
use crate::lesson::{Block, LessonId, parse};
use crate::text::{Diagnostic, Edit, Severity, Source, Span, apply};
use crate::words::{Lang, Words};

/// How our blocks look in others' themes.
const STYLE: &str = include_str!("../../theme/css/plain.css");

/// A mistake in a chapter.
pub type Found = (Source, Diagnostic);

/// A book that could not be taken or given back.
#[derive(Debug, thiserror::Error)]
pub enum PreprocessError {
    /// What came is not what mdBook sends.
    #[error("{0}")]
    Input(String),
    /// The answer could not be written.
    #[error("{0}")]
    Output(String),
}

/// Whether our HTML is for this renderer.
#[must_use]
pub fn supports(renderer: &str) -> bool {
    renderer == "html"
}

/// Reads what mdBook sends and answers with the same book, its chapters made ready. The mistakes found on the way are
/// told; what they are in stays as it was written.
///
/// # Errors
/// When the input is not mdBook's, or the answer cannot be written.
pub fn preprocess(input: impl Read, output: impl Write) -> Result<Vec<Found>, PreprocessError> {
    let (context, mut book) = parse_input(input).map_err(|error| PreprocessError::Input(format!("{error:#}")))?;
    let language = context.config.book.language.as_deref().and_then(|tag| tag.parse().ok()).unwrap_or(Lang::En);
    let folder = context.config.book.src.display().to_string();
    let found = prepare(&mut book, language, &folder);
    serde_json::to_writer(output, &book).map_err(|error| PreprocessError::Output(error.to_string()))?;
    Ok(found)
}

fn prepare(book: &mut Book, language: Lang, folder: &str) -> Vec<Found> {
    let all = Lang::ALL.map(|lang| (lang, Words::new(lang)));
    let mut found = Vec::new();
    book.for_each_mut(|item| {
        let BookItem::Chapter(chapter) = item else { return };
        let path = chapter.source_path.as_deref().or(chapter.path.as_deref());
        let own = path.and_then(language_of).and_then(|tag| tag.parse().ok()).unwrap_or(language);
        let Some((_, words)) = all.iter().find(|(lang, _)| *lang == own) else { return };
        found.extend(ready(chapter, folder, words));
    });
    found
}

fn ready(chapter: &mut Chapter, folder: &str, words: &Words) -> Vec<Found> {
    let path = chapter.source_path.as_deref().or(chapter.path.as_deref());
    let path = path.map(|path| path.display().to_string()).unwrap_or_default();
    let id = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md").to_owned();
    let source = Source::new(format!("{folder}/{path}"), chapter.content.clone());
    let (lesson, diagnostics) = parse(&source, LessonId(id));
    let mut maker = Maker::new(words, "");
    maker.plain = true;
    let mut edits = Vec::new();
    if !lesson.front.span.is_empty() {
        edits.push(Edit { span: lesson.front.span, text: String::new() });
    }
    edits.extend(lesson.teacher.iter().map(|&span| Edit { span, text: String::new() }));
    let mut ours = false;
    for step in &lesson.steps {
        let made = maker.step(step, &Evidence::default());
        for (block, html) in step.blocks.iter().zip(made) {
            if !matches!(block, Block::Prose(_)) {
                ours = true;
                edits.push(Edit { span: block.span(), text: one_line(&html.unwrap_or_default()) });
            }
        }
    }
    if ours {
        let start = Span::new(lesson.front.span.end, lesson.front.span.end);
        edits.push(Edit { span: start, text: format!("<style>{}</style>\n\n", lean(STYLE)) });
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    // Where the edits do not fit one another, the chapter as written is the honest answer.
    if let Ok(text) = apply(source.text(), &edits) {
        chapter.content = text;
    }
    let errors = diagnostics.into_iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| (source.clone(), found)).collect()
}

/// HTML without a line end in it, so that Markdown takes it whole, also in a list or a quotation.
fn one_line(html: &str) -> String {
    if html.is_empty() {
        return String::new();
    }
    // The empty line ends the HTML, so that text right after it is Markdown again.
    format!("<div class=\"dermaga\">{}</div>\n", html.replace('\n', "&#10;"))
}

fn lean(css: &str) -> String {
    css.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("/*")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(content: &str, path: &str) -> (String, Vec<Found>) {
        let mut chapter = Chapter::new("A", content.to_owned(), path, Vec::new());
        let found = ready(&mut chapter, "src", &Words::new(Lang::En));
        (chapter.content, found)
    }

    #[test]
    fn blocks_become_one_line_each_and_the_rest_stays() {
        let lesson = "---\ntitle: A\n---\n# A\n\nText.\n\n## Step {#step}\n\n- item\n\n  ```console\n  $ docker run \\\n  > -d x\n  a\n\n  b <c>\n  ```\n\
                      after\n\n```check\nimage: x\nhints: [\"look\"]\n```\n\n```console,hidden\n$ true\n```\n\n## For teachers {.teacher}\n\nSecret.\n";
        let (text, found) = made(lesson, "a.md");
        assert!(found.is_empty(), "{found:?}");
        assert!(
            !text.contains("title: A")
                && !text.contains("Secret")
                && !text.contains("true</code>")
                && !text.contains("```")
        );
        assert!(text.contains("## Step {#step}") && text.contains("Text."));
        let line = text.lines().find(|line| line.contains("docker run")).unwrap();
        assert!(line.contains("docker run \\&#10;-d x</code>") && line.contains("a&#10;&#10;b &lt;c&gt;"), "{line}");
        assert!(text.contains("look"));
    }

    #[test]
    fn a_chapter_without_our_blocks_is_left_alone() {
        let text = "# A\n\n```rust\nfn main() {}\n```\n\n```text\n$ not run\n```\n";
        let (same, found) = made(text, "a.md");
        assert!(same == text && found.is_empty(), "{same}");
    }

    #[test]
    fn what_mdbook_does_not_send_is_refused() {
        let refused = preprocess("{}".as_bytes(), Vec::new());
        assert!(matches!(refused, Err(PreprocessError::Input(_))), "{refused:?}");
        assert!(supports("html") && !supports("epub"));
    }
}
