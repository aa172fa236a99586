//! Asks one question, with a cursor or with a line of input. A function returns `None` if the person leaves.

use std::io;

use inquire::list_option::ListOption;
use inquire::ui::{Color as Ink, RenderConfig, StyleSheet, Styled};
use inquire::{Confirm, InquireError, Select};

use super::Dialog;
use crate::terminal::{Color, Keys};

/// A row to choose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct MenuRow {
    /// The heading above the row in a numbered list.
    pub(super) heading: Option<String>,
    /// The row in a list with a cursor.
    pub(super) text: String,
    /// The row in a numbered list, in words only.
    pub(super) plain: String,
    /// The text that the terminal shows after the choice of the row.
    pub(super) answer: String,
    /// The text in which the menu searches for the typed letters.
    pub(super) search: String,
    /// The letter that stands before the row instead of a number.
    pub(super) letter: Option<char>,
}

impl std::fmt::Display for MenuRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// Lets a person choose one of `rows`. The row `start` is the default.
pub(super) fn pick(dialog: &mut Dialog<'_>, title: &str, rows: &[MenuRow], start: usize) -> io::Result<Option<usize>> {
    if !dialog.plain {
        let help = dialog.words.say(if is_few(rows.len()) { "menu-help-few" } else { "menu-help" }, &[]);
        let rows_shown = rustix::termios::tcgetwinsize(io::stdout()).map_or(24, |size| usize::from(size.ws_row));
        dialog.output.flush()?;
        let held = Keys::hold();
        let scorer = |typed: &str, row: &MenuRow, _: &str, _: usize| {
            row.search.contains(&typed.trim().to_lowercase()).then_some(0)
        };
        let answer = |row: ListOption<&MenuRow>| row.value.answer.clone();
        let list = Select::new(title, rows.to_vec())
            .with_starting_cursor(start.min(rows.len().saturating_sub(1)))
            .with_page_size(rows_shown.saturating_sub(4).clamp(5, 40))
            .with_help_message(&help)
            .with_render_config(look(dialog.color))
            .with_scorer(&scorer)
            .with_formatter(&answer);
        // A short list has no filter, because a person does not expect that a typed letter hides rows.
        let asked = if is_few(rows.len()) { list.without_filtering() } else { list }.raw_prompt();
        drop(held);
        match asked {
            Ok(row) => return Ok(Some(row.index)),
            Err(InquireError::NotTTY) => dialog.plain = true,
            Err(error) => return left(error),
        }
    }
    pick_plain(dialog, title, rows, start)
}

const fn is_few(rows: usize) -> bool {
    rows < 6
}

fn pick_plain(dialog: &mut Dialog<'_>, title: &str, rows: &[MenuRow], start: usize) -> io::Result<Option<usize>> {
    dialog.line(title)?;
    let mut names = Vec::new();
    let mut number = 0;
    for row in rows {
        if let Some(heading) = &row.heading {
            dialog.line(heading)?;
        }
        let name = row.letter.map_or_else(
            || {
                number += 1;
                number.to_string()
            },
            String::from,
        );
        dialog.line(&format!("{name:>3}. {}", row.plain))?;
        names.push(name);
    }
    let default = names.get(start).cloned().unwrap_or_default();
    loop {
        let question = dialog.words.say("menu-line", &[("default", &default)]);
        let Some(typed) = read_line(dialog, &format!("{question} "))? else { return Ok(None) };
        let typed = typed.to_lowercase();
        if typed.is_empty() {
            return Ok(Some(start));
        }
        if is_leaving(&typed) {
            return Ok(None);
        }
        if let Some(at) = names.iter().position(|name| *name == typed) {
            return Ok(Some(at));
        }
        let mut found = rows.iter().enumerate().filter(|(_, row)| row.search.contains(&typed));
        match (found.next(), found.next()) {
            (Some((at, _)), None) => return Ok(Some(at)),
            _ => dialog.say("menu-unknown", &[("typed", &crate::transcript::sanitise(&typed))])?,
        }
    }
}

