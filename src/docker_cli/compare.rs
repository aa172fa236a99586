//! Compares command lines by their effect, not by their spelling.

use super::parse::{DockerCommand, GivenOption, docker_commands};
use super::table::{CommandSpec, Operand};
use crate::image_ref::is_same_image;
use crate::shell::{self, Item, Script, SimpleCommand, Word};

/// A difference between a typed call and the wanted call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The typed command differs from the wanted one.
    Command {
        /// The wanted command.
        wanted: String,
        /// The typed command.
        typed: String,
    },
    /// An option stands after the image or the container, so docker passes the option to the program in the container.
    OptionBehind(String),
    /// An option is missing. The fields are the name and the value of the option.
    OptionMissing(String, Option<String>),
    /// An option has a wrong value.
    OptionValue {
        /// The option as the wanted call spells it.
        option: String,
        /// The value in the wanted call.
        wanted: String,
        /// The value in the typed call.
        typed: String,
    },
    /// An argument is missing.
    ArgumentMissing {
        /// The wanted argument.
        wanted: String,
        /// The number of wanted arguments before the missing one.
        at: usize,
        /// The typed argument before which the missing argument belongs; `None` if the missing argument belongs at the
        /// end.
        before: Option<String>,
    },
    /// An argument differs from the wanted one.
    Argument {
        /// The wanted argument.
        wanted: String,
        /// The typed argument.
        typed: String,
        /// The number of arguments before the wrong one.
        at: usize,
    },
    /// Two neighbouring arguments are in the wrong order. The fields have the order of the typed call.
    ArgumentsSwapped(String, String),
    /// There is an extra argument.
    ArgumentExtra {
        /// The typed argument.
        typed: String,
        /// The number of typed arguments before the extra one.
        at: usize,
    },
    /// There is an extra option.
    OptionExtra(String),
}

/// A function that compares a wanted word with a typed word.
type SameWord = fn(&str, &str) -> bool;

/// Returns all differences between a typed call and the wanted one, the most important first. Does not compare options
/// before the command.
#[must_use]
pub fn differences(typed: &DockerCommand, wanted: &DockerCommand) -> Vec<Difference> {
    compare(typed, wanted, |wanted, typed| wanted == typed)
}

fn compare(typed: &DockerCommand, wanted: &DockerCommand, same: SameWord) -> Vec<Difference> {
    if typed.name() != wanted.name() && !inspects_one_kind(typed, wanted) {
        let [wanted, typed] = [wanted, typed].map(|one| one.familiar_name().to_owned());
        return vec![Difference::Command { wanted, typed }];
    }
    let mut found = Vec::new();
    for option in effective(&wanted.options) {
        option_differences(option, typed, wanted, same, &mut found);
    }
    found.extend(argument_differences(typed, wanted, same));
    let mut extra: Vec<&GivenOption> = Vec::new();
    for option in effective(&typed.options) {
        let is_wanted = effective(&wanted.options).any(|other| other.name == option.name);
        if !is_wanted && !extra.iter().any(|other| other.name == option.name) {
            extra.push(option);
        }
    }
    found.extend(extra.into_iter().map(|option| Difference::OptionExtra(option.typed.clone())));
    found
}

/// Whether `wanted` is `docker inspect`, and `typed` inspects one kind of objects: `docker container inspect`.
fn inspects_one_kind(typed: &DockerCommand, wanted: &DockerCommand) -> bool {
    let kinds = ["container inspect", "image inspect", "network inspect", "volume inspect"];
    wanted.name() == "inspect" && kinds.contains(&typed.name())
}

/// Returns the options that have an effect. Leaves out switches that repeat the default, such as `--rm=false` and
/// `--sig-proxy=true`.
fn effective(options: &[GivenOption]) -> impl Iterator<Item = &GivenOption> {
    options.iter().filter(|given| match given.option {
        Some(option) if !option.takes_value => given.is_off() == option.is_on,
        _ => true,
    })
}

