//! Tests that the search of the site finds the right passages fast, and works by keyboard alone.

use serde_json::{Value, json};

use crate::chromium::{Chromium, Tab};
use crate::site::Site;

/// Reads a table with the forms of words. Returns one question for each form, with all forms of its word.
fn asked(table: &str) -> Vec<Value> {
    let mut asked = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let forms: Vec<&str> = line.split('\t').skip(1).flat_map(str::split_whitespace).collect();
        asked.extend(forms.iter().map(|form| json!({ "question": form, "forms": forms })));
    }
    asked
}

/// Opens the start page of a language in a tab, and then its search. `prefix` is empty or `en/`.
fn searching(prefix: &str) -> Tab {
    let tab = Chromium::shared().tab();
    tab.open(&Site::ours().at(&format!("{prefix}index.html")));
    tab.press("/");
    tab.until("self.dermagaIndex !== undefined");
    tab
}

fn measure(prefix: &str, asked: &[Value]) -> Value {
    let tab = searching(prefix);
    let pages: Vec<String> = Site::ours().pages();
    let own = |path: &&String| if prefix.is_empty() { !path.starts_with("en/") } else { path.starts_with(prefix) };
    let left = ["index.html", "404.html", "terbukti.html", "cetak.html", "penulis.html"];
    let paths = pages.iter().filter(own).map(|path| path.trim_start_matches(prefix));
    let paths: Vec<&str> = paths.filter(|path| !left.contains(path)).collect();
    tab.run(&format!("self.asked = {}; self.paths = {}; 0", json!(asked), json!(paths)));
    tab.run(include_str!("search.js"))
}

fn hold(what: &str, found: &Value) {
    let number = |name: &str| found[name].as_f64().unwrap_or(f64::NAN);
    println!(
        "{what}: {} questions, recall {:.3}, precision {:.3}, p95 {:.1} ms, slowest {:.1} ms",
        found["number"],
        number("recall"),
        number("precision"),
        number("p95"),
        number("worst")
    );
    let wrong = found["wrong"].as_array().expect("a list");
    let wrong: String = wrong.iter().filter_map(Value::as_str).map(|line| format!("{line}\n")).collect();
    assert!(number("recall") >= 0.96 && number("precision") >= 0.95, "{what}\n{wrong}");
    assert_eq!(found["exactLast"], json!([]), "{what}: the word itself comes first");
    println!("{wrong}");
}

#[test]
fn each_form_of_an_indonesian_word_finds_all_its_forms() {
    let found = measure("", &asked(include_str!("../fixtures/search/id.tsv")));
    assert!(found["number"].as_u64().is_some_and(|number| number >= 200), "{found}");
    hold("Indonesian", &found);
    // The first question is slow, because the browser is still reading the script. So only the 95th percentile has a
    // limit.
    assert!(found["p95"].as_f64().is_some_and(|p95| p95 < 50.0), "{} ms", found["p95"]);
}

#[test]
fn each_form_of_an_english_word_finds_all_its_forms() {
    hold("English", &measure("en/", &asked(include_str!("../fixtures/search/en.tsv"))));
}

#[test]
fn code_finds_the_passages_that_contain_it() {
    let lines = include_str!("../fixtures/search/code.txt").lines().filter(|line| !line.starts_with("# "));
    let asked: Vec<Value> = lines.map(|line| json!({ "question": line })).collect();
    let found = measure("", &asked);
    assert!(found["number"].as_u64().is_some_and(|number| number > 10), "{found}");
    hold("code", &found);
    // English prose contains words that resemble a command, such as `images`. Passages with the command itself must
    // still come first.
    let found = measure("en/", &asked);
    assert!(found["recall"].as_f64().is_some_and(|recall| recall >= 0.96), "{found}");
    assert_eq!(found["exactLast"], json!([]), "{found}");
}

/// Returns the number of questions, how many have a right first result, and how many have a right result among the
/// first three. Also returns the failures as text.
fn ranked(prefix: &str, table: &str) -> (usize, usize, usize, String) {
    let tab = searching(prefix);
    let (mut all, mut first, mut third, mut wrong) = (0, 0, 0, String::new());
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (question, right) = line.split_once('\t').expect("a question and its places");
        let script = format!(
            "openIndex(dermagaIndex).find({}).found.slice(0, 3).map((one) => one.path.replace('.html', '') + '#' + one.anchor)",
            json!(question)
        );
        let found = tab.run(&script);
        let is_right = |place: &Value| place.as_str().is_some_and(|place| right.split(' ').any(|one| one == place));
        let rank = found.as_array().expect("a list").iter().position(is_right);
        all += 1;
        first += usize::from(rank == Some(0));
        third += usize::from(rank.is_some());
        if rank.is_none() {
            wrong.push_str(&format!("{question}: {found}\n"));
        }
    }
    (all, first, third, wrong)
}

