//! Makes hidden characters visible, so that a person can check a text before it runs.

/// Whether a person could overlook or misread a character. Such characters are control characters except tabs and line
/// ends, characters without a shape, and characters that change the order of others. Spaces that a shell does not treat
/// as white space count as hidden too.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || (c.is_whitespace() && !c.is_ascii_whitespace())
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Replaces every character that a person could overlook or misread by its code, such as `<U+202E>`. Leaves all other
/// text unchanged.
#[must_use]
pub fn visible(text: &str) -> String {
    let shown = |c: char| if is_hidden(c) { format!("<U+{:04X}>", u32::from(c)) } else { c.to_string() };
    text.chars().map(shown).collect()
}
