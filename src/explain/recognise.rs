//! From a failed command and its lines to a cause: pure.

use std::sync::OnceLock;

use regex::Regex;

use super::kind::Kind;
use super::misplaced::{not_a_command, option_before_command, own_option_behind, prompt_typed, torn};
use super::quoting::{assigned_command, unquoted_template};
use super::rules::{NOT_FOUND, RULES};
use super::typed::{foreign_sign, no_program, program_meant};
use crate::claims::{InfraFailureKind, find_infra_failure};
use crate::docker_cli::{DockerCommand, Operand, command_names, docker_commands, nearest_command, subcommands};
use crate::image_ref::{ImageRef, ImageRefError};
use crate::shell;
use crate::text::nearest;

/// Lines that are looked at, from the end and from the beginning.
const LINES: usize = 200;
/// Longer ones are no messages.
const LONGEST_LINE: usize = 4_000;
/// Of a value in a message.
pub(super) const LONGEST_VALUE: usize = 120;

/// Of a command that is to be typed again, which is useless when it is cut.
const LONGEST_COMMAND: usize = 400;

/// Instructions of a Dockerfile.
const INSTRUCTIONS: &str = "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR";

/// What went wrong, as far as the words and the command tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cause {
    pub(super) kind: Kind,
    /// Values for the message, by name.
    pub(super) args: Vec<(&'static str, String)>,
    /// The docker call that failed.
    pub(super) call: Option<DockerCommand>,
}

impl Cause {
    pub(super) fn new(kind: Kind, call: Option<&DockerCommand>) -> Self {
        Self { kind, args: Vec::new(), call: call.cloned() }
    }

    /// A value, by name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Sets a value.
    pub(super) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        let value: String = value.into();
        let longest = if name == "near" { LONGEST_COMMAND } else { LONGEST_VALUE };
        let cut = value.char_indices().nth(longest).map_or(value.len(), |(at, _)| at);
        self.args.retain(|(known, _)| *known != name);
        self.args.push((name, value[..cut].to_owned()));
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// The image of the call.
    pub(super) fn image(&self) -> Option<&str> {
        let call = self.call.as_ref()?;
        let takes = call.command.is_some_and(|command| command.operand(0) == Operand::Image);
        call.first().filter(|_| takes)
    }
}

/// What made `command` end with `status` after it printed `lines`; nothing where that is not certain.
pub(super) fn recognise(command: &str, status: i32, lines: &[String]) -> Option<Cause> {
    let calls = docker_commands(command);
    if let Some(cause) = foreign_sign(command, status, &calls) {
        return Some(cause);
    }
    if let Some(cause) = prompt_typed(command) {
        return Some(cause);
    }
    if let Some(cause) = unquoted_template(command, status).or_else(|| assigned_command(command, status)) {
        return Some(cause);
    }
    let skipped = lines.len().saturating_sub(2 * LINES);
    let near_ends = lines.iter().enumerate().filter(|(at, _)| *at < LINES || *at >= LINES + skipped);
    let near_ends: Vec<&str> =
        near_ends.map(|(_, line)| line.trim()).filter(|line| line.len() <= LONGEST_LINE).collect();
    near_ends
        .iter()
        .find_map(|line| docker_says(line, command, &calls, &near_ends))
        .or_else(|| near_ends.iter().find_map(|line| shell_says(line, status, command, &calls, &near_ends)))
        .or_else(|| ended(status, &calls, &near_ends))
        .or_else(|| curl_failed(command, status))
}

/// A line without what docker and podman put before their words; and whether the daemon said it.
fn strip(line: &str) -> (&str, bool) {
    let (mut text, mut daemon) = (line, false);
    if let Some(rest) = text.strip_prefix("time=\"")
        && let Some((_, message)) = rest.split_once(" msg=\"")
    {
        text = message.trim_end_matches('"');
    }
    loop {
        let before = text;
        for prefix in ["docker: ", "Error: ", "ERROR: ", "podman: ", "errors: "] {
            text = text.strip_prefix(prefix).unwrap_or(text);
        }
        if let Some(rest) = text.strip_prefix("Error response from daemon: ") {
            (text, daemon) = (rest, true);
        }
        if text == before {
            break;
        }
    }
    // 20.10's `docker run` ends every message with a full stop.
    let text = if line.starts_with("docker: ") { text.trim_end_matches('.') } else { text };
    (text.trim(), daemon)
}

