//! Tests the site as a whole: the texts and links of its pages, and texts that must not appear.

mod printed;

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use super::raw_html::{self, Piece};
use super::{BuildOptions, SiteError, build, make};
use crate::lesson::lint::{prose_digest, translated};
use crate::store::read_collection;

const COURSE: &str = "title = { id = \"A\", en = \"A\" }\nlanguages = [\"id\", \"en\"]\n[[group]]\nid = \"g\"\n\
                      title = { id = \"G\", en = \"G\" }\nlessons = [\"satu\"]\n";
const LESSON: &str = "# Satu\n\n<script>jahat()</script>\n\n## Ambil {#ambil}\n\n<img src=x onerror=\"jahat()\">\n\n\
                      <iframe src=\"https://x.test\"></iframe>\n\n[a](javascript:jahat()) [b](data:text/html,jahat)\n\n\
                      <button class=\"copy\" data-copy=\"jahat\">x</button>\n\n> [!WARNING]\n> Awas.\n\n\
                      ```console\n$ docker run \\\n> -d <web>\nok\n```\n\n## Guru {#guru .teacher}\n\nRahasia guru.\n";

fn at_x() -> BuildOptions<'static> {
    BuildOptions { url: Some("https://x.test/k/"), ..BuildOptions::default() }
}

fn site(lesson: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("id/g")).unwrap();
    fs::write(dir.path().join("course.toml"), COURSE).unwrap();
    fs::write(dir.path().join("id/g/satu.md"), lesson).unwrap();
    let collection = read_collection(&[dir.path().to_owned()]).unwrap();
    build(&collection.courses[0], &dir.path().join("site"), at_x()).unwrap();
    dir
}

#[test]
fn page_shows_the_lessons_blocks_without_the_lessons_scripts() {
    let dir = site(LESSON);
    let page = fs::read_to_string(dir.path().join("site/g/satu.html")).unwrap();
    let content = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
    for bad in ["<script", "onerror", "<iframe", "javascript:", "data:text", "data-copy=\"jahat\"", "Rahasia guru"] {
        assert!(!content.contains(bad), "{bad}: {content}");
    }
    assert!(content.contains("<section class=\"step\" id=\"ambil\" data-step=\"ambil\""), "{content}");
    assert!(content.contains("data-copy=\"docker run \\&#10;-d &lt;web&gt;\""), "{content}");
    assert!(content.contains("Peringatan") && !content.contains(">Warning<"), "{content}");
    assert!(!page.contains('\u{e000}') && !page.contains("book-") && !page.contains("language-dermaga-"), "{page}");
}

#[test]
fn page_of_a_missing_translation_shows_the_source_with_a_notice() {
    let dir = site(LESSON);
    let page = fs::read_to_string(dir.path().join("site/en/g/satu.html")).unwrap();
    assert!(page.contains("<html lang=\"en\"") && page.contains("<div class=\"lesson\" lang=\"id\">"));
    assert!(page.contains("class=\"notice\"") && page.contains("href=\"../../g/satu.html\""), "{page}");
    assert!(page.contains("hreflang=\"x-default\" href=\"https://x.test/k/g/satu.html\""));
}

#[test]
fn every_picture_of_dermaga_has_a_title_in_words() {
    let site = ours();
    for (path, pictures) in [("index.html", 1), ("en/index.html", 1), ("arsitektur.html", 2), ("en/arsitektur.html", 2)]
    {
        let html = &site[path];
        assert_eq!(html.matches("<title id=").count(), pictures, "{path}: a picture says what it shows");
        assert!(!html.contains("{{") && !html.contains("book-"), "{path}");
    }
}

#[test]
fn first_hints_of_one_step_have_different_titles() {
    for (path, html) in ours().iter().filter(|(path, _)| path.ends_with(".html")) {
        for checks in html.split("<div class=\"checks\">").skip(1) {
            let checks = checks.split("<details class=\"claims\"").next().unwrap();
            let hints = checks.split("<details class=\"hint\"><summary>").skip(1);
            let mut seen = HashSet::new();
            for summary in hints.map(|hint| hint.split("</summary>").next().unwrap()) {
                let later = summary.starts_with("Petunjuk") && !summary.starts_with("Petunjuk 1")
                    || summary.starts_with("Hint") && !summary.starts_with("Hint 1");
                assert!(later || seen.insert(summary), "{path}: twice {summary}");
            }
        }
    }
}

