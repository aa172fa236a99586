//! Splits a text into words for the search index. `theme/js/search.js` splits a query by the same rules.

/// The length of the longest word in the index, in characters. People do not search for longer words.
const LONG: usize = 40;

const STOPPED_ID: &str = "yang dan di ke dari ini itu untuk dengan pada adalah atau";
const STOPPED_EN: &str = "the a an of to and in is it that this for on with as or";

/// Returns the stop words of a language, which the search ignores.
pub(super) fn stopped(lang: &str) -> &'static str {
    if lang == "en" { STOPPED_EN } else { STOPPED_ID }
}

/// Whether a word of prose is not a stop word.
pub(super) fn unstopped(word: &str, lang: &str) -> bool {
    !stopped(lang).split(' ').any(|stop| stop == word)
}

/// Passes every word of the text to `found`. If a word has punctuation inside, passes the whole word, then its parts.
pub(super) fn tokens(text: &str, code: bool, found: &mut dyn FnMut(String)) {
    for chunk in text.split_whitespace() {
        let whole = if code { trim_code(chunk) } else { chunk.trim_matches(|c: char| !c.is_alphanumeric()) };
        let whole = whole.to_lowercase();
        if whole.is_empty() || !whole.chars().any(char::is_alphanumeric) {
            continue;
        }
        let plain = whole.chars().all(char::is_alphanumeric);
        if !plain && whole.chars().count() <= LONG && !is_id(&whole) {
            found(whole.clone());
        }
        for part in whole.split(|c: char| !c.is_alphanumeric()) {
            if !part.is_empty() && (plain || part.len() > 1) && part.chars().count() <= LONG && !is_id(part) {
                found(part.to_owned());
            }
        }
    }
}

/// Removes quotation marks, brackets and punctuation around a word of code. A dash or a slash before the word stays.
fn trim_code(chunk: &str) -> &str {
    let keeps = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '_' | '$' | '~' | '@');
    chunk.trim_start_matches(|c: char| !keeps(c)).trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a word is the id of an image or container. The index omits ids, because there are many ids and nobody
/// searches for them.
fn is_id(word: &str) -> bool {
    word.contains("sha256:")
        || word.len() >= 12
            && word.bytes().all(|byte| byte.is_ascii_hexdigit())
            && word.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, code: bool) -> Vec<String> {
        let mut found = Vec::new();
        tokens(text, code, &mut |word| found.push(word));
        found
    }

    #[test]
    fn word_of_code_is_indexed_whole_and_in_parts() {
        assert_eq!(all("docker run --rm \"mongo:4.1\"", true), ["docker", "run", "--rm", "rm", "mongo:4.1", "mongo"]);
        assert_eq!(all("docker-compose.", true), ["docker-compose", "docker", "compose"]);
        assert_eq!(all("d1165f221234 |", true), [""; 0]);
    }

    #[test]
    fn hyphenated_word_of_prose_is_indexed_whole_and_in_parts() {
        assert_eq!(all("(Langkah-langkah) baru.", false), ["langkah-langkah", "langkah", "langkah", "baru"]);
    }
}