struct Rule {
    kind: Kind,
    pattern: Regex,
}

fn rules() -> &'static [Rule] {
    static READ: OnceLock<Vec<Rule>> = OnceLock::new();
    READ.get_or_init(|| {
        let read = |(kind, pattern): &(Kind, &str)| Some(Rule { kind: *kind, pattern: Regex::new(pattern).ok()? });
        RULES.iter().filter_map(read).collect()
    })
}

/// The names that groups of the rules have.
const VALUES: &[&str] = &[
    "actual", "at", "client", "count", "flag", "host", "id", "image", "least", "letter", "line", "most", "name",
    "network", "path", "port", "run", "said", "server", "sign", "status", "user", "value", "verb", "volume", "wanted",
    "word",
];

fn docker_says(line: &str, command: &str, calls: &[DockerCommand], lines: &[&str]) -> Option<Cause> {
    let (text, daemon) = strip(line);
    // Programs say many things; ours is what docker was asked, or what only its daemon says.
    if text.is_empty() || (calls.is_empty() && !daemon && !line.starts_with("docker: ")) {
        return None;
    }
    let Some((rule, found)) = rules().iter().find_map(|rule| Some((rule, rule.pattern.captures(text)?))) else {
        return trouble(line, calls);
    };
    let mut cause = Cause::new(rule.kind, responsible(line, calls));
    for group in rule.pattern.capture_names().flatten() {
        let name = group.trim_end_matches(|c: char| c.is_ascii_digit());
        if let (Some(name), Some(value)) = (VALUES.iter().find(|known| **known == name), found.name(group)) {
            cause.set(name, value.as_str());
        }
    }
    narrow(cause, line, command, lines)
}

/// The call that a message is about: the only one, or the one of its program's verb.
fn responsible<'a>(line: &str, calls: &'a [DockerCommand]) -> Option<&'a DockerCommand> {
    if let [call] = calls {
        return Some(call);
    }
    // Only `run` and `create` begin their messages so.
    let runs = |call: &&DockerCommand| matches!(call.familiar_name(), "run" | "create");
    let mut meant = calls.iter().filter(runs);
    let first = meant.next().filter(|_| line.starts_with("docker: "))?;
    meant.next().is_none().then_some(first)
}

