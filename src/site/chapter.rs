//! A lesson → Markdown for mdBook with marks where our blocks stand, and mdBook's HTML → sections with the blocks in it.
//!
//! A lesson's own HTML is cleaned while the marks are still in place of our blocks, so that nothing it writes can pass
//! for one of them.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::block::Maker;
use super::evidence::{self, Evidence};
use super::html::{clean, escape};
use super::links::Elsewhere;
use super::outline::{Older, Translation};
use super::tags;
use super::tips::Tips;
use crate::lesson::{Block, Lesson, Step};
use crate::text::{Edit, Span, apply};
use crate::words::Words;

/// A lesson that mdBook has seen.
pub(super) struct Chapter<'a> {
    lesson: &'a Lesson,
    nonce: &'a str,
    blocks: Vec<String>,
    evidence: Evidence<'a>,
    /// Where other languages have this lesson: for those who read without scripts, and for everybody where the lesson is
    /// older than its source.
    pub(super) elsewhere: &'a [Elsewhere],
    /// How the lesson stands to its source.
    pub(super) state: &'a Translation,
}

/// Whether a learner does something in it: then it has a number and can be ticked off.
pub(super) fn is_doable(step: &Step) -> bool {
    step.blocks.iter().any(|block| match block {
        Block::Prose(_) => false,
        Block::Transcript(transcript) => !transcript.attrs.hidden,
        Block::File(file) => !file.attrs.hidden,
        Block::Check(_) | Block::Quiz(_) => true,
    })
}

/// A lesson's Markdown for mdBook, without front matter and what is the teacher's, with a mark in the place of each step
/// and block; `nonce` is what no author can know.
pub(super) fn markdown(lesson: &Lesson, nonce: &str) -> String {
    let source = &lesson.source;
    let mut edits = Vec::new();
    let mut edit = |span: Span, text: String| edits.push(Edit { span, text });
    edit(lesson.front.span, String::new());
    for span in &lesson.teacher {
        edit(*span, String::new());
    }
    let mut number = 0;
    for (index, step) in lesson.steps.iter().enumerate() {
        if !step.heading.is_empty() {
            let at = Span::new(step.heading.start, step.heading.start);
            edit(at, format!("```{}step-{index}\n```\n\n", mark(nonce)));
        }
        for block in &step.blocks {
            if !matches!(block, Block::Prose(_)) {
                let fence = source.slice(block.span());
                let line = fence.lines().next().unwrap_or_default();
                let marks = line.len() - line.trim_start().trim_start_matches(['`', '~']).len();
                let start = block.span().start;
                edit(Span::new(start + marks, start + line.len()), format!("{}{number}", mark(nonce)));
            }
            number += 1;
        }
    }
    apply(source.text(), &edits).unwrap_or_default()
}

fn mark(nonce: &str) -> String {
    format!("dermaga-{nonce}-")
}

impl<'a> Chapter<'a> {
    /// Makes the blocks of a lesson; `nonce` is what no author can know.
    pub(super) fn new(lesson: &'a Lesson, maker: &Maker<'_>, nonce: &'a str, evidence: Evidence<'a>) -> Self {
        let blocks =
            lesson.steps.iter().flat_map(|step| maker.step(step, &evidence)).map(Option::unwrap_or_default).collect();
        Self { lesson, nonce, blocks, evidence, elsewhere: &[], state: &Translation::Current }
    }

    /// The opening (its `h1` cut off), then a section for every step, from what mdBook made of the Markdown.
    pub(super) fn sections(&self, html: &str, maker: &Maker<'_>, tips: Option<(&Tips, &str)>) -> (String, String) {
        let mut seen = HashSet::new();
        let mut opening = String::new();
        let mut sections = String::new();
        let mut number = 0;
        for (step, piece) in self.cut(html) {
            let mut piece = admonitions(&ticks(&clean(&without_zoom(piece))), maker);
            if let Some((tips, glossary)) = tips {
                piece = tips.mark(&piece, &mut seen, glossary, &mut || maker.id("tip"));
            }
            let piece = self.fill(&piece);
            let Some(step) = step.and_then(|index| self.lesson.steps.get(index)) else {
                opening = without_title(&piece);
                continue;
            };
            let doable = is_doable(step);
            number += usize::from(doable);
            let shown = Shown {
                number: doable.then_some(number),
                proved: evidence::told(&self.evidence.of(step), maker.words),
                elsewhere: self.elsewhere,
                state: self.state,
            };
            sections.push_str(&section(step, &piece, &shown, maker));
        }
        (opening, sections)
    }

