//! Tests what a reader of the site sees and does: hints, predictions, the link back to the last step, the table of
//! contents, recordings, and the layout of tables and pictures.

use serde_json::json;

use crate::chromium::{Chromium, Tab};
use crate::site::Site;

const CYCLE: &str = "dasar/daur-hidup-kontainer.html";

fn lesson(page: &str) -> Tab {
    let tab = Chromium::shared().tab();
    tab.size(1440, 900);
    tab.open(&Site::ours().at(page));
    tab
}

#[test]
fn each_step_has_one_group_of_hints_and_shows_no_pattern_or_field_name() {
    let tab = Chromium::shared().tab();
    for page in Site::ours().pages().into_iter().filter(|page| page.matches('/').count() > 0) {
        tab.open(&Site::ours().at(&page));
        let boxes = "[...document.querySelectorAll('[data-step]')].filter((step) => \
                     step.querySelectorAll('.checks > .hint').length > 1).map((step) => step.id)";
        assert_eq!(tab.run(boxes), json!([]), "{page}");
        // The summary of a hint contains only the word for hint and the hint's number.
        let told = "[...document.querySelectorAll('.hint > summary')].map((one) => one.textContent).filter((one) => \
                    !/^(Petunjuk|Hint)( \\d (dari|of) \\d)?$/.test(one))";
        assert_eq!(tab.run(told), json!([]), "{page}");
        let machine = "[...document.querySelectorAll('.claims li')].map((one) => one.textContent).filter((one) => \
                       /(State|Config|HostConfig|NetworkSettings|RootFS)[.]|[(|)][^ ]*[|]|\\[[.]\\]|[.][*]|\\^|\\$$/.test(one))";
        assert_eq!(tab.run(machine), json!([]), "{page}");
    }
}

#[test]
fn output_is_hidden_until_the_reader_has_predicted_or_revealed_it() {
    let seen = "[...document.querySelectorAll('#hentikan .predicted :is(.output, .states)')].map((one) => one.checkVisibility())";
    let tab = lesson(CYCLE);
    tab.until("document.querySelector('#hentikan .reveal') !== null");
    let hidden = |tab: &Tab| tab.run(&format!("{seen}.length > 1 && {seen}.every((one) => !one)"));
    assert_eq!(hidden(&tab), json!(true));
    // If the reader has chosen no option, the check button does not show the output. After any choice, it does.
    let check = "document.querySelector('#hentikan form.quiz .button').click(), 0";
    tab.run(check);
    assert_eq!(hidden(&tab), json!(true));
    tab.run("document.querySelector('#hentikan form.quiz input').click(), 0");
    tab.run(check);
    let all = format!("{seen}.every((one) => one)");
    assert_eq!(tab.run(&all), json!(true));
    // The reveal button shows the output too.
    let tab = lesson(CYCLE);
    tab.run("document.querySelector('#hentikan .reveal button').click(), 0");
    assert_eq!(tab.run(&all), json!(true));
    // Without scripts, the whole output is shown.
    let tab = Chromium::shared().tab();
    tab.scripts(false);
    tab.open(&Site::ours().at(CYCLE));
    assert_eq!(tab.run(&all), json!(true));
}

#[test]
fn start_page_links_to_the_readers_last_step() {
    let tab = lesson("dasar/masuk-ke-kontainer.html");
    tab.run("for (const id of ['masuk', 'cari-tanda']) document.querySelector(`#${id} .mark`).click(); 0");
    tab.open(&Site::ours().at("index.html"));
    let place = "document.querySelector('[data-start]').getAttribute('href')";
    assert_eq!(tab.text(place), "dasar/masuk-ke-kontainer.html#kernel", "the first that is not done");
    // A step that the reader has on the screen becomes the last step, even if it is not marked as done.
    tab.open(&Site::ours().at("image/mengambil-image.html"));
    tab.run("document.getElementById('digest').scrollIntoView(), 0");
    tab.until("document.querySelector('#d-toc .steps [aria-current]')?.hash === '#digest'");
    tab.open(&Site::ours().at("index.html"));
    assert_eq!(tab.text(place), "image/mengambil-image.html#digest");
    tab.run("localStorage.clear(), 0");
}

