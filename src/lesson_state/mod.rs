//! A learner's way through a lesson: what comes next, what counts as a pass, which hint is due. No clock, no engine, no
//! terminal: whoever drives it shows what it says and tells it what happened.

mod parts;
mod step;
#[cfg(test)]
mod tests;

use crate::lesson::{Lesson, Plan};

use parts::parts;
use step::StepState;

pub use parts::{CommandMatch, StepPart};

/// What is to be done next, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextAction {
    /// A step begins: its hidden set-up is due if it was not done in this visit, then its title is shown.
    Step {
        /// The step.
        step: usize,
        /// Whether its set-up has yet to be done.
        setup: bool,
    },
    /// Show a block: prose, a transcript with what to type, a fence with gaps, or one that is skipped.
    Show(usize),
    /// Offer the file of this block.
    File(usize),
    /// Ask the quiz of this block; then [`LessonState::quiz_answered`].
    Ask(usize),
    /// It is the learner's turn. `look` asks for the claims at once, to see whether they hold already.
    Await {
        /// Look whether the claims hold before anything was typed.
        look: bool,
    },
    /// The step is done in this way; the next one comes when the learner wants it.
    Done(StepResult),
    /// That was the last step.
    Finish,
}

/// How a step was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepResult {
    /// The tutor did it.
    Skipped,
    /// After the exact command was shown.
    Helped,
    /// By the learner.
    Passed,
}

/// What a learner chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Go on.
    Next,
    /// The step before.
    Back,
    /// The step of this number, from 0.
    Goto(usize),
    /// Show the step again, from its begin.
    Again,
    /// The tutor has done the step: it counts as skipped.
    Skipped,
    /// Begin the whole lesson anew; what was passed stays passed.
    Reset,
}

/// What a choice leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoiceResult {
    /// This comes next.
    Go(Vec<NextAction>),
    /// The step is not passed yet, and its claims decide.
    NotYet,
    /// There is no such step, or nothing before the first.
    NoStep,
}

/// What was found for a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimStatus {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// It could not be found out.
    Unknown,
}

/// What a command or an event led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evaluation {
    /// These claims hold (none where the commands decide), and this comes next.
    Passed {
        /// Blocks of the claims.
        claims: Vec<usize>,
        /// Commands of the task that are still to come.
        untyped: usize,
        /// What comes next.
        next: Vec<NextAction>,
    },
    /// Nothing is passed yet, but a command of the task is done: so many of so many.
    Progress {
        /// Commands done.
        done: usize,
        /// Commands in all.
        of: usize,
        /// What comes next.
        next: Vec<NextAction>,
    },
    /// All claims hold before anything was typed.
    Already,
    /// An attempt that did not do it: the claim to speak of, if there is one, and whether help is offered now.
    Miss {
        /// The block of the first claim that does not hold.
        claim: Option<usize>,
        /// It was the third miss, or the sixth, …
        offer: bool,
    },
    /// It could not be found out.
    Unknown,
    /// Nothing to say.
    Quiet,
}

/// A hint that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintResult {
    /// The hint of this number, from 0, of the claim of this block; `None` where the step has no claims.
    Give {
        /// The claim's block.
        claim: Option<usize>,
        /// Which one.
        level: usize,
    },
    /// The last hint has not been tried yet.
    TryFirst {
        /// The claim's block.
        claim: Option<usize>,
        /// The hint that was given last.
        level: usize,
    },
    /// Nothing is asked here.
    Nothing,
}

/// So many misses, and help is offered.
const OFFER_AFTER: usize = 3;
/// Levels of hints: where to look, which idea, the exact command.
pub const HINT_LEVELS: usize = 3;

/// The way through one lesson.
#[derive(Debug, Clone)]
pub struct LessonState {
    steps: Vec<StepState>,
    at: usize,
    finished: bool,
}

impl LessonState {
    /// The way through `lesson` as `plan` says it for this engine.
    #[must_use]
    pub fn new(lesson: &Lesson, plan: &Plan) -> Self {
        let steps =
            plan.steps.iter().map(|planned| StepState::new(parts(&lesson.steps[planned.step], planned))).collect();
        Self { steps, at: 0, finished: false }
    }

    /// What a former visit has left: these steps are done.
    pub fn restore_step(&mut self, step: usize, done: StepResult) {
        if let Some(step) = self.steps.get_mut(step) {
            step.finish(done);
        }
    }

    /// The first step that is not done, else the first.
    #[must_use]
    pub fn first_unfinished_step(&self) -> usize {
        self.steps.iter().position(|step| step.done.is_none()).unwrap_or(0)
    }

    /// Begins, or goes to, a step.
    pub fn enter_step(&mut self, step: usize) -> Vec<NextAction> {
        self.finished = false;
        self.at = step.min(self.steps.len().saturating_sub(1));
        let at = self.at;
        let Some(step_state) = self.steps.get_mut(at) else { return vec![NextAction::Finish] };
        step_state.rewind();
        let mut next = vec![NextAction::Step { step: at, setup: !std::mem::replace(&mut step_state.set_up, true) }];
        next.extend(step_state.advance());
        next
    }

    /// The step the learner is at.
    #[must_use]
    pub const fn current_step(&self) -> usize {
        self.at
    }

