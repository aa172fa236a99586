//! Draws a table in a given width, with wrapped cells. If the cells would be too narrow, each row becomes a list of its
//! cells.

use anstyle::Style;
use mdbook_markdown::pulldown_cmark::Alignment;

use super::draw::Pen;
use super::line::{Line, Run, widths, wrap};
use super::look::DIM;

/// The number of columns between two cells.
const GAP: usize = 2;

impl Pen<'_> {
    /// Draws the rows of a table. The first row is the header.
    pub(super) fn table(&self, alignments: &[Alignment], rows: &[Vec<Vec<Run>>], width: usize) -> Vec<Line> {
        let Some((head, body)) = rows.split_first() else { return Vec::new() };
        let columns = head.len();
        let fitted = if self.style.plain { None } else { fit(rows, columns, width) };
        let Some(wide) = fitted else { return Self::records(head, body, width) };
        let mut out = Vec::new();
        let drawn: Vec<Vec<Line>> = rows.iter().map(|row| Self::row(row, &wide, alignments)).collect();
        // If a row is drawn on several lines, an empty line separates the rows.
        let apart = drawn.iter().skip(1).any(|lines| lines.len() > 1);
        let total = wide.iter().sum::<usize>() + GAP * columns.saturating_sub(1);
        for (index, lines) in drawn.into_iter().enumerate() {
            if index > 1 && apart {
                out.push(Line::default());
            }
            out.extend(lines);
            if index == 0 {
                out.push(Line::styled("─".repeat(total), DIM));
            }
        }
        out
    }

    fn row(cells: &[Vec<Run>], wide: &[usize], alignments: &[Alignment]) -> Vec<Line> {
        let cells: Vec<Vec<Line>> =
            wide.iter().enumerate().map(|(at, &wide)| wrap(cells.get(at).map_or(&[], Vec::as_slice), wide)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        let mut out = vec![Line::default(); height];
        for (number, line) in out.iter_mut().enumerate() {
            for (at, &wide) in wide.iter().enumerate() {
                let cell = cells[at].get(number).cloned().unwrap_or_default();
                let room = wide.saturating_sub(cell.width());
                let before = match alignments.get(at) {
                    Some(Alignment::Right) => room,
                    Some(Alignment::Center) => room / 2,
                    _ => 0,
                };
                let gap = if at == 0 { 0 } else { GAP };
                line.push(Run::new(" ".repeat(gap + before), Style::new()));
                cell.runs.into_iter().for_each(|run| line.push(run));
                line.push(Run::new(" ".repeat(room - before), Style::new()));
            }
        }
        out
    }

    /// Draws each row as lines of `header: cell`.
    fn records(head: &[Vec<Run>], body: &[Vec<Vec<Run>>], width: usize) -> Vec<Line> {
        let mut out = Vec::new();
        for (index, row) in body.iter().enumerate() {
            if index > 0 {
                out.push(Line::default());
            }
            for (at, cell) in row.iter().enumerate() {
                let mut runs = head.get(at).cloned().unwrap_or_default();
                if runs.iter().any(|run| !run.text.trim().is_empty()) {
                    runs.push(Run::new(": ", Style::new()));
                }
                runs.extend(cell.iter().cloned());
                out.extend(wrap(&runs, width));
            }
        }
        if body.is_empty() {
            for cell in head {
                out.extend(wrap(cell, width));
            }
        }
        out
    }
}

/// Returns the width of each column, or `None` if the widest words of the columns do not fit side by side.
fn fit(rows: &[Vec<Vec<Run>>], columns: usize, width: usize) -> Option<Vec<usize>> {
    let mut least = vec![1; columns];
    let mut whole = vec![1; columns];
    for row in rows {
        for (at, cell) in row.iter().enumerate().take(columns) {
            let (narrow, wide) = widths(cell);
            least[at] = least[at].max(narrow);
            whole[at] = whole[at].max(wide);
        }
    }
    let room = width.checked_sub(GAP * columns.saturating_sub(1))?;
    if whole.iter().sum::<usize>() <= room {
        return Some(whole);
    }
    let needed = least.iter().sum::<usize>();
    if needed > room {
        return None;
    }
    // The remaining width is divided among the columns that need more width.
    let mut spare = room - needed;
    let mut wide = least;
    while spare > 0 {
        let wanting: Vec<usize> = (0..columns).filter(|&at| wide[at] < whole[at]).collect();
        let Some(share) = spare.checked_div(wanting.len()) else { break };
        for at in wanting {
            let more = share.max(1).min(whole[at] - wide[at]).min(spare);
            wide[at] += more;
            spare -= more;
        }
    }
    Some(wide)
}