/// Asks a yes-or-no question. If the person presses only Enter, the answer is `default`.
pub(super) fn confirm(dialog: &mut Dialog<'_>, question: &str, default: bool) -> io::Result<Option<bool>> {
    let words = ["menu-yes", "menu-no"].map(|key| dialog.words.say(key, &[]));
    let shown = if default { format!("[{}]/{}", words[0], words[1]) } else { format!("{}/[{}]", words[0], words[1]) };
    let parse = |typed: &str| {
        let typed = typed.trim().to_lowercase();
        let is =
            |word: &str, other: &str| typed == word || (typed.len() == 1 && word.starts_with(&typed)) || typed == other;
        if typed.is_empty() {
            Ok(default)
        } else if is(&words[0], "y") {
            Ok(true)
        } else if is(&words[1], "n") {
            Ok(false)
        } else {
            Err(())
        }
    };
    if !dialog.plain {
        dialog.output.flush()?;
        let again = dialog.words.say("menu-yes-or-no", &[]);
        let held = Keys::hold();
        let asked = Confirm::new(question)
            .with_default(default)
            .with_parser(&parse)
            .with_error_message(&again)
            .with_formatter(&|yes| words[usize::from(!yes)].clone())
            .with_default_value_formatter(&|_| shown.clone())
            .with_render_config(look(dialog.color))
            .prompt();
        drop(held);
        match asked {
            Ok(yes) => return Ok(Some(yes)),
            Err(InquireError::NotTTY) => dialog.plain = true,
            Err(error) => return left(error),
        }
    }
    loop {
        let Some(typed) = read_line(dialog, &format!("{question} {shown} "))? else { return Ok(None) };
        match parse(&typed) {
            Ok(yes) => return Ok(Some(yes)),
            Err(()) if is_leaving(&typed.to_lowercase()) => return Ok(None),
            Err(()) => dialog.say("menu-yes-or-no", &[])?,
        }
    }
}

fn read_line(dialog: &mut Dialog<'_>, question: &str) -> io::Result<Option<String>> {
    write!(dialog.output, "{question}")?;
    dialog.output.flush()?;
    let mut line = Vec::new();
    if dialog.input.read_until(b'\n', &mut line)? == 0 {
        dialog.line("")?;
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&line).trim().to_owned()))
}

fn is_leaving(typed: &str) -> bool {
    matches!(typed, "q" | "quit" | "exit" | "keluar" | "\u{1b}")
}

/// Returns `Ok(None)` if the person left the question, or else the error.
fn left<T>(error: InquireError) -> io::Result<Option<T>> {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => Ok(None),
        InquireError::IO(error) => Err(error),
        other => Err(io::Error::other(other.to_string())),
    }
}

fn look(color: Color) -> RenderConfig<'static> {
    let plain = RenderConfig::empty()
        .with_prompt_prefix(Styled::new("?"))
        .with_answered_prompt_prefix(Styled::new("✓"))
        .with_highlighted_option_prefix(Styled::new("❯"))
        .with_canceled_prompt_indicator(Styled::new(""));
    let (accent, good) = match color {
        Color::None => return plain,
        Color::Dark => (Ink::LightCyan, Ink::LightGreen),
        Color::Light => (Ink::DarkBlue, Ink::DarkGreen),
    };
    let bright = StyleSheet::new().with_fg(accent);
    plain
        .with_prompt_prefix(Styled::new("?").with_fg(accent))
        .with_answered_prompt_prefix(Styled::new("✓").with_fg(good))
        .with_highlighted_option_prefix(Styled::new("❯").with_fg(accent))
        .with_selected_option(Some(bright))
        .with_answer(bright)
        .with_help_message(StyleSheet::new().with_fg(Ink::DarkGrey))
}
