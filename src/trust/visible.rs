//! Makes text visible to a person before it runs.

use crate::transcript::sanitise;

/// Whether a person would not see a character that [`sanitise`] keeps for what it is: spaces that a shell does not treat
/// as spaces, and characters that only change the one before them.
fn is_hidden(c: char) -> bool {
    (c.is_whitespace() && !c.is_ascii_whitespace())
        || matches!(c, '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0080}'..='\u{e0fff}')
}

/// Replaces every character that a person would not see as what it is by its code: `<U+202E>`. All other text is
/// unchanged.
#[must_use]
pub fn visible(text: &str) -> String {
    let code = |c: char| if is_hidden(c) { format!("<U+{:04X}>", u32::from(c)) } else { c.to_string() };
    sanitise(text).chars().map(code).collect()
}
