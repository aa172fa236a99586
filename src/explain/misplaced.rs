//! Finds words in the wrong place. Examples are an option before the command, a name in the place of the command, and a
//! prompt copied with its command. Most of these causes include the command that was meant.

use std::ops::Range;

use super::cause::{Cause, list};
use super::kind::Kind;
use crate::docker_cli::{CommandSpec, DockerCommand, command_names, find_command, nearest_command, subcommands};
use crate::shell;
use crate::text::nearest;

/// Groups of docker commands. Beginners forget the group, as in `docker prune`, or type it last, as in `docker ls
/// context`.
const GROUPS: [&str; 7] = ["builder", "container", "context", "image", "network", "system", "volume"];

fn is_command(word: &str) -> bool {
    command_names().any(|known| known == word)
}

/// Joins words to a command line. Quotes the words that need quotes.
pub(super) fn line_of<S: AsRef<str>>(words: &[S]) -> String {
    words.iter().map(|word| shell::requoted(word.as_ref())).collect::<Vec<_>>().join(" ")
}

/// Finds an option between `docker` and the command, if `docker` itself has no such option: `docker -a ps`, `docker
/// --name sapa run hello-world`, `docker --ocntext node-b images`.
pub(super) fn option_before_command(cause: &Cause) -> Option<Cause> {
    let words = all_words(cause.call.as_ref()?);
    let own = find_command("docker")?;
    let mut at = 0;
    while let Some(word) = words.get(at).filter(|word| word.starts_with('-')) {
        at += match option_in(word, own) {
            Some(takes_value) => 1 + usize::from(takes_value),
            None if matches!(word.as_str(), "-h" | "--help") => 1,
            None => return Some(before_command(&words, at, word, cause)),
        };
    }
    None
}

fn before_command(words: &[String], at: usize, flag: &str, cause: &Cause) -> Cause {
    let mut verbs = (at + 1..words.len()).filter(|&verb| is_command(&words[verb]));
    if let Some(verb) = verbs.find(|&verb| begins_with_option(&words[verb], flag)) {
        let moved: Vec<&String> = words[verb..=verb].iter().chain(&words[at..verb]).collect();
        return Cause::new(Kind::FlagBeforeCommand, cause.call.as_ref())
            .with("flag", line_of(&words[at..verb]))
            .with("verb", &*words[verb])
            .with("near", replaced(words, at..verb + 1, &moved));
    }
    let mut told = Cause::new(Kind::OwnFlagUnknown, None).with("flag", flag);
    let name = flag.trim_start_matches('-').split('=').next().unwrap_or_default();
    let own = find_command("docker").into_iter().flat_map(|own| &own.options).map(|option| option.long);
    if let Some(near) = nearest(name, own).filter(|_| name.len() > 1) {
        told.set("near", format!("--{near}"));
    }
    told
}

/// Finds an option of `docker` itself after the command: `docker pull --context node-b alpine`.
pub(super) fn own_option_behind(cause: &Cause, name: &str) -> Option<Cause> {
    let call = cause.call.as_ref()?;
    let own = find_command("docker")?;
    let option = if cause.kind == Kind::FlagUnknown {
        own.option(name).filter(|option| option.long != "version")?
    } else {
        // With any other letter, the learner means an option of the command, not an option of `docker`.
        own.option_of_letter(name.chars().next()?).filter(|_| matches!(name, "H" | "c"))?
    };
    let (words, begin) = (all_words(call), call.before.len());
    let is_meant = |word: &String| {
        let typed = word.split('=').next().unwrap_or_default();
        typed.starts_with('-') && typed.trim_start_matches('-') == name
    };
    let at = begin + words[begin..].iter().position(is_meant)?;
    let has_value = option.takes_value && !words[at].contains('=') && words.len() > at + 1;
    let end = if has_value { at + 2 } else { at + 1 };
    let near = replaced(&words, 0..end, &[&words[at..end], &words[..at]].concat());
    let verb = call.familiar_name();
    let moved = Cause::new(Kind::OwnFlagBehind, Some(call)).with("flag", line_of(&words[at..end]));
    Some(moved.with("verb", verb).with("near", near))
}

