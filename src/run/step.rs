//! One step: files, commands, claims, in the plan's order.

use std::time::{Duration, Instant};

use tracing::{Instrument as _, debug, debug_span};

use super::lesson::{Course, Stale, Typing, shell_lost};
use super::logged::describe_verdict;
use super::logs;
use super::typing::{Dialogue, is_at, is_question, matched};
use crate::claims::{
    Decision, RanCommand, Trouble, TroubleKind, decide, question, sets_limit, trouble_in, unknown_image,
};
use crate::engine::{EngineTime, Scene, wait_for};
use crate::event::{Difference, Event, Kept, Verdict};
use crate::lesson::{
    Action, Block, Check, Command, Expected, ExpectedKind, FileBlock, PlannedStep, Step, Transcript, is_inner_prompt,
};
use crate::matcher::{Options, compare, have_come};
use crate::run::recorder::{is_chance, without_chance};
use crate::session::{End, Input, Ran, Waiting};
use crate::store::{FileError, OutputFolder};
use crate::text::{Span, redact_command};
use crate::update::keeps_lines;

/// The time limit of a command whose fence gives none.
const LIMIT: Duration = Duration::from_mins(2);
/// How long an inner prompt waits under `--update` for lines that are perhaps not written yet.
const UNWRITTEN: Duration = Duration::from_secs(1);

/// How many lines of what was printed tell of a command whose status differs.
const SHOWN: usize = 5;

pub(super) struct StepRun<'c, 'a> {
    course: &'c mut Course<'a>,
    step: &'a Step,
    planned: &'c PlannedStep,
    since: EngineTime,
}

impl<'c, 'a> StepRun<'c, 'a> {
    /// Runs a step from its set-up to its last claim.
    pub(super) async fn run(course: &'c mut Course<'a>, step: &'a Step, planned: &'c PlannedStep) {
        course.say(Event::StepStarted {
            lesson: course.name.clone(),
            step: step.id.clone(),
            title: step.title.clone(),
        });
        course.ran.clear();
        match course.bench.engine.now().await {
            Ok(since) => Self { course, step, planned, since }.carry_out().await,
            Err(trouble) => {
                let verdict = Verdict::Broken(trouble);
                course.count(&verdict);
                let (lesson, id) = (course.name.clone(), step.id.clone());
                course.say(Event::StepJudged { lesson, step: id, span: step.heading, verdict });
            }
        }
    }

