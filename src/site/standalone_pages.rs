//! Makes the pages that are not lessons: home, groups, glossary, architecture, proofs, print, not found.

use std::collections::HashMap;

use askama::Template;
use askama::filters::Safe;

use super::block_renderer::{BlockRenderer, Medium};
use super::evidence;
use super::html::render;
use super::layout::Content;
use super::links::LinkResolver;
use super::markdown::short_html;
use super::outline::{ARCHITECTURE, AUTHORS, Entry, GLOSSARY, GroupPages, HOME, NOT_FOUND, PRINT, VERIFIED, up};
use super::page_maker::PageMaker;
use super::plain_text::plain_text;
use super::search::{self, PassageKind, Passages, TextKind};
use crate::cores::each;
use crate::highlight;
use crate::lesson::{Attrs, Block, Skip, Step, nothing_to_run};
use crate::record::{Evidence, Proof};
use crate::text::Spanned;

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    make: &'a PageMaker<'a>,
    /// The path of the first lesson.
    first: &'a str,
    steps: usize,
    minutes: usize,
    /// The message key of the sentence about proofs.
    promise: &'static str,
}

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage<'a> {
    make: &'a PageMaker<'a>,
    group: &'a GroupPages<'a>,
    up: String,
    minutes: usize,
}

#[derive(Template)]
#[template(path = "glossary.html")]
struct Glossary<'a> {
    make: &'a PageMaker<'a>,
    terms: Vec<GlossaryTerm<'a>>,
}

/// A term on the glossary page.
struct GlossaryTerm<'a> {
    form: String,
    /// The first letter of `form`.
    letter: String,
    key: &'a str,
    meaning: &'a str,
    english: Option<&'a str>,
    lessons: Option<&'a Vec<&'a Entry<'a>>>,
}

impl GlossaryTerm<'_> {
    fn same_letter(&self, other: &Self) -> bool {
        self.letter == other.letter
    }
}

#[derive(Template)]
#[template(path = "architecture.html")]
struct Architecture<'a> {
    make: &'a PageMaker<'a>,
    /// The text of the page as HTML.
    text: String,
}

#[derive(Template)]
#[template(path = "verified.html")]
struct Verified<'a> {
    make: &'a PageMaker<'a>,
    /// The steps and variants that no proof covers, with the entry of their lesson and the label of the variant.
    open: Vec<(&'a Entry<'a>, &'a Step, Option<String>)>,
}

#[derive(Template)]
#[template(path = "print.html")]
struct Print<'a> {
    make: &'a PageMaker<'a>,
    /// The lessons as HTML.
    lessons: &'a str,
}

#[derive(Template)]
#[template(path = "authors.html")]
struct Authors<'a> {
    make: &'a PageMaker<'a>,
    entry: &'a Entry<'a>,
    /// The command that tests the lesson.
    command: Option<String>,
    /// The source of each part, highlighted as HTML, and the HTML that the renderer made from it.
    parts: Vec<(String, &'a str)>,
}

/// The page that a server shows for an address without a page.
#[derive(Template)]
#[template(path = "lost.html")]
struct Lost<'a> {
    make: &'a PageMaker<'a>,
}

