//! The rules for requests.

named_enum! {
    /// A rule: an action that the gateway refuses unless the learner allows it.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Rule {
        /// `--privileged`.
        Privileged = "privileged",
        /// A path of the host outside the lesson's directory.
        HostMount = "host-mount",
        /// The engine's own socket in a container.
        EngineSocket = "engine-socket",
        /// The host's processes, network, IPC, names or users.
        HostNamespace = "host-namespace",
        /// A capability with which a container can change the host.
        Capability = "capability",
        /// Weaker confinement of a container: seccomp, `AppArmor`, masked paths.
        Confinement = "confinement",
        /// The host's devices.
        Device = "device",
        /// Changing an object that existed before the lesson.
        Foreign = "foreign",
        /// Pruning objects that may not belong to the lesson.
        Prune = "prune",
        /// Swarm and its services, nodes, secrets, configs.
        Swarm = "swarm",
        /// Plugins of the engine.
        Plugin = "plugin",
        /// A request that is unknown to the gateway and may change something.
        Unknown = "unknown",
        /// An option that reaches the host or is unknown to the gateway.
        Option = "option",
    }
}

/// A rule, with an option, path or name that the rule forbids.
pub(super) type Want = (Rule, String);

impl Rule {
    /// Returns the key in `words` of the message for a client. The client gets this message if the rule refuses `what`.
    /// The message gives the reason and an alternative.
    #[must_use]
    pub fn message_key(self, what: &str) -> String {
        match self {
            // A build has no option `--privileged`.
            Self::Privileged if what.starts_with("--allow") => "gateway-privileged-build".to_owned(),
            // Here, `what` is a command and not the name of an object.
            Self::Foreign if what.starts_with("docker ") => "gateway-prune".to_owned(),
            rule => format!("gateway-{}", rule.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    #[test]
    fn every_rule_has_a_plain_message_in_every_language() {
        for rule in Rule::ALL {
            for lang in Lang::ALL {
                let key = rule.message_key("web");
                let said = Words::new(lang).find(&key, &[("what", "web")]).unwrap_or_else(|| panic!("{lang}: {key}"));
                // Docker prints the message as plain text. The message gives the reason and an alternative, and
                // contains no internal names.
                assert!(!said.contains(['{', '`', '\n']) && said.contains("web"), "{said}");
                assert!(said.matches(". ").count() >= 1, "{said}");
                assert!(!said.contains("rule") && !said.contains("aturan"), "{said}");
            }
        }
        assert_eq!(Rule::Privileged.message_key("--privileged"), "gateway-privileged");
        for lang in Lang::ALL {
            let what = "--allow security.insecure";
            let said = Words::new(lang).say(&Rule::Privileged.message_key(what), &[("what", what)]);
            assert!(said.contains(what) && !said.contains("--privileged"), "{said}");
        }
    }
}