#[test]
fn table_of_contents_has_all_sections_shows_done_steps_and_keeps_folds() {
    let tab = lesson(CYCLE);
    let sections = "[...document.querySelectorAll('main section[id]')].map((one) => one.id)";
    let listed = "[...document.querySelectorAll('#d-toc .steps a')].map((one) => one.hash.slice(1))";
    assert_eq!(tab.run(sections), tab.run(listed));
    tab.run("document.querySelector('#mulai .mark').click(), 0");
    let ticked = "[...document.querySelectorAll('#d-toc .steps .is-done')].map((one) => one.dataset.section)";
    assert_eq!(tab.run(ticked), json!(["mulai"]));
    assert_eq!(tab.run("document.querySelector('#d-toc .steps .is-done .sr').textContent"), json!("(selesai)"));
    // A folded group of lessons stays folded on the next page. But the group of the open lesson is never folded.
    tab.run("document.querySelector('[aria-controls=d-group-image]').click(), 0");
    tab.open(&Site::ours().at("dasar/kontainer-pertama.html"));
    assert_eq!(tab.run("document.getElementById('d-group-image').checkVisibility()"), json!(false));
    tab.open(&Site::ours().at("image/mengambil-image.html"));
    assert_eq!(tab.run("document.getElementById('d-group-image').checkVisibility()"), json!(true));
    tab.run("localStorage.clear(), 0");
    // The table of contents scrolls to the entry of the step on the screen, even on a low screen.
    tab.size(1440, 420);
    tab.open(&Site::ours().at("image/mengambil-image.html"));
    tab.run("document.getElementById('bersihkan').scrollIntoView(), 0");
    tab.until("document.querySelector('#d-toc .steps [aria-current]')?.hash === '#bersihkan'");
    let inside = "(() => { const box = document.getElementById('d-toc').getBoundingClientRect(); \
                  const link = document.querySelector('#d-toc .steps [aria-current]').getBoundingClientRect(); \
                  return link.top >= box.top && link.bottom <= box.bottom; })()";
    tab.until(inside);
}

#[test]
fn docker_tables_fit_a_wide_screen_and_are_marked_as_cut_on_a_narrow_one() {
    let tab = Chromium::shared().tab();
    let cut = "[...document.querySelectorAll('main pre')].filter((one) => /^(CONTAINER|REPOSITORY)/.test(one.textContent) && \
               one.scrollWidth > one.clientWidth + 1)";
    let pages = ["dasar/kontainer-pertama.html", CYCLE, "image/mengambil-image.html"];
    let open = |page: &str| {
        tab.open(&Site::ours().at(page));
        tab.run("for (const one of document.querySelectorAll('main details')) one.open = true; 0");
        tab.run("for (const one of document.querySelectorAll('.reveal button')) one.click(); 0");
    };
    tab.size(1440, 900);
    for page in pages {
        open(page);
        assert_eq!(tab.run(&format!("{cut}.length")), json!(0), "{page}");
    }
    tab.size(360, 740);
    open(pages[0]);
    tab.until(&format!("{cut}.length > 0 && {cut}.every((one) => one.classList.contains('cut'))"));
    tab.run(&format!("{cut}[0].scrollLeft = 9999, 0"));
    tab.until(&format!("!{cut}[0].classList.contains('cut')"));
}

#[test]
fn prompt_command_and_output_have_the_same_font_size() {
    let tab = lesson("image/mengambil-image.html");
    let sizes = "[...new Set([...document.querySelectorAll('.terminal :is(.prompt, .typed, samp)')].map((one) => \
                 getComputedStyle(one).fontSize))].length";
    assert_eq!(tab.run(sizes), json!(1));
}

#[test]
fn step_names_the_docker_version_of_its_test_at_most_once() {
    let tab = Chromium::shared().tab();
    for page in ["image/mengambil-image.html", CYCLE] {
        tab.open(&Site::ours().at(page));
        let often = "[...document.querySelectorAll('[data-step]')].filter((step) => \
                     (step.textContent.match(/Docker 20[.]10[.]24/g) ?? []).length > 1).map((step) => step.id)";
        assert_eq!(tab.run(often), json!([]), "{page}");
    }
}

#[test]
fn lesson_marks_at_most_nine_glossary_terms() {
    let tab = Chromium::shared().tab();
    for page in Site::ours()
        .pages()
        .into_iter()
        .filter(|page| page.contains('/') && !page.ends_with("index.html") && !page.ends_with("cetak.html"))
    {
        tab.open(&Site::ours().at(&page));
        let count = tab.run("document.querySelectorAll('main .term').length").as_u64().expect("a number");
        assert!(count <= 9, "{page}: {count} terms");
    }
}

#[test]
fn labels_of_state_pictures_stay_in_their_cards_and_do_not_overlap() {
    let tab = Chromium::shared().tab();
    for page in Site::ours().pages().into_iter().filter(|page| page.contains('/')) {
        tab.open(&Site::ours().at(&page));
        tab.run("for (const one of document.querySelectorAll('.predicted')) one.classList.add('shown'); 0");
        tab.run("for (const one of document.querySelectorAll('main details')) one.open = true; 0");
        let wrong = "[...document.querySelectorAll('.state li')].flatMap((card) => { \
            const edge = card.getBoundingClientRect(); \
            const texts = [...card.querySelectorAll(':scope > :is(code, .word, .note, .net-name)')] \
              .map((one) => ({ box: one.getBoundingClientRect(), said: one.textContent })); \
            return texts.filter(({ box }, at) => box.left < edge.left || box.right > edge.right || texts.slice(at + 1).some((other) => \
              box.right > other.box.left + 1 && other.box.right > box.left + 1 && \
              box.bottom > other.box.top + 4 && other.box.bottom > box.top + 4)).map(({ said }) => said); })";
        assert_eq!(tab.run(wrong), json!([]), "{page}");
    }
    let cut = "[...document.querySelectorAll('.state code')].map((one) => one.textContent).filter((one) => one.includes('…'))";
    tab.open(&Site::ours().at("image/mengambil-image.html"));
    assert_eq!(tab.run(cut), json!([]));
    let bars = "[...document.querySelectorAll('#ambil .state')].at(-1).querySelectorAll('.layers i').length >= 13";
    assert_eq!(tab.run(bars), json!(true), "every layer of mongo is drawn");
}

