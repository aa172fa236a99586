//! Finds properties of the author's machine in expected output: its host name, kernel release, user, home folder,
//! memory and address. Another machine prints other values.
//!
//! The caller passes the properties, so the result is the same on every machine. The number of CPUs is not one of the
//! properties, because a `4` in an output usually means something else.

use super::{codes, volatile::place};
use crate::lesson::{ExpectedKind, Lesson};
use crate::text::{Diagnostic, WordList};

/// A property of one machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineFact {
    /// The kind of the property: `host`, `kernel`, `user`, `home`, `memory`, `address`.
    pub kind: &'static str,
    /// The value as programs print it.
    pub value: String,
}

/// Names that are too common to identify a machine.
const GENERIC: WordList = WordList(
    "root /root localhost localhost.localdomain ubuntu debian fedora alpine docker user admin home server linux \
     host 127.0.0.1",
);
/// The minimum length of a value. Shorter values are ignored, because they often occur by chance.
const SHORTEST: usize = 4;

/// Returns one diagnostic for each property that occurs as a whole word in the outputs of `lesson`.
#[must_use]
pub fn facts_in(lesson: &Lesson, facts: &[MachineFact]) -> Vec<Diagnostic> {
    let commands = || lesson.transcripts().flat_map(|(_, fence)| &fence.commands);
    // A value that is also in a command or a prompt is probably not a property of the machine.
    let typed = |value: &str| commands().any(|command| holds(&command.text, value) || holds(&command.prompt, value));
    let telling =
        facts.iter().filter(|fact| fact.value.len() >= SHORTEST && !GENERIC.has(&fact.value) && !typed(&fact.value));
    let mut diagnostics = Vec::new();
    for fact in telling {
        let lines = commands().flat_map(|command| &command.expected).filter(|line| line.kind == ExpectedKind::Output);
        if let Some(line) = lines.into_iter().find(|line| holds(&line.text, &fact.value)) {
            let at = place(lesson, line.span, &fact.value);
            let diagnostic = codes::MACHINE.at(at);
            diagnostics.push(diagnostic.with("kind", fact.kind).with("value", fact.value.as_str()));
        }
    }
    diagnostics
}

/// Whether `value` occurs in `text` as a whole word. If `value` is a path, a longer path that begins with `value`
/// counts too.
fn holds(text: &str, value: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '+' | '~');
    text.match_indices(value).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + value.len()..]);
        let below = value.starts_with('/') && after.starts_with('/');
        // A full stop at the end of a sentence is not a part of the word.
        let ends = !after.strip_prefix('.').unwrap_or(after).starts_with(joins);
        !before.ends_with(joins) && (below || ends)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::text::Source;

    fn told(fence: &str, facts: &[(&'static str, &str)]) -> usize {
        let text = format!("# J\n\n## A {{#a}}\n\n```console\n{fence}\n```\n");
        let lesson = parse(&Source::new("a.md", text), LessonId("a".into())).0;
        let facts: Vec<MachineFact> =
            facts.iter().map(|&(kind, value)| MachineFact { kind, value: value.into() }).collect();
        facts_in(&lesson, &facts).len()
    }

    #[test]
    fn machine_property_in_output_is_reported_if_it_is_a_whole_word() {
        for (fence, kind, value) in [
            ("$ uname -r\n6.1.0-28-amd64", "kernel", "6.1.0-28-amd64"),
            ("$ uname -a\nLinux laptop-ayu 6.1.0 #1", "host", "laptop-ayu"),
            ("$ ls -d ~/kursus\n/home/ayulestari/kursus", "home", "/home/ayulestari"),
            ("$ whoami\nayulestari", "user", "ayulestari"),
            ("$ docker info\n Total Memory: 7.595GiB", "memory", "7.595GiB"),
            ("$ hostname -I\n192.168.1.17 ", "address", "192.168.1.17"),
        ] {
            assert_eq!(told(fence, &[(kind, value)]), 1, "{fence}");
        }
    }

    #[test]
    fn value_that_is_generic_typed_or_part_of_a_word_is_not_reported() {
        for (fence, value) in [
            ("$ uname -r\n[..]", "6.1.0-28-amd64"),
            ("$ uname -r\n6.1.0-28-amd64-x", "6.1.0-28-amd64"),
            ("$ whoami\nroot", "root"),
            ("$ echo $HOME\n/root", "/root"),
            ("$ echo hai\nlaptop-ayu: halo", "ayu"),
            ("$ docker rm penguji\npenguji", "penguji"),
            ("ayu@penguji:~$ hostname\npenguji", "penguji"),
            ("$ nproc\n2", "2"),
            ("$ ls\nlaptop-ayu.txt", "laptop-ayu"),
            ("$ ls /home/ayulestari2\n/home/ayulestari2", "/home/ayulestari"),
        ] {
            assert_eq!(told(fence, &[("host", value)]), 0, "{fence}");
        }
    }
}
