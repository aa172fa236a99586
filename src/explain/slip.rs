//! Finds the first important difference between a typed command and a command of the step. The tutor then names this
//! difference, instead of saying only that the step needs another command.

use super::Explanation;
use super::misplaced::with_replaced;
use crate::docker_cli::{Difference, DockerCommand, Operand, differences, docker_commands};
use crate::image_ref::{ImageRef, is_same_image};
use crate::shell;
use crate::text::nearest_within;

/// A command of the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed<'a> {
    /// The command.
    pub command: &'a str,
    /// Whether the learner sees the command. If not, messages do not reveal the words of the command.
    pub shown: bool,
    /// Whether the learner has typed the command.
    pub typed: bool,
}

/// Explains the difference between a typed command and the nearest command of the step, preferably one that the learner
/// has not typed yet. Returns `None` if there is no difference. Also returns `None` if the step does not have the typed
/// docker command and that command only reads from the engine.
#[must_use]
pub fn slip(typed: &str, printed: &[Printed<'_>]) -> Option<Explanation> {
    let calls = docker_commands(typed);
    let wanted: Vec<(DockerCommand, &Printed<'_>)> =
        printed.iter().filter_map(|one| Some((docker_commands(one.command).into_iter().next()?, one))).collect();
    // In `docker rm x && docker run …`, compares the call whose docker command occurs in the step.
    let is_wanted = |call: &&DockerCommand| wanted.iter().any(|(wanted, _)| wanted.name() == call.name());
    let call = calls.iter().find(is_wanted).or(calls.first())?.clone();
    let (first, first_printed) = wanted.iter().find(|(_, printed)| !printed.typed).or(wanted.first())?;
    if call.typed.is_empty() && call.global.is_empty() {
        return Some(Explanation::new("explain-slip-nothing", &[], "docker --help"));
    }
    let same = wanted.iter().filter(|(wanted, _)| wanted.name() == call.name());
    let differing = same.map(|(wanted, printed)| (differences(&call, wanted), wanted, *printed));
    // Commands of the step that the learner typed before come last, except for a command without any difference.
    let rank = |(differences, _, printed): &(Vec<Difference>, &DockerCommand, &Printed<'_>)| match differences.len() {
        0 => (false, 0),
        number => (printed.typed, number),
    };
    let Some((differences, wanted, printed)) = differing.min_by_key(rank) else {
        if call.only_looks() {
            return None;
        }
        return Some(verb_slip(&call, first, first_printed.shown));
    };
    // If an option took another option as its value, all later words differ, so this difference is explained first.
    let takes_option =
        |one: &&Difference| matches!(one, Difference::OptionValue { typed, .. } if typed.starts_with('-'));
    let first = differences.iter().find(takes_option).or(differences.first())?;
    Some(Attempt { call: &call, wanted, printed }.explain(first))
}

pub(super) fn verb_slip(call: &DockerCommand, wanted: &DockerCommand, is_shown: bool) -> Explanation {
    let (key, expected) =
        if is_shown { ("explain-slip-verb", wanted.familiar_name()) } else { ("explain-slip-verb-hidden", "") };
    Explanation::new(key, &[("found", call.familiar_name()), ("expected", expected)], "")
}

/// Returns a value of a printed command in the form that the learner must type: as printed, or else in quotes if
/// necessary.
fn typeable(value: &str, printed: &str) -> String {
    let script = shell::read(printed);
    let word = script.commands().flat_map(|command| &command.words).find(|word| word.text == value);
    let source = word.and_then(|word| printed.get(word.span.clone()));
    source.map_or_else(|| shell::requoted(value), str::to_owned)
}

/// A typed command, and the nearest command of the step.
#[derive(Debug, Clone, Copy)]
struct Attempt<'a> {
    call: &'a DockerCommand,
    wanted: &'a DockerCommand,
    printed: &'a Printed<'a>,
}

impl Attempt<'_> {
    /// Returns a message with these values and the name of the typed command.
    fn message(&self, key: &'static str, args: &[(&str, &str)]) -> Explanation {
        let mut args = args.to_vec();
        args.push(("verb", self.call.familiar_name()));
        Explanation::new(key, &args, "")
    }

    /// Names the missing, wrong or extra word, and its place. Does not reveal the words of a hidden command.
    fn explain(&self, difference: &Difference) -> Explanation {
        let shown = self.printed.shown;
        let typeable = |value: &str| typeable(value, self.printed.command);
        match difference {
            Difference::Command { wanted, typed } if shown => {
                self.message("explain-slip-verb", &[("found", typed), ("expected", wanted)])
            }
            Difference::Command { typed, .. } => self.message("explain-slip-verb-hidden", &[("found", typed)]),
            Difference::OptionBehind(flag) => {
                let before = self.call.first().unwrap_or_default();
                self.message("explain-slip-flag-behind", &[("flag", flag), ("before", before)])
            }
            Difference::OptionExtra(flag) if self.is_detached(flag) => {
                let name = self.call.value("name").unwrap_or("none");
                self.message("explain-slip-detached", &[("flag", flag), ("name", name)])
            }
            Difference::OptionExtra(flag) => {
                let show = Some(format!("docker {} --help", self.call.familiar_name()));
                Explanation { show, ..self.message("explain-slip-flag-extra", &[("flag", flag)]) }
            }
            Difference::OptionMissing(flag, value) if shown => {
                let flag = value.as_ref().map_or_else(|| flag.clone(), |value| format!("{flag} {}", typeable(value)));
                self.message("explain-slip-flag-missing", &[("flag", &flag)])
            }
            Difference::OptionMissing(flag, value) => {
                let is_given = self.call.options.iter().any(|option| self.is_named(flag, &option.name));
                let form = if value.is_none() { "switch" } else { "valued" };
                if is_given {
                    self.message("explain-slip-hidden-flag-again", &[("flag", flag)])
                } else {
                    self.message("explain-slip-hidden-flag-missing", &[("form", form)])
                }
            }
            Difference::OptionValue { option, wanted, typed } => self.explain_value(option, wanted, typed),
            Difference::ArgumentMissing { wanted, at, before } => {
                let place = if before.is_some() { "before" } else { "end" };
                let before = before.as_deref().unwrap_or_default();
                if shown {
                    let args = [("expected", &*typeable(wanted)), ("place", place), ("before", before)];
                    return self.message("explain-slip-word-missing", &args);
                }
                let args = [("what", self.operand_name(*at)), ("place", place), ("before", before)];
                self.message("explain-slip-hidden-word-missing", &args)
            }
            Difference::Argument { wanted, typed, at } => self.explain_argument(wanted, typed, *at),
            Difference::ArgumentsSwapped(first, second) => {
                self.message("explain-slip-swapped", &[("first", first), ("second", second)])
            }
            Difference::ArgumentExtra { typed, at }
                if typed.ends_with("sh") && self.call.operands().nth(at + 1) == Some("-c") =>
            {
                self.message("explain-slip-shell-extra", &[("shell", typed)])
            }
            Difference::ArgumentExtra { typed, at } => {
                let before = self.call.operands().nth(at + 1);
                let place = if before.is_some() { "before" } else { "end" };
                let args = [("found", &**typed), ("place", place), ("before", before.unwrap_or_default())];
                self.message("explain-slip-word-extra", &args)
            }
        }
    }

    /// Explains a wrong value of an option. The value is missing or incomplete, differs only in the case of its
    /// letters, or is another value.
    fn explain_value(&self, flag: &str, wanted: &str, typed: &str) -> Explanation {
        let is_taken = self.wanted.operands().any(|word| word == typed || is_same_image(word, typed));
        let forgotten = typed.starts_with('-') || is_taken && !self.call.operands().any(|word| word == typed);
        if forgotten {
            return self.message("explain-value-forgotten", &[("flag", flag), ("value", typed)]);
        }
        if differs_in_case(wanted, typed) {
            return self.message("explain-slip-case", &[("expected", wanted), ("found", typed)]);
        }
        if differs_in_space(wanted, typed) {
            return self.message(
                "explain-slip-space",
                &[("expected", &typeable(wanted, self.printed.command)), ("found", typed)],
            );
        }
        let option = self.wanted.options.iter().find(|option| option.typed == flag).map_or("", |option| &option.name);
        let half = match option {
            "env" if !typed.contains('=') => Some("explain-slip-env"),
            "publish" if !typed.contains(':') => Some("explain-slip-port-part"),
            "volume" if !typed.contains(':') => Some("explain-slip-mount-part"),
            _ => None,
        };
        if let Some(key) = half.filter(|_| !typed.is_empty()) {
            return self.message(key, &[("flag", flag), ("found", typed)]);
        }
        let expected = typeable(wanted, self.printed.command);
        if self.printed.shown {
            self.message("explain-slip-value", &[("flag", flag), ("expected", &expected), ("found", typed)])
        } else {
            self.message("explain-slip-hidden-value", &[("flag", flag), ("found", typed)])
        }
    }

    /// Explains an argument that differs from the wanted argument.
    fn explain_argument(&self, wanted: &str, typed: &str, at: usize) -> Explanation {
        if differs_in_case(wanted, typed) {
            return self.message("explain-slip-case", &[("expected", wanted), ("found", typed)]);
        }
        if let Some(glued) = self.explain_glued(wanted, typed, at) {
            return glued;
        }
        let what = self.operand_name(at);
        let images =
            (what == "image").then(|| Some((wanted.parse::<ImageRef>().ok()?, typed.parse::<ImageRef>().ok()?)));
        let images = images.flatten().filter(|(wanted, typed)| wanted.familiar_name() == typed.familiar_name());
        let is_untagged = images.as_ref().is_some_and(|(_, typed)| typed.tag.is_none() && typed.digest.is_none());
        let expected = typeable(wanted, self.printed.command);
        match (self.printed.shown, images) {
            (true, Some(_)) if is_untagged => {
                self.message("explain-slip-untagged", &[("expected", &expected), ("found", typed)])
            }
            _ if self.printed.shown || is_slip_of_pen(wanted, typed) => {
                self.message("explain-slip-word", &[("expected", &expected), ("found", typed)])
            }
            (_, Some(_)) if is_untagged => self.message("explain-slip-hidden-untagged", &[("found", typed)]),
            (_, Some(_)) => self.message("explain-slip-hidden-word", &[("what", "tag"), ("found", typed)]),
            _ => self.message("explain-slip-hidden-word", &[("what", what), ("found", typed)]),
        }
    }

    /// Finds two wanted words that were typed as one: `cat/tanda`.
    fn explain_glued(&self, wanted: &str, typed: &str, at: usize) -> Option<Explanation> {
        let rest = typed.strip_prefix(wanted)?;
        if self.wanted.operands().nth(at + 1) != Some(rest) {
            return None;
        }
        let place = self.call.words.iter().position(|word| word == typed)?;
        let near = with_replaced(self.call, place..place + 1, &[wanted, rest]);
        Some(self.message("explain-blank-missing", &[("word", wanted), ("flag", rest), ("near", &near)]))
    }

    /// Whether an extra option starts in the background what the step runs in the learner's terminal.
    fn is_detached(&self, flag: &str) -> bool {
        let is_meant = self.call.options.iter().any(|option| option.typed == flag && option.name == "detach");
        is_meant && (self.wanted.has("interactive") || self.wanted.has("tty"))
    }

    /// Whether the wanted command's option with this spelling has this name.
    fn is_named(&self, flag: &str, name: &str) -> bool {
        self.wanted.options.iter().any(|option| option.typed == flag && option.name == name)
    }

    /// Returns the kind of the operand at a place, as the messages name it.
    fn operand_name(&self, at: usize) -> &'static str {
        match self.wanted.command.map_or(Operand::Other, |command| command.operand(at)) {
            Operand::Image => "image",
            Operand::Container => "container",
            Operand::Network => "network",
            Operand::Volume => "volume",
            Operand::Path => "path",
            // The word after the image or the container is the program. The later words are the program's arguments.
            Operand::Command if at == 1 => "program",
            Operand::Command => "argument",
            _ => "word",
        }
    }
}

