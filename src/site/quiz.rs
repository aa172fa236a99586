//! Renders questions as forms that a script checks, and as folded answers for browsers without scripts.

use askama::Template;
use askama::filters::Safe;

use super::block_renderer::{BlockRenderer, Medium};
use super::html::{escape, render};
use super::plain_text::plain_text;
use crate::claims::look_with;
use crate::highlight;
use crate::lesson::{FileBlock, Quiz, QuizAnswer, QuizOption, Spanned, Transcript};
use crate::text::Fnv64;

/// A question with the data that its form on the page shows.
enum Question<'a> {
    Choose(&'a [QuizOption]),
    /// The items in the right order as HTML, and the order in which they are shown.
    Order(Vec<String>, Vec<usize>),
    /// The pairs, and their second members in the order of the selection list.
    Pair(&'a [(Spanned<String>, Spanned<String>)], Vec<&'a str>),
    /// The command that shows the fact.
    Fact(Option<String>),
}

#[derive(Template)]
#[template(path = "block/quiz.html")]
struct QuizForm<'a> {
    blocks: &'a BlockRenderer<'a>,
    ask: Safe<String>,
    question: Question<'a>,
    /// The name of the form's controls.
    name: String,
    /// The answer as HTML.
    answer: String,
}

impl QuizForm<'_> {
    fn kind(&self) -> &'static str {
        match self.question {
            Question::Choose(_) => "choose",
            Question::Order(..) => "order",
            Question::Pair(..) => "match",
            Question::Fact(_) => "fact",
        }
    }

    /// Returns the message key of a note that says how to answer.
    fn note(&self) -> Option<&'static str> {
        match self.question {
            Question::Choose(all) if all.iter().filter(|option| option.right).count() > 1 => Some("book-quiz-many"),
            Question::Order(..) => Some("book-quiz-order"),
            _ => None,
        }
    }

    fn text(&self, text: &Spanned<String>) -> Safe<String> {
        Safe(self.blocks.inline(&text.value))
    }
}

/// Returns a list element with these items, which are HTML.
pub(super) fn list(tag: &str, items: impl Iterator<Item = String>) -> String {
    format!("<{tag}>{}</{tag}>", items.map(|item| format!("<li>{item}</li>")).collect::<String>())
}

/// Returns the right answer as HTML. If `is_marked` is true, the answer has all options and marks each option as right
/// or wrong.
pub(super) fn answer(blocks: &BlockRenderer<'_>, answer: &QuizAnswer, is_marked: bool) -> Option<String> {
    let option = |option: &QuizOption| {
        let right = escape(&blocks.say(if option.right { "book-right" } else { "book-wrong" }));
        let mark = if is_marked { format!("<strong>{right}</strong> ") } else { String::new() };
        let why = option.why.as_ref().map(|why| format!("<br>{}", blocks.inline(&why.value)));
        format!("{mark}{}{}", blocks.inline(&option.text.value), why.unwrap_or_default())
    };
    let pair = |(left, right): &(Spanned<String>, Spanned<String>)| {
        format!("{} → {}", blocks.inline(&left.value), blocks.inline(&right.value))
    };
    Some(match answer {
        QuizAnswer::Options(options) => list("ul", options.iter().filter(|one| is_marked || one.right).map(option)),
        QuizAnswer::Order(items) => list("ol", items.iter().map(|item| blocks.inline(&item.value))),
        QuizAnswer::Match(pairs) => list("ul", pairs.iter().map(pair)),
        QuizAnswer::Fact(fact) => format!("<p><code>{}</code></p>", escape(&look_with(&fact.subject, true)?)),
    })
}

/// Renders a question.
pub(super) fn quiz(blocks: &BlockRenderer<'_>, quiz: &Quiz) -> String {
    let ask = Safe(blocks.inline(&quiz.ask.value));
    let (question, name) = match &quiz.answer {
        QuizAnswer::Options(options) => (Question::Choose(options), blocks.id("quiz")),
        QuizAnswer::Order(items) => {
            return order(blocks, ask, items.iter().map(|item| blocks.inline(&item.value)), &quiz.ask.value);
        }
        QuizAnswer::Match(pairs) => {
            let seed: String = pairs.iter().map(|(left, _)| left.value.as_str()).collect();
            // If two pairs have the same second member, the selection list contains the member only once.
            let mut rights: Vec<&str> = Vec::new();
            for index in shuffled(pairs.len(), &seed) {
                let right = pairs[index].1.value.as_str();
                if !rights.contains(&right) {
                    rights.push(right);
                }
            }
            (Question::Pair(pairs, rights), blocks.id("pair"))
        }
        QuizAnswer::Fact(fact) => (Question::Fact(look_with(&fact.subject, true)), String::new()),
    };
    let answer = answer(blocks, &quiz.answer, true).unwrap_or_default();
    render(&QuizForm { blocks, ask, question, name, answer })
}

/// Renders a question with items to put in order. The shown order depends only on `seed`, so that two builds give the
/// same page.
fn order(blocks: &BlockRenderer<'_>, ask: Safe<String>, items: impl Iterator<Item = String>, seed: &str) -> String {
    let items: Vec<String> = items.collect();
    let answer = list("ol", items.iter().cloned());
    let order = shuffled(items.len(), seed);
    render(&QuizForm { blocks, ask, question: Question::Order(items, order), name: String::new(), answer })
}

/// Renders the commands of a transcript in a shuffled order, without output.
pub(super) fn shuffled_commands(blocks: &BlockRenderer<'_>, transcript: &Transcript) -> String {
    let items = transcript.commands.iter();
    let items = items.map(|command| format!("<code>{}</code>", escape(&command.text).replace('\n', "<br>")));
    let seed: String = transcript.commands.iter().map(|command| command.text.as_str()).collect();
    order(blocks, Safe(escape(&blocks.say("book-shuffle-commands"))), items, &seed)
}

/// Renders the lines of a file in a shuffled order.
pub(super) fn shuffled_lines(blocks: &BlockRenderer<'_>, file: &FileBlock) -> String {
    let items = file.content.lines().map(|line| format!("<code>{}</code>", highlight::html(line, &file.language)));
    let ask = escape(&blocks.words.say("book-shuffle-lines", &[("file", &file.path.value)]));
    order(blocks, Safe(ask), items, &file.content)
}

/// Shuffles the numbers `0..count`. Two or more numbers are never in their right order.
fn shuffled(count: usize, seed: &str) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut hash = Fnv64::default();
    hash.write(seed.as_bytes());
    fastrand::Rng::with_seed(hash.finish()).shuffle(&mut order);
    if order.is_sorted() {
        order.rotate_left(1.min(count));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shuffled_items_are_never_in_the_right_order() {
        for count in 2..6 {
            for seed in 0..50 {
                let mut order = shuffled(count, &seed.to_string());
                assert!(!order.is_sorted(), "{order:?}");
                order.sort_unstable();
                assert_eq!(order, (0..count).collect::<Vec<_>>());
            }
        }
        assert_eq!(shuffled(1, ""), [0]);
        assert!(shuffled(0, "").is_empty());
    }
}
