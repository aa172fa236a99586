//! The commands that the tutor's own advice names: whoever follows it is not told that it was wrong.

use crate::docker_cli::{are_same_lines, docker_commands};
use crate::lesson_state::only_looks;

/// The advice that was given in a step.
#[derive(Debug, Default)]
pub(super) struct GivenAdvice {
    /// The commands of each advice, the latest last.
    given: Vec<Vec<String>>,
}

impl GivenAdvice {
    /// Notes the commands of a lesson's text, to be typed one after the other.
    pub(super) fn note(&mut self, text: &str) {
        self.given.push(advised_commands(text));
    }

    /// Notes the commands of an explanation, each of which is a way out.
    pub(super) fn note_ways_out(&mut self, text: &str) {
        self.given.extend(advised_commands(text).into_iter().map(|command| vec![command]));
    }

    /// Forgets all of it.
    pub(super) fn clear(&mut self) {
        self.given.clear();
    }

    /// Whether a command was advised.
    pub(super) fn has(&self, typed: &str) -> bool {
        self.find(typed).is_some()
    }

    /// Returns the command that the same advice names next.
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

/// Returns the docker commands in backquotes that change something. `docker rm` without a name is only mentioned.
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
    fn advice_is_followed_by_its_own_commands_in_their_order() {
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
        advice.clear();
        assert!(!advice.has("docker rm coba"));
    }
}
