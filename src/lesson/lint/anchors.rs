//! What `#…` in a link can name on a page. mdBook makes an id of every heading and every term of a definition list; its
//! own function for that is private, so a test holds ours against pages that mdBook made.

use std::collections::HashSet;
use std::sync::LazyLock;

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use regex::Regex;

static HTML_ANCHOR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)\s(?:id|name)\s*=\s*["']([^"'>]+)["']"#).ok());

/// The ids of the page that is made of `body`: those of headings and terms, and those of HTML elements. Without `smart`
/// punctuation, which mdBook can do without and GitHub does not know, `--` in a heading stays in its id.
pub(super) fn anchors(body: &str, smart: bool) -> HashSet<String> {
    let mut anchors: HashSet<String> = made_ids(body, smart).into_iter().collect();
    for event in new_cmark_parser(body, &options(smart)) {
        if let Event::Html(html) | Event::InlineHtml(html) = event {
            let ids = HTML_ANCHOR.iter().flat_map(|regex| regex.captures_iter(&html));
            anchors.extend(ids.map(|found| found[1].to_owned()));
        }
    }
    anchors
}

/// The id of every heading and every term of a definition list of `body`, in order.
#[must_use]
pub fn heading_ids(body: &str) -> Vec<String> {
    made_ids(body, true)
}

fn options(smart: bool) -> MarkdownOptions {
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = smart;
    options
}

fn made_ids(body: &str, smart: bool) -> Vec<String> {
    let mut ids = Vec::new();
    // Only ids that were made count when the next one is made: a written id may come twice, as in mdBook.
    let mut made = HashSet::new();
    let mut heading: Option<(Option<String>, String)> = None;
    let mut pictures = 0_usize;
    for event in new_cmark_parser(body, &options(smart)) {
        match event {
            Event::Start(Tag::Heading { id, .. }) => heading = Some((id.map(|id| id.to_string()), String::new())),
            Event::Start(Tag::DefinitionListTitle) => heading = Some((None, String::new())),
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            Event::Text(words) | Event::Code(words) => {
                heading.iter_mut().filter(|_| pictures == 0).for_each(|(_, text)| text.push_str(&words));
            }
            Event::SoftBreak => heading.iter_mut().for_each(|(_, text)| text.push('\n')),
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => {
                if let Some((id, text)) = heading.take() {
                    ids.push(id.unwrap_or_else(|| make(&text, &mut made)));
                }
            }
            _ => {}
        }
    }
    ids
}

/// The id of a heading: lower case, without punctuation, hyphens for white space; the second of a name is `name-1`.
fn make(heading: &str, made: &mut HashSet<String>) -> String {
    let kept = |c: char| match c {
        c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    let name: String = heading.trim().to_lowercase().chars().filter_map(kept).collect();
    let mut id = name.clone();
    let mut count = 0;
    while !made.insert(id.clone()) {
        count += 1;
        id = format!("{name}-{count}");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_has_the_id_that_mdbook_makes_of_it() {
        for (heading, id) in [
            ("## The `run` command", "the-run-command"),
            ("## `docker run --rm`: *clean* **up**", "docker-run---rm-clean-up"),
            ("## A [link](x.md \"title\") and ![picture](x.png)", "a-link-and"),
            ("## Ships 🐳 &amp; more", "ships---more"),
            ("## Über 中文 Ĉ", "über-中文-ĉ"),
            ("## Written {#by-hand}", "by-hand"),
            ("## It's the --update option…", "its-the-update-option"),
            ("two\nlines\n=====", "two-lines"),
            ("> ## In a quotation", "in-a-quotation"),
            ("Term\n: Definition", "term"),
            ("<a id=\"here\"></a>", "here"),
            ("## <b>Bold</b> <span name='n'></span>", "bold"),
        ] {
            assert!(anchors(heading, true).contains(id), "{heading}: {:?}", anchors(heading, true));
        }
        assert!(anchors("## The --update option", false).contains("the---update-option"));
    }

    #[test]
    fn names_that_come_again_are_numbered() {
        let all = anchors("# A\n\n# A-1\n\n# A\n\n# A {#b}\n\n# B\n\n# !\n\n# !\n", true);
        let mut all: Vec<&str> = all.iter().map(String::as_str).collect();
        all.sort_unstable();
        assert_eq!(all, ["", "-1", "a", "a-1", "a-2", "b"]);
    }
}
