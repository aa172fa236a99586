//! Runs a lesson once and tries mutants during the run.
//!
//! The run continues after a caught mutant that leaves no trace on the engine. The run ends after a caught mutant that
//! leaves a trace. If the tutor accepts a mutant, the rest of the lesson shows which later part breaks. In this way, a
//! few runs are enough to try all mutants of a lesson.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tracing::debug;

use super::target::{Target, is_last_before_claim};
use super::trace::{left_no_trace, objects};
use super::tutor_model::TutorModel;
use crate::claims::{InfraFailure, RanCommand};
use crate::driver::CommandScript;
use crate::engine::EngineTime;
use crate::event::{Breakage, BrokenPart, Event, MutantOutcome, Verdict};
use crate::lesson::{Action, Command, CommandId, Expected, ExpectedKind, Plan, Transcript};
use crate::matcher::{Bindings, compare};
use crate::run::runner::LessonRunner;
use crate::run::step::StepRunner;
use crate::session::{CommandEnd, CommandOutput};

/// The time limit of a changed command. `docker stop` waits ten seconds, so the limit must be longer.
const LIMIT: Duration = Duration::from_secs(15);
/// The exit status after Ctrl-C.
const INTERRUPTED: i32 = 130;
/// The time for which the driver waits at an inner prompt for lines that a changed command may not print.
const UNWRITTEN: Duration = Duration::from_secs(1);

/// The exit status and the output of each command in an unchanged run, by the command's offset in the source.
pub(super) type Baseline = BTreeMap<usize, (Option<i32>, Vec<String>)>;

/// A run of a lesson during which mutants are tried.
pub(super) struct Trial<'t, 'a> {
    pub(super) runner: LessonRunner<'a>,
    pub(super) events: UnboundedReceiver<Event>,
    pub(super) plan: &'a Plan,
    /// The statuses and outputs of an unchanged run.
    pub(super) baseline: &'t Baseline,
    /// The mutants that have no outcome yet, with their numbers.
    pub(super) pending: Vec<(usize, &'t Target)>,
    pub(super) settled: Vec<(usize, MutantOutcome)>,
    /// The number of the mutant that the tutor accepted, and whether the mutant's output or exit status differs from
    /// the baseline.
    pub(super) accepted: Option<(usize, bool)>,
}

/// A typed mutant whose claims are not evaluated yet, because other commands come before the claims.
struct InFlight {
    number: usize,
    claim: usize,
    output_differs: bool,
}

/// A running step.
#[derive(Clone, Copy)]
struct StepPlace {
    /// The index of the planned step.
    at: usize,
    /// The time at which the step began.
    since: EngineTime,
}

/// Whether a run continues.
#[derive(PartialEq, Eq)]
enum Flow {
    GoOn,
    Stop,
}

impl<'a> Trial<'_, 'a> {
    /// Runs the lesson.
    ///
    /// # Errors
    /// Fails if the lesson breaks before the tutor has accepted a mutant. The error is the verdict.
    pub(super) async fn run(&mut self) -> Result<(), Verdict> {
        let mut is_stopped = false;
        self.runner.pull_images().await;
        for (at, planned) in self.plan.steps.iter().enumerate() {
            if self.is_broken() {
                break;
            }
            let step = &self.runner.lesson.steps[planned.step];
            if self.accepted.is_none() && self.pending.iter().any(|(_, target)| target.step == at) {
                is_stopped = self.run_step(at).await? == Flow::Stop;
                if is_stopped {
                    break;
                }
            } else if !planned.actions.is_empty() {
                StepRunner::run(&mut self.runner, step, planned).await;
            }
        }
        if let Some(shell) = self.runner.shell.take() {
            shell.close().await;
        }
        let verdict = std::mem::replace(&mut self.runner.verdict, Verdict::Met);
        match (self.accepted, verdict) {
            // A failure of a command after a caught mutant does not count.
            (None, _) if is_stopped => Ok(()),
            (None, verdict) if verdict.is_failure() => Err(verdict),
            (None, _) => Ok(()),
            (Some((number, output_differs)), verdict) => {
                let outcome = match (self.first_breakage(), verdict) {
                    (Some(breakage), Verdict::Differs(_) | Verdict::Broken(_)) => {
                        MutantOutcome::Survived(Box::new(breakage))
                    }
                    (_, Verdict::Broken(failure)) => return Err(Verdict::Broken(failure)),
                    _ if output_differs => MutantOutcome::PrintedOther,
                    _ => MutantOutcome::Equivalent,
                };
                self.settle(number, outcome);
                Ok(())
            }
        }
    }

    fn is_broken(&self) -> bool {
        self.runner.verdict.is_failure()
    }

    fn settle(&mut self, number: usize, outcome: MutantOutcome) {
        debug!(number, outcome = outcome.name(), "mutant judged");
        self.pending.retain(|(other, _)| *other != number);
        self.settled.push((number, outcome));
    }

