//! The data of a lesson, which the module `parse` reads from the lesson's source. Spans are byte ranges of that source.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use super::{Attrs, Check, PathPart, Subject};
use crate::text::{Source, Span, Spanned};

/// A lesson's id: its file's name without `.md`, the same in every language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct LessonId(pub String);

/// A step's id. The author writes the id as `{#id}`, the same in every language. Without a written id, the parser makes
/// an id from the title.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct StepId(pub String);

/// The id of the step that holds everything before the first `##`. An author cannot give this id to another step.
pub const OPENING: &str = "opening";

impl StepId {
    /// Whether this is [`OPENING`].
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.0 == OPENING
    }
}

/// Returns the id that the site makes of a heading: in lower case, without punctuation, with hyphens instead of white
/// space.
fn slug(heading: &str) -> String {
    let kept = |c: char| match c {
        c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    heading.to_lowercase().chars().filter_map(kept).collect()
}

/// The ids of a page. Each id has a number, which is appended if another heading would get the same id.
#[derive(Debug, Default)]
pub(super) struct Ids(HashMap<String, usize>);

impl Ids {
    /// Registers an id that the author wrote. Returns whether the id was free.
    pub(super) fn write(&mut self, id: &str) -> bool {
        self.0.insert(id.to_owned(), 1).is_none()
    }

    /// Makes a free id from `heading`, or from `fallback` if no character of the heading can be in an id. The second
    /// heading `name` gets the id `name-1`.
    pub(super) fn make(&mut self, heading: &str, fallback: &str) -> String {
        let id = slug(heading);
        let id = if id.is_empty() { fallback.to_owned() } else { id };
        let mut free = id.clone();
        while self.0.contains_key(&free) {
            let next = self.0.entry(id.clone()).or_insert(1);
            free = format!("{id}-{next}");
            *next += 1;
        }
        self.0.insert(free.clone(), 1);
        free
    }
}

impl fmt::Display for LessonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One lesson in one language.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The lesson's id: its file's name without `.md`.
    pub id: LessonId,
    /// The text of the file.
    pub source: Source,
    /// The front matter; all defaults if the file has no front matter.
    pub front: FrontMatter,
    /// The title: the value of `title:`, else the text of the first heading, else the id.
    pub title: String,
    /// The steps in order. If there is a fence of the lesson format before the first `##`, the part before the first
    /// `##` is a step with the id [`OPENING`].
    pub steps: Vec<Step>,
    /// The sections for teachers. Nothing in these sections runs.
    pub teacher: Vec<Span>,
    /// The prose before the first `##`.
    pub opening: Span,
    /// Prose between `<!-- page -->` and `<!-- /page -->`, which the tutor does not show.
    pub page_only: Vec<Span>,
    /// The span of every fence in the lesson format, even if the fence cannot be read.
    pub fences: Vec<Span>,
}

/// The front matter. The value of a key that is not written is an empty list or `None`.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// The span from the first `---` line to the end of the second `---` line; empty without front matter.
    pub span: Span,
    /// Whether the keys of the front matter could be read.
    pub is_read: bool,
    /// `title`.
    pub title: Option<Spanned<String>>,
    /// `minutes`.
    pub minutes: Option<Spanned<u32>>,
    /// `objectives`.
    pub objectives: Vec<Spanned<String>>,
    /// `requires`: ids of lessons to do first.
    pub requires: Vec<Spanned<String>>,
    /// `images`: the images that the lesson pulls.
    pub images: Vec<Spanned<String>>,
    /// `have`: images on the engine at the start.
    pub have: Vec<Spanned<String>>,
    /// `needs`: abilities that the engine or the machine must have, such as `compose` or `private`.
    pub needs: Vec<Spanned<String>>,
    /// `source`: the origin of the lesson.
    pub source: Option<Spanned<String>>,
    /// `lang`.
    pub lang: Option<Spanned<String>>,
    /// `translates`: the digest of the source's prose.
    pub translates: Option<Spanned<String>>,
    /// `translated`: the date of the translation and the digests of the source's steps.
    pub translated: Option<Translated>,
    /// `size`: the columns and rows of the terminal; 100 × 200 by default.
    pub size: Option<(u16, u16)>,
}