    /// The HTML between the marks of steps, each with its step's index.
    fn cut<'h>(&self, html: &'h str) -> Vec<(Option<usize>, &'h str)> {
        let open = format!("<pre><code class=\"language-{}step-", mark(self.nonce));
        let mut pieces = html.split(open.as_str());
        let mut cut = vec![(None, pieces.next().unwrap_or_default())];
        for piece in pieces {
            let index = piece.split('"').next().and_then(|index| index.parse().ok());
            cut.push((index, piece.split_once("</pre>").map_or("", |(_, rest)| rest)));
        }
        cut
    }

    /// Puts the blocks in the place of their marks.
    fn fill(&self, html: &str) -> String {
        let open = format!("<pre><code class=\"language-{}", mark(self.nonce));
        let mut pieces = html.split(open.as_str());
        let mut filled = coloured(pieces.next().unwrap_or_default());
        for piece in pieces {
            let index: Option<usize> = piece.split('"').next().and_then(|index| index.parse().ok());
            filled.push_str(index.and_then(|index| self.blocks.get(index)).map_or("", String::as_str));
            filled.push_str(&coloured(piece.split_once("</pre>").map_or("", |(_, rest)| rest)));
        }
        filled
    }
}

/// What a section has besides its text.
struct Shown<'a> {
    number: Option<usize>,
    /// What proved it, as HTML.
    proved: String,
    elsewhere: &'a [Elsewhere],
    state: &'a Translation,
}

fn section(step: &Step, html: &str, shown: &Shown<'_>, maker: &Maker<'_>) -> String {
    let id = escape(&format!("{}{}", maker.prefix, step.id.0));
    let (title, body) = heading(html, "h2").unwrap_or_else(|| (escape(&step.title), html.to_owned()));
    let label = escape(&maker.words.say("book-step-link", &[("title", &step.title)]));
    let class = if shown.number.is_some() { "step" } else { "step plain" };
    let numbered = shown.number.map(|number| format!("<span class=\"number\">{number}</span> ")).unwrap_or_default();
    let others: String = shown
        .elsewhere
        .iter()
        .filter(|other| other.steps.contains(&step.id.0))
        .map(|Elsewhere { tag, way, .. }| {
            let (tag, way) = (escape(tag), escape(way));
            let class = if *shown.state == Translation::Outdated { "other" } else { "other no-js" };
            format!(
                " <a class=\"{class}\" href=\"{way}#{}\" hreflang=\"{tag}\" lang=\"{tag}\">{}</a>",
                escape(&step.id.0),
                tag.to_uppercase()
            )
        })
        .collect();
    let mut section = format!(
        "<section class=\"{class}\" id=\"{id}\" data-step=\"{}\" aria-labelledby=\"{id}.title\">\
         <h2 id=\"{id}.title\">{numbered}{title}<a class=\"anchor\" href=\"#{id}\" aria-label=\"{label}\">#</a>{others}</h2>{}{body}",
        escape(&step.id.0),
        older(step, shown, maker).unwrap_or_default(),
    );
    if !shown.proved.is_empty() {
        let proved = &shown.proved;
        let _ = write!(section, "<p class=\"proved\"><strong>{}</strong> {proved}</p>", maker.say("book-proved-on"));
    }
    if shown.number.is_some() {
        let _ = write!(
            section,
            "<p class=\"done js\"><button type=\"button\" class=\"mark\" aria-pressed=\"false\">{}</button></p>",
            maker.say("book-done")
        );
    }
    section.push_str("</section>");
    section
}

