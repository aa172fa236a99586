//! Tests the tests of the site: they must find three mistakes that are planted in the built site.

use crate::languages::{foreign_words, lost_places};
use crate::site::Site;
use crate::untrusted::dangers;

const PAGE: &str = "image/mengambil-image.html";

#[test]
fn html_of_a_lesson_let_through_is_seen() {
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
fn a_switcher_that_loses_the_step_is_seen() {
    let site = Site::changed(|_, text| text.replace("plain + here", "plain"));
    let found = lost_places(&site, &[PAGE.to_owned()]);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn an_english_word_left_is_seen() {
    let site = Site::changed(|_, text| text.replacen(">Salin<", ">Copy<", 1));
    let found = foreign_words(&site, &[PAGE.to_owned()]);
    assert!(found.iter().any(|line| line.contains("Copy")), "{found:?}");
    let site =
        Site::changed(|_, text| text.replacen("aria-label=\"Terminal\"", "aria-label=\"Skip to the content\"", 1));
    assert!(!foreign_words(&site, &[PAGE.to_owned()]).is_empty());
}
