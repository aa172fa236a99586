//! Chooses the message for a failure that no rule knows. The message says whether docker failed, and where the learner
//! finds the reason.

use super::{Explanation, Failure};
use crate::docker_cli::{DockerCommand, docker_commands};
use crate::shell;

/// Exit statuses of the docker CLI itself. `docker run` ends with 125 if Docker refused, and otherwise with the status
/// of its program.
const REFUSED: [i32; 2] = [1, 125];

/// Returns a general message for a failed command without an explanation. Returns `None` if the command succeeded or
/// was interrupted. Also returns `None` if the program is not docker and printed nothing: `grep` and `test` answer "no"
/// by their exit status.
#[must_use]
pub fn unexplained(failure: &Failure<'_>) -> Option<Explanation> {
    let status = failure.status;
    if status == 0 || status == 130 {
        return None;
    }
    let is_silent = failure.lines.iter().all(|line| line.trim().is_empty());
    let mut calls = docker_commands(failure.command);
    // A line ends with the exit status of its last command: `docker images | grep x`.
    let script = shell::read(failure.command);
    if script.commands().last().is_none_or(|last| DockerCommand::parse(last.invocation().words).is_none()) {
        calls.clear();
    }
    let runs = |verb: &str| matches!(verb, "run" | "exec" | "start" | "attach");
    let key = match calls.as_slice() {
        [] if is_silent => return None,
        [call] if runs(call.familiar_name()) && status != 125 && !docker_complains(failure.lines) => {
            "explain-failed-inside"
        }
        [_] if is_silent => "explain-failed-silent",
        [call] if REFUSED.contains(&status) || runs(call.familiar_name()) => "explain-failed-docker",
        _ => "explain-failed",
    };
    Some(Explanation::new(key, &[("status", &status.to_string())], ""))
}

fn docker_complains(lines: &[String]) -> bool {
    lines.iter().any(|line| line.starts_with("docker: ") || line.contains("Error response from daemon"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failure_without_a_rule_gets_a_general_message() {
        for (command, status, line, key) in [
            ("docker version --format '{{.OSType}}'", 1, "template: :1:2: <.OSType>", Some("explain-failed-docker")),
            ("docker run alpine:3.20 false", 1, "", Some("explain-failed-inside")),
            ("docker run x", 125, "docker: Error response from daemon: new words", Some("explain-failed-docker")),
            ("docker load -i x", 1, "", Some("explain-failed-silent")),
            ("tar xf x", 2, "tar: x: Cannot open", Some("explain-failed")),
            ("grep x y", 1, "", None),
            ("docker images | grep hello", 1, "", None),
            ("docker ps && tar xf x", 2, "tar: x: Cannot open", Some("explain-failed")),
            ("docker run -it alpine:3.20", 130, "^C", None),
            ("docker ps", 0, "", None),
        ] {
            let lines = [line.to_owned()];
            let failure = Failure { command, status, lines: &lines, ..Failure::default() };
            assert_eq!(unexplained(&failure).map(|told| told.key), key, "{command}");
        }
    }
}