/// Asserts the minimum share of questions with a right first result, and with a right result among the first three. The
/// questions of both languages count together.
fn hold_ranked(what: &str, [indonesian, english]: [&str; 2], [least_first, least_third]: [f64; 2]) {
    let (indonesian, english) = (ranked("", indonesian), ranked("en/", english));
    let all = indonesian.0 + english.0;
    let share = |count: usize| f64::from(u32::try_from(count).unwrap()) / f64::from(u32::try_from(all).unwrap());
    let (first, third) = (share(indonesian.1 + english.1), share(indonesian.2 + english.2));
    println!("{what}: {all} questions: first {first:.3}, among three {third:.3}\n{}{}", indonesian.3, english.3);
    assert!(all >= 30 && first >= least_first && third >= least_third, "{what}: {first:.3}, among three {third:.3}");
}

#[test]
fn question_in_a_readers_words_finds_the_step_with_the_answer() {
    let questions =
        [include_str!("../fixtures/search/questions-id.tsv"), include_str!("../fixtures/search/questions-en.tsv")];
    let tuned = [include_str!("../fixtures/search/tuned-id.tsv"), include_str!("../fixtures/search/tuned-en.tsv")];
    let held_out =
        [include_str!("../fixtures/search/held-out-id.tsv"), include_str!("../fixtures/search/held-out-en.tsv")];
    for (what, questions) in [("questions", questions), ("tuned", tuned), ("held out", held_out)] {
        hold_ranked(what, questions, [0.85, 0.95]);
    }
    let tab = searching("");
    // "Matiin" is a colloquial form of "matikan" (switch off), not of "mati" (dead).
    for question in ["cara menghentikan kontainer", "matiin kontainer"] {
        let step = format!("openIndex(dermagaIndex).find({}).found[0].anchor", json!(question));
        assert_eq!(tab.text(&step), "hentikan", "{question}");
    }
}

#[test]
fn search_names_a_word_that_no_page_contains() {
    let tab = searching("");
    tab.type_in("docker xyzzyq");
    tab.until("document.getElementById('d-search-said').textContent.includes('tanpa: xyzzyq')");
    assert_eq!(tab.run("document.querySelectorAll('.hit').length > 3"), json!(true));
}

#[test]
fn search_results_show_their_text_without_another_request() {
    let tab = searching("");
    let requests = "performance.getEntriesByType('resource').length";
    let before = tab.run(requests);
    tab.type_in("kontainer");
    tab.until("document.querySelectorAll('.hit .piece mark').length > 5");
    assert_eq!(tab.run(requests), before);
    // A page at a `file:` address cannot fetch files, so its search must work without requests.
    let tab = Chromium::shared().tab();
    tab.open(&format!("file://{}", Site::ours().folder.join("index.html").display()));
    tab.press("/");
    tab.until("self.dermagaIndex !== undefined");
    tab.type_in("kontainer");
    tab.until("document.querySelectorAll('.hit .piece mark').length > 5");
    assert_eq!(tab.errors(), Vec::<String>::new());
}

#[test]
fn search_finds_words_despite_typing_mistakes() {
    let tab = searching("");
    for (typed, meant) in [
        ("kontainr", "kontainer"),
        ("registir", "registri"),
        ("menjalnkan", "menjalankan"),
        ("perinth", "perintah"),
        ("dijalankannya", "dijalankan"),
        ("konta", "kontainer"),
        ("mongo:4", "mongo:4.1"),
    ] {
        let script = format!("openIndex(dermagaIndex).find({}).found.flatMap((one) => one.forms)", json!(typed));
        let forms = tab.run(&script);
        assert!(forms.as_array().is_some_and(|forms| forms.contains(&json!(meant))), "{typed}: {forms}");
    }
    assert_eq!(tab.run("openIndex(dermagaIndex).find('zzqqxx').found.length"), json!(0));
}

#[test]
fn search_works_by_keyboard_alone() {
    let tab = searching("");
    let focus = "document.activeElement.id";
    assert_eq!(tab.text(focus), "d-search-ask");
    tab.type_in("dijalankan");
    let chosen = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.getAttribute('aria-selected')";
    tab.until(&format!("{chosen} === 'true'"));
    let first = tab.text("document.querySelector('.hit[aria-selected=true]').href");
    tab.press("ArrowDown");
    let second = tab.text("document.querySelector('.hit[aria-selected=true]').href");
    assert_ne!(first, second);
    assert_eq!(tab.run("document.querySelectorAll('.hit[aria-selected=true]').length"), json!(1));
    tab.press("ArrowUp");
    tab.press("ArrowDown");
    tab.until("document.querySelector('.hit[aria-selected=true] .piece mark') !== null");
    tab.take("Page.loadEventFired");
    tab.press("Enter");
    tab.wait_for("Page.loadEventFired");
    assert_eq!(tab.text("location.href"), second);
    let anchor = second.split('#').nth(1).unwrap_or_default();
    assert!(
        anchor.is_empty() || tab.run(&format!("document.getElementById({}) !== null", json!(anchor))) == json!(true)
    );
    // Escape closes the search and returns the focus to the element that had it before.
    tab.run("document.getElementById('d-search-open').focus()");
    tab.press("/");
    tab.until("document.getElementById('d-search').open");
    tab.press("Escape");
    tab.until("!document.getElementById('d-search').open");
    assert_eq!(tab.text(focus), "d-search-open");
    assert_eq!(tab.errors(), Vec::<String>::new());
}
