//! Child processes of tests: the test binary again, in which one test plays a role instead of testing.

use std::process::Command;

const ROLE: &str = "DERMAGA_TEST_ROLE";

/// The arguments that start `test` alone, which asks for its [`role`] first.
pub(crate) fn arguments(test: &str) -> [&str; 4] {
    ["--exact", test, "--nocapture", "--test-threads=1"]
}

/// The variable that gives a child process its role.
pub(crate) fn variable(role: &str) -> (&'static str, &str) {
    (ROLE, role)
}

/// A child process: `test` plays `role`.
pub(crate) fn command(test: &str, role: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("the path of this test binary"));
    command.args(arguments(test)).env(ROLE, role);
    command
}

/// The role of this process, if it is such a child.
pub(crate) fn role() -> Option<String> {
    std::env::var(ROLE).ok()
}
