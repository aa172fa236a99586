//! Tests the checks of other test modules. The checks must find mistakes that these tests plant in a copy of the site.

use crate::languages::{foreign_words, lost_places};
use crate::site::Site;
use crate::untrusted::dangers;

const PAGE: &str = "image/mengambil-image.html";

#[test]
fn check_for_dangerous_content_finds_a_planted_event_handler() {
    let site = Site::changed(|_, text| {
        text.replace("<div class=\"lesson\">", "<div class=\"lesson\"><img src=\"x\" onerror=\"self.ran = 1\">")
    });
    let found = dangers(&site, &[PAGE.to_owned()]);
    assert!(
        found.iter().any(|line| line.contains("onerror")) && found.iter().any(|line| line.contains("it ran")),
        "{found:?}"
    );
}

#[test]
fn check_of_the_language_switcher_finds_a_lost_step() {
    let site = Site::changed(|_, text| text.replace("plain + here", "plain"));
    let found = lost_places(&site, &[PAGE.to_owned()]);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn check_of_languages_finds_english_words_on_an_indonesian_page() {
    let site = Site::changed(|_, text| text.replacen(">Salin<", ">Copy<", 1));
    let found = foreign_words(&site, &[PAGE.to_owned()]);
    assert!(found.iter().any(|line| line.contains("Copy")), "{found:?}");
    let site =
        Site::changed(|_, text| text.replacen("aria-label=\"Terminal\"", "aria-label=\"Skip to the content\"", 1));
    assert!(!foreign_words(&site, &[PAGE.to_owned()]).is_empty());
}
