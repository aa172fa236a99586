//! Explains why a learner's command failed, in the learner's language. Adds a command to check the explanation.
//!
//! `recognise` finds the cause in the command and its output, without the engine. Then `ask` looks up the names that
//! make the message useful, such as the container that uses the port. `ask` asks the engine, and reads this machine's
//! tables of sockets. If the cause is not certain, there is no explanation.

mod ask;
mod cause;
mod kind;
mod line;
mod misplaced;
mod ports;
mod quoting;
mod recognise;
mod rules;
mod slip;
mod spacing;
#[cfg(test)]
mod tests;
mod typed;
mod unexplained;
mod values;

use std::time::Duration;

use crate::docker_cli::{DockerCommand, changes_other_settings};
use crate::engine::Engine;
use crate::shell::{self, Sudo};
use crate::transcript::sanitise;
use crate::words::Words;

pub use line::{forgotten_option, missing_docker, other_verb, wrong_space};
pub use slip::{Printed, slip};
#[cfg(test)]
pub(crate) use tests::all_cases;
pub use unexplained::unexplained;

/// The time limit of `ask`. If the engine does not answer, the explanation uses only the command and its output.
const LIMIT: Duration = Duration::from_secs(3);

/// The key of the message if the docker CLI has ended, but its container still runs.
pub const STILL_RUNNING: &str = "explain-ended-running";

/// The name of the argument for a container that was created but could not be started. The container's name is now
/// taken.
const MADE: &str = "made";

/// The name of the argument for the docker context in the learner's command. Commands in the advice then have the
/// context, too.
const CONTEXT: &str = "--context";

/// A command of the learner that failed, or that ended with status 0 without the intended effect.
#[derive(Debug, Clone, Copy, Default)]
pub struct Failure<'a> {
    /// The command as it was typed.
    pub command: &'a str,
    /// The exit status. The exit status is 0 for a container in the background that ended at once.
    pub status: i32,
    /// The lines that the command printed.
    pub lines: &'a [String],
    /// The engine on which the command ran.
    pub engine: Option<&'a Engine>,
    /// Names of images that the course knows, such as `nginx:alpine`. If several names are similar to the typed name,
    /// the tutor suggests the first.
    pub known: &'a [String],
    /// Images that the lesson expects docker to refuse. The tutor suggests such a tag only if the engine has the image.
    pub refused: &'a [String],
    /// The commands of the step.
    pub printed: &'a [Printed<'a>],
    /// The label `key=value` of the lesson's objects, if others use the engine too.
    pub label: Option<&'a str>,
    /// Whether the command ran in a private engine's namespaces. In these namespaces, process ids differ, and commands
    /// need no `sudo`.
    pub apart: bool,
}

/// The reason why a command failed, as a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The message's key in `words`. The message `KEY.next` contains advice.
    pub key: &'static str,
    /// The values for the message, not sanitised.
    pub args: Vec<(String, String)>,
    /// A command with which the learner can check the explanation, such as `docker ps -a`.
    pub show: Option<String>,
}

/// Keys of causes that are certain, because the typed words alone show them.
const EXACT: [&str; 42] = [
    "exec-missing-bash",
    "format-missing",
    "hyphens-apart",
    "letters-two-hyphens",
    "script-as-file",
    "semicolon",
    "value-forgotten",
    "flag-before-command",
    "own-flag-behind",
    "template-unquoted",
    "assigned-command",
    "assigned-dollar",
    "docker-inside",
    "program-option",
    "program-control",
    "program-number",
    "own-flag-unknown-near",
    "blank-missing",
    "command-second",
    "context-bare",
    "letter-case",
    "group-second",
    "group-plural",
    "group-alone",
    "torn",
    "prompt-typed",
    "two-commands",
    "typed-quote",
    "typed-dash",
    "typed-space",
    "letter-unknown-near",
    "reference-capital",
    "reference-content",
    "reference-digest",
    "reference-variable",
    "program-capital",
    "program-unknown",
    "shell-quote",
    "shell-redirect",
    "slip-detached",
    "slip-flag-behind",
    "sudo-elsewhere",
];

impl Explanation {
    /// Makes an explanation. If `show` is empty, the explanation has no command to show.
    fn new(key: &'static str, args: &[(&str, &str)], show: &str) -> Self {
        let args = args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { key, args, show: Some(show.to_owned()).filter(|show| !show.is_empty()) }
    }

    /// Adds the advice to remove a container first. `operands` are the words after `docker rm`, and `context` is the
    /// docker context of the container.
    #[must_use]
    pub fn with_container_made(mut self, operands: &str, context: Option<&str>) -> Self {
        self.args.push((MADE.to_owned(), operands.to_owned()));
        self.args.extend(context.map(|context| (CONTEXT.to_owned(), context.to_owned())));
        self
    }

    /// Whether the explanation tells to type the step's command again, in another form.
    #[must_use]
    pub fn asks_for_another_try(&self) -> bool {
        let others = ["two-commands", "blank-missing", "torn", "hyphen-missing"];
        self.key.starts_with("explain-slip") || others.contains(&self.key.trim_start_matches("explain-"))
    }

    /// Whether the explanation corrects only the name of the program. The corrected command has the learner's own words,
    /// so it may still be wrong.
    #[must_use]
    pub fn corrects_program(&self) -> bool {
        matches!(self.key, "explain-program-unknown" | "explain-program-capital")
    }

