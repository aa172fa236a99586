//! Finds objects of earlier steps that a step needs. If such an object is gone, the earlier step has to be done again.

use std::ops::Range;

use crate::claims::{ClaimFailure, Decision, Expectation, decide, question};
use crate::docker_cli::docker_commands;
use crate::engine::ClaimContext;
use crate::image_ref::ImageRef;
use crate::lesson::{AskKey, Block, Claim, CommandId, Lesson, PathPart, Step, Subject};
use crate::lesson_state::only_looks;

use super::claim_poller::ClaimPoller;

/// The keys in the output of `docker inspect` whose values never change after an object was created.
const LASTING: [&str; 4] = ["Config", "HostConfig", "Path", "Args"];

/// A claim of an earlier step or part that must still hold.
#[derive(Debug, Clone)]
pub(super) struct LastingClaim {
    /// The step whose commands made the claim true.
    pub(super) step: usize,
    pub(super) claim: Claim,
    /// The index of the block that contains the claim's check.
    pub(super) block: usize,
    /// Whether the object exists, but does not match the claim. [`find_undone`] sets this value.
    pub(super) is_other: bool,
    /// The reasons why the claim does not hold any more. [`find_undone`] sets this value.
    pub(super) failures: Vec<ClaimFailure>,
}

impl LastingClaim {
    const fn new(step: usize, block: usize, claim: Claim) -> Self {
        Self { step, claim, block, is_other: false, failures: Vec::new() }
    }

    /// Returns the kind of the claim's object, such as `container`, and the object's name.
    pub(super) fn object(&self) -> Option<(&'static str, &str)> {
        object(&self.claim)
    }

    /// Whether one of these commands names the claim's container.
    fn is_named_in(&self, commands: &[&str]) -> bool {
        self.object().is_some_and(|(_, name)| commands.iter().any(|text| names_container(text, name)))
    }
}

fn object(claim: &Claim) -> Option<(&'static str, &str)> {
    match &claim.subject {
        Subject::Container(name) | Subject::Changes(name) | Subject::Logs(name) => Some(("container", name)),
        Subject::Image(name) => Some(("image", name)),
        Subject::Network(name) => Some(("network", name)),
        Subject::Volume(name) => Some(("volume", name)),
        Subject::File(name) => Some(("file", name)),
        _ => None,
    }
}

/// Returns the claims of steps before `at` on objects that the commands `left` of step `at` use, and on files that
/// `typed` reads. Leaves out objects that a later step, or step `at` itself, removes.
pub(super) fn lasting_claims(lesson: &Lesson, at: usize, left: &[CommandId], typed: &str) -> Vec<LastingClaim> {
    claims_of_steps(lesson, at, at + 1, left, typed)
}

/// Whether the claims of the steps before `at` say that this object was created and not removed afterwards.
pub(super) fn is_made_before(lesson: &Lesson, at: usize, kind: &str, name: &str) -> bool {
    let mut claims = lesson.steps.iter().take(at).flat_map(|step| &step.blocks).filter_map(|block| match block {
        Block::Check(check) if object(&check.claim) == Some((kind, name)) => Some(&check.claim),
        _ => None,
    });
    claims.next_back().is_some_and(|claim| !claim.absent)
}

/// Returns the claims of earlier steps on objects that step `at` removes. If these objects are gone, the step has
/// nothing to remove.
pub(super) fn removed_claims(lesson: &Lesson, at: usize, commands: &[CommandId]) -> Vec<LastingClaim> {
    let Some(step) = lesson.steps.get(at) else { return Vec::new() };
    let wants_gone = |one: &LastingClaim| {
        step.blocks.iter().any(|block| match block {
            Block::Check(check) => check.claim.absent && object(&check.claim) == one.object(),
            _ => false,
        })
    };
    let mut claims = claims_of_steps(lesson, at, at, commands, "");
    claims.retain(wants_gone);
    claims
}

