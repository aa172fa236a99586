//! Reads a `console` fence. Divides its lines into commands, lines that are typed into programs, and output.

use super::attrs::Info;
use super::codes;
use super::diagnostics::Diagnostics;
use super::elision::is_foreign_elision;
use super::fence::{Fence, FenceLine};
use super::foreground::{ForegroundPrograms, continuation, key};
use super::prompt::{Prompt, is_prompt_header, last_line};
use super::suspicious::is_prose;
use crate::docker_cli::DockerCommand;
use crate::lesson::{Attrs, Command, Expected, ExpectedKind, Transcript};
use crate::shell::{self, Incomplete, is_incomplete};
use crate::text::{Source, Span};

/// The gap in a `blank` command.
pub(super) const GAP: &str = "____";

/// Reads a `console` fence.
pub(super) fn read(fence: &Fence<'_>, info: &Info, found: &mut Diagnostics<'_>) -> Transcript {
    let lines = without_indentation(&fence.lines);
    let mut reader = FenceReader {
        lines: &lines,
        at: 0,
        header: None,
        custom: info.attrs.prompt.as_deref(),
        exact: info.attrs.exact,
        source: found.source(),
    };
    reader.at = lines.iter().take_while(|line| line.text.trim().is_empty()).count();
    reader.skip_header(|below| outer(below, info.attrs.prompt.as_deref()).is_some());
    let mut commands = Vec::new();
    let first = reader.lines.get(reader.at);
    let before = found.len();
    match first.map(|line| (line, outer(&line.text, info.attrs.prompt.as_deref()))) {
        Some((_, Some(form))) => {
            reader.custom = reader.custom.filter(|prompt| !names_outer(&form, prompt));
            while let Some(command) = reader.command(&form, fence, found) {
                commands.push(command);
            }
            comment_as_prompt(&form, &commands, found);
        }
        Some((line, None)) => {
            let inside = Prompt::inner(&line.text).is_some();
            let kind = if inside { "inside" } else { "none" };
            found.report(codes::NO_COMMAND, line.span).with("kind", kind);
        }
        None => drop(found.report(codes::BLOCK_EMPTY, fence.marker).with("name", "console")),
    }
    let transcript =
        Transcript { span: fence.span, body: fence.body, attrs: info.attrs.clone(), commands, variant_group: None };
    if transcript.commands.is_empty() && found.len() == before {
        found.report(codes::COMMAND_EMPTY, first.map_or(fence.marker, |line| line.span));
    }
    check(&transcript, info, found);
    transcript
}

/// If a prompt follows the indentation of the first line, removes this indentation from all lines. A line with less
/// indentation loses all of its indentation.
fn without_indentation<'a>(lines: &'a [FenceLine<'_>]) -> Vec<FenceLine<'a>> {
    let first = lines.iter().map(|line| &*line.text).find(|text| !text.trim().is_empty()).unwrap_or_default();
    let indentation = &first[..first.len() - first.trim_start_matches([' ', '\t']).len()];
    let indentation = if outer(&first[indentation.len()..], None).is_some() { indentation } else { "" };
    let without = |line: &'a FenceLine<'_>| {
        let same = line.text.bytes().zip(indentation.bytes()).take_while(|(one, other)| one == other).count();
        // If a list's indentation takes a part of a tab, the text is longer than its source.
        let start = line.span.start + same.min(line.span.len());
        FenceLine { text: line.text[same..].into(), span: Span::new(start, line.span.end) }
    };
    lines.iter().map(without).collect()
}

struct FenceReader<'f> {
    lines: &'f [FenceLine<'f>],
    at: usize,
    /// The index of the upper line of the next command's prompt, if the prompt has two lines.
    header: Option<usize>,
    custom: Option<&'f str>,
    exact: bool,
    source: &'f Source,
}

/// Returns the outer prompt of a fence's first line: a prompt of a known form, or the value of `prompt=`.
fn outer(first: &str, named: Option<&str>) -> Option<Prompt> {
    let named = named.filter(|prompt| !prompt.trim().is_empty() && first.starts_with(prompt));
    Prompt::outer(first).or_else(|| named.map(|prompt| Prompt::Literal(prompt.to_owned())))
}

