//! Renders the blocks of a step as HTML: transcripts, files, questions, and claims with their hints. This module
//! escapes every text, so pages include the HTML unchanged.

use askama::Template;
use askama::filters::Safe;

use super::block_renderer::{BlockRenderer, Medium};
use super::evidence;
use super::html::{escape, render};
use super::markdown::inline;
use super::{quiz, replay, state};
use crate::highlight;
use crate::lesson::{Attrs, Block, Check, Command, Expected, ExpectedKind, FileBlock, QuizAnswer, Step, Transcript};
use crate::record::{Evidence, RecordedStep, Recording};
use crate::report::plain_claim::plain_claim;
use crate::text::Span;

/// If an output has more than `LONG` lines, the page shows the first `SEEN` lines and folds the others.
const LONG: usize = 18;
const SEEN: usize = 10;

impl BlockRenderer<'_> {
    /// Returns the HTML of each block of `step`, in order. Prose gives `None`. A block that another block shows gives
    /// an empty text.
    pub(super) fn step(&self, step: &Step, evidence: &Evidence<'_>) -> Vec<Option<String>> {
        let last = last_run(step);
        // A question before a transcript asks the reader to predict the transcript's output.
        let (mut asks, mut is_predicted) = (false, false);
        let html = |(at, block): (usize, &Block)| match block {
            Block::Prose(_) => None,
            Block::File(file) => Some(self.file(file)),
            Block::Quiz(one) => {
                asks |= !matches!(one.answer, QuizAnswer::Fact(_));
                Some(quiz::quiz(self, one))
            }
            // The last check of a step shows all checks of the step.
            Block::Check(_) => {
                let is_last = !step.blocks[at + 1..].iter().any(|block| matches!(block, Block::Check(_)));
                Some(if is_last { self.checks(&checks_of(step)) } else { String::new() })
            }
            Block::Transcript(one) if one.attrs.hidden => Some(String::new()),
            Block::Transcript(one) => {
                let group = variants_of(step, one);
                // The first variant of a group shows the whole group.
                if group.first().map(|first| first.span) != Some(one.span) {
                    return Some(String::new());
                }
                let asked = asks && !one.attrs.blank && !one.attrs.shuffle && self.medium == Medium::Page;
                (asks, is_predicted) = (asks && !asked, is_predicted || asked);
                let is_last = group.iter().any(|one| Some(one.span) == last);
                let after = if is_last { self.after(step, evidence) } else { String::new() };
                let is_folded = is_predicted && !after.is_empty();
                let after = if is_folded { format!("<div class=\"predicted\">{after}</div>") } else { after };
                let html = self.transcripts(step, &group, evidence, &after);
                Some(if asked { self.predicted(&html) } else { html })
            }
        };
        step.blocks.iter().enumerate().map(html).collect()
    }

    /// Renders a group of variants, or a single transcript.
    fn transcripts(&self, step: &Step, group: &[&Transcript], evidence: &Evidence<'_>, after: &str) -> String {
        let Some(first) = group.first() else { return String::new() };
        if first.attrs.blank {
            return group.iter().map(|one| self.commands(&one.commands, &[], true)).collect();
        }
        if first.attrs.shuffle {
            return group.iter().map(|one| quiz::shuffled_commands(self, one)).collect();
        }
        let shown = if first.variant_group.is_none() {
            self.transcript(first)
        } else {
            let name = if self.medium == Medium::OtherTheme { String::new() } else { self.id("variant") };
            render(&VariantGroup { blocks: self, step, group, evidence, name })
        };
        let shown = shown + after;
        if first.attrs.solution { self.solution(&shown) } else { shown }
    }

    /// Renders the recording of the step's commands, and the changes that the commands made on the engine.
    fn after(&self, step: &Step, evidence: &Evidence<'_>) -> String {
        let Some((recording, recorded)) = evidence.step(step) else { return String::new() };
        let engine = evidence::engine(&recording.engine.version, recording.engine.family.name());
        // If a proof below the step names the same engine and the same day, the recording does not repeat the engine
        // and the day.
        let proofs = evidence.of(step);
        let is_told =
            proofs.iter().any(|proof| proof.engine == recording.engine.version && proof.date == recording.date);
        render(&RecordedStepOnPage {
            blocks: self,
            step,
            recording,
            recorded,
            place: (!is_told).then(|| format!("{}, {}", escape(&engine), evidence::day(&recording.date, self.words))),
        })
    }

    /// Wraps a transcript whose output the reader must predict. A script folds the output until the reader answers the
    /// question or clicks the button.
    fn predicted(&self, inside: &str) -> String {
        format!(
            "<div class=\"predicted\">{inside}<p class=\"reveal js\"><button type=\"button\" class=\"button quiet\">{}\
             </button></p></div>",
            escape(&self.say("book-reveal"))
        )
    }

    fn solution(&self, inside: &str) -> String {
        let summary = escape(&self.say("book-solution"));
        format!("<details{} class=\"solution\"><summary>{summary}</summary>{inside}</details>", self.open())
    }

    /// Returns the label of a variant's tab.
    pub(super) fn variant(&self, attrs: &Attrs) -> String {
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let (since, until) = (number(attrs.since), number(attrs.until));
        let key = match (attrs.since, attrs.until) {
            (Some(_), Some(_)) => Some("book-variant-between"),
            (Some(_), None) => Some("book-variant-since"),
            (None, Some(_)) => Some("book-variant-until"),
            (None, None) => None,
        };
        let versions = key.map(|key| self.words.say(key, &[("since", &since), ("until", &until)]));
        let engine = attrs.engine.map(|engine| self.words.say(&format!("book-variant-{}", engine.name()), &[]));
        let parts: Vec<String> = versions.into_iter().chain(engine).collect();
        if parts.is_empty() { self.words.say("book-variant-other", &[]) } else { parts.join(", ") }
    }

    fn transcript(&self, transcript: &Transcript) -> String {
        self.commands(&transcript.commands, &transcript.attrs.exit, false)
    }

    fn commands(&self, commands: &[Command], exit: &[i32], is_blank: bool) -> String {
        render(&Terminal { blocks: self, commands, exit, is_blank })
    }

    /// Renders a prompt and a command that is not in a lesson.
    pub(super) fn terminal(&self, command: &str) -> String {
        let command = Command {
            prompt: "$ ".to_owned(),
            text: command.to_owned(),
            span: Span::default(),
            expected: Vec::new(),
            expected_span: Span::default(),
        };
        self.commands(&[command], &[], false)
    }

    /// Escapes `text` and marks each `____` in it as a gap.
    fn with_gaps(&self, text: &str) -> String {
        let gap = format!("<span class=\"gap\"><span class=\"sr\">{}</span></span>", escape(&self.say("book-gap")));
        escape(text).replace("____", &gap)
    }

    fn file(&self, file: &FileBlock) -> String {
        if file.attrs.hidden {
            return String::new();
        }
        if file.attrs.shuffle && !file.attrs.blank {
            return quiz::shuffled_lines(self, file);
        }
        let content = if file.attrs.blank {
            self.with_gaps(&file.content)
        } else {
            highlight::html(&file.content, &file.language)
        };
        let shown = render(&ShownFile { blocks: self, file, content });
        if file.attrs.solution && !file.attrs.blank { self.solution(&shown) } else { shown }
    }

    fn checks(&self, checks: &[&Check]) -> String {
        let claims = distinct(checks.iter().map(|check| plain_claim(&check.claim, self.words)));
        let count = checks.iter().map(|check| check.hints.len()).max().unwrap_or(0);
        // A level of hints has one hint of every check. The reader opens the levels one after another.
        let level = |level: usize| {
            let title = if count > 1 {
                let (number, of) = ((level + 1).to_string(), count.to_string());
                self.words.say("book-hint-of", &[("number", &number), ("of", &of)])
            } else {
                self.say("book-hint")
            };
            let hints = checks.iter().filter_map(|check| check.hints.get(level));
            (title, distinct(hints.map(|hint| hint.value.as_str())))
        };
        let claims = claims.iter().map(|claim| inline(claim)).collect();
        render(&Checks { blocks: self, levels: (0..count).map(level).collect(), claims })
    }
}

