//! Makes text visible to a person before it runs.

/// Whether a person would not see a character as what it is: control characters except tabs and line ends, characters
/// without a shape, characters that change the order of others, and spaces that a shell does not treat as spaces.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || (c.is_whitespace() && !c.is_ascii_whitespace())
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character looks like a Latin letter but is not one.
fn is_look_alike(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52f}' | '\u{1d00}'..='\u{1d7f}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}'
        | '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}')
}

/// Whether a word mixes Latin letters with others that look like them.
fn mixes(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_alphabetic()) && word.chars().any(is_look_alike)
}

/// Replaces every character that a person would not see as what it is by its code: `<U+202E>`. All other text is
/// unchanged.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
        let mixed = mixes(piece);
        for c in piece.chars() {
            if is_hidden(c) || (mixed && is_look_alike(c)) {
                shown.push_str(&format!("<U+{:04X}>", u32::from(c)));
            } else {
                shown.push(c);
            }
        }
    }
    shown
}
