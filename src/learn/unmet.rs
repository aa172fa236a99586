//! Describes a claim that does not hold yet, for a reader who does not know the engine's field names.

use crate::claims::{ClaimFailure, Expectation};
use crate::explain;
use crate::lesson::{Ask, Claim, NODES, Op, Subject};
use crate::report::plain_claim::{describe_claim, enumerate, literal_text, plain_claim};
use crate::transcript::sanitise;
use crate::words::Words;

/// Describes why a claim does not hold, without field names and patterns.
pub(super) fn describe_unmet(claim: &Claim, findings: &[ClaimFailure], words: &Words) -> String {
    let own = findings.first().and_then(|finding| describe_finding(claim, finding, words));
    let own = own.map(|text| match claim.on.as_deref().filter(|node| *node != NODES[0]) {
        Some(node) => words.say("unmet-on-node", &[("node", node), ("text", &explain::in_context(&text, node))]),
        None => text,
    });
    own.unwrap_or_else(|| words.say("unmet", &[("claim", &plain_claim(&failing_part(claim, findings, words), words))]))
}

/// Describes a failure with the message for its field and value. Returns `None` if there is no such message.
fn describe_finding(claim: &Claim, finding: &ClaimFailure, words: &Words) -> Option<String> {
    let (kind, name) = match &claim.subject {
        Subject::Container(name) => ("container", name.as_str()),
        Subject::Image(name) => ("image", name.as_str()),
        Subject::Logs(name) => ("logs", name.as_str()),
        _ => return None,
    };
    let name = sanitise(name);
    let say = |key: &str, args: &[(&str, &str)]| {
        let mut args = args.to_vec();
        args.push(("name", &name));
        words.find(key, &args)
    };
    match (finding.what.rsplit(" · ").next().unwrap_or_default(), &finding.found) {
        _ if claim.absent => say(&format!("unmet-{kind}-there"), &[]),
        (what, None) if what == finding.what => say(&format!("unmet-{kind}-none"), &[]),
        ("State.Status" | "State.Running", Some(found)) => {
            let wanted = wanted_value(&finding.expected)?;
            let state = |value: &str| {
                match value {
                    "true" => "running",
                    "false" => "exited",
                    other => other,
                }
                .to_owned()
            };
            let (is, wanted) = (
                say(&format!("unmet-is-{}", state(found)), &[]),
                say(&format!("unmet-wanted-{}", state(&wanted)), &[]),
            );
            let key = match (found.as_str(), wanted_value(&finding.expected)?.as_str()) {
                ("exited" | "created" | "false", "running" | "true") => "unmet-state-start",
                _ => "unmet-state",
            };
            say(key, &[("is", &is?), ("wanted", &wanted?)])
        }
        ("State.ExitCode", Some(found)) => {
            say("unmet-exit", &[("found", &sanitise(found)), ("wanted", &wanted_value(&finding.expected)?)])
        }
        // The message lists only the expected names that the image does not have.
        ("RepoTags", Some(found)) => {
            let Expectation::Value(Op::All(names)) = &finding.expected else { return None };
            let is_there =
                |name: &&String| found.split(['[', ']', '"', ',', ' ', '\n']).any(|one| one == name.as_str());
            let missing: Vec<&String> = names.iter().filter(|name| !is_there(name)).collect();
            let quoted: Vec<String> = missing.iter().map(|name| format!("`{}`", sanitise(name))).collect();
            Some(words.count(
                "unmet-image-names",
                missing.len(),
                &[("name", &name), ("names", &enumerate(quoted, "means-and", words))],
            ))
        }
        ("Config.Image", Some(found)) => {
            say("unmet-from-image", &[("found", &sanitise(found)), ("wanted", &wanted_value(&finding.expected)?)])
        }
        ("Config.AttachStdout", Some(_)) if wanted_value(&finding.expected)? == "false" => say("unmet-detached", &[]),
        _ => None,
    }
}

/// Returns the claim with only the conditions that fail and that have a description. If there is no such condition,
/// returns the whole claim.
fn failing_part(claim: &Claim, findings: &[ClaimFailure], words: &Words) -> Claim {
    let with = |asks: Vec<Ask>| Claim { asks, ..claim.clone() };
    let fails = |ask: &&Ask| findings.iter().any(|finding| finding.span == ask.span);
    let has_words = |ask: &&Ask| describe_claim(&with(vec![(*ask).clone()]), words).is_some();
    let asks: Vec<Ask> = claim.asks.iter().filter(fails).filter(has_words).cloned().collect();
    if asks.is_empty() { claim.clone() } else { with(asks) }
}

