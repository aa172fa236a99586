//! Determines the operating system, and the commands that install and start programs on this system.

use std::fs;
use std::path::Path;

/// The address of Docker's instructions, for systems whose commands are not in this module.
const INSTRUCTIONS: &str = "https://docs.docker.com/engine/install/";

/// A family of systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Debian, Ubuntu and systems derived from them.
    Debian,
    /// Fedora.
    Fedora,
    /// RHEL, `CentOS`, Rocky, Alma: these systems have no Docker package.
    Rhel,
    /// Arch.
    Arch,
    /// Alpine.
    Alpine,
    /// openSUSE.
    Suse,
    /// macOS.
    Mac,
    /// Any other system.
    Other,
}

/// A system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct System {
    /// The family of the system.
    pub family: Family,
    /// Whether the system runs within Windows.
    pub wsl: bool,
    /// Whether systemd manages the services.
    systemd: bool,
}

impl System {
    /// Reads the files under `root` that identify the system.
    #[must_use]
    pub fn read(root: &Path) -> Self {
        let kernel = fs::read_to_string(root.join("proc/sys/kernel/osrelease")).unwrap_or_default();
        Self {
            family: family(root),
            wsl: kernel.to_ascii_lowercase().contains("microsoft"),
            systemd: root.join("run/systemd/system").exists(),
        }
    }

    /// Returns the name of Docker's package, the command that installs packages, and the command that upgrades
    /// packages. The names of packages follow each command.
    const fn packages(self) -> Option<[&'static str; 3]> {
        match self.family {
            Family::Debian => {
                let upgrade = "sudo apt-get update && sudo apt-get install -y --only-upgrade";
                Some(["docker.io", "sudo apt-get install -y", upgrade])
            }
            Family::Fedora => Some(["moby-engine", "sudo dnf install -y", "sudo dnf upgrade -y"]),
            Family::Rhel => Some(["docker-ce", "sudo dnf install -y", "sudo dnf upgrade -y"]),
            Family::Arch => Some(["docker", "sudo pacman -S --needed", "sudo pacman -Syu"]),
            Family::Alpine => Some(["docker", "sudo apk add", "sudo apk upgrade"]),
            Family::Suse => Some(["docker", "sudo zypper install -y", "sudo zypper update -y"]),
            Family::Mac | Family::Other => None,
        }
    }

    /// Returns the commands that install Docker.
    pub(super) fn install(self) -> Vec<String> {
        let Some([docker, install, _]) = self.packages() else {
            let mac = "https://docs.docker.com/desktop/setup/install/mac-install/";
            return vec![if self.family == Family::Mac { mac } else { INSTRUCTIONS }.to_owned()];
        };
        let first = match self.family {
            Family::Debian => "sudo apt-get update && ",
            Family::Rhel => {
                "sudo dnf install -y dnf-plugins-core && sudo dnf config-manager --add-repo \
                 https://download.docker.com/linux/rhel/docker-ce.repo && "
            }
            _ => "",
        };
        vec![format!("{first}{install} {docker}"), self.start().join(" && ")]
    }

    /// Returns the commands that install `packages`. A package has the same name in Debian and in the other systems.
    pub(super) fn install_packages(self, packages: &[&str]) -> Vec<String> {
        let install = match self.packages() {
            Some([_, install, _]) => install,
            None if self.family == Family::Mac => "brew install",
            None => return Vec::new(),
        };
        vec![format!("{install} {}", packages.join(" "))]
    }

    /// Returns the commands that start Docker.
    pub(super) fn start(self) -> Vec<String> {
        let command = match self.family {
            Family::Alpine => "sudo rc-update add docker && sudo service docker start",
            Family::Mac => "open -a Docker",
            _ if self.systemd => "sudo systemctl enable --now docker",
            _ => "sudo service docker start",
        };
        vec![command.to_owned()]
    }

    /// Returns the commands that restart Docker.
    pub(super) fn restart(self) -> Vec<String> {
        let command = match self.family {
            Family::Mac => "osascript -e 'quit app \"Docker\"' && open -a Docker",
            _ if self.systemd => "sudo systemctl restart docker",
            _ => "sudo service docker restart",
        };
        vec![command.to_owned()]
    }

    /// Returns the commands that let this user access Docker.
    pub(super) fn permit(self) -> Vec<String> {
        if self.family == Family::Mac {
            return self.restart();
        }
        let add = if self.family == Family::Alpine {
            "sudo addgroup \"$USER\" docker"
        } else {
            "sudo usermod -aG docker \"$USER\""
        };
        vec![add.to_owned(), "newgrp docker".to_owned()]
    }

    /// Returns the commands that correct the clock.
    pub(super) fn set_clock(self) -> Vec<String> {
        let set = match self.family {
            Family::Mac => "sudo sntp -sS time.apple.com",
            _ if self.wsl => "sudo hwclock -s",
            _ if self.systemd => "sudo timedatectl set-ntp true",
            _ => "sudo ntpd -q -p pool.ntp.org",
        };
        vec!["date".to_owned(), set.to_owned()]
    }

    /// Returns the commands that install a newer Docker.
    pub(super) fn update(self) -> Vec<String> {
        let update = self.packages().map(|[docker, _, upgrade]| format!("{upgrade} {docker}"));
        vec![update.unwrap_or_else(|| INSTRUCTIONS.to_owned())]
    }
}

fn family(root: &Path) -> Family {
    if root.join("System/Library/CoreServices").exists() {
        return Family::Mac;
    }
    let text = fs::read_to_string(root.join("etc/os-release")).unwrap_or_default();
    let value = |key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
        line.unwrap_or_default().trim_matches(['"', '\'']).to_lowercase()
    };
    let all = format!("{} {}", value("ID"), value("ID_LIKE"));
    let found = all.split_whitespace().find_map(|id| match id {
        "debian" | "ubuntu" => Some(Family::Debian),
        "fedora" => Some(Family::Fedora),
        "rhel" | "centos" => Some(Family::Rhel),
        "arch" => Some(Family::Arch),
        "alpine" => Some(Family::Alpine),
        "suse" | "opensuse" | "opensuse-leap" | "opensuse-tumbleweed" => Some(Family::Suse),
        _ => None,
    });
    found.unwrap_or(Family::Other)
}
