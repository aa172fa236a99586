//! Splits a `console` block into prompts, commands and output, with the lesson's parser. Highlights the commands as
//! bash.

use super::{Class, CodePiece, joined, syntax};
use crate::lesson::{Block, ExpectedKind, LessonId, Transcript, parse};
use crate::text::Source;
use crate::transcript::sanitise;

/// The mark of a gap that the learner must fill.
const GAP: &str = "____";

/// Splits the text of a block into pieces.
pub(super) fn pieces(code: &str) -> Vec<CodePiece> {
    let pieces = read(code).map(|read| transcript(&read)).unwrap_or_default();
    // The parser may drop text of a malformed block, but the page must show the whole block.
    let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    if whole.trim_end() == code.trim_end() {
        let mut pieces = pieces;
        let rest = code.len() - code.trim_end().len();
        trim_end(&mut pieces);
        pieces.push(CodePiece::new(None, &code[code.len() - rest..]));
        return joined(pieces);
    }
    lines(code)
}

fn trim_end(pieces: &mut Vec<CodePiece>) {
    while let Some(last) = pieces.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            return;
        }
        pieces.pop();
    }
}

fn read(code: &str) -> Option<Transcript> {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marker = "`".repeat(longest.max(2) + 1);
    let source = Source::new("", format!("{marker}console\n{}\n{marker}\n", code.trim_end_matches('\n')));
    let (lesson, _) = parse(&source, LessonId(String::new()));
    let mut blocks = lesson.steps.into_iter().flat_map(|step| step.blocks);
    blocks.find_map(|block| if let Block::Transcript(transcript) = block { Some(transcript) } else { None })
}

/// Splits a transcript into pieces, which include the line ends. Continued lines begin with `> `, as in bash.
#[must_use]
pub fn transcript(transcript: &Transcript) -> Vec<CodePiece> {
    let mut out = Vec::new();
    for command in &transcript.commands {
        out.push(CodePiece::new(Class::Prompt, sanitise(&command.prompt)));
        out.extend(typed(&sanitise(&command.text)));
        for line in &command.expected {
            match &line.kind {
                ExpectedKind::Output => out.push(CodePiece::new(Class::Output, format!("{}\n", sanitise(&line.text)))),
                ExpectedKind::Typed { prompt, input } => {
                    out.push(CodePiece::new(Class::Prompt, sanitise(prompt)));
                    out.extend(typed(&sanitise(input)));
                }
                ExpectedKind::Key(key) => out.push(CodePiece::new(Class::Option, format!("{}\n", key.name()))),
            }
        }
    }
    joined(out)
}

/// Splits typed lines into pieces, which include the line ends. Each line after the first begins with `> `.
fn typed(text: &str) -> Vec<CodePiece> {
    let mut out = Vec::new();
    for piece in syntax::pieces(text, "bash") {
        for (index, line) in piece.text.split('\n').enumerate() {
            if index > 0 {
                out.push(CodePiece::new(None, "\n"));
                out.push(CodePiece::new(Class::Prompt, "> "));
            }
            gaps(line, piece.class, &mut out);
        }
    }
    out.push(CodePiece::new(None, "\n"));
    out
}

fn gaps(line: &str, class: Option<Class>, out: &mut Vec<CodePiece>) {
    let mut rest = line;
    while let Some(at) = rest.find(GAP) {
        let long = rest[at..].len() - rest[at..].trim_start_matches('_').len();
        out.push(CodePiece::new(class, &rest[..at]));
        out.push(CodePiece::new(Class::Gap, &rest[at..at + long]));
        rest = &rest[at + long..];
    }
    out.push(CodePiece::new(class, rest));
}

/// Splits a block that is not a transcript, line by line. A line that begins with a prompt is a command, and every
/// other line is output.
fn lines(code: &str) -> Vec<CodePiece> {
    let mut out = Vec::new();
    for line in code.split_inclusive('\n') {
        match line.find("$ ").filter(|&at| at == 0 || line[..at].contains('@')) {
            Some(at) => {
                out.push(CodePiece::new(Class::Prompt, &line[..at + 2]));
                out.push(CodePiece::new(None, &line[at + 2..]));
            }
            None => out.push(CodePiece::new(Class::Output, line)),
        }
    }
    joined(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str) -> Vec<(Option<Class>, String)> {
        pieces(code).into_iter().map(|piece| (piece.class, piece.text)).collect()
    }

    fn has(code: &str, class: Class, text: &str) -> bool {
        shown(code).contains(&(Some(class), text.to_owned()))
    }

    #[test]
    fn prompt_command_and_output_each_have_their_class() {
        let code =
            "root@server_rumah:/home/ryan# docker ps -a\nCONTAINER ID   IMAGE\nroot@server_rumah:/home/ryan# ls\n";
        assert!(has(code, Class::Prompt, "root@server_rumah:/home/ryan# "));
        assert!(has(code, Class::Function, "docker"));
        assert!(has(code, Class::Output, "CONTAINER ID   IMAGE\n"));
    }

    #[test]
    fn continuation_sign_and_inner_prompt_have_the_class_of_a_prompt() {
        let code = "$ docker run -it --rm \\\n> alpine\n/ # hostname\n8f14e45fceea\n/ # ^D\n$ echo a\n";
        let code = code.replace("/ # ^D", "/ # exit");
        assert!(has(&code, Class::Prompt, "> "), "{:?}", shown(&code));
        assert!(has(&code, Class::Prompt, "/ # "), "{:?}", shown(&code));
        assert!(has(&code, Class::Output, "8f14e45fceea\n"));
    }

    #[test]
    fn gap_has_its_class_and_malformed_block_loses_no_text() {
        assert!(has("$ docker ____ -a\n", Class::Gap, "____"));
        for code in ["hello\n$ ls\n", "", "\n\n", "$ \nx\n$ \n", "$ echo 'a\n", "```\n$ ls\n```\n", "$ a\n  \n\n"] {
            let whole: String = pieces(code).into_iter().map(|piece| piece.text).collect();
            assert_eq!(whole, code);
        }
    }
}
