//! The menu: lessons by group, where each stands, and what one will download before it does.

use std::path::PathBuf;

use super::ask::{Row, confirm, pick};
use super::needs::{Need, Presence, lines, size, total};
use super::rows::{Rows, cut, rows};
use super::shelf::Shelf;
use super::{MenuError, Talk};
use crate::lesson::LessonFile;
use crate::progress::{History, Moment};
use crate::transcript::sanitise;

/// What a person chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A lesson.
    Lesson {
        /// Its file.
        path: PathBuf,
    },
    /// The questions that are due.
    Review,
    /// Nothing.
    Quit,
}

/// Lets a person choose. `look` finds out what a lesson needs once it is chosen, so that the menu itself waits for no
/// engine.
///
/// # Errors
/// When the terminal cannot be read or written.
pub fn choose(
    shelf: &Shelf,
    history: &History,
    now: Moment,
    talk: &mut Talk<'_>,
    look: &mut dyn FnMut(&LessonFile) -> Vec<Need>,
) -> Result<Choice, MenuError> {
    let mut shown = 0;
    let mut start = None;
    loop {
        let Some(course) = shelf.courses.get(shown) else {
            talk.say("menu-empty", &[])?;
            return Ok(Choice::Quit);
        };
        let Rows { lessons, mut list, start: stopped } = rows(course, history, talk.words, talk.width);
        let due = history.due(now).len();
        let extra = |key: &str, letter: char, args: &[(&str, &str)], count: usize| {
            let plain = talk.words.count(key, count, args);
            let text = cut(&format!("→ {plain}"), talk.width.saturating_sub(3));
            Row {
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
        for (at, other) in shelf.courses.iter().enumerate().filter(|(at, _)| *at != shown) {
            let title = sanitise(other.course.title_in(talk.words.lang().tag()));
            list.push(extra("menu-other-course", 'c', &[("title", &title)], 0));
            others.push(at);
        }
        let title = sanitise(course.course.title_in(talk.words.lang().tag()));
        let Some(at) = pick(talk, &title, &list, start.take().unwrap_or(stopped))? else { return Ok(Choice::Quit) };
        let Some(file) = lessons.get(at) else {
            let at = at - lessons.len();
            if due > 0 && at == 0 {
                return Ok(Choice::Review);
            }
            shown = others.get(at - usize::from(due > 0)).copied().unwrap_or(0);
            continue;
        };
        if agrees(&look(file), talk)? {
            return Ok(Choice::Lesson { path: file.path.clone() });
        }
        start = Some(at);
    }
}

/// Tells what will be downloaded, and asks if that is anything.
///
/// # Errors
/// When the terminal cannot be read or written.
pub fn agrees(needs: &[Need], talk: &mut Talk<'_>) -> Result<bool, MenuError> {
    if needs.iter().all(|need| need.presence == Presence::Here) {
        return Ok(true);
    }
    talk.say("menu-needs", &[])?;
    for line in lines(needs, talk.words) {
        talk.line(&line)?;
    }
    let (bytes, more) = total(needs);
    let bytes = size(bytes, talk.words.lang());
    let key = match (more, bytes == "0 B") {
        (false, _) => "menu-total",
        (true, false) => "menu-total-at-least",
        (true, true) => "menu-total-unknown",
    };
    talk.say(key, &[("size", &bytes)])?;
    let question = talk.words.say("menu-begin", &[]);
    Ok(confirm(talk, &question, true)?.unwrap_or(false))
}
