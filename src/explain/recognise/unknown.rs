//! Finds the command, option or image that the learner meant, if docker does not know the typed word.

use super::{Cause, Kind};
use crate::docker_cli::{
    CommandSpec, DockerCommand, Operand, command_names, find_command, nearest_command, subcommands,
};
use crate::explain::misplaced::{after_docker, group_second, option_of, own_option_behind};
use crate::explain::spacing::options_together;
use crate::explain::typed::is_program;
use crate::explain::values::looks_like_image;
use crate::image_ref::{ImageRef, ImageRefError};
use crate::text::{nearest, nearest_within};

/// Returns the name of a long option that was typed with one hyphen, such as `-name`.
pub(super) fn one_dash(call: Option<&DockerCommand>) -> Option<String> {
    let call = call?;
    // In `docker run`, the words after the image belong to the program in the container.
    let end = if call.accepts_options_anywhere() { call.words.len() } else { call.options_end };
    let is_behind = |word: &String| word == "--";
    call.words[..end].iter().take_while(|word| !is_behind(word)).find_map(|word| {
        let name = word.strip_prefix('-').filter(|name| !name.starts_with('-') && name.len() > 1)?;
        if name.len() == 2 && option_of(word, call).is_some() {
            return None;
        }
        // Learners type `-port`, but docker calls this option `--publish`.
        let name = if name == "port" { "publish" } else { name.split('=').next()? };
        call.command?.option(name).map(|_| name.to_owned())
    })
}

/// Finds the long name of an option after one hyphen: `-context`. Docker reads such a word letter by letter, and then
/// reports another problem.
pub(super) fn long_with_one_dash(command: &str, status: i32, calls: &[DockerCommand]) -> Option<Cause> {
    let [call] = calls else { return None };
    let words = after_docker(command).filter(|_| status != 0)?;
    let own = words.iter().take_while(|word| word.starts_with('-')).find_map(|word| {
        let name = word.strip_prefix('-')?.split('=').next()?;
        find_command("docker")?.option(name).filter(|_| name.len() > 2).map(|_| name)
    });
    if let Some(name) = own {
        let cause = Cause::new(Kind::LetterUnknown, None).with("flag", format!("-{name}"));
        return Some(cause.with("near", format!("--{name}")));
    }
    let flag = one_dash(Some(call))?;
    let is_port = flag == "publish" && !call.words.iter().any(|word| word.starts_with("-publish"));
    let typed = if is_port { "port" } else { &flag };
    let cause = Cause::new(Kind::LetterUnknown, Some(call)).with("flag", format!("-{typed}"));
    Some(cause.with("near", format!("--{flag}")).with("verb", call.familiar_name()))
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
            None => nearest_command(&word).map(str::to_owned),
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
pub(super) fn unknown_flag(mut cause: Cause, command: &str, lines: &[&str]) -> Option<Cause> {
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
        return group_second(command, &cause).or_else(|| unknown_command(cause));
    }
    // Docker names only the letters from the first unknown letter on.
    let flag = cause.get("flag")?.to_owned();
    let is_clipped = |word: &&String| !word.starts_with("--") && word.ends_with(flag.trim_start_matches('-'));
    let whole = after_docker(command).and_then(|words| {
        let mut typed = words.iter().filter(|word| word.starts_with('-'));
        typed.find(is_clipped).filter(|_| cause.kind == Kind::LetterUnknown).cloned()
    });
    let spelt = whole.unwrap_or_else(|| flag.clone());
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
    if let Some(moved) = own_option_behind(command, &cause, &name).or_else(|| options_together(command, &cause, &flag))
    {
        return Some(moved);
    }
    // `--a` and `--it` are options of one letter, which need only one hyphen.
    if is_long && name.len() <= 3 && option_of(&format!("-{name}"), &call).is_some() {
        cause.set("near", format!("-{name}"));
        cause.set("flag", format!("--{flag}"));
        return Some(cause.with("verb", call.familiar_name()));
    }
    // `--namesapa`: there must be a space between the option and its value.
    let glued = call.command.filter(|_| is_long).and_then(|command| {
        let mut valued = command.options.iter().filter(|option| option.takes_value && option.long.len() > 2);
        let option = valued.find(|option| name.starts_with(option.long))?;
        let meant = format!("--{} {}", option.long, name.strip_prefix(option.long)?);
        nearest_within(&name, command.options.iter().map(|option| option.long), 2).is_none().then_some(meant)
    });
    if let Some(near) = glued {
        cause.set("near", near);
        cause.set("flag", format!("--{flag}"));
        return Some(cause.with("verb", call.familiar_name()));
    }
    let known: Vec<&str> = call.command.into_iter().flat_map(|one| &one.options).map(|option| option.long).collect();
    let near = match (cause.kind, name.as_str()) {
        (_, "port" | "ports") if known.contains(&"publish") => Some("publish"),
        // A single letter is too short to find a similar option.
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
    match fault(image) {
        Some(ImageRefError::Uppercase) => cause.set("near", image.to_lowercase()),
        Some(ImageRefError::Dash) => cause.set("near", format!("--{}", image.trim_start_matches(['–', '—', '-']))),
        Some(ImageRefError::Space) => cause.set("near", image.split_whitespace().collect::<Vec<_>>().join("-")),
        Some(ImageRefError::Scheme) => cause.set("near", image.split_once("://").map_or(image, |(_, rest)| rest)),
        Some(ImageRefError::Format) if image.contains(',') => cause.set("near", image.replace(',', ".")),
        Some(ImageRefError::Colon) => cause.set("near", image.trim_matches(':')),
        Some(_) => {}
        None => return None,
    }
    Some(cause)
}
