//! The tutor without a shell, for a learner who works in another terminal. This tutor shows the steps of a lesson. A
//! step passes when its claims hold.

mod advice;

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use tracing::{debug, trace};

use self::advice::Advice;
use super::claim_poller::describe_decisions;
use super::context::TutorContext;
use super::reply::expects_failure;
use super::signals::{Signals, is_relevant, next_event};
use super::{ExitReason, LessonSession};
use crate::claims::{Decision, EngineEvent};
use crate::engine::{EngineTime, Watch};
use crate::lesson::Subject;
use crate::lesson_state::{Choice, ChoiceResult, ClaimDecisions, ClaimStatus, Evaluation, NextAction, claim_statuses};
use crate::transcript::sanitise;
use crate::words::Lang;

/// The delay between the first event of a burst and the poll of the claims.
const EVENT_DELAY: Duration = Duration::from_millis(15);
/// The interval at which claims are polled, because not every change has an event.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// Shows the steps of a lesson one by one. A step passes when its claims hold.
///
/// # Errors
/// If there is no terminal.
pub async fn watch<'a>(session: LessonSession<'a>, connect: Option<&'a str>) -> io::Result<ExitReason> {
    let mut context = TutorContext::new(session)?;
    context.messages.beside = true;
    let mut watcher = Watcher {
        context,
        events: None,
        since: EngineTime::default(),
        poll_at: None,
        signals: Signals::new()?,
        finished: false,
        advice: Advice::default(),
        is_heard: false,
        connect,
    };
    watcher.run().await
}

struct Watcher<'a> {
    context: TutorContext<'a>,
    events: Option<Watch>,
    since: EngineTime,
    /// The time of the next poll of the claims.
    poll_at: Option<Instant>,
    signals: Signals,
    finished: bool,
    advice: Advice,
    /// Whether an event or a refusal of a command from the other terminal has arrived.
    is_heard: bool,
    /// The shell command that connects the other terminal with the lesson's engine.
    connect: Option<&'a str>,
}

/// The action that a key triggers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Next,
    Back,
    Hint,
    Solution,
    Skip,
    Quiz,
    Menu,
    Quit,
    Help,
}

/// Returns the action of a key. The letters are from the names of the tutor commands in the learner's language.
fn key(lang: Lang, byte: u8) -> Option<Key> {
    let keys: &[(u8, Key)] = match lang {
        Lang::Id => &[
            (b'p', Key::Hint),
            (b'j', Key::Solution),
            (b'l', Key::Skip),
            (b'k', Key::Back),
            (b'u', Key::Quiz),
            (b'd', Key::Menu),
            (b'q', Key::Quit),
        ],
        Lang::En => &[
            (b'h', Key::Hint),
            (b's', Key::Solution),
            (b'x', Key::Skip),
            (b'b', Key::Back),
            (b'a', Key::Quiz),
            (b'm', Key::Menu),
            (b'q', Key::Quit),
        ],
    };
    match byte {
        b'\r' | b'\n' => Some(Key::Next),
        b'?' => Some(Key::Help),
        3 | 4 => Some(Key::Quit),
        _ => keys.iter().find(|(letter, _)| *letter == byte.to_ascii_lowercase()).map(|(_, key)| *key),
    }
}

