//! Lists the mutants of a lesson.

use super::mutation::{KnownNames, mutations};
use crate::event::{Mutant, MutantChange};
use crate::lesson::{Action, Command, CommandId, ExpectedKind, Lesson, Plan, PlannedStep, Step};

/// A mutant and its position in the lesson.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// The index of the planned step.
    pub(super) step: usize,
    /// The command.
    pub(super) id: CommandId,
    /// The change.
    pub(super) mutant: Mutant,
    /// The changed command; `None` if the command is left out.
    pub(super) typed: Option<Command>,
    /// The block of the first claim after the command. If no claim follows, the tutor compares the typed command with
    /// the printed command.
    pub(super) claim: Option<usize>,
}

/// Returns all mutants of a lesson, in order.
pub(super) fn targets(lesson: &Lesson, plan: &Plan) -> Vec<Target> {
    let names = KnownNames::of(lesson);
    let mut found = Vec::new();
    for (at, planned) in plan.steps.iter().enumerate() {
        let step = &lesson.steps[planned.step];
        for (number, action) in planned.actions.iter().enumerate() {
            let Some((id, command)) = visible_command(step, *action) else { continue };
            let claim = next_claim(planned, number);
            let target = |mutant, typed| Target { step: at, id, mutant, typed, claim };
            for mutant in mutations(&command.text, &names) {
                let typed = mutant.typed.clone().map(|text| Command { text, ..command.clone() });
                found.push(target(mutant, typed));
            }
            found.extend(without_inputs(command).into_iter().map(|(mutant, typed)| target(mutant, Some(typed))));
        }
    }
    found
}

/// Returns the command of an action, unless the command belongs to a hidden set-up.
pub(super) fn visible_command(step: &Step, action: Action) -> Option<(CommandId, &Command)> {
    let Action::Run { block, command: number } = action else { return None };
    let id = CommandId { block, number };
    let (transcript, command) = step.command(id)?;
    (!transcript.attrs.hidden).then_some((id, command))
}

/// Returns the block of the first claim after an action.
fn next_claim(planned: &PlannedStep, after: usize) -> Option<usize> {
    planned.actions[after + 1..].iter().find_map(|action| match *action {
        Action::Judge { block } => Some(block),
        _ => None,
    })
}

/// Whether no other command comes between an action and the next claim.
pub(super) fn is_last_before_claim(step: &Step, planned: &PlannedStep, at: usize) -> bool {
    let rest = planned.actions[at + 1..].iter();
    let mut rest =
        rest.filter(|action| matches!(action, Action::Judge { .. }) || visible_command(step, **action).is_some());
    matches!(rest.next(), Some(Action::Judge { .. }))
}

/// Returns one mutant for each line that is typed into the command's program: the command without that line. Keeps
/// lines such as `exit`, so that the program still ends.
fn without_inputs(command: &Command) -> Vec<(Mutant, Command)> {
    let inputs = command.expected.iter().enumerate().filter_map(|(at, line)| match &line.kind {
        ExpectedKind::Typed { input, .. } if !is_leaving(input) => Some((at, input.clone())),
        _ => None,
    });
    let without = |(at, input): (usize, String)| {
        let mut typed = command.clone();
        typed.expected.remove(at);
        (Mutant { change: MutantChange::InputLeftOut, typed: Some(input) }, typed)
    };
    inputs.map(without).collect()
}

/// Whether a line leaves an inner program. Without such a line, the command never ends.
fn is_leaving(input: &str) -> bool {
    matches!(input.trim().trim_end_matches([';', '(', ')']), "exit" | "quit" | "logout" | "\\q")
}
