//! A visit to a lesson: what it is given, what it tells, how it ends.

use std::path::PathBuf;

use tokio::sync::mpsc::UnboundedReceiver;

use super::LessonEnv;
use crate::gateway::{Gateway, Told, View};
use crate::lesson::{Action, Lesson, Plan, Quiz};
use crate::lesson_state::StepResult;
use crate::progress::QuizKey;
use crate::terminal::PageStyle;

/// What is to be remembered of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProgressRecord {
    /// A step was opened.
    Reached(usize),
    /// A step was done.
    Step(usize, StepResult),
    /// A quiz (step, its number in the step) was answered rightly at once, later, or not.
    Quiz(usize, usize, Option<bool>),
    /// A question of an earlier lesson was.
    ReviewQuestion(QuizKey, Option<bool>),
    /// The lesson was gone through to its end.
    Finished,
}

/// A question of an earlier lesson.
#[derive(Debug, Clone)]
pub struct ReviewQuestion<'a> {
    /// Which one.
    pub key: QuizKey,
    /// Its lesson.
    pub lesson: &'a Lesson,
    /// The question.
    pub quiz: &'a Quiz,
}

/// What stands between the lesson's shell and the learner's own engine.
#[derive(Debug)]
pub struct EngineGuard {
    /// The gateway.
    pub gateway: Gateway,
    /// What happens at it.
    pub told: UnboundedReceiver<Told>,
    /// The folder of the sessions' journals.
    pub journals: PathBuf,
    /// What lists show.
    pub view: View,
}

/// Remembers something; what the learner is to know about how that went comes back.
pub type RecordProgress<'a> = dyn FnMut(ProgressRecord) -> Option<String> + 'a;

/// How a visit is made.
pub struct LessonSession<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// What to do for it on this engine.
    pub plan: &'a Plan,
    /// Where.
    pub env: &'a LessonEnv,
    /// The gateway, on an engine of the learner's own.
    pub guard: Option<&'a mut EngineGuard>,
    /// How pages are drawn.
    pub style: PageStyle,
    /// Steps done in former visits.
    pub done: Vec<(usize, StepResult)>,
    /// Where to begin.
    pub begin: usize,
    /// Questions of earlier lessons to open with.
    pub review_questions: Vec<ReviewQuestion<'a>>,
    /// Names of images that the course knows.
    pub known: &'a [String],
    /// Told what is to be remembered.
    pub record: &'a mut RecordProgress<'a>,
}

impl LessonSession<'_> {
    /// Whether a block's commands are for the learner to type.
    pub(super) fn is_task(&self, step: usize, block: usize) -> bool {
        let runs = |action: &Action| matches!(action, Action::Run { block: at, .. } if *at == block);
        self.plan.steps.get(step).is_some_and(|planned| planned.actions.iter().any(runs))
    }
}

/// How a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitReason {
    /// The person left.
    Quit,
    /// The lesson was gone through to its end.
    Done,
    /// The person wants to choose another lesson.
    Menu,
    /// The terminal or the system ended it.
    TerminalGone,
}
