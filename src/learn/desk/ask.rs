//! Questions to the person: quizzes, exercises, questions of earlier lessons, yes or no.

use super::{Desk, Left, Record};
use crate::learn::hear;
use crate::lesson::{Block, Lesson, Quiz, Step};
use crate::lesson_state::{Done, Next};
use crate::quiz::{self, Asked, Exercise, QuizError};

impl<'a> Desk<'a> {
    /// Asks the quiz of a block of the step.
    pub(in crate::learn) async fn ask(&mut self, step: &'a Step, block: usize) -> Vec<Next> {
        let Block::Quiz(quiz) = &step.blocks[block] else { return Vec::new() };
        let number = self.walk.quizzes().iter().position(|&at| at == block).unwrap_or_default();
        let at = self.walk.at();
        match self.put(self.visit.lesson, quiz).await {
            Ok(Asked::Right { first_try }) => self.remember(Record::Quiz(at, number, Some(first_try))),
            Ok(Asked::Wrong) => {
                self.remember(Record::Quiz(at, number, None));
                self.walk.quiz_ended(Done::Helped);
            }
            Ok(Asked::Left | Asked::Skipped) => {
                self.walk.quiz_ended(Done::Skipped);
                self.note("learn-quiz-later");
            }
            Ok(Asked::Away { menu }) => {
                self.leave(menu);
                return Vec::new();
            }
            Ok(Asked::Broken(trouble)) => self.trouble(&trouble),
            Err(_) => {}
        }
        self.say("\n");
        self.walk.answered(block)
    }

    /// Asks the quizzes of the step once more.
    pub(in crate::learn) async fn quiz_again(&mut self) -> Vec<Next> {
        let quizzes = self.walk.quizzes();
        let Some(step) = self.step() else { return Vec::new() };
        if quizzes.is_empty() {
            self.tell_plainly("learn-quiz-none");
        }
        let mut next = Vec::new();
        for block in quizzes {
            next.extend(self.ask(step, block).await);
            if self.left.is_some() {
                break;
            }
        }
        next
    }

    /// Questions of earlier lessons, before this one begins. Esc leaves one of them.
    pub(in crate::learn) async fn ask_earlier(&mut self) {
        let earlier = std::mem::take(&mut self.visit.earlier);
        if earlier.is_empty() {
            return;
        }
        let text = self.voice.words.count("learn-earlier", earlier.len(), &[]);
        let text = self.voice.para("", &text);
        self.say(&format!("\n{text}\n"));
        for question in earlier {
            if let Some(context) = &question.quiz.context {
                let text = self.voice.markdown(&context.value);
                self.say(&text);
            }
            match self.put(question.lesson, question.quiz).await {
                Ok(Asked::Right { first_try }) => self.remember(Record::Earlier(question.key, Some(first_try))),
                Ok(Asked::Wrong) => self.remember(Record::Earlier(question.key, None)),
                Ok(Asked::Broken(_) | Asked::Skipped | Asked::Left) => {}
                Ok(Asked::Away { menu }) => return self.leave(menu),
                Err(_) => break,
            }
            self.say("\n");
        }
    }

    /// They asked for the menu, or to leave, where an answer was expected.
    fn leave(&mut self, menu: bool) {
        self.left = Some(if menu { Left::Menu } else { Left::Quit });
    }

    async fn put(&mut self, lesson: &Lesson, quiz: &Quiz) -> Result<Asked, QuizError> {
        self.terminal.cooked().map_err(QuizError::Terminal)?;
        let engine = Some(&self.visit.place.engine);
        let asked = quiz::ask(quiz, lesson, &self.voice.words, &self.voice.style, engine, hear, &mut self.random).await;
        self.reads_again();
        asked
    }

    /// After a question the terminal is the shell's again, with what was typed ahead for it.
    fn reads_again(&mut self) {
        self.typed_ahead.extend(quiz::take_read_ahead());
        let _ = self.terminal.raw();
        self.terminal.is_at_line_start();
    }

    /// An exercise before its commands are run: gaps to fill, parts to put in order. Whether it was one.
    pub(in crate::learn) async fn exercise(&mut self, step: &'a Step, block: usize) -> bool {
        let Some(exercise) = Exercise::of(&step.blocks[block]) else { return false };
        let is_blank = match &step.blocks[block] {
            Block::Transcript(transcript) => transcript.attrs.blank,
            Block::File(file) => file.attrs.blank,
            _ => false,
        };
        if self.terminal.cooked().is_err() {
            return false;
        }
        let (words, style) = (&self.voice.words, &self.voice.style);
        let asked = if is_blank {
            quiz::blank(exercise, &quiz::solutions(step, block), words, style, hear).await
        } else {
            quiz::parsons(exercise, words, style, hear, &mut self.random).await
        };
        self.reads_again();
        match asked {
            Ok(Asked::Right { .. }) => self.note("learn-exercise-right"),
            Ok(Asked::Wrong) => self.walk.show_solution(),
            Ok(Asked::Away { menu }) => self.leave(menu),
            _ => {}
        }
        self.say("\n");
        true
    }

    /// One key for yes or no. Enter is `default`; a terminal that is gone says no.
    pub(in crate::learn) async fn yes(&mut self, question: &str, default: bool) -> bool {
        let text = self.voice.accent(question);
        self.say(&format!("{text} "));
        let answer = loop {
            match self.terminal.keys().await.as_deref() {
                Some([b'y' | b'Y', ..]) => break true,
                Some([b't' | b'T' | b'n' | b'N' | 3 | 4 | 27, ..]) | None => break false,
                Some([b'\r' | b'\n', ..]) => break default,
                Some(_) => {}
            }
        };
        let shown = self.voice.words.say(if answer { "menu-yes" } else { "menu-no" }, &[]);
        self.terminal.pass(format!("{shown}\r\n").as_bytes());
        answer
    }
}
