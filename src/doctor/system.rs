//! Which system this is, and how things are installed and started on it.

use std::fs;
use std::path::Path;

/// A family of systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Debian, Ubuntu and what is made of them.
    Debian,
    /// Fedora and its kin.
    Fedora,
    /// Arch.
    Arch,
    /// Alpine.
    Alpine,
    /// openSUSE.
    Suse,
    /// macOS.
    Mac,
    /// Anything else.
    Other,
}

impl System {
    /// Reads `etc/os-release` under `root`.
    #[must_use]
    pub fn read(root: &Path) -> Self {
        if root.join("System/Library/CoreServices").exists() {
            return Self::Mac;
        }
        let text = fs::read_to_string(root.join("etc/os-release")).unwrap_or_default();
        let value = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
            line.unwrap_or_default().trim_matches(['"', '\'']).to_lowercase()
        };
        let all = format!("{} {}", value("ID"), value("ID_LIKE"));
        let found = all.split_whitespace().find_map(|id| match id {
            "debian" | "ubuntu" => Some(Self::Debian),
            "fedora" | "rhel" | "centos" => Some(Self::Fedora),
            "arch" => Some(Self::Arch),
            "alpine" => Some(Self::Alpine),
            "suse" | "opensuse" | "opensuse-leap" | "opensuse-tumbleweed" => Some(Self::Suse),
            _ => None,
        });
        found.unwrap_or(Self::Other)
    }

    /// Commands that install Docker.
    pub(super) fn install(self) -> Vec<String> {
        let command = match self {
            Self::Debian => "sudo apt-get update && sudo apt-get install -y docker.io",
            Self::Fedora => "sudo dnf install -y moby-engine",
            Self::Arch => "sudo pacman -S --needed docker",
            Self::Alpine => "sudo apk add docker",
            Self::Suse => "sudo zypper install -y docker",
            Self::Mac | Self::Other => return Vec::new(),
        };
        vec![command.to_owned(), self.start().join(" && ")]
    }

    /// Commands that start it.
    pub(super) fn start(self) -> Vec<String> {
        let command = match self {
            Self::Alpine => "sudo rc-update add docker && sudo service docker start",
            Self::Mac => "open -a Docker",
            _ => "sudo systemctl enable --now docker",
        };
        vec![command.to_owned()]
    }

    /// Commands that install a newer one.
    pub(super) fn update(self) -> Vec<String> {
        let command = match self {
            Self::Debian => "sudo apt-get update && sudo apt-get install -y --only-upgrade docker.io",
            Self::Fedora => "sudo dnf upgrade -y moby-engine",
            Self::Arch => "sudo pacman -Syu docker",
            Self::Alpine => "sudo apk upgrade docker",
            Self::Suse => "sudo zypper update -y docker",
            Self::Mac | Self::Other => return Vec::new(),
        };
        vec![command.to_owned()]
    }
}
