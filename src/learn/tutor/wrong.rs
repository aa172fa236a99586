//! Collects the facts about a command that passed no claim, and formats the reply. The module `reply` decides on the
//! reply.

use std::path::Path;

use super::Tutor;
use crate::claims::{Decision, RanCommand};
use crate::docker_cli::{DockerCommand, are_same_lines, docker_commands};
use crate::explain::{self, Explanation, Failure};
use crate::gateway::Rule;
use crate::learn::context::created_containers;
use crate::learn::earlier::{
    LastingClaim, command_of, find_undone, is_made_before, lasting_claims, passed_claims, passed_states,
    removed_claims, states_before,
};
use crate::learn::messages::first_line;
use crate::learn::reply::{
    KnownMistakes, NOT_STARTED, Reply, ReplyFacts, decide_reply, expects_failure, explains_error, goes_to_chosen_node,
    images_of_step, new_mistakes, printed_commands, refused_images, state_before_typed, taken_name,
    without_inner_status,
};
use crate::learn::unmet::{describe_unmet, is_made_wrong};
use crate::lesson::{Claim, CommandId, Mistake, MistakeId, NODES, Step, Subject};
use crate::lesson_state::{ClaimDecisions, NextAction, only_looks};
use crate::shell::quoted;
use crate::transcript::sanitise;

impl<'a> Tutor<'a> {
    /// Explains a failed attempt at the step: the expected result, the actual result and the next action.
    pub(super) async fn explain_miss(
        &mut self,
        step: &'a Step,
        claim: Option<usize>,
        found: &ClaimDecisions,
        last: Option<&RanCommand>,
        not_shown: Option<&str>,
        is_help_offered: bool,
    ) -> Vec<NextAction> {
        let Some(last) = last else { return Vec::new() };
        let check = claim.and_then(|block| step.check(block));
        let clashes = if self.refused.is_empty() { self.context.clashes_of_claim(check).await } else { Vec::new() };
        let findings = found.iter().find_map(|(block, decision)| match decision {
            Decision::Fails(findings) if Some(*block) == claim => Some(findings.as_slice()),
            _ => None,
        });
        let unmet = check.zip(findings).map(|(check, findings)| (&check.claim, findings));
        let is_clash = !clashes.is_empty();
        let facts = ReplyFacts { is_due: true, is_help_offered, is_clash, not_shown, unmet, ..ReplyFacts::default() };
        let next = self.print_reply(Some(step), last, facts).await;
        if next.is_empty() {
            self.context.print_clashes(&clashes);
        }
        next
    }

    /// Replies to a command that is no attempt at the step, but may be a known mistake or have failed.
    pub(super) async fn explain_unexpected(&mut self, step: &'a Step, last: Option<&RanCommand>) -> Vec<NextAction> {
        let Some(last) = last else { return Vec::new() };
        self.print_reply(Some(step), last, ReplyFacts::default()).await
    }

    /// Explains a failed command, without a reply about the claims of the step.
    pub(super) async fn explain_failure(&mut self, last: &RanCommand) {
        self.print_reply(None, last, ReplyFacts::default()).await;
    }

