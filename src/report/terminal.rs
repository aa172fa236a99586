//! Reports events as lines for a person. On a terminal, a live line shows the command that runs.

use std::io::{self, Write};

use super::Reporter;
use super::difference::{Explainer, paint};
use super::wrap::wrap;
use crate::event::{Event, LessonRef, Mutant, MutantOutcome, SkipReason, Tally, Verdict};
use crate::report::claim::describe;
use crate::report::mutants::{counts, mutant_text, outcome_text, survival_text};
use crate::text::{Span, code_alone, draw_code, draw_code_of_line};
use crate::transcript::sanitise;
use crate::words::Words;

pub(super) use super::difference::{explain, plain_skip};

/// The style of a terminal reporter.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// Whether to use colour and other attributes.
    pub color: bool,
    /// Whether to show a live line, which names the current lesson and command until the next line replaces it.
    pub live: bool,
    /// Whether to show every command with its output and every claim.
    pub verbose: bool,
    /// Whether to show only results that differ or are broken.
    pub quiet: bool,
    /// The width of the terminal, in columns.
    pub width: usize,
    /// Whether to wrap long sentences at word boundaries.
    pub wrap: bool,
}

/// Reports events for a person.
pub struct TerminalReporter<W: Write> {
    out: W,
    words: Words,
    style: Style,
    live_shown: bool,
    /// Lessons whose heading is already printed.
    headed: Vec<String>,
    /// The number of files that `--update` changed.
    updated: usize,
}

impl<W: Write> TerminalReporter<W> {
    /// Makes a reporter that writes to `out`.
    #[must_use]
    pub fn new(out: W, words: Words, style: Style) -> Self {
        Self { out, words, style, live_shown: false, headed: Vec::new(), updated: 0 }
    }

