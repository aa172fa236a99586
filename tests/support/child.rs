//! Runs the test binary again as a child process. In the child, one test plays a role and tests nothing.

use std::process::Command;

const ROLE: &str = "DERMAGA_TEST_ROLE";

/// Returns the arguments that run only `test`. At its start, `test` must ask for its [`role`].
pub(crate) fn arguments(test: &str) -> [&str; 4] {
    ["--exact", test, "--nocapture", "--test-threads=1"]
}

/// Returns the variable that gives a child process its role.
pub(crate) fn variable(role: &str) -> (&'static str, &str) {
    (ROLE, role)
}

/// Returns the command of a child process in which `test` plays `role`.
pub(crate) fn command(test: &str, role: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("the path of this test binary"));
    command.args(arguments(test)).env(ROLE, role);
    command
}

/// Returns the role of this process if it is a child process of a test.
pub(crate) fn role() -> Option<String> {
    std::env::var(ROLE).ok()
}
