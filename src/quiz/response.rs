//! The response of a person to a question: an answer, or a command for the tutor.

/// A command for the tutor, typed instead of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuizCommand {
    /// Give a hint.
    Hint,
    /// Show the right answer.
    Solution,
    /// Continue without this question.
    Skip,
    /// List the commands.
    Help,
    /// Leave the lesson, and show the menu.
    Menu,
    /// Leave the lesson.
    Quit,
    /// A command that works only at the prompt.
    Prompt,
}

/// Parses typed text as a command for the tutor. A right answer is never used as a command.
pub type CommandParser = fn(&str) -> Option<QuizCommand>;

/// The response of a person to a question.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Response<T> {
    /// An answer.
    Answer(T),
    /// A command for the tutor.
    Command(QuizCommand),
    /// The person left the question.
    Nothing,
}

impl<T> Response<T> {
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        match self {
            Self::Answer(answer) => Response::Answer(change(answer)),
            Self::Command(command) => Response::Command(command),
            Self::Nothing => Response::Nothing,
        }
    }
}
