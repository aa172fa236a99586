//! A page's HTML → passages: what stands under one address, by kind of text.

use super::super::html::{is_block, unescape};
use super::super::tags::{Piece, name, pieces};

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Title,
    Heading,
    Prose,
    Code,
}

/// What is found under one address.
#[derive(Debug, Default)]
pub(super) struct Passage {
    /// The id on the page; nothing for the page's beginning.
    pub(super) anchor: String,
    pub(super) heading: String,
    pub(super) runs: Vec<(Kind, String)>,
}

impl Passage {
    fn say(&mut self, kind: Kind, text: &str) {
        match self.runs.last_mut() {
            Some((last, run)) if *last == kind => run.push_str(text),
            _ => self.runs.push((kind, text.to_owned())),
        }
    }
}

/// Elements that hold words of the frame, not of the lesson.
const SKIPPED: &[&str] = &["button", "svg", "summary", "script", "select", "nav"];

/// The same, by class.
const SKIPPED_CLASS: &[&str] = &[
    "actions",
    "anchor",
    "answer",
    "badge",
    "cards",
    "claims",
    "crumb",
    "done",
    "elided",
    "exit",
    "facts",
    "notice",
    "number",
    "prompt",
    "quiz-title",
    "note",
    "other",
    "proved",
    "replay",
    "result",
    "states",
    "tip",
    "unproved",
    "variant-title",
    "way",
    // The reason of an answer is for those who have answered.
    "why",
    "blockquote-tag-title",
];

/// Cuts a page's content at its steps and terms.
pub(super) fn passages(html: &str) -> Vec<Passage> {
    let mut all = vec![Passage::default()];
    let mut skipped: Option<(String, usize)> = None;
    let (mut code, mut heading): (usize, Option<Kind>) = (0, None);
    // A term's English name is found under the term, and is no part of its heading.
    let mut english = false;
    for piece in pieces(html) {
        let Some(now) = all.last_mut() else { break };
        match piece {
            Piece::Text(text) if skipped.is_none() => {
                let text = unescape(text);
                let kind = heading.unwrap_or(if code > 0 { Kind::Code } else { Kind::Prose });
                if heading.is_some() && !english {
                    now.heading.push_str(&text);
                }
                now.say(kind, &text);
            }
            Piece::Text(_) => {}
            Piece::Tag(tag) => {
                let name = name(tag);
                if let Some((element, depth)) = &mut skipped {
                    if name == element {
                        *depth += 1;
                    } else if name.strip_prefix('/') == Some(element) {
                        *depth -= 1;
                        if *depth == 0 {
                            skipped = None;
                        }
                    }
                    continue;
                }
                let class = attribute(tag, "class").unwrap_or_default();
                if SKIPPED.contains(&name) || class.split(' ').any(|class| SKIPPED_CLASS.contains(&class)) {
                    skipped = Some((name.to_owned(), 1));
                    now.say(Kind::Prose, " ");
                    continue;
                }
                if is_block(name) {
                    now.say(heading.unwrap_or(if code > 0 { Kind::Code } else { Kind::Prose }), " ");
                }
                english = class == "english" || english && !name.starts_with('/');
                match name {
                    "code" | "pre" | "samp" | "kbd" => code += 1,
                    "/code" | "/pre" | "/samp" | "/kbd" => code = code.saturating_sub(1),
                    "h1" => heading = Some(Kind::Title),
                    "h2" | "dt" => heading = now.heading.is_empty().then_some(Kind::Heading),
                    "/h1" | "/h2" | "/dt" => heading = None,
                    "section" | "div" if class.is_empty() || class.contains("step") => {
                        if let Some(id) = attribute(tag, "id") {
                            all.push(Passage { anchor: unescape(id), ..Passage::default() });
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    for passage in &mut all {
        passage.heading = passage.heading.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    all.retain(|passage| passage.runs.iter().any(|(_, text)| !text.trim().is_empty()));
    all
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_at_its_steps() {
        let html = "<h1>Judul</h1><p>Awal <code>--rm</code>.</p><section class=\"step\" id=\"ambil\"><h2><span \
                    class=\"number\">1</span> Ambil<a class=\"anchor\">#</a> <a class=\"other no-js\">EN</a></h2><pre><span class=\"prompt\">$ </span>\
                    <code><span>docker</span> run</code></pre><button>Salin</button></section>";
        let found = passages(html);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].anchor.as_str(), found[0].heading.as_str()), ("", "Judul"));
        assert!(found[0].runs.contains(&(Kind::Code, "--rm".to_owned())), "{found:?}");
        assert_eq!((found[1].anchor.as_str(), found[1].heading.as_str()), ("ambil", "Ambil"));
        let text: String = found[1].runs.iter().map(|(_, text)| text.as_str()).collect();
        assert!(text.contains("docker run") && !text.contains('$') && !text.contains("Salin"), "{text}");
    }
}
