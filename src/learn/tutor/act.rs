//! What the words at the prompt do.

use super::{Left, Tutor, Typed};
use crate::claims::Decision;
use crate::clean::Thing;
use crate::learn::undo;
use crate::learn::vocabulary::Word;
use crate::lesson::Block;
use crate::lesson_state::{Answer, Choice};
use crate::matcher::has_interrupt;
use crate::run::cues;
use crate::transcript::sanitise;

impl Tutor<'_> {
    pub(super) async fn act(&mut self, word: Word, rest: &str) {
        if self.free && !matches!(word, Word::Quit | Word::Help | Word::Menu) {
            self.free = false;
            let text = self.desk.voice.note(&self.desk.voice.words.say("learn-free-off", &[]));
            self.desk.say(&text);
            if word == Word::Free {
                self.choose(Choice::Again).await;
                return;
            }
        }
        match word {
            Word::Next if self.finished => self.desk.left = Some(Left::Done),
            Word::Next => self.choose(Choice::Next).await,
            Word::Back if self.desk.walk.at() == 0 => self.desk.tell_plainly("learn-first"),
            Word::Back => self.choose(Choice::Back).await,
            Word::Goto => self.goto(rest).await,
            Word::Retry => self.retry().await,
            Word::Reset => self.reset().await,
            Word::Allow => self.allow(),
            Word::Hint => self.desk.hint(),
            Word::Solution => self.desk.solution(),
            Word::Task => self.desk.task(),
            Word::Type => self.type_it(),
            Word::Skip => self.skip().await,
            Word::Quiz => {
                for next in self.desk.quiz_again().await {
                    self.follow(vec![next]).await;
                }
            }
            Word::Free => {
                self.free = true;
                let text = self.desk.voice.say("learn-free-on", &[]);
                self.desk.say(&format!("{text}\n"));
            }
            Word::Steps => {
                let text = self
                    .desk
                    .voice
                    .steps(self.desk.visit.lesson, self.desk.walk.at(), |step| self.desk.walk.done(step));
                self.desk.say(&text);
            }
            Word::Menu => self.desk.left = Some(Left::Menu),
            Word::Quit => self.desk.left = Some(if self.finished { Left::Done } else { Left::Quit }),
            Word::Help => {
                let text = self.desk.voice.help();
                self.desk.say(&text);
            }
        }
    }

    async fn choose(&mut self, choice: Choice) {
        match self.desk.walk.choose(choice) {
            Answer::Go(next) => self.follow(next).await,
            Answer::NotYet => self.desk.tell_plainly("learn-not-passed"),
            Answer::NoStep => self.desk.tell_plainly("learn-no-step"),
        }
    }

    /// The step anew: what it made goes first, if the learner wants.
    async fn retry(&mut self) {
        let things = self.made_in_step().await;
        self.undo(things).await;
        self.choose(Choice::Again).await;
    }

    /// What the lesson has made on the engine since this step began.
    async fn made_in_step(&self) -> Vec<Thing> {
        let at = self.desk.walk.at();
        let things = self.desk.things().await;
        let begun = self.made_before.get(&at).cloned().unwrap_or_default();
        let end = self.made_before.get(&(at + 1));
        let of_step = |thing: &Thing| {
            let key = (thing.kind, thing.id.clone());
            !begun.contains(&key) && end.is_none_or(|end| end.contains(&key))
        };
        things.into_iter().filter(of_step).collect()
    }

    /// The lesson anew, in the same way.
    async fn reset(&mut self) {
        let things = self.desk.things().await;
        self.undo(things).await;
        self.desk.tell_plainly("learn-reset");
        self.finished = false;
        self.choose(Choice::Reset).await;
    }

    /// Removes these, after asking.
    async fn undo(&mut self, things: Vec<Thing>) {
        if things.is_empty() {
            return;
        }
        let words = &self.desk.voice.words;
        let name = |thing: &Thing| {
            let kind = words.say(&format!("clean-{}", thing.kind.name()), &[]);
            format!("{kind} `{}`", sanitise(&thing.name))
        };
        let list = things.iter().map(name).collect::<Vec<_>>().join(", ");
        let text = self.desk.voice.para("", &words.say("learn-undo", &[("things", &list)]));
        let question = words.say("learn-undo-ask", &[]);
        self.desk.say(&format!("{text}\n"));
        if !self.desk.yes(&question, true).await {
            return;
        }
        let swept = undo::remove(self.desk.visit.place, things).await;
        let text = self.desk.voice.note(&self.desk.voice.words.count("learn-undone", swept.removed.len(), &[]));
        self.desk.say(&text);
        for (thing, why) in &swept.kept {
            let words = &self.desk.voice.words;
            let kind = words.say(&format!("clean-{}", thing.kind.name()), &[]);
            let args = [("kind", kind.as_str()), ("name", &sanitise(&thing.name)), ("why", &sanitise(why))];
            let text = self.desk.voice.para("", &words.say("clean-kept", &args));
            self.desk.say(&format!("{text}\n"));
        }
    }

    /// What the guard has just refused goes through once; the learner sends it again.
    fn allow(&mut self) {
        let (Some(guard), false) = (&self.desk.visit.guard, self.refused.is_empty()) else {
            return self.desk.tell_plainly("learn-allow-nothing");
        };
        for (rule, _) in &self.refused {
            guard.gateway.allow_once(*rule);
        }
        self.insert = self.ran.last().map(|last| last.command.clone()).filter(|command| !command.is_empty());
        self.desk.tell_plainly("learn-allow");
    }

    /// A step's number, its id, or the begin of its title.
    async fn goto(&mut self, which: &str) {
        let steps = &self.desk.visit.lesson.steps;
        let by_number = which.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
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
            self.desk.tell_plainly("learn-no-step");
            let text =
                self.desk.voice.steps(self.desk.visit.lesson, self.desk.walk.at(), |step| self.desk.walk.done(step));
            self.desk.say(&text);
        }
    }

    /// Puts the next command at the prompt; the learner sends it.
    fn type_it(&mut self) {
        match self.desk.next_command() {
            Some(command) => {
                if self.desk.is_hidden_solution() {
                    self.desk.walk.show_solution();
                }
                self.insert = Some(command);
            }
            None => self.desk.tell_plainly("learn-solution-none"),
        }
    }

    /// Does the rest of the step in the learner's own shell, so that directories and variables hold.
    async fn skip(&mut self) {
        let mut todo = self.desk.walk.to_type(true);
        // Everything has been typed, but something else came of it.
        if todo.is_empty() && !self.desk.walk.is_over() {
            todo = self.desk.all_of_step();
        }
        for block in self.desk.walk.files() {
            if let Some(step) = self.desk.visit.lesson.steps.get(self.desk.walk.at()) {
                self.desk.offer(&step.blocks[block], false);
            }
        }
        self.queue = todo.iter().filter_map(|&(block, number)| self.typed_by_us(block, number)).collect();
        if self.queue.is_empty() {
            if self.desk.walk.is_over() {
                return self.choose(Choice::Next).await;
            }
            self.desk.tell_plainly("learn-skip-nothing");
            return self.did_the_step().await;
        }
        self.doing = true;
        self.desk.tell_plainly("learn-skip");
    }

    fn typed_by_us(&self, block: usize, number: usize) -> Option<Typed> {
        let command = self.desk.command_at(block, number)?;
        let Block::Transcript(transcript) = self.desk.step()?.blocks.get(block)? else { return None };
        let statuses = match transcript.attrs.exit.as_slice() {
            _ if has_interrupt(&command.expected) => Vec::new(),
            exits if number + 1 == transcript.commands.len() && !exits.is_empty() => exits.to_vec(),
            _ => vec![0],
        };
        Some(Typed { command: command.text.clone(), cues: cues(command).0, statuses })
    }

    /// The tutor has typed all of it. If the claims do not hold, what the step has made is removed, and the step is done
    /// once more from its begin.
    pub(super) async fn did_the_step(&mut self) {
        if !std::mem::replace(&mut self.did_twice, true) && !self.claims_hold().await {
            let in_the_way = self.made_in_step().await;
            if !in_the_way.is_empty() {
                self.desk.tell_plainly("learn-skip-again");
                let swept = undo::remove(self.desk.visit.place, in_the_way).await;
                let text = self.desk.voice.note(&self.desk.voice.words.count("learn-undone", swept.removed.len(), &[]));
                self.desk.say(&text);
                let todo = self.desk.all_of_step();
                self.queue = todo.iter().filter_map(|&(block, number)| self.typed_by_us(block, number)).collect();
                self.doing = !self.queue.is_empty();
                if self.doing {
                    return;
                }
            }
        }
        self.did_twice = false;
        self.choose(Choice::Skipped).await;
    }

    /// Whether the claims of the step hold, each within its time.
    async fn claims_hold(&self) -> bool {
        let Some(step) = self.desk.step() else { return true };
        let claims = self.desk.walk.claims();
        let found = self.sight(step).wait(&claims).await;
        found.iter().all(|(_, decision)| !matches!(decision, Decision::Fails(_)))
    }
}
