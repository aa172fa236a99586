//! Asks quizzes, exercises, questions of earlier lessons, and yes-or-no questions.

use super::{ExitReason, ProgressRecord, TutorContext};
use crate::learn::parse_question_command;
use crate::learn::signals::wait_for_end;
use crate::learn::yes_or_no::{Answer, YesOrNo};
use crate::lesson::{Block, Lesson, Quiz, Step};
use crate::lesson_state::{NextAction, StepResult};
use crate::quiz::{self, BlankExercise, Exercise, QuizError, QuizOutcome};
use crate::transcript::sanitise;

impl<'a> TutorContext<'a> {
    /// Asks the quiz in a block of the step. Returns the next actions.
    pub(in crate::learn) async fn ask_quiz(&mut self, step: &'a Step, block: usize) -> Vec<NextAction> {
        let Block::Quiz(quiz) = &step.blocks[block] else { return Vec::new() };
        let number = self.state.quizzes().iter().position(|&at| at == block).unwrap_or_default();
        let at = self.state.current_step();
        let asked = self.ask_question(self.session.lesson, quiz).await;
        let asked_to_skip = matches!(asked, Ok(QuizOutcome::Skipped));
        match asked {
            Ok(QuizOutcome::Right { first_try }) => {
                self.session.answered.entry((at, number)).or_insert(first_try);
                self.state.quiz_ended(block, StepResult::Passed);
                self.record_progress(ProgressRecord::Quiz(at, number, Some(first_try)));
            }
            Ok(QuizOutcome::Wrong) => {
                self.session.answered.entry((at, number)).or_insert(false);
                self.record_progress(ProgressRecord::Quiz(at, number, None));
                self.state.quiz_ended(block, StepResult::Helped);
            }
            Ok(QuizOutcome::Left | QuizOutcome::Skipped) => {
                self.state.quiz_ended(block, StepResult::Skipped);
                self.print_note("learn-quiz-later");
                // If there is no prompt, do not end the step here, because the learner continues with Enter.
                if self.messages.beside {
                    return Vec::new();
                }
                let next = self.state.quiz_answered(block);
                if asked_to_skip && !self.state.is_step_over() {
                    self.print_note("learn-skip-open");
                }
                self.print("\n");
                return next;
            }
            Ok(QuizOutcome::Away { menu }) => {
                self.leave(menu);
                return Vec::new();
            }
            Ok(QuizOutcome::Broken(failure)) => self.print_infra_failure(&failure),
            Err(_) => {}
        }
        self.print("\n");
        self.state.quiz_answered(block)
    }

    /// Asks the quizzes of the step once more.
    pub(in crate::learn) async fn repeat_quizzes(&mut self) -> Vec<NextAction> {
        let quizzes = self.state.quizzes();
        let Some(step) = self.step() else { return Vec::new() };
        if quizzes.is_empty() {
            self.print_message("learn-quiz-none");
        }
        let mut next = Vec::new();
        for block in quizzes {
            next.extend(self.ask_quiz(step, block).await);
            if self.exit_reason.is_some() {
                break;
            }
        }
        next
    }

    /// Asks questions of earlier lessons before this lesson begins. Esc skips one question.
    pub(in crate::learn) async fn ask_review_questions(&mut self) {
        let earlier = std::mem::take(&mut self.session.review_questions);
        if earlier.is_empty() {
            return;
        }
        let text = self.messages.words.count("learn-earlier", earlier.len(), &[]);
        let text = self.messages.wrap("", &text);
        self.print(&format!("\n{text}\n"));
        for question in earlier {
            if let Some(context) = &question.quiz.context {
                let text = self.messages.markdown(&context.value);
                self.print(&text);
            }
            match self.ask_question(question.lesson, question.quiz).await {
                Ok(QuizOutcome::Right { first_try }) => {
                    self.record_progress(ProgressRecord::ReviewQuestion(question.key, Some(first_try)));
                }
                Ok(QuizOutcome::Wrong) => self.record_progress(ProgressRecord::ReviewQuestion(question.key, None)),
                Ok(QuizOutcome::Broken(_) | QuizOutcome::Skipped | QuizOutcome::Left) => {}
                Ok(QuizOutcome::Away { menu }) => return self.leave(menu),
                Err(_) => break,
            }
            self.print("\n");
        }
    }

    /// Sets the exit reason after the learner asked for the menu, or asked to leave.
    fn leave(&mut self, menu: bool) {
        self.exit_reason = Some(if menu { ExitReason::Menu { is_finished: false } } else { ExitReason::Quit });
    }

