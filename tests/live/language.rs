//! Tests that the menu and the tutor use only one language. Also tests `--plain`: the screen then has neither colours
//! nor symbols that carry meaning.

use crate::person::Person;
use crate::project::Project;
use crate::sentences::Sentences;

const LANGS: [&str; 2] = ["id", "en"];
/// The Indonesian and the English title of the built-in lesson `menyiapkan-docker`.
const TITLES: [&str; 2] = ["Menyiapkan Docker", "Get Docker ready"];

fn is_of_one_language(person: &Person, lang: &str) {
    let all = person.all();
    // This comparison ignores backquotes, because the screen does not show them.
    let mixed: Vec<String> = Sentences::of_the_other(lang).found_in(&all).map(str::to_owned).collect();
    assert!(mixed.is_empty(), "{lang}: {mixed:#?}\n{all}");
    assert!(Sentences::of(lang).found_in(&all).count() >= 3, "{lang}: who speaks?\n{all}");
    let keys = ["learn-", "menu-", "welcome-", "quiz-", "explain-", "claim-"];
    let bare = all.split([' ', '(', ')']).find(|word| {
        keys.iter().any(|key| word.starts_with(key) && word.len() > key.len() + 2 && !word.contains(['/', '.']))
    });
    assert_eq!(bare, None, "a key is no word\n{all}");
}

/// Asserts that no text is coloured or bold. Every escape sequence that ends in `m` must be a reset.
fn is_plain(person: &Person) {
    let bytes = person.bytes();
    let mut painted = Vec::new();
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == 0x1b) {
        let rest = &bytes[at + 1..bytes.len().min(at + 24)];
        let Some((b'[', rest)) = rest.split_first() else { continue };
        let end = rest.iter().position(u8::is_ascii_alphabetic);
        if let Some(end) = end.filter(|&end| rest[end] == b'm' && !matches!(&rest[..end], b"" | b"0")) {
            painted.push(String::from_utf8_lossy(&rest[..end]).into_owned());
        }
    }
    assert!(painted.is_empty(), "painted: {painted:?}\n{}", person.all());
    for sign in ['✔', '✘', '★', '✓', '✗', '●', '○', '█'] {
        assert!(!person.all().contains(sign), "{sign} is no word\n{}", person.all());
    }
}

/// Covers the first run, the menu, and how the person leaves the menu.
#[tokio::test]
async fn welcome_and_menu_are_in_one_language() {
    for (lang, title) in LANGS.into_iter().zip(TITLES) {
        for plain in [true, false] {
            let project = Project::new();
            let mut words = vec!["learn"];
            words.extend(plain.then_some("--plain"));
            let locale = if lang == "id" { "id_ID.UTF-8" } else { "en_GB.UTF-8" };
            let env = [("DOCKER_HOST", "unix:///nowhere.sock"), ("LANG", locale)];
            let mut person = Person::start_with(&project, &words, &env);
            // The welcome asks for the language, and writes the name of each language in that language.
            person.sees("English").await;
            if plain {
                person.types(if lang == "id" { "1" } else { "2" }).await;
            } else {
                person.choose(if lang == "id" { "Indonesia" } else { "English" }).await;
            }
            person.sees(title).await;
            is_of_one_language(&person, lang);
            if plain {
                is_plain(&person);
                person.sees(":").await;
                person.types("q").await;
            } else {
                person.press("\u{1b}").await;
            }
            assert_eq!(person.ends().await, 0, "{}", person.all());
        }
    }
}

/// Types tutor commands, a wrong docker command and right docker commands.
#[tokio::test(flavor = "multi_thread")]
async fn plain_tutor_has_one_language_and_no_colours_or_symbols() {
    for (lang, (words, wrong)) in LANGS.into_iter().zip([
        (["petunjuk", "jawaban", "langkah", "kuis", "bebas", "izinkan", "bantuan"], "mungkin maksudmu"),
        (["hint", "solution", "steps", "quiz", "explore", "allow", "help"], "perhaps you meant"),
    ]) {
        let project = Project::new();
        let lesson = "daur-hidup-kontainer";
        let mut person = Person::start(&project, &["learn", "--lang", lang, "--plain", "--engine", "private", lesson]);
        person.prompt().await;
        for word in words {
            person.types(word).await;
            if ["bebas", "explore"].contains(&word) {
                // In free mode, no command counts for the step. The same word ends free mode.
                person.sees("daur-hidup-kontainer # ").await;
                person.types(word).await;
            }
            person.prompt().await;
        }
        person.types("docker craete --name kapal alpine:3.20 sleep 600").await;
        person.prompt().await;
        let told = person.text().to_lowercase();
        assert!(told.contains(wrong), "{told}");
        for command in [
            "docker create --name perahu alpine:3.20 sleep 600",
            "docker create --name kapal alpine:3.20 sleep 600",
            "docker ps -a",
        ] {
            person.types(command).await;
            person.prompt().await;
        }
        person.types(if lang == "id" { "selesai" } else { "quit" }).await;
        let _ = person.ends().await;
        is_of_one_language(&person, lang);
        is_plain(&person);
    }
}
