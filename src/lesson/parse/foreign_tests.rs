//! Tests the parser with transcripts in the style of other projects' documentation.

use crate::lesson::{ExpectedKind, Lesson, LessonId, parse};
use crate::text::{Diagnostic, Source};

fn read(fence: &str) -> (Lesson, Vec<Diagnostic>) {
    let source = Source::new("x.md", format!("## A {{#a}}\n\n```console\n{fence}\n```\n"));
    parse(&source, LessonId("x".into()))
}

/// Returns each line of a fence with its kind: `$` command, `>` typed, `...` elision, `=` output.
fn lines(fence: &str) -> Vec<String> {
    let (lesson, _) = read(fence);
    let commands = lesson.transcripts().flat_map(|(_, transcript)| &transcript.commands);
    let mut lines = Vec::new();
    for command in commands {
        lines.push(format!("$ {}", command.text));
        lines.extend(command.expected.iter().filter(|line| !line.is_blank()).map(|line| match &line.kind {
            ExpectedKind::Typed { input, .. } => format!("> {input}"),
            _ if line.is_elision() => "...".to_owned(),
            _ => format!("= {}", line.text),
        }));
    }
    lines
}

/// Returns the codes of the mistakes in a fence.
fn codes(fence: &str) -> Vec<&'static str> {
    read(fence).1.iter().map(|found| found.code.0).collect()
}

#[test]
fn indentation_of_a_whole_fence_is_removed() {
    assert_eq!(
        lines("    $ cat <<E\n    a\n      b\n    E\n    a\n      b\n  c\n    $ ls"),
        ["$ cat <<E\na\n  b\nE", "= a", "=   b", "= c", "$ ls"]
    );
    let (lesson, _) = read("  $ ls\n  a");
    let command = &lesson.transcripts().next().unwrap().1.commands[0];
    assert_eq!(lesson.source.slice(command.span), "$ ls");
    assert_eq!(lesson.source.slice(command.expected[0].span), "a");
}

#[test]
fn first_line_of_a_prompt_with_two_lines_belongs_to_the_prompt() {
    let fence = "[node1] (local) root@192.168.0.8 ~\n$ echo a\na\n[node1] (local) root@192.168.0.8 ~\n$ ls\n\n\
                 [node1] (local) root@192.168.0.8 ~\n$";
    assert_eq!(lines(fence), ["$ echo a", "= a", "$ ls"]);
    let (lesson, found) = read(fence);
    assert!(found.is_empty(), "{found:?}");
    let command = &lesson.transcripts().next().unwrap().1.commands[1];
    assert_eq!(command.prompt, "[node1] (local) root@192.168.0.8 ~\n$ ");
    assert_eq!(lesson.source.slice(command.span), "[node1] (local) root@192.168.0.8 ~\n$ ls");
    assert_eq!(lesson.source.slice(command.expected_span).trim(), "");
}

#[test]
fn bare_outer_prompt_on_the_last_line_of_a_fence_is_not_output() {
    assert_eq!(lines("$ ls\na\n~$"), ["$ ls", "= a"]);
    assert_eq!(lines("$ ls\n~$\na"), ["$ ls", "= ~$", "= a"]);
    assert_eq!(lines("$ ls\nMacBook:~ ryan$ "), ["$ ls"]);
    assert_eq!(lines("$ ls\na\n[node1] (local) root@192.168.0.8 ~"), ["$ ls", "= a"]);
    assert_eq!(lines("$ ssh box\nryan@box:~$"), ["$ ssh box", "= ryan@box:~$"]);
}

#[test]
fn line_at_an_inner_prompt_is_typed_even_if_the_program_is_unknown() {
    for (fence, last) in [
        ("$ kubectl exec -it web -- sh\n/ # ls", "> ls"),
        ("$ sudo podman unshare\n# ls", "> ls"),
        ("$ cloudctl intercept\nbash-5.1# ls", "> ls"),
        ("$ cloudctl intercept\nroot@8f14e45fceea:/# ls", "> ls"),
        ("$ docker exec -it box sh\nroot@box# ls", "> ls"),
        ("$ nsenter -t 1 -a sh\n(box)# ls", "> ls"),
        ("$ node\n> 1 + 1", "> 1 + 1"),
        ("$ docker run -it node:22\n> 1 + 1", "> 1 + 1"),
        ("$ docker run -it app npm start\n> app@1.0.0 start", "= > app@1.0.0 start"),
        ("$ ./paths\n/bin/sh # the usual one", "= /bin/sh # the usual one"),
        ("$ docker exec -it box sh\n# Now we are inside", "= # Now we are inside"),
        ("$ docker run -i box < notes\n# ls", "= # ls"),
    ] {
        assert_eq!(lines(fence).last().map(String::as_str), Some(last), "{fence}");
    }
}

#[test]
fn mark_of_other_documentation_for_omitted_output_is_an_elision() {
    for line in [
        "...(snip)...",
        "{output omitted}",
        "[... more lines ...]",
        "# [...]",
        "＃ [...]",
        "...,",
        "<output cut>",
        "# some output",
    ] {
        assert_eq!(lines(&format!("$ ls\n{line}")), ["$ ls", "..."], "{line}");
    }
    for line in [
        "output.json",
        "...done",
        "[rest]x",
        "[]",
        "{}",
        "(more) or less",
        "... more",
        "<file>",
        ".",
        "# more",
        "# output",
    ] {
        assert_eq!(lines(&format!("$ ls\n{line}")), ["$ ls".to_owned(), format!("= {line}")], "{line}");
    }
}

#[test]
fn comment_that_looks_like_a_command_at_the_prompt_of_root_is_reported() {
    for fence in [
        "# Show all\n$ ls",
        "# Show all images\ndocker image ls --all",
        "# show all images\ndocker image ls --all",
        "# ls\na\n# Now the next one\n# ls",
    ] {
        assert_eq!(codes(fence), ["L021"], "{fence}");
    }
    for fence in ["# ls\na", "# docker ps\nCONTAINER ID   IMAGE", "# VBoxManage list vms", "# A=b ls"] {
        assert_eq!(codes(fence), [""; 0], "{fence}");
    }
}
