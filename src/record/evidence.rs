//! Finds the proofs and the recording of a lesson's steps. A proof counts for a step only if its digest is that of the
//! present lesson, and if its engine ran every fence that the step shows.

use super::{Proof, RecordedStep, Recording};
use crate::lesson::{Attrs, Block, Conditions, EngineFamily, Lesson, Step, fits};

/// The proofs and the recording of one lesson.
#[derive(Debug, Default)]
pub struct Evidence<'a> {
    /// The lesson. It is `None` only if there are no proofs and no recording.
    pub lesson: Option<&'a Lesson>,
    /// The proofs of the lesson in its present version.
    pub proofs: Vec<&'a Proof>,
    /// The recording of the lesson.
    pub recording: Option<&'a Recording>,
}

impl<'a> Evidence<'a> {
    /// Returns the recording of the lesson and the recording of `step`, if the step still has the recorded commands.
    #[must_use]
    pub fn step(&self, step: &Step) -> Option<(&'a Recording, &'a RecordedStep)> {
        let recording = self.recording?;
        Some((recording, recording.step(self.lesson?, &step.id)?))
    }

    /// Whether the lesson has a proof.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.proofs.is_empty()
    }

    /// Whether an engine that proved the lesson ran a fence of `step` with these attributes.
    #[must_use]
    pub fn ran(&self, step: &Step, attrs: &Attrs) -> bool {
        self.proofs.iter().any(|proof| self.did(proof, step, attrs))
    }

    /// Returns the proofs whose engines ran every fence that the step shows. From a group of variants, the engine must
    /// have run only one fence.
    #[must_use]
    pub fn of(&self, step: &Step) -> Vec<&'a Proof> {
        let mut shown: Vec<(&Attrs, Option<usize>)> = Vec::new();
        for block in &step.blocks {
            match block {
                Block::Transcript(one) if !one.attrs.hidden && !one.attrs.blank => {
                    shown.push((&one.attrs, one.variant_group));
                }
                Block::Check(check) => shown.push((&check.attrs, None)),
                _ => {}
            }
        }
        let whole = |proof: &Proof| {
            !shown.is_empty()
                && shown.iter().all(|(attrs, group)| {
                    self.did(proof, step, attrs)
                        || group.is_some()
                            && shown.iter().any(|(other, same)| same == group && self.did(proof, step, other))
                })
        };
        self.proofs.iter().copied().filter(|proof| whole(proof)).collect()
    }

    fn did(&self, proof: &Proof, step: &Step, attrs: &Attrs) -> bool {
        let Some(conditions) = conditions(proof) else { return false };
        // Only a recording of the same engine version and date shows whether the engine had the necessary abilities.
        let able = || {
            self.step(step).is_some_and(|(recording, recorded)| {
                let same = recording.engine.version == proof.engine && recording.date == proof.date;
                same && step.blocks.iter().all(|block| match block {
                    Block::Transcript(one) if one.attrs == *attrs => {
                        one.commands.iter().all(|command| recorded.commands.iter().any(|ran| ran.text == command.text))
                    }
                    _ => true,
                })
            })
        };
        fits(attrs, &conditions) && (attrs.needs.is_empty() || able())
    }
}

fn conditions(proof: &Proof) -> Option<Conditions> {
    let family = EngineFamily::from_name(&proof.family)?;
    let major = proof.cli.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?;
    Some(Conditions { cli_major: major.parse().ok()?, family, abilities: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::record::{Proofs, proof_digest};
    use crate::text::Source;

    const LESSON: &str = "# A\n\n## Satu {#satu}\n\n```console,until=28\n$ docker images\nlama\n```\n\n```console,since=29\n$ docker \
                          images\nbaru\n```\n\n## Dua {#dua}\n\n```console,since=29\n$ docker x\n```\n\n## Tiga {#tiga}\n\n\
                          ```console,needs=compose\n$ docker compose up\n```\n\n## Kata {#kata}\n\nKata.\n";

    #[test]
    fn proof_counts_only_for_steps_whose_fences_the_engine_ran() {
        let (lesson, _) = parse(&Source::new("a.md", LESSON), LessonId("a".into()));
        let mut proofs = Proofs::default();
        let text = |text: &str| text.to_owned();
        let proof = Proof {
            digest: proof_digest(&lesson),
            engine: text("20.10.24+dfsg1"),
            cli: text("20.10.24+dfsg1"),
            family: text("docker"),
            date: text("2026-11-24"),
        };
        proofs.add(&lesson.id, proof.clone());
        let evidence = Evidence { lesson: Some(&lesson), proofs: proofs.of(&lesson), ..Evidence::default() };
        let proved: Vec<bool> = lesson.steps.iter().map(|step| !evidence.of(step).is_empty()).collect();
        let ids: Vec<&str> = lesson.steps.iter().map(|step| step.id.0.as_str()).collect();
        let expected: Vec<bool> = ids.iter().map(|id| *id == "satu").collect();
        assert_eq!(proved, expected, "{ids:?}");
        // A lesson with another output has no proof.
        let (other, _) = parse(&Source::new("a.md", LESSON.replace("lama", "lain")), LessonId("a".into()));
        assert!(proofs.of(&other).is_empty());
    }
}
