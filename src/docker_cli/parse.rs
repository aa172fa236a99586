//! Parses the words of a command into a call of the docker CLI.

use super::table::{CliOption, CommandSpec, find_command, subcommands};
use crate::shell::{self, SimpleCommand, Sudo};

/// The programs that understand docker's commands.
const PROGRAMS: [&str; 5] = ["docker", "podman", "nerdctl", "docker-compose", "podman-compose"];

/// A call of the docker CLI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DockerCommand {
    /// The program without its directory: `docker`, `podman` …
    pub program: String,
    /// The options before the command: docker's own options, and the options of a group such as `compose`.
    pub global: Vec<GivenOption>,
    /// The command as typed: `container ls`, `prune`. Empty if there is no command.
    pub typed: String,
    /// The command in the table of docker's commands; `None` if the CLI does not have the command.
    pub command: Option<&'static CommandSpec>,
    /// The command's options.
    pub options: Vec<GivenOption>,
    /// The arguments that are not options: images, containers, names.
    pub arguments: Vec<String>,
    /// The words for another program: all words after the image of `run` or the container of `exec`.
    pub tail: Vec<String>,
    /// The words between the program and `words`: options, and the command.
    pub before: Vec<String>,
    /// All words after the command, as typed.
    pub words: Vec<String>,
    /// The number of words in `words` before the first argument.
    pub options_end: usize,
}

/// An option in a typed call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenOption {
    /// The long name without dashes. For an unknown option, the typed text without dashes.
    pub name: String,
    /// The value. For a switch, only the text after `=`.
    pub value: Option<String>,
    /// The option as typed, without its value: `-p`, `--publish`.
    pub typed: String,
    /// The option in the table of docker's commands; `None` if the command does not have the option.
    pub option: Option<&'static CliOption>,
}

impl GivenOption {
    /// Whether a switch is turned off: `--rm=false`.
    #[must_use]
    pub fn is_off(&self) -> bool {
        let is_switch = self.option.is_none_or(|option| !option.takes_value);
        is_switch && matches!(self.value.as_deref(), Some("false" | "FALSE" | "False" | "f" | "F" | "0"))
    }
}

impl DockerCommand {
    /// Parses a call from its words, of which the first is the program's name. Returns `None` if the program does not
    /// understand docker's commands.
    #[must_use]
    pub fn parse<W: AsRef<str>>(words: &[W]) -> Option<Self> {
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        let (&program, rest) = words.split_first()?;
        let program = program.rsplit('/').next().filter(|name| is_docker_program(name))?;
        let mut reader = WordReader { words: rest, at: 0 };
        let mut global = reader.options(find_command("docker"), true).0;
        let mut typed = if program.ends_with("-compose") {
            global.extend(reader.options(find_command("compose"), true).0);
            vec!["compose"]
        } else {
            reader.next().into_iter().collect()
        };
        // The command in `docker network create` has two words, and the command in `docker buildx imagetools create`
        // has three.
        while let Some(word) = reader.words.get(reader.at) {
            let group = typed.join(" ");
            if group.is_empty() || subcommands(&group).next().is_none() {
                break;
            }
            if word.starts_with('-') {
                let options = find_command(&group).filter(|_| matches!(group.as_str(), "compose" | "buildx"));
                if options.is_none() {
                    break;
                }
                global.extend(reader.options(options, true).0);
                if reader.words.get(reader.at).is_none_or(|word| word.starts_with('-')) {
                    break;
                }
                continue;
            }
            typed.push(word);
            reader.at += 1;
        }
        let typed = typed.join(" ");
        let command = find_command(&typed).filter(|command| command.name != "docker");
        let (before, words) = rest.split_at(reader.at);
        let mut reader = WordReader { words, at: 0 };
        let (options, arguments, options_end) = reader.options(command, command.is_some_and(|one| one.is_strict));
        let (mut arguments, mut tail) = (arguments, Vec::new());
        if reader.at < words.len() {
            arguments.push(words[reader.at].to_owned());
            tail = owned(&words[reader.at + 1..]);
        }
        Some(Self {
            program: program.to_owned(),
            global,
            typed,
            command,
            options,
            arguments,
            tail,
            before: owned(before),
            words: owned(words),
            options_end,
        })
    }

    /// Returns the command's present name. For an unknown command, returns the typed text.
    #[must_use]
    pub fn name(&self) -> &str {
        self.command.map_or(&self.typed, |command| command.name)
    }

    /// Returns the command's usual name: `run`, `ps`, `network create`.
    #[must_use]
    pub fn familiar_name(&self) -> &str {
        self.command.map_or(self.typed.as_str(), |command| command.familiar_name())
    }

    /// Returns the value of the option with this long name. If the option is given several times, the last value
    /// counts.
    #[must_use]
    pub fn value(&self, long: &str) -> Option<&str> {
        self.options.iter().rev().find(|option| option.name == long)?.value.as_deref()
    }

    /// Returns the docker context that the call names: `node-b` of `docker --context node-b ps`.
    #[must_use]
    pub fn context(&self) -> Option<&str> {
        self.global.iter().rev().find(|option| option.name == "context")?.value.as_deref()
    }

