//! Answers → verdicts, as pure functions: nothing is printed or read here.

use serde_json::Value;

use super::command;
use crate::claims::{print, same};
use crate::docker_cli::{are_same_lines, docker_commands};
use crate::lesson::{FactCompare, QuizOption, RanPattern};

/// Whether an answer is right, and what is said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it is.
    pub right: bool,
    /// Why, in the order in which it is said.
    pub because: Vec<Said>,
}

/// A sentence of a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The lesson's own, as Markdown.
    Lesson(String),
    /// The lesson's own about one option: the option's text and why.
    About(String, String),
    /// One of ours: a key of `words`, with a number for plural forms.
    Ours(&'static str, usize),
}

/// A mistake that the lesson knows, and that shows in what was typed alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedMistake {
    /// The commands that make it.
    pub when: RanPattern,
    /// What the lesson says of it, as Markdown.
    pub say: String,
}

impl Verdict {
    fn new(right: bool, because: Vec<Said>) -> Self {
        Self { right, because }
    }
}

/// Options that were chosen, as indices. Right when all that are right were chosen and no other.
#[must_use]
pub fn options(options: &[QuizOption], chosen: &[usize]) -> Verdict {
    let is_chosen = |index: usize| chosen.contains(&index);
    let right = options.iter().enumerate().all(|(index, option)| option.right == is_chosen(index));
    let several = options.iter().filter(|option| option.right).count() > 1 || chosen.len() > 1;
    let mut because = Vec::new();
    for (index, option) in options.iter().enumerate() {
        let tell = is_chosen(index) && (right || !option.right);
        let Some(why) = option.why.as_ref().filter(|_| tell) else { continue };
        because.push(if several {
            Said::About(option.text.value.clone(), why.value.clone())
        } else {
            Said::Lesson(why.value.clone())
        });
    }
    let missing = options.iter().enumerate().filter(|(index, option)| option.right && !is_chosen(*index)).count();
    // That one is missing is said where what was chosen is right so far.
    if missing > 0 && several && because.is_empty() {
        because.push(Said::Ours("quiz-missing", missing));
    }
    Verdict::new(right, because)
}

/// Items in the order they were given, against the right order. Equal items may stand for each other.
#[must_use]
pub fn order(right: &[String], given: &[String]) -> Verdict {
    let from_start = right.iter().zip(given).take_while(|(right, given)| right == given).count();
    let all = right.len() == given.len() && from_start == right.len();
    let because = match (all, from_start) {
        (true, _) => Vec::new(),
        (false, 0) => vec![Said::Ours("quiz-order-first", 0)],
        (false, good) => vec![Said::Ours("quiz-order-so-far", good)],
    };
    Verdict::new(all, because)
}

/// For each left one the right one it was given, as indices into the pairs.
#[must_use]
pub fn pairs(given: &[usize], rights: &[String]) -> Verdict {
    let fits = |&(left, &right): &(usize, &usize)| {
        rights.get(left).zip(rights.get(right)).is_some_and(|(wanted, given)| wanted == given)
    };
    let good = given.iter().enumerate().filter(fits).count();
    let all = good == rights.len() && given.len() == rights.len();
    Verdict::new(all, if all { Vec::new() } else { vec![Said::Ours("quiz-pairs-right", good)] })
}

/// A typed answer against what the engine says. `None` where the engine's answer cannot be compared so.
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
    Some(Verdict::new(right, Vec::new()))
}

/// The right answer to a fact, as it is shown.
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

/// The number in an answer such as `13` or `13 lapisan`.
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

/// Equal as people write it: names without their slash, ids by their beginning, letters of any case.
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

