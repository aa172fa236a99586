//! Finds the command, option or image that the learner meant, if docker does not know the typed word.

use super::{Cause, Kind};
use crate::docker_cli::{
    CliOption, CommandSpec, DockerCommand, Operand, command_names, find_command, nearest_command, subcommands,
};
use crate::explain::misplaced::{all_words, group_second, option_of, own_option_behind};
use crate::explain::spacing::options_together;
use crate::explain::typed::is_program;
use crate::explain::values::looks_like_image;
use crate::image_ref::{ImageRef, ImageRefError};
use crate::shell;
use crate::text::nearest;

/// Finds the long name of an option after one hyphen: `-context`. Docker reads such a word letter by letter, and then
/// reports another problem, or none.
pub(super) fn long_with_one_dash(calls: &[DockerCommand]) -> Option<Cause> {
    let [call] = calls else { return None };
    let mut own = call.before.iter().take_while(|word| word.starts_with('-'));
    let own = own.find_map(|word| Some((None, long_name(word, find_command("docker")?)?)));
    // In `docker run`, the words after the image belong to the program in the container.
    let end = if call.accepts_options_anywhere() { call.words.len() } else { call.options_end };
    let mut given = call.words[..end].iter().take_while(|word| *word != "--");
    let given = || given.find_map(|word| Some((Some(call), long_name(word, call.command?)?)));
    let (call, (typed, name)) = own.or_else(given)?;
    let cause = Cause::new(Kind::LetterUnknown, call).with("flag", format!("-{typed}"));
    Some(cause.with("near", format!("--{name}")).with("verb", call.map_or("", |call| call.familiar_name())))
}

/// Returns what stands after the hyphen of a word, and the long name of the option that it means.
fn long_name<'a>(word: &'a str, command: &CommandSpec) -> Option<(&'a str, &'a str)> {
    let typed = word.strip_prefix('-')?.split('=').next()?;
    let are_letters = typed.len() < 3 && typed.chars().all(|letter| command.option_of_letter(letter).is_some());
    // Learners type `-port`, but docker calls this option `--publish`.
    let name = if typed == "port" { "publish" } else { typed };
    command.option(name).filter(|_| !are_letters).map(|_| (typed, name))
}

/// Finds the command that was meant.
pub(super) fn unknown_command(mut cause: Cause) -> Option<Cause> {
    let word = cause.get("word")?.to_owned();
    if word.split_whitespace().next() == Some("compose") {
        cause.kind = Kind::ComposeMissing;
        return Some(cause);
    }
    // Many beginners try `docker ls` first.
    let near = match word.as_str() {
        "ls" | "list" => Some("ps".to_owned()),
        "begin" | "launch" => Some("start".to_owned()),
        "end" | "halt" => Some("stop".to_owned()),
        "download" | "get" => Some("pull".to_owned()),
        "upload" => Some("push".to_owned()),
        // Docker itself prints `Untagged:`.
        "untag" => Some("rmi".to_owned()),
        "delete" | "remove" => {
            let is_image = |word: &String| looks_like_image(word) || word.contains('/');
            let first = cause.call.as_ref().and_then(|call| call.arguments.first());
            Some(if first.is_some_and(is_image) { "rmi" } else { "rm" }.to_owned())
        }
        _ if is_program(&word) => {
            cause.kind = Kind::CommandProgram;
            return Some(cause);
        }
        _ => match word.split_once(' ') {
            Some((group, second)) => {
                let known = subcommands(group).filter(|word| !matches!(*word, "list" | "remove"));
                let second = if second == "list" { Some("ls") } else { nearest(second, known) };
                second.map(|second| format!("{group} {second}"))
            }
            None => nearest_command(&word).map(|near| {
                // `docker contxt ls`
                let second = cause.call.as_ref().and_then(|call| call.arguments.first());
                match second.filter(|second| subcommands(near).any(|known| known == second.as_str())) {
                    Some(second) => format!("{near} {second}"),
                    None => near.to_owned(),
                }
            }),
        },
    };
    match near {
        // The table of commands has this word, but the learner's docker does not.
        Some(near) if near == word => cause.kind = Kind::CommandVersion,
        Some(near) => cause.set("near", near),
        None => {}
    }
    Some(cause)
}

