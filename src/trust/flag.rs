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

/// Whether text has characters that cannot be seen as they are: controls but tabs and line ends, and those without a
/// shape or with power over the order of others.
pub(super) fn has_hidden(text: &str) -> bool {
    text.chars().any(|c| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c,
                '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}'
                | '\u{17b5}' | '\u{3164}' | '\u{ffa0}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0e}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
                | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
            || (c.is_whitespace() && !c.is_ascii_whitespace())
    })
}
