//! The state and the functions that [`tutor`](super::tutor) and [`watcher`](super::watcher) share: the lesson, its
//! progress, and output and questions on the terminal.

mod again;
mod ask;
mod clash;
mod help;
mod pages;
mod prepare;
mod pull;
mod removal;
mod setup;
mod taken;

pub(super) use help::created_containers;

use std::collections::BTreeMap;
use std::io;

use tracing::info;

use self::setup::Setup;
use super::advice::GivenAdvice;
use super::claim_poller::ClaimPoller;
use super::closing::VisitResults;
use super::messages::Messages;
use super::tty::Tty;
use super::{ExitReason, LessonSession, ProgressRecord, undo};
use crate::claims::{Decision, InfraFailure, RanCommand};
use crate::clean::LessonObject;
use crate::driver::write_lesson_file;
use crate::engine::EngineTime;
use crate::gateway::View;
use crate::lesson::{Block, Check, Step, Subject};
use crate::lesson_state::{ClaimDecisions, LessonState, NextAction, StepResult};
use crate::quiz::Exercise;
use crate::store::read_source;
use crate::transcript::sanitise;
use crate::words::{Lang, Words};

pub(super) struct TutorContext<'a> {
    pub(super) session: LessonSession<'a>,
    pub(super) messages: Messages,
    pub(super) tty: Tty,
    pub(super) state: LessonState,
    /// The reason to end the session; `None` while the session continues. After the reason is set, the tutor performs
    /// no further action.
    pub(super) exit_reason: Option<ExitReason>,
    /// Keys that a question on the terminal has read, although the learner typed them for the shell.
    pub(super) typed_ahead: Vec<u8>,
    /// Whether the learner already knows the next commands from an exercise, and only has to type them.
    pub(super) is_command_known: bool,
    /// Commands in which the learner has filled the gaps. The tutor inserts such a command at the prompt when the
    /// command is the next one of the step.
    found_commands: Vec<String>,
    /// Whether the tutor shows the whole lesson as pages. The learner may leave at the end of each page.
    is_reading: bool,
    /// The commands that the tutor has advised in this step.
    pub(super) advice: GivenAdvice,
    /// Whether the closing screen offered a next lesson.
    pub(super) has_next_lesson: bool,
    random: fastrand::Rng,
    /// The results of the hidden set-ups that have run in this session, by the index of the step.
    setups: BTreeMap<usize, Setup>,
}

/// The results of commands that the tutor ran for the learner.
#[derive(Debug, Default)]
pub(super) struct DoneCommands {
    /// The commands that failed, with their exit statuses.
    pub(super) failed: Vec<(String, String)>,
    /// Whether the claims after the commands hold; `None` if there are no such claims.
    pub(super) result: Option<bool>,
}

impl DoneCommands {
    /// Whether the claims hold. If there are no claims, whether all commands succeeded.
    pub(super) fn is_successful(&self) -> bool {
        self.result.unwrap_or(self.failed.is_empty())
    }

    pub(super) fn add_claims(&mut self, found: &ClaimDecisions) {
        if !found.is_empty() {
            let hold = !found.iter().any(|(_, decision)| matches!(decision, Decision::Fails(_)));
            self.result = Some(hold && self.result != Some(false));
        }
    }
}

impl<'a> TutorContext<'a> {
    pub(super) fn new(session: LessonSession<'a>) -> io::Result<Self> {
        let tty = Tty::open()?;
        let mut state = LessonState::new(session.lesson, session.plan);
        for &(step, done) in &session.done {
            state.restore_step(step, done);
        }
        let messages = Messages { words: Words::new(session.style.lang), style: session.style, beside: false };
        Ok(Self {
            session,
            messages,
            tty,
            state,
            exit_reason: None,
            typed_ahead: Vec::new(),
            is_command_known: false,
            found_commands: Vec::new(),
            is_reading: false,
            advice: GivenAdvice::default(),
            has_next_lesson: false,
            random: fastrand::Rng::new(),
            setups: BTreeMap::new(),
        })
    }

    /// Performs an action that does not depend on whether the learner works in the tutor's shell. Returns actions that
    /// the caller performs before its remaining actions.
    pub(super) async fn perform(&mut self, step: &'a Step, next: NextAction) -> Vec<NextAction> {
        match next {
            NextAction::Show(block) => self.show_block(step, block).await,
            NextAction::Typed(block) => self.print_done_task(step, block),
            NextAction::File(block) => self.write_file_if_missing(&step.blocks[block], true),
            NextAction::Ask(block) => return Box::pin(self.ask_quiz(step, block)).await,
            NextAction::Done(done) => self.print_step_done(done),
            NextAction::Step { .. } | NextAction::Await { .. } | NextAction::Finish => {}
        }
        Vec::new()
    }