/// What the words alone do not tell apart.
fn narrow(mut cause: Cause, line: &str, command: &str, lines: &[&str]) -> Option<Cause> {
    let can_be_torn = matches!(
        cause.kind,
        Kind::ImageUnknown
            | Kind::TagUnknown
            | Kind::PushDenied
            | Kind::Reference
            | Kind::PortInvalid
            | Kind::NameInvalid
            | Kind::NoImage
            | Kind::TooFew
            | Kind::TooMany
            | Kind::ExecMissing
    );
    if let Some((apart, together)) = can_be_torn.then(|| torn(&cause)).flatten() {
        return Some(Cause::new(Kind::Torn, cause.call.as_ref()).with("apart", apart).with("together", together));
    }
    let verb = cause.call.as_ref().map_or("", |call| call.familiar_name()).to_owned();
    match cause.kind {
        Kind::PushDenied | Kind::ImageUnknown | Kind::TagUnknown | Kind::LoginNeeded => {
            if cause.kind == Kind::PushDenied && verb != "push" {
                cause.kind = Kind::ImageUnknown;
            }
            if cause.get("image").is_none() {
                cause.image().map(str::to_owned).into_iter().for_each(|image| cause.set("image", image));
            }
            cause.get("image")?;
        }
        // A host that a name server does not know is a slip of the pen, unless it is one that exists.
        Kind::NameServer if line.contains("no such host") && trouble(line, &[]).is_none() => {
            cause.kind = Kind::HostUnknown;
        }
        Kind::RegistryDenied => {
            if let Some(image) = cause.image().map(str::to_owned) {
                cause.set("image", image);
            }
        }
        Kind::CommandUnknown => {
            let word = cause.get("word")?.to_owned();
            return not_a_command(command, &word, &cause).or_else(|| unknown_command(cause));
        }
        Kind::FlagUnknown | Kind::LetterUnknown => {
            return option_before_command(command, &cause).or_else(|| unknown_flag(cause, command, lines));
        }
        Kind::PortInvalid | Kind::Reference => {
            // `-port 80:80` is read as `-p ort`, `-name` as flags of one letter.
            if let Some(flag) = one_dash(cause.call.as_ref()) {
                cause.kind = Kind::LetterUnknown;
                return Some(
                    cause.with("flag", format!("-{flag}")).with("near", format!("--{flag}")).with("verb", verb),
                );
            }
            if cause.kind == Kind::Reference {
                return reference(cause, line);
            }
        }
        Kind::FlagNeedsValue | Kind::FlagValue => cause.set("verb", verb),
        Kind::InstructionUnknown => {
            let word = cause.get("word").unwrap_or_default().to_uppercase();
            let near = nearest(&word, INSTRUCTIONS.split(' '));
            if let Some(near) = near {
                cause.set("near", near);
            }
        }
        Kind::TooFew if verb == "build" => cause.set("verb", "build"),
        Kind::TooFew => {
            let given = cause.call.as_ref().map_or(0, |call| call.operands().count());
            let wanted = cause.get("count").and_then(|count| count.parse().ok()).unwrap_or(0);
            if given > wanted {
                cause.kind = Kind::TooMany;
            } else {
                set_missing(&mut cause, given);
            }
        }
        Kind::ExecMissing | Kind::ExecDenied | Kind::UserUnknown | Kind::NoCommand | Kind::ExecFormat => {
            if verb == "exec" {
                let name = cause.call.as_ref().and_then(|call| call.first().map(str::to_owned));
                if let Some(name) = name {
                    cause.set("name", name);
                }
            } else if let Some(image) = cause.image().map(str::to_owned) {
                cause.set("image", image);
            }
        }
        Kind::FileMissing if !matches!(verb.as_str(), "run" | "create" | "load" | "import" | "exec") => return None,
        Kind::NotRunning if cause.get("name").is_none() => {
            let name = cause.call.as_ref().and_then(|call| call.first().map(str::to_owned))?;
            cause.set("name", name);
        }
        _ => {}
    }
    Some(cause)
}

/// Sets what kind of word is missing after `given` operands, and the option that took the last word.
fn set_missing(cause: &mut Cause, given: usize) {
    let Some(call) = cause.call.clone() else { return };
    let missing = match call.command.map(|command| command.operand(given)) {
        Some(Operand::Image) => "image",
        Some(Operand::Container) => "container",
        Some(Operand::Network) => "network",
        Some(Operand::Volume) => "volume",
        Some(Operand::Command) => "program",
        _ => return,
    };
    cause.set("missing", missing);
    let last = call.options.last().filter(|_| given == 0);
    if let Some((option, value)) = last.and_then(|option| Some((option, option.value.clone()?)))
        && call.words.last() == Some(&value)
    {
        cause.set("flag", option.typed.as_str());
        cause.set("value", value);
    }
}

/// A flag of more than a letter after one dash.
fn one_dash(call: Option<&DockerCommand>) -> Option<String> {
    let call = call?;
    call.words[..call.options_end].iter().find_map(|word| {
        let name = word.strip_prefix('-').filter(|name| !name.starts_with('-') && name.len() > 2)?;
        // As others call them: the long names are what `docker run --help` lists.
        let name = if name == "port" { "publish" } else { name.split('=').next()? };
        call.command?.option(name).map(|_| name.to_owned())
    })
}