#[test]
fn notice_of_an_outdated_step_is_only_at_that_step() {
    let source = "# Satu\n\nPembukaan.\n\n## Ambil {#ambil}\n\nKata.\n\n```console\n$ ls\n```\n\n## `Buat` {#buat}\n\nKata.\n\n\
                  ## Guru {#guru .teacher}\n\nRahasia.\n";
    let parsed = |text: &str| {
        let id = crate::lesson::LessonId("satu".into());
        crate::lesson::parse(&crate::text::Source::new("satu.md", text), id).0
    };
    let digests = format!("translates: {}\n{}", prose_digest(&parsed(source)), {
        translated(&parsed(source), Some("2026-11-03"))
    });
    let dir = site(source);
    fs::create_dir_all(dir.path().join("en/g")).unwrap();
    let page = |source: &str, front: &str, translation: &str| {
        fs::write(dir.path().join("id/g/satu.md"), source).unwrap();
        fs::write(dir.path().join("en/g/satu.md"), format!("---\n{front}---\n\n{translation}")).unwrap();
        let site = site_of(dir.path());
        let home = site["en/index.html"].contains("partly an older translation");
        (site["en/g/satu.html"].clone(), home)
    };
    let notices = |html: &str| html.matches("class=\"notice\"").count();
    let (html, marked) = page(source, &digests, source);
    assert!(notices(&html) == 0 && !marked && !html.contains("class=\"badge\""), "{html}");

    let (html, marked) = page(&source.replace("{#buat}\n\nKata", "{#buat}\n\nLain"), &digests, source);
    let steps = sections(&html);
    let step = |id: &str| steps.iter().find(|(step, _)| *step == id).unwrap().1;
    assert!(notices(&html) == 1 && marked && !step("ambil").contains("notice"), "{html}");
    let notice = step("buat").split("<p class=\"notice\">").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(notice.contains("brought up to date on 3 November 2026"), "{notice}");
    assert!(notice.ends_with("<a href=\"../../g/satu.html#buat\" hreflang=\"id\" lang=\"id\">Buat</a>"), "{notice}");

    // The notice for the opening is at the top of the page. Readers see nothing of the teacher's part.
    let (html, _) = page(&source.replace("Pembukaan", "Lain").replace("# Satu", "# Asli"), &digests, source);
    assert!(notices(&html) == 1 && html.contains("The beginning of the original has changed since"), "{html}");
    assert!(html.contains("<a href=\"../../g/satu.html\" hreflang=\"id\" lang=\"id\">Asli</a>"), "{html}");
    let (html, marked) = page(&source.replace("Rahasia", "Lain"), &digests, source);
    assert!(notices(&html) == 0 && !marked, "{html}");
    // If the source no longer has a step, the notice has no link to this step.
    let (html, _) = page(&source.replace("## `Buat` {#buat}\n\nKata.\n\n", ""), &digests, source);
    assert!(notices(&html) == 1 && !html.contains("#buat\" hreflang"), "{html}");
    // Without a date, the notice gives no day. Without digests of steps, the notice names no step.
    let undated = digests.replace("  date: 2026-11-03\n", "");
    let (html, _) = page(&source.replace("{#buat}\n\nKata", "{#buat}\n\nLain"), &undated, source);
    assert!(html.contains("this step has changed since it was translated") && !html.contains("<time"), "{html}");
    let (html, _) = page(&source.replace("Kata", "Lain"), "translates: 0000000000000000\n", source);
    assert!(notices(&html) == 1 && html.contains("The source of this page has changed"), "{html}");
}

#[test]
fn link_to_a_section_for_teachers_is_dead() {
    let dir = site(LESSON);
    fs::write(dir.path().join("id/g/satu.md"), LESSON.replace("> Awas.", "> [Awas](#guru).")).unwrap();
    let collection = read_collection(&[dir.path().to_owned()]).unwrap();
    match make(&collection.courses[0], BuildOptions::default()) {
        Err(SiteError::Dead(found)) => assert_eq!(found[0].diagnostic.code.0, "L162"),
        made => panic!("{made:?}"),
    }
}

