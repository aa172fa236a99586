//! The commands that the tutor has advised in a step. If the learner types such a command, the tutor does not call it
//! wrong.

use crate::docker_cli::{are_same_lines, docker_commands};
use crate::lesson_state::only_looks;

/// The advice that the tutor has given in a step.
#[derive(Debug, Default)]
pub(super) struct GivenAdvice {
    /// The pieces of advice, oldest first. Each piece is a list of commands.
    given: Vec<Vec<String>>,
    /// The commands of the latest piece of several commands that the learner has not typed yet.
    rest: Vec<String>,
}

impl GivenAdvice {
    /// Records the commands in `text` as one piece of advice. The learner types these commands one after the other.
    pub(super) fn note(&mut self, text: &str) {
        let advised = advised_commands(text);
        self.rest = if advised.len() > 1 { advised.clone() } else { Vec::new() };
        self.given.push(advised);
    }

    /// Records each command in `text` as a separate piece of advice, because each command alone solves the problem.
    pub(super) fn note_ways_out(&mut self, text: &str) {
        self.given.extend(advised_commands(text).into_iter().map(|command| vec![command]));
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Records that the learner has typed an advised command.
    pub(super) fn follow(&mut self, typed: &str) {
        if let Some(at) = self.rest.iter().position(|command| are_same_lines(command, typed)) {
            self.rest.drain(..=at);
        }
    }

    /// Returns the advised commands that the learner has not typed yet, if the advice has several commands.
    pub(super) fn rest(&self) -> &[String] {
        &self.rest
    }

    /// Whether the tutor has advised the command `typed`.
    pub(super) fn has(&self, typed: &str) -> bool {
        self.find(typed).is_some()
    }

    /// Returns the command after `typed` in the latest piece of advice that contains `typed`.
    pub(super) fn command_after(&self, typed: &str) -> Option<&str> {
        let (advice, at) = self.find(typed)?;
        advice.get(at + 1).map(String::as_str)
    }

    fn find(&self, typed: &str) -> Option<(&[String], usize)> {
        self.given.iter().rev().find_map(|advice| {
            let at = advice.iter().position(|command| are_same_lines(command, typed))?;
            Some((advice.as_slice(), at))
        })
    }
}

/// Returns the docker commands in backquotes in `text` that have an argument and change something. Leaves out commands
/// without an argument, such as `docker rm`, because the text only mentions them.
fn advised_commands(text: &str) -> Vec<String> {
    let is_whole = |piece: &str| {
        let calls = docker_commands(piece);
        !piece.contains('…') && !only_looks(piece) && calls.iter().any(|call| call.first().is_some())
    };
    text.split('`').skip(1).step_by(2).filter(|piece| is_whole(piece)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_after_returns_the_next_command_of_the_same_piece_of_advice() {
        let mut advice = GivenAdvice::default();
        advice.note("Ketik `docker pull busybox:1.35`, lalu `docker rmi busybox:latest`, lalu ulangi tanpa `-f`.");
        advice.note("`docker rm` menghapus kontainer. Lihat `docker ps -a`, lalu `docker rm coba`.");
        advice.note_ways_out("Hentikan dengan `docker stop coba`, atau paksa: `docker rm -f coba`.");
        assert!(advice.has("docker rm -f coba") && advice.command_after("docker stop coba").is_none());
        assert!(advice.has("docker  image pull busybox:1.35") && advice.has("docker rm coba"));
        assert_eq!(advice.command_after("docker pull busybox:1.35"), Some("docker rmi busybox:latest"));
        for last in ["docker rmi busybox", "docker rm coba"] {
            assert!(advice.has(last) && advice.command_after(last).is_none(), "{last}");
        }
        for other in ["docker rm", "docker ps -a", "docker rmi busybox:1.35", "-f"] {
            assert!(!advice.has(other), "{other}");
        }
        advice.note("Ketik `docker rm coba`, ambil lagi dengan `docker pull busybox:1.35`.");
        advice.follow("docker rm coba");
        assert_eq!(advice.rest(), ["docker pull busybox:1.35"]);
        advice.clear();
        assert!(!advice.has("docker rm coba") && advice.rest().is_empty());
    }
}
