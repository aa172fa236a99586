//! A claim that does not hold yet, as a sentence for somebody who does not know the engine's field names.

use crate::claims::{ClaimFailure, Expectation};
use crate::lesson::{Claim, Op, Subject};
use crate::report::plain_claim::describe_claim;
use crate::transcript::sanitise;
use crate::words::Words;

/// What is still missing; `None` if the claim says something that has no such words.
pub(super) fn describe_unmet(claim: &Claim, findings: &[ClaimFailure], words: &Words) -> Option<String> {
    let finding = findings.first()?;
    let (kind, name) = match &claim.subject {
        Subject::Container(name) => ("container", name.as_str()),
        Subject::Image(name) => ("image", name.as_str()),
        Subject::Logs(name) => ("logs", name.as_str()),
        _ => ("", ""),
    };
    let name = sanitise(name);
    let say = |key: &str, args: &[(&str, &str)]| {
        let mut args = args.to_vec();
        args.push(("name", &name));
        words.find(key, &args)
    };
    let own = match (finding.what.rsplit(" · ").next().unwrap_or_default(), &finding.found) {
        _ if kind.is_empty() => None,
        _ if claim.absent => say(&format!("unmet-{kind}-there"), &[]),
        (what, None) if what == finding.what => say(&format!("unmet-{kind}-none"), &[]),
        ("State.Status" | "State.Running", Some(found)) => {
            let wanted = value(&finding.expected)?;
            let state = |value: &str| {
                match value {
                    "true" => "running",
                    "false" => "exited",
                    other => other,
                }
                .to_owned()
            };
            let (is, wanted) =
                (say(&format!("unmet-is-{}", state(found)), &[]), say(&format!("unmet-wanted-{}", state(wanted)), &[]));
            say("unmet-state", &[("is", &is?), ("wanted", &wanted?)])
        }
        ("State.ExitCode", Some(found)) => {
            say("unmet-exit", &[("found", &sanitise(found)), ("wanted", value(&finding.expected)?)])
        }
        // Of several names, those that are there are not missing.
        ("RepoTags", Some(found)) => {
            let Expectation::Value(Op::All(names)) = &finding.expected else { return None };
            let is_there =
                |name: &&String| found.split(['[', ']', '"', ',', ' ', '\n']).any(|one| one == name.as_str());
            let missing = names.iter().filter(|name| !is_there(name));
            let missing: Vec<String> = missing.map(|name| format!("`{}`", sanitise(name))).collect();
            say("unmet-image-names", &[("names", &missing.join(", "))])
        }
        ("Config.Image", Some(found)) => {
            say("unmet-from-image", &[("found", &sanitise(found)), ("wanted", value(&finding.expected)?)])
        }
        _ => None,
    };
    own.or_else(|| Some(words.say("unmet", &[("claim", &describe_claim(&failing_part(claim, findings), words)?)])))
}

/// The claim with those of its conditions alone that do not hold; the whole claim if none of them is to blame.
fn failing_part(claim: &Claim, findings: &[ClaimFailure]) -> Claim {
    let mut part = claim.clone();
    part.asks.retain(|ask| findings.iter().any(|finding| finding.span == ask.span));
    if part.asks.is_empty() { claim.clone() } else { part }
}

/// Whether the container that a claim is about is there, but is not as the claim says.
pub(super) fn is_wrong_container(claim: &Claim, findings: &[ClaimFailure], name: &str) -> bool {
    let is_there = |finding: &ClaimFailure| finding.found.is_some() || finding.what.contains(" · ");
    matches!(&claim.subject, Subject::Container(of) if of == name)
        && !claim.absent
        && findings.first().is_some_and(is_there)
}

fn value(expected: &Expectation) -> Option<&str> {
    match expected {
        Expectation::Value(Op::Is(value)) => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::{Decision, Facts, decide};
    use crate::lesson::{Block, LessonId, parse};
    use crate::text::Source;
    use crate::words::Lang;

    #[test]
    fn container_that_is_missing_is_not_wrong() {
        let text = "# K\n\n## s {#s}\n\n```check\ncontainer: kabar\nConfig.Env: [\"NAMA=Ryan\"]\n```\n";
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let Some(Block::Check(check)) = lesson.steps[0].blocks.first() else { panic!("no check") };
        let wrong = Facts::Inspect(serde_json::json!({ "Config": { "Env": ["NAMA=Ani"] } }));
        for (facts, name, is_wrong) in
            [(wrong.clone(), "kabar", true), (wrong, "lain", false), (Facts::Absent, "kabar", false)]
        {
            let Decision::Fails(findings) = decide(&check.claim, &Ok(facts)) else { panic!("it holds") };
            assert_eq!(is_wrong_container(&check.claim, &findings, name), is_wrong, "{findings:?}");
        }
    }

    fn claim_of(check: &str) -> Claim {
        let text = format!("# K\n\n## s {{#s}}\n\n```check\n{check}\n```\n");
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let claim = lesson.steps.iter().flat_map(|step| &step.blocks).find_map(|block| match block {
            Block::Check(check) => Some(check.claim.clone()),
            _ => None,
        });
        claim.unwrap()
    }

    #[test]
    fn conditions_that_hold_are_not_said_to_be_missing() {
        let claim =
            claim_of("container: kabar\nConfig.Env: [\"NAMA=Ryan\"]\nConfig.AttachStdout: false\nState.Running: true");
        let of = |env: &str, attached: bool| {
            let config = serde_json::json!({ "Env": [env], "AttachStdout": attached });
            let facts = Facts::Inspect(serde_json::json!({ "Config": config, "State": { "Running": true } }));
            let Decision::Fails(findings) = decide(&claim, &Ok(facts)) else { panic!("it holds") };
            describe_unmet(&claim, &findings, &Words::new(Lang::En)).unwrap()
        };
        let said = of("NAMA=Budi", false);
        assert!(said.contains("`NAMA=Ryan`") && !said.contains("running") && !said.contains("terminal"), "{said}");
        let said = of("NAMA=Budi", true);
        assert!(said.contains("`NAMA=Ryan`") && said.contains("terminal") && !said.contains("running"), "{said}");
    }

    #[test]
    fn only_names_that_an_image_lacks_are_missing() {
        let claim = claim_of("image: latihan:1\nRepoTags: [\"alpine:3.20\", \"latihan:1\"]");
        for (facts, said) in [
            (
                Facts::Inspect(serde_json::json!({ "RepoTags": ["alpine:3.21", "latihan:1"] })),
                "Image `latihan:1` belum punya nama `alpine:3.20`.",
            ),
            (Facts::Absent, "Image `latihan:1` belum ada di mesin ini."),
        ] {
            let Decision::Fails(findings) = decide(&claim, &Ok(facts)) else { panic!("it holds") };
            assert_eq!(describe_unmet(&claim, &findings, &Words::new(Lang::Id)).as_deref(), Some(said));
        }
    }
}