    fn clear_live(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.live_shown) {
            write!(self.out, "\r\x1b[K")?;
        }
        Ok(())
    }

    fn live(&mut self, text: &str) -> io::Result<()> {
        if !self.style.live || self.style.quiet {
            return Ok(());
        }
        self.clear_live()?;
        let text: String = sanitise(text).replace('\n', " ").chars().take(self.style.width.saturating_sub(2)).collect();
        write!(self.out, "{}", paint(&text, "2", self.style.color))?;
        self.live_shown = true;
        self.out.flush()
    }

    fn line(&mut self, text: &str) -> io::Result<()> {
        self.clear_live()?;
        writeln!(self.out, "{text}")?;
        self.out.flush()
    }

    /// Writes a line, wrapped if the style says so.
    fn prose(&mut self, text: &str) -> io::Result<()> {
        if self.style.wrap { self.line(&wrap(text, self.style.width)) } else { self.line(text) }
    }

    /// Writes a line of a message. On a terminal, styles the code in the line.
    fn message(&mut self, text: &str) -> io::Result<()> {
        if !self.style.wrap {
            return self.line(text);
        }
        let wrapped = wrap(text, self.style.width);
        let is_alone = code_alone(text).is_some();
        let draw = if is_alone { draw_code_of_line } else { draw_code };
        self.line(&draw(&wrapped, self.style.color))
    }

    /// Writes a line of an explanation. The line is a message, or a quotation that is indented or begins with a sign.
    fn explanation(&mut self, line: &str) -> io::Result<()> {
        let is_message = line.starts_with(|first: char| first.is_alphanumeric() || "→`“(".contains(first));
        if is_message { self.message(&format!("    {line}")) } else { self.prose(&format!("    {line}")) }
    }

    fn mark(&self, verdict: &Verdict) -> String {
        let (symbol, colour, word) = match verdict {
            Verdict::Met => ("✔", "32", "run-met"),
            Verdict::Differs(_) => ("✘", "31", "run-differs"),
            Verdict::Skipped(_) => ("–", "2", "run-skipped"),
            Verdict::Broken(_) => ("!", "35", "run-broken"),
        };
        paint(&format!("{symbol} {}", self.words.say(word, &[])), colour, self.style.color)
    }

    fn counts(&self, tally: Tally) -> String {
        let (commands, claims) =
            (self.words.count("run-commands", tally.commands, &[]), self.words.count("run-claims", tally.claims, &[]));
        format!("{commands}, {claims}")
    }

    /// Prints the number of outputs that `--update` changed, and the number that it kept.
    fn updates(&mut self, tally: Tally) -> io::Result<()> {
        let count = |number| self.words.count("run-outputs", number, &[]);
        let (rewritten, kept) = (count(tally.rewritten), count(tally.kept));
        if tally.rewritten > 0 {
            let files = self.words.count("run-files", self.updated, &[]);
            let text = self.words.say("run-rewritten", &[("outputs", &rewritten), ("files", &files)]);
            self.message(&text)?;
        }
        if tally.kept > 0 {
            let text = self.words.say("run-kept", &[("outputs", &kept)]);
            self.message(&text)?;
        }
        Ok(())
    }

    fn heading(&mut self, lesson: &LessonRef) -> io::Result<()> {
        if self.headed.iter().any(|path| path == lesson.path()) {
            return Ok(());
        }
        self.headed.push(lesson.path().to_owned());
        let title = paint(&sanitise(&lesson.title), "1", self.style.color);
        let path = sanitise(lesson.path());
        self.line("")?;
        self.prose(&format!("{title}  {}", paint(&path, "2", self.style.color)))
    }

    fn place(&self, lesson: &LessonRef, span: Span) -> String {
        let at = lesson.position(span);
        paint(&format!("{}:{}:{}", sanitise(lesson.path()), at.line, at.column), "36", self.style.color)
    }

    /// Writes a line with a mark and a place in the source, then the command or the claim.
    fn result(&mut self, lesson: &LessonRef, span: Span, mark: &str, about: &str) -> io::Result<()> {
        self.heading(lesson)?;
        let place = self.place(lesson, span);
        self.prose(&format!("  {mark}  {place}"))?;
        sanitise(about).lines().try_for_each(|line| self.prose(&format!("      {line}")))
    }

    /// Writes the result of a mutant. Without `verbose`, writes only mutants that the lesson does not notice.
    fn mutant(
        &mut self,
        lesson: &LessonRef,
        command: &str,
        span: Span,
        mutant: &Mutant,
        outcome: &MutantOutcome,
    ) -> io::Result<()> {
        let (symbol, colour) = match outcome {
            MutantOutcome::Survived(_) => ("✘", "31"),
            MutantOutcome::Caught => ("✔", "32"),
            _ => ("–", "2"),
        };
        let mark = paint(&format!("{symbol} {}", outcome_text(outcome, &self.words)), colour, self.style.color);
        let text = sanitise(&mutant_text(mutant, &self.words));
        if let MutantOutcome::Survived(breakage) = outcome {
            self.result(lesson, span, &mark, command)?;
            let typed = self.words.say("mutant-typed", &[("mutant", &text)]);
            self.prose(&format!("    {}", typed.replace('\n', "\n      ")))?;
            let why = sanitise(&survival_text(lesson, breakage, &self.words));
            return why.lines().try_for_each(|line| self.explanation(line));
        }
        if self.style.verbose {
            self.heading(lesson)?;
            let place = self.place(lesson, span);
            self.prose(&format!("  {mark}  {place}  {}", text.replace('\n', " ")))?;
        }
        Ok(())
    }

    /// Writes a failure below its place and its command or claim.
    fn failure(&mut self, lesson: &LessonRef, span: Span, about: &str, verdict: &Verdict) -> io::Result<()> {
        self.result(lesson, span, &self.mark(verdict), about)?;
        let Style { color, width, .. } = self.style;
        let explained = Explainer { words: &self.words, color, width: width.saturating_sub(6) }.explain(verdict);
        explained.lines().try_for_each(|line| self.explanation(line))
    }
}