    /// Returns the exit status and the output of each command of the run.
    pub(super) fn printed(&mut self) -> Baseline {
        let mut printed = Baseline::new();
        while let Ok(event) = self.events.try_recv() {
            if let Event::CommandEnded { span, status, output, .. } = event {
                printed.insert(span.start, (status, output));
            }
        }
        printed
    }

    /// Returns the first part of the lesson that differs or is broken.
    fn first_breakage(&mut self) -> Option<Breakage> {
        while let Ok(event) = self.events.try_recv() {
            let (step, span, part, verdict) = match event {
                Event::CommandEnded { step, span, command, verdict, .. } => {
                    (step, span, BrokenPart::Command(command), verdict)
                }
                Event::CheckEnded { step, span, claim, verdict, .. } => (step, span, BrokenPart::Claim(claim), verdict),
                Event::StepJudged { step, span, verdict, .. } => (step, span, BrokenPart::Step, verdict),
                _ => continue,
            };
            if verdict.is_failure() {
                return Some(Breakage { step, span, part, verdict });
            }
        }
        None
    }

    fn steps(&mut self, place: StepPlace) -> StepRunner<'_, 'a> {
        let planned = &self.plan.steps[place.at];
        let step = &self.runner.lesson.steps[planned.step];
        StepRunner { runner: &mut self.runner, step, planned, since: place.since }
    }

    /// Runs a step and tries the mutants of the step.
    async fn run_step(&mut self, at: usize) -> Result<Flow, Verdict> {
        let planned = &self.plan.steps[at];
        let env = self.runner.env;
        self.runner.ran.clear();
        let place = StepPlace { at, since: env.engine.now().await? };
        let mut model = None;
        let mut in_flight = None;
        for (number, action) in planned.actions.iter().enumerate() {
            if in_flight.is_none() && self.is_broken() {
                break;
            }
            if number == planned.look_first {
                let (lesson, plan, steps) = (self.runner.lesson, self.plan, self.steps(place));
                model = Some(TutorModel::enter(lesson, plan, at, &env.engine, &steps.scene()).await);
            }
            let flow = match (*action, &mut model) {
                (Action::Write { block }, _) => {
                    self.steps(place).write_file(block);
                    Flow::GoOn
                }
                (Action::Run { block, command }, model) => {
                    let id = CommandId { block, number: command };
                    self.run_or_try(place, number, id, model.as_mut(), &mut in_flight).await?
                }
                (Action::Judge { block }, Some(model)) => self.judge(place, block, model, &mut in_flight).await,
                (Action::Judge { .. }, None) => Flow::GoOn,
            };
            if flow == Flow::Stop {
                return Ok(Flow::Stop);
            }
        }
        Ok(Flow::GoOn)
    }

    /// Checks a claim. If a mutant is in flight, first decides whether the tutor accepts the mutant.
    async fn judge(
        &mut self,
        place: StepPlace,
        block: usize,
        model: &mut TutorModel<'a>,
        in_flight: &mut Option<InFlight>,
    ) -> Flow {
        let engine = &self.runner.env.engine;
        if let Some(flying) = in_flight.take() {
            model.settle(true, engine, &self.steps(place).scene()).await;
            if !model.has_passed(flying.claim) {
                self.settle(flying.number, MutantOutcome::Caught);
                return Flow::Stop;
            }
            self.accepted = Some((flying.number, flying.output_differs));
            if self.is_broken() {
                return Flow::Stop;
            }
        }
        let mut steps = self.steps(place);
        if let Some(check) = steps.step.check(block) {
            steps.check_claim(check).await;
            model.settle(false, engine, &steps.scene()).await;
        }
        Flow::GoOn
    }

