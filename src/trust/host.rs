//! What stands out in shell text that runs on the learner's machine.

use super::flag::{Flag, Flags};
use super::segment::{Segment, Word, segments};

/// Words of words are looked into this deep: `sh -c "…"`, `ssh host '…'`.
const DEEPEST: usize = 4;

const SHELLS: [&str; 15] = [
    "sh", "bash", "dash", "zsh", "ash", "ksh", "fish", "python", "python3", "perl", "ruby", "node", "php", "source",
    ".",
];
const FETCHERS: [&str; 8] = ["curl", "wget", "fetch", "aria2c", "nc", "ncat", "socat", "http"];
const TALKERS: [&str; 27] = [
    "ssh", "scp", "sftp", "rsync", "ftp", "telnet", "ping", "dig", "nslookup", "host", "nmap", "git", "pip", "pip3",
    "npm", "npx", "yarn", "cargo", "go", "gem", "apt", "apt-get", "yum", "dnf", "apk", "pacman", "snap",
];
const RUNNERS: [&str; 17] = [
    "env", "nohup", "time", "exec", "command", "builtin", "xargs", "timeout", "nice", "ionice", "stdbuf", "setsid",
    "busybox", "then", "do", "else", "!",
];
const ENGINES: [&str; 6] = ["docker", "podman", "nerdctl", "docker-compose", "podman-compose", "buildah"];
const REMOVERS: [&str; 6] = ["shred", "wipefs", "mkfs", "fdisk", "parted", "truncate"];
const WRITERS: [&str; 12] =
    ["cp", "mv", "tee", "ln", "install", "chmod", "chown", "touch", "mkdir", "dd", "rm", "unzip"];
const SECRETS: [&str; 16] = [
    ".ssh",
    ".aws",
    ".gnupg",
    ".netrc",
    ".kube",
    "id_rsa",
    "id_ed25519",
    "/etc/shadow",
    ".docker/config.json",
    "_history",
    ".git-credentials",
    ".npmrc",
    "/proc/",
    ".password-store",
    ".pgpass",
    "169.254.169.254",
];
const START_UPS: [&str; 12] = [
    ".bashrc",
    ".bash_profile",
    ".profile",
    ".zshrc",
    "authorized_keys",
    "/etc/cron",
    "/etc/systemd",
    "/etc/init.d",
    "/etc/rc.local",
    "/etc/profile",
    ".config/autostart",
    "/etc/ld.so.preload",
];
/// Environment variables that decide which programs and engines a later command means.
const STEERING: [&str; 9] =
    ["PATH", "LD_PRELOAD", "LD_LIBRARY_PATH", "BASH_ENV", "ENV", "PROMPT_COMMAND", "DOCKER_CONFIG", "IFS", "HOME"];

/// Adds what stands out in `text`.
pub(super) fn scan(text: &str, flags: &mut Flags) {
    scan_at(text, flags, 0);
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if bare.contains(":(){:|:&};:") || bare.contains("|:&};") {
        flags.insert(Flag::Harm);
    }
}

fn scan_at(text: &str, flags: &mut Flags, depth: usize) {
    let all = segments(text);
    let fetched = all.iter().any(|segment| program(segment).is_some_and(|(name, _)| FETCHERS.contains(&name.as_str())));
    let away = all.iter().any(|segment| {
        program(segment).is_some_and(|(name, rest)| {
            matches!(name.as_str(), "cd" | "pushd") && rest.first().is_none_or(|to| is_outside(&to.text))
        })
    });
    for segment in &all {
        look(segment, fetched, away, flags, depth);
    }
    if text.contains("DOCKER_HOST") || text.contains("CONTAINER_HOST") || text.contains("DOCKER_CONTEXT") {
        flags.insert(Flag::OtherEngine);
    }
    if text.contains("/dev/tcp/") || text.contains("/dev/udp/") {
        flags.insert(Flag::Network);
    }
}

/// The program of a command, without its folder, past assignments and programs that run others; and what it is given.
fn program(segment: &Segment) -> Option<(String, &[Word])> {
    let mut words = segment.words.as_slice();
    loop {
        let (first, rest) = words.split_first()?;
        let name = first.text.rsplit('/').next().unwrap_or_default();
        let runner =
            RUNNERS.contains(&name) || matches!(name, "sudo" | "doas" | "pkexec" | "if" | "while" | "until" | "{");
        if !assigns(first) && !runner {
            return Some((name.to_owned(), rest));
        }
        words = rest;
        // A runner's own options, and the time that `timeout` takes.
        while let Some((option, after)) = words.split_first() {
            let own = option.text.starts_with('-') || option.text.starts_with(|c: char| c.is_ascii_digit());
            if !runner || !own {
                break;
            }
            words = after;
        }
    }
}

