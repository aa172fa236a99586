//! Every place that a lesson names in its source.

use super::{Answer, Block, Claim, Lesson};
use crate::text::Span;

impl Lesson {
    /// The span of everything in it that has one. What is made from a lesson's places can be held to its source by them.
    #[must_use]
    pub fn places(&self) -> Vec<Span> {
        let mut spans = vec![self.front.span, self.opening];
        spans.extend(&self.teacher);
        self.front_matter(&mut spans);
        for step in &self.steps {
            spans.extend([step.heading, step.span]);
            for part in &step.blocks {
                spans.push(part.span());
                block(part, &mut spans);
            }
        }
        spans
    }

    fn front_matter(&self, spans: &mut Vec<Span>) {
        let front = &self.front;
        for list in [&front.objectives, &front.requires, &front.images, &front.have, &front.needs] {
            spans.extend(list.iter().map(|text| text.span));
        }
        let texts = [&front.title, &front.source, &front.lang, &front.translates];
        spans.extend(texts.into_iter().flatten().map(|text| text.span));
        spans.extend(front.minutes.iter().map(|minutes| minutes.span));
        if let Some(translated) = &front.translated {
            spans.push(translated.span);
            spans.extend(translated.date.iter().map(|date| date.span));
            spans.extend(translated.steps.iter().flat_map(|(step, digest)| [step.span, digest.span]));
        }
    }
}

/// What lies inside a block.
fn block(block: &Block, spans: &mut Vec<Span>) {
    match block {
        Block::Prose(_) => {}
        Block::Transcript(transcript) => {
            spans.push(transcript.body);
            for command in &transcript.commands {
                spans.extend([command.span, command.expected_span]);
                spans.extend(command.expected.iter().map(|line| line.span));
            }
        }
        Block::File(file) => spans.push(file.path.span),
        Block::Check(check) => {
            spans.extend(check.hints.iter().map(|hint| hint.span));
            claim(&check.claim, spans);
            for mistake in &check.mistakes {
                spans.push(mistake.say.span);
                claim(&mistake.when, spans);
            }
        }
        Block::Quiz(quiz) => {
            spans.push(quiz.ask.span);
            match &quiz.answer {
                Answer::Options(options) => {
                    spans.extend(options.iter().map(|option| option.text.span));
                    spans.extend(options.iter().filter_map(|option| Some(option.why.as_ref()?.span)));
                }
                Answer::Order(items) => spans.extend(items.iter().map(|item| item.span)),
                Answer::Match(pairs) => spans.extend(pairs.iter().flat_map(|(left, right)| [left.span, right.span])),
                Answer::Fact(_) => {}
            }
        }
    }
}

fn claim(claim: &Claim, spans: &mut Vec<Span>) {
    spans.push(claim.span);
    spans.extend(claim.asks.iter().map(|ask| ask.span));
}
