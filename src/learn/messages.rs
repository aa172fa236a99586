//! Formats the tutor's messages for a terminal.

use super::claim_poller::command_that_passed;
use super::unmet::describe_unmet;
use crate::claims::{ClaimFailure, InfraFailure, RanCommand};
use crate::lesson::{Block, Check, Claim, Lesson, Step, Subject, Transcript};
use crate::lesson_state::StepResult;
use crate::report::plain_claim::{as_sentence, plain_claim};
use crate::terminal::{self, Color, PageStyle, between_words, sentences};
use crate::transcript::sanitise;
use crate::words::{Lang, Words};

/// The tutor's messages in one language and style.
pub(super) struct Messages {
    pub(super) words: Words,
    pub(super) style: PageStyle,
    /// Whether the learner works in another terminal, so that messages must not name tutor commands.
    pub(super) beside: bool,
}

/// The no-break space, at which text is not wrapped.
const SPACE: &str = "\u{a0}";

/// The highest number of claims that a message lists.
const MOST_CLAIMS: usize = 3;

impl Messages {
    /// Returns the message with this key. If the learner works in another terminal, prefers the message's `watch` form.
    pub(super) fn text(&self, key: &str, args: &[(&str, &str)]) -> String {
        let beside = self.beside.then(|| self.words.find(&format!("{key}.watch"), args)).flatten();
        beside.unwrap_or_else(|| self.words.say(key, args))
    }

    /// Returns the form of a message for the number `count`.
    pub(super) fn text_count(&self, key: &str, count: usize) -> String {
        let key = if self.beside { format!("{key}-beside") } else { key.to_owned() };
        self.words.count(&key, count, &[])
    }

    /// Returns the message with this key, wrapped at the terminal's width.
    pub(super) fn wrapped(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.wrap("", &self.text(key, args))
    }

    /// Wraps text at the terminal's width, with `indent` before each line. Highlights names in backquotes. Does not
    /// wrap a line that quotes Docker.
    pub(super) fn wrap(&self, indent: &str, text: &str) -> String {
        terminal::message(text, indent, self.style.width, self.style.color)
    }

    /// Wraps text, with `first` before the first line and `rest` before each other line.
    pub(super) fn fill(&self, first: &str, rest: &str, text: &str) -> String {
        sentences(text, first, rest, self.style.width, self.style.color)
    }

