//! What is typed while a lesson's command runs, and what is done when it waits for more.

use std::borrow::Cow;
use std::time::Duration;

use crate::lesson::{
    Command, Endless, Expected, ExpectedKind, Transcript, Unended, endless, is_inner_prompt, opens_shell,
};
use crate::matcher::{Bindings, Options, have_come};
use crate::session::{Keystrokes, ScriptedInput, TerminalReader, WaitAction, WaitingProgram, is_prompt};
use crate::transcript::Caret;

/// How long a program that reads must have been quiet before an answer is typed.
const READS: Duration = Duration::from_millis(200);
/// The same for one behind a program that hands on what is typed: whether it reads cannot be seen.
const HANDED_ON: Duration = Duration::from_millis(500);
/// How long a prompt or a question that nobody answers may stand there before the command is ended.
const UNANSWERED: Duration = Duration::from_secs(1);
/// The same where it cannot be seen whether the program reads.
const UNSEEN: Duration = Duration::from_secs(2);
/// How long a program runs that does not end by itself, if it never is quiet.
const SERVED: Duration = Duration::from_secs(5);
/// With more lines before a typed one nobody looks whether what was printed could still become what is written.
const MOST: usize = 200;

/// The typed lines and answers of one command.
pub(crate) struct CommandScript<'a> {
    command: &'a Command,
    /// The lines that are matched while it runs.
    expected: Cow<'a, [Expected]>,
    pub(crate) inputs: Vec<ScriptedInput>,
    /// After how many of the expected lines each cue comes.
    places: Vec<usize>,
    /// Why the command does not end by itself, if that can be known.
    pub(crate) endless: Option<Endless>,
}

impl<'a> CommandScript<'a> {
    pub(crate) fn new(transcript: &Transcript, command: &'a Command) -> Self {
        let (inputs, places) = scripted_inputs(command);
        Self { command, expected: matched(command), inputs, places, endless: endless(transcript, command) }
    }

    /// Whether what must come before the cue of this number has come.
    pub(crate) fn has_come(&self, cue: usize, lines: &[String], bindings: &Bindings, options: &Options<'_>) -> bool {
        have_come(&self.expected[..self.places[cue]], lines, bindings, options)
    }

    /// What to do about a program that is quiet. `come` says whether the first so many expected lines have come.
    pub(crate) fn reply(
        &self,
        waiting: &WaitingProgram<'_>,
        come: impl Fn(&[Expected], &[String]) -> bool,
    ) -> WaitAction {
        let more = self.inputs.get(waiting.sent);
        let serves = self.endless.is_some_and(|endless| endless.certain && endless.why == Unended::Service);
        if serves && more.is_none() && (waiting.quiet >= UNANSWERED || waiting.since >= SERVED) {
            return WaitAction::End;
        }
        if waiting.before.trim().is_empty() || waiting.reader == TerminalReader::Nobody {
            return WaitAction::Wait;
        }
        if let Some(line) = self.answer(waiting, &come) {
            return WaitAction::Line(line);
        }
        if let Some(&place) = self.places.get(waiting.sent)
            && more.is_some_and(|cue| is_at(cue, waiting.before))
            && waiting.quiet >= UNANSWERED
            && self.is_beyond_hope(place, waiting.above, &come)
        {
            return WaitAction::SendNext;
        }
        let is_expected = more.is_some_and(|cue| cue.prompt.is_none() || is_at(cue, waiting.before));
        let asks = is_inner_prompt(waiting.before)
            || self
                .inputs
                .iter()
                .filter_map(|cue| cue.prompt.as_deref())
                .any(|prompt| stands_at(prompt, waiting.before));
        let patience = match waiting.reader {
            TerminalReader::Line => UNANSWERED,
            TerminalReader::Keys if asks => UNANSWERED,
            TerminalReader::Unknown if asks => UNSEEN,
            TerminalReader::Keys if is_choice(waiting.before) => UNSEEN,
            _ => return WaitAction::Wait,
        };
        if is_expected || waiting.quiet < patience { WaitAction::Wait } else { WaitAction::End }
    }

    /// Whether the lines above a prompt are others than the written ones: no line that is still to come would make them
    /// match. Then typing on shows the author what differs, and leaves what the lesson needs.
    fn is_beyond_hope(&self, place: usize, above: &[String], come: impl Fn(&[Expected], &[String]) -> bool) -> bool {
        place <= MOST && !(0..=place).any(|end| come(&self.expected[..end], above))
    }

