//! The inputs of one command, and the decisions about a program that waits for input.

use std::borrow::Cow;
use std::time::Duration;

use crate::lesson::{
    Command, Endless, Expected, ExpectedKind, Transcript, Unended, endless, is_inner_prompt, opens_shell,
};
use crate::matcher::{Bindings, ExpectedOutput, Options};
use crate::session::{Keystrokes, ScriptedInput, TerminalReader, WaitAction, WaitingProgram, is_prompt};
use crate::transcript::Caret;

/// The time for which a program that reads lines must be quiet before the driver answers the program.
const READS: Duration = Duration::from_millis(200);
/// The time for which a program behind a relay must be quiet before the driver answers the program's question. A
/// program in a container is behind a relay. The driver cannot see whether such a program reads.
const HANDED_ON: Duration = Duration::from_millis(500);
/// The time after which the driver ends a command that waits for an answer at a prompt or a question.
const UNANSWERED: Duration = Duration::from_secs(1);
/// The time after which the driver ends a command at a prompt, if the driver cannot see whether the command reads.
const UNSEEN: Duration = Duration::from_secs(2);
/// The time after which the driver ends a service that never stops printing.
const SERVED: Duration = Duration::from_secs(5);
/// The maximum number of expected lines before an input. With more lines, the driver does not check whether the output
/// can still match.
const MOST: usize = 200;

/// The inputs that are typed into one command while it runs.
#[derive(Debug)]
pub struct CommandScript<'a> {
    command: &'a Command,
    inputs: Vec<ScriptedInput>,
    /// The number of expected lines before each input.
    places: Vec<usize>,
    /// The expected lines, if each input waits until the expected lines before it are printed.
    output: Option<(ExpectedOutput<'a>, Bindings)>,
    /// The reason why the command does not end by itself, if the reason is known.
    endless: Option<Endless>,
}

impl<'a> CommandScript<'a> {
    /// Creates the script of `command`. The driver types each input as soon as its prompt is shown, regardless of the
    /// lines above the prompt.
    #[must_use]
    pub fn new(transcript: &Transcript, command: &'a Command) -> Self {
        let (inputs, places) = scripted_inputs(command);
        Self { command, inputs, places, output: None, endless: endless(transcript, command) }
    }

    /// Makes each input also wait until the expected lines before the input have been printed.
    #[must_use]
    pub fn after_output(self, options: Options<'a>, bindings: Bindings) -> Self {
        Self { output: Some((ExpectedOutput::new(matched_lines(self.command), options), bindings)), ..self }
    }

    /// Returns the command's text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        &self.command.text
    }

    /// Returns the inputs in order.
    #[must_use]
    pub fn inputs(&self) -> &[ScriptedInput] {
        &self.inputs
    }

    /// Returns the inputs in order, and consumes the script.
    #[must_use]
    pub fn into_inputs(self) -> Vec<ScriptedInput> {
        self.inputs
    }

    /// Whether the command is known not to end by itself.
    #[must_use]
    pub const fn is_endless(&self) -> bool {
        self.endless.is_some()
    }

    /// Whether the expected lines before the input with this number have been printed.
    pub(super) fn is_ready(&self, input: usize, lines: &[String]) -> bool {
        self.has_arrived(self.places[input], lines)
    }

    /// Whether the first `end` expected lines have been printed.
    fn has_arrived(&self, end: usize, lines: &[String]) -> bool {
        self.output.as_ref().is_none_or(|(output, bindings)| output.has_arrived(end, lines, bindings))
    }

    /// Decides on the action for a quiet program.
    pub(super) fn reply(&self, waiting: &WaitingProgram<'_>) -> WaitAction {
        let next = self.inputs.get(waiting.sent);
        let serves = self.endless.is_some_and(|endless| endless.certain && endless.why == Unended::Service);
        if serves && next.is_none() && (waiting.quiet >= UNANSWERED || waiting.since >= SERVED) {
            return WaitAction::End;
        }
        if waiting.before.trim().is_empty() || waiting.reader == TerminalReader::Nobody {
            return WaitAction::Wait;
        }
        if let Some(line) = self.answer(waiting) {
            return WaitAction::Line(line);
        }
        if let Some(&place) = self.places.get(waiting.sent)
            && next.is_some_and(|input| is_at_prompt(input, waiting.before))
            && waiting.quiet >= UNANSWERED
            && self.cannot_match(place, waiting.above)
        {
            return WaitAction::SendNext;
        }
        let is_expected = next.is_some_and(|input| input.prompt.is_none() || is_at_prompt(input, waiting.before));
        let mut prompts = self.inputs.iter().filter_map(|input| input.prompt.as_deref());
        let asks = is_inner_prompt(waiting.before) || prompts.any(|prompt| ends_at_prompt(prompt, waiting.before));
        let patience = match waiting.reader {
            TerminalReader::Line => UNANSWERED,
            TerminalReader::Keys if asks => UNANSWERED,
            TerminalReader::Unknown if asks => UNSEEN,
            TerminalReader::Keys if is_choice(waiting.before) => UNSEEN,
            _ => return WaitAction::Wait,
        };
        if is_expected || waiting.quiet < patience { WaitAction::Wait } else { WaitAction::End }
    }

    /// Whether no further output can make the lines above a prompt match. If so, the driver types the next input
    /// anyway. The author sees the difference, and later commands still find the results of this command.
    fn cannot_match(&self, place: usize, above: &[String]) -> bool {
        place <= MOST && !(0..=place).any(|end| self.has_arrived(end, above))
    }

    /// Returns the text to type: the rest of the expected line that begins with the text before the cursor.
    fn answer(&self, waiting: &WaitingProgram<'_>) -> Option<String> {
        let patience = match waiting.reader {
            TerminalReader::Line => READS,
            _ if !is_question(waiting.before) => return None,
            TerminalReader::Keys => HANDED_ON,
            _ => UNANSWERED,
        };
        let expected = &self.command.expected;
        let begin = waiting.sent.checked_sub(1).map_or(0, |last| self.places[last] + 1);
        let end = self.places.get(waiting.sent).copied().unwrap_or(expected.len());
        (begin..end).find_map(|at| {
            let line = expected.get(at).filter(|line| line.kind == ExpectedKind::Output)?;
            let rest = line.text.strip_prefix(waiting.before).filter(|rest| !rest.trim().is_empty())?;
            // A program that reads input prints nothing more until it gets an answer. Differences in the lines above
            // are reported after the command has ended.
            let is_stuck = waiting.reader == TerminalReader::Line && waiting.quiet >= UNANSWERED;
            let is_due = waiting.quiet >= patience && self.has_arrived(at, waiting.above);
            (is_due || is_stuck).then(|| rest.to_owned())
        })
    }

    /// Returns the first expected line that begins with the last line on the screen, ignoring spaces. If there is no
    /// such line, returns the line of the next input after the first `sent` inputs.
    #[must_use]
    pub fn similar_line(&self, shown: &str, sent: usize) -> Option<String> {
        let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let shown = squeeze(shown);
        let begin = sent.checked_sub(1).map_or(0, |last| self.places[last] + 1);
        let lines = self.command.expected.get(begin..).unwrap_or_default();
        let is_like = |line: &&Expected| squeeze(&line.text).starts_with(&shown) && squeeze(&line.text) != shown;
        let like = lines.iter().filter(|_| !shown.is_empty()).find(is_like);
        like.or_else(|| self.places.get(sent).map(|&at| &self.command.expected[at])).map(|line| line.text.clone())
    }
}