/// What was typed for a command with gaps: only what fills them, or the whole command. `solutions` are the commands
/// that are right. If the answer makes one of the `mistakes` that the lesson knows, the lesson's words are said.
#[must_use]
pub fn blank(gapped: &str, solutions: &[String], mistakes: &[TypedMistake], typed: &str) -> Verdict {
    let typed = typed.trim().trim_matches('`').trim();
    let filled = command::fill(gapped, typed);
    let right = !typed.is_empty()
        && solutions.iter().any(|solution| {
            are_same_lines(typed, solution) || filled.as_deref().is_some_and(|filled| are_same_lines(filled, solution))
        });
    if right {
        return Verdict::new(true, Vec::new());
    }
    let whole = filled.as_deref().filter(|_| !command::begins_like(typed, gapped)).unwrap_or(typed);
    let is_made =
        |mistake: &&TypedMistake| mistake.when.find(&[whole], |line| line).is_ok_and(|lines| !lines.is_empty());
    let known = mistakes.iter().find(is_made).map(|mistake| Said::Lesson(mistake.say.clone()));
    Verdict::new(false, vec![known.unwrap_or_else(|| about_blank(gapped, solutions, typed, whole))])
}

/// What is right and wrong in an answer that does not fill the gaps. Words that the exercise gives are not counted.
fn about_blank(gapped: &str, solutions: &[String], typed: &str, whole: &str) -> Said {
    let lower = whole.to_lowercase();
    if solutions.iter().any(|solution| are_same_lines(&lower, &solution.to_lowercase())) {
        return Said::Ours("quiz-blank-case", 0);
    }
    let is_short_of_a_dash = whole.split_whitespace().any(|word| {
        let long = format!("-{word}");
        let is_it = |right: &str| right.split('=').next() == long.split('=').next();
        long.starts_with("--") && solutions.iter().any(|solution| solution.split_whitespace().any(is_it))
    });
    if is_short_of_a_dash {
        return Said::Ours("quiz-blank-dashes", 0);
    }
    let right: Vec<Vec<String>> = solutions.iter().filter_map(|one| command::fillings(gapped, one)).collect();
    let given = command::fillings(gapped, whole);
    // A whole command that goes wrong beside the gap is compared as a whole.
    if given.is_none() && command::begins_like(typed, gapped) {
        return about_beginning(whole, solutions.iter().map(String::as_str), "quiz-blank-whole");
    }
    if gapped.matches(command::GAP).count() > 1 {
        let good = |right: &Vec<String>| {
            let given = given.iter().flatten();
            given.zip(right).filter(|(given, right)| are_same_lines(given, right)).count()
        };
        return Said::Ours("quiz-blank-gaps", right.iter().map(good).max().unwrap_or(0));
    }
    let given = given.and_then(|given| given.into_iter().next()).unwrap_or_else(|| typed.to_owned());
    let right: Vec<&str> = right.iter().filter_map(|right| right.first().map(String::as_str)).collect();
    if right.iter().any(|right| right.split_whitespace().count() > 1) {
        return about_beginning(&given, right.iter().copied(), "quiz-blank-so-far");
    }
    if given.split_whitespace().count() > 1 {
        return Said::Ours("quiz-blank-one-word", 0);
    }
    let same = |right: &&str| right.chars().zip(given.chars()).take_while(|(right, given)| right == given).count();
    // One letter may be chance.
    let good = right.iter().map(same).max().filter(|&letters| letters > 1).unwrap_or(0);
    Said::Ours("quiz-blank-word", good)
}

/// How many words at the beginning of an answer fit. If all do, more is missing after them.
fn about_beginning<'a>(given: &str, right: impl Iterator<Item = &'a str>, key: &'static str) -> Said {
    let good = right.map(|right| command::agree(given, right)).max().unwrap_or(0);
    let is_short = good > 0 && good == command::agree(given, given);
    Said::Ours(if is_short { "quiz-blank-short" } else { key }, good)
}

/// Why a typed answer to a fact is no answer at all, as a key of `words`: a number in letters where digits are compared,
/// or a command.
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

/// Numbers in letters, in both languages.
const NUMBER_WORDS: &str = "nol kosong satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh \
    zero none one two three four five six seven eight nine ten eleven twelve";

