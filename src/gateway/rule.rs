//! The rules of the guard, and which of them do not hold.

use std::str::FromStr;

/// What the guard refuses unless told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// `--privileged`.
    Privileged,
    /// A path of the host outside the lesson's directory.
    HostMount,
    /// The engine's own socket in a container.
    EngineSocket,
    /// The host's processes, network, IPC, names or users.
    HostNamespace,
    /// A capability with which a container can change the host.
    Capability,
    /// Switching off what confines a container: seccomp, `AppArmor`, masked paths.
    Confinement,
    /// The host's devices.
    Device,
    /// Changing something that was there before the lesson.
    Foreign,
    /// Pruning what cannot be told to be the lesson's.
    Prune,
    /// Swarm and its services, nodes, secrets, configs.
    Swarm,
    /// Plugins of the engine.
    Plugin,
    /// A request that the gateway does not know and that may change something.
    Unknown,
    /// An option that reaches the host, or that the gateway does not know.
    Option,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 13] = [
        Self::Privileged,
        Self::HostMount,
        Self::EngineSocket,
        Self::HostNamespace,
        Self::Capability,
        Self::Confinement,
        Self::Device,
        Self::Foreign,
        Self::Prune,
        Self::Swarm,
        Self::Plugin,
        Self::Unknown,
        Self::Option,
    ];

    /// Its name, for settings and messages. The message is `gateway-NAME` in `words`, with `what`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Privileged => "privileged",
            Self::HostMount => "host-mount",
            Self::EngineSocket => "engine-socket",
            Self::HostNamespace => "host-namespace",
            Self::Capability => "capability",
            Self::Confinement => "confinement",
            Self::Device => "device",
            Self::Foreign => "foreign",
            Self::Prune => "prune",
            Self::Swarm => "swarm",
            Self::Plugin => "plugin",
            Self::Unknown => "unknown",
            Self::Option => "option",
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl FromStr for Rule {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|rule| rule.name() == name).ok_or_else(|| name.to_owned())
    }
}

/// Rules that do not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allow(u16);

impl Allow {
    /// Every rule holds.
    pub const NOTHING: Self = Self(0);

    /// With one rule fewer.
    #[must_use]
    pub const fn with(self, rule: Rule) -> Self {
        Self(self.0 | rule.bit())
    }

    /// Whether `rule` does not hold.
    #[must_use]
    pub const fn has(self, rule: Rule) -> bool {
        self.0 & rule.bit() != 0
    }
}

impl FromIterator<Rule> for Allow {
    fn from_iter<I: IntoIterator<Item = Rule>>(rules: I) -> Self {
        rules.into_iter().fold(Self::NOTHING, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    #[test]
    fn a_rule_is_found_by_its_name_and_explained_in_every_language() {
        for rule in Rule::ALL {
            assert_eq!(rule.name().parse(), Ok(rule));
            let allow = Allow::NOTHING.with(rule);
            assert!(Rule::ALL.into_iter().all(|other| allow.has(other) == (other == rule)), "{rule:?}");
            for lang in Lang::ALL {
                let key = format!("gateway-{}", rule.name());
                let said = Words::new(lang).find(&key, &[("what", "web")]).unwrap_or_else(|| panic!("{lang}: {key}"));
                assert!(!said.contains('{'), "{said}");
            }
        }
        assert_eq!("nosuch".parse::<Rule>(), Err("nosuch".to_owned()));
    }
}
