//! The history of a learner: all entries, and the progress that follows from them.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Answered, DAY, Entry, Moment, QuizKey, StepKey, What};
use super::spacing::Schedule;
use crate::lesson::{LessonId, StepId, StepResult};

/// The state of a step for a learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The step was never passed or skipped.
    Never,
    /// The current version has this result.
    Done(StepResult),
    /// An earlier version was passed.
    ChangedSince,
}

/// A set of entries. Histories with the same entries are equal, even if they were merged in another order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    entries: BTreeSet<Entry>,
    steps: BTreeMap<(LessonId, StepId), BTreeSet<(String, StepResult)>>,
    answers: BTreeMap<QuizKey, BTreeSet<(Moment, String, Answered)>>,
    finished: BTreeSet<LessonId>,
    last: Option<(Moment, String, LessonId, StepId)>,
}

impl FromIterator<Entry> for History {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let mut history = Self::default();
        history.extend(entries);
        history
    }
}

impl Extend<Entry> for History {
    fn extend<I: IntoIterator<Item = Entry>>(&mut self, entries: I) {
        for entry in entries {
            self.add(entry);
        }
    }
}

impl History {
    /// Adds an entry. Returns whether the entry is new.
    pub fn add(&mut self, entry: Entry) -> bool {
        if self.entries.contains(&entry) {
            return false;
        }
        match entry.what() {
            What::Reached { lesson, step } => self.stopped(&entry, lesson, step),
            What::Step { key, done } => {
                self.stopped(&entry, key.lesson.clone(), key.step.clone());
                self.steps.entry((key.lesson, key.step)).or_default().insert((key.digest, done));
            }
            What::Answered { quiz, answer } => {
                self.answers.entry(quiz).or_default().insert((entry.at, entry.id.clone(), answer));
            }
            What::Finished { lesson } => {
                self.finished.insert(lesson);
            }
            What::Unknown => {}
        }
        self.entries.insert(entry)
    }

    fn stopped(&mut self, entry: &Entry, lesson: LessonId, step: StepId) {
        let place = Some((entry.at, entry.id.clone(), lesson, step));
        self.last = self.last.take().max(place);
    }

