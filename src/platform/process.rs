//! The facts that a system reports about a process.

/// A living process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process {
    /// The process id of the parent.
    pub parent: i32,
    /// The id of the process's session, which is the process id of the session leader.
    pub session: i32,
    /// The start time of the process; 0 if the system does not report it. Start times can be compared only on one
    /// machine.
    pub began: u64,
}
