//! One step: files, commands, claims, in the plan's order.

use std::time::{Duration, Instant};

use tracing::{Instrument as _, debug, debug_span};

use super::command_script::{CommandScript, is_at, is_question, matched};
use super::lesson::{CommandInProgress, LessonRunner, OutdatedTranscript, shell_lost};
use super::log_retry;
use super::verdict_log::describe_verdict;
use crate::claims::{
    Decision, InfraFailure, InfraFailureKind, RanCommand, decide, find_infra_failure, question, sets_limit,
    unknown_image,
};
use crate::engine::{EngineTime, Scene, wait_for};
use crate::event::{Difference, Event, KeepReason, Verdict};
use crate::lesson::{
    Action, Block, Check, Command, Expected, ExpectedKind, FileBlock, PlannedStep, Step, Transcript, is_inner_prompt,
};
use crate::matcher::{Options, compare, have_come};
use crate::run::recorder::{is_chance, without_chance};
use crate::session::{CommandEnd, CommandOutput, TypedCommand, WaitingProgram};
use crate::store::{FileError, OutputFolder};
use crate::text::{Span, redact_command};
use crate::update::keeps_lines;

/// The time limit of a command whose fence gives none.
const LIMIT: Duration = Duration::from_mins(2);
/// How long an inner prompt waits under `--update` for lines that are perhaps not written yet.
const UNWRITTEN: Duration = Duration::from_secs(1);

/// How many lines of what was printed tell of a command whose status differs.
const SHOWN: usize = 5;

pub(super) struct StepRunner<'c, 'a> {
    runner: &'c mut LessonRunner<'a>,
    step: &'a Step,
    planned: &'c PlannedStep,
    since: EngineTime,
}

impl<'c, 'a> StepRunner<'c, 'a> {
    /// Runs a step from its set-up to its last claim.
    pub(super) async fn run(runner: &'c mut LessonRunner<'a>, step: &'a Step, planned: &'c PlannedStep) {
        runner.emit(Event::StepStarted {
            lesson: runner.name.clone(),
            step: step.id.clone(),
            title: step.title.clone(),
        });
        runner.ran.clear();
        match runner.bench.engine.now().await {
            Ok(since) => Self { runner, step, planned, since }.carry_out().await,
            Err(failure) => {
                let verdict = Verdict::Broken(failure);
                runner.count(&verdict);
                let (lesson, id) = (runner.name.clone(), step.id.clone());
                runner.emit(Event::StepJudged { lesson, step: id, span: step.heading, verdict });
            }
        }
    }

    async fn carry_out(mut self) {
        for (at, action) in self.planned.actions.iter().enumerate() {
            if at == self.planned.look_first {
                self.look_whether_checks_can_fail().await;
                self.picture(true).await;
            }
            if self.runner.over() {
                return;
            }
            match *action {
                Action::Write { block } => self.write(block),
                Action::Run { block, command } => {
                    let Block::Transcript(transcript) = &self.step.blocks[block] else { continue };
                    let Command { text, span, .. } = &transcript.commands[command];
                    let span = debug_span!("command", line = self.line(*span), text = redact_command(text));
                    self.command(block, command).instrument(span).await;
                }
                Action::Judge { block } => {
                    let span = debug_span!("check", line = self.line(self.step.blocks[block].span()));
                    self.judge(block).instrument(span).await;
                }
            }
        }
        self.picture(false).await;
    }

    fn judged(&mut self, span: Span, verdict: Verdict) {
        debug!(line = self.line(span), verdict = describe_verdict(&verdict), "step judged");
        self.runner.count(&verdict);
        let (lesson, step) = (self.runner.name.clone(), self.step.id.clone());
        self.runner.emit(Event::StepJudged { lesson, step, span, verdict });
    }

    /// The line of the lesson's source, for the log.
    fn line(&self, span: Span) -> usize {
        self.runner.lesson.source.position(span.start).line
    }

