//! Tests that every page is accessible, in both palettes and at both widths. Pages work by keyboard, without scripts,
//! and on a narrow screen.

use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::chromium::{Chromium, Tab};
use crate::site::Site;

const TAGS: &str = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']";

/// Returns the script of axe-core, which is read only once.
fn axe() -> &'static str {
    static AXE: OnceLock<String> = OnceLock::new();
    AXE.get_or_init(|| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/axe");
        let fetched = Command::new(script).output().expect("a shell");
        assert!(fetched.status.success(), "scripts/axe: {}", String::from_utf8_lossy(&fetched.stderr));
        let path = String::from_utf8(fetched.stdout).expect("a path");
        std::fs::read_to_string(path.trim()).expect("axe-core")
    })
}

/// Returns the violations that axe finds in `part`, a selector or the whole document. `only` chooses the rules.
fn look(tab: &Tab, part: &str, only: &str) -> Vec<String> {
    let script = format!(
        "axe.run({part}, {{ {only}, resultTypes: ['violations'] }}).then((found) => found.violations.flatMap((rule) => \
         rule.nodes.map((node) => `${{rule.id}}: ${{node.target}} ${{node.html.slice(0, 160)}} ${{node.failureSummary}}`)))"
    );
    let found = tab.run(&script);
    found.as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Returns the violations on one page, at both widths and in both palettes. On a sample page, also checks the help, the
/// search, the table of contents and the player, which are the same on all pages of its kind.
fn look_everywhere(tab: &Tab, page: &str, is_sample: bool) -> Vec<String> {
    let mut found = Vec::new();
    let all = format!("runOnly: {TAGS}");
    let colours = "runOnly: ['color-contrast', 'link-in-text-block']";
    let mut say = |state: &str, lines: Vec<String>| {
        found.extend(lines.into_iter().map(|line| format!("{page} ({state}): {line}")));
    };
    tab.prefer("light");
    tab.size(1280, 800);
    tab.open(&Site::ours().at(page));
    tab.run(axe());
    // A reader can unfold folded parts, so axe must check them too.
    tab.run(
        "for (const one of document.querySelectorAll('main details')) one.open = true; for (const one of \
             document.querySelectorAll('.why')) one.hidden = false; 0",
    );
    for (width, state) in [(1280, "wide"), (360, "narrow")] {
        tab.prefer("light");
        tab.size(width, 800);
        tab.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))");
        say(&format!("{state}, light"), look(tab, "document", &all));
        tab.prefer("dark");
        say(&format!("{state}, dark"), look(tab, "document", colours));
        if !is_sample {
            continue;
        }
        tab.press("?");
        tab.until("document.getElementById('d-help').open");
        say(&format!("{state}, dark, help"), look(tab, "'#d-help'", &all));
        tab.prefer("light");
        say(&format!("{state}, light, help"), look(tab, "'#d-help'", colours));
        tab.press("Escape");
        tab.until("!document.getElementById('d-help').open");
        tab.press("/");
        tab.type_in("docker");
        tab.until("document.querySelector('.hit .piece mark') !== null");
        say(&format!("{state}, light, search"), look(tab, "'#d-search'", &all));
        tab.prefer("dark");
        say(&format!("{state}, dark, search"), look(tab, "'#d-search'", colours));
        tab.press("Escape");
        tab.until("!document.getElementById('d-search').open");
    }
    if is_sample {
        tab.run("document.getElementById('d-menu').click(), 0");
        say("narrow, dark, contents", look(tab, "'#d-toc'", &all));
        tab.run("document.getElementById('d-menu').click(), 0");
        let plays = "[...document.querySelectorAll('.play')].filter((one) => one.checkVisibility())";
        tab.run(&format!("self.plays = {plays}; for (const one of plays) one.click(); 0"));
        tab.until("document.querySelectorAll('.player .tok-cmd').length >= plays.length");
        say("narrow, dark, recordings", look(tab, "'main'", &all));
        tab.prefer("light");
        say("narrow, light, recordings", look(tab, "'main'", colours));
    }
    found
}

