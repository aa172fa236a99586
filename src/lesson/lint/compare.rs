//! Compares a translation with its source. Only the prose may differ.

use super::rules::title_place;
use super::{Findings, carry, codes, has_errors};
use crate::lesson::codes::LintCode;
use crate::lesson::{
    Block, Check, Claim, FactQuestion, FileBlock, FrontMatter, Lesson, LessonFile, Quiz, QuizAnswer, Spanned, Step,
    Transcript,
};
use crate::text::Span;

/// Compares the translation `file` with its source.
pub(super) fn check(file: &LessonFile, source: &LessonFile, found: &mut Findings<'_>) {
    // Errors in one of the two lessons may cause differences, so lessons with errors are not compared.
    if has_errors(file) || has_errors(source) {
        return;
    }
    front(file, source, found);
    steps(file, source, found);
}

fn front(file: &LessonFile, source: &LessonFile, found: &mut Findings<'_>) {
    let (ours, theirs) = (&file.lesson.front, &source.lesson.front);
    let values = |list: &[Spanned<String>]| list.iter().map(|item| item.value.clone()).collect::<Vec<_>>().join(", ");
    let lists = [
        ("requires", &ours.requires, &theirs.requires),
        ("images", &ours.images, &theirs.images),
        ("have", &ours.have, &theirs.have),
        ("needs", &ours.needs, &theirs.needs),
    ];
    let size = |front: &FrontMatter| front.size.map_or(String::new(), |(columns, rows)| format!("{columns}x{rows}"));
    let minutes = |front: &FrontMatter| front.minutes.as_ref().map_or(String::new(), |m| m.value.to_string());
    let mut keys: Vec<(&str, String, String, Option<Span>)> = lists
        .into_iter()
        .map(|(key, here, there)| {
            let place = here.first().zip(here.last()).map(|(first, last)| first.span.to(last.span));
            (key, values(here), values(there), place)
        })
        .collect();
    keys.push(("minutes", minutes(ours), minutes(theirs), ours.minutes.as_ref().map(|minutes| minutes.span)));
    keys.push(("size", size(ours), size(theirs), None));
    for (key, here, there, place) in keys.into_iter().filter(|(_, here, there, _)| here != there) {
        let place = place.unwrap_or_else(|| title_place(&file.lesson));
        let edits = carry::front_key(&file.lesson, &source.lesson, key);
        let diagnostic = codes::FRONT_DIFFERS.at(place).with("key", key).with("here", dash(here));
        found.push_with(diagnostic.with("there", dash(there)), edits);
    }
    if ours.objectives.len() != theirs.objectives.len() {
        let place = ours.objectives.last().map_or_else(|| title_place(&file.lesson), |last| last.span);
        let (here, there) = (ours.objectives.len().to_string(), theirs.objectives.len().to_string());
        found.push(codes::FRONT_DIFFERS.at(place).with("key", "objectives").with("here", here).with("there", there));
    }
}

fn dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

fn steps(file: &LessonFile, source: &LessonFile, found: &mut Findings<'_>) {
    let (ours, theirs) = (&file.lesson.steps, &source.lesson.steps);
    let by_id = ours.iter().chain(theirs).all(|step| step.id_written || step.id.is_opening());
    if !by_id {
        // Ids that are made from titles differ between languages; the lint `STEP_ID_NOT_WRITTEN` reports them.
        if ours.len() == theirs.len() {
            for (step, other) in ours.iter().zip(theirs) {
                blocks(file, step, source, other, found);
            }
        }
        return;
    }
    let mut before: Option<&Step> = None;
    for other in theirs {
        if let Some(step) = ours.iter().find(|step| step.id == other.id) {
            blocks(file, step, source, other, found);
            before = Some(step);
        } else {
            let place = before.map_or_else(|| title_place(&file.lesson), |step| step.heading);
            found.push(codes::STEP_MISSING.at(place).with("step", &other.id.0).with("title", &other.title));
        }
    }
    for step in ours.iter().filter(|step| theirs.iter().all(|other| other.id != step.id)) {
        found.push(codes::STEP_EXTRA.at(step.heading).with("step", &step.id.0));
    }
    let common = |steps: &'_ [Step], others: &[Step]| -> Vec<usize> {
        (0..steps.len()).filter(|&at| others.iter().any(|other| other.id == steps[at].id)).collect()
    };
    let order = common(ours, theirs).into_iter().zip(common(theirs, ours));
    if let Some((at, wanted)) = order.into_iter().find(|&(at, wanted)| ours[at].id != theirs[wanted].id) {
        let diagnostic = codes::STEP_ORDER.at(ours[at].heading).with("step", &ours[at].id.0);
        found.push(diagnostic.with("wanted", &theirs[wanted].id.0));
    }
}

