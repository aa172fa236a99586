//! Checks that a complete `solution` fence follows each `blank` fence.

use super::codes;
use super::diagnostics::Diagnostics;
use super::transcript::GAP;
use super::variants::is_variant;
use crate::lesson::{Block, Command, Step, Transcript};

/// The maximum number of variants of a solution that are compared with a `blank` fence.
const MOST_VARIANTS: usize = 16;

/// Compares every `blank` fence with the `solution` fences after it.
pub(super) fn check(steps: &[Step], found: &mut Diagnostics<'_>) {
    for step in steps {
        let fences: Vec<&Block> = step.blocks.iter().filter(|block| !matches!(block, Block::Prose(_))).collect();
        let mut rest = fences.as_slice();
        while !rest.is_empty() {
            let blanks = blanks(rest);
            let (mine, after) = rest.split_at(blanks.max(1));
            rest = after;
            if blanks == 0 {
                continue;
            }
            let solutions: Vec<&Block> = after
                .iter()
                .copied()
                .take_while(|block| block.attrs().is_some_and(|attrs| attrs.solution))
                .take(MOST_VARIANTS)
                .collect();
            for blank in mine {
                hold(blank, &solutions, found);
            }
        }
    }
}

/// Counts the `blank` fences at the beginning of `fences`: one fence, or all variants of one fence.
fn blanks(fences: &[&Block]) -> usize {
    let blank = |block: &&&Block| block.attrs().is_some_and(|attrs| attrs.blank);
    let variant = |block: &&&Block| block.attrs().is_some_and(is_variant);
    match fences.iter().take_while(|block| blank(block) && variant(block)).count() {
        0 => fences.iter().take(1).filter(blank).count(),
        variants => variants,
    }
}

fn hold(blank: &Block, solutions: &[&Block], found: &mut Diagnostics<'_>) {
    let same_kind = |solution: &&&Block| match (blank, solution) {
        (Block::Transcript(_), Block::Transcript(_)) => true,
        (Block::File(blank), Block::File(solution)) => blank.path.value == solution.path.value,
        _ => false,
    };
    let Some(first) = solutions.iter().find(same_kind) else {
        found.report(codes::BLANK_WITHOUT_SOLUTION, found.source().first_line_of(blank.span()));
        return;
    };
    let fills = solutions.iter().any(|solution| match (blank, solution) {
        (Block::Transcript(blank), Block::Transcript(solution)) => fills(blank, solution),
        (Block::File(blank), Block::File(solution)) => fits(&blank.content, &solution.content),
        _ => false,
    });
    if !fills {
        found.report(codes::SOLUTION_DIFFERS, found.source().first_line_of(first.span()));
    }
}

/// Whether `solution` has the commands of `blank`, with text instead of each gap. Returns `true` without a comparison
/// if one of the fences has no commands.
fn fills(blank: &Transcript, solution: &Transcript) -> bool {
    let fits = |(blank, solution): (&Command, &Command)| fits(&blank.text, &solution.text);
    blank.commands.is_empty()
        || solution.commands.is_empty()
        || (blank.commands.len() == solution.commands.len() && blank.commands.iter().zip(&solution.commands).all(fits))
}

/// Whether `whole` is `blank` with text instead of each gap.
fn fits(blank: &str, whole: &str) -> bool {
    let mut parts = blank.split(GAP).map(|part| part.trim_matches('_'));
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = whole.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solution_fits_a_blank_if_only_the_gaps_differ() {
        assert!(fits("docker ____", "docker ps"));
        assert!(fits("docker ____ -a ____", "docker ps -a --no-trunc"));
        assert!(fits("docker ______ x", "docker pull x"));
        assert!(!fits("docker ____ -a", "docker ps"));
        assert!(!fits("docker ____", "podman ps"));
        assert!(!fits("docker ps", "docker ps -a"));
    }
}