fn assigns(word: &Word) -> bool {
    word.text.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.trim_end_matches('+').chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

fn look(segment: &Segment, fetched: bool, away: bool, flags: &mut Flags, depth: usize) {
    for word in &segment.words {
        let name = word.text.rsplit('/').next().unwrap_or_default();
        if matches!(name, "sudo" | "doas" | "pkexec") {
            flags.insert(Flag::Sudo);
        }
        if !assigns(word) {
            break;
        }
        let variable = word.text.split('=').next().unwrap_or_default().trim_end_matches('+');
        if STEERING.contains(&variable) {
            flags.insert(Flag::Obscured);
        }
    }
    redirections(segment, flags);
    texts(segment, flags);
    let Some((name, rest)) = program(segment) else { return };
    let name = name.as_str();
    if segment.words.iter().any(|word| matches!(word.text.rsplit('/').next(), Some("sudo" | "doas" | "pkexec"))) {
        flags.insert(Flag::Sudo);
    }
    if ENGINES.contains(&name) {
        super::engine::look(name, rest, flags);
        return;
    }
    let has = |option: &str| rest.iter().any(|word| word.text == option);
    let short = |letter: char| {
        rest.iter().any(|word| word.text.starts_with('-') && !word.text.starts_with("--") && word.text.contains(letter))
    };
    let outside = || rest.iter().any(|word| is_outside(&word.text));
    match name {
        "su" | "chroot" | "nsenter" | "unshare" | "mount" | "umount" | "insmod" | "modprobe" | "setcap" | "visudo"
        | "usermod" | "useradd" | "passwd" | "iptables" | "nft" | "sysctl" => {
            flags.insert(Flag::Sudo);
        }
        "rm" if (short('r') || short('R') || has("--recursive")) && (outside() || away) => {
            flags.insert(Flag::RemoveOutside);
        }
        "find" if (has("-delete") || has("-exec") || has("-execdir")) && (outside() || away) => {
            flags.insert(Flag::RemoveOutside);
        }
        "dd" if rest.iter().any(|word| word.text.strip_prefix("of=").is_some_and(is_outside)) => {
            flags.insert(Flag::RemoveOutside);
        }
        "crontab" | "at" | "systemctl" | "service" | "launchctl" | "update-rc.d" | "disown" => {
            flags.insert(Flag::Stays);
        }
        "reboot" | "shutdown" | "poweroff" | "halt" | "init" | "killall" | "pkill" => {
            flags.insert(Flag::Harm);
        }
        "kill" if has("-1") => {
            flags.insert(Flag::Harm);
        }
        "eval" | "alias" | "trap" | "enable" | "hash" | "function" => {
            flags.insert(Flag::Obscured);
        }
        "export" | "declare" | "typeset" | "local" | "readonly" => {
            let steers = |word: &Word| STEERING.contains(&word.text.split('=').next().unwrap_or_default());
            if rest.iter().any(steers) {
                flags.insert(Flag::Obscured);
            }
        }
        "base64" if has("--decode") || short('d') || short('D') => {
            flags.insert(Flag::Obscured);
        }
        "xxd" if short('r') => {
            flags.insert(Flag::Obscured);
        }
        "env" | "printenv" | "set" => {}
        _ if REMOVERS.contains(&name) || name.starts_with("mkfs.") => {
            flags.insert(Flag::RemoveOutside);
        }
        _ => {}
    }
    if WRITERS.contains(&name) && outside() {
        flags.insert(Flag::WriteOutside);
    }
    if SHELLS.contains(&name) {
        let substituted = rest.iter().any(|word| word.text.contains("$(") || word.text.contains("(…)"));
        if segment.piped || (fetched && substituted) || rest.iter().any(|word| word.text.starts_with("<(")) {
            flags.insert(Flag::PipeToShell);
        }
        if rest.iter().any(|word| word.text.contains("$(…)")) {
            flags.insert(Flag::Obscured);
        }
    }
    if name == "eval" && fetched {
        flags.insert(Flag::PipeToShell);
    }
    if name.starts_with('$') || name.contains("(…)") {
        flags.insert(Flag::Obscured);
    }
    if FETCHERS.contains(&name) || TALKERS.contains(&name) {
        network(name, rest, flags);
    }
    if depth < DEEPEST {
        for word in segment.words.iter().filter(|word| word.quoted && is_script(&word.text)) {
            scan_at(&word.text, flags, depth + 1);
            if word.text.contains("$(") && SHELLS.contains(&name) && fetches(&word.text) {
                flags.insert(Flag::PipeToShell);
            }
        }
    }
}

fn fetches(text: &str) -> bool {
    segments(text).iter().filter_map(program).any(|(name, _)| FETCHERS.contains(&name.as_str()))
        || FETCHERS.iter().any(|name| text.contains(&format!("$({name} ")))
}

fn is_script(text: &str) -> bool {
    text.contains(char::is_whitespace) || text.contains(['$', '`', ';', '|'])
}

/// Requests to the machine itself are what lessons are made of.
fn network(name: &str, rest: &[Word], flags: &mut Flags) {
    let local = |word: &Word| {
        let text = word.text.as_str();
        let host = text.split_once("://").map_or(text, |(_, host)| host);
        let host = host.split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
        let host = if host.starts_with('[') {
            host.split(']').next().unwrap_or_default()
        } else {
            host.split(':').next().unwrap_or_default()
        };
        matches!(host, "localhost" | "127.0.0.1" | "[::1" | "0.0.0.0")
    };
    let targets: Vec<&Word> = rest.iter().filter(|word| looks_like_address(&word.text)).collect();
    if FETCHERS.contains(&name) || name == "ping" {
        if targets.is_empty() || !targets.into_iter().all(local) {
            flags.insert(Flag::Network);
        }
        return;
    }
    let quiet = match name {
        "git" => !rest
            .iter()
            .any(|word| matches!(word.text.as_str(), "clone" | "fetch" | "pull" | "push" | "remote" | "submodule")),
        "go" | "cargo" => {
            !rest.iter().any(|word| matches!(word.text.as_str(), "get" | "install" | "run" | "build" | "mod"))
        }
        _ => false,
    };
    if !quiet {
        flags.insert(Flag::Network);
    }
}

fn looks_like_address(text: &str) -> bool {
    !text.starts_with('-')
        && (text.contains("://")
            || text.contains('.')
            || text.contains("localhost")
            || text.contains('$')
            || text.contains("[::"))
        && !text.starts_with(['/', '{', '%'])
}

fn redirections(segment: &Segment, flags: &mut Flags) {
    for pair in segment.words.windows(2) {
        let [operator, target] = pair else { continue };
        let writes = !operator.quoted && operator.text.starts_with('>') && !operator.text.ends_with('&');
        if writes
            && is_outside(&target.text)
            && !matches!(target.text.as_str(), "/dev/null" | "/dev/stderr" | "/dev/stdout")
        {
            let device = target.text.starts_with("/dev/");
            flags.insert(if device { Flag::RemoveOutside } else { Flag::WriteOutside });
        }
    }
}

/// What stands out wherever it stands.
fn texts(segment: &Segment, flags: &mut Flags) {
    for word in &segment.words {
        if SECRETS.iter().any(|secret| word.text.contains(secret)) {
            flags.insert(Flag::Secrets);
        }
        if START_UPS.iter().any(|file| word.text.contains(file)) {
            flags.insert(Flag::Stays);
        }
        if super::engine::is_socket(&word.text) {
            flags.insert(Flag::Socket);
        }
    }
}

/// Whether a path leads out of the lesson's directory, as far as it can be told.
pub(super) fn is_outside(path: &str) -> bool {
    let path = path.trim_start_matches("./");
    for here in ["$PWD", "${PWD}", "$(pwd)", "$(…)", "`pwd`"] {
        if let Some(rest) = path.strip_prefix(here) {
            return rest.split('/').any(|part| part == "..");
        }
    }
    path.starts_with(['/', '~', '$']) || path.split('/').any(|part| part == "..")
}

/// Whether the last command of `text` is an engine's: what is typed after it is typed into a container.
pub(super) fn runs_engine(text: &str) -> bool {
    let all = segments(text);
    all.last().and_then(program).is_some_and(|(name, _)| ENGINES.contains(&name.as_str()))
}
