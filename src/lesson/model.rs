//! A lesson as data: what `parse` makes and everything after it reads. Spans are bytes of the lesson's source.

use std::borrow::Cow;
use std::fmt;

use super::{Attrs, Check, PathPart, Subject};
use crate::text::{Source, Span, Spanned};

/// A lesson's id: its file's stem, the same in every language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LessonId(pub String);

/// A step's id: written as `{#id}`, or made from its title; the same in every language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StepId(pub String);

/// The id of the step that holds what stands before the first `##`. Nobody can write it.
pub const OPENING: &str = "opening";

impl StepId {
    /// Whether it is [`OPENING`].
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.0 == OPENING
    }
}

/// The id that the site makes of a heading: lower case, without punctuation, hyphens for white space.
pub(super) fn slug(heading: &str) -> String {
    let kept = |c: char| match c {
        c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    heading.to_lowercase().chars().filter_map(kept).collect()
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
    /// The file's stem.
    pub id: LessonId,
    /// Where it was read from.
    pub source: Source,
    /// What stands between the `---` lines; all defaults without it.
    pub front: FrontMatter,
    /// `title:`, else the first heading, else the id.
    pub title: String,
    /// Steps in order. Runnable blocks before the first `##` make a step of their own with the id `opening`.
    pub steps: Vec<Step>,
    /// Sections for the teacher; they never run.
    pub teacher: Vec<Span>,
    /// Other prose: before the first `##` (the opening).
    pub opening: Span,
    /// Every fence of ours, also those that cannot be read.
    pub fences: Vec<Span>,
}

/// The front matter. Empty lists and `None` where a key is not written.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// From the first `---` line to the end of the last one; empty without front matter.
    pub span: Span,
    /// Whether its keys could be read.
    pub is_read: bool,
    /// `title`.
    pub title: Option<Spanned<String>>,
    /// `minutes`.
    pub minutes: Option<Spanned<u32>>,
    /// `objectives`.
    pub objectives: Vec<Spanned<String>>,
    /// `requires`: ids of lessons that come before.
    pub requires: Vec<Spanned<String>>,
    /// `images`: what must be pullable.
    pub images: Vec<Spanned<String>>,
    /// `have`: images on the engine at the start.
    pub have: Vec<Spanned<String>>,
    /// `needs`: abilities such as `compose`, `private`.
    pub needs: Vec<Spanned<String>>,
    /// `source`: where the lesson comes from.
    pub source: Option<Spanned<String>>,
    /// `lang`.
    pub lang: Option<Spanned<String>>,
    /// `translates`: digest of the source's prose.
    pub translates: Option<Spanned<String>>,
    /// `translated`: when that was, and digests of the source's steps.
    pub translated: Option<Translated>,
    /// `size`: columns and rows, default 100 × 200.
    pub size: Option<(u16, u16)>,
}

/// What a translation says of the source it was last held against.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translated {
    /// The value of `translated`.
    pub span: Span,
    /// `date`: the day, `2026-11-24`.
    pub date: Option<Spanned<String>>,
    /// `steps`: ids of the source's steps (`opening` for what stands before the first) with digests of their prose.
    pub steps: Vec<(Spanned<String>, Spanned<String>)>,
}

/// A top-level `##` section.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// Whether the id is written (`{#id}`) rather than made from the title.
    pub id_written: bool,
    /// Its heading's text.
    pub title: String,
    /// The heading's line.
    pub heading: Span,
    /// Heading and body.
    pub span: Span,
    /// Prose and fences in order.
    pub blocks: Vec<Block>,
}

/// The text with its first `end` bytes as spaces; line ends stay.
pub(super) fn blank_until(text: &str, end: usize) -> Cow<'_, str> {
    let (front, body) = text.split_at_checked(end).unwrap_or(("", text));
    if front.is_empty() {
        return text.into();
    }
    let blank = |byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
    Cow::Owned(front.bytes().map(blank).chain(body.chars()).collect())
}

/// A piece of a step.
#[derive(Debug, Clone)]
pub enum Block {
    /// Markdown that is shown as it is.
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
    /// The attributes of a fence that is run, written or checked.
    #[must_use]
    pub const fn attrs(&self) -> Option<&Attrs> {
        match self {
            Self::Transcript(transcript) => Some(&transcript.attrs),
            Self::File(file) => Some(&file.attrs),
            Self::Check(check) => Some(&check.attrs),
            Self::Prose(_) | Self::Quiz(_) => None,
        }
    }

