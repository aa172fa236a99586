//! Finds the program that a simple command finally runs, after `sudo`, `env` and other programs that run a program.

use super::{SimpleCommand, Word};

/// The effect of `sudo` on the variable `DOCKER_HOST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sudo {
    /// `sudo` keeps the caller's `DOCKER_HOST`.
    KeepsEngine,
    /// `sudo` drops the environment, and with it `DOCKER_HOST`.
    DropsEngine,
}

/// The program that finally runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invocation<'a> {
    /// The effect of `sudo`, if `sudo` runs the program.
    pub sudo: Option<Sudo>,
    /// The words before the program: `sudo -u root`, `env A=1`.
    pub before: &'a [Word],
    /// The program and its arguments.
    pub words: &'a [Word],
}

impl<'a> Invocation<'a> {
    /// Returns the program's name, without its directory.
    #[must_use]
    pub fn program(&self) -> Option<&'a str> {
        self.words.first().map(|word| program_name(&word.text))
    }
}

/// Returns a program's name without its directory.
fn program_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Options of `sudo` whose value is the next word.
const SUDO_VALUED: [&str; 16] = [
    "-u", "--user", "-g", "--group", "-h", "--host", "-p", "--prompt", "-C", "-D", "--chdir", "-R", "-r", "-t", "-T",
    "-U",
];

/// Programs that run the program in their arguments.
const RUN_ANOTHER: [&str; 5] = ["time", "exec", "command", "env", "nohup"];

impl SimpleCommand {
    /// Returns the program that finally runs.
    #[must_use]
    pub fn invocation(&self) -> Invocation<'_> {
        let mut sudo = None;
        let mut at = 0;
        while let Some(word) = self.words.get(at) {
            if program_name(&word.text) == "sudo" {
                sudo = Some(Sudo::DropsEngine);
                at += 1;
                while let Some(option) = self.words.get(at).map(|word| word.text.as_str()) {
                    if !option.starts_with('-') {
                        break;
                    }
                    if option == "-E" || option.starts_with("--preserve-env") {
                        sudo = Some(Sudo::KeepsEngine);
                    }
                    at += if SUDO_VALUED.contains(&option) { 2 } else { 1 };
                }
                continue;
            }
            let assigned = word.assigned();
            if assigned == Some("DOCKER_HOST") && sudo.is_some() {
                sudo = Some(Sudo::KeepsEngine);
            }
            if assigned.is_none() && !RUN_ANOTHER.contains(&word.text.as_str()) {
                break;
            }
            at += 1;
        }
        let (before, words) = self.words.split_at(at.min(self.words.len()));
        Invocation { sudo, before, words }
    }
}
