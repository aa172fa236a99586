//! Compares the output of a typed command with the transcript.

use crate::docker_cli::{Difference, differences, docker_commands};
use crate::lesson::{Block, Command, Expected, ExpectedKind, ExpectedStatus, Lesson, Subject};
use crate::matcher::{Bindings, Options, compare};

use super::only_looks;

/// A typed command that has ended.
pub(super) struct TypedLine<'a> {
    pub(super) command: &'a str,
    pub(super) status: i32,
    pub(super) output: &'a str,
    /// The names of the lesson's objects.
    pub(super) names: &'a [String],
}

/// Returns the names of containers, volumes and networks in the lesson's checks.
pub(super) fn object_names(lesson: &Lesson) -> Vec<String> {
    let blocks = lesson.steps.iter().flat_map(|step| &step.blocks);
    let names = blocks.filter_map(|block| match block {
        Block::Check(check) => match &check.claim.subject {
            Subject::Container(name) | Subject::Volume(name) | Subject::Network(name) => Some(name.clone()),
            _ => None,
        },
        _ => None,
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    names
}

impl TypedLine<'_> {
    /// Returns the name of a lesson object that the transcript of `printed` shows, but the output of the typed command
    /// does not.
    pub(super) fn name_not_shown(&self, printed: &Command) -> Option<String> {
        if !only_looks(&printed.text) {
            return None;
        }
        let expected: Vec<&str> = output_lines(printed).map(|line| line.text.as_str()).collect();
        let shows = |text: &str, name: &str| text.split(|c| !is_name_char(c)).any(|word| word == name);
        let is_missing = |name: &&String| {
            expected.iter().any(|line| shows(line, name)) && !self.output.lines().any(|line| shows(line, name))
        };
        self.names.iter().find(is_missing).cloned()
    }

    /// Returns the output of the typed command if `printed` prints the same in the lesson. If so, the typed command
    /// stands for `printed`. Returns `None` for most commands that change something, because their output does not show
    /// their effect.
    pub(super) fn same_output(&self, printed: &Command, expected: &ExpectedStatus) -> Option<String> {
        if let Some(shown) = self.shown_inside(printed) {
            return Some(shown);
        }
        // The output does not show whether the learner pressed keys such as Ctrl-C.
        let has_keys = printed.expected.iter().any(|line| matches!(line.kind, ExpectedKind::Key(_)));
        (!has_keys && expected.allows(self.status) && self.printed_the_same(printed)).then(|| self.output.to_owned())
    }

    /// Returns the output of a `docker exec` program if the learner ran the program in a shell in the same container.
    fn shown_inside(&self, printed: &Command) -> Option<String> {
        let (wanted, program) = exec_parts(&printed.text)?;
        let (typed, _) = exec_parts(self.command)?;
        if wanted != typed || program.is_empty() {
            return None;
        }
        let expected: Vec<Expected> = output_lines(printed).cloned().collect();
        let actual: Vec<String> = self.output.lines().map(str::to_owned).collect();
        // Whether a line of the output is a prompt followed by the program.
        let is_typed = |line: &String| {
            line.trim_end()
                .strip_suffix(&program)
                .is_some_and(|prompt| prompt.ends_with("# ") || prompt.ends_with("$ "))
        };
        let begins = actual.iter().enumerate().filter(|(_, line)| is_typed(line)).map(|(at, _)| at + 1);
        let shown = begins.filter_map(|at| actual.get(at..at + expected.len()));
        let is_same = |lines: &&[String]| compare(&expected, lines, &mut Bindings::default(), &Options::default()).met;
        shown.filter(|_| !expected.is_empty()).find(is_same).map(|lines| lines.join("\n"))
    }

    /// Whether the typed command names another object than the lesson's object that `printed` names. An id may be the id
    /// of that object.
    fn names_another(&self, printed: &Command) -> bool {
        let operands = |line: &str| -> Vec<String> {
            docker_commands(line)
                .iter()
                .flat_map(|call| call.operands().map(str::to_owned).collect::<Vec<_>>())
                .collect()
        };
        let is_id = |word: &String| word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let typed = operands(self.command);
        !typed.is_empty()
            && !typed.iter().any(is_id)
            && operands(&printed.text).iter().any(|wanted| self.names.contains(wanted) && !typed.contains(wanted))
    }

    fn printed_the_same(&self, printed: &Command) -> bool {
        let lines: Vec<Expected> = output_lines(printed).cloned().collect();
        // Expected output with only the header of a table proves nothing.
        let says_something = |line: &Expected| line.text.trim() != "..." && line.text.chars().any(char::is_lowercase);
        if !lines.iter().any(says_something) {
            return false;
        }
        let actual: Vec<String> = self.output.lines().map(str::to_owned).collect();
        let is_same = |actual: &[String]| compare(&lines, actual, &mut Bindings::default(), &Options::default()).met;
        let contexts =
            |line: &str| docker_commands(line).iter().map(|call| call.context().map(str::to_owned)).collect();
        let [wanted, typed]: [Vec<Option<String>>; 2] = [&printed.text, self.command].map(contexts);
        if only_looks(&printed.text) {
            // `docker ps -all` means `-a -l -l`, which shows only the newest container.
            let shows_newest = |line: &str| docker_commands(line).iter().any(|call| call.has("latest"));
            if self.names_another(printed) || shows_newest(self.command) != shows_newest(&printed.text) {
                return false;
            }
            let shows_more = self.adds_only(printed, &["--no-trunc"]);
            return only_looks(self.command) && wanted == typed && (shows_more || is_same(&actual));
        }
        if self.adds_only(printed, &["-q", "--quiet"]) {
            return is_same(&actual);
        }
        // In a shell in the container, other lines surround the output.
        let (Some(wanted), Some(typed)) = (exec_container(&printed.text), exec_container(self.command)) else {
            return false;
        };
        wanted == typed && actual.windows(lines.len()).any(is_same)
    }
}

impl TypedLine<'_> {
    /// Whether the typed command differs from the printed one only by one additional option from `options`.
    fn adds_only(&self, printed: &Command, options: &[&str]) -> bool {
        let (typed, wanted) = (docker_commands(self.command), docker_commands(&printed.text));
        let ([typed], [wanted]) = (&typed[..], &wanted[..]) else { return false };
        let found = differences(typed, wanted);
        matches!(&found[..], [Difference::OptionExtra(flag)] if options.contains(&flag.as_str()))
    }
}

fn output_lines(command: &Command) -> impl Iterator<Item = &Expected> {
    command.expected.iter().filter(|line| matches!(line.kind, ExpectedKind::Output))
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-')
}

/// Returns the container of a line that is a single `docker exec`.
fn exec_container(line: &str) -> Option<String> {
    exec_parts(line).map(|(container, _)| container)
}

/// Returns the container of a line that is a single `docker exec`, and the words of the program that `docker exec`
/// runs.
fn exec_parts(line: &str) -> Option<(String, String)> {
    let calls = docker_commands(line);
    let [call] = calls.as_slice() else { return None };
    let container = call.first().filter(|_| call.familiar_name() == "exec")?;
    let program: Vec<&str> = call.operands().skip(1).collect();
    Some((container.to_owned(), program.join(" ")))
}