    /// Asks the questions that come before the lesson, and shows the opening of the lesson. Returns whether the session
    /// continues.
    pub(super) async fn open_lesson(&mut self) -> bool {
        if self.session.is_finished {
            self.ask_again().await;
        } else {
            self.ask_review_questions().await;
        }
        if self.exit_reason.is_none() {
            self.print_opening().await;
        }
        self.exit_reason.is_none()
    }

    /// Prepares the engine, and enters the first step. Returns the actions to perform.
    pub(super) async fn begin_lesson(&mut self) -> Vec<NextAction> {
        self.end_opening().await;
        if self.exit_reason.is_some() {
            return Vec::new();
        }
        if self.has_clash().await {
            self.exit_reason = Some(ExitReason::Declined);
            return Vec::new();
        }
        self.pull_images().await;
        self.rebuild_earlier_steps().await;
        self.state.enter_step(self.session.begin)
    }

    /// Whether the lesson writes files or has claims about files.
    pub(super) fn has_files(&self) -> bool {
        let mut blocks = self.session.lesson.steps.iter().flat_map(|step| &step.blocks);
        blocks.any(|block| match block {
            Block::File(_) => true,
            Block::Check(check) => matches!(check.claim.subject, Subject::File(_)),
            _ => false,
        })
    }