/// That the source of a step has changed since the step was translated, with the way to it.
fn older(step: &Step, shown: &Shown<'_>, maker: &Maker<'_>) -> Option<String> {
    let Translation::Partly(older) = shown.state else { return None };
    let title = older.step(&step.id.0)?;
    // The source comes first among the languages.
    let Elsewhere { tag, way, .. } = shown.elsewhere.first()?;
    let said = escape(&since(maker.words, "book-notice-step", older));
    let (tag, way) = (escape(tag), escape(way));
    let link = title.as_ref().map(|title| {
        let (id, title) = (escape(&step.id.0), super::html::inline(title));
        format!(" <a href=\"{way}#{id}\" hreflang=\"{tag}\" lang=\"{tag}\">{title}</a>")
    });
    Some(format!("<p class=\"notice\">{said}{}</p>", link.unwrap_or_default()))
}

/// A sentence that tells the day of a translation, where that is known.
pub(super) fn since(words: &Words, key: &str, older: &Older) -> String {
    match &older.date {
        Some(date) => words.say(key, &[("day", &super::html::plain(&evidence::day(date, words)))]),
        None => words.say(&format!("{key}-undated"), &[]),
    }
}

/// The inside of the first heading of this level, without its link, and the HTML without that heading.
fn heading(html: &str, level: &str) -> Option<(String, String)> {
    let start = html.find(&format!("<{level}"))?;
    let inside = start + html[start..].find('>')? + 1;
    let end = inside + html[inside..].find(&format!("</{level}>"))?;
    let after = end + level.len() + 3;
    let title = tags::rewrite(&html[inside..end], |tag| matches!(tags::name(tag), "a" | "/a").then(String::new));
    Some((title, format!("{}{}", &html[..start], &html[after..])))
}

fn without_title(html: &str) -> String {
    heading(html, "h1").map_or_else(|| html.to_owned(), |(_, rest)| rest)
}

/// mdBook's titles of asides are English; ours are the reader's.
fn admonitions(html: &str, maker: &Maker<'_>) -> String {
    let open = "<p class=\"blockquote-tag-title\">";
    let mut pieces = html.split(open);
    let mut said = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (title, rest) = piece.split_once("</p>").unwrap_or(("", piece));
        let key = match title.trim() {
            "Tip" => "book-aside-tip",
            "Important" => "book-aside-important",
            "Warning" => "book-aside-warning",
            "Caution" => "book-aside-caution",
            _ => "book-aside-note",
        };
        let _ = write!(said, "{open}{}</p>{rest}", maker.say(key));
    }
    said
}

/// The boxes of a task list as signs: they cannot be ticked, so they are no controls.
fn ticks(html: &str) -> String {
    tags::rewrite(html, |tag| {
        (tags::name(tag) == "input").then(|| if tag.contains("checked") { "☑ " } else { "☐ " }.to_owned())
    })
}

/// mdBook writes every picture twice, with a box to tick that enlarges it; one picture stays.
fn without_zoom(html: &str) -> String {
    let mut pieces = html.split("<label class=\"checkbox-label\">");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (zoom, rest) = piece.split_once("</label>").unwrap_or(("", piece));
        let picture = tags::pieces(zoom).find_map(|piece| match piece {
            tags::Piece::Tag(tag) if tags::name(tag) == "img" => Some(tag),
            _ => None,
        });
        out.push_str(picture.unwrap_or(zoom));
        out.push_str(rest);
    }
    out
}

/// Other code than our blocks, with its colours.
fn coloured(html: &str) -> String {
    let open = "<pre><code class=\"language-";
    let mut pieces = html.split(open);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let parts = piece.split_once("\">").and_then(|(language, rest)| Some((language, rest.split_once("</code>")?)));
        match parts {
            Some((language, (code, rest))) if !code.contains('<') => {
                let code = super::block::code(&super::html::unescape(code), language);
                let _ = write!(out, "{open}{language}\">{code}</code>{rest}");
            }
            _ => {
                out.push_str(open);
                out.push_str(piece);
            }
        }
    }
    out
}
