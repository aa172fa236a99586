//! A session in which a lesson is learnt: its inputs, what it records, how it ends.

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
    /// The index of the first step.
    pub begin: usize,
    /// Questions of earlier lessons, asked at the beginning.
    pub review_questions: Vec<ReviewQuestion<'a>>,
    /// The names of images in the course.
    pub known: &'a [String],
    /// Records progress.
    pub record: &'a mut RecordProgress<'a>,
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
    /// The lesson was finished.
    Done,
    /// The learner wants to choose another lesson.
    Menu,
    /// The terminal is gone, or a signal ended the session.
    TerminalGone,
}
