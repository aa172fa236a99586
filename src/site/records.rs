//! The records of a course, read once: proofs, recordings, and the files with the recordings' frames.

use std::collections::BTreeMap;
use std::path::Path;

use super::assets::Asset;
use super::evidence::Evidence;
use super::outline::{Entry, Outline};
use super::replay;
use crate::cores::each;
use crate::lesson::{CourseFiles, LessonId};
use crate::record::{Proofs, RecordedStep, Recording};
use crate::store::{FileError, read_proofs, read_source, recording_path};

/// The proofs and recordings of a course.
pub(super) struct Records {
    pub(super) proofs: Proofs,
    /// Each with the file of its frames.
    recordings: BTreeMap<LessonId, (Recording, Asset)>,
}

impl Records {
    /// Reads them. A file that is no recording proves nothing and is not shown; `test` reports it.
    pub(super) fn new(course: &CourseFiles, outlines: &[Outline<'_>]) -> Result<Self, FileError> {
        let mut files: BTreeMap<&LessonId, &Path> = BTreeMap::new();
        for entry in outlines.iter().flat_map(Outline::lessons) {
            files.entry(&entry.file.id).or_insert(&entry.file.path);
        }
        let files: Vec<(&LessonId, &Path)> = files.into_iter().collect();
        let read = |(): &(), &(id, path): &(&LessonId, &Path)| {
            let source = match read_source(&recording_path(Some(&course.root), path, id)) {
                Err(FileError::Missing(_) | FileError::NotUtf8 { .. }) => return Ok(None),
                read => read?,
            };
            let Ok(recording) = Recording::from_cast(source.text()) else { return Ok(None) };
            let lessons = || course.lessons.iter().filter(|file| file.id == *id);
            let shown = |step: &&RecordedStep| lessons().any(|file| recording.step(&file.lesson, &step.id).is_some());
            let frames = replay::asset(&recording, recording.steps.iter().filter(shown));
            Ok::<_, FileError>(Some((id.clone(), (recording, frames))))
        };
        let recordings = each(&files, || (), read).into_iter().filter_map(Result::transpose);
        Ok(Self { proofs: read_proofs(&course.root)?, recordings: recordings.collect::<Result<_, _>>()? })
    }

    /// The files that players load.
    pub(super) fn frames(&self) -> impl Iterator<Item = &Asset> {
        self.recordings.values().map(|(_, frames)| frames)
    }

    /// The evidence for a lesson. `root` leads from its page to the site's root, `player` from there to the player;
    /// without a player nothing can be played.
    pub(super) fn of<'a>(&'a self, entry: &Entry<'a>, root: &str, player: Option<&str>) -> Evidence<'a> {
        let recorded = self.recordings.get(&entry.file.id);
        let lesson = &entry.file.lesson;
        Evidence {
            lesson: Some(lesson),
            proofs: self.proofs.of(lesson),
            recording: recorded.map(|(recording, _)| recording),
            addresses: recorded
                .zip(player)
                .map(|((_, frames), player)| (format!("{root}{}", frames.path), format!("{root}{player}"))),
        }
    }
}
