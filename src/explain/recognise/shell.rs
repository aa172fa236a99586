//! Failures of which the shell tells, or only an exit status.

use std::sync::OnceLock;

use regex::Regex;

use super::unknown::one_dash;
use super::{Cause, Kind};
use crate::docker_cli::DockerCommand;
use crate::explain::rules::NOT_FOUND;
use crate::explain::typed::{no_program, program_meant};
use crate::shell;

fn not_found() -> &'static [Regex] {
    static READ: OnceLock<Vec<Regex>> = OnceLock::new();
    READ.get_or_init(|| NOT_FOUND.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect())
}

/// A program that is not there: the learner's slip, or a container's.
pub(super) fn shell_says(
    line: &str,
    status: i32,
    command: &str,
    calls: &[DockerCommand],
    lines: &[&str],
) -> Option<Cause> {
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
pub(super) fn ended(status: i32, calls: &[DockerCommand], lines: &[&str]) -> Option<Cause> {
    let [call] = calls else { return None };
    // `-all` is `-a -l -l`, which docker does without a word.
    if let Some(flag) = one_dash(Some(call)).filter(|_| status == 0) {
        let cause = Cause::new(Kind::LetterUnknown, Some(call)).with("flag", format!("-{flag}"));
        return Some(cause.with("near", format!("--{flag}")).with("verb", call.familiar_name()));
    }
    if status == 0 && call.familiar_name() == "logs" && call.has("follow") {
        return Some(Cause::new(Kind::FollowedStopped, Some(call)).with("name", call.first()?));
    }
    let runs = matches!(call.familiar_name(), "run" | "exec" | "start" | "attach");
    // After Ctrl-C (130), only the engine knows whether the container has ended, too.
    if runs && matches!(status, 130 | 137 | 139 | 143) {
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
pub(super) fn curl_failed(command: &str, status: i32) -> Option<Cause> {
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
