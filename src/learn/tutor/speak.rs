//! Saying what comes next and what came of a command.

use super::{Instant, Record, Tutor};
use crate::judge::{Decision, RanCommand};
use crate::learn::looks::Found;
use crate::lesson::{Block, Check, Step};
use crate::quiz::{self, Asked};
use crate::run::write_file;
use crate::session::{End, Input, Session, ShellSpec};
use crate::transcript::sanitise;
use crate::walk::{Next, Outcome};

impl<'a> Tutor<'a> {
    pub(super) fn say(&mut self, text: &str) {
        self.terminal.say(text);
    }

    /// The lesson's begin.
    pub(super) async fn greet(&mut self) {
        let text = self.voice.opening(self.visit.lesson, &self.visit.place.name);
        self.say(&text);
        self.fetch_images().await;
        let next = self.walk.enter(self.visit.begin);
        self.follow(next).await;
    }

    /// What the lesson finds on its engine at the start.
    async fn fetch_images(&mut self) {
        for image in &self.visit.lesson.front.have {
            let question = crate::judge::Question { subject: crate::lesson::Subject::Image(image.value.clone()) };
            let scene = crate::engine::Scene {
                since: self.since,
                ran: &[],
                dir: &self.visit.place.dir,
                netns: None,
                label: None,
            };
            let there = self.visit.place.engine.facts(&question, &scene).await;
            if matches!(there, Ok(crate::judge::Facts::Inspect(_))) {
                continue;
            }
            let name = sanitise(&image.value);
            // The words cannot go where the pull tells of its progress.
            let line = self.voice.words.say("learn-pulling", &[("image", &name), ("progress", "{}")]);
            let terminal = &mut self.terminal;
            let mut shown = Instant::now();
            let mut show = |progress: crate::engine::PullProgress| {
                if shown.elapsed().as_millis() < 100 {
                    return;
                }
                shown = Instant::now();
                let percent = progress.current.zip(progress.total).map(|(now, all)| now * 100 / all.max(1));
                let text = percent.map(|percent| format!("{percent}%")).unwrap_or_default();
                terminal.unsay();
                terminal.say_for_now(&line.replace("{}", &text));
            };
            let pulled = self.visit.place.engine.pull(&image.value, &mut show).await;
            self.terminal.unsay();
            let text = match pulled {
                Ok(()) => self.voice.note(&self.voice.words.say("learn-pulled", &[("image", &name)])),
                Err(trouble) => self.voice.trouble(&trouble),
            };
            self.say(&text);
        }
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
                if setup {
                    self.set_up(step).await;
                }
                match self.visit.place.engine.now().await {
                    Ok(now) => self.since = now,
                    Err(trouble) => {
                        let text = self.voice.trouble(&trouble);
                        self.say(&text);
                    }
                }
                let text = self.voice.heading(step, at, self.walk.len(), self.walk.done(at));
                self.say(&text);
                (self.visit.record)(Record::Reached(at));
            }
            Next::Show(block) => {
                let text = self.voice.block(self.visit.lesson, &step.blocks[block]);
                self.say(&text);
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
                (self.visit.record)(Record::Step(at, done));
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
        (self.visit.record)(Record::Finished);
    }

    pub(super) async fn ask(&mut self, step: &'a Step, block: usize) -> Vec<Next> {
        let Block::Quiz(quiz) = &step.blocks[block] else { return Vec::new() };
        if self.terminal.cooked().is_err() {
            return self.walk.answered(block);
        }
        let asked = quiz::ask(
            quiz,
            self.visit.lesson,
            &self.voice.words,
            &self.voice.style,
            Some(&self.visit.place.engine),
            &mut self.random,
        )
        .await;
        let _ = self.terminal.raw();
        self.terminal.is_at_line_start();
        let number = self.walk.quizzes().iter().position(|&at| at == block).unwrap_or_default();
        let at = self.walk.at();
        match asked {
            Ok(Asked::Right { first_try }) => (self.visit.record)(Record::Quiz(at, number, Some(first_try))),
            Ok(Asked::Wrong) => (self.visit.record)(Record::Quiz(at, number, None)),
            Ok(Asked::Left) => {
                let text = self.voice.note(&self.voice.words.say("learn-quiz-later", &[]));
                self.say(&text);
            }
            Ok(Asked::Broken(trouble)) => {
                let text = self.voice.trouble(&trouble);
                self.say(&text);
            }
            Err(_) => {}
        }
        self.say("\n");
        self.walk.answered(block)
    }

