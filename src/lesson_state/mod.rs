//! The state of a lesson that a learner works on: the next action, the claims that pass a step, and the next hint.
//!
//! This module has no clock, engine or terminal. The caller carries out the actions that this module returns, and
//! reports the results.

mod decisions;
mod output;
mod parts;
mod step;
#[cfg(test)]
mod tests;

use crate::lesson::{CommandId, Lesson, Plan, PlannedStep};

use output::{TypedLine, object_names};
use parts::parts;
use step::StepState;

pub use crate::lesson::StepResult;
pub use decisions::{ClaimDecisions, claim_statuses, may_change};
pub use parts::{CommandMatch, StepPart, only_looks};

/// The next action of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextAction {
    /// Begin a step: run its hidden set-up if necessary, then show its title.
    Step {
        /// The step.
        step: usize,
    },
    /// Show a block: prose, a transcript with commands to type, a fence with gaps, or a skipped fence.
    Show(usize),
    /// Tell the learner that the commands of this block are done: the learner has typed them, or their claims hold.
    Typed(usize),
    /// Show the file of this block, and write the file if it does not exist.
    File(usize),
    /// Ask the quiz of this block, and call [`LessonState::quiz_answered`] afterwards.
    Ask(usize),
    /// Wait for the learner's input.
    Await {
        /// Whether the claims must be checked before the learner types anything.
        look: bool,
    },
    /// The step is done, with this result. The next step begins when the learner asks for that step.
    Done(StepResult),
    /// The last step is done.
    Finish,
}

/// A choice of the learner between steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Continue with the next part or the next step.
    Next,
    /// Go to the previous step.
    Back,
    /// Go to the step with this index.
    Goto(usize),
    /// Show the step from its beginning again.
    Again,
    /// Count the step as skipped, because the tutor has done the step.
    Skipped,
    /// Begin the lesson again. Steps that were passed stay passed.
    Reset,
}

/// The result of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoiceResult {
    /// Carry out these actions.
    Go(Vec<NextAction>),
    /// The claims of the step are not true yet.
    NotYet,
    /// The step does not exist.
    NoStep,
}

/// Whether a claim is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimStatus {
    /// The claim is true.
    Holds,
    /// The claim is false.
    Fails,
    /// It is unknown whether the claim is true.
    Unknown,
}

/// The result of a command or an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evaluation {
    /// The step or a part of the step is passed, because these claims are true. If there are no claims, the typed
    /// commands decided.
    Passed {
        /// The blocks of the claims.
        claims: Vec<usize>,
        /// The number of commands of the task that were not typed yet.
        untyped: usize,
        /// The next actions.
        next: Vec<NextAction>,
    },
    /// Nothing is passed yet, but a command of the task is done.
    Progress {
        /// The number of commands that are done.
        done: usize,
        /// The number of all commands.
        of: usize,
        /// The next actions.
        next: Vec<NextAction>,
    },
    /// All claims were true before anything was typed.
    Already,
    /// An attempt at the step has failed.
    Miss {
        /// The index of the block that contains the first false claim.
        claim: Option<usize>,
        /// Whether the tutor offers help: at the third failed attempt, the sixth, and so on.
        offer: bool,
    },
    /// It is unknown whether the claims are true.
    Unknown,
    /// There is nothing to report.
    Quiet,
}

/// The next hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintResult {
    /// Give this hint of this claim. The claim is `None` if the shown part has no claim.
    Give {
        /// The index of the block that contains the claim.
        claim: Option<usize>,
        /// The index of the hint.
        level: usize,
    },
    /// The learner has tried nothing since the last hint.
    TryFirst {
        /// The index of the block that contains the claim.
        claim: Option<usize>,
        /// The index of the last hint.
        level: usize,
    },
    /// The learner has nothing to do here, so there is no hint.
    Nothing,
}

/// The number of failed attempts after which the tutor offers help.
const OFFER_AFTER: usize = 3;
/// The number of hint levels: first the place to look at, then the idea, then the exact command.
pub const HINT_LEVELS: usize = 3;

/// The statistics of a visit to a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VisitTally {
    /// The number of failed attempts.
    pub misses: usize,
    /// The number of hints that were given.
    pub hints: usize,
    /// The number of times that the exact commands were shown.
    pub solutions: usize,
    /// The number of steps and parts that were passed.
    pub passed: usize,
}

/// The state of one lesson.
#[derive(Debug, Clone)]
pub struct LessonState {
    steps: Vec<StepState>,
    at: usize,
    finished: bool,
    tally: VisitTally,
    /// The names of the lesson's containers, volumes and networks.
    names: Vec<String>,
}

