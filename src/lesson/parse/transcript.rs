//! A `console` fence: which lines are commands, which are typed, which are seen.

use super::attrs::Info;
use super::codes;
use super::fence::{Fence, Line};
use super::found::Found;
use super::prompt::{Inner, Outer};
use super::terminal;
use crate::lesson::shell::{Open, Scanner};
use crate::lesson::{Command, Expected, ExpectedKind, Key, Transcript};
use crate::text::{Source, Span};

/// What stands for something left out in a `blank` command.
pub(super) const GAP: &str = "____";

/// Reads the fence.
pub(super) fn read(fence: &Fence<'_>, info: &Info, found: &mut Found<'_>) -> Transcript {
    let mut reader = Reader {
        lines: &fence.lines,
        at: fence.lines.iter().take_while(|line| line.text.trim().is_empty()).count(),
        custom: info.attrs.prompt.as_deref(),
        source: found.source(),
    };
    let mut commands = Vec::new();
    let first = reader.lines.get(reader.at);
    let before = found.len();
    match first.map(|line| (line, Outer::of(&line.text))) {
        Some((_, Some(form))) => {
            while let Some(command) = reader.command(&form, fence, found) {
                commands.push(command);
            }
            comment_as_prompt(&form, &commands, found);
        }
        Some((line, None)) => drop(found.error(codes::NO_COMMAND, line.span)),
        None => drop(found.error(codes::BLOCK_EMPTY, fence.marker).with("name", "console")),
    }
    let transcript =
        Transcript { span: fence.span, body: fence.body, attrs: info.attrs.clone(), commands, variant_group: None };
    if transcript.commands.is_empty() && found.len() == before {
        found.error(codes::COMMAND_EMPTY, first.map_or(fence.marker, |line| line.span));
    }
    check(&transcript, info, found);
    transcript
}

struct Reader<'f> {
    lines: &'f [Line<'f>],
    at: usize,
    custom: Option<&'f str>,
    source: &'f Source,
}

impl<'f> Reader<'f> {
    /// The next command with what is seen after it; the line at hand begins with the outer prompt.
    fn command(&mut self, form: &Outer, fence: &Fence<'_>, found: &mut Found<'_>) -> Option<Command> {
        let line = loop {
            let line = self.lines.get(self.at)?;
            let prompt = form.len_in(&line.text)?;
            if !line.text[prompt..].trim().is_empty() {
                break line;
            }
            // The prompt that is left at the end of a pasted session.
            if self.lines[self.at + 1..].iter().all(|line| line.text.trim().is_empty()) {
                return None;
            }
            found.error(codes::COMMAND_EMPTY, line.span);
            self.at += 1;
            self.skip_output(form);
        };
        let prompt = form.len_in(&line.text)?;
        let (text, last) = self.whole_command(&line.text[prompt..], found);
        let span = Span::new(line.span.start, last.span.end);
        let begin = last.end_in(self.source);
        let expected = self.expected(form, &text);
        let end = expected.last().map_or(begin, |_| self.lines[self.at - 1].end_in(self.source));
        Some(Command {
            prompt: line.text[..prompt].to_owned(),
            text,
            span,
            expected,
            expected_span: Span::new(begin.min(fence.body.end), end.min(fence.body.end)),
        })
    }

    fn skip_output(&mut self, form: &Outer) {
        while self.lines.get(self.at).is_some_and(|line| form.len_in(&line.text).is_none()) {
            self.at += 1;
        }
    }

    /// Joins continuation lines to the command that begins on the line at hand.
    fn whole_command(&mut self, first: &str, found: &mut Found<'_>) -> (String, &'f Line<'f>) {
        let begin = self.at;
        let mut text = first.to_owned();
        let mut scanner = Scanner::default();
        scanner.feed(first);
        // A here-document's lines all have `> ` or none has.
        let mut marked_here: Option<bool> = None;
        while let Some(open) = scanner.open() {
            let Some(line) = self.lines.get(self.at + 1) else {
                found.error(codes::COMMAND_OPEN, self.lines[begin].span);
                break;
            };
            let marked = continuation(&line.text);
            let line = match open {
                Open::HereDoc if *marked_here.get_or_insert(marked.is_some()) => marked.unwrap_or(&line.text),
                Open::HereDoc => &line.text,
                Open::Backslash => marked.unwrap_or(&line.text),
                Open::Other => {
                    let Some(marked) = marked else {
                        found.error(codes::COMMAND_OPEN, self.lines[begin].span);
                        break;
                    };
                    marked
                }
            };
            text.push('\n');
            text.push_str(line);
            scanner.feed(line);
            self.at += 1;
        }
        self.at += 1;
        (text, &self.lines[self.at - 1])
    }

    /// What is seen until the next outer prompt.
    fn expected(&mut self, form: &Outer, command: &str) -> Vec<Expected> {
        let mut program = Program::new(command, self.custom, form);
        let mut expected = Vec::new();
        while let Some(line) = self.lines.get(self.at) {
            let kind = match program.read(&line.text) {
                Some(kind) => kind,
                None if form.len_in(&line.text).is_some() => break,
                None => ExpectedKind::Output,
            };
            expected.push(Expected { text: line.text.clone().into_owned(), span: line.span, kind });
            self.at += 1;
        }
        expected
    }
}

/// What stands after `> `; a bare `>` is an empty line.
fn continuation(line: &str) -> Option<&str> {
    line.strip_prefix("> ").or_else(|| (line == ">").then_some(""))
}