    /// Completes `facts`, and prints the reply for these facts. If the claims hold now, prints only the passed claims,
    /// and returns the next actions.
    async fn print_reply(
        &mut self,
        step: Option<&'a Step>,
        last: &RanCommand,
        facts: ReplyFacts<'_>,
    ) -> Vec<NextAction> {
        let context = &self.context;
        let planned = context.session.plan.steps.get(context.state.current_step());
        // The reply neither names the commands of later parts nor compares the typed command with them.
        let left = context.state.commands_to_type(false);
        let printed = step.zip(planned).map_or_else(Vec::new, |(step, planned)| {
            printed_commands(step, planned, &context.state.shown_blocks(), &left)
        });
        let expects_failure = step.is_some_and(|step| expects_failure(step, &context.state.part_commands()));
        let next = context.next_command();
        let is_advised = step.is_some() && context.advice.has(&last.command);
        let lines: Vec<String> = last.output.lines().map(str::to_owned).collect();
        let mut known = images_of_step(&printed);
        known.extend_from_slice(context.session.known);
        let refused = refused_images(context.session.lesson);
        let failure = Failure {
            command: &last.command,
            status: last.exit.unwrap_or_default(),
            lines: &lines,
            engine: Some(&context.session.env.engine),
            known: &known,
            refused: &refused,
            printed: &printed,
            label: context.session.env.label.as_deref(),
            apart: !context.session.env.enter.is_empty(),
        };
        let explanation = explain::explain(&failure).await.map(|one| self.name_of_step_taken(one, step, last));
        let unexplained = step.and_then(|_| explain::unexplained(&failure));
        let last = &without_inner_status(last, explanation.as_ref());
        let undone = match step {
            Some(step) => self.undone_step(step, &left, &last.command).await,
            None => None,
        };
        let part_undone = match step {
            Some(step) => self.undone_part(step, last).await,
            None => None,
        };
        let part_changed = match step {
            Some(step) => self.changed_part(step).await,
            None => None,
        };
        let mut seen = match step {
            Some(step) => self.seen_mistakes(step, last).await,
            None => Vec::new(),
        };
        if let Some(step) = step {
            // A mistake that was gone and has come back is reported again.
            self.step.told.retain(|id| seen.contains(id));
            self.prefer_state(step, last, &mut seen);
        }
        let mistakes = step
            .map_or_else(KnownMistakes::default, |step| new_mistakes(step, &seen, &self.step.before, &self.step.told));
        let node = self.context.session.env.chosen_node().filter(|_| goes_to_chosen_node(&last.command));
        let left_dir = self.left_dir();
        let facts = ReplyFacts {
            left_dir: left_dir.as_deref(),
            chosen_node: node.as_deref(),
            is_refused: !self.refused.is_empty(),
            is_ended_by_escape: self.input.is_ended_by_escape,
            printed: &printed,
            expects_failure,
            next: next.as_deref(),
            is_advised,
            has_advanced: step.is_some() && self.step.has_advanced,
            mistakes,
            explanation: explanation.as_ref(),
            unexplained: unexplained.as_ref(),
            is_earlier_step_undone: undone.as_ref().is_some_and(|one| !one.is_other),
            is_earlier_object_other: undone.as_ref().is_some_and(|one| one.is_other),
            is_passed_part_undone: part_undone.is_some(),
            is_passed_part_changed: part_changed.is_some(),
            ..facts
        };
        let reply = decide_reply(last, &facts);
        if let Some(step) = step.filter(|_| reply != Reply::Nothing)
            && let Some(next) = Box::pin(self.pass_meanwhile(step)).await
        {
            return next;
        }
        // Record only the mistake in this reply as reported, so that the tutor can report the others later.
        if let (Reply::Mistake(say), Some(step)) = (&reply, step) {
            let same =
                |id: &MistakeId| mistake_of(step, *id).is_some_and(|one| is_state(one) && one.say.value == **say);
            self.step.told.extend(seen.into_iter().filter(same));
        }
        match &reply {
            Reply::Mistake(say) => self.context.advice.note(say),
            Reply::Explained(told) if !told.corrects_program() => {
                let text = explain::words(told, &self.context.messages.words);
                self.context.advice.note_ways_out(&text);
            }
            _ => {}
        }
        let due = match &reply {
            Reply::AdviceFollowed if is_advised => self.due_after_advice(last).await,
            Reply::AnotherCommand => self.context.due_command().await,
            _ => None,
        };
        let told = match &reply {
            Reply::PassedPartChanged => part_changed,
            Reply::PassedPartUndone => part_undone,
            _ => undone,
        };
        if let Some(text) = self.word_reply(&reply, last, &facts, told.as_ref(), due) {
            self.context.print(&text);
        }
        // The corrected command would find the name of the container that this command has made.
        let mut made = created_containers([last.command.as_str()]);
        made.retain(|made| last.exit != Some(NOT_STARTED) && self.context.step_gives(&made.name));
        match &reply {
            Reply::Explained(told) if told.asks_for_another_try() => {}
            // The wrong container may be on another node than the one that this command has made.
            Reply::Unmet(claim, findings) if is_made_wrong(claim, findings) => {
                let node = claim.on.clone().filter(|node| node != NODES[0]);
                for one in &mut made {
                    one.node.clone_from(&node);
                }
            }
            _ => made.clear(),
        }
        self.context.print_in_the_way(&made).await;
        if reply == Reply::PassedPartChanged
            && let Some(command) = told.as_ref().and_then(|told| command_of(self.context.session.lesson, told))
        {
            self.context.advice.note_ways_out(&format!("`{command}`"));
        }
        if reply == Reply::EarlierStepUndone {
            self.step.undone = told;
        }
        Vec::new()
    }

