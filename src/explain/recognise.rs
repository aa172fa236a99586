//! Finds the cause of a failure in the command and its output, without asking the engine.

mod shell;
mod unknown;

use std::sync::OnceLock;

use regex::Regex;

use self::shell::{curl_failed, ended, shell_says, unknown_in_group};
use self::unknown::{long_with_one_dash, reference, unknown_command, unknown_flag};
use super::cause::Cause;
use super::kind::Kind;
use super::misplaced::{
    group_alone, group_plural, group_second, not_a_command, option_before_command, option_of, options_moved_before,
    prompt_typed, two_commands, with_replaced, with_words,
};
use super::quoting::{assigned_command, unquoted_template};
use super::rules::RULES;
use super::spacing::{hyphens_apart, script_without_option, semicolon, shell_put_before, torn, unquoted_program};
use super::typed::{foreign_sign, is_program, program_inside};
use super::values::{explain_name, explain_ports, explain_value, forgotten_value, looks_like_image};
use crate::claims::{InfraFailureKind, find_infra_failure};
use crate::docker_cli::{DockerCommand, Operand, command_names, docker_commands};
use crate::shell::single_quoted;
use crate::text::nearest;

/// The number of lines to read at the beginning of the output, and again at its end.
const LINES: usize = 200;
/// The maximum length of a line that can be a message, in bytes. Longer lines are ignored.
const LONGEST_LINE: usize = 4_000;
/// Instructions of a Dockerfile.
const INSTRUCTIONS: &str = "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR";

/// Returns the reason why `command` ended with `status` after it printed `lines`. Returns `None` if the reason is not
/// certain.
pub(super) fn recognise(command: &str, status: i32, lines: &[String]) -> Option<Cause> {
    let calls = docker_commands(command);
    let cause = foreign_sign(command, status, &calls)
        .or_else(|| prompt_typed(command))
        .or_else(|| two_commands(command))
        .or_else(|| unquoted_template(command, status))
        .or_else(|| assigned_command(command, status))
        .or_else(|| semicolon(command, status, &calls))
        .or_else(|| hyphens_apart(command, status))
        .or_else(|| long_with_one_dash(&calls));
    if cause.is_some() {
        return cause;
    }
    let skipped = lines.len().saturating_sub(2 * LINES);
    let near_ends = lines.iter().enumerate().filter(|(at, _)| *at < LINES || *at >= LINES + skipped);
    let near_ends: Vec<&str> =
        near_ends.map(|(_, line)| line.trim()).filter(|line| line.len() <= LONGEST_LINE).collect();
    let said_by_docker = near_ends.iter().filter(|_| !prints_of_program(command, status, &calls));
    said_by_docker
        .into_iter()
        .find_map(|line| docker_says(line, command, &calls, &near_ends))
        .or_else(|| script_without_option(&calls))
        .or_else(|| near_ends.iter().find_map(|line| shell_says(line, status, command, &calls, &near_ends)))
        .or_else(|| ended(status, &calls, &near_ends))
        .or_else(|| curl_failed(command, status))
}

/// Whether a program in a container printed all lines. Docker prints no message about a command that succeeded.
fn prints_of_program(command: &str, status: i32, calls: &[DockerCommand]) -> bool {
    let shows = |call: &DockerCommand| matches!(call.familiar_name(), "logs" | "run" | "exec" | "start" | "attach");
    status == 0 && !calls.is_empty() && calls.iter().all(shows) && !command.contains('|')
}

/// Removes the prefixes of docker and podman from a line. Also returns whether the daemon wrote the line.
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
    // `docker run` of Docker 20.10 ends every message with a full stop.
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

/// The names of the groups in the rules.
const VALUES: &[&str] = &[
    "actual", "at", "client", "count", "flag", "host", "id", "image", "least", "letter", "line", "most", "name",
    "network", "path", "port", "run", "said", "server", "sign", "status", "user", "value", "verb", "volume", "wanted",
    "word",
];

