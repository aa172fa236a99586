//! Renders the end of a printed lesson: the answers to its questions, and a QR code of the lesson's address.

use qrcode::{Color, QrCode};

use super::block_renderer::BlockRenderer;
use super::html::escape;
use super::markdown;
use super::quiz::{self, list};
use crate::lesson::{Block, Lesson};
use crate::words::Words;

/// Renders the answers to a lesson's questions, with the number of each step. Returns an empty text if the lesson has
/// no questions.
pub(super) fn answers(lesson: &Lesson, blocks: &BlockRenderer<'_>) -> String {
    let mut html = String::new();
    for (step, number) in lesson.steps.iter().filter(|step| step.has_task()).zip(1..) {
        let answers = step.blocks.iter().filter_map(|block| answer(block, blocks)).enumerate();
        for (at, answer) in answers {
            if html.is_empty() {
                html = format!("<h2>{}</h2>", escape(&blocks.say("book-key")));
            }
            let title = format!("<p><strong>{number}. {}</strong></p>", markdown::inline(&step.title));
            let title = if at == 0 { title.as_str() } else { "" };
            html += &format!("<div class=\"key-answer\">{title}{answer}</div>");
        }
    }
    html
}

fn answer(block: &Block, blocks: &BlockRenderer<'_>) -> Option<String> {
    Some(match block {
        Block::Quiz(quiz) => return quiz::answer(blocks, &quiz.answer, false),
        Block::Transcript(one) if !one.attrs.hidden && (one.attrs.shuffle || one.attrs.solution) => {
            list("ol", one.commands.iter().map(|command| format!("<code>{}</code>", escape(&command.text))))
        }
        Block::File(file) if !file.attrs.hidden && (file.attrs.shuffle || file.attrs.solution) => {
            format!("<pre><code>{}</code></pre>", escape(&file.content))
        }
        _ => return None,
    })
}

/// Renders a QR code of an address, and the address. Returns an empty text if the address is too long for a QR code.
pub(super) fn qr(address: &str, words: &Words) -> String {
    let Ok(code) = QrCode::new(address) else { return String::new() };
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let path: String = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width, at / width)).collect();
    // Scanners need four light modules around the code.
    let box_width = width + 8;
    format!(
        "<figure class=\"qr print-only\"><svg viewBox=\"-4 -4 {box_width} {box_width}\" role=\"img\" aria-label=\"{}\">\
         <path d=\"{path}\"></path></svg><figcaption>{}</figcaption></figure>",
        escape(&words.say("book-qr", &[])),
        escape(address)
    )
}
