//! Runs a lesson once and tries mutants on the way.
//!
//! A run goes on after a mutant that is caught and leaves no trace on the engine. It ends after one that leaves a trace.
//! After one that the tutor accepts, the rest of the lesson shows what breaks. So a few runs settle all mutants.

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
use crate::lesson::{Action, Command, CommandId, Expected, ExpectedKind, Lesson, Plan, Transcript};
use crate::matcher::{Bindings, compare};
use crate::run::runner::LessonRunner;
use crate::run::step::StepRunner;
use crate::session::{CommandEnd, CommandOutput};

/// The time limit of a changed command. `docker stop` waits ten seconds.
const LIMIT: Duration = Duration::from_secs(15);
/// The exit status after Ctrl-C.
const INTERRUPTED: i32 = 130;
/// How long an inner prompt waits for lines that may not come.
const UNWRITTEN: Duration = Duration::from_secs(1);

/// What the commands of the lesson print and how they end without any change, by the place of each command.
pub(super) type Baseline = BTreeMap<usize, (Option<i32>, Vec<String>)>;

/// A run of a lesson.
pub(super) struct Trial<'t, 'a> {
    pub(super) runner: LessonRunner<'a>,
    pub(super) events: UnboundedReceiver<Event>,
    pub(super) lesson: &'a Lesson,
    pub(super) plan: &'a Plan,
    /// What a run without any change printed.
    pub(super) baseline: &'t Baseline,
    /// Mutants that are still to be tried, with their numbers.
    pub(super) pending: Vec<(usize, &'t Target)>,
    pub(super) settled: Vec<(usize, MutantOutcome)>,
    /// The mutant that the tutor accepted, and whether its own output differs.
    pub(super) accepted: Option<(usize, bool)>,
}

/// A mutant that is typed, while commands between it and its claims follow.
struct InFlight {
    number: usize,
    claim: usize,
    output_differs: bool,
}

/// A step that runs.
#[derive(Clone, Copy)]
struct StepPlace {
    /// The index of the planned step.
    at: usize,
    /// When it began.
    since: EngineTime,
}

/// Whether a run goes on.
#[derive(PartialEq, Eq)]
enum Flow {
    GoOn,
    Stop,
}

impl<'a> Trial<'_, 'a> {
    /// Runs the lesson.
    ///
    /// # Errors
    /// The verdict, if the lesson breaks before the tutor has accepted a mutant.
    pub(super) async fn run(&mut self) -> Result<(), Verdict> {
        let mut is_stopped = false;
        self.runner.pull_images().await;
        for (at, planned) in self.plan.steps.iter().enumerate() {
            if self.is_broken() {
                break;
            }
            let step = &self.lesson.steps[planned.step];
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
            // Commands after a mutant that is caught may fail.
            (None, _) if is_stopped => Ok(()),
            (None, verdict @ (Verdict::Differs(_) | Verdict::Broken(_))) => Err(verdict),
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
        matches!(self.runner.verdict, Verdict::Differs(_) | Verdict::Broken(_))
    }

    fn settle(&mut self, number: usize, outcome: MutantOutcome) {
        debug!(number, outcome = outcome.name(), "mutant judged");
        self.pending.retain(|(other, _)| *other != number);
        self.settled.push((number, outcome));
    }

    /// What the commands printed.
    pub(super) fn printed(&mut self) -> Baseline {
        let mut printed = Baseline::new();
        while let Ok(event) = self.events.try_recv() {
            if let Event::CommandEnded { span, status, output, .. } = event {
                printed.insert(span.start, (status, output));
            }
        }
        printed
    }

    /// The first part of the lesson that is not met.
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
            if matches!(verdict, Verdict::Differs(_) | Verdict::Broken(_)) {
                return Some(Breakage { step, span, part, verdict });
            }
        }
        None
    }

    fn steps(&mut self, place: StepPlace) -> StepRunner<'_, 'a> {
        let planned = &self.plan.steps[place.at];
        let step = &self.lesson.steps[planned.step];
        StepRunner { runner: &mut self.runner, step, planned, since: place.since }
    }

    /// Runs a step in which mutants are to be tried.
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
                let (lesson, plan, steps) = (self.lesson, self.plan, self.steps(place));
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

    /// Checks a claim. If a mutant is in flight, the tutor decides first whether it accepts it.
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

    /// Runs a command, or one of its mutants in its place. `action` is its number in the plan.
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
        let step = &self.lesson.steps[planned.step];
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

    /// Tries a mutant of the last command before a claim, where that command stands.
    async fn try_in_place(
        &mut self,
        place: StepPlace,
        number: usize,
        target: &Target,
        model: &mut TutorModel<'a>,
    ) -> Result<Flow, Verdict> {
        let (lesson, engine) = (self.lesson, &self.runner.env.engine);
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
                // What the command has begun may still make the claims hold.
                let is_silent = ran.exit.is_some_and(|exit| ![0, INTERRUPTED].contains(&exit));
                trial.settle(!is_silent, engine, &steps.scene()).await;
            }
            if !trial.has_passed(claim) {
                // A new shell has lost the directory and the variables of the old one.
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

    /// Types a mutant. Returns what ran, and whether its output or status is another one than the lesson's; `None` if the
    /// mutant types nothing.
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
        // A person ends with Ctrl-C what does not end by itself.
        let is_ended = matches!(output.end, CommandEnd::TimedOut { .. } | CommandEnd::Aborted { .. });
        let exit = output.status().or(is_ended.then_some(INTERRUPTED));
        let text = command.text.clone();
        Ok(Some((RanCommand::new(text, exit, output.lines.join("\n")), differs)))
    }

    /// Whether a changed command printed something else than the lesson's own one, or ended with another status.
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
