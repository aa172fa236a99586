//! Makes edits that copy fences and front matter from a source into its translation.

use std::ops::Range;

use crate::lesson::{Block, Check, Lesson, Spanned};
use crate::text::{Edit, Span, apply};

/// Makes the edit that replaces the translation's fence at `place` with the source's `fence`.
pub(super) fn replace(ours: &Lesson, place: Span, source: &Lesson, fence: Span) -> Option<Edit> {
    let text = bare_fence(source, fence)?;
    write(ours, place, &text)
}

/// Makes the edit that replaces a `check` fence, like [`replace`], but keeps the translation's hints and texts of
/// mistakes.
pub(super) fn check(ours: &Lesson, check: &Check, source: &Lesson, theirs: &Check) -> Option<Edit> {
    let says = |check: &Check| check.mistakes.iter().map(|mistake| mistake.say.clone()).collect::<Vec<_>>();
    let pairs = [(&check.hints, &theirs.hints), (&says(check), &says(theirs))];
    let mut edits = Vec::new();
    for (here, there) in pairs {
        // If the translation has more texts than the source, the edit would lose some of these texts.
        if here.len() > there.len() {
            return None;
        }
        for (ours_text, their_text) in here.iter().zip(there) {
            edits.push(keep(ours, ours_text, source, their_text, theirs.span)?);
        }
    }
    let fence = source.source.slice(theirs.span);
    let kept = apply(fence, &edits).ok()?;
    let text = without_prefix(&kept, prefix(source, theirs.span)?)?;
    write(ours, check.span, &text)
}

/// Returns the edit that puts the translation's text `here` into the source's fence.
fn keep(ours: &Lesson, here: &Spanned<String>, source: &Lesson, there: &Spanned<String>, fence: Span) -> Option<Edit> {
    let (words, old) = (ours.source.slice(here.span), source.source.slice(there.span));
    if words.contains('\n') || old.contains('\n') || there.span.start < fence.start {
        return None;
    }
    let span = Span::new(there.span.start - fence.start, there.span.end - fence.start);
    Some(Edit { span, text: words.to_owned() })
}

/// Makes the edit that inserts the source's fence `block` after the translation's block or heading `after`.
pub(super) fn insert(ours: &Lesson, after: Span, source: &Lesson, block: &Block) -> Option<Edit> {
    // Readers cannot use a quiz in another language, so a quiz is not copied.
    block.attrs()?;
    let text = bare_fence(source, block.span())?;
    let newline = newline(ours);
    let prefix = prefix(ours, after).filter(|_| ours.source.slice(after).starts_with(['`', '~'])).unwrap_or_default();
    let end = after.start + ours.source.slice(after).trim_end().len();
    let blank = format!("{newline}{}{newline}", prefix.trim_end());
    let text = text.lines().map(|line| with_prefix(prefix, line)).collect::<Vec<_>>().join(newline);
    Some(Edit { span: Span::new(end, end), text: format!("{blank}{text}") })
}

fn write(ours: &Lesson, place: Span, text: &str) -> Option<Edit> {
    let prefix = prefix(ours, place)?;
    let mut lines = text.lines();
    let mut out = lines.next()?.to_owned();
    for line in lines {
        out.push_str(newline(ours));
        out.push_str(&with_prefix(prefix, line));
    }
    let length = ours.source.slice(place).trim_end().len();
    Some(Edit { span: Span::new(place.start, place.start + length), text: out })
}

fn with_prefix(prefix: &str, line: &str) -> String {
    let whole = format!("{prefix}{line}");
    if line.is_empty() { whole.trim_end().to_owned() } else { whole }
}

/// Returns a fence without the prefix of a list or a quote.
fn bare_fence(lesson: &Lesson, fence: Span) -> Option<String> {
    without_prefix(lesson.source.slice(fence), prefix(lesson, fence)?)
}

fn without_prefix(fence: &str, prefix: &str) -> Option<String> {
    let mut lines = Vec::new();
    for (number, line) in fence.trim_end().lines().enumerate() {
        let line = line.trim_end_matches('\r');
        let bare = if number == 0 { Some(line) } else { line.strip_prefix(prefix) };
        lines.push(match bare {
            Some(bare) => bare,
            None if line.trim_end() == prefix.trim_end() => "",
            None => return None,
        });
    }
    Some(lines.join("\n"))
}

