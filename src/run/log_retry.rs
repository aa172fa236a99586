//! Repeats `docker logs` if the container has not printed all of its lines yet, as right after `docker run -d`.
//!
//! A log only grows, and reading it changes nothing. So a log that is the beginning of the expected lines is read again for
//! a while. Any other line differs at once, and so does a log that stays incomplete: the wait cannot hide a difference.

use std::time::Duration;

use crate::matcher::{Comparison, RowState};

/// How long a log may take to become complete: as long as a claim's `within` by default.
pub(super) const TIMEOUT: Duration = Duration::from_secs(5);
/// The time between two commands.
pub(super) const PAUSE: Duration = Duration::from_millis(100);

/// Whether a command only reads a container's log, once.
pub(super) fn only_reads_log(command: &str) -> bool {
    let mut words = command.split_whitespace();
    let (first, mut verb) = (words.next(), words.next());
    if verb == Some("container") {
        verb = words.next();
    }
    first == Some("docker")
        && verb == Some("logs")
        && !command.contains(['|', ';', '&', '<', '>', '$', '`', '(', '\n'])
        && words.all(|word| word != "--follow" && !is_short_follow(word))
}

/// Whether a word is `-f`, alone or among other letters.
fn is_short_follow(word: &str) -> bool {
    word.starts_with('-') && !word.starts_with("--") && word.contains('f')
}

/// Whether all printed lines match and only the last expected ones are missing.
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
    fn only_a_plain_docker_logs_is_repeated() {
        for command in ["docker logs kabar", "docker container logs --tail 5 kabar", "docker logs -t kabar"] {
            assert!(only_reads_log(command), "{command}");
        }
        for command in [
            "docker logs -f kabar",
            "docker logs -tf x",
            "docker logs --follow x",
            "docker logs x | wc -l",
            "docker ps",
            "logs",
        ] {
            assert!(!only_reads_log(command), "{command}");
        }
    }

    #[test]
    fn log_with_other_lines_is_no_beginning() {
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