fn unknown_command(mut cause: Cause) -> Option<Cause> {
    let word = cause.get("word")?.to_owned();
    if word.split_whitespace().next() == Some("compose") {
        cause.kind = Kind::ComposeMissing;
        return Some(cause);
    }
    // `ls` is what everybody tries first.
    let near = match word.as_str() {
        "ls" | "list" => Some("ps".to_owned()),
        "delete" | "remove" => Some("rm".to_owned()),
        _ => match word.split_once(' ') {
            Some((group, second)) => {
                let known = subcommands(group).filter(|word| !matches!(*word, "list" | "remove"));
                let second = if second == "list" { Some("ls") } else { nearest(second, known) };
                second.map(|second| format!("{group} {second}"))
            }
            None => nearest_command(&word).map(str::to_owned),
        },
    };
    match near {
        // A word of the table's that this docker does not have.
        Some(near) if near == word => cause.kind = Kind::CommandVersion,
        Some(near) => cause.set("near", near),
        None => {}
    }
    Some(cause)
}

fn unknown_flag(mut cause: Cause, command: &str, lines: &[&str]) -> Option<Cause> {
    let call = cause.call.clone()?;
    // An older CLI without compose takes `compose up -d` for a call of its own.
    if call.typed.starts_with("compose")
        && lines
            .iter()
            .any(|line| *line == "See 'docker --help'." || line.starts_with("Usage:  docker [OPTIONS] COMMAND"))
    {
        cause.kind = Kind::ComposeMissing;
        return Some(cause);
    }
    // Flags of a command that there is not are docker's own to it.
    let first = call.typed.split(' ').next().unwrap_or_default();
    if !first.is_empty() && command_names().all(|known| known != first) {
        cause = Cause::new(Kind::CommandUnknown, cause.call.as_ref()).with("word", first);
        return unknown_command(cause);
    }
    let flag = cause.get("flag")?.to_owned();
    let name = flag.trim_start_matches('-').split('=').next()?.to_owned();
    let is_long = cause.kind == Kind::FlagUnknown;
    let same = call.command.and_then(|command| match name.chars().next() {
        _ if is_long => command.option(&name),
        Some(letter) if name.len() == letter.len_utf8() => command.option_of_letter(letter),
        _ => None,
    });
    if let Some(option) = same {
        let other = std::iter::once(option.long).chain(option.other_names.iter().copied());
        let other = other.filter(|_| is_long).find(|other| *other != name);
        let flag = if is_long { format!("--{name}") } else { format!("-{name}") };
        let mut cause = Cause::new(Kind::FlagVersion, Some(&call)).with("flag", flag);
        if let Some(other) = other {
            cause.set("near", format!("--{other}"));
        }
        return Some(cause.with("verb", call.familiar_name()));
    }
    if let Some(moved) = own_option_behind(command, &cause, &name) {
        return Some(moved);
    }
    let known: Vec<&str> = call.command.into_iter().flat_map(|one| &one.options).map(|option| option.long).collect();
    let near = match (cause.kind, name.as_str()) {
        (_, "port" | "ports") if known.contains(&"publish") => Some("publish"),
        // One letter too few says nothing.
        (Kind::LetterUnknown, short) if short.chars().count() < 2 => None,
        _ => nearest(&name, known.iter().copied()),
    };
    if let Some(near) = near {
        cause.set("near", format!("--{near}"));
    }
    if cause.kind == Kind::FlagUnknown {
        cause.set("flag", format!("--{flag}"));
    }
    Some(cause.with("verb", call.familiar_name()))
}

