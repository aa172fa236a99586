//! Shows the menu: the lessons by group with their progress, and the images that a lesson will download.

use std::io;

use super::Dialog;
use super::ask::{MenuRow, confirm, pick};
use super::needs::{Need, Presence, lines, total};
use super::rows::{Rows, cut, rows};
use crate::lesson::{CourseFiles, LessonFile};
use crate::progress::{History, Moment, REVIEW_MOST};
use crate::transcript::sanitise;

/// The choice of a person in the menu.
#[derive(Debug, Clone, Copy)]
pub enum MenuChoice<'a> {
    /// The person chose a lesson.
    Lesson(&'a LessonFile),
    /// The person chose the questions that are due.
    Review,
    /// The person leaves.
    Quit,
}

/// Lets a person choose a lesson or the review. `look` returns what a lesson still needs from the engine. The menu calls
/// it only for the chosen lesson, so that the list appears without waiting for an engine.
///
/// # Errors
/// Fails if the terminal cannot be read or written.
pub fn choose<'a>(
    courses: &'a [CourseFiles],
    history: &History,
    now: Moment,
    dialog: &mut Dialog<'_>,
    look: &mut dyn FnMut(&LessonFile) -> Vec<Need>,
) -> io::Result<MenuChoice<'a>> {
    let mut shown = 0;
    let mut start = None;
    loop {
        let Some(course) = courses.get(shown) else {
            dialog.say("menu-empty", &[])?;
            return Ok(MenuChoice::Quit);
        };
        let Rows { lessons, mut list, start: stopped } = rows(course, history, dialog.words, dialog.width);
        let due = history.due(now).len().min(REVIEW_MOST);
        let extra = |key: &str, letter: char, args: &[(&str, &str)], count: usize| {
            let plain = dialog.words.count(key, count, args);
            let text = cut(&format!("→ {plain}"), dialog.width.saturating_sub(3));
            MenuRow {
                heading: None,
                text,
                answer: plain.clone(),
                search: plain.to_lowercase(),
                plain,
                letter: Some(letter),
            }
        };
        let mut others = Vec::new();
        if due > 0 {
            list.push(extra("menu-review", 'r', &[], due));
        }
        for (at, other) in courses.iter().enumerate().filter(|(at, _)| *at != shown) {
            let title = sanitise(other.course.title_in(dialog.words.lang().tag()));
            list.push(extra("menu-other-course", 'c', &[("title", &title)], 0));
            others.push(at);
        }
        let title = sanitise(course.course.title_in(dialog.words.lang().tag()));
        let Some(at) = pick(dialog, &title, &list, start.take().unwrap_or(stopped))? else {
            return Ok(MenuChoice::Quit);
        };
        let Some(file) = lessons.get(at) else {
            let at = at - lessons.len();
            if due > 0 && at == 0 {
                return Ok(MenuChoice::Review);
            }
            shown = others.get(at - usize::from(due > 0)).copied().unwrap_or(0);
            continue;
        };
        if agrees(&look(file), dialog)? {
            return Ok(MenuChoice::Lesson(file));
        }
        start = Some(at);
    }
}

/// Shows the images that will be downloaded, and asks whether to begin. If the engine has all images, does not ask.
///
/// # Errors
/// Fails if the terminal cannot be read or written.
pub fn agrees(needs: &[Need], dialog: &mut Dialog<'_>) -> io::Result<bool> {
    if needs.iter().all(|need| need.presence == Presence::Here) {
        return Ok(true);
    }
    dialog.say("menu-needs", &[])?;
    for line in lines(needs, dialog.words) {
        dialog.line(&line)?;
    }
    let (bytes, more) = total(needs);
    let bytes = dialog.words.size(bytes);
    let key = match (more, bytes == "0 B") {
        (false, _) => "menu-total",
        (true, false) => "menu-total-at-least",
        (true, true) => "menu-total-unknown",
    };
    dialog.say(key, &[("size", &bytes)])?;
    let question = dialog.words.say("menu-begin", &[]);
    Ok(confirm(dialog, &question, true)?.unwrap_or(false))
}