    /// Runs a command, and tries the command's mutants before the command or in place of the command. `action` is the
    /// number of the command's action in the planned step.
    async fn run_or_try(
        &mut self,
        place: StepPlace,
        action: usize,
        id: CommandId,
        model: Option<&mut TutorModel<'a>>,
        in_flight: &mut Option<InFlight>,
    ) -> Result<Flow, Verdict> {
        let engine = &self.runner.env.engine;
        let planned = &self.plan.steps[place.at];
        let step = &self.runner.lesson.steps[planned.step];
        let Some((transcript, _)) = step.command(id) else { return Ok(Flow::GoOn) };
        let Some(model) = model.filter(|_| !transcript.attrs.hidden) else {
            self.steps(place).run_command(transcript, id.number).await;
            return Ok(Flow::GoOn);
        };
        if in_flight.is_none() && self.accepted.is_none() {
            let is_mine = |target: &Target| target.step == place.at && target.id == id;
            let mine: Vec<_> = self.pending.iter().copied().filter(|(_, target)| is_mine(target)).collect();
            if is_last_before_claim(step, planned, action) {
                for (number, target) in mine {
                    if self.try_in_place(place, number, target, model).await? == Flow::Stop {
                        return Ok(Flow::Stop);
                    }
                    if self.accepted.is_some() {
                        return Ok(Flow::GoOn);
                    }
                }
            } else if let Some((number, target, claim)) =
                mine.first().and_then(|(number, target)| Some((*number, *target, target.claim?)))
            {
                model.forget();
                let typed = self.type_target(transcript, target).await?;
                if let Some((ran, _)) = &typed {
                    self.runner.ran.push(ran.clone());
                    model.command_ended(ran, engine, &self.steps(place).scene()).await;
                }
                let output_differs = typed.is_some_and(|(_, differs)| differs);
                *in_flight = Some(InFlight { number, claim, output_differs });
                return Ok(Flow::GoOn);
            }
        }
        let mut steps = self.steps(place);
        steps.run_command(transcript, id.number).await;
        if let Some(ran) = steps.runner.ran.last() {
            model.command_ended(ran, engine, &steps.scene()).await;
        }
        Ok(Flow::GoOn)
    }

    /// Tries a mutant of the last command before a claim. If the tutor does not accept the mutant and it leaves no
    /// trace, the run can continue.
    async fn try_in_place(
        &mut self,
        place: StepPlace,
        number: usize,
        target: &Target,
        model: &mut TutorModel<'a>,
    ) -> Result<Flow, Verdict> {
        let (lesson, engine) = (self.runner.lesson, &self.runner.env.engine);
        let step = &lesson.steps[self.plan.steps[place.at].step];
        let (Some((transcript, _)), Some(claim)) = (step.command(target.id), target.claim) else {
            self.settle(number, MutantOutcome::Unknown);
            return Ok(Flow::GoOn);
        };
        let before = objects(engine).await?;
        let mut trial = model.clone();
        trial.forget();
        let typed = self.type_target(transcript, target).await?;
        let mut is_clean = true;
        if let Some((ran, _)) = &typed {
            self.runner.ran.push(ran.clone());
            let steps = self.steps(place);
            trial.command_ended(ran, engine, &steps.scene()).await;
            if !trial.has_passed(claim) {
                // A process that the command started may still make the claims true.
                let is_silent = ran.exit.is_some_and(|exit| ![0, INTERRUPTED].contains(&exit));
                trial.settle(!is_silent, engine, &steps.scene()).await;
            }
            if !trial.has_passed(claim) {
                // A new shell does not have the working directory and the variables of the old shell.
                let has_shell = steps.runner.shell.is_some();
                is_clean = has_shell && left_no_trace(lesson, step, engine, &before, ran).await;
            }
        } else {
            trial.settle(false, engine, &self.steps(place).scene()).await;
        }
        if trial.has_passed(claim) {
            *model = trial;
            self.accepted = Some((number, typed.is_some_and(|(_, differs)| differs)));
            return Ok(Flow::GoOn);
        }
        if typed.is_some() {
            self.runner.ran.pop();
        }
        self.settle(number, MutantOutcome::Caught);
        Ok(if is_clean { Flow::GoOn } else { Flow::Stop })
    }

    /// Types a mutant. Returns the command that ran, and whether its output or exit status differs from the baseline.
    /// Returns `None` if the mutant types nothing.
    async fn type_target(
        &mut self,
        transcript: &Transcript,
        target: &Target,
    ) -> Result<Option<(RanCommand, bool)>, InfraFailure> {
        let Some(command) = &target.typed else { return Ok(None) };
        debug!(change = target.mutant.change.name(), "mutant is typed");
        let script = CommandScript::new(transcript, command);
        let output = self.runner.type_script(&script, LIMIT, Some(UNWRITTEN)).await?;
        let differs = self.differs(transcript, command, &output);
        // If a command does not end by itself, a learner ends it with Ctrl-C.
        let is_ended = matches!(output.end, CommandEnd::TimedOut { .. } | CommandEnd::Aborted { .. });
        let exit = output.status().or(is_ended.then_some(INTERRUPTED));
        let text = command.text.clone();
        Ok(Some((RanCommand::new(text, exit, output.lines.join("\n")), differs)))
    }

    /// Whether a changed command printed another output than the lesson's command, or ended with another exit status.
    fn differs(&self, transcript: &Transcript, command: &Command, output: &CommandOutput) -> bool {
        let Some((status, lines)) = self.baseline.get(&command.span.start) else { return false };
        if *status != output.status() {
            return true;
        }
        let expected = |text: &String| Expected { text: text.clone(), span: command.span, kind: ExpectedKind::Output };
        let expected: Vec<Expected> = lines.iter().map(expected).collect();
        let options = self.runner.env.match_options(transcript.attrs.exact);
        !compare(&expected, &output.lines, &mut Bindings::default(), &options).met
    }
}
