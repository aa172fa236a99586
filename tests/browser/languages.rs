//! Tests the languages of the site. The language switcher leads to the same step. Missing and outdated translations
//! have a notice. The fixed texts of a page contain no word of the other language.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::site::Site;

/// Returns the path of a page's counterpart in the other language.
fn other(page: &str) -> String {
    page.strip_prefix("en/").map_or_else(|| format!("en/{page}"), str::to_owned)
}

/// Describes the pages whose language switcher does not lead to the same step of the same page.
pub(crate) fn lost_places(site: &Site, pages: &[String]) -> Vec<String> {
    let tab = Chromium::shared().tab();
    let mut lost = Vec::new();
    for page in pages.iter().filter(|page| !page.ends_with("404.html")) {
        tab.open(&site.at(page));
        let step = tab.text("[...document.querySelectorAll('.step')].at(-1)?.id ?? ''");
        let hash = if step.is_empty() { String::new() } else { format!("#{step}") };
        tab.run(&format!("location.hash = {}; 0", json!(hash)));
        tab.take("Page.loadEventFired");
        tab.run("document.querySelector('.languages a:not([aria-current])').click(), 0");
        tab.wait_for("Page.loadEventFired");
        let (at, lang) = (tab.text("location.href"), tab.text("document.documentElement.lang"));
        let wanted = format!("{}{hash}", site.at(&other(page)));
        let tongue = if page.starts_with("en/") { "id" } else { "en" };
        if at != wanted || lang != tongue {
            lost.push(format!("{page}{hash} leads to {at} ({lang})"));
        }
    }
    lost
}

#[test]
fn language_switcher_leads_to_the_same_step_on_every_page() {
    let site = Site::ours();
    assert_eq!(lost_places(site, &site.pages()), Vec::<String>::new());
}

#[test]
fn language_switcher_works_without_scripts() {
    let site = Site::ours();
    let tab = Chromium::shared().tab();
    tab.scripts(false);
    for page in site.pages().iter().filter(|page| !page.ends_with("404.html")) {
        tab.open(&site.at(page));
        let links = tab.run("[...document.querySelectorAll('.languages a')].map((one) => one.href)");
        assert!(links.as_array().expect("a list").contains(&json!(site.at(&other(page)))), "{page}: {links}");
        // The same page exists in the other language.
        assert!(site.folder.join(other(page)).exists(), "{page}");
    }
}

#[test]
fn pages_of_both_languages_have_the_same_steps() {
    let site = Site::ours();
    let steps = |page: &str| {
        let text = std::fs::read_to_string(site.folder.join(page)).expect("a page");
        let steps = text.split("data-step=\"").skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned));
        steps.collect::<Vec<_>>()
    };
    for page in site.pages().iter().filter(|page| !page.starts_with("en/")) {
        assert_eq!(steps(page), steps(&other(page)), "{page}");
    }
}

#[test]
fn missing_and_outdated_translations_have_a_notice() {
    let lesson = "# Satu\n\nTeks asli.\n\n## Langkah {#langkah}\n\n```console\n$ docker ps\n```\n";
    let old = format!("---\ntranslates: \"0000000000000000\"\n---\n\n{}", lesson.replace("Teks asli", "Old text"));
    let course = "title = { id = \"A\", en = \"B\" }\nlanguages = [\"id\", \"en\"]\n[[group]]\nid = \"g\"\n\
                  title = { id = \"G\", en = \"G\" }\nlessons = [\"hilang\", \"lama\", \"sebagian\"]\n";
    let parts = "translates: \"0000000000000000\"\ntranslated:\n  date: 2026-11-03\n  steps:\n    langkah: \"0000000000000000\"\n";
    let source = dermaga::text::Source::new("", lesson);
    let (read, _) = dermaga::lesson::parse(&source, dermaga::lesson::LessonId("sebagian".into()));
    let opening = dermaga::lesson::lint::step_digests(&read).remove(0).1;
    let partly = format!("---\n{parts}    opening: {opening}\n---\n\n{lesson}");
    let site = Site::of(&[
        ("course.toml", course),
        ("id/g/hilang.md", lesson),
        ("id/g/lama.md", lesson),
        ("en/g/lama.md", &old),
        ("id/g/sebagian.md", lesson),
        ("en/g/sebagian.md", &partly),
    ]);
    let tab = Chromium::shared().tab();
    tab.open(&site.at("en/g/hilang.html"));
    assert_eq!(tab.text("document.documentElement.lang"), "en");
    assert_eq!(tab.text("document.querySelector('.lesson').lang"), "id");
    assert!(tab.text("document.querySelector('.notice').innerText").contains("has not been translated"));
    assert_eq!(tab.text("document.querySelector('.notice a').href"), site.at("g/hilang.html"));
    tab.open(&site.at("en/g/lama.html"));
    assert!(tab.text("document.querySelector('.notice').innerText").contains("has changed since"));
    assert_eq!(tab.run("document.querySelectorAll('#d-toc .badge').length"), json!(3));
    // This translation has no digests of steps, so it is unknown which step is outdated. So every step links to the
    // same step of the source.
    let other = "document.querySelector('#langkah h2 .other')";
    assert_eq!(tab.text(&format!("{other}.checkVisibility() && {other}.href")), site.at("g/lama.html#langkah"));
    tab.open(&site.at("g/lama.html"));
    assert_eq!(tab.run(&format!("{other}.checkVisibility()")), json!(false));
    // This translation has digests of steps. So only the changed step has a notice, with the day of the translation.
    tab.open(&site.at("en/g/sebagian.html"));
    let notices = "document.querySelectorAll('.notice')";
    assert_eq!(tab.run(&format!("[{notices}.length, {notices}[0].closest('.step')?.id]")), json!([1, "langkah"]));
    assert!(tab.text(&format!("{notices}[0].innerText")).contains("brought up to date on 3 November 2026"));
    let way = format!("{notices}[0].querySelector('a')");
    assert_eq!(
        tab.text(&format!("{way}.lang + ' ' + {way}.href")),
        format!("id {}", site.at("g/sebagian.html#langkah"))
    );
    let mark = "document.querySelector('#d-toc .steps a[href=\"#langkah\"]').parentElement.innerText";
    assert!(tab.text(mark).contains("older translation"));
}

