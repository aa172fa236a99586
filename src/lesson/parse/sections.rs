//! Turns headings and fences into steps.

use super::Setting;
use super::attrs::{self, FenceKind};
use super::diagnostics::Diagnostics;
use super::document::{DocumentPart, Heading};
use super::fence::{Fence, FenceLine};
use super::{check, codes, file, quiz, transcript};
use crate::lesson::model::Ids;
use crate::lesson::{Block, OPENING, Step, StepId};
use crate::text::Span;

/// The parts of a lesson.
#[derive(Debug, Default)]
pub(super) struct Sections {
    /// The text of the first heading.
    pub(super) title: Option<String>,
    pub(super) steps: Vec<Step>,
    pub(super) teacher: Vec<Span>,
    pub(super) opening: Span,
    pub(super) page_only: Vec<Span>,
    /// The span of every fence in the lesson format.
    pub(super) fences: Vec<Span>,
}

/// A section that is not complete yet.
struct Section {
    heading: Option<Heading>,
    start: usize,
    blocks: Vec<(Span, Option<Block>)>,
}

/// Divides the document into sections. The body of the lesson begins at byte `begin`.
pub(super) fn read(
    pieces: Vec<DocumentPart<'_>>,
    begin: usize,
    setting: Setting,
    found: &mut Diagnostics<'_>,
) -> Sections {
    let mut sections = Sections::default();
    let mut ids = Ids::default();
    let mut first_heading = None;
    // The span of the mark that began the current page-only prose.
    let mut page: Option<Span> = None;
    let mut section = Section { heading: None, start: begin, blocks: Vec::new() };
    for piece in pieces {
        match piece {
            DocumentPart::Heading(heading) => {
                if sections.title.is_none() && !heading.title.trim().is_empty() {
                    sections.title = Some(heading.title.trim().to_owned());
                    first_heading = Some(heading.span);
                }
                if heading.level == 2 {
                    if let Some(mark) = page.take() {
                        found.report(codes::PAGE_MARK, mark);
                    }
                    let start = heading.span.start;
                    let next = Section { heading: Some(heading), start, blocks: Vec::new() };
                    let full = std::mem::replace(&mut section, next);
                    sections.close(full, start, first_heading, &mut ids, found);
                }
            }
            DocumentPart::Fence(fence) => {
                let runs = !section.heading.as_ref().is_some_and(|heading| heading.teacher);
                if let Some(block) = block(&fence, setting, found) {
                    if page.is_some() {
                        found.report(codes::PAGE_FENCE, fence.info);
                    }
                    sections.fences.push(fence.span);
                    if runs {
                        section.blocks.push((fence.span, block));
                    }
                }
            }
            DocumentPart::PageMark { begins: true, span } if page.is_none() => page = Some(span),
            DocumentPart::PageMark { begins: false, span } if page.is_some() => {
                sections.page_only.extend(page.take().map(|mark| mark.to(span)));
            }
            DocumentPart::PageMark { span, .. } => {
                found.report(codes::PAGE_MARK, span);
            }
        }
    }
    if let Some(mark) = page {
        found.report(codes::PAGE_MARK, mark);
    }
    let end = found.source().text().len();
    sections.close(section, end, first_heading, &mut ids, found);
    sections
}

/// Reads one fence. Returns `None` if the fence is not in the lesson format, and `Some(None)` for an invalid fence in
/// the lesson format.
#[expect(clippy::option_option, reason = "not ours, ours but broken, ours")]
fn block(fence: &Fence<'_>, setting: Setting, found: &mut Diagnostics<'_>) -> Option<Option<Block>> {
    let info = attrs::read(fence, setting, found);
    if info.kind == FenceKind::Other {
        return None;
    }
    if left_open(fence) {
        found.report(codes::FENCE_OPEN, fence.marker.to(Span::new(fence.marker.start, fence.info.end)));
        return Some(None);
    }
    Some(match info.kind {
        FenceKind::Transcript => Some(Block::Transcript(transcript::read(fence, &info, found))),
        FenceKind::File => file::read(fence, info, found).map(Block::File),
        FenceKind::Check => check::read(fence, &info, found).map(Block::Check),
        FenceKind::Quiz => quiz::read(fence, found).map(Block::Quiz),
        FenceKind::Other => None,
    })
}