    pub(super) fn paint(&self, code: &str, text: &str) -> String {
        if self.style.color == Color::None || code.is_empty() || text.is_empty() {
            return text.to_owned();
        }
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    fn badge(&self, sign: &str, word: &str, code: &str) -> String {
        let sign = if self.style.plain { String::new() } else { format!("{sign} ") };
        self.paint(code, &format!("{sign}{}", self.words.say(word, &[])))
    }

    /// Renders text of a lesson, such as a hint.
    pub(super) fn markdown(&self, text: &str) -> String {
        terminal::render(text, &self.style)
    }

    pub(super) fn opening(&self, lesson: &Lesson, place: &str) -> String {
        let mut text = format!("\n{}", terminal::prose(lesson, lesson.opening, &self.style));
        text.push_str(&format!("\n{}", self.note(&self.facts(lesson, Some(place)))));
        text
    }

    /// Returns the number of steps, the minutes and the engine in one line.
    fn facts(&self, lesson: &Lesson, place: Option<&str>) -> String {
        let count = lesson.task_count();
        let steps = (count > 0).then(|| self.words.count("learn-steps", count, &[]));
        let minutes = lesson
            .front
            .minutes
            .as_ref()
            .map(|minutes| self.words.say("learn-minutes", &[("minutes", &minutes.value.to_string())]));
        let facts: Vec<String> = [steps, minutes, place.map(sanitise)].into_iter().flatten().collect();
        facts.join(if self.style.plain { ", " } else { " · " })
    }

    /// Formats the greeting for a learner who continues the lesson at the step with the index `at`.
    pub(super) fn welcome_back(&self, lesson: &Lesson, at: usize) -> String {
        let title = self.paint("1", &sanitise(&lesson.title));
        let number = lesson.task_number(at).max(1).to_string();
        let of = lesson.task_count().to_string();
        let is_end = !lesson.steps.iter().skip(at).any(Step::has_task);
        let part = lesson.steps.get(at).map(|step| sanitise(&step.title)).unwrap_or_default();
        let key = if is_end { "learn-welcome-back-end" } else { "learn-welcome-back" };
        let args = [("number", number.as_str()), ("of", &of), ("title", &part)];
        format!("\n{title}\n{}\n", self.wrapped(key, &args))
    }

    pub(super) fn rule(&self) -> String {
        if self.style.plain {
            return String::new();
        }
        self.paint("2", &("─".repeat(self.style.width.min(72)) + "\n"))
    }

    /// Formats the heading of a step, or of a section to read.
    pub(super) fn heading(&self, lesson: &Lesson, step: &Step, at: usize, done: Option<StepResult>) -> String {
        let (number, of) = (lesson.task_number(at).to_string(), lesson.task_count().to_string());
        let place = if step.has_task() {
            self.words.say("learn-step", &[("number", &number), ("of", &of)])
        } else {
            self.words.say("learn-reading", &[])
        };
        let rule = self.rule();
        let done = done.filter(|_| step.has_task());
        let mark = done.map(|done| format!("({})", self.words.say(step_result_key(done), &[]))).unwrap_or_default();
        let line = self.item(&format!("{place} · "), "", &sanitise(&step.title), "1", &mark);
        let line = line.replacen(&place, &self.paint("36", &place), 1);
        format!("\n{rule}{line}\n\n")
    }

    /// Formats a title in the colour `code`, followed by `mark`. Begins the first line with `first`, and each other
    /// line with `rest`.
    fn item(&self, first: &str, rest: &str, title: &str, code: &str, mark: &str) -> String {
        let gap = if mark.is_empty() { "" } else { "  " };
        let text = format!("{title}{gap}{}", mark.replace(' ', SPACE));
        let options = between_words(self.style.width).initial_indent(first).subsequent_indent(rest);
        let lines = textwrap::fill(&text, options).replace(SPACE, " ");
        let (title, mark) = match lines.strip_suffix(mark) {
            Some(title) if !mark.is_empty() => (title, self.paint("2", mark)),
            _ => (&*lines, String::new()),
        };
        let paint = |(at, line): (usize, &str)| {
            let indent = if at == 0 { first } else { rest };
            // A line without words of the title has lost the spaces at the end of its indent.
            let Some(text) = line.strip_prefix(indent) else { return line.to_owned() };
            let (text, blank) = text.split_at(text.trim_end().len());
            format!("{indent}{}{blank}", self.paint(code, text))
        };
        title.split('\n').enumerate().map(paint).collect::<Vec<_>>().join("\n") + &mark
    }

    /// Formats a block of a step. If the block is a task, leaves out the output of its commands.
    pub(super) fn block(&self, lesson: &Lesson, block: &Block, is_task: bool) -> String {
        match block {
            Block::Prose(span) => with_blank_line(&terminal::prose(lesson, *span, &self.style)),
            Block::Transcript(transcript) if transcript.attrs.solution && is_task => self.your_turn(None),
            Block::Transcript(transcript) if is_task => self.commands_to_type(transcript),
            Block::Transcript(transcript) => with_blank_line(&terminal::transcript(transcript, &self.style)),
            Block::File(file) => with_blank_line(&terminal::file(file, &self.style)),
            Block::Check(_) | Block::Quiz(_) => String::new(),
        }
    }

    /// Formats the commands of a transcript, after a request to type them.
    fn commands_to_type(&self, transcript: &Transcript) -> String {
        let commands = terminal::commands(transcript, &self.style);
        // In plain style, for a screen reader, each line already asks to type its command.
        let ask = if self.style.plain {
            String::new()
        } else {
            format!("{}\n", self.words.count("learn-type", transcript.commands.len(), &[]))
        };
        with_blank_line(&format!("{ask}{commands}"))
    }

    /// Formats a request to find the commands, or to type the commands `known`. If the learner works in another
    /// terminal, lists the known commands, because the tutor cannot insert them in that terminal.
    pub(super) fn your_turn(&self, known: Option<&[String]>) -> String {
        let key = if known.is_some() { "learn-your-turn-known" } else { "learn-your-turn" };
        let commands = known.filter(|_| self.beside).unwrap_or_default().iter();
        let lines: String =
            commands.map(|command| format!("    {}\n", sanitise(command).replace('\n', "\n    "))).collect();
        format!("{}{lines}\n", self.note(&self.text(key, &[])))
    }

    /// Describes a claim that holds, in a sentence.
    fn claim(&self, check: &Check, ran: &[RanCommand]) -> String {
        as_sentence(&match &check.claim.subject {
            Subject::Ran(pattern) => match command_that_passed(&check.claim, pattern, ran) {
                Some(typed) => {
                    let command = first_line(&typed.typed);
                    self.words.say("learn-claim-typed", &[("command", &command)])
                }
                None => self.words.say("learn-claim-typed-some", &[]),
            },
            _ => self.claim_description(check),
        })
    }

    pub(super) fn claim_description(&self, check: &Check) -> String {
        plain_claim(&check.claim, &self.words)
    }

    /// Formats the reasons why the step is passed, followed by the text `left` about the commands that are left.
    pub(super) fn passed(&self, checks: &[&Check], ran: &[RanCommand], left: Option<&str>) -> String {
        let mut text = self.badge("✔", "learn-passed", "1;32");
        let mut shown: Vec<&&Check> = checks.iter().filter(|check| !check.already).collect();
        if shown.is_empty() {
            shown = checks.iter().collect();
        }
        for check in shown.iter().take(MOST_CLAIMS) {
            text.push_str(&format!("\n{}", self.wrap("  ", &self.claim(check, ran))));
        }
        if shown.len() > MOST_CLAIMS {
            text.push_str(&format!("\n  {}", self.words.count("learn-more-claims", shown.len() - MOST_CLAIMS, &[])));
        }
        // If there is no claim to show, the typed command passed the step.
        if let (true, Some(last)) = (shown.is_empty(), ran.last()) {
            let command = first_line(&last.typed);
            let typed = as_sentence(&self.words.say("learn-claim-typed", &[("command", &command)]));
            text.push_str(&format!("\n{}", self.wrap("  ", &typed)));
        }
        if let Some(left) = left {
            let note = self.faint(&self.wrap("  ", left));
            text.push_str(&format!("\n{note}"));
        }
        text + "\n"
    }

    pub(super) fn step_done(&self, done: StepResult, last: bool) -> String {
        let key = if last { "learn-next-last" } else { "learn-next" };
        let mark = match done {
            StepResult::Passed => self.badge("★", "learn-step-passed", "32"),
            StepResult::Helped => self.badge("★", "learn-step-helped", "33"),
            StepResult::Skipped => self.badge("–", "learn-step-skipped", "2"),
        };
        format!("{mark}\n{}\n", self.wrapped(key, &[]))
    }

    /// Formats the reason why `claim` does not hold yet.
    pub(super) fn missed(&self, claim: &Claim, findings: &[ClaimFailure]) -> String {
        self.not_yet(&describe_unmet(claim, findings, &self.words))
    }

    /// Formats the message for a right command whose exit status or output differs from the expected one.
    pub(super) fn missed_typed(&self, typed: &RanCommand, findings: &[ClaimFailure]) -> String {
        let command = first_line(&typed.typed);
        let is_exit = |finding: &&ClaimFailure| finding.what.ends_with(" · exit");
        let text = match findings.iter().find(is_exit) {
            Some(_) => {
                let status = typed.exit.map_or_else(|| "?".into(), |status| status.to_string());
                let key = match typed.exit {
                    Some(0) => "learn-typed-succeeded",
                    _ if typed.output.trim().is_empty() => "learn-typed-silent",
                    _ => "learn-typed-status",
                };
                self.words.say(key, &[("command", &command), ("status", &status)])
            }
            None => self.words.say("learn-typed-output", &[("command", &command)]),
        };
        self.not_yet(&text)
    }

    /// Formats the message that another command is needed. Names the command `next` if there is one. Otherwise mentions
    /// the tutor command for hints, unless the tutor offers help afterwards.
    pub(super) fn missed_other(&self, next: Option<&str>, is_help_offered: bool) -> String {
        self.not_yet(&match next {
            Some(command) => self.words.say("learn-awaits", &[("command", &sanitise(command))]),
            None if is_help_offered => self.words.say("learn-typed-other.offered", &[]),
            None => self.words.say("learn-typed-other", &[]),
        })
    }

    /// Formats `text` as the reason why the step is not passed yet.
    pub(super) fn not_yet(&self, text: &str) -> String {
        format!("{}\n{}\n", self.badge("✘", "learn-not-yet", "1;31"), self.wrap("  ", text))
    }

    /// Formats `text` as the reason why a command failed.
    pub(super) fn explanation(&self, text: &str) -> String {
        format!("{}\n{}\n", self.badge("?", "learn-why", "1;33"), self.wrap("  ", text))
    }

    /// Formats `text` as a remark on a command that did not fail.
    pub(super) fn remark(&self, text: &str) -> String {
        format!("{}\n{}\n", self.badge("?", "learn-remark", "1;33"), self.wrap("  ", text))
    }

    /// Formats `text` as the reason why a command with this exit status did not pass the step. `is_due` means that the
    /// command was an attempt at the step.
    pub(super) fn told(&self, exit: Option<i32>, is_due: bool, text: &str) -> String {
        match exit {
            _ if is_due => self.not_yet(text),
            Some(0) => self.remark(text),
            _ => self.explanation(text),
        }
    }

    /// Formats the author's text `say` about a known mistake.
    pub(super) fn mistake(&self, say: &str) -> String {
        let narrow = PageStyle { width: self.style.width.saturating_sub(2).max(terminal::NARROWEST), ..self.style };
        let text = terminal::render(say, &narrow);
        let text = text.trim_end().replace('\n', "\n  ");
        format!("{}\n  {text}\n", self.badge("✘", "learn-not-yet", "1;31"))
    }

    pub(super) fn infra_failure(&self, failure: &InfraFailure) -> String {
        let key = format!("trouble-{}", failure.kind.name());
        let mut text = self.words.say(&key, &[]);
        if !failure.detail.is_empty() {
            text.push_str(&format!("\n  | {}", sanitise(&failure.detail).replace('\n', "\n  | ")));
        }
        if let Some(next) = self.words.find(&format!("{key}.next"), &[]) {
            text.push_str(&format!("\n→ {next}"));
        }
        self.broken(&text)
    }

    /// Formats the report on a problem that the learner did not cause.
    pub(super) fn broken(&self, text: &str) -> String {
        format!("{}\n{}\n", self.badge("!", "learn-broken", "1;35"), self.wrap("  ", text))
    }

    pub(super) fn note(&self, text: &str) -> String {
        format!("{}\n", self.faint(&self.wrap("", text)))
    }

    /// Makes each line faint, also the text after a highlighted name.
    fn faint(&self, text: &str) -> String {
        let faint = |line: &str| self.paint("2", &line.replace("\x1b[0m", "\x1b[0;2m"));
        text.split('\n').map(faint).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn command_list(&self) -> String {
        let own = |(_, id, en): &(super::tutor_commands::TutorCommand, &str, &str)| match self.words.lang() {
            Lang::Id => (format!("{id}, {en}"), format!("learn-word-{en}")),
            Lang::En => (format!("{en}, {id}"), format!("learn-word-{en}")),
        };
        let mut text = format!("{}\n", self.wrapped("learn-help", &[]));
        for (names, key) in super::tutor_commands::TUTOR_COMMANDS.iter().map(own) {
            let first = format!("  {names:<22}  ");
            let line = self.fill(&first, &" ".repeat(first.len()), &self.words.say(&key, &[]));
            text.push_str(&format!("{}\n", line.replacen(&names, &self.paint("1", &names), 1)));
        }
        text.push_str(&format!("{}\n", self.wrapped("learn-help.stuck", &[])));
        text
    }

    /// Formats the list of steps with their results in words. The signs repeat these words, and plain style leaves the
    /// signs out.
    pub(super) fn step_list(&self, lesson: &Lesson, at: usize, done: impl Fn(usize) -> Option<StepResult>) -> String {
        let mut text = String::new();
        for (number, step) in lesson.steps.iter().enumerate().filter(|(_, step)| !step.is_notes) {
            let (sign, key) = match done(number) {
                Some(StepResult::Passed) => ("✔", Some("learn-steps-passed")),
                Some(StepResult::Helped) => ("✔", Some("learn-steps-helped")),
                Some(StepResult::Skipped) => ("–", Some("learn-steps-skipped")),
                None => (" ", None),
            };
            let here = (number == at).then_some("learn-steps-here");
            let said: Vec<String> = key.into_iter().chain(here).map(|key| self.words.say(key, &[])).collect();
            let said = if said.is_empty() { String::new() } else { format!("({})", said.join(", ")) };
            let arrow = if number == at { "→" } else { " " };
            let signs = if self.style.plain { String::new() } else { format!("{arrow} {sign} ") };
            let place = if step.has_task() { lesson.task_number(number).to_string() } else { String::new() };
            let first = format!("{signs}{place:>2}  ");
            let rest = " ".repeat(first.chars().count());
            let line = self.item(&first, &rest, &sanitise(&step.title), "", &said);
            let line = if signs.is_empty() { line } else { line.replacen('→', &self.paint("1;36", "→"), 1) };
            text.push_str(&format!("{line}\n"));
        }
        text
    }
}

/// Returns the text with a blank line after it. An empty text stays empty.
/// Returns the first line of a command. ` …` stands for its other lines.
pub(super) fn first_line(command: &str) -> String {
    let (first, rest) = command.split_once('\n').unwrap_or((command, ""));
    let more = if rest.trim().is_empty() { "" } else { " …" };
    sanitise(first.trim_end()) + more
}

fn with_blank_line(text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { format!("{}\n\n", text.trim_end_matches('\n')) }
}

pub(super) const fn step_result_key(done: StepResult) -> &'static str {
    match done {
        StepResult::Passed => "learn-step-passed",
        StepResult::Helped => "learn-step-helped",
        StepResult::Skipped => "learn-step-skipped",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_says_that_a_command_failed_only_after_a_failure() {
        for (lang, why) in [(Lang::Id, "gagal"), (Lang::En, "failed")] {
            let messages = Messages { words: Words::new(lang), style: PageStyle::default(), beside: false };
            let heading = |text: String| text.lines().next().unwrap_or_default().to_owned();
            let after = |exit| heading(messages.told(Some(exit), false, "x"));
            assert!(after(1).contains(why) && !after(0).contains(why), "{} {}", after(1), after(0));
            assert!(!heading(messages.told(Some(0), true, "x")).contains(why));
        }
    }

    #[test]
    fn learner_has_to_find_an_unknown_command_but_only_to_type_a_known_one() {
        let messages = Messages { words: Words::new(Lang::Id), style: PageStyle::default(), beside: false };
        let (known, unknown) = (messages.your_turn(Some(&[])), messages.your_turn(None));
        assert_eq!(known.trim(), "Sekarang ketik sendiri di bawah.");
        assert_eq!(unknown.trim(), "Temukan perintahnya, lalu ketik di bawah.");
    }

    #[test]
    fn greeting_at_the_summary_names_no_step_number() {
        let text = "# K\n\n## Satu {#s}\n\n```console\n$ docker ps\n```\n\n## Ringkasan {#r}\n\nSudah.\n";
        let (lesson, _) =
            crate::lesson::parse(&crate::text::Source::new("l.md", text), crate::lesson::LessonId("l".into()));
        let messages = Messages { words: Words::new(Lang::Id), style: PageStyle::default(), beside: false };
        let said = messages.welcome_back(&lesson, 1);
        assert!(said.contains("Ringkasan") && !said.contains("langkah 1"), "{said}");
        assert!(messages.welcome_back(&lesson, 0).contains("langkah 1 dari 1"));
    }

    #[test]
    fn reply_refers_to_a_message_above_only_if_the_command_failed_with_output() {
        let messages = Messages { words: Words::new(Lang::En), style: PageStyle::default(), beside: false };
        let finding = |exit: &str| ClaimFailure {
            span: crate::text::Span::new(0, 0),
            what: "ran docker pull x · exit".to_owned(),
            expected: crate::claims::Expectation::Exists,
            found: Some(exit.to_owned()),
            look: None,
        };
        let said = |exit: i32| {
            let output = if exit == 1 { "" } else { "Error: x" };
            let typed = RanCommand::new("docker pull x", Some(exit), output);
            messages.missed_typed(&typed, &[finding(&exit.to_string())])
        };
        assert!(said(0).contains("succeeded") && !said(0).contains("above"), "{}", said(0));
        assert!(said(1).contains("printed nothing") && !said(1).contains("above"), "{}", said(1));
        assert!(said(125).contains("above"), "{}", said(125));
    }

    #[test]
    fn reply_mentions_hints_only_if_no_offer_of_help_follows() {
        for (lang, hint) in [(Lang::Id, "petunjuk"), (Lang::En, "hint")] {
            let messages = Messages { words: Words::new(lang), style: PageStyle::default(), beside: false };
            assert!(messages.missed_other(None, false).contains(hint));
            assert!(!messages.missed_other(None, true).contains(hint));
            assert!(!messages.your_turn(None).contains(hint) && messages.text("learn-keys", &[]).contains(hint));
        }
    }

    #[test]
    fn long_title_is_wrapped_between_words() {
        let title = "Menjalankan kontainer kedua dari image yang sama, lalu membandingkan keduanya di daftar";
        for (color, width) in [(Color::None, 40), (Color::Dark, 40), (Color::Dark, 60)] {
            let style = PageStyle { width, color, ..PageStyle::default() };
            let messages = Messages { words: Words::new(Lang::Id), style, beside: false };
            let text = messages.item("Langkah 12 dari 14 · ", "    ", title, "1", "(lulus dengan bantuan)");
            let lines = crate::transcript::plain(text.replace('\n', "\r\n").as_bytes(), 200, 50);
            assert!(lines.iter().all(|line| line.chars().count() <= width), "{lines:#?}");
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let all = format!("Langkah 12 dari 14 · {title} (lulus dengan bantuan)");
            assert_eq!(words(&lines.join("\n")), words(&all));
            assert_eq!(text.contains("\x1b[2m(lulus"), color != Color::None, "{text:?}");
        }
        let plain = Messages { words: Words::new(Lang::Id), style: PageStyle::default(), beside: false };
        assert_eq!(plain.item(" 1  ", "    ", "Satu", "1", ""), " 1  Satu");
    }
}
