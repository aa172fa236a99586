//! Removes the tags of raw HTML in a lesson, but keeps the text.

/// Whether the tag is `<br>`.
pub(super) fn is_break(tag: &str) -> bool {
    let name = tag.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
    name == "br"
}

static_patterns! {
    /// Matches a comment, a script, a style, or another tag.
    static TAGS = r"(?is)<!--.*?(?:-->|\z)|<script.*?(?:</script[^>]*>|\z)|<style.*?(?:</style[^>]*>|\z)|<[a-z/!?][^>]*(?:>|\z)";
}

/// Removes tags, comments, scripts and styles from HTML, and decodes common entities.
pub(super) fn strip(html: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let text = TAGS.replace_all(html, " ").into_owned();
    entities.into_iter().fold(text, |text, (entity, char)| text.replace(entity, char))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strip_removes_tags_and_keeps_the_text() {
        let plain = |html: &str| strip(html).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(plain("<details><summary>Lihat</summary>"), "Lihat");
        assert_eq!(plain("<p>a &lt; b &amp;&amp; c</p>"), "a < b && c");
        assert_eq!(plain("<!-- <b>x</b> -->y"), "y");
        assert_eq!(plain("<SCRIPT>alert('<b>')</script>z<style>a{}</style>"), "z");
        assert_eq!(plain("1 < 2 <b"), "1 < 2");
        assert_eq!(plain("<script>never closed"), "");
        assert!(is_break("<br>") && is_break("<BR />") && !is_break("<b>"));
    }
}
