//! Reads an author's HTML tag by tag, because an element may begin in one piece of Markdown and end in a later piece.

use super::html::clean;

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// The text between two tags.
    Text(&'a str),
    /// A tag: `<…>`.
    Tag(&'a str),
}

static_patterns! {
    /// Matches a comment, a tag, or text. The end of a comment or a tag may be missing. A quoted value in a tag may
    /// contain `>`.
    static PIECE = r#"(?s)<!--(?:-?>|.*?(?:-->|\z))|<(?:"[^"]*(?:"|\z)|'[^']*(?:'|\z)|[^"'>])*>?|[^<]+"#;
    /// Matches an attribute as the cleaner writes it.
    static ATTRIBUTE = r#"([^\s"=]+)="([^"]*)""#;
}

/// Cuts HTML into tags and the text between them. All pieces together are the whole HTML.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    PIECE.find_iter(html).map(|piece| match piece.as_str() {
        tag if tag.starts_with('<') => Piece::Tag(tag),
        text => Piece::Text(text),
    })
}

/// Returns the element's name, after a `/` in a closing tag.
pub(super) fn name(tag: &str) -> &str {
    let inside = tag.trim_start_matches('<');
    let end = inside.char_indices().find(|&(at, c)| !(c.is_ascii_alphanumeric() || at == 0 && c == '/'));
    &inside[..end.map_or(inside.len(), |(at, _)| at)]
}

/// An opening tag with its allowed attributes.
pub(super) struct OpenTag {
    /// The element's name in lower case.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
}

impl OpenTag {
    /// Removes the forbidden attributes from an author's opening tag. Returns `None` if the element is forbidden.
    pub(super) fn cleaned(tag: &str) -> Option<Self> {
        let name = name(tag).to_ascii_lowercase();
        // The cleaner drops parts of a table that are outside a table.
        let around = match name.as_str() {
            "td" | "th" => "<table><tbody><tr>",
            "tr" => "<table><tbody>",
            "thead" | "tbody" | "tfoot" => "<table>",
            _ => "",
        };
        let html = clean(&format!("{around}{tag}"));
        let tag = PIECE.find(&html[html.rfind(&format!("<{name}"))?..])?.as_str();
        (self::name(tag) == name).then(|| Self { attributes: attributes(tag), name })
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether the element has no closing tag.
    pub(super) fn is_void(&self) -> bool {
        matches!(self.name.as_str(), "br" | "hr" | "img" | "input" | "wbr")
    }
}

fn attributes(tag: &str) -> Vec<(String, String)> {
    ATTRIBUTE.captures_iter(tag).map(|found| (found[1].to_owned(), unescape(&found[2]))).collect()
}

/// Decodes the entities that the cleaner writes.
pub(super) fn unescape(text: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", "\u{a0}"), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |text, (entity, char)| text.replace(entity, char))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_together_are_the_whole_html() {
        for html in ["a<b title=\">\">c</b>", "<", "x < y", "<a href='>'>", "", "<!-- a > b -->c"] {
            let whole: String = pieces(html)
                .map(|piece| match piece {
                    Piece::Text(text) | Piece::Tag(text) => text,
                })
                .collect();
            assert_eq!(whole, html);
        }
        assert_eq!(pieces("<!-- a > b -->c").count(), 2);
    }

    #[test]
    fn name_of_a_closing_tag_includes_its_slash() {
        assert_eq!((name("<a href=\"x\">"), name("</h2>"), name("<br/>")), ("a", "/h2", "br"));
    }

    #[test]
    fn cleaned_tag_has_only_harmless_attributes() {
        let cleaned = |tag| OpenTag::cleaned(tag).map(|tag| (tag.name.clone(), tag.attributes));
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            cleaned("<a HREF='x&amp;y' onclick=z title=\"a &quot; b\">"),
            Some(("a".to_owned(), vec![pair("href", "x&y"), pair("title", "a \" b")]))
        );
        assert_eq!(cleaned("<td onload=x colspan=2>"), Some(("td".to_owned(), vec![pair("colspan", "2")])));
        assert_eq!(cleaned("<details open>").map(|(name, _)| name).as_deref(), Some("details"));
        for bad in ["<script>", "<iframe src=x>", "<style>", "<svg onload=x>", "<form>", "<button class=copy>", "<3"] {
            assert_eq!(cleaned(bad), None, "{bad}");
        }
        assert_eq!(cleaned("<a href=\"javascript:x\">"), Some(("a".to_owned(), vec![])));
    }
}