    /// The rest of the written line that begins with what the screen shows last.
    fn answer(&self, waiting: &WaitingProgram<'_>, come: &impl Fn(&[Expected], &[String]) -> bool) -> Option<String> {
        let patience = match waiting.reader {
            TerminalReader::Line => READS,
            _ if !is_question(waiting.before) => return None,
            TerminalReader::Keys => HANDED_ON,
            _ => UNANSWERED,
        };
        let begin = waiting.sent.checked_sub(1).map_or(0, |last| self.places[last] + 1);
        let end = self.places.get(waiting.sent).copied().unwrap_or(self.expected.len());
        (begin..end).find_map(|at| {
            let line = self.expected.get(at).filter(|line| line.kind == ExpectedKind::Output)?;
            let rest = line.text.strip_prefix(waiting.before).filter(|rest| !rest.trim().is_empty())?;
            // A program that reads prints nothing more: what differs above is told when it has ended.
            let is_stuck = waiting.reader == TerminalReader::Line && waiting.quiet >= UNANSWERED;
            let is_due = waiting.quiet >= patience && come(&self.expected[..at], waiting.above);
            (is_due || is_stuck).then(|| rest.to_owned())
        })
    }

    /// The written line that is most like what the screen shows last, but for its blanks.
    pub(crate) fn like(&self, shown: &str, sent: usize) -> Option<String> {
        let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let shown = squeeze(shown);
        let begin = sent.checked_sub(1).map_or(0, |last| self.places[last] + 1);
        let lines = self.command.expected.get(begin..).unwrap_or_default();
        let is_like = |line: &&Expected| squeeze(&line.text).starts_with(&shown) && squeeze(&line.text) != shown;
        let like = lines.iter().filter(|_| !shown.is_empty()).find(is_like);
        like.or_else(|| self.places.get(sent).map(|&at| &self.command.expected[at])).map(|line| line.text.clone())
    }
}

/// The expected lines as they are matched. Behind `su`, `sudo -i` and the like the prompt is the machine's own, so any
/// will do.
pub(crate) fn matched(command: &Command) -> Cow<'_, [Expected]> {
    if !opens_shell(&command.text) {
        return Cow::Borrowed(&command.expected);
    }
    let free = |line: &Expected| match &line.kind {
        ExpectedKind::Typed { prompt, input } if is_shells(prompt) => {
            Expected { text: format!("[..] {input}"), span: line.span, kind: ExpectedKind::Output }
        }
        _ => line.clone(),
    };
    Cow::Owned(command.expected.iter().map(free).collect())
}

/// What is typed into a running command, and after how many of its expected lines.
pub(crate) fn scripted_inputs(command: &Command) -> (Vec<ScriptedInput>, Vec<usize>) {
    let free = opens_shell(&command.text);
    let typed = command.expected.iter().enumerate().filter_map(|(at, line)| match &line.kind {
        ExpectedKind::Output => None,
        ExpectedKind::Typed { prompt, input } => {
            let any_shell = free && is_shells(prompt);
            Some((ScriptedInput { prompt: Some(prompt.clone()), any_shell, send: Keystrokes::Line(input.clone()) }, at))
        }
        ExpectedKind::Key(key) => {
            Some((ScriptedInput { prompt: None, any_shell: false, send: Keystrokes::Key(*key) }, at))
        }
    });
    typed.unzip()
}

/// Whether the cursor stands at a cue's prompt.
pub(super) fn is_at(cue: &ScriptedInput, before: &str) -> bool {
    let any = cue.any_shell && is_inner_prompt(before);
    any || cue.prompt.as_deref().is_some_and(|prompt| stands_at(prompt, before))
}

fn is_shells(prompt: &str) -> bool {
    prompt.trim_end().ends_with(['$', '#', '%'])
}

fn stands_at(prompt: &str, before: &str) -> bool {
    is_prompt(prompt, &Caret { row: 0, before: before.to_owned(), last: true })
}

/// Whether a text ends as a question, or a prompt, does.
pub(crate) fn is_question(text: &str) -> bool {
    text.trim_end().ends_with(['?', ']', ')', '>']) || is_inner_prompt(text)
}

/// Whether a text ends with the answers that it takes: `[y/N]`, `(yes/no)?`
fn is_choice(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches([':', '?']).to_lowercase();
    ["[y/n]", "(y/n)", "[yn]", "(yes/no)", "[yes/no]", "(yes/no/[fingerprint])"].iter().any(|end| text.ends_with(end))
}