impl Watcher<'_> {
    async fn run(&mut self) -> io::Result<ExitReason> {
        self.context.tty.enter_raw_mode()?;
        self.events = self.context.session.env.engine.watch().await.ok();
        self.greet().await;
        self.poll_at = Some(Instant::now() + POLL_INTERVAL);
        loop {
            if let Some(exit_reason) = self.context.exit_reason {
                return Ok(exit_reason);
            }
            tokio::select! {
                biased;
                () = self.signals.exit.recv() => return Ok(ExitReason::TerminalGone),
                _ = self.signals.resize.recv() => drop(self.context.update_size()),
                keys = self.context.tty.read_keys() => {
                    let Some(keys) = keys else { return Ok(ExitReason::TerminalGone) };
                    self.handle_keys(&keys).await;
                }
                event = next_event(&mut self.events) => match event {
                    Some(event) => self.handle_engine_event(&event),
                    None => self.handle_engine_end().await,
                },
                () = sleep_until(self.poll_at.unwrap_or_else(Instant::now)), if self.poll_at.is_some() => {
                    self.poll_at = Some(Instant::now() + POLL_INTERVAL);
                    self.poll_claims().await;
                }
            }
        }
    }

    async fn greet(&mut self) {
        if !self.context.open_lesson().await {
            return;
        }
        if let Some(line) = self.connect {
            let text = self.context.messages.wrapped("learn-watch-env", &[("line", line)]);
            self.context.print(&format!("{text}\n"));
        }
        if self.context.has_files() {
            let dir = sanitise(&self.context.session.env.dir.display().to_string());
            let text = self.context.messages.wrapped("learn-watch-dir", &[("dir", &dir)]);
            self.context.print(&format!("{text}\n"));
        }
        let next = self.context.begin_lesson().await;
        self.perform_all(next).await;
    }

    async fn perform_all(&mut self, next: Vec<NextAction>) {
        let mut todo: VecDeque<NextAction> = next.into();
        while self.context.exit_reason.is_none()
            && let Some(next) = todo.pop_front()
        {
            for one in self.perform(next).await.into_iter().rev() {
                todo.push_front(one);
            }
        }
    }

    /// Performs an action. Returns actions that the caller performs before its remaining actions.
    async fn perform(&mut self, next: NextAction) -> Vec<NextAction> {
        let Some(step) = self.context.step() else {
            self.context.exit_reason = Some(ExitReason::Done);
            return Vec::new();
        };
        match next {
            NextAction::Step { step: at } => {
                if let Some(now) = self.context.begin_step(step, at).await {
                    self.since = now;
                }
                Box::pin(self.begin_advice(step)).await;
            }
            NextAction::Await { look } => {
                let (seen, unseen) = self.claims();
                if look && !seen.is_empty() {
                    let found = self.context.claim_poller(step, self.since, &[]).poll_once(&seen).await;
                    match self.context.state.check_before_start(&with_unseen_claims(&found, &unseen)) {
                        Evaluation::Already => self.context.print_message("learn-already"),
                        Evaluation::Passed { claims, next, .. } => {
                            self.context.print_passed(&claims, &[], 0, false);
                            return next;
                        }
                        _ => {}
                    }
                }
                self.context.print_note(if self.context.state.is_step_over() {
                    "learn-read"
                } else if seen.is_empty() {
                    "learn-watch-unseen"
                } else {
                    "learn-watch-hint"
                });
                self.context.print_note("learn-keys");
                // The learner does not know the command of the next part yet.
                self.context.is_command_known = false;
            }
            NextAction::Finish => {
                self.context.finish_lesson().await;
                self.finished = true;
                if !self.context.has_next_lesson {
                    self.context.exit_reason = Some(ExitReason::Done);
                }
            }
            next => return self.context.perform(step, next).await,
        }
        Vec::new()
    }

    /// Returns two lists of the current claims: the claims that the watcher can check, and the claims about typed
    /// commands. The watcher does not see typed commands. If all claims of the first list hold, the claims of the
    /// second list count as true. If the first list is empty, the learner decides.
    fn claims(&self) -> (Vec<usize>, Vec<usize>) {
        let is_seen = |block: &usize| {
            self.context.check(*block).is_some_and(|check| !matches!(check.claim.subject, Subject::Ran(_)))
        };
        self.context.state.current_claims().into_iter().partition(is_seen)
    }

    /// Handles the keys of one read. Ignores an escape sequence. Ignores the keys after Enter, because the learner
    /// pressed them before the next screen appeared.
    async fn handle_keys(&mut self, keys: &[u8]) {
        if keys.first() == Some(&0x1b) {
            return;
        }
        let lang = self.context.messages.words.lang();
        for key in keys.iter().filter_map(|&byte| key(lang, byte)) {
            self.handle_key(key).await;
            if key == Key::Next || self.context.exit_reason.is_some() {
                return;
            }
        }
    }

    async fn handle_key(&mut self, key: Key) {
        debug!(?key, "key");
        match key {
            Key::Next if self.finished => self.context.exit_reason = Some(self.context.finished_exit()),
            Key::Quit if self.finished => self.context.exit_reason = Some(ExitReason::Done),
            Key::Next => self.next().await,
            Key::Back => {
                // Before the first step, there is no other step. If it has passed, it begins again.
                let mut found = self.context.state.choose(Choice::Back);
                if found == ChoiceResult::NoStep && self.context.state.is_step_over() {
                    found = self.context.state.choose(Choice::Again);
                }
                if let ChoiceResult::Go(next) = found {
                    self.perform_all(next).await;
                } else {
                    self.context.print_message("learn-first");
                }
            }
            Key::Hint => {
                // The watcher cannot see attempts in the other terminal, so it assumes that there was one.
                self.context.state.record_attempt();
                Box::pin(self.context.print_hint()).await;
            }
            Key::Solution => self.context.print_solution().await,
            Key::Skip => self.skip().await,
            Key::Quiz => {
                for next in self.context.repeat_quizzes().await {
                    self.perform_all(vec![next]).await;
                }
            }
            Key::Menu => self.context.exit_reason = Some(ExitReason::Menu { is_finished: self.finished }),
            Key::Quit => self.context.exit_reason = Some(ExitReason::Quit),
            Key::Help => self.context.print_message("learn-watch-help"),
        }
    }

    async fn next(&mut self) {
        let (seen, unseen) = self.claims();
        // Enter skips an unanswered question. The blocks after the question were not shown yet.
        if self.context.state.waits_for_quiz()
            && let ChoiceResult::Go(next) = self.context.state.choose(Choice::Next)
        {
            return self.perform_all(next).await;
        }
        // A refused command has done nothing, so the first Enter only reports the refusal. At the second Enter, the
        // watcher trusts the learner.
        if seen.is_empty() && self.advice.take_refused() {
            return self.context.print_message("learn-watch-refused");
        }
        // A failed program in a container may have done nothing, either.
        if seen.is_empty()
            && let Some(step) = self.context.step()
            && !expects_failure(step, &self.context.state.part_commands())
            && let Some(status) = self.advice.take_failed_exec()
        {
            let text = self.context.messages.wrapped("learn-watch-failed", &[("status", &status)]);
            return self.context.print(&format!("{text}\n"));
        }
        // Pass a task without a claim, because the watcher cannot see the commands of the task.
        if let Some(next) = self.context.state.pass_unseen_task() {
            self.context.print_note("learn-watch-trusted");
            return self.perform_all(next).await;
        }
        if seen.is_empty() && !unseen.is_empty() {
            if self.is_refuted(&unseen).await {
                return self.context.print_message("learn-watch-refuted");
            }
            let outcome = self.context.state.evaluate(None, &with_unseen_claims(&ClaimDecisions::new(), &unseen));
            return self.report(outcome).await;
        }
        if let ChoiceResult::Go(next) = self.context.state.choose(Choice::Next) {
            return self.perform_all(next).await;
        }
        self.context.print_message("learn-not-passed");
        if let Some(line) = self.connect.filter(|_| !self.is_heard) {
            let text = self.context.messages.wrapped("learn-watch-silent", &[("line", line)]);
            self.context.print(&format!("{text}\n"));
        }
    }

    /// Runs the rest of the step in a separate shell.
    async fn skip(&mut self) {
        let Some(step) = self.context.step() else { return };
        if self.context.state.is_step_over() {
            return self.next().await;
        }
        self.context.run_rest_of_step(step, self.since).await;
        // Discard the refusals of the tutor's own commands.
        drop(self.take_refusals());
        if let ChoiceResult::Go(next) = self.context.state.choose(Choice::Skipped) {
            self.perform_all(next).await;
        }
    }

    /// Schedules a poll after an event of the engine.
    fn handle_engine_event(&mut self, event: &EngineEvent) {
        self.note_exec(event);
        if is_relevant(event) {
            self.note_event(event);
            let soon = Instant::now() + EVENT_DELAY;
            self.poll_at = Some(self.poll_at.map_or(soon, |at| at.min(soon)));
        }
    }

    /// Reports that the engine has ended, unless the engine answers again.
    async fn handle_engine_end(&mut self) {
        self.events = self.context.session.env.engine.watch().await.ok();
        if self.events.is_none() {
            self.context.print_engine_lost();
        }
    }

    async fn poll_claims(&mut self) {
        if self.events.is_none() {
            self.events = self.context.session.env.engine.watch().await.ok();
        }
        let (seen, unseen) = self.claims();
        let Some(step) = self.context.step() else { return };
        Box::pin(self.report_refusals()).await;
        if self.context.state.is_step_over() {
            return;
        }
        if seen.is_empty() {
            return self.advise_unseen();
        }
        let found = self.context.claim_poller(step, self.since, &[]).poll_once(&seen).await;
        trace!(claims = describe_decisions(&found), "looked at claims");
        let outcome = self.context.state.evaluate(None, &with_unseen_claims(&found, &unseen));
        if !matches!(outcome, Evaluation::Passed { .. }) {
            Box::pin(self.advise(step, &found)).await;
        }
        self.report(outcome).await;
    }

    /// Runs the commands of the part again. Returns whether one of these claims about typed commands is false for the
    /// results of the commands. Returns `false` if the engine has changed since the part was shown, because the learner
    /// may have seen other results.
    async fn is_refuted(&mut self, claims: &[usize]) -> bool {
        let Some(step) = self.context.step() else { return false };
        if self.advice.has_changed() {
            return false;
        }
        let ran = Box::pin(self.context.look_again(step)).await;
        if ran.is_empty() {
            return false;
        }
        let found = self.context.claim_poller(step, self.since, &ran).poll_once(claims).await;
        found.iter().any(|(_, decision)| matches!(decision, Decision::Fails(_)))
    }

    async fn report(&mut self, outcome: Evaluation) {
        if let Evaluation::Passed { mut claims, untyped: _, next } = outcome {
            // The watcher does not see the commands in the other terminal, so it does not print claims about typed
            // commands as passed.
            claims.retain(|block| {
                self.context.check(*block).is_some_and(|check| !matches!(check.claim.subject, Subject::Ran(_)))
            });
            if claims.is_empty() {
                self.context.print_note("learn-watch-trusted");
            } else {
                self.context.print_passed(&claims, &[], 0, false);
            }
            Box::pin(self.context.print_foreign_objects(&claims)).await;
            self.advice.forget_events();
            self.perform_all(next).await;
        }
    }
}

fn with_unseen_claims(found: &ClaimDecisions, unseen: &[usize]) -> Vec<(usize, ClaimStatus)> {
    let mut looks = claim_statuses(found);
    looks.extend(unseen.iter().map(|&block| (block, ClaimStatus::Holds)));
    looks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_the_watch_keys_depend_on_the_learners_language() {
        assert_eq!((key(Lang::Id, b'p'), key(Lang::En, b'p')), (Some(Key::Hint), None));
        assert_eq!((key(Lang::Id, b'H'), key(Lang::En, b'H')), (None, Some(Key::Hint)));
        assert_eq!((key(Lang::Id, b'\r'), key(Lang::En, 3)), (Some(Key::Next), Some(Key::Quit)));
        assert_eq!(key(Lang::En, 27), None);
    }
}
