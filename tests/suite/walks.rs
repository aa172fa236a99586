//! Tests the tutor's state machine with random learners in every built-in lesson. The learners type lines and tutor
//! commands, and remove objects, in any order. Instead of an engine, a model decides which claims hold.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;

use dermaga::claims::{ClaimFailure, Expectation, RanCommand};
use dermaga::explain::{Failure, unexplained};
use dermaga::learn::{Reply, ReplyFacts, decide_reply, expects_failure, printed_commands};
use dermaga::lesson::{Action, Block, CommandId, Conditions, EngineFamily, ExpectedKind, Lesson, Plan, Subject, plan};
use dermaga::lesson_state::{
    Choice, ChoiceResult, ClaimStatus, Evaluation, HintResult, LessonState, NextAction, StepResult,
};
use dermaga::store::read_collection;

use crate::project::parsed;

/// The number of random learners for each lesson in each of two languages.
const LEARNERS: u64 = 250;
/// The number of actions of each learner.
const ACTIONS: usize = 30;

const LOOKS: [&str; 6] = ["docker ps", "docker ps -a", "docker images", "ls", "docker info", "docker inspect x"];

/// A random learner in a lesson. In the model of the engine, a claim holds if all commands before the claim in its step
/// have been run.
struct Learner<'a> {
    lesson: &'a Lesson,
    plan: &'a Plan,
    state: LessonState,
    /// The commands that have been run, each with its step. If a learner removes the effect of a command, the command
    /// is removed from this set.
    world: BTreeSet<(usize, CommandId)>,
    /// The learner's actions, which the message of a failed assertion shows.
    story: Vec<String>,
}

impl<'a> Learner<'a> {
    fn new(lesson: &'a Lesson, plan: &'a Plan) -> Self {
        let state = LessonState::new(lesson, plan);
        let mut learner = Self { lesson, plan, state, world: BTreeSet::new(), story: Vec::new() };
        let next = learner.state.enter_step(0);
        learner.perform(next, true);
        learner
    }

    fn at(&self) -> usize {
        self.state.current_step()
    }

    /// Returns the commands of a step that a learner types, in order.
    fn commands(&self, step: usize) -> Vec<CommandId> {
        let blocks = &self.lesson.steps[step].blocks;
        let typed = |action: &Action| match *action {
            Action::Run { block, command } => match &blocks[block] {
                Block::Transcript(transcript) if !transcript.attrs.hidden => Some(CommandId { block, number: command }),
                _ => None,
            },
            _ => None,
        };
        self.plan.steps[step].actions.iter().filter_map(typed).collect()
    }

    /// Returns the text of a command, an exit status that the lesson allows for it, and its expected output.
    fn printed(&self, step: usize, id: CommandId) -> (String, i32, String) {
        let (transcript, command) = self.lesson.steps[step].command(id).expect("a command");
        let status = (0..256).find(|status| transcript.expected_status(id.number).allows(*status)).expect("a status");
        let output = command.expected.iter().filter(|line| matches!(line.kind, ExpectedKind::Output));
        let output = output.map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
        (command.text.clone(), status, output)
    }

    fn looks(&self, claims: &[usize]) -> Vec<(usize, ClaimStatus)> {
        let (at, commands) = (self.at(), self.commands(self.at()));
        let status = |claim: usize| {
            let before: Vec<CommandId> = commands.iter().filter(|id| id.block < claim).copied().collect();
            let is_done = |id: &CommandId| self.world.contains(&(at, *id));
            // A claim about typed commands depends only on the last command that matches the claim.
            let subject = self.lesson.steps[at].check(claim).map(|check| &check.claim.subject);
            let is_meant = |id: &&CommandId| match subject {
                Some(Subject::Ran(pattern)) => {
                    pattern.find(&[self.printed(at, **id).0], |text| text).is_ok_and(|found| !found.is_empty())
                }
                _ => false,
            };
            let holds = before.iter().rfind(is_meant).map_or_else(|| before.iter().all(is_done), is_done);
            if holds { ClaimStatus::Holds } else { ClaimStatus::Fails }
        };
        claims.iter().map(|&claim| (claim, status(claim))).collect()
    }

    fn perform(&mut self, next: Vec<NextAction>, answers: bool) {
        let mut todo = VecDeque::from(next);
        while let Some(next) = todo.pop_front() {
            match next {
                NextAction::Ask(block) if answers => todo.extend(self.state.quiz_answered(block)),
                NextAction::Await { look: true } => {
                    let looks = self.looks(&self.state.current_claims());
                    if let Evaluation::Passed { next, .. } = self.state.check_before_start(&looks) {
                        todo.extend(next);
                    }
                }
                _ => {}
            }
        }
    }

