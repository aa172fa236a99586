//! Claims as data: statements about the engine and the lesson's directory, with hints that help a learner to make the
//! statements true.

use std::time::Duration;

use super::{Amount, Attrs};
use crate::docker_cli::{changes_other_settings, fulfils};
use crate::shell::is_incomplete;
use crate::text::{Span, Spanned};

/// The time limit within which a claim must become true, if its check has no key `within`.
pub const DEFAULT_WITHIN: Duration = Duration::from_secs(5);

/// A claim, with hints for the learner.
#[derive(Debug, Clone)]
pub struct Check {
    /// The span of the fence, with its markers.
    pub span: Span,
    /// The claim that must be true.
    pub claim: Claim,
    /// The time limit within which the claim must become true.
    pub within: Duration,
    /// The time for which the claim must stay true after it has become true.
    pub stays: Option<Duration>,
    /// `already: true`: the claim may be true before the step.
    pub already: bool,
    /// The hints for the learner, the least revealing first.
    pub hints: Vec<Spanned<String>>,
    /// The known mistakes that a learner may make in this step.
    pub mistakes: Vec<Mistake>,
    /// The fence's attributes (`needs`, `since`, `until`, `engine`).
    pub attrs: Attrs,
}

/// A mistake of the learner. The learner has made the mistake if its claim was false before the step and is true now.
#[derive(Debug, Clone)]
pub struct Mistake {
    /// The claim that shows the mistake.
    pub when: Claim,
    /// The text that explains the mistake. The tutor shows this text instead of the hint.
    pub say: Spanned<String>,
}

/// A statement about the engine or the lesson's directory.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The span of the subject's key and value.
    pub span: Span,
    /// The object that the claim is about.
    pub subject: Subject,
    /// `on: node-b`: the engine to ask, in a lesson with two engines. Without this key, the first engine is asked.
    pub on: Option<String>,
    /// `absent: true`: the subject must not exist. If this is set, `asks` is empty.
    pub absent: bool,
    /// The conditions, which must all be true. If the list is empty, the subject must exist.
    pub asks: Vec<Ask>,
}

/// The names of the engines in a lesson with two engines. Contexts of the docker CLI have the same names.
pub const NODES: [&str; 2] = ["node-a", "node-b"];

/// Filters for the list calls of the Engine API. Each filter has a name and values.
pub type Filters = Vec<(String, Vec<String>)>;

/// The subject of a claim.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// `image: NAME`
    Image(String),
    /// `container: NAME`
    Container(String),
    /// `network: NAME`
    Network(String),
    /// `volume: NAME`
    Volume(String),
    /// `containers: {filter…}`
    Containers(Filters),
    /// `images: {filter…}`
    Images(Filters),
    /// `events: {filter…}`: the engine's events since the step began.
    Events(Filters),
    /// `ran: COMMAND` or `ran: { matches: REGEX }`: commands that the learner typed in this step.
    Ran(RanPattern),
    /// `logs: CONTAINER`
    Logs(String),
    /// `changes: CONTAINER`
    Changes(String),
    /// `top: CONTAINER`
    Top(String),
    /// `run: […]`, or `run: […]` with the key `in: CONTAINER`.
    Run {
        /// The program and its arguments.
        argv: Vec<String>,
        /// The container in which the program runs. Without a container, the program runs in Dermaga's read-only shell
        /// on the machine.
        inside: Option<String>,
    },
    /// `http: URL`
    Http(String),
    /// `registry: HOST/REPO`
    Registry(String),
    /// `file: PATH` in the lesson's directory.
    File(String),
    /// `engine:`
    Engine,
}

/// The typed commands that a claim is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RanPattern {
    /// Commands that do the same as this command, even if they have more options.
    Command(String),
    /// Commands whose text contains a match of this regular expression.
    Matches(String),
}

impl RanPattern {
    /// Whether `text` is a command and not a pattern: the text is complete, and has none of the characters that only a
    /// pattern needs.
    pub(super) fn is_command(text: &str) -> bool {
        !text.contains(['(', ')', '[', ']', '|', '*', '+', '?', '^', '$', '\\']) && !is_incomplete(text)
    }