/// Whether the author forgot the end of a fence: the fence has no end, or contains the next fence of the lesson format.
fn left_open(fence: &Fence<'_>) -> bool {
    let opens = |line: &FenceLine<'_>| {
        OPENING_LINE.captures(&line.text).is_some_and(|found| found[1].len() >= fence.marker.len())
    };
    !fence.closed || fence.lines.iter().any(opens)
}

static_patterns! {
    /// Matches the first line of a fence of the lesson format.
    static OPENING_LINE = r"^\s*(`+|~+)(?:console|check|quiz)(?:[, ]|$)";
}

impl Sections {
    fn close(
        &mut self,
        section: Section,
        end: usize,
        first_heading: Option<Span>,
        ids: &mut Ids,
        found: &mut Diagnostics<'_>,
    ) {
        let span = Span::new(section.start, end);
        let is_notes = section.heading.as_ref().is_some_and(|heading| heading.notes);
        let (id, id_written, title, heading) = match section.heading {
            None => {
                self.opening = span;
                if section.blocks.iter().all(|(_, block)| block.is_none()) {
                    return;
                }
                let heading = first_heading.filter(|heading| heading.end <= end);
                let heading = heading.unwrap_or(Span::new(section.start, section.start));
                ids.write(OPENING);
                (OPENING.to_owned(), true, self.title.clone().unwrap_or_default(), heading)
            }
            Some(heading) if heading.teacher => {
                self.teacher.push(span);
                return;
            }
            Some(heading) => {
                let title = heading.title.trim().to_owned();
                let written = heading.id.is_some();
                let id = match heading.id {
                    Some(id) => {
                        let code = if good_id(&id) { codes::STEP_TWICE } else { codes::STEP_ID };
                        if !ids.write(&id) || code == codes::STEP_ID {
                            found.report(code, id_place(&id, heading.span, found)).with("name", id.clone());
                        }
                        id
                    }
                    None => ids.make(heading.printed.trim(), &format!("step-{}", self.steps.len() + 1)),
                };
                (id, written, title, heading.span)
            }
        };
        let before = found.source().slice(Span::new(span.start, heading.start));
        let start = if before.trim().is_empty() { heading.end } else { span.start };
        if is_notes && let Some((fence, _)) = section.blocks.first() {
            found.report(codes::NOTES_FENCE, *fence);
        }
        let blocks = with_prose(section.blocks, start, span.end, found);
        self.steps.push(Step { id: StepId(id), id_written, title, heading, span, blocks, is_notes });
    }
}

/// Returns the blocks of a section, with the prose between the fences.
fn with_prose(blocks: Vec<(Span, Option<Block>)>, start: usize, end: usize, found: &Diagnostics<'_>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len() * 2);
    let mut at = start;
    let prose = |from: usize, to: usize| {
        let span = found.source().fit(Span::new(from, to.max(from)));
        let blank = found.source().slice(span).chars().all(|c| c.is_whitespace() || c == '>');
        (!blank).then_some(Block::Prose(span))
    };
    for (span, block) in blocks {
        out.extend(prose(at, span.start));
        at = span.end.max(at);
        out.extend(block);
    }
    out.extend(prose(at, end));
    out
}

fn good_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 80 && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// Returns the span of `{#id}` in a heading.
fn id_place(id: &str, heading: Span, found: &Diagnostics<'_>) -> Span {
    let written = format!("#{id}");
    let at = found.source().slice(heading).rfind(&written).map(|at| heading.start + at);
    at.map_or(heading, |at| Span::new(at, at + written.len()))
}
