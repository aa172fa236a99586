//! What a system tells about a process.

/// A living process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process {
    /// Its parent's process id.
    pub parent: i32,
    /// The id of its session, which is its session leader's process id.
    pub session: i32,
    /// When it began, comparable on one machine; 0 if the system does not say.
    pub began: u64,
}
