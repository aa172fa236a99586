//! Questions → forms that answer when scripts run, and folded answers when they do not.

use std::fmt::Write as _;

use super::block::{Maker, code};
use super::html::{escape, inline};
use crate::lesson::{FileBlock, Quiz, QuizAnswer, QuizOption, Spanned, Subject, Transcript};
use crate::text::Fnv64;

/// A question.
pub(super) fn quiz(maker: &Maker<'_>, quiz: &Quiz) -> String {
    let ask = inline(&quiz.ask.value);
    match &quiz.answer {
        QuizAnswer::Options(options) => choose(maker, &ask, options),
        QuizAnswer::Order(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(&item.value)).collect();
            order(maker, &ask, &items, &quiz.ask.value)
        }
        QuizAnswer::Match(pairs) => pair(maker, &ask, pairs),
        QuizAnswer::Fact(fact) => {
            let command = look(&fact.subject);
            let said = maker.say("book-quiz-fact");
            format!(
                "<div class=\"quiz fact\"><p class=\"quiz-title\">{}</p><p class=\"ask\">{ask}</p><p class=\"note\">{said}</p>{}</div>",
                maker.say("book-quiz"),
                command
                    .map(|command| format!("<p class=\"note\"><code>{}</code></p>", escape(&command)))
                    .unwrap_or_default(),
            )
        }
    }
}

/// The command that shows where a fact is found.
fn look(subject: &Subject) -> Option<String> {
    match subject {
        Subject::Image(name) => Some(format!("docker image inspect {name}")),
        Subject::Container(name) => Some(format!("docker inspect {name}")),
        Subject::Network(name) => Some(format!("docker network inspect {name}")),
        Subject::Volume(name) => Some(format!("docker volume inspect {name}")),
        Subject::Engine => Some("docker info".to_owned()),
        _ => None,
    }
}

fn choose(maker: &Maker<'_>, ask: &str, options: &[QuizOption]) -> String {
    let name = maker.id("quiz");
    let many = options.iter().filter(|option| option.right).count() > 1;
    let kind = if many { "checkbox" } else { "radio" };
    let mut inside = String::new();
    let mut answers = String::new();
    for (index, option) in options.iter().enumerate() {
        let text = inline(&option.text.value);
        let why = option.why.as_ref().map(|why| inline(&why.value)).unwrap_or_default();
        let right = if option.right { " data-right" } else { "" };
        let _ = write!(
            inside,
            "<div class=\"option\"{right}><label><input type=\"{kind}\" name=\"{name}\" value=\"{index}\" \
             aria-describedby=\"{name}-{index}\"> <span>{text}</span></label>\
             <p class=\"why\" id=\"{name}-{index}\" hidden>{why}</p></div>"
        );
        let mark = maker.say(if option.right { "book-right" } else { "book-wrong" });
        let _ = write!(answers, "<li><strong>{mark}</strong> {text}{}</li>", dash(&why));
    }
    form(
        maker,
        "choose",
        ask,
        &inside,
        &format!("<ul>{answers}</ul>"),
        &if many { hint(maker, "book-quiz-many") } else { String::new() },
    )
}

fn dash(why: &str) -> String {
    if why.is_empty() { String::new() } else { format!("<br>{why}") }
}

fn hint(maker: &Maker<'_>, key: &str) -> String {
    format!("<p class=\"note js\">{}</p>", maker.say(key))
}

/// Items to put in order. They are shown in an order that depends on nothing but themselves, so that two builds agree.
fn order(maker: &Maker<'_>, ask: &str, items: &[String], seed: &str) -> String {
    let mut list = String::new();
    for index in shuffled(items.len(), seed) {
        let item = &items[index];
        let _ = write!(list, "<li data-place=\"{index}\"><span class=\"item\">{item}</span></li>");
    }
    let inside = format!("<ol class=\"sortable\">{list}</ol>");
    let answer = format!("<ol>{}</ol>", items.iter().map(|item| format!("<li>{item}</li>")).collect::<String>());
    form(maker, "order", ask, &inside, &answer, &hint(maker, "book-quiz-order"))
}

fn pair(maker: &Maker<'_>, ask: &str, pairs: &[(Spanned<String>, Spanned<String>)]) -> String {
    let name = maker.id("pair");
    let seed: String = pairs.iter().map(|(left, _)| left.value.as_str()).collect();
    // Two lefts may share a right: each right is offered once.
    let mut rights: Vec<&str> = Vec::new();
    for index in shuffled(pairs.len(), &seed) {
        let right = pairs[index].1.value.as_str();
        if !rights.contains(&right) {
            rights.push(right);
        }
    }
    let choice: String = rights
        .iter()
        .map(|right| format!("<option>{}</option>", escape(&super::html::plain(&inline(right)))))
        .collect();
    let mut inside = String::from("<div class=\"pairs\">");
    let mut answer = String::new();
    for (index, (left, right)) in pairs.iter().enumerate() {
        let (left, right) = (inline(&left.value), inline(&right.value));
        let _ = write!(
            inside,
            "<div class=\"pair\"><label for=\"{name}-{index}\">{left}</label>\
             <select id=\"{name}-{index}\" data-right=\"{}\"><option value=\"\">{}</option>{choice}</select></div>",
            escape(&super::html::plain(&right)),
            maker.say("book-quiz-choose")
        );
        let _ = write!(answer, "<li>{left} → {right}</li>");
    }
    inside.push_str("</div>");
    form(maker, "match", ask, &inside, &format!("<ul>{answer}</ul>"), "")
}

/// Commands in a random order, without output.
pub(super) fn shuffled_commands(maker: &Maker<'_>, transcript: &Transcript) -> String {
    let items: Vec<String> = transcript
        .commands
        .iter()
        .map(|command| format!("<code>{}</code>", escape(&command.text).replace('\n', "<br>")))
        .collect();
    let seed: String = transcript.commands.iter().map(|command| command.text.as_str()).collect();
    order(maker, &maker.say("book-shuffle-commands"), &items, &seed)
}

/// Lines of a file in a random order.
pub(super) fn shuffled_lines(maker: &Maker<'_>, file: &FileBlock) -> String {
    let items: Vec<String> =
        file.content.lines().map(|line| format!("<code>{}</code>", code(line, &file.language))).collect();
    let ask = escape(&maker.words.say("book-shuffle-lines", &[("file", &file.path.value)]));
    order(maker, &ask, &items, &file.content)
}

fn form(maker: &Maker<'_>, kind: &str, ask: &str, inside: &str, answer: &str, note: &str) -> String {
    format!(
        "<form class=\"quiz\" data-kind=\"{kind}\"><fieldset><legend><span class=\"quiz-title\">{}</span> \
         <span class=\"ask\">{ask}</span></legend>{note}{inside}\
         <div class=\"actions js\"><button type=\"submit\" class=\"button\">{}</button></div>\
         <p class=\"result\" role=\"status\"></p></fieldset>\
         <details class=\"answer no-js\"><summary>{}</summary>{answer}</details></form>",
        maker.say("book-quiz"),
        maker.say("book-quiz-check"),
        maker.say("book-answer"),
    )
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
