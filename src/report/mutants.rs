//! Describes mutants, which are changed commands, and the failures that they cause.

use crate::event::{Breakage, BrokenPart, LessonRef, Mutant, MutantOutcome, MutantTally};
use crate::report::claim::describe;
use crate::report::difference::explain;
use crate::words::Words;

/// Returns the text that is typed instead of the command, and the kind of change.
pub(super) fn mutant_text(mutant: &Mutant, words: &Words) -> String {
    let change = words.say(&format!("mutant-{}", mutant.change.name()), &[]);
    match &mutant.typed {
        Some(typed) => format!("{typed} ({change})"),
        None => change,
    }
}

/// Describes the part of a lesson that fails.
pub(super) fn part_text(part: &BrokenPart, words: &Words) -> String {
    match part {
        BrokenPart::Command(command) => command.clone(),
        BrokenPart::Claim(claim) => describe(claim, words),
        BrokenPart::Step => String::new(),
    }
}

/// Describes the failure that a mutant causes later in the lesson, because the tutor accepts the mutant.
pub(super) fn survival_text(lesson: &LessonRef, breakage: &Breakage, words: &Words) -> String {
    let line = lesson.position(breakage.span).line.to_string();
    let part = part_text(&breakage.part, words);
    let part = part.lines().next().unwrap_or_default();
    let args = [("line", line.as_str()), ("part", part), ("step", breakage.step.0.as_str())];
    let said = words.say("mutant-breaks", &args);
    // Removes the lines of advice, because they are for a wrong lesson, and this lesson is right.
    let why = explain(&breakage.verdict, words);
    let why: Vec<&str> = why.lines().filter(|line| !line.starts_with('→')).collect();
    format!("{said}\n{}", why.join("\n"))
}

/// Returns the result of a mutant, in a word or two.
pub(super) fn outcome_text(outcome: &MutantOutcome, words: &Words) -> String {
    words.say(&format!("mutant-is-{}", outcome.name()), &[])
}

/// Returns the number of mutants for each outcome. Leaves out zeros, except for survived mutants.
pub(super) fn counts(tally: &MutantTally, words: &Words) -> String {
    let all = words.count("mutant-count", tally.all(), &[]);
    let parts = [
        ("mutant-caught", tally.caught),
        ("mutant-survived", tally.survived),
        ("mutant-printed-other", tally.printed_other),
        ("mutant-equivalent", tally.equivalent),
        ("mutant-unknown", tally.unknown),
    ];
    let parts = parts.into_iter().filter(|&(key, count)| count > 0 || key == "mutant-survived");
    let parts: Vec<String> = parts.map(|(key, count)| words.count(key, count, &[])).collect();
    format!("{all}: {}", parts.join(", "))
}
