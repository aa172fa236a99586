//! What stands out in something that would run.

/// Something a person should look at twice. Its message is `flag-NAME` in `words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// A container with every right on the host.
    Privileged,
    /// A container with some more rights than it gets by itself: capabilities, devices, no confinement.
    Rights,
    /// A container that sees a host's directory outside the lesson's.
    HostMount,
    /// A container in a namespace of the host's: network, processes, users.
    HostNamespace,
    /// The engine's socket, which is as good as root.
    Socket,
    /// Another engine than the one that was chosen.
    OtherEngine,
    /// More rights on this machine: `sudo`, `su`.
    Sudo,
    /// What comes from elsewhere runs at once: `curl … | sh`.
    PipeToShell,
    /// Removes or overwrites files outside the lesson's directory.
    RemoveOutside,
    /// Writes outside the lesson's directory.
    WriteOutside,
    /// Removes things of the engine's that may not be the lesson's.
    Prune,
    /// Looks at keys, passwords or histories.
    Secrets,
    /// Talks to other machines.
    Network,
    /// Stays after the lesson: start-up files, timers, services.
    Stays,
    /// Stops or chokes the machine.
    Harm,
    /// What it does is only known when it runs.
    Obscured,
    /// A build that brings its own interpreter of the Dockerfile.
    Frontend,
    /// Characters that cannot be seen or change the order of others.
    HiddenCharacters,
}

impl Flag {
    /// Every flag, the gravest first.
    pub const ALL: [Self; 18] = [
        Self::Privileged,
        Self::Rights,
        Self::HostMount,
        Self::HostNamespace,
        Self::Socket,
        Self::OtherEngine,
        Self::Sudo,
        Self::PipeToShell,
        Self::RemoveOutside,
        Self::WriteOutside,
        Self::Prune,
        Self::Secrets,
        Self::Network,
        Self::Stays,
        Self::Harm,
        Self::Obscured,
        Self::Frontend,
        Self::HiddenCharacters,
    ];

    /// Its message in `words`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Privileged => "flag-privileged",
            Self::Rights => "flag-rights",
            Self::HostMount => "flag-host-mount",
            Self::HostNamespace => "flag-host-namespace",
            Self::Socket => "flag-socket",
            Self::OtherEngine => "flag-other-engine",
            Self::Sudo => "flag-sudo",
            Self::PipeToShell => "flag-pipe-to-shell",
            Self::RemoveOutside => "flag-remove-outside",
            Self::WriteOutside => "flag-write-outside",
            Self::Prune => "flag-prune",
            Self::Secrets => "flag-secrets",
            Self::Network => "flag-network",
            Self::Stays => "flag-stays",
            Self::Harm => "flag-harm",
            Self::Obscured => "flag-obscured",
            Self::Frontend => "flag-frontend",
            Self::HiddenCharacters => "flag-hidden-characters",
        }
    }
}

/// Flags as they are collected.
pub(super) type Flags = std::collections::BTreeSet<Flag>;

/// Whether a character is not seen as what it is: controls but tabs and line ends, those without a shape or with power
/// over the order of others, and spaces that are no spaces to a shell.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || (c.is_whitespace() && !c.is_ascii_whitespace())
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character is drawn like a Latin letter and is none.
fn is_look_alike(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52f}' | '\u{1d00}'..='\u{1d7f}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}'
        | '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}')
}

/// Words that mix Latin letters with others that look like them.
fn mixes(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_alphabetic()) && word.chars().any(is_look_alike)
}

/// Whether text has anything that is not seen as what it is.
pub(super) fn has_hidden(text: &str) -> bool {
    text.chars().any(is_hidden) || text.split_ascii_whitespace().any(mixes)
}

/// Text with everything that would not be seen as what it is written out: `<U+202E>`. All other text stays as it is.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
        let mixed = mixes(piece);
        for c in piece.chars() {
            if is_hidden(c) || (mixed && is_look_alike(c)) {
                shown.push_str(&format!("<U+{:04X}>", u32::from(c)));
            } else {
                shown.push(c);
            }
        }
    }
    shown
}