impl LessonState {
    /// Creates the state at the beginning of `lesson`, with the plan for this engine.
    #[must_use]
    pub fn new(lesson: &Lesson, plan: &Plan) -> Self {
        let step = |planned: &PlannedStep| {
            let step = &lesson.steps[planned.step];
            StepState::new(parts(step, planned), step.is_notes)
        };
        let steps = plan.steps.iter().map(step).collect();
        Self { steps, at: 0, finished: false, tally: VisitTally::default(), names: object_names(lesson) }
    }

    /// Restores the result of a step from an earlier session.
    pub fn restore_step(&mut self, step: usize, done: StepResult) {
        if let Some(step) = self.steps.get_mut(step) {
            step.finish(done);
        }
    }

    /// Returns the index of the first step that is not done; 0 if all steps are done.
    #[must_use]
    pub fn first_unfinished_step(&self) -> usize {
        self.steps.iter().position(|step| step.done.is_none() && !step.is_notes).unwrap_or(0)
    }

    /// Goes to the beginning of a step. Returns the next actions.
    pub fn enter_step(&mut self, step: usize) -> Vec<NextAction> {
        self.finished = false;
        self.at = step.min(self.steps.len().saturating_sub(1));
        let at = self.at;
        let Some(step_state) = self.steps.get_mut(at) else { return vec![NextAction::Finish] };
        step_state.rewind();
        let mut next = vec![NextAction::Step { step: at }];
        next.extend(step_state.advance());
        next
    }

    /// Returns the index of the current step.
    #[must_use]
    pub const fn current_step(&self) -> usize {
        self.at
    }

    /// Whether the current step is the last one. Notes do not count as steps.
    #[must_use]
    pub fn is_last_step(&self) -> bool {
        self.step_after().is_none()
    }

    /// Returns the statistics of the visit so far.
    #[must_use]
    pub const fn tally(&self) -> VisitTally {
        self.tally
    }

    fn step_after(&self) -> Option<usize> {
        (self.at + 1..self.steps.len()).find(|&step| !self.steps[step].is_notes)
    }

    fn step_before(&self) -> Option<usize> {
        (0..self.at).rev().find(|&step| !self.steps[step].is_notes)
    }

    /// Returns the result of a step; `None` if the step is not done.
    #[must_use]
    pub fn step_result(&self, step: usize) -> Option<StepResult> {
        self.steps.get(step)?.done
    }

    /// Whether a step has commands to type or claims, not only questions.
    #[must_use]
    pub fn has_commands(&self, step: usize) -> bool {
        self.steps.get(step).is_some_and(StepState::has_commands)
    }

    /// Whether the current step is at its end, so that the next step can begin.
    #[must_use]
    pub fn is_step_over(&self) -> bool {
        self.steps.get(self.at).is_none_or(StepState::is_over)
    }

    /// Whether the next part is a question, which the learner has left without an answer.
    #[must_use]
    pub fn waits_for_quiz(&self) -> bool {
        self.steps.get(self.at).is_some_and(StepState::waits_for_quiz)
    }

    /// Whether the learner has completed and left the last step.
    #[must_use]
    pub const fn is_finished(&self) -> bool {
        self.finished
    }

    /// Returns the blocks of the current claims, which decide whether the part is passed.
    #[must_use]
    pub fn current_claims(&self) -> Vec<usize> {
        self.steps.get(self.at).map(StepState::claims).unwrap_or_default()
    }

    /// Whether typed commands pass the part, because the part has no claims, or because its claims were true before.
    #[must_use]
    pub fn is_by_commands(&self) -> bool {
        self.steps.get(self.at).is_some_and(|step| step.is_held() || step.claims().is_empty())
    }

    /// Whether all commands before the current claims were typed, so that these claims should be true.
    #[must_use]
    pub fn all_commands_typed(&self) -> bool {
        self.steps.get(self.at).is_some_and(StepState::all_commands_typed)
    }

    /// Returns the commands that the learner still has to type, up to the end of the task. If `whole_step` is true,
    /// returns the commands up to the end of the step.
    #[must_use]
    pub fn commands_to_type(&self, whole_step: bool) -> Vec<CommandId> {
        self.steps.get(self.at).map(|step| step.commands_to_type(whole_step)).unwrap_or_default()
    }

    /// Asks again for the commands of a block that were typed too early. Returns the next actions.
    pub fn ask_again(&mut self, block: usize) -> Vec<NextAction> {
        let at = self.at;
        self.steps.get_mut(at).map(|step| step.ask_again(block)).unwrap_or_default()
    }

    /// Returns the commands of the shown part, typed or not. The part begins after the last passed claims.
    #[must_use]
    pub fn part_commands(&self) -> Vec<CommandId> {
        self.steps.get(self.at).map(StepState::part_commands).unwrap_or_default()
    }

    /// Returns the current claims whose commands were all shown.
    #[must_use]
    pub fn shown_claims(&self) -> Vec<usize> {
        self.steps.get(self.at).map(StepState::shown_claims).unwrap_or_default()
    }

