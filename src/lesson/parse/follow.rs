//! Rules between fences: a `blank` and its `solution`, groups of variants.

use super::codes;
use super::found::Found;
use super::transcript::GAP;
use crate::lesson::{Attrs, Block, Command, FileBlock, Step, Transcript};
use crate::text::{Source, Span};

/// Puts adjacent variants into groups.
pub(super) fn group_variants(steps: &mut [Step], found: &mut Found<'_>) {
    let mut next = 0;
    for step in steps {
        let mut before: Option<(Span, Kind, usize)> = None;
        let mut members: Vec<Attrs> = Vec::new();
        for block in &mut step.blocks {
            let Block::Transcript(transcript) = block else {
                if !matches!(block, Block::Prose(_)) {
                    before = None;
                }
                continue;
            };
            if !is_variant(&transcript.attrs) {
                before = None;
                continue;
            }
            let kind = Kind::of(&transcript.attrs);
            let group = match before {
                Some((span, other, group)) if other == kind && adjacent(found.source(), span, transcript.span) => group,
                _ => {
                    members.clear();
                    next += 1;
                    next - 1
                }
            };
            if members.iter().any(|other| overlap(other, &transcript.attrs)) {
                found.error(codes::VARIANTS_OVERLAP, opening(found.source(), transcript.span));
            }
            members.push(transcript.attrs.clone());
            transcript.variant_group = Some(group);
            before = Some((transcript.span, kind, group));
        }
    }
}

/// What fences of one group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    hidden: bool,
    solution: bool,
    blank: bool,
}

impl Kind {
    const fn of(attrs: &Attrs) -> Self {
        Self { hidden: attrs.hidden, solution: attrs.solution, blank: attrs.blank }
    }
}

const fn is_variant(attrs: &Attrs) -> bool {
    attrs.since.is_some() || attrs.until.is_some() || attrs.engine.is_some()
}

/// Whether only white space (and quote marks) stands between two fences.
fn adjacent(source: &Source, before: Span, after: Span) -> bool {
    let between = source.slice(Span::new(before.end, after.start));
    between.chars().all(|c| c.is_whitespace() || c == '>')
}

/// Whether an engine can be meant by both.
fn overlap(one: &Attrs, other: &Attrs) -> bool {
    let low = |attrs: &Attrs| attrs.since.unwrap_or(0);
    let high = |attrs: &Attrs| attrs.until.unwrap_or(u32::MAX);
    let sane = low(one) <= high(one) && low(other) <= high(other);
    sane && one.engine == other.engine && one.needs == other.needs && low(one) <= high(other) && low(other) <= high(one)
}

/// The opening line of a fence.
fn opening(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let line = text.lines().next().unwrap_or_default();
    Span::new(span.start, span.start + line.trim_end().len())
}

/// Holds every `blank` against the fence after it, and every `solution` against the one before.
pub(super) fn blanks(steps: &[Step], found: &mut Found<'_>) {
    for step in steps {
        let fences: Vec<&Block> = step.blocks.iter().filter(|block| !matches!(block, Block::Prose(_))).collect();
        for (at, block) in fences.iter().enumerate() {
            let Some(attrs) = attrs_of(block).filter(|attrs| attrs.blank) else { continue };
            // Variants of a blank stand together, and so do those of a solution.
            let rest = &fences[at + 1..];
            let after =
                rest.iter().position(|block| !attrs_of(block).is_some_and(|attrs| attrs.blank && is_variant(attrs)));
            let solutions: Vec<&&Block> = rest[after.unwrap_or(rest.len())..]
                .iter()
                .take_while(|block| attrs_of(block).is_some_and(|attrs| attrs.solution))
                .collect();
            let _ = attrs;
            let same_kind = solutions.iter().any(|solution| match (block, solution) {
                (Block::Transcript(_), Block::Transcript(_)) => true,
                (Block::File(blank), Block::File(solution)) => blank.path.value == solution.path.value,
                _ => false,
            });
            if !same_kind {
                found.error(codes::BLANK_WITHOUT_SOLUTION, opening(found.source(), span_of(block)));
                continue;
            }
            let fills = solutions.iter().any(|solution| match (block, solution) {
                (Block::Transcript(blank), Block::Transcript(solution)) => fills(blank, solution),
                (Block::File(blank), Block::File(solution)) => file_fills(blank, solution),
                _ => false,
            });
            if !fills {
                let first = solutions.first().map_or_else(|| span_of(block), |solution| span_of(solution));
                found.error(codes::SOLUTION_DIFFERS, opening(found.source(), first));
            }
        }
    }
}

fn attrs_of(block: &Block) -> Option<&Attrs> {
    match block {
        Block::Transcript(transcript) => Some(&transcript.attrs),
        Block::File(file) => Some(&file.attrs),
        _ => None,
    }
}

fn span_of(block: &Block) -> Span {
    match block {
        Block::Prose(span) => *span,
        Block::Transcript(transcript) => transcript.span,
        Block::File(file) => file.span,
        Block::Check(check) => check.span,
        Block::Quiz(quiz) => quiz.span,
    }
}

/// Whether the solution's commands are the blank's with the gaps filled.
fn fills(blank: &Transcript, solution: &Transcript) -> bool {
    let fits = |(blank, solution): (&Command, &Command)| fits(&blank.text, &solution.text);
    blank.commands.is_empty()
        || solution.commands.is_empty()
        || (blank.commands.len() == solution.commands.len() && blank.commands.iter().zip(&solution.commands).all(fits))
}

fn file_fills(blank: &FileBlock, solution: &FileBlock) -> bool {
    fits(&blank.content, &solution.content)
}

/// Whether `whole` is `blank` with something in the place of each gap.
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
    fn a_solution_fills_the_gaps() {
        assert!(fits("docker ____", "docker ps"));
        assert!(fits("docker ____ -a ____", "docker ps -a --no-trunc"));
        assert!(fits("docker ______ x", "docker pull x"));
        assert!(!fits("docker ____ -a", "docker ps"));
        assert!(!fits("docker ____", "podman ps"));
        assert!(!fits("docker ps", "docker ps -a"));
    }
}