/// Which image is meant where docker says only that it is none.
fn reference(mut cause: Cause, line: &str) -> Option<Cause> {
    let call = cause.call.clone()?;
    let quoted =
        line.split_once("invalid argument \"").and_then(|(_, rest)| rest.split_once('"')).map(|(word, _)| word);
    let tagged = call.value("tag").filter(|_| call.familiar_name() == "build");
    let fault = |image: &str| image.parse::<ImageRef>().err();
    let names_image = |at: usize| call.command.is_some_and(|command| command.operand(at) == Operand::Image);
    let arguments = call.arguments.iter().enumerate().filter(|(at, _)| names_image(*at));
    let mut arguments = arguments.map(|(_, argument)| argument.as_str());
    let image = quoted.or(tagged).or_else(|| arguments.find(|image| fault(image).is_some()))?;
    cause.set("image", image);
    match fault(image) {
        Some(ImageRefError::Uppercase) => cause.set("near", image.to_lowercase()),
        Some(ImageRefError::Dash) => cause.set("near", format!("--{}", image.trim_start_matches(['–', '—', '-']))),
        Some(ImageRefError::Space) => cause.set("near", image.split_whitespace().collect::<Vec<_>>().join("-")),
        Some(ImageRefError::Scheme) => cause.set("near", image.split_once("://").map_or(image, |(_, rest)| rest)),
        Some(ImageRefError::Colon) => cause.set("near", image.trim_matches(':')),
        Some(_) => {}
        None => return None,
    }
    Some(cause)
}

/// Troubles that the judge knows already.
fn trouble(line: &str, calls: &[DockerCommand]) -> Option<Cause> {
    let found = find_infra_failure(&[line.to_owned()])?;
    let kind = match found.kind {
        InfraFailureKind::EngineGone => Kind::EngineGone,
        InfraFailureKind::PullLimit => Kind::PullLimit,
        InfraFailureKind::NoNetwork => Kind::NoNetwork,
        InfraFailureKind::Registry => Kind::RegistryError,
        InfraFailureKind::NoSpace => Kind::NoSpace,
        _ => return None,
    };
    Some(Cause::new(kind, responsible(line, calls)))
}

fn not_found() -> &'static [Regex] {
    static READ: OnceLock<Vec<Regex>> = OnceLock::new();
    READ.get_or_init(|| NOT_FOUND.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect())
}

/// A program that is not there: the learner's slip, or a container's.
fn shell_says(line: &str, status: i32, command: &str, calls: &[DockerCommand], lines: &[&str]) -> Option<Cause> {
    if status != 0 && line.ends_with("No space left on device") && !calls.is_empty() {
        return Some(Cause::new(Kind::NoSpaceInside, calls.first()));
    }
    if let Some(cause) = shell_complains(line, status, command, calls) {
        return Some(cause);
    }
    let word = not_found().iter().find_map(|pattern| pattern.captures(line)?.name("word"))?.as_str();
    if word == "sudo" && command.trim_start().starts_with("sudo") {
        return Some(Cause::new(Kind::SudoMissing, calls.first()));
    }
    if word == "docker"
        && let Some(call) = entered(line, calls, lines)
    {
        return Some(Cause::new(Kind::DockerInside, Some(call)).with("word", word));
    }
    let here = shell::read(command).all_commands().iter().any(|typed| {
        let mut words = typed.words.iter().map(|word| word.text.as_str());
        words.find(|word| !word.contains('=') && *word != "sudo") == Some(word)
    });
    if here {
        let call = calls.first();
        if word == "docker" || word == "docker-compose" {
            let kind = if word == "docker" { Kind::DockerMissing } else { Kind::ComposeMissing };
            return Some(Cause::new(kind, call).with("word", word));
        }
        if let Some(kind) = no_program(word) {
            return Some(Cause::new(kind, call).with("word", word));
        }
        return Some(match program_meant(word) {
            Some((kind, near)) => Cause::new(kind, call).with("word", word).with("near", near),
            None => Cause::new(Kind::ProgramNone, call).with("word", word),
        });
    }
    let [call] = calls else { return None };
    if status != 127 || !matches!(call.familiar_name(), "run" | "exec" | "start") {
        return None;
    }
    let mut cause = Cause::new(Kind::MissingInside, Some(call)).with("word", word);
    let first = call.first()?.to_owned();
    cause.set(if call.familiar_name() == "run" { "image" } else { "name" }, first);
    Some(cause)
}

