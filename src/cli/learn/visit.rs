//! One visit to a lesson: earlier progress, the lesson's engine and directories, and what stays.

use std::time::SystemTime;

use tracing::{Instrument as _, info_span, warn};

use super::LearnSession;
use super::place::PreparedLesson;
use crate::cli::scratch::Scratch;
use crate::cli::{Failure, FailureKind};
use crate::learn::{self, ExitReason, LessonSession, ProgressRecord, ReviewQuestion};
use crate::lesson::{Lesson, LessonFile, Plan, plan};
use crate::lesson_state::StepResult;
use crate::progress::{
    Answered, History, Moment, ProgressEvent, QuizKey, Status, What, opening_questions, quizzes, step_key,
};
use crate::terminal::PageStyle;
use crate::transcript::sanitise;

/// How many questions of earlier lessons a lesson begins with.
const OPENING: usize = 2;

impl LearnSession<'_> {
    /// Teaches a lesson, from finding its engine to leaving that as it was.
    pub(super) fn visit(&self, file: &LessonFile) -> Result<ExitReason, Failure> {
        let scratch = Scratch::new(&format!("l{}", std::process::id()))?;
        let work = async {
            let mut made = self.place(file, scratch.path()).await?;
            let plan = plan(&file.lesson, &made.env.conditions);
            let left = if let Some(need) = &plan.missing {
                Err(Failure::new(FailureKind::Machine, "learn-missing").with("need", need.clone()))
            } else {
                self.teach(file, &plan, &mut made).await
            };
            if let Some(guard) = made.guard.take() {
                guard.gateway.stop().await;
            }
            match made.sandbox.take() {
                Some(sandbox) => drop(sandbox.stop().await),
                None if left.is_ok() && !matches!(left, Ok(ExitReason::TerminalGone)) => {
                    self.tidy(&made.env.engine, file, matches!(left, Ok(ExitReason::Done))).await;
                }
                None => {}
            }
            left
        };
        let span = info_span!("lesson", id = %file.lesson.id);
        let left = self.runtime.block_on(work.instrument(span));
        let _ = std::fs::remove_dir_all(scratch.path());
        left
    }

    async fn teach(&self, file: &LessonFile, plan: &Plan, made: &mut PreparedLesson) -> Result<ExitReason, Failure> {
        let lesson = &file.lesson;
        let mut progress = self.settings.progress(&self.words);
        let history = progress.history();
        let done = done(lesson, &history);
        let begin = begin(lesson, &history, &done);
        let earlier = if begin == 0 && done.is_empty() { self.earlier(lesson, &history) } else { Vec::new() };
        let known = self.images(file);
        let mut record = |record: ProgressRecord| {
            let at = Moment::from(SystemTime::now());
            let notice = progress.record(&ProgressEvent { at, what: what(lesson, record) });
            let words = &self.words;
            notice.map(|notice| {
                warn!(notice = notice.key(), "progress");
                let args: Vec<(&str, String)> =
                    notice.args().into_iter().map(|(name, value)| (name, sanitise(&value))).collect();
                let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
                words.say(notice.key(), &args)
            })
        };
        let settings = &self.settings;
        let width = settings.width.clamp(20, 100);
        let session = LessonSession {
            lesson,
            plan,
            env: &made.env,
            history: Some(made.history.clone()),
            engine_name: made.engine_name.clone(),
            guard: made.guard.as_mut(),
            style: PageStyle { width, color: self.palette, plain: self.is_plain(), lang: settings.lang },
            done,
            begin,
            review_questions: earlier,
            known: &known,
            record: &mut record,
        };

        if self.watch {
            let host = made.env.variables.iter().find(|(name, _)| name == "DOCKER_HOST").map(|(_, host)| host.as_str());
            let line = host.map(|host| format!("`export DOCKER_HOST={host}`"));
            learn::watch(session, line.as_deref()).await.map_err(|error| failed(error.into()))
        } else {
            learn::teach(session).await.map_err(|error| failed(error.into()))
        }
    }

    /// Questions of earlier lessons, those that are due first.
    fn earlier<'a>(&'a self, lesson: &Lesson, history: &History) -> Vec<ReviewQuestion<'a>> {
        let lang = self.settings.lang.tag();
        let files = self.courses.courses.iter().flat_map(|course| crate::menu::CourseList::lessons(course, lang));
        let all: Vec<(QuizKey, &Lesson, _)> = files
            .flat_map(|file| quizzes(&file.lesson).into_iter().map(move |(key, quiz)| (key, &file.lesson, quiz)))
            .collect();
        let exists = |key: &QuizKey| all.iter().any(|(one, _, _)| one == key);
        let chosen = opening_questions(history, &lesson.id, Moment::from(SystemTime::now()), OPENING, &exists);
        let find = |key: QuizKey| {
            let (_, lesson, quiz) = all.iter().find(|(one, _, _)| *one == key)?;
            Some(ReviewQuestion { key, lesson, quiz })
        };
        chosen.into_iter().filter_map(find).collect()
    }

    /// Names of images that the lesson's course knows.
    fn images(&self, file: &LessonFile) -> Vec<String> {
        let course = self.course_of(file).into_iter().flat_map(|course| &course.lessons);
        let fronts = course.chain([file]).map(|file| &file.lesson.front);
        let mut known: Vec<String> =
            fronts.flat_map(|front| front.have.iter().chain(&front.images)).map(|image| image.value.clone()).collect();
        known.sort();
        known.dedup();
        known
    }
}

