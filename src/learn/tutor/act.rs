//! Runs the tutor commands that the learner types at the prompt.

use super::memory::QueuedCommand;
use super::wrong::change_to;
use super::{ExitReason, Tutor};
use crate::clean::LessonObject;
use crate::driver::CommandScript;
use crate::learn::context::{DoneCommands, created_containers};
use crate::learn::earlier::is_made_before;
use crate::learn::tutor_commands::TutorCommand;
use crate::learn::undo;
use crate::lesson::{CommandId, Step};
use crate::lesson_state::{Choice, ChoiceResult, NextAction, StepPart, may_change};

impl Tutor<'_> {
    pub(super) async fn run_tutor_command(&mut self, word: TutorCommand, rest: &str) {
        if self.free && !matches!(word, TutorCommand::Quit | TutorCommand::Help | TutorCommand::Menu) {
            self.free = false;
            let text = self.context.messages.note(&self.context.messages.words.say("learn-free-off", &[]));
            self.context.print(&text);
            if word == TutorCommand::Free {
                self.choose(Choice::Again).await;
                return;
            }
        }
        if matches!(word, TutorCommand::Hint | TutorCommand::Solution | TutorCommand::Type)
            && self.print_still_undone().await
        {
            return;
        }
        match word {
            TutorCommand::Next if self.finished => self.context.exit_reason = Some(self.context.finished_exit()),
            TutorCommand::Next => self.choose(Choice::Next).await,
            TutorCommand::Back => match self.context.state.choose(Choice::Back) {
                ChoiceResult::Go(next) => self.perform_all(next).await,
                _ => self.context.print_message("learn-first"),
            },
            TutorCommand::Goto => self.goto(rest).await,
            TutorCommand::Retry => self.retry().await,
            TutorCommand::Reset => self.reset().await,
            TutorCommand::Allow => self.allow(),
            TutorCommand::Hint => Box::pin(self.context.print_hint()).await,
            TutorCommand::Solution => self.context.print_solution().await,
            TutorCommand::Task => self.context.print_task().await,
            TutorCommand::Notes => self.context.print_notes().await,
            TutorCommand::Type => self.insert_next_command().await,
            TutorCommand::Skip => self.skip().await,
            TutorCommand::Quiz => {
                for next in self.context.repeat_quizzes().await {
                    self.perform_all(vec![next]).await;
                }
            }
            TutorCommand::Free => {
                self.free = true;
                let text = self.context.messages.wrapped("learn-free-on", &[]);
                self.context.print(&format!("{text}\n"));
            }
            TutorCommand::Steps => {
                let text = self.context.messages.step_list(
                    self.context.session.lesson,
                    self.context.state.current_step(),
                    |step| self.context.state.step_result(step),
                );
                self.context.print(&text);
            }
            TutorCommand::Menu => {
                // Ask first, because a private engine ends when the learner leaves the lesson.
                let loses = self.context.session.guard.is_none() && !self.finished;
                let question = self.context.messages.words.say("learn-menu-ask", &[]);
                if !loses || self.context.confirm(&question, true).await {
                    self.context.exit_reason = Some(ExitReason::Menu { is_finished: self.finished });
                }
            }
            TutorCommand::Quit => {
                self.context.exit_reason = Some(if self.finished { ExitReason::Done } else { ExitReason::Quit });
            }
            TutorCommand::Help => {
                let text = self.context.messages.command_list();
                self.context.print(&text);
            }
        }
    }

    async fn choose(&mut self, choice: Choice) {
        match self.context.state.choose(choice) {
            ChoiceResult::Go(next) => self.perform_all(next).await,
            ChoiceResult::NotYet => self.context.print_message("learn-not-passed"),
            ChoiceResult::NoStep => self.context.print_message("learn-no-step"),
        }
    }

    /// Begins the step again, after an offer to remove its objects. If an object of an earlier step is gone or changed,
    /// removes all objects of the lesson and does the earlier steps again. If this step itself removed the object, asks
    /// for permission first.
    async fn retry(&mut self) {
        let Some(step) = self.context.step() else { return };
        self.context.restore_begin().await;
        self.insert_way_back();
        let commands = self.context.step_commands();
        if self.undone_step(step, &commands, "").await.is_some()
            || self.is_still_undone(step).await
            || self.has_changed_earlier(step, &commands).await
        {
            if !Box::pin(self.redo_earlier_steps()).await {
                return;
            }
        } else if let Some(gone) = Box::pin(self.removed_object(step)).await {
            let redoes = self.context.confirm_earlier_steps(&gone).await && Box::pin(self.redo_earlier_steps()).await;
            if !redoes && self.context.state.is_step_over() {
                return;
            }
        } else {
            let things = self.in_the_way_of_step(&commands).await;
            if self.has_replaced_earlier(step, &commands, &things) {
                if !Box::pin(self.redo_earlier_steps()).await {
                    return;
                }
            } else {
                self.context.offer_removal(things).await;
            }
        }
        self.choose(Choice::Again).await;
    }

    /// Inserts a `cd` command at the prompt if the shell has left the lesson's directory.
    fn insert_way_back(&mut self) {
        if let Some(dir) = self.left_dir() {
            self.input.insert = Some(change_to(&dir));
        }
    }

    /// Does the earlier steps again, and records their objects as created before this step. Returns `false` if the
    /// learner does not agree.
    async fn redo_earlier_steps(&mut self) -> bool {
        if !self.context.redo_earlier_steps().await {
            return false;
        }
        let at = self.makers.shown_step.take();
        self.makers.by_object.clear();
        self.note_makers().await;
        self.makers.shown_step = at;
        true
    }

    /// Records the last shown step as the step in which new objects on the engine were created. Returns all objects of
    /// the lesson.
    pub(super) async fn note_makers(&mut self) -> Vec<LessonObject> {
        let things = self.context.lesson_things().await;
        let there = undo::snapshot(&things);
        self.makers.by_object.retain(|key, _| there.contains(key));
        for key in there {
            self.makers.by_object.entry(key).or_insert(self.makers.shown_step);
        }
        things
    }

    /// Returns the objects that the lesson has created while this step was shown.
    async fn made_in_step(&mut self) -> Vec<LessonObject> {
        let at = self.context.state.current_step();
        let mut things = self.note_makers().await;
        things.retain(|thing| self.makers.by_object.get(&undo::snapshot_key(thing)) == Some(&Some(at)));
        things
    }

    /// Begins the lesson again, after an offer to remove its objects.
    async fn reset(&mut self) {
        let things = self.context.lesson_things().await;
        if self.context.offer_removal(things).await {
            self.context.forget_setups();
        }
        self.context.print_message("learn-reset");
        self.finished = false;
        self.choose(Choice::Reset).await;
    }

    /// Lets the next command repeat the requests that the gateway has just refused. Inserts the refused command at the
    /// prompt, so that the learner only has to press Enter.
    fn allow(&mut self) {
        let (Some(guard), false) = (&self.context.session.guard, self.refused.is_empty()) else {
            return self.context.print_message("learn-allow-nothing");
        };
        for (rule, what) in &self.refused {
            guard.gateway.allow_once(*rule, what);
        }
        self.input.insert = self.step.ran.last().map(|last| last.command.clone()).filter(|command| !command.is_empty());
        self.context.print_message("learn-allow");
    }

    /// Goes to a step, by its number, its id or the beginning of its title.
    async fn goto(&mut self, which: &str) {
        let steps = &self.context.session.lesson.steps;
        let by_number = which.parse::<usize>().ok();
        let by_number = by_number.and_then(|number| self.context.session.lesson.step_of_number(number));
        let lower = which.to_lowercase();
        let by_name = || {
            steps.iter().position(|step| {
                !lower.is_empty() && (step.id.0 == which || step.title.to_lowercase().starts_with(&lower))
            })
        };
        if let Some(step) = by_number.or_else(by_name) {
            self.finished = false;
            self.choose(Choice::Goto(step)).await;
        } else {
            self.context.print_message("learn-no-step");
            let text = self.context.messages.step_list(
                self.context.session.lesson,
                self.context.state.current_step(),
                |step| self.context.state.step_result(step),
            );
            self.context.print(&text);
        }
    }

    /// Inserts the next command at the prompt, so that the learner only has to press Enter.
    async fn insert_next_command(&mut self) {
        match self.context.next_command() {
            Some(command) => {
                self.context.print_in_the_way(&created_containers([command.as_str()])).await;
                if self.context.is_hidden_solution() {
                    self.context.state.solution_shown();
                }
                self.input.insert = Some(command);
            }
            None => self.context.print_message("learn-solution-none"),
        }
    }

    /// Inserts the next command at the prompt if the learner has found this command by filling gaps. Inserts nothing if
    /// keys already wait for the prompt.
    pub(super) fn insert_found_command(&mut self) {
        if self.free || self.typing.is_active || self.input.insert.is_some() || !self.input.waiting.is_empty() {
            return;
        }
        self.input.insert = self.context.take_found_command();
        if self.input.insert.is_some() {
            self.context.print_note("learn-your-turn-found");
        }
    }

    /// Types the rest of the step in the learner's shell, so that the learner's later commands have the same working
    /// directory and variables. Shows each text of the lesson before the commands that follow it.
    async fn skip(&mut self) {
        let mut todo = self.context.state.commands_to_type(true);
        // If all commands were typed without success, type all of them again.
        if todo.is_empty() && !self.context.state.is_step_over() {
            todo = self.context.step_commands();
        }
        let mut to_come = self.context.state.parts_to_come();
        let is_task = |part: &StepPart, block: usize| matches!(part, StepPart::Task { block: at, .. } if *at == block);
        self.typing.queue.clear();
        self.typing.held_parts.clear();
        self.typing.did_whole = todo == self.context.step_commands();
        for id in todo {
            let task = to_come.iter().position(|part| is_task(part, id.block));
            let before = task.map(|at| to_come.drain(..=at).collect()).unwrap_or_default();
            self.typing.queue.extend(self.queued_command(id).map(|command| QueuedCommand { before, ..command }));
        }
        self.typing.after_queue = to_come;
        if self.typing.queue.is_empty() {
            if self.context.state.is_step_over() {
                return self.choose(Choice::Next).await;
            }
            self.context.print_message("learn-skip-nothing");
            return self.step_was_done_for_learner().await;
        }
        // If an object of the learner has a name from the step, skip the step without running its commands.
        if self.context.print_clash_of_step().await {
            self.typing.queue.clear();
            return self.step_was_done_for_learner().await;
        }
        self.context.restore_begin().await;
        self.ensure_setup().await;
        if let Some(dir) = self.left_dir() {
            let back = QueuedCommand { command: change_to(&dir), ..QueuedCommand::default() };
            self.typing.queue.push_front(back);
        }
        self.begin_doing();
        self.context.print_message("learn-skip");
        // A claim that does not follow a queued command should hold already.
        let is_queued = |block: &usize| self.typing.queue.iter().any(|one| one.claims.contains(block));
        self.typing.expected_claims =
            self.context.state.current_claims().into_iter().filter(|one| !is_queued(one)).collect();
        self.check_done_command(false).await;
        self.show_parts_before_command().await;
    }

    fn queued_command(&self, id: CommandId) -> Option<QueuedCommand> {
        let (transcript, command) = self.context.step()?.command(id)?;
        let script = CommandScript::new(transcript, command).into_inputs();
        let status = transcript.expected_status(id.number);
        let claims = self.context.claims_after(id);
        Some(QueuedCommand { command: command.text.clone(), script, status, claims, before: Vec::new() })
    }

    /// Shows the parts of the step that precede the next queued command.
    pub(super) async fn show_parts_before_command(&mut self) {
        let parts = self.typing.queue.front_mut().map(|next| std::mem::take(&mut next.before)).unwrap_or_default();
        self.show_parts(parts).await;
    }

    /// Shows the texts and writes the files among `parts`. Asks no questions. Shows no tasks, because the learner sees
    /// the commands when the tutor types them. After a failed command, holds back the texts, because they describe the
    /// result of that command.
    async fn show_parts(&mut self, parts: Vec<StepPart>) {
        let Some(step) = self.context.step() else { return };
        for part in parts {
            match part {
                StepPart::Show(_) | StepPart::Gaps(_) if !self.typing.done.is_successful() => {
                    self.typing.held_parts.push(part);
                }
                StepPart::Show(block) | StepPart::Gaps(block) => self.context.print_block(step, block).await,
                StepPart::File(block) => self.context.write_file_if_missing(&step.blocks[block], true),
                StepPart::Quiz(_) | StepPart::Task { .. } | StepPart::Check(_) => {}
            }
        }
    }

    fn begin_doing(&mut self) {
        self.typing.is_active = true;
        self.typing.done = DoneCommands::default();
    }

    /// Checks the claims of the command that the tutor has typed. If `waits` is false, as after a failed command,
    /// checks the claims only once.
    pub(super) async fn check_done_command(&mut self, waits: bool) {
        let claims = std::mem::take(&mut self.typing.expected_claims);
        let Some(step) = self.context.step().filter(|_| !claims.is_empty()) else { return };
        let mut found = self.claim_poller(step).poll_once(&claims).await;
        if waits && may_change(step, &found) {
            found = self.wait_for_claims(step, &claims, found).await;
        }
        self.typing.done.add_claims(&found);
    }

    /// Returns the lesson's objects that prevent a second run of the step: the objects of the step, and containers of
    /// an earlier visit with the name of a container that the step creates.
    async fn in_the_way_of_step(&mut self, commands: &[CommandId]) -> Vec<LessonObject> {
        let mut things = self.made_in_step().await;
        let Some(step) = self.context.step() else { return things };
        let commands = commands.iter().filter_map(|id| Some(step.command(*id)?.1.text.as_str()));
        for thing in self.context.containers_in_the_way(&created_containers(commands)).await {
            if !things.contains(&thing) {
                things.push(thing);
            }
        }
        things
    }

    /// Prepares a second run of the step from its beginning, after the first run did not make its claims true. Returns
    /// whether a second run can have another result.
    async fn prepare_whole_step(&mut self, commands: &[CommandId]) -> bool {
        let in_the_way = self.in_the_way_of_step(commands).await;
        if let Some(step) = self.context.step()
            && (self.undone_step(step, commands, "").await.is_some()
                || self.has_changed_earlier(step, commands).await
                || self.has_replaced_earlier(step, commands, &in_the_way))
        {
            let redoes = Box::pin(self.redo_earlier_steps()).await;
            if redoes {
                self.ensure_setup().await;
            }
            return redoes;
        }
        if in_the_way.is_empty() {
            if !self.typing.did_whole {
                self.context.print_message("learn-skip-whole");
            }
            return !self.typing.did_whole;
        }
        self.context.print_message("learn-skip-again");
        let swept = undo::remove(self.context.session.env, in_the_way).await;
        let removed = self.context.messages.words.count("learn-undone", swept.removed.len(), &[]);
        let text = self.context.messages.note(&removed);
        self.context.print(&text);
        self.ensure_setup().await;
        true
    }

    /// Whether one of these objects replaced an object of an earlier step, so that only the earlier step can restore
    /// the original.
    fn has_replaced_earlier(&self, step: &Step, commands: &[CommandId], things: &[LessonObject]) -> bool {
        let commands = commands.iter().filter_map(|id| Some(step.command(*id)?.1.text.as_str()));
        let created = created_containers(commands);
        let (lesson, at) = (self.context.session.lesson, self.context.state.current_step());
        things.iter().any(|thing| {
            let is_created = created.iter().any(|one| one.name == thing.name);
            !is_created && is_made_before(lesson, at, thing.kind.name(), &thing.name)
        })
    }

    /// Runs the hidden set-up of the step if one of its objects is missing.
    async fn ensure_setup(&mut self) {
        if let Some(step) = self.context.step() {
            self.context.ensure_setup(step, self.context.state.current_step()).await;
        }
    }

    /// Ends a step after the tutor has typed its last command. If the step was not successful, removes its objects and
    /// types the whole step once more. Without claims, a step is successful if no command failed.
    pub(super) async fn step_was_done_for_learner(&mut self) {
        let todo = self.context.step_commands();
        if !self.typing.done.is_successful()
            && !todo.is_empty()
            && !std::mem::replace(&mut self.typing.did_twice, true)
            && Box::pin(self.prepare_whole_step(&todo)).await
        {
            self.typing.queue = todo.iter().filter_map(|id| self.queued_command(*id)).collect();
            return self.begin_doing();
        }
        self.typing.did_twice = false;
        self.context.print_done_commands(&self.typing.done);
        let mut rest = std::mem::take(&mut self.typing.held_parts);
        rest.append(&mut self.typing.after_queue);
        self.show_parts(rest).await;
        self.typing.held_parts.clear();
        self.typing.done = DoneCommands::default();
        if let ChoiceResult::Go(next) = self.context.state.choose(Choice::Skipped) {
            let is_shown =
                |next: &NextAction| matches!(next, NextAction::Show(_) | NextAction::Typed(_) | NextAction::File(_));
            self.perform_all(next.into_iter().filter(|next| !is_shown(next)).collect()).await;
        }
    }
}