#[test]
fn axe_finds_no_violation_on_any_page() {
    let pages = Site::ours().pages();
    let samples = Site::ours().samples();
    let next = AtomicUsize::new(0);
    let found: Vec<String> = std::thread::scope(|scope| {
        let work = || {
            let tab = Chromium::shared().tab();
            let mut found = Vec::new();
            while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                let barriers = look_everywhere(&tab, page, samples.contains(page));
                println!("{page}: {} barriers", barriers.len());
                found.extend(barriers);
            }
            found
        };
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(found.is_empty(), "{} barriers on {} pages:\n{}", found.len(), pages.len(), found.join("\n"));
}

#[test]
fn axe_finds_a_picture_without_a_description() {
    let tab = Chromium::shared().tab();
    tab.open(&Site::ours().at("index.html"));
    tab.run(axe());
    tab.run("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"\"><p style=\"\">x</p>'), 0");
    let found = look(&tab, "document", &format!("runOnly: {TAGS}"));
    assert!(found.iter().any(|line| line.starts_with("image-alt")), "{found:?}");
}

/// A script that returns the id, class, language or tag of the focused element.
const FOCUSED: &str = "(() => { const one = document.activeElement; return one.id || one.className || one.hreflang || \
                       one.tagName; })()";

#[test]
fn tab_key_reaches_the_controls_in_order_with_a_visible_focus() {
    let tab = Chromium::shared().tab();
    for (width, wanted) in [
        (1280, &["skip", "skip", "brand", "d-search-open", "id", "en", "d-theme", "d-help-open"][..]),
        (360, &["skip", "skip", "d-menu", "brand", "d-search-open", "id", "en", "d-theme", "d-help-open"]),
    ] {
        tab.size(width, 800);
        tab.open(&Site::ours().at("image/mengambil-image.html"));
        let mut order = Vec::new();
        for _ in wanted {
            tab.press("Tab");
            order.push(tab.text(FOCUSED));
            let outline = "getComputedStyle(document.activeElement).outlineStyle";
            assert_ne!(tab.text(outline), "none", "{order:?}: the focus is not seen");
        }
        assert_eq!(order, wanted, "at {width}");
    }
    // After Tab, Tab and Enter, the next Tab focuses a link in the table of contents, at both widths.
    for width in [1280, 360] {
        tab.size(width, 800);
        tab.open(&Site::ours().at("image/mengambil-image.html"));
        for key in ["Tab", "Tab", "Enter", "Tab"] {
            tab.press(key);
        }
        assert_eq!(tab.run("document.activeElement.closest('#d-toc') !== null"), json!(true), "at {width}");
    }
    tab.open(&Site::ours().at("image/mengambil-image.html"));
    // At a width of 360 pixels, Enter on the menu button opens the table of contents.
    tab.run("document.getElementById('d-menu').focus()");
    tab.press("Enter");
    assert_eq!(tab.text("document.getElementById('d-menu').getAttribute('aria-expanded')"), "true");
    assert_eq!(tab.run("document.querySelector('#d-toc a').checkVisibility()"), json!(true));
    // `?` opens the help, and Escape closes it. The skip link leads to the main content.
    tab.press("?");
    tab.until("document.getElementById('d-help').open");
    tab.press("Escape");
    tab.until("!document.getElementById('d-help').open");
    tab.run("document.querySelector('.skip').focus()");
    tab.press("Enter");
    tab.until("document.activeElement.id === 'd-content'");
}

#[test]
fn shortcut_keys_can_be_switched_off() {
    let tab = Chromium::shared().tab();
    tab.open(&Site::ours().at("index.html"));
    tab.run("document.getElementById('d-keys').click(), 0");
    for key in ["?", "/"] {
        tab.press(key);
    }
    assert_eq!(tab.run("document.querySelector('dialog[open]') === null"), json!(true));
}

#[test]
fn steps_and_links_work_without_scripts() {
    let tab = Chromium::shared().tab();
    tab.scripts(false);
    tab.open(&Site::ours().at("index.html"));
    let first = "document.querySelector('.hero a.button').href";
    tab.open(&tab.text(first));
    let read = "[...document.querySelectorAll('.step')].every((step) => step.checkVisibility()) && \
                document.querySelector('#d-toc').checkVisibility() && \
                [...document.querySelectorAll('.js')].every((one) => !one.checkVisibility()) && \
                [...document.querySelectorAll('.variant')].every((one) => one.checkVisibility())";
    assert_eq!(tab.run(read), json!(true));
    let on = tab.text("document.querySelector('a.next').href");
    tab.open(&on);
    assert_eq!(tab.run("document.querySelector('h1') !== null"), json!(true));
}

#[test]
fn no_page_is_wider_than_320_pixels_on_a_narrow_screen() {
    let tab = Chromium::shared().tab();
    // A window of 1280 pixels at a zoom of 400 % has a width of 320 pixels.
    tab.size(320, 640);
    let mut wide = Vec::new();
    for page in Site::ours().samples() {
        tab.open(&Site::ours().at(&page));
        tab.run("for (const one of document.querySelectorAll('main details')) one.open = true; 0");
        let width = tab.run("document.scrollingElement.scrollWidth").as_u64().expect("a width");
        if width > 320 {
            let out = "[...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > 321 && \
                       !one.closest('pre, table, svg')).map((one) => one.outerHTML.slice(0, 100)).slice(0, 3)";
            wide.push(format!("{page}: {width}: {}", tab.run(out)));
        }
    }
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}
