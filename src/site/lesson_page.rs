//! Renders the text of a lesson's page: its opening, and a section for every step.

use std::collections::HashMap;

use askama::Template;
use mdbook_markdown::pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use super::answer_key;
use super::block_renderer::{BlockRenderer, Medium};
use super::evidence;
use super::glossary_links::GlossaryLinks;
use super::html::{escape, render};
use super::links::TranslatedPage;
use super::markdown::{MarkdownWriter, inline};
use super::outline::{Entry, Translation};
use super::search::{PassageKind, Passages, TextKind, add_purposes};
use crate::lesson::{Block, Lesson, Step};
use crate::record::Evidence;
use crate::words::Words;

/// The facts about a lesson that are not in its text.
pub(super) struct LessonFacts<'a> {
    pub(super) evidence: Evidence<'a>,
    /// The lesson's pages in the other languages. The page shows these links to readers without scripts, and to all
    /// readers if the lesson is older than its source.
    pub(super) translations: Vec<TranslatedPage<'a>>,
    pub(super) entry: &'a Entry<'a>,
    /// Whether readers can tick off the lesson's steps on this page.
    pub(super) with_marks: bool,
}

/// A lesson's text on a page.
pub(super) struct LessonText {
    /// The opening, the sections of the steps, and the footnotes, each with the position of its start in the lesson's
    /// file.
    pub(super) parts: Vec<(usize, String)>,
    /// The objectives of the lesson as HTML.
    pub(super) objectives: Vec<String>,
    /// The answers to the lesson's questions, for the print page.
    pub(super) answers: String,
    pub(super) passages: Passages,
}

impl LessonText {
    /// Returns the whole text.
    pub(super) fn html(&self) -> String {
        self.parts.iter().map(|(_, html)| html.as_str()).collect()
    }
}

/// A step whose section is being written.
struct OpenStep<'a> {
    step: &'a Step,
    title: String,
    number: Option<usize>,
}

/// Writes the text of a lesson.
pub(super) fn lesson_text(
    lesson: &Lesson,
    facts: &LessonFacts<'_>,
    blocks: &BlockRenderer<'_>,
    glossary: Option<GlossaryLinks<'_>>,
) -> LessonText {
    let start = lesson.front.span.end;
    let body = &lesson.source.text()[start..];
    let mut fences: HashMap<usize, (&Block, String)> = HashMap::new();
    for step in &lesson.steps {
        for (block, html) in step.blocks.iter().zip(blocks.step(step, &facts.evidence)) {
            if let Some(html) = html {
                fences.insert(block.span().start, (block, html));
            }
        }
    }
    let begins = |at: usize| lesson.steps.iter().find(|step| !step.heading.is_empty() && step.heading.start == at);

    let mut writer = MarkdownWriter::for_page(blocks, glossary);
    // The search leads to a lesson's own page, not to the print page.
    let is_searched = blocks.medium == Medium::Page;
    if is_searched {
        writer.passages = Passages::of_page(&lesson.title);
        if !lesson.front.objectives.is_empty() {
            writer.passages.say(TextKind::Prose, &format!("{} ", blocks.words.say("book-objectives", &[])));
        }
        lesson.front.objectives.iter().for_each(|objective| writer.passages.markdown(&objective.value));
    }
    let mut parts: Vec<(usize, String)> = Vec::new();
    let mut part_start = 0;
    let mut open: Option<OpenStep<'_>> = None;
    let (mut number, mut depth, mut has_title) = (0, 0_usize, false);
    let mut events = new_cmark_parser(body, &MarkdownOptions::default()).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let at = start + range.start;
        if depth == 0 && lesson.is_for_teachers(at) {
            skip(&event, &mut events, &mut writer);
            continue;
        }
        match &event {
            // The title is already in the head of the page.
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if open.is_none() && !has_title => {
                has_title = true;
                skip(&event, &mut events, &mut writer);
                continue;
            }
            Event::Start(Tag::Heading { .. }) if depth == 0 => {
                if let Some(step) = begins(at) {
                    parts.push((part_start, section(open.take(), writer.take(), facts, blocks)));
                    part_start = at;
                    let doable = step.has_task();
                    number += usize::from(doable);
                    writer.pass_over(&event);
                    if is_searched {
                        let kind = if doable { PassageKind::Step } else { PassageKind::Text };
                        writer.passages.begin(&step.id.0, TextKind::Heading, &step.title, kind);
                    }
                    writer.begin_title();
                    for (event, _) in events.by_ref() {
                        if matches!(event, Event::End(TagEnd::Heading(_))) {
                            writer.pass_over(&event);
                            break;
                        }
                        writer.write(event);
                    }
                    open = Some(OpenStep { step, title: writer.end_title(), number: doable.then_some(number) });
                    continue;
                }
            }
            Event::Start(Tag::CodeBlock(_)) => {
                if let Some((block, html)) = fences.get(&at) {
                    writer.push(html);
                    if is_searched {
                        writer.passages.block(block, blocks.words);
                    }
                    skip(&event, &mut events, &mut writer);
                    continue;
                }
            }
            _ => {}
        }
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        writer.write(event);
    }
    parts.push((part_start, section(open, writer.take(), facts, blocks)));
    parts.push((lesson.source.text().len(), writer.footnotes()));
    add_purposes(&mut writer.passages, lesson);
    let answers = answer_key::answers(lesson, blocks);
    let objectives = lesson.front.objectives.iter().map(|objective| blocks.inline(&objective.value)).collect();
    LessonText { parts, objectives, answers, passages: std::mem::take(&mut writer.passages) }
}

/// Skips an element. Headings in the element still take their ids, so that no other heading gets these ids.
fn skip<'e>(
    first: &Event<'_>,
    events: &mut impl Iterator<Item = (Event<'e>, std::ops::Range<usize>)>,
    writer: &mut MarkdownWriter<'_>,
) {
    writer.pass_over(first);
    let mut depth = usize::from(matches!(first, Event::Start(_)));
    while depth > 0 {
        let Some((event, _)) = events.next() else { break };
        writer.pass_over(&event);
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
}

/// The section of a step.
#[derive(Template)]
#[template(path = "step.html")]
struct StepSection<'a> {
    open: OpenStep<'a>,
    /// The text of the step as HTML.
    body: String,
    facts: &'a LessonFacts<'a>,
    blocks: &'a BlockRenderer<'a>,
}

impl StepSection<'_> {
    fn id(&self) -> String {
        format!("{}{}", self.blocks.links.prefix, self.open.step.id)
    }

    /// Returns the page in the source language, and the title of the step on that page. The source language is the
    /// first of the languages.
    fn original(&self) -> Option<(&TranslatedPage<'_>, &str)> {
        self.facts.translations.first().zip(self.facts.entry.source_title(&self.open.step.id.0))
    }
}

/// Renders the section of a step. If there is no step, returns `body`, which is the opening.
fn section(open: Option<OpenStep<'_>>, body: String, facts: &LessonFacts<'_>, blocks: &BlockRenderer<'_>) -> String {
    let Some(open) = open else { return body };
    render(&StepSection { open, body, facts, blocks })
}

/// Returns a sentence with the day of a translation, or a sentence without a day if the day is not known.
pub(super) fn since(words: &Words, key: &str, entry: &Entry<'_>) -> String {
    match entry.translated_on() {
        Some(date) => words.say(key, &[("day", &evidence::day_text(date, words))]),
        None => words.say(&format!("{key}-undated"), &[]),
    }
}
