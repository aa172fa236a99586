//! The tutor's words, said where an answer is expected.

/// What somebody who is asked something else says instead of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
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

/// Hears a word of the tutor's in what was typed. An answer that is right is never asked about.
pub type Hear = fn(&str) -> Option<Call>;

/// What was given to a question.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Given<T> {
    /// An answer.
    Answer(T),
    /// A word of the tutor's.
    Call(Call),
    /// Nothing: they left.
    Nothing,
}

impl<T> Given<T> {
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Given<U> {
        match self {
            Self::Answer(answer) => Given::Answer(change(answer)),
            Self::Call(call) => Given::Call(call),
            Self::Nothing => Given::Nothing,
        }
    }
}