/// Returns the messages without placeholders that a catalogue contains for pages of the site.
fn messages(catalogue: &str) -> BTreeSet<String> {
    let said = catalogue.lines().filter(|line| line.starts_with("book-") && !line.starts_with("book-failed"));
    said.filter_map(|line| line.split_once(" = "))
        .map(|(_, text)| text.trim().to_owned())
        .filter(|text| !text.contains('{') && text.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .collect()
}

/// English texts that mdBook and similar programs print on pages.
const STOCK: &[&str] = &[
    "Note",
    "Tip",
    "Important",
    "Warning",
    "Caution",
    "Copied!",
    "Copy",
    "Search",
    "Next chapter",
    "Previous chapter",
    "Table of contents",
    "Toggle Table of Contents",
    "Change theme",
    "Print this book",
    "Document not found (404)",
];

/// Describes fixed texts whose language is not the language of their page. Fixed texts are the texts outside the
/// lesson's own text.
pub(crate) fn foreign_words(site: &Site, pages: &[String]) -> Vec<String> {
    let id = messages(include_str!("../../src/words/id/book.ftl"));
    let en = messages(include_str!("../../src/words/en/book.ftl"));
    assert!(id.len() > 60 && en.len() > 60, "the catalogues are read");
    let tab = Chromium::shared().tab();
    let mut found = Vec::new();
    for page in pages {
        let english = page.starts_with("en/");
        let mut foreign: BTreeSet<&str> =
            if english { id.difference(&en) } else { en.difference(&id) }.map(String::as_str).collect();
        if !english {
            foreign.extend(STOCK.iter().copied().filter(|word| !id.contains(*word)));
        }
        tab.open(&site.at(page));
        let script = format!(
            "(() => {{ const foreign = new Set({}), found = []; const tell = (text, where) => {{ const said = \
             text.replace(/\\s+/g, ' ').trim(); if (foreign.has(said)) found.push(`${{said}} (${{where}})`); }}; \
             const walk = document.createTreeWalker(document, NodeFilter.SHOW_TEXT); while (walk.nextNode()) {{ \
             const on = walk.currentNode.parentElement; if (on.closest('svg text,code,pre,kbd,samp,script,em,.english,[lang]:not(html),.lesson td,.lesson th,.lesson li:not([class]),.lesson p:not([class])')) \
             continue; tell(walk.currentNode.data, on.tagName); }} for (const one of document.querySelectorAll('*')) for \
             (const attribute of one.attributes) if (!['id','class','href','type','rel','name','lang','role','data-kind','inputmode','enterkeyhint'].includes(attribute.name)) tell(attribute.value, \
             attribute.name); return found; }})()",
            json!(foreign)
        );
        let said = tab.run(&script);
        found.extend(
            said.as_array().expect("a list").iter().filter_map(Value::as_str).map(|said| format!("{page}: {said}")),
        );
    }
    found
}

#[test]
fn fixed_texts_of_each_page_are_in_the_pages_language() {
    let site = Site::ours();
    assert_eq!(foreign_words(site, &site.pages()), Vec::<String>::new());
}
