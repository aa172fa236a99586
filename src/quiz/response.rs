//! What a person types where an answer is expected: an answer, or a command for the tutor.

/// A command for the tutor, typed instead of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuizCommand {
    /// A hint.
    Hint,
    /// The right answer.
    Solution,
    /// To go on without this question.
    Skip,
    /// Which words there are.
    Help,
    /// To leave for the list of lessons.
    Menu,
    /// To leave.
    Quit,
    /// Something that only the prompt can do.
    Prompt,
}

/// Finds a command for the tutor in what was typed. It is not called for a right answer.
pub type CommandParser = fn(&str) -> Option<QuizCommand>;

/// What a person typed at a question.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Response<T> {
    /// An answer.
    Answer(T),
    /// A command for the tutor.
    Command(QuizCommand),
    /// Nothing: they left.
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