fn docker_says(line: &str, command: &str, calls: &[DockerCommand], lines: &[&str]) -> Option<Cause> {
    let (text, daemon) = strip(line);
    // Other programs may print similar lines. A line counts if the command calls docker, or if only docker prints such
    // a line.
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

/// Returns the call that a message is about: the only call, or the only `run` or `create` if the message begins with
/// `docker: `.
fn responsible<'a>(line: &str, calls: &'a [DockerCommand]) -> Option<&'a DockerCommand> {
    if let [call] = calls {
        return Some(call);
    }
    // Only `run` and `create` begin their messages with `docker: `.
    let runs = |call: &&DockerCommand| matches!(call.familiar_name(), "run" | "create");
    let mut meant = calls.iter().filter(runs);
    let first = meant.next().filter(|_| line.starts_with("docker: "))?;
    meant.next().is_none().then_some(first)
}

/// Makes a cause more exact with the help of the command, because one message can have several causes.
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
            | Kind::FilterForm
            | Kind::FlagValue
    );
    let can_be_typed_wrongly = can_be_torn
        || matches!(cause.kind, Kind::FileMissing | Kind::SizeInvalid | Kind::RestartInvalid | Kind::PortEmpty);
    // Docker reads `abc:80` as ports, and a container's name has no colon.
    let has_own_colon = matches!(cause.kind, Kind::PortInvalid | Kind::PortEmpty | Kind::NameInvalid);
    let is_image = |word: &str| !has_own_colon && looks_like_image(word);
    let is_about_words = matches!(
        cause.kind,
        Kind::CommandUnknown | Kind::FlagUnknown | Kind::LetterUnknown | Kind::FlagNeedsValue | Kind::TooMany
    );
    let call = cause.call.as_ref();
    let slip = can_be_typed_wrongly.then(|| forgotten_value(&cause, is_image)).flatten();
    let slip = slip.or_else(|| torn(call.filter(|_| can_be_torn)?));
    let slip = slip.or_else(|| group_second(&cause));
    let slip = slip.or_else(|| group_plural(call.filter(|_| is_about_words)?));
    let slip = slip.or_else(|| list_with_commas(&cause, lines));
    if slip.is_some() {
        return slip;
    }
    let verb = cause.verb();
    match cause.kind {
        // The docker CLI gave up, but the container that it ran may keep running.
        Kind::Ended => cause.set("status", "130"),
        Kind::PushDenied | Kind::ImageUnknown | Kind::TagUnknown | Kind::LoginNeeded => {
            if let Some(cause) = option_as_image(&cause) {
                return Some(cause);
            }
            if cause.kind == Kind::PushDenied && verb != "push" {
                cause.kind = Kind::ImageUnknown;
            }
            if cause.get("image").is_none() {
                cause.set_some("image", cause.image().map(str::to_owned));
            }
            cause.get("image")?;
        }
        // A host that a name server does not know is probably misspelt, unless the host is well known.
        Kind::NameServer if line.contains("no such host") && trouble(line, &[]).is_none() => {
            cause.kind = Kind::HostUnknown;
        }
        // A public registry has dots in its name and no port. If such a registry refuses the connection, the network is
        // missing.
        Kind::RegistryRefused if cause.get("host").is_some_and(|host| host.contains('.') && !host.contains(':')) => {
            cause.kind = Kind::NoNetwork;
        }
        Kind::NoObject | Kind::NoContainer | Kind::NoImage | Kind::Reference | Kind::TooMany
            if let Some(near) = template_without_option(&cause) =>
        {
            return Some(Cause::new(Kind::FormatMissing, cause.call.as_ref()).with("near", near));
        }
        Kind::TemplateField => {
            let word = cause.get("word").unwrap_or_default().to_owned();
            let parent = parent_field(&word).filter(|_| verb.ends_with("inspect"));
            if let Some(parent) = parent {
                cause.set("parent", parent);
            } else if verb.ends_with("inspect")
                && let Some(near) = near_field(command, &word)
            {
                cause.set("near", near);
            }
        }
        Kind::RegistryDenied => {
            cause.set_some("image", cause.image().map(str::to_owned));
        }
        Kind::CommandUnknown => {
            let word = cause.get("word")?.to_owned();
            return not_a_command(&word, &cause).or_else(|| unknown_command(cause));
        }
        // The subcommand is misspelt or missing: `docker image purne -f`, `docker image -f`.
        Kind::FlagUnknown | Kind::LetterUnknown
            if let Some(call) = cause.call.as_ref()
                && let Some(cause) = unknown_in_group(call).or_else(|| group_alone(call)) =>
        {
            return Some(cause);
        }
        Kind::FlagUnknown | Kind::LetterUnknown => {
            return option_before_command(&cause).or_else(|| unknown_flag(cause, lines));
        }
        Kind::Reference => return reference(cause, line, command),
        Kind::FlagNeedsValue | Kind::FilterUnknown => cause.set("verb", verb),
        Kind::FlagValue => return Some(explain_value(cause.with("verb", verb))),
        Kind::PortInvalid | Kind::PortEmpty => return Some(explain_ports(cause)),
        Kind::NameInvalid => return Some(explain_name(cause)),
        // `docker --context images`: the name of the context is missing.
        Kind::ContextUnknown
            if let (Some(name), Some(call)) = (cause.get("name"), cause.call.as_ref())
                && command_names().any(|command| command == name)
                && let Some(given) = call.global.iter().find(|given| given.value.as_deref() == Some(name)) =>
        {
            let forgotten = Cause::new(Kind::ValueForgotten, Some(call));
            return Some(forgotten.with("flag", given.typed.as_str()).with("value", name));
        }
        Kind::RestartInvalid => {
            let value = cause.call.as_ref().and_then(|call| call.value("restart")).unwrap_or("?").to_owned();
            cause.set("value", value);
        }
        Kind::RelativeSource if verb == "volume create" => cause.kind = Kind::VolumeNameInvalid,
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
            // If docker got fewer words than the learner typed, a variable is empty.
            let variable = cause.call.as_ref().and_then(|call| call.operands().find_map(|word| word.strip_prefix('$')));
            if let Some(name) = variable.filter(|_| given == wanted).map(str::to_owned) {
                return Some(Cause::new(Kind::VariableEmpty, cause.call.as_ref()).with("word", name));
            }
            if given > wanted {
                cause.kind = Kind::TooMany;
                set_extra(&mut cause, wanted);
            } else {
                set_missing(&mut cause, given);
            }
        }
        Kind::TooMany => {
            let most = cause.get("most").and_then(|most| most.parse().ok()).unwrap_or(0);
            let given = cause.call.as_ref().map_or(0, |call| call.operands().count());
            if given < most {
                cause.kind = Kind::TooFew;
                set_missing(&mut cause, given);
            } else {
                set_extra(&mut cause, most);
            }
        }
        Kind::ExecMissing | Kind::ExecDenied | Kind::UserUnknown | Kind::NoCommand | Kind::ExecFormat => {
            if verb == "exec" {
                let name = cause.call.as_ref().and_then(|call| call.first().map(str::to_owned));
                cause.set_some("name", name);
            } else {
                cause.set_some("image", cause.image().map(str::to_owned));
            }
            if cause.kind == Kind::ExecMissing && verb == "exec" && cause.get("word") == Some("docker") {
                cause.kind = Kind::DockerInside;
            } else if cause.kind == Kind::ExecMissing {
                set_meant(&mut cause);
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

/// The parts of an inspected image or container, each with the fields that only this part has. The name of the top
/// level is empty.
const FIELDS: [(&str, &str); 5] = [
    (
        "",
        "Id Name Image Created RepoTags RepoDigests Architecture Os Size RootFS State Config HostConfig Mounts NetworkSettings",
    ),
    ("RootFS", "Layers"),
    ("State", "Status Running Paused Restarting OOMKilled Dead Pid ExitCode StartedAt FinishedAt Health"),
    ("Config", "Cmd Env Entrypoint Labels WorkingDir User ExposedPorts Hostname StopSignal"),
    ("HostConfig", "Memory NanoCpus RestartPolicy Binds NetworkMode AutoRemove PortBindings Privileged"),
];

/// Returns the part of an inspected image or container to which a field belongs, if the field is not at the top.
fn parent_field(word: &str) -> Option<&'static str> {
    let parts = FIELDS.iter().filter(|(part, _)| !part.is_empty());
    parts.into_iter().find(|(_, fields)| fields.split(' ').any(|field| field == word)).map(|(part, _)| *part)
}

/// Returns the known field that is similar to `word`. If the name of a part stands before the dot, only the fields of
/// that part count.
fn near_field(command: &str, word: &str) -> Option<&'static str> {
    let before = command.split(&format!(".{word}")).next().unwrap_or_default();
    let part = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let part = if FIELDS.iter().any(|(known, _)| *known == part) { part } else { "" };
    let fields = FIELDS.iter().filter(|(known, _)| part.is_empty() || *known == part);
    nearest(word, fields.flat_map(|(_, fields)| fields.split(' '))).filter(|near| *near != word)
}