    /// Whether the last command has removed one of the objects that the current part wants gone, and `claim` is about
    /// another one.
    fn has_removed_another(&self, claim: &Claim, last: &RanCommand) -> bool {
        let calls = docker_commands(&last.command);
        let is_named = |name: &str| calls.iter().flat_map(DockerCommand::operands).any(|word| word == name);
        let name_of = |claim: &Claim| match &claim.subject {
            Subject::Container(name) | Subject::Image(name) if claim.absent => Some(name.clone()),
            _ => None,
        };
        let wanted = self.context.state.current_claims();
        let mut gone = wanted.iter().filter_map(|&block| name_of(&self.context.check(block)?.claim));
        let removes = calls.iter().any(|call| matches!(call.familiar_name(), "rm" | "rmi"));
        last.exit == Some(0)
            && removes
            && name_of(claim).is_some_and(|left| !is_named(&left) && gone.any(|name| name != left && is_named(&name)))
    }

    /// Formats the reply. After an attempt at the step, the text says that the step is not passed yet.
    fn word_reply(
        &self,
        reply: &Reply<'_>,
        last: &RanCommand,
        facts: &ReplyFacts<'_>,
        undone: Option<&LastingClaim>,
        due: Option<String>,
    ) -> Option<String> {
        let messages = &self.context.messages;
        let words = &messages.words;
        let wrong = |text: &str| messages.told(last.exit, facts.is_due, text);
        // A command that the learner stopped has not failed.
        let stopped = |text: &str| messages.told(Some(0), facts.is_due, text);
        Some(match reply {
            Reply::Nothing | Reply::Clash => return None,
            Reply::AdviceFollowed => messages.note(&match due {
                Some(command) => words.say("learn-next-command", &[("command", &sanitise(&command))]),
                None => words.say("learn-advice-followed", &[]),
            }),
            Reply::Refused => {
                let (rule, what) = self.refused.first()?;
                // Docker does not print the gateway's reason if the gateway answered that nothing had to be done. Print
                // the reason here in this case.
                let is_printed = last.output.contains("Dermaga: ");
                let why = if is_printed {
                    words.say("learn-refused", &[])
                } else {
                    words.say(&rule.message_key(what), &[("what", &sanitise(what))])
                };
                // If the request would change an object of the learner, do not suggest the tutor command `allow`.
                let way = if *rule == Rule::Foreign { "learn-foreign-refused" } else { "learn-insist" };
                wrong(&format!("{why}\n→ {}", words.say(way, &[])))
            }
            Reply::LeftDirectory(dir) => {
                wrong(&words.say("learn-left-directory", &[("command", &sanitise(&change_to(dir)))]))
            }
            Reply::OtherNode(node) => wrong(&words.say("learn-other-node", &[("node", &sanitise(node))])),
            Reply::Suspended => stopped(&words.say("learn-suspended", &[])),
            Reply::ClientEnded => stopped(&words.say("learn-client-ended", &[])),
            Reply::OwnWord { key, word, near } => wrong(&words.say(key, &[("word", &sanitise(word)), ("near", near)])),
            Reply::EarlierStepUndone => wrong(&self.word_undone("learn-step-undone", undone?)?),
            Reply::EarlierObjectOther => wrong(&self.word_undone("learn-step-other", undone?)?),
            Reply::PassedPartUndone => wrong(&self.word_undone("learn-part-undone", undone?)?),
            Reply::PassedPartChanged => {
                let undone = undone?;
                let state = describe_unmet(&undone.claim, &undone.failures, words);
                // Do not advise the command that has just had no effect.
                let command = command_of(self.context.session.lesson, undone);
                let way = match command.filter(|command| !are_same_lines(command, &last.command)) {
                    Some(command) => words.say("learn-part-changed", &[("command", &sanitise(command))]),
                    None => words.say("learn-part-changed.retry", &[]),
                };
                wrong(&format!("{state}\n→ {way}"))
            }
            Reply::Mistake(say) => messages.mistake(say),
            Reply::Explained(explanation) => wrong(&explain::words(explanation, words)),
            Reply::NotShown(name) => {
                let command = first_line(&last.command);
                messages.not_yet(&words.say("learn-not-shown", &[("command", &command), ("name", &sanitise(name))]))
            }
            Reply::Unmet(claim, findings) if self.has_removed_another(claim, last) => {
                let text = describe_unmet(claim, findings, words);
                messages.note(&words.say("learn-good-so-far", &[("text", &text)]))
            }
            Reply::Unmet(claim, findings) => messages.missed(claim, findings),
            Reply::TypedUnmet(findings) => messages.missed_typed(last, findings),
            Reply::AnotherCommand => messages.missed_other(due.as_deref(), facts.is_help_offered),
        })
    }