/// Finds the option that was meant, or the command that has the option.
pub(super) fn unknown_flag(mut cause: Cause, lines: &[&str]) -> Option<Cause> {
    let call = cause.call.clone()?;
    // A docker CLI without compose reads the options of `compose up -d` as options of `docker`.
    if call.typed.starts_with("compose")
        && lines
            .iter()
            .any(|line| *line == "See 'docker --help'." || line.starts_with("Usage:  docker [OPTIONS] COMMAND"))
    {
        cause.kind = Kind::ComposeMissing;
        return Some(cause);
    }
    // If docker does not know the command, docker reads the command's options as options of `docker` itself.
    let first = call.typed.split(' ').next().unwrap_or_default();
    if !first.is_empty() && command_names().all(|known| known != first) {
        cause = Cause::new(Kind::CommandUnknown, cause.call.as_ref()).with("word", first);
        return group_second(&cause).or_else(|| unknown_command(cause));
    }
    // Docker names only the letters from the first unknown letter on.
    let flag = cause.get("flag")?.to_owned();
    let is_clipped = |word: &&String| !word.starts_with("--") && word.ends_with(flag.trim_start_matches('-'));
    let words = all_words(&call);
    let mut typed = words.iter().filter(|word| cause.kind == Kind::LetterUnknown && word.starts_with('-'));
    let spelt = typed.find(is_clipped).cloned().unwrap_or_else(|| flag.clone());
    if let Some(near) = letters_meant(call.command.or_else(|| find_command("docker")), &spelt) {
        return Some(Cause::new(Kind::LetterCase, Some(&call)).with("found", spelt).with("expected", near));
    }
    if call.typed.is_empty() && cause.kind == Kind::LetterUnknown {
        return Some(Cause::new(Kind::OwnFlagUnknown, Some(&call)).with("flag", spelt));
    }
    let name = flag.trim_start_matches('-').split('=').next()?.to_owned();
    let is_long = cause.kind == Kind::FlagUnknown;
    let same = call.command.and_then(|command| match name.chars().next() {
        _ if is_long => command.option(&name),
        Some(letter) if name.len() == letter.len_utf8() => command.option_of_letter(letter),
        _ => None,
    });
    let moved = || own_option_behind(&cause, &name).or_else(|| options_together(&cause, &flag));
    if same.is_none()
        && let Some(moved) = moved()
    {
        return Some(moved);
    }
    if is_long {
        cause.set("flag", format!("--{flag}"));
    }
    cause.set("verb", call.familiar_name());
    let options = || call.command.into_iter().flat_map(|one| &one.options);
    let near = if let Some(option) = same {
        cause.kind = Kind::FlagVersion;
        let mut names = std::iter::once(option.long).chain(option.other_names.iter().copied());
        names.find(|other| is_long && *other != name).map(|other| format!("--{other}"))
    } else if is_long && name.len() <= 3 && option_of(&format!("-{name}"), &call).is_some() {
        // `--a` and `--it` are options of one letter, which need only one hyphen.
        cause.kind = Kind::LettersTwoHyphens;
        Some(format!("-{name}"))
    } else if matches!(name.as_str(), "port" | "ports") && options().any(|option| option.long == "publish") {
        Some("--publish".to_owned())
    } else if let Some(near) = nearest(&name, options().map(|option| option.long)).filter(|_| name.len() > 1) {
        Some(format!("--{near}"))
    } else {
        // `--namesapa`: there must be a space between the option and its value.
        let glued = |option: &&CliOption| is_long && option.takes_value && option.long.len() > 2;
        let option = options().filter(glued).find(|option| name.starts_with(option.long));
        // Docker's message ends before a `=`.
        let value = |long| words.iter().find_map(|word| word.strip_prefix("--")?.strip_prefix(long)).map(shell::quoted);
        option.and_then(|option| Some(format!("--{} {}", option.long, value(option.long)?)))
    };
    cause.set_some("near", near);
    Some(cause)
}

/// Replaces capital letters and digits by the options that look like them: `-f` for `-F`, `-o` for `-0`. Keeps letters
/// that exist as options. Returns `None` if nothing changes.
fn letters_meant(command: Option<&CommandSpec>, word: &str) -> Option<String> {
    let letters = word.strip_prefix('-').filter(|letters| !letters.starts_with('-') && letters.len() <= 3)?;
    let meant = |sign: char| {
        let alike = match sign {
            '0' => "o",
            '1' => "li",
            _ => "",
        };
        let lower = Some(sign.to_ascii_lowercase());
        let mut signs = [sign].into_iter().chain(lower).chain(alike.chars());
        signs.find(|letter| command.is_some_and(|command| command.option_of_letter(*letter).is_some()))
    };
    let meant: String = letters.chars().map(meant).collect::<Option<_>>()?;
    (meant != letters).then(|| format!("-{meant}"))
}

/// Finds the invalid image reference in the command, and the reference that was meant. Docker's message says only that
/// a reference is invalid.
pub(super) fn reference(mut cause: Cause, line: &str, command: &str) -> Option<Cause> {
    let call = cause.call.clone()?;
    let quoted =
        line.split_once("invalid argument \"").and_then(|(_, rest)| rest.split_once('"')).map(|(word, _)| word);
    let tagged = call.value("tag").filter(|_| call.familiar_name() == "build");
    let fault = |image: &str| image.parse::<ImageRef>().err();
    let names_image = |at: usize| call.command.is_some_and(|command| command.operand(at) == Operand::Image);
    let mut images = call.operands().enumerate().filter(|(at, _)| names_image(*at)).map(|(_, image)| image);
    let image = quoted.or(tagged).or_else(|| images.find(|image| fault(image).is_some()))?;
    if let Some(name) = image.strip_prefix('$').filter(|_| command.contains(&format!("'{image}'"))) {
        return Some(Cause::new(Kind::VariableQuoted, Some(&call)).with("word", name));
    }
    cause.set("image", image);
    let fault = fault(image)?;
    let is_run = matches!(call.familiar_name(), "run" | "create");
    let (kind, near) = match fault {
        // `docker run NAMA=Ryan alpine:3.20`: the option `-e` before the variable is missing.
        _ if is_run && image.split_once('=').is_some_and(|(name, _)| is_name(name)) => (Kind::ReferenceVariable, None),
        _ if image.contains('$') => (Kind::ReferenceContent, None),
        ImageRefError::Uppercase => (Kind::ReferenceCapital, Some(image.to_lowercase())),
        ImageRefError::Space => (Kind::ReferenceSpace, Some(image.split_whitespace().collect::<Vec<_>>().join("-"))),
        ImageRefError::Scheme => (Kind::ReferenceScheme, image.split_once("://").map(|(_, rest)| rest.to_owned())),
        ImageRefError::Colon => (Kind::ReferenceColon, Some(image.trim_matches(':').to_owned())),
        ImageRefError::Digest => (Kind::ReferenceDigest, None),
        ImageRefError::Format if image.contains(',') => (Kind::ReferenceComma, Some(image.replace(',', "."))),
        _ => (Kind::Reference, None),
    };
    cause.set_some("near", near);
    Some(Cause { kind, ..cause })
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
