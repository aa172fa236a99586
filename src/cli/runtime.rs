//! Starts the runtimes of the commands that wait for several things at once.

use tokio::runtime::{Builder, Runtime};

use super::{Failure, exit};

/// Starts a runtime in this thread.
pub(super) fn one_thread() -> Result<Runtime, Failure> {
    start(&mut Builder::new_current_thread())
}

/// Starts a runtime with two worker threads.
pub(super) fn two_threads() -> Result<Runtime, Failure> {
    start(Builder::new_multi_thread().worker_threads(2))
}

fn start(builder: &mut Builder) -> Result<Runtime, Failure> {
    builder.enable_all().build().map_err(|error| Failure::new(exit::MACHINE, "failure-runtime").because(error))
}
