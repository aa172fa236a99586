//! The mutants of one lesson and their outcomes.

use std::collections::{BTreeMap, BTreeSet};

use super::target::{Target, targets};
use super::trial::{Baseline, Trial};
use crate::driver::LessonEnv;
use crate::event::{Event, LessonRef, MutantOutcome, MutantTally, Verdict};
use crate::lesson::{Lesson, Plan, plan};
use crate::run::EventSender;
use crate::run::runner::{LessonRunOptions, LessonRunner};

/// The time limit of commands. A command may wait forever for an object that a changed command did not create.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(30);

/// The mutants of one lesson.
pub(super) struct LessonMutants<'a> {
    lesson: &'a Lesson,
    plan: Option<Plan>,
    targets: Vec<Target>,
    outcomes: BTreeMap<usize, MutantOutcome>,
    /// Mutants that survived one run. Only a second run in which a mutant survives proves that the check is too weak.
    suspects: BTreeSet<usize>,
    baseline: Option<Baseline>,
}

impl<'a> LessonMutants<'a> {
    pub(super) const fn new(lesson: &'a Lesson) -> Self {
        Self {
            lesson,
            plan: None,
            targets: Vec::new(),
            outcomes: BTreeMap::new(),
            suspects: BTreeSet::new(),
            baseline: None,
        }
    }

    /// Plans the lesson for the engine of `env` at the first call. If no claim follows a command, marks the command's
    /// mutants as caught, because the tutor compares the typed command with the printed command. Returns whether all
    /// mutants have an outcome.
    pub(super) fn begin(&mut self, env: &LessonEnv) -> bool {
        if self.plan.is_none() {
            let plan = plan(self.lesson, &env.conditions);
            self.targets = targets(self.lesson, &plan);
            let compared = self.targets.iter().enumerate().filter(|(_, target)| target.claim.is_none());
            self.outcomes.extend(compared.map(|(number, _)| (number, MutantOutcome::Caught)));
            self.plan = Some(plan);
        }
        self.is_done()
    }

    pub(super) fn is_done(&self) -> bool {
        self.outcomes.len() >= self.targets.len()
    }

    /// Runs the lesson once. The first run has no change. Each later run decides at least one mutant, or tries again a
    /// mutant that survived.
    ///
    /// # Errors
    /// Fails if the lesson breaks before the tutor has accepted a mutant. The error is the verdict.
    pub(super) async fn run_once(&mut self, env: &LessonEnv, options: &LessonRunOptions) -> Result<(), Verdict> {
        let Some(plan) = &self.plan else { return Ok(()) };
        let pending = self.targets.iter().enumerate().filter(|(number, _)| !self.outcomes.contains_key(number));
        let mut pending: Vec<(usize, &Target)> = pending.collect();
        if self.baseline.is_none() {
            pending.clear();
        }
        let first = pending.first().map(|(number, _)| *number);
        let options = LessonRunOptions {
            timeout: options.timeout.or(Some(LIMIT)),
            fail_fast: true,
            mutant: true,
            ..LessonRunOptions::default()
        };
        let (sender, events) = EventSender::channel();
        let nothing = Baseline::new();
        let baseline = self.baseline.as_ref().unwrap_or(&nothing);
        let runner = LessonRunner::new(self.lesson, env, &options, &sender);
        let mut trial = Trial { runner, events, plan, baseline, pending, settled: Vec::new(), accepted: None };
        let ended = trial.run().await;
        if self.baseline.is_none() {
            let printed = trial.printed();
            self.baseline = ended.is_ok().then_some(printed);
            return ended;
        }
        let settled = trial.settled;
        let is_stuck = settled.is_empty() && ended.is_ok();
        self.record_outcomes(settled);
        // The run did not reach this mutant.
        if let Some(first) = first.filter(|_| is_stuck) {
            self.outcomes.insert(first, MutantOutcome::Unknown);
        }
        ended
    }

    /// Records the outcomes of a run. If a mutant survived for the first time, a later run tries the mutant again.
    fn record_outcomes(&mut self, settled: Vec<(usize, MutantOutcome)>) {
        for (number, outcome) in settled {
            let is_confirmed = !matches!(outcome, MutantOutcome::Survived(_)) || !self.suspects.insert(number);
            if is_confirmed {
                self.outcomes.insert(number, outcome);
            }
        }
    }

    pub(super) fn tally(&self) -> MutantTally {
        let mut tally = MutantTally::default();
        for number in 0..self.targets.len() {
            tally.count(self.outcomes.get(&number).unwrap_or(&MutantOutcome::Unknown));
        }
        tally
    }

    /// Returns the events that report the lesson's mutants, in the order of the steps.
    pub(super) fn events(&self) -> Vec<Event> {
        let Some(plan) = &self.plan else { return Vec::new() };
        let lesson = LessonRef::of(self.lesson);
        let mut events = Vec::new();
        for (number, target) in self.targets.iter().enumerate() {
            let step = &self.lesson.steps[plan.steps[target.step].step];
            let Some((_, command)) = step.command(target.id) else { continue };
            events.push(Event::MutantJudged {
                lesson: lesson.clone(),
                step: step.id.clone(),
                command: command.text.clone(),
                span: command.span,
                mutant: target.mutant.clone(),
                outcome: self.outcomes.get(&number).cloned().unwrap_or(MutantOutcome::Unknown),
            });
        }
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Breakage, BrokenPart};
    use crate::lesson::{LessonId, StepId, parse};
    use crate::text::{Source, Span};

    #[test]
    fn mutant_counts_as_survivor_only_after_it_has_survived_two_runs() {
        let (lesson, _) = parse(&Source::new("l.md", "# L\n\n## A {#a}\n"), LessonId("l".into()));
        let mut mutants = LessonMutants::new(&lesson);
        let breakage =
            Breakage { step: StepId("a".into()), span: Span::default(), part: BrokenPart::Step, verdict: Verdict::Met };
        let survived = || MutantOutcome::Survived(Box::new(breakage.clone()));
        mutants.record_outcomes(vec![(0, survived()), (1, survived()), (2, MutantOutcome::Caught)]);
        let names = |mutants: &LessonMutants<'_>| -> Vec<_> {
            mutants.outcomes.iter().map(|(number, outcome)| (*number, outcome.name())).collect()
        };
        assert_eq!(names(&mutants), [(2, "caught")]);
        mutants.record_outcomes(vec![(0, survived()), (1, MutantOutcome::Equivalent)]);
        assert_eq!(names(&mutants), [(0, "survived"), (1, "equivalent"), (2, "caught")]);
    }
}
