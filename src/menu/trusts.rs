//! Shows everything that a stranger's lesson would run, and asks whether to trust the lesson.

use std::io;

use super::Dialog;
use super::ask::confirm;
use crate::store::trust::{TrustStore, trust_digest};
use crate::transcript::sanitise;
use crate::trust::{Item, ItemKind, Survey, visible};

/// Whether a person trusts the commands in `surveys`, which has one survey for each lesson. The person trusts a survey
/// if they agreed to exactly this survey before, or if they agree now. `title` names the lesson or the group of
/// lessons.
///
/// # Errors
/// Fails if the terminal cannot be read or written.
pub fn trusts(surveys: &[Survey], title: &str, store: &mut TrustStore, dialog: &mut Dialog<'_>) -> io::Result<bool> {
    let strange: Vec<&Survey> = surveys.iter().filter(|survey| !store.trusts(survey)).collect();
    if strange.is_empty() {
        return Ok(true);
    }
    show(&strange, title, dialog)?;
    let question = dialog.words.say("trust-question", &[]);
    if confirm(dialog, &question, false)? != Some(true) {
        dialog.say("trust-no", &[])?;
        return Ok(false);
    }
    if strange.into_iter().any(|survey| store.remember(survey).is_err()) {
        dialog.say("trust-not-remembered", &[])?;
    }
    Ok(true)
}

/// Lists all items of the surveys.
fn show(surveys: &[&Survey], title: &str, dialog: &mut Dialog<'_>) -> io::Result<()> {
    dialog.say("trust-title", &[("title", &sanitise(title))])?;
    dialog.say("trust-intro", &[])?;
    dialog.line("")?;
    let all = Survey { items: surveys.iter().flat_map(|survey| survey.items.clone()).collect() };
    let mut place = None;
    for item in &all.items {
        let here = (&item.lesson, &item.step);
        if place.replace(here) != Some(here) {
            let step = item.step.as_ref().map_or_else(String::new, |step| format!(" · {step}"));
            dialog.line(&sanitise(&format!("{}{step}", item.lesson)))?;
        }
        show_item(item, dialog)?;
    }
    dialog.line("")?;
    dialog.say("trust-advice", &[])?;
    dialog.say("trust-digest", &[("digest", &trust_digest(&all))])?;
    Ok(())
}

fn show_item(item: &Item, dialog: &mut Dialog<'_>) -> io::Result<()> {
    let path = match &item.kind {
        ItemKind::File(path) => visible(path),
        _ => String::new(),
    };
    let kind = dialog.words.say(item.kind.key(), &[("path", &path)]);
    dialog.line(&format!("  {:>4}  {kind}", item.line))?;
    for line in item.text.split('\n') {
        dialog.line(&format!("        │ {}", visible(line)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trust::{survey, tests::corpus};
    use crate::words::{Lang, Words};

    fn ask(survey: &Survey, store: &mut TrustStore, typed: &str) -> (bool, String) {
        let words = Words::new(Lang::Id);
        let mut output = Vec::new();
        let (mut input, width) = (typed.as_bytes(), 80);
        let dialog = &mut Dialog {
            words: &words,
            plain: true,
            color: crate::terminal::Color::None,
            width,
            input: &mut input,
            output: &mut output,
        };
        let trusted = trusts(std::slice::from_ref(survey), "Asing", store, dialog).unwrap();
        (trusted, String::from_utf8(output).unwrap())
    }

    #[test]
    fn hostile_lesson_is_shown_whole_and_not_trusted_without_a_yes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state/trusted");
        for (lesson, _) in corpus() {
            let survey = survey([&lesson]);
            let mut store = TrustStore::open(&path);
            for typed in ["", "\n", "t\n", "tidak\n", "n\n", "q\n", "x\ny y\n\n"] {
                let (trusted, shown) = ask(&survey, &mut store, typed);
                assert!(!trusted && !path.exists(), "{typed:?}");
                for item in &survey.items {
                    for line in item.text.split('\n') {
                        assert!(shown.contains(&format!("│ {}\n", visible(line))), "{line:?}\n{shown}");
                    }
                }
                assert!(!shown.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{shown:?}");
            }
        }
    }

    #[test]
    fn consent_is_remembered_only_for_the_same_lesson() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state/trusted");
        let all = corpus();
        let (one, other) = (survey([&all[0].0]), survey([&all[1].0]));
        assert!(ask(&one, &mut TrustStore::open(&path), "ya\n").0);
        let (trusted, shown) = ask(&one, &mut TrustStore::open(&path), "");
        assert!(trusted && shown.is_empty());
        assert!(!ask(&other, &mut TrustStore::open(&path), "").0);
    }
}
