//! Pages that are no lessons: home, groups, glossary, architecture, what was verified, the lost page.

use std::fmt::Write as _;

use super::evidence;
use super::html::{escape, inline, markdown};
use super::layout::{minutes, steps, titled};
use super::outline::{Entry, GLOSSARY, HOME, Outline, VERIFIED, up};
use super::records::Records;
use crate::lesson::{Block, Skip, Step, Terms, nothing_to_run};
use crate::words::Words;

/// What a page of ours is made from.
pub(super) struct Place<'a> {
    pub(super) outline: &'a Outline<'a>,
    pub(super) words: &'a Words,
}

impl Place<'_> {
    fn say(&self, key: &str) -> String {
        escape(&self.words.say(key, &[]))
    }

    /// Home: what the course is, and how to start.
    pub(super) fn home(&self, sample: Option<&str>, records: &Records) -> String {
        let outline = self.outline;
        let first = outline.lessons().next().map(|(_, entry)| entry.path.clone()).unwrap_or_default();
        let (lessons, steps, total) = outline.lessons().fold((0, 0, 0), |(lessons, steps, total), (_, entry)| {
            (lessons + 1, steps + entry.doable().count(), total + entry.minutes().unwrap_or(0) as usize)
        });
        let mut html = format!(
            "<section class=\"hero\"><div class=\"hero-words\"><h1>{}</h1><p class=\"lead\">{}</p>\
             <p class=\"row\"><a class=\"button\" href=\"{}\" data-start>{}</a><a class=\"button quiet\" href=\"#d-how\">{}</a></p>\
             <p class=\"facts\">{} · {} · {}</p></div>{}</section>",
            escape(&outline.title),
            self.say("book-lead"),
            escape(&first),
            self.say("book-start"),
            self.say("book-how"),
            escape(&self.words.count("book-count-lessons", lessons, &[])),
            escape(&self.words.count("book-count-steps", steps, &[])),
            escape(&self.words.count("book-count-minutes", total, &[])),
            super::drawing::quay(self.words),
        );
        html.push_str("<ul class=\"promises\">");
        let any = outline.lessons().any(|(_, entry)| !records.proofs.of(&entry.file.lesson).is_empty());
        let proved = if any { "proved" } else { "provable" };
        let _ = write!(
            html,
            "<li><h2><a href=\"{VERIFIED}\">{}</a></h2><p>{}</p></li>",
            self.say(&format!("book-promise-{proved}")),
            escape(&self.claim(records))
        );
        for key in ["own", "helped"] {
            let _ = write!(
                html,
                "<li><h2>{}</h2><p>{}</p></li>",
                self.say(&format!("book-promise-{key}")),
                self.say(&format!("book-promise-{key}-why"))
            );
        }
        html.push_str("</ul>");
        let _ = write!(html, "<section id=\"d-lessons\"><h2>{}</h2>", self.say("book-lessons"));
        for group in &outline.groups {
            let _ = write!(
                html,
                "<h3 class=\"group-title\"><a href=\"{}\">{}</a></h3>{}",
                escape(&group.path),
                escape(&group.title),
                self.cards(&group.lessons, "")
            );
        }
        html.push_str("</section>");
        let _ =
            write!(html, "<section id=\"d-how\" class=\"how\"><h2>{}</h2><ol class=\"ways\">", self.say("book-how"));
        for (key, command) in [("read", None), ("learn", Some("dermaga learn"))] {
            let _ = write!(
                html,
                "<li><h3>{}</h3><p>{}</p>{}</li>",
                self.say(&format!("book-way-{key}")),
                self.say(&format!("book-way-{key}-why")),
                command.map(|command| self.terminal(command)).unwrap_or_default()
            );
        }
        html.push_str("</ol>");
        if let Some(sample) = sample {
            let _ = write!(html, "<h3>{}</h3><p>{}</p>{sample}", self.say("book-sample"), self.say("book-sample-why"));
        }
        html.push_str("</section>");
        html
    }

    fn terminal(&self, command: &str) -> String {
        format!(
            "<div class=\"terminal\" role=\"group\" aria-label=\"{}\"><div class=\"command\"><pre><span class=\"prompt\" \
             aria-hidden=\"true\">$ </span><code class=\"typed\">{}</code></pre></div></div>",
            self.say("book-terminal"),
            super::block::shell(command)
        )
    }

    fn cards(&self, lessons: &[Entry<'_>], up: &str) -> String {
        let mut html = String::from("<ol class=\"cards\">");
        for entry in lessons {
            let first = entry.file.lesson.front.objectives.first().map(|objective| inline(&objective.value));
            let lang = if entry.lang == self.outline.tag {
                String::new()
            } else {
                format!(" lang=\"{}\"", escape(&entry.lang))
            };
            let _ = write!(
                html,
                "<li data-lesson=\"{}\" data-steps=\"{}\"><a href=\"{up}{}\"><span class=\"card-title\">{}</span></a>\
                 <p{lang}>{}</p><p class=\"meta\">{}<span class=\"of\"></span></p></li>",
                escape(&entry.file.id.0),
                steps(entry),
                escape(&entry.path),
                titled(entry, self.outline),
                first.unwrap_or_default(),
                minutes(entry, self.words),
            );
        }
        html.push_str("</ol>");
        html
    }

    /// A group: its lessons with what each teaches.
    pub(super) fn group(&self, index: usize) -> String {
        let Some(group) = self.outline.groups.get(index) else { return String::new() };
        let total: usize = group.lessons.iter().filter_map(Entry::minutes).map(|minutes| minutes as usize).sum();
        format!(
            "<header class=\"title\"><h1>{}</h1><p class=\"facts\">{} · {}</p></header>{}",
            escape(&group.title),
            escape(&self.words.count("book-count-lessons", group.lessons.len(), &[])),
            escape(&self.words.count("book-count-minutes", total, &[])),
            self.cards(&group.lessons, &up(&group.path)),
        )
    }

    /// Every term that has a meaning.
    pub(super) fn glossary(&self, terms: Option<&Terms>) -> String {
        let tag = self.outline.tag.as_str();
        let mut entries: Vec<(String, &str, &str, Option<&str>)> = terms
            .into_iter()
            .flat_map(|terms| &terms.terms)
            .filter_map(|term| {
                let form = term.form.get(tag)?;
                let gloss = term.gloss.get(tag)?;
                let other = term.form.get("en").filter(|_| tag != "en").filter(|english| *english != form);
                Some((super::html::plain(&inline(form)), term.key.as_str(), gloss.as_str(), other.map(String::as_str)))
            })
            .collect();
        entries.sort_by_key(|(form, ..)| form.to_lowercase());
        let mut html = format!(
            "<header class=\"title\"><h1>{}</h1><p class=\"lead\">{}</p></header>",
            self.say("book-glossary"),
            self.say("book-glossary-why")
        );
        if entries.is_empty() {
            return html;
        }
        html.push_str("<dl class=\"glossary\">");
        for (form, key, gloss, other) in entries {
            let other = other.map(|other| format!(" <span class=\"english\" lang=\"en\">{}</span>", inline(other)));
            let _ = write!(
                html,
                "<div id=\"{}\"><dt>{}{}</dt><dd>{}</dd></div>",
                escape(key),
                escape(&form),
                other.unwrap_or_default(),
                inline(gloss)
            );
        }
        html.push_str("</dl>");
        html
    }

    pub(super) fn architecture(&self) -> String {
        format!(
            "<header class=\"title\"><h1>{}</h1><p class=\"lead\">{}</p></header>{}{}",
            self.say("book-architecture"),
            self.say("book-architecture-why"),
            super::drawing::architecture(self.words),
            markdown(&self.words.say("book-architecture-text", &[])),
        )
    }

    /// What the records say: for every lesson on which engines and when, and what nobody has proved.
    pub(super) fn verified(&self, records: &Records) -> String {
        let mut html = format!(
            "<header class=\"title\"><h1>{}</h1><p class=\"lead\">{}</p></header><p>{}</p>",
            self.say("book-verified"),
            escape(&self.claim(records)),
            self.say("book-verified-why")
        );
        let _ = write!(
            html,
            "<table class=\"proofs\"><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
             <th scope=\"col\">{}</th></tr></thead><tbody>",
            self.say("book-verified-lesson"),
            self.say("book-verified-steps"),
            self.say("book-verified-engine"),
            self.say("book-verified-day"),
        );
        let mut open = String::new();
        for (_, entry) in self.outline.lessons() {
            let link = format!("<a href=\"{}\">{}</a>", escape(&entry.path), titled(entry, self.outline));
            let evidence = records.of(entry, "", None);
            let proofs = records.proofs.of(&entry.file.lesson);
            let runs: Vec<&Step> = entry.file.lesson.steps.iter().filter(|step| runs(step)).collect();
            if proofs.is_empty() {
                let _ =
                    write!(html, "<tr><td>{link}</td><td colspan=\"3\">{}</td></tr>", self.say("book-not-recorded"));
            }
            for proof in proofs {
                let (of, count) =
                    (runs.len().to_string(), runs.iter().filter(|step| evidence.of(step).contains(&proof)).count());
                let steps = self.words.say("book-of", &[("count", &count.to_string()), ("of", &of)]);
                let engine = evidence::engine(&proof.engine, &proof.family);
                let exactly = if proof.engine == proof.cli { "book-verified-same" } else { "book-verified-exactly" };
                let _ = write!(
                    html,
                    "<tr><td>{link}</td><td>{}</td><td>{}<br><span class=\"note\">{}</span></td><td>{}</td></tr>",
                    escape(&steps),
                    escape(&engine),
                    escape(&self.words.say(exactly, &[("engine", &proof.engine), ("cli", &proof.cli)])),
                    evidence::day(&proof.date, self.words),
                );
            }
            for step in runs.iter().filter(|_| evidence.any()) {
                let step_link = || {
                    format!(
                        "{link}, <a href=\"{}#{}\">{}</a>",
                        escape(&entry.path),
                        escape(&step.id.0),
                        inline(&step.title)
                    )
                };
                if evidence.of(step).is_empty() {
                    let _ = write!(open, "<li>{}</li>", step_link());
                }
                for block in &step.blocks {
                    if let Block::Transcript(one) = block
                        && one.variant_group.is_some()
                        && !one.attrs.hidden
                        && !evidence.ran(step, &one.attrs)
                    {
                        let maker = super::block::Maker::new(self.words, "");
                        let _ = write!(open, "<li>{}: {}</li>", step_link(), maker.variant(&one.attrs));
                    }
                }
            }
        }
        html.push_str("</tbody></table>");
        if !open.is_empty() {
            let _ = write!(
                html,
                "<h2>{}</h2><p>{}</p><ul>{open}</ul>",
                self.say("book-unproved"),
                self.say("book-unproved-why")
            );
        }
        html
    }

    /// How much of the course was proved, on which engines, when: never more than the proofs say.
    fn claim(&self, records: &Records) -> String {
        let mut engines: Vec<String> = Vec::new();
        let mut newest = "";
        let (mut proved, mut all) = (0, 0);
        for (_, entry) in self.outline.lessons() {
            let proofs = records.proofs.of(&entry.file.lesson);
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
        let day = super::html::plain(&evidence::day(newest, self.words));
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

    /// What stands before the lessons on the page of the whole book.
    pub(super) fn whole_head(&self) -> String {
        let mut html = format!(
            "<header class=\"title whole\"><h1>{}</h1><p class=\"lead\">{}</p><p class=\"js no-print\"><button type=\"button\" \
             class=\"button\" data-print>{}</button></p></header><ol class=\"whole-toc\">",
            escape(&self.outline.title),
            self.say("book-whole-why"),
            self.say("book-print"),
        );
        for (_, entry) in self.outline.lessons() {
            let _ =
                write!(html, "<li><a href=\"#{}\">{}</a></li>", escape(&entry.file.id.0), titled(entry, self.outline));
        }
        html.push_str("</ol>");
        html
    }

    /// The page for addresses that lead nowhere, in every language of the site.
    pub(super) fn lost(&self, base: &str) -> String {
        format!(
            "<header class=\"title\"><h1>{}</h1><p class=\"lead\">{}</p></header><p class=\"row\"><a class=\"button\" href=\"{base}{HOME}\">{}</a>\
             <a class=\"button quiet\" href=\"{base}{GLOSSARY}\">{}</a></p>",
            self.say("book-lost"),
            self.say("book-lost-why"),
            self.say("book-home"),
            self.say("book-glossary"),
        )
    }

    /// A lesson's head: where it stands, how long it takes, what it teaches.
    pub(super) fn lesson_head(&self, group: usize, entry: &Entry<'_>) -> String {
        let lesson = &entry.file.lesson;
        let base = up(&entry.path);
        let mut html = String::from("<header class=\"title\">");
        if let Some(group) = self.outline.groups.get(group) {
            let _ = write!(
                html,
                "<p class=\"crumb\"><a href=\"{base}{}\">{}</a></p>",
                escape(&group.path),
                escape(&group.title)
            );
        }
        let _ = write!(html, "<h1>{}</h1>", titled(entry, self.outline));
        let doable = entry.doable().count();
        let mut facts = Vec::new();
        if let Some(minutes) = entry.minutes() {
            facts.push(escape(&self.words.count("book-count-minutes", minutes as usize, &[])));
        }
        facts.push(escape(&self.words.count("book-count-steps", doable, &[])));
        let _ = write!(
            html,
            "<p class=\"facts\">{} · <a href=\"{base}{VERIFIED}\">{}</a><span class=\"of\"></span></p>",
            facts.join(" · "),
            self.say("book-verified-link")
        );
        if !lesson.front.objectives.is_empty() {
            let lang = if entry.lang == self.outline.tag {
                String::new()
            } else {
                format!(" lang=\"{}\"", escape(&entry.lang))
            };
            let _ = write!(html, "<div class=\"objectives\"><p>{}</p><ul{lang}>", self.say("book-objectives"));
            for objective in &lesson.front.objectives {
                let _ = write!(html, "<li>{}</li>", inline(&objective.value));
            }
            html.push_str("</ul></div>");
        }
        html.push_str("</header>");
        html
    }

    /// To the lesson before and after.
    pub(super) fn turn(&self, path: &str) -> String {
        let all: Vec<&Entry<'_>> = self.outline.lessons().map(|(_, entry)| entry).collect();
        let Some(at) = all.iter().position(|entry| entry.path == path) else { return String::new() };
        let base = up(path);
        let mut html = format!("<nav class=\"turn\" aria-label=\"{}\">", self.say("book-turn"));
        let mut link = |entry: Option<&&Entry<'_>>, rel: &str, key: &str| {
            if let Some(entry) = entry {
                let _ = write!(
                    html,
                    "<a rel=\"{rel}\" class=\"{rel}\" href=\"{base}{}\"><span class=\"way\">{}</span> <span>{}</span></a>",
                    escape(&entry.path),
                    self.say(key),
                    titled(entry, self.outline)
                );
            }
        };
        link(at.checked_sub(1).and_then(|at| all.get(at)), "prev", "book-previous");
        link(all.get(at + 1), "next", "book-next");
        html.push_str("</nav>");
        html
    }

    /// What the picture of a lesson is in one sentence, for those who only see its address.
    pub(super) fn describe(&self, entry: &Entry<'_>) -> String {
        let objectives: Vec<String> = entry
            .file
            .lesson
            .front
            .objectives
            .iter()
            .map(|objective| super::html::plain(&inline(&objective.value)))
            .collect();
        if objectives.is_empty() {
            return self.words.say("book-lead", &[]);
        }
        self.words.say("book-describe", &[("objectives", &objectives.join("; "))])
    }
}

/// Whether an engine does something in it that a reader sees.
fn runs(step: &Step) -> bool {
    step.blocks.iter().any(|block| match block {
        Block::Transcript(one) => !one.attrs.hidden && !one.attrs.blank,
        Block::Check(_) => true,
        _ => false,
    })
}

/// The first transcript of a course, to show what is meant.
pub(super) fn sample(outline: &Outline<'_>, maker: &super::block::Maker<'_>) -> Option<String> {
    let steps = outline.lessons().flat_map(|(_, entry)| &entry.file.lesson.steps);
    let mut shown = steps.filter_map(|step| {
        let short = |block: &Block| match block {
            Block::Transcript(transcript) => {
                transcript.commands.len() == 1
                    && transcript.variant_group.is_none()
                    && transcript.attrs
                        == crate::lesson::Attrs { timeout: transcript.attrs.timeout, ..Default::default() }
                    && (5..20).contains(&transcript.commands[0].expected.len())
                    // All of it is there to be seen.
                    && transcript.commands[0].expected.iter().all(|line| !line.text.contains("..."))
                    && transcript.commands[0].expected.iter().all(|line| !line.text.contains("[..]"))
            }
            _ => false,
        };
        let at = step.blocks.iter().position(short)?;
        maker.step(step, &super::evidence::Evidence::default()).get(at).cloned().flatten()
    });
    shown.next()
}