/// Finds a group after its command: `docker ls context`, `docker rm image x`. If docker knows the first word as a
/// command, docker's message must be about the group's name or about the number of words.
pub(super) fn group_second(cause: &Cause) -> Option<Cause> {
    let call = cause.call.as_ref()?;
    let words = all_words(call);
    let verb_at = call.before.len().checked_sub(call.typed.split_whitespace().count())?;
    let verb = words.get(verb_at).filter(|verb| !verb.starts_with('-'))?;
    let at = verb_at + 1 + words[verb_at + 1..].iter().position(|word| !word.starts_with('-'))?;
    let noun = words[at].as_str();
    let group = GROUPS.into_iter().find(|group| noun.strip_prefix(group).is_some_and(|end| matches!(end, "" | "s")))?;
    let second = match verb.as_str() {
        "list" | "ps" => "ls",
        "delete" | "remove" | "rmi" => "rm",
        verb => verb,
    };
    if !subcommands(group).any(|known| known == second) {
        return None;
    }
    let is_about_it = || ["name", "image", "volume", "network"].iter().any(|name| cause.get(name) == Some(noun));
    let is_wrong = match cause.kind {
        Kind::CommandUnknown | Kind::TooFew | Kind::TooMany => true,
        Kind::NoContainer | Kind::NoObject | Kind::NoVolume | Kind::NoSuchNetwork => is_about_it(),
        Kind::NoImage | Kind::ImageUnknown | Kind::PushDenied | Kind::TagUnknown => {
            is_about_it() || cause.get("image").is_none_or(|image| image.split(':').next() == Some(noun))
        }
        _ => false,
    };
    if !is_wrong || (words.len() == at + 1 && !matches!(second, "ls" | "prune")) {
        return None;
    }
    let between = words[verb_at + 1..at].iter().map(String::as_str);
    let meant: Vec<&str> = [group, second].into_iter().chain(between).collect();
    let found = Cause::new(Kind::GroupSecond, Some(call)).with("group", group).with("verb", second);
    Some(found.with("near", replaced(&words, verb_at..at + 1, &meant)))
}

/// Finds the plural of a group before one of its commands: `docker containers ls`, `docker images prune`.
pub(super) fn group_plural(call: &DockerCommand) -> Option<Cause> {
    let group = call.typed.strip_suffix('s').filter(|group| GROUPS.contains(group))?;
    let verb = call.words.first().filter(|word| subcommands(group).any(|known| known == *word))?;
    let near = with_words(call, &call.words).replacen(&call.typed, group, 1);
    Some(Cause::new(Kind::GroupPlural, Some(call)).with("word", &*call.typed).with("verb", &**verb).with("near", near))
}

/// Finds a group without a command, `docker image --format x`, or with its command after an option, `docker container
/// -a ls`.
pub(super) fn group_alone(call: &DockerCommand) -> Option<Cause> {
    let group = call.typed.as_str();
    let is_verb = |word: &String| subcommands(group).any(|known| known == word);
    if call.command.is_some() || group.is_empty() || subcommands(group).next().is_none() {
        return None;
    }
    let Some(at) = call.words.iter().position(is_verb) else {
        let example = subcommands(group).find(|known| *known == "ls").or(subcommands(group).next())?;
        return Some(Cause::new(Kind::GroupAlone, Some(call)).with("verb", group).with("example", example));
    };
    let (before, after) = call.words.split_at(at);
    let verb = format!("{group} {}", after[0]);
    if !begins_with_option(&verb, before.first()?) {
        return None;
    }
    let near = with_replaced(call, 0..at + 1, &[&after[..1], before].concat());
    let moved = Cause::new(Kind::FlagBeforeCommand, Some(call)).with("flag", line_of(before));
    Some(moved.with("verb", verb).with("near", near))
}

/// Whether a word is an option of a command: alone (`--rm`), with its value (`-p8080:80`), or with others (`-it`).
fn begins_with_option(verb: &str, word: &str) -> bool {
    let Some(command) = find_command(verb) else { return false };
    if let Some(long) = word.strip_prefix("--") {
        return command.option(long.split('=').next().unwrap_or_default()).is_some();
    }
    let mut letters = word.trim_start_matches('-').chars().peekable();
    let is_letter = |letter| command.option_of_letter(letter);
    letters.peek().copied().and_then(is_letter).is_some_and(|first| first.takes_value)
        || (letters.peek().is_some() && letters.all(|letter| is_letter(letter).is_some()))
}

