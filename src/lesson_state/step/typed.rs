//! Compares typed commands with the commands of a step.

use super::super::output::TypedLine;
use super::super::parts::{CommandMatch, StepPart, only_looks};
use super::StepState;
use crate::docker_cli::{are_alike, are_same_lines, docker_commands, is_same_stop};
use crate::lesson::{Block, CommandId, RanPattern, Step, Subject};
use crate::shell;

/// The command of the step that the last typed command matches.
#[derive(Debug, Clone, Default)]
pub(super) enum LastCommand {
    /// The typed command matches no command of the step, or does not count.
    #[default]
    Other,
    /// The command ended with an expected status. The claims in `own` are about typed commands, and this command alone
    /// decides them.
    Done { id: CommandId, own: Vec<usize> },
    /// The typed command is of the same kind as a command of the step, and succeeded. `claims` are about the objects of
    /// the step's command.
    Alike { id: CommandId, claims: Vec<usize> },
    /// The command ended with another status. `only_removes` means that all claims at that time require the absence of
    /// objects.
    Failed { id: CommandId, only_removes: bool },
}

impl StepState {
    pub(in crate::lesson_state) fn command_ended(&mut self, step: &Step, typed: &TypedLine<'_>) -> CommandMatch {
        self.tried = true;
        self.stands_for = None;
        let (command_match, last) = self.match_command(step, typed);
        self.last = last;
        command_match
    }

    /// Compares a command that has ended with the commands of the step. If the command is one of them, records it as
    /// typed.
    fn match_command(&mut self, step: &Step, typed: &TypedLine<'_>) -> (CommandMatch, LastCommand) {
        let (mut last, mut failed, mut alike) = (LastCommand::Other, None, None);
        let is_look = only_looks(typed.command);
        let looked = typed.status == 0 && is_look;
        let mut command_match = CommandMatch::Other;
        let end = self.group().0;
        for (at, &part) in self.parts.iter().enumerate().skip(self.cursor) {
            let StepPart::Task { block, .. } = part else { continue };
            // Do not count a read-only command of a later part as an attempt.
            if at > self.cursor && is_look {
                continue;
            }
            // If the command belongs to this part, do not match it with commands of a later part.
            if at > self.cursor && failed.is_some_and(|id| !self.typed.contains(&id)) {
                break;
            }
            let Some(Block::Transcript(transcript)) = step.blocks.get(block) else { continue };
            for (number, printed) in transcript.commands.iter().enumerate() {
                let id = CommandId { block, number };
                if are_same_lines(&printed.text, typed.command) || is_same_stop(typed.command, &printed.text) {
                    if let Some(name) = typed.name_not_shown(printed).filter(|_| typed.status == 0) {
                        command_match = CommandMatch::ExactButNotShown(name);
                    } else if transcript.expected_status(number).allows(typed.status) {
                        let own = self.own_claims(step, id, typed.command);
                        // Commands that the learner puts in order must be typed in that order. A claim of a later part
                        // about typed commands counts only commands after that part was shown.
                        let is_out_of_order = transcript.attrs.shuffle && !self.has_typed_all(block, number);
                        if is_out_of_order || (at >= end && !own.is_empty()) {
                            command_match = CommandMatch::Exact;
                            if at < end {
                                self.met.insert(id);
                            }
                            continue;
                        }
                        // If two commands of the step are equal, the first one that was not typed yet counts.
                        let is_new = self.typed.insert(id);
                        last = LastCommand::Done { id, own };
                        if is_new {
                            return (CommandMatch::Exact, last);
                        }
                        command_match = CommandMatch::Exact;
                    } else if command_match != CommandMatch::Exact {
                        command_match = CommandMatch::ExactButFailed;
                        if at == self.cursor || at < end {
                            failed.get_or_insert(id);
                        }
                    }
                } else if !looked && are_alike(&printed.text, typed.command) {
                    if command_match == CommandMatch::Other {
                        command_match = CommandMatch::SameKind;
                    }
                    if at < end && !self.typed.contains(&id) && !self.met.contains(&id) {
                        alike.get_or_insert(id);
                    }
                }
            }
        }
        // A line with several commands counts for each of these commands.
        let within = match command_match {
            CommandMatch::Other | CommandMatch::SameKind if typed.status == 0 => {
                self.commands_within(step, typed.command)
            }
            _ => Vec::new(),
        };
        if !within.is_empty() {
            command_match = CommandMatch::SameKind;
            self.met.extend(within);
        } else if command_match == CommandMatch::SameKind
            && typed.status == 0
            && let Some((id, claims)) = alike.and_then(|id| Some((id, self.claims_that_show(step, id)?)))
        {
            self.met.insert(id);
            // Commands that the learner puts in order must be typed in that order.
            if step.command(id).is_some_and(|(transcript, _)| !transcript.attrs.shuffle) {
                last = LastCommand::Alike { id, claims };
            }
        }
        // If the learner types a command of an ordered task again, the commands after it must be typed again, too.
        if command_match == CommandMatch::Exact
            && let LastCommand::Done { id: again, .. } = &last
            && step.command(*again).is_some_and(|(transcript, _)| transcript.attrs.shuffle)
        {
            self.typed.retain(|id| id.block != again.block || id.number <= again.number);
        }
        if matches!(command_match, CommandMatch::Other | CommandMatch::SameKind)
            && let Some(next) = self.commands_to_type(false).first().copied()
            && let Some((transcript, printed)) = step.command(next)
            && let Some(output) = typed.same_output(printed, &transcript.expected_status(next.number))
        {
            self.typed.insert(next);
            self.stands_for = Some((next, output));
            return (CommandMatch::Exact, LastCommand::Other);
        }
        if let (LastCommand::Other, Some(id)) = (&last, failed) {
            last = LastCommand::Failed { id, only_removes: self.only_removes(step) };
        }
        (command_match, last)
    }

