//! Saying what comes next and what came of a command.

use super::Tutor;
use crate::claims::{Decision, RanCommand};
use crate::learn::looks::{Found, as_looks};
use crate::learn::undo;
use crate::lesson_state::{Next, Outcome};
use crate::transcript::sanitise;

impl Tutor<'_> {
    /// The lesson's begin.
    pub(super) async fn greet(&mut self) {
        self.desk.ask_earlier().await;
        if self.desk.left.is_some() {
            return;
        }
        self.desk.opening();
        self.desk.tell_of_the_guard();
        self.desk.fetch_images().await;
        self.desk.catch_up().await;
        let next = self.desk.walk.enter(self.desk.visit.begin);
        self.follow(next).await;
    }

    /// Does one thing; what comes of it is done before the rest.
    pub(super) async fn one(&mut self, next: Next) -> Vec<Next> {
        let Some(step) = self.desk.step() else {
            if next == Next::Finish {
                self.finish();
            }
            return Vec::new();
        };
        match next {
            Next::Step { step: at, setup } => {
                self.ran.clear();
                self.before.clear();
                self.knows_before = false;
                if !self.made_before.contains_key(&at) {
                    let things = self.desk.things().await;
                    self.made_before.insert(at, undo::snapshot(&things));
                }
                if let Some(now) = self.desk.begin(step, at, setup).await {
                    self.since = now;
                }
            }
            Next::Show(block) => self.desk.show(step, block).await,
            Next::File(block) => self.desk.offer(&step.blocks[block], true),
            Next::Ask(block) => return self.desk.ask(step, block).await,
            Next::Await { look } => {
                let claims = self.desk.walk.claims();
                let sight = self.sight(step);
                // What the learner has done in the step since it began is no excuse.
                let all: Vec<usize> = if self.knows_before { Vec::new() } else { (0..step.blocks.len()).collect() };
                let (found, mistakes) =
                    tokio::join!(sight.look(if look { &claims } else { &[] }), sight.mistakes(&all, None));
                self.before.extend(mistakes);
                self.knows_before = true;
                if look {
                    let outcome = self.desk.walk.looked_first(&as_looks(&found));
                    self.tell_outcome(outcome, &found, None).await;
                }
                if self.desk.walk.is_over() {
                    self.desk.note("learn-read");
                } else {
                    self.desk.note("learn-keys");
                }
            }
            Next::Done(done) => self.desk.done(done),
            Next::Finish => self.finish(),
        }
        Vec::new()
    }

    fn finish(&mut self) {
        self.finished = true;
        self.desk.finish();
    }

    /// What came of a command, or of an event.
    pub(super) async fn tell(&mut self, outcome: Outcome, found: &Found, last: Option<&RanCommand>) {
        let next = self.tell_outcome(outcome, found, last).await;
        Box::pin(self.follow(next)).await;
    }

    async fn tell_outcome(&mut self, outcome: Outcome, found: &Found, last: Option<&RanCommand>) -> Vec<Next> {
        let Some(step) = self.desk.step() else { return Vec::new() };
        match outcome {
            Outcome::Passed { claims, untyped, next } => {
                self.desk.passed(&claims, &self.ran, untyped);
                return next;
            }
            Outcome::Progress { done, of, next } => {
                let words = &self.desk.voice.words;
                let command = self.desk.shown_command().map(|command| sanitise(&command));
                let text = match &command {
                    _ if !next.is_empty() => words.say("learn-more-tasks", &[]),
                    // It belongs to a part that was not shown yet.
                    Some(command) if done == 0 => words.say("learn-later", &[("command", command)]),
                    None if done == 0 => words.say("learn-typed-other", &[]),
                    Some(command) => words.say("learn-next-command", &[("command", command)]),
                    None => words.count("learn-left-hidden", of - done, &[]),
                };
                let text = self.desk.voice.note(&text);
                self.desk.say(&text);
                return next;
            }
            Outcome::Already => self.desk.tell_plainly("learn-already"),
            Outcome::Miss { claim, offer } => {
                self.miss(step, claim, found, last).await;
                if offer {
                    self.desk.tell_plainly("learn-offer");
                }
            }
            Outcome::Unknown => {
                let trouble = found.iter().find_map(|(_, decision)| match decision {
                    Decision::Unknown(trouble) => Some(trouble.clone()),
                    _ => None,
                });
                if let Some(trouble) = trouble {
                    self.desk.trouble(&trouble);
                }
            }
            Outcome::Quiet => self.beside_the_point(step, last).await,
        }
        Vec::new()
    }
}
