//! Asks questions at a terminal.
//!
//! `judge` decides with pure functions whether an answer is right. `put` asks a question and shows the verdict.
//! `person` reads the answers: with a cursor (`inquire`), or line by line if there is no terminal or the style is
//! plain. Questions and verdicts go to standard error, like all messages to people. Esc and Ctrl-C leave a question and
//! restore the terminal. If `person` reads line by line, an empty line also leaves a question. A tutor command is
//! carried out, unless its text is the right answer.

mod command;
mod fold;
pub mod judge;
mod person;
mod put;
mod response;
mod stdin;

use std::io::{self, IsTerminal as _};

use serde_json::Value;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::claims::{Facts, InfraFailure, InfraFailureKind, Question, subject_text, values_at};
use crate::docker_cli::{DockerCommand, are_alike, docker_commands};
use crate::engine::{ClaimContext, Engine};
use crate::lesson::{Block, FactQuestion, FileBlock, Lesson, Mistake, Quiz, QuizAnswer, Step, Subject, Transcript};
use crate::terminal::{self, PageStyle};
use crate::transcript::sanitise;
use crate::words::{Lang, Words};
use judge::TypedMistake;
use person::{Cursor, Lines, Person};
use put::Asker;
use response::Response;
pub use response::{CommandParser, QuizCommand};

/// The outcome of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuizOutcome {
    /// The answer was right.
    Right {
        /// Whether the first answer was right.
        first_try: bool,
    },
    /// The right answer was shown, after wrong answers or because the person asked for it.
    Wrong,
    /// The person left the question.
    Left,
    /// The person asked to skip the question.
    Skipped,
    /// The person asked to leave the lesson.
    Away {
        /// Whether the person wants to see the menu.
        menu: bool,
    },
    /// The right answer is unknown, because the engine did not give the answer. Such a failure is never the person's
    /// fault.
    Broken(InfraFailure),
}

/// The reason why a question could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum QuizError {
    /// The terminal cannot be read or written.
    #[error("the terminal")]
    Terminal(#[source] io::Error),
    /// The thread that asked the question has ended.
    #[error("the question was lost")]
    Lost,
}

/// An exercise in which the learner puts parts in order or fills gaps.
#[derive(Debug, Clone, Copy)]
pub enum Exercise<'a> {
    /// An exercise with commands.
    Transcript(&'a Transcript),
    /// An exercise with the lines of a file.
    File(&'a FileBlock),
}

impl<'a> Exercise<'a> {
    /// Returns the exercise in a block; `None` if the block has neither `shuffle` nor `blank`.
    #[must_use]
    pub fn of(block: &'a Block) -> Option<Self> {
        match block {
            Block::Transcript(transcript) if transcript.attrs.shuffle || transcript.attrs.blank => {
                Some(Self::Transcript(transcript))
            }
            Block::File(file) if file.attrs.shuffle || file.attrs.blank => Some(Self::File(file)),
            _ => None,
        }
    }

    /// Returns the parts to put in order: commands, or the lines of a file. Lines that `\` joins stay together.
    #[must_use]
    pub fn parts(self) -> Vec<String> {
        match self {
            Self::Transcript(transcript) => transcript.commands.iter().map(|command| sanitise(&command.text)).collect(),
            Self::File(file) => {
                let mut parts: Vec<String> = Vec::new();
                let mut continued = false;
                for line in sanitise(&file.content).lines() {
                    match parts.last_mut() {
                        Some(last) if continued || line.trim().is_empty() => {
                            last.push('\n');
                            last.push_str(line);
                        }
                        _ => parts.push(line.to_owned()),
                    }
                    continued = line.trim_end().ends_with('\\');
                }
                parts.into_iter().map(|part| part.trim_end().to_owned()).collect()
            }
        }
    }

    /// Returns the pieces that may have gaps: commands, or the lines of a file.
    fn pieces(self) -> Vec<String> {
        match self {
            Self::Transcript(transcript) => transcript.commands.iter().map(|command| command.text.clone()).collect(),
            Self::File(file) => file.content.lines().map(str::to_owned).collect(),
        }
    }
}

/// An exercise with gaps to fill.
#[derive(Debug, Clone)]
pub struct BlankExercise<'a> {
    /// The commands or the file with the gaps.
    pub gapped: Exercise<'a>,
    /// The right commands or files.
    pub solutions: Vec<Exercise<'a>>,
    /// The known mistakes of the lesson.
    pub mistakes: Vec<TypedMistake>,
}

impl<'a> BlankExercise<'a> {
    /// Returns the exercise in block number `block` of the step; `None` if that block has no gaps.
    #[must_use]
    pub fn of(step: &'a Step, block: usize) -> Option<Self> {
        let content = step.blocks.get(block)?;
        let is_blank = match content {
            Block::Transcript(transcript) => transcript.attrs.blank,
            Block::File(file) => file.attrs.blank,
            _ => false,
        };
        let gapped = Exercise::of(content).filter(|_| is_blank)?;
        let solutions = solutions(step, block);
        let mut mistakes = typed_mistakes(step, block);
        mistakes.retain(|mistake| !advises_another_change(&mistake.say, &solutions));
        Some(Self { gapped, solutions, mistakes })
    }
}

