//! Finds characters that control a terminal or change the order of text.

use super::{Findings, codes};
use crate::text::{Source, Span};

/// The maximum number of reports about each kind of character in a file.
const MOST: usize = 10;

/// Reports characters that control a terminal or change the order of text.
pub(super) fn check(source: &Source, found: &mut Findings<'_>) {
    let text = source.text();
    if text.bytes().all(|byte| byte == b'\n' || byte == b'\t' || (b' '..=b'~').contains(&byte)) {
        return;
    }
    let (mut controls, mut directions) = (0, 0);
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let (code, count) = match c {
            // The parser reports NUL.
            '\n' | '\t' | '\0' => continue,
            '\r' if characters.peek().is_some_and(|&(_, next)| next == '\n') => continue,
            '\x01'..='\x1f' | '\x7f'..='\u{9f}' | '\u{2028}' | '\u{2029}' => (codes::CONTROL, &mut controls),
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                (codes::DIRECTION, &mut directions)
            }
            _ => continue,
        };
        *count += 1;
        if *count <= MOST {
            let name = format!("U+{:04X}", u32::from(c));
            found.push(code.at(Span::new(at, at + c.len_utf8())).with("name", name));
        }
    }
}