/// The version of the source that a translation was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translated {
    /// The span of the value of `translated`.
    pub span: Span,
    /// `date`: the day of the translation, `2026-11-24`.
    pub date: Option<Spanned<String>>,
    /// `steps`: the digests of the source's steps, each with the step's id. [`OPENING`] is the id of the part before
    /// the first step.
    pub steps: Vec<(Spanned<String>, Spanned<String>)>,
}

/// A top-level `##` section.
#[derive(Debug, Clone)]
pub struct Step {
    /// The step's id.
    pub id: StepId,
    /// Whether the id is written (`{#id}`) rather than made from the title.
    pub id_written: bool,
    /// The text of the heading.
    pub title: String,
    /// The span of the heading's line.
    pub heading: Span,
    /// The span of the heading and the body.
    pub span: Span,
    /// The step's prose and fences, in order.
    pub blocks: Vec<Block>,
    /// Whether the heading has `{.notes}`. Such a step has notes on versions and sources. The tutor shows these notes
    /// only on request.
    pub is_notes: bool,
}

impl Step {
    /// Whether the step has a task: the learner types a command, makes a claim true or answers a question. The tutor,
    /// the menu, the progress and the site count and number only such steps.
    #[must_use]
    pub fn has_task(&self) -> bool {
        let is_task = |block: &Block| match block {
            Block::Transcript(transcript) => !transcript.attrs.hidden && !transcript.attrs.blank,
            Block::Check(_) | Block::Quiz(_) => true,
            Block::File(_) | Block::Prose(_) => false,
        };
        !self.is_notes && self.blocks.iter().any(is_task)
    }

    /// Returns the step's transcripts, in order.
    pub fn transcripts(&self) -> impl Iterator<Item = &Transcript> {
        self.blocks.iter().filter_map(|block| if let Block::Transcript(one) = block { Some(one) } else { None })
    }
}

impl Lesson {
    /// Returns the number of steps with a task.
    #[must_use]
    pub fn task_count(&self) -> usize {
        self.steps.iter().filter(|step| step.has_task()).count()
    }

    /// Returns the number of steps with a task, up to and including the step with the index `step`. If that step has a
    /// task, the result is the step's number, counted from 1.
    #[must_use]
    pub fn task_number(&self, step: usize) -> usize {
        self.steps.iter().take(step + 1).filter(|step| step.has_task()).count()
    }

    /// Returns the index of the step with the number `number`. Only steps with a task are numbered, from 1.
    #[must_use]
    pub fn step_of_number(&self, number: usize) -> Option<usize> {
        let tasks = self.steps.iter().enumerate().filter(|(_, step)| step.has_task());
        tasks.map(|(at, _)| at).nth(number.checked_sub(1)?)
    }
}

/// Replaces the first `end` bytes of `text` with spaces, but keeps line ends.
pub(super) fn blank_until(text: &str, end: usize) -> Cow<'_, str> {
    let (front, body) = text.split_at_checked(end).unwrap_or(("", text));
    if front.is_empty() {
        return text.into();
    }
    let blank = |byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
    Cow::Owned(front.bytes().map(blank).chain(body.chars()).collect())
}

/// A part of a step.
#[derive(Debug, Clone)]
pub enum Block {
    /// Markdown that is shown unchanged.
    Prose(Span),
    /// A `console` fence.
    Transcript(Transcript),
    /// A fence with `file=`.
    File(FileBlock),
    /// A `check` fence.
    Check(Check),
    /// A `quiz` fence.
    Quiz(Quiz),
}

