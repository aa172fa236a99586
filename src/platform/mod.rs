//! The platform boundary: what Linux does in one way and other systems in another, or not at all.
//!
//! Only this module and `sandbox/inside` contain code for a single system. Everything else is written for any
//! Unix.

#[cfg(target_os = "linux")]
mod linux;
// Tests on Linux hold it against real processes too.
#[cfg(any(test, not(target_os = "linux")))]
pub mod ps;
#[cfg(not(target_os = "linux"))]
mod unix;

#[cfg(target_os = "linux")]
pub use linux::{Handle, bash, enter_network, enter_room, has_variable, make_fifo, process, processes};
#[cfg(not(target_os = "linux"))]
pub use ps::{Handle, has_variable, process, processes};
#[cfg(not(target_os = "linux"))]
pub use unix::{bash, enter_network, enter_room, make_fifo};

/// A living process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process {
    /// Its parent's process id.
    pub parent: i32,
    /// The id of its session, which is its session leader's process id.
    pub session: i32,
    /// When it began. Comparable on one machine; 0 if the system does not tell.
    pub began: u64,
}