    /// Names the step and the object that is gone or has changed.
    fn word_undone(&self, key: &str, undone: &LastingClaim) -> Option<String> {
        let words = &self.context.messages.words;
        let (kind, name) = undone.object()?;
        let number = self.context.session.lesson.task_number(undone.step).to_string();
        let kind = words.say(&format!("clean-{kind}"), &[]);
        Some(words.say(key, &[("number", &number), ("kind", &kind), ("name", &sanitise(name))]))
    }

    /// If the object of an earlier step that the tutor reported as gone is still gone, says so again. A hint about the
    /// current step would not help then.
    pub(super) async fn print_still_undone(&mut self) -> bool {
        let Some(step) = self.context.step() else { return false };
        if !self.is_still_undone(step).await {
            return false;
        }
        let text = self.step.undone.as_ref().and_then(|undone| self.word_undone("learn-step-undone", undone));
        let Some(text) = text else { return false };
        let text = self.context.messages.remark(&text);
        self.context.print(&text);
        true
    }

    /// Returns the lesson's directory if the lesson has files and the shell has left this directory.
    pub(super) fn left_dir(&self) -> Option<String> {
        let dir = &self.context.session.env.dir;
        let is_there =
            Path::new(&self.dir) == dir || std::fs::canonicalize(dir).is_ok_and(|dir| dir == Path::new(&self.dir));
        (self.context.has_files() && !self.dir.is_empty() && !is_there).then(|| dir.display().to_string())
    }

    /// Adapts the explanation that a container name is in use. If the name is from this step or an earlier one, the new
    /// explanation says whether the step needs the existing container.
    fn name_of_step_taken(&self, explanation: Explanation, step: Option<&Step>, last: &RanCommand) -> Explanation {
        const KEYS: [&str; 3] = ["explain-name-taken", "explain-name-taken-running", "explain-name-taken-stopped"];
        let Some(name) = taken_name(&last.output).filter(|_| KEYS.contains(&explanation.key)) else {
            return explanation;
        };
        if !self.context.step_gives(name) {
            let (lesson, at) = (self.context.session.lesson, self.context.state.current_step());
            let is_needed = is_made_before(lesson, at, "container", name);
            let key = if is_needed { "learn-name-needed" } else { explanation.key };
            return Explanation { key, show: explanation.show.filter(|_| !is_needed), ..explanation };
        }
        let is_passed = || {
            let left = self.context.state.commands_to_type(true).into_iter().chain(self.context.state.part_commands());
            let left: Vec<_> = left.collect();
            !self.context.gives(&left, name)
        };
        let key = match (step, explanation.key) {
            (None, _) => "learn-name-kept",
            _ if is_passed() => "learn-name-passed",
            (Some(_), "explain-name-taken-stopped") => "learn-name-taken",
            (Some(_), _) => "learn-name-taken-running",
        };
        Explanation { key, show: None, ..explanation }
    }

    /// Returns the command after the advised command `last`: the next one in the same piece of advice, or else the next
    /// command of the step.
    pub(super) async fn due_after_advice(&mut self, last: &RanCommand) -> Option<String> {
        self.context.advice.follow(&last.command);
        let Some(next) = self.context.advice.command_after(&last.command).map(str::to_owned) else {
            return self.context.due_command().await;
        };
        Some(self.context.removal_before(&next).await.unwrap_or(next))
    }

    /// Finds an object of an earlier step that is gone, although one of `commands` needs this object or the command
    /// `typed` reads it.
    pub(super) async fn undone_step(
        &self,
        step: &'a Step,
        commands: &[CommandId],
        typed: &str,
    ) -> Option<LastingClaim> {
        let at = self.context.state.current_step();
        let claims = lasting_claims(self.context.session.lesson, at, commands, typed);
        if claims.is_empty() {
            return None;
        }
        find_undone(claims, self.claim_poller(step)).await
    }

    /// Finds an object of a passed part of this step that is gone, although the last command names it or the current
    /// part shows it.
    async fn undone_part(&self, step: &'a Step, last: &RanCommand) -> Option<LastingClaim> {
        let state = &self.context.state;
        let first = *state.current_claims().first()?;
        let passed: Vec<usize> = (0..first).collect();
        let (left, end) = (state.part_commands(), state.current_claims().last().copied().unwrap_or(first));
        let at = state.current_step();
        let claims = passed_claims(self.context.session.lesson, at, &passed, &last.command, &left, end);
        find_undone(claims, self.claim_poller(step)).await
    }