/// The programs that a command has put in front of the terminal.
#[expect(clippy::struct_excessive_bools, reason = "each is about another thing")]
struct Program<'f> {
    /// The prompt that the fence names, if it names one.
    custom: Option<&'f str>,
    /// Whether that prompt looks like the outer one: then it wins until the program ends.
    custom_wins: bool,
    outer: &'f Outer,
    /// Whether inner prompts of the usual forms can come.
    terminal: bool,
    /// The prompts of the programs, the innermost last.
    forms: Vec<Inner>,
    /// Whether the line typed last may have started another program.
    nested: bool,
    ended: bool,
    /// Whether the last line was typed at the fence's own prompt.
    at_custom: bool,
    /// What was typed and is not finished.
    scanner: Scanner,
}

impl<'f> Program<'f> {
    fn new(command: &str, custom: Option<&'f str>, outer: &'f Outer) -> Self {
        let terminal = terminal::opens(command);
        Self {
            custom,
            custom_wins: terminal && custom.is_some_and(|prompt| outer.len_in(prompt).is_some()),
            outer,
            terminal,
            forms: Vec::new(),
            nested: false,
            ended: false,
            at_custom: false,
            scanner: Scanner::default(),
        }
    }

    /// What a line is, when it is more than output.
    fn read(&mut self, line: &str) -> Option<ExpectedKind> {
        if let Some(key) = key(line) {
            match key {
                // A program with the fence's own prompt, started from an inner shell, leaves that shell open.
                Key::EndOfInput if self.at_custom && !self.forms.is_empty() => self.at_custom = false,
                Key::EndOfInput => self.end(),
                Key::Detach => self.ended = true,
                Key::Interrupt => {}
            }
            self.scanner = Scanner::default();
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
        if !self.terminal || self.outer.len_in(line).is_some() {
            return None;
        }
        if self.scanner.open().is_some()
            && let Some(input) = continuation(line)
        {
            self.scanner.feed(input);
            return Some(ExpectedKind::Typed { prompt: "> ".to_owned(), input: input.to_owned() });
        }
        let len = self.prompt(line)?;
        let (prompt, input) = line.split_at(len);
        if input.trim().is_empty() {
            return None;
        }
        self.at_custom = false;
        self.scanner = Scanner::default();
        self.scanner.feed(input);
        self.nested = terminal::opens(input);
        if terminal::ends(input) {
            self.end();
        }
        typed(prompt, input)
    }

    /// How long the inner prompt is that `line` begins with.
    fn prompt(&mut self, line: &str) -> Option<usize> {
        if let Some(len) = self.forms.last().and_then(|form| form.len_in(line)) {
            return Some(len);
        }
        if !self.forms.is_empty() && !self.nested {
            return None;
        }
        let form = Inner::of(line)?;
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

#[expect(clippy::unnecessary_wraps, reason = "stands where an option is wanted")]
fn typed(prompt: &str, input: &str) -> Option<ExpectedKind> {
    Some(ExpectedKind::Typed { prompt: prompt.to_owned(), input: input.to_owned() })
}

/// A key alone on its line.
fn key(line: &str) -> Option<Key> {
    [Key::Interrupt, Key::EndOfInput, Key::Detach].into_iter().find(|key| line.trim_end() == key.name())
}

/// In a fence that begins with `# `, a later `$ ` shows that a comment was meant.
fn comment_as_prompt(form: &Outer, commands: &[Command], found: &mut Found<'_>) {
    let dollar = |command: &Command| {
        command
            .expected
            .iter()
            .find(|line| line.kind == ExpectedKind::Output && line.text.starts_with("$ "))
            .map(|line| line.span)
    };
    if *form == Outer::Hash
        && commands.iter().find_map(dollar).is_some()
        && let Some(first) = commands.first()
    {
        found.error(codes::COMMENT_AS_PROMPT, first.span);
    }
}

/// Rules for the fence as a whole.
fn check(transcript: &Transcript, info: &Info, found: &mut Found<'_>) {
    let attrs = &transcript.attrs;
    let lines = || transcript.commands.iter().flat_map(|command| &command.expected);
    if let Some(prompt) = &attrs.prompt
        && !transcript.commands.is_empty()
        && !lines().any(|line| line.text.starts_with(prompt.trim_end()))
    {
        let span = info.place("prompt").unwrap_or(transcript.span);
        found.error(codes::PROMPT_UNUSED, span).with("name", prompt.clone());
    }
    if attrs.blank || attrs.shuffle {
        let name = if attrs.blank { "blank" } else { "shuffle" };
        if let Some(line) = lines().find(|line| !line.text.trim().is_empty()) {
            found.error(codes::OUTPUT_NOT_WANTED, line.span).with("name", name);
        }
    }
    let gap = transcript.commands.iter().find(|command| command.text.contains(GAP));
    if attrs.blank && gap.is_none() && !transcript.commands.is_empty() {
        found.error(codes::BLANK_WITHOUT_GAP, info.place("blank").unwrap_or(transcript.span));
    } else if let Some(command) = gap.filter(|_| !attrs.blank) {
        found.error(codes::GAP_WITHOUT_BLANK, command.span);
    }
    for line in lines() {
        if let ExpectedKind::Typed { input, .. } = &line.kind
            && let Some(key) = key(input.trim_start())
        {
            found.error(codes::KEY_AFTER_PROMPT, line.span).with("name", key.name());
        }
    }
}
