//! Finds misspelt names of a step's objects.

use crate::docker_cli::{DockerCommand, docker_commands};
use crate::explain::{Explanation, Printed};
use crate::lesson::{Claim, Subject};
use crate::text::nearest;

/// The minimum length of a compared name, in characters. Shorter names resemble too many others.
const SHORTEST: usize = 3;

/// Finds a name in the command `line` that is almost the name of the claim's object. Returns `None` if `line` contains
/// the right name. Ignores names from the printed commands, because the learner typed these names on purpose.
pub(super) fn name_slip(line: &str, claim: &Claim, printed: &[Printed<'_>]) -> Option<Explanation> {
    let names = claim_names(claim);
    let calls = docker_commands(line);
    let values = |call: &DockerCommand| {
        let options = call.options.iter().filter_map(|option| option.value.clone());
        call.operands().map(str::to_owned).chain(options).collect::<Vec<_>>()
    };
    let typed: Vec<String> = calls.iter().flat_map(values).collect();
    if typed.iter().any(|word| names.contains(&word.as_str())) {
        return removed_at_once(&calls, claim, printed);
    }
    if let Some(name) = forgotten_name(&calls, &names, printed) {
        return Some(name);
    }
    let meant: Vec<String> =
        printed.iter().flat_map(|one| docker_commands(one.command)).flat_map(|call| values(&call)).collect();
    let is_long = |name: &str| name.chars().count() >= SHORTEST;
    let near = |word: &String| Some((word.clone(), nearest(word, names.iter().copied().filter(|name| is_long(name)))?));
    let (found, expected) = typed.iter().filter(|word| is_long(word) && !meant.contains(word)).find_map(near)?;
    let args = vec![("expected".to_owned(), expected.to_owned()), ("found".to_owned(), found)];
    Some(Explanation { key: "explain-slip-word", args, show: None })
}

/// Finds the option `--rm` that removed the claim's container as soon as it ended.
fn removed_at_once(calls: &[DockerCommand], claim: &Claim, printed: &[Printed<'_>]) -> Option<Explanation> {
    let Subject::Container(name) = &claim.subject else { return None };
    let removes = |call: &DockerCommand| call.has("rm") && call.value("name") == Some(name);
    let is_meant = printed.iter().flat_map(|one| docker_commands(one.command)).any(|call| removes(&call));
    let call = calls.iter().find(|call| removes(call) && !call.has("detach")).filter(|_| !is_meant)?;
    let args = [("name", name.as_str()), ("verb", call.familiar_name())];
    let args = args.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
    Some(Explanation { key: "explain-slip-removed", args, show: None })
}

/// Finds a container that was made without the name that the step gives it.
fn forgotten_name(calls: &[DockerCommand], names: &[&str], printed: &[Printed<'_>]) -> Option<Explanation> {
    let makes = |call: &&DockerCommand| matches!(call.familiar_name(), "run" | "create");
    let call = calls.iter().find(makes).filter(|call| !call.has("name"))?;
    let wanted = printed.iter().filter(|one| !one.typed).flat_map(|one| docker_commands(one.command));
    let name = wanted
        .filter(|wanted| makes(&wanted))
        .find_map(|wanted| names.iter().find(|name| wanted.value("name") == Some(**name)).copied())?;
    let args =
        vec![("flag".to_owned(), format!("--name {name}")), ("verb".to_owned(), call.familiar_name().to_owned())];
    Some(Explanation { key: "explain-slip-flag-missing", args, show: None })
}

/// Returns the names of the objects that a claim is about.
fn claim_names(claim: &Claim) -> Vec<&str> {
    match &claim.subject {
        Subject::Container(name)
        | Subject::Image(name)
        | Subject::Network(name)
        | Subject::Volume(name)
        | Subject::Logs(name)
        | Subject::Changes(name)
        | Subject::Top(name) => vec![name],
        Subject::Events(filters) => {
            let objects = ["container", "image", "network", "volume"];
            let named = filters.iter().filter(|(kind, _)| objects.contains(&kind.as_str()));
            named.flat_map(|(_, names)| names.iter().map(String::as_str)).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Block, LessonId, parse};
    use crate::text::Source;

    fn slip(typed: &str, check: &str, printed: &str) -> Option<String> {
        let text = format!("# K\n\n## s {{#s}}\n\n```check\n{check}\n```\n");
        let (lesson, wrong) = parse(&Source::new("l.md", text), LessonId("l".into()));
        assert!(wrong.is_empty(), "{wrong:?}");
        let Some(Block::Check(check)) = lesson.steps[0].blocks.first() else { panic!("no check") };
        let printed = [Printed { command: printed, shown: false, typed: false }];
        let slip = name_slip(typed, &check.claim, &printed)?;
        Some(slip.args.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" for "))
    }

    #[test]
    fn typed_name_that_is_almost_the_name_in_the_claim_is_a_slip() {
        let tag = "docker tag alpine:3.21 latihan:1";
        for (typed, told) in [
            ("docker tag alpine:3.21 latihn:1", Some("latihan:1 for latihn:1")),
            ("docker tag alpine:3.21 latihan:2", Some("latihan:1 for latihan:2")),
            ("docker tag alpine:3.20 latihan:1", None),
            ("docker tag alpine:3.21 rumah/web:stabil", None),
        ] {
            assert_eq!(slip(typed, "image: \"latihan:1\"", tag).as_deref(), told, "{typed}");
        }
        let made = "docker run -d --name kotak alpine:3.20";
        assert_eq!(
            slip("docker run -d alpine:3.20", "container: kotak", made).as_deref(),
            Some("--name kotak for run")
        );
        assert_eq!(slip("docker run -d alpine:3.20", "container: kapal", made), None);
        let kept = "docker run --name bukti hasil:1 cat /muatan";
        let removed = slip("docker run --rm --name bukti hasil:1 cat /muatan", "container: bukti", kept);
        assert_eq!(removed.as_deref(), Some("bukti for run"));
        let events = "events: { type: [container], container: [sapa] }\nin_order: [create, start]";
        let run = "docker run --name sapa hello-world";
        assert_eq!(slip("docker run --name sap hello-world", events, run).as_deref(), Some("sapa for sap"));
        assert_eq!(slip("docker run --name b hello-world", "container: a", "docker run --name a hello-world"), None);
        let other = "docker run --name web2 x";
        assert_eq!(slip("docker run --name web2 x", "container: web1", other), None, "another command names it");
    }
}
