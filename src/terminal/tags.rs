//! Removes the tags of raw HTML in a lesson; its text stays.

/// Whether it is `<br>`.
pub(super) fn is_break(tag: &str) -> bool {
    let name = tag.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
    name == "br"
}

/// The text without tags, comments, scripts and styles, with common entities decoded.
pub(super) fn strip(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if let Some(name) = ["script", "style"].into_iter().find(|name| opens(rest, name)) {
            closing(rest, name)
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            rest.find('>').map(|end| end + 1)
        } else {
            out.push('<');
            Some(1)
        };
        out.push_str(if end == Some(1) { "" } else { " " });
        rest = end.and_then(|end| rest.get(end..)).unwrap_or_default();
    }
    out.push_str(rest);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    entities.into_iter().fold(out, |text, (entity, char)| text.replace(entity, char))
}

fn opens(rest: &str, name: &str) -> bool {
    rest.get(1..=name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name))
}

fn closing(rest: &str, name: &str) -> Option<usize> {
    let (at, _) = rest.match_indices("</").find(|(at, _)| opens(&rest[at + 1..], name))?;
    rest[at..].find('>').map(|end| at + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_without_tags() {
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