/// Returns the expected lines in the form for comparison. After `su`, `sudo -i` and similar commands, the prompt
/// depends on the machine, so any prompt matches.
#[must_use]
pub fn matched_lines(command: &Command) -> Cow<'_, [Expected]> {
    if !opens_shell(&command.text) {
        return Cow::Borrowed(&command.expected);
    }
    let free = |line: &Expected| match &line.kind {
        ExpectedKind::Typed { prompt, input } if is_shell_prompt(prompt) => {
            Expected { text: format!("[..] {input}"), span: line.span, kind: ExpectedKind::Output }
        }
        _ => line.clone(),
    };
    Cow::Owned(command.expected.iter().map(free).collect())
}

/// Returns the inputs for a running command, and the number of expected lines before each input.
fn scripted_inputs(command: &Command) -> (Vec<ScriptedInput>, Vec<usize>) {
    let free = opens_shell(&command.text);
    let typed = command.expected.iter().enumerate().filter_map(|(at, line)| match &line.kind {
        ExpectedKind::Output => None,
        ExpectedKind::Typed { prompt, input } => {
            let any_shell = free && is_shell_prompt(prompt);
            Some((ScriptedInput { prompt: Some(prompt.clone()), any_shell, send: Keystrokes::Line(input.clone()) }, at))
        }
        ExpectedKind::Key(key) => {
            Some((ScriptedInput { prompt: None, any_shell: false, send: Keystrokes::Key(*key) }, at))
        }
    });
    typed.unzip()
}

/// Whether the cursor is at the prompt of this input.
#[must_use]
pub fn is_at_prompt(input: &ScriptedInput, before: &str) -> bool {
    let any = input.any_shell && is_inner_prompt(before);
    any || input.prompt.as_deref().is_some_and(|prompt| ends_at_prompt(prompt, before))
}

fn is_shell_prompt(prompt: &str) -> bool {
    prompt.trim_end().ends_with(['$', '#', '%'])
}

fn ends_at_prompt(prompt: &str, before: &str) -> bool {
    is_prompt(prompt, &Caret { row: 0, before: before.to_owned(), last: true })
}

/// Whether a text ends like a question or a prompt.
#[must_use]
pub fn is_question(text: &str) -> bool {
    text.trim_end().ends_with(['?', ']', ')', '>']) || is_inner_prompt(text)
}

/// Whether a text ends with a choice of answers: `[y/N]`, `(yes/no)?`.
fn is_choice(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches([':', '?']).to_lowercase();
    ["[y/n]", "(y/n)", "[yn]", "(yes/no)", "[yes/no]", "(yes/no/[fingerprint])"].iter().any(|end| text.ends_with(end))
}