/// Returns the claims of steps before `at` on objects that the commands `left` of step `at` use. Leaves out objects
/// that a later step before `end` removes.
fn claims_of_steps(lesson: &Lesson, at: usize, end: usize, left: &[CommandId], typed: &str) -> Vec<LastingClaim> {
    let Some(step) = lesson.steps.get(at) else { return Vec::new() };
    let needed = needed_names(step, left);
    let texts: Vec<&str> = left.iter().filter_map(|id| step.command(*id)).map(|(_, one)| one.text.as_str()).collect();
    let is_needed = |kind: &str, name: &str| match kind {
        "file" => texts.iter().chain([&typed]).any(|text| reads_file(text, name)),
        _ => needed.iter().any(|needed| needed == name) || is_shown(step, left, kind, name),
    };
    let mut claims: Vec<LastingClaim> = Vec::new();
    for (number, before) in lesson.steps.iter().enumerate().take(end) {
        for (block, what) in before.blocks.iter().enumerate() {
            let Block::Check(check) = what else { continue };
            let Some((kind, name)) = object(&check.claim) else { continue };
            if check.claim.absent {
                claims.retain(|one| one.object() != Some((kind, name)));
            } else if number < at && is_needed(kind, name) {
                let mut claim = check.claim.clone();
                claim.asks.retain(|ask| match &ask.key {
                    AskKey::Inspect(path) => {
                        matches!(path.first(), Some(PathPart::Key(key)) if LASTING.contains(&key.as_str()))
                    }
                    AskKey::Own(_) => false,
                });
                claims.push(LastingClaim::new(number, block, claim));
            }
        }
    }
    claims
}

/// Returns the claims of the checks `passed` of step `at` on objects that `command` names or that the commands `left`
/// show. Leaves out objects that the step removes before or at the block `end`.
pub(super) fn passed_claims(
    lesson: &Lesson,
    at: usize,
    passed: &[usize],
    command: &str,
    left: &[CommandId],
    end: usize,
) -> Vec<LastingClaim> {
    let Some(step) = lesson.steps.get(at) else { return Vec::new() };
    let calls = docker_commands(command);
    let names: Vec<&str> = calls.iter().flat_map(crate::docker_cli::DockerCommand::operands).collect();
    let claims = || {
        step.blocks.iter().enumerate().filter_map(|(block, what)| match what {
            Block::Check(check) => Some((block, &check.claim)),
            _ => None,
        })
    };
    let is_wanted_gone =
        |one: &Claim| claims().any(|(block, other)| block <= end && other.absent && object(other) == object(one));
    let named = claims().filter(|(block, claim)| {
        let is_named =
            object(claim).is_some_and(|(kind, name)| names.contains(&name) || is_shown(step, left, kind, name));
        passed.contains(block) && is_named && !claim.absent && !is_wanted_gone(claim)
    });
    let claim = |claim: &Claim| Claim { asks: Vec::new(), ..claim.clone() };
    named.map(|(block, one)| LastingClaim::new(at, block, claim(one))).collect()
}

/// Returns the last claim of step `at` on each container and image. Leaves out a claim whose check has not passed, and
/// an object that a command in `left` changes. Leaves out an image if a later command of the step gives or removes names.
pub(super) fn passed_states(lesson: &Lesson, at: usize, passed: &[usize], left: &[CommandId]) -> Vec<LastingClaim> {
    let Some(step) = lesson.steps.get(at) else { return Vec::new() };
    let mut last = last_claims(lesson, at..at + 1, &["container", "image"]);
    let changing = changing_commands(step, left);
    last.retain(|one| passed.contains(&one.block) && !one.claim.absent && !one.is_named_in(&changing));
    last.retain(|one| matches!(one.claim.subject, Subject::Container(_)) || !are_names_changed_after(step, one.block));
    last
}

/// Returns the last claim of the steps before `at` on each container that `commands` of step `at` change. Leaves out a
/// claim if a later command of those steps changes its container, because the claim need not hold any more.
pub(super) fn states_before(lesson: &Lesson, at: usize, commands: &[CommandId]) -> Vec<LastingClaim> {
    let Some(step) = lesson.steps.get(at) else { return Vec::new() };
    let mut last = last_claims(lesson, 0..at, &["container"]);
    let changing = changing_commands(step, commands);
    last.retain(|one| !one.claim.absent && one.is_named_in(&changing) && !is_changed_after(lesson, one, at));
    last
}

/// Whether a command after the claim, in a step before `end`, changes the claim's container.
fn is_changed_after(lesson: &Lesson, one: &LastingClaim, end: usize) -> bool {
    let later = lesson.steps[one.step].blocks[one.block..].iter();
    let fences = later.chain(lesson.steps[one.step + 1..end].iter().flat_map(|step| &step.blocks));
    let fences = fences.filter_map(|block| match block {
        Block::Transcript(fence) if !fence.attrs.blank => Some(fence),
        _ => None,
    });
    let texts = fences.flat_map(|fence| &fence.commands).map(|command| command.text.as_str());
    let changing: Vec<&str> = texts.filter(|text| !only_looks(text)).collect();
    one.is_named_in(&changing)
}

