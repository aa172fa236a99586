//! Makes foreign text safe to show. Safe text cannot move the cursor, and cannot recolour, hide or reorder other text.

use std::fmt::Write as _;

/// Replaces every control character and invisible character by a visible form. Keeps line ends and tabs.
///
/// ```
/// assert_eq!(dermaga::transcript::sanitise("a\u{1b}[31m\u{202e}b"), "a␛[31m<U+202E>b");
/// ```
#[must_use]
pub fn sanitise(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' | '\t' => safe.push(char),
            '\0'..='\x1f' => safe.push(char::from_u32(0x2400 + u32::from(char)).unwrap_or('\u{fffd}')),
            '\x7f' => safe.push('␡'),
            _ if is_hidden(char) => {
                let _ = write!(safe, "<U+{:04X}>", u32::from(char));
            }
            _ => safe.push(char),
        }
    }
    safe
}

/// Makes the values of a message safe to show; see [`sanitise`].
#[must_use]
pub fn sanitise_values<'n>(values: &[(&'n str, String)]) -> Vec<(&'n str, String)> {
    values.iter().map(|(name, value)| (*name, sanitise(value))).collect()
}

/// Whether a character is a C1 control, has no shape, or changes the order of other characters.
fn is_hidden(char: char) -> bool {
    matches!(char,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sanitise_leaves_ordinary_text_unchanged() {
        let text = "Halo, dunia…\n\tképulauan 日本語 🐳 <U+0041>";
        assert_eq!(sanitise(text), text);
    }

    #[test]
    fn sanitised_text_has_no_hidden_character() {
        for code in 0..=0x0010_ffff {
            let Some(char) = char::from_u32(code) else { continue };
            let safe = sanitise(&char.to_string());
            assert!(matches!(char, '\n' | '\t') || !safe.chars().any(|c| c.is_control() || is_hidden(c)), "{code:x}");
        }
        assert_eq!(sanitise("\r\x07\x7f\u{9b}\u{200b}\u{2066}"), "␍␇␡<U+009B><U+200B><U+2066>");
    }
}
