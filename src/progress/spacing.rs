//! Schedules questions: a question returns after 1, 3, 7, 16 and 35 days. After a wrong answer, the question starts
//! again with 1 day.

use super::entry::{Answered, Moment};

/// The number of days until Dermaga asks a question again, by the number of consecutive right answers. A right answer
/// before the question is due does not count.
pub const DAYS: [u32; 5] = [1, 3, 7, 16, 35];

/// The maximum number of questions in one review.
pub const REVIEW_MOST: usize = 10;

/// The number of milliseconds by which a question is due before its scheduled time. Otherwise, a learner who learns
/// every evening could miss a question by five minutes.
pub const EARLY: i64 = 8 * 3_600_000;

/// The minimum age of the last answer, in milliseconds. Dermaga asks no question with a newer answer at the opening of
/// another lesson.
pub(super) const SAME_DAY: i64 = 12 * 3_600_000;

/// The schedule of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// The number of intervals in [`DAYS`] that have passed. After all intervals, the question is learned and is not
    /// asked again.
    pub stage: usize,
    /// The time of the last answer.
    pub last: Moment,
    /// Whether the last answer was right at the first attempt.
    pub right: bool,
    /// The time to ask the question again, or `None` if the question is learned.
    pub due: Option<Moment>,
}

impl Schedule {
    /// Returns the schedule after `answers`, which must be in order of time. A right answer before the question is due
    /// does not change the time to ask again.
    pub fn of(answers: impl IntoIterator<Item = (Moment, Answered)>) -> Self {
        let mut schedule = Self { stage: 0, last: Moment(i64::MIN), right: false, due: None };
        for (index, (at, answer)) in answers.into_iter().enumerate() {
            let early = index > 0 && !schedule.is_due(at);
            schedule.last = at;
            schedule.right = answer == Answered::Right;
            if schedule.right && early {
                continue;
            }
            schedule.stage = if schedule.right && index > 0 { schedule.stage + 1 } else { 0 };
            schedule.due = DAYS.get(schedule.stage).map(|&days| at.plus_days(days));
        }
        schedule
    }

    /// Whether the question should be asked at `now`.
    #[must_use]
    pub fn is_due(&self, now: Moment) -> bool {
        self.due.is_some_and(|due| now.0 >= due.0.saturating_sub(EARLY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;

    #[test]
    fn right_answers_increase_the_interval_until_learned() {
        let mut at = 0;
        let mut answers = vec![(Moment(at), Answered::Right)];
        for days in [1, 3, 7, 16, 35] {
            let schedule = Schedule::of(answers.iter().copied());
            assert_eq!(schedule.due, Some(Moment(at + days * DAY)));
            assert!(!schedule.is_due(Moment(at + days * DAY - EARLY - 1)));
            at += days * DAY;
            assert!(schedule.is_due(Moment(at)));
            answers.push((Moment(at), Answered::Right));
        }
        assert_eq!(Schedule::of(answers).due, None);
    }

    #[test]
    fn wrong_or_late_answer_starts_again_with_one_day() {
        for answer in [Answered::Wrong, Answered::Later] {
            let answers = [(0, Answered::Right), (DAY, Answered::Right), (4 * DAY, answer)];
            let schedule = Schedule::of(answers.map(|(at, answer)| (Moment(at), answer)));
            assert_eq!((schedule.stage, schedule.due), (0, Some(Moment(5 * DAY))));
        }
    }

    #[test]
    fn right_answer_before_the_question_is_due_is_no_progress() {
        let answers = [(0, Answered::Right), (3_600_000, Answered::Right), (7_200_000, Answered::Right)];
        let schedule = Schedule::of(answers.map(|(at, answer)| (Moment(at), answer)));
        assert_eq!((schedule.stage, schedule.due), (0, Some(Moment(DAY))));
        // A wrong answer counts even before the question is due.
        let answers = [(0, Answered::Right), (DAY, Answered::Right), (DAY + 1, Answered::Wrong)];
        let schedule = Schedule::of(answers.map(|(at, answer)| (Moment(at), answer)));
        assert_eq!((schedule.stage, schedule.due), (0, Some(Moment(2 * DAY + 1))));
    }
}
