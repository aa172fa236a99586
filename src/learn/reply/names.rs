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
        return None;
    }
    let meant: Vec<String> =
        printed.iter().flat_map(|one| docker_commands(one.command)).flat_map(|call| values(&call)).collect();
    let is_long = |name: &str| name.chars().count() >= SHORTEST;
    let near = |word: &String| Some((word.clone(), nearest(word, names.iter().copied().filter(|name| is_long(name)))?));
    let (found, expected) = typed.iter().filter(|word| is_long(word) && !meant.contains(word)).find_map(near)?;
    let args = vec![("expected".to_owned(), expected.to_owned()), ("found".to_owned(), found)];
    Some(Explanation { key: "explain-slip-word", args, show: None })
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
        let events = "events: { type: [container], container: [sapa] }\nin_order: [create, start]";
        let run = "docker run --name sapa hello-world";
        assert_eq!(slip("docker run --name sap hello-world", events, run).as_deref(), Some("sapa for sap"));
        assert_eq!(slip("docker run --name b hello-world", "container: a", "docker run --name a hello-world"), None);
        let other = "docker run --name web2 x";
        assert_eq!(slip("docker run --name web2 x", "container: web1", other), None, "another command names it");
    }
}
