//! Repeats `docker logs` if the container has not printed all of its lines yet, for example right after `docker run
//! -d`.
//!
//! A log only grows, and `docker logs` changes nothing. So the run may read a log again, as long as the log is only the
//! beginning of the expected lines. The repetition cannot hide a difference: the run reports an unexpected line at
//! once, and an incomplete log after [`TIMEOUT`].

use std::time::Duration;

use crate::docker_cli::DockerCommand;
use crate::matcher::{Comparison, RowState};
use crate::shell::{self, Item};

/// The time that a log may take to become complete. This time is equal to the default of a claim's `within`.
pub(super) const TIMEOUT: Duration = Duration::from_secs(5);
/// The pause before `docker logs` is typed again.
pub(super) const PAUSE: Duration = Duration::from_millis(100);

/// Whether a command does nothing but read a container's log, and ends by itself.
pub(super) fn only_reads_log(command: &str) -> bool {
    let script = shell::read(command);
    let [Item::Command(command)] = script.items.as_slice() else { return false };
    let expands = command.words.iter().any(|word| word.text.contains(['$', '`']));
    let is_plain = command.redirects.is_empty() && command.assignments.is_empty() && !expands;
    let call = DockerCommand::parse(&command.words).filter(|_| is_plain);
    call.is_some_and(|call| call.name() == "container logs" && !call.has("follow"))
}

/// Whether all printed lines match and only the last expected lines are missing.
pub(super) fn is_beginning(comparison: &Comparison) -> bool {
    let mut rows = comparison.rows.iter().skip_while(|row| row.state == RowState::Same).peekable();
    rows.peek().is_some() && rows.all(|row| row.state == RowState::Missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Expected, ExpectedKind};
    use crate::matcher::{Bindings, Options, compare};
    use crate::text::Span;

    #[test]
    fn only_a_plain_docker_logs_command_without_follow_is_repeated() {
        for command in ["docker logs kabar", "docker container logs --tail 5 kabar", "docker logs -t kabar"] {
            assert!(only_reads_log(command), "{command}");
        }
        for command in [
            "docker logs -f kabar",
            "docker logs -tf x",
            "docker logs --follow x",
            "docker logs x | wc -l",
            "docker logs $(docker ps -q)",
            "docker ps",
            "logs",
        ] {
            assert!(!only_reads_log(command), "{command}");
        }
    }

    #[test]
    fn log_is_a_beginning_only_if_just_the_last_expected_lines_are_missing() {
        let is = |printed: &[&str]| {
            let line = |text: &str| Expected { text: text.into(), span: Span::default(), kind: ExpectedKind::Output };
            let printed: Vec<String> = printed.iter().map(|line| (*line).to_owned()).collect();
            let expected = ["satu", "dua", "tiga"].map(line);
            is_beginning(&compare(&expected, &printed, &mut Bindings::default(), &Options::default()))
        };
        assert!(is(&[]) && is(&["satu"]) && is(&["satu", "dua"]));
        assert!(!is(&["satu", "dua", "tiga"]) && !is(&["dua"]) && !is(&["satu", "lain"]) && !is(&["galat"]));
    }
}
