//! Finds causes in messages of a shell, or in the exit status alone.

use std::sync::OnceLock;

use regex::Regex;

use super::unknown::unknown_command;
use super::{Cause, Kind};
use crate::docker_cli::{DockerCommand, subcommands};
use crate::explain::misplaced::group_plural;
use crate::explain::rules::NOT_FOUND;
use crate::explain::typed::{glued, no_program, program_inside, program_meant};
use crate::shell;

fn not_found() -> &'static [Regex] {
    static READ: OnceLock<Vec<Regex>> = OnceLock::new();
    READ.get_or_init(|| NOT_FOUND.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect())
}

/// Finds the cause in a message of a shell. Mostly, a program is missing in the learner's shell or in a container.
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
        if let Some(cause) = glued_program(word, command) {
            return Some(cause);
        }
        return Some(match program_meant(word) {
            Some((kind, near)) => {
                let again = command.trim().replacen(word, &near, 1);
                Cause::new(kind, call).with("word", word).with("near", near).with("again", again)
            }
            None => Cause::new(Kind::ProgramNone, call).with("word", word),
        });
    }
    let [call] = calls else { return None };
    if status != 127 || !matches!(call.familiar_name(), "run" | "exec" | "start") {
        return None;
    }
    let near = program_inside(word).unwrap_or_else(|| "none".to_owned());
    let mut cause = Cause::new(Kind::MissingInside, Some(call)).with("word", word).with("near", near);
    let first = call.first()?.to_owned();
    cause.set(if call.familiar_name() == "run" { "image" } else { "name" }, first);
    Some(cause)
}

/// Returns the call that entered the container in which `line` was printed. Returns `None` if the learner's own shell,
/// bash or zsh, printed the line and no other line came before.
fn entered<'a>(line: &str, calls: &'a [DockerCommand], lines: &[&str]) -> Option<&'a DockerCommand> {
    let call = calls.iter().find(|call| matches!(call.familiar_name(), "run" | "exec" | "start" | "attach"))?;
    let is_first = lines.iter().find(|line| !line.is_empty()) == Some(&line);
    let is_own = ["bash: ", "-bash: ", "zsh: ", "sudo: ", "Command '"].iter().any(|shell| line.starts_with(shell));
    // `bash -c` prints the number of the line. bash at a prompt does not.
    let is_own = is_own && !line.starts_with("bash: line ");
    (!(is_first && is_own)).then_some(call)
}

/// Finds the cause if the learner's own shell cannot parse or run the line.
fn shell_complains(line: &str, status: i32, command: &str, calls: &[DockerCommand]) -> Option<Cause> {
    let said = line.strip_prefix("bash: ").or_else(|| line.strip_prefix("-bash: ")).filter(|_| status != 0)?;
    let call = calls.first();
    // `<NAME>` is a placeholder in a book, and the learner has typed the angle brackets, too.
    if let Some(cause) = placeholder(command) {
        return Some(cause);
    }
    if said.contains("syntax error") || said.contains("unexpected EOF") {
        let word = said.split(['`', '\'']).nth(1).unwrap_or_default();
        let kind = match word {
            "newline" => Kind::ShellEnd,
            _ if said.contains("matching") => Kind::ShellQuote,
            _ => Kind::ShellSyntax,
        };
        return Some(Cause::new(kind, call).with("word", word));
    }
    if said.starts_with("logout: not login shell") {
        return Some(Cause::new(Kind::ShellLogout, call));
    }
    let name = said.strip_suffix(": No such file or directory")?;
    if let Some(cause) = glued_program(name, command) {
        return Some(cause);
    }
    let mut after = command.split('<').skip(1);
    after.find(|after| after.trim_start().starts_with(name))?;
    Some(Cause::new(Kind::FileMissing, call).with("path", name))
}

/// Finds a program without a space after it: `uname-r`, `cat/tanda`.
fn glued_program(word: &str, command: &str) -> Option<Cause> {
    let (program, rest) = glued(word).filter(|_| command.trim_start().starts_with(word))?;
    let near = command.trim().replacen(word, &format!("{program} {rest}"), 1);
    Some(Cause::new(Kind::BlankMissing, None).with("word", program).with("flag", rest).with("near", near))
}