#[test]
fn links_and_pictures_of_lessons_are_resolved_and_dead_ones_are_errors() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("id/g")).unwrap();
    fs::create_dir_all(dir.path().join("en/g")).unwrap();
    let course = COURSE.replace("[\"satu\"]", "[\"satu\", \"dua\"]");
    fs::write(dir.path().join("course.toml"), course).unwrap();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 20\"><path d=\"M0 0\"/></svg>";
    fs::write(dir.path().join("id/g/gambar satu.svg"), svg).unwrap();
    fs::write(dir.path().join("id/g/catatan.yaml"), "a: 1\n").unwrap();
    let lesson = |body: &str| format!("# Satu\n\n{body}\n\n## Ambil {{#ambil}}\n\n```console\n$ ls\n```\n");
    let good = "![Peta](gambar%20satu.svg) [dua](dua.md#ambil) [sini](#ambil) [y](catatan.yaml) [x](https://x.test/?a=1&b) \
                ![jauh](https://x.test/p.png)";
    fs::write(dir.path().join("id/g/satu.md"), lesson(good)).unwrap();
    fs::write(dir.path().join("id/g/dua.md"), lesson("[en](../../en/g/dua.md)")).unwrap();
    fs::write(dir.path().join("en/g/dua.md"), lesson("[satu](satu.md)").replace("satu.md", "../../id/g/satu.md"))
        .unwrap();
    let make = || {
        let collection = read_collection(&[dir.path().to_owned()]).unwrap();
        build(&collection.courses[0], &dir.path().join("site"), BuildOptions::default())
    };
    let built = make().unwrap();
    assert_eq!(
        built.outward.iter().map(|link| link.url.as_str()).collect::<Vec<_>>(),
        ["https://x.test/?a=1&b", "https://x.test/p.png"]
    );
    let read = |path: &str| fs::read_to_string(dir.path().join("site").join(path)).unwrap();
    let page = read("g/satu.html");
    assert!(
        page.contains("<img src=\"../aset/gambar-satu-") && page.contains("alt=\"Peta\" width=\"30\" height=\"20\""),
        "{page}"
    );
    // mdBook's own renderer writes a picture twice, with a box to enlarge it.
    assert!(page.matches("<img").count() == 1 && !page.contains('☐'), "{page}");
    assert!(page.contains("href=\"../g/dua.html#ambil\"") && page.contains("href=\"../aset/catatan-"), "{page}");
    assert!(!page.contains("<img src=\"https") && page.contains("<a href=\"https://x.test/p.png\">jauh</a>"), "{page}");
    // The page shows the source, but its links lead to pages in the reader's language.
    assert!(read("en/g/satu.html").contains("href=\"../../en/g/dua.html#ambil\""));
    assert!(
        read("g/dua.html").contains("href=\"../en/g/dua.html\"")
            && read("en/g/dua.html").contains("href=\"../../g/satu.html\"")
    );

    let outside = dir.path().join("rahasia.txt");
    fs::write(&outside, "x").unwrap();
    fs::write(dir.path().join("id/g/jahat.svg"), "<svg onload=\"x()\"/>").unwrap();
    for (bad, code) in [
        ("[a](tiga.md)", "L160"),
        ("![a](tiga.png)", "L161"),
        ("[a](dua.md#amvil)", "L162"),
        ("[a](../../../rahasia.txt)", "L160"),
        ("![a](jahat.svg)", "B102"),
    ] {
        fs::write(dir.path().join("id/g/satu.md"), lesson(bad)).unwrap();
        let Err(SiteError::Dead(found)) = make() else { panic!("{bad}") };
        assert_eq!(found[0].diagnostic.code.0, code, "{bad}");
        assert_eq!(found[0].source.position(found[0].diagnostic.span.start).line, 3, "{bad}");
    }
    let inner = dir.path().join("kursus");
    fs::create_dir(&inner).unwrap();
    for name in ["id", "en", "course.toml"] {
        fs::rename(dir.path().join(name), inner.join(name)).unwrap();
    }
    fs::write(inner.join("id/g/satu.md"), lesson("[a](../../../rahasia.txt)")).unwrap();
    let collection = read_collection(&[inner]).unwrap();
    let Err(SiteError::Dead(found)) = build(&collection.courses[0], &dir.path().join("s"), BuildOptions::default())
    else {
        panic!()
    };
    assert_eq!(found[0].diagnostic.code.0, "B101");
}