    async fn ask_question(&mut self, lesson: &Lesson, quiz: &Quiz) -> Result<QuizOutcome, QuizError> {
        self.tty.restore_mode().map_err(QuizError::Terminal)?;
        let engine = Some(&self.session.env.engine);
        let asked = quiz::ask(
            quiz,
            lesson,
            &self.messages.words,
            &self.messages.style,
            engine,
            parse_question_command,
            &mut self.random,
        );
        let asked = unless_ended(Box::pin(asked), &mut self.exit_reason).await?;
        self.resume_shell_input();
        asked
    }

    /// Enters raw mode again after a question, and keeps the keys that the learner typed ahead for the shell.
    fn resume_shell_input(&mut self) {
        self.typed_ahead.extend(quiz::take_read_ahead());
        let _ = self.tty.enter_raw_mode();
        self.tty.set_at_line_start();
        self.tty.set_read();
    }

    /// Lets the learner do an exercise before running its commands. The learner fills gaps, or puts parts in order.
    /// Returns whether the block is an exercise.
    pub(in crate::learn) async fn ask_exercise(&mut self, step: &'a Step, block: usize) -> bool {
        let Some(exercise) = Exercise::of(&step.blocks[block]) else { return false };
        let is_command = matches!(exercise, Exercise::Transcript(_));
        let blank = BlankExercise::of(step, block);
        let is_blank = blank.is_some();
        if self.tty.restore_mode().is_err() {
            return false;
        }
        let (words, style) = (&self.messages.words, &self.messages.style);
        let asked = if let Some(blank) = blank {
            let asked = quiz::blank(blank, words, style, parse_question_command);
            unless_ended(Box::pin(asked), &mut self.exit_reason).await
        } else {
            let asked = quiz::parsons(exercise, words, style, parse_question_command, &mut self.random);
            unless_ended(Box::pin(asked), &mut self.exit_reason).await
        };
        let Ok(asked) = asked else { return true };
        self.resume_shell_input();
        match asked {
            Ok(QuizOutcome::Right { .. }) => {
                self.is_command_known = is_command;
                // A learner who has filled gaps has written the command, so the tutor inserts the command. A learner
                // who has only put commands in order types these commands.
                if is_command && is_blank && !self.messages.beside {
                    self.found_commands = self.command_texts(&self.state.commands_to_type(false));
                }
            }
            Ok(QuizOutcome::Wrong) => {
                self.is_command_known = is_command;
                self.state.solution_shown();
            }
            Ok(QuizOutcome::Away { menu }) => self.leave(menu),
            Ok(QuizOutcome::Skipped) => self.print_note("learn-skip-open"),
            _ => {}
        }
        self.print("\n");
        true
    }

    /// Asks a yes-or-no question. Enter alone means `default`. Returns `false` if the terminal is gone.
    pub(in crate::learn) async fn confirm(&mut self, question: &str, default: bool) -> bool {
        let answer = self.ask_yes_or_no(question, default, false).await.unwrap_or(false);
        let shown = self.messages.words.say(if answer { "menu-yes" } else { "menu-no" }, &[]);
        self.tty.write_raw(format!("{shown}\r\n").as_bytes());
        answer
    }

    /// Asks `question` until the answer is yes or no, and shows the typed text. Ctrl-C and Ctrl-D mean the answer
    /// `ended`. Returns `None` if the terminal is gone.
    pub(in crate::learn) async fn ask_yes_or_no(&mut self, question: &str, default: bool, ended: bool) -> Option<bool> {
        let question = self.messages.wrap("", question);
        let question = format!("{} ", question.trim_end());
        self.print(&question);
        let mut answer = YesOrNo::default();
        loop {
            let keys = self.tty.read_keys().await?;
            let before = answer.text().chars().count();
            let given = answer.feed(&keys, default, ended);
            let back = "\u{8} \u{8}".repeat(before);
            match given {
                None => self.tty.write_raw(format!("{back}{}", sanitise(answer.text())).as_bytes()),
                Some(Answer::Neither) => {
                    answer = YesOrNo::default();
                    self.print_note("learn-yes-or-no");
                    self.print(&question);
                }
                Some(given) => {
                    self.tty.write_raw(back.as_bytes());
                    self.typed_ahead.extend(answer.rest().as_bytes());
                    return Some(given == Answer::Yes);
                }
            }
        }
    }
}

/// Waits for the answer to a question. If a signal that ends the process arrives first, sets the exit reason and
/// returns an error.
async fn unless_ended(
    asked: impl Future<Output = Result<QuizOutcome, QuizError>>,
    exit_reason: &mut Option<ExitReason>,
) -> Result<Result<QuizOutcome, QuizError>, QuizError> {
    tokio::select! {
        asked = asked => Ok(asked),
        () = wait_for_end() => {
            *exit_reason = Some(ExitReason::TerminalGone);
            Err(QuizError::Lost)
        }
    }
}