    /// Writes a file of the step where there is none; the learner's own edit stays.
    pub(super) fn offer(&mut self, block: &Block, show: bool) {
        let Block::File(file) = block else { return };
        if show {
            let text = self.voice.block(self.visit.lesson, block);
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

    /// Runs the step's hidden commands in a shell beside the learner's.
    async fn set_up(&mut self, step: &'a Step) {
        let mut commands = Vec::new();
        for block in &step.blocks {
            match block {
                Block::Transcript(hidden) if hidden.attrs.hidden => {
                    commands.extend(hidden.commands.iter().map(|command| (command, hidden.attrs.timeout)));
                }
                Block::File(file) if file.attrs.hidden && !self.visit.place.dir.join(&file.path.value).exists() => {
                    let _ = write_file(&self.visit.place.dir, file);
                }
                _ => {}
            }
        }
        if commands.is_empty() {
            return;
        }
        let place = self.visit.place;
        let spec = ShellSpec {
            columns: 100,
            rows: 200,
            dir: place.dir.clone(),
            env: place.env.clone(),
            enter: place.enter.clone(),
            scratch: place.scratch.clone(),
        };
        let Ok(mut session) = Session::start(spec).await else { return };
        for (command, limit) in commands {
            let come = |_: usize, _: &[String]| true;
            let input = Input { text: &command.text, cues: &[], come: &come };
            let limit = limit.unwrap_or(std::time::Duration::from_mins(2));
            let status = match session.run(input, limit, &mut |_| {}).await {
                Ok(ran) if ran.end == End::Status(0) => continue,
                Ok(ran) => match ran.end {
                    End::Status(status) => status.to_string(),
                    _ => "?".into(),
                },
                Err(_) => "?".into(),
            };
            let command = sanitise(&command.text);
            let text = self.voice.say("learn-setup-failed", &[("command", &command), ("status", &status)]);
            self.say(&format!("{text}\n"));
            break;
        }
        session.close().await;
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
                let text = self.voice.passed(&checks, found, untyped);
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
                    let text = self.voice.trouble(&trouble);
                    self.say(&text);
                }
            }
            Outcome::Quiet => self.mistake_alone(step, last).await,
        }
        Vec::new()
    }

    /// A known mistake that the last command made.
    async fn known(&self, step: &'a Step, last: Option<&RanCommand>) -> Option<&'a str> {
        let claims = self.walk.claims();
        let seen = self.sight(step).mistakes(&claims, last).await;
        let (block, at) = seen.into_iter().find(|mistake| !self.before.contains(mistake))?;
        match &step.blocks[block] {
            Block::Check(check) => Some(check.mistakes.get(at)?.say.value.as_str()),
            _ => None,
        }
    }

    /// Also a command unlike what is asked may be a mistake that the lesson knows.
    async fn mistake_alone(&mut self, step: &'a Step, last: Option<&RanCommand>) {
        if last.is_some()
            && let Some(say) = self.known(step, last).await
        {
            let text = self.voice.mistake(say);
            self.say(&text);
        }
    }

    /// What was expected, what was found, what next: a known mistake before all.
    async fn miss(&mut self, step: &'a Step, claim: Option<usize>, found: &Found, last: Option<&RanCommand>) {
        if let Some(say) = self.known(step, last).await {
            let text = self.voice.mistake(say);
            self.say(&text);
            return;
        }
        let findings = found.iter().find_map(|(block, decision)| match decision {
            Decision::Fails(findings) if Some(*block) == claim => Some(findings.as_slice()),
            _ => None,
        });
        let text = match (findings, last.and_then(|last| last.exit)) {
            (Some(findings), _) => self.voice.missed(findings),
            (None, Some(status)) if status != 0 => self.voice.status(status),
            _ => return,
        };
        self.say(&text);
    }
}
