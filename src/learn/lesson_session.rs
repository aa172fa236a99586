//! The session of a learner in a lesson: the inputs of the session, the progress to record, and the reasons why a
//! session ends.

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
    /// The step with this index was shown.
    Reached(usize),
    /// The step with this index was done.
    Step(usize, StepResult),
    /// A quiz was answered. The fields are the step, the quiz's index in the step, and the result. The result is
    /// `Some(true)` if the first answer was right, and `Some(false)` if a later answer was right. It is `None` if no
    /// answer was right.
    Quiz(usize, usize, Option<bool>),
    /// A question of an earlier lesson was answered, with a result as in [`Quiz`](Self::Quiz).
    ReviewQuestion(QuizKey, Option<bool>),
    /// The lesson was finished.
    Finished,
}

/// A question of an earlier lesson.
#[derive(Debug, Clone)]
pub struct ReviewQuestion<'a> {
    /// The key of the question.
    pub key: QuizKey,
    /// The lesson of the question.
    pub lesson: &'a Lesson,
    /// The question.
    pub quiz: &'a Quiz,
}

/// The gateway between the lesson's shell and the learner's own engine.
#[derive(Debug)]
pub struct EngineGuard {
    /// The gateway.
    pub gateway: Gateway,
    /// The events of the gateway.
    pub told: UnboundedReceiver<GatewayEvent>,
    /// The folder of the gateway's journals.
    pub journals: PathBuf,
    /// The containers and images that lists show: all, or only those of the lesson.
    pub view: View,
}

/// The outlook after a lesson: the next lesson, a finished course and due questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlook {
    /// The next lesson to learn.
    pub next: Option<NextLesson>,
    /// The course, if all of its lessons are finished.
    pub finished_course: Option<FinishedCourse>,
    /// The next questions that are due for review.
    pub questions: Option<DueQuestions>,
}

/// The lesson to learn next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextLesson {
    /// The title.
    pub title: String,
    /// The time that the lesson takes, in minutes.
    pub minutes: Option<u32>,
}

/// A course in which all lessons are finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedCourse {
    /// The title.
    pub title: String,
    /// The number of lessons in the course.
    pub lessons: usize,
    /// The number of steps in these lessons.
    pub steps: usize,
}

/// Questions that are due on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueQuestions {
    /// The number of questions.
    pub count: usize,
    /// The number of days until the questions are due; 0 if they are due now.
    pub days: u32,
}

/// Records progress. Returns a notice for the learner if there is one.
pub type RecordProgress<'a> = dyn FnMut(ProgressRecord) -> Option<String> + 'a;

/// The inputs of a session.
pub struct LessonSession<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// The plan of the lesson for this engine.
    pub plan: &'a Plan,
    /// The engine and the environment of the lesson.
    pub env: &'a LessonEnv,
    /// The gateway, if the engine is the learner's own.
    pub guard: Option<&'a mut EngineGuard>,
    /// The history file, which keeps typed commands from one session to the next.
    pub history: Option<PathBuf>,
    /// The name of the engine, as the learner sees it: `Docker 20.10.24, mesin pribadi`.
    pub engine_name: String,
    /// The style of pages.
    pub style: PageStyle,
    /// Steps that were done in earlier sessions.
    pub done: Vec<(usize, StepResult)>,
    /// The answered questions of the lesson, by step and index in the step. The value is whether the first answer was
    /// right.
    pub answered: BTreeMap<(usize, usize), bool>,
    /// The index of the step at which the session begins.
    pub begin: usize,
    /// Questions of earlier lessons that the tutor asks at the beginning.
    pub review_questions: Vec<ReviewQuestion<'a>>,
    /// The names of images in the course.
    pub known: &'a [String],
    /// Whether the lesson was finished in an earlier session.
    pub is_finished: bool,
    /// Records progress.
    pub record: &'a mut RecordProgress<'a>,
    /// Returns the outlook after the lesson was finished.
    pub outlook: &'a dyn Fn() -> Outlook,
}

impl LessonSession<'_> {
    /// Whether the learner types the commands of a block.
    pub(super) fn is_task(&self, step: usize, block: usize) -> bool {
        let runs = |action: &Action| matches!(action, Action::Run { block: at, .. } if *at == block);
        self.plan.steps.get(step).is_some_and(|planned| planned.actions.iter().any(runs))
    }
}

/// The reason why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitReason {
    /// The learner left.
    Quit,
    /// The lesson did not begin, because objects of the learner have names or ports that the lesson uses.
    Declined,
    /// The lesson was finished.
    Done,
    /// The lesson was finished, and the learner wants to continue with the next lesson.
    NextLesson,
    /// The learner wants to choose another lesson.
    Menu {
        /// Whether this visit has finished the lesson.
        is_finished: bool,
    },
    /// The terminal is gone, or a signal ended the session.
    TerminalGone,
}