/// Whether `prompt=` names the outer prompt. If the outer prompt is already `$ `, `prompt='$ '` names an inner prompt
/// with the same text.
fn names_outer(form: &Prompt, named: &str) -> bool {
    !matches!(form, Prompt::Dollar | Prompt::Hash) && form.len_in(named) == Some(named.len())
}

/// The maximum number of lines that continue a command. With each further line, the whole command is read again.
const MOST_LINES: usize = 1000;

impl<'f> FenceReader<'f> {
    /// Reads the next command with the lines after it. The current line begins with the outer prompt.
    fn command(&mut self, form: &Prompt, fence: &Fence<'_>, found: &mut Diagnostics<'_>) -> Option<Command> {
        let line = loop {
            let line = self.lines.get(self.at)?;
            let prompt = form.len_in(&line.text)?;
            if !line.text[prompt..].trim().is_empty() {
                break line;
            }
            // A pasted session may end with a prompt without a command.
            if self.lines[self.at + 1..].iter().all(|line| line.text.trim().is_empty()) {
                return None;
            }
            found.report(codes::COMMAND_EMPTY, line.span);
            self.at += 1;
            self.skip_output(form);
        };
        let prompt = form.len_in(&line.text)?;
        let header = self.header.take().filter(|above| above + 1 == self.at).map(|above| &self.lines[above]);
        let (text, last) = self.whole_command(form, &line.text[prompt..], found);
        let span = Span::new(header.unwrap_or(line).span.start, last.span.end);
        let begin = last.end_in(self.source);
        let (expected, last) = self.expected(form, &text);
        let end = last.map_or(begin, |line| line.end_in(self.source));
        let header = header.map_or_else(String::new, |line| format!("{}\n", line.text));
        Some(Command {
            prompt: header + &line.text[..prompt],
            text,
            span,
            expected,
            expected_span: Span::new(begin.min(fence.body.end), end.min(fence.body.end)),
        })
    }

    fn skip_output(&mut self, form: &Prompt) {
        while self.lines.get(self.at).is_some_and(|line| form.len_in(&line.text).is_none()) {
            self.at += 1;
        }
    }

    /// Joins continuation lines to the command that begins on the current line.
    fn whole_command(
        &mut self,
        form: &Prompt,
        first: &str,
        found: &mut Diagnostics<'_>,
    ) -> (String, &'f FenceLine<'f>) {
        let begin = self.at;
        let mut text = first.to_owned();
        // Either all lines of a here-document begin with `> `, or none. Of the lines that continue an open quote or a
        // `for` loop, either all begin with `> `, or none.
        let mut marked_here: Option<bool> = None;
        let mut marked_other: Option<bool> = None;
        while let Some(open) = shell::read(&text).incomplete {
            let Some(line) = self.lines.get(self.at + 1).filter(|_| self.at - begin < MOST_LINES) else {
                found.report(codes::COMMAND_OPEN, self.lines[begin].span);
                break;
            };
            let marked = continuation(&line.text);
            let line = match open {
                Incomplete::HereDocument if *marked_here.get_or_insert(marked.is_some()) => {
                    marked.unwrap_or(&line.text)
                }
                Incomplete::HereDocument => &line.text,
                Incomplete::Backslash => marked.unwrap_or(&line.text),
                Incomplete::Rest => {
                    let is_marked =
                        *marked_other.get_or_insert_with(|| marked.is_some() || !self.is_finished(form, &text));
                    let Some(line) = marked.filter(|_| is_marked).or((!is_marked).then_some(&*line.text)) else {
                        found.report(codes::COMMAND_OPEN, self.lines[begin].span);
                        break;
                    };
                    line
                }
            };
            text.push('\n');
            text.push_str(line);
            self.at += 1;
        }
        self.at += 1;
        (text, &self.lines[self.at - 1])
    }

