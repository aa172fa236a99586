//! Runs one command of a step and decides the verdict on the command.

use std::time::{Duration, Instant};

use tracing::debug;

use super::log_retry;
use super::recorder::{is_random_line, portable_text, without_random_lines};
use super::runner::{CommandInProgress, OutdatedTranscript};
use super::step::StepRunner;
use crate::claims::{InfraFailure, InfraFailureKind, RanCommand, find_infra_failure, sets_limit, unknown_image};
use crate::driver::{CommandScript, is_at_prompt, is_question, matched_lines, time_limit};
use crate::event::{Difference, Event, KeepReason, Verdict};
use crate::lesson::{Command, Expected, ExpectedKind, ExpectedStatus, Transcript, is_inner_prompt};
use crate::matcher::compare;
use crate::session::{CommandEnd, CommandOutput};
use crate::update::keeps_lines;

/// The time for which the driver waits at an inner prompt for the expected lines, with `--update`. If the transcript is
/// incomplete, the expected lines never match the screen.
const UNWRITTEN: Duration = Duration::from_secs(1);
/// The number of printed lines that a message about a different exit status or a timeout shows.
const SHOWN: usize = 5;

impl<'a> StepRunner<'_, 'a> {
    pub(super) async fn run_command(&mut self, transcript: &'a Transcript, number: usize) {
        let command = &transcript.commands[number];
        self.runner.emit(Event::CommandStarted {
            lesson: self.runner.name.clone(),
            step: self.step.id.clone(),
            prompt: command.prompt.clone(),
            command: command.text.clone(),
            span: command.span,
            hidden: transcript.attrs.hidden,
        });
        let limit = time_limit(transcript, self.runner.options.timeout);
        self.runner.tally.commands += 1;
        self.begin_recording(transcript);
        debug!(?limit, "command starts");
        self.runner.in_progress =
            Some(CommandInProgress { step: self.step, transcript, command, since: Instant::now() });
        let (verdict, output) = match self.type_command(transcript, command, limit).await {
            Ok(output) => (self.decide(transcript, number, &output, limit), Some(output)),
            Err(failure) => (Verdict::Broken(failure), None),
        };
        let verdict = self.unless_engine_gone(verdict).await;
        self.runner.in_progress = None;
        self.runner.count(&verdict);
        let status = output.as_ref().and_then(CommandOutput::status);
        if let (Some(recorder), Some(output)) = (&mut self.runner.recorder, &output) {
            let env = self.runner.env;
            // If the author has written such a random line, the line belongs to the lesson.
            let is_written = command.expected.iter().any(|line| is_random_line(&line.text));
            let portable = |text: &str| {
                let text = portable_text(text, env);
                if is_written { text } else { without_random_lines(&text) }
            };
            recorder.end_command(&command.prompt, &command.text, status, output.elapsed, portable);
        }
        let typed = output.as_ref().map(|output| output.inputs_sent);
        let took = output.as_ref().map(|output| output.elapsed);
        debug!(verdict = verdict.name(), ?status, typed, ?took, "command ended");
        let (output, elapsed) = output.map(|output| (output.lines, output.elapsed)).unwrap_or_default();
        self.runner.ran.push(RanCommand::new(&command.text, status, output.join("\n")));
        self.runner.emit(Event::CommandEnded {
            lesson: self.runner.name.clone(),
            step: self.step.id.clone(),
            command: command.text.clone(),
            span: command.span,
            output,
            status,
            elapsed,
            verdict,
            hidden: transcript.attrs.hidden,
        });
    }

    fn begin_recording(&mut self, transcript: &Transcript) {
        if let Some(recorder) = self.runner.recorder.as_mut().filter(|_| !transcript.attrs.hidden) {
            recorder.begin_command();
        }
    }

    /// Returns [`Verdict::Broken`] if the engine no longer answers. Without an engine, the result of a command says
    /// nothing about the lesson.
    async fn unless_engine_gone(&self, verdict: Verdict) -> Verdict {
        match &verdict {
            Verdict::Broken(InfraFailure { kind: InfraFailureKind::ShellLost, .. }) | Verdict::Differs(_) => {
                self.runner.env.engine.now().await.map_or_else(Verdict::Broken, |_| verdict)
            }
            _ => verdict,
        }
    }

    /// Types a command. If the command reads a log and prints only the beginning of the expected lines, types the
    /// command again.
    async fn type_command(
        &mut self,
        transcript: &Transcript,
        command: &Command,
        limit: Duration,
    ) -> Result<CommandOutput, InfraFailure> {
        let begun = Instant::now();
        loop {
            let output = self.type_once(transcript, command, limit).await?;
            if output.end != CommandEnd::Status(0)
                || !log_retry::only_reads_log(&command.text)
                || begun.elapsed() > log_retry::TIMEOUT
            {
                return Ok(output);
            }
            let options = self.runner.env.match_options(transcript.attrs.exact);
            let mut bindings = self.runner.bindings.clone();
            if !log_retry::is_beginning(&compare(&command.expected, &output.lines, &mut bindings, &options)) {
                return Ok(output);
            }
            tokio::time::sleep(log_retry::PAUSE).await;
            self.begin_recording(transcript);
        }
    }

    async fn type_once(
        &mut self,
        transcript: &Transcript,
        command: &Command,
        limit: Duration,
    ) -> Result<CommandOutput, InfraFailure> {
        let options = self.runner.env.match_options(transcript.attrs.exact);
        let script = CommandScript::new(transcript, command).after_output(options, self.runner.bindings.clone());
        // With `--update`, the transcript may be incomplete. A long wait would be useless, because the expected lines
        // would never match the screen.
        let timeout = self.runner.options.update.then_some(UNWRITTEN);
        self.runner.type_script(&script, limit, timeout).await
    }

    fn decide(
        &mut self,
        transcript: &'a Transcript,
        number: usize,
        output: &CommandOutput,
        limit: Duration,
    ) -> Verdict {
        let command = &transcript.commands[number];
        let mut differences = Vec::new();
        match output.end {
            CommandEnd::Status(found) => match transcript.expected_status(number) {
                ExpectedStatus::OneOf(expected) if !expected.contains(&found) => {
                    differences.push(Difference::Status { expected, found, said: Vec::new() });
                }
                _ => {}
            },
            // A signal ended the shell, but the lesson did not send the signal. The system kills programs that use too
            // much memory.
            CommandEnd::ShellExited(None) if !command.text.contains("kill") => {
                let detail = command.text.clone();
                return Verdict::Broken(InfraFailure { kind: InfraFailureKind::ShellLost, detail });
            }
            CommandEnd::ShellExited(status) => differences.push(Difference::ShellExited(status)),
            CommandEnd::TimedOut { .. } | CommandEnd::Aborted { .. } => {
                return self.decide_unfinished(transcript, command, output, limit);
            }
        }
        let status_differs = !differences.is_empty();
        if status_differs
            && let Some(mut failure) = find_infra_failure(&output.lines)
            && !(failure.kind == InfraFailureKind::Exhausted && sets_limit(&command.text))
        {
            if failure.kind == InfraFailureKind::NoNetwork && self.runner.env.pack_only {
                failure.kind = InfraFailureKind::NoImage;
            }
            return Verdict::Broken(failure);
        }
        if status_differs
            && self.runner.env.pack_only
            && let Some(image) = unknown_image(&output.lines)
        {
            differences.push(Difference::NotInPack { image });
        }
        let is_to_be_written = self.runner.options.update && !transcript.attrs.hidden && !transcript.attrs.shuffle;
        if transcript.leaves_output_open(command) && !is_to_be_written {
            add_output_end(&mut differences, &output.lines);
            return verdict_of(differences);
        }
        let is_finished =
            !status_differs && output.inputs_sent == CommandScript::new(transcript, command).inputs().len();
        if let Some(difference) = self.compare_output(transcript, command, output, is_finished) {
            differences.insert(0, difference);
        } else if status_differs {
            // The output matches, perhaps only because of `...`, but may contain the reason for the other status.
            add_output_end(&mut differences, &output.lines);
        } else if let Some(difference) = self.find_outdated_recording(command) {
            differences.insert(0, difference);
        }
        verdict_of(differences)
    }

    /// Compares the output with the transcript. With `--update`, stores the output to rewrite the transcript. Does not
    /// store the output if it was cut, or if the command did not end as the lesson says (`is_finished` is false).
    fn compare_output(
        &mut self,
        transcript: &'a Transcript,
        command: &'a Command,
        output: &CommandOutput,
        is_finished: bool,
    ) -> Option<Difference> {
        let options = self.runner.env.match_options(transcript.attrs.exact);
        let comparison = compare(&matched_lines(command), &output.lines, &mut self.runner.bindings, &options);
        if comparison.met {
            return None;
        }
        let kept = if !is_finished || output.cut {
            Some(KeepReason::Unfinished)
        } else {
            keeps_lines(command, &comparison).then_some(KeepReason::NotOutput)
        };
        if self.runner.options.update {
            self.runner.tally.kept += usize::from(kept.is_some());
            if kept != Some(KeepReason::Unfinished) {
                let (exact, lines) = (transcript.attrs.exact, output.lines.clone());
                let comparison = comparison.clone();
                self.runner.outdated_transcripts.push(OutdatedTranscript { command, exact, lines, comparison });
            }
            // If every line is rewritten, the output matches afterwards.
            kept?;
        }
        let expected = lines_of(&command.expected);
        Some(Difference::Transcript { expected, found: output.lines.clone(), comparison, cut: output.cut, kept })
    }

    /// Returns the difference between the lesson and the site's recording of the command, if they differ.
    fn find_outdated_recording(&self, command: &Command) -> Option<Difference> {
        let outdated = self.runner.outdated_recordings.iter().find(|one| one.command == command.span)?;
        Some(Difference::Recording {
            expected: lines_of(&command.expected),
            recorded: outdated.recorded.clone(),
            comparison: outdated.comparison.clone(),
        })
    }

    /// Decides the verdict on a command that did not end by itself.
    ///
    /// The lesson differs if the command waits for input, or if the command is known never to end. The message then
    /// also compares the output with the transcript. In any other case, the verdict is broken: the command may hang, or
    /// the machine may be slow.
    fn decide_unfinished(
        &mut self,
        transcript: &'a Transcript,
        command: &'a Command,
        output: &CommandOutput,
        limit: Duration,
    ) -> Verdict {
        let script = CommandScript::new(transcript, command);
        let is_aborted = matches!(output.end, CommandEnd::Aborted { .. });
        let waits = output.waits.as_deref().filter(|shown| is_aborted || is_question(shown));
        let untyped = script.inputs().get(output.inputs_sent);
        // If the screen shows the expected prompt, the lines above the prompt were not printed. The comparison shows
        // the missing lines.
        let waits =
            waits.filter(|shown| !untyped.is_some_and(|input| input.prompt.is_none() || is_at_prompt(input, shown)));
        let mut lines = output.lines.clone();
        let mut differences = Vec::new();
        if let Some(shown) = waits {
            // The message shows the waiting prompt, so the output does not repeat the prompt.
            lines.pop_if(|line| line.trim_end() == shown.trim_end());
            let like = script.similar_line(shown, output.inputs_sent);
            differences.push(Difference::Waits { shown: shown.to_owned(), like, prompt: is_inner_prompt(shown) });
        } else if untyped.is_some() {
            let typed = command.expected.iter().filter(|line| line.kind != ExpectedKind::Output);
            let line = typed.map(|line| line.text.clone()).nth(output.inputs_sent);
            differences.extend(line.map(|line| Difference::NotTyped { line }));
        } else if script.is_endless() {
            differences.push(Difference::NeverEnds);
        } else {
            let mut detail = format!("{:.0} s: {}", limit.as_secs_f64(), command.text);
            for line in output.lines.iter().rev().take(SHOWN).rev() {
                detail.push_str("\n| ");
                detail.push_str(line);
            }
            // Without free file descriptors or processes, the lesson's shell shows no prompt either.
            let exhausted =
                find_infra_failure(&output.lines).filter(|failure| failure.kind == InfraFailureKind::Exhausted);
            let kind = exhausted.map_or(InfraFailureKind::Timeout, |failure| failure.kind);
            return Verdict::Broken(InfraFailure { kind, detail });
        }
        let output = CommandOutput { lines, ..output.clone() };
        differences.extend(self.compare_output(transcript, command, &output, false));
        Verdict::Differs(differences)
    }
}

fn verdict_of(differences: Vec<Difference>) -> Verdict {
    if differences.is_empty() { Verdict::Met } else { Verdict::Differs(differences) }
}

/// Adds the last printed lines to each difference of the exit status.
fn add_output_end(differences: &mut [Difference], lines: &[String]) {
    for difference in differences {
        if let Difference::Status { said, .. } = difference {
            *said = lines[lines.len().saturating_sub(SHOWN)..].to_vec();
        }
    }
}

fn lines_of(expected: &[Expected]) -> Vec<String> {
    expected.iter().map(|line| line.text.clone()).collect()
}
