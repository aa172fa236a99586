//! A stranger's lesson is shown, whole, before any of it runs.

use super::ask::confirm;
use super::{MenuError, Talk};
use crate::store::trust::{TrustStore, trust_digest};
use crate::transcript::sanitise;
use crate::trust::{Item, ItemKind, Survey, visible};

/// Whether a person trusts what `survey` lists: they said yes to exactly this once, or say so now. `title` names the
/// lesson or course.
///
/// # Errors
/// When the terminal cannot be read or written.
pub fn trusts(survey: &Survey, title: &str, store: &mut TrustStore, talk: &mut Talk<'_>) -> Result<bool, MenuError> {
    if store.trusts(survey) {
        return Ok(true);
    }
    show(survey, title, talk)?;
    let question = talk.words.say("trust-question", &[]);
    if confirm(talk, &question, false)? != Some(true) {
        talk.say("trust-no", &[])?;
        return Ok(false);
    }
    if store.remember(survey).is_err() {
        talk.say("trust-not-remembered", &[])?;
    }
    Ok(true)
}

/// Lists everything, then what stands out, so that this is what stands above the question.
fn show(survey: &Survey, title: &str, talk: &mut Talk<'_>) -> Result<(), MenuError> {
    talk.say("trust-title", &[("title", &sanitise(title))])?;
    talk.say("trust-intro", &[])?;
    talk.line("")?;
    let mut place = None;
    for item in &survey.items {
        let here = (&item.lesson, &item.step);
        if place.replace(here) != Some(here) {
            let step = item.step.as_ref().map_or_else(String::new, |step| format!(" · {step}"));
            talk.line(&sanitise(&format!("{}{step}", item.lesson)))?;
        }
        show_item(item, talk)?;
    }
    talk.line("")?;
    let flags = survey.flags();
    if flags.is_empty() {
        talk.say("trust-no-flags", &[])?;
    } else {
        talk.say("trust-flags", &[])?;
        for (flag, count) in flags {
            let text = talk.words.count("trust-flag", count, &[("flag", &talk.words.say(flag.key(), &[]))]);
            talk.line(&format!("  ! {text}"))?;
        }
    }
    talk.say("trust-digest", &[("digest", &trust_digest(survey))])?;
    Ok(())
}

fn show_item(item: &Item, talk: &mut Talk<'_>) -> Result<(), MenuError> {
    let path = match &item.kind {
        ItemKind::File(path) => visible(path),
        _ => String::new(),
    };
    let kind = talk.words.say(item.kind.key(), &[("path", &path)]);
    talk.line(&format!("  {:>4}  {kind}", item.line))?;
    for line in item.text.split('\n') {
        talk.line(&format!("        │ {}", visible(line)))?;
    }
    for flag in &item.flags {
        talk.line(&format!("        ! {}", talk.words.say(flag.key(), &[])))?;
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
        let talk = &mut Talk {
            words: &words,
            plain: true,
            color: crate::page::Color::None,
            width,
            input: &mut input,
            output: &mut output,
        };
        let trusted = trusts(survey, "Asing", store, talk).unwrap();
        (trusted, String::from_utf8(output).unwrap())
    }

    #[test]
    fn no_hostile_lesson_is_trusted_without_a_yes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state/trusted");
        let words = Words::new(Lang::Id);
        for (lesson, flag) in corpus() {
            let survey = survey([&lesson]);
            let mut store = TrustStore::open(&path);
            for typed in ["", "\n", "t\n", "tidak\n", "n\n", "q\n", "x\ny y\n\n"] {
                let (trusted, shown) = ask(&survey, &mut store, typed);
                assert!(!trusted && !path.exists(), "{typed:?}");
                assert!(shown.contains(&words.say(flag.key(), &[])), "{flag:?}\n{shown}");
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
    fn a_yes_holds_for_exactly_this_and_for_good() {
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