    /// Whether the following lines complete the command before the next prompt, although they do not begin with `> `.
    /// An open apostrophe is a typing mistake, even if a later line has another apostrophe.
    fn is_finished(&self, form: &Prompt, text: &str) -> bool {
        let mut whole = text.to_owned();
        let rest = self.lines[self.at + 1..].iter().take_while(|line| form.len_in(&line.text).is_none());
        !has_open_apostrophe(text)
            && rest.take(MOST_LINES).any(|line| {
                whole.push('\n');
                whole.push_str(&line.text);
                !is_incomplete(&whole)
            })
    }

    /// Reads the lines up to the next outer prompt. Also returns the last of these lines as it is in the fence.
    fn expected(&mut self, form: &Prompt, command: &str) -> (Vec<Expected>, Option<&'f FenceLine<'f>>) {
        let mut program = ForegroundPrograms::new(command, self.custom, form);
        let (mut expected, mut last) = (Vec::new(), None);
        while let Some(line) = self.lines.get(self.at) {
            let kind = match program.read(&line.text) {
                Some(kind) => kind,
                None if form.len_in(&line.text).is_some() || self.is_bare_end(program.terminal) => break,
                None if !program.shell && self.skip_header(|below| form.len_in(below).is_some()) => break,
                None => ExpectedKind::Output,
            };
            self.push(line, kind, &mut expected);
            last = Some(line);
            self.at += 1;
        }
        (expected, last)
    }

    /// Skips the upper line of a prompt of two lines, and remembers this line for the next command. Returns whether the
    /// current line was such a line.
    fn skip_header(&mut self, is_prompt: impl Fn(&str) -> bool) -> bool {
        let text = |at: usize| self.lines.get(at).map_or("", |line| &line.text);
        let is_header = is_prompt_header(text(self.at)) && is_prompt(text(self.at + 1));
        if is_header {
            self.header = Some(self.at);
            self.at += 1;
        }
        is_header
    }

    /// Whether the current line is the last line, and is a prompt without a command: the end of a pasted session. The
    /// upper line of a prompt of two lines counts too. In a terminal, a prompt with a machine's name does not count,
    /// because a program that waits for input may have printed it.
    fn is_bare_end(&self, is_terminal: bool) -> bool {
        let mut lines = self.lines[self.at..].iter().map(|line| &*line.text);
        let line = lines.next().unwrap_or_default();
        let is_containers_own = || Prompt::inner(line).is_some_and(|form| form.is_containers_own());
        let form = Prompt::outer(line).filter(|form| match form {
            Prompt::Directory => true,
            Prompt::Host(..) => !is_terminal && !is_containers_own(),
            _ => false,
        });
        let is_bare = form.and_then(|form| form.len_in(line)).is_some_and(|len| line[len..].trim().is_empty());
        (is_bare || is_prompt_header(line)) && lines.all(|line| line.trim().is_empty())
    }

    fn push(&self, line: &FenceLine<'_>, kind: ExpectedKind, expected: &mut Vec<Expected>) {
        let mut text: &str = &line.text;
        let mut span = line.span;
        if let ExpectedKind::Key(key) = kind
            && self.source.slice(span).starts_with(key.name())
        {
            // A terminal shows `^C` and the program's next output on one line.
            while let Some(rest) = text.strip_prefix(key.name()) {
                let end = span.start + key.name().len();
                let key = ExpectedKind::Key(key);
                expected.push(Expected {
                    text: text[..text.len() - rest.len()].to_owned(),
                    span: Span::new(span.start, end),
                    kind: key,
                });
                (text, span) = (rest, Span::new(end, span.end));
            }
            if !text.trim().is_empty() {
                expected.push(Expected { text: text.to_owned(), span, kind: ExpectedKind::Output });
            }
            return;
        }
        if kind == ExpectedKind::Output && !self.exact && is_foreign_elision(text) {
            text = "...";
        }
        expected.push(Expected { text: text.to_owned(), span, kind });
    }
}

