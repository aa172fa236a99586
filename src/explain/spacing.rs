//! Finds wrong spaces and signs between words. Examples are a space inside a value, a missing space between two words,
//! a `;` for a `:`, and quotes around a whole command.

use super::cause::Cause;
use super::kind::Kind;
use super::misplaced::{option_of, with_replaced};
use super::typed::is_program;
use crate::docker_cli::{DockerCommand, Operand};
use crate::image_ref::ImageRef;
use crate::shell;

/// Finds a space that splits a value or an image's name: `NAMA = Ryan`, `mongo: 4.1`, `mongo 4.1`. Returns the words as
/// typed, and as meant.
pub(super) fn torn(call: &DockerCommand) -> Option<Cause> {
    let (apart, together) = torn_option(call).or_else(|| torn_words(call))?;
    Some(Cause::new(Kind::Torn, Some(call)).with("apart", apart).with("together", together))
}

fn torn_words(call: &DockerCommand) -> Option<(String, String)> {
    let before = call.options_end;
    // The last option may be split, too. The words after the image belong to the program in the container.
    let words = &call.words[before.saturating_sub(2)..call.words.len().min(before + 3)];
    let is_long = |word: &str| word.starts_with("--") && word.len() > 2;
    let joins = |left: &str, right: &str| {
        let ends = |sign: char| left.len() > 1 && left.ends_with(sign) && !left.starts_with('-');
        let begins = |sign: char| right.len() > 1 && right.starts_with(sign);
        // `A= alpin` sets an empty value. `Ryan` in `NAMA= Ryan` must be the value, because an image has no capital
        // letters.
        let is_value = right.contains(|c: char| c.is_ascii_uppercase());
        if right.starts_with('-') {
            return false;
        }
        (ends('=') && is_value)
            || (is_long(left) && left.ends_with('='))
            || begins('=')
            || (ends(':') && !right.contains(':') && left.matches(':').count() == 1 && !is_program(right))
            || begins(':')
            || ends('@')
            || begins('@')
            || (left.contains('@') && ends(':'))
    };
    for (at, pair) in words.windows(2).enumerate() {
        let (left, right) = (pair[0].as_str(), pair[1].as_str());
        let is_sign = right == "=" && is_long(left) || ["=", ":", "@"].contains(&right) && !left.starts_with('-');
        if let Some(third) = words.get(at + 2).filter(|_| is_sign) {
            return Some((format!("{left} {right} {third}"), format!("{left}{right}{third}")));
        }
        if joins(left, right) {
            return Some((pair.join(" "), pair.concat()));
        }
        if left.ends_with("@sha256") && right.len() >= 12 && right.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some((pair.join(" "), pair.join(":")));
        }
    }
    // `mongo 4.1`: a version stands behind an image without a tag.
    let command = call.command?;
    let takes_image = |at: usize| command.operand(at) == Operand::Image || command.name == "inspect";
    let operands: Vec<&str> = call.operands().collect();
    let is_torn = |(at, pair): &(usize, &[&str])| {
        takes_image(*at) && is_version(pair[1]) && !pair[0].contains([':', '@']) && !is_program(pair[0])
    };
    let (_, pair) = operands.windows(2).enumerate().find(is_torn)?;
    Some((pair.join(" "), pair.join(":")))
}

/// Whether a word is a tag, and not a program or an image: `4.1`, `v2`, `latest`.
fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or(word);
    word == "latest" || (digits.starts_with(|c: char| c.is_ascii_digit()) && !word.contains(['/', ':', 'x']))
}

/// Finds spaces that split the value of the last option: `-p 8080 80`, `-e NAMA Ryan`, `-f name kapal`. Also finds a space between the container and the path of `docker cp`.
fn torn_option(call: &DockerCommand) -> Option<(String, String)> {
    let (before, after) = call.words.split_at(call.options_end);
    let first = after.first()?;
    if let ("cp", [place, path, _]) = (call.familiar_name(), after)
        && path.starts_with('/')
        && !place.contains([':', '/'])
    {
        return Some((format!("{place} {path}"), format!("{place}:{path}")));
    }
    let last = call.options.last()?;
    let value = last.value.as_ref().filter(|value| before.last() == Some(value))?;
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let sign = match last.name.as_str() {
        "publish" if is_number(value) && is_number(first) => ':',
        // A word that can be an image's name may be the image of the call.
        "env"
            if !value.contains('=')
                && !first.starts_with('=')
                && first.parse::<ImageRef>().is_err()
                && after.len() > 1 =>
        {
            '='
        }
        "filter" if !value.contains('=') => '=',
        _ => return None,
    };
    Some((format!("{value} {first}"), format!("{value}{sign}{first}")))
}

