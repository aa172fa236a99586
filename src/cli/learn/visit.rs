//! Teaches one lesson: reads the earlier progress, prepares the engine and directories, and cleans up.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use tracing::{Instrument as _, info_span, warn};

use super::LearnSession;
use super::place::PreparedLesson;
use crate::cli::progress::said;
use crate::cli::scratch::Scratch;
use crate::cli::{Failure, exit};
use crate::learn::{
    self, DueQuestions, ExitReason, FinishedCourse, LessonSession, NextLesson, Outlook, ProgressRecord, ReviewQuestion,
};
use crate::lesson::{CourseFiles, Lesson, LessonFile, Plan, StepId, StepResult, plan};
use crate::menu::lessons_in;
use crate::progress::{
    Answered, History, Moment, ProgressEvent, QuizKey, REVIEW_MOST, Status, What, find_quiz, opening_questions,
    quizzes, step_key,
};
use crate::terminal::PageStyle;
use crate::transcript::sanitise;

/// The maximum number of questions about earlier lessons at the beginning of a lesson.
const OPENING: usize = 2;

impl LearnSession<'_> {
    /// Prepares the engine of a lesson, teaches the lesson, then stops the gateway or private engine.
    pub(super) fn visit(&self, file: &LessonFile) -> Result<ExitReason, Failure> {
        let scratch = Scratch::new(&format!("l{}", std::process::id()))?;
        let work = async {
            let mut made = self.place(file, scratch.path()).await?;
            let plan = plan(&file.lesson, &made.env.conditions);
            let left = if let Some(need) = &plan.missing {
                Err(Failure::new(exit::MACHINE, "learn-missing").with("need", need.clone()))
            } else {
                self.teach(file, &plan, &mut made).await
            };
            if let Some(guard) = made.guard.take() {
                guard.gateway.stop().await;
            }
            match made.sandbox.take() {
                Some(sandbox) => drop(sandbox.stop().await),
                None if left.is_ok() && !matches!(left, Ok(ExitReason::TerminalGone)) => {
                    self.tidy(&made.env.engine, file, matches!(left, Ok(ExitReason::Done | ExitReason::NextLesson)))
                        .await;
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
        let progress = RefCell::new(self.settings.progress(&self.words));
        let history = progress.borrow().history();
        let Resumption { is_finished, is_again, done, begin } = Resumption::of(lesson, &history);
        // If the learner has finished the lesson before, the tutor asks the lesson's questions again.
        let answered = if is_finished || is_again { BTreeMap::new() } else { answered(lesson, &history) };
        let earlier = if begin == 0 && done.is_empty() { self.earlier(lesson, &history) } else { Vec::new() };
        let known = self.images(file);
        let mut record = |record: ProgressRecord| {
            let at = Moment::from(SystemTime::now());
            let notice = progress.borrow_mut().record(&ProgressEvent { at, what: what(lesson, record) });
            let words = &self.words;
            notice.map(|notice| {
                warn!(notice = notice.message().0, "progress");
                said(&notice, words)
            })
        };
        let outlook = || self.outlook(file, &progress.borrow().history());
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
            answered,
            begin,
            review_questions: earlier,
            known: &known,
            is_finished,
            record: &mut record,
            outlook: &outlook,
        };

        if self.watch {
            let host = made.env.variables.iter().find(|(name, _)| name == "DOCKER_HOST").map(|(_, host)| host.as_str());
            let line = host.map(|host| format!("`export DOCKER_HOST={host}`"));
            let left = learn::watch(session, line.as_deref()).await.map_err(|error| failed(error.into()));
            if line.is_some() {
                let _ = self.dialog(|dialog| match settings.variable("DOCKER_HOST") {
                    Some(host) => dialog.say("learn-watch-restore", &[("host", &sanitise(host))]),
                    None => dialog.say("learn-watch-unset", &[]),
                });
            }
            left
        } else {
            learn::teach(session).await.map_err(|error| failed(error.into()))
        }
    }

    /// Returns the next unfinished lesson of the course, or else the first unfinished lesson.
    pub(super) fn next_lesson(&self, file: &LessonFile) -> Option<&LessonFile> {
        let history = self.settings.progress(&self.words).history();
        self.next_after(file, &history)
    }

    fn next_after(&self, file: &LessonFile, history: &History) -> Option<&LessonFile> {
        let lessons = self.lessons_beside(file);
        let at = lessons.iter().position(|one| one.id == file.id)?;
        let (before, after) = lessons.split_at(at);
        let mut open = after.iter().chain(before).filter(|one| one.id != file.id && !history.finished(&one.id));
        open.next().copied()
    }

    /// Returns all lessons of the course that contains `file`, in order.
    fn lessons_beside(&self, file: &LessonFile) -> Vec<&LessonFile> {
        let lang = file.lang.as_deref().unwrap_or_else(|| self.settings.lang.tag());
        self.course_of(file).map(|course| lessons_in([course], lang)).unwrap_or_default()
    }

    /// Returns the course that contains `file` and has the most lessons. A lesson that the person named by its file can
    /// also be in a course with fewer lessons.
    pub(super) fn course_of(&self, file: &LessonFile) -> Option<&CourseFiles> {
        let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let path = real(&file.path);
        let is_it = |one: &LessonFile| one.id == file.id && real(&one.path) == path;
        let courses = self.elsewhere.iter().chain(&self.courses);
        let with_it = courses.filter(|course| course.lessons.iter().any(is_it));
        with_it.max_by_key(|course| course.lessons.len())
    }

    /// Returns the outlook after a finished lesson: the next lesson, the finished course, and the questions that are
    /// due.
    fn outlook(&self, file: &LessonFile, history: &History) -> Outlook {
        let next = self.next_after(file, history).map(|next| NextLesson {
            title: next.lesson.title.clone(),
            minutes: next.lesson.front.minutes.as_ref().map(|minutes| minutes.value),
        });
        let lessons = self.lessons_beside(file);
        let is_whole = lessons.len() > 1 && lessons.iter().all(|one| history.finished(&one.id));
        let finished_course = self.course_of(file).filter(|_| is_whole).map(|course| FinishedCourse {
            title: course.course.title_in(self.settings.lang.tag()).to_owned(),
            lessons: lessons.len(),
            steps: lessons.iter().map(|one| one.lesson.task_count()).sum(),
        });
        Outlook { next, finished_course, questions: due(history, Moment::from(SystemTime::now())) }
    }

    /// Returns questions about earlier lessons. Questions that are due come first.
    fn earlier<'a>(&'a self, lesson: &Lesson, history: &History) -> Vec<ReviewQuestion<'a>> {
        let lang = self.settings.lang.tag();
        let files = lessons_in(&self.courses, lang);
        let exists = |key: &QuizKey| find_quiz(&files, key).is_some();
        let chosen = opening_questions(history, &lesson.id, Moment::from(SystemTime::now()), OPENING, &exists);
        let find = |key: QuizKey| {
            let (lesson, quiz) = find_quiz(&files, &key)?;
            Some(ReviewQuestion { key, lesson, quiz })
        };
        chosen.into_iter().filter_map(find).collect()
    }

    /// Returns the names of the images that the lessons of the course list.
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

