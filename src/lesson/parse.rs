//! Source → lesson, with the very parser the book uses. Tolerant: it always gives a lesson, and all mistakes found.

use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use super::attrs::{self, Info};
use super::body::Body;
use super::{Block, FileBlock, FrontMatter, Lesson, LessonId, Spanned, Step, StepId, Transcript};
use super::{claim, front, prompt, yaml};
use crate::text::{Code, Diagnostic, Source, Span};

/// Reads a lesson; the diagnostics come in the order of their places.
#[must_use]
pub fn parse(source: &Source, id: LessonId) -> (Lesson, Vec<Diagnostic>) {
    let text = source.text();
    let mut diagnostics = Vec::new();
    if let Some(at) = text.find('\0') {
        diagnostics.push(Diagnostic::error(Code("L006"), Span::new(at, at + 1)));
    }
    let mut front_matter = FrontMatter::default();
    let mut blanked = std::borrow::Cow::Borrowed(text);
    match front::find(text) {
        Some((span, Some(inside))) => {
            front_matter = front::read(source, span, inside, &mut diagnostics);
            let blank: String = text[..span.end].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
            blanked = std::borrow::Cow::Owned(blank + &text[span.end..]);
        }
        Some((span, None)) => diagnostics.push(Diagnostic::error(Code("L001"), span)),
        None => {}
    }
    let pieces = read_pieces(&blanked, front_matter.span.end);
    let mut builder = Builder { source, diagnostics, steps: Vec::new(), teacher: Vec::new(), opening_end: None };
    let heading = builder.sections(&pieces);
    let opening = Span::new(front_matter.span.end, builder.opening_end.unwrap_or(text.len()));
    let title =
        front_matter.title.as_ref().map(|title| title.value.clone()).or(heading).unwrap_or_else(|| id.0.clone());
    let Builder { mut diagnostics, steps, teacher, .. } = builder;
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.code));
    let lesson = Lesson { id, source: source.clone(), front: front_matter, title, steps, teacher, opening };
    (lesson, diagnostics)
}

/// What matters of the Markdown, in order.
enum Piece {
    Heading { level: u8, title: String, id: Option<String>, teacher: bool, span: Span, top: bool },
    Fence { info: String, body: Body, span: Span, closed: bool },
}

fn read_pieces(text: &str, from: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut depth = 0_usize;
    let mut heading: Option<(u8, String, Option<String>, bool, Range<usize>)> = None;
    let mut fence: Option<(String, Body, Range<usize>)> = None;
    for (event, range) in new_cmark_parser(text, &MarkdownOptions::default()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, classes, .. }) => {
                let teacher = classes.iter().any(|class| &**class == "teacher");
                heading = Some((level_number(level), String::new(), id.map(|id| id.to_string()), teacher, range));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, title, id, teacher, range)) = heading.take() {
                    let end = text[..range.end].trim_end().len().max(range.start);
                    let span = Span::new(range.start, end);
                    pieces.push(Piece::Heading { level, title, id, teacher, span, top: depth == 0 });
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let line_end = text[range.start..].find('\n').map_or(text.len(), |at| range.start + at + 1);
                fence = Some((info.to_string(), Body::new(line_end.min(range.end.max(range.start))), range));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((info, body, range)) = fence.take() {
                    let closed = is_closed(&text[range.clone()]);
                    let end = text[..range.end].trim_end_matches(['\n', '\r']).len().max(range.start);
                    pieces.push(Piece::Fence { info, body, span: Span::new(range.start, end), closed });
                }
            }
            Event::Text(piece) | Event::Code(piece) => {
                if let Some((_, body, _)) = &mut fence {
                    body.push(&piece, &range);
                } else if let Some((_, title, ..)) = &mut heading {
                    title.push_str(&piece);
                }
            }
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_)) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition) => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    let _ = from;
    pieces
}

/// Whether a fence's text ends with a fence as long as the one it begins with.
fn is_closed(text: &str) -> bool {
    let opener = text.trim_start();
    let marker = opener.chars().next().unwrap_or('`');
    let length = opener.chars().take_while(|&c| c == marker).count();
    let last = text.trim_end().lines().last().unwrap_or_default();
    let last = last.trim_start_matches(['>', ' ', '\t']);
    text.trim_end().lines().count() > 1 && last.chars().all(|c| c == marker) && last.chars().count() >= length
}

const fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}

struct Builder<'a> {
    source: &'a Source,
    diagnostics: Vec<Diagnostic>,
    steps: Vec<Step>,
    teacher: Vec<Span>,
    opening_end: Option<usize>,
}

