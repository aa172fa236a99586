//! Follows the programs in the foreground after a command of a `console` fence. Finds the lines below the command that
//! the learner types into these programs.

use super::prompt::{Prompt, is_inner_prompt};
use super::suspicious::is_prose;
use super::terminal;
use crate::lesson::{ExpectedKind, Key};
use crate::shell::is_incomplete;

/// The programs in the foreground of the terminal after a command.
#[expect(clippy::struct_excessive_bools, reason = "each is about another thing")]
pub(super) struct ForegroundPrograms<'f> {
    /// The value of `prompt=`, if any.
    custom: Option<&'f str>,
    /// Whether the command opens a terminal in which the prompt of `prompt=` looks like the outer prompt. If so, the
    /// prompt of `prompt=` takes precedence until the program ends.
    custom_wins: bool,
    outer: &'f Prompt,
    /// Whether the lines below the command can begin with inner prompts of known forms.
    pub(super) terminal: bool,
    /// Whether the command opens a shell on the machine itself. The prompt of such a shell may look like the outer
    /// prompt.
    pub(super) shell: bool,
    /// Whether the command starts a program whose prompt is `> `.
    angle: bool,
    /// The prompts of the open programs. The prompt of the innermost program is the last.
    forms: Vec<Prompt>,
    /// Whether the last typed line may have started another program.
    nested: bool,
    ended: bool,
    /// Whether the last typed line was typed at the prompt of `prompt=`.
    at_custom: bool,
    /// Typed input that the next line may continue.
    unfinished: Option<String>,
    /// Whether Python waits for more lines of a block.
    block: bool,
    /// Whether `^C` was pressed while no inner program was open.
    interrupted: bool,
}

impl<'f> ForegroundPrograms<'f> {
    pub(super) fn new(command: &str, custom: Option<&'f str>, outer: &'f Prompt) -> Self {
        let terminal = terminal::opens_terminal(command);
        Self {
            custom,
            custom_wins: terminal && custom.is_some_and(|prompt| outer.len_in(prompt).is_some()),
            outer,
            terminal,
            shell: terminal::opens_shell(command),
            angle: terminal::has_angle_prompt(command),
            forms: Vec::new(),
            nested: false,
            ended: false,
            at_custom: false,
            unfinished: None,
            block: false,
            interrupted: false,
        }
    }

    /// Whether a program that reads input is still in the foreground. A question that `prompt=` names is not a
    /// program.
    pub(super) fn stays_open(&self) -> bool {
        let at_program = self.at_custom && self.custom.is_some_and(is_inner_prompt);
        !self.ended && !self.interrupted && (at_program || !self.forms.is_empty())
    }

    /// Reads the next line. Returns the kind of a typed line or a key; `None` for output and for a command at the outer
    /// prompt.
    pub(super) fn read(&mut self, line: &str) -> Option<ExpectedKind> {
        if let Some(key) = key(line) {
            match key {
                // Ctrl-D ends only the program with the prompt of `prompt=`. An inner shell that started this program
                // stays open.
                Key::EndOfInput if self.at_custom && !self.forms.is_empty() => self.at_custom = false,
                Key::EndOfInput => self.end(),
                Key::Detach => self.ended = true,
                Key::Interrupt => self.interrupted |= self.forms.is_empty(),
            }
            self.unfinished = None;
            return Some(ExpectedKind::Key(key));
        }
        if self.ended {
            return None;
        }
        if let Some(prompt) = self.custom.filter(|prompt| line.starts_with(prompt))
            && (self.custom_wins || self.outer.len_in(line).is_none())
        {
            let input = &line[prompt.len()..];
            self.at_custom = true;
            if self.forms.is_empty() && terminal::ends(input) {
                self.ended = true;
            }
            return typed(prompt, input);
        }
        if !self.terminal && Prompt::inner(line).is_some_and(|form| form.is_containers_own()) {
            // The prompt shows that the command opened a container's terminal, although the command's text does not
            // show that.
            self.terminal = self.outer.len_in(line).is_none();
        }
        if !self.terminal || !self.shell && self.outer.len_in(line).is_some() {
            return None;
        }
        if let Some(kind) = self.program_continuation(line) {
            return Some(kind);
        }
        if let Some(input) = continuation(line)
            && let Some(above) = self.unfinished.take()
        {
            self.unfinished = unfinished(format!("{above}\n{input}"));
            return Some(ExpectedKind::Typed { prompt: "> ".to_owned(), input: input.to_owned() });
        }
        if line.strip_prefix("# ").is_some_and(is_prose) {
            return None;
        }
        let len = self.prompt(line)?;
        let (prompt, input) = line.split_at(len);
        if input.trim().is_empty() {
            return None;
        }
        self.at_custom = false;
        let is_shell = self.forms.last() != Some(&Prompt::Program);
        self.unfinished = unfinished(input.to_owned()).filter(|_| is_shell);
        self.block = prompt == ">>> " && input.trim_end().ends_with([':', '\\', '(', '[', '{', ',']);
        self.nested = terminal::opens_terminal(input);
        if terminal::ends(input) {
            self.end();
        }
        typed(prompt, input)
    }