/// Returns the steps that have a result from earlier visits.
fn done(lesson: &Lesson, history: &History) -> Vec<(usize, StepResult)> {
    let done = |(at, step)| match history.passed(&step_key(lesson, step)) {
        Status::Done(result) => Some((at, result)),
        _ => None,
    };
    lesson.steps.iter().enumerate().filter_map(done).collect()
}

/// Returns the lesson's questions that were answered on earlier visits, and whether the first answer was right.
fn answered(lesson: &Lesson, history: &History) -> BTreeMap<(usize, usize), bool> {
    let place = |key: &QuizKey| Some((lesson.steps.iter().position(|step| step.id == key.step)?, key.number));
    let each = quizzes(lesson).into_iter().filter_map(|(key, _)| {
        let answer = history.first_answer(&key)?;
        Some((place(&key)?, answer == Answered::Right))
    });
    each.collect()
}

/// Counts the questions that are due now. If none is due now, counts the questions of the first day on which any is
/// due. The count is at most [`REVIEW_MOST`].
fn due(history: &History, now: Moment) -> Option<DueQuestions> {
    let count = history.due(now).len();
    if count > 0 {
        return Some(DueQuestions { count: count.min(REVIEW_MOST), days: 0 });
    }
    let (days, count) = history.next_due(now)?;
    Some(DueQuestions { count: count.min(REVIEW_MOST), days })
}