fn blocks(file: &LessonFile, step: &Step, source: &LessonFile, other: &Step, found: &mut Findings<'_>) {
    let ours: Vec<&Block> = step.blocks.iter().filter(|block| kind(block).is_some()).collect();
    let theirs: Vec<&Block> = other.blocks.iter().filter(|block| kind(block).is_some()).collect();
    // The block or heading after which the next missing block belongs.
    let mut after = (!step.heading.is_empty()).then_some(step.heading);
    for pair in align(&ours, &theirs) {
        match pair {
            (Some(at), Some(wanted)) => {
                pair_of(&file.lesson, ours[at], &source.lesson, theirs[wanted], found);
                after = Some(ours[at].span());
            }
            (None, Some(wanted)) => {
                let block = theirs[wanted];
                let place = after.map_or_else(|| title_place(&file.lesson), |after| last_line(&file.lesson, after));
                let edits = after.and_then(|after| carry::insert(&file.lesson, after, &source.lesson, block));
                let line = source.source.position(block.span().start).line.to_string();
                let diagnostic = codes::BLOCK_MISSING.at(place).with("step", &step.id.0);
                let diagnostic = diagnostic.with("kind", kind(block).unwrap_or_default()).with("line", line);
                found.push_with(diagnostic.with("path", source.path.display().to_string()), edits);
            }
            (Some(at), None) => {
                let diagnostic = codes::BLOCK_EXTRA.at(file.source.first_line_of(ours[at].span()));
                found.push(diagnostic.with("kind", kind(ours[at]).unwrap_or_default()).with("step", &step.id.0));
                after = Some(ours[at].span());
            }
            (None, None) => {}
        }
    }
}

