//! The cause of a failure, as far as the command and its output show it.

use super::kind::Kind;
use crate::docker_cli::{DockerCommand, Operand};

/// The maximum number of names in a list of existing objects.
const MOST_NAMES: usize = 5;
/// The maximum length of a value in a message, in characters.
const LONGEST_VALUE: usize = 120;
/// The maximum length of a command that the learner should type again, in characters. This limit is higher, because a
/// shortened command would be useless.
const LONGEST_COMMAND: usize = 400;

/// A cause, with the values for its message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cause {
    pub(super) kind: Kind,
    /// The names and values for the message.
    pub(super) args: Vec<(&'static str, String)>,
    /// The docker call that failed.
    pub(super) call: Option<DockerCommand>,
}

impl Cause {
    pub(super) fn new(kind: Kind, call: Option<&DockerCommand>) -> Self {
        Self { kind, args: Vec::new(), call: call.cloned() }
    }

    /// Returns the value with this name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Sets the value with this name. Cuts a value that is too long.
    pub(super) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        let value: String = value.into();
        let longest = if name == "near" { LONGEST_COMMAND } else { LONGEST_VALUE };
        let cut = value.char_indices().nth(longest).map_or(value.len(), |(at, _)| at);
        self.args.retain(|(known, _)| *known != name);
        self.args.push((name, value[..cut].to_owned()));
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// Returns the usual name of the call's command: `run`, `network rm`. Empty if there is no call.
    pub(super) fn verb(&self) -> String {
        self.call.as_ref().map_or("", |call| call.familiar_name()).to_owned()
    }

    /// Returns the image of the call, if its first operand is an image.
    pub(super) fn image(&self) -> Option<&str> {
        let call = self.call.as_ref()?;
        let takes = call.command.is_some_and(|command| command.operand(0) == Operand::Image);
        call.first().filter(|_| takes)
    }
}

/// Lists the first names in backquotes, as many as fit into a value. Adds `, …` if there are more.
pub(super) fn list(names: &[String]) -> String {
    let (mut text, mut listed) = (String::new(), 0);
    for name in names.iter().take(MOST_NAMES) {
        let gap = if listed == 0 { "" } else { ", " };
        if listed > 0 && text.chars().count() + name.chars().count() + 8 > LONGEST_VALUE {
            break;
        }
        text.push_str(&format!("{gap}`{name}`"));
        listed += 1;
    }
    if names.len() > listed {
        text.push_str(", …");
    }
    text
}
