//! What earlier steps made and a step needs: if it is gone, the earlier step has to be done again.

use crate::claims::{Decision, decide, question};
use crate::docker_cli::docker_commands;
use crate::engine::ClaimContext;
use crate::lesson::{AskKey, Block, Claim, CommandId, Lesson, PathPart, Step, Subject};

use super::claim_poller::ClaimPoller;

/// Parts of an inspected object that no command changes afterwards.
const LASTING: [&str; 4] = ["Config", "HostConfig", "Path", "Args"];

/// A claim of an earlier step, as far as it must still hold.
#[derive(Debug, Clone)]
pub(super) struct LastingClaim {
    /// The step that made it true.
    pub(super) step: usize,
    pub(super) claim: Claim,
}

impl LastingClaim {
    /// `container` or another kind, and the name.
    pub(super) fn object(&self) -> Option<(&'static str, &str)> {
        object(&self.claim)
    }
}

fn object(claim: &Claim) -> Option<(&'static str, &str)> {
    match &claim.subject {
        Subject::Container(name) => Some(("container", name)),
        Subject::Image(name) => Some(("image", name)),
        Subject::Network(name) => Some(("network", name)),
        Subject::Volume(name) => Some(("volume", name)),
        _ => None,
    }
}

/// The claims of steps before `at` on objects that the commands `left` of that step use. An object that a step in between,
/// or this step, wants gone is not among them.
pub(super) fn lasting_claims(lesson: &Lesson, at: usize, left: &[CommandId]) -> Vec<LastingClaim> {
    claims_of_steps(lesson, at, at + 1, left)
}

/// The same on objects that step `at` wants gone: without them, there is nothing that it could remove.
pub(super) fn removed_claims(lesson: &Lesson, at: usize, commands: &[CommandId]) -> Vec<LastingClaim> {
    let Some(step) = lesson.steps.get(at) else { return Vec::new() };
    let wants_gone = |one: &LastingClaim| {
        step.blocks.iter().any(|block| match block {
            Block::Check(check) => check.claim.absent && object(&check.claim) == one.object(),
            _ => false,
        })
    };
    let mut claims = claims_of_steps(lesson, at, at, commands);
    claims.retain(wants_gone);
    claims
}

/// The claims of steps before `at` on objects that these commands of it use and that no step before `end` wants gone.
fn claims_of_steps(lesson: &Lesson, at: usize, end: usize, left: &[CommandId]) -> Vec<LastingClaim> {
    let Some(step) = lesson.steps.get(at) else { return Vec::new() };
    let needed = needed_names(step, left);
    let mut claims: Vec<LastingClaim> = Vec::new();
    for (number, before) in lesson.steps.iter().enumerate().take(end) {
        for block in &before.blocks {
            let Block::Check(check) = block else { continue };
            let Some((kind, name)) = object(&check.claim) else { continue };
            if check.claim.absent {
                claims.retain(|one| one.object() != Some((kind, name)));
            } else if number < at && needed.iter().any(|needed| needed == name) {
                let mut claim = check.claim.clone();
                claim.asks.retain(|ask| match &ask.key {
                    AskKey::Inspect(path) => {
                        matches!(path.first(), Some(PathPart::Key(key)) if LASTING.contains(&key.as_str()))
                    }
                    AskKey::Own(_) => false,
                });
                claims.push(LastingClaim { step: number, claim });
            }
        }
    }
    claims
}

/// The names that commands take as their arguments. A name that `--name` gives is made, not needed.
fn needed_names(step: &Step, left: &[CommandId]) -> Vec<String> {
    let texts = left.iter().filter_map(|id| step.command(*id)).map(|(_, command)| command.text.as_str());
    let calls: Vec<_> = texts.flat_map(docker_commands).collect();
    let makes = |name: &str| calls.iter().any(|call| call.value("name") == Some(name));
    let pulls =
        |call: &&crate::docker_cli::DockerCommand| matches!(call.familiar_name(), "pull" | "tag" | "build" | "load");
    let used = calls.iter().filter(|call| !pulls(call)).flat_map(|call| call.operands().map(str::to_owned));
    used.filter(|name| !makes(name)).collect()
}

/// The first of these claims that does not hold any more.
pub(super) async fn find_undone(claims: Vec<LastingClaim>, poller: ClaimPoller<'_>) -> Option<LastingClaim> {
    for one in claims {
        let scene: ClaimContext<'_> = poller.scene();
        let facts = poller.env.engine.facts(&question(&one.claim), &scene).await;
        if matches!(decide(&one.claim, &facts), Decision::Fails(_)) {
            return Some(one);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::text::Source;

    #[test]
    fn step_needs_what_earlier_steps_made_and_nobody_removed() {
        let check = |text: &str| format!("```check\n{text}\n```\n\n");
        let run = |text: &str| format!("```console\n$ {text}\n```\n\n");
        let text = format!(
            "# A\n\n## Satu {{#satu}}\n\n{}{}{}{}## Dua {{#dua}}\n\n{}{}## Tiga {{#tiga}}\n\n{}",
            run("docker create --name kapal alpine:3.20"),
            check("container: kapal\nState.Status: created\nConfig.Image: alpine:3.20"),
            run("docker create --name perahu alpine:3.20"),
            check("container: perahu"),
            run("docker rm perahu"),
            check("container: perahu\nabsent: true"),
            run("docker start kapal perahu lain"),
        );
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let block = lesson.steps[2].blocks.iter().position(|block| matches!(block, Block::Transcript(_))).unwrap();
        let found = lasting_claims(&lesson, 2, &[CommandId { block, number: 0 }]);
        let told: Vec<_> = found.iter().map(|one| (one.step, one.object(), one.claim.asks.len())).collect();
        assert_eq!(told, [(0, Some(("container", "kapal")), 1)]);
    }

    #[test]
    fn step_that_removed_an_object_needs_it_again() {
        let text = "# A\n\n## Satu {#satu}\n\n```console\n$ docker create --name kapal alpine:3.20\n```\n\n\
            ```check\ncontainer: kapal\n```\n\n## Dua {#dua}\n\n```console\n$ docker rm kapal\n```\n\n\
            ```check\ncontainer: kapal\nabsent: true\n```\n";
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let commands = [CommandId { block: 0, number: 0 }];
        let found = removed_claims(&lesson, 1, &commands);
        assert_eq!(found.iter().map(LastingClaim::object).collect::<Vec<_>>(), [Some(("container", "kapal"))]);
        assert!(lasting_claims(&lesson, 1, &commands).is_empty());
    }
}