    /// Where it is written; of a fence, with its markers.
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

/// A `console` fence: commands and what a person sees.
#[derive(Debug, Clone)]
pub struct Transcript {
    /// The fence with its markers.
    pub span: Span,
    /// The lines between the markers.
    pub body: Span,
    /// Attributes.
    pub attrs: Attrs,
    /// Commands in order.
    pub commands: Vec<Command>,
    /// Adjacent fences with `since`, `until` or `engine` are one group of variants: a number of the lesson, from 0.
    pub variant_group: Option<usize>,
}

impl Transcript {
    /// Whether `command` may print anything: hidden commands and those to be put in order are written without output, and
    /// a fence that shows commands alone says nothing of what they print.
    #[must_use]
    pub fn leaves_output_open(&self, command: &Command) -> bool {
        let is_silent = |command: &Command| {
            command.expected.iter().all(|line| line.kind == ExpectedKind::Output && line.text.trim().is_empty())
        };
        let is_open = self.attrs.hidden || self.attrs.shuffle;
        is_silent(command) && (is_open || !self.attrs.exact && self.commands.iter().all(is_silent))
    }
}

/// A command and what is seen after it.
#[derive(Debug, Clone)]
pub struct Command {
    /// The outer prompt as written, with its last space: `root@server_rumah:/home/ryan# `.
    pub prompt: String,
    /// What bash gets: continuation lines joined by newlines, without their `> `.
    pub text: String,
    /// From the prompt to the end of the command's last line (without its line end).
    pub span: Span,
    /// What is seen until the next outer prompt.
    pub expected: Vec<Expected>,
    /// All lines of `expected` with their line ends; where they would go when there are none.
    pub expected_span: Span,
}

/// One line of a transcript after a command, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The line as written, without its line end (and without a list's or quote's prefix); `...` also where an elision
    /// is written in another form, such as `<...>`. What stands behind `^C` is a line of its own.
    pub text: String,
    /// Its bytes in the source, without the line end.
    pub span: Span,
    /// What it is.
    pub kind: ExpectedKind,
}

impl Expected {
    /// The line as the screen shows it.
    #[must_use]
    pub fn screen_text(&self) -> Cow<'_, str> {
        match &self.kind {
            ExpectedKind::Output => self.text.as_str().into(),
            ExpectedKind::Typed { prompt, input } => format!("{prompt}{input}").into(),
            ExpectedKind::Key(key) => key.name().into(),
        }
    }

    /// Whether it is `...` alone on a line.
    #[must_use]
    pub fn is_elision(&self) -> bool {
        self.kind == ExpectedKind::Output && self.text.trim() == "..."
    }

    /// Whether it is an empty line, or one of spaces.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.kind == ExpectedKind::Output && self.text.trim_end().is_empty()
    }
}

/// What a line after a command is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectedKind {
    /// Printed. `...` alone stands for any lines, `[..]` for any text in a line.
    Output,
    /// Typed at an inner prompt; the screen shows `prompt` and `input` together.
    Typed {
        /// The inner prompt, with its last space.
        prompt: String,
        /// What is typed, without the line end.
        input: String,
    },
    /// A key alone on its line.
    Key(Key),
}

/// Keys a transcript can name.
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
    /// The bytes a terminal sends for it.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Interrupt => b"\x03",
            Self::EndOfInput => b"\x04",
            Self::Detach => b"\x10\x11",
        }
    }

    /// As it is written: `^C`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Interrupt => "^C",
            Self::EndOfInput => "^D",
            Self::Detach => "^P^Q",
        }
    }
}

/// A fence that is a file in the lesson's directory.
#[derive(Debug, Clone)]
pub struct FileBlock {
    /// The fence with its markers.
    pub span: Span,
    /// The fence's language, for highlighting.
    pub language: String,
    /// Relative path inside the lesson's directory; checked by the parser.
    pub path: Spanned<String>,
    /// What is written.
    pub content: String,
    /// Attributes.
    pub attrs: Attrs,
}

/// A question to the learner.
#[derive(Debug, Clone)]
pub struct Quiz {
    /// The fence with its markers.
    pub span: Span,
    /// The question, Markdown.
    pub ask: Spanned<String>,
    /// What kind of answer.
    pub answer: Answer,
}

/// How a quiz is answered.
#[derive(Debug, Clone)]
pub enum Answer {
    /// `options:`
    Options(Vec<QuizOption>),
    /// `order:`: the right order, shown shuffled.
    Order(Vec<Spanned<String>>),
    /// `match:`: left and right that belong together.
    Match(Vec<(Spanned<String>, Spanned<String>)>),
    /// `fact:`: typed, compared with the live engine.
    Fact(FactQuestion),
}

/// One option of a quiz.
#[derive(Debug, Clone)]
pub struct QuizOption {
    /// Markdown.
    pub text: Spanned<String>,
    /// Whether it is right.
    pub right: bool,
    /// Why it is right or wrong; every wrong one has it.
    pub why: Option<Spanned<String>>,
}

/// `fact: {image: mongo:4.1, path: RootFS.Layers, as: length}`
#[derive(Debug, Clone)]
pub struct FactQuestion {
    /// What is looked at.
    pub subject: Subject,
    /// The path in what inspect returns.
    pub path: Vec<PathPart>,
    /// How the answer is compared.
    pub compare: FactCompare,
}

/// `as:` of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactCompare {
    /// Equal, ids by prefix.
    Value,
    /// The number of elements.
    Length,
}

impl Lesson {
    /// The source with spaces in place of its front matter, which the Markdown parser does not know. Every byte keeps its
    /// place.
    #[must_use]
    pub fn without_front_matter(&self) -> Cow<'_, str> {
        blank_until(self.source.text(), self.front.span.end)
    }

    /// All fences of kind transcript with their steps, in order.
    pub fn transcripts(&self) -> impl Iterator<Item = (&Step, &Transcript)> {
        self.steps.iter().flat_map(|step| {
            step.blocks.iter().filter_map(move |block| match block {
                Block::Transcript(transcript) => Some((step, transcript)),
                _ => None,
            })
        })
    }
}