    /// How many steps there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.steps.len()
    }

    /// A lesson of prose alone before its first `##` has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// How a step was done, if it was.
    #[must_use]
    pub fn step_result(&self, step: usize) -> Option<StepResult> {
        self.steps.get(step)?.done
    }

    /// Whether the current step has been walked to its end, so that going on is the next thing.
    #[must_use]
    pub fn is_step_over(&self) -> bool {
        self.steps.get(self.at).is_none_or(StepState::is_over)
    }

    /// Whether the last step was left.
    #[must_use]
    pub const fn is_finished(&self) -> bool {
        self.finished
    }

    /// Blocks of the claims that decide now.
    #[must_use]
    pub fn current_claims(&self) -> Vec<usize> {
        self.steps.get(self.at).map(StepState::claims).unwrap_or_default()
    }

    /// Whether the commands, not the claims, decide now: there are no claims, or they held before.
    #[must_use]
    pub fn is_by_commands(&self) -> bool {
        self.steps.get(self.at).is_some_and(|step| step.held || step.claims().is_empty())
    }

    /// Whether all commands of the task before the claims are typed, so that the claims should come true.
    #[must_use]
    pub fn all_commands_typed(&self) -> bool {
        self.steps.get(self.at).is_some_and(StepState::all_commands_typed)
    }

    /// Commands (block, number) that the tutor would type next, to the end of the task or of the step.
    #[must_use]
    pub fn commands_to_type(&self, whole_step: bool) -> Vec<(usize, usize)> {
        self.steps.get(self.at).map(|step| step.commands_to_type(whole_step)).unwrap_or_default()
    }

    /// Files (blocks) of the rest of the step.
    #[must_use]
    pub fn files(&self) -> Vec<usize> {
        self.steps.get(self.at).map(StepState::files).unwrap_or_default()
    }

    /// Quizzes (blocks) of the step.
    #[must_use]
    pub fn quizzes(&self) -> Vec<usize> {
        self.steps.get(self.at).map(StepState::quizzes).unwrap_or_default()
    }

    /// A command was typed and ended with this status.
    pub fn command_ended(&mut self, lesson: &Lesson, command: &str, status: i32) -> CommandMatch {
        let at = self.at;
        let Some((step_state, step)) = self.steps.get_mut(at).zip(lesson.steps.get(at)) else {
            return CommandMatch::Other;
        };
        step_state.command_ended(step, command, status)
    }

    /// The claims were looked at before anything was typed.
    pub fn check_before_start(&mut self, looks: &[(usize, ClaimStatus)]) -> Evaluation {
        self.steps.get_mut(self.at).map_or(Evaluation::Quiet, |step| step.check_before_start(looks))
    }

    /// The claims were looked at, after a command that went this `way`, or (`None`) after an event.
    pub fn evaluate(&mut self, command_match: Option<CommandMatch>, looks: &[(usize, ClaimStatus)]) -> Evaluation {
        self.steps.get_mut(self.at).map_or(Evaluation::Quiet, |step| step.evaluate(command_match, looks))
    }

    /// A quiz was answered, or left.
    pub fn quiz_answered(&mut self, block: usize) -> Vec<NextAction> {
        self.steps.get_mut(self.at).map(|step| step.quiz_answered(block)).unwrap_or_default()
    }

    /// The learner asks for a hint.
    pub fn next_hint(&mut self) -> HintResult {
        self.steps.get_mut(self.at).map_or(HintResult::Nothing, StepState::next_hint)
    }

    /// Something may have been tried where it is not seen.
    pub fn record_attempt(&mut self) {
        if let Some(step) = self.steps.get_mut(self.at) {
            step.tried = true;
        }
    }

    /// The exact commands are shown.
    pub fn solution_shown(&mut self) {
        if let Some(step) = self.steps.get_mut(self.at) {
            step.helped = true;
        }
    }

    /// The learner chooses.
    pub fn choose(&mut self, choice: Choice) -> ChoiceResult {
        let Some(step) = self.steps.get_mut(self.at) else {
            self.finished = true;
            return ChoiceResult::Go(vec![NextAction::Finish]);
        };
        match choice {
            Choice::Next => match step.continue_step() {
                None => ChoiceResult::NotYet,
                Some(next) if next.is_empty() => ChoiceResult::Go(self.leave()),
                Some(next) => ChoiceResult::Go(next),
            },
            Choice::Skipped => {
                let next = step.skip();
                ChoiceResult::Go(next)
            }
            Choice::Again => ChoiceResult::Go(self.enter_step(self.at)),
            Choice::Back if self.at == 0 => ChoiceResult::NoStep,
            Choice::Back => ChoiceResult::Go(self.enter_step(self.at - 1)),
            Choice::Goto(to) if to < self.steps.len() => ChoiceResult::Go(self.enter_step(to)),
            Choice::Goto(_) => ChoiceResult::NoStep,
            Choice::Reset => {
                for step in &mut self.steps {
                    step.set_up = false;
                }
                ChoiceResult::Go(self.enter_step(0))
            }
        }
    }

    fn leave(&mut self) -> Vec<NextAction> {
        if self.at + 1 < self.steps.len() {
            return self.enter_step(self.at + 1);
        }
        self.finished = true;
        vec![NextAction::Finish]
    }
}
