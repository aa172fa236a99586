//! Reads the parts of bash text that lessons and the tutor need: words with their places, simple commands,
//! redirections, and the kind of input that unfinished text lacks.
//!
//! Accepts any text, and reads unknown syntax as words. Expands nothing.

mod invocation;
mod list;
mod reader;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use invocation::{Invocation, Sudo};
pub use reader::Incomplete;

/// A word without its quotes and escapes. Expansions (`$HOME`, `$(date)`) are kept as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// The text.
    pub text: String,
    /// The text with `\` before each `\`, `$` and backquote that the shell takes literally. Two words with equal
    /// meanings are the same for the shell.
    pub meaning: String,
    /// The place of the word in the source, including quotes.
    pub span: Range<usize>,
    /// Whether any part of the word was quoted or escaped.
    pub is_quoted: bool,
    /// For each `$(…)`, `<(…)` and backquoted part, the place of its contents in the source.
    pub substitutions: Vec<Range<usize>>,
}

impl Word {
    /// Returns the name before `=`, if the word begins like an assignment.
    #[must_use]
    pub fn assigned(&self) -> Option<&str> {
        let (name, _) = self.text.split_once('=')?;
        let name = name.strip_suffix('+').unwrap_or(name);
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        is_name.then_some(name)
    }
}

impl AsRef<str> for Word {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// A redirection: `2>&1`, `< file`, `<<EOF`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The number before the operator, if any.
    pub descriptor: Option<String>,
    /// The operator: `>`, `>>`, `>&`, `<`, `<<`, `<<<`, `&>` …
    pub operator: String,
    /// The file, the descriptor, or the delimiter of a here-document; empty if the text ends before the target.
    pub target: Word,
}

/// A simple command: a program with its arguments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SimpleCommand {
    /// The assignments `NAME=value` before the program.
    pub assignments: Vec<Word>,
    /// The program and its arguments.
    pub words: Vec<Word>,
    /// The redirections of the command.
    pub redirects: Vec<Redirect>,
}

impl SimpleCommand {
    /// Whether the command reads from a file or a here-document.
    #[must_use]
    pub fn reads_input(&self) -> bool {
        self.redirects.iter().any(|redirect| redirect.operator.starts_with('<'))
    }
}

/// A part of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A simple command.
    Command(SimpleCommand),
    /// An operator with its place: `|`, `&&`, `;`, `(`, the end of a line …
    Operator(String, Range<usize>),
    /// A keyword: `if`, `do`, `{`, `!`, `time` …
    Keyword(Word),
    /// Words that are not a command: the words after `for`, `case` or `[[`, a pattern of `case`, the name of a
    /// function.
    Words(Vec<Word>),
}

/// Shell text that was read.
#[derive(Debug, Clone, Default)]
pub struct Script {
    source: String,
    /// The parts in order.
    pub items: Vec<Item>,
    /// The kind of input for which bash would still wait.
    pub incomplete: Option<Incomplete>,
}

impl Script {
    /// Returns the simple commands, without the commands in substitutions.
    pub fn commands(&self) -> impl Iterator<Item = &SimpleCommand> {
        self.items.iter().filter_map(|item| if let Item::Command(command) = item { Some(command) } else { None })
    }

    /// Returns the simple commands, each followed by the commands in its substitutions. The spans of a command in a
    /// substitution are relative to the beginning of that substitution.
    #[must_use]
    pub fn all_commands(&self) -> Vec<SimpleCommand> {
        let mut found = Vec::new();
        self.collect(&mut found, DEEPEST_SUBSTITUTION);
        found
    }

    fn collect(&self, found: &mut Vec<SimpleCommand>, depth: usize) {
        for command in self.commands() {
            found.push(command.clone());
            let inside = command.assignments.iter().chain(&command.words).flat_map(|word| &word.substitutions);
            for span in inside.filter(|_| depth > 0) {
                read(&self.source[span.clone()]).collect(found, depth - 1);
            }
        }
    }
}

/// The maximum depth of nested substitutions that are read.
const DEEPEST_SUBSTITUTION: usize = 4;

/// Reads shell text.
#[must_use]
pub fn read(text: &str) -> Script {
    reader::read(text)
}

/// Returns the commands of a line that run one after the other, as after `;` and `&&`. Returns nothing for a line with
/// loops, conditions or jobs in the background, and for an unfinished line.
#[must_use]
pub fn sequence(text: &str) -> Vec<&str> {
    let script = read(text);
    let (mut commands, mut begin) = (Vec::new(), 0);
    for item in &script.items {
        match item {
            Item::Operator(sign, span) if matches!(sign.as_str(), ";" | "&&" | "\n") => {
                commands.push(text[begin..span.start].trim());
                begin = span.end;
            }
            Item::Operator(sign, _) if sign == "|" => {}
            Item::Command(_) => {}
            _ => return Vec::new(),
        }
    }
    commands.push(text[begin..].trim());
    commands.retain(|command| !command.is_empty());
    if script.incomplete.is_some() { Vec::new() } else { commands }
}

/// Whether bash would wait for more input after `text`.
#[must_use]
pub fn is_incomplete(text: &str) -> bool {
    read(text).incomplete.is_some()
}

/// Returns a value as one word of shell text, in single quotes if necessary.
#[must_use]
pub fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    single_quoted(value)
}

/// Quotes the text of a [`Word`] again. A text with a `$` gets double quotes, because a word keeps its expansions as
/// written.
#[must_use]
pub fn requoted(text: &str) -> String {
    if text.contains('$') && !text.contains(['"', '`', '\\']) { format!("\"{text}\"") } else { quoted(text) }
}

/// Returns a value as one word of shell text, in single quotes.
#[must_use]
pub fn single_quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}
