//! The facts that a system reports about a process.

/// A living process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process {
    /// The process id of its parent.
    pub parent: i32,
    /// The id of its session, which is the process id of the session leader.
    pub session: i32,
    /// The time at which it began, comparable only on one machine; 0 if the system does not report it.
    pub began: u64,
}
