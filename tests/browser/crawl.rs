//! Opens every page of the site. No page may request another host, log an error, shift its layout or have a dead link.
//! Also tests that the files are small.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::chromium::Chromium;
use crate::site::Site;

#[test]
fn no_page_requests_another_host_logs_an_error_shifts_or_has_a_dead_link() {
    let site = Site::ours();
    let tab = Chromium::shared().tab();
    let mut wrong = Vec::new();
    for (width, pages) in [(1280, site.pages()), (360, site.samples())] {
        tab.size(width, 800);
        for page in pages {
            tab.open(&site.at(&page));
            // A layout shift of less than a thousandth moves no element by a whole pixel.
            let shift = tab.run(
                "new Promise((done) => { const moved = []; new PerformanceObserver((list) => { for (const one of \
                 list.getEntries()) if (!one.hadRecentInput && one.value >= 0.001) moved.push(one.value + ': ' + one.sources.map((source) => \
                 source.node?.outerHTML?.slice(0, 80) ?? source.node?.data)); }).observe({ type: 'layout-shift', buffered: \
                 true }); requestAnimationFrame(() => requestAnimationFrame(() => done(moved))); })",
            );
            let moved =
                shift.as_array().expect("a list").iter().map(|moved| format!("{page} at {width}: moves: {moved}"));
            wrong.extend(moved);
            // The script plays every recording, so that the crawl also notices files that load late.
            tab.run("for (const one of document.querySelectorAll('.play')) one.click(); 0");
            wrong.extend(tab.errors().into_iter().map(|error| format!("{page} at {width}: {error}")));
            let away = tab.requests().into_iter().filter(|asked| !asked.starts_with(&site.address));
            let away = away.filter(|asked| !asked.starts_with("blob:") && !asked.starts_with("data:"));
            wrong.extend(away.map(|asked| format!("{page}: asks {asked}")));
            if width == 1280 {
                wrong.extend(
                    dead(site, &tab.run(LINKS)).into_iter().map(|link| format!("{page}: {link} leads nowhere")),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const LINKS: &str =
    "[...document.querySelectorAll('a[href],link[href],img[src],script[src]')].map((one) => one.href || one.src)";

fn dead(site: &Site, links: &Value) -> Vec<String> {
    let mut dead = Vec::new();
    for link in links.as_array().expect("a list").iter().filter_map(Value::as_str) {
        let Some(path) = link.strip_prefix(&site.address) else { continue };
        let (path, anchor) = path.split_once('#').unwrap_or((path, ""));
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let there = fs::read_to_string(site.folder.join(&path));
        let found = there.is_ok_and(|text| anchor.is_empty() || text.contains(&format!(" id=\"{anchor}\"")));
        if !found {
            dead.push(link.to_owned());
        }
    }
    dead
}

/// Returns the size of `bytes` after compression with gzip, in bytes.
fn packed(bytes: &[u8]) -> usize {
    let mut gzip =
        Command::new("gzip").args(["-9", "-c"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("gzip");
    let mut to = gzip.stdin.take().expect("a pipe");
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || to.write_all(&bytes));
    let packed = gzip.wait_with_output().expect("gzip").stdout.len();
    writer.join().expect("no panic").expect("a pipe");
    packed
}

#[test]
fn pages_load_at_most_90_kb_and_8_files() {
    let site = Site::ours();
    let tab = Chromium::shared().tab();
    for page in ["index.html", "image/mengambil-image.html"] {
        tab.requests();
        tab.open(&site.at(page));
        let asked = tab.requests();
        let size = |address: &String| {
            let path = address.strip_prefix(&site.address).unwrap_or_default();
            packed(&fs::read(site.folder.join(path)).unwrap_or_default())
        };
        let total: usize = asked.iter().map(size).sum();
        println!("{page}: {total} bytes with gzip, {} requests", asked.len());
        assert!(total <= 90_000 && asked.len() <= 8, "{page}: {total} bytes: {asked:?}");
    }
    let sizes = |end: &str, recordings: bool| -> Vec<usize> {
        let own = |path: &&String| {
            path.ends_with(end)
                && path.starts_with("aset/")
                && !path.contains("cari-")
                && path.contains("rekaman-") == recordings
        };
        let files = site.files();
        files.iter().filter(own).map(|path| packed(&fs::read(site.folder.join(path)).expect("a file"))).collect()
    };
    for (end, most) in [("css", 15_000), ("js", 12_000)] {
        let total: usize = sizes(end, false).iter().sum();
        assert!(total <= most, "{end}: {total}");
    }
    // A page loads only the recordings of its own lesson, however many lessons there are.
    let largest = sizes("js", true).into_iter().max().expect("recordings");
    assert!(largest <= 3_000, "recordings of a lesson: {largest}");
}

#[test]
fn search_index_of_100_chapters_is_small_and_fast() {
    // The chapters consist of sentences of the built-in lessons with many invented words. So the number of different
    // words grows as in a real book.
    let lessons = Site::chapters(100);
    let site = Site::build(lessons.path());
    let index = site.files().into_iter().find(|path| path.contains("cari-id")).expect("an index");
    let size = packed(&fs::read(site.folder.join(&index)).expect("a file"));
    // `words` is the size of the index without the texts that the search results show.
    let text = fs::read_to_string(site.folder.join(&index)).expect("a file");
    let data = text.strip_prefix("self.dermagaIndex=").and_then(|text| text.strip_suffix(";\n")).expect("an index");
    let mut data: serde_json::Value = serde_json::from_str(data).expect("data");
    data["texts"] = serde_json::json!([]);
    let words = packed(data.to_string().as_bytes());
    println!("index of 100 chapters: {size} bytes with gzip, {words} without texts");
    assert!(words <= 100_000 && size <= 250_000, "{size}, {words}");
    // The search in this index must be fast too.
    let tab = Chromium::shared().tab();
    tab.open(&site.at("index.html"));
    tab.press("/");
    tab.until("self.dermagaIndex !== undefined");
    let p95 = tab.run(
        "(() => { const index = openIndex(dermagaIndex); index.find('mula'); const times = []; for (const form of \
         index.forms.filter((_, at) => at % 20 === 0)) for (const asked of [form, form.slice(0, -1), form + 'x']) { const \
         begin = performance.now(); index.find(asked); times.push(performance.now() - begin); } times.sort((a, b) => a - b); \
         return times[Math.floor(times.length * 0.95)]; })()",
    );
    println!("p95 of words, beginnings and slips in 100 chapters: {p95} ms");
    assert!(p95.as_f64().is_some_and(|p95| p95 < 50.0), "{p95}");
}