/// Whether a command of the step after the block gives names to images or removes them.
fn are_names_changed_after(step: &Step, block: usize) -> bool {
    let fences = step.blocks[block..].iter().filter_map(|block| match block {
        Block::Transcript(fence) => Some(fence),
        _ => None,
    });
    let mut calls = fences.flat_map(|fence| &fence.commands).flat_map(|command| docker_commands(&command.text));
    calls.any(|call| {
        ["tag", "rmi", "pull", "load", "import", "build", "commit", "image prune"].contains(&call.familiar_name())
    })
}

/// Returns the last claim of these steps on each object of these kinds.
fn last_claims(lesson: &Lesson, steps: Range<usize>, kinds: &[&str]) -> Vec<LastingClaim> {
    let mut last: Vec<LastingClaim> = Vec::new();
    for number in steps {
        for (block, what) in lesson.steps[number].blocks.iter().enumerate() {
            if let Block::Check(check) = what
                && let Subject::Container(_) | Subject::Image(_) = &check.claim.subject
                && object(&check.claim).is_some_and(|(kind, _)| kinds.contains(&kind))
            {
                last.retain(|one| one.object() != object(&check.claim));
                last.push(LastingClaim::new(number, block, check.claim.clone()));
            }
        }
    }
    last
}

/// Returns the texts of those `commands` that do more than look.
fn changing_commands<'l>(step: &'l Step, commands: &[CommandId]) -> Vec<&'l str> {
    let texts = commands.iter().filter_map(|id| step.command(*id)).map(|(_, command)| command.text.as_str());
    texts.filter(|text| !only_looks(text)).collect()
}

/// Returns the command that made a claim on a container true; `None` if this command created the container, or if the
/// claim is on an image.
pub(super) fn command_of<'l>(lesson: &'l Lesson, claim: &LastingClaim) -> Option<&'l str> {
    let (_, name) = claim.object().filter(|(kind, _)| *kind == "container")?;
    let blocks = lesson.steps.get(claim.step)?.blocks.get(..claim.block)?.iter().rev();
    let fences = blocks.filter_map(|block| match block {
        Block::Transcript(fence) if !fence.attrs.hidden && !fence.attrs.blank => Some(fence),
        _ => None,
    });
    let texts = fences.flat_map(|fence| fence.commands.iter().rev()).map(|command| command.text.as_str());
    let last = texts.filter(|text| !only_looks(text)).find(|text| names_container(text, name))?;
    let creates = docker_commands(last).iter().any(|call| call.value("name") == Some(name));
    (!creates).then_some(last)
}

fn names_container(text: &str, name: &str) -> bool {
    docker_commands(text).iter().any(|call| call.value("name") == Some(name) || call.operands().any(|one| one == name))
}

/// Whether a command names a file, but does not write the file with `--output`.
fn reads_file(text: &str, name: &str) -> bool {
    let writes = docker_commands(text).iter().any(|call| call.value("output") == Some(name));
    !writes && text.split_whitespace().any(|word| word.trim_matches(['"', '\'']) == name)
}

/// Returns the names that commands take as arguments. Leaves out the values of `--name`, because the commands create
/// these objects.
fn needed_names(step: &Step, left: &[CommandId]) -> Vec<String> {
    let texts = left.iter().filter_map(|id| step.command(*id)).map(|(_, command)| command.text.as_str());
    let calls: Vec<_> = texts.flat_map(docker_commands).collect();
    let makes = |name: &str| calls.iter().any(|call| call.value("name") == Some(name));
    let pulls =
        |call: &&crate::docker_cli::DockerCommand| matches!(call.familiar_name(), "pull" | "tag" | "build" | "load");
    let used = calls.iter().filter(|call| !pulls(call)).flat_map(|call| call.operands().map(str::to_owned));
    used.filter(|name| !makes(name)).collect()
}

