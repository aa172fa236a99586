//! Reads the commands of a step and their images.

use crate::docker_cli::{Operand, docker_commands};
use crate::explain::Printed;
use crate::lesson::{Action, Block, CommandId, Lesson, PlannedStep, Step, Transcript};

/// Returns the commands of a step that the learner types, from the blocks in `shown`. Marks the commands in `left` as
/// not typed yet.
#[must_use]
pub fn printed_commands<'a>(
    step: &'a Step,
    planned: &PlannedStep,
    shown: &[usize],
    left: &[CommandId],
) -> Vec<Printed<'a>> {
    let printed = planned.actions.iter().filter_map(|action| match *action {
        Action::Run { block, command } if shown.contains(&block) => match step.blocks.get(block)? {
            Block::Transcript(fence) if !fence.attrs.hidden => {
                let typed = !left.contains(&CommandId { block, number: command });
                Some(Printed { command: &fence.commands.get(command)?.text, shown: !fence.attrs.solution, typed })
            }
            _ => None,
        },
        _ => None,
    });
    printed.collect()
}

/// Returns the images that the commands of a step name. The images of commands that were not typed yet come first.
#[must_use]
pub(in crate::learn) fn images_of_step(printed: &[Printed<'_>]) -> Vec<String> {
    let mut printed: Vec<&Printed<'_>> = printed.iter().collect();
    // Names from hidden commands reveal nothing, because the tutor uses a name from this list only if this name
    // resembles the typed one.
    printed.sort_by_key(|one| (one.typed, !one.shown));
    printed.into_iter().flat_map(|one| images_of_line(one.command)).collect()
}

/// Returns the images that are arguments of the docker commands in a line.
fn images_of_line(line: &str) -> Vec<String> {
    let images = docker_commands(line).into_iter().flat_map(|call| {
        let is_image = |at: usize| call.command.is_some_and(|command| command.operand(at) == Operand::Image);
        let images = call.operands().enumerate().filter(|(at, _)| is_image(*at));
        images.map(|(_, image)| image.to_owned()).collect::<Vec<_>>()
    });
    images.collect()
}

/// Returns the images that a lesson pulls only to show that the registry refuses them.
#[must_use]
pub(in crate::learn) fn refused_images(lesson: &Lesson) -> Vec<String> {
    let blocks = lesson.steps.iter().flat_map(|step| &step.blocks);
    let fences = blocks.filter_map(|block| if let Block::Transcript(fence) = block { Some(fence) } else { None });
    let fails = |fence: &&Transcript| !fence.attrs.exit.is_empty() && !fence.attrs.exit.contains(&0);
    let (failing, others): (Vec<&Transcript>, Vec<&Transcript>) = fences.partition(fails);
    let pulled = |line: &str| -> Vec<String> {
        let pulls = docker_commands(line).iter().any(|call| call.familiar_name() == "pull");
        if pulls { images_of_line(line) } else { Vec::new() }
    };
    // A later step may pull the image after a login.
    let given: Vec<String> =
        others.iter().flat_map(|fence| &fence.commands).flat_map(|one| pulled(&one.text)).collect();
    let refused = failing.iter().filter_map(|fence| fence.commands.last()).flat_map(|one| pulled(&one.text));
    refused.filter(|image| !given.contains(image)).collect()
}

/// Whether one of these commands of a step has to fail.
#[must_use]
pub fn expects_failure(step: &Step, commands: &[CommandId]) -> bool {
    let fences = commands.iter().filter_map(|id| step.command(*id)).map(|(fence, _)| fence);
    fences.into_iter().any(|fence| !fence.attrs.exit.is_empty() && !fence.attrs.exit.contains(&0))
}
