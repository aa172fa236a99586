//! `dermaga test --record` and `dermaga record`: writes recordings and proofs.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Failure, Settings};
use crate::lesson::Lesson;
use crate::lesson::lint::facts_in;
use crate::record::{Proof, Recording, proof_digest};
use crate::run::LessonResult;
use crate::store::{proofs_path, read_proofs, read_recording, recording_path, write_record};
use crate::words::Words;

/// The file and folders of a lesson that runs.
#[derive(Debug, Clone)]
pub(super) struct LessonPlace {
    /// The lesson's file.
    pub(super) path: PathBuf,
    /// The course's directory.
    pub(super) course: Option<PathBuf>,
    /// The directory that contains every file that Dermaga may write.
    pub(super) root: Option<PathBuf>,
}

impl LessonPlace {
    /// Returns the recording that the site shows for the lesson. Returns `None` if the file cannot be read, because the
    /// author can record the lesson again.
    pub(super) fn shown(&self, lesson: &Lesson) -> Option<Arc<Recording>> {
        let path = recording_path(self.course.as_deref(), &self.path, &lesson.id);
        read_recording(&path).ok().flatten().map(Arc::new)
    }
}

/// Writes the recordings and proofs of the lessons that passed.
pub(super) fn write(
    results: &[(usize, LessonResult)],
    lessons: &[Arc<Lesson>],
    places: &[LessonPlace],
) -> Result<(), Failure> {
    let date = today();
    for (job, result) in results.iter().filter(|(_, result)| !result.recorded.is_empty()) {
        let (lesson, place) = (&lessons[*job], &places[*job]);
        let Some(engine) = result.engine.clone() else { continue };
        if let Some(root) = &place.course {
            let mut proofs = read_proofs(root)?;
            let proof = Proof {
                digest: proof_digest(lesson),
                engine: engine.version.clone(),
                cli: engine.cli.clone(),
                family: engine.family.name().to_owned(),
                date: date.clone(),
            };
            proofs.add(&lesson.id, proof);
            write_record(Some(root), &proofs_path(root), &proofs.to_json())?;
        }
        let size = lesson.front.size.unwrap_or((100, 200));
        let steps = result.recorded.clone();
        let recording = Recording { lesson: lesson.id.clone(), engine, date: date.clone(), size, steps };
        let path = recording_path(place.course.as_deref(), &place.path, &lesson.id);
        write_record(place.course.as_deref(), &path, &recording.to_cast())?;
    }
    Ok(())
}

/// Warns if a recorded lesson contains properties of this machine. Ignores output that the lesson does not compare.
pub(super) fn warn_of_machine(
    results: &[(usize, LessonResult)],
    lessons: &[Arc<Lesson>],
    settings: &Settings,
    words: &Words,
) {
    let facts = super::machine::facts(settings.home.as_deref());
    for (job, _) in results.iter().filter(|(_, result)| !result.recorded.is_empty()) {
        let lesson = &lessons[*job];
        for diagnostic in facts_in(lesson, &facts) {
            settings.tell_diagnostic(&lesson.source, &diagnostic, words);
        }
    }
}

/// Returns today's local date, such as `2026-11-24`.
pub(super) fn today() -> String {
    jiff::Zoned::now().date().to_string()
}