impl Builder<'_> {
    /// Cuts the pieces into steps; gives the lesson's first heading of level 1.
    fn sections(&mut self, pieces: &[Piece]) -> Option<String> {
        let mut first_heading = None;
        let mut groups = 0;
        let mut current: Option<(Step, bool)> = None;
        let mut opening: Vec<Block> = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Heading { level: 2, title, id, teacher, span, top: true } => {
                    self.opening_end.get_or_insert(span.start);
                    self.finish(current.take(), span.start);
                    let id_written = id.is_some();
                    let id = id.clone().unwrap_or_else(|| slug(title));
                    let step = Step {
                        id: StepId(id),
                        id_written,
                        title: title.clone(),
                        heading: *span,
                        span: *span,
                        blocks: Vec::new(),
                    };
                    current = Some((step, *teacher));
                }
                Piece::Heading { level, title, .. } => {
                    if *level == 1 && first_heading.is_none() {
                        first_heading = Some(title.clone());
                    }
                }
                Piece::Fence { info, body, span, closed } => {
                    if matches!(current, Some((_, true))) || !attrs::is_ours(info) {
                        continue;
                    }
                    if !closed {
                        self.diagnostics.push(Diagnostic::error(Code("L010"), first_line(self.source, *span)));
                        continue;
                    }
                    let blocks = current.as_mut().map_or(&mut opening, |(step, _)| &mut step.blocks);
                    let block = read_fence(info, body, *span, self.source, &mut self.diagnostics);
                    blocks.extend(block);
                }
            }
        }
        self.finish(current.take(), self.source.text().len());
        if !opening.is_empty() {
            let end = self.opening_end.unwrap_or(self.source.text().len());
            let step = Step {
                id: StepId("opening".into()),
                id_written: false,
                title: first_heading.clone().unwrap_or_default(),
                heading: Span::new(0, 0),
                span: Span::new(0, end),
                blocks: opening,
            };
            self.steps.insert(0, step);
        }
        for index in 0..self.steps.len() {
            self.group_variants(index, &mut groups);
            self.blanks(index);
        }
        self.unique_ids();
        first_heading
    }

    fn finish(&mut self, current: Option<(Step, bool)>, end: usize) {
        match current {
            Some((step, true)) => self.teacher.push(Span::new(step.heading.start, end)),
            Some((mut step, false)) => {
                step.span = Span::new(step.heading.start, end);
                self.steps.push(step);
            }
            None => {}
        }
    }

    /// Adjacent fences with `since`, `until` or `engine` are variants of one another.
    fn group_variants(&mut self, index: usize, groups: &mut usize) {
        let mut last: Option<(usize, Span)> = None;
        for block in &mut self.steps[index].blocks {
            let Block::Transcript(transcript) = block else {
                last = None;
                continue;
            };
            let attrs = &transcript.attrs;
            if attrs.since.is_none() && attrs.until.is_none() && attrs.engine.is_none() {
                last = None;
                continue;
            }
            let between = last.map(|(_, before)| self.source.slice(Span::new(before.end, transcript.span.start)));
            let group = match (last, between) {
                (Some((group, _)), Some(between)) if between.trim().is_empty() => group,
                _ => {
                    *groups += 1;
                    *groups - 1
                }
            };
            transcript.variant_group = Some(group);
            last = Some((group, transcript.span));
        }
    }

    /// A blank is followed by its complete solution.
    fn blanks(&mut self, index: usize) {
        let blocks = &self.steps[index].blocks;
        for (at, block) in blocks.iter().enumerate() {
            let (attrs, span, text) = match block {
                Block::Transcript(transcript) => {
                    (&transcript.attrs, transcript.span, self.source.slice(transcript.body))
                }
                Block::File(file) => (&file.attrs, file.span, file.content.as_str()),
                _ => continue,
            };
            if !attrs.blank {
                continue;
            }
            let solved = blocks.get(at + 1).is_some_and(|next| match next {
                Block::Transcript(next) => next.attrs.solution && !self.source.slice(next.body).contains("____"),
                Block::File(next) => next.attrs.solution && !next.content.contains("____"),
                _ => false,
            });
            if !solved || !text.contains("____") {
                self.diagnostics.push(Diagnostic::error(Code("L017"), first_line(self.source, span)));
            }
            if let Block::Transcript(transcript) = block
                && let Some(line) = transcript.commands.iter().find_map(|command| command.expected.first())
            {
                self.diagnostics.push(Diagnostic::error(Code("L018"), line.span));
            }
        }
    }

    fn unique_ids(&mut self) {
        let mut seen = std::collections::HashSet::new();
        for step in &self.steps {
            if !seen.insert(step.id.clone()) {
                self.diagnostics.push(Diagnostic::error(Code("L040"), step.heading).with("name", step.id.0.clone()));
            }
        }
    }
}

fn first_line(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let end = text.find('\n').unwrap_or(text.len());
    Span::new(span.start, span.start + text[..end].trim_end().len())
}

