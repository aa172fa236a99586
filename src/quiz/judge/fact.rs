//! Judges a typed answer to a question about the engine.

use serde_json::Value;

use super::{Said, Verdict};
use crate::claims::{print, same};
use crate::docker_cli::docker_commands;
use crate::lesson::FactCompare;

/// Compares a typed answer with the values from the engine. Returns `None` if the values do not allow this comparison.
#[must_use]
pub fn fact(compare: FactCompare, there: &[&Value], typed: &str) -> Option<Verdict> {
    let typed = typed.trim().trim_matches(['`', '"', '\'', '.']).trim();
    let right = match compare {
        FactCompare::Length => {
            let length = length(there)?;
            number(typed) == Some(length)
        }
        FactCompare::Value => {
            if there.is_empty() {
                return None;
            }
            there.iter().any(|value| equals(value, typed))
        }
    };
    let is_begun = !right && compare == FactCompare::Value && there.iter().any(|value| begins(value, typed));
    let because = if is_begun { vec![Said::Ours("quiz-fact-begun", 0)] } else { Vec::new() };
    Some(Verdict::new(right, because))
}

/// Whether a typed answer is the beginning of a text, such as `6.1` of `6.1.0-13-amd64`.
fn begins(value: &Value, typed: &str) -> bool {
    value.is_string() && typed.chars().count() > 2 && print(value).starts_with(typed)
}

/// Returns the right answer to a fact, as text to show.
#[must_use]
pub fn fact_shown(compare: FactCompare, there: &[&Value]) -> Option<String> {
    match compare {
        FactCompare::Length => length(there).map(|length| length.to_string()),
        FactCompare::Value => {
            let all: Vec<String> = there.iter().flat_map(|value| elements(value)).collect();
            (!there.is_empty()).then(|| all.join(", "))
        }
    }
}

fn length(there: &[&Value]) -> Option<usize> {
    match there {
        [Value::Array(list)] => Some(list.len()),
        [Value::Object(map)] => Some(map.len()),
        [Value::String(text)] => Some(text.chars().count()),
        [Value::Null] => Some(0),
        [] | [Value::Bool(_) | Value::Number(_)] => None,
        many => Some(many.len()),
    }
}

/// Returns the number in an answer such as `13` or `13 lapisan`.
fn number(typed: &str) -> Option<usize> {
    let mut numbers = typed.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let only = numbers.next()?.parse().ok()?;
    let signed = typed.contains('-') || typed.contains(',') || typed.contains('.');
    (numbers.next().is_none() && !signed).then_some(only)
}

fn elements(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().map(print).collect(),
        other => vec![print(other)],
    }
}

fn equals(value: &Value, typed: &str) -> bool {
    if typed.is_empty() {
        return false;
    }
    if let Value::Bool(truth) = value {
        let said = typed.to_lowercase();
        let yes = ["true", "ya", "yes", "y", "benar"].contains(&said.as_str());
        let no = ["false", "tidak", "no", "n", "t", "salah"].contains(&said.as_str());
        return if *truth { yes } else { no };
    }
    if print(value) == typed {
        return true;
    }
    elements(value).iter().any(|there| one_equals(there, typed))
}

/// Whether a typed answer equals a value. Names need no slash, the beginning of an id is enough, and letters may have
/// any case.
fn one_equals(there: &str, typed: &str) -> bool {
    let bare = there.strip_prefix('/').unwrap_or(there);
    same(there, typed) || bare.eq_ignore_ascii_case(typed) || id_begins(there, typed)
}

fn id_begins(there: &str, typed: &str) -> bool {
    let id = |text: &str| {
        let digest = text.rsplit('@').next().unwrap_or(text);
        digest.strip_prefix("sha256:").unwrap_or(digest).to_ascii_lowercase()
    };
    let (there, typed) = (id(there), id(typed));
    let hex = |text: &str| text.chars().all(|c| c.is_ascii_hexdigit());
    there.len() == 64 && hex(&there) && typed.len() >= 4 && there.starts_with(&typed)
}

