//! Tests a lesson with every element of Markdown, on screens of three widths. Also tests the table of contents on a
//! phone and on a wide screen.

use serde_json::json;

use crate::chromium::Chromium;
use crate::site::Site;

const COURSE: &str = "title = { id = \"A\" }\nlanguages = [\"id\"]\n[[group]]\nid = \"g\"\ntitle = { id = \"G\" }\n\
                      lessons = [\"dapur\", \"satu\"]\n";
const WIDE: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1600\" height=\"400\"><path d=\"M0 0h1600\"/></svg>";

fn site() -> Site {
    Site::of(&[
        ("course.toml", COURSE),
        ("id/g/dapur.md", include_str!("kitchen-sink.md")),
        ("id/g/lebar.svg", WIDE),
        ("id/g/satu.md", "# Satu\n\n## Ambil {#ambil}\n\n```console\n$ ls\n```\n"),
    ])
}

#[test]
fn lesson_with_all_of_markdown_is_not_wider_than_its_screen() {
    let site = site();
    let tab = Chromium::shared().tab();
    for width in [360, 820, 1440] {
        tab.size(width, 800);
        tab.open(&site.at("g/dapur.html"));
        let page = tab.run("document.scrollingElement.scrollWidth").as_u64().expect("a width");
        assert!(page <= u64::from(width), "at {width} the page is {page} wide");
        let picture = "(() => { const all = document.querySelectorAll('main img'); const box = all[0].getBoundingClientRect(); \
                       const main = document.querySelector('main').getBoundingClientRect(); \
                       return [all.length, box.left >= main.left && box.right <= main.right, all[0].title]; })()";
        assert_eq!(tab.run(picture), json!([1, true, "Judul gambar"]), "at {width}");
        let diagram = "(() => { const one = document.querySelector('.diagram pre'); \
                       return one.scrollWidth <= one.clientWidth; })()";
        assert_eq!(tab.run(diagram), json!(true), "at {width} the diagram scrolls");
        // The title of a step must not be split into columns of single words.
        let title = "(() => { const title = document.querySelector('#lihat .step-title'); \
                     const size = parseFloat(getComputedStyle(title).fontSize); \
                     return title.getBoundingClientRect().height < size * 1.3 * (innerWidth < 400 ? 6 : 3); })()";
        assert_eq!(tab.run(title), json!(true), "at {width}");
    }
}

#[test]
fn lesson_with_all_of_markdown_shows_every_element() {
    let site = site();
    let tab = Chromium::shared().tab();
    tab.open(&site.at("g/dapur.html"));
    let aligned =
        "[...document.querySelectorAll('main table tr:last-child td')].map((one) => getComputedStyle(one).textAlign)";
    assert_eq!(tab.run(aligned), json!(["left", "center", "right"]));
    assert_eq!(tab.run("document.querySelector('main dl dt').id"), json!("istilah"));
    let ticks =
        "[...document.querySelectorAll('main .lesson > ul li')].map((one) => one.textContent.trim().slice(0, 1))";
    assert_eq!(tab.run(ticks), json!(["☑", "☐"]));
    let dots =
        "[...document.querySelectorAll('main .lesson > ul li')].map((one) => getComputedStyle(one).listStyleType)";
    assert_eq!(tab.run(dots), json!(["none", "none"]));
    let footnote = "(() => { const notes = document.querySelectorAll('.footnotes li'); \
                    return [notes.length, notes[0].querySelectorAll('a').length, \
                    [...document.querySelectorAll('.footnote-reference a, .footnotes a')].every((one) => \
                    document.getElementById(one.hash.slice(1)) !== null)]; })()";
    assert_eq!(tab.run(footnote), json!([1, 2, true]));
    assert_eq!(
        tab.run("[...document.querySelectorAll('.blockquote-tag-title')].map((one) => one.textContent)"),
        json!(["Catatan", "Peringatan"])
    );
    let folded = "(() => { const one = document.querySelector('.lesson > details'); \
                  return [one.querySelector('summary').textContent, one.querySelector('strong').checkVisibility()]; })()";
    assert_eq!(tab.run(folded), json!(["Terlipat", false]));
    assert_eq!(tab.run("document.querySelector('main .lesson').textContent.includes('jahat')"), json!(false));
}

#[test]
fn table_of_contents_on_a_phone_covers_the_screen_and_closes() {
    let tab = Chromium::shared().tab();
    tab.size(360, 740);
    tab.open(&Site::ours().at("image/mengambil-image.html"));
    tab.run("scrollTo(0, 1500)");
    tab.run("document.getElementById('d-menu').click(), 0");
    let seen = "(() => { const box = document.getElementById('d-toc').getBoundingClientRect(); \
                return [box.top, box.left, box.width >= 340 && box.height >= 700]; })()";
    assert_eq!(tab.run(seen), json!([0, 0, true]));
    tab.press("Escape");
    assert_eq!(tab.text("document.getElementById('d-menu').getAttribute('aria-expanded')"), "false");
    assert_eq!(tab.run("document.getElementById('d-toc').checkVisibility()"), json!(false));
    // A click on an entry of the table of contents closes it too.
    tab.run("document.getElementById('d-menu').click(), 0");
    tab.run("document.querySelector('#d-toc .steps a').click(), 0");
    assert_eq!(tab.run("document.getElementById('d-toc').checkVisibility()"), json!(false));
}

#[test]
fn table_of_contents_marks_the_step_on_the_screen() {
    let tab = Chromium::shared().tab();
    tab.size(1280, 800);
    tab.open(&Site::ours().at("image/mengambil-image.html"));
    let marked = "document.querySelector('#d-toc .steps [aria-current]')?.hash ?? ''";
    assert_eq!(tab.text(marked), "");
    tab.run("document.getElementById('digest').scrollIntoView()");
    tab.until("document.querySelector('#d-toc .steps [aria-current]')?.hash === '#digest'");
    // The link to the other language opens the page at the same step.
    tab.run("document.querySelector('.languages a:not([aria-current])').click(), 0");
    tab.until("location.pathname.startsWith('/en/') && location.hash === '#digest'");
}