/// Removes repeated items.
fn distinct<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.fold(Vec::new(), |mut found, item| {
        if !found.contains(&item) {
            found.push(item);
        }
        found
    })
}

#[derive(Template)]
#[template(path = "block/terminal.html")]
struct Terminal<'a> {
    blocks: &'a BlockRenderer<'a>,
    commands: &'a [Command],
    /// The expected exit statuses.
    exit: &'a [i32],
    /// Whether the commands have gaps.
    is_blank: bool,
}

impl Terminal<'_> {
    /// Renders the lines of a command, each after its prompt.
    fn typed(&self, command: &Command) -> Safe<String> {
        let lines = command.text.split('\n').enumerate().map(|(at, line)| {
            let prompt = escape(if at == 0 { &command.prompt } else { "> " });
            let line = if self.is_blank { self.blocks.with_gaps(line) } else { highlight::shell_line(line) };
            format!("<span class=\"prompt\" aria-hidden=\"true\">{prompt}</span><code class=\"typed\">{line}</code>")
        });
        Safe(lines.collect::<Vec<_>>().join("\n"))
    }

    fn copy_label(&self, command: &Command) -> String {
        let first = command.text.lines().next().unwrap_or_default();
        self.blocks.words.say("book-copy-command", &[("command", first)])
    }

    fn exit(&self) -> Option<String> {
        let exit: Vec<String> = self.exit.iter().filter(|&&code| code != 0).map(i32::to_string).collect();
        (!exit.is_empty()).then(|| self.blocks.words.say("book-exit", &[("code", &exit.join(" / "))]))
    }
}

