//! Reads the records of a course once: proofs, recordings, and the files with the recordings' frames.

use std::collections::BTreeMap;
use std::path::Path;

use super::assets::Asset;
use super::outline::{Entry, Outline};
use super::replay;
use crate::cores::each;
use crate::lesson::{CourseFiles, LessonId};
use crate::record::{Evidence, Proofs, RecordedStep, Recording};
use crate::store::{FileError, read_proofs, read_source, recording_path};

/// The proofs and recordings of a course.
pub(super) struct Records {
    pub(super) proofs: Proofs,
    /// The recording of each lesson, with the file of the recording's frames.
    recordings: BTreeMap<LessonId, (Recording, Asset)>,
}

impl Records {
    /// Reads the proofs and the recordings. Ignores a file that is not a valid recording, because `dermaga test`
    /// reports such a file.
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

    /// Returns the files that the players load.
    pub(super) fn frames(&self) -> impl Iterator<Item = &Asset> {
        self.recordings.values().map(|(_, frames)| frames)
    }

    /// Returns the evidence for a lesson.
    pub(super) fn of<'a>(&'a self, entry: &Entry<'a>) -> Evidence<'a> {
        let lesson = &entry.file.lesson;
        let recording = self.recordings.get(&entry.file.id).map(|(recording, _)| recording);
        Evidence { lesson: Some(lesson), proofs: self.proofs.of(lesson), recording }
    }

    /// Returns the path of the file that the player loads for a lesson.
    pub(super) fn frames_of(&self, entry: &Entry<'_>) -> Option<&str> {
        self.recordings.get(&entry.file.id).map(|(_, frames)| frames.path.as_str())
    }
}
