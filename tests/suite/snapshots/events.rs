//! Creates the events of runs for the snapshots of reports.

use std::time::Duration;

use dermaga::claims::{ClaimFailure, Expectation, InfraFailure, InfraFailureKind};
use dermaga::event::{
    Breakage, BrokenPart, Difference, EngineFacts, Event, LessonRef, Mutant, MutantChange, MutantOutcome, MutantTally,
    SkipReason, Summary, Tally, Verdict,
};
use dermaga::lesson::{Block, Check, EngineFamily, Op, StepId, Transcript};
use dermaga::matcher::{Bindings, Options, compare};
use dermaga::text::Span;

use crate::project::parsed;

const TEXT: &str = "# Kapal\n\n## Buat {#buat}\n\n```console\n$ docker run -d --name kapal busybox\n\
    8f14e45fceea167a5a36dedd4bea2543ea4c9d4f4f5d5b2a8b0f1c2d3e4f5a6b\n$ docker ps\nCONTAINER ID   IMAGE     NAMES\n\
    8f14e45fceea   busybox   kapal\n$ docker start kapal\nkapal\n```\n\n```check\ncontainer: kapal\n\
    State.Status: running\n```\n";

/// A lesson with its transcript and its check, from which the events are made.
struct Script {
    lesson: LessonRef,
    transcript: Transcript,
    check: Check,
}

impl Script {
    fn new(name: &str) -> Self {
        let lesson = parsed(&format!("lessons/id/{name}.md"), name, TEXT);
        let blocks = &lesson.steps[0].blocks;
        let (Block::Transcript(transcript), Block::Check(check)) = (&blocks[0], &blocks[1]) else {
            panic!("{blocks:?}")
        };
        let title = format!("Kapal {name}");
        let lesson = LessonRef { id: lesson.id.clone(), title, source: lesson.source.clone() };
        Self { lesson, transcript: transcript.clone(), check: check.clone() }
    }

    fn command(&self, at: usize, output: &[&str], status: Option<i32>, verdict: Verdict) -> [Event; 2] {
        let (lesson, step, command) = (self.lesson.clone(), StepId("buat".into()), &self.transcript.commands[at]);
        let begin = Event::CommandStarted {
            lesson: lesson.clone(),
            step: step.clone(),
            prompt: "$ ".into(),
            command: command.text.clone(),
            span: command.span,
            hidden: false,
        };
        let end = Event::CommandEnded {
            lesson,
            step,
            command: command.text.clone(),
            span: command.span,
            output: output.iter().map(ToString::to_string).collect(),
            status,
            elapsed: Duration::from_millis(1200),
            verdict,
            hidden: false,
        };
        [begin, end]
    }

    fn begin(&self) -> [Event; 2] {
        let (step, title) = (StepId("buat".into()), "Buat".into());
        [Event::LessonStarted(self.lesson.clone()), Event::StepStarted { lesson: self.lesson.clone(), step, title }]
    }

    fn check(&self, verdict: Verdict) -> Event {
        let (lesson, step) = (self.lesson.clone(), StepId("buat".into()));
        Event::CheckEnded { lesson, step, claim: self.check.claim.clone(), span: self.check.span, verdict }
    }

    fn judged(&self, verdict: Verdict) -> Event {
        Event::StepJudged { lesson: self.lesson.clone(), step: StepId("buat".into()), span: Span::new(9, 24), verdict }
    }

    fn end(&self, verdict: Verdict, tally: Tally) -> Event {
        let elapsed = Duration::from_millis(4200);
        Event::LessonEnded { lesson: self.lesson.clone(), verdict, tally, elapsed, updated: false }
    }

    /// Returns the difference between the written output of the command `at` and the lines `found`.
    fn transcript(&self, at: usize, found: &[&str]) -> Difference {
        let expected = &self.transcript.commands[at].expected;
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        let comparison = compare(expected, &found, &mut Bindings::default(), &Options::default());
        let expected = expected.iter().map(|line| line.text.clone()).collect();
        Difference::Transcript { expected, found, comparison, cut: false, kept: None }
    }
}

/// Returns the events of a run with one lesson for each verdict.
pub(super) fn events() -> Vec<Event> {
    let engine = EngineFacts {
        version: "20.10.24+dfsg1".into(),
        api: "1.41".into(),
        family: EngineFamily::Docker,
        cli: "20.10.24+dfsg1".into(),
        private: true,
    };
    let stand_in = Event::StandIn { image: "mongo:4.1".into(), note: "busybox under this name".into() };
    let mut all = vec![Event::RunStarted { lessons: 4 }, Event::EngineReady(engine), stand_in];
    all.extend(met());
    all.extend(differs());
    all.extend(broken());
    let skipped = Script::new("dilewati");
    all.extend(skipped.begin());
    let reason = || Verdict::Skipped(SkipReason::Needs("two-engines".into()));
    all.extend([skipped.judged(reason()), skipped.end(reason(), Tally { skipped: 1, ..Tally::default() })]);
    let tally = Tally { commands: 7, claims: 2, differs: 4, broken: 1, skipped: 3, ..Tally::default() };
    let summary = Summary { met: 1, differs: 1, broken: 1, skipped: 1, tally };
    all.push(Event::RunEnded { summary, elapsed: Duration::from_secs(13) });
    all
}