/// Finds the reason why docker does not know the command `word`. `docker ps-a` lacks a space, `docker kapal start` has
/// its command second, and `docker prune` lacks a group such as `image`.
pub(super) fn not_a_command(word: &str, cause: &Cause) -> Option<Cause> {
    let call = cause.call.as_ref();
    let words = all_words(call?);
    let at = words.iter().position(|typed| typed == word)?;
    if let Some(verb) = word.strip_suffix('-').filter(|verb| is_command(verb))
        && let Some(letters) = words.get(at + 1)
        && begins_with_option(verb, &format!("-{letters}"))
    {
        let near = replaced(&words, at..at + 2, &[verb, &format!("-{letters}")]);
        return Some(
            Cause::new(Kind::HyphensApart, call).with("apart", format!("{word} {letters}")).with("near", near),
        );
    }
    if let Some(next) = words.get(at + 1)
        && let together = format!("{word}{next}")
        && is_command(&together)
    {
        let found = Cause::new(Kind::Torn, call).with("apart", format!("{word} {next}"));
        return Some(found.with("together", together));
    }
    let is_option = |&dash: &usize| is_command(&word[..dash]) && begins_with_option(&word[..dash], &word[dash..]);
    if let Some(dash) = word.find('-').filter(is_option) {
        let (verb, rest) = word.split_at(dash);
        let near = replaced(&words, at..at + 1, &[verb, rest]);
        return Some(Cause::new(Kind::BlankMissing, call).with("word", verb).with("flag", rest).with("near", near));
    }
    let groups: Vec<&str> =
        GROUPS.into_iter().filter(|group| subcommands(group).any(|second| second == word)).collect();
    if !groups.is_empty() && !["ls", "list", "remove"].contains(&word) {
        let names: Vec<String> = groups.iter().map(|group| format!("docker {group} {word}")).collect();
        return Some(Cause::new(Kind::GroupMissing, call).with("word", word).with("names", list(&names)));
    }
    let verb = words.get(at + 1).filter(|verb| is_command(verb) && nearest_command(word).is_none())?;
    let near = replaced(&words, at..at + 2, &[verb, word]);
    Some(Cause::new(Kind::CommandSecond, call).with("word", word).with("verb", &**verb).with("near", near))
}

/// Returns the words after `docker`.
pub(super) fn all_words(call: &DockerCommand) -> Vec<String> {
    [call.before.as_slice(), &call.words].concat()
}

/// Returns a docker command with `new` in the place of some of its words. `words` are the words after `docker`.
pub(super) fn replaced<S: AsRef<str>>(words: &[String], range: Range<usize>, new: &[S]) -> String {
    let before = std::iter::once("docker").chain(words[..range.start].iter().map(String::as_str));
    let after = words[range.end..].iter().map(String::as_str);
    line_of(&before.chain(new.iter().map(AsRef::as_ref)).chain(after).collect::<Vec<_>>())
}

/// Returns the docker command with `new` in the place of some of the words after its verb.
pub(super) fn with_replaced<S: AsRef<str>>(call: &DockerCommand, range: Range<usize>, new: &[S]) -> String {
    let begin = call.before.len();
    replaced(&all_words(call), begin + range.start..begin + range.end, new)
}

/// Returns the docker command with `words` in the place of all words after its verb.
pub(super) fn with_words<S: AsRef<str>>(call: &DockerCommand, words: &[S]) -> String {
    with_replaced(call, 0..call.words.len(), words)
}

/// Moves the options directly after the image or the container to the place before it. Returns the new command.
pub(super) fn options_moved_before(call: &DockerCommand) -> Option<String> {
    let begin = call.options_end;
    let (operand, rest) = call.words.get(begin..)?.split_first()?;
    let mut end = 0;
    while let Some(word) = rest.get(end) {
        let Some(takes_value) = option_of(word, call) else { break };
        end += if takes_value { 2 } else { 1 };
    }
    let end = end.min(rest.len());
    let words: Vec<&String> = rest[..end].iter().chain([operand]).collect();
    (end > 0).then(|| with_replaced(call, begin..begin + 1 + end, &words))
}

/// Returns whether an option takes the next word as its value, or `None` if the call's command has no such option.
pub(super) fn option_of(word: &str, call: &DockerCommand) -> Option<bool> {
    option_in(word, call.command?)
}

fn option_in(word: &str, command: &CommandSpec) -> Option<bool> {
    let (name, has_value) = word.split_once('=').map_or((word, false), |(name, _)| (name, true));
    if let Some(long) = name.strip_prefix("--") {
        return command.option(long).map(|option| option.takes_value && !has_value);
    }
    let letters = name.strip_prefix('-').filter(|letters| !letters.is_empty())?;
    let options: Option<Vec<_>> = letters.chars().map(|letter| command.option_of_letter(letter)).collect();
    options?.last().map(|option| option.takes_value && !has_value)
}