/// Whether a word differs from the wanted word only by a small typing mistake, so that the correction reveals nothing.
/// A word with other digits is another name. A short word allows fewer mistakes or none.
fn is_slip_of_pen(wanted: &str, typed: &str) -> bool {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    let length = wanted.chars().count();
    let limit = if length > 5 { 2 } else { 1 };
    length > 3 && digits(wanted) == digits(typed) && nearest_within(typed, [wanted], limit).is_some()
}

fn differs_in_space(wanted: &str, typed: &str) -> bool {
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    wanted != typed && letters(wanted) == letters(typed)
}

fn differs_in_case(wanted: &str, typed: &str) -> bool {
    wanted != typed && wanted.to_lowercase() == typed.to_lowercase()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::words::{Lang, Words};

    fn slips(typed: &str, printed: &str, shown: bool) -> Option<String> {
        let one = |command| Printed { command, shown, typed: false };
        Some(told(&slip(typed, &[one("docker ps -a"), one(printed)])?))
    }

    /// Returns the key and the values of an explanation. The explanation must have a text in each language.
    pub(in crate::explain) fn told(slip: &Explanation) -> String {
        for lang in Lang::ALL {
            let text = super::super::words(slip, &Words::new(lang));
            assert!(!text.starts_with("explain-") && !text.contains(['{', '}']), "{lang}: {text}");
        }
        let value = |name: &str| slip.args.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let values = ["flag", "expected", "found"].map(|name| value(name).unwrap_or("-")).join(" ");
        format!("{} {values}", slip.key.trim_start_matches("explain-").trim_start_matches("slip-"))
    }

    #[test]
    fn first_difference_to_the_steps_command_is_explained() {
        let printed = "docker run -d --name kapal -p 80:80 alpine:3.20 sleep 600";
        for (typed, told) in [
            ("docker run -d --name kapal -p 80:80 alpine sleep 600", "untagged - alpine:3.20 alpine"),
            ("docker run -d --name kapal -p 80:80 alpine:3.21 sleep 600", "word - alpine:3.20 alpine:3.21"),
            ("docker run -d --name Kapal -p 80:80 alpine:3.20 sleep 600", "case - kapal Kapal"),
            ("docker run -d --name kapal -p 80:80 sleep 600", "word-missing - alpine:3.20 -"),
            ("docker run -d --name kapal -p 80:80 laut alpine:3.20 sleep 600", "word-extra - - laut"),
            ("docker run -d --name kapal -p 80:80 alpine:3.20 600 sleep", "swapped - - -"),
            ("docker run -d -p 80:80 --name alpine:3.20 sleep 600", "value-forgotten --name - -"),
            ("docker run --name -d -p 80:80 alpine:3.20 sleep 600", "value-forgotten --name - -"),
            ("docker run -d --name kapal -p 80 alpine:3.20 sleep 600", "port-part -p - 80"),
            ("docker run --name kapal -p 80:80 alpine:3.20 -dit sleep 600", "flag-behind -d - -"),
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
    fn background_option_hides_the_shell_of_the_step() {
        let run = "docker run -it --name kotak alpine:3.20";
        for (typed, printed, told) in [
            ("docker run -itd --name kotak alpine:3.20", run, "detached -d - -"),
            ("docker run -it --detach --name kotak alpine:3.20", run, "detached --detach - -"),
            ("docker exec -it -d kotak sh", "docker exec -it kotak sh", "detached -d - -"),
            ("docker run -d alpine:3.20 env", "docker run alpine:3.20 env", "flag-extra -d - -"),
        ] {
            assert_eq!(slips(typed, printed, false).as_deref(), Some(told), "{typed}");
        }
    }

    #[test]
    fn only_the_matching_command_of_a_line_is_compared_with_the_step() {
        let printed = "docker run --name bukti hasil:1 cat /muatan";
        let line = "docker rm bukti && docker run --name bukti hasil:1 cat /muatn";
        assert_eq!(slips(line, printed, true).as_deref(), Some("word - /muatan /muatn"));
    }

    #[test]
    fn expected_value_has_the_quotes_that_the_learner_must_type() {
        for (typed, printed, expected) in [
            ("docker inspect -f '{{.Id}}' x", "docker inspect -f '{{json .Name}}' x", "'{{json .Name}}'"),
            ("docker inspect -f '{{len.Id}}' x", "docker inspect -f '{{len .Id}}' x", "'{{len .Id}}'"),
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
    fn attempt_is_compared_with_a_command_that_is_not_typed_yet() {
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

    /// Returns the English message about `typed`, if the command of the step is hidden.
    fn hidden(typed: &str, printed: &str) -> String {
        let slip = slip(typed, &[Printed { command: printed, shown: false, typed: false }]).expect(typed);
        let args: Vec<(&str, &str)> = slip.args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Words::new(Lang::En).say(slip.key, &args)
    }

    #[test]
    fn explanation_names_the_wrong_word_without_revealing_a_hidden_command() {
        let printed = "docker run -d --init --name kapal -p 8080:80 -p 81:81 alpine:3.20 sleep 600";
        for (typed, said) in [
            ("-d --name kapal -p 8080:80 -p 81:81 alpine:3.20 sleep 600", "one option without a value is missing"),
            ("-d --init -p 8080:80 -p 81:81 alpine:3.20 sleep 600", "one option with its value is missing"),
            ("-d --init --name kapal -p 8080:80 alpine:3.20 sleep 600", "The option `-p` is needed once more"),
            ("-d --init --name x -p 8080:80 -p 81:81 alpine:3.20 sleep 600", "the value `x` of `--name`"),
            ("-d --init --name -p 8080:80 -p 81:81 alpine:3.20 sleep 600", "`--name` needs a value"),
            ("-d --init --name KAPAL -p 8080:80 -p 81:81 alpine:3.20 sleep 600", "`KAPAL` is not `kapal`"),
            ("-d --init --name kapal -p 8080:80 -p 81:81 sleep 600", "before `sleep`, the name of an image is missing"),
            ("-d --init --name kapal -p 8080:80 -p 81:81 alpine:3.20", "at its end, the program to run is missing"),
            ("-d --init --name kapal -p 8080:80 -p 81:81 alpine:3.20 sleep", "at its end, an argument of the program"),
            ("-d --init --name kapal -p 8080:80 -p 81:81 alpine:3.21 sleep 600", "but for the tag in `alpine:3.21`"),
            ("-d --init --name kapal -p 8080:80 -p 81:81 alpine sleep 600", "`alpine` means `alpine:latest`"),
            ("-d --init --name kapal -p 8080:80 -p 81:81 nginx sleep 600", "but for the image `nginx`"),
            (
                "-d --init --name kapal -p 8080:80 -p 81:81 alpine:3.20 slep 600",
                "`sleep` is expected, and you wrote `slep`",
            ),
            ("-d --init --name kapal -p 8080:80 -p 81:81 alpine:3.20 sleep 60", "but for `60`"),
            ("-d --init --name kapal -p 8080:80 -p 81:81 alpine:3.20 sleep 600 9", "The word `9` at the end"),
            ("-d -i --init --name kapal -p 8080:80 -p 81:81 alpine:3.20 sleep 600", "The option `-i`"),
            ("-d --init --name kapal -p 8080:80 -p 81:81 -p 1:1 alpine:3.20 sleep 600", "The option `-p 1:1`"),
            ("-d --init -p 8080:80 -p 81:81 alpine:3.20 --name kapal sleep 600", "`--name` stands after `alpine:3.20`"),
        ] {
            let text = hidden(&format!("docker run {typed}"), printed);
            assert!(text.contains(said), "{typed}\n{text}");
            let given_away = ["--init", "8080:80", "81:81", "alpine:3.20", "600"]
                .iter()
                .find(|word| text.contains(&format!("`{word}")) && !typed.contains(*word));
            assert_eq!(given_away, None, "{typed}\n{text}");
        }
        let exec = |typed: &str| hidden(typed, "docker exec kotak cat /tanda");
        assert!(exec("docker exec kotak cat/tanda").contains("between `cat` and `/tanda`"));
        assert!(exec("docker exec kotak cat /tand").contains("`/tanda` is expected"));
        assert!(exec("docker exec kotak cat /lain").contains("but for `/lain`"));
        assert!(hidden("docker tag toko:1 alpine:3.20", "docker tag alpine:3.20 toko:1").contains("wrong order"));
        assert!(hidden("docker create --name kapal alpine:3.20", printed).contains("something other"));
    }
}