    /// Reads a continuation line of a program that is not a shell: Python's `... `, `MySQL`'s `    -> `.
    fn program_continuation(&mut self, line: &str) -> Option<ExpectedKind> {
        if self.forms.last() != Some(&Prompt::Program) {
            return None;
        }
        if self.block && (line.starts_with("... ") || line == "...") {
            let input = line.get(4..).unwrap_or_default();
            self.block = !input.trim().is_empty();
            return typed("... ", input);
        }
        let arrow = "    -> ";
        line.strip_prefix(arrow).and_then(|input| typed(arrow, input))
    }

    /// Returns the length of the inner prompt at the beginning of `line`.
    fn prompt(&mut self, line: &str) -> Option<usize> {
        if let Some(len) = self.forms.last().and_then(|form| form.len_in(line)) {
            return Some(len);
        }
        if !self.forms.is_empty() && !self.nested {
            return None;
        }
        let angle = || (self.angle && line.starts_with("> ")).then(|| Prompt::Literal("> ".to_owned()));
        let form = Prompt::inner(line).or_else(angle).or_else(|| {
            let len = self.outer.len_in(line).filter(|_| self.shell)?;
            Some(Prompt::literal(line, len))
        })?;
        let len = form.len_in(line);
        self.forms.push(form);
        self.nested = false;
        len
    }

    fn end(&mut self) {
        self.forms.pop();
        self.ended = self.forms.is_empty();
    }
}

/// The maximum length of typed input that further lines can continue. With each further line, the whole input is read
/// again.
const LONGEST_INPUT: usize = 16 * 1024;

/// Returns the typed input if the shell would wait for more input.
fn unfinished(input: String) -> Option<String> {
    (input.len() <= LONGEST_INPUT && is_incomplete(&input)).then_some(input)
}

#[expect(clippy::unnecessary_wraps, reason = "stands where an option is wanted")]
fn typed(prompt: &str, input: &str) -> Option<ExpectedKind> {
    Some(ExpectedKind::Typed { prompt: prompt.to_owned(), input: input.to_owned() })
}

/// Returns the key that a line shows: a key alone on its line, or `^C` with output after it.
pub(super) fn key(line: &str) -> Option<Key> {
    let keys = [Key::Interrupt, Key::EndOfInput, Key::Detach];
    let alone = keys.into_iter().find(|key| line.trim_end() == key.name());
    alone.or_else(|| line.starts_with(Key::Interrupt.name()).then_some(Key::Interrupt))
}

/// Returns the text after `> ` in a continuation line. A bare `>` is an empty line.
pub(super) fn continuation(line: &str) -> Option<&str> {
    line.strip_prefix("> ").or_else(|| (line == ">").then_some(""))
}
