//! Property tests of the parser: for any text, nothing panics, every span lies in the source, and the time is linear.

use proptest::prelude::*;

use super::fixture_tests::{files, shown};
use crate::lesson::{Lesson, LessonId, parse};
use crate::text::{Diagnostic, Source, Span};

fn read(text: &str) -> (Lesson, Vec<Diagnostic>) {
    parse(&Source::new("x.md", text), LessonId("x".into()))
}

/// Returns every span in a value, in the order of its debug output.
fn spans_in(value: &impl std::fmt::Debug) -> Vec<Span> {
    let text = format!("{value:?}");
    let spans = text.split("Span { start: ").skip(1).filter_map(|rest| {
        let (start, rest) = rest.split_once(", end: ")?;
        Some(Span::new(start.parse().ok()?, rest.split_once(' ')?.0.parse().ok()?))
    });
    spans.collect()
}

fn holds(text: &str) {
    for span in spans_in(&read(text)) {
        assert!(span.start <= span.end && text.get(span.start..span.end).is_some(), "{span:?} in {text:?}");
    }
}

/// Pieces of syntax that some part of the parser recognizes.
const PIECES: [&str; 64] = [
    "---\n",
    "+++\n",
    "\n",
    "\r\n",
    "\r",
    "# ",
    "## ",
    "{#a}",
    "{.teacher}",
    "```",
    "````",
    "~~~",
    "> ",
    ">",
    "- ",
    "1. ",
    "\t",
    "    ",
    "console",
    "check",
    "quiz",
    ",",
    "file=",
    "a/b",
    "exit=1",
    "prompt='",
    "'",
    "\"",
    "blank",
    "solution",
    "since=1",
    "until=2",
    "hidden",
    "$ ",
    "$",
    "# x\n",
    "root@a:/# ",
    "/ # ",
    "docker run -it a\n",
    "exit\n",
    "^C\n",
    "____",
    "<<EOF\n",
    "EOF\n",
    "\\\n",
    "$(",
    "`",
    "if ",
    "container: ",
    "image: ",
    "count: ",
    "{ ",
    "}",
    "[",
    "]",
    ": ",
    "|\n",
    "&a ",
    "*a ",
    "!!str ",
    "ask: ",
    "\0",
    "…",
    "\u{feff}",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => (0..PIECES.len()).prop_map(|at| PIECES[at].to_owned()),
        1 => "\\PC{0,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Generates a valid lesson with a few parts removed, doubled or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..40_usize, 0..PIECES.len(), 0..4_u8);
    (any::<prop::sample::Index>(), prop::collection::vec(change, 1..6), any::<bool>()).prop_map(
        |(which, changes, windows)| {
            let good = files("good");
            let mut text = good[which.index(good.len())].1.clone();
            if windows {
                text = text.replace('\n', "\r\n");
            }
            for (place, len, piece, how) in changes {
                let chars: Vec<char> = text.chars().collect();
                let start = place.index(chars.len() + 1);
                let end = (start + len).min(chars.len());
                let (before, rest) = chars.split_at(start);
                let (cut, after) = rest.split_at(end - start);
                let middle: String = match how {
                    0 => String::new(),
                    1 => cut.iter().chain(cut).collect(),
                    2 => PIECES[piece].to_owned(),
                    _ => format!("{}{}", PIECES[piece], cut.iter().collect::<String>()),
                };
                text = format!("{}{middle}{}", before.iter().collect::<String>(), after.iter().collect::<String>());
            }
            text
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_parsed(text in any::<String>()) {
        holds(&text);
    }

    #[test]
    fn any_mixture_of_syntax_is_parsed(text in soup()) {
        holds(&text);
    }

    #[test]
    fn any_damaged_lesson_is_parsed(text in mutated()) {
        holds(&text);
    }

    #[test]
    fn any_mixture_in_a_fence_is_parsed(kind in 0..4_usize, text in soup()) {
        let info = ["console", "check", "quiz", "text,file=a"][kind];
        holds(&format!("## A\n\n````{info}\n{}{text}\n````\n", ["$ a\n", "container: a\n", "ask: a\n", ""][kind]));
        holds(&format!("---\n{text}\n---\n"));
    }
}

#[test]
fn lesson_with_windows_line_ends_is_parsed_like_the_same_lesson_with_unix_line_ends() {
    for (stem, text) in files("good").into_iter().chain(files("broken")) {
        let text = text.replace("\r\n", "\n");
        let (one, found) = read(&text);
        let windows = text.replace('\n', "\r\n");
        let (other, found_there) = read(&windows);
        assert_eq!(shown(&one), shown(&other), "{stem}");
        let codes = |found: &[Diagnostic]| found.iter().map(|one| (one.code, one.args.clone())).collect::<Vec<_>>();
        assert_eq!(codes(&found), codes(&found_there), "{stem}");
        for (here, there) in spans_in(&(one, found)).into_iter().zip(spans_in(&(other, found_there))) {
            let (here, there) = (&text[here.start..here.end], &windows[there.start..there.end]);
            assert_eq!(here, there.replace("\r\n", "\n"), "{stem}");
        }
    }
}

#[test]
fn span_of_each_command_and_line_covers_its_text_in_the_source() {
    for (stem, text) in files("good") {
        let (lesson, _) = read(&text);
        for (_, transcript) in lesson.transcripts() {
            assert!(lesson.source.slice(transcript.span).starts_with("```"), "{stem}");
            let mut at = transcript.body.start;
            for command in &transcript.commands {
                let written = lesson.source.slice(command.span);
                assert!(written.starts_with(&command.prompt), "{stem}: {written}");
                let last = command.text.lines().last().unwrap_or_default();
                assert!(written.ends_with(last), "{stem}: {written}");
                assert!(at <= command.span.start && command.span.end <= command.expected_span.start, "{stem}");
                for line in &command.expected {
                    // The parser reads `<...>` as `...`.
                    let written = lesson.source.slice(line.span);
                    assert!(written == line.text || line.text == "...", "{stem}: {line:?} {written}");
                    let inside =
                        command.expected_span.start <= line.span.start && line.span.end < command.expected_span.end;
                    assert!(inside, "{stem}: {line:?}");
                }
                // The span covers whole lines of the source, so that an edit can replace these lines.
                for place in [command.expected_span.start, command.expected_span.end] {
                    assert_eq!(text.as_bytes()[place - 1], b'\n', "{stem}: {:?}", command.text);
                }
                at = command.expected_span.end;
            }
            assert!(at <= transcript.body.end, "{stem}");
        }
    }
}

#[test]
fn large_or_deeply_nested_lesson_is_parsed_in_linear_time() {
    let fence = "```console\n$ docker ps\nx\n```\n\n```check\ncontainer: web\n```\n\n";
    let begun = std::time::Instant::now();
    for text in [
        "x ".repeat(1_000_000),
        format!("## A\n\n{}", fence.repeat(10_000)),
        "## A\n\n".repeat(20_000),
        "```console,since=1\n$ a\n```\n".repeat(10_000),
        "```console,blank,since=1\n$ ____\n```\n".repeat(10_000),
        format!("```console\n{}```\n", "$ \n".repeat(50_000)),
        format!("```console\n$ cat <<EOF\n{}", "x\n".repeat(200_000)),
        format!("```console\n$ {}\n```\n", "<<a ".repeat(50_000)),
        format!("```console\n$ {}\n```\n", "$(".repeat(200_000)),
        format!("```console\n$ {}\n```\n", "${'".repeat(100_000)),
        format!("```console,{}=1\n$ a\n```\n", "x".repeat(500_000)),
        format!("```console,{}\n$ a\n```\n", "x,".repeat(50_000)),
        format!("```check\n{}: a\n```\n", "x".repeat(1000)),
        format!("```check\ncontainer: {}\n```\n", "[".repeat(10_000)),
        format!("```check\n{}\n```\n", "- ".repeat(10_000)),
        format!("```check\ncontainer: a\n{}```\n", (0..20_000).map(|n| format!("A{n}: 1\n")).collect::<String>()),
        format!("```check\na: &a [x,x]\nb: &b [*a,*a]\n{}```\n", "c: [*b,*b]\n".repeat(1000)),
        format!("---\n{}---\n", "title: x\n".repeat(20_000)),
        ">".repeat(10_000),
        format!("{}```console\n$ a\n", "> ".repeat(1000)),
        format!("{}```console\n", "- ".repeat(1000)),
        format!("```quiz\nask: x\norder: [{}]\n```\n", "a, ".repeat(20_000)),
        "\0".repeat(100_000),
        "[".repeat(50_000),
    ] {
        let (lesson, _) = read(&text);
        assert!(lesson.steps.len() <= 20_000);
    }
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}
