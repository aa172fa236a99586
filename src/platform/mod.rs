//! The code that differs between Linux and other systems.
//!
//! Only this module and `sandbox/inside` contain code for a single system. Everything else works on any Unix.

#[cfg(target_os = "linux")]
mod linux;
mod process;
// Tests on Linux run this module on real processes too.
#[cfg(any(test, not(target_os = "linux")))]
pub mod ps;
#[cfg(not(target_os = "linux"))]
mod unix;

#[cfg(target_os = "linux")]
pub use linux::{
    Handle, bash, command_line, enter_namespaces, enter_network, has_variable, make_fifo, process, processes,
};
pub use process::Process;
#[cfg(not(target_os = "linux"))]
pub use ps::{Handle, command_line, has_variable, process, processes};
#[cfg(not(target_os = "linux"))]
pub use unix::{bash, enter_namespaces, enter_network, make_fifo};