/// Adds the differences of one option to `found`. For a repeatable option, each value counts. For other options, the
/// last value counts.
fn option_differences(
    option: &GivenOption,
    typed: &DockerCommand,
    wanted: &DockerCommand,
    same: SameWord,
    found: &mut Vec<Difference>,
) {
    let values = |call: &DockerCommand| -> Vec<String> {
        let of_name = effective(&call.options).filter(|other| other.name == option.name);
        let all: Vec<String> = of_name.map(|other| value_of(other, call.command)).collect();
        let repeats = option.option.is_some_and(|option| option.is_repeatable);
        if repeats { all } else { all.into_iter().next_back().into_iter().collect() }
    };
    let mut first = effective(&wanted.options).filter(|other| other.name == option.name);
    if !first.next().is_some_and(|first| std::ptr::eq(first, option)) {
        return; // The option was already compared, with all its values.
    }
    let spelt = option.typed.clone();
    let mut rest = values(typed);
    if rest.is_empty() && typed.operands().any(|word| is_spelling(word, option, wanted.command)) {
        found.insert(0, Difference::OptionBehind(spelt));
        return;
    }
    let mut missing = Vec::new();
    for value in values(wanted) {
        match rest.iter().position(|other| same(&value, other)) {
            Some(at) => drop(rest.remove(at)),
            None => missing.push(value),
        }
    }
    let mut rest = rest.into_iter();
    for value in missing {
        found.push(match rest.next() {
            Some(typed) => Difference::OptionValue { option: spelt.clone(), wanted: value, typed },
            None => Difference::OptionMissing(spelt.clone(), Some(value).filter(|value| !value.is_empty())),
        });
    }
    if let Some(value) = rest.next() {
        found.push(Difference::OptionExtra(format!("{spelt} {value}").trim_end().to_owned()));
    }
}

/// Compares the arguments up to the first difference. If the arguments after the difference match, an argument is
/// missing or extra. If not, two arguments are swapped or one is wrong.
fn argument_differences(typed: &DockerCommand, wanted: &DockerCommand, same: SameWord) -> Vec<Difference> {
    let command = wanted.command;
    let (typed, wanted): (Vec<&str>, Vec<&str>) = (typed.operands().collect(), wanted.operands().collect());
    let is_same = |at: usize, typed: &str| is_same_argument(command, at, wanted[at], typed, same);
    // Whether the wanted arguments from `at` on equal the typed arguments from `typed_at` on.
    let is_rest = |at: usize, typed_at: usize| {
        let rest = &typed[typed_at..];
        rest.len() == wanted.len() - at && (at..wanted.len()).zip(rest).all(|(at, typed)| is_same(at, typed))
    };
    let shorter = typed.len().min(wanted.len());
    let at = (0..shorter).find(|&at| !is_same(at, typed[at])).unwrap_or(shorter);
    let missing = |at: usize, before: Option<&&str>| Difference::ArgumentMissing {
        wanted: wanted[at].to_owned(),
        at,
        before: before.map(|before| (*before).to_owned()),
    };
    let extra = |at: usize| Difference::ArgumentExtra { typed: typed[at].to_owned(), at };
    if at == shorter {
        let missing = (at..wanted.len()).map(|at| missing(at, None));
        return missing.chain((at < typed.len()).then(|| extra(at))).collect();
    }
    if let Some(end) = (at + 1..wanted.len()).find(|&end| is_rest(end, at)) {
        return (at..end).map(|place| missing(place, typed.get(at))).collect();
    }
    if let Some(end) = (at + 1..typed.len()).find(|&end| is_rest(at, end)) {
        return (at..end).map(extra).collect();
    }
    if at + 1 < shorter && is_same(at, typed[at + 1]) && is_same(at + 1, typed[at]) {
        return vec![Difference::ArgumentsSwapped(typed[at].to_owned(), typed[at + 1].to_owned())];
    }
    let other = Difference::Argument { wanted: wanted[at].to_owned(), typed: typed[at].to_owned(), at };
    std::iter::once(other).chain((typed.len() > wanted.len()).then(|| extra(wanted.len()))).collect()
}

/// Whether a word spells an option: `--name`, `--name=kapal`, `-d`, or `-it` for `-t`.
fn is_spelling(word: &str, option: &GivenOption, command: Option<&'static CommandSpec>) -> bool {
    if let Some(long) = word.strip_prefix("--") {
        return long.split('=').next() == Some(option.name.as_str());
    }
    let Some(letter) = option.option.and_then(|option| option.short) else { return false };
    let letters = word.strip_prefix('-').and_then(|letters| letters.split('=').next()).unwrap_or_default();
    let is_option = |letter| command.is_some_and(|command| command.option_of_letter(letter).is_some());
    letters.contains(letter) && letters.chars().all(is_option)
}

static_patterns! {
    /// A field in a template: `{{ .Id }}`.
    static FIELD = r"\{\{\s*(?<field>.*?)\s*\}\}";
}

/// Returns an option's value for comparison, which is empty for a switch. For `--tag` of `build`, the value is an
/// image's name. Removes spaces inside the braces of a template.
fn value_of(given: &GivenOption, command: Option<&'static CommandSpec>) -> String {
    let value = given.value.as_deref().filter(|_| given.option.is_none_or(|option| option.takes_value));
    let names_image = given.name == "tag" && command.is_some_and(|command| command.name == "image build");
    let value = value.unwrap_or_default();
    match given.name.as_str() {
        _ if names_image => crate::image_ref::listed(value),
        "format" => FIELD.replace_all(value, "{{${field}}}").into_owned(),
        _ => value.to_owned(),
    }
}