    /// Whether a container that `commands` change no longer has the state that it had at the beginning of this step.
    pub(super) async fn has_changed_earlier(&self, step: &'a Step, commands: &[CommandId]) -> bool {
        let claims = states_before(self.context.session.lesson, self.context.state.current_step(), commands);
        find_undone(claims, self.claim_poller(step)).await.is_some_and(|one| one.is_other)
    }

    /// Whether the object of an earlier step that the tutor reported as gone is still gone.
    pub(super) async fn is_still_undone(&self, step: &'a Step) -> bool {
        let claims = self.step.undone.iter().cloned().collect();
        find_undone(claims, self.claim_poller(step)).await.is_some()
    }

    /// Finds a container of a passed part of this step that has another state than at the end of that part.
    async fn changed_part(&self, step: &'a Step) -> Option<LastingClaim> {
        let state = &self.context.state;
        let first = *state.current_claims().first()?;
        let passed: Vec<usize> = (0..first).collect();
        let mut left = state.commands_to_type(true);
        left.extend(state.part_commands());
        let claims = passed_states(self.context.session.lesson, state.current_step(), &passed, &left);
        find_undone(claims, self.claim_poller(step)).await.filter(|one| one.is_other)
    }

    /// Removes the mistakes in the typed command from `seen` if the command made a true claim false. Does the same if
    /// the lesson lists a mistake in the state first, and lets the tutor report that mistake again. Does nothing if the
    /// command failed.
    fn prefer_state(&mut self, step: &Step, last: &RanCommand, seen: &mut Vec<MistakeId>) {
        if last.exit != Some(0) {
            return;
        }
        let state = state_before_typed(step, seen, &self.step.before);
        if self.step.has_undone || state.is_some() {
            seen.retain(|id| mistake_of(step, *id).is_some_and(is_state));
        }
        if let Some(state) = state {
            self.step.told.remove(&state);
        }
    }

    /// Prints the known mistake that the command has made. Returns `false` if there is no such mistake.
    pub(super) async fn print_known_mistake(&mut self, step: &'a Step, last: Option<&RanCommand>) -> bool {
        let Some(last) = last else { return false };
        let mut seen = self.seen_mistakes(step, last).await;
        self.prefer_state(step, last, &mut seen);
        let mistakes = new_mistakes(step, &seen, &self.step.before, &self.step.told);
        // Ignore mistakes in the state after a read-only command or an advised command, because such a command did not
        // cause them.
        let may_undo = !only_looks(&last.command) && !self.context.advice.has(&last.command);
        let Some(say) = mistakes.typed.or(mistakes.state.filter(|_| may_undo)) else { return false };
        if mistakes.typed.is_none() {
            self.step
                .told
                .extend(seen.iter().filter(|id| mistake_of(step, **id).is_some_and(|one| one.say.value == say)));
        }
        let text = self.context.messages.mistake(say);
        self.context.advice.note(say);
        self.context.print(&text);
        true
    }

    /// Finds an object that this step has to remove, but that is already gone.
    pub(super) async fn removed_object(&self, step: &'a Step) -> Option<LastingClaim> {
        let at = self.context.state.current_step();
        let claims = removed_claims(self.context.session.lesson, at, &self.context.step_commands());
        find_undone(claims, self.claim_poller(step)).await
    }

    /// Returns the known mistakes that exist after the last command.
    async fn seen_mistakes(&self, step: &'a Step, last: &RanCommand) -> Vec<MistakeId> {
        let claims = self.context.state.current_claims();
        let mut seen = self.claim_poller(step).find_mistakes(&claims, Some(last)).await;
        // Ignore a mistake in the state if the claim of this mistake was not shown yet.
        let shown = self.context.state.shown_claims();
        seen.retain(|id| !mistake_of(step, *id).is_some_and(is_state) || shown.contains(&id.block));
        if seen.iter().all(|id| mistake_of(step, *id).is_some_and(is_state)) {
            seen.extend(self.claim_poller(step).find_typed_mistakes(&claims, last).await);
        }
        seen.retain(|id| mistake_of(step, *id).is_some_and(|one| explains_error(one, last)));
        seen
    }
}

/// Returns the command that changes to a directory.
pub(super) fn change_to(dir: &str) -> String {
    format!("cd {}", quoted(dir))
}

fn mistake_of(step: &Step, id: MistakeId) -> Option<&Mistake> {
    step.check(id.block)?.mistakes.get(id.number)
}

/// Whether a mistake is about the state of the engine or a file, not about the typed command.
fn is_state(mistake: &Mistake) -> bool {
    !matches!(mistake.when.subject, Subject::Ran(_))
}
