//! Defines the findings of an examination.

/// The meaning of a finding for lessons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// Nothing is wrong.
    Fine,
    /// The finding is good to know, but lessons work.
    Note,
    /// Lessons do not work until the problem is repaired.
    Blocks,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthFinding {
    /// The key of the message. `KEY.means` is the key of the message's explanation.
    pub key: &'static str,
    /// The values of the message, not sanitised.
    pub args: Vec<(&'static str, String)>,
    /// The meaning for lessons.
    pub impact: Impact,
    /// The commands that repair the problem on this machine.
    pub mend: Vec<String>,
}

impl HealthFinding {
    pub(super) fn new(key: &'static str, impact: Impact, args: Vec<(&'static str, String)>, mend: Vec<String>) -> Self {
        Self { key, args, impact, mend }
    }
}
