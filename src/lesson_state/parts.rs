//! The parts of a step, and how a typed command matches its commands.

use crate::lesson::{Action, Block, PlannedStep, Step};

/// A part of a step, with the index of its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepPart {
    /// Something to show: prose, a fence with gaps, a skipped fence.
    Show(usize),
    /// A question.
    Quiz(usize),
    /// A file to write.
    File(usize),
    /// Commands to type.
    Task {
        /// The transcript's block.
        block: usize,
        /// The number of its commands.
        commands: usize,
    },
    /// A claim.
    Check(usize),
}

/// How a typed command matches the commands of the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandMatch {
    /// It is one of the step's commands and ended with an expected status.
    Exact,
    /// It is one of the step's commands and ended with another status.
    ExactButFailed,
    /// It is of the same kind (`docker pull …`), so it is an attempt.
    SameKind,
    /// It is something else.
    Other,
}

/// The parts of `step`, as planned for this engine.
pub(super) fn parts(step: &Step, planned: &PlannedStep) -> Vec<StepPart> {
    let does = |block: usize| {
        planned.actions.iter().any(|action| match *action {
            Action::Write { block: at } | Action::Run { block: at, .. } | Action::Judge { block: at } => at == block,
        })
    };
    let is_skipped = |block: usize| planned.skipped.iter().any(|(at, _)| *at == block);
    let part = |(block, what): (usize, &Block)| match what {
        Block::Prose(_) => Some(StepPart::Show(block)),
        Block::Quiz(_) => Some(StepPart::Quiz(block)),
        Block::File(file) if file.attrs.hidden => None,
        Block::Transcript(transcript) if transcript.attrs.hidden => None,
        Block::File(file) if file.attrs.blank => Some(StepPart::Show(block)),
        Block::Transcript(transcript) if transcript.attrs.blank => Some(StepPart::Show(block)),
        Block::File(_) if does(block) => Some(StepPart::File(block)),
        Block::Transcript(transcript) if does(block) => {
            Some(StepPart::Task { block, commands: transcript.commands.len() })
        }
        Block::Check(_) if does(block) => Some(StepPart::Check(block)),
        Block::File(_) | Block::Transcript(_) if is_skipped(block) => Some(StepPart::Show(block)),
        Block::File(_) | Block::Transcript(_) | Block::Check(_) => None,
    };
    step.blocks.iter().enumerate().filter_map(part).collect()
}

/// The characters that separate words for a shell. A no-break space does not.
const BLANKS: [char; 3] = [' ', '\t', '\n'];

/// A command with single spaces outside of quotes.
pub(super) fn squeezed(command: &str) -> String {
    let mut text = String::with_capacity(command.len());
    let (mut quote, mut escaped) = (None, false);
    for char in command.trim_matches(BLANKS).trim_end_matches(';').trim_end_matches(BLANKS).chars() {
        let space = BLANKS.contains(&char) && quote.is_none() && !escaped;
        if space && text.ends_with(' ') {
            continue;
        }
        match char {
            '\'' | '"' if !escaped && quote.is_none() => quote = Some(char),
            _ if quote == Some(char) && !escaped => quote = None,
            _ => {}
        }
        escaped = char == '\\' && !escaped && quote != Some('\'');
        text.push(if space && char != '\n' { ' ' } else { char });
    }
    text
}

/// Whether two commands mean the same: the same words after the shell's unquoting, with a value behind its option or
/// after a `=`, and the short or the long name of the option for a format.
pub(super) fn means_the_same(left: &str, right: &str) -> bool {
    squeezed(left) == squeezed(right)
        || words_of(left).zip(words_of(right)).is_some_and(|(left, right)| !left.is_empty() && left == right)
}

/// The words of a simple command; `None` for one with operators or expansions, which is compared as it is written.
fn words_of(command: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let (mut word, mut quote): (Option<String>, Option<char>) = (None, None);
    let mut chars = command.trim().trim_end_matches(';').trim().chars();
    while let Some(char) = chars.next() {
        match (quote, char) {
            (Some(open), _) if open == char => quote = None,
            (Some('"') | None, '$' | '`') | (None, '|' | '&' | ';' | '<' | '>' | '(' | ')' | '*' | '?' | '~') => {
                return None;
            }
            (None, '\'' | '"') => {
                quote = Some(char);
                word.get_or_insert_default();
            }
            (None, '\\') => match chars.next() {
                Some('\n') | None => {}
                Some(next) => word.get_or_insert_default().push(next),
            },
            (None, ' ' | '\t' | '\n') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(char),
        }
    }
    words.extend(word);
    let is_docker = words.first().is_some_and(|word| word == "docker");
    let mut apart = Vec::new();
    for word in words {
        match word.split_once('=').filter(|(name, _)| is_docker && name.starts_with("--")) {
            Some((name, value)) => apart.extend([name.to_owned(), value.to_owned()]),
            None if is_docker && word == "-f" && looks_have_formats(&apart) => apart.push("--format".to_owned()),
            None => apart.push(word),
        }
    }
    Some(apart)
}

