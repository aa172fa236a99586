//! Makes the rows of the menu for a course: groups, titles, progress, minutes.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::ask::MenuRow;
use super::course_list::lessons_in;
use crate::lesson::{CourseFiles, LessonFile};
use crate::progress::{History, Standing, standing};
use crate::transcript::sanitise;
use crate::words::Words;

/// The width of the field with a lesson's minutes, in columns.
const MINUTES: usize = 8;
/// The minimum width of a title beside the field with the minutes, in columns.
const LEAST_TITLE: usize = 24;

/// A course's lessons, and the row of each lesson.
pub(super) struct Rows<'a> {
    pub(super) lessons: Vec<&'a LessonFile>,
    pub(super) list: Vec<MenuRow>,
    /// The index of the lesson in which the learner stopped. If that lesson is done, the index of the next open lesson.
    pub(super) start: usize,
}

/// Describes the learner's progress in a lesson in words.
#[must_use]
pub fn state(standing: &Standing, words: &Words) -> String {
    let (passed, steps) = (standing.passed.to_string(), standing.steps.to_string());
    if standing.is_done() {
        words.say(if standing.helped > 0 { "menu-done-helped" } else { "menu-done" }, &[])
    } else if standing.changed > 0 {
        words.say("menu-changed", &[("passed", &passed), ("steps", &steps)])
    } else if standing.is_begun() {
        words.say("menu-begun", &[("passed", &passed), ("steps", &steps)])
    } else {
        words.say("menu-new", &[])
    }
}

/// Returns the symbol for [`state`]. The menu always shows the words of the state too.
#[must_use]
pub const fn mark(standing: &Standing) -> &'static str {
    if standing.is_done() {
        "✓"
    } else if standing.is_begun() {
        "…"
    } else {
        " "
    }
}

pub(super) fn rows<'a>(course: &'a CourseFiles, history: &History, words: &Words, width: usize) -> Rows<'a> {
    let lang = words.lang().tag();
    let lessons = lessons_in([course], lang);
    let standings: Vec<Standing> = lessons.iter().map(|file| standing(history, &file.lesson)).collect();
    let groups: Vec<String> = lessons.iter().map(|file| group(course, file, lang)).collect();
    let stopped = history.last().map(|(lesson, _)| lesson);
    let here = lessons.iter().position(|file| Some(&file.id) == stopped.as_ref());
    let open = |from: usize| (from..lessons.len()).find(|&at| !standings[at].is_done());
    let start = match here {
        Some(at) if !standings[at].is_done() => at,
        Some(at) => open(at).or_else(|| open(0)).unwrap_or(at),
        None => open(0).unwrap_or(0),
    };
    let widest = |texts: &mut dyn Iterator<Item = usize>, most: usize| texts.max().unwrap_or(0).min(most);
    let group_width = widest(&mut groups.iter().map(|group| group.width()), 20);
    let states: Vec<String> = standings.iter().map(|standing| state(standing, words)).collect();
    let state_width = widest(&mut states.iter().map(|state| state.width()), 30);
    let titles: Vec<String> = lessons.iter().map(|file| sanitise(&file.lesson.title)).collect();
    // 21 is the width of the marks, the gaps and the minutes. `stopped_width` is the width of the arrow at the lesson
    // in which the learner stopped.
    let stopped_width = if here.is_some() { words.say("menu-here", &[]).width() + 4 } else { 0 };
    let mut used = group_width + state_width + 21 + stopped_width;
    // If titles would be too narrow to read, the rows have no minutes.
    let is_narrow = width < used + LEAST_TITLE;
    if is_narrow {
        used -= MINUTES + 2;
    }
    let title_width = widest(&mut titles.iter().map(|title| title.width()), width.saturating_sub(used).max(16));
    let mut made = Vec::new();
    for (at, file) in lessons.iter().enumerate() {
        let first = at == 0 || groups[at] != groups[at - 1];
        let minutes = file.lesson.front.minutes.as_ref().map_or_else(String::new, |minutes| {
            words.count("menu-minutes", usize::try_from(minutes.value).unwrap_or(usize::MAX), &[])
        });
        let stopped_here = if here == Some(at) { words.say("menu-stopped", &[]) } else { String::new() };
        let text = [
            pad(if first { &groups[at] } else { "" }, group_width),
            pad(&titles[at], title_width),
            format!("{} {}", mark(&standings[at]), pad(&states[at], state_width)),
            if is_narrow { String::new() } else { format!("{minutes:>MINUTES$}") },
            if stopped_here.is_empty() { String::new() } else { format!("← {}", words.say("menu-here", &[])) },
        ];
        let plain = [titles[at].clone(), states[at].clone(), minutes, stopped_here];
        let text = text.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        made.push(MenuRow {
            heading: first.then(|| groups[at].clone()).filter(|group| !group.is_empty()),
            text: cut(text.join("  ").trim_end(), width.saturating_sub(3)),
            plain: plain.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            search: format!("{} {} {}", groups[at], titles[at], file.id).to_lowercase(),
            answer: cut(&titles[at], 60),
            letter: None,
        });
    }
    Rows { lessons, list: made, start }
}

fn group(course: &CourseFiles, file: &LessonFile, lang: &str) -> String {
    let of = course.course.groups.iter().find(|group| group.lessons.iter().any(|id| id.value == file.id.0));
    of.map_or_else(String::new, |group| sanitise(group.title_in(lang, course.course.source_language())))
}

fn pad(text: &str, width: usize) -> String {
    let text = cut(text, width);
    let missing = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

/// Cuts a text to `width` columns. A text that was cut ends with `…`.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let kept = text.chars().take_while(|c| {
        used += c.width().unwrap_or(0);
        used <= width
    });
    format!("{}…", kept.collect::<String>())
}
