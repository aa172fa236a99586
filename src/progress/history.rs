//! All entries of a learner, and what they come to.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Answered, Done, Entry, Moment, QuizKey, StepKey, What};
use super::spacing::Schedule;
use crate::lesson::{LessonId, StepId};

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not yet done.
    Never,
    /// Passed as it is now.
    Passed,
    /// Passed as it is now, after the exact command was shown.
    Helped,
    /// Passed over.
    Skipped,
    /// Passed, but what it asks has changed since.
    ChangedSince,
}

/// A set of entries. Equal sets are equal histories, whatever way they came together.
#[derive(Debug, Clone, Default)]
pub struct History {
    entries: BTreeSet<Entry>,
    steps: BTreeMap<(LessonId, StepId), BTreeSet<(String, Done)>>,
    answers: BTreeMap<QuizKey, BTreeSet<(Moment, String, Answered)>>,
    finished: BTreeSet<LessonId>,
    last: Option<(Moment, String, LessonId, StepId)>,
}

impl PartialEq for History {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Eq for History {}

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
    /// Adds an entry; answers whether it is new.
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

    /// Adds all of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.extend(other.entries.iter().cloned());
    }

    /// Every entry in order.
    #[must_use]
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Whether nothing was ever done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Where a step stands.
    #[must_use]
    pub fn passed(&self, key: &StepKey) -> Status {
        let Some(done) = self.steps.get(&(key.lesson.clone(), key.step.clone())) else { return Status::Never };
        let now = done.iter().filter(|(digest, _)| *digest == key.digest).map(|&(_, done)| done).max();
        match now {
            Some(Done::Passed) => Status::Passed,
            Some(Done::Helped) => Status::Helped,
            Some(Done::Skipped) => Status::Skipped,
            None if done.iter().any(|&(_, done)| done != Done::Skipped) => Status::ChangedSince,
            None => Status::Never,
        }
    }

    /// Whether a lesson was once gone through to its end.
    #[must_use]
    pub fn finished(&self, lesson: &LessonId) -> bool {
        self.finished.contains(lesson)
    }

    /// Where the learner was last.
    #[must_use]
    pub fn last(&self) -> Option<(LessonId, StepId)> {
        self.last.as_ref().map(|(_, _, lesson, step)| (lesson.clone(), step.clone()))
    }

    /// The questions that should be asked again at `now`, the longest overdue first.
    #[must_use]
    pub fn due(&self, now: Moment) -> Vec<QuizKey> {
        let mut due: Vec<_> = self.schedules().filter(|(_, schedule)| schedule.is_due(now)).collect();
        due.sort_by(|(left, a), (right, b)| (a.due, left).cmp(&(b.due, right)));
        due.into_iter().map(|(quiz, _)| quiz.clone()).collect()
    }

    /// When each question that was ever answered comes again.
    pub fn schedules(&self) -> impl Iterator<Item = (&QuizKey, Schedule)> {
        self.answers.iter().map(|(quiz, answers)| (quiz, Schedule::of(answers.iter().map(|&(at, _, how)| (at, how)))))
    }
}
