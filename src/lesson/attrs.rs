//! The attributes of a fence.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The attributes after a fence's first word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attrs {
    /// `exit=125`, `exit=1|255`: the allowed exit statuses of the fence's last command. If the list is empty, only 0 is
    /// allowed.
    pub exit: Vec<i32>,
    /// `timeout=10m`: the time limit of each command; 2 minutes by default.
    pub timeout: Option<Duration>,
    /// `hidden`: the fence prepares the step, and is not shown.
    pub hidden: bool,
    /// `blank`: the commands have gaps (`____`) and never run.
    pub blank: bool,
    /// `solution`: the complete commands for the `blank` fence above.
    pub solution: bool,
    /// `shuffle`: a learner puts the commands in order.
    pub shuffle: bool,
    /// `prompt='>>> '`: the inner prompt.
    pub prompt: Option<String>,
    /// `needs=compose+buildkit`: the abilities that the engine or the machine must have to run the fence.
    pub needs: Vec<String>,
    /// `since=29`: the lowest major version of the docker CLI with which the fence runs.
    pub since: Option<u32>,
    /// `until=28`: the highest major version of the docker CLI with which the fence runs.
    pub until: Option<u32>,
    /// `engine=docker`: the kind of engine on which the fence runs.
    pub engine: Option<EngineFamily>,
    /// `exact`: volatile tokens are compared literally.
    pub exact: bool,
}

named_enum! {
    /// The kind of engine that `engine=` names.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum EngineFamily {
        /// Docker with its classic graph drivers.
        Docker = "docker",
        /// Docker with the containerd image store.
        Containerd = "containerd",
        /// Podman.
        Podman = "podman",
    }
}
