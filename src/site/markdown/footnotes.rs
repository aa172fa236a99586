//! Renders footnotes: the numbered references, and the list at the end of the page.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::mem::take;

use super::super::html::escape;
use super::MarkdownWriter;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Footnotes {
    /// The number of each footnote and the count of its references, by the footnote's name.
    pub(super) numbers: HashMap<String, (usize, usize)>,
    pub(super) definitions: Vec<(String, String)>,
    /// The name of the footnote whose definition is being written.
    pub(super) open: Option<String>,
}

impl MarkdownWriter<'_> {
    pub(super) fn refer(&mut self, name: &str) {
        let next = self.footnotes.numbers.len() + 1;
        let (number, count) = self.footnotes.numbers.entry(name.to_owned()).or_insert((next, 0));
        *count += 1;
        let (number, id) = (*number, footnote_id("fr", &format!("{name}-{count}")));
        let id = self.id(&id);
        let href = self.links.href(&format!("#{}", footnote_id("footnote", name))).unwrap_or_default();
        self.push(&format!(
            "<sup class=\"footnote-reference\" id=\"{id}\"><a href=\"{}\">{number}</a></sup>",
            escape(&href)
        ));
    }

    /// Returns the list of the footnotes that have references. Each footnote links back to its references.
    pub(in crate::site) fn footnotes(&mut self) -> String {
        let Footnotes { numbers, definitions, .. } = take(&mut self.footnotes);
        let mut shown: Vec<_> =
            definitions.iter().filter_map(|(name, html)| Some((numbers.get(name)?, name, html))).collect();
        if shown.is_empty() {
            return String::new();
        }
        shown.sort();
        let mut list = String::from("<ol class=\"footnotes\">\n");
        for ((_, count), name, html) in shown {
            let id = self.id(&footnote_id("footnote", name));
            let back: String = (1..=*count)
                .map(|number| {
                    let href = self.links.href(&format!("#{}", footnote_id("fr", &format!("{name}-{number}"))));
                    let label = self.page.map(|page| escape(&page.say("book-footnote-back"))).unwrap_or_default();
                    format!(" <a href=\"{}\" aria-label=\"{label}\">↩</a>", escape(&href.unwrap_or_default()))
                })
                .collect();
            let html = html.trim_end();
            let _ = match html.strip_suffix("</p>") {
                Some(inside) => writeln!(list, "<li id=\"{id}\">{inside}{back}</p></li>"),
                None => writeln!(list, "<li id=\"{id}\">{html}{back}</li>"),
            };
        }
        list.push_str("</ol>\n");
        list
    }
}

fn footnote_id(kind: &str, name: &str) -> String {
    format!("{kind}-{}", name.split_whitespace().collect::<Vec<_>>().join("-"))
}
