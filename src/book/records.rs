//! The records of a course, read once: proofs, recordings, and the files with the recordings' frames.

use std::collections::BTreeMap;

use super::assets::Asset;
use super::evidence::Evidence;
use super::outline::{Entry, Outline};
use super::replay;
use crate::lesson::{CourseFiles, LessonId};
use crate::record::{Proofs, RecordedStep, Recording};
use crate::store::{read_proofs, read_recording, recording_path};

/// What was proved and recorded of a course.
#[derive(Default)]
pub(super) struct Records {
    pub(super) proofs: Proofs,
    recordings: BTreeMap<LessonId, Recording>,
    frames: BTreeMap<LessonId, Asset>,
}

impl Records {
    /// Reads them. What cannot be read proves nothing and is not shown; `test` says so.
    pub(super) fn new(course: &CourseFiles, outlines: &[Outline<'_>]) -> Self {
        let proofs = read_proofs(&course.root).unwrap_or_default();
        let mut records = Self { proofs, ..Self::default() };
        for (_, entry) in outlines.iter().flat_map(Outline::lessons) {
            let (file, id) = (entry.file, &entry.file.id);
            let path = recording_path(Some(&course.root), &file.path, id);
            if !records.recordings.contains_key(id)
                && let Ok(Some(recording)) = read_recording(&path)
            {
                records.recordings.insert(id.clone(), recording);
            }
        }
        for (id, recording) in &records.recordings {
            let lessons = || course.lessons.iter().filter(|file| file.id == *id);
            let shown = |step: &&RecordedStep| lessons().any(|file| recording.step(&file.lesson, &step.id).is_some());
            let asset = replay::asset(recording, recording.steps.iter().filter(shown));
            records.frames.insert(id.clone(), asset);
        }
        records
    }

    /// The files that players load.
    pub(super) fn frames(&self) -> impl Iterator<Item = &Asset> {
        self.frames.values()
    }

    /// What is known of a lesson; `root` leads from its page to the site's root, `player` from there to the player.
    /// Without it nothing can be played.
    pub(super) fn of<'a>(&'a self, entry: &Entry<'a>, root: &str, player: Option<&str>) -> Evidence<'a> {
        let id = &entry.file.id;
        let mut evidence = Evidence::new(&entry.file.lesson, &self.proofs, self.recordings.get(id));
        evidence.addresses = self
            .frames
            .get(id)
            .zip(player)
            .map(|(frames, player)| (format!("{root}{}", frames.path), format!("{root}{player}")));
        evidence
    }
}