    /// Whether the option with this long name is given and not turned off.
    #[must_use]
    pub fn has(&self, long: &str) -> bool {
        self.options.iter().rev().find(|option| option.name == long).is_some_and(|option| !option.is_off())
    }

    /// Whether options may also stand after an argument.
    #[must_use]
    pub fn accepts_options_anywhere(&self) -> bool {
        self.tail.is_empty() && self.command.is_some_and(|command| !command.is_strict)
    }

    /// Returns all words that are not docker's options: the arguments, then the words for another program.
    pub fn operands(&self) -> impl Iterator<Item = &str> {
        self.arguments.iter().chain(&self.tail).map(String::as_str)
    }

    /// Returns the first argument: the image of `run`, the container of `exec`.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.arguments.first().map(String::as_str)
    }

    /// Whether the call changes nothing on the engine, or only asks for help.
    #[must_use]
    pub fn only_looks(&self) -> bool {
        let asks =
            |options: &[GivenOption]| options.iter().any(|option| matches!(option.name.as_str(), "help" | "version"));
        self.command.is_some_and(|command| command.only_looks)
            || asks(&self.global)
            || self.options.iter().any(|option| option.name == "help")
            || (self.typed.is_empty() && self.words.is_empty())
    }
}

/// Whether a program understands docker's commands.
#[must_use]
pub fn is_docker_program(name: &str) -> bool {
    PROGRAMS.contains(&name)
}

/// Returns the docker calls in shell text, in their order, including the calls in `$(…)`.
#[must_use]
pub fn docker_commands(text: &str) -> Vec<DockerCommand> {
    let call = |command: &SimpleCommand| DockerCommand::parse(command.invocation().words);
    shell::read(text).all_commands().iter().filter_map(call).collect()
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

struct WordReader<'a> {
    words: &'a [&'a str],
    at: usize,
}

impl<'a> WordReader<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let word = self.words.get(self.at).copied();
        self.at += usize::from(word.is_some());
        word
    }

    /// Reads options and arguments. If `is_strict`, reads only up to the first argument. Also returns the number of
    /// words before the first argument.
    fn options(
        &mut self,
        command: Option<&'static CommandSpec>,
        is_strict: bool,
    ) -> (Vec<GivenOption>, Vec<String>, usize) {
        let (mut options, mut arguments, mut end) = (Vec::new(), Vec::new(), None);
        while let Some(&word) = self.words.get(self.at) {
            if word == "--" {
                self.at += 1;
                end.get_or_insert(self.at);
                if !is_strict {
                    arguments.extend(owned(&self.words[self.at..]));
                    self.at = self.words.len();
                }
                break;
            }
            if let Some(long) = word.strip_prefix("--") {
                self.at += 1;
                options.push(self.long(long, command));
            } else if let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) {
                self.at += 1;
                self.letters(letters, command, &mut options);
            } else {
                end.get_or_insert(self.at);
                if is_strict {
                    break;
                }
                arguments.push(word.to_owned());
                self.at += 1;
            }
        }
        (options, arguments, end.unwrap_or(self.at))
    }

    fn long(&mut self, word: &str, command: Option<&'static CommandSpec>) -> GivenOption {
        let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
        let option = command.and_then(|command| command.option(name));
        let follows = value.is_none() && option.is_some_and(|option| option.takes_value);
        let value = if follows { self.next() } else { value };
        GivenOption {
            name: option.map_or(name, |option| option.long).to_owned(),
            value: value.map(str::to_owned),
            typed: format!("--{name}"),
            option,
        }
    }

    fn letters(&mut self, letters: &str, command: Option<&'static CommandSpec>, options: &mut Vec<GivenOption>) {
        for (index, letter) in letters.char_indices() {
            let rest = &letters[index + letter.len_utf8()..];
            let option = command.and_then(|command| command.option_of_letter(letter));
            let (name, value, is_last) = match option {
                Some(option) if option.takes_value => {
                    let value =
                        if rest.is_empty() { self.next() } else { Some(rest.strip_prefix('=').unwrap_or(rest)) };
                    (option.long.to_owned(), value, true)
                }
                Some(option) => (option.long.to_owned(), rest.strip_prefix('='), rest.starts_with('=')),
                None if letter == 'h' => ("help".to_owned(), None, true),
                // Keep `-rm` as an unknown option, instead of reading it as `--rm`.
                None => (format!("-{}", &letters[index..]), None, true),
            };
            options.push(GivenOption { name, value: value.map(str::to_owned), typed: format!("-{letter}"), option });
            if is_last {
                return;
            }
        }
    }
}

/// Whether a line changes the settings of another user's docker CLI, such as a login or the chosen context.
#[must_use]
pub fn changes_other_settings(line: &str) -> bool {
    shell::read(line).all_commands().iter().any(|command| {
        let invocation = command.invocation();
        let is_other = invocation.sudo == Some(Sudo::DropsEngine);
        let call = DockerCommand::parse(invocation.words).filter(|_| is_other);
        call.is_some_and(|call| matches!(call.familiar_name(), "login" | "logout" | "context use" | "context create"))
    })
}