fn seconds(elapsed: std::time::Duration, words: &Words) -> String {
    let text = format!("{:.1}", elapsed.as_secs_f64());
    let text = if words.lang() == crate::words::Lang::Id { text.replace('.', ",") } else { text };
    words.say("run-seconds", &[("seconds", &text)])
}

impl<W: Write> Reporter for TerminalReporter<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let color = self.style.color;
        match event {
            Event::RunStarted { .. } | Event::EngineReady(_) if self.style.quiet => {}
            Event::RunStarted { lessons } => self.line(&self.words.count("run-lessons", *lessons, &[]))?,
            Event::EngineReady(engine) => {
                let kind = if engine.private { "run-engine-private" } else { "run-engine-current" };
                let kind = self.words.say(kind, &[]);
                let args = [
                    ("version", engine.version.as_str()),
                    ("api", engine.api.as_str()),
                    ("cli", engine.cli.as_str()),
                    ("kind", kind.as_str()),
                ];
                let key = if engine.cli.is_empty() { "run-engine-no-client" } else { "run-engine" };
                self.prose(&sanitise(&self.words.say(key, &args)))?;
            }
            Event::StandIn { image, .. } => {
                let text = self.words.say("run-stand-in", &[("image", image)]);
                self.message(&paint(&sanitise(&text), "33", color))?;
            }
            Event::LessonStarted(lesson) => {
                if self.style.verbose {
                    self.heading(lesson)?;
                }
                self.live(&lesson.title)?;
            }
            Event::Fetching { lesson, image } => {
                let text = self.words.say("run-fetching", &[("image", image)]);
                self.live(&format!("{} · {text}", lesson.id))?;
            }
            Event::StepStarted { title, .. } => {
                if self.style.verbose {
                    let text = self.words.say("run-step", &[("title", title)]);
                    self.line(&format!("\n  {}", paint(&sanitise(&text), "1", color)))?;
                }
            }
            Event::CommandStarted { lesson, prompt, command, hidden, .. } => {
                if self.style.verbose {
                    let note = if *hidden { format!("({}) ", self.words.say("run-setup", &[])) } else { String::new() };
                    let mut lines = command.lines();
                    let first = sanitise(lines.next().unwrap_or_default());
                    let prompt = sanitise(prompt);
                    self.line(&format!("    {note}{}{}", paint(&prompt, "2", color), paint(&first, "1", color)))?;
                    for line in lines {
                        let line = sanitise(line);
                        self.line(&format!("    {}{}", paint("> ", "2", color), paint(&line, "1", color)))?;
                    }
                } else {
                    self.live(&format!("{} · {}", lesson.id, command))?;
                }
            }
            Event::CommandEnded { lesson, command, span, output, verdict, .. } => {
                if self.style.verbose {
                    for line in output {
                        self.line(&format!("    {}", sanitise(line)))?;
                    }
                }
                if verdict.is_failure() {
                    self.failure(lesson, *span, command, verdict)?;
                }
            }
            Event::CheckEnded { lesson, claim, span, verdict, .. } => {
                let text = describe(claim, &self.words);
                if verdict.is_failure() {
                    self.failure(lesson, *span, &text, verdict)?;
                } else if self.style.verbose {
                    let mark = self.mark(verdict);
                    self.message(&format!("    {mark}  {}", sanitise(&text)))?;
                } else {
                    self.live(&format!("{} · {}", lesson.id, draw_code(&text, false)))?;
                }
            }
            Event::StepJudged { lesson, step, span, verdict } => match verdict {
                Verdict::Differs(_) | Verdict::Broken(_) => self.failure(lesson, *span, &step.0, verdict)?,
                Verdict::Skipped(reason) if !self.style.quiet => {
                    let (mark, place) = (self.mark(verdict), self.place(lesson, *span));
                    let why = plain_skip(reason, &self.words);
                    self.message(&format!("  {mark}  {place}  {}", sanitise(&why)))?;
                }
                Verdict::Skipped(_) | Verdict::Met => {}
            },
            Event::LessonEnded { lesson, verdict, tally, elapsed, updated } => {
                if matches!(verdict, Verdict::Broken(_)) && !self.headed.iter().any(|path| path == lesson.path()) {
                    self.failure(lesson, Span::default(), "", verdict)?;
                }
                if *updated {
                    self.updated += 1;
                    let text = self.words.say("run-updated", &[("path", lesson.path())]);
                    self.line(&sanitise(&text))?;
                }
                // If a run was interrupted or has no engine, lessons that did not start appear only in the summary.
                let unbegun = match verdict {
                    Verdict::Skipped(SkipReason::Interrupted) => tally.commands == 0,
                    Verdict::Skipped(SkipReason::NoEngine) => true,
                    _ => false,
                };
                if !unbegun && (!self.style.quiet || !matches!(verdict, Verdict::Met | Verdict::Skipped(_))) {
                    let mark = self.mark(verdict);
                    let counts = self.counts(*tally);
                    let time = seconds(*elapsed, &self.words);
                    let title = sanitise(&lesson.title);
                    let why = match verdict {
                        Verdict::Skipped(reason) => format!(" · {}", plain_skip(reason, &self.words)),
                        _ => String::new(),
                    };
                    let tail = paint(&format!("{counts} · {time}{why}"), "2", color);
                    self.prose(&format!("{mark}  {}  {title}  {tail}", lesson.id))?;
                }
            }
            Event::MutantJudged { lesson, command, span, mutant, outcome, .. } => {
                self.mutant(lesson, command, *span, mutant, outcome)?;
            }
            Event::MutantsEnded { lesson, verdict, tally, elapsed } => {
                if verdict.is_failure() {
                    let text = self.words.say("mutant-lesson-not-met", &[]);
                    self.failure(lesson, Span::default(), &text, verdict)?;
                }
                let is_good = matches!(verdict, Verdict::Met) && tally.survived == 0;
                if !self.style.quiet || !(is_good || matches!(verdict, Verdict::Skipped(_))) {
                    let mark = match verdict {
                        Verdict::Met if !is_good => {
                            paint(&format!("✘ {}", self.words.say("mutant-is-survived", &[])), "31", color)
                        }
                        verdict => self.mark(verdict),
                    };
                    let time = seconds(*elapsed, &self.words);
                    let what = match verdict {
                        Verdict::Skipped(reason) => plain_skip(reason, &self.words),
                        _ => format!("{} · {time}", counts(tally, &self.words)),
                    };
                    let title = sanitise(&lesson.title);
                    self.prose(&format!("{mark}  {}  {title}  {}", lesson.id, paint(&what, "2", color)))?;
                }
            }
            Event::MutantRunEnded { tally, elapsed } => {
                let time = seconds(*elapsed, &self.words);
                let counts = counts(tally, &self.words);
                self.line("")?;
                self.prose(&format!("{counts} · {time}"))?;
                if tally.survived > 0 {
                    let next = self.words.say("mutant-next", &[]);
                    self.message(&format!("→ {next}"))?;
                }
            }
            Event::RunEnded { summary, elapsed } => {
                let parts: Vec<String> = [
                    ("run-summary-met", summary.met, "32"),
                    ("run-summary-differs", summary.differs, "31"),
                    ("run-summary-broken", summary.broken, "35"),
                    ("run-summary-skipped", summary.skipped, "2"),
                ]
                .into_iter()
                .filter(|&(key, count, _)| count > 0 || key == "run-summary-met")
                .map(|(key, count, colour)| paint(&self.words.count(key, count, &[]), colour, color))
                .collect();
                let counts = self.counts(summary.tally);
                let time = seconds(*elapsed, &self.words);
                self.line("")?;
                self.prose(&format!("{} · {counts} · {time}", parts.join(" · ")))?;
                self.updates(summary.tally)?;
            }
        }
        Ok(())
    }
}