/// Whether a read-only command among `commands` shows this object in its output in the lesson.
fn is_shown(step: &Step, commands: &[CommandId], kind: &str, name: &str) -> bool {
    let image = name.parse::<ImageRef>().ok().filter(|_| kind == "image");
    let words: Vec<String> = match image {
        Some(image) => std::iter::once(image.familiar_name()).chain(image.tag).collect(),
        None => vec![name.to_owned()],
    };
    let is_part = |c: char| c.is_alphanumeric() || "_.-/".contains(c);
    let shows = |line: &str| words.iter().all(|word| line.split(|c| !is_part(c)).any(|one| one == word));
    let commands = commands.iter().filter_map(|id| step.command(*id)).map(|(_, command)| command);
    commands
        .filter(|command| only_looks(&command.text))
        .flat_map(|command| &command.expected)
        .any(|line| shows(&line.text))
}

/// Returns the first of these claims that does not hold any more, with the failures.
pub(super) async fn find_undone(claims: Vec<LastingClaim>, poller: ClaimPoller<'_>) -> Option<LastingClaim> {
    for one in claims {
        let scene: ClaimContext<'_> = poller.scene();
        let facts = poller.env.engine.facts(&question(&one.claim), &scene).await;
        if let Decision::Fails(failures) = decide(&one.claim, &facts) {
            let is_other = failures.iter().all(|failure| failure.expected != Expectation::Exists);
            return Some(LastingClaim { is_other, failures, ..one });
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
    fn lasting_claims_leave_out_objects_that_an_earlier_step_removed() {
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
        let found = lasting_claims(&lesson, 2, &[CommandId { block, number: 0 }], "");
        let told: Vec<_> = found.iter().map(|one| (one.step, one.object(), one.claim.asks.len())).collect();
        assert_eq!(told, [(0, Some(("container", "kapal")), 1)]);
    }

    #[test]
    fn read_only_command_needs_the_objects_in_its_expected_output() {
        let text = "# A\n\n## Satu {#satu}\n\n```check\ncontainer: sapa\n```\n\n```check\nimage: \"mongo:4.1\"\n```\n\n\
                    ## Dua {#dua}\n\n```console\n$ docker ps -a\nID IMAGE NAMES\n0a hello sapa\n```\n\n\
                    ```console\n$ docker images\nREPOSITORY TAG\nmongo 4.1\n```\n";
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let needed = |block: usize| {
            let found = lasting_claims(&lesson, 1, &[CommandId { block, number: 0 }], "");
            found.iter().map(|one| one.object().unwrap().1.to_owned()).collect::<Vec<_>>()
        };
        let is_fence = |block: &Block| matches!(block, Block::Transcript(_));
        let blocks: Vec<usize> =
            lesson.steps[1].blocks.iter().enumerate().filter(|(_, one)| is_fence(one)).map(|(at, _)| at).collect();
        assert_eq!(needed(blocks[0]), ["sapa"]);
        assert_eq!(needed(blocks[1]), ["mongo:4.1"]);
    }

    #[test]
    fn image_of_a_passed_part_keeps_its_names_unless_a_later_command_changes_them() {
        let check = "```check\nimage: \"latihan:1\"\nRepoTags: [\"alpine:3.20\"]\n```\n\n";
        let told = |later: &str| {
            let text = format!(
                "# A\n\n## Satu {{#satu}}\n\n```console\n$ docker tag alpine:3.20 latihan:1\n```\n\n{check}\
                 ```console\n$ {later}\n```\n"
            );
            let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
            let check = lesson.steps[0].blocks.iter().position(|block| matches!(block, Block::Check(_))).unwrap();
            passed_states(&lesson, 0, &[check], &[]).len()
        };
        assert_eq!(told("docker images"), 1);
        assert_eq!(told("docker rmi alpine:3.20"), 0);
    }

    #[test]
    fn passed_claims_are_about_objects_that_the_command_names() {
        let check = |text: &str| format!("```check\n{text}\n```\n\n");
        let text = format!(
            "# A\n\n## Satu {{#satu}}\n\n{}{}{}{}",
            check("container: salam\nState.Running: true"),
            check("container: lain"),
            check("container: kapal"),
            check("container: lain\nabsent: true"),
        );
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let told = |passed: &[usize], command: &str| {
            let found = passed_claims(&lesson, 0, passed, command, &[], usize::MAX);
            found.iter().map(|one| one.object().unwrap().1.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(told(&[0, 1], "docker rm -f salam kapal"), ["salam"]);
        assert_eq!(told(&[0, 1], "docker rm -f lain"), [""; 0]);
        assert_eq!(told(&[0, 1], "docker rm -f apa"), [""; 0]);
    }

    #[test]
    fn removed_claims_are_about_objects_that_the_step_removes() {
        let text = "# A\n\n## Satu {#satu}\n\n```console\n$ docker create --name kapal alpine:3.20\n```\n\n\
            ```check\ncontainer: kapal\n```\n\n## Dua {#dua}\n\n```console\n$ docker rm kapal\n```\n\n\
            ```check\ncontainer: kapal\nabsent: true\n```\n";
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let commands = [CommandId { block: 0, number: 0 }];
        let found = removed_claims(&lesson, 1, &commands);
        assert_eq!(found.iter().map(LastingClaim::object).collect::<Vec<_>>(), [Some(("container", "kapal"))]);
        assert!(lasting_claims(&lesson, 1, &commands, "").is_empty());
    }

    #[test]
    fn file_of_an_earlier_step_is_needed_by_a_command_that_reads_it() {
        let text = "# A\n\n## Satu {#satu}\n\n```console\n$ docker save -o muatan.tar a\n```\n\n\
            ```check\nfile: muatan.tar\ncontains: a\n```\n\n## Dua {#dua}\n\n\
            ```console\n$ docker load -i muatan.tar\n```\n\n```check\nimage: a\n```\n";
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let found = |left: &[CommandId], typed: &str| {
            let claims = lasting_claims(&lesson, 1, left, typed);
            claims.iter().map(|one| one.object().unwrap().1.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found(&[CommandId { block: 0, number: 0 }], ""), ["muatan.tar"]);
        assert_eq!(found(&[], "docker load --input 'muatan.tar'"), ["muatan.tar"]);
        assert_eq!(found(&[], "docker save -o muatan.tar a"), [""; 0]);
    }

    #[test]
    fn passed_state_comes_with_the_command_that_restores_it() {
        let run = |text: &str| format!("```console\n$ {text}\n```\n\n");
        let check = |text: &str| format!("```check\n{text}\n```\n\n");
        let text = format!(
            "# A\n\n## Satu {{#satu}}\n\n{}{}{}{}{}{}",
            run("docker run -d --name perahu a"),
            check("container: perahu\nState.Running: true"),
            run("docker stop perahu"),
            check("container: perahu\nState.Status: exited"),
            run("docker ps -a"),
            check("ran: docker ps\nexit: 0"),
        );
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let states = |passed: &[usize], left: &[usize]| {
            let left: Vec<CommandId> = left.iter().map(|&block| CommandId { block, number: 0 }).collect();
            let found = passed_states(&lesson, 0, passed, &left);
            found.iter().map(|one| command_of(&lesson, one).map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(states(&[0, 1, 2, 3], &[4]), [Some("docker stop perahu".into())]);
        assert_eq!(states(&[0, 1, 2, 3], &[2]), [None; 0]);
        assert_eq!(states(&[0, 1], &[2, 4]), [None; 0]);
    }

    #[test]
    fn states_before_a_step_are_those_of_the_containers_that_the_step_changes() {
        let part = |command: &str, state: &str| {
            format!("```console\n$ {command}\n```\n\n```check\ncontainer: kapal\n{state}\n```\n\n")
        };
        let text = format!(
            "# A\n\n## Satu {{#satu}}\n\n{}{}## Dua {{#dua}}\n\n{}",
            part("docker run -d --name kapal a", "State.Running: true"),
            part("docker stop kapal", "State.Status: exited"),
            part("docker start kapal", "State.Running: true"),
        );
        let (lesson, _) = parse(&Source::new("l.md", text.clone()), LessonId("l".into()));
        let found = states_before(&lesson, 1, &[CommandId { block: 0, number: 0 }]);
        assert_eq!(found.iter().map(|one| (one.step, one.block)).collect::<Vec<_>>(), [(0, 3)]);
        assert!(states_before(&lesson, 1, &[]).is_empty(), "no command of the step changes the container");
        let text = text.replace("## Dua", "```console\n$ docker start kapal\n```\n\n## Dua");
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let found = states_before(&lesson, 1, &[CommandId { block: 0, number: 0 }]);
        assert!(found.is_empty(), "a later command changes the state, and no claim says how");
    }
}
