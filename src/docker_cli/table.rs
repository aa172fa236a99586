//! The table of docker's commands and their options.

use std::sync::LazyLock;

use crate::text::nearest_within;

pub(super) static COMMANDS: LazyLock<Vec<CommandSpec>> = LazyLock::new(|| read(include_str!("commands.txt")));

/// A command of the docker CLI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandSpec {
    /// The present name: `container ls`.
    pub name: &'static str,
    /// The other names: `ps`, `container list`.
    pub other_names: Vec<&'static str>,
    /// Whether options end at the first operand, so that the words after it belong to another program.
    pub is_strict: bool,
    /// Whether the command changes nothing on the engine.
    pub only_looks: bool,
    /// The kinds of the operands after the options.
    pub operands: Vec<Operand>,
    /// Whether the last operand may be given several times.
    pub may_repeat: bool,
    /// The options of the command.
    pub options: Vec<CliOption>,
}

named_enum! {
    /// The kind of an operand.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Operand {
        /// An image.
        Image = "image",
        /// A container.
        Container = "container",
        /// A network.
        Network = "network",
        /// A volume.
        Volume = "volume",
        /// A context.
        Context = "context",
        /// A service of Compose or of a swarm.
        Service = "service",
        /// A program or one of its arguments.
        Command = "command",
        /// A file, a directory or a URL.
        Path = "path",
        /// Something else.
        Other = "other",
    }
}

/// An option of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CliOption {
    /// The long name, without dashes.
    pub long: &'static str,
    /// The older long names.
    pub other_names: Vec<&'static str>,
    /// The letter of the option's short form, if the option has a short form.
    pub short: Option<char>,
    /// Whether the option takes a value. An option without a value is a switch.
    pub takes_value: bool,
    /// Whether each use of the option adds a value. If not, the last value counts.
    pub is_repeatable: bool,
    /// Whether the switch is on by default.
    pub is_on: bool,
}

impl CommandSpec {
    /// Returns the name that people type: `ps`, `run`, `network create`.
    #[must_use]
    pub fn familiar_name(&self) -> &'static str {
        self.other_names.iter().find(|name| !name.contains(' ')).copied().unwrap_or(self.name)
    }

    /// Returns an option by one of its long names.
    #[must_use]
    pub fn option(&self, long: &str) -> Option<&CliOption> {
        self.options.iter().find(|option| option.long == long || option.other_names.contains(&long))
    }

    /// Returns an option by its letter.
    #[must_use]
    pub fn option_of_letter(&self, letter: char) -> Option<&CliOption> {
        self.options.iter().find(|option| option.short == Some(letter))
    }

    /// Returns the kind of the operand at `index`.
    #[must_use]
    pub fn operand(&self, index: usize) -> Operand {
        let last = self.operands.last().copied().filter(|_| self.may_repeat);
        self.operands.get(index).copied().or(last).unwrap_or(Operand::Other)
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.other_names.iter().copied())
    }
}

/// Returns the command with this present or older name.
#[must_use]
pub fn find_command(name: &str) -> Option<&'static CommandSpec> {
    COMMANDS.iter().find(|command| command.names().any(|known| known == name))
}

/// Returns the words that may follow `group`, such as `network`. For `""`, returns the words that may follow `docker`.
pub fn subcommands(group: &str) -> impl Iterator<Item = &'static str> {
    let word = move |name: &'static str| {
        let rest = if group.is_empty() { name } else { name.strip_prefix(group)?.strip_prefix(' ')? };
        rest.split(' ').next().filter(|word| *word != "docker")
    };
    let mut words: Vec<&str> = COMMANDS.iter().flat_map(CommandSpec::names).filter_map(word).collect();
    words.sort_unstable();
    words.dedup();
    words.into_iter()
}

/// Returns the words that may follow `docker`.
pub fn command_names() -> impl Iterator<Item = &'static str> {
    subcommands("")
}

/// Frequent commands of lessons and beginners. If a misspelt word is similar to several commands, a frequent command
/// comes first.
const FREQUENT: &str = "ps run images pull rm rmi exec logs stop start build create inspect info version";

/// Returns the command that an unknown word probably means. In a short word, fewer letters may differ: `move` does not
/// mean `node`.
#[must_use]
pub fn nearest_command(word: &str) -> Option<&'static str> {
    let limit = (word.chars().count().saturating_add(1) / 3).max(1);
    nearest_within(word, FREQUENT.split(' ').chain(command_names()), limit)
}

fn read(text: &'static str) -> Vec<CommandSpec> {
    let mut commands: Vec<CommandSpec> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(' ') {
            if let Some(command) = commands.last_mut() {
                command.options.extend(line.split_whitespace().map(read_option));
            }
        } else {
            commands.push(read_head(line));
        }
    }
    commands
}

fn read_head(line: &'static str) -> CommandSpec {
    let mut fields = line.split(" | ");
    let mut names = fields.next().unwrap_or_default().split(", ");
    let flags = fields.next().unwrap_or_default();
    let operands = fields.next().unwrap_or_default();
    CommandSpec {
        name: names.next().unwrap_or_default(),
        other_names: names.collect(),
        is_strict: flags.contains("strict"),
        only_looks: flags.contains("looks"),
        may_repeat: operands.ends_with('…'),
        operands: operands.split(' ').filter(|word| *word != "-").map(read_operand).collect(),
        options: Vec::new(),
    }
}

fn read_operand(word: &str) -> Operand {
    Operand::from_name(word.trim_end_matches('…')).unwrap_or(Operand::Other)
}

fn read_option(word: &'static str) -> CliOption {
    let (names, letter) = word.split_once(',').map_or((word, None), |(names, letter)| (names, letter.chars().next()));
    let bare = names.trim_end_matches(['=', '*', '!']);
    let mut longs = bare.split('/');
    CliOption {
        long: longs.next().unwrap_or_default(),
        other_names: longs.collect(),
        short: letter,
        takes_value: names.contains('='),
        is_repeatable: names.ends_with('*'),
        is_on: names.ends_with('!'),
    }
}