    fn checks(&self) -> Vec<&'a Check> {
        let judged = self.planned.actions.iter().filter_map(|action| match *action {
            Action::Judge { block } => Some(block),
            _ => None,
        });
        judged
            .filter_map(|block| match &self.step.blocks[block] {
                Block::Check(check) => Some(check),
                _ => None,
            })
            .collect()
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            since: self.since,
            ran: &self.runner.ran,
            dir: &self.runner.bench.dir,
            room: self.runner.bench.room.as_deref(),
            label: None,
        }
    }

    /// Fail before, pass after: one of the checks must not hold yet.
    async fn look_whether_checks_can_fail(&mut self) {
        let checks = self.checks();
        if checks.is_empty() || checks.iter().all(|check| check.already) {
            return;
        }
        for check in &checks {
            let facts = self.runner.bench.engine.facts(&question(&check.claim), &self.scene()).await;
            if !matches!(decide(&check.claim, &facts), Decision::Holds) {
                return;
            }
        }
        self.judged(checks[0].span, Verdict::Differs(vec![Difference::CannotFail]));
    }

    fn write(&mut self, block: usize) {
        let Block::File(file) = &self.step.blocks[block] else { return };
        if let Err(problem) = write_file(&self.runner.bench.dir, file) {
            let path = file.path.value.clone();
            if matches!(problem, FileError::NoSpace(_)) {
                let failure = InfraFailure { kind: InfraFailureKind::NoSpace, detail: format!("{path}: {problem}") };
                return self.judged(file.span, Verdict::Broken(failure));
            }
            let problem = problem.to_string();
            self.judged(file.span, Verdict::Differs(vec![Difference::File { path, problem }]));
        }
    }

    /// What is on the engine, for the recording.
    async fn picture(&mut self, before: bool) {
        if self.runner.recorder.is_none() {
            return;
        }
        let state = match self.runner.bench.engine.state().await {
            Ok(state) => state,
            Err(failure) => return self.judged(self.step.heading, Verdict::Broken(failure)),
        };
        if let Some(recorder) = &mut self.runner.recorder {
            if before { recorder.step(&self.step.id, state) } else { recorder.step_ended(state) }
        }
    }

    async fn command(&mut self, block: usize, index: usize) {
        let Block::Transcript(transcript) = &self.step.blocks[block] else { return };
        let command = &transcript.commands[index];
        self.runner.emit(Event::CommandStarted {
            lesson: self.runner.name.clone(),
            step: self.step.id.clone(),
            prompt: command.prompt.clone(),
            command: command.text.clone(),
            span: command.span,
            hidden: transcript.attrs.hidden,
        });
        let limit = transcript.attrs.timeout.or(self.runner.settings.timeout).unwrap_or(LIMIT);
        self.runner.tally.commands += 1;
        if let Some(recorder) = self.runner.recorder.as_mut().filter(|_| !transcript.attrs.hidden) {
            recorder.begin();
        }
        debug!(?limit, "command starts");
        self.runner.typing = Some(CommandInProgress { step: self.step, transcript, command, since: Instant::now() });
        let (verdict, ran) = match self.type_until_logged(command, transcript, limit).await {
            Ok(ran) => {
                let verdict = self.judge_command(transcript, index, &ran, limit);
                (self.unless_engine_gone(verdict).await, Some(ran))
            }
            Err(failure) => (self.unless_engine_gone(Verdict::Broken(failure)).await, None),
        };
        self.runner.typing = None;
        self.runner.count(&verdict);
        let status = ran.as_ref().and_then(|ran| match ran.end {
            CommandEnd::Status(status) => Some(status),
            CommandEnd::ShellExited(status) => status,
            CommandEnd::TimedOut { .. } | CommandEnd::Aborted { .. } => None,
        });
        if let (Some(recorder), Some(ran)) = (&mut self.runner.recorder, &ran) {
            let bench = self.runner.bench;
            // A line that the lesson shows belongs to it.
            let is_shown = command.expected.iter().any(|line| is_chance(&line.text));
            let settled = |text: &str| {
                let text = bench.anywhere(text);
                if is_shown { text } else { without_chance(&text) }
            };
            recorder.end(&command.prompt, &command.text, status, ran.elapsed, settled);
        }
        let typed = ran.as_ref().map(|ran| ran.inputs_sent);
        debug!(verdict = describe_verdict(&verdict), ?status, typed, took = ?ran.as_ref().map(|ran| ran.elapsed), "command ended");
        let (output, elapsed) = ran.map(|ran| (ran.lines, ran.elapsed)).unwrap_or_default();
        self.runner.ran.push(RanCommand { command: command.text.clone(), exit: status, output: output.join("\n") });
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

    /// Without its engine a command prints something else, or its shell ends: then nobody's claim was put to the test.
    async fn unless_engine_gone(&self, verdict: Verdict) -> Verdict {
        match &verdict {
            Verdict::Broken(InfraFailure { kind: InfraFailureKind::ShellLost, .. }) | Verdict::Differs(_) => {
                self.runner.bench.engine.now().await.map_or_else(Verdict::Broken, |_| verdict)
            }
            _ => verdict,
        }
    }

    /// Types a command. A log that is only the beginning of what is written is read again.
    async fn type_until_logged(
        &mut self,
        command: &Command,
        transcript: &Transcript,
        limit: Duration,
    ) -> Result<CommandOutput, InfraFailure> {
        let begun = Instant::now();
        loop {
            let ran = self.type_it(command, transcript, limit).await?;
            if ran.end != CommandEnd::Status(0)
                || !log_retry::only_reads_log(&command.text)
                || begun.elapsed() > log_retry::TIMEOUT
            {
                return Ok(ran);
            }
            let dir = self.runner.bench.dir.display().to_string();
            let options = Options { exact: transcript.attrs.exact, dir: Some(&dir) };
            if !log_retry::is_beginning(&compare(
                &command.expected,
                &ran.lines,
                &mut self.runner.bindings.clone(),
                &options,
            )) {
                return Ok(ran);
            }
            tokio::time::sleep(log_retry::PAUSE).await;
            if let Some(recorder) = self.runner.recorder.as_mut().filter(|_| !transcript.attrs.hidden) {
                recorder.begin();
            }
        }
    }

    async fn type_it(
        &mut self,
        command: &Command,
        transcript: &Transcript,
        limit: Duration,
    ) -> Result<CommandOutput, InfraFailure> {
        let script = CommandScript::new(transcript, command);
        let dir = self.runner.bench.dir.display().to_string();
        let options = Options { exact: transcript.attrs.exact, dir: Some(&dir) };
        let bindings = self.runner.bindings.clone();
        // What an author has not written yet never comes.
        let timeout = self.runner.settings.update.then_some(UNWRITTEN);
        let is_ready = |at: usize, lines: &[String]| script.has_come(at, lines, &bindings, &options);
        let above = |expected: &[Expected], lines: &[String]| have_come(expected, lines, &bindings, &options);
        let reply = |waiting: &WaitingProgram<'_>| script.reply(waiting, above);
        let input =
            TypedCommand { text: &command.text, script: &script.inputs, is_ready: &is_ready, timeout, reply: &reply };
        self.runner.shell().await?;
        let LessonRunner { session: Some(session), recorder, .. } = &mut *self.runner else {
            return Err(InfraFailure { kind: InfraFailureKind::ShellLost, detail: String::new() });
        };
        let mut take = |bytes: &[u8]| {
            if let Some(recorder) = recorder {
                recorder.take(bytes);
            }
        };
        let ran = session.run(input, limit, &mut take).await.map_err(|error| shell_lost(&error))?;
        if matches!(
            ran.end,
            CommandEnd::ShellExited(_)
                | CommandEnd::TimedOut { recovered: false }
                | CommandEnd::Aborted { recovered: false }
        ) && let Some(session) = self.runner.session.take()
        {
            session.close().await;
        }
        Ok(ran)
    }

    fn judge_command(
        &mut self,
        transcript: &'a Transcript,
        index: usize,
        ran: &CommandOutput,
        limit: Duration,
    ) -> Verdict {
        let command = &transcript.commands[index];
        let last = index + 1 == transcript.commands.len();
        let interrupted =
            command.expected.iter().any(|line| line.kind == ExpectedKind::Key(crate::lesson::Key::Interrupt));
        let expected: Vec<i32> =
            if last && !transcript.attrs.exit.is_empty() { transcript.attrs.exit.clone() } else { vec![0] };
        let mut differences = Vec::new();
        let status_differs = match ran.end {
            CommandEnd::Status(found) => {
                let differs = !interrupted && !expected.contains(&found);
                if differs {
                    differences.push(Difference::Status { expected, found, said: Vec::new() });
                }
                differs
            }
            // A signal that the lesson did not send: the system ends what takes too much memory.
            CommandEnd::ShellExited(None) if !command.text.contains("kill") => {
                return Verdict::Broken(InfraFailure {
                    kind: InfraFailureKind::ShellLost,
                    detail: command.text.clone(),
                });
            }
            CommandEnd::ShellExited(status) => {
                differences.push(Difference::ShellExited(status));
                true
            }
            CommandEnd::TimedOut { .. } | CommandEnd::Aborted { .. } => {
                return self.stopped(transcript, command, ran, limit);
            }
        };
        if status_differs
            && let Some(mut failure) = find_infra_failure(&ran.lines)
            && !(failure.kind == InfraFailureKind::Exhausted && sets_limit(&command.text))
        {
            if failure.kind == InfraFailureKind::NoNetwork && self.runner.bench.pack_only {
                failure.kind = InfraFailureKind::NoImage;
            }
            return Verdict::Broken(failure);
        }
        if status_differs
            && self.runner.bench.pack_only
            && let Some(image) = unknown_image(&ran.lines)
        {
            differences.push(Difference::NotInPack { image });
        }
        let is_to_be_written = self.runner.settings.update && !transcript.attrs.hidden && !transcript.attrs.shuffle;
        if transcript.leaves_output_open(command) && !is_to_be_written {
            show(&mut differences, &ran.lines);
            return if differences.is_empty() { Verdict::Met } else { Verdict::Differs(differences) };
        }
        let ended = !status_differs && ran.inputs_sent == CommandScript::new(transcript, command).inputs.len();
        if let Some(difference) = self.compare(transcript, command, ran, ended) {
            differences.insert(0, difference);
        } else if status_differs {
            // What was printed matches, perhaps as `...`: it may tell why.
            show(&mut differences, &ran.lines);
        } else if let Some(difference) = self.outdated_recording(command) {
            differences.insert(0, difference);
        }
        if differences.is_empty() { Verdict::Met } else { Verdict::Differs(differences) }
    }

    /// `ended` says whether the command ended as written; `--update` rewrites an output only then.
    fn compare(
        &mut self,
        transcript: &'a Transcript,
        command: &'a Command,
        ran: &CommandOutput,
        ended: bool,
    ) -> Option<Difference> {
        let dir = self.runner.bench.dir.display().to_string();
        let options = Options { exact: transcript.attrs.exact, dir: Some(&dir) };
        let comparison = compare(&matched(command), &ran.lines, &mut self.runner.bindings, &options);
        if comparison.met {
            return None;
        }
        let kept = if !ended || ran.cut {
            Some(KeepReason::Unfinished)
        } else {
            keeps_lines(command, &comparison).then_some(KeepReason::NotOutput)
        };
        if self.runner.settings.update {
            self.runner.tally.kept += usize::from(kept.is_some());
            if kept != Some(KeepReason::Unfinished) {
                let (exact, lines) = (transcript.attrs.exact, ran.lines.clone());
                self.runner.stale.push(OutdatedTranscript { command, exact, lines, comparison: comparison.clone() });
            }
            // If every line is rewritten, the output matches afterwards.
            kept?;
        }
        let expected = lines_of(&command.expected);
        Some(Difference::Transcript { expected, found: ran.lines.clone(), comparison, cut: ran.cut, kept })
    }

    /// What the book's recording of the command shows and the lesson no longer says.
    fn outdated_recording(&self, command: &Command) -> Option<Difference> {
        let outdated = self.runner.outdated.iter().find(|one| one.command == command.span)?;
        Some(Difference::Recording {
            expected: lines_of(&command.expected),
            recorded: outdated.recorded.clone(),
            comparison: outdated.comparison.clone(),
        })
    }

    /// The verdict on a command that was ended because it did not end by itself.
    ///
    /// If it waits for input, or is known never to end, the lesson differs: the author sees where it stopped. Otherwise
    /// nobody knows whether it hangs or the machine is slow.
    fn stopped(
        &mut self,
        transcript: &'a Transcript,
        command: &'a Command,
        ran: &CommandOutput,
        limit: Duration,
    ) -> Verdict {
        let script = CommandScript::new(transcript, command);
        let is_early = matches!(ran.end, CommandEnd::Aborted { .. });
        let waits = ran.waits.as_deref().filter(|shown| is_early || is_question(shown));
        let untyped = script.inputs.get(ran.inputs_sent);
        // If the right prompt waits, the lines above it in the fence have not come; the comparison shows them.
        let waits = waits.filter(|shown| !untyped.is_some_and(|cue| cue.prompt.is_none() || is_at(cue, shown)));
        let mut lines = ran.lines.clone();
        let mut differences = Vec::new();
        if let Some(shown) = waits {
            // The message names the prompt that waits, so the output need not show it.
            lines.pop_if(|line| line.trim_end() == shown.trim_end());
            let like = script.like(shown, ran.inputs_sent);
            differences.push(Difference::Waits { shown: shown.to_owned(), like, prompt: is_inner_prompt(shown) });
        } else if untyped.is_some() {
            let typed = command.expected.iter().filter(|line| line.kind != ExpectedKind::Output).nth(ran.inputs_sent);
            differences.extend(typed.map(|line| Difference::NotTyped { line: line.text.clone() }));
        } else if script.endless.is_some() {
            differences.push(Difference::NeverEnds);
        } else {
            let seconds = limit.as_secs_f64();
            let mut detail = format!("{seconds:.0} s: {}", command.text);
            for line in ran.lines.iter().rev().take(5).rev() {
                detail.push_str("\n| ");
                detail.push_str(line);
            }
            // Without descriptors or processes the lesson's shell does not come back either.
            let exhausted =
                find_infra_failure(&ran.lines).filter(|failure| failure.kind == InfraFailureKind::Exhausted);
            let kind = exhausted.map_or(InfraFailureKind::Timeout, |failure| failure.kind);
            return Verdict::Broken(InfraFailure { kind, detail });
        }
        let ran = CommandOutput { lines, ..ran.clone() };
        differences.extend(self.compare(transcript, command, &ran, false));
        Verdict::Differs(differences)
    }

    async fn judge(&mut self, block: usize) {
        let Block::Check(check) = &self.step.blocks[block] else { return };
        self.runner.tally.claims += 1;
        let verdict = match wait_for(self.runner.bench.engine, check, &self.scene()).await {
            Decision::Holds => Verdict::Met,
            Decision::Fails(findings) => Verdict::Differs(vec![Difference::Claim(findings)]),
            Decision::Unknown(failure) => Verdict::Broken(failure),
        };
        self.runner.count(&verdict);
        self.runner.emit(Event::CheckEnded {
            lesson: self.runner.name.clone(),
            step: self.step.id.clone(),
            claim: check.claim.clone(),
            span: check.span,
            verdict,
        });
    }
}

/// Adds the end of what was printed to a status that differs.
fn show(differences: &mut [Difference], lines: &[String]) {
    for difference in differences {
        if let Difference::Status { said, .. } = difference {
            *said = lines[lines.len().saturating_sub(SHOWN)..].to_vec();
        }
    }
}

fn lines_of(expected: &[Expected]) -> Vec<String> {
    expected.iter().map(|line| line.text.clone()).collect()
}

/// Writes a lesson's file inside `dir`; a link on the way is refused, so that nothing outside is touched.
pub(crate) fn write_file(dir: &std::path::Path, file: &FileBlock) -> Result<(), FileError> {
    OutputFolder::open(dir)?.write_in_place(std::path::Path::new(&file.path.value), file.content.as_bytes())
}
