//! Collects the anchors of a page. mdBook makes an id of every heading and every term of a definition list. mdBook's
//! function for these ids is private, so this module has its own function. A test compares the ids with pages that
//! mdBook made.

use std::collections::HashSet;

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use crate::lesson::model::Ids;

static_patterns! {
    static HTML_ANCHOR = r#"(?i)\s(?:id|name)\s*=\s*["']([^"'>]+)["']"#;
}

/// Returns the ids of the page that mdBook makes from `body`. Without `smart` punctuation, the id of a heading keeps
/// its `--`. mdBook can switch smart punctuation off, and GitHub has no smart punctuation.
pub(super) fn anchors(body: &str, smart: bool) -> HashSet<String> {
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = smart;
    let mut collector = AnchorCollector::default();
    new_cmark_parser(body, &options).for_each(|event| collector.take(&event));
    collector.finish()
}

/// Collects the ids of headings, of terms and of HTML elements from Markdown events.
#[derive(Debug, Default)]
pub struct AnchorCollector {
    /// The ids of headings and terms, in order.
    ids: Vec<String>,
    /// The ids of HTML elements.
    html: HashSet<String>,
    /// The ids that were made from text so far, so that no id is made twice. As in mdBook, an id that the author writes
    /// may occur twice.
    made: Ids,
    /// The heading or term that is being read: its written id, and its text so far.
    heading: Option<(Option<String>, String)>,
    /// The number of pictures that contain the current event.
    pictures: usize,
}

impl AnchorCollector {
    /// Reads the next event.
    pub fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                self.heading = Some((id.as_ref().map(ToString::to_string), String::new()));
            }
            Event::Start(Tag::DefinitionListTitle) => self.heading = Some((None, String::new())),
            Event::Start(Tag::Image { .. }) => self.pictures += 1,
            Event::End(TagEnd::Image) => self.pictures = self.pictures.saturating_sub(1),
            Event::Text(words) | Event::Code(words) if self.pictures == 0 => {
                self.heading.iter_mut().for_each(|(_, text)| text.push_str(words));
            }
            Event::SoftBreak => self.heading.iter_mut().for_each(|(_, text)| text.push('\n')),
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => {
                if let Some((id, text)) = self.heading.take() {
                    self.ids.push(id.unwrap_or_else(|| self.made.make(text.trim(), "")));
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.html.extend(HTML_ANCHOR.captures_iter(html).map(|found| found[1].to_owned()));
            }
            _ => {}
        }
    }

    /// Returns the id of the heading or term that ended last.
    #[must_use]
    pub fn last_id(&self) -> &str {
        self.ids.last().map_or("", String::as_str)
    }

    /// Returns all anchors.
    pub(super) fn finish(mut self) -> HashSet<String> {
        self.html.extend(self.ids);
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_gets_the_id_that_mdbook_makes() {
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
    fn repeated_heading_gets_a_number() {
        let all = anchors("# A\n\n# A-1\n\n# A\n\n# A {#b}\n\n# B\n\n# !\n\n# !\n", true);
        let mut all: Vec<&str> = all.iter().map(String::as_str).collect();
        all.sort_unstable();
        assert_eq!(all, ["", "-1", "a", "a-1", "a-2", "b"]);
    }
}