#[test]
fn build_replaces_only_files_of_an_earlier_build() {
    let dir = site(LESSON);
    let collection = read_collection(&[dir.path().to_owned()]).unwrap();
    let foreign = dir.path().join("lain");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("surat.txt"), "x").unwrap();
    let refused = build(&collection.courses[0], &foreign, BuildOptions::default());
    assert!(matches!(refused, Err(SiteError::NotOurs(_))), "{refused:?}");
    let beside = dir.path().join("site/surat.txt");
    fs::write(&beside, "x").unwrap();
    build(&collection.courses[0], &dir.path().join("site"), BuildOptions::default()).unwrap();
    assert!(beside.exists() && !dir.path().join("site/sitemap.xml").exists());
}

/// Returns the files of the site of Dermaga's own lessons, by path.
fn ours() -> std::collections::BTreeMap<String, String> {
    site_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons"))
}

/// Returns the number of Dermaga's own lessons in each language.
fn lesson_count() -> usize {
    let collection = read_collection(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons")]).unwrap();
    collection.courses[0].in_language("id").count()
}

fn site_of(root: &Path) -> std::collections::BTreeMap<String, String> {
    let collection = read_collection(&[root.to_owned()]).unwrap();
    let made = make(&collection.courses[0], at_x()).unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    made.files.iter().map(|file| (file.path.clone(), text(&file.bytes))).collect()
}

fn copied() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let (from, to) = (entry.path(), to.join(entry.file_name()));
            if from.is_dir() {
                copy(&from, &to);
            } else {
                fs::copy(from, to).unwrap();
            }
        }
    }
    let dir = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons"), dir.path());
    dir
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| Some(rest.split_once('"')?.0))
}

fn tags_of(html: &str) -> Vec<&str> {
    let tags = raw_html::pieces(html).filter_map(|piece| match piece {
        Piece::Tag(tag) => Some(tag),
        Piece::Text(_) => None,
    });
    tags.collect()
}

/// Returns the sections of the steps, by id.
fn sections(html: &str) -> Vec<(&str, &str)> {
    let steps = html.split("<section class=\"step").skip(1);
    steps
        .map(|step| {
            let step = step.split("</section>").next().unwrap();
            (attribute(step.split('>').next().unwrap(), "data-step").unwrap(), step)
        })
        .collect()
}

#[test]
fn every_page_has_closed_elements_unique_ids_and_labels() {
    const VOID: &[&str] = &["meta", "link", "br", "hr", "img", "input", "wbr", "col"];
    for (path, html) in ours().iter().filter(|(path, _)| path.ends_with(".html")) {
        let mut open: Vec<&str> = Vec::new();
        let mut ids = HashSet::new();
        let mut wanted = Vec::new();
        for tag in tags_of(html).into_iter().filter(|tag| !tag.starts_with("<!")) {
            let name = raw_html::name(tag);
            if let Some(name) = name.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "{path}: {tag}");
            } else if !VOID.contains(&name) && !tag.ends_with("/>") {
                open.push(name);
            }
            if let Some(id) = attribute(tag, "id") {
                assert!(ids.insert(id), "{path}: twice #{id}");
            }
            for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
                wanted.extend(attribute(tag, name).into_iter().flat_map(|ids| ids.split(' ')));
            }
            assert!(!tag.contains(" style=") && !tag.contains(" onclick="), "{path}: {tag}");
            assert!(name != "style" && (name != "script" || tag.contains(" src=")), "{path}: {tag}");
            assert!(name != "img" || tag.contains(" alt="), "{path}: {tag}");
            assert!(name != "svg" || tag.contains("aria-hidden") || tag.contains("role=\"img\""), "{path}: {tag}");
        }
        assert!(open.is_empty(), "{path}: {open:?}");
        for id in wanted {
            assert!(ids.contains(id), "{path}: #{id} is named and not there");
        }
        assert!(html.contains("default-src 'none'; script-src 'self'"), "{path}");
        let titles = if path.ends_with("cetak.html") { 1 + lesson_count() } else { 1 };
        assert_eq!(html.matches("<h1").count(), titles, "{path}");
        let lang = if path.starts_with("en/") { "en" } else { "id" };
        assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{path}");
        assert!(!html.contains("[[") && !html.contains('\u{e000}') && !html.contains(">book-"), "{path}");
    }
}

