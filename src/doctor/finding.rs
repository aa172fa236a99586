//! What an examination finds.

/// What a finding means for lessons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// Nothing is wrong.
    Fine,
    /// Good to know; lessons work.
    Note,
    /// Lessons do not work until it is repaired.
    Blocks,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthFinding {
    /// The message's key; `KEY.means` says what it means.
    pub key: &'static str,
    /// Values for it, not sanitised.
    pub args: Vec<(&'static str, String)>,
    /// What it means for lessons.
    pub impact: Impact,
    /// Commands that repair it on this machine.
    pub mend: Vec<String>,
}

impl HealthFinding {
    pub(super) fn new(key: &'static str, impact: Impact, args: Vec<(&'static str, String)>, mend: Vec<String>) -> Self {
        Self { key, args, impact, mend }
    }
}