/// Escapes a command for the value of an HTML attribute.
fn one_line(command: &Command) -> Safe<String> {
    Safe(escape(&command.text).replace('\n', "&#10;"))
}

/// Splits an output into the lines that stay visible and the lines that fold.
fn folded(lines: &[Expected]) -> (&[Expected], &[Expected]) {
    lines.split_at(if lines.len() > LONG { SEEN } else { lines.len() })
}

fn output(lines: &[Expected]) -> Safe<String> {
    Safe(lines.iter().map(line).collect::<Vec<_>>().join("\n"))
}

#[derive(Template)]
#[template(path = "block/variants.html")]
struct VariantGroup<'a> {
    blocks: &'a BlockRenderer<'a>,
    step: &'a Step,
    group: &'a [&'a Transcript],
    evidence: &'a Evidence<'a>,
    /// The name that groups the radio buttons.
    name: String,
}

impl VariantGroup<'_> {
    fn is_proved(&self, variant: &Transcript) -> bool {
        !self.evidence.any() || self.evidence.ran(self.step, &variant.attrs)
    }
}

#[derive(Template)]
#[template(path = "block/recording.html")]
struct RecordedStepOnPage<'a> {
    blocks: &'a BlockRenderer<'a>,
    step: &'a Step,
    recording: &'a Recording,
    recorded: &'a RecordedStep,
    /// The engine and the day as HTML, or `None` if a proof below the step already names both.
    place: Option<String>,
}

#[derive(Template)]
#[template(path = "block/file.html")]
struct ShownFile<'a> {
    blocks: &'a BlockRenderer<'a>,
    file: &'a FileBlock,
    /// The content of the file as HTML.
    content: String,
}

impl ShownFile<'_> {
    fn label(&self, key: &str) -> String {
        self.blocks.words.say(key, &[("file", &self.file.path.value)])
    }
}

#[derive(Template)]
#[template(path = "block/checks.html")]
struct Checks<'a> {
    blocks: &'a BlockRenderer<'a>,
    /// The title and the hints of each level.
    levels: Vec<(String, Vec<&'a str>)>,
    /// The claims as HTML.
    claims: Vec<String>,
}

fn checks_of(step: &Step) -> Vec<&Check> {
    step.blocks.iter().filter_map(|block| if let Block::Check(check) = block { Some(check) } else { None }).collect()
}

/// Returns all variants of a transcript, or the transcript alone if it has no variants.
fn variants_of<'s>(step: &'s Step, one: &'s Transcript) -> Vec<&'s Transcript> {
    if one.variant_group.is_none() {
        return vec![one];
    }
    step.transcripts().filter(|other| other.variant_group == one.variant_group).collect()
}

/// Finds the last transcript that shows its commands unchanged. The page shows the step's recording below this
/// transcript. Returns `None` if a transcript of the step is shuffled, because the recording would show the right
/// order.
fn last_run(step: &Step) -> Option<Span> {
    let is_shuffled = step.transcripts().any(|one| one.attrs.shuffle);
    let shown = step.transcripts().filter(|one| !is_shuffled && !one.attrs.hidden && !one.attrs.blank);
    shown.last().map(|one| one.span)
}

/// Returns a key that contains only the conditions of a variant. When a reader chooses a variant in one group, the page
/// therefore chooses the variant with the same conditions in every group.
fn variant_key(attrs: &Attrs) -> String {
    let part = |name: &str, value: Option<u32>| value.map(|value| format!("{name}{value}")).unwrap_or_default();
    let engine = attrs.engine.map_or("", crate::lesson::EngineFamily::name);
    format!("{}{}{engine}", part("since", attrs.since), part("until", attrs.until))
}

fn line(expected: &Expected) -> String {
    match &expected.kind {
        ExpectedKind::Output if expected.text.trim() == "..." => "<span class=\"elided\">⋮</span>".to_owned(),
        ExpectedKind::Output => escape(&expected.text).replace("[..]", "<span class=\"elided\">…</span>"),
        ExpectedKind::Typed { prompt, input } => {
            format!("<span class=\"prompt\" aria-hidden=\"true\">{}</span><kbd>{}</kbd>", escape(prompt), escape(input))
        }
        ExpectedKind::Key(key) => format!("<kbd class=\"key\">{}</kbd>", escape(key.name())),
    }
}