/// Finds a space between the hyphens and the name of an option, in docker commands and others: `-- name`, `curl - s`.
pub(super) fn hyphens_apart(command: &str, status: i32) -> Option<Cause> {
    let script = shell::read(command);
    let mut typed = script.commands().filter(|_| status != 0);
    typed.find_map(|typed| {
        let words = typed.invocation().words;
        let call = DockerCommand::parse(words);
        let first = call.as_ref().map_or(0, |call| words.len() - call.words.len());
        // The words after the image belong to the program in the container.
        let last = call.as_ref().filter(|call| !call.accepts_options_anywhere());
        let last = last.map_or(words.len(), |call| first + call.options_end + 2);
        let at = (first..last.min(words.len()).saturating_sub(1)).find(|&at| {
            let (hyphens, name) = (words[at].text.as_str(), words[at + 1].text.as_str());
            let is_option = if let Some(call) = &call {
                option_of(&format!("{hyphens}{name}"), call).is_some()
            } else {
                // In `tar -xf - x`, the hyphen is the option's value.
                let is_value = at == 0 || words[at - 1].text.starts_with('-');
                hyphens == "-" && !is_value && name.len() <= 2 && name.bytes().all(|b| b.is_ascii_alphabetic())
            };
            matches!(hyphens, "-" | "--") && is_option
        })?;
        let (end, begin) = (words[at].span.end, words[at + 1].span.start);
        let apart = command.get(words[at].span.start..words[at + 1].span.end)?;
        let near = format!("{}{}", command.get(..end)?, command.get(begin..)?);
        Some(Cause::new(Kind::HyphensApart, call.as_ref()).with("apart", apart).with("near", near.trim()))
    })
}

/// Finds a shell that gets a script without `-c`: `docker run alpine sh 'echo a'`. The shell takes the script for the
/// name of a file.
pub(super) fn script_without_option(calls: &[DockerCommand]) -> Option<Cause> {
    let [call] = calls else { return None };
    let [shell, script, ..] = call.tail.as_slice() else { return None };
    let is_shell = matches!(shell.rsplit('/').next(), Some("sh" | "ash" | "bash" | "dash"));
    if !is_shell || script.starts_with('-') || !script.contains(char::is_whitespace) {
        return None;
    }
    let at = call.words.len() - call.tail.len() + 1;
    let cause = Cause::new(Kind::ScriptAsFile, Some(call)).with("word", &**script).with("shell", &**shell);
    Some(cause.with("near", with_replaced(call, at..at, &["-c"])))
}

/// Finds two options without a space between them: `--rm--name`.
pub(super) fn options_together(cause: &Cause, flag: &str) -> Option<Cause> {
    let call = cause.call.as_ref()?;
    let at = call.words.iter().position(|word| word.trim_start_matches('-') == flag)?;
    let word = &call.words[at];
    let split = word.get(2..)?.find("--")? + 2;
    let (one, other) = word.split_at(split);
    if option_of(one, call).is_none() || option_of(other, call).is_none() {
        return None;
    }
    let near = with_replaced(call, at..at + 1, &[one, other]);
    Some(Cause::new(Kind::BlankMissing, Some(call)).with("word", one).with("flag", other).with("near", near))
}

/// Finds a `;` in the place of a `:`, as in `8080;80` and `alpine;3.20`. The shell ends the command at `;`, and finds
/// no program with the number as its name.
pub(super) fn semicolon(command: &str, status: i32, calls: &[DockerCommand]) -> Option<Cause> {
    let call = calls.first().filter(|_| status == 127)?;
    let is_glued = |at: &usize| {
        let (before, after) = (command[..*at].chars().next_back(), command[*at + 1..].chars().next());
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(|next| next.is_ascii_digit())
    };
    let at = command.match_indices(';').map(|(at, _)| at).find(is_glued)?;
    let word = command[at + 1..].split_whitespace().next()?;
    let near = format!("{}:{}", &command[..at], &command[at + 1..]);
    Some(Cause::new(Kind::Semicolon, Some(call)).with("word", word).with("near", near))
}

/// Commands that are built into the shell.
const OF_SHELL: &str = ". alias cd exit export return set shift source trap ulimit umask unset";