    /// Returns the untyped commands before the next claims that `line` contains. Returns no commands if `line` is a
    /// single command.
    fn commands_within(&self, step: &Step, line: &str) -> Vec<CommandId> {
        let parts = shell::sequence(line);
        let ids: Vec<CommandId> = self.untyped_before(self.group().0).collect();
        let is_part = |id: &CommandId| {
            let printed = step.command(*id).map(|(_, printed)| printed.text.as_str());
            printed.is_some_and(|printed| parts.iter().any(|part| are_same_lines(printed, part)))
        };
        ids.into_iter().filter(|_| parts.len() > 1).filter(is_part).collect()
    }

    /// Returns the current claims about objects that this command names. These claims show whether the command is done.
    /// Returns `None` if there is no such claim.
    fn claims_that_show(&self, step: &Step, id: CommandId) -> Option<Vec<usize>> {
        let (_, command) = step.command(id)?;
        let calls = docker_commands(&command.text);
        let names: Vec<&str> = calls.iter().flat_map(|call| call.operands().chain(call.value("name"))).collect();
        let is_about = |claim: &usize| match step.check(*claim).map(|check| &check.claim.subject) {
            Some(Subject::Container(name) | Subject::Image(name) | Subject::Network(name) | Subject::Volume(name)) => {
                names.contains(&name.as_str())
            }
            _ => false,
        };
        let claims: Vec<usize> = self.claims().into_iter().filter(is_about).collect();
        (!claims.is_empty()).then_some(claims)
    }

    /// Whether all current claims require the absence of objects.
    fn only_removes(&self, step: &Step) -> bool {
        let claims = self.claims();
        let is_absent = |claim: &usize| step.check(*claim).is_some_and(|check| check.claim.absent);
        !claims.is_empty() && claims.iter().all(is_absent)
    }

    /// Returns the claims about typed commands that this command alone decides. Such a claim matches this command, but
    /// no later command before the claim.
    fn own_claims(&self, step: &Step, id: CommandId, typed: &str) -> Vec<usize> {
        let matches =
            |pattern: &RanPattern, text: &str| pattern.find(&[text], |text| text).is_ok_and(|found| !found.is_empty());
        let is_its_task = |part: &StepPart| matches!(part, StepPart::Task { block, .. } if *block == id.block);
        let (mut later, mut own, mut is_past_claim) = (Vec::new(), Vec::new(), false);
        for part in self.parts.iter().skip_while(|part| !is_its_task(part)) {
            match *part {
                StepPart::Task { .. } if is_past_claim => break,
                StepPart::Task { block, commands } => {
                    let first = if block == id.block { id.number + 1 } else { 0 };
                    let ids = (first..commands).map(|number| CommandId { block, number });
                    later.extend(ids.filter_map(|id| step.command(id)).map(|(_, command)| command.text.as_str()));
                }
                StepPart::Check(block) => {
                    is_past_claim = true;
                    if let Some(Subject::Ran(pattern)) = step.check(block).map(|check| &check.claim.subject)
                        && matches(pattern, typed)
                        && !later.iter().any(|text| matches(pattern, text))
                    {
                        own.push(block);
                    }
                }
                _ => {}
            }
        }
        own
    }
}
