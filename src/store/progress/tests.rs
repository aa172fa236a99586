//! The store on a disk that works.

use super::*;
use crate::lesson::{LessonId, StepId};
use crate::progress::{Done, Moment, StepKey, What};

pub(super) fn event(number: i64) -> ProgressEvent {
    let key = StepKey { lesson: LessonId("a".into()), step: StepId(format!("s{number}")), digest: "d".into() };
    ProgressEvent { at: Moment(number), what: What::Step { key, done: Done::Passed } }
}

#[test]
fn what_is_recorded_is_there_next_time() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state/dermaga/progress.db");
    let (mut store, notice) = ProgressStore::open(&path);
    assert_eq!(notice, None);
    for number in 0..3 {
        assert_eq!(store.record(&event(number)), None);
    }
    assert!(store.is_saved());
    let (again, notice) = ProgressStore::open(&path);
    assert_eq!((again.history(), notice), (store.history(), None));
    assert_eq!(again.history().last().unwrap().1.0, "s2");
}