/// Returns the text before a block on its first line, if that text has only spaces, tabs and `>`.
fn prefix(lesson: &Lesson, block: Span) -> Option<&str> {
    let prefix = lesson.source.slice(Span::new(lesson.source.line_start(block.start), block.start));
    let prefix = prefix.trim_start_matches('\u{feff}');
    prefix.chars().all(|c| matches!(c, ' ' | '\t' | '>')).then_some(prefix)
}

fn newline(lesson: &Lesson) -> &'static str {
    if lesson.source.text().contains("\r\n") { "\r\n" } else { "\n" }
}

/// Makes the edit that adds `lines` at the end of the front matter. Adds a front matter if the lesson has none.
pub(super) fn front_line(lesson: &Lesson, lines: &str) -> Option<Edit> {
    let newline = newline(lesson);
    let line = lines.trim_end().replace('\n', newline);
    let front = lesson.front.span;
    if front.is_empty() {
        let start = if lesson.source.text().starts_with('\u{feff}') { 3 } else { 0 };
        let text = format!("---{newline}{line}{newline}---{newline}{newline}");
        return Some(Edit { span: Span::new(start, start), text });
    }
    let at = front.start + lesson.source.slice(front).trim_end().rfind("---")?;
    // A first `---` line without a second `---` line is not a front matter.
    (at > front.start).then(|| Edit { span: Span::new(at, at), text: format!("{line}{newline}") })
}

/// Makes the edit that replaces a key of the front matter with `lines`. If the key is missing, the edit inserts `lines`
/// after the key `after`.
pub(super) fn front_entry(ours: &Lesson, key: &str, after: &str, lines: &str) -> Option<Edit> {
    let place = match entry(ours, key) {
        Some(there) => there,
        None if lines.is_empty() => return None,
        None => entry(ours, after).map(|after| after.end..after.end)?,
    };
    Some(Edit { span: place.into(), text: lines.replace('\n', newline(ours)) })
}

/// Makes the edit that copies a key of the front matter from the source. The edit deletes the key if the source does
/// not have it.
pub(super) fn front_key(ours: &Lesson, source: &Lesson, key: &str) -> Option<Edit> {
    let here = entry(ours, key);
    let there = entry(source, key).map(|range| &source.source.text()[range]);
    let newline = newline(ours);
    let text = there.map(|text| text.lines().collect::<Vec<_>>().join(newline));
    match (here, text) {
        (Some(here), Some(text)) => Some(Edit { span: here.into(), text: format!("{text}{newline}") }),
        (Some(here), None) => Some(Edit { span: here.into(), text: String::new() }),
        (None, Some(text)) => match before(ours, source, key) {
            Some(at) => Some(Edit { span: Span::new(at, at), text: format!("{text}{newline}") }),
            None => front_line(ours, &text),
        },
        (None, None) => None,
    }
}

/// Returns the position at which `key` belongs: after the nearest key that precedes `key` in the source.
fn before(ours: &Lesson, source: &Lesson, key: &str) -> Option<usize> {
    let front = source.source.slice(source.front.span);
    let keys = front.lines().map(|line| line.split(':').next().unwrap_or_default());
    let earlier: Vec<&str> =
        keys.take_while(|other| *other != key).filter(|other| other.starts_with(char::is_alphabetic)).collect();
    earlier.into_iter().rev().find_map(|other| entry(ours, other)).map(|lines| lines.end)
}

/// Returns the range of a key's lines in the front matter, with their line ends.
fn entry(lesson: &Lesson, key: &str) -> Option<Range<usize>> {
    let front = lesson.front.span;
    let mut at = front.start;
    let mut range: Option<Range<usize>> = None;
    for line in lesson.source.slice(front).split_inclusive('\n') {
        let begins = line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'));
        let goes_on = line.starts_with([' ', '\t', ']', '}']) || line.starts_with("- ") || line.trim_end() == "-";
        match &mut range {
            None if begins => range = Some(at..at + line.len()),
            Some(range) if goes_on => range.end = at + line.len(),
            Some(_) => return range,
            None => {}
        }
        at += line.len();
    }
    range
}
