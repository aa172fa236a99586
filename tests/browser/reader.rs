//! Tests the actions of a reader: hints, predictions, the link back to a lesson, the contents, and the size of the
//! parts on the screen.

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
fn step_has_one_box_of_hints_and_no_pattern_or_field() {
    let tab = Chromium::shared().tab();
    for page in Site::ours().pages().into_iter().filter(|page| page.matches('/').count() > 0) {
        tab.open(&Site::ours().at(&page));
        let boxes = "[...document.querySelectorAll('[data-step]')].filter((step) => \
                     step.querySelectorAll('.checks > .hint').length > 1).map((step) => step.id)";
        assert_eq!(tab.run(boxes), json!([]), "{page}");
        // The summary of a hint has no text except its number.
        let told = "[...document.querySelectorAll('.hint > summary')].map((one) => one.textContent).filter((one) => \
                    !/^(Petunjuk|Hint)( \\d (dari|of) \\d)?$/.test(one))";
        assert_eq!(tab.run(told), json!([]), "{page}");
        let machine = "[...document.querySelectorAll('.claims li')].map((one) => one.textContent).filter((one) => \
                       /(State|Config|HostConfig|NetworkSettings|RootFS)[.]|[(|)][^ ]*[|]|\\[[.]\\]|[.][*]|\\^|\\$$/.test(one))";
        assert_eq!(tab.run(machine), json!([]), "{page}");
    }
}

#[test]
fn output_is_hidden_until_prediction_is_answered() {
    let seen = "[...document.querySelectorAll('#hentikan .predicted :is(.output, .states)')].map((one) => one.checkVisibility())";
    let tab = lesson(CYCLE);
    tab.until("document.querySelector('#hentikan .reveal') !== null");
    let hidden = |tab: &Tab| tab.run(&format!("{seen}.length > 1 && {seen}.every((one) => !one)"));
    assert_eq!(hidden(&tab), json!(true));
    // Without a choice, the check button does not show the output. With any choice, it does.
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
fn go_on_leads_to_the_step_that_was_the_last() {
    let tab = lesson("dasar/masuk-ke-kontainer.html");
    tab.run("for (const id of ['masuk', 'cari-tanda']) document.querySelector(`#${id} .mark`).click(); 0");
    tab.open(&Site::ours().at("index.html"));
    let place = "document.querySelector('[data-start]').getAttribute('href')";
    assert_eq!(tab.text(place), "dasar/masuk-ke-kontainer.html#kernel", "the first that is not done");
    // A step that a reader reads becomes the last step, even if it is not marked as done.
    tab.open(&Site::ours().at("image/mengambil-image.html"));
    tab.run("document.getElementById('digest').scrollIntoView(), 0");
    tab.until("document.querySelector('#d-toc .steps [aria-current]')?.hash === '#digest'");
    tab.open(&Site::ours().at("index.html"));
    assert_eq!(tab.text(place), "image/mengambil-image.html#digest");
    tab.run("localStorage.clear(), 0");
}

#[test]
fn contents_have_all_sections_ticks_and_folds() {
    let tab = lesson(CYCLE);
    let sections = "[...document.querySelectorAll('main section[id]')].map((one) => one.id)";
    let listed = "[...document.querySelectorAll('#d-toc .steps a')].map((one) => one.hash.slice(1))";
    assert_eq!(tab.run(sections), tab.run(listed));
    tab.run("document.querySelector('#mulai .mark').click(), 0");
    let ticked = "[...document.querySelectorAll('#d-toc .steps .is-done')].map((one) => one.dataset.section)";
    assert_eq!(tab.run(ticked), json!(["mulai"]));
    assert_eq!(tab.run("document.querySelector('#d-toc .steps .is-done .sr').textContent"), json!("(selesai)"));
    // A folded group stays folded on the next page. The group of the open lesson is never folded.
    tab.run("document.querySelector('[aria-controls=d-group-image]').click(), 0");
    tab.open(&Site::ours().at("dasar/kontainer-pertama.html"));
    assert_eq!(tab.run("document.getElementById('d-group-image').checkVisibility()"), json!(false));
    tab.open(&Site::ours().at("image/mengambil-image.html"));
    assert_eq!(tab.run("document.getElementById('d-group-image').checkVisibility()"), json!(true));
    tab.run("localStorage.clear(), 0");
    // The contents show the entry of the step that is on the screen, even on a low screen.
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
fn tables_of_docker_fit_a_wide_screen_and_fade_on_a_narrow_one() {
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
fn prompt_command_and_output_have_one_size() {
    let tab = lesson("image/mengambil-image.html");
    let sizes = "[...new Set([...document.querySelectorAll('.terminal :is(.prompt, .typed, samp)')].map((one) => \
                 getComputedStyle(one).fontSize))].length";
    assert_eq!(tab.run(sizes), json!(1));
}

#[test]
fn proof_is_said_once_in_a_step() {
    let tab = Chromium::shared().tab();
    for page in ["image/mengambil-image.html", CYCLE] {
        tab.open(&Site::ours().at(page));
        let often = "[...document.querySelectorAll('[data-step]')].filter((step) => \
                     (step.textContent.match(/Docker 20[.]10[.]24/g) ?? []).length > 1).map((step) => step.id)";
        assert_eq!(tab.run(often), json!([]), "{page}");
    }
}

#[test]
fn few_words_of_a_lesson_are_underlined() {
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
fn labels_of_pictures_stay_in_their_cards() {
    let tab = Chromium::shared().tab();
    for page in Site::ours().pages().into_iter().filter(|page| page.contains('/')) {
        tab.open(&Site::ours().at(&page));
        tab.run("for (const one of document.querySelectorAll('.predicted')) one.classList.add('shown'); 0");
        tab.run("for (const one of document.querySelectorAll('main details')) one.open = true; 0");
        // No label leaves its card, and no label covers another.
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
fn replay_takes_the_place_of_its_terminal() {
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
fn item_that_is_moved_says_where_it_is() {
    let tab = lesson("dasar/kontainer-pertama.html");
    tab.run("document.querySelector('.sortable li:nth-child(2) .moves button').click(), 0");
    tab.until("/: 1 dari \\d$/.test(document.getElementById('d-said').textContent)");
}

#[test]
fn glossary_has_letters_and_the_lessons_of_a_term() {
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
fn forced_colours_leave_frames_and_places() {
    let tab = Chromium::shared().tab();
    tab.ask("Emulation.setEmulatedMedia", json!({ "features": [{ "name": "forced-colors", "value": "active" }] }));
    tab.open(&Site::ours().at("image/mengambil-image.html"));
    let bare = "['.terminal', '.copy', '.number', '.mark'].filter((one) => \
                getComputedStyle(document.querySelector(one)).borderTopStyle === 'none')";
    assert_eq!(tab.run(bare), json!([]));
    let current = "getComputedStyle(document.querySelector('.languages [aria-current]')).outlineStyle";
    assert_eq!(tab.text(current), "solid");
}
