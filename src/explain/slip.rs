//! How a command differs from the one a step prints: the first difference that matters, so that nobody is told only
//! that something else was wanted.

use super::Explanation;
use crate::docker_cli::{Difference, DockerCommand, differences, docker_commands};
use crate::shell;

/// A command of the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed<'a> {
    /// The command.
    pub command: &'a str,
    /// Whether the learner has it before them; what they are to find is not given away.
    pub shown: bool,
    /// Whether the learner has typed it.
    pub typed: bool,
}

/// The difference between what was typed and the nearest of what is printed and still to be typed; none if it is like one
/// of them, or if somebody only looks around.
#[must_use]
pub fn slip(typed: &str, printed: &[Printed<'_>]) -> Option<Explanation> {
    let call = docker_commands(typed).into_iter().next()?;
    let wanted: Vec<(DockerCommand, &Printed<'_>)> =
        printed.iter().filter_map(|one| Some((docker_commands(one.command).into_iter().next()?, one))).collect();
    let (first, first_printed) = wanted.iter().find(|(_, printed)| !printed.typed).or(wanted.first())?;
    if call.typed.is_empty() && call.global.is_empty() {
        return Some(Explanation::new("explain-slip-nothing", &[], "docker --help"));
    }
    let same = wanted.iter().filter(|(wanted, _)| wanted.name() == call.name());
    let differing = same.map(|(wanted, printed)| (differences(&call, wanted), *printed));
    // A typed command is not what is missing, unless this one is like it.
    let rank = |(differences, printed): &(Vec<Difference>, &Printed<'_>)| match differences.len() {
        0 => (false, 0),
        number => (printed.typed, number),
    };
    let Some((differences, printed)) = differing.min_by_key(rank) else {
        if call.only_looks() {
            return None;
        }
        let (key, expected) = if first_printed.shown {
            ("explain-slip-verb", first.familiar_name())
        } else {
            ("explain-slip-verb-hidden", "")
        };
        return Some(Explanation::new(key, &[("found", call.familiar_name()), ("expected", expected)], ""));
    };
    explained(differences.first()?, call.familiar_name(), printed)
}

/// A name of the step that was typed with a blank in place of its hyphen: `--name sapa lagi` for `sapa-lagi`.
#[must_use]
pub fn missing_hyphen(typed: &str, printed: &[Printed<'_>]) -> Option<Explanation> {
    let wanted: Vec<DockerCommand> = printed.iter().flat_map(|one| docker_commands(one.command)).collect();
    let calls = docker_commands(typed);
    let pairs = calls.iter().flat_map(|call| call.words.windows(2));
    let mut torn = pairs.map(|pair| (pair.join(" "), pair.join("-")));
    let (apart, together) = torn.find(|(_, together)| wanted.iter().any(|call| call.words.contains(together)))?;
    Some(Explanation::new("explain-hyphen-missing", &[("apart", &apart), ("together", &together)], ""))
}

/// Returns a value of a printed command as it must be typed: as printed, or else in quotes if necessary.
fn typeable(value: &str, printed: &str) -> String {
    let script = shell::read(printed);
    let word = script.commands().flat_map(|command| &command.words).find(|word| word.text == value);
    let source = word.and_then(|word| printed.get(word.span.clone()));
    source.map_or_else(|| shell::requoted(value), str::to_owned)
}

/// A difference as a message; what is to be found is not given away.
fn explained(difference: &Difference, verb: &str, printed: &Printed<'_>) -> Option<Explanation> {
    let typeable = |value: &str| typeable(value, printed.command);
    let say = |key, args: &[(&str, &str)]| {
        let mut args = args.to_vec();
        args.push(("verb", verb));
        Explanation::new(key, &args, "")
    };
    Some(match difference {
        Difference::Command { .. } => return None,
        Difference::OptionBehind(flag) => say("explain-slip-flag-behind", &[("flag", flag)]),
        Difference::ArgumentExtra(found) => say("explain-slip-word-extra", &[("found", found)]),
        Difference::OptionExtra(flag) => {
            let show = Some(format!("docker {verb} --help"));
            Explanation { show, ..say("explain-slip-flag-extra", &[("flag", flag)]) }
        }
        _ if !printed.shown => say("explain-slip-hidden", &[]),
        Difference::OptionMissing(flag, value) => {
            let flag = value.as_ref().map_or_else(|| flag.clone(), |value| format!("{flag} {}", typeable(value)));
            say("explain-slip-flag-missing", &[("flag", &flag)])
        }
        Difference::OptionValue { option, wanted, typed } => {
            say("explain-slip-value", &[("flag", option), ("expected", &typeable(wanted)), ("found", typed)])
        }
        Difference::ArgumentMissing(expected) => say("explain-slip-word-missing", &[("expected", &typeable(expected))]),
        Difference::Argument { wanted, typed } => {
            say("explain-slip-word", &[("expected", &typeable(wanted)), ("found", typed)])
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    fn slips(typed: &str, printed: &str, shown: bool) -> Option<String> {
        let one = |command| Printed { command, shown, typed: false };
        Some(told(&slip(typed, &[one("docker ps -a"), one(printed)])?))
    }

    fn told(slip: &Explanation) -> String {
        for lang in Lang::ALL {
            let text = super::super::words(slip, &Words::new(lang));
            assert!(!text.starts_with("explain-") && !text.contains(['{', '}']), "{lang}: {text}");
        }
        let value = |name: &str| slip.args.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let values = ["flag", "expected", "found"].map(|name| value(name).unwrap_or("-")).join(" ");
        format!("{} {values}", slip.key.trim_start_matches("explain-slip-"))
    }

    #[test]
    fn the_first_difference_is_told() {
        let printed = "docker run -d --name kapal -p 80:80 alpine:3.20 sleep 600";
        for (typed, told) in [
            ("docker run -d --name kapal -p 80:80 alpine sleep 600", "word - alpine:3.20 alpine"),
            ("docker run -d --name perahu -p 80:80 alpine:3.20 sleep 600", "value --name kapal perahu"),
            ("docker run -d --name kapal -p 8080:80 alpine:3.20 sleep 600", "value -p 80:80 8080:80"),
            ("docker run --name kapal -p 80:80 alpine:3.20 sleep 600", "flag-missing -d - -"),
            ("docker run -d -p 80:80 alpine:3.20 sleep 600", "flag-missing --name kapal - -"),
            ("docker run -d -p 80:80 alpine:3.20 --name kapal sleep 600", "flag-behind --name - -"),
            ("docker run -d --name kapal -p 80:80 alpine:3.20 sleep", "word-missing - 600 -"),
            ("docker run -d --name kapal -p 80:80 alpine:3.20 sleep 600 700", "word-extra - - 700"),
            ("docker run -d -i --name kapal -p 80:80 alpine:3.20 sleep 600", "flag-extra -i - -"),
            ("docker create --name kapal alpine:3.20", "verb - ps create"),
            ("docker", "nothing - - -"),
        ] {
            assert_eq!(slips(typed, printed, true).as_deref(), Some(told), "{typed}");
        }
        assert_eq!(slips(printed, printed, true), None);
        assert_eq!(slips("docker logs kapal", printed, true), None);
        assert_eq!(slips("ls", printed, true), None);
    }

    #[test]
    fn values_are_quoted_as_they_must_be_typed() {
        for (typed, printed, expected) in [
            ("docker inspect -f '{{.Id}}' x", "docker inspect -f '{{json .Name}}' x", "'{{json .Name}}'"),
            ("docker inspect -f '{{.Id}}' x", "docker inspect --format='{{json .Name}}' x", "'{{json .Name}}'"),
            ("docker run -v data:/x alpine", "docker run -v \"$PWD\":/x alpine", "\"$PWD\":/x"),
            ("docker run alpine sh", "docker run alpine sh -c 'echo a'", "-c"),
            ("docker run alpine echo", "docker run alpine echo \"dua kata\"", "\"dua kata\""),
        ] {
            let slip = slip(typed, &[Printed { command: printed, shown: true, typed: false }]).expect(typed);
            let found = slip.args.iter().find(|(name, _)| name == "expected").map(|(_, value)| value.as_str());
            assert_eq!(found, Some(expected), "{typed}");
        }
    }

    #[test]
    fn command_that_was_typed_is_not_what_is_missing() {
        let [web, toko] = ["docker tag alpine:3.20 web:1", "docker tag alpine:3.20 toko:1"];
        let slip = |line: &str, typed: [bool; 2]| {
            let printed = [(web, typed[0]), (toko, typed[1])];
            let printed = printed.map(|(command, typed)| Printed { command, shown: true, typed });
            Some(told(&super::slip(line, &printed)?))
        };
        let missing = |name: &str| Some(format!("word-missing - {name} -"));
        assert_eq!(slip("docker tag alpine:3.20", [false, false]), missing("web:1"));
        assert_eq!(slip("docker tag alpine:3.20", [true, false]), missing("toko:1"));
        assert_eq!(slip("docker tag alpine:3.20", [false, true]), missing("web:1"));
        assert_eq!(slip(web, [true, false]), None);
        assert_eq!(slip("docker pull alpine", [true, false]).as_deref(), Some("verb - tag pull"));
    }

    #[test]
    fn what_is_to_be_found_is_not_given_away() {
        let printed = "docker run -d --init --name kapal alpine:3.20";
        for (typed, told) in [
            ("docker run -d --name kapal alpine:3.20", "hidden - - -"),
            ("docker run -d --init --name x alpine:3.20", "hidden - - -"),
            ("docker run -d --init --name kapal alpine:3.20 sh", "word-extra - - sh"),
            ("docker create --name kapal alpine:3.20", "verb-hidden -  create"),
        ] {
            assert_eq!(slips(typed, printed, false).as_deref(), Some(told), "{typed}");
        }
    }
}