/// Steps done in former visits.
fn done(lesson: &Lesson, history: &History) -> Vec<(usize, StepResult)> {
    let done = |(at, step)| match history.passed(&step_key(lesson, step)) {
        Status::Passed => Some((at, StepResult::Passed)),
        Status::Helped => Some((at, StepResult::Helped)),
        Status::Skipped => Some((at, StepResult::Skipped)),
        _ => None,
    };
    lesson.steps.iter().enumerate().filter_map(done).collect()
}

/// The step where the learner stopped, or the one after it if that is done.
fn begin(lesson: &Lesson, history: &History, done: &[(usize, StepResult)]) -> usize {
    let is_done = |step: usize| done.iter().any(|(at, _)| *at == step);
    if history.finished(&lesson.id) && (0..lesson.steps.len()).all(is_done) {
        return 0;
    }
    let stopped = history.last().filter(|(of, _)| *of == lesson.id).map(|(_, step)| step);
    let stopped = stopped.and_then(|step| lesson.steps.iter().position(|one| one.id == step));
    match stopped {
        Some(at) if is_done(at) => (at + 1).min(lesson.steps.len().saturating_sub(1)),
        Some(at) => at,
        None => (0..lesson.steps.len()).find(|&step| !is_done(step)).unwrap_or(0),
    }
}

fn what(lesson: &Lesson, record: ProgressRecord) -> What {
    let answer = |right: Option<bool>| match right {
        Some(true) => Answered::Right,
        Some(false) => Answered::Later,
        None => Answered::Wrong,
    };
    match record {
        ProgressRecord::Reached(at) => What::Reached { lesson: lesson.id.clone(), step: lesson.steps[at].id.clone() },
        ProgressRecord::Step(at, done) => What::Step {
            key: step_key(lesson, &lesson.steps[at]),
            done: match done {
                StepResult::Passed => crate::progress::Done::Passed,
                StepResult::Helped => crate::progress::Done::Helped,
                StepResult::Skipped => crate::progress::Done::Skipped,
            },
        },
        ProgressRecord::Quiz(at, number, right) => What::Answered {
            quiz: QuizKey { lesson: lesson.id.clone(), step: lesson.steps[at].id.clone(), number },
            answer: answer(right),
        },
        ProgressRecord::ReviewQuestion(quiz, right) => What::Answered { quiz, answer: answer(right) },
        ProgressRecord::Finished => What::Finished { lesson: lesson.id.clone() },
    }
}

fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> Failure {
    Failure::new(FailureKind::Machine, "failure-runtime").because(error)
}