/// Whether an apostrophe inside a word opens a quote that stays open.
fn has_open_apostrophe(text: &str) -> bool {
    let beside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices('\'').any(|(at, _)| {
        beside(text[..at].chars().next_back())
            && beside(text[at + 1..].chars().next())
            && !is_incomplete(&text[..at])
            && is_incomplete(&text[..=at])
    })
}

/// Reports a comment that the parser read as a command of root. A command counts as a comment if its text is prose, or
/// if the line below is a docker command without a prompt. The first command also counts as a comment if a later line
/// of the fence begins with `$ `.
fn comment_as_prompt(form: &Prompt, commands: &[Command], found: &mut Diagnostics<'_>) {
    if *form != Prompt::Hash {
        return;
    }
    let outputs = |command: &Command| -> Vec<String> {
        let lines = command.expected.iter().filter(|line| line.kind == ExpectedKind::Output);
        lines.map(|line| line.text.clone()).collect()
    };
    let has_dollar = commands.iter().flat_map(outputs).any(|line| line.starts_with("$ "));
    let is_above_command = |command: &Command| {
        let below = outputs(command).into_iter().next().unwrap_or_default();
        let words: Vec<&str> = below.split_whitespace().collect();
        words.len() > 2 && DockerCommand::parse(&words).is_some_and(|call| call.command.is_some())
    };
    let is_comment = |command: &&Command| is_prose(&command.text) || is_above_command(command);
    let first = commands.first().filter(|_| has_dollar).or_else(|| commands.iter().find(is_comment));
    if let Some(first) = first {
        let kind = if has_dollar { "dollar" } else { "prose" };
        found.report(codes::COMMENT_AS_PROMPT, first.span).with("kind", kind);
    }
}

/// Checks the attributes of the fence against its commands and lines.
fn check(transcript: &Transcript, info: &Info, found: &mut Diagnostics<'_>) {
    let attrs = &transcript.attrs;
    let lines = || transcript.commands.iter().flat_map(|command| &command.expected);
    if let Some(prompt) = &attrs.prompt
        && !transcript.commands.is_empty()
        && !lines().any(|line| line.text.starts_with(prompt.trim_end()))
        && !transcript.commands.first().and_then(prompt_of).is_some_and(|form| names_outer(&form, prompt))
    {
        let span = info.place("prompt").unwrap_or(transcript.span);
        found.report(codes::PROMPT_UNUSED, span).with("name", prompt.clone());
    }
    if attrs.blank || attrs.shuffle {
        let name = if attrs.blank { "blank" } else { "shuffle" };
        if let Some(line) = lines().find(|line| !line.text.trim().is_empty()) {
            found.report(codes::OUTPUT_NOT_WANTED, line.span).with("name", name);
        }
    }
    let gap = transcript.commands.iter().find(|command| command.text.contains(GAP));
    if attrs.blank && gap.is_none() && !transcript.commands.is_empty() {
        found.report(codes::BLANK_WITHOUT_GAP, info.place("blank").unwrap_or(transcript.span));
    } else if let Some(command) = gap.filter(|_| !attrs.blank) {
        found.report(codes::GAP_WITHOUT_BLANK, command.span);
    }
    for line in lines() {
        if let ExpectedKind::Typed { input, .. } = &line.kind
            && let Some(key) = key(input.trim_start()).filter(|key| input.trim() == key.name())
        {
            found.report(codes::KEY_AFTER_PROMPT, line.span).with("name", key.name());
        }
    }
}

/// Returns the form of a command's outer prompt.
fn prompt_of(command: &Command) -> Option<Prompt> {
    let line = last_line(&command.prompt);
    outer(line, Some(line))
}

/// Whether a program is still in the foreground after all lines of a command.
pub(super) fn stays_open(command: &Command, attrs: &Attrs) -> bool {
    let Some(form) = prompt_of(command) else { return false };
    let custom = attrs.prompt.as_deref().filter(|prompt| !names_outer(&form, prompt));
    let mut program = ForegroundPrograms::new(&command.text, custom, &form);
    for line in &command.expected {
        program.read(&line.text);
    }
    program.stays_open()
}
