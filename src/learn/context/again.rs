//! Asks what to do with a finished lesson: read it, do it again from the beginning, or review its questions.

use super::{ExitReason, TutorContext};
use crate::lesson::Block;
use crate::lesson_state::LessonState;

/// A learner's choice for a finished lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AgainChoice {
    Read,
    Redo,
    Review,
    Leave,
}

impl TutorContext<'_> {
    /// Lets the learner choose what to do with a finished lesson, and carries out this choice. Sets the exit reason,
    /// unless the learner wants to do the lesson again.
    pub(in crate::learn) async fn ask_again(&mut self) {
        let has_quizzes = self.session.lesson.steps.iter().flat_map(|step| &step.blocks);
        let quizzes = has_quizzes.filter(|block| matches!(block, Block::Quiz(_))).count();
        match self.choose_again(quizzes).await {
            AgainChoice::Read => self.read_lesson().await,
            AgainChoice::Review => self.review_lesson().await,
            AgainChoice::Leave => {}
            AgainChoice::Redo => {
                let things = self.lesson_things().await;
                self.offer_removal(things).await;
                self.state = LessonState::new(self.session.lesson, self.session.plan);
                self.session.begin = 0;
                return;
            }
        }
        self.exit_reason.get_or_insert(ExitReason::Done);
    }

    async fn choose_again(&mut self, quizzes: usize) -> AgainChoice {
        let words = &self.messages.words;
        let title = crate::transcript::sanitise(&self.session.lesson.title);
        let mut lines = vec![words.say("learn-again", &[("title", &title)])];
        lines.push(words.say("learn-again-read", &[]));
        lines.push(words.say("learn-again-redo", &[]));
        if quizzes > 0 {
            lines.push(words.count("learn-again-review", quizzes, &[]));
        }
        let indent = |at: usize| if at == 0 { "" } else { "  " };
        let list = lines.iter().enumerate().map(|(at, line)| self.messages.wrap(indent(at), line));
        let text = list.collect::<Vec<_>>().join("\n");
        self.print(&format!("\n{text}\n"));
        let keys = self.messages.note(&self.messages.text("learn-again-keys", &[]));
        self.print(&keys);
        loop {
            match self.tty.read_keys().await.as_deref() {
                Some([b'1' | b'\r' | b'\n', ..]) => return AgainChoice::Read,
                Some([b'2', ..]) => return AgainChoice::Redo,
                Some([b'3', ..]) if quizzes > 0 => return AgainChoice::Review,
                Some([b'q' | 3 | 4 | 27, ..]) => return AgainChoice::Leave,
                None => {
                    self.exit_reason = Some(ExitReason::TerminalGone);
                    return AgainChoice::Leave;
                }
                Some(_) => {}
            }
        }
    }

    /// Asks all quizzes of the lesson, and prints the number of right answers.
    async fn review_lesson(&mut self) {
        for at in 0..self.session.lesson.steps.len() {
            self.state.enter_step(at);
            if !self.state.quizzes().is_empty() {
                self.repeat_quizzes().await;
            }
            if self.exit_reason.is_some() {
                return;
            }
        }
        let answered = &self.session.answered;
        let (right, asked) = (answered.values().filter(|&&right| right).count(), answered.len());
        let text = self.messages.words.count("learn-how-quiz", asked, &[("right", &right.to_string())]);
        let text = self.messages.wrap("", &text);
        self.print(&format!("{text}\n"));
    }
}