/// Returns the steps that the learner opened or did, in order, since the learner last finished the lesson.
fn acts(lesson: &Lesson, history: &History) -> Vec<Act> {
    let at = |step: &StepId| lesson.steps.iter().position(|one| one.id == *step);
    let mut acts = Vec::new();
    for entry in history.entries() {
        match entry.what() {
            What::Reached { lesson: of, step } if of == lesson.id => acts.extend(at(&step).map(Act::Opened)),
            What::Step { key, .. } if key.lesson == lesson.id => acts.extend(at(&key.step).map(Act::Did)),
            What::Finished { lesson: of } if of == lesson.id => acts.clear(),
            _ => {}
        }
    }
    acts
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Opened(usize),
    Did(usize),
}

/// The state from which the learner resumes a lesson.
#[derive(Debug, PartialEq, Eq)]
struct Resumption {
    /// Whether the learner has finished the lesson in its current form and has not begun it again.
    is_finished: bool,
    /// Whether the learner has finished the lesson and begun it again.
    is_again: bool,
    /// The steps that count as done.
    done: Vec<(usize, StepResult)>,
    /// The index of the step at which the learner stopped. If the learner had done that step, the index of the next
    /// one.
    begin: usize,
}

impl Resumption {
    fn of(lesson: &Lesson, history: &History) -> Self {
        let acts = acts(lesson, history);
        let mut done = done(lesson, history);
        let mut tasks = lesson.steps.iter().enumerate().filter(|(_, step)| step.has_task());
        let was_finished = history.finished(&lesson.id) && tasks.all(|(at, _)| done.iter().any(|(one, _)| *one == at));
        // A learner who goes back to a later step of the finished lesson does not begin the lesson again.
        let is_again = was_finished && acts.contains(&Act::Opened(0));
        if is_again {
            done.retain(|(at, _)| acts.contains(&Act::Did(*at)));
        }
        let is_finished = was_finished && !acts.iter().any(|act| matches!(act, Act::Opened(_)));
        let begin = if is_finished { 0 } else { begin(lesson, acts.last().copied(), &done) };
        Self { is_finished, is_again, done, begin }
    }
}

fn begin(lesson: &Lesson, last: Option<Act>, done: &[(usize, StepResult)]) -> usize {
    let is_done = |step: usize| done.iter().any(|(at, _)| *at == step);
    let mut steps = lesson.steps.iter().enumerate().filter(|(_, step)| !step.is_notes);
    match last {
        Some(Act::Did(at)) if is_done(at) => steps.map(|(step, _)| step).find(|step| *step > at).unwrap_or(at),
        Some(Act::Opened(at) | Act::Did(at)) => at,
        None if done.is_empty() => 0,
        None => steps.find(|(at, step)| step.has_task() && !is_done(*at)).map_or(0, |(at, _)| at),
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
        ProgressRecord::Step(at, done) => What::Step { key: step_key(lesson, &lesson.steps[at]), done },
        ProgressRecord::Quiz(at, number, right) => What::Answered {
            quiz: QuizKey { lesson: lesson.id.clone(), step: lesson.steps[at].id.clone(), number },
            answer: answer(right),
        },
        ProgressRecord::ReviewQuestion(quiz, right) => What::Answered { quiz, answer: answer(right) },
        ProgressRecord::Finished => What::Finished { lesson: lesson.id.clone() },
    }
}

fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> Failure {
    Failure::new(exit::MACHINE, "failure-runtime").because(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::progress::{Entry, StepKey};
    use crate::text::Source;

    fn answer(at: i64, number: usize, answer: Answered) -> Entry {
        let quiz = QuizKey { lesson: LessonId("l".into()), step: StepId("s".into()), number };
        Entry::new(format!("{at}-{number}"), &ProgressEvent { at: Moment(at), what: What::Answered { quiz, answer } })
            .unwrap()
    }

    #[test]
    fn closing_screen_announces_at_most_the_questions_of_one_review() {
        let history: History = (0..31).map(|number| answer(0, number, Answered::Wrong)).collect();
        assert_eq!(due(&history, Moment(1)), Some(DueQuestions { count: REVIEW_MOST, days: 1 }));
        assert_eq!(due(&history, Moment(9 * 86_400_000)), Some(DueQuestions { count: REVIEW_MOST, days: 0 }));
    }

    #[test]
    fn lesson_resumes_at_the_step_where_the_learner_stopped() {
        let step = |id: &str| format!("## {id} {{#{id}}}\n\n```console\n$ docker ps\n```\n\n");
        let text = format!("# K\n\n{}{}{}", step("s0"), step("s1"), step("s2"));
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let key = |at: usize| -> StepKey { step_key(&lesson, &lesson.steps[at]) };
        let opened = |at: usize| What::Reached { lesson: lesson.id.clone(), step: lesson.steps[at].id.clone() };
        let did = |at: usize| What::Step { key: key(at), done: StepResult::Passed };
        let finished = || What::Finished { lesson: lesson.id.clone() };
        let elsewhere = || What::Reached { lesson: LessonId("m".into()), step: StepId("s2".into()) };
        let all = || vec![opened(0), did(0), opened(1), did(1), opened(2), did(2), finished()];
        let with = |more: Vec<What>| all().into_iter().chain(more).collect::<Vec<_>>();
        for (acts, begin, is_finished, is_again) in [
            (vec![], 0, false, false),
            (vec![opened(0), did(0)], 1, false, false),
            (vec![opened(0), did(0), opened(1)], 1, false, false),
            // The lesson was begun again, or a step was opened again.
            (vec![opened(0), did(0), opened(1), did(1), opened(0)], 0, false, false),
            (vec![opened(0), did(0), opened(1), did(1), opened(0), did(0)], 1, false, false),
            (vec![opened(0), did(0), opened(2), elsewhere()], 2, false, false),
            (all(), 0, true, false),
            (with(vec![elsewhere()]), 0, true, false),
            (with(vec![opened(0)]), 0, false, true),
            (with(vec![opened(0), did(0), opened(1)]), 1, false, true),
            (with(vec![opened(1)]), 1, false, false),
            (with(vec![opened(1), did(1), opened(2)]), 2, false, false),
        ] {
            let entry = |(at, what): (usize, &What)| {
                let at = Moment(i64::try_from(at).unwrap());
                Entry::new(format!("{}", at.0), &ProgressEvent { at, what: what.clone() }).unwrap()
            };
            let history: History = acts.iter().enumerate().map(entry).collect();
            let found = Resumption::of(&lesson, &history);
            assert_eq!((found.begin, found.is_finished, found.is_again), (begin, is_finished, is_again), "{acts:?}");
            let did =
                acts.iter().rev().take_while(|act| **act != finished()).filter(|act| matches!(act, What::Step { .. }));
            assert!(!is_again || found.done.len() == did.count(), "{acts:?}: {:?}", found.done);
            let has_finished = acts.contains(&finished());
            assert!(is_again || !has_finished || found.done.len() == 3, "{acts:?}: {:?}", found.done);
        }
    }

    #[test]
    fn questions_of_earlier_visits_keep_their_first_answers() {
        let quiz = "```quiz\nask: Apa?\noptions:\n  - text: a\n    right: true\n  - text: b\n    why: c\n```\n\n";
        let text = format!("# K\n\n## s {{#s}}\n\n{}", quiz.repeat(3));
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let history: History = [
            answer(1, 0, Answered::Wrong),
            answer(2, 0, Answered::Right),
            answer(3, 2, Answered::Right),
            answer(4, 9, Answered::Right),
        ]
        .into_iter()
        .collect();
        assert_eq!(answered(&lesson, &history), BTreeMap::from([((0, 0), false), ((0, 2), true)]));
    }
}
