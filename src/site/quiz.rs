//! Questions → forms that answer when scripts run, and folded answers when they do not.

use maud::{Markup, PreEscaped, html};

use super::block_renderer::{BlockRenderer, Medium};
use super::html::{escape, text};
use super::plain_text::plain_text;
use crate::highlight;
use crate::lesson::{FileBlock, Quiz, QuizAnswer, QuizOption, Spanned, Subject, Transcript};
use crate::text::Fnv64;

/// A question.
pub(super) fn quiz(blocks: &BlockRenderer<'_>, quiz: &Quiz) -> Markup {
    let ask = inline(blocks, &quiz.ask);
    match &quiz.answer {
        QuizAnswer::Options(options) => choose(blocks, &ask, options),
        QuizAnswer::Order(items) => {
            let items: Vec<Markup> = items.iter().map(|item| inline(blocks, item)).collect();
            order(blocks, &ask, &items, &quiz.ask.value)
        }
        QuizAnswer::Match(pairs) => pair(blocks, &ask, pairs),
        QuizAnswer::Fact(fact) => html! {
            div class="quiz fact" {
                p class="quiz-title" { (blocks.say("book-quiz")) }
                p class="ask" { (ask) }
                p class="note" { (blocks.say("book-quiz-fact")) }
                @if let Some(command) = look(&fact.subject) { (blocks.plain_code(&command, "")) }
            }
        },
    }
}

pub(super) fn inline(blocks: &BlockRenderer<'_>, text: &Spanned<String>) -> Markup {
    PreEscaped(blocks.inline(&text.value))
}

/// The command that shows where a fact is found.
pub(super) fn look(subject: &Subject) -> Option<String> {
    match subject {
        Subject::Image(name) => Some(format!("docker image inspect {name}")),
        Subject::Container(name) => Some(format!("docker inspect {name}")),
        Subject::Network(name) => Some(format!("docker network inspect {name}")),
        Subject::Volume(name) => Some(format!("docker volume inspect {name}")),
        Subject::Engine => Some("docker info".to_owned()),
        _ => None,
    }
}

fn choose(blocks: &BlockRenderer<'_>, ask: &Markup, options: &[QuizOption]) -> Markup {
    let name = blocks.id("quiz");
    let many = options.iter().filter(|option| option.right).count() > 1;
    let inside = html! {
        @for (index, option) in options.iter().enumerate() {
            div class="option" data-right[option.right] {
                label {
                    input type=(if many { "checkbox" } else { "radio" }) name=(name) value=(index)
                        aria-describedby={ (name) "-" (index) };
                    " " span { (inline(blocks, &option.text)) }
                }
                p class="why" id={ (name) "-" (index) } hidden { @if let Some(why) = &option.why { (inline(blocks, why)) } }
            }
        }
    };
    let answer = html! {
        ul {
            @for option in options {
                li {
                    strong { (blocks.say(if option.right { "book-right" } else { "book-wrong" })) } " " (inline(blocks, &option.text))
                    @if let Some(why) = &option.why { br; (inline(blocks, why)) }
                }
            }
        }
    };
    form(blocks, "choose", ask, &inside, &answer, many.then_some("book-quiz-many"))
}

/// Items to put in order. They are shown in an order that depends on nothing but themselves, so that two builds agree.
fn order(blocks: &BlockRenderer<'_>, ask: &Markup, items: &[Markup], seed: &str) -> Markup {
    let inside = html! {
        ol class="sortable" {
            @for index in shuffled(items.len(), seed) {
                li data-place=(index) {
                    span class="item" { (items[index]) }
                    // A script names and binds them. It does not insert them, because the page below would move.
                    @if blocks.medium != Medium::OtherTheme {
                        span class="moves js" { button type="button" { "↑" } button type="button" { "↓" } }
                    }
                }
            }
        }
    };
    let answer = html! { ol { @for item in items { li { (item) } } } };
    form(blocks, "order", ask, &inside, &answer, Some("book-quiz-order"))
}

fn pair(blocks: &BlockRenderer<'_>, ask: &Markup, pairs: &[(Spanned<String>, Spanned<String>)]) -> Markup {
    let name = blocks.id("pair");
    let seed: String = pairs.iter().map(|(left, _)| left.value.as_str()).collect();
    // Two lefts may share a right: each right is offered once.
    let mut rights: Vec<&str> = Vec::new();
    for index in shuffled(pairs.len(), &seed) {
        let right = pairs[index].1.value.as_str();
        if !rights.contains(&right) {
            rights.push(right);
        }
    }
    let inside = html! {
        div class="pairs" {
            @for (index, (left, right)) in pairs.iter().enumerate() {
                div class="pair" {
                    label for={ (name) "-" (index) } { (inline(blocks, left)) }
                    select id={ (name) "-" (index) } data-right=(text(&plain_text(&right.value))) {
                        option value="" { (blocks.say("book-quiz-choose")) }
                        @for right in &rights { option { (text(&plain_text(right))) } }
                    }
                }
            }
        }
    };
    form(blocks, "match", ask, &inside, &pairs_list(blocks, pairs), None)
}

/// Pairs as they belong together.
pub(super) fn pairs_list(blocks: &BlockRenderer<'_>, pairs: &[(Spanned<String>, Spanned<String>)]) -> Markup {
    html! { ul { @for (left, right) in pairs { li { (inline(blocks, left)) " → " (inline(blocks, right)) } } } }
}

/// Commands in a random order, without output.
pub(super) fn shuffled_commands(blocks: &BlockRenderer<'_>, transcript: &Transcript) -> Markup {
    let item = |text: &str| PreEscaped(format!("<code>{}</code>", escape(text).replace('\n', "<br>")));
    let items: Vec<Markup> = transcript.commands.iter().map(|command| item(&command.text)).collect();
    let seed: String = transcript.commands.iter().map(|command| command.text.as_str()).collect();
    order(blocks, &blocks.say("book-shuffle-commands"), &items, &seed)
}

/// Lines of a file in a random order.
pub(super) fn shuffled_lines(blocks: &BlockRenderer<'_>, file: &FileBlock) -> Markup {
    let item = |line: &str| html! { code { (PreEscaped(highlight::html(line, &file.language))) } };
    let items: Vec<Markup> = file.content.lines().map(item).collect();
    let ask = text(&blocks.words.say("book-shuffle-lines", &[("file", &file.path.value)]));
    order(blocks, &ask, &items, &file.content)
}

/// A question as a form; `note` is the key of a hint for those who answer it on the page.
fn form(
    blocks: &BlockRenderer<'_>,
    kind: &str,
    ask: &Markup,
    inside: &Markup,
    answer: &Markup,
    note: Option<&str>,
) -> Markup {
    html! {
        form class="quiz" data-kind=(kind) {
            fieldset {
                legend { span class="quiz-title" { (blocks.say("book-quiz")) } " " span class="ask" { (ask) } }
                @if let Some(note) = note { p class="note js" { (blocks.say(note)) } }
                (inside)
                div class="actions js" { button type="submit" class="button" { (blocks.say("book-quiz-check")) } }
                p class="result" role="status" {}
            }
            details open[blocks.is_open()] class="answer no-js" { summary { (blocks.say("book-answer")) } (answer) }
        }
    }
}

/// `0..count` in another order than the right one, wherever there are two or more.
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
    fn the_right_order_is_never_shown() {
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
