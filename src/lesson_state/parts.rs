//! A step's blocks as a learner meets them.

use crate::lesson::{Action, Block, PlannedStep, Step};

/// A piece of a step, with the number of its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepPart {
    /// Shown as it is: prose, a fence with gaps, a fence that is skipped here.
    Show(usize),
    /// A question.
    Quiz(usize),
    /// A file to write.
    File(usize),
    /// Commands to type, so many.
    Task {
        /// The transcript's block.
        block: usize,
        /// How many commands it has.
        commands: usize,
    },
    /// A claim.
    Check(usize),
}

/// How a command relates to what the step asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandMatch {
    /// It is one of the printed commands, and it ended as it should.
    Exact,
    /// It is one of the printed commands, and it ended otherwise.
    ExactButFailed,
    /// It is of the same kind (`docker pull …`): an attempt.
    SameKind,
    /// Something else: looking around.
    Other,
}

/// The parts of `step` as `planned` for this engine.
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

/// What parts words for a shell; a no-break space, as web pages have it, does not.
const BLANKS: [char; 3] = [' ', '\t', '\n'];

/// A command without the spaces that do not matter: those outside of quotes, more than one.
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

/// The program and, of a program with verbs, the verb.
pub(super) fn kind_of(command: &str) -> Vec<&str> {
    let words: Vec<&str> = command.split(BLANKS).filter(|word| !word.is_empty() && *word != "sudo").collect();
    let with_verbs = matches!(words.first(), Some(&("docker" | "podman" | "git" | "systemctl" | "apt" | "apt-get")));
    if !with_verbs {
        return words.into_iter().take(1).collect();
    }
    let groups =
        ["container", "image", "network", "volume", "system", "compose", "builder", "buildx", "context", "manifest"];
    // The value of docker's own option is no verb: `docker --context node-b images`.
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
    use super::kind_of;

    #[test]
    fn value_of_an_option_before_the_verb_is_no_verb() {
        for typed in ["docker --context node-b images", "docker -c node-b image ls", "docker -H unix:///x.sock ps"] {
            assert_ne!(kind_of(typed), kind_of("docker --context node-b pull alpine"), "{typed}");
        }
        assert_eq!(kind_of("docker --context node-b pull x"), kind_of("docker image pull x"));
    }
}