/// Whether the claim is about a container that was made with other settings, so that it must be made again.
pub(super) fn is_made_wrong(claim: &Claim, findings: &[ClaimFailure]) -> bool {
    let is_setting = |finding: &ClaimFailure| finding.found.is_some() && finding.what.contains("Config.");
    matches!(claim.subject, Subject::Container(_)) && !claim.absent && findings.first().is_some_and(is_setting)
}

/// Whether the claim is about the container `name`, and this container exists but does not match the claim.
pub(super) fn is_wrong_container(claim: &Claim, findings: &[ClaimFailure], name: &str) -> bool {
    let is_there = |finding: &ClaimFailure| finding.found.is_some() || finding.what.contains(" · ");
    matches!(&claim.subject, Subject::Container(of) if of == name)
        && !claim.absent
        && findings.first().is_some_and(is_there)
}

/// Returns the expected value as text; `None` if more than one value is allowed.
fn wanted_value(expected: &Expectation) -> Option<String> {
    match expected {
        Expectation::Value(Op::Is(value)) => Some(sanitise(value)),
        Expectation::Value(Op::Matches(pattern)) => literal_text(pattern).map(|text| sanitise(&text)),
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
    fn missing_container_is_not_a_wrong_container() {
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
    fn description_leaves_out_conditions_that_hold() {
        let claim =
            claim_of("container: kabar\nConfig.Env: [\"NAMA=Ryan\"]\nConfig.AttachStdout: false\nState.Running: true");
        let of = |env: &str, attached: bool| {
            let config = serde_json::json!({ "Env": [env], "AttachStdout": attached });
            let facts = Facts::Inspect(serde_json::json!({ "Config": config, "State": { "Running": true } }));
            let Decision::Fails(findings) = decide(&claim, &Ok(facts)) else { panic!("it holds") };
            describe_unmet(&claim, &findings, &Words::new(Lang::En))
        };
        let said = of("NAMA=Budi", false);
        assert!(said.contains("`NAMA=Ryan`") && !said.contains("running") && !said.contains("`-d`"), "{said}");
        let said = of("NAMA=Budi", true);
        assert!(said.contains("`NAMA=Ryan`") && said.contains("`-d`") && !said.contains("running"), "{said}");
    }

    #[test]
    fn description_of_a_container_on_the_other_node_names_the_node_also_in_commands() {
        let claim = claim_of("container: salam\non: node-b\nState.Running: true");
        let facts = Facts::Inspect(serde_json::json!({ "State": { "Running": false } }));
        let Decision::Fails(findings) = decide(&claim, &Ok(facts)) else { panic!("it holds") };
        let said = describe_unmet(&claim, &findings, &Words::new(Lang::En));
        assert!(
            said.starts_with("On `node-b`: `salam`") && said.contains("`docker --context node-b start salam`"),
            "{said}"
        );
    }

    #[test]
    fn description_lists_only_the_names_that_an_image_lacks() {
        let claim = claim_of("image: latihan:1\nRepoTags: [\"alpine:3.20\", \"latihan:1\"]");
        for (facts, said) in [
            (
                Facts::Inspect(serde_json::json!({ "RepoTags": ["alpine:3.21", "latihan:1"] })),
                "`latihan:1` dan `alpine:3.20` belum menjadi nama image yang sama.",
            ),
            (Facts::Absent, "Image `latihan:1` belum ada di mesin ini."),
        ] {
            let Decision::Fails(findings) = decide(&claim, &Ok(facts)) else { panic!("it holds") };
            assert_eq!(describe_unmet(&claim, &findings, &Words::new(Lang::Id)), said);
        }
    }

    #[test]
    fn pattern_that_matches_only_one_text_is_shown_as_this_text() {
        let claim = claim_of("container: kapal\nConfig.Image: { matches: \"busybox:1[.]35$\" }");
        let facts = Facts::Inspect(serde_json::json!({ "Config": { "Image": "busybox:1.36" } }));
        let Decision::Fails(findings) = decide(&claim, &Ok(facts)) else { panic!("it holds") };
        let said = describe_unmet(&claim, &findings, &Words::new(Lang::En));
        assert_eq!(said, "`kapal` was made from the image `busybox:1.36`, but `busybox:1.35` is wanted.");
    }

    #[test]
    fn attached_container_is_described_without_mention_of_the_terminal() {
        let claim = claim_of("container: kabar\nConfig.AttachStdout: false\nState.Running: true");
        let facts = serde_json::json!({ "Config": { "AttachStdout": true }, "State": { "Running": true } });
        let Decision::Fails(findings) = decide(&claim, &Ok(Facts::Inspect(facts))) else { panic!("it holds") };
        let said = describe_unmet(&claim, &findings, &Words::new(Lang::En));
        assert!(said.contains("`docker run -d`") && !said.contains("your terminal"), "{said}");
    }

    /// Describes failures of many claims. No description may contain a pattern or a field name.
    #[test]
    fn no_description_contains_a_field_name_or_a_pattern() {
        let inspect = |json: serde_json::Value| Facts::Inspect(json);
        let empty = || inspect(serde_json::json!({}));
        let text = || Facts::Text("lain".into());
        let mut seen = 0;
        for (check, facts) in [
            ("container: a\nConfig.Image: { matches: \"^(busybox|alpine):3.*$\" }", empty()),
            (
                "container: a\nConfig.Image: { matches: \"^b.*$\" }",
                inspect(serde_json::json!({"Config": {"Image": "x"}})),
            ),
            (
                "container: a\nState.Status: { matches: \"^(exited|dead)$\" }",
                inspect(serde_json::json!({"State": {"Status": "running"}})),
            ),
            (
                "container: a\nState.ExitCode: { matches: \"^[1-9]\" }",
                inspect(serde_json::json!({"State": {"ExitCode": 0}})),
            ),
            ("container: a\nState.ExitCode: { at_least: 1 }", inspect(serde_json::json!({"State": {"ExitCode": 0}}))),
            ("container: a\nHostConfig.PortBindings.\"80/tcp\".0.HostPort: \"8080\"", empty()),
            ("container: a\nNetworkSettings.Networks: { length: 2 }", empty()),
            ("container: a\nConfig.Cmd: { starts: [sh, -c] }", empty()),
            ("container: a\nMounts: { empty: false }", empty()),
            ("image: a\nRepoTags: { matches: \"a:[0-9]+$\" }", inspect(serde_json::json!({"RepoTags": ["b:1"]}))),
            ("image: a\nConfig.Labels.versi: \"1\"", empty()),
            ("network: a\nDriver: bridge", empty()),
            ("volume: a\nOptions.type: tmpfs", empty()),
            ("logs: a\nmatches: \"^Halo [A-Z]+$\"", text()),
            ("logs: a\ncontains: Halo", text()),
            ("file: a\nmatches: \"^FROM [a-z]+$\"", text()),
            ("changes: a\nadded: [/b]", Facts::Changes { added: Vec::new(), changed: Vec::new(), deleted: Vec::new() }),
            ("containers: { label: [a=b] }\ncount: 2", Facts::List(Vec::new())),
            ("events: { container: [a], event: [start] }\ncount: { at_most: 1 }", Facts::Events(Vec::new())),
            ("events: { container: [a] }\nin_order: [create, start]", Facts::Events(Vec::new())),
            ("run: [id]\nin: a\nstdout: { matches: \"^uid=[0-9]+\" }", Facts::Run { exit: 1, stdout: "x".into() }),
        ] {
            let claim = claim_of(check);
            for facts in [facts, Facts::Absent] {
                let Decision::Fails(findings) = decide(&claim, &Ok(facts)) else { continue };
                seen += 1;
                for lang in Lang::ALL {
                    let said = describe_unmet(&claim, &findings, &Words::new(lang));
                    let keys = ["Config", "State", "Settings", "RepoTags", "Mounts", "Driver", "Options", "in_order"];
                    let signs = ["[", "]", "^", "$", "*", "+", "\\", "|", "unmet", "means", "claim"];
                    let raw = keys.iter().chain(&signs).find(|raw| said.contains(**raw));
                    assert!(raw.is_none() && said.len() > 20, "{check}: {said}");
                }
            }
        }
        assert!(seen >= 40, "{seen} failures");
    }
}
