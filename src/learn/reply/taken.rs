//! Reads the name of a container in an error of Docker.

use crate::claims::RanCommand;
use crate::lesson::{AskKey, Mistake, NODES, Subject};

/// Returns the container name that is taken, according to Docker's output.
pub(in crate::learn) fn taken_name(output: &str) -> Option<&str> {
    let line = output.lines().find(|line| line.contains("is already in use"))?;
    let (_, rest) = line.split_once("container name \"")?;
    let (name, _) = rest.split_once('"')?;
    Some(name.trim_start_matches('/'))
}

/// Returns the container name that Docker's error is about: the name is taken, or no container has it.
fn name_in_error(output: &str) -> Option<&str> {
    let missing = || output.lines().find_map(|line| line.split_once("o such container: ")).map(|(_, name)| name.trim());
    let quoted = || output.lines().find_map(|line| line.split_once("cannot remove container \"/")?.1.split_once('"'));
    taken_name(output).or_else(missing).or_else(|| quoted().map(|(name, _)| name))
}

/// Whether a mistake explains the command `last`. If Docker's error is about a name, the mistake must be about this name.
/// If the name is taken, the command did nothing, so that its words explain nothing.
pub(in crate::learn) fn explains_error(mistake: &Mistake, last: &RanCommand) -> bool {
    let output = last.output.as_str();
    let is_typed = matches!(mistake.when.subject, Subject::Ran(_));
    // Docker names a running container by its id only. Its name is one of the typed words.
    let is_running = output.contains("cannot remove a running container");
    let is_named = |name: &str| last.command.split_whitespace().any(|word| word == name);
    name_in_error(output).is_none_or(|name| !is_about_another_name(mistake, |first| first == name))
        && !(is_running && is_about_another_name(mistake, is_named))
        && (taken_name(output).is_none() || !is_typed || reads_output(mistake))
}

fn reads_output(mistake: &Mistake) -> bool {
    mistake.when.asks.iter().any(|ask| matches!(&ask.key, AskKey::Own(key) if key == "output"))
}

/// Whether a mistake is about Docker's output, and the first object name in its text is another one.
fn is_about_another_name(mistake: &Mistake, is_same: impl Fn(&str) -> bool) -> bool {
    let mut names = mistake.say.value.split('`').skip(1).step_by(2);
    let first =
        names.find(|piece| !piece.contains([' ', ':', '/']) && !piece.starts_with('-') && !NODES.contains(piece));
    reads_output(mistake) && first.is_some_and(|first| !is_same(first))
}

#[cfg(test)]
mod tests {
    use super::{RanCommand, explains_error, name_in_error};
    use crate::lesson::{Block, LessonId, parse};
    use crate::text::Source;

    #[test]
    fn only_a_mistake_about_the_name_explains_an_error_about_that_name() {
        let text = "# K\n\n## s {#s}\n\n```check\ncontainer: lagi\nmistakes:\n  \
            - when: { ran: \"docker run\", output: { matches: \"is already in use\" } }\n    \
            say: \"`docker run` with `--name`: the name `sapa` is taken. Use `lagi`.\"\n  \
            - when: { ran: \"docker run\" }\n    say: \"Not `sapa`.\"\n```\n";
        let (lesson, _) = parse(&Source::new("l.md", text), LessonId("l".into()));
        let Some(Block::Check(check)) = lesson.steps[0].blocks.first() else { panic!("no check") };
        let explains =
            |one, command: &str, output: &str| explains_error(one, &RanCommand::new(command, Some(1), output));
        let said =
            |output: &str| check.mistakes.iter().map(|one| explains(one, "docker run x", output)).collect::<Vec<_>>();
        let taken =
            |name| format!("docker: Conflict. The container name \"/{name}\" is already in use by container 6c98.");
        assert_eq!(said(&taken("sapa")), [true, false]);
        assert_eq!(said(&taken("lagi")), [false, false]);
        assert_eq!(said("Error response from daemon: No such container: lagi"), [false, true]);
        assert_eq!(said("docker: invalid reference format."), [true, true]);
        let running = "Error response from daemon: You cannot remove a running container 6c98. Stop the container";
        assert!(!explains(&check.mistakes[0], "docker rm lagi", running));
        assert!(explains(&check.mistakes[0], "docker rm lagi sapa", running));
    }

    #[test]
    fn name_is_read_from_dockers_error() {
        for (printed, name) in [
            (
                r#"docker: Conflict. The container name "/kapal" is already in use by container "6c98". You"#,
                Some("kapal"),
            ),
            (r#"Error: the container name "kapal" is already in use by 6c98"#, Some("kapal")),
            ("Error response from daemon: No such container: perahuu", Some("perahuu")),
            ("Error: No such container: perahu1\n", Some("perahu1")),
            (r#"E: cannot remove container "/kabr": container is running: stop the container"#, Some("kabr")),
            ("bind: address already in use", None),
        ] {
            assert_eq!(name_in_error(printed), name, "{printed}");
        }
    }
}
