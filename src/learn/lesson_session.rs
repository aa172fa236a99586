//! A session in which a lesson is learnt: its inputs, what it records, how it ends.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tokio::sync::mpsc::UnboundedReceiver;

use crate::driver::LessonEnv;
use crate::gateway::{Gateway, GatewayEvent, View};
use crate::lesson::{Action, Lesson, Plan, Quiz};
use crate::lesson_state::StepResult;
use crate::progress::QuizKey;
use crate::terminal::PageStyle;

/// Progress to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProgressRecord {
    /// A step was shown.
    Reached(usize),
    /// A step was done.
    Step(usize, StepResult),
    /// A quiz (its step, its index in the step) was answered: right at once, right later, or wrong.
    Quiz(usize, usize, Option<bool>),
    /// A question of an earlier lesson was answered.
    ReviewQuestion(QuizKey, Option<bool>),
    /// The lesson was finished.
    Finished,
}

/// A question of an earlier lesson.
#[derive(Debug, Clone)]
pub struct ReviewQuestion<'a> {
    /// Its key.
    pub key: QuizKey,
    /// Its lesson.
    pub lesson: &'a Lesson,
    /// The question.
    pub quiz: &'a Quiz,
}

/// The gateway between the lesson's shell and the learner's own engine.
#[derive(Debug)]
pub struct EngineGuard {
    /// The gateway.
    pub gateway: Gateway,
    /// Its events.
    pub told: UnboundedReceiver<GatewayEvent>,
    /// The folder of the gateway's journals.
    pub journals: PathBuf,
    /// Which containers and images lists show.
    pub view: View,
}

/// What comes after a lesson.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlook {
    /// The next lesson to learn.
    pub next: Option<NextLesson>,
    /// The course, if all of its lessons are finished.
    pub finished_course: Option<FinishedCourse>,
    /// Questions to answer again.
    pub questions: Option<DueQuestions>,
}

/// The lesson to learn next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextLesson {
    /// Its title.
    pub title: String,
    /// How long it takes.
    pub minutes: Option<u32>,
}

/// A course of which all lessons are finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedCourse {
    /// Its title.
    pub title: String,
    /// The number of its lessons.
    pub lessons: usize,
    /// The number of their steps.
    pub steps: usize,
}

/// Questions that are due on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueQuestions {
    /// Their number.
    pub count: usize,
    /// In how many days; 0 if they are due now.
    pub days: u32,
}

/// Records progress. Returns a notice for the learner if there is one.
pub type RecordProgress<'a> = dyn FnMut(ProgressRecord) -> Option<String> + 'a;

/// The inputs of a session.
pub struct LessonSession<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// Its plan for this engine.
    pub plan: &'a Plan,
    /// Its engine and environment.
    pub env: &'a LessonEnv,
    /// The gateway, if the engine is the learner's own.
    pub guard: Option<&'a mut EngineGuard>,
    /// Where commands are remembered from one session to the next.
    pub history: Option<PathBuf>,
    /// The name of the engine for the learner: `Docker 20.10.24, mesin pribadi`.
    pub engine_name: String,
    /// The style of pages.
    pub style: PageStyle,
    /// Steps that were done in earlier sessions.
    pub done: Vec<(usize, StepResult)>,
    /// The questions of the lesson that were answered, by step and index in the step: whether right at the first attempt.
    pub answered: BTreeMap<(usize, usize), bool>,
    /// The index of the first step.
    pub begin: usize,
    /// Questions of earlier lessons, asked at the beginning.
    pub review_questions: Vec<ReviewQuestion<'a>>,
    /// The names of images in the course.
    pub known: &'a [String],
    /// Whether the lesson was finished in an earlier session.
    pub is_finished: bool,
    /// Records progress.
    pub record: &'a mut RecordProgress<'a>,
    /// Finds what comes after the lesson, once it is finished.
    pub outlook: &'a dyn Fn() -> Outlook,
}

impl LessonSession<'_> {
    /// Whether the learner types the commands of a block.
    pub(super) fn is_task(&self, step: usize, block: usize) -> bool {
        let runs = |action: &Action| matches!(action, Action::Run { block: at, .. } if *at == block);
        self.plan.steps.get(step).is_some_and(|planned| planned.actions.iter().any(runs))
    }
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitReason {
    /// The learner left.
    Quit,
    /// The learner did not want to begin, because objects of theirs have names that the lesson uses.
    Declined,
    /// The lesson was finished.
    Done,
    /// The lesson was finished, and the learner wants the next one.
    NextLesson,
    /// The learner wants to choose another lesson.
    Menu,
    /// The terminal is gone, or a signal ended the session.
    TerminalGone,
}
