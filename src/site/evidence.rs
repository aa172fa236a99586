//! The proofs and the recording of a lesson. A step counts as proved only if a proof has the digest of this very text and
//! its engine ran every fence that a reader sees.

use super::html::escape;
use crate::lesson::{Attrs, Block, Conditions, EngineFamily, Lesson, Step, fits};
use crate::record::{Proof, RecordedStep, Recording};
use crate::words::Words;

/// The records of one lesson.
#[derive(Default)]
pub(super) struct Evidence<'a> {
    pub(super) lesson: Option<&'a Lesson>,
    pub(super) proofs: Vec<&'a Proof>,
    pub(super) recording: Option<&'a Recording>,
    /// The addresses of the recording's frames and of the player, as seen from the page.
    pub(super) addresses: Option<(String, String)>,
}

impl<'a> Evidence<'a> {
    /// The recording and its part for a step, if the step still has the recorded commands.
    pub(super) fn step(&self, step: &Step) -> Option<(&'a Recording, &'a RecordedStep)> {
        let recording = self.recording?;
        Some((recording, recording.step(self.lesson?, &step.id)?))
    }

    /// Whether there is any proof of the lesson.
    pub(super) fn any(&self) -> bool {
        !self.proofs.is_empty()
    }

    /// Whether an engine that proved the lesson ran a fence with these attributes.
    pub(super) fn ran(&self, step: &Step, attrs: &Attrs) -> bool {
        self.proofs.iter().any(|proof| self.did(proof, step, attrs))
    }

    /// The proofs whose engines ran everything that the step shows.
    pub(super) fn of(&self, step: &Step) -> Vec<&'a Proof> {
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
        // Only a recording of the same day shows whether the engine had an ability.
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

/// An engine's name and version without the distribution's suffix: `Docker 20.10.24`.
pub(super) fn engine(version: &str, family: &str) -> String {
    let version = version.split(['+', '~']).next().unwrap_or_default();
    match family {
        "podman" => format!("Podman {version}"),
        "containerd" => format!("Docker {version} (containerd)"),
        _ => format!("Docker {version}"),
    }
}

/// A day as a `time` element.
pub(super) fn day(date: &str, words: &Words) -> String {
    let said = day_text(date, words);
    let shown = escape(&said);
    if said == date { shown } else { format!("<time datetime=\"{}\">{shown}</time>", escape(date)) }
}

/// A day as people write it; what is no day stays as it is.
pub(super) fn day_text(date: &str, words: &Words) -> String {
    let parts: Option<Vec<u32>> = date.split('-').map(|part| part.parse().ok()).collect();
    let Some([year, month, day]) = parts.as_deref() else { return date.to_owned() };
    let (year, month, day) = (year.to_string(), format!("m{month}"), day.to_string());
    words.say("book-date", &[("year", &year), ("month", &month), ("day", &day)])
}

/// Engine and day of every proof, the newest engine first: `Docker 20.10.24, 24 November 2026`.
pub(super) fn told(proofs: &[&Proof], words: &Words) -> String {
    let told: Vec<String> = proofs
        .iter()
        .rev()
        .map(|proof| format!("{}, {}", escape(&engine(&proof.engine, &proof.family)), day(&proof.date, words)))
        .collect();
    told.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::record::{Proofs, proof_digest};
    use crate::text::Source;
    use crate::words::Lang;

    const LESSON: &str = "# A\n\n## Satu {#satu}\n\n```console,until=28\n$ docker images\nlama\n```\n\n```console,since=29\n$ docker \
                          images\nbaru\n```\n\n## Dua {#dua}\n\n```console,since=29\n$ docker x\n```\n\n## Tiga {#tiga}\n\n\
                          ```console,needs=compose\n$ docker compose up\n```\n\n## Kata {#kata}\n\nKata.\n";

    #[test]
    fn only_what_an_engine_ran_is_proved() {
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
        let words = Words::new(Lang::Id);
        let said = told(&evidence.of(lesson.steps.iter().find(|step| step.id.0 == "satu").unwrap()), &words);
        assert_eq!(said, "Docker 20.10.24, <time datetime=\"2026-11-24\">24 November 2026</time>");
        // Another text was never proved.
        let (other, _) = parse(&Source::new("a.md", LESSON.replace("lama", "lain")), LessonId("a".into()));
        assert!(proofs.of(&other).is_empty());
        assert_eq!(day("2026-13", &words), "2026-13");
    }
}