fn is_same_argument(
    command: Option<&'static CommandSpec>,
    at: usize,
    wanted: &str,
    typed: &str,
    same: SameWord,
) -> bool {
    let is_image = command.is_some_and(|command| command.operand(at) == Operand::Image);
    same(wanted, typed) || (is_image && is_same_image(wanted, typed))
}

/// Returns words in the form for comparison. A `$` in quotes differs from a `$` that the shell expands.
fn meanings(words: &[Word]) -> Vec<&str> {
    words.iter().map(|word| word.meaning.as_str()).collect()
}

/// Whether two lines have the same effect. Spaces, quotes, comments, the order and spelling of docker's options, old
/// and new names of commands, and the spelling of images make no difference.
#[must_use]
pub fn are_same_lines(one: &str, other: &str) -> bool {
    if one.trim() == other.trim() {
        return true;
    }
    let (one, other) = (shell::read(one), shell::read(other));
    // Unfinished text is the same only if it is literally equal, as compared above.
    if one.incomplete.is_some() || other.incomplete.is_some() {
        return false;
    }
    let (left, right) = (parts(&one), parts(&other));
    left.len() == right.len() && left.iter().zip(&right).all(|(one, other)| is_same_item(one, other))
}

/// Returns the items of a script. Leaves out separators that have no effect: separators at the end, and line ends next
/// to other separators.
fn parts(script: &Script) -> Vec<&Item> {
    let mut parts: Vec<&Item> = Vec::new();
    for item in &script.items {
        let is_line_end = matches!(item, Item::Operator(text, _) if text == "\n");
        let ends_something = matches!(parts.last(), Some(Item::Command(_) | Item::Words(_)));
        if ends_something || !is_line_end {
            parts.push(item);
        }
    }
    while matches!(parts.last(), Some(Item::Operator(text, _)) if text == "\n" || text == ";") {
        parts.pop();
    }
    parts
}

fn is_same_item(one: &Item, other: &Item) -> bool {
    match (one, other) {
        (Item::Command(one), Item::Command(other)) => is_same_command(one, other),
        (Item::Operator(one, _), Item::Operator(other, _)) => {
            let text = |text: &str| if text == "\n" { ";".to_owned() } else { text.to_owned() };
            text(one) == text(other)
        }
        (Item::Keyword(one), Item::Keyword(other)) => one.text == other.text,
        (Item::Words(one), Item::Words(other)) => meanings(one) == meanings(other),
        _ => false,
    }
}

fn is_same_command(one: &SimpleCommand, other: &SimpleCommand) -> bool {
    fn redirects(command: &SimpleCommand) -> Vec<(Option<&str>, &str, &str)> {
        command
            .redirects
            .iter()
            .map(|one| (one.descriptor.as_deref(), one.operator.as_str(), one.target.meaning.as_str()))
            .collect()
    }
    let are_assigned = one.assignments.len() == other.assignments.len()
        && one.assignments.iter().zip(&other.assignments).all(|(one, other)| is_same_assignment(one, other));
    if !are_assigned || redirects(one) != redirects(other) {
        return false;
    }
    let (left, right) = (one.invocation(), other.invocation());
    match (DockerCommand::parse(&meanings(left.words)), DockerCommand::parse(&meanings(right.words))) {
        (Some(one), Some(other)) => {
            meanings(left.before) == meanings(right.before)
                && one.program == other.program
                && are_same_calls(&one, &other)
        }
        (None, None) => meanings(&one.words) == meanings(&other.words),
        _ => false,
    }
}

/// Whether two assignments have the same effect. In `NAME=$(COMMAND)`, compares the commands.
fn is_same_assignment(one: &Word, other: &Word) -> bool {
    let substituted = |word: &Word| {
        let (name, command) = word.meaning.split_once("=$(")?;
        Some((name.to_owned(), command.strip_suffix(')')?.to_owned()))
    };
    let same_command = || {
        let ((name, command), (other_name, other)) = substituted(one).zip(substituted(other))?;
        Some(name == other_name && are_same_lines(&command, &other))
    };
    one.meaning == other.meaning || same_command().unwrap_or(false)
}

fn are_same_calls(one: &DockerCommand, other: &DockerCommand) -> bool {
    let global = |call: &DockerCommand| {
        let mut options: Vec<(String, Option<String>)> =
            effective(&call.global).map(|option| (option.name.clone(), option.value.clone())).collect();
        options.sort();
        options
    };
    global(one) == global(other) && differences(one, other).is_empty()
}

