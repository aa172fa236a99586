//! Finds values in commands that are different in every run, because the engine chooses these values. An example is a
//! pasted container id.

use std::collections::HashSet;

use super::{Findings, codes};
use crate::docker_cli::{Operand, docker_commands};
use crate::lesson::{Command, ExpectedKind, Lesson};
use crate::text::Span;

static_patterns! {
    /// Matches ids, generated names, ports and addresses in a command. Digests after `@` or `sha256:` name content and
    /// never change.
    static WORDS = r"(?x)
        (?P<id>    \b (?: [0-9a-f]{64} | [0-9a-f]{12} ) \b )
      | (?P<name>  \b [a-z]+_[a-z]+ \b )
      | (?P<port>  \b (?: 3276[89] | 327[7-9]\d | 32[89]\d\d | 3[3-9]\d{3} | [45]\d{4} | 6[0-5]\d{3} ) \b )
      | (?P<address> \b 172\.(?: 1[6-9] | 2\d | 3[01] )(?: \.\d{1,3} ){2} \b )";
}

/// Checks every command, and every line that the learner types into a program.
pub(super) fn check(lesson: &Lesson, found: &mut Findings<'_>) {
    let mut printed = HashSet::new();
    let mut typed = HashSet::new();
    let mut own_addresses = false;
    for (_, transcript) in lesson.transcripts() {
        for command in &transcript.commands {
            own_addresses |= command.text.contains("--subnet") || command.text.contains("--ip");
            let mut look = |text: &str, span: Span| {
                for found_word in WORDS.captures_iter(text) {
                    let Some(word) = found_word.get(0) else { continue };
                    let seen = printed.contains(word.as_str()) && !typed.contains(word.as_str());
                    let kind = if found_word.name("id").is_some() {
                        is_id(text, word.range()).then_some("id")
                    } else if found_word.name("name").is_some() {
                        let is_network = word.as_str().ends_with("_default");
                        (seen && !is_network && names_container(text)).then_some("name")
                    } else if found_word.name("port").is_some() {
                        seen.then_some("port")
                    } else {
                        (seen && !own_addresses).then_some("address")
                    };
                    if let Some(kind) = kind {
                        let place = place(lesson, span, word.as_str());
                        found.push(codes::VOLATILE.at(place).with("token", word.as_str()).with("kind", kind));
                    }
                }
            };
            look(&command.text, command.span);
            for line in &command.expected {
                if let ExpectedKind::Typed { input, .. } = &line.kind {
                    look(input, line.span);
                }
            }
            remember(command, &mut printed, &mut typed);
        }
    }
}

/// Whether a docker command in this line names a container.
fn names_container(line: &str) -> bool {
    docker_commands(line).iter().any(|call| {
        let names = call.command.is_some_and(|command| command.operands.contains(&Operand::Container));
        names || matches!(call.name(), "inspect" | "container cp")
    })
}

fn remember(command: &Command, printed: &mut HashSet<String>, typed: &mut HashSet<String>) {
    typed.extend(WORDS.find_iter(&command.text).map(|word| word.as_str().to_owned()));
    for line in command.expected.iter().filter(|line| line.kind == ExpectedKind::Output) {
        printed.extend(WORDS.find_iter(&line.text).map(|word| word.as_str().to_owned()));
    }
}

/// Whether the hexadecimal digits at `range` are an id. A word without letters may be a time or a number, so it is not
/// an id. Parts of a name, an address, a path or a digest are not ids.
fn is_id(text: &str, range: std::ops::Range<usize>) -> bool {
    let word = &text[range.clone()];
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let beside = |c: Option<char>| c.is_some_and(|c| matches!(c, '.' | '-' | '/' | ':' | '@'));
    digits > 0
        && digits < word.len()
        && !beside(text[..range.start].chars().next_back())
        && !text[range.end..].starts_with(['.', '-', '/'])
}

/// Returns the span of `word` in the source. Searches the source for the word, because the text of a command lacks the
/// prompts of continuation lines.
pub(super) fn place(lesson: &Lesson, span: Span, word: &str) -> Span {
    let slice = lesson.source.slice(span);
    slice.rfind(word).map_or(span, |at| Span::new(span.start + at, span.start + at + word.len()))
}
