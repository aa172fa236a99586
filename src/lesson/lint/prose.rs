//! Reads a lesson's prose with the site's Markdown parser: the words with their positions in the source, the links and
//! the anchors. Code is not prose. The texts of checks and quizzes are prose.

use std::collections::HashSet;
use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use super::anchors::{AnchorCollector, anchors};
use crate::lesson::{Block, Lesson, QuizAnswer, Spanned};
use crate::text::Span;

/// The character that replaces inline code in prose.
const CODE: char = '\u{fffc}';

/// The prose of a lesson.
#[derive(Debug, Default)]
pub(super) struct Prose {
    /// The text without markup. In this text, a space replaces a line break, a newline separates blocks, and [`CODE`]
    /// replaces inline code.
    pub(super) text: String,
    /// The pieces of `text`: the offset of each piece in `text`, and its range in the source.
    pieces: Vec<(usize, Range<usize>)>,
    /// The ranges of `text` in italics. Authors write foreign words in italics.
    italics: Vec<Range<usize>>,
    /// Links and pictures.
    pub(super) links: Vec<Link>,
    /// The anchors of the page that the site makes from this prose.
    pub(super) anchors: HashSet<String>,
    /// Inline code and fences that are not run, in order.
    pub(super) code: Vec<String>,
}

/// A link or a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The target as written.
    pub target: String,
    /// The span of the whole link.
    pub span: Span,
    /// Whether the target is shown as a picture.
    pub picture: bool,
}

/// The links and anchors of a lesson.
#[derive(Debug, Clone, Default)]
pub struct Pointers {
    /// The links and pictures, including those in the texts of checks and quizzes.
    pub links: Vec<Link>,
    /// The anchors that links to the lesson can name.
    pub anchors: HashSet<String>,
}

/// Returns the links and anchors of a lesson's page. The page does not show the sections for teachers.
#[must_use]
pub fn pointers(lesson: &Lesson) -> Pointers {
    let mut body = lesson.without_front_matter().into_owned();
    for span in &lesson.teacher {
        body.replace_range(span.start..span.end, &" ".repeat(span.end - span.start));
    }
    let Prose { mut links, mut anchors, .. } = read_text(&body);
    for text in texts(lesson) {
        links.extend(read_text(&text.value).links.into_iter().map(|link| Link { span: text.span, ..link }));
    }
    let shown = lesson.steps.iter().filter(|step| !lesson.is_for_teachers(step.heading.start));
    anchors.extend(shown.map(|step| step.id.0.clone()));
    Pointers { links, anchors }
}

impl Prose {
    /// Returns the span of the source that corresponds to a range of [`text`](Self::text).
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let place = |offset: usize, end: bool| {
            let at = self.pieces.partition_point(|(start, _)| if end { *start < offset } else { *start <= offset });
            let Some((start, source)) = self.pieces.get(at.saturating_sub(1)) else { return 0 };
            (source.start + (offset - start)).min(source.end)
        };
        let start = place(range.start, false);
        Span::new(start, place(range.end, true).max(start))
    }

    /// Whether `range` of `text` is in italics.
    pub(super) fn in_italics(&self, range: &Range<usize>) -> bool {
        self.italics.iter().any(|italics| italics.start <= range.start && range.end <= italics.end)
    }

    /// Counts the words of `text` outside the spans in `except`.
    pub(super) fn count_words(&self, except: &[Span]) -> usize {
        let kept = |offset: usize| {
            let at = self.span(offset..offset).start;
            !except.iter().any(|span| span.start <= at && at < span.end)
        };
        let mut offset = 0;
        let mut count = 0;
        for word in self.text.split_inclusive(char::is_whitespace) {
            if word.contains(char::is_alphanumeric) && (except.is_empty() || kept(offset)) {
                count += 1;
            }
            offset += word.len();
        }
        count
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        self.pieces.push((self.text.len(), range));
        self.text.push_str(text);
    }
}

static_patterns! {
    static HTML_TARGET = r#"(?i)<(img|a)\b[^>]*?\s(src|href)\s*=\s*["']([^"'>]*)["']"#;
}

/// Reads the prose of a lesson.
pub(super) fn read(lesson: &Lesson) -> Prose {
    let runnable: HashSet<usize> = runnable(lesson).map(|span| span.start).collect();
    read_markdown(&lesson.without_front_matter(), &runnable)
}

/// Reads the prose of a lesson. The anchors are those of mdBook, and those of programs without smart punctuation.
pub(super) fn read_with_all_anchors(lesson: &Lesson) -> Prose {
    let mut prose = read(lesson);
    prose.anchors.extend(anchors(&lesson.without_front_matter(), false));
    prose
}

/// Reads one part of a lesson's body. Positions in the result are relative to the beginning of the part.
pub(super) fn read_part(lesson: &Lesson, part: Span) -> Prose {
    let runnable = runnable(lesson).map(|span| span.start.wrapping_sub(part.start)).collect();
    read_markdown(lesson.source.slice(part), &runnable)
}

/// Reads Markdown in which no fence is run.
pub(super) fn read_text(text: &str) -> Prose {
    read_markdown(text, &HashSet::new())
}