    /// Types a line that is not in the lesson. `status` is the exit status of this line.
    fn types_other(&mut self, line: &str, status: i32, answers: bool) {
        self.types(line, status, if status == 0 { "" } else { "Error response from daemon: no" }, answers);
    }

    fn types(&mut self, line: &str, status: i32, output: &str, answers: bool) {
        self.story.push(format!("{line} ({status})"));
        let before = (self.at(), self.state.is_step_over(), self.state.shown_blocks().len());
        let command_match = self.state.command_ended(self.lesson, line, status, output);
        let claims = self.state.current_claims();
        let evaluation = self.state.evaluate(Some(&command_match), &self.looks(&claims));
        let is_attempt = matches!(evaluation, Evaluation::Miss { .. });
        if is_attempt || (evaluation == Evaluation::Quiet && status != 0) {
            let last = RanCommand::new(line, Some(status), output);
            self.is_answered(&last, &evaluation);
        }
        if let Evaluation::Passed { next, .. } | Evaluation::Progress { next, .. } = evaluation {
            self.perform(next, answers);
        }
        let after = (self.at(), self.state.is_step_over(), self.state.shown_blocks().len());
        assert!(
            after.0 == before.0 && after.1 >= before.1 && after.2 >= before.2,
            "a command led back from {before:?} to {after:?}: {}",
            self.told()
        );
    }

    /// Asserts that the tutor replies if the command was an attempt or has failed.
    fn is_answered(&self, last: &RanCommand, evaluation: &Evaluation) {
        let (step, planned) = (&self.lesson.steps[self.at()], &self.plan.steps[self.at()]);
        let left = self.state.commands_to_type(false);
        let (line, lines, status) = (&last.command, [last.output.clone()], last.exit.unwrap_or_default());
        let unexplained = unexplained(&Failure { command: line, status, lines: &lines, ..Failure::default() });
        let printed = printed_commands(step, planned, &self.state.shown_blocks(), &left);
        let next = left.first().or(self.state.part_commands().first()).map(|id| self.printed(self.at(), *id).0);
        let failure = |expected| ClaimFailure {
            span: dermaga::text::Span::default(),
            what: "container x".to_owned(),
            expected,
            found: None,
            look: None,
        };
        let findings = [failure(Expectation::Exists)];
        let (is_due, claim) = match evaluation {
            Evaluation::Miss { claim, .. } => (true, *claim),
            _ => (false, None),
        };
        let check = claim.and_then(|block| step.check(block));
        let facts = ReplyFacts {
            is_due,
            printed: &printed,
            expects_failure: expects_failure(step, &self.state.part_commands()),
            next: next.as_deref(),
            unexplained: unexplained.as_ref(),
            unmet: check.map(|check| (&check.claim, findings.as_slice())),
            ..ReplyFacts::default()
        };
        let is_silent = decide_reply(last, &facts) == Reply::Nothing;
        assert!(!is_silent || (!is_due && unexplained.is_none()), "no reply to {line}: {}", self.told());
    }

    /// Types a command of `step` as the lesson shows it, with its expected effect.
    fn types_right(&mut self, step: usize, id: CommandId, answers: bool) {
        let (text, status, output) = self.printed(step, id);
        self.world.insert((step, id));
        self.types(&text, status, &output, answers);
    }

    fn chooses(&mut self, choice: Choice, answers: bool) -> bool {
        self.story.push(format!("{choice:?}"));
        match self.state.choose(choice) {
            ChoiceResult::Go(next) => {
                self.perform(next, answers);
                true
            }
            ChoiceResult::NotYet | ChoiceResult::NoStep => false,
        }
    }

