//! Runs the test binary again as a child process. In the child process, the named test runs a helper program instead of
//! its checks.

use std::process::Command;

const ROLE: &str = "DERMAGA_TEST_ROLE";

/// Returns the arguments with which the test binary runs only `test`. This test must call [`role`] first.
pub(crate) fn arguments(test: &str) -> [&str; 4] {
    ["--exact", test, "--nocapture", "--test-threads=1"]
}

/// Returns the environment variable that gives a child process its role.
pub(crate) fn variable(role: &str) -> (&'static str, &str) {
    (ROLE, role)
}

/// Returns the command of a child process in which `test` plays `role`.
pub(crate) fn command(test: &str, role: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("the path of this test binary"));
    command.args(arguments(test)).env(ROLE, role);
    command
}

/// Returns the role of this process, or `None` if this process is no child of a test.
pub(crate) fn role() -> Option<String> {
    std::env::var(ROLE).ok()
}