/// Returns the call that entered a container in which `line` was printed. The learner's own shell is bash or zsh, and
/// says first of all that it has no `docker`.
fn entered<'a>(line: &str, calls: &'a [DockerCommand], lines: &[&str]) -> Option<&'a DockerCommand> {
    let call = calls.iter().find(|call| matches!(call.familiar_name(), "run" | "exec" | "start" | "attach"))?;
    let is_first = lines.iter().find(|line| !line.is_empty()) == Some(&line);
    let is_own = ["bash: ", "-bash: ", "zsh: ", "sudo: ", "Command '"].iter().any(|shell| line.starts_with(shell));
    (!(is_first && is_own)).then_some(call)
}

/// The learner's own shell cannot read the line.
fn shell_complains(line: &str, status: i32, command: &str, calls: &[DockerCommand]) -> Option<Cause> {
    let said = line.strip_prefix("bash: ").or_else(|| line.strip_prefix("-bash: ")).filter(|_| status != 0)?;
    let call = calls.first();
    if said.contains("syntax error") || said.contains("unexpected EOF") {
        let word = said.split(['`', '\'']).nth(1).unwrap_or_default();
        let kind = match word {
            "newline" => Kind::ShellEnd,
            _ if said.contains("matching") => Kind::ShellQuote,
            _ => Kind::ShellSyntax,
        };
        return Some(Cause::new(kind, call).with("word", word));
    }
    let name = said.strip_suffix(": No such file or directory")?;
    let redirected = command.split('<').skip(1).any(|after| after.trim_start().starts_with(name));
    redirected.then(|| Cause::new(Kind::ShellRedirect, call).with("word", name))
}

/// Programs that end without a word, by a signal; and containers in the background, of which only the engine knows.
fn ended(status: i32, calls: &[DockerCommand], lines: &[&str]) -> Option<Cause> {
    let [call] = calls else { return None };
    // `-all` is `-a -l -l`, which docker does without a word.
    if let Some(flag) = one_dash(Some(call)).filter(|_| status == 0) {
        let cause = Cause::new(Kind::LetterUnknown, Some(call)).with("flag", format!("-{flag}"));
        return Some(cause.with("near", format!("--{flag}")).with("verb", call.familiar_name()));
    }
    let runs = matches!(call.familiar_name(), "run" | "exec" | "start");
    if runs && matches!(status, 137 | 139 | 143) {
        return Some(Cause::new(Kind::Ended, Some(call)).with("status", status.to_string()));
    }
    let is_id = |line: &&&str| line.len() == 64 && line.bytes().all(|byte| byte.is_ascii_hexdigit());
    let id = lines.iter().rev().find(is_id);
    if status == 0 && call.familiar_name() == "run" && call.has("detach") {
        return Some(Cause::new(Kind::EndedAtOnce, Some(call)).with("id", *id?));
    }
    if status == 0 && call.familiar_name() == "start" && !call.has("attach") {
        return Some(Cause::new(Kind::EndedAtOnce, Some(call)).with("id", call.first()?));
    }
    None
}

/// `curl`, which with `-s` says nothing: its status tells.
fn curl_failed(command: &str, status: i32) -> Option<Cause> {
    let typed = shell::read(command).all_commands();
    let [typed] = typed.as_slice() else { return None };
    let words: Vec<&str> = typed.words.iter().map(|word| word.text.as_str()).collect();
    if *words.first()? != "curl" || !matches!(status, 6 | 7 | 22 | 28 | 52 | 56) {
        return None;
    }
    let is_url = |word: &&&str| !word.starts_with('-') && (word.contains("://") || word.contains(['.', ':']));
    let url = words.iter().skip(1).find(is_url).or(words.last())?;
    Some(Cause::new(Kind::CurlFailed, None).with("status", status.to_string()).with("url", *url))
}
