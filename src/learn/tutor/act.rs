//! What the words at the prompt do.

use super::{Left, Tutor};
use crate::clean::Thing;
use crate::learn::undo;
use crate::learn::vocabulary::Word;
use crate::lesson::{Block, Subject};
use crate::run::cues;
use crate::transcript::sanitise;
use crate::walk::{Answer, Choice, Hint, LEVELS};

impl Tutor<'_> {
    pub(super) async fn act(&mut self, word: Word, rest: &str) {
        if self.free && !matches!(word, Word::Quit | Word::Help | Word::Menu) {
            self.free = false;
            let text = self.voice.note(&self.voice.words.say("learn-free-off", &[]));
            self.say(&text);
            if word == Word::Free {
                self.choose(Choice::Again).await;
                return;
            }
        }
        match word {
            Word::Next if self.finished => self.left = Some(Left::Done),
            Word::Next => self.choose(Choice::Next).await,
            Word::Back => self.choose(Choice::Back).await,
            Word::Goto => self.goto(rest).await,
            Word::Retry => self.retry().await,
            Word::Reset => self.reset().await,
            Word::Allow => self.allow(),
            Word::Hint => self.hint(),
            Word::Solution => self.solution(),
            Word::Type => self.type_it(),
            Word::Skip => self.skip().await,
            Word::Quiz => self.quiz_again().await,
            Word::Free => {
                self.free = true;
                let text = self.voice.say("learn-free-on", &[]);
                self.say(&format!("{text}\n"));
            }
            Word::Steps => {
                let text = self.voice.steps(self.visit.lesson, self.walk.at(), |step| self.walk.done(step));
                self.say(&text);
            }
            Word::Menu => self.left = Some(Left::Menu),
            Word::Quit => self.left = Some(if self.finished { Left::Done } else { Left::Quit }),
            Word::Help => {
                let text = self.voice.help();
                self.say(&text);
            }
        }
    }

    async fn choose(&mut self, choice: Choice) {
        match self.walk.choose(choice) {
            Answer::Go(next) => self.follow(next).await,
            Answer::NotYet => self.tell_plainly("learn-not-passed"),
            Answer::NoStep => self.tell_plainly("learn-no-step"),
        }
    }

    pub(super) fn tell_plainly(&mut self, key: &str) {
        let text = self.voice.say(key, &[]);
        self.say(&format!("{text}\n"));
    }

    /// The step anew: what it made goes first, if the learner wants.
    async fn retry(&mut self) {
        let at = self.walk.at();
        let things = self.things().await;
        let begun = self.made_before.get(&at).cloned().unwrap_or_default();
        let end = self.made_before.get(&(at + 1));
        let of_step = |thing: &Thing| {
            let key = (thing.kind, thing.id.clone());
            !begun.contains(&key) && end.is_none_or(|end| end.contains(&key))
        };
        self.undo(things.into_iter().filter(of_step).collect()).await;
        self.choose(Choice::Again).await;
    }

    /// The lesson anew, in the same way.
    async fn reset(&mut self) {
        let things = self.things().await;
        self.undo(things).await;
        self.tell_plainly("learn-reset");
        self.finished = false;
        self.choose(Choice::Reset).await;
    }

    async fn things(&self) -> Vec<Thing> {
        let (lesson, place) = (self.visit.lesson, self.visit.place);
        undo::things(lesson, place, self.visit.guard.as_deref()).await.unwrap_or_default()
    }

    /// Removes these, after asking.
    async fn undo(&mut self, things: Vec<Thing>) {
        if things.is_empty() {
            return;
        }
        let words = &self.voice.words;
        let name = |thing: &Thing| {
            let kind = words.say(&format!("clean-{}", thing.kind.name()), &[]);
            format!("{kind} `{}`", sanitise(&thing.name))
        };
        let list = things.iter().map(name).collect::<Vec<_>>().join(", ");
        let text = self.voice.para("", &words.say("learn-undo", &[("things", &list)]));
        let question = words.say("learn-undo-ask", &[]);
        self.say(&format!("{text}\n"));
        if !self.yes(&question, true).await {
            return;
        }
        let swept = undo::remove(self.visit.place, things).await;
        let text = self.voice.note(&self.voice.words.count("learn-undone", swept.removed.len(), &[]));
        self.say(&text);
        for (thing, why) in &swept.kept {
            let words = &self.voice.words;
            let kind = words.say(&format!("clean-{}", thing.kind.name()), &[]);
            let args = [("kind", kind.as_str()), ("name", &sanitise(&thing.name)), ("why", &sanitise(why))];
            let text = self.voice.para("", &words.say("clean-kept", &args));
            self.say(&format!("{text}\n"));
        }
    }

    /// What the guard has just refused goes through once; the learner sends it again.
    fn allow(&mut self) {
        let (Some(guard), false) = (&self.visit.guard, self.refused.is_empty()) else {
            return self.tell_plainly("learn-allow-nothing");
        };
        for (rule, _) in &self.refused {
            guard.gateway.allow_once(*rule);
        }
        self.insert = self.ran.last().map(|last| last.command.clone()).filter(|command| !command.is_empty());
        self.tell_plainly("learn-allow");
    }

    /// A step's number, its id, or the begin of its title.
    async fn goto(&mut self, which: &str) {
        let steps = &self.visit.lesson.steps;
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
            self.tell_plainly("learn-no-step");
            let text = self.voice.steps(self.visit.lesson, self.walk.at(), |step| self.walk.done(step));
            self.say(&text);
        }
    }

    fn hint(&mut self) {
        let (claim, level, again) = match self.walk.hint() {
            Hint::Nothing => return self.tell_plainly("learn-hint-nothing"),
            Hint::Give { claim, level } => (claim, level, false),
            Hint::TryFirst { claim, level } => (claim, level, true),
        };
        let text = self.hint_text(claim, level);
        let (number, of) = ((level + 1).to_string(), LEVELS.to_string());
        let head = self.voice.say("learn-hint", &[("number", &number), ("of", &of)]);
        self.say(&format!("{head}\n{}\n", self.voice.para("  ", text.trim_end())));
        if again {
            self.tell_plainly("learn-hint-try");
        }
    }

    /// The author's hint, else one made of the claim and the commands.
    fn hint_text(&self, claim: Option<usize>, level: usize) -> String {
        let Some(step) = self.visit.lesson.steps.get(self.walk.at()) else { return String::new() };
        let check = claim.and_then(|block| match &step.blocks[block] {
            Block::Check(check) => Some(check),
            _ => None,
        });
        if let Some(check) = check
            && let Some(last) = check.hints.len().checked_sub(1)
        {
            // With fewer than three, the last one is the clearest that there is; the exact command is shown anyway.
            if level < check.hints.len() {
                return self.voice.markdown(&check.hints[level].value);
            }
            if self.walk.to_type(false).is_empty() {
                return self.voice.markdown(&check.hints[last].value);
            }
        }
        let command = self.next_command().unwrap_or_default();
        let first = command.lines().next().unwrap_or_default();
        let kind: Vec<&str> = first.split_whitespace().take(2).collect();
        match (level, check) {
            (0, Some(check)) if !matches!(check.claim.subject, Subject::Ran(_)) => {
                let claim = crate::report::claim::describe(&check.claim, &self.voice.words);
                self.voice.say("learn-hint-claim", &[("claim", &claim)])
            }
            (0 | 1, _) if !kind.is_empty() => {
                self.voice.say("learn-hint-kind", &[("kind", &sanitise(&kind.join(" ")))])
            }
            _ => self.voice.say("learn-hint-type", &[("command", &sanitise(&command))]),
        }
    }

    fn command_at(&self, block: usize, number: usize) -> Option<&crate::lesson::Command> {
        match self.visit.lesson.steps.get(self.walk.at())?.blocks.get(block)? {
            Block::Transcript(transcript) => transcript.commands.get(number),
            _ => None,
        }
    }

    fn next_command(&self) -> Option<String> {
        let &(block, number) = self.walk.to_type(false).first().or(self.walk.to_type(true).first())?;
        self.command_at(block, number).map(|command| command.text.clone())
    }

    fn solution(&mut self) {
        let todo = self.walk.to_type(false);
        let commands: Vec<String> = todo
            .iter()
            .filter_map(|&(block, number)| self.command_at(block, number))
            .map(|command| {
                let typed = command.expected.iter().filter_map(|line| match &line.kind {
                    crate::lesson::ExpectedKind::Output => None,
                    _ => Some(format!("\n      {}", sanitise(&line.text))),
                });
                format!("    {}{}", sanitise(&command.text).replace('\n', "\n    "), typed.collect::<String>())
            })
            .collect();
        if commands.is_empty() {
            return self.tell_plainly("learn-solution-none");
        }
        self.walk.show_solution();
        let head = self.voice.say("learn-solution", &[]);
        self.say(&format!("{head}\n{}\n", commands.join("\n")));
    }

    /// Puts the next command at the prompt; the learner sends it.
    fn type_it(&mut self) {
        match self.next_command() {
            Some(command) => {
                if self.is_hidden_solution() {
                    self.walk.show_solution();
                }
                self.insert = Some(command);
            }
            None => self.tell_plainly("learn-solution-none"),
        }
    }

    /// The next command is one that the learner was to find.
    fn is_hidden_solution(&self) -> bool {
        let at = self.walk.to_type(false);
        let step = self.visit.lesson.steps.get(self.walk.at());
        let block = at.first().zip(step).and_then(|(&(block, _), step)| step.blocks.get(block));
        matches!(block, Some(Block::Transcript(transcript)) if transcript.attrs.solution || transcript.attrs.shuffle)
    }

    /// Does the rest of the step in the learner's own shell, so that directories and variables hold.
    async fn skip(&mut self) {
        let todo = self.walk.to_type(true);
        for block in self.walk.files() {
            if let Some(step) = self.visit.lesson.steps.get(self.walk.at()) {
                self.offer(&step.blocks[block], false);
            }
        }
        self.queue = todo
            .iter()
            .filter_map(|&(block, number)| self.command_at(block, number))
            .map(|command| (command.text.clone(), cues(&command.expected).0))
            .collect();
        if self.queue.is_empty() {
            if self.walk.is_over() {
                return self.choose(Choice::Next).await;
            }
            self.tell_plainly("learn-skip-nothing");
            return self.did_the_step().await;
        }
        self.doing = true;
        self.tell_plainly("learn-skip");
    }

    /// The tutor has typed all of it.
    pub(super) async fn did_the_step(&mut self) {
        self.choose(Choice::Skipped).await;
    }

    async fn quiz_again(&mut self) {
        let quizzes = self.walk.quizzes();
        let Some(step) = self.step() else { return };
        if quizzes.is_empty() {
            return self.tell_plainly("learn-quiz-none");
        }
        for block in quizzes {
            let next = self.ask(step, block).await;
            self.follow(next).await;
        }
    }
}