fn read_markdown(body: &str, runnable: &HashSet<usize>) -> Prose {
    let mut prose = Prose::default();
    let mut anchors = AnchorCollector::default();
    let mut italics = None;
    // `Some` inside a code block. The value is `true` if the block does not run, so that its text belongs to
    // `prose.code`.
    let mut code: Option<bool> = None;
    for (event, range) in new_cmark_parser(body, &MarkdownOptions::default()).into_offset_iter() {
        anchors.take(&event);
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let fenced = matches!(kind, CodeBlockKind::Fenced(_));
                code = Some(!fenced || !runnable.contains(&range.start));
                prose.code.push(String::new());
            }
            Event::End(TagEnd::CodeBlock) => code = None,
            Event::Text(words) => match code {
                Some(true) => prose.code.last_mut().into_iter().for_each(|code| code.push_str(&words)),
                Some(false) => {}
                None => prose.push(&words, range),
            },
            Event::Code(words) => {
                prose.push(CODE.encode_utf8(&mut [0; 4]), range);
                prose.code.push(words.into_string());
            }
            Event::SoftBreak | Event::HardBreak => prose.text.push(' '),
            Event::Start(Tag::Emphasis) => italics = Some(prose.text.len()),
            Event::End(TagEnd::Emphasis) => prose.italics.extend(italics.take().map(|start| start..prose.text.len())),
            // A mail address such as `<me@here.org>` is not a path.
            Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                prose.links.push(Link { target: dest_url.into_string(), span: range.into(), picture: false });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                prose.links.push(Link { target: dest_url.into_string(), span: range.into(), picture: true });
            }
            Event::Html(html) | Event::InlineHtml(html) => read_html(&html, &range, &mut prose),
            Event::End(tag) if !is_inline(tag) => prose.text.push('\n'),
            _ => {}
        }
    }
    prose.anchors = anchors.finish();
    prose
}

fn read_html(html: &str, range: &Range<usize>, prose: &mut Prose) {
    for found in HTML_TARGET.captures_iter(html) {
        let picture = found[1].eq_ignore_ascii_case("img");
        prose.links.push(Link { target: found[3].to_owned(), span: range.clone().into(), picture });
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Returns the spans of all blocks of a lesson that are not prose.
fn runnable(lesson: &Lesson) -> impl Iterator<Item = Span> {
    let blocks = lesson.steps.iter().flat_map(|step| &step.blocks);
    blocks.filter(|block| !matches!(block, Block::Prose(_))).map(Block::span)
}

/// Returns the texts that people read in a lesson's YAML: the title, objectives, hints, texts of mistakes, and quizzes.
pub(super) fn texts(lesson: &Lesson) -> Vec<&Spanned<String>> {
    let front = lesson.front.title.iter().chain(&lesson.front.objectives);
    front.chain(block_texts(lesson.steps.iter().flat_map(|step| &step.blocks))).collect()
}

/// Returns the texts that people read in the YAML of `blocks`.
pub(super) fn block_texts<'l>(
    blocks: impl IntoIterator<Item = &'l Block>,
) -> impl Iterator<Item = &'l Spanned<String>> {
    blocks.into_iter().flat_map(|block| {
        let mut texts: Vec<&Spanned<String>> = Vec::new();
        match block {
            Block::Check(check) => {
                texts.extend(&check.hints);
                texts.extend(check.mistakes.iter().map(|mistake| &mistake.say));
            }
            Block::Quiz(quiz) => {
                texts.push(&quiz.ask);
                match &quiz.answer {
                    QuizAnswer::Options(options) => {
                        texts
                            .extend(options.iter().flat_map(|option| std::iter::once(&option.text).chain(&option.why)));
                    }
                    QuizAnswer::Order(items) => texts.extend(items),
                    QuizAnswer::Match(pairs) => texts.extend(pairs.iter().flat_map(|(left, right)| [left, right])),
                    QuizAnswer::Fact(_) => {}
                }
            }
            _ => {}
        }
        texts
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::lesson::{LessonFile, LessonId, parse};
    use crate::text::Source;

    pub(in super::super) fn file(text: &str) -> LessonFile {
        let source = Source::new("a.md", text);
        let id = LessonId("a".into());
        let (lesson, diagnostics) = parse(&source, id.clone());
        let path = std::path::PathBuf::from("a.md");
        LessonFile {
            relative: path.clone(),
            path,
            root: None,
            id,
            lang: None,
            chapter: None,
            source,
            lesson,
            diagnostics,
            chosen: true,
            named: false,
        }
    }

    #[test]
    fn prose_excludes_code_and_maps_words_to_their_places_in_the_source() {
        let file =
            file("# Judul “a”\n\nSatu *dua* `tiga`\nempat &amp; [lima](enam.md).\n\n    kode\n\n> kutip\n> an\n");
        let prose = read(&file.lesson);
        assert_eq!(prose.text, "Judul “a”\nSatu dua \u{fffc} empat & lima.\nkutip an\n\n");
        let at = prose.text.find("empat").unwrap();
        assert_eq!(file.source.slice(prose.span(at..at + 5)), "empat");
        let at = prose.text.find("dua").unwrap();
        assert_eq!(file.source.slice(prose.span(at..at + 3)), "dua");
        assert_eq!(prose.links[0].target, "enam.md");
        assert_eq!(prose.code, ["tiga", "kode\n"]);
        assert!(pointers(&file.lesson).anchors.contains("judul-a"));
        assert_eq!(prose.count_words(&[]), 8);
        assert_eq!(prose.count_words(&[Span::new(0, 14)]), 6);
    }

    #[test]
    fn picture_in_html_is_found() {
        let prose = read(&file("<img alt=\"x\" src='a b.png'>\n\nx <a id=\"sini\"></a>\n").lesson);
        assert_eq!((prose.links[0].target.as_str(), prose.links[0].picture), ("a b.png", true));
    }
}
