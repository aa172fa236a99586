//! Draws transcripts and files.

use super::draw::Pen;
use super::line::{Line, Run, wrap};
use super::look::STRONG;
use crate::highlight::{self, Class, CodePiece};
use crate::lesson::{ExpectedKind, FileBlock, Transcript};
use crate::transcript::sanitise;

impl Pen<'_> {
    /// Draws a transcript. If `outputs` is false, draws only the typed lines.
    pub(super) fn transcript(&self, transcript: &Transcript, outputs: bool) -> Vec<Line> {
        if self.style.plain {
            return self.told(transcript, outputs);
        }
        let mut shown = transcript.clone();
        for command in &mut shown.commands {
            command.expected.retain(|line| outputs || line.kind != ExpectedKind::Output);
        }
        let pieces: Vec<CodePiece> = highlight::transcript(&shown).into_iter().map(elided).collect();
        self.verbatim(&pieces)
    }

    /// Describes a transcript in words, for a screen reader.
    fn told(&self, transcript: &Transcript, outputs: bool) -> Vec<Line> {
        let mut out = Vec::new();
        let mut say = |text: String, verbatim: bool| {
            out.push(Line { verbatim, ..Line::plain(text.replace('\t', " ")) });
        };
        let safe = |text: &str| sanitise(text).replace("____", &self.words.say("page-gap", &[]).to_uppercase());
        for command in &transcript.commands {
            for line in self.words.say("page-typed", &[("text", &safe(&command.text))]).split('\n') {
                say(line.to_owned(), true);
            }
            let mut printing = false;
            for line in &command.expected {
                match &line.kind {
                    ExpectedKind::Output if outputs => {
                        if !std::mem::replace(&mut printing, true) {
                            say(self.words.say("page-printed", &[]), false);
                        }
                        say(elide(&sanitise(&line.text)), true);
                    }
                    ExpectedKind::Output => {}
                    ExpectedKind::Typed { prompt, input } => {
                        let args = [("prompt", &*safe(prompt.trim_end())), ("text", &*safe(input))];
                        say(self.words.say("page-typed-at", &args), true);
                        printing = false;
                    }
                    ExpectedKind::Key(key) => {
                        let name = key.name().replace('^', "Ctrl+");
                        say(self.words.say("page-pressed", &[("key", &name)]), false);
                        printing = false;
                    }
                }
            }
        }
        out
    }

    /// Draws a file under its path.
    pub(super) fn file(&self, file: &FileBlock) -> Vec<Line> {
        let path = sanitise(&file.path.value).replace(['\n', '\t'], " ");
        let title = self.words.say("page-file", &[("path", &path)]);
        let mut out = wrap(&[Run::new(title, STRONG)], self.style.width);
        out.extend(self.code(&file.content, &file.language));
        out
    }
}

/// Replaces the elisions `...` and `[..]` by `…`.
fn elide(line: &str) -> String {
    if line.trim() == "..." { line.replace("...", "…") } else { line.replace("[..]", "…") }
}

fn elided(mut piece: CodePiece) -> CodePiece {
    if piece.class == Some(Class::Output) {
        piece.text = piece
            .text
            .split_inclusive('\n')
            .map(|line| {
                let text = line.trim_end_matches('\n');
                format!("{}{}", elide(text), &line[text.len()..])
            })
            .collect();
    }
    piece
}