    /// Adds all entries of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.extend(other.entries.iter().cloned());
    }

    /// Returns every entry in order.
    #[must_use]
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Whether the history has no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the state of a step.
    #[must_use]
    pub fn passed(&self, key: &StepKey) -> Status {
        let Some(done) = self.steps.get(&(key.lesson.clone(), key.step.clone())) else { return Status::Never };
        let now = done.iter().filter(|(digest, _)| *digest == key.digest).map(|&(_, done)| done).max();
        match now {
            Some(done) => Status::Done(done),
            None if done.iter().any(|&(_, done)| done != StepResult::Skipped) => Status::ChangedSince,
            None => Status::Never,
        }
    }

    /// Whether a lesson was completed at least once.
    #[must_use]
    pub fn finished(&self, lesson: &LessonId) -> bool {
        self.finished.contains(lesson)
    }

    /// Returns the step that the learner opened last.
    #[must_use]
    pub fn last(&self) -> Option<(LessonId, StepId)> {
        self.last.as_ref().map(|(_, _, lesson, step)| (lesson.clone(), step.clone()))
    }

    /// Returns the questions to ask again at `now`, the longest overdue first.
    #[must_use]
    pub fn due(&self, now: Moment) -> Vec<QuizKey> {
        let mut due: Vec<_> = self.schedules().filter(|(_, schedule)| schedule.is_due(now)).collect();
        due.sort_by(|(left, a), (right, b)| (a.due, left).cmp(&(b.due, right)));
        due.into_iter().map(|(quiz, _)| quiz.clone()).collect()
    }

    /// Returns the result of the first answer to a question.
    #[must_use]
    pub fn first_answer(&self, quiz: &QuizKey) -> Option<Answered> {
        self.answers.get(quiz)?.first().map(|&(_, _, answered)| answered)
    }

    /// Returns the number of days until questions are due, rounded up, and the number of questions that are due then.
    #[must_use]
    pub fn next_due(&self, now: Moment) -> Option<(u32, usize)> {
        let days = |due: Moment| u32::try_from((due.0.saturating_sub(now.0) + DAY - 1) / DAY).unwrap_or(0).max(1);
        let days: Vec<u32> = self.schedules().filter_map(|(_, schedule)| schedule.due.map(days)).collect();
        let first = *days.iter().min()?;
        Some((first, days.iter().filter(|&&one| one == first).count()))
    }

    /// Returns the schedule of each question that was ever answered.
    pub fn schedules(&self) -> impl Iterator<Item = (&QuizKey, Schedule)> {
        self.answers.iter().map(|(quiz, answers)| (quiz, Schedule::of(answers.iter().map(|&(at, _, how)| (at, how)))))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::progress::ProgressEvent;

    /// Generates entries with few lessons, steps, times and ids, so that entries collide.
    fn entry() -> impl Strategy<Value = Entry> {
        let key = |(lesson, step): (u8, u8)| (LessonId(format!("l{lesson}")), StepId(format!("s{step}")));
        let what = prop_oneof![
            (0..2u8, 0..3u8).prop_map(key).prop_map(|(lesson, step)| What::Reached { lesson, step }),
            (
                (0..2u8, 0..3u8).prop_map(key),
                0..2u8,
                prop_oneof![Just(StepResult::Passed), Just(StepResult::Helped), Just(StepResult::Skipped)]
            )
                .prop_map(|((lesson, step), digest, done)| What::Step {
                    key: StepKey { lesson, step, digest: format!("d{digest}") },
                    done
                }),
            (
                (0..2u8, 0..3u8).prop_map(key),
                0..2usize,
                prop_oneof![Just(Answered::Right), Just(Answered::Later), Just(Answered::Wrong)]
            )
                .prop_map(|((lesson, step), number, answer)| What::Answered {
                    quiz: QuizKey { lesson, step, number },
                    answer
                }),
            (0..2u8).prop_map(|lesson| What::Finished { lesson: LessonId(format!("l{lesson}")) }),
        ];
        (0..4i64, 0..6u8, what).prop_map(|(at, id, what)| {
            let event = ProgressEvent { at: Moment(at * 40_000_000), what };
            Entry::new(format!("i{id}"), &event).expect("a kind of ours")
        })
    }

    fn history() -> impl Strategy<Value = History> {
        proptest::collection::vec(entry(), 0..12).prop_map(|entries| entries.into_iter().collect())
    }

    fn merged(left: &History, right: &History) -> History {
        let mut left = left.clone();
        left.merge(right);
        left
    }

    /// Returns all data that [`History`] derives from its entries, and the entries.
    fn seen(history: &History) -> String {
        let statuses =
            (0..2).flat_map(|lesson| (0..3).flat_map(move |step| (0..2).map(move |digest| (lesson, step, digest))));
        let statuses: Vec<Status> = statuses
            .map(|(lesson, step, digest)| {
                let (lesson, step) = (LessonId(format!("l{lesson}")), StepId(format!("s{step}")));
                history.passed(&StepKey { lesson, step, digest: format!("d{digest}") })
            })
            .collect();
        let due = history.due(Moment(90_000_000));
        format!("{statuses:?} {due:?} {:?} {:?}", history.last(), history.entries().collect::<Vec<_>>())
    }

    proptest! {
        #[test]
        fn merging_is_commutative(a in history(), b in history()) {
            prop_assert_eq!(seen(&merged(&a, &b)), seen(&merged(&b, &a)));
        }

        #[test]
        fn merging_is_associative(a in history(), b in history(), c in history()) {
            prop_assert_eq!(seen(&merged(&merged(&a, &b), &c)), seen(&merged(&a, &merged(&b, &c))));
        }

        #[test]
        fn merging_is_idempotent(a in history(), b in history()) {
            let both = merged(&a, &b);
            prop_assert_eq!(seen(&merged(&both, &b)), seen(&both));
            prop_assert_eq!(seen(&merged(&a, &a)), seen(&a));
        }

        /// Checks that the import of an export returns the same history.
        #[test]
        fn exported_file_has_the_whole_history(a in history(), b in history()) {
            let read = crate::progress::import(&crate::progress::export(&a)).unwrap();
            prop_assert_eq!(read.unreadable, 0);
            prop_assert_eq!(seen(&read.history), seen(&a));
            prop_assert_eq!(seen(&merged(&read.history, &b)), seen(&merged(&b, &a)));
        }
    }
}
