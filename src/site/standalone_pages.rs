//! Pages that are no lessons: home, groups, glossary, architecture, proofs, print, not found. And what stands around a
//! lesson's text.

use std::collections::HashMap;

use maud::{Markup, PreEscaped, html};

use super::block::{command_line, shell};
use super::block_renderer::{BlockRenderer, Medium};
use super::evidence::{self, Evidence};
use super::html::text;
use super::layout::PageFacts;
use super::lesson_page::LessonText;
use super::markdown::{inline, short_html};
use super::outline::{Entry, GLOSSARY, GroupPages, HOME, NOT_FOUND, VERIFIED, up};
use super::page_maker::{PageMaker, step_ids};
use super::plain_text::plain_text;
use super::search::{PassageKind, Passages, TextKind};
use crate::highlight;
use crate::lesson::{Attrs, Block, Skip, Step, nothing_to_run};

/// A term as the glossary shows it: form, key, meaning, and the English form.
type Row<'r> = (String, &'r str, &'r str, Option<&'r str>);

impl PageMaker<'_> {
    fn title(&self, title: &str, lead: &str) -> Markup {
        html! { header class="title" { h1 { (self.say(title)) } p class="lead" { (text(lead)) } } }
    }

    fn passages(&self, title: &str, lead: &str) -> Passages {
        let mut passages = Passages::of_page(&self.words.say(title, &[]));
        passages.say(TextKind::Prose, lead);
        passages
    }

    /// Home: what the course is, and how to start.
    pub(super) fn home(&self) -> Markup {
        let outline = self.outline;
        let first = outline.lessons().next().map(|(_, entry)| entry.path.as_str()).unwrap_or_default();
        let (lessons, steps, total) = outline.lessons().fold((0, 0, 0), |(lessons, steps, total), (_, entry)| {
            (lessons + 1, steps + entry.doable().count(), total + entry.minutes().unwrap_or(0) as usize)
        });
        let any = outline.lessons().any(|(_, entry)| !self.site.records.proofs.of(&entry.file.lesson).is_empty());
        let proved = if any { "book-promise-proved" } else { "book-promise-provable" };
        html! {
            section class="hero" {
                div class="hero-words" {
                    h1 { (text(&outline.title)) }
                    p class="lead" { (self.say("book-lead")) }
                    p class="row" {
                        a class="button" href=(text(first)) data-start { (self.say("book-start")) }
                        a class="button quiet" href="#d-how" { (self.say("book-how")) }
                    }
                    p class="facts" {
                        (self.count("book-count-lessons", lessons)) " · " (self.count("book-count-steps", steps)) " · "
                        (self.count("book-count-minutes", total))
                    }
                }
                (PreEscaped(super::drawing::quay(self.words)))
            }
            ul class="promises" {
                li {
                    h2 { a href=(VERIFIED) { (self.say(proved)) } }
                    p { (PreEscaped(inline(&self.claim()))) }
                }
                @for key in ["book-promise-own", "book-promise-helped"] {
                    li { h2 { (self.say(key)) } p { (self.say(&format!("{key}-why"))) } }
                }
            }
            section id="d-lessons" {
                h2 { (self.say("book-lessons")) }
                @for group in &outline.groups {
                    h3 class="group-title" { a href=(text(&group.path)) { (text(&group.title)) } }
                    (self.cards(&group.lessons, ""))
                }
            }
            section id="d-how" class="how" {
                h2 { (self.say("book-how")) }
                ol class="ways" {
                    @for (key, command) in [("book-way-read", None), ("book-way-learn", Some("dermaga learn"))] {
                        li {
                            h3 { (self.say(key)) }
                            p { (self.say(&format!("{key}-why"))) }
                            @if let Some(command) = command { (self.terminal(command)) }
                        }
                    }
                }
                @if let Some(sample) = self.sample() {
                    h3 { (self.say("book-sample")) } p { (self.say("book-sample-why")) } (sample)
                }
            }
        }
    }

    fn terminal(&self, command: &str) -> Markup {
        let line = html! {
            span class="prompt" aria-hidden="true" { "$ " }
            code class="typed" { (PreEscaped(shell(command))) }
        };
        html! {
            div class="terminal" role="group" aria-label=(self.say("book-terminal")) {
                (command_line(&line, command, self.words))
            }
        }
    }

    fn cards(&self, lessons: &[Entry<'_>], up: &str) -> Markup {
        html! {
            ol class="cards" {
                @for entry in lessons {
                    li data-lesson=(text(&entry.file.id.0)) data-steps=(text(&step_ids(entry))) {
                        a href={ (up) (text(&entry.path)) } { span class="card-title" { (self.titled(entry)) } }
                        p lang=[self.other_language(entry)] {
                            @if let Some(first) = entry.file.lesson.front.objectives.first() { (PreEscaped(inline(&first.value))) }
                        }
                        p class="meta" { (self.minutes(entry)) span class="of" {} }
                    }
                }
            }
        }
    }

    /// A group: its lessons with what each teaches.
    pub(super) fn group(&self, group: &GroupPages<'_>) -> Markup {
        let total: usize = group.lessons.iter().filter_map(Entry::minutes).map(|minutes| minutes as usize).sum();
        html! {
            header class="title" {
                h1 { (text(&group.title)) }
                p class="facts" {
                    (self.count("book-count-lessons", group.lessons.len())) " · " (self.count("book-count-minutes", total))
                }
            }
            (self.cards(&group.lessons, &up(&group.path)))
        }
    }

    /// Every term that has a meaning.
    pub(super) fn glossary(&self, uses: &HashMap<String, Vec<&Entry<'_>>>) -> (Markup, Passages) {
        let tag = self.outline.tag.as_str();
        let mut entries: Vec<Row<'_>> = self
            .site
            .terms
            .into_iter()
            .flat_map(|terms| &terms.terms)
            .filter_map(|term| {
                let form = term.form.get(tag)?;
                let gloss = term.gloss.get(tag)?;
                let other = term.form.get("en").filter(|_| tag != "en").filter(|english| *english != form);
                Some((plain_text(form), term.key.as_str(), gloss.as_str(), other.map(String::as_str)))
            })
            .collect();
        entries.sort_by_key(|(form, ..)| form.to_lowercase());
        let first =
            |row: &Row<'_>| row.0.chars().next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        let same_letter = |one: &Row<'_>, other: &Row<'_>| first(one) == first(other);
        let letter = |rows: &[Row<'_>]| text(&rows.first().map(first).unwrap_or_default());
        let why = self.words.say("book-glossary-why", &[]);
        let mut passages = self.passages("book-glossary", &why);
        for (form, key, gloss, other) in &entries {
            passages.begin(key, TextKind::Heading, form);
            passages.mark(PassageKind::Term);
            passages.say(TextKind::Heading, other.unwrap_or_default());
            passages.markdown(gloss);
        }
        let page = html! {
            (self.title("book-glossary", &why))
            nav class="letters" aria-label=(self.say("book-letters")) {
                @for entries in entries.chunk_by(same_letter) { a href={ "#d-" (letter(entries)) } { (letter(entries)) } " " }
            }
            @for entries in entries.chunk_by(same_letter) {
                h2 class="letter" id={ "d-" (letter(entries)) } { (letter(entries)) }
                dl class="glossary" {
                    @for (form, key, gloss, other) in entries {
                        div id=(text(key)) {
                            dt {
                                (text(form))
                                @if let Some(other) = other { " " span class="english" lang="en" { (PreEscaped(inline(other))) } }
                            }
                            dd {
                                (PreEscaped(inline(gloss)))
                                @if let Some(lessons) = uses.get(*key) {
                                    p class="note" {
                                        (self.say("book-used-in")) " "
                                        @for (at, entry) in lessons.iter().enumerate() {
                                            @if at > 0 { ", " }
                                            (self.lesson_link(entry))
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        };
        (page, passages)
    }

    pub(super) fn architecture(&self) -> (Markup, Passages) {
        let (why, said) = (self.words.say("book-architecture-why", &[]), self.words.say("book-architecture-text", &[]));
        let mut passages = self.passages("book-architecture", &why);
        passages.markdown(&said);
        let page = html! {
            (self.title("book-architecture", &why))
            (PreEscaped(super::drawing::architecture(self.words)))
            (PreEscaped(short_html(&said, None, true)))
        };
        (page, passages)
    }

    /// What the records say: for every lesson the engines and days of its proofs, and what nobody has proved.
    pub(super) fn verified(&self) -> Markup {
        let open: Vec<Markup> = self.outline.lessons().flat_map(|(_, entry)| self.unproved(entry)).collect();
        html! {
            header class="title" {
                h1 { (self.say("book-verified")) }
                p class="lead" { (PreEscaped(inline(&self.claim()))) }
            }
            p { (self.say("book-verified-why")) }
            table class="proofs" {
                thead {
                    tr {
                        @for key in ["book-verified-lesson", "book-verified-steps", "book-verified-engine", "book-verified-day"] {
                            th scope="col" { (self.say(key)) }
                        }
                    }
                }
                tbody { @for (_, entry) in self.outline.lessons() { (self.proofs(entry)) } }
            }
            @if !open.is_empty() {
                h2 { (self.say("book-unproved")) }
                p { (self.say("book-unproved-why")) }
                ul { @for item in open { li { (item) } } }
            }
        }
    }

    fn lesson_link(&self, entry: &Entry<'_>) -> Markup {
        html! { a href=(text(&entry.path)) { (self.titled(entry)) } }
    }

    /// The rows of a lesson's proofs.
    fn proofs(&self, entry: &Entry<'_>) -> Markup {
        let records = self.site.records;
        let evidence = records.of(entry, "", None);
        let proofs = records.proofs.of(&entry.file.lesson);
        let runs: Vec<&Step> = running_steps(entry).collect();
        let steps = |proof| {
            let count = runs.iter().filter(|step| evidence.of(step).contains(proof)).count();
            text(&self.words.say("book-of", &[("count", &count.to_string()), ("of", &runs.len().to_string())]))
        };
        html! {
            @if proofs.is_empty() {
                tr { td { (self.lesson_link(entry)) } td colspan="3" { (self.say("book-not-recorded")) } }
            }
            @for proof in &proofs {
                @let exactly = if proof.engine == proof.cli { "book-verified-same" } else { "book-verified-exactly" };
                tr {
                    td { (self.lesson_link(entry)) }
                    td { (steps(proof)) }
                    td {
                        (text(&evidence::engine(&proof.engine, &proof.family))) br;
                        span class="note" { (text(&self.words.say(exactly, &[("engine", &proof.engine), ("cli", &proof.cli)]))) }
                    }
                    td { (PreEscaped(evidence::day(&proof.date, self.words))) }
                }
            }
        }
    }

    /// The steps and variants of a proved lesson that no proof covers.
    fn unproved(&self, entry: &Entry<'_>) -> Vec<Markup> {
        let evidence = self.site.records.of(entry, "", None);
        let mut open = Vec::new();
        for step in running_steps(entry).filter(|_| evidence.any()) {
            let link = html! {
                (self.lesson_link(entry)) ", "
                a href={ (text(&entry.path)) "#" (text(&step.id.0)) } { (PreEscaped(inline(&step.title))) }
            };
            if evidence.of(step).is_empty() {
                open.push(link.clone());
            }
            for block in &step.blocks {
                if let Block::Transcript(one) = block
                    && one.variant_group.is_some()
                    && !one.attrs.hidden
                    && !evidence.ran(step, &one.attrs)
                {
                    let variant = BlockRenderer::new(self.words, Medium::Page).variant(&one.attrs);
                    open.push(html! { (link) ": " (text(&variant)) });
                }
            }
        }
        open
    }

    /// How much of the course was proved, on which engines, when: never more than the proofs say.
    fn claim(&self) -> String {
        let mut engines: Vec<String> = Vec::new();
        let mut newest = "";
        let (mut proved, mut all) = (0, 0);
        for (_, entry) in self.outline.lessons() {
            let proofs = self.site.records.proofs.of(&entry.file.lesson);
            // A lesson to read has nothing that could be proved.
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
        let day = evidence::day_text(newest, self.words).unwrap_or_else(|| newest.to_owned());
        let (engines, proved_said, all_said) = (engines.join(", "), proved.to_string(), all.to_string());
        let values =
            [("engines", engines.as_str()), ("day", day.as_str()), ("proved", &proved_said), ("all", &all_said)];
        let key = match proved {
            0 => "book-claim-none",
            _ if proved == all => "book-claim-all",
            _ => "book-claim-some",
        };
        self.words.say(key, &values)
    }

    /// What stands before the lessons on the print page.
    pub(super) fn print_head(&self) -> Markup {
        html! {
            header class="title whole" {
                h1 { (text(&self.outline.title)) }
                p class="lead" { (self.say("book-whole-why")) }
                p class="js no-print" { button type="button" class="button" data-print { (self.say("book-print")) } }
            }
            ol class="whole-toc" {
                @for (_, entry) in self.outline.lessons() {
                    li { a href={ "#" (text(&entry.file.id.0)) } { (self.titled(entry)) } }
                }
            }
        }
    }

    /// The page for authors: a lesson's source, part by part, beside what was made of it.
    pub(super) fn authors(&self, entry: &Entry<'_>, made: &LessonText, path: Option<String>) -> Markup {
        let source = entry.file.source.text();
        let ends = made.parts.iter().skip(1).map(|(start, _)| *start).chain([source.len()]);
        let prove = path.map(|path| format!("dermaga test {}", crate::shell::quoted(&path)));
        html! {
            (self.title("book-authors", &self.words.say("book-authors-why", &[])))
            p { (self.lesson_link(entry)) }
            @if let Some(prove) = prove { p { (self.say("book-authors-prove")) } (self.terminal(&prove)) }
            div class="lesson beside" lang=[self.other_language(entry)] {
                @for ((start, html), end) in made.parts.iter().zip(ends) {
                    @let written = source.get(*start..end).unwrap_or_default().trim();
                    @if !written.is_empty() {
                        div class="written" {
                            p class="note" { (self.say("book-authors-written")) }
                            figure class="code" { pre tabindex="0" { code class="language-markdown" { (PreEscaped(highlight::html(written, "markdown"))) } } }
                        }
                        div class="shown" { p class="note" { (self.say("book-authors-shown")) } (PreEscaped(html)) }
                    }
                }
            }
        }
    }

    /// The page for addresses that lead nowhere.
    pub(super) fn not_found(&self) -> Markup {
        let lost = PageFacts { path: NOT_FOUND.to_owned(), ..PageFacts::default() };
        let base = format!("{}{}", self.root(&lost), self.outline.prefix);
        html! {
            (self.title("book-lost", &self.words.say("book-lost-why", &[])))
            p class="row" {
                a class="button" href={ (base) (HOME) } { (self.say("book-home")) }
                " " button type="button" class="button quiet js" data-search { (self.say("book-search")) }
                " " a class="button quiet" href={ (base) (GLOSSARY) } { (self.say("book-glossary")) }
            }
        }
    }

    /// A lesson's head: where it stands, how long it takes, what it teaches. `base` is the way to the language's pages.
    /// `objectives` are HTML.
    pub(super) fn lesson_head(&self, group: usize, entry: &Entry<'_>, base: &str, objectives: &[String]) -> Markup {
        html! {
            header class="title" {
                @if let Some(group) = self.outline.groups.get(group) {
                    p class="crumb" { a href={ (base) (text(&group.path)) } { (text(&group.title)) } }
                }
                h1 { (self.titled(entry)) }
                p class="facts" {
                    @if let Some(minutes) = entry.minutes() { (self.count("book-count-minutes", minutes as usize)) " · " }
                    (self.count("book-count-steps", entry.doable().count())) " · "
                    a href={ (base) (VERIFIED) } { (self.say("book-verified-link")) } span class="of" {}
                }
                @if !objectives.is_empty() {
                    div class="objectives" {
                        p { (self.say("book-objectives")) }
                        ul lang=[self.other_language(entry)] {
                            @for objective in objectives { li { (PreEscaped(objective)) } }
                        }
                    }
                }
            }
        }
    }

    /// Links to the lesson before and after.
    pub(super) fn turn(&self, path: &str) -> Markup {
        let all: Vec<&Entry<'_>> = self.outline.lessons().map(|(_, entry)| entry).collect();
        let at = all.iter().position(|entry| entry.path == path);
        let link = |entry: Option<&&Entry<'_>>, rel: &str, key: &str| {
            html! {
                @if let Some(entry) = entry {
                    a rel=(rel) class=(rel) href={ (up(path)) (text(&entry.path)) } {
                        span class="way" { (self.say(key)) } " " span { (self.titled(entry)) }
                    }
                }
            }
        };
        html! {
            @if let Some(at) = at {
                nav class="turn" aria-label=(self.say("book-turn")) {
                    (link(at.checked_sub(1).and_then(|at| all.get(at)), "prev", "book-previous"))
                    (link(all.get(at + 1), "next", "book-next"))
                }
            }
        }
    }

    /// What a lesson teaches, in one sentence, for those who only see its address.
    pub(super) fn describe(&self, entry: &Entry<'_>) -> String {
        let objectives: Vec<String> =
            entry.file.lesson.front.objectives.iter().map(|objective| plain_text(&objective.value)).collect();
        if objectives.is_empty() {
            return self.words.say("book-lead", &[]);
        }
        self.words.say("book-describe", &[("objectives", &objectives.join("; "))])
    }

    /// The first short transcript of a course, to show what is meant.
    fn sample(&self) -> Option<Markup> {
        let blocks = BlockRenderer::new(self.words, Medium::Page);
        let short = |block: &Block| match block {
            Block::Transcript(transcript) => {
                let plain = Attrs { timeout: transcript.attrs.timeout, ..Attrs::default() };
                transcript.variant_group.is_none()
                    && transcript.attrs == plain
                    && matches!(transcript.commands.as_slice(), [only] if (5..20).contains(&only.expected.len())
                        // All of it is there to be seen.
                        && !only.expected.iter().any(|line| line.text.contains("...") || line.text.contains("[..]")))
            }
            _ => false,
        };
        let steps = self.outline.lessons().flat_map(|(_, entry)| &entry.file.lesson.steps);
        let mut shown = steps.filter_map(|step| {
            let at = step.blocks.iter().position(short)?;
            blocks.step(step, &Evidence::default()).get(at).cloned().flatten()
        });
        shown.next()
    }
}

/// The steps in which an engine does something that a reader sees.
fn running_steps<'e>(entry: &'e Entry<'_>) -> impl Iterator<Item = &'e Step> {
    entry.file.lesson.steps.iter().filter(|step| {
        step.blocks.iter().any(|block| match block {
            Block::Transcript(one) => !one.attrs.hidden && !one.attrs.blank,
            Block::Check(_) => true,
            _ => false,
        })
    })
}