/// Exchanges two words after the options. Returns the new command.
pub(super) fn words_swapped(call: &DockerCommand, first: &str, second: &str) -> Option<String> {
    let mut words = call.words.clone();
    let place = |wanted: &str| (call.options_end..words.len()).find(|&at| words[at] == wanted);
    let (one, other) = (place(first)?, place(second)?);
    words.swap(one, other);
    Some(with_words(call, &words))
}

/// Finds two commands in one line with nothing between them: `docker run x sleep 600docker run x sleep 600`. The first
/// command already stood at the prompt when the learner entered the second one.
pub(super) fn two_commands(command: &str) -> Option<Cause> {
    let is_glued = |at: usize| {
        let before = &command[..at];
        before.ends_with(|last: char| last.is_ascii_alphanumeric() || last == '\'') && before.contains("docker ")
    };
    let at = command.match_indices("docker ").map(|(at, _)| at).find(|&at| is_glued(at))?;
    let is_whole = shell::read(&command[..at]).incomplete.is_none();
    let (first, second) = (command[..at].trim(), command[at..].trim());
    let same = if first == second { "yes" } else { "no" };
    is_whole.then(|| Cause::new(Kind::TwoCommands, None).with("first", first).with("near", second).with("same", same))
}

/// Finds a prompt that the learner copied with the command: `$ docker ps`, `root@server:/home# docker ps`. Also finds
/// the prompt of a shell in a container: `/ # hostname`.
pub(super) fn prompt_typed(command: &str) -> Option<Cause> {
    if let Some(rest) = command.trim_start().strip_prefix("/ # ") {
        return Some(Cause::new(Kind::PromptInside, None).with("near", rest.trim()));
    }
    let (prompt, rest) = command.trim_start().split_once(' ')?;
    let is_prompt = matches!(prompt, "$" | "#" | ">" | "%") || (prompt.contains('@') && prompt.ends_with(['$', '#']));
    let rest = rest.trim_start();
    let program = rest.split_whitespace().next()?;
    (is_prompt && ["docker", "curl", "cd", "cat", "ls", "mkdir", "sudo"].contains(&program))
        .then(|| Cause::new(Kind::PromptTyped, None).with("word", prompt).with("near", rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docker_cli::docker_commands;

    fn cause(command: &str) -> Cause {
        Cause::new(Kind::FlagUnknown, docker_commands(command).first())
    }

    #[test]
    fn option_before_the_command_is_moved_behind_it() {
        for (typed, flag, near) in [
            ("docker -a ps", "-a", "docker ps -a"),
            ("docker --name sapa run hello-world", "--name sapa", "docker run --name sapa hello-world"),
            ("docker -H unix:///x -it run alpine sh", "-it", "docker -H unix:///x run -it alpine sh"),
            ("sudo docker --rm run alpine", "--rm", "docker run --rm alpine"),
        ] {
            let found = option_before_command(&cause(typed)).expect(typed);
            let value = |name| found.get(name).map(str::to_owned);
            assert_eq!(
                (found.kind, value("flag"), value("near")),
                (Kind::FlagBeforeCommand, Some(flag.to_owned()), Some(near.to_owned())),
                "{typed}"
            );
        }
        let typed = "docker --ocntext node-b images";
        let found = option_before_command(&cause(typed)).expect(typed);
        assert_eq!((found.kind, found.get("near")), (Kind::OwnFlagUnknown, Some("--context")));
        for typed in ["docker ps -a", "docker --context b ps --salah", "docker -H x -D ps -x", "ls -a"] {
            assert_eq!(option_before_command(&cause(typed)), None, "{typed}");
        }
    }

    #[test]
    fn option_of_docker_itself_is_moved_before_the_command() {
        for (typed, name, near) in [
            ("docker pull --context node-b alpine", "context", "docker --context node-b pull alpine"),
            (
                "docker run --host=tcp://a:1 -v \"$PWD\":/x alpine",
                "host",
                "docker --host=tcp://a:1 run -v \"$PWD:/x\" alpine",
            ),
            ("docker image ls --debug", "debug", "docker --debug image ls"),
        ] {
            let found = own_option_behind(&cause(typed), name).expect(typed);
            assert_eq!((found.kind, found.get("near")), (Kind::OwnFlagBehind, Some(near)), "{typed}");
        }
        let typed = "docker ps -c node-b";
        let letter = Cause { kind: Kind::LetterUnknown, ..cause(typed) };
        let found = own_option_behind(&letter, "c").expect(typed);
        assert_eq!(found.get("near"), Some("docker -c node-b ps"));
        assert_eq!(own_option_behind(&letter, "v"), None);
        assert_eq!(own_option_behind(&cause("docker pull --version a"), "version"), None);
    }

    #[test]
    fn group_is_moved_before_its_command() {
        for (typed, kind, about, near) in [
            ("docker ls context", Kind::CommandUnknown, "ls", "docker context ls"),
            ("docker ls volume", Kind::CommandUnknown, "ls", "docker volume ls"),
            ("docker list containers", Kind::CommandUnknown, "list", "docker container ls"),
            ("docker --context b ls -q images", Kind::CommandUnknown, "ls", "docker --context b image ls -q"),
            ("docker prune -f volumes", Kind::CommandUnknown, "prune", "docker volume prune -f"),
            ("docker connect network laut kapal", Kind::CommandUnknown, "connect", "docker network connect laut kapal"),
            ("docker delete container kapal", Kind::CommandUnknown, "delete", "docker container rm kapal"),
            ("docker rm image alpine:3.20", Kind::NoContainer, "image", "docker image rm alpine:3.20"),
            ("docker rm -f volume data", Kind::NoContainer, "volume", "docker volume rm -f data"),
            ("docker inspect network laut", Kind::NoObject, "network", "docker network inspect laut"),
            ("sudo docker rmi image alpine", Kind::NoImage, "image", "docker image rm alpine"),
            ("docker create volume data", Kind::ImageUnknown, "volume", "docker volume create data"),
            ("docker pull image alpine", Kind::TooFew, "pull", "docker image pull alpine"),
            ("docker ps containers", Kind::TooMany, "ps", "docker container ls"),
        ] {
            let name = if matches!(kind, Kind::NoImage | Kind::ImageUnknown) { "image" } else { "name" };
            let cause = Cause { kind, ..cause(typed) }.with(name, about);
            let found = group_second(&cause).expect(typed);
            assert_eq!((found.kind, found.get("near")), (Kind::GroupSecond, Some(near)), "{typed}");
        }
        for (typed, kind, about) in [
            ("docker rm image kapal", Kind::NoContainer, "kapal"),
            ("docker inspect network", Kind::NoObject, "network"),
            ("docker start volume data", Kind::NoContainer, "volume"),
            ("docker network ls", Kind::TooMany, "ls"),
            ("docker rm kapal", Kind::NoContainer, "kapal"),
            ("docker run alpine ls", Kind::ImageUnknown, "alpine"),
        ] {
            assert_eq!(group_second(&Cause { kind, ..cause(typed) }.with("name", about)), None, "{typed}");
        }
    }

    #[test]
    fn options_after_the_image_are_moved_before_it() {
        for (typed, near) in [
            ("docker run alpine:3.20 -d sleep 600", "docker run -d alpine:3.20 sleep 600"),
            ("docker run --rm alpine:3.20 --name kapal", "docker run --rm --name kapal alpine:3.20"),
            ("docker exec kapal -it sh", "docker exec -it kapal sh"),
            ("docker --context b run x -dp 80:80 --rm sh -c a", "docker --context b run -dp 80:80 --rm x sh -c a"),
        ] {
            let call = docker_commands(typed).remove(0);
            assert_eq!(options_moved_before(&call).as_deref(), Some(near), "{typed}");
        }
        for typed in ["docker run alpine:3.20 -x", "docker run alpine:3.20 ls -l", "docker run alpine:3.20"] {
            let call = docker_commands(typed).remove(0);
            assert_eq!(options_moved_before(&call), None, "{typed}");
        }
    }

    #[test]
    fn copied_prompt_before_a_command_is_found() {
        for typed in ["$ docker ps", "# docker ps", "root@server_rumah:/home/ryan# docker pull x"] {
            assert!(prompt_typed(typed).is_some(), "{typed}");
        }
        for typed in ["docker ps", "# ingat ini", "echo $ docker", "a@b docker ps"] {
            assert_eq!(prompt_typed(typed), None, "{typed}");
        }
    }
}