    async fn carry_out(mut self) {
        for (at, action) in self.planned.actions.iter().enumerate() {
            if at == self.planned.look_first {
                self.look_whether_checks_can_fail().await;
                self.picture(true).await;
            }
            if self.course.over() {
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
        self.course.count(&verdict);
        let (lesson, step) = (self.course.name.clone(), self.step.id.clone());
        self.course.say(Event::StepJudged { lesson, step, span, verdict });
    }

    /// The line of the lesson's source, for the log.
    fn line(&self, span: Span) -> usize {
        self.course.lesson.source.position(span.start).line
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
            ran: &self.course.ran,
            dir: &self.course.bench.dir,
            room: self.course.bench.room.as_deref(),
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
            let facts = self.course.bench.engine.facts(&question(&check.claim), &self.scene()).await;
            if !matches!(decide(&check.claim, &facts), Decision::Holds) {
                return;
            }
        }
        self.judged(checks[0].span, Verdict::Differs(vec![Difference::CannotFail]));
    }

    fn write(&mut self, block: usize) {
        let Block::File(file) = &self.step.blocks[block] else { return };
        if let Err(problem) = write_file(&self.course.bench.dir, file) {
            let path = file.path.value.clone();
            if matches!(problem, FileError::NoSpace(_)) {
                let trouble = Trouble { kind: TroubleKind::NoSpace, detail: format!("{path}: {problem}") };
                return self.judged(file.span, Verdict::Broken(trouble));
            }
            let problem = problem.to_string();
            self.judged(file.span, Verdict::Differs(vec![Difference::File { path, problem }]));
        }
    }

    /// What is on the engine, for the recording.
    async fn picture(&mut self, before: bool) {
        if self.course.recorder.is_none() {
            return;
        }
        let state = match self.course.bench.engine.state().await {
            Ok(state) => state,
            Err(trouble) => return self.judged(self.step.heading, Verdict::Broken(trouble)),
        };
        if let Some(recorder) = &mut self.course.recorder {
            if before { recorder.step(&self.step.id, state) } else { recorder.step_ended(state) }
        }
    }

    async fn command(&mut self, block: usize, index: usize) {
        let Block::Transcript(transcript) = &self.step.blocks[block] else { return };
        let command = &transcript.commands[index];
        self.course.say(Event::CommandStarted {
            lesson: self.course.name.clone(),
            step: self.step.id.clone(),
            prompt: command.prompt.clone(),
            command: command.text.clone(),
            span: command.span,
            hidden: transcript.attrs.hidden,
        });
        let limit = transcript.attrs.timeout.or(self.course.settings.timeout).unwrap_or(LIMIT);
        self.course.tally.commands += 1;
        if let Some(recorder) = self.course.recorder.as_mut().filter(|_| !transcript.attrs.hidden) {
            recorder.begin();
        }
        debug!(?limit, "command starts");
        self.course.typing = Some(Typing { step: self.step, transcript, command, since: Instant::now() });
        let (verdict, ran) = match self.type_until_logged(command, transcript, limit).await {
            Ok(ran) => {
                let verdict = self.judge_command(transcript, index, &ran, limit);
                (self.unless_engine_gone(verdict).await, Some(ran))
            }
            Err(trouble) => (self.unless_engine_gone(Verdict::Broken(trouble)).await, None),
        };
        self.course.typing = None;
        self.course.count(&verdict);
        let status = ran.as_ref().and_then(|ran| match ran.end {
            End::Status(status) => Some(status),
            End::ShellExited(status) => status,
            End::TimedOut { .. } | End::Ended { .. } => None,
        });
        if let (Some(recorder), Some(ran)) = (&mut self.course.recorder, &ran) {
            let bench = self.course.bench;
            // A line that the lesson shows belongs to it.
            let is_shown = command.expected.iter().any(|line| is_chance(&line.text));
            let settled = |text: &str| {
                let text = bench.anywhere(text);
                if is_shown { text } else { without_chance(&text) }
            };
            recorder.end(&command.prompt, &command.text, status, ran.elapsed, settled);
        }
        let typed = ran.as_ref().map(|ran| ran.cues_sent);
        debug!(verdict = describe_verdict(&verdict), ?status, typed, took = ?ran.as_ref().map(|ran| ran.elapsed), "command ended");
        let (output, elapsed) = ran.map(|ran| (ran.lines, ran.elapsed)).unwrap_or_default();
        self.course.ran.push(RanCommand { command: command.text.clone(), exit: status, output: output.join("\n") });
        self.course.say(Event::CommandEnded {
            lesson: self.course.name.clone(),
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
            Verdict::Broken(Trouble { kind: TroubleKind::ShellLost, .. }) | Verdict::Differs(_) => {
                self.course.bench.engine.now().await.map_or_else(Verdict::Broken, |_| verdict)
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
    ) -> Result<Ran, Trouble> {
        let begun = Instant::now();
        loop {
            let ran = self.type_it(command, transcript, limit).await?;
            if ran.end != End::Status(0) || !logs::only_reads_log(&command.text) || begun.elapsed() > logs::PATIENCE {
                return Ok(ran);
            }
            let dir = self.course.bench.dir.display().to_string();
            let options = Options { exact: transcript.attrs.exact, dir: Some(&dir) };
            if !logs::is_beginning(&compare(&command.expected, &ran.lines, &mut self.course.bindings.clone(), &options))
            {
                return Ok(ran);
            }
            tokio::time::sleep(logs::PAUSE).await;
            if let Some(recorder) = self.course.recorder.as_mut().filter(|_| !transcript.attrs.hidden) {
                recorder.begin();
            }
        }
    }

    async fn type_it(&mut self, command: &Command, transcript: &Transcript, limit: Duration) -> Result<Ran, Trouble> {
        let dialogue = Dialogue::new(transcript, command);
        let dir = self.course.bench.dir.display().to_string();
        let options = Options { exact: transcript.attrs.exact, dir: Some(&dir) };
        let bindings = self.course.bindings.clone();
        // What an author has not written yet never comes.
        let patience = self.course.settings.update.then_some(UNWRITTEN);
        let come = |at: usize, lines: &[String]| dialogue.has_come(at, lines, &bindings, &options);
        let above = |expected: &[Expected], lines: &[String]| have_come(expected, lines, &bindings, &options);
        let reply = |waiting: &Waiting<'_>| dialogue.reply(waiting, above);
        let input = Input { text: &command.text, cues: &dialogue.cues, come: &come, patience, reply: &reply };
        self.course.shell().await?;
        let Course { session: Some(session), recorder, .. } = &mut *self.course else {
            return Err(Trouble { kind: TroubleKind::ShellLost, detail: String::new() });
        };
        let mut take = |bytes: &[u8]| {
            if let Some(recorder) = recorder {
                recorder.take(bytes);
            }
        };
        let ran = session.run(input, limit, &mut take).await.map_err(|error| shell_lost(&error))?;
        if matches!(ran.end, End::ShellExited(_) | End::TimedOut { recovered: false } | End::Ended { recovered: false })
            && let Some(session) = self.course.session.take()
        {
            session.close().await;
        }
        Ok(ran)
    }

    fn judge_command(&mut self, transcript: &'a Transcript, index: usize, ran: &Ran, limit: Duration) -> Verdict {
        let command = &transcript.commands[index];
        let last = index + 1 == transcript.commands.len();
        let interrupted =
            command.expected.iter().any(|line| line.kind == ExpectedKind::Key(crate::lesson::Key::Interrupt));
        let expected: Vec<i32> =
            if last && !transcript.attrs.exit.is_empty() { transcript.attrs.exit.clone() } else { vec![0] };
        let mut differences = Vec::new();
        let status_differs = match ran.end {
            End::Status(found) => {
                let differs = !interrupted && !expected.contains(&found);
                if differs {
                    differences.push(Difference::Status { expected, found, said: Vec::new() });
                }
                differs
            }
            // A signal that the lesson did not send: the system ends what takes too much memory.
            End::ShellExited(None) if !command.text.contains("kill") => {
                return Verdict::Broken(Trouble { kind: TroubleKind::ShellLost, detail: command.text.clone() });
            }
            End::ShellExited(status) => {
                differences.push(Difference::ShellExited(status));
                true
            }
            End::TimedOut { .. } | End::Ended { .. } => return self.stopped(transcript, command, ran, limit),
        };
        if status_differs
            && let Some(mut trouble) = trouble_in(&ran.lines)
            && !(trouble.kind == TroubleKind::Exhausted && sets_limit(&command.text))
        {
            if trouble.kind == TroubleKind::NoNetwork && self.course.bench.pack_only {
                trouble.kind = TroubleKind::NoImage;
            }
            return Verdict::Broken(trouble);
        }
        if status_differs
            && self.course.bench.pack_only
            && let Some(image) = unknown_image(&ran.lines)
        {
            differences.push(Difference::NotInPack { image });
        }
        let is_to_be_written = self.course.settings.update && !transcript.attrs.hidden && !transcript.attrs.shuffle;
        if transcript.leaves_output_open(command) && !is_to_be_written {
            show(&mut differences, &ran.lines);
            return if differences.is_empty() { Verdict::Met } else { Verdict::Differs(differences) };
        }
        let ended = !status_differs && ran.cues_sent == Dialogue::new(transcript, command).cues.len();
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
        ran: &Ran,
        ended: bool,
    ) -> Option<Difference> {
        let dir = self.course.bench.dir.display().to_string();
        let options = Options { exact: transcript.attrs.exact, dir: Some(&dir) };
        let comparison = compare(&matched(command), &ran.lines, &mut self.course.bindings, &options);
        if comparison.met {
            return None;
        }
        let kept = if !ended || ran.cut {
            Some(Kept::Unfinished)
        } else {
            keeps_lines(command, &comparison).then_some(Kept::NotOutput)
        };
        if self.course.settings.update {
            self.course.tally.kept += usize::from(kept.is_some());
            if kept != Some(Kept::Unfinished) {
                let (exact, lines) = (transcript.attrs.exact, ran.lines.clone());
                self.course.stale.push(Stale { command, exact, lines, comparison: comparison.clone() });
            }
            // If every line is rewritten, the output matches afterwards.
            kept?;
        }
        let expected = lines_of(&command.expected);
        Some(Difference::Transcript { expected, found: ran.lines.clone(), comparison, cut: ran.cut, kept })
    }

    /// What the book's recording of the command shows and the lesson no longer says.
    fn outdated_recording(&self, command: &Command) -> Option<Difference> {
        let outdated = self.course.outdated.iter().find(|one| one.command == command.span)?;
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
    fn stopped(&mut self, transcript: &'a Transcript, command: &'a Command, ran: &Ran, limit: Duration) -> Verdict {
        let dialogue = Dialogue::new(transcript, command);
        let is_early = matches!(ran.end, End::Ended { .. });
        let waits = ran.waits.as_deref().filter(|shown| is_early || is_question(shown));
        let untyped = dialogue.cues.get(ran.cues_sent);
        // If the right prompt waits, the lines above it in the fence have not come; the comparison shows them.
        let waits = waits.filter(|shown| !untyped.is_some_and(|cue| cue.prompt.is_none() || is_at(cue, shown)));
        let mut lines = ran.lines.clone();
        let mut differences = Vec::new();
        if let Some(shown) = waits {
            // The message names the prompt that waits, so the output need not show it.
            lines.pop_if(|line| line.trim_end() == shown.trim_end());
            let like = dialogue.like(shown, ran.cues_sent);
            differences.push(Difference::Waits { shown: shown.to_owned(), like, prompt: is_inner_prompt(shown) });
        } else if untyped.is_some() {
            let typed = command.expected.iter().filter(|line| line.kind != ExpectedKind::Output).nth(ran.cues_sent);
            differences.extend(typed.map(|line| Difference::NotTyped { line: line.text.clone() }));
        } else if dialogue.endless.is_some() {
            differences.push(Difference::NeverEnds);
        } else {
            let seconds = limit.as_secs_f64();
            let mut detail = format!("{seconds:.0} s: {}", command.text);
            for line in ran.lines.iter().rev().take(5).rev() {
                detail.push_str("\n| ");
                detail.push_str(line);
            }
            // Without descriptors or processes the lesson's shell does not come back either.
            let exhausted = trouble_in(&ran.lines).filter(|trouble| trouble.kind == TroubleKind::Exhausted);
            let kind = exhausted.map_or(TroubleKind::Timeout, |trouble| trouble.kind);
            return Verdict::Broken(Trouble { kind, detail });
        }
        let ran = Ran { lines, ..ran.clone() };
        differences.extend(self.compare(transcript, command, &ran, false));
        Verdict::Differs(differences)
    }

    async fn judge(&mut self, block: usize) {
        let Block::Check(check) = &self.step.blocks[block] else { return };
        self.course.tally.claims += 1;
        let verdict = match wait_for(self.course.bench.engine, check, &self.scene()).await {
            Decision::Holds => Verdict::Met,
            Decision::Fails(findings) => Verdict::Differs(vec![Difference::Claim(findings)]),
            Decision::Unknown(trouble) => Verdict::Broken(trouble),
        };
        self.course.count(&verdict);
        self.course.say(Event::CheckEnded {
            lesson: self.course.name.clone(),
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
