//! A walk over clean HTML, tag by tag: small changes without a tree.

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Between tags.
    Text(&'a str),
    /// `<…>`
    Tag(&'a str),
}

/// Cuts HTML into tags and what stands between them. Concatenated, the pieces are the HTML again.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let first = rest.bytes().next()?;
        let end = if first == b'<' { tag_end(rest) } else { rest.find('<').unwrap_or(rest.len()) };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(if first == b'<' { Piece::Tag(piece) } else { Piece::Text(piece) })
    })
}

/// One past the `>` that closes the tag; quoted values may hold one.
fn tag_end(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// The element's name, with `/` before it in a closing tag.
pub(super) fn name(tag: &str) -> &str {
    let inside = tag.trim_start_matches('<');
    let end = inside.char_indices().find(|&(at, c)| !(c.is_ascii_alphanumeric() || at == 0 && c == '/'));
    &inside[..end.map_or(inside.len(), |(at, _)| at)]
}

/// Every tag through `change`, texts as they are.
pub(super) fn rewrite(html: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Tag(tag) => match change(tag) {
                Some(changed) => out.push_str(&changed),
                None => out.push_str(tag),
            },
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_html_again() {
        for html in ["a<b title=\">\">c</b>", "<", "x < y", "<a href='>'>", ""] {
            let whole: String = pieces(html)
                .map(|piece| match piece {
                    Piece::Text(text) | Piece::Tag(text) => text,
                })
                .collect();
            assert_eq!(whole, html);
        }
    }

    #[test]
    fn names_are_told() {
        assert_eq!((name("<a href=\"x\">"), name("</h2>"), name("<br/>")), ("a", "/h2", "br"));
    }
}
