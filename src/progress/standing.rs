//! Determines how much of a lesson a learner has completed.

use super::digest::step_digest;
use super::entry::{Moment, QuizKey, StepKey};
use super::history::{History, Status};
use super::spacing::{SAME_DAY, Schedule};
use crate::lesson::{Block, Lesson, LessonFile, LessonId, Quiz, Step, StepResult};

/// The progress in a lesson. Only steps with a task count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The number of steps with a task.
    pub steps: usize,
    /// The number of passed steps, with or without help.
    pub passed: usize,
    /// The number of steps that were passed with help.
    pub helped: usize,
    /// The number of skipped steps.
    pub skipped: usize,
    /// The number of steps that were passed only in an earlier version.
    pub changed: usize,
    /// Whether the lesson was completed at least once.
    pub finished: bool,
}

impl Standing {
    /// Whether the learner has nothing left to do in the lesson.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.passed == self.steps && (self.steps > 0 || self.finished)
    }

    /// Whether any step was passed or skipped.
    #[must_use]
    pub const fn is_begun(&self) -> bool {
        self.passed + self.skipped + self.changed > 0 || self.finished
    }
}

/// Returns the key of `step`.
#[must_use]
pub fn step_key(lesson: &Lesson, step: &Step) -> StepKey {
    StepKey { lesson: lesson.id.clone(), step: step.id.clone(), digest: step_digest(step) }
}

/// Returns the progress in `lesson`.
#[must_use]
pub fn standing(history: &History, lesson: &Lesson) -> Standing {
    let mut standing = Standing { finished: history.finished(&lesson.id), ..Standing::default() };
    for step in lesson.steps.iter().filter(|step| step.has_task()) {
        standing.steps += 1;
        match history.passed(&step_key(lesson, step)) {
            Status::Never => {}
            Status::Done(StepResult::Passed) => standing.passed += 1,
            Status::Done(StepResult::Helped) => {
                standing.passed += 1;
                standing.helped += 1;
            }
            Status::Done(StepResult::Skipped) => standing.skipped += 1,
            Status::ChangedSince => standing.changed += 1,
        }
    }
    standing
}

/// Returns every quiz of `lesson` with its key.
#[must_use]
pub fn quizzes(lesson: &Lesson) -> Vec<(QuizKey, &Quiz)> {
    let mut all = Vec::new();
    for step in &lesson.steps {
        let mut number = 0;
        for block in &step.blocks {
            if let Block::Quiz(quiz) = block {
                all.push((QuizKey { lesson: lesson.id.clone(), step: step.id.clone(), number }, quiz));
                number += 1;
            }
        }
    }
    all
}

/// Finds the question with this key in `lessons`.
#[must_use]
pub fn find_quiz<'a>(lessons: &[&'a LessonFile], key: &QuizKey) -> Option<(&'a Lesson, &'a Quiz)> {
    let lesson = &lessons.iter().find(|file| file.id == key.lesson)?.lesson;
    let (_, quiz) = quizzes(lesson).into_iter().find(|(one, _)| one == key)?;
    Some((lesson, quiz))
}

/// Chooses at most `count` questions from other lessons to ask at the opening of `lesson`. Questions that are due come
/// first, then questions with a wrong last answer, then the questions with the oldest answers. Prefers questions of
/// different lessons. Chooses only questions that `exists` accepts and that were not answered on the same day.
#[must_use]
pub fn opening_questions(
    history: &History,
    lesson: &LessonId,
    now: Moment,
    count: usize,
    exists: &dyn Fn(&QuizKey) -> bool,
) -> Vec<QuizKey> {
    let is_old = |schedule: &Schedule| now.0.saturating_sub(schedule.last.0) >= SAME_DAY;
    let mut open: Vec<(&QuizKey, Schedule)> = history
        .schedules()
        .filter(|(quiz, schedule)| quiz.lesson != *lesson && exists(quiz) && is_old(schedule))
        .collect();
    open.sort_by_key(|(quiz, schedule)| (!schedule.is_due(now), schedule.right, schedule.last, *quiz));
    let mut chosen: Vec<QuizKey> = Vec::new();
    for (quiz, _) in &open {
        if chosen.len() < count && !chosen.iter().any(|one| one.lesson == quiz.lesson) {
            chosen.push((*quiz).clone());
        }
    }
    for (quiz, _) in open {
        if chosen.len() < count && !chosen.contains(quiz) {
            chosen.push(quiz.clone());
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::StepId;
    use crate::progress::{Answered, Entry, ProgressEvent, What};

    const DAY: i64 = 86_400_000;

    fn quiz(lesson: &str, number: usize) -> QuizKey {
        QuizKey { lesson: LessonId(lesson.into()), step: StepId("s".into()), number }
    }

    fn history(answers: &[(i64, QuizKey, Answered)]) -> History {
        let entry = |(index, (at, quiz, answer)): (usize, &(i64, QuizKey, Answered))| {
            let what = What::Answered { quiz: quiz.clone(), answer: *answer };
            Entry::new(format!("e{index}"), &ProgressEvent { at: Moment(*at), what })
        };
        answers.iter().enumerate().filter_map(entry).collect()
    }

    #[test]
    fn longest_overdue_question_comes_first() {
        let history = history(&[
            (5, quiz("a", 0), Answered::Right),
            (1, quiz("b", 0), Answered::Wrong),
            (DAY, quiz("c", 0), Answered::Right),
        ]);
        assert_eq!(history.due(Moment(DAY + 5)), [quiz("b", 0), quiz("a", 0)]);
        assert_eq!(history.due(Moment(0)), []);
    }

    #[test]
    fn lesson_opens_with_due_then_wrong_then_old_questions() {
        let history = history(&[
            (0, quiz("a", 0), Answered::Right),
            (0, quiz("a", 1), Answered::Right),
            (9 * DAY, quiz("b", 0), Answered::Wrong),
            (9 * DAY, quiz("c", 0), Answered::Right),
            (0, quiz("gone", 0), Answered::Right),
        ]);
        let now = Moment(9 * DAY + SAME_DAY);
        let exists = |quiz: &QuizKey| quiz.lesson.0 != "gone";
        let ask = |lesson: &str, count| opening_questions(&history, &LessonId(lesson.into()), now, count, &exists);
        assert_eq!(ask("d", 2), [quiz("a", 0), quiz("b", 0)]);
        assert_eq!(ask("a", 2), [quiz("b", 0), quiz("c", 0)]);
        assert_eq!(ask("d", 9), [quiz("a", 0), quiz("b", 0), quiz("c", 0), quiz("a", 1)]);
        let soon = opening_questions(&history, &LessonId("d".into()), Moment(9 * DAY + 1), 9, &exists);
        assert_eq!(soon, [quiz("a", 0), quiz("a", 1)], "a question that was answered today is not asked again");
    }
}
