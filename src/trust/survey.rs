//! Lists everything in lessons that would run, in the order of the lessons.

use crate::lesson::{Block, Command, ExpectedKind, Lesson, LessonId, QuizAnswer, StepId, Subject};
use crate::shell::quoted;
use crate::text::Span;

/// The kind of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemKind {
    /// A command that the lesson shows.
    Command,
    /// A command that readers do not see.
    Hidden,
    /// A text or a key that is typed into a running program.
    Typed,
    /// A file that is written, with its path in the lesson's directory.
    File(String),
    /// A command or request that evaluates a claim or a question.
    Claim,
    /// An image that is pulled before the lesson begins.
    Image,
}

impl ItemKind {
    /// Returns the key of the message in `words`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Command => "trust-command",
            Self::Hidden => "trust-hidden",
            Self::Typed => "trust-typed",
            Self::File(_) => "trust-file",
            Self::Claim => "trust-claim",
            Self::Image => "trust-image",
        }
    }
}

/// One thing that a lesson would do: run a command, type a text, write a file, send a request or pull an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The lesson that contains the item.
    pub lesson: LessonId,
    /// The step that contains the item; `None` for the lesson's images.
    pub step: Option<StepId>,
    /// The line of the lesson's file, from 1.
    pub line: usize,
    /// The kind of the item.
    pub kind: ItemKind,
    /// The exact text that runs or is written. The text is not sanitised.
    pub text: String,
    /// Fields that are hashed in addition to the kind and the text.
    exact: Vec<String>,
}

/// Everything that lessons would run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    /// The items in the order of the lessons.
    pub items: Vec<Item>,
}

impl Survey {
    /// Returns the bytes to hash for everything that would run. The length of each field comes before the field, so two
    /// different lists always have different bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = b"dermaga-trust-1".to_vec();
        for item in &self.items {
            let fields = [item.kind.key(), if let ItemKind::File(path) = &item.kind { path } else { "" }, &item.text];
            let fields: Vec<&str> = fields.into_iter().chain(item.exact.iter().map(String::as_str)).collect();
            bytes.extend((fields.len() as u64).to_be_bytes());
            for field in fields {
                bytes.extend((field.len() as u64).to_be_bytes());
                bytes.extend(field.as_bytes());
            }
        }
        bytes
    }
}

/// Lists everything that `lessons` would run. Runs nothing and reads no file.
#[must_use]
pub fn survey<'a>(lessons: impl IntoIterator<Item = &'a Lesson>) -> Survey {
    let mut survey = Survey::default();
    for lesson in lessons {
        SurveyReader { lesson, step: None, items: &mut survey.items }.read();
    }
    survey
}

struct SurveyReader<'a> {
    lesson: &'a Lesson,
    step: Option<&'a StepId>,
    items: &'a mut Vec<Item>,
}

impl SurveyReader<'_> {
    fn read(mut self) {
        let lesson = self.lesson;
        for image in &lesson.front.have {
            self.add(ItemKind::Image, &image.value, image.span);
        }
        for step in &lesson.steps {
            self.step = Some(&step.id);
            for block in &step.blocks {
                self.block(block);
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Prose(_) => {}
            Block::Transcript(transcript) if transcript.attrs.blank => {}
            Block::Transcript(transcript) => {
                let kind = if transcript.attrs.hidden { ItemKind::Hidden } else { ItemKind::Command };
                for command in &transcript.commands {
                    self.command(kind.clone(), command);
                }
            }
            Block::File(file) => {
                self.add(ItemKind::File(file.path.value.clone()), &file.content, file.span);
            }
            Block::Check(check) => {
                self.subject(&check.claim.subject, check.claim.span);
                for mistake in &check.mistakes {
                    self.subject(&mistake.when.subject, mistake.when.span);
                }
            }
            Block::Quiz(quiz) => {
                if let QuizAnswer::Fact(fact) = &quiz.answer {
                    self.subject(&fact.subject, quiz.span);
                }
            }
        }
    }

    fn command(&mut self, kind: ItemKind, command: &Command) {
        self.add(kind, &command.text, command.span);
        for line in &command.expected {
            let typed = match &line.kind {
                ExpectedKind::Output => continue,
                ExpectedKind::Typed { input, .. } => input.as_str(),
                ExpectedKind::Key(key) => key.name(),
            };
            self.add(ItemKind::Typed, typed, line.span);
        }
    }

    fn subject(&mut self, subject: &Subject, span: Span) {
        let Some((text, exact)) = request(subject) else { return };
        self.add(ItemKind::Claim, &text, span);
        if let Some(item) = self.items.last_mut() {
            item.exact = exact;
        }
    }

    fn add(&mut self, kind: ItemKind, text: &str, span: Span) {
        self.items.push(Item {
            lesson: self.lesson.id.clone(),
            step: self.step.cloned(),
            line: self.lesson.source.position(span.start).line,
            kind,
            text: text.to_owned(),
            exact: Vec::new(),
        });
    }
}

/// Returns the command or request that evaluates a claim or a question, as text, and the fields that are hashed. Two
/// different subjects never have both the same text and the same fields. Returns `None` if the evaluation only inspects
/// the engine or the lesson's directory.
fn request(subject: &Subject) -> Option<(String, Vec<String>)> {
    match subject {
        Subject::Run { argv, inside } => {
            let place = inside.as_ref().map_or_else(String::new, |container| format!("in {container}: "));
            // The text shows the command as a person would type it. Quotation marks show the end of each argument.
            let command = argv.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ");
            Some((format!("{place}{command}"), inside.iter().chain(argv).cloned().collect()))
        }
        Subject::Http(url) => Some((format!("http {url}"), vec![url.clone()])),
        Subject::Registry(repository) => Some((format!("registry {repository}"), vec![repository.clone()])),
        _ => None,
    }
}