#[test]
fn recording_replaces_its_terminal_while_it_is_open() {
    let tab = lesson("image/mengambil-image.html");
    tab.run("document.querySelector('#ambil .reveal button').click(), 0");
    tab.run("document.querySelector('#ambil .play').click(), 0");
    tab.until("document.querySelector('#ambil .player') !== null");
    assert_eq!(tab.run("document.querySelector('#ambil .terminal').checkVisibility()"), json!(false));
    // At the end of the recording, the clock shows the recording's whole length.
    tab.run("(() => { const bar = document.querySelector('.controls input'); bar.value = bar.max; bar.dispatchEvent(new Event('input')); })(), 0");
    let clock = tab.text("document.querySelector('.clock').textContent");
    let (now, end) = clock.split_once(" / ").expect("two times");
    assert_eq!(now, end);
    tab.press("Escape");
    tab.run("document.querySelector('.controls button:last-of-type')?.click(), 0");
    tab.until("document.querySelector('#ambil .player') === null");
    assert_eq!(tab.run("document.querySelector('#ambil .terminal').checkVisibility()"), json!(true));
}

#[test]
fn replay_has_colours_and_runs_at_the_chosen_speed() {
    let tab = lesson("image/mengambil-image.html");
    tab.run("document.querySelector('#ambil .reveal button').click(), 0");
    tab.run("document.querySelector('#ambil .play').click(), 0");
    tab.until("document.querySelector('#ambil .player .typed .tok-cmd')?.textContent === 'docker'");
    let typed = "document.querySelector('#ambil .player .typed').textContent";
    let shown = tab.text("document.querySelector('#ambil .terminal .typed').textContent");
    assert_eq!(tab.text(typed), shown, "pieces together are the command");
    assert_eq!(tab.text("document.querySelector('.controls select').getAttribute('aria-label')"), "Kecepatan");
    // At the speed of the recording, the bar cannot run ahead of the time that has passed. One step of the bar is 100 ms.
    let ahead = "(() => {
        const [speed, bar, toggle] = ['select', 'input', '.toggle'].map((one) => document.querySelector('.controls ' + one));
        speed.value = 4;
        bar.value = 0;
        bar.dispatchEvent(new Event('input'));
        const from = performance.now();
        toggle.click();
        return new Promise((done) => requestAnimationFrame(function watch() {
            const [played, passed] = [Number(bar.value), performance.now() - from];
            if (played >= 400 && played > 1.5 * passed) done(true);
            else if (played >= Number(bar.max)) done(false);
            else requestAnimationFrame(watch);
        }));
    })()";
    assert_eq!(tab.run(ahead), json!(true));
}

#[test]
fn new_position_of_a_moved_item_is_announced() {
    let tab = lesson("dasar/kontainer-pertama.html");
    tab.run("document.querySelector('.sortable li:nth-child(2) .moves button').click(), 0");
    tab.until("/: 1 dari \\d$/.test(document.getElementById('d-said').textContent)");
}

#[test]
fn glossary_links_to_its_letters_and_to_the_lesson_of_a_term() {
    let tab = lesson("glosarium.html");
    let letters = "[...document.querySelectorAll('.letters a')].every((one) => document.querySelector(one.hash)?.textContent === one.textContent)";
    assert_eq!(tab.run(letters), json!(true));
    assert_eq!(tab.run("document.querySelectorAll('.letters a').length > 10"), json!(true));
    assert_eq!(
        tab.text("document.querySelector('#digest .note a').getAttribute('href')"),
        "image/nama-tag-digest.html"
    );
}

#[test]
fn frames_and_current_language_stay_visible_with_forced_colours() {
    let tab = Chromium::shared().tab();
    tab.ask("Emulation.setEmulatedMedia", json!({ "features": [{ "name": "forced-colors", "value": "active" }] }));
    tab.open(&Site::ours().at("image/mengambil-image.html"));
    let bare = "['.terminal', '.copy', '.number', '.mark'].filter((one) => \
                getComputedStyle(document.querySelector(one)).borderTopStyle === 'none')";
    assert_eq!(tab.run(bare), json!([]));
    let current = "getComputedStyle(document.querySelector('.languages [aria-current]')).outlineStyle";
    assert_eq!(tab.text(current), "solid");
}