/// Returns the command with `sh -c` before words that only a shell can read: `docker run alpine exit 3`, `docker run
/// alpine 'ls | wc'`.
pub(super) fn shell_put_before(cause: &Cause) -> Option<String> {
    let call = cause.call.as_ref()?;
    let word = cause.get("word")?;
    let at = call.words.iter().position(|typed| typed == word).filter(|at| *at >= call.options_end)?;
    let first = word.split_whitespace().next()?;
    let is_builtin = OF_SHELL.split(' ').any(|builtin| builtin == first);
    let is_quoted = word.contains(char::is_whitespace);
    let needs_shell = is_builtin || is_quoted && word.contains([';', '|', '&', '>', '<', '$', '`']);
    if !needs_shell {
        return None;
    }
    let end = if is_quoted { at + 1 } else { call.words.len() };
    Some(with_replaced(call, at..end, &["sh", "-c", &call.words[at..end].join(" ")]))
}

/// Returns the command without the quotes that make a program and its arguments one word: `docker exec kapal "ls -l"`.
pub(super) fn unquoted_program(cause: &Cause) -> Option<String> {
    let call = cause.call.as_ref()?;
    let word = cause.get("word").filter(|word| word.contains(' '))?;
    let at = call.words.iter().position(|typed| typed == word)?;
    Some(with_replaced(call, at..at + 1, &word.split_whitespace().collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docker_cli::docker_commands;

    #[test]
    fn space_within_a_value_is_found() {
        for (typed, apart, together) in [
            ("docker run -e NAMA = Ryan alpine", "NAMA = Ryan", "NAMA=Ryan"),
            ("docker run -e NAMA= Ryan alpine", "NAMA= Ryan", "NAMA=Ryan"),
            ("docker run -e NAMA =Ryan alpine", "NAMA =Ryan", "NAMA=Ryan"),
            ("docker pull mongo : 4.1", "mongo : 4.1", "mongo:4.1"),
            ("docker pull mongo 4.1", "mongo 4.1", "mongo:4.1"),
            ("docker rmi mongo latest", "mongo latest", "mongo:latest"),
            ("docker commit kapal hasil 1", "hasil 1", "hasil:1"),
            ("docker tag alpine:3.20 latihan 1", "latihan 1", "latihan:1"),
            ("docker save -o x.tar alpine:3.20 mongo 4.1", "mongo 4.1", "mongo:4.1"),
            ("docker pull alpine@sha256: 4bcf", "alpine@sha256: 4bcf", "alpine@sha256:4bcf"),
            ("docker run -p 8080 :80 nginx", "8080 :80", "8080:80"),
            ("docker run -d -p 8080 80 nginx", "8080 80", "8080:80"),
            ("docker run -e NAMA Ryan alpine env", "NAMA Ryan", "NAMA=Ryan"),
            ("docker run --name = kapal alpine", "--name = kapal", "--name=kapal"),
            ("docker run --name =kapal alpine", "--name =kapal", "--name=kapal"),
            ("docker run --name= kapal alpine", "--name= kapal", "--name=kapal"),
            ("docker ps -f name kapal", "name kapal", "name=kapal"),
            ("docker cp kapal /etc/hostname .", "kapal /etc/hostname", "kapal:/etc/hostname"),
        ] {
            let found = docker_commands(typed).first().and_then(torn);
            let found =
                found.and_then(|cause| Some((cause.get("apart")?.to_owned(), cause.get("together")?.to_owned())));
            assert_eq!(found, Some((apart.to_owned(), together.to_owned())), "{typed}");
        }
        for typed in [
            "docker run --name sapa hello-world",
            "docker run -e NAMA alpin:3.20 env",
            "docker run -p 80 nginx",
            "docker run -p 8080:80 80 nginx",
            "docker cp /a kapal:/b",
            "docker run alpine:3.20 sleep 600",
            "docker run -p 80:80 nginx nginx -g x",
            "docker rmi mongo:4.1 alpine:3.20",
            "docker tag a b:1",
            "docker run alpine sh -c 'A= b'",
        ] {
            assert_eq!(docker_commands(typed).first().and_then(torn), None, "{typed}");
        }
    }

    #[test]
    fn space_between_hyphens_and_option_name_is_found() {
        for (typed, near) in [
            ("docker run -- name x alpine:3.20", "docker run --name x alpine:3.20"),
            ("docker run - it alpine:3.20", "docker run -it alpine:3.20"),
            ("docker run --rm - d alpine:3.20", "docker run --rm -d alpine:3.20"),
            ("docker rm kapal - f", "docker rm kapal -f"),
            ("curl - s localhost:5000", "curl -s localhost:5000"),
        ] {
            let found = hyphens_apart(typed, 1).expect(typed);
            assert_eq!(found.get("near"), Some(near), "{typed}");
        }
        for typed in [
            "docker run -- alpine:3.20",
            "docker load -",
            "docker run alpine:3.20 sh - x",
            "tar -xf - x",
            "ls -- x",
            "cat - kapal",
        ] {
            assert_eq!(hyphens_apart(typed, 1), None, "{typed}");
        }
    }
}