/// Finds a name in angle brackets: `docker rmi <none>`.
fn placeholder(command: &str) -> Option<Cause> {
    let names = command.split('<').skip(1).filter_map(|after| after.split_once('>'));
    let is_name = |name: &str| !name.is_empty() && !name.contains(char::is_whitespace);
    let (name, _) = names.into_iter().find(|(name, _)| is_name(name))?;
    Some(Cause::new(Kind::ShellRedirect, None).with("word", name))
}

/// Finds an unknown subcommand, such as `docker image pul`. Docker prints only the usage of the group.
pub(super) fn unknown_in_group(call: &DockerCommand) -> Option<Cause> {
    let (group, _) = call.typed.split_once(' ').filter(|_| call.command.is_none())?;
    subcommands(group).next()?;
    unknown_command(Cause::new(Kind::CommandUnknown, Some(call)).with("word", call.typed.as_str()))
}

/// Finds the cause of a silent end: a signal ended the program, or only the engine knows what happened to the
/// container.
pub(super) fn ended(status: i32, calls: &[DockerCommand], lines: &[&str]) -> Option<Cause> {
    let [call] = calls else { return None };
    // Docker takes `prune` in `docker images prune` for the name of an image, and prints an empty list.
    if lines.len() < 2
        && let Some(cause) = group_plural(call)
    {
        return Some(cause);
    }
    if let Some(cause) = unknown_in_group(call) {
        return Some(cause);
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

/// Finds the cause of a failed `curl` in its exit status, because `curl -s` prints no message.
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

#[cfg(test)]
mod tests {
    use crate::explain::kind::Kind;
    use crate::explain::recognise::recognise;

    /// Tests the messages of the shells in the lessons' images, and of a shell that runs in another shell.
    #[test]
    fn docker_missing_in_a_container_differs_from_docker_not_installed() {
        for (command, status, said) in [
            ("docker exec -it kotak sh", 127, "/ # docker ps\nsh: docker: not found\n/ # exit"),
            ("docker exec -it kotak ash", 127, "/ # docker logs kotak\nash: docker: not found\n/ #"),
            ("docker exec -it kotak /bin/sh", 0, "/ # docker ps\n/bin/sh: docker: not found\n/ # ls\nbin\n/ # exit"),
            ("docker run -it --name kotak alpine:3.20", 127, "/ # docker ps\nsh: docker: not found"),
            ("docker exec -it kotak sh", 0, "/ # sh\n/ # docker ps\nsh: docker: not found\n/ # exit\n/ # exit"),
            (
                "docker exec -it web bash",
                0,
                "root@4bcf:/# sh\n# docker ps\nsh: 1: docker: not found\n# exit\nroot@4bcf:/# exit",
            ),
            ("docker exec -it web bash", 127, "root@4bcf:/# docker ps\nbash: docker: command not found"),
            ("docker exec web bash -c 'docker ps'", 127, "bash: line 1: docker: command not found"),
            ("docker start -ai kotak", 127, "/ # docker ps\nsh: docker: not found"),
            ("docker attach kotak", 127, "/ # docker ps\nsh: docker: not found"),
            (
                "docker exec -it kotak sh",
                1,
                "/ # sudo docker ps\nsh: sudo: not found\n/ # docker ps\nsh: docker: not found",
            ),
        ] {
            let lines: Vec<String> = said.lines().map(str::to_owned).collect();
            let found = recognise(command, status, &lines).map(|cause| cause.kind);
            assert_eq!(found, Some(Kind::DockerInside), "{command}: {said}");
        }
        for (command, said) in [
            ("docker exec -it kotak sh", "bash: docker: command not found"),
            ("docker ps", "bash: docker: command not found"),
            ("docker ps", "Command 'docker' not found, but can be installed with:"),
        ] {
            let found = recognise(command, 127, &[said.to_owned()]).map(|cause| cause.kind);
            assert_eq!(found, Some(Kind::DockerMissing), "{command}: {said}");
        }
    }
}