impl Block {
    /// Returns the attributes of a transcript, of a file or of a check.
    #[must_use]
    pub const fn attrs(&self) -> Option<&Attrs> {
        match self {
            Self::Transcript(transcript) => Some(&transcript.attrs),
            Self::File(file) => Some(&file.attrs),
            Self::Check(check) => Some(&check.attrs),
            Self::Prose(_) | Self::Quiz(_) => None,
        }
    }

    /// Returns the span of the block. The span of a fence includes its markers.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Prose(span) => *span,
            Self::Transcript(transcript) => transcript.span,
            Self::File(file) => file.span,
            Self::Check(check) => check.span,
            Self::Quiz(quiz) => quiz.span,
        }
    }
}

/// A `console` fence: commands, and the output that a reader sees.
#[derive(Debug, Clone)]
pub struct Transcript {
    /// The span of the fence, with its markers.
    pub span: Span,
    /// The span of the lines between the markers.
    pub body: Span,
    /// The attributes of the fence.
    pub attrs: Attrs,
    /// The commands, in order.
    pub commands: Vec<Command>,
    /// The number of the fence's group of variants in the lesson, counted from 0; `None` if the fence is not a variant.
    /// Adjacent fences with `since`, `until` or `engine` form a group.
    pub variant_group: Option<usize>,
}

impl Transcript {
    /// Whether any output of `command` is accepted, because the author did not write its output. Authors do not write
    /// the output of hidden commands and of commands that learners put in order. A fence without `exact` may also
    /// consist of commands only.
    #[must_use]
    pub fn leaves_output_open(&self, command: &Command) -> bool {
        let is_silent = |command: &Command| {
            command.expected.iter().all(|line| line.kind == ExpectedKind::Output && line.text.trim().is_empty())
        };
        let is_open = self.attrs.hidden || self.attrs.shuffle;
        is_silent(command) && (is_open || !self.attrs.exact && self.commands.iter().all(is_silent))
    }
}

/// A command and the lines after it.
#[derive(Debug, Clone)]
pub struct Command {
    /// The outer prompt as written, with the space at its end: `root@server_rumah:/home/ryan# `.
    pub prompt: String,
    /// The input for bash: continuation lines are joined by newlines, without their `> `.
    pub text: String,
    /// The span from the prompt to the end of the command's last line, without the line end.
    pub span: Span,
    /// The lines up to the next outer prompt.
    pub expected: Vec<Expected>,
    /// The span of all lines of `expected` with their line ends. If there are no such lines, the span is empty and lies
    /// at the position where these lines would begin.
    pub expected_span: Span,
}

/// A line of a transcript after a command, or a part of such a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The line as written, without its line end and without the prefix of a list or quote. The parser replaces other
    /// forms of elision, such as `<...>`, with `...`, and makes a separate line of the text after `^C`.
    pub text: String,
    /// The span of the line in the source, without the line end.
    pub span: Span,
    /// The kind of the line.
    pub kind: ExpectedKind,
}

impl Expected {
    /// Returns the line as it appears on the screen.
    #[must_use]
    pub fn screen_text(&self) -> Cow<'_, str> {
        match &self.kind {
            ExpectedKind::Output => self.text.as_str().into(),
            ExpectedKind::Typed { prompt, input } => format!("{prompt}{input}").into(),
            ExpectedKind::Key(key) => key.name().into(),
        }
    }

    /// Whether the line consists of `...` only.
    #[must_use]
    pub fn is_elision(&self) -> bool {
        self.kind == ExpectedKind::Output && self.text.trim() == "..."
    }

    /// Whether the line is empty or has only spaces.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.kind == ExpectedKind::Output && self.text.trim_end().is_empty()
    }
}

/// The kind of a line after a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectedKind {
    /// A line that the command prints. `...` alone matches any lines, and `[..]` matches any text within a line.
    Output,
    /// A line that the learner types at an inner prompt. The screen shows `prompt` and `input` together.
    Typed {
        /// The inner prompt, with the space at its end.
        prompt: String,
        /// The typed text, without the line end.
        input: String,
    },
    /// A key that the learner presses, alone on its line.
    Key(Key),
}

