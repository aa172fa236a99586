//! Judges answers. All functions are pure: they print and read nothing.

mod blank;
mod fact;

pub use blank::{TypedMistake, blank, no_filling};
pub use fact::{fact, fact_shown, no_answer};

use crate::explain::Explanation;
use crate::lesson::QuizOption;

/// Whether an answer is right, with the reasons to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the answer is right.
    pub right: bool,
    /// The reasons, in the order in which they are shown.
    pub because: Vec<Said>,
}

/// A reason in a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A text of the lesson, as Markdown.
    Lesson(String),
    /// A text of the lesson about one option: the text of the option, and the reason.
    About(String, String),
    /// A message of Dermaga: its key in `words`, and a number for plural forms.
    Ours(&'static str, usize),
    /// The difference between a typed command and the solution.
    Slip(Explanation),
}

impl Verdict {
    fn new(right: bool, because: Vec<Said>) -> Self {
        Self { right, because }
    }
}

/// Judges the chosen options, which are indices. The answer is right if all right options and no other options were
/// chosen.
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
    // Report missing options only if the chosen options are right.
    if missing > 0 && several && because.is_empty() {
        because.push(Said::Ours("quiz-missing", missing));
    }
    Verdict::new(right, because)
}

/// Compares the order of the given items with the right order. Equal items are interchangeable.
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

/// Judges pairs: for each left item, `given` has the index of the chosen item in `rights`.
#[must_use]
pub fn pairs(given: &[usize], rights: &[String]) -> Verdict {
    let fits = |&(left, &right): &(usize, &usize)| {
        rights.get(left).zip(rights.get(right)).is_some_and(|(wanted, given)| wanted == given)
    };
    let good = given.iter().enumerate().filter(fits).count();
    let all = good == rights.len() && given.len() == rights.len();
    Verdict::new(all, if all { Vec::new() } else { vec![Said::Ours("quiz-pairs-right", good)] })
}

/// Returns a random order in which to show `items`. The order is never the right one, unless all items are equal.
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
    // With two items or many equal ones, chance may find no wrong order. Rotate the items until their order is wrong.
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
    fn question_with_one_right_option_explains_each_choice() {
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
    fn wrong_order_reports_the_number_of_right_items_at_its_beginning() {
        let right = texts(&["a", "b", "c"]);
        assert!(order(&right, &right).right);
        assert_eq!(order(&right, &texts(&["a", "c", "b"])).because, [Said::Ours("quiz-order-so-far", 1)]);
        assert_eq!(order(&right, &texts(&["b", "a", "c"])).because, [Said::Ours("quiz-order-first", 0)]);
        assert!(!order(&right, &right[..2]).right);
        assert!(order(&texts(&["x", "x"]), &texts(&["x", "x"])).right);
    }

    #[test]
    fn wrong_pairs_report_the_number_of_right_pairs() {
        let rights = texts(&["satu", "dua", "tiga"]);
        assert!(pairs(&[0, 1, 2], &rights).right);
        assert_eq!(pairs(&[0, 2, 1], &rights).because, [Said::Ours("quiz-pairs-right", 1)]);
        assert!(!pairs(&[0, 1], &rights).right && !pairs(&[0, 1, 9], &rights).right);
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
