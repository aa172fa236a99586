//! Groups variants: adjacent fences with `since`, `until` or `engine`. Only one fence of a group runs.

use super::codes;
use super::diagnostics::Diagnostics;
use crate::lesson::{Attrs, Block, Step};
use crate::text::{Source, Span};

/// Puts adjacent variants into groups.
pub(super) fn group(steps: &mut [Step], found: &mut Diagnostics<'_>) {
    let mut next = 0;
    for step in steps {
        let mut before: Option<(Span, (bool, bool, bool), usize)> = None;
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
            let attrs = &transcript.attrs;
            // The attributes that all fences of one group share.
            let kind = (attrs.hidden, attrs.solution, attrs.blank);
            let group = match before {
                Some((span, other, group)) if other == kind && adjacent(found.source(), span, transcript.span) => group,
                _ => {
                    members.clear();
                    next += 1;
                    next - 1
                }
            };
            if members.iter().rev().take(16).any(|other| overlap(other, &transcript.attrs)) {
                found.report(codes::VARIANTS_OVERLAP, found.source().first_line_of(transcript.span));
            }
            members.push(transcript.attrs.clone());
            transcript.variant_group = Some(group);
            before = Some((transcript.span, kind, group));
        }
    }
}

pub(super) const fn is_variant(attrs: &Attrs) -> bool {
    attrs.since.is_some() || attrs.until.is_some() || attrs.engine.is_some()
}

/// Whether there is only white space, or `>` of a quote, between two fences.
fn adjacent(source: &Source, before: Span, after: Span) -> bool {
    let between = source.slice(Span::new(before.end, after.start));
    between.chars().all(|c| c.is_whitespace() || c == '>')
}

/// Whether an engine can match both fences.
fn overlap(one: &Attrs, other: &Attrs) -> bool {
    let low = |attrs: &Attrs| attrs.since.unwrap_or(0);
    let high = |attrs: &Attrs| attrs.until.unwrap_or(u32::MAX);
    let sane = low(one) <= high(one) && low(other) <= high(other);
    sane && one.engine == other.engine && one.needs == other.needs && low(one) <= high(other) && low(other) <= high(one)
}
