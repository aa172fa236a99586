//! What stands out in the files that a lesson writes: what engines and shells make of them later.

use super::engine;
use super::flag::{Flag, Flags};
use super::host::{self, is_outside};

/// Adds what stands out in a file.
pub(super) fn scan(path: &str, language: &str, content: &str, flags: &mut Flags) {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let is = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end)) || ends.contains(&language);
    if name.contains("dockerfile") || name.contains("containerfile") || language == "dockerfile" {
        dockerfile(content, flags);
    } else if is(&[".yaml", ".yml", "yaml", "yml", ".json", "json"]) {
        compose(content, flags);
    } else {
        // A script, or anything that might be used as one.
        host::scan(content, flags);
    }
    if content.lines().any(|line| line.trim_start().starts_with("export PATH") || line.contains("LD_PRELOAD")) {
        flags.insert(Flag::Obscured);
    }
}

fn dockerfile(content: &str, flags: &mut Flags) {
    for line in content.lines() {
        let bare = line.trim();
        let lower = bare.to_ascii_lowercase();
        if let Some(frontend) = lower.strip_prefix('#').and_then(|rest| rest.trim_start().strip_prefix("syntax")) {
            let frontend = frontend.trim_start().trim_start_matches('=').trim();
            if !frontend.starts_with("docker/dockerfile:") && frontend != "docker/dockerfile" {
                flags.insert(Flag::Frontend);
            }
        }
        if lower.contains("--security=insecure") {
            flags.insert(Flag::Privileged);
        }
        if lower.contains("--network=host") {
            flags.insert(Flag::HostNamespace);
        }
        if lower.starts_with("add ") && (lower.contains("://") || lower.contains("git@")) {
            flags.insert(Flag::Network);
        }
        if engine::is_socket(bare) {
            flags.insert(Flag::Socket);
        }
    }
    let joined = content.replace("\\\n", " ");
    for line in joined.lines() {
        let (word, rest) = line.trim_start().split_once(char::is_whitespace).unwrap_or((line, ""));
        let run = word.eq_ignore_ascii_case("run") || (word.eq_ignore_ascii_case("onbuild"));
        let mut inside = Flags::new();
        if run {
            host::scan(rest, &mut inside);
        }
        // A build runs in a container: of what a host would suffer, only this matters there.
        flags.extend(
            inside.into_iter().filter(|flag| matches!(flag, Flag::PipeToShell | Flag::Obscured | Flag::Network)),
        );
    }
}

fn compose(content: &str, flags: &mut Flags) {
    let mut list = String::new();
    for line in content.lines() {
        let bare = line.trim().trim_start_matches("- ").trim_matches(',').replace(['"', '\''], "");
        let (key, value) = bare.split_once(':').map_or((bare.as_str(), ""), |(key, value)| (key.trim(), value.trim()));
        if value.is_empty() && !line.trim_start().starts_with('-') {
            key.clone_into(&mut list);
        }
        match key {
            "privileged" if !matches!(value, "false" | "no") => {
                flags.insert(Flag::Privileged);
            }
            "network_mode" | "pid" | "ipc" | "uts" | "userns_mode" | "cgroup" if value.starts_with("host") => {
                flags.insert(Flag::HostNamespace);
            }
            "cap_add" | "devices" | "security_opt" | "device_cgroup_rules" => {
                flags.insert(Flag::Rights);
            }
            "source" | "device" if is_outside(value) => {
                flags.insert(Flag::HostMount);
            }
            "file" | "env_file" if is_outside(value) => {
                flags.insert(Flag::Secrets);
            }
            "include" | "extends" | "context" if value.contains("://") => {
                flags.insert(Flag::PipeToShell);
            }
            _ => {}
        }
        if line.trim_start().starts_with('-') && list == "volumes" {
            engine::mount(&bare, flags);
        }
        if bare.contains("volumes: [") || bare.contains("volumes:[") {
            for one in bare.split(['[', ']', ',']).skip(1) {
                engine::mount(one.trim(), flags);
            }
        }
        if engine::is_socket(&bare) {
            flags.insert(Flag::Socket);
        }
        if key == "privileged: true" || bare.contains("privileged: true") || bare.contains("privileged:true") {
            flags.insert(Flag::Privileged);
        }
    }
}
