//! How a command differs from the one a step prints: the first difference that matters, so that nobody is told only
//! that something else was wanted.

use super::Explanation;
use super::call::{Call, calls};

/// A command of the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed<'a> {
    /// The command.
    pub command: &'a str,
    /// Whether the learner has it before them; what they are to find is not given away.
    pub shown: bool,
}

/// Commands that only look: nobody means them for others.
const LOOKS: [&str; 12] =
    ["ps", "images", "inspect", "logs", "info", "version", "top", "stats", "diff", "port", "history", "help"];

/// The difference between what was typed and the nearest of what is printed; none where they are alike, or where
/// somebody only looks around.
#[must_use]
pub fn slip(typed: &str, printed: &[Printed<'_>]) -> Option<Explanation> {
    let call = calls(typed).into_iter().next()?;
    let wanted: Vec<(Call, bool)> =
        printed.iter().filter_map(|one| Some((calls(one.command).into_iter().next()?, one.shown))).collect();
    let (first, first_shown) = wanted.first()?;
    if call.verb.is_empty() {
        return Some(told("explain-slip-nothing", &[], "docker --help"));
    }
    let same = wanted.iter().filter(|(wanted, _)| wanted.verb == call.verb);
    let Some((wanted, shown)) = same.min_by_key(|(wanted, _)| differences(&call, wanted).len()) else {
        if LOOKS.contains(&call.verb.as_str()) || call.verb.ends_with(" ls") || call.verb.ends_with(" inspect") {
            return None;
        }
        let (key, expected) =
            if *first_shown { ("explain-slip-verb", first.verb.as_str()) } else { ("explain-slip-verb-hidden", "") };
        return Some(told(key, &[("found", &call.verb), ("expected", expected)], ""));
    };
    let first = differences(&call, wanted).into_iter().next()?;
    Some(first.told(&call.verb, *shown))
}

fn told(key: &'static str, args: &[(&str, &str)], show: &str) -> Explanation {
    let args = args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Explanation { key, args, show: Some(show.to_owned()).filter(|show| !show.is_empty()) }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Difference {
    /// A flag stands behind the names.
    FlagBehind(String),
    /// A flag is missing.
    FlagMissing(String),
    /// A flag has another value: flag, expected, found.
    Value(String, String, String),
    /// A word is missing.
    WordMissing(String),
    /// A word is another: expected, found.
    Word(String, String),
    /// A word too many.
    WordExtra(String),
    /// A flag too many.
    FlagExtra(String),
}

impl Difference {
    fn told(&self, verb: &str, shown: bool) -> Explanation {
        let show = format!("docker {verb} --help");
        let say = |key, args: &[(&str, &str)]| {
            let mut args = args.to_vec();
            args.push(("verb", verb));
            told(key, &args, "")
        };
        match self {
            Self::FlagBehind(flag) => say("explain-slip-flag-behind", &[("flag", flag)]),
            Self::WordExtra(found) => say("explain-slip-word-extra", &[("found", found)]),
            Self::FlagExtra(flag) => {
                Explanation { show: Some(show), ..say("explain-slip-flag-extra", &[("flag", flag)]) }
            }
            _ if !shown => say("explain-slip-hidden", &[]),
            Self::FlagMissing(flag) => say("explain-slip-flag-missing", &[("flag", flag)]),
            Self::Value(flag, expected, found) => {
                say("explain-slip-value", &[("flag", flag), ("expected", expected), ("found", found)])
            }
            Self::WordMissing(expected) => say("explain-slip-word-missing", &[("expected", expected)]),
            Self::Word(expected, found) => say("explain-slip-word", &[("expected", expected), ("found", found)]),
        }
    }
}

/// What is not as printed, the weightiest first.
fn differences(typed: &Call, printed: &Call) -> Vec<Difference> {
    let (mine, wanted) = (typed.flags(), printed.flags());
    let (words, names) = (typed.operands(), printed.operands());
    let mut found = Vec::new();
    for (long, value) in &wanted {
        let spelt = spelt(printed, long);
        match mine.iter().find(|(name, _)| name == long) {
            Some((_, given)) if given != value => found.push(Difference::Value(
                spelt,
                value.unwrap_or_default().to_owned(),
                given.unwrap_or_default().to_owned(),
            )),
            Some(_) => {}
            None if words.iter().any(|word| word.split('=').next() == Some(&spelt)) => {
                found.insert(0, Difference::FlagBehind(spelt));
            }
            None => {
                found.push(Difference::FlagMissing(value.map_or_else(|| spelt.clone(), |v| format!("{spelt} {v}"))));
            }
        }
    }
    for (at, name) in names.iter().enumerate() {
        match words.get(at) {
            None => found.push(Difference::WordMissing(name.clone())),
            Some(word) if word != name => {
                found.push(Difference::Word(name.clone(), word.clone()));
                break;
            }
            Some(_) => {}
        }
    }
    if let Some(word) = words.get(names.len()) {
        found.push(Difference::WordExtra(word.clone()));
    }
    let extra = mine.iter().filter(|(long, _)| !wanted.iter().any(|(name, _)| name == long));
    found.extend(extra.map(|(long, _)| Difference::FlagExtra(spelt(typed, long))));
    found
}

/// A flag as the call has it: `-d` or `--detach`.
fn spelt(call: &Call, long: &str) -> String {
    let name = |word: &&String| word.strip_prefix("--").is_some_and(|name| name.split('=').next() == Some(long));
    if call.args.iter().any(|word| name(&word)) { format!("--{long}") } else { call.short(long) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    fn slips(typed: &str, printed: &str, shown: bool) -> Option<String> {
        let slip = slip(typed, &[Printed { command: "docker ps -a", shown }, Printed { command: printed, shown }])?;
        for lang in Lang::ALL {
            let text = super::super::words(&slip, &Words::new(lang));
            assert!(!text.starts_with("explain-") && !text.contains(['{', '}']), "{lang}: {text}");
        }
        let value = |name: &str| slip.args.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let values = ["flag", "expected", "found"].map(|name| value(name).unwrap_or("-")).join(" ");
        Some(format!("{} {values}", slip.key.trim_start_matches("explain-slip-")))
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