    /// Returns the parts of the step that were not shown yet.
    #[must_use]
    pub fn parts_to_come(&self) -> Vec<StepPart> {
        self.steps.get(self.at).map(StepState::rest).unwrap_or_default()
    }

    /// Returns the blocks of the step that were shown so far: prose and tasks.
    #[must_use]
    pub fn shown_blocks(&self) -> Vec<usize> {
        self.steps.get(self.at).map(StepState::shown_blocks).unwrap_or_default()
    }

    /// Returns the blocks of the quizzes of the step.
    #[must_use]
    pub fn quizzes(&self) -> Vec<usize> {
        self.steps.get(self.at).map(StepState::quizzes).unwrap_or_default()
    }

    /// Records a typed command, its exit status and its output. Returns how the command matches the commands of the
    /// step.
    pub fn command_ended(&mut self, lesson: &Lesson, command: &str, status: i32, output: &str) -> CommandMatch {
        let at = self.at;
        let Some((step_state, step)) = self.steps.get_mut(at).zip(lesson.steps.get(at)) else {
            return CommandMatch::Other;
        };
        step_state.command_ended(step, &TypedLine { command, status, output, names: &self.names })
    }

    /// Returns the command of the step that the last typed command stands for, and the output of the typed command. A
    /// typed command stands for a command of the step if both print the same.
    #[must_use]
    pub fn stands_for(&self) -> Option<(CommandId, String)> {
        self.steps.get(self.at)?.stands_for.clone()
    }

    /// Records which claims are true when a part is shown. If all claims are true and all commands of the part were
    /// typed before, the part is passed.
    pub fn check_before_start(&mut self, looks: &[(usize, ClaimStatus)]) -> Evaluation {
        let Some(step) = self.steps.get_mut(self.at) else { return Evaluation::Quiet };
        let evaluation = step.check_before_start(looks);
        self.tally.passed += usize::from(matches!(evaluation, Evaluation::Passed { .. }));
        evaluation
    }

    /// Evaluates the claims after a command, or after an event if there is no `command_match`.
    pub fn evaluate(&mut self, command_match: Option<&CommandMatch>, looks: &[(usize, ClaimStatus)]) -> Evaluation {
        let Some(step) = self.steps.get_mut(self.at) else { return Evaluation::Quiet };
        let evaluation = step.evaluate(command_match, looks);
        self.tally.misses += usize::from(matches!(evaluation, Evaluation::Miss { .. }));
        self.tally.passed += usize::from(matches!(evaluation, Evaluation::Passed { .. }));
        evaluation
    }

    /// Records that a quiz was answered or skipped. Returns the next actions.
    pub fn quiz_answered(&mut self, block: usize) -> Vec<NextAction> {
        self.steps.get_mut(self.at).map(|step| step.quiz_answered(block)).unwrap_or_default()
    }

    /// Records the result of a quiz. The result counts only if the step consists only of quizzes.
    pub fn quiz_ended(&mut self, block: usize, result: StepResult) {
        if let Some(step) = self.steps.get_mut(self.at) {
            step.quiz_ended(block, result);
        }
    }

    /// Returns the next hint.
    pub fn next_hint(&mut self) -> HintResult {
        let hint = self.steps.get_mut(self.at).map_or(HintResult::Nothing, StepState::next_hint);
        self.tally.hints += usize::from(matches!(hint, HintResult::Give { .. }));
        hint
    }

    /// Records that the learner may have tried something in another terminal.
    pub fn record_attempt(&mut self) {
        if let Some(step) = self.steps.get_mut(self.at) {
            step.tried = true;
        }
    }

    /// Passes the current task, whose commands the tutor cannot see, if more tasks follow before the next claims.
    pub fn pass_unseen_task(&mut self) -> Option<Vec<NextAction>> {
        self.steps.get_mut(self.at)?.pass_unseen_task()
    }

    /// Records that the exact commands were shown.
    pub fn solution_shown(&mut self) {
        if let Some(step) = self.steps.get_mut(self.at) {
            step.helped = true;
            self.tally.solutions += 1;
        }
    }

    /// Carries out the learner's choice.
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
            Choice::Back => match self.step_before() {
                Some(step) => ChoiceResult::Go(self.enter_step(step)),
                None => ChoiceResult::NoStep,
            },
            Choice::Goto(to) if to < self.steps.len() => ChoiceResult::Go(self.enter_step(to)),
            Choice::Goto(_) => ChoiceResult::NoStep,
            Choice::Reset => ChoiceResult::Go(self.enter_step(0)),
        }
    }

    fn leave(&mut self) -> Vec<NextAction> {
        if let Some(step) = self.step_after() {
            return self.enter_step(step);
        }
        self.finished = true;
        vec![NextAction::Finish]
    }
}
