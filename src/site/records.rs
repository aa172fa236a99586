//! The records of a course, read once: proofs, recordings, and the files with the recordings' frames.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use super::assets::Asset;
use super::evidence::Evidence;
use super::kept::{Keep, Same};
use super::outline::{Entry, Outline};
use super::replay;
use crate::lesson::{CourseFiles, LessonId, StepId};
use crate::record::{Proofs, RecordedStep, Recording};
use crate::store::cores::each;
use crate::store::{FileError, read_proofs, read_source, recording_path};

/// What was proved and recorded of a course.
#[derive(Default)]
pub(super) struct Records {
    pub(super) proofs: Proofs,
    recordings: BTreeMap<LessonId, Arc<Recording>>,
    frames: BTreeMap<LessonId, Arc<Asset>>,
}

/// What was read and made of recordings before.
#[derive(Default)]
pub(super) struct KeptRecords {
    /// By the text of its file; what is no recording is `None`.
    recordings: Keep<String, Option<Arc<Recording>>>,
    frames: Keep<FramesOf, Asset>,
}

/// What the frames of a recording are made from: it, and the steps that are shown.
#[derive(PartialEq)]
struct FramesOf {
    recording: Same<Recording>,
    shown: Vec<StepId>,
}

impl Records {
    /// Reads them. What is no recording proves nothing and is not shown; `test` says so.
    pub(super) fn new(
        course: &CourseFiles,
        outlines: &[Outline<'_>],
        kept: &mut KeptRecords,
    ) -> Result<Self, FileError> {
        let proofs = read_proofs(&course.root)?;
        let mut records = Self { proofs, ..Self::default() };
        let mut texts: BTreeMap<&LessonId, String> = BTreeMap::new();
        for (_, entry) in outlines.iter().flat_map(Outline::lessons) {
            let (file, id) = (entry.file, &entry.file.id);
            if texts.contains_key(id) {
                continue;
            }
            match read_source(&recording_path(Some(&course.root), &file.path, id)) {
                Ok(source) => drop(texts.insert(id, source.text().to_owned())),
                Err(FileError::Missing(_) | FileError::NotUtf8 { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        let ids: Vec<&LessonId> = texts.keys().copied().collect();
        let wanted = texts.into_iter().map(|(id, text)| (id.0.clone(), text)).collect();
        let Ok(read) = kept.recordings.renew::<Infallible>(wanted, |missing| {
            Ok(each(missing, || (), |(), (_, text)| Recording::from_cast(text).ok().map(Arc::new)))
        });
        let (mut of, mut wanted) = (Vec::new(), Vec::new());
        for (id, recording) in ids.into_iter().zip(read) {
            let Some(recording) = recording.as_ref() else { continue };
            let lessons = || course.lessons.iter().filter(|file| file.id == *id);
            let shown = |step: &&RecordedStep| lessons().any(|file| recording.step(&file.lesson, &step.id).is_some());
            let shown = recording.steps.iter().filter(shown).map(|step| step.id.clone()).collect();
            wanted.push((id.0.clone(), FramesOf { recording: Same(Arc::clone(recording)), shown }));
            of.push(id);
            records.recordings.insert(id.clone(), Arc::clone(recording));
        }
        let Ok(frames) = kept.frames.renew::<Infallible>(wanted, |missing| {
            Ok(each(
                missing,
                || (),
                |(), (_, FramesOf { recording, shown })| {
                    let recording = &*recording.0;
                    replay::asset(recording, recording.steps.iter().filter(|step| shown.contains(&step.id)))
                },
            ))
        });
        records.frames = of.into_iter().cloned().zip(frames).collect();
        Ok(records)
    }

    /// The files that players load.
    pub(super) fn frames(&self) -> impl Iterator<Item = &Asset> {
        self.frames.values().map(|asset| &**asset)
    }

    pub(super) fn recording(&self, entry: &Entry<'_>) -> Option<&Arc<Recording>> {
        self.recordings.get(&entry.file.id)
    }

    /// What is known of a lesson; `root` leads from its page to the site's root, `player` from there to the player.
    /// Without it nothing can be played.
    pub(super) fn of<'a>(&'a self, entry: &Entry<'a>, root: &str, player: Option<&str>) -> Evidence<'a> {
        let id = &entry.file.id;
        let mut evidence =
            Evidence::new(&entry.file.lesson, &self.proofs, self.recordings.get(id).map(|recording| &**recording));
        evidence.addresses = self
            .frames
            .get(id)
            .zip(player)
            .map(|(frames, player)| (format!("{root}{}", frames.path), format!("{root}{player}")));
        evidence
    }
}