fn read_fence(
    info: &str,
    body: &Body,
    span: Span,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Block> {
    let head = first_line(source, span);
    let Info { word, attrs, file } = attrs::read(info, head, diagnostics);
    let lines = body.lines();
    let begin = lines.first().map_or(span.end, |line| line.span.start);
    let end = lines.last().map_or(begin, |line| line.next);
    if let Some(path) = file {
        if !is_safe(&path) {
            diagnostics.push(Diagnostic::error(Code("L016"), head).with("path", path));
            return None;
        }
        let path = Spanned { value: path, span: head };
        return Some(Block::File(FileBlock { span, language: word, path, content: body.text.clone(), attrs }));
    }
    match word.as_str() {
        "console" => {
            let commands = prompt::read(&lines, &attrs, head, begin, diagnostics);
            Some(Block::Transcript(Transcript {
                span,
                body: Span::new(begin, end),
                attrs,
                commands,
                variant_group: None,
            }))
        }
        "check" | "quiz" => {
            let before = diagnostics.len();
            let Some(root) = yaml::read(body, diagnostics) else {
                if diagnostics.len() == before {
                    diagnostics.push(Diagnostic::error(Code("L020"), head).with("value", ""));
                }
                return None;
            };
            let mut reader = claim::Reader { diagnostics };
            if word == "check" {
                reader.check(&root, span, attrs).map(Block::Check)
            } else {
                reader.quiz(&root, span).map(Block::Quiz)
            }
        }
        _ => None,
    }
}

/// Whether a path stays inside the lesson's directory.
fn is_safe(path: &str) -> bool {
    let strange = path.contains(['\\', '\0', ':']) || path.chars().any(char::is_control);
    !strange && !path.starts_with(['/', '~']) && path.split('/').all(|part| !part.is_empty() && part != "..")
}

/// An id out of a title, as GitHub makes it.
fn slug(title: &str) -> String {
    let kept = title
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .collect::<String>();
    kept.split_whitespace().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{AskKey, Op, Subject};

    const WHOLE: &str = "---\ntitle: Mengambil image dari registri\nminutes: 15\nobjectives:\n  - mengambil image dengan tag tertentu\nimages: [\"mongo:4.1\"]\nhave: [\"hello-world\"]\n---\n\n# Judul\n\n## Lihat dulu isi gudang {#lihat-dulu}\n\n```quiz\nask: Image apa yang sudah ada?\noptions:\n  - text: \"`hello-world`\"\n    right: true\n  - text: Belum ada\n    why: \"Sudah ada.\"\n```\n\n```console\nroot@server_rumah:/home/ryan# docker images\nREPOSITORY    TAG       IMAGE ID       CREATED      SIZE\nhello-world   latest    d1165f221234   8 days ago   13.3kB\n```\n\n## Ambil {#ambil}\n\n> ```console,timeout=10m\n> $ docker pull mongo:4.1\n> Status: [..]\n> ```\n\n```check\nimage: mongo:4.1\nOs: linux\nwithin: 10s\nhints:\n  - \"Bacalah tag\"\nmistakes:\n  - when: { image: \"mongo:latest\" }\n    say: \"Butuh `4.1`.\"\n```\n\n## Guru {.teacher}\n\n```console\n$ never\n```\n";

    #[test]
    fn a_whole_lesson() {
        let source = Source::new("a.md", WHOLE);
        let (lesson, diagnostics) = parse(&source, LessonId("a".into()));
        assert_eq!(diagnostics, []);
        assert_eq!(lesson.title, "Mengambil image dari registri");
        assert_eq!(lesson.front.have[0].value, "hello-world");
        assert_eq!(lesson.steps.iter().map(|step| step.id.0.as_str()).collect::<Vec<_>>(), ["lihat-dulu", "ambil"]);
        assert_eq!(lesson.teacher.len(), 1);
        let Block::Transcript(quoted) = &lesson.steps[1].blocks[0] else { panic!("a transcript") };
        assert_eq!(quoted.commands[0].text, "docker pull mongo:4.1");
        assert_eq!(source.slice(quoted.commands[0].expected[0].span), "Status: [..]");
        let Block::Check(check) = &lesson.steps[1].blocks[1] else { panic!("a check") };
        assert_eq!(check.claim.subject, Subject::Image("mongo:4.1".into()));
        assert_eq!(check.claim.asks[0].op, Op::Is("linux".into()));
        assert!(matches!(check.claim.asks[0].key, AskKey::Inspect(_)));
        assert_eq!(check.mistakes.len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics_and_spans_lie_in_the_source(at in 0..WHOLE.len(), insert in "[\\PC\n\r`:#>$\\-\0]{0,12}", cut in 0..40_usize) {
            let at = WHOLE.floor_char_boundary(at);
            let end = WHOLE.floor_char_boundary((at + cut).min(WHOLE.len())).max(at);
            let text = format!("{}{insert}{}", &WHOLE[..at], &WHOLE[end..]);
            let source = Source::new("a.md", text.clone());
            let (lesson, diagnostics) = parse(&source, LessonId("a".into()));
            for diagnostic in diagnostics {
                proptest::prop_assert!(text.get(diagnostic.span.start..diagnostic.span.end).is_some(), "{diagnostic:?}");
            }
            for (_, transcript) in lesson.transcripts() {
                for command in &transcript.commands {
                    proptest::prop_assert!(text.get(command.span.start..command.span.end).is_some());
                    proptest::prop_assert!(text.get(command.expected_span.start..command.expected_span.end).is_some());
                    for line in &command.expected {
                        proptest::prop_assert_eq!(source.slice(line.span), line.text.as_str());
                    }
                }
            }
        }
    }
}
