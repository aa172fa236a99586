//! The failure of a command: the problem, its cause, and the next action.

use std::error::Error;
use std::fmt::Write as _;

use super::exit;
use crate::gateway::GatewayError;
use crate::lesson::Collection;
use crate::pack::PackError;
use crate::sandbox::SandboxError;
use crate::store::FileError;
use crate::text::Message;
use crate::transcript::{sanitise, sanitise_values};
use crate::words::Words;

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        let code = match &error {
            error if error.is_usage() => exit::USAGE,
            error if error.is_content() => exit::SOURCE,
            _ => exit::MACHINE,
        };
        Self::with_values(code, error.message())
    }
}

impl From<&GatewayError> for Failure {
    fn from(error: &GatewayError) -> Self {
        Self::with_values(exit::MACHINE, error.message())
    }
}

impl From<PackError> for Failure {
    fn from(error: PackError) -> Self {
        let failure = Self::with_values(exit::MACHINE, error.message());
        match error {
            PackError::Unreadable { source, .. } => failure.because(source),
            PackError::Malformed { why, .. } => failure.because(why),
            _ => failure,
        }
    }
}

impl From<SandboxError> for Failure {
    fn from(error: SandboxError) -> Self {
        Self::with_values(exit::MACHINE, error.message())
    }
}

/// A failure of a command: the key of a message in `words`, with its values. The message `KEY.next`, if there is one,
/// contains advice.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub code: u8,
    /// The key of the message.
    pub key: &'static str,
    /// The values for the message.
    pub args: Vec<(&'static str, String)>,
    /// A message with the cause.
    pub cause: Option<Message>,
    /// The system's error.
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    /// Creates a failure without values.
    #[must_use]
    pub fn new(code: u8, key: &'static str) -> Self {
        Self::with_values(code, (key, Vec::new()))
    }

    /// Creates a failure with the message of an error.
    #[must_use]
    pub fn with_values(code: u8, (key, args): Message) -> Self {
        Self { code, key, args, cause: None, source: None }
    }

    /// Creates the failure for a collection without lessons. The message mentions the skipped chapters or drafts.
    #[must_use]
    pub fn no_lessons(collection: &Collection) -> Self {
        /// The number of drafts that the message names.
        const NAMED: usize = 3;
        let machine = |key| Self::new(exit::MACHINE, key);
        if collection.plain_chapters > 0 {
            return machine("failure-no-transcripts").with("count", collection.plain_chapters.to_string());
        }
        if collection.drafts.is_empty() {
            return machine("failure-no-lessons");
        }
        let names: Vec<String> =
            collection.drafts.iter().take(NAMED).map(|path| format!("`{}`", path.display())).collect();
        let more = if collection.drafts.len() > NAMED { ", …" } else { "" };
        machine("failure-only-drafts").with("names", format!("{}{more}", names.join(", ")))
    }

    /// Adds a value for the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Adds a message with the cause. The advice of the cause comes before the advice of the failure.
    #[must_use]
    pub fn caused_by(mut self, message: Message) -> Self {
        self.cause = Some(message);
        self
    }

    /// Adds the system's error as the cause. For an error of Dermaga, which has a message, use
    /// [`caused_by`](Self::caused_by).
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns the failure as several lines of text for a person.
    #[must_use]
    pub fn explain(&self, words: &Words) -> String {
        let say = |key: &str, args: &[(&'static str, String)]| words.find_values(key, &sanitise_values(args));
        let mut text = format!("{}: ", words.say("failure", &[]));
        text.push_str(&say(self.key, &self.args).unwrap_or_else(|| self.key.to_owned()));
        let mut advice = Vec::new();
        if let Some((key, args)) = &self.cause {
            let _ = write!(text, "\n{}", say(key, args).unwrap_or_default());
            advice.extend(say(&format!("{key}.next"), args));
        }
        let mut cause: Option<&(dyn Error + 'static)> = self.source.as_deref().map(|source| source as _);
        while let Some(error) = cause {
            let detail = sanitise(&error.to_string());
            let _ = write!(text, "\n  {}", words.say("failure-system", &[("detail", &detail)]));
            cause = error.source();
        }
        advice.extend(say(&format!("{}.next", self.key), &self.args));
        for next in advice {
            let _ = write!(text, "\n→ {next}");
        }
        // Removes the empty lines that an engine's empty log leaves in a message.
        text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
    }
}