/// Whether a text has a docker command in backquotes that changes something and is unlike the right commands. Such a
/// command repairs the result of an earlier command, but in an exercise no command has run.
fn advises_another_change(say: &str, solutions: &[Exercise<'_>]) -> bool {
    let is_right = |line: &str| solutions.iter().flat_map(|one| one.parts()).any(|right| are_alike(&right, line));
    say.split('`').skip(1).step_by(2).any(|line| {
        let changes = |call: &DockerCommand| !call.only_looks() && call.first().is_some();
        docker_commands(line).iter().any(changes) && !is_right(line)
    })
}

/// Returns the mistakes of the checks after the exercise in block number `block` of the step, if these mistakes depend
/// only on the typed command.
fn typed_mistakes(step: &Step, block: usize) -> Vec<TypedMistake> {
    let behind = step.blocks.iter().skip(block + 1).skip_while(|block| !matches!(block, Block::Check(_)));
    let checks = behind.map_while(|block| if let Block::Check(check) = block { Some(check) } else { None });
    let mistakes = checks.flat_map(|check| &check.mistakes).filter(|mistake| mistake.when.asks.is_empty());
    let typed = |mistake: &Mistake| match &mistake.when.subject {
        Subject::Ran(when) => Some(TypedMistake { when: when.clone(), say: mistake.say.value.clone() }),
        _ => None,
    };
    mistakes.filter_map(typed).collect()
}

/// Returns the `solution` fences of the exercise with gaps in block number `blank` of the step.
fn solutions(step: &Step, blank: usize) -> Vec<Exercise<'_>> {
    let rest = step.blocks.iter().skip(blank + 1).filter(|block| !matches!(block, Block::Prose(_)));
    let attrs = |block: &Block| match block {
        Block::Transcript(transcript) => Some((transcript.attrs.blank, transcript.attrs.solution)),
        Block::File(file) => Some((file.attrs.blank, file.attrs.solution)),
        _ => None,
    };
    rest.skip_while(|block| attrs(block).is_some_and(|(blank, _)| blank))
        .take_while(|block| attrs(block).is_some_and(|(_, solution)| solution))
        .filter_map(|block| match block {
            Block::Transcript(transcript) => Some(Exercise::Transcript(transcript)),
            Block::File(file) => Some(Exercise::File(file)),
            _ => None,
        })
        .collect()
}

/// Asks `quiz`. For a fact, gets the right answer from `engine` first.
///
/// # Errors
/// If the terminal cannot be read or written.
pub async fn ask(
    quiz: &Quiz,
    lesson: &Lesson,
    words: &Words,
    style: &PageStyle,
    engine: Option<&Engine>,
    parse_command: CommandParser,
    random: &mut fastrand::Rng,
) -> Result<QuizOutcome, QuizError> {
    let facts = match &quiz.answer {
        QuizAnswer::Fact(question) => match look_up(question, lesson, engine).await {
            Ok(facts) => Some(facts),
            Err(trouble) => return Ok(QuizOutcome::Broken(trouble)),
        },
        _ => None,
    };
    let quiz = quiz.clone();
    let mut random = random.fork();
    put(words.lang(), *style, parse_command, move |asker| {
        let there: Vec<&Value> = match (&quiz.answer, &facts) {
            (QuizAnswer::Fact(question), Some(facts)) => values_at(facts, &question.path),
            _ => Vec::new(),
        };
        asker.quiz(&quiz, &there, &mut random)
    })
    .await
}

async fn look_up(question: &FactQuestion, lesson: &Lesson, engine: Option<&Engine>) -> Result<Facts, InfraFailure> {
    let trouble = |kind, detail: String| InfraFailure { kind, detail };
    let Some(engine) = engine else { return Err(trouble(InfraFailureKind::EngineGone, String::new())) };
    let dir = std::path::Path::new(lesson.source.name()).parent().unwrap_or_else(|| std::path::Path::new("."));
    let scene = ClaimContext { since: engine.now().await?, ran: &[], dir, namespaces: None, label: None };
    let facts = engine.facts(&Question { subject: question.subject.clone(), on: None }, &scene).await?;
    let there = values_at(&facts, &question.path);
    if judge::fact(question.compare, &there, "").is_none() {
        let image = matches!(question.subject, Subject::Image(_)) && facts == Facts::Absent;
        let kind = if image { InfraFailureKind::NoImage } else { InfraFailureKind::Other };
        return Err(trouble(kind, subject_text(&question.subject)));
    }
    Ok(facts)
}

/// Asks the person to put the parts of an exercise with `shuffle` in order.
///
/// # Errors
/// If the terminal cannot be read or written.
pub async fn parsons(
    exercise: Exercise<'_>,
    words: &Words,
    style: &PageStyle,
    parse_command: CommandParser,
    random: &mut fastrand::Rng,
) -> Result<QuizOutcome, QuizError> {
    let parts = exercise.parts();
    let key = match exercise {
        Exercise::Transcript(_) => "quiz-shuffle-commands",
        Exercise::File(_) => "quiz-shuffle-lines",
    };
    let mut random = random.fork();
    put(words.lang(), *style, parse_command, move |asker| {
        asker.title("quiz-exercise")?;
        asker.say(key)?;
        asker.order(&parts, &mut random)
    })
    .await
}