fn looks_have_formats(words: &[String]) -> bool {
    words.iter().any(|word| matches!(word.as_str(), "inspect" | "version" | "info"))
}

/// Whether two commands run the same program and subcommand.
#[must_use]
pub fn is_same_kind(left: &str, right: &str) -> bool {
    kind_of(left) == kind_of(right)
}

/// Commands that change nothing on the engine, and programs that only show something.
const LOOKS: &str = "docker ps|docker ls|docker images|docker inspect|docker logs|docker info|docker version|docker top|\
    docker stats|docker diff|docker port|docker history|docker help|docker search|docker events|docker network ls|\
    docker network inspect|docker volume ls|docker volume inspect|docker context ls|docker context show|\
    docker system df|ls|cat|pwd|echo|clear|man|less|head|tail|grep|date|whoami|which|type|history|uname|env|\
    hostname|wc";

/// Whether a command only looks around.
#[must_use]
pub fn only_looks(command: &str) -> bool {
    let words: Vec<&str> = command.split(BLANKS).filter(|word| !word.is_empty() && *word != "sudo").collect();
    let is_help = words.first() == Some(&"docker") && words.iter().any(|word| matches!(*word, "--help" | "--version"));
    let is_redirected = command.contains('>');
    let kind = kind_of(command).join(" ");
    !is_redirected && (is_help || LOOKS.split('|').any(|look| look == kind))
}

/// The program and its subcommand, if it has subcommands.
pub(super) fn kind_of(command: &str) -> Vec<&str> {
    let words: Vec<&str> = command.split(BLANKS).filter(|word| !word.is_empty() && *word != "sudo").collect();
    let with_verbs = matches!(words.first(), Some(&("docker" | "podman" | "git" | "systemctl" | "apt" | "apt-get")));
    if !with_verbs {
        return words.into_iter().take(1).collect();
    }
    let groups =
        ["container", "image", "network", "volume", "system", "compose", "builder", "buildx", "context", "manifest"];
    // The value of a global option is no subcommand: `docker --context node-b images`.
    let valued = |word: Option<&&str>| matches!(word, Some(&("--context" | "-c" | "--host" | "-H")));
    let from = if valued(words.get(1)) { 3 } else { 1 };
    let mut verbs: Vec<&str> = words.iter().copied().skip(from).filter(|word| !word.starts_with('-')).take(2).collect();
    if verbs.first().is_some_and(|verb| groups.contains(verb)) && verbs.len() > 1 {
        // `docker image pull` is `docker pull`.
        if matches!(verbs[0], "container" | "image") {
            verbs.remove(0);
        }
    } else {
        verbs.truncate(1);
    }
    words[..1].iter().copied().chain(verbs).collect()
}

#[cfg(test)]
mod tests {
    use super::{kind_of, means_the_same, only_looks};

    #[test]
    fn commands_are_compared_by_their_meaning() {
        let right = "docker inspect --format '{{.State.ExitCode}}' gagal";
        for typed in [
            "docker inspect --format {{.State.ExitCode}} gagal",
            "docker inspect --format \"{{.State.ExitCode}}\" gagal",
            "docker inspect --format='{{.State.ExitCode}}' gagal",
            "docker inspect  -f '{{.State.ExitCode}}' gagal;",
        ] {
            assert!(means_the_same(typed, right), "{typed}");
        }
        for typed in
            ["docker inspect --format '{{.State.Status}}' gagal", "docker inspect gagal", "docker inspect --format x"]
        {
            assert!(!means_the_same(typed, right), "{typed}");
        }
        assert!(!means_the_same("docker run x echo $A", "docker run x echo '$A'"));
    }

    #[test]
    fn looking_around_changes_nothing() {
        for look in ["docker ps", "docker ps -a", "docker container ls", "docker run --help", "ls -l", "docker logs x"]
        {
            assert!(only_looks(look), "{look}");
        }
        for change in ["docker run x", "docker rm x", "docker pull x", "echo a > b", "docker exec x ls", "rm x"] {
            assert!(!only_looks(change), "{change}");
        }
    }

    #[test]
    fn value_of_a_global_option_is_no_subcommand() {
        for typed in ["docker --context node-b images", "docker -c node-b image ls", "docker -H unix:///x.sock ps"] {
            assert_ne!(kind_of(typed), kind_of("docker --context node-b pull alpine"), "{typed}");
        }
        assert_eq!(kind_of("docker --context node-b pull x"), kind_of("docker image pull x"));
    }
}