/// Pairs the blocks of two steps in order. If the kinds of the blocks differ, finds the pairs with the highest total
/// likeness.
fn align(ours: &[&Block], theirs: &[&Block]) -> Vec<(Option<usize>, Option<usize>)> {
    if ours.iter().map(|block| kind(block)).eq(theirs.iter().map(|block| kind(block))) {
        return (0..ours.len()).map(|at| (Some(at), Some(at))).collect();
    }
    let (n, m) = (ours.len(), theirs.len());
    let mut best = vec![vec![0_u32; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let both = likeness(ours[i], theirs[j]).map_or(0, |likeness| likeness + best[i + 1][j + 1]);
            best[i][j] = both.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < n || j < m {
        let both = if i < n && j < m { likeness(ours[i], theirs[j]) } else { None };
        if both.is_some_and(|likeness| likeness + best[i + 1][j + 1] == best[i][j]) {
            pairs.push((Some(i), Some(j)));
            (i, j) = (i + 1, j + 1);
        } else if j < m && (i == n || best[i][j + 1] == best[i][j]) {
            pairs.push((None, Some(j)));
            j += 1;
        } else {
            pairs.push((Some(i), None));
            i += 1;
        }
    }
    pairs
}

/// Returns 3 if two blocks have the same commands, path, subject or answer; otherwise returns 1. Returns `None` if the
/// kinds of the blocks differ.
fn likeness(ours: &Block, theirs: &Block) -> Option<u32> {
    let same = match (ours, theirs) {
        (Block::Transcript(ours), Block::Transcript(theirs)) => commands(ours) == commands(theirs),
        (Block::File(ours), Block::File(theirs)) => ours.path.value == theirs.path.value,
        (Block::Check(ours), Block::Check(theirs)) => ours.claim.subject == theirs.claim.subject,
        (Block::Quiz(ours), Block::Quiz(theirs)) => same_answer(ours, theirs),
        _ => return None,
    };
    Some(if same { 3 } else { 1 })
}

fn pair_of(lesson: &Lesson, ours: &Block, source: &Lesson, theirs: &Block, found: &mut Findings<'_>) {
    let difference = match (ours, theirs) {
        (Block::Transcript(ours), Block::Transcript(theirs)) => transcripts(lesson, ours, theirs),
        (Block::File(ours), Block::File(theirs)) => files(ours, theirs),
        (Block::Check(ours), Block::Check(theirs)) => checks(ours, theirs),
        (Block::Quiz(ours), Block::Quiz(theirs)) => {
            (!same_answer(ours, theirs)).then_some((codes::QUIZ_DIFFERS, ours.ask.span))
        }
        _ => None,
    };
    let Some((code, place)) = difference else { return };
    let edits = match (ours, theirs) {
        (Block::Quiz(_), _) => None,
        (Block::Check(ours), Block::Check(theirs)) => carry::check(lesson, ours, source, theirs),
        _ => carry::replace(lesson, ours.span(), source, theirs.span()),
    };
    let place = if place.is_empty() { lesson.source.first_line_of(ours.span()) } else { place };
    let line = source.source.position(theirs.span().start).line.to_string();
    let diagnostic = code.at(place).with("path", source.source.name());
    found.push_with(diagnostic.with("line", line), edits);
}

/// Returns the code and the span of the first difference. An empty span means the fence's first line.
fn transcripts(lesson: &Lesson, ours: &Transcript, theirs: &Transcript) -> Option<(LintCode, Span)> {
    if ours.attrs != theirs.attrs {
        return Some((codes::ATTRS_DIFFER, Span::default()));
    }
    for (command, other) in ours.commands.iter().zip(&theirs.commands) {
        if command.text != other.text || command.prompt != other.prompt {
            return Some((codes::COMMANDS_DIFFER, command.span));
        }
        let lines = command.expected.iter().zip(&other.expected);
        if let Some((line, _)) =
            lines.into_iter().find(|(line, other)| line.text != other.text || line.kind != other.kind)
        {
            return Some((codes::OUTPUT_DIFFERS, line.span));
        }
        if command.expected.len() != other.expected.len() {
            let extra = command.expected.get(other.expected.len()).map(|line| line.span);
            return Some((codes::OUTPUT_DIFFERS, extra.unwrap_or(command.span)));
        }
    }
    if ours.commands.len() == theirs.commands.len() {
        return None;
    }
    let extra = ours.commands.get(theirs.commands.len()).or(ours.commands.last());
    Some((codes::COMMANDS_DIFFER, extra.map_or_else(|| lesson.source.first_line_of(ours.span), |command| command.span)))
}

fn files(ours: &FileBlock, theirs: &FileBlock) -> Option<(LintCode, Span)> {
    if ours.path.value != theirs.path.value {
        return Some((codes::FILE_DIFFERS, ours.path.span));
    }
    if ours.attrs != theirs.attrs || ours.language != theirs.language {
        return Some((codes::ATTRS_DIFFER, Span::default()));
    }
    (ours.content != theirs.content).then_some((codes::FILE_DIFFERS, Span::default()))
}

fn checks(ours: &Check, theirs: &Check) -> Option<(LintCode, Span)> {
    if ours.attrs != theirs.attrs {
        return Some((codes::ATTRS_DIFFER, Span::default()));
    }
    let mistakes = ours.mistakes.len() == theirs.mistakes.len()
        && ours.mistakes.iter().zip(&theirs.mistakes).all(|(ours, theirs)| same_claim(&ours.when, &theirs.when));
    let same = same_claim(&ours.claim, &theirs.claim)
        && (ours.within, ours.stays, ours.already) == (theirs.within, theirs.stays, theirs.already)
        && mistakes;
    (!same).then_some((codes::CLAIM_DIFFERS, ours.claim.span))
}

fn same_claim(ours: &Claim, theirs: &Claim) -> bool {
    ours.subject == theirs.subject
        && ours.on == theirs.on
        && ours.absent == theirs.absent
        && ours.asks.len() == theirs.asks.len()
        && ours.asks.iter().zip(&theirs.asks).all(|(ours, theirs)| ours.key == theirs.key && ours.op == theirs.op)
}

/// Whether two quizzes have the same answer: the same right options, the same number of items, or the same fact.
fn same_answer(ours: &Quiz, theirs: &Quiz) -> bool {
    match (&ours.answer, &theirs.answer) {
        (QuizAnswer::Options(ours), QuizAnswer::Options(theirs)) => {
            ours.iter().map(|option| option.right).eq(theirs.iter().map(|option| option.right))
        }
        (QuizAnswer::Order(ours), QuizAnswer::Order(theirs)) => ours.len() == theirs.len(),
        (QuizAnswer::Match(ours), QuizAnswer::Match(theirs)) => ours.len() == theirs.len(),
        (QuizAnswer::Fact(ours), QuizAnswer::Fact(theirs)) => same_fact(ours, theirs),
        _ => false,
    }
}

fn same_fact(ours: &FactQuestion, theirs: &FactQuestion) -> bool {
    ours.subject == theirs.subject && ours.path == theirs.path && ours.compare == theirs.compare
}

fn commands(transcript: &Transcript) -> Vec<&str> {
    transcript.commands.iter().map(|command| command.text.as_str()).collect()
}

/// Returns the name of a block's kind in messages; `None` for prose.
fn kind(block: &Block) -> Option<&'static str> {
    match block {
        Block::Prose(_) => None,
        Block::Transcript(_) => Some("console"),
        Block::File(_) => Some("file"),
        Block::Check(_) => Some("check"),
        Block::Quiz(_) => Some("quiz"),
    }
}

fn last_line(lesson: &Lesson, span: Span) -> Span {
    let end = span.start + lesson.source.slice(span).trim_end().len();
    Span::new(lesson.source.line_start(end).max(span.start), end)
}
