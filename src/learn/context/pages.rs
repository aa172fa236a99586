//! Shows the text of a lesson one screen at a time, so that no unread line leaves the screen.

use super::{ExitReason, TutorContext};
use crate::learn::parse_question_command;
use crate::terminal::step;

/// The number of rows that stay free below a page, for the line about how to continue.
const FREE_ROWS: usize = 2;
/// The minimum number of rows of a page.
const LEAST_ROWS: usize = 4;

impl TutorContext<'_> {
    /// Prints text of the lesson. Waits for a key before a paragraph that would push unread lines off the screen.
    pub(in crate::learn) async fn print_page(&mut self, text: &str) {
        let rows = usize::from(self.tty.size().1).saturating_sub(FREE_ROWS).max(LEAST_ROWS);
        for paragraph in text.split_inclusive("\n\n") {
            let mut lines: Vec<&str> = paragraph.split_inclusive('\n').collect();
            let shown = self.tty.lines_since_key();
            let height = lines.iter().filter(|line| line.trim_end() != "").count();
            if shown > 0 && shown + height > rows {
                self.pause("learn-read-on", &[]).await;
            }
            while lines.len() > rows + 1 {
                let rest = lines.split_off(rows);
                self.print(&lines.concat());
                self.pause("learn-read-on", &[]).await;
                lines = rest;
            }
            if self.exit_reason.is_some() {
                return;
            }
            self.print(&lines.concat());
        }
    }

    /// Shows a message, and waits for a key. Enter and the space bar only continue. Keeps other keys for the shell.
    pub(in crate::learn) async fn pause(&mut self, key: &str, args: &[(&str, &str)]) {
        let key = if self.is_reading && key == "learn-read-on" { "learn-read-more" } else { key };
        let words = self.messages.text(key, args);
        let text = if self.messages.style.plain { words } else { format!("── {words} ──") };
        let text = self.messages.note(&text);
        self.tty.show_transient(text.trim_end());
        let begins = key == "learn-begin";
        let mut typed = Vec::new();
        loop {
            match self.tty.read_keys().await.as_deref() {
                None => self.exit_reason = Some(ExitReason::TerminalGone),
                Some([4, ..]) => self.exit_reason = Some(ExitReason::Quit),
                // The lesson has not begun yet, so Esc returns to the menu and Ctrl-C leaves.
                Some([27]) if begins => self.exit_reason = Some(ExitReason::Menu { is_finished: false }),
                Some([3, ..]) if begins => self.exit_reason = Some(ExitReason::Quit),
                // Drop text before Enter, such as `begin` from the message. Keep a tutor command for the shell.
                Some(keys) if begins => {
                    let Some(at) = keys.iter().position(|&key| is_enter(key)) else {
                        typed.extend_from_slice(keys);
                        continue;
                    };
                    typed.extend_from_slice(&keys[..at]);
                    if parse_question_command(String::from_utf8_lossy(&typed).trim()).is_some() {
                        self.typed_ahead.extend(typed.iter().chain(b"\r"));
                    }
                    self.typed_ahead.extend(&keys[at + 1..]);
                }
                Some([3 | 27 | b'q' | b'Q']) if self.is_reading => self.exit_reason = Some(ExitReason::Done),
                Some([3 | 27, ..]) => {}
                Some(keys) => {
                    let kept = keys.iter().position(|&key| !is_enter(key)).unwrap_or(keys.len());
                    self.typed_ahead.extend(&keys[kept..]);
                }
            }
            break;
        }
        self.tty.clear_transient();
    }

    /// Shows the whole lesson as pages, without tasks.
    pub(in crate::learn) async fn read_lesson(&mut self) {
        self.is_reading = true;
        self.print_opening().await;
        let lesson = self.session.lesson;
        for one in lesson.steps.iter().filter(|step| !step.is_notes) {
            self.pause("learn-read-on", &[]).await;
            if self.exit_reason.is_some() {
                return;
            }
            let text = step(lesson, one, &self.messages.style, &self.session.env.conditions);
            self.print_page(&format!("\n{text}")).await;
        }
        self.print_note("learn-read-end");
    }

    /// Shows the lesson's notes on versions and sources.
    pub(in crate::learn) async fn print_notes(&mut self) {
        let lesson = self.session.lesson;
        if !lesson.steps.iter().any(|step| step.is_notes) {
            return self.print_message("learn-notes-none");
        }
        for one in lesson.steps.iter().filter(|step| step.is_notes) {
            let text = step(lesson, one, &self.messages.style, &self.session.env.conditions);
            self.print_page(&format!("\n{text}\n")).await;
        }
    }
}

/// Whether a key counts as Enter when the tutor waits for Enter.
const fn is_enter(key: u8) -> bool {
    matches!(key, b'\r' | b'\n' | b' ')
}