/// Whether two lines have the same effect, except that the typed `docker stop` or `docker restart` also sets the
/// seconds to wait.
#[must_use]
pub fn is_same_stop(typed: &str, wanted: &str) -> bool {
    if shell::read(typed).all_commands().len() != 1 {
        return false;
    }
    let ([typed], [wanted]) = (&*docker_commands(typed), &*docker_commands(wanted)) else { return false };
    let is_wait = |one: &Difference| matches!(one, Difference::OptionExtra(option) if matches!(option.as_str(), "-t" | "--time" | "--timeout"));
    let stops = matches!(wanted.familiar_name(), "stop" | "restart");
    stops && typed.context() == wanted.context() && differences(typed, wanted).iter().all(is_wait)
}

/// Whether a typed line contains the commands of `wanted`, with the same options and arguments. The typed line may have
/// more options. In `wanted`, `…` and a NAME in capitals match any argument. A `…` at the end matches any number of
/// arguments. A command without arguments, such as `docker run`, matches all calls of this command.
#[must_use]
pub fn fulfils(typed: &str, wanted: &str) -> bool {
    let (typed, wanted) = (shell::read(typed), shell::read(wanted));
    let typed = typed.all_commands();
    wanted.commands().all(|wanted| typed.iter().any(|typed| command_fulfils(typed, wanted)))
}

fn is_placeholder(word: &str) -> bool {
    word == "…"
        || (word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
            && word.starts_with(|c: char| c.is_ascii_uppercase()))
}

fn command_fulfils(typed: &SimpleCommand, wanted: &SimpleCommand) -> bool {
    let same: SameWord = |wanted, typed| is_placeholder(wanted) || wanted == typed;
    let words = meanings(&wanted.words);
    let (words, is_open) = match words.split_last() {
        Some((&"…", words)) => (words.to_vec(), true),
        _ => (words, false),
    };
    let Some(wanted) = DockerCommand::parse(&words) else {
        let is_open = is_open || words.len() == 1;
        return words_fulfil(&meanings(typed.invocation().words), &words, is_open);
    };
    let Some(typed) = DockerCommand::parse(&meanings(typed.invocation().words)) else { return false };
    let has_global = effective(&wanted.global).all(|option| {
        let value = |one: &GivenOption| one.value.clone().unwrap_or_default();
        effective(&typed.global).any(|other| other.name == option.name && same(&value(option), &value(other)))
    });
    let is_open = is_open || wanted.arguments.is_empty();
    let is_allowed = |difference: &Difference| match difference {
        Difference::OptionExtra(_) => true,
        Difference::ArgumentExtra { at, .. } => is_open && *at == wanted.operands().count(),
        _ => false,
    };
    has_global && compare(&typed, &wanted, same).iter().all(is_allowed)
}

/// Whether a typed command contains the words `wanted`, for a program whose options are unknown. Each additional word
/// must be an option or follow an option.
fn words_fulfil(typed: &[&str], wanted: &[&str], is_open: bool) -> bool {
    let mut rest = wanted.iter();
    let mut next = rest.next();
    let mut after_option = false;
    for word in typed {
        if next.is_some_and(|wanted| is_placeholder(wanted) || wanted == word) {
            next = rest.next();
            after_option = false;
        } else if word.starts_with('-') {
            after_option = true;
        } else if !(after_option || is_open && next.is_none()) {
            return false;
        } else {
            after_option = false;
        }
    }
    next.is_none() && !typed.is_empty()
}

/// Programs whose first argument is a command.
const WITH_COMMANDS: [&str; 4] = ["git", "systemctl", "apt", "apt-get"];

/// Whether two lines run the same program and, for docker and similar programs, the same command. If so, one line
/// counts as an attempt at the other.
#[must_use]
pub fn are_alike(one: &str, other: &str) -> bool {
    kind(one) == kind(other)
}

fn kind(line: &str) -> Vec<String> {
    let script = shell::read(line);
    let Some(command) = script.commands().next() else { return Vec::new() };
    let words = command.invocation().words;
    if let Some(call) = DockerCommand::parse(words) {
        return vec![call.program.clone(), call.name().to_owned()];
    }
    let Some((program, rest)) = words.split_first() else { return Vec::new() };
    let verb = rest.iter().find(|word| !word.text.starts_with('-'));
    let verb = verb.filter(|_| WITH_COMMANDS.contains(&program.text.as_str()));
    std::iter::once(program).chain(verb).map(|word| word.text.clone()).collect()
}