/// Asks the person to fill the gaps of an exercise with `blank`, one command (or line of a file) after another.
///
/// # Errors
/// If the terminal cannot be read or written.
pub async fn blank(
    exercise: BlankExercise<'_>,
    words: &Words,
    style: &PageStyle,
    parse_command: CommandParser,
) -> Result<QuizOutcome, QuizError> {
    let BlankExercise { gapped, solutions, mistakes } = exercise;
    let pieces = gapped.pieces();
    let solutions: Vec<Vec<String>> = solutions.iter().map(|solution| solution.pieces()).collect();
    let shown = match gapped {
        Exercise::Transcript(transcript) => terminal::transcript(transcript, style),
        Exercise::File(file) => terminal::file(file, style),
    };
    put(words.lang(), *style, parse_command, move |asker| {
        asker.title("quiz-exercise")?;
        asker.person.show(&shown)?;
        let mut all = QuizOutcome::Right { first_try: true };
        let with_gaps = || pieces.iter().enumerate().filter(|(_, piece)| piece.contains(command::GAP));
        let of = with_gaps().count();
        for (number, (index, piece)) in with_gaps().enumerate() {
            let place = (of > 1).then_some((number + 1, of));
            let right: Vec<String> = solutions.iter().filter_map(|pieces| pieces.get(index).cloned()).collect();
            match asker.blank(piece, &right, &mistakes, place)? {
                QuizOutcome::Right { first_try: false } if all != QuizOutcome::Wrong => {
                    all = QuizOutcome::Right { first_try: false }
                }
                QuizOutcome::Right { .. } => {}
                QuizOutcome::Wrong => all = QuizOutcome::Wrong,
                other => return Ok(other),
            }
        }
        Ok(all)
    })
    .await
}

/// Returns the keys that the last question has read but not used. The caller passes these keys to the next reader.
#[must_use]
pub fn take_read_ahead() -> Vec<u8> {
    if io::stdin().is_terminal() { person::read_ahead() } else { Vec::new() }
}

type Anybody<'w> = Box<dyn Person + 'w>;

/// Asks `question` on a thread that may block.
async fn put(
    lang: Lang,
    style: PageStyle,
    parse_command: CommandParser,
    question: impl FnOnce(&mut Asker<'_, Anybody<'_>>) -> Result<QuizOutcome, QuizError> + Send + 'static,
) -> Result<QuizOutcome, QuizError> {
    let cursor = !style.plain && io::stdin().is_terminal() && io::stderr().is_terminal();
    // Listen for Ctrl-C now, because Ctrl-C must have an effect as soon as the question is visible.
    let interrupt = (!cursor).then(|| signal(SignalKind::interrupt())).transpose().map_err(QuizError::Terminal)?;
    let (stop, stopper) = rustix::pipe::pipe().map_err(|error| QuizError::Terminal(error.into()))?;
    let asking = tokio::task::spawn_blocking(move || {
        if cursor {
            person::forget_keys();
        }
        let words = Words::new(lang);
        let person: Anybody<'_> = if cursor {
            Box::new(Cursor { words: &words, style, parse_command })
        } else {
            Box::new(Lines {
                words: &words,
                width: style.width,
                parse_command,
                input: stdin::Input::new(stop),
                output: io::stderr(),
            })
        };
        question(&mut Asker { person, words: &words, style, parse_command })
    });
    let mut asking = std::pin::pin!(asking);
    // If the question has a cursor, Ctrl-C arrives as a key. If answers are read line by line, Ctrl-C arrives as a
    // signal.
    let answer = tokio::select! {
        answer = &mut asking => answer,
        () = next_signal(interrupt) => {
            drop(stopper);
            asking.await
        }
    };
    answer.map_err(|_| QuizError::Lost)?
}

/// Waits for a signal. Waits forever if there is no listener.
async fn next_signal(listener: Option<Signal>) {
    match listener {
        Some(mut listener) => drop(listener.recv().await),
        None => std::future::pending().await,
    }
}

impl Person for Anybody<'_> {
    fn show(&mut self, text: &str) -> Result<(), QuizError> {
        (**self).show(text)
    }

    fn choose(&mut self, prompt: &str, options: &[String]) -> Result<Response<usize>, QuizError> {
        (**self).choose(prompt, options)
    }

    fn choose_many(&mut self, prompt: &str, options: &[String]) -> Result<Response<Vec<usize>>, QuizError> {
        (**self).choose_many(prompt, options)
    }

    fn arrange(&mut self, options: &[String]) -> Result<Response<Vec<usize>>, QuizError> {
        (**self).arrange(options)
    }

    fn type_in(&mut self, prompt: &str) -> Result<Response<String>, QuizError> {
        (**self).type_in(prompt)
    }
}