    /// Whether the typed words alone show the cause, so that no other reason can be right.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        EXACT.contains(&self.key.trim_start_matches("explain-"))
    }
}

/// Explains a failure. Returns `None` if the cause is not certain.
pub async fn explain(failure: &Failure<'_>) -> Option<Explanation> {
    let told = recognised(failure).await.or_else(|| sudo_apart(failure));
    // If a program got an option of docker, or ran in the background by mistake, its end has that reason.
    let is_end = told.as_ref().is_none_or(|told| told.key.starts_with("explain-ended-at-once"));
    let slip = || slip(failure.command, failure.printed).filter(|slip| is_end && slip.is_exact());
    slip().or(told)
}

async fn recognised(failure: &Failure<'_>) -> Option<Explanation> {
    let cause = recognise::recognise(failure.command, failure.status, failure.lines)?;
    let context = cause.call.as_ref().and_then(DockerCommand::context).map(str::to_owned);
    let engine = match &context {
        Some(context) => failure.engine.and_then(|engine| engine.of_context(context)),
        None => failure.engine,
    };
    // If the engine of the context is unknown, the advice does not name the context.
    let context = context.filter(|_| engine.is_some());
    let failure = Failure { engine, ..*failure };
    let plain = ask::without_engine(&cause, &failure);
    let found = match tokio::time::timeout(LIMIT, ask::with_engine(cause, &failure)).await {
        Ok(found) => found,
        Err(_) => plain,
    };
    found.map(|mut told| {
        told.args.extend(context.map(|context| (CONTEXT.to_owned(), context)));
        told
    })
}

/// Adds a context to the commands in a text: `docker rm x` becomes `docker --context node-b rm x`.
#[must_use]
pub fn in_context(text: &str, context: &str) -> String {
    let meant = |command: &str| {
        let rest = command.strip_prefix("docker ").filter(|rest| {
            let first = rest.split(' ').next().unwrap_or_default();
            !first.starts_with('-') && first != "context" && !rest.ends_with("--help")
        });
        rest.map_or_else(|| command.to_owned(), |rest| format!("docker --context {context} {rest}"))
    };
    let pieces = text.split('`').enumerate();
    pieces.map(|(at, piece)| if at % 2 == 1 { meant(piece) } else { piece.to_owned() }).collect::<Vec<_>>().join("`")
}

/// Returns the kind of `sudo` that runs a docker command of a line, or `None` if no docker command runs with `sudo`.
fn sudo(line: &str) -> Option<Sudo> {
    shell::read(line).all_commands().iter().find_map(|command| {
        let invocation = command.invocation();
        invocation.sudo.filter(|_| DockerCommand::parse(invocation.words).is_some())
    })
}

/// Explains that `sudo` is not needed in a private engine's namespaces. There, `sudo docker` reaches the same engine, so
/// a command that succeeded has its effect. Only the settings of the docker CLI belong to the user who runs it.
fn sudo_apart(failure: &Failure<'_>) -> Option<Explanation> {
    let is_lost = failure.status != 0 || changes_other_settings(failure.command);
    let sudo = failure.apart && is_lost && sudo(failure.command).is_some();
    sudo.then(|| Explanation::new("explain-sudo-apart", &[], ""))
}

/// Explains that a command reached the engine past the gateway. The gateway can neither label nor undo the changes of
/// such a command. Returns `None` for other commands.
#[must_use]
pub fn past_gateway(command: &str) -> Option<Explanation> {
    let past = sudo(command) == Some(Sudo::DropsEngine);
    past.then(|| Explanation::new("explain-sudo-past", &[], ""))
}

/// Returns the text of an explanation: the cause, the advice, and a command to check the explanation.
#[must_use]
pub fn words(explanation: &Explanation, words: &Words) -> String {
    let clean = |text: &str| sanitise(&text.replace('\n', " "));
    let args: Vec<(&str, String)> =
        explanation.args.iter().map(|(name, value)| (name.as_str(), clean(value))).collect();
    let context = args.iter().find(|(name, _)| *name == CONTEXT).map(|(_, context)| context.as_str());
    let advice = |text: String| context.map_or(text.clone(), |context| in_context(&text, context));
    let mut text = words.say_values(explanation.key, &args);
    if args.iter().any(|(name, _)| *name == MADE) {
        text.push_str("\n→ ");
        text.push_str(&advice(words.say_values("explain-made-first", &args)));
    }
    if let Some(next) = words.find_values(&format!("{}.next", explanation.key), &args) {
        text.push_str("\n→ ");
        text.push_str(&advice(next));
    }
    if let Some(show) = &explanation.show {
        text.push('\n');
        let command = advice(format!("`{}`", clean(show)));
        text.push_str(&words.say("explain-show", &[("command", command.trim_matches('`'))]));
    }
    text
}

#[cfg(test)]
mod context_tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn advice_names_the_context_of_the_command() {
        let args = [("name", "salam"), ("state", "created"), (CONTEXT, "node-b")];
        let told = Explanation::new("explain-name-taken-stopped", &args, "docker ps -a");
        let text = words(&told, &Words::new(Lang::En));
        assert!(text.contains("`docker --context node-b rm salam`"), "{text}");
        assert!(text.ends_with(": docker --context node-b ps -a"), "{text}");
        for same in ["`docker context ls`", "`docker run --help`", "`docker --context b ps`", "docker ps", "`ls`"] {
            assert_eq!(in_context(same, "node-b"), same);
        }
    }
}