    /// Returns the learner's current step.
    pub(super) fn step(&self) -> Option<&'a Step> {
        self.session.lesson.steps.get(self.state.current_step())
    }

    pub(super) fn check(&self, block: usize) -> Option<&'a Check> {
        self.step()?.check(block)
    }

    pub(super) const fn claim_poller<'s>(
        &self,
        step: &'s Step,
        since: EngineTime,
        ran: &'s [RanCommand],
    ) -> ClaimPoller<'s>
    where
        'a: 's,
    {
        ClaimPoller { env: self.session.env, step, since, ran }
    }

    pub(super) fn print(&mut self, text: &str) {
        self.tty.print(text);
    }

    /// Prints the message with this key.
    pub(super) fn print_message(&mut self, key: &str) {
        let text = self.messages.wrapped(key, &[]);
        self.print(&format!("{text}\n"));
    }

    /// Prints the message with this key in faint text.
    pub(super) fn print_note(&mut self, key: &str) {
        let text = self.messages.note(&self.messages.text(key, &[]));
        self.print(&text);
    }

    pub(super) fn print_infra_failure(&mut self, failure: &InfraFailure) {
        let text = self.messages.infra_failure(failure);
        self.print(&text);
    }

    /// Prints that the engine has ended, and how to continue the lesson.
    pub(super) fn print_engine_lost(&mut self) {
        let key = if self.session.guard.is_some() { "learn-engine-lost.own" } else { "learn-engine-lost.private" };
        let (verb, leave) = match (self.messages.beside, self.messages.words.lang()) {
            (true, _) => ("watch", "q"),
            (false, Lang::Id) => ("learn", "keluar"),
            (false, Lang::En) => ("learn", "quit"),
        };
        let args = [("lesson", &*sanitise(&self.session.lesson.id.0)), ("verb", verb), ("leave", leave)];
        let next = self.messages.words.say(key, &args);
        let text = format!("{}\n→ {next}", self.messages.words.say("learn-engine-lost", &[]));
        let text = self.messages.broken(&text);
        self.print(&text);
    }

    /// Records progress, and prints the notice that the recorder returns.
    pub(super) fn record_progress(&mut self, record: ProgressRecord) {
        if let Some(notice) = (self.session.record)(record) {
            let text = self.messages.note(&notice);
            self.print(&text);
        }
    }

    /// Adapts the width of messages to the size of the terminal. Returns the columns and rows of the terminal.
    pub(super) fn update_size(&mut self) -> (u16, u16) {
        let (columns, rows) = self.tty.size();
        self.messages.style.width = usize::from(columns.clamp(20, 100));
        (columns, rows)
    }

    /// Shows the opening of the lesson. If the learner continues an unfinished lesson, prints a short greeting instead.
    pub(super) async fn print_opening(&mut self) {
        if self.session.begin > 0 && !self.session.is_finished {
            let text = self.messages.welcome_back(self.session.lesson, self.session.begin);
            return self.print(&text);
        }
        let text = self.messages.opening(self.session.lesson, &self.session.engine_name);
        self.print_page(&text).await;
    }

    /// Waits for a key after the opening, so that the first step does not push the opening off the screen.
    pub(super) async fn end_opening(&mut self) {
        if self.session.begin == 0 && self.exit_reason.is_none() && !self.session.lesson.steps.is_empty() {
            self.pause("learn-begin", &[]).await;
        }
    }

    /// If the lesson runs on the learner's own engine, prints which objects the gateway labels, which commands the
    /// gateway refuses and which objects lists show.
    pub(super) fn print_guard_notice(&mut self) {
        let Some(guard) = &self.session.guard else { return };
        self.print_note(match guard.view {
            View::All => "learn-guarded",
            View::Lesson => "learn-guarded-view",
        });
    }

    /// Runs the set-up of a step, and shows the heading. Returns the current time of the engine. Only events after this
    /// time count for the step.
    pub(super) async fn begin_step(&mut self, step: &'a Step, at: usize) -> Option<EngineTime> {
        info!(step = %step.id, at, "step begins");
        self.advice.clear();
        self.ensure_setup(step, at).await;
        let now = self.session.env.engine.now().await;
        if let Err(failure) = &now {
            self.print_infra_failure(failure);
        }
        self.print_heading(at);
        now.ok()
    }

    pub(super) fn print_heading(&mut self, at: usize) {
        let Some(step) = self.session.lesson.steps.get(at) else { return };
        let text = self.messages.heading(self.session.lesson, step, at, self.state.step_result(at));
        self.print(&text);
        self.is_command_known = false;
        self.found_commands.clear();
        self.record_progress(ProgressRecord::Reached(at));
    }

    /// Shows a block. If the block is an exercise and the step is not done, lets the learner do the exercise instead.
    pub(super) async fn show_block(&mut self, step: &'a Step, block: usize) {
        let is_task = self.session.is_task(self.state.current_step(), block);
        let done = self.state.step_result(self.state.current_step()).is_some();
        if Exercise::of(&step.blocks[block]).is_none() || done || !self.ask_exercise(step, block).await {
            let is_solution = matches!(&step.blocks[block], Block::Transcript(one) if one.attrs.solution);
            if is_solution && is_task && self.is_command_known {
                return self.print_your_turn();
            }
            self.print_block(step, block).await;
        } else if is_task && self.exit_reason.is_none() {
            self.print_your_turn();
        }
    }

    /// Shows a block. Asks nothing, even if the block is an exercise.
    pub(super) async fn print_block(&mut self, step: &Step, block: usize) {
        let is_task = self.session.is_task(self.state.current_step(), block);
        let text = self.messages.block(self.session.lesson, &step.blocks[block], is_task);
        self.print_page(&text).await;
    }

    /// Reports which commands of a task are done already.
    fn print_done_task(&mut self, step: &Step, block: usize) {
        let Some(Block::Transcript(transcript)) = step.blocks.get(block) else { return };
        let first_line = |text: &str| format!("`{}`", sanitise(text.lines().next().unwrap_or_default()));
        let commands: Vec<String> = transcript.commands.iter().map(|command| first_line(&command.text)).collect();
        let text = self.messages.words.say("learn-done-already", &[("commands", &commands.join(", "))]);
        let text = self.messages.note(&text);
        self.print(&format!("{text}\n"));
    }

    /// Asks the learner to type the command of an exercise, unless the tutor will insert this command at the prompt.
    fn print_your_turn(&mut self) {
        if !self.found_commands.is_empty() {
            return;
        }
        let commands = self.command_texts(&self.state.commands_to_type(false));
        let known = self.is_command_known.then_some(commands.as_slice());
        let text = self.messages.your_turn(known);
        self.print(&text);
    }

    /// Prints how to get help, unless the learner knows the command from an exercise.
    pub(super) fn print_keys(&mut self) {
        if !std::mem::take(&mut self.is_command_known) {
            self.print_note("learn-keys");
        }
    }

    pub(super) fn print_step_done(&mut self, done: StepResult) {
        let at = self.state.current_step();
        info!(at, ?done, "step is done");
        self.record_progress(ProgressRecord::Step(at, done));
        let text = self.messages.step_done(done, self.state.is_last_step());
        self.print(&text);
    }

    /// Records that the lesson is finished, and shows the closing screen.
    pub(super) async fn finish_lesson(&mut self) {
        self.record_progress(ProgressRecord::Finished);
        let outlook = (self.session.outlook)();
        let steps = 0..self.session.lesson.steps.len();
        let has_result = |step: &usize, result| self.state.step_result(*step) == Some(result);
        let has_quiz = |step: &Step| !step.is_notes && step.blocks.iter().any(|block| matches!(block, Block::Quiz(_)));
        // A step counts only if it has a question or a command that can run on this engine.
        let has_work = |step: &usize| self.state.has_commands(*step) || has_quiz(&self.session.lesson.steps[*step]);
        // The tutor never answers questions for the learner. A skipped step with only questions is therefore open, not
        // done.
        let is_left = |step: &usize| has_result(step, StepResult::Skipped) && !self.state.has_commands(*step);
        let is_open = |step: &usize| self.state.step_result(*step).is_none() || is_left(step);
        let is_skipped = |step: &usize| has_result(step, StepResult::Skipped) && self.state.has_commands(*step);
        let is_helped = |step: &usize| has_result(step, StepResult::Helped);
        let blocks = self.session.lesson.steps.iter().flat_map(|step| &step.blocks);
        let quizzes = blocks.filter(|block| matches!(block, Block::Quiz(_))).count();
        let results = VisitResults {
            tally: self.state.tally(),
            steps: steps.clone().filter(has_work).count(),
            helped: steps.clone().filter(is_helped).count(),
            skipped: steps.clone().filter(is_skipped).count(),
            open: steps.clone().filter(|step| has_work(step) && is_open(step)).count(),
            quizzes_right: self.session.answered.values().filter(|&&right| right).count(),
            quizzes_asked: self.session.answered.len(),
            quizzes_left: quizzes.saturating_sub(self.session.answered.len()),
            is_resumed: self.session.begin > 0 && !self.session.is_finished,
        };
        self.has_next_lesson = outlook.next.is_some();
        let text = self.messages.closing(self.session.lesson, &results, &outlook);
        self.print(&text);
        // If the course is finished, show a second screen.
        if let Some(course) = &outlook.finished_course {
            self.pause("learn-read-on", &[]).await;
            let text = self.messages.finished_course(course);
            self.print(&text);
        }
    }

    /// Returns the exit reason to use if the learner presses Enter after the end of the lesson.
    pub(super) const fn finished_exit(&self) -> ExitReason {
        if self.has_next_lesson { ExitReason::NextLesson } else { ExitReason::Done }
    }

    /// Prints an explanation of the claims that hold. If the learner still has to type commands, names the next
    /// command. If `is_more_shown`, does not name the next command, because the tutor shows it soon.
    pub(super) fn print_passed(&mut self, claims: &[usize], ran: &[RanCommand], untyped: usize, is_more_shown: bool) {
        let checks: Vec<&Check> = claims.iter().filter_map(|&block| self.check(block)).collect();
        let left = (untyped > 0).then(|| match self.shown_command() {
            _ if is_more_shown => self.messages.words.say("learn-more-tasks", &[]),
            Some(command) => self.messages.words.count("learn-remaining", untyped, &[("command", &sanitise(&command))]),
            None => self.messages.words.count("learn-remaining-hidden", untyped, &[]),
        });
        let text = self.messages.passed(&checks, ran, left.as_deref());
        self.print(&format!("{text}\n"));
    }

    /// Writes a file of the step. Keeps an existing file, because the learner may have edited it.
    pub(super) fn write_file_if_missing(&mut self, block: &Block, show: bool) {
        let Block::File(file) = block else { return };
        if show {
            let text = self.messages.block(self.session.lesson, block, false);
            self.print(&text);
        }
        let path = sanitise(&file.path.value);
        let there = read_source(&self.session.env.dir.join(&file.path.value));
        let text = match there {
            Ok(there) if there.text() == file.content => return,
            Ok(_) => self.messages.wrapped("learn-file-kept", &[("path", &path)]),
            Err(_) => match write_lesson_file(&self.session.env.dir, file) {
                Ok(()) => self.messages.wrapped("learn-file-written", &[("path", &path)]),
                Err(problem) => {
                    let problem = problem.to_string();
                    self.messages.wrapped("learn-file-failed", &[("path", &path), ("problem", &problem)])
                }
            },
        };
        self.print(&format!("{text}\n\n"));
    }

    /// Returns the objects that the lesson has created on its engines.
    pub(super) async fn lesson_things(&self) -> Vec<LessonObject> {
        let (lesson, env) = (self.session.lesson, self.session.env);
        undo::things(lesson, env, self.session.guard.as_deref()).await.unwrap_or_default()
    }
}
