//! The whole book on one page, to be printed: every lesson of a language with its answers open, nothing that only works
//! by clicking.

use std::path::Path;

use super::html::{escape, unescape};
use super::tags;
use crate::lesson::lint::{beside, is_elsewhere};

/// A lesson's page as a part of the whole: `content` of the page at `path`, its ids made its own by `name`.
pub(super) fn part(content: &str, path: &str, name: &str) -> String {
    let cut = without(&without(content, "<div class=\"replay js\"", "</div>"), "<p class=\"done js\">", "</p>");
    let cut = without(&cut, "<nav class=\"turn\"", "</nav>");
    let html = tags::rewrite(&cut, |tag| {
        let mut changed = tag.to_owned();
        for attribute in ["id", "name", "for", "aria-labelledby", "aria-describedby"] {
            change(&mut changed, attribute, |value| {
                value.split(' ').map(|id| format!("{name}.{id}")).collect::<Vec<_>>().join(" ")
            });
        }
        // Many lessons have a section of the same name: here they are no landmarks.
        if tags::name(tag) == "section" {
            changed = without(&changed, " aria-labelledby=\"", "\"");
        }
        for attribute in ["href", "src"] {
            change(&mut changed, attribute, |value| match value.strip_prefix('#') {
                Some(anchor) => format!("#{name}.{anchor}"),
                None => from_above(value, path),
            });
        }
        // What is folded on its page lies open on paper; hints stay where someone asks for them.
        if ["more", "solution", "claims", "answer"]
            .iter()
            .any(|class| tag.starts_with(&format!("<details class=\"{class}")))
        {
            changed = changed.replacen("<details", "<details open", 1);
        }
        (changed != tag).then_some(changed)
    });
    format!("<article id=\"{}\">{html}</article>", escape(name))
}

/// An address that was seen from `path`, seen from the directory that `path` is counted from.
fn from_above(address: &str, path: &str) -> String {
    if is_elsewhere(address) {
        return address.to_owned();
    }
    let (way, anchor) = address.split_once('#').map_or((address, String::new()), |(way, a)| (way, format!("#{a}")));
    format!("{}{anchor}", beside(Path::new(path), Path::new(way)).display())
}

fn change(tag: &mut String, name: &str, by: impl Fn(&str) -> String) {
    let Some(start) = tag.find(&format!(" {name}=\"")).map(|at| at + name.len() + 3) else { return };
    let Some(end) = tag[start..].find('"').map(|at| at + start) else { return };
    let value = escape(&by(&unescape(&tag[start..end])));
    tag.replace_range(start..end, &value);
}

/// The HTML without every stretch from `open` to the next `close`.
fn without(html: &str, open: &str, close: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        rest = after.split_once(close).map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_ids_of_its_own_and_its_links_lead_where_they_led() {
        let page = "<section aria-labelledby=\"a\" id=\"s\"><h2 id=\"a\">x</h2><a href=\"#a\">x</a> <a href=\"../en/b.html#c\">x</a> <a href=\"d.html\">x</a> \
                    <a href=\"https://x.test/#a\">x</a><p aria-labelledby=\"a b\"></p><img src=\"../aset/p.png\" alt=\"\">\
                    <p class=\"done js\"><button>x</button></p><details class=\"more\"><summary>x</summary></details>";
        let expected = "<article id=\"satu\"><section id=\"satu.s\"><h2 id=\"satu.a\">x</h2><a href=\"#satu.a\">x</a> <a href=\"en/b.html#c\">x</a> \
                        <a href=\"g/d.html\">x</a> <a href=\"https://x.test/#a\">x</a><p aria-labelledby=\"satu.a satu.b\"></p>\
                        <img src=\"aset/p.png\" alt=\"\"><details open class=\"more\"><summary>x</summary></details></article>";
        assert_eq!(part(page, "g/satu.html", "satu"), expected);
    }
}
