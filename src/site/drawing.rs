//! Our own pictures as inline SVG: words from the catalogue, colours from the palette.

use regex::Captures;

use super::html::escape;
use crate::words::Words;

static_patterns! {
    static LABEL = r"\[\[words:([^\]]+)\]\]";
}

/// Fills `[[words:KEY]]` in a picture.
fn labelled(svg: &str, words: &Words) -> String {
    LABEL.replace_all(svg, |label: &Captures<'_>| escape(&words.say(&label[1], &[]))).into_owned()
}

/// The quay on the home page.
pub(super) fn quay(words: &Words) -> String {
    labelled(include_str!("../../theme/pictures/quay.svg"), words)
}

/// The drawing of client, engine and registry: side by side, and for narrow pages one below the other. A page shows one of
/// them.
pub(super) fn architecture(words: &Words) -> String {
    let wide = include_str!("../../theme/pictures/architecture.svg");
    let narrow = include_str!("../../theme/pictures/architecture-narrow.svg");
    labelled(&format!("{wide}{narrow}"), words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn every_label_has_its_words() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            for svg in [quay(&words), architecture(&words)] {
                assert!(svg.contains("<title"), "a picture says what it shows");
                assert!(!svg.contains("[[") && !svg.contains("book-"), "{lang}: {svg}");
            }
        }
    }
}