/// Sets the kind of the word that is missing after `given` operands. If the last option took the last word as its
/// value, sets this option and the value.
fn set_missing(cause: &mut Cause, given: usize) {
    let Some(call) = cause.call.clone() else { return };
    let missing = match call.command.map(|command| command.operand(given)) {
        _ if given == 1 && matches!(call.familiar_name(), "tag" | "rename") => "new-name",
        Some(Operand::Image) => "image",
        Some(Operand::Container) => "container",
        Some(Operand::Network) => "network",
        Some(Operand::Volume) => "volume",
        Some(Operand::Command) => "program",
        Some(Operand::Path) if call.familiar_name() == "cp" => "target",
        _ => "word",
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

/// Sets the first word after the `most` operands that docker accepts. If a word is an option without its hyphens, sets
/// that word and the command that was meant.
fn set_extra(cause: &mut Cause, most: usize) {
    let Some(call) = cause.call.clone() else { return };
    let Some(extra) = call.operands().nth(most).map(str::to_owned) else { return };
    cause.set("most", most.to_string());
    // Finds a word that is an option's name. If the option takes a value, another word must follow.
    let operands: Vec<&str> = call.operands().collect();
    let found = operands.iter().enumerate().find_map(|(at, word)| {
        let (option, near) = option_without_hyphens(word, &call)?;
        let takes_value = option_of(&option, &call)?;
        let is_only_surplus = operands.len() == most + 1;
        let is_meant = if takes_value { operands.len() > at + 1 } else { *word == extra || is_only_surplus };
        is_meant.then(|| (word.to_string(), option, near))
    });
    let extra = found.as_ref().map_or(extra, |(word, ..)| word.clone());
    if let Some((_, option, near)) = found {
        cause.set("near", near);
        cause.set("flag", option);
    }
    cause.set("extra", extra);
}

/// Puts hyphens before `word`. Returns the resulting option, and the command with that option.
fn option_without_hyphens(word: &str, call: &DockerCommand) -> Option<(String, String)> {
    let spelt = [format!("--{word}"), format!("-{word}")];
    // `cat` is a program, not the option `-c` with the value `at`.
    let is_option =
        |option: &String| option_of(option, call).is_some() && (option.starts_with("--") || !is_program(word));
    let option = spelt.into_iter().find(is_option)?;
    let at = call.words.iter().position(|one| one == word)?;
    let near = with_replaced(call, at..at + 1, &[&option]);
    Some((option, near))
}

/// Finds an option without its hyphens in the place of the image: `docker run name sapa hello-world`.
fn option_as_image(cause: &Cause) -> Option<Cause> {
    let call = cause.call.as_ref().filter(|call| matches!(call.familiar_name(), "run" | "create"))?;
    let extra = call.first().filter(|_| call.operands().count() > 1)?;
    let (option, near) = option_without_hyphens(extra, call)?;
    Some(Cause::new(Kind::TooMany, Some(call)).with("extra", extra).with("flag", option).with("near", near))
}

/// Sets the command that was meant. Handles options after the image, programs that need a shell, and quotes that make a
/// program and its arguments one word.
fn set_meant(cause: &mut Cause) {
    let Some(call) = cause.call.clone() else { return };
    let word = cause.get("word").unwrap_or_default().to_owned();
    let meant = if word.starts_with('-') {
        options_moved_before(&call).or_else(|| Some(format!("docker {} {word} … {}", call.typed, call.first()?)))
    } else if let Some(meant) = shell_put_before(cause) {
        cause.set("shell", "needed");
        Some(meant)
    } else {
        cause.set_some("program", program_inside(&word));
        unquoted_program(cause)
    };
    cause.set_some("near", meant);
}

/// Returns the command with `--format` before a template that stands in the place of a name.
fn template_without_option(cause: &Cause) -> Option<String> {
    let call = cause.call.as_ref()?;
    let at = call.words.iter().position(|word| word.starts_with("{{") && call.arguments.contains(word))?;
    let template = single_quoted(&call.words[at]);
    // Also leaves out a word `format` without hyphens before the template.
    let is_left = |place: usize, word: &str| place != at && !(place + 1 == at && matches!(word, "format" | "f"));
    let words = call.words.iter().enumerate().map(|(place, word)| (place, word.as_str()));
    let words = words.filter(|(place, word)| is_left(*place, word)).map(|(_, word)| word);
    let rest = with_words(call, &words.collect::<Vec<_>>());
    Some(rest.replacen(&call.typed, &format!("{} --format {template}", call.typed), 1))
}

/// Finds names with commas between them: `docker rm kapal, sekoci`. Leaves out a name that docker has already handled,
/// unless the command needs both of its names.
fn list_with_commas(cause: &Cause, lines: &[&str]) -> Option<Cause> {
    let is_missing = matches!(cause.kind, Kind::NoContainer | Kind::NoImage | Kind::NoVolume | Kind::NoSuchNetwork)
        || cause.kind == Kind::Reference;
    let call = cause.call.as_ref().filter(|_| is_missing)?;
    let (before, after) = call.words.split_at(call.options_end);
    // A comma between two digits stands for a dot: `alpine:3,20`.
    let is_dot = |word: &str, at: usize| {
        let beside = [word[..at].chars().next_back(), word[at + 1..].chars().next()];
        beside.iter().all(|sign| sign.is_some_and(|sign| sign.is_ascii_digit()))
    };
    let has_comma = |word: &&String| word.len() > 1 && word.match_indices(',').any(|(at, _)| !is_dot(word, at));
    after.iter().find(has_comma)?;
    let needs_both = matches!(call.familiar_name(), "tag" | "rename" | "cp");
    let is_open = |word: &&String| {
        let is_told = |line: &&&str| line.starts_with("Error") && line.contains(word.as_str());
        needs_both || has_comma(word) || lines.iter().any(|line| is_told(&line))
    };
    let names = after.iter().filter(is_open).flat_map(|word| word.split(',')).filter(|word| !word.is_empty());
    let words: Vec<&str> = before.iter().map(String::as_str).chain(names).collect();
    Some(Cause::new(Kind::ListComma, Some(call)).with("near", with_words(call, &words)))
}

/// Finds problems of the engine, the network or the disk. Uses the rules with which `test` finds such problems.
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
    let cause = Cause::new(kind, responsible(line, calls));
    let host = line.split_once("https://").or_else(|| line.split_once("http://")).map(|(_, rest)| rest);
    let host = host.and_then(|rest| rest.split(['/', '"', '?']).next()).filter(|host| !host.is_empty());
    Some(match host {
        Some(host) if kind == Kind::NoNetwork => cause.with("host", host),
        _ => cause,
    })
}