impl PageMaker<'_> {
    /// Makes the pages that are not lessons. `print` is the HTML of all lessons for the print page.
    pub(super) fn standalone_pages(&self, print: &str) -> Vec<Content> {
        let outline = self.outline;
        let page = |path: &str, title: String, html: String, passages: Passages| Content {
            path: path.to_owned(),
            title,
            description: self.say("book-lead"),
            html,
            lang: outline.tag.clone(),
            passages: search::words(passages, &outline.tag),
            ..Content::default()
        };
        let unsearched = |path, title, html| page(path, title, html, Passages::default());
        let (glossary, glossary_passages) = self.glossary();
        let (architecture, architecture_passages) = self.architecture();
        let mut pages = vec![unsearched(HOME, outline.title.clone(), self.home())];
        for group in &outline.groups {
            pages.push(page(&group.path, group.title.clone(), self.group(group), Passages::of_page(&group.title)));
        }
        pages.push(page(GLOSSARY, self.say("book-glossary"), glossary, glossary_passages));
        pages.push(page(ARCHITECTURE, self.say("book-architecture"), architecture, architecture_passages));
        pages.push(unsearched(VERIFIED, self.say("book-verified"), self.verified()));
        let authors = self.site.course.site.authors.as_ref().map(|lesson| &lesson.value);
        if let Some(entry) = outline.lessons().find(|entry| Some(&entry.file.id.0) == authors) {
            pages.push(unsearched(AUTHORS, self.say("book-authors"), self.authors(entry)));
        }
        pages.push(unsearched(NOT_FOUND, self.say("book-lost"), render(&Lost { make: self })));
        pages.push(unsearched(PRINT, self.say("book-whole"), render(&Print { make: self, lessons: print })));
        pages
    }

    fn passages(&self, title: &str, lead: &str) -> Passages {
        let mut passages = Passages::of_page(&self.say(title));
        passages.say(TextKind::Prose, lead);
        passages
    }

    /// Renders the home page, which describes the course and how to start it.
    fn home(&self) -> String {
        let lessons = || self.outline.lessons();
        let is_proved = lessons().any(|entry| !self.site.records.proofs.of(&entry.file.lesson).is_empty());
        render(&Home {
            make: self,
            first: lessons().next().map(|entry| entry.path.as_str()).unwrap_or_default(),
            steps: lessons().map(|entry| entry.doable().count()).sum(),
            minutes: lessons().filter_map(Entry::minutes).sum(),
            promise: if is_proved { "book-promise-proved" } else { "book-promise-provable" },
        })
    }

    fn terminal(&self, command: &str) -> Safe<String> {
        Safe(BlockRenderer::new(&self.words, Medium::Page).terminal(command))
    }

    fn group(&self, group: &GroupPages<'_>) -> String {
        let minutes = group.lessons.iter().filter_map(Entry::minutes).sum();
        render(&GroupPage { make: self, group, up: up(&group.path), minutes })
    }

    /// Returns the lessons to read about each term, by the term's key. These are the lessons that teach the term, or
    /// else the first lessons that use the term.
    fn uses(&self) -> HashMap<String, Vec<&Entry<'_>>> {
        const MOST: usize = 3;
        let mut uses: HashMap<String, Vec<&Entry<'_>>> = HashMap::new();
        let Some(terms) = self.site.terms else { return uses };
        let Some(forms) = self.site.glossaries.get(self.outline.tag.as_str()) else { return uses };
        let taught = terms.terms.iter().filter_map(|term| Some((term.key.as_str(), term.taught.as_ref()?)));
        let taught: HashMap<&str, &Vec<Spanned<String>>> = taught.filter(|(_, lessons)| !lessons.is_empty()).collect();
        let lessons: Vec<_> = self.outline.lessons().filter(|entry| entry.lang == self.outline.tag).collect();
        let used = each(&lessons, || (), |(), entry| forms.used_in(entry.file.lesson.source.text()));
        for (entry, used) in lessons.into_iter().zip(used) {
            for key in used {
                let is_place = match taught.get(key) {
                    Some(lessons) => lessons.iter().any(|lesson| lesson.value == entry.file.id.0),
                    None => uses.get(key).is_none_or(|found| found.len() < MOST),
                };
                if is_place {
                    uses.entry(key.to_owned()).or_default().push(entry);
                }
            }
        }
        uses
    }

    /// Renders the glossary page, which has every term with a meaning.
    fn glossary(&self) -> (String, Passages) {
        let uses = self.uses();
        let tag = self.outline.tag.as_str();
        let terms = self.site.terms.into_iter().flat_map(|terms| &terms.terms).filter_map(|term| {
            let written = term.form.get(tag)?;
            let english = term.form.get("en").filter(|english| tag != "en" && *english != written);
            let form = plain_text(written);
            Some(GlossaryTerm {
                letter: form.chars().next().map(|first| first.to_uppercase().to_string()).unwrap_or_default(),
                form,
                key: &term.key,
                meaning: term.gloss.get(tag)?,
                english: english.map(String::as_str),
                lessons: uses.get(&term.key),
            })
        });
        let mut terms: Vec<GlossaryTerm<'_>> = terms.collect();
        terms.sort_by_key(|term| term.form.to_lowercase());
        let mut passages = self.passages("book-glossary", &self.say("book-glossary-why"));
        for term in &terms {
            passages.begin(term.key, TextKind::Heading, &term.form, PassageKind::Term);
            passages.say(TextKind::Heading, term.english.unwrap_or_default());
            passages.markdown(term.meaning);
        }
        (render(&Glossary { make: self, terms }), passages)
    }

    fn architecture(&self) -> (String, Passages) {
        let said = self.say("book-architecture-text");
        let mut passages = self.passages("book-architecture", &self.say("book-architecture-why"));
        passages.markdown(&said);
        (render(&Architecture { make: self, text: short_html(&said, Some(LinkResolver::default())) }), passages)
    }

    /// Renders the page with the engines and days of each lesson's proofs, and with the steps that no proof covers.
    fn verified(&self) -> String {
        render(&Verified { make: self, open: self.outline.lessons().flat_map(|entry| self.unproved(entry)).collect() })
    }

    /// Describes the number of a lesson's steps that `proof` covers.
    fn proved_steps(&self, entry: &Entry<'_>, evidence: &Evidence<'_>, proof: &Proof) -> String {
        let runs: Vec<&Step> = running_steps(entry).collect();
        let count = runs.iter().filter(|step| evidence.of(step).contains(&proof)).count();
        self.words.say("book-of", &[("count", &count.to_string()), ("of", &runs.len().to_string())])
    }

    /// Returns the exact versions of the engine and the CLI of a proof.
    fn exactly(&self, proof: &Proof) -> String {
        let key = if proof.engine == proof.cli { "book-verified-same" } else { "book-verified-exactly" };
        self.words.say(key, &[("engine", &proof.engine), ("cli", &proof.cli)])
    }

    /// Finds the steps and variants of a lesson that no proof covers. Returns nothing for a lesson without any proof.
    fn unproved<'e>(&self, entry: &'e Entry<'e>) -> Vec<(&'e Entry<'e>, &'e Step, Option<String>)> {
        let evidence = self.site.records.of(entry);
        let mut open = Vec::new();
        for step in running_steps(entry).filter(|_| evidence.any()) {
            if evidence.of(step).is_empty() {
                open.push((entry, step, None));
            }
            for block in &step.blocks {
                if let Block::Transcript(one) = block
                    && one.variant_group.is_some()
                    && !one.attrs.hidden
                    && !evidence.ran(step, &one.attrs)
                {
                    let variant = BlockRenderer::new(&self.words, Medium::Page).variant(&one.attrs);
                    open.push((entry, step, Some(variant)));
                }
            }
        }
        open
    }

    /// Describes the number of lessons with a proof, the engines, and the day of the newest proof.
    fn claim(&self) -> Safe<String> {
        let mut engines: Vec<String> = Vec::new();
        let mut newest = "";
        let (mut proved, mut all) = (0, 0);
        for entry in self.outline.lessons() {
            let proofs = self.site.records.proofs.of(&entry.file.lesson);
            // A lesson without commands needs no proof.
            if matches!(nothing_to_run(&entry.file.lesson, &[]), Some(Skip::Nothing)) {
                continue;
            }
            all += 1;
            proved += usize::from(!proofs.is_empty());
            for proof in proofs {
                let engine = evidence::engine(&proof.engine, &proof.family);
                if !engines.contains(&engine) {
                    engines.push(engine);
                }
                newest = newest.max(&proof.date);
            }
        }
        let day = evidence::day_text(newest, &self.words);
        let (engines, proved_said, all_said) = (engines.join(", "), proved.to_string(), all.to_string());
        let values =
            [("engines", engines.as_str()), ("day", day.as_str()), ("proved", &proved_said), ("all", &all_said)];
        let key = match proved {
            0 => "book-claim-none",
            _ if proved == all => "book-claim-all",
            _ => "book-claim-some",
        };
        self.inline(&self.words.say(key, &values))
    }

    /// Renders the page for authors, which shows each part of a lesson's source beside the HTML made from it.
    fn authors(&self, entry: &Entry<'_>) -> String {
        let made = self.text(entry, AUTHORS, Medium::Page);
        let source = entry.file.source.text();
        let ends = made.parts.iter().skip(1).map(|(start, _)| *start).chain([source.len()]);
        let parts = made.parts.iter().zip(ends).filter_map(|((start, html), end)| {
            let written = source.get(*start..end).unwrap_or_default().trim();
            (!written.is_empty()).then(|| (highlight::html(written, "markdown"), html.as_str()))
        });
        let command = entry.source_path().map(|path| format!("dermaga test {}", crate::shell::quoted(&path)));
        render(&Authors { make: self, entry, command, parts: parts.collect() })
    }

    /// Describes the objectives of a lesson in one sentence, for search engines and link previews.
    pub(super) fn describe(&self, entry: &Entry<'_>) -> String {
        let objectives = entry.file.lesson.front.objectives.iter().map(|objective| plain_text(&objective.value));
        match objectives.collect::<Vec<_>>().join("; ") {
            none if none.is_empty() => self.say("book-lead"),
            objectives => self.words.say("book-describe", &[("objectives", &objectives)]),
        }
    }

    /// Renders the first short transcript of a course as a sample.
    fn sample(&self) -> Option<Safe<String>> {
        let blocks = BlockRenderer::new(&self.words, Medium::Page);
        let short = |block: &Block| match block {
            Block::Transcript(transcript) => {
                let plain = Attrs { timeout: transcript.attrs.timeout, ..Attrs::default() };
                transcript.variant_group.is_none()
                    && transcript.attrs == plain
                    && matches!(transcript.commands.as_slice(), [only] if (5..20).contains(&only.expected.len())
                        // The output has no omitted part.
                        && !only.expected.iter().any(|line| line.text.contains("...") || line.text.contains("[..]")))
            }
            _ => false,
        };
        let steps = self.outline.lessons().flat_map(|entry| &entry.file.lesson.steps);
        let mut shown = steps.filter_map(|step| {
            let at = step.blocks.iter().position(short)?;
            blocks.step(step, &Evidence::default()).get(at).cloned().flatten()
        });
        shown.next().map(Safe)
    }
}

/// Returns the steps that have a check, or commands that the page shows.
fn running_steps<'e>(entry: &'e Entry<'_>) -> impl Iterator<Item = &'e Step> {
    entry.file.lesson.steps.iter().filter(|step| {
        step.blocks.iter().any(|block| match block {
            Block::Transcript(one) => !one.attrs.hidden && !one.attrs.blank,
            Block::Check(_) => true,
            _ => false,
        })
    })
}
