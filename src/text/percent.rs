//! Percent-encodes and decodes URLs and parts of URLs.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The characters to escape in one part of a URL.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The characters to escape in a path that contains an image's name.
const PATH: &AsciiSet = &PART.remove(b'/').remove(b':').remove(b'@');

/// Encodes a text for use as a value in a query or as one segment of a path.
#[must_use]
pub fn encode_part(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}

/// Encodes a name as part of a path, but keeps `/`, `:` and `@`.
#[must_use]
pub fn encode_path(text: &str) -> String {
    utf8_percent_encode(text, PATH).to_string()
}

/// Decodes a text. Returns `None` if an escape is malformed or the result is not UTF-8.
#[must_use]
pub fn decode(text: &str) -> Option<String> {
    let is_escape = |rest: &str| rest.len() >= 2 && rest.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit);
    if !text.split('%').skip(1).all(is_escape) {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// Decodes a text that a person may have written. Keeps malformed escapes. Returns the whole text unchanged if the
/// decoded text would not be UTF-8.
#[must_use]
pub fn decode_leniently(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encode_path_escapes_characters_that_would_begin_a_query() {
        assert_eq!(encode_path("a/b:1@sha256:c"), "a/b:1@sha256:c");
        assert_eq!(encode_path("a?all=1#x y{\"é"), "a%3Fall%3D1%23x%20y%7B%22%C3%A9");
        assert_eq!(encode_part("a/b:1@c&d=e é-._~"), "a%2Fb%3A1%40c%26d%3De%20%C3%A9-._~");
    }

    #[test]
    fn strict_decoding_refuses_broken_escapes() {
        assert_eq!(decode("a%2Fb%20c").as_deref(), Some("a/b c"));
        for text in ["%", "%zz", "%ff", "a%2", "%+1"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    #[test]
    fn lenient_decoding_keeps_broken_escapes() {
        assert_eq!(decode_leniently("a%20b%C3%A9%zz%"), "a bé%zz%");
        assert_eq!(decode_leniently("%ff"), "%ff");
    }
}