#[test]
fn only_steps_with_a_proof_are_called_verified() {
    let site = ours();
    let page = &site["image/mengambil-image.html"];
    let steps = sections(page);
    let proved = |id: &str| {
        let (_, step) = steps.iter().find(|(step, _)| *step == id).unwrap();
        step.contains("class=\"proved\"")
    };
    assert!(proved("ambil") && proved("digest") && !proved("ringkasan"));
    assert!(page.contains("</strong> Docker 20.10.24, <time datetime=\"20"));
    assert_eq!(page.matches("class=\"unproved\"").count(), 2, "what no engine here could run says so");
    assert!(site["en/image/mengambil-image.html"].contains("Verified on</strong> Docker 20.10.24"));
    assert!(site["terbukti.html"].contains("5 dari 5") && site["terbukti.html"].contains("Docker 29 ke atas"));
    // One lesson has no commands, and so needs no proof.
    let count = lesson_count() - 1;
    assert!(site["index.html"].contains(&format!("Semua pelajaran ({count}) sudah dijalankan pada Docker 20.10.24")));

    // After a change in one line of output, the lesson has another digest than the proof.
    let dir = copied();
    let path = dir.path().join("id/image/mengambil-image.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("docker.io/library/mongo:4.1\n```", "docker.io/library/mongo:4.2\n```", 1)).unwrap();
    let site = site_of(dir.path());
    assert!(!site["image/mengambil-image.html"].contains("class=\"proved\""));
    assert!(site["en/image/mengambil-image.html"].contains("class=\"proved\""), "the other text is what it was");
    assert!(site["index.html"].contains(&format!("{} dari {count} pelajaran", count - 1)));
    assert!(site["en/index.html"].contains(&format!("All lessons ({count})")));
    assert!(site["terbukti.html"].contains("belum dicatat"));

    fs::remove_dir_all(dir.path().join("records")).unwrap();
    let site = site_of(dir.path());
    assert!(site["index.html"].contains("Belum ada pelajaran yang dicatat terbukti"));
    for (path, html) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        for claim in ["class=\"proved\"", "class=\"replay", "class=\"states\"", "20.10.24,"] {
            assert!(!html.contains(claim), "{path}: {claim}");
        }
    }
}