/// A special key that the learner presses, as a transcript shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// `^C`
    Interrupt,
    /// `^D`
    EndOfInput,
    /// `^P^Q`
    Detach,
}

impl Key {
    /// Returns the bytes that a terminal sends for this key.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Interrupt => b"\x03",
            Self::EndOfInput => b"\x04",
            Self::Detach => b"\x10\x11",
        }
    }

    /// Returns the key as authors write it, such as `^C`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Interrupt => "^C",
            Self::EndOfInput => "^D",
            Self::Detach => "^P^Q",
        }
    }
}

/// A fence whose content is written to a file in the lesson's directory.
#[derive(Debug, Clone)]
pub struct FileBlock {
    /// The span of the fence, with its markers.
    pub span: Span,
    /// The fence's language, for highlighting.
    pub language: String,
    /// The relative path inside the lesson's directory. The parser refuses every other path.
    pub path: Spanned<String>,
    /// The content of the file.
    pub content: String,
    /// The attributes of the fence.
    pub attrs: Attrs,
}

/// A question to the learner.
#[derive(Debug, Clone)]
pub struct Quiz {
    /// The span of the fence, with its markers.
    pub span: Span,
    /// The question, in Markdown.
    pub ask: Spanned<String>,
    /// The facts, in Markdown, that a reader must know if a review asks the question outside its lesson.
    pub context: Option<Spanned<String>>,
    /// The answer.
    pub answer: QuizAnswer,
}

/// The kind of a quiz, with its right answer.
#[derive(Debug, Clone)]
pub enum QuizAnswer {
    /// `options:`
    Options(Vec<QuizOption>),
    /// `order:`: the items in the right order. The learner sees the items in another order.
    Order(Vec<Spanned<String>>),
    /// `match:`: pairs of a left and a right item that belong together.
    Match(Vec<(Spanned<String>, Spanned<String>)>),
    /// `fact:`: a value that the learner types. The tutor compares this value with the value on the engine.
    Fact(FactQuestion),
}

/// One option of a quiz.
#[derive(Debug, Clone)]
pub struct QuizOption {
    /// The text of the option, in Markdown.
    pub text: Spanned<String>,
    /// Whether the option is right.
    pub right: bool,
    /// The reason why the option is right or wrong. `lint` requires a reason for every wrong option.
    pub why: Option<Spanned<String>>,
}

/// A question about an object on the engine: `fact: {image: mongo:4.1, path: RootFS.Layers, as: length}`
#[derive(Debug, Clone)]
pub struct FactQuestion {
    /// The object that the question is about.
    pub subject: Subject,
    /// The path of a value in the result of inspect.
    pub path: Vec<PathPart>,
    /// The number or text with which the answer is compared.
    pub compare: FactCompare,
}

/// The value of the key `as:` in a fact, which selects the number or text with which the answer is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactCompare {
    /// The value at the path. A prefix of an id is equal to the id.
    Value,
    /// The number of elements in the value at the path.
    Length,
}

impl Lesson {
    /// Returns the source with spaces instead of the front matter, which the Markdown parser cannot read. All other
    /// bytes keep their positions.
    #[must_use]
    pub fn without_front_matter(&self) -> Cow<'_, str> {
        blank_until(self.source.text(), self.front.span.end)
    }

    /// Whether the byte `at` of the source is in a section for teachers.
    #[must_use]
    pub fn is_for_teachers(&self, at: usize) -> bool {
        self.teacher.iter().any(|section| section.start <= at && at < section.end)
    }

    /// Returns all transcripts with their steps, in order.
    pub fn transcripts(&self) -> impl Iterator<Item = (&Step, &Transcript)> {
        self.steps.iter().flat_map(|step| step.transcripts().map(move |transcript| (step, transcript)))
    }
}
