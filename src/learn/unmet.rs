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
        ("Config.Image", Some(found)) => {
            say("unmet-from-image", &[("found", &sanitise(found)), ("wanted", value(&finding.expected)?)])
        }
        _ => None,
    };
    own.or_else(|| Some(words.say("unmet", &[("claim", &describe_claim(claim, words)?)])))
}

fn value(expected: &Expectation) -> Option<&str> {
    match expected {
        Expectation::Value(Op::Is(value)) => Some(value),
        _ => None,
    }
}
