//! Defines the proofs of lessons. A proof contains the digest of the tested lesson, so that the site shows "verified"
//! only for this version of the lesson.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::lesson::{Block, ExpectedKind, Lesson, LessonId};
use crate::progress::step_digest;
use crate::text::fingerprint;

/// Returns the digest of everything in a lesson that `test` proves: commands, their output, files, claims, the
/// structure of quizzes. Translations of a lesson with the same commands and output have the same digest.
#[must_use]
pub fn proof_digest(lesson: &Lesson) -> String {
    let mut text = String::new();
    for step in &lesson.steps {
        let _ = writeln!(text, "step {} {}", step.id, step_digest(step));
        for block in &step.blocks {
            let Block::Transcript(transcript) = block else { continue };
            for line in transcript.commands.iter().flat_map(|command| &command.expected) {
                let kind = match line.kind {
                    ExpectedKind::Output => "out",
                    ExpectedKind::Typed { .. } => "typed",
                    ExpectedKind::Key(_) => "key",
                };
                let _ = writeln!(text, "{kind} {:?}", line.text);
            }
        }
    }
    fingerprint(text.as_bytes())
}

/// A proof of a lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The lesson's [`proof_digest`].
    pub digest: String,
    /// The engine's version, such as `20.10.24+dfsg1`.
    pub engine: String,
    /// The version of the docker CLI.
    pub cli: String,
    /// The family of the engine: `docker`, `containerd` or `podman`.
    pub family: String,
    /// The date of the test, such as `2026-11-24`.
    pub date: String,
}

/// The proofs of a course: for each lesson, the newest proof for each engine family and major engine version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proofs {
    /// The proofs by lesson id.
    #[serde(default)]
    pub lessons: BTreeMap<String, Vec<Proof>>,
}

impl Proofs {
    /// Reads proofs from text that [`to_json`](Self::to_json) wrote. Returns no proofs if the text cannot be read.
    #[must_use]
    pub fn from_json(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// Returns the proofs as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Adds a proof of `lesson`. The new proof replaces an older one for the same engine family and major engine
    /// version.
    pub fn add(&mut self, lesson: &LessonId, proof: Proof) {
        let same = |old: &Proof| old.family == proof.family && major(&old.engine) == major(&proof.engine);
        let list = self.lessons.entry(lesson.0.clone()).or_default();
        list.retain(|old| !same(old));
        list.push(proof);
        list.sort_by(|a, b| (&a.family, major(&a.engine)).cmp(&(&b.family, major(&b.engine))));
    }

    /// Returns the proofs of the present version of `lesson`, sorted by engine family and major engine version.
    #[must_use]
    pub fn of(&self, lesson: &Lesson) -> Vec<&Proof> {
        let Some(list) = self.lessons.get(&lesson.id.0) else { return Vec::new() };
        let digest = proof_digest(lesson);
        list.iter().filter(|proof| proof.digest == digest).collect()
    }
}

pub(super) fn major(version: &str) -> u32 {
    version.split('.').next().and_then(|part| part.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::parse;
    use crate::text::Source;

    const LESSON: &str = "# J\n\n## A {#a}\n\nKata.\n\n```console\n$ docker ps\nCONTAINER ID\n```\n";

    fn lesson(text: &str) -> Lesson {
        parse(&Source::new("a.md", text), LessonId("a".into())).0
    }

    fn proof(engine: &str, lesson: &Lesson) -> Proof {
        Proof {
            digest: proof_digest(lesson),
            engine: engine.into(),
            cli: engine.into(),
            family: "docker".into(),
            date: "2026-11-24".into(),
        }
    }

    #[test]
    fn proof_is_valid_after_changes_of_prose_but_not_of_output() {
        let proved = lesson(LESSON);
        let mut proofs = Proofs::default();
        proofs.add(&proved.id, proof("20.10.24", &proved));
        assert_eq!(proofs.of(&lesson(&LESSON.replace("Kata", "Words"))).len(), 1);
        assert!(proofs.of(&lesson(&LESSON.replace("CONTAINER ID", "NAMES"))).is_empty());
        assert!(proofs.of(&lesson(&LESSON.replace("docker ps", "docker ps -a"))).is_empty());
    }

    #[test]
    fn add_keeps_the_newest_proof_of_each_major_engine_version() {
        let proved = lesson(LESSON);
        let mut proofs = Proofs::default();
        for engine in ["28.5.2", "20.10.7", "20.10.24"] {
            proofs.add(&proved.id, proof(engine, &proved));
        }
        let engines: Vec<&str> = proofs.of(&proved).iter().map(|proof| proof.engine.as_str()).collect();
        assert_eq!(engines, ["20.10.24", "28.5.2"]);
        assert_eq!(Proofs::from_json(&proofs.to_json()), proofs);
        assert_eq!(Proofs::from_json("{"), Proofs::default());
    }
}