/// Returns the events of a run of `--mutants` with one changed command for each outcome.
pub(super) fn mutants() -> Vec<Event> {
    let script = Script::new("diubah");
    let command = &script.transcript.commands[0];
    let judged = |change, typed: Option<&str>, outcome| Event::MutantJudged {
        lesson: script.lesson.clone(),
        step: StepId("buat".into()),
        command: command.text.clone(),
        span: command.span,
        mutant: Mutant { change, typed: typed.map(str::to_owned) },
        outcome,
    };
    let rows = ["CONTAINER ID   IMAGE     NAMES", "0cc175b9c0f1   alpine    kapal"];
    let breakage = Breakage {
        step: StepId("buat".into()),
        span: script.transcript.commands[1].span,
        part: BrokenPart::Command(script.transcript.commands[1].text.clone()),
        verdict: Verdict::Differs(vec![script.transcript(1, &rows)]),
    };
    let tally = MutantTally { caught: 1, survived: 1, printed_other: 1, equivalent: 1, unknown: 1 };
    let (lesson, elapsed) = (script.lesson.clone(), Duration::from_secs(61));
    vec![
        Event::RunStarted { lessons: 1 },
        judged(MutantChange::LeftOut, None, MutantOutcome::Caught),
        judged(
            MutantChange::OtherImage,
            Some("docker run -d --name kapal alpine"),
            MutantOutcome::Survived(Box::new(breakage)),
        ),
        judged(MutantChange::InputLeftOut, Some("hostname"), MutantOutcome::PrintedOther),
        judged(MutantChange::OtherCommand, Some("docker create --name kapal busybox"), MutantOutcome::Equivalent),
        judged(MutantChange::OptionDropped, Some("docker run -d busybox"), MutantOutcome::Unknown),
        Event::MutantsEnded { lesson, verdict: Verdict::Met, tally, elapsed },
        Event::MutantRunEnded { tally, elapsed },
    ]
}

fn met() -> Vec<Event> {
    let script = Script::new("lulus");
    let mut all = Vec::from(script.begin());
    let id = "0cc175b9c0f1b6a831c399e269772661deadbeef0cc175b9c0f1b6a831c399e2";
    all.extend(script.command(0, &[id], Some(0), Verdict::Met));
    all.extend([
        script.check(Verdict::Met),
        script.end(Verdict::Met, Tally { commands: 1, claims: 1, ..Tally::default() }),
    ]);
    all
}

fn differs() -> Vec<Event> {
    let script = Script::new("berbeda");
    let mut all = Vec::from(script.begin());
    let taken = "docker: Error response from daemon: Conflict. The container name \"/kapal\" is already in use.";
    let status = Difference::Status { expected: vec![0], found: 125, said: vec![taken.into()] };
    all.extend(script.command(0, &[taken], Some(125), Verdict::Differs(vec![status])));
    let rows = ["CONTAINER ID   IMAGE     NAMES", "0cc175b9c0f1   alpine    perahu"];
    all.extend(script.command(1, &rows, Some(0), Verdict::Differs(vec![script.transcript(1, &rows)])));
    let waits = Difference::Waits { shown: "Password:".into(), like: None, prompt: false };
    all.extend(script.command(2, &["Password:"], None, Verdict::Differs(vec![waits])));
    let finding = ClaimFailure {
        span: script.check.span,
        what: "container kapal · State.Status".into(),
        expected: Expectation::Value(Op::Is("running".into())),
        found: Some("exited".into()),
        look: Some("docker inspect kapal".into()),
    };
    let claim = || Verdict::Differs(vec![Difference::Claim(vec![finding.clone()])]);
    all.extend([
        script.check(claim()),
        script.judged(Verdict::Differs(vec![Difference::CannotFail, Difference::MistakeAlready])),
    ]);
    all.push(script.end(claim(), Tally { commands: 3, claims: 1, differs: 4, ..Tally::default() }));
    all
}

fn broken() -> Vec<Event> {
    let script = Script::new("terhenti");
    let failure = || {
        let detail = "Error response from daemon: toomanyrequests: You have reached your pull rate limit.".into();
        Verdict::Broken(InfraFailure { kind: InfraFailureKind::PullLimit, detail })
    };
    let mut all = Vec::from(script.begin());
    all.extend(script.command(0, &[], Some(1), failure()));
    all.push(script.check(Verdict::Skipped(SkipReason::AfterBroken)));
    all.push(script.end(failure(), Tally { commands: 1, broken: 1, skipped: 1, ..Tally::default() }));
    all
}