/// Returns the key of the message to show if a typed text is no answer to a fact. Such a text is a docker command, or a
/// number in words although the answer needs digits.
#[must_use]
pub fn no_answer(compare: FactCompare, there: &[&Value], typed: &str) -> Option<&'static str> {
    if !docker_commands(typed).is_empty() {
        return Some("quiz-command-later");
    }
    let is_number =
        compare == FactCompare::Length || (!there.is_empty() && there.iter().all(|value| value.is_number()));
    let word = typed.trim().to_lowercase();
    let is_spelt = word.split_whitespace().any(|word| NUMBER_WORDS.split_whitespace().any(|one| one == word));
    (is_number && is_spelt && !word.contains(|c: char| c.is_ascii_digit())).then_some("quiz-digits")
}

/// The words for numbers, in both languages.
const NUMBER_WORDS: &str = "nol kosong satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh \
    zero none one two three four five six seven eight nine ten eleven twelve";

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn beginning_of_the_right_text_is_recognised() {
        let kernel = Value::from("6.1.0-13-amd64");
        let because = |typed: &str| fact(FactCompare::Value, &[&kernel], typed).expect("a verdict").because;
        assert_eq!(because("6.1.0"), [Said::Ours("quiz-fact-begun", 0)]);
        assert_eq!(because("5.10"), []);
        assert_eq!(because("6"), []);
    }

    #[test]
    fn typed_fact_is_right_in_each_form_that_people_write() {
        let id = format!("sha256:{}", "d93e3cc722d8".repeat(6).chars().take(64).collect::<String>());
        let world = json!({
            "Layers": ["a", "b", "c"], "Id": id, "Running": false, "Name": "/web", "Status": "exited",
            "Digests": [format!("mongo@{id}")], "Image": "docker.io/library/nginx:1.27", "Exit": 137,
        });
        let at = |key: &str| vec![&world[key]];
        let right = |compare, key: &str, typed: &str| fact(compare, &at(key), typed).is_some_and(|v| v.right);
        for typed in ["3", " 3 ", "3 lapisan", "ada 3."] {
            assert!(right(FactCompare::Length, "Layers", typed), "{typed}");
        }
        for typed in ["4", "33", "", "tiga", "-3", "3,5", "3 atau 4"] {
            assert!(!right(FactCompare::Length, "Layers", typed), "{typed}");
        }
        for (key, typed) in [
            ("Id", "d93e3cc722d8"),
            ("Id", "sha256:d93e"),
            ("Id", "D93E3CC722"),
            ("Digests", "sha256:d93e3cc722d8"),
            ("Running", "tidak"),
            ("Running", "false"),
            ("Name", "web"),
            ("Name", "/web"),
            ("Status", "Exited"),
            ("Image", "nginx:1.27"),
            ("Exit", "137"),
            ("Exit", "`137`"),
        ] {
            assert!(right(FactCompare::Value, key, typed), "{key} {typed}");
        }
        for (key, typed) in
            [("Id", "d93"), ("Id", "e93e3cc7"), ("Running", "ya"), ("Name", "we"), ("Exit", "13"), ("Status", "")]
        {
            assert!(!right(FactCompare::Value, key, typed), "{key} {typed}");
        }
        assert_eq!(fact(FactCompare::Value, &[], "x"), None);
        assert_eq!(fact(FactCompare::Length, &at("Exit"), "3"), None);
        assert_eq!(fact_shown(FactCompare::Length, &at("Layers")).as_deref(), Some("3"));
        assert_eq!(fact_shown(FactCompare::Value, &at("Layers")).as_deref(), Some("a, b, c"));
    }

    #[test]
    fn number_in_words_or_docker_command_is_no_answer_to_a_fact() {
        let list = json!(["a", "b"]);
        for (compare, value, typed, key) in [
            (FactCompare::Length, &list, "lima", Some("quiz-digits")),
            (FactCompare::Length, &list, "Five layers", Some("quiz-digits")),
            (FactCompare::Value, &json!(137), "nol", Some("quiz-digits")),
            (FactCompare::Length, &list, "docker image inspect a", Some("quiz-command-later")),
            (FactCompare::Value, &json!("satu"), "dua", None),
            (FactCompare::Length, &list, "5", None),
            (FactCompare::Length, &list, "banyak", None),
        ] {
            assert_eq!(no_answer(compare, &[value], typed), key, "{typed}");
        }
    }
}