/// An order of `items` for showing: never the right one, unless all of them are equal.
#[must_use]
pub fn shuffled(items: &[String], random: &mut fastrand::Rng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    let is_right = |order: &[usize]| order.iter().enumerate().all(|(at, &index)| items[at] == items[index]);
    for _ in 0..20 {
        random.shuffle(&mut order);
        if !is_right(&order) {
            return order;
        }
    }
    // Two items and bad luck, or nearly all equal: turned by as many as it takes.
    let mut turned: Vec<usize> = (0..items.len()).collect();
    for _ in 0..items.len() {
        turned.rotate_left(1);
        if !is_right(&turned) {
            return turned;
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Spanned;
    use crate::text::Span;
    use serde_json::json;

    fn spanned(text: &str) -> Spanned<String> {
        Spanned { value: text.to_owned(), span: Span::default() }
    }

    fn option(text: &str, right: bool, why: &str) -> QuizOption {
        QuizOption { text: spanned(text), right, why: Some(spanned(why)) }
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn one_right_option_and_every_answer_says_why() {
        let all = [option("a", true, "A!"), option("b", false, "B?"), option("c", false, "C?")];
        assert_eq!(options(&all, &[0]), Verdict::new(true, vec![Said::Lesson("A!".into())]));
        assert_eq!(options(&all, &[1]), Verdict::new(false, vec![Said::Lesson("B?".into())]));
        assert!(!options(&all, &[]).right);
        let both = options(&all, &[0, 2]);
        assert_eq!(both, Verdict::new(false, vec![Said::About("c".into(), "C?".into())]));
    }

    #[test]
    fn several_right_options_must_all_be_chosen() {
        let all = [option("a", true, "A!"), option("b", false, "B?"), option("c", true, "C!")];
        let about = |text: &str, why: &str| Said::About(text.into(), why.into());
        assert_eq!(options(&all, &[2, 0]), Verdict::new(true, vec![about("a", "A!"), about("c", "C!")]));
        assert_eq!(options(&all, &[0]), Verdict::new(false, vec![Said::Ours("quiz-missing", 1)]));
        assert_eq!(options(&all, &[0, 1]), Verdict::new(false, vec![about("b", "B?")]));
    }

    #[test]
    fn orders_say_how_far_they_are_right() {
        let right = texts(&["a", "b", "c"]);
        assert!(order(&right, &right).right);
        assert_eq!(order(&right, &texts(&["a", "c", "b"])).because, [Said::Ours("quiz-order-so-far", 1)]);
        assert_eq!(order(&right, &texts(&["b", "a", "c"])).because, [Said::Ours("quiz-order-first", 0)]);
        assert!(!order(&right, &right[..2]).right);
        assert!(order(&texts(&["x", "x"]), &texts(&["x", "x"])).right);
    }

    #[test]
    fn pairs_are_counted() {
        let rights = texts(&["satu", "dua", "tiga"]);
        assert!(pairs(&[0, 1, 2], &rights).right);
        assert_eq!(pairs(&[0, 2, 1], &rights).because, [Said::Ours("quiz-pairs-right", 1)]);
        assert!(!pairs(&[0, 1], &rights).right && !pairs(&[0, 1, 9], &rights).right);
    }

    #[test]
    fn facts_are_compared_as_people_write_them() {
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
    fn a_gap_is_filled_by_its_words_or_by_the_whole_command() {
        let solutions = texts(&["docker ps -a"]);
        for typed in ["ps -a", " ps   -a ", "docker ps -a", "`docker ps -a`", "container ls -a", "ps --all"] {
            assert!(blank("docker ____", &solutions, &[], typed).right, "{typed}");
        }
        for typed in ["", "ps", "docker ps", "ps -a -q", "images"] {
            assert!(!blank("docker ____", &solutions, &[], typed).right, "{typed}");
        }
        assert_eq!(blank("docker ____", &solutions, &[], "ps").because, [Said::Ours("quiz-blank-short", 1)]);
        assert_eq!(blank("docker ____", &solutions, &[], "images").because, [Said::Ours("quiz-blank-so-far", 0)]);
        let solutions = texts(&["docker run --name sapa hello-world"]);
        let told = blank("docker run ____ hello-world", &solutions, &[], "-name sapa").because;
        assert_eq!(told, [Said::Ours("quiz-blank-dashes", 0)]);
    }

    #[test]
    fn wrong_gap_is_told_what_is_right_of_it() {
        let case = "docker exec x sh -c 'echo ____'";
        for (gapped, solution, typed, key, count) in [
            (case, "docker exec x sh -c 'echo AWS'", "aws", "quiz-blank-case", 0),
            (case, "docker exec x sh -c 'echo AWS'", "docker exec x sh -c 'echo aws'", "quiz-blank-case", 0),
            ("docker ____ kabar", "docker logs kabar", "log", "quiz-blank-word", 3),
            ("docker ____ kabar", "docker logs kabar", "ps", "quiz-blank-word", 0),
            ("docker ____ kabar", "docker logs kabar", "docker ps kabar", "quiz-blank-word", 0),
            ("docker ____ kabar", "docker logs kabar", "logs kabar", "quiz-blank-one-word", 0),
            ("docker pull alpine:____", "docker pull alpine:3.20", "3.21", "quiz-blank-word", 3),
            ("docker run -p ____ ____", "docker run -p 80:80 web", "80:80, wob", "quiz-blank-gaps", 1),
            ("docker run ____ web", "docker run -d --rm web", "-d --init", "quiz-blank-so-far", 1),
            ("docker run ____ web", "docker run -d --rm web", "-d", "quiz-blank-short", 1),
            (
                "docker run --rm a ____ 'x'",
                "docker run --rm a sh -c 'x'",
                "docker run --rm a -c 'y'",
                "quiz-blank-whole",
                4,
            ),
            ("docker ____ kotak ls", "docker exec kotak ls", "docker exec ls", "quiz-blank-whole", 2),
        ] {
            let verdict = blank(gapped, &texts(&[solution]), &[], typed);
            assert_eq!(verdict, Verdict::new(false, vec![Said::Ours(key, count)]), "{gapped}: {typed}");
        }
    }

    #[test]
    fn mistake_that_the_lesson_knows_is_said_of_a_wrong_gap() {
        let mistakes = [TypedMistake { when: RanPattern::Matches("docker exec ls".into()), say: "name first".into() }];
        let solutions = texts(&["docker exec kotak ls"]);
        let told = |gapped: &str, typed: &str| blank(gapped, &solutions, &mistakes, typed).because;
        assert_eq!(told("docker ____ kotak ls", "docker exec ls"), [Said::Lesson("name first".into())]);
        assert_eq!(told("docker exec ____", "ls"), [Said::Lesson("name first".into())]);
        assert_eq!(told("docker exec ____", "kotak"), [Said::Ours("quiz-blank-short", 1)]);
        assert_eq!(told("docker exec ____", "kotak ls"), []);
    }

    #[test]
    fn number_in_letters_and_command_are_no_answers() {
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

    #[test]
    fn a_shuffled_order_is_never_the_right_one() {
        for seed in 0..500 {
            let mut random = fastrand::Rng::with_seed(seed);
            for items in [texts(&["a", "b"]), texts(&["a", "a", "b"]), texts(&["a", "b", "c", "d"])] {
                let shown: Vec<String> = shuffled(&items, &mut random).iter().map(|&at| items[at].clone()).collect();
                assert_ne!(shown, items, "{seed}");
                let mut sorted = shown;
                sorted.sort();
                let mut all = items;
                all.sort();
                assert_eq!(sorted, all);
            }
        }
        assert_eq!(shuffled(&texts(&["a"]), &mut fastrand::Rng::with_seed(1)), [0]);
        assert_eq!(shuffled(&[], &mut fastrand::Rng::with_seed(1)), [0; 0]);
    }
}
