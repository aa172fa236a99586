//! Starts the learner's shell, and handles its end.

use super::{ShellMode, Tutor};
use crate::learn::context::TutorContext;
use crate::learn::messages::Messages;
use crate::learn::{ExitReason, tutor_commands};
use crate::lesson::NODES;
use crate::session::{SessionError, TutoredShell, TutoredShellSpec};

impl Tutor<'_> {
    /// Asks whether the learner wants to leave the lesson, after `exit`, `^D` or a signal ended the shell. If the
    /// learner stays, starts another shell.
    pub(super) async fn handle_shell_end(&mut self) -> Result<(), SessionError> {
        let text = self.context.messages.note(&self.context.messages.words.say("learn-shell-ended", &[]));
        self.context.tty.print(&text);
        let ask = self.context.messages.words.say("learn-leave-ask", &[]);
        let Some(leaves) = self.context.ask_yes_or_no(&ask, true, true).await else {
            self.context.exit_reason = Some(ExitReason::TerminalGone);
            return Ok(());
        };
        self.context.tty.write_raw(b"\r\n");
        if leaves {
            self.context.exit_reason = Some(if self.finished { ExitReason::Done } else { ExitReason::Quit });
            return Ok(());
        }
        self.shell = start_shell(&self.context)?;
        self.mode = ShellMode::Coming;
        // The Enter after `exit` must not continue the lesson.
        self.input.sent_line = false;
        Ok(())
    }
}

/// Returns the note for a learner who opens a shell on a node by typing only the node's name.
fn node_note(messages: &Messages, node: &str) -> String {
    let note = messages.words.say("learn-node-shell", &[("node", node)]);
    messages.note(&note).trim_end_matches('\n').to_owned()
}

/// Starts a shell of the size of the learner's terminal.
pub(super) fn start_shell(context: &TutorContext<'_>) -> Result<TutoredShell, SessionError> {
    let (columns, rows) = context.tty.size();
    let env = context.session.env;
    TutoredShell::start(&TutoredShellSpec {
        shell: env.shell(columns, rows),
        history: context.session.history.clone(),
        words: tutor_commands::command_names(),
        notes: NODES.map(|node| (node.to_owned(), node_note(&context.messages, node))).to_vec(),
    })
}
