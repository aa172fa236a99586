//! What stands out in a command line of `docker` and its kin: what it lets a container have of the host.

use super::flag::{Flag, Flags};
use super::host::is_outside;
use super::segment::Word;

/// Whether a path is an engine's socket.
pub(super) fn is_socket(text: &str) -> bool {
    ["docker.sock", "podman.sock", "containerd.sock", "crio.sock"].iter().any(|socket| text.contains(socket))
}

/// Looks at what `name` is given.
pub(super) fn look(name: &str, words: &[Word], flags: &mut Flags) {
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let mut at = 0;
    while let Some(&text) = texts.get(at) {
        let next = texts.get(at + 1).copied().unwrap_or_default();
        let (option, value) = match text.split_once('=') {
            Some((option, value)) if option.starts_with("--") => (option, value),
            _ => (text, next),
        };
        look_at(option, value, flags);
        // `-v/:/host` and `-itv /:/host`.
        if text.starts_with('-') && !text.starts_with("--") {
            if let Some((_, attached)) = text.split_once('v').filter(|(_, attached)| !attached.is_empty()) {
                mount(attached, flags);
            } else if text.ends_with('v') {
                mount(next, flags);
            }
        }
        at += 1;
    }
    subcommand(name, &texts, flags);
    let steers = |text: &&str| {
        let name = text.trim_start_matches(['$', '{']);
        text.starts_with('$')
            && !text.starts_with("$(")
            && !["PWD", "HOME", "UID", "USER"].iter().any(|known| name.starts_with(known))
    };
    if texts.iter().any(steers) {
        flags.insert(Flag::Obscured);
    }
}

fn look_at(option: &str, value: &str, flags: &mut Flags) {
    let value_is_host = value == "host" || value.starts_with("host:");
    match option {
        "--privileged" if value != "false" => {
            flags.insert(Flag::Privileged);
        }
        "--allow" if value.contains("security.insecure") => {
            flags.insert(Flag::Privileged);
        }
        "--cap-add"
        | "--device"
        | "--security-opt"
        | "--device-cgroup-rule"
        | "--cgroup-parent"
        | "--gpus"
        | "--runtime" => {
            flags.insert(Flag::Rights);
        }
        "--network" | "--net" | "--pid" | "--ipc" | "--uts" | "--userns" | "--cgroupns" if value_is_host => {
            flags.insert(Flag::HostNamespace);
        }
        "--volume" | "--mount" | "--volumes-from" => mount(value, flags),
        "-o" | "--opt"
            if (value.starts_with("device=") || value.contains("o=bind") || value == "bind")
                && value.strip_prefix("device=").is_none_or(is_outside) =>
        {
            flags.insert(Flag::HostMount);
        }
        "-H" | "--host" | "--context" | "-c" if option != "-c" => {
            flags.insert(Flag::OtherEngine);
        }
        "--env-file" | "--build-context" | "--secret" | "--ssh" | "--file"
            if is_outside(value.rsplit('=').next().unwrap_or(value)) =>
        {
            flags.insert(Flag::Secrets);
        }
        _ => {}
    }
}

/// The value of `--volume` or `--mount`.
pub(super) fn mount(value: &str, flags: &mut Flags) {
    if is_socket(value) {
        flags.insert(Flag::Socket);
    }
    let source = if value.contains('=') {
        let field = |name: &str| value.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
        field("source").or_else(|| field("src")).or_else(|| field("device")).or_else(|| field("volume-opt=device"))
    } else {
        value.split_once(':').map(|(source, _)| source)
    };
    let by_volume = value.contains("volume-opt");
    if source.is_some_and(is_outside) || (by_volume && value.contains("bind")) {
        flags.insert(Flag::HostMount);
    }
}

fn subcommand(name: &str, texts: &[&str], flags: &mut Flags) {
    let plain: Vec<&str> = texts.iter().copied().filter(|text| !text.starts_with('-')).collect();
    let has = |option: &str| texts.contains(&option);
    let everything = texts.iter().any(|text| text.starts_with("$(…)"));
    match plain.as_slice() {
        ["system" | "container" | "image" | "volume" | "network" | "builder" | "buildx", "prune", ..] => {
            flags.insert(Flag::Prune);
        }
        ["rm" | "rmi" | "kill" | "stop", ..]
        | ["container" | "image" | "volume" | "network", "rm" | "remove" | "kill" | "stop", ..]
            if everything =>
        {
            flags.insert(Flag::Prune);
        }
        ["login" | "push" | "search" | "trust" | "scout", ..] | ["image", "push", ..] => {
            flags.insert(Flag::Network);
        }
        ["swarm" | "stack" | "node", ..] => {
            flags.insert(Flag::Rights);
        }
        ["context", "use" | "create" | "update" | "import", ..] => {
            flags.insert(Flag::OtherEngine);
        }
        ["plugin", "install" | "enable" | "create", ..] => {
            flags.insert(Flag::Privileged);
        }
        ["cp", from, to, ..] | ["container", "cp", from, to, ..] => {
            let host = |path: &&str| !path.contains(':') || path.starts_with('/');
            if host(to) && is_outside(to) {
                flags.insert(Flag::WriteOutside);
            } else if host(from) && is_outside(from) {
                flags.insert(Flag::Secrets);
            }
        }
        ["build", .., context] | ["buildx" | "image", "build", .., context] => {
            if context.contains("://") || context.starts_with("git@") || context.starts_with("github.com") {
                flags.insert(Flag::PipeToShell);
            } else if is_outside(context) {
                flags.insert(Flag::Secrets);
            }
        }
        ["save" | "export", ..]
            if texts.windows(2).any(|pair| matches!(pair[0], "-o" | "--output") && is_outside(pair[1])) =>
        {
            flags.insert(Flag::WriteOutside);
        }
        _ => {}
    }
    let compose = name.ends_with("compose") || plain.first() == Some(&"compose");
    if compose
        && texts
            .windows(2)
            .any(|pair| matches!(pair[0], "-f" | "--file") && (is_outside(pair[1]) || pair[1].contains("://")))
    {
        flags.insert(Flag::HostMount);
    }
    if has("--rm-all") || (name == "podman" && plain.first() == Some(&"unshare")) {
        flags.insert(Flag::Rights);
    }
}