    /// Returns the command or pattern as the author wrote it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Command(text) | Self::Matches(text) => text,
        }
    }

    /// Returns the commands among `typed` that match. A login or a chosen context of another user never matches.
    ///
    /// # Errors
    /// Fails if the pattern is not a regular expression.
    pub fn find<'t, T>(&self, typed: &'t [T], text: impl Fn(&T) -> &str) -> Result<Vec<&'t T>, regex::Error> {
        let typed = typed.iter().filter(|one| !changes_other_settings(text(one)));
        Ok(match self {
            Self::Command(command) => typed.filter(|one| fulfils(text(one), command)).collect(),
            Self::Matches(pattern) => {
                let pattern = regex::Regex::new(pattern)?;
                let is_match = |text: &str| pattern.is_match(text) || pattern.is_match(&with_usual_address(text));
                typed.filter(|one| is_match(text(one))).collect()
            }
        })
    }
}

/// Rewrites the addresses in a `curl` or `wget` command as lessons write them: `localhost:5000`, without a scheme.
/// Returns every other command unchanged.
fn with_usual_address(line: &str) -> String {
    if !line.split_whitespace().any(|word| matches!(word, "curl" | "wget")) {
        return line.to_owned();
    }
    line.replace("http://", "").replace("127.0.0.1", "localhost")
}

/// One condition on a claim's subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The value that is compared.
    pub key: AskKey,
    /// The comparison.
    pub op: Op,
    /// The span of the key and value in the source.
    pub span: Span,
}

/// The value that an [`Ask`] compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskKey {
    /// A path in the result of inspect, such as `State.Running`.
    Inspect(Vec<PathPart>),
    /// A key that Dermaga defines: `count`, `exit`, `contains`, `header.NAME` …
    Own(String),
}

/// A part of an inspect path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathPart {
    /// A key or, in a list, an index.
    Key(String),
    /// `*`: any key or element.
    Any,
}

/// A comparison of a value. Scalars are compared in their printed form.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    /// The value is equal to this text.
    Is(String),
    /// The value contains all of these texts. For the key `in_order`, the order of the texts counts too.
    All(Vec<String>),
    /// `{ matches: REGEX }`
    Matches(String),
    /// `{ at_least: N }`
    AtLeast(Amount),
    /// `{ at_most: N }`
    AtMost(Amount),
    /// `{ length: N }`
    Length(u64),
    /// `{ starts: [...] }`: the value is a list that begins with these texts, or a text that begins with one of them.
    Starts(Vec<String>),
    /// `{ empty: false }`
    Empty(bool),
}

impl Op {
    /// Returns the texts that a value must equal or contain; `None` for every other comparison.
    #[must_use]
    pub fn texts(&self) -> Option<&[String]> {
        match self {
            Self::Is(text) => Some(std::slice::from_ref(text)),
            Self::All(texts) => Some(texts),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RanPattern;

    #[test]
    fn pattern_with_localhost_matches_every_spelling_of_this_address_in_curl() {
        let pattern = RanPattern::Matches("curl .*localhost:5000/v2/_catalog".into());
        let is_match = |typed: &str| pattern.find(&[typed], |typed| typed).is_ok_and(|found| !found.is_empty());
        for typed in ["localhost", "127.0.0.1", "http://localhost", "http://127.0.0.1"] {
            assert!(is_match(&format!("curl -s {typed}:5000/v2/_catalog")), "{typed}");
        }
        assert!(!is_match("curl -s node-a:5000/v2/_catalog"));
        // For Docker, `localhost:5000` and `127.0.0.1:5000` are two registries.
        let pull = RanPattern::Matches("docker pull localhost:5000/a".into());
        assert!(pull.find(&["docker pull 127.0.0.1:5000/a"], |typed| typed).is_ok_and(|found| found.is_empty()));
    }
}
