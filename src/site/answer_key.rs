//! The end of a printed lesson: the answers to its questions, and a code that leads to its page.

use maud::{Markup, PreEscaped, html};
use qrcode::{Color, QrCode};

use super::block_renderer::BlockRenderer;
use super::html::text;
use super::markdown;
use super::quiz::{inline, look, pairs_list};
use crate::lesson::{Block, Lesson, QuizAnswer, Transcript};
use crate::words::Words;

/// The answers to a lesson's questions, each with its step's number. Nothing if it asks nothing.
pub(super) fn answers(lesson: &Lesson, blocks: &BlockRenderer<'_>) -> Markup {
    let numbered = lesson.steps.iter().filter(|step| step.has_task()).zip(1..);
    let all: Vec<(usize, &str, Markup)> = numbered
        .flat_map(|(step, number)| step.blocks.iter().map(move |block| (number, step.title.as_str(), block)))
        .filter_map(|(number, title, block)| Some((number, title, answer(block, blocks)?)))
        .collect();
    html! {
        @if !all.is_empty() {
            h2 { (blocks.say("book-key")) }
            @for (at, (number, title, answer)) in all.iter().enumerate() {
                @let is_first = at == 0 || all[at - 1].0 != *number;
                div class="key-answer" {
                    @if is_first { p { strong { (number) ". " (PreEscaped(markdown::inline(title))) } } }
                    (answer)
                }
            }
        }
    }
}

fn answer(block: &Block, blocks: &BlockRenderer<'_>) -> Option<Markup> {
    Some(match block {
        Block::Quiz(quiz) => match &quiz.answer {
            QuizAnswer::Options(options) => html! {
                ul {
                    @for option in options.iter().filter(|option| option.right) {
                        li { (inline(blocks, &option.text)) @if let Some(why) = &option.why { br; (inline(blocks, why)) } }
                    }
                }
            },
            QuizAnswer::Order(items) => html! { ol { @for item in items { li { (inline(blocks, item)) } } } },
            QuizAnswer::Match(pairs) => pairs_list(blocks, pairs),
            QuizAnswer::Fact(fact) => html! { p { code { (text(&look(&fact.subject)?)) } } },
        },
        Block::Transcript(one) if !one.attrs.hidden && (one.attrs.shuffle || one.attrs.solution) => commands(one),
        Block::File(file) if !file.attrs.hidden && (file.attrs.shuffle || file.attrs.solution) => html! {
            pre { code { (text(&file.content)) } }
        },
        _ => return None,
    })
}

fn commands(transcript: &Transcript) -> Markup {
    html! { ol { @for command in &transcript.commands { li { code { (text(&command.text)) } } } } }
}

/// A QR code of an address, and the address. Nothing if the address is too long for one.
pub(super) fn qr(address: &str, words: &Words) -> Markup {
    let Ok(code) = QrCode::new(address) else { return html! {} };
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let path: String = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width, at / width)).collect();
    html! {
        figure class="qr print-only" {
            // Readers want four light modules around the code.
            svg viewBox={ "-4 -4 " (width + 8) " " (width + 8) } role="img" aria-label=(text(&words.say("book-qr", &[]))) {
                path d=(path) {}
            }
            figcaption { (text(address)) }
        }
    }
}
