//! Where tutor and learner meet: the lesson, the way through it, the terminal. What is said and asked at it is the same
//! around a shell of ours ([`tutor`](super::tutor)) and beside one of the learner's own ([`watching`](super::watching)).

mod ask;
mod help;
mod prepare;

use std::io;

use tracing::info;

use super::looks::Sight;
use super::terminal::Terminal;
use super::voice::Voice;
use super::{Left, Record, Visit, undo};
use crate::claims::{RanCommand, Trouble};
use crate::clean::Thing;
use crate::engine::EngineTime;
use crate::gateway::View;
use crate::lesson::{Block, Check, Step};
use crate::lesson_state::{Done, Walk};
use crate::quiz::Exercise;
use crate::run::write_file;
use crate::store::read_source;
use crate::transcript::sanitise;
use crate::words::Words;

pub(super) struct Desk<'a> {
    pub(super) visit: Visit<'a>,
    pub(super) voice: Voice,
    pub(super) terminal: Terminal,
    pub(super) walk: Walk,
    /// The learner leaves; what was to follow is not done.
    pub(super) left: Option<Left>,
    /// Keys that a question read and that are meant for the shell.
    pub(super) typed_ahead: Vec<u8>,
    random: fastrand::Rng,
}

impl<'a> Desk<'a> {
    pub(super) fn new(visit: Visit<'a>) -> io::Result<Self> {
        let terminal = Terminal::open()?;
        let mut walk = Walk::new(visit.lesson, visit.plan);
        for &(step, done) in &visit.done {
            walk.recall(step, done);
        }
        let voice = Voice { words: Words::new(visit.style.lang), style: visit.style, beside: false };
        Ok(Self { visit, voice, terminal, walk, left: None, typed_ahead: Vec::new(), random: fastrand::Rng::new() })
    }

    /// The step the learner is at.
    pub(super) fn step(&self) -> Option<&'a Step> {
        self.visit.lesson.steps.get(self.walk.at())
    }

    pub(super) fn check(&self, block: usize) -> Option<&'a Check> {
        match self.step()?.blocks.get(block)? {
            Block::Check(check) => Some(check),
            _ => None,
        }
    }

    pub(super) const fn sight<'s>(&self, step: &'s Step, since: EngineTime, ran: &'s [RanCommand]) -> Sight<'s>
    where
        'a: 's,
    {
        Sight { place: self.visit.place, step, since, ran }
    }

    pub(super) fn say(&mut self, text: &str) {
        self.terminal.say(text);
    }

    /// A message on lines of its own.
    pub(super) fn tell_plainly(&mut self, key: &str) {
        let text = self.voice.say(key, &[]);
        self.say(&format!("{text}\n"));
    }

    /// A line of less weight.
    pub(super) fn note(&mut self, key: &str) {
        let text = self.voice.note(&self.voice.word(key, &[]));
        self.say(&text);
    }

    pub(super) fn trouble(&mut self, trouble: &Trouble) {
        let text = self.voice.trouble(trouble);
        self.say(&text);
    }

    /// Has something remembered, and says what there is to say about that.
    pub(super) fn remember(&mut self, record: Record) {
        if let Some(notice) = (self.visit.record)(record) {
            let text = self.voice.note(&notice);
            self.say(&text);
        }
    }

    /// The terminal has another size.
    pub(super) fn resized(&mut self) -> (u16, u16) {
        let (columns, rows) = self.terminal.size();
        self.voice.style.width = usize::from(columns.clamp(20, 100));
        (columns, rows)
    }

    pub(super) fn opening(&mut self) {
        let text = self.voice.opening(self.visit.lesson, &self.visit.place.name);
        self.say(&text);
    }

    /// On the learner's own engine: what is marked, what is refused, what lists show.
    pub(super) fn tell_of_the_guard(&mut self) {
        let Some(guard) = &self.visit.guard else { return };
        self.note(match guard.view {
            View::All => "learn-guarded",
            View::Lesson => "learn-guarded-view",
        });
    }

    /// Begins a step, with what must be there first; the engine's time then, from which its events count.
    pub(super) async fn begin(&mut self, step: &'a Step, at: usize, setup: bool) -> Option<EngineTime> {
        info!(step = %step.id, at, setup, "step begins");
        if setup {
            self.set_up(step).await;
        }
        let now = self.visit.place.engine.now().await;
        if let Err(trouble) = &now {
            self.trouble(trouble);
        }
        self.heading(at);
        now.ok()
    }

    pub(super) fn heading(&mut self, at: usize) {
        let Some(step) = self.visit.lesson.steps.get(at) else { return };
        let text = self.voice.heading(step, at, self.walk.len(), self.walk.done(at));
        self.say(&text);
        self.remember(Record::Reached(at));
    }

    /// Shows a block; an exercise is asked, unless the step is done.
    pub(super) async fn show(&mut self, step: &'a Step, block: usize) {
        let is_task = self.visit.is_task(self.walk.at(), block);
        let done = self.walk.done(self.walk.at()).is_some();
        if Exercise::of(&step.blocks[block]).is_none() || done || !self.exercise(step, block).await {
            let text = self.voice.block(self.visit.lesson, &step.blocks[block], is_task);
            self.say(&text);
        } else if is_task && self.left.is_none() {
            let text = self.voice.your_turn();
            self.say(&text);
        }
    }

    pub(super) fn done(&mut self, done: Done) {
        let at = self.walk.at();
        info!(at, ?done, "step is done");
        self.remember(Record::Step(at, done));
        let text = self.voice.done(done, at + 1 == self.walk.len());
        self.say(&text);
    }

    /// The last step was left.
    pub(super) fn finish(&mut self) {
        let skipped = (0..self.walk.len()).filter(|&step| self.walk.done(step) == Some(Done::Skipped)).count();
        let ended = self.voice.words.count("learn-finished", skipped, &[]);
        let text = self.voice.para("", &format!("{ended} {}", self.voice.word("learn-finished-next", &[])));
        self.say(&format!("\n{text}\n"));
        self.remember(Record::Finished);
    }

    /// Why claims are right, and which command is next if some are still to be typed.
    pub(super) fn passed(&mut self, claims: &[usize], ran: &[RanCommand], untyped: usize) {
        let checks: Vec<&Check> = claims.iter().filter_map(|&block| self.check(block)).collect();
        let left = (untyped > 0).then(|| match self.shown_command() {
            Some(command) => self.voice.words.count("learn-left", untyped, &[("command", &sanitise(&command))]),
            None => self.voice.words.count("learn-left-hidden", untyped, &[]),
        });
        let text = self.voice.passed(&checks, ran, left.as_deref());
        self.say(&format!("{text}\n"));
    }

    /// Writes a file of the step where there is none; the learner's own edit stays.
    pub(super) fn offer(&mut self, block: &Block, show: bool) {
        let Block::File(file) = block else { return };
        if show {
            let text = self.voice.block(self.visit.lesson, block, false);
            self.say(&text);
        }
        let path = sanitise(&file.path.value);
        let there = read_source(&self.visit.place.dir.join(&file.path.value));
        let text = match there {
            Ok(there) if there.text() == file.content => return,
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

    /// What the lesson has made on the engine.
    pub(super) async fn things(&self) -> Vec<Thing> {
        let (lesson, place) = (self.visit.lesson, self.visit.place);
        undo::things(lesson, place, self.visit.guard.as_deref()).await.unwrap_or_default()
    }
}
