//! Saying what comes next and what came of a command.

use super::{Record, Tutor};
use crate::gateway::View;
use crate::judge::{Decision, RanCommand};
use crate::learn::looks::Found;
use crate::learn::undo;
use crate::lesson::{Block, Check};
use crate::quiz::Exercise;
use crate::run::write_file;
use crate::transcript::sanitise;
use crate::walk::{Next, Outcome};

impl Tutor<'_> {
    pub(super) fn say(&mut self, text: &str) {
        self.terminal.say(text);
    }

    /// The lesson's begin.
    pub(super) async fn greet(&mut self) {
        let text = self.voice.opening(self.visit.lesson, &self.visit.place.name);
        self.say(&text);
        self.tell_of_the_guard();
        self.fetch_images().await;
        self.ask_earlier().await;
        self.catch_up().await;
        let next = self.walk.enter(self.visit.begin);
        self.follow(next).await;
    }

    /// On the learner's own engine: what is marked, what is refused, what lists show.
    fn tell_of_the_guard(&mut self) {
        let Some(guard) = &self.visit.guard else { return };
        let key = match guard.view {
            View::All => "learn-guarded",
            View::Lesson => "learn-guarded-view",
        };
        let text = self.voice.note(&self.voice.words.say(key, &[]));
        self.say(&text);
    }

    /// Does one thing; what comes of it is done before the rest.
    pub(super) async fn one(&mut self, next: Next) -> Vec<Next> {
        let Some(step) = self.step() else {
            if next == Next::Finish {
                self.finish();
            }
            return Vec::new();
        };
        match next {
            Next::Step { step: at, setup } => {
                self.ran.clear();
                self.before.clear();
                if !self.made_before.contains_key(&at) {
                    let (lesson, place) = (self.visit.lesson, self.visit.place);
                    let things = undo::things(lesson, place, self.visit.guard.as_deref()).await.unwrap_or_default();
                    self.made_before.insert(at, undo::snapshot(&things));
                }
                if setup {
                    self.set_up(step).await;
                }
                match self.visit.place.engine.now().await {
                    Ok(now) => self.since = now,
                    Err(trouble) => self.trouble(&trouble),
                }
                let text = self.voice.heading(step, at, self.walk.len(), self.walk.done(at));
                self.say(&text);
                self.remember(Record::Reached(at));
            }
            Next::Show(block) => {
                let is_task = self.visit.is_task(self.walk.at(), block);
                let done = self.walk.done(self.walk.at()).is_some();
                if Exercise::of(&step.blocks[block]).is_none() || done || !self.exercise(step, block).await {
                    let text = self.voice.block(self.visit.lesson, &step.blocks[block], is_task);
                    self.say(&text);
                } else if is_task {
                    let text = self.voice.your_turn();
                    self.say(&text);
                }
            }
            Next::File(block) => self.offer(&step.blocks[block], true),
            Next::Ask(block) => return self.ask(step, block).await,
            Next::Await { look } => {
                let claims = self.walk.claims();
                let sight = self.sight(step);
                let (found, mistakes) =
                    tokio::join!(sight.look(if look { &claims } else { &[] }), sight.mistakes(&claims, None));
                self.before.extend(mistakes);
                if look {
                    let outcome = self.walk.looked_first(&crate::learn::looks::as_looks(&found));
                    self.tell_outcome(outcome, &found, None).await;
                }
                let text = if self.walk.is_over() {
                    self.voice.note(&self.voice.words.say("learn-read", &[]))
                } else {
                    self.voice.keys()
                };
                self.say(&text);
            }
            Next::Done(done) => {
                let at = self.walk.at();
                self.remember(Record::Step(at, done));
                let text = self.voice.done(done, at + 1 == self.walk.len());
                self.say(&text);
            }
            Next::Finish => self.finish(),
        }
        Vec::new()
    }

    fn finish(&mut self) {
        self.finished = true;
        let of = self.walk.len();
        let passed = (0..of).filter(|&step| self.walk.done(step).is_some()).count();
        let text = self.voice.say("learn-finished", &[("passed", &passed.to_string()), ("of", &of.to_string())]);
        self.say(&format!("\n{text}\n"));
        self.remember(Record::Finished);
    }

    /// Writes a file of the step where there is none; the learner's own edit stays.
    pub(super) fn offer(&mut self, block: &Block, show: bool) {
        let Block::File(file) = block else { return };
        if show {
            let text = self.voice.block(self.visit.lesson, block, false);
            self.say(&text);
        }
        let path = sanitise(&file.path.value);
        let there = std::fs::read_to_string(self.visit.place.dir.join(&file.path.value));
        let text = match there {
            Ok(text) if text == file.content => return,
            Ok(_) => self.voice.say("learn-file-kept", &[("path", &path)]),
            Err(_) => match write_file(&self.visit.place.dir, file) {
                Ok(()) => self.voice.say("learn-file-written", &[("path", &path)]),
                Err(problem) => {
                    let problem = problem.to_string();
                    self.voice.say("learn-file-failed", &[("path", &path), ("problem", &problem)])
                }
            },
        };
        self.say(&format!("{text}\n\n"));
    }

    /// What came of a command, or of an event.
    pub(super) async fn tell(&mut self, outcome: Outcome, found: &Found, last: Option<&RanCommand>) {
        let next = self.tell_outcome(outcome, found, last).await;
        Box::pin(self.follow(next)).await;
    }

    async fn tell_outcome(&mut self, outcome: Outcome, found: &Found, last: Option<&RanCommand>) -> Vec<Next> {
        let Some(step) = self.step() else { return Vec::new() };
        match outcome {
            Outcome::Passed { claims, untyped, next } => {
                let checks: Vec<&Check> = claims
                    .iter()
                    .filter_map(|&block| match &step.blocks[block] {
                        Block::Check(check) => Some(check),
                        _ => None,
                    })
                    .collect();
                let text = self.voice.passed(&checks, &self.ran, untyped);
                self.say(&format!("{text}\n"));
                return next;
            }
            Outcome::Progress { done, of, next } => {
                let key = if next.is_empty() { "learn-progress" } else { "learn-more-tasks" };
                let text = self.voice.words.say(key, &[("done", &done.to_string()), ("of", &of.to_string())]);
                let text = self.voice.note(&text);
                self.say(&text);
                return next;
            }
            Outcome::Already => {
                let text = self.voice.say("learn-already", &[]);
                self.say(&format!("{text}\n"));
            }
            Outcome::Miss { claim, offer } => {
                self.miss(step, claim, found, last).await;
                if offer {
                    let text = self.voice.say("learn-offer", &[]);
                    self.say(&format!("{text}\n"));
                }
            }
            Outcome::Unknown => {
                let trouble = found.iter().find_map(|(_, decision)| match decision {
                    Decision::Unknown(trouble) => Some(trouble.clone()),
                    _ => None,
                });
                if let Some(trouble) = trouble {
                    self.trouble(&trouble);
                }
            }
            Outcome::Quiet => self.beside_the_point(step, last).await,
        }
        Vec::new()
    }
}