    /// Performs a random action.
    fn acts(&mut self, random: &mut fastrand::Rng) {
        let (at, answers) = (self.at(), random.u8(..4) > 0);
        let commands = self.commands(at);
        match random.u8(..16) {
            0..4 => {
                if let Some(id) = self.state.commands_to_type(false).first().copied() {
                    self.types_right(at, id, answers);
                }
            }
            4 => {
                if let Some(id) = random.choice(&commands) {
                    self.types_right(at, *id, answers);
                }
            }
            5 => {
                let other = random.usize(..self.lesson.steps.len());
                if let Some(id) = random.choice(self.commands(other)) {
                    self.types_right(other, id, answers);
                }
            }
            6 | 7 => {
                if let Some(id) = random.choice(&commands) {
                    let (text, ..) = self.printed(at, *id);
                    let mut words: Vec<&str> = text.split(' ').collect();
                    let which = random.usize(..words.len());
                    if random.bool() {
                        words[which] = "salah";
                    } else {
                        words.remove(which);
                    }
                    self.types_other(&words.join(" "), random.choice([0, 1, 125, 130, 148]).unwrap(), answers);
                }
            }
            8 => self.types_other(LOOKS[random.usize(..LOOKS.len())], 0, answers),
            // The learner or another program removes the effects of some commands.
            9 => {
                self.story.push("removed".to_owned());
                self.world.retain(|_| random.bool());
            }
            10 => {
                let claims = self.state.current_claims();
                if let Evaluation::Passed { next, .. } = self.state.evaluate(None, &self.looks(&claims)) {
                    self.perform(next, answers);
                }
            }
            11 => {
                let is_over = self.state.is_step_over();
                let hint = self.state.next_hint();
                let has_hint = hint != HintResult::Nothing;
                assert!(!is_over || !has_hint, "a hint where nothing is to be done: {}", self.told());
            }
            12 => drop(self.chooses(Choice::Next, answers)),
            13 => {
                // The tutor command `lewati` runs the remaining commands of the step.
                for id in self.state.commands_to_type(true) {
                    self.world.insert((at, id));
                }
                self.chooses(Choice::Skipped, answers);
                let is_done = self.state.is_step_over();
                assert!(is_done, "a skipped step is not over: {}", self.told());
            }
            14 => drop(self.chooses(Choice::Again, answers)),
            _ => {
                let steps = self.lesson.steps.len();
                let choice = [Choice::Back, Choice::Goto(random.usize(..=steps)), Choice::Reset];
                self.chooses(choice[random.usize(..3)], answers);
            }
        }
    }

    /// Types the right commands of this step and of all later steps. Asserts that the lesson then ends.
    fn finishes(&mut self) {
        for _ in 0..=self.lesson.steps.len() {
            if self.state.is_finished() {
                return;
            }
            let at = self.at();
            for id in self.commands(at) {
                self.answers();
                self.types_right(at, id, true);
            }
            self.answers();
            assert!(
                self.state.is_step_over() || self.has_only_claims(),
                "the right commands do not pass: {}",
                self.told()
            );
            let goes = self.chooses(Choice::Next, true);
            assert!(goes, "no way on: {}", self.told());
        }
        assert!(self.state.is_finished(), "the lesson does not end: {}", self.told());
    }

    /// Whether the step has no commands to type.
    fn has_only_claims(&self) -> bool {
        self.commands(self.at()).is_empty()
    }

    /// Answers all quizzes of the step, even those that the learner has left.
    fn answers(&mut self) {
        for block in self.state.quizzes() {
            let next = self.state.quiz_answered(block);
            self.perform(next, true);
        }
    }

    fn results(&self) -> Vec<Option<StepResult>> {
        (0..self.lesson.steps.len()).map(|step| self.state.step_result(step)).collect()
    }

    fn told(&self) -> String {
        format!("{} at step {}:\n  {}", self.lesson.id, self.at(), self.story.join("\n  "))
    }
}

#[test]
fn learner_can_finish_every_built_in_lesson_after_random_actions() {
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let collection = read_collection(&[lessons]).unwrap();
    let mut count = 0;
    for file in &collection.courses[0].lessons {
        let lesson = parsed(file.source.name(), &file.id.0, file.source.text());
        let abilities = ["private", "two-engines"].map(str::to_owned).to_vec();
        let plans = [20, 29].map(|cli_major| {
            plan(&lesson, &Conditions { cli_major, family: EngineFamily::Docker, abilities: abilities.clone() })
        });
        for seed in 0..LEARNERS {
            let mut random = fastrand::Rng::with_seed(seed);
            let mut learner = Learner::new(&lesson, &plans[usize::from(random.bool())]);
            for _ in 0..random.usize(..ACTIONS) {
                if learner.state.is_finished() {
                    break;
                }
                let before = learner.results();
                learner.acts(&mut random);
                let is_kept = learner.results().iter().zip(&before).all(|(now, before)| now >= before);
                assert!(is_kept, "a result is lost: {}", learner.told());
            }
            learner.finishes();
        }
        count += 1;
    }
    assert!(count >= 13, "{count}");
}