#[test]
fn recorded_step_has_a_replay_and_pictures_of_its_changes() {
    let dir = copied();
    let site = site_of(dir.path());
    let page = &site["dasar/kontainer-pertama.html"];
    let replays: Vec<&str> = tags_of(page).into_iter().filter(|tag| tag.contains("class=\"replay js\"")).collect();
    assert!(!replays.is_empty());
    for replay in replays {
        let data = attribute(replay, "data-load").unwrap().trim_start_matches("../");
        let frames = &site[data];
        let of = attribute(replay, "data-of").unwrap();
        assert!(frames.starts_with("dermagaFrames({") && frames.contains(&format!("\"{of}\":{{")), "{frames}");
        assert!(site.contains_key(attribute(replay, "data-player").unwrap().trim_start_matches("../")));
        let json = frames.trim_start_matches("dermagaFrames(").trim_end().trim_end_matches(");");
        assert!(serde_json::from_str::<serde_json::Value>(json).is_ok(), "{json}");
    }
    let states: Vec<&str> = page.split("<div class=\"state\"").skip(1).collect();
    assert!(states.len() >= 2 && states.len().is_multiple_of(2));
    for state in states {
        assert!(state.starts_with("><p class=\"when\">") && state.contains("<p class=\"kind\">Image"), "{state}");
    }
    // If a step's commands differ from the recorded commands, the page has no replay of the step.
    let path = dir.path().join("id/dasar/kontainer-pertama.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("docker rm sapa", "docker rm -f sapa")).unwrap();
    let changed = &site_of(dir.path())["dasar/kontainer-pertama.html"];
    assert!(changed.matches("class=\"replay js\"").count() < page.matches("class=\"replay js\"").count());
}

#[test]
fn first_use_of_each_term_links_to_the_glossary() {
    let site = ours();
    for (page, glossary) in
        [("image/mengambil-image.html", "glosarium.html"), ("en/image/mengambil-image.html", "en/glosarium.html")]
    {
        let html = &site[page];
        let links: Vec<&str> = tags_of(html).into_iter().filter(|tag| tag.contains("class=\"term\"")).collect();
        let keys: BTreeSet<&str> = links.iter().filter_map(|tag| attribute(tag, "href")?.split('#').nth(1)).collect();
        assert!(links.len() > 2 && keys.len() == links.len(), "each once: {links:?}");
        for key in keys {
            assert!(site[glossary].contains(&format!("<div id=\"{key}\"><dt>")), "{glossary}#{key}");
        }
    }
}

#[test]
fn link_in_an_objective_is_kept_except_on_a_card() {
    let dir =
        site(&format!("---\nobjectives: [\"baca [Ambil](#ambil) dan [situs](https://x.test/a)\"]\n---\n\n{LESSON}"));
    let read = |path: &str| fs::read_to_string(dir.path().join("site").join(path)).unwrap();
    let link = "baca <a href=\"#ambil\">Ambil</a> dan <a href=\"https://x.test/a\">situs</a>";
    assert!(read("g/satu.html").contains(link));
    assert!(read("cetak.html").contains(&link.replace("#ambil", "#satu--ambil")));
    assert!(read("index.html").contains("baca Ambil dan situs"), "no link within a card");
}

#[test]
fn page_has_its_canonical_address_and_translations_for_search_engines() {
    let dir = copied();
    // The second file links to the first file.
    for missing in ["en/dasar/kontainer-pertama.md", "en/tentang/dari-catatan-ke-pelajaran.md"] {
        fs::remove_file(dir.path().join(missing)).unwrap();
    }
    let path = dir.path().join("id/image/mengambil-image.md");
    let text = fs::read_to_string(&path).unwrap().replace("butuh MongoDB", "ingin MongoDB");
    fs::write(&path, text).unwrap();
    let english = dir.path().join("en/image/mengambil-image.md");
    let text = fs::read_to_string(&english).unwrap();
    // Remove `translated:`, as in translations from before digests of steps were recorded.
    let (front, rest) = (text.find("translated:").unwrap(), text.find("---\n\n#").unwrap());
    fs::write(&english, format!("{}{}", &text[..front], &text[rest..])).unwrap();
    let site = site_of(dir.path());
    let missing = &site["en/dasar/kontainer-pertama.html"];
    assert!(missing.contains("<link rel=\"canonical\" href=\"https://x.test/k/dasar/kontainer-pertama.html\">"));
    assert!(!missing.contains("hreflang=\"en\" href=\"https:") && missing.contains("class=\"notice\""));
    assert!(missing.contains("<div class=\"lesson\" lang=\"id\">") && missing.contains("<html lang=\"en\""));
    let old = &site["en/image/mengambil-image.html"];
    assert!(old.contains("has changed since it was translated") && !old.contains("<div class=\"lesson\" lang="));
    assert!(
        old.contains("<link rel=\"alternate\" hreflang=\"id\" href=\"https://x.test/k/image/mengambil-image.html\">")
    );
    assert!(old.contains("property=\"og:title\"") && old.contains("property=\"og:url\""));
    // A step links to the same step in the other language. The link is visible without scripts, and always if the step
    // may be outdated.
    assert!(old.contains("<a class=\"other\" href=\"../../image/mengambil-image.html#ambil\" hreflang=\"id\""));
    let fresh = &site["image/mengambil-image.html"];
    assert!(fresh.contains("<a class=\"other no-js\" href=\"../en/image/mengambil-image.html#ambil\" hreflang=\"en\""));
    let map = &site["sitemap.xml"];
    assert!(map.contains("<loc>https://x.test/k/</loc>") && map.contains("<loc>https://x.test/k/en/image/</loc>"));
    assert!(!map.contains("en/dasar/kontainer-pertama") && !map.contains("404"));
    for lost in ["404.html", "en/404.html"] {
        assert!(site[lost].contains("href=\"/k/aset/") && site[lost].contains("noindex"));
    }
}

#[test]
fn contents_of_a_long_course_list_only_lessons_near_the_open_one() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("id/g")).unwrap();
    let names: Vec<String> = (0..70).map(|at| format!("p{at:02}")).collect();
    let listed: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    fs::write(dir.path().join("course.toml"), COURSE.replace("\"satu\"", &listed.join(", "))).unwrap();
    for name in &names {
        let text = format!("# {name}\n\n## Ambil {{#ambil}}\n\n```console\n$ ls\n```\n");
        fs::write(dir.path().join(format!("id/g/{name}.md")), text).unwrap();
    }
    let site = site_of(dir.path());
    let listed = |path: &str| site[path].split("<nav id=\"d-toc\"").nth(1).unwrap().matches("<li data-lesson=").count();
    assert_eq!([listed("g/p30.html"), listed("g/p00.html"), listed("index.html")], [17, 9, 0]);
    assert!(
        site["g/p30.html"].contains("Semua 70 pelajaran")
            && site["g/index.html"].matches("<li data-lesson=").count() == 70
    );
}
