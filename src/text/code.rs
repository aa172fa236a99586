//! Draws the code between backquotes in a message. Removes the backquotes: if a learner copied the backquotes into a
//! shell, the shell would run the text between them.

/// Puts code between quotation marks of a kind that the code does not contain.
#[must_use]
pub fn quoted_code(code: &str) -> String {
    let mark = ['"', '\''].into_iter().find(|mark| !code.contains(*mark));
    mark.map_or_else(|| format!("“{code}”"), |mark| format!("{mark}{code}{mark}"))
}

/// Returns the code of `line` without its backquotes. Returns `None` if the line contains anything except one piece of
/// code.
#[must_use]
pub fn code_alone(line: &str) -> Option<&str> {
    line.trim().strip_prefix('`')?.strip_suffix('`').filter(|code| !code.is_empty() && !code.contains('`'))
}

/// Replaces the backquotes around code. Makes the code bold if `is_bold`, or else puts the code between quotation
/// marks.
#[must_use]
pub fn draw_code(text: &str, is_bold: bool) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::with_capacity(text.len() + 16);
    for (at, part) in parts.iter().enumerate() {
        match at % 2 == 1 && !part.is_empty() {
            // The last backquote opens no code, because no closing backquote follows.
            true if at + 1 == parts.len() => out.push_str(&format!("`{part}")),
            true if is_bold => out.push_str(&format!("\x1b[1m{part}\x1b[0m")),
            true => out.push_str(&quoted_code(part)),
            false => out.push_str(part),
        }
    }
    out
}

/// Draws the code of a line like [`draw_code`], but adds no quotation marks if the code is the whole line.
#[must_use]
pub fn draw_code_of_line(line: &str, is_bold: bool) -> String {
    if !is_bold && code_alone(line).is_some() { line.replace('`', "") } else { draw_code(line, is_bold) }
}
