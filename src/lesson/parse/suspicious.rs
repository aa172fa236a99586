//! Finds output lines that the author probably wrote and that no command printed.

use super::prompt::{Prompt, is_on_another_machine, last_line};
use crate::lesson::{Command, ExpectedKind};

named_enum! {
    /// The reason why an output line looks as if the author wrote it.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Suspicion {
        /// A shell comment: `# now the second one`.
        Comment = "comment",
        /// A command at an indented prompt, or at the prompt of another machine.
        IndentedCommand = "command",
        /// A line that begins with `> ` below a command that is already complete.
        Continuation = "continuation",
    }
}

/// Programs that print existing files, including the comments in them.
const PRINTERS: [&str; 19] = [
    "awk", "cat", "config", "curl", "diff", "env", "git", "grep", "head", "history", "iptables", "less", "logs",
    "more", "npm", "sed", "tail", "wget", "yarn",
];

/// Returns the reason why the output line `index` of `command` is probably not output. Returns `None` if the line
/// probably is output.
///
/// Real output may contain such lines too, for example a Markdown heading or the hints of `hello-world`. So a caller
/// may warn about the line or keep the line, but must not delete it.
#[must_use]
pub fn suspicion(command: &Command, index: usize) -> Option<Suspicion> {
    let line = command.expected.get(index).filter(|line| line.kind == ExpectedKind::Output)?;
    let text = line.text.as_str();
    let is_written = match looks_written(command, text) {
        Some(Suspicion::IndentedCommand) => !is_printed_as_advice(command, index),
        Some(_) => is_beside_the_output(command, index),
        None => false,
    };
    if is_written {
        return looks_written(command, text);
    }
    if is_note(command, index) {
        return Some(Suspicion::Comment);
    }
    let continues = text.strip_prefix("> ").is_some_and(|rest| !rest.trim().is_empty());
    let is_more = continues && !shows_texts(command) || continues_invisibly(command, text);
    (index == 0 && is_more).then_some(Suspicion::Continuation)
}

/// Whether the author meant a line as a continuation of the command above, although the command has already ended for
/// bash. In such a case, the line above has no `\`, or an invisible space follows its `\`.
fn continues_invisibly(command: &Command, text: &str) -> bool {
    let visible = |text: &str| text.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{200b}').len();
    let blank_after =
        visible(&command.text) < command.text.len() && command.text[..visible(&command.text)].ends_with('\\');
    let is_option = text.starts_with([' ', '\t']) && text.trim_start().starts_with('-');
    let value = text.trim_start().strip_prefix("--").and_then(|option| option.split_once('='));
    let is_given = value.is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    // The name of an image below options is such a line if the author forgot the `\` at the end of the options.
    let is_last_word = command.text.contains("\\\n ") && text.starts_with("   ") && !text.trim().contains(' ');
    blank_after
        || is_last_word && !text.trim().is_empty()
        || is_option && (is_given || text[..visible(text)].ends_with('\\'))
}

/// Returns the reason why the output line `text` looks as if the author wrote it. Considers neither the position of the
/// line nor the other lines of output. `--update` never deletes a line with such a reason.
#[must_use]
pub fn looks_written(command: &Command, text: &str) -> Option<Suspicion> {
    if is_on_another_machine(&command.prompt, text) || is_indented_command(command, text) {
        return Some(Suspicion::IndentedCommand);
    }
    // Some authors write `## `, or the full-width `＃` of East Asian keyboards.
    let rest = text.trim_start_matches(['#', '＃']);
    let comment = rest.strip_prefix(' ').filter(|_| rest.len() < text.len() && !command.prompt.starts_with('#'));
    let is_comment = comment.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic() || c == '.' || c == '`'));
    // A `#` line that reads like a sentence counts as output only if the command, or a line typed into its program,
    // prints a text that exists already, as `cat` does. Any other `#` line also counts as output if the learner types
    // into the program.
    let is_printed = if rest.strip_prefix(' ').is_some_and(is_prose) { prints_typed_texts } else { shows_texts };
    (is_comment && !is_printed(command)).then_some(Suspicion::Comment)
}

/// Whether the text after `# ` is a sentence, or a word such as `or` between two commands. The first word of a sentence
/// begins with a capital letter, and the second is a word without special characters. Hardly any command has this form.
pub(super) fn is_prose(text: &str) -> bool {
    if matches!(
        text.trim().trim_end_matches([':', '.', ',']),
        "or" | "Or" | "OR" | "and" | "then" | "Output" | "Result"
    ) {
        return true;
    }
    let mut words = text.split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let letters = |word: &str| word.trim_end_matches(['.', ',', ':', ';', '!', '?', ')']).replace(['\'', '’', '-'], "");
    let is_word = |word: &str| word.starts_with(char::is_alphabetic) && word.chars().all(char::is_alphanumeric);
    let name = letters(first);
    let has_capital = name.starts_with(char::is_uppercase);
    let is_usual = name.chars().all(char::is_uppercase) || !name.chars().skip(1).any(char::is_uppercase);
    is_word(&name) && has_capital && is_usual && !second.starts_with('-') && is_word(&letters(second))
}

fn is_indented_command(command: &Command, text: &str) -> bool {
    let inner = text.trim_start();
    let Some(form) = Prompt::outer(last_line(&command.prompt)).filter(|_| inner.len() < text.len()) else {
        return false;
    };
    let Some(prompt) = form.len_in(inner) else { return false };
    // In a fence with root's prompt, an indented `#` is usually a comment in a configuration file.
    !inner[prompt..].trim().is_empty() && form != Prompt::Hash
}

/// Whether the line is a command that the program suggests: `hello-world` and other programs print such commands below
/// a line that ends with a colon.
fn is_printed_as_advice(command: &Command, index: usize) -> bool {
    let above = command.expected[..index].iter().rev().find(|line| !line.text.trim().is_empty());
    above.is_some_and(|line| line.text.trim_end().ends_with(':') || line.text.trim_start().starts_with(['$', '#']))
}

/// Whether a line is part of the comments directly below the command or at the end of its output.
fn is_beside_the_output(command: &Command, index: usize) -> bool {
    let comment = |at: usize| {
        let line = &command.expected[at];
        line.kind == ExpectedKind::Output && looks_written(command, &line.text) == Some(Suspicion::Comment)
    };
    let blank = |at: usize| command.expected[at].text.trim().is_empty();
    (0..index).all(comment) || (index + 1..command.expected.len()).all(|at| comment(at) || blank(at))
}

/// Whether a line is a note in brackets, directly below the command or a blank line: `(in the other terminal)`.
fn is_note(command: &Command, index: usize) -> bool {
    let is_apart = index.checked_sub(1).is_none_or(|above| command.expected[above].text.trim().is_empty());
    let text = command.expected[index].text.trim();
    let note = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
    is_apart && note.starts_with(char::is_alphabetic) && note.split(' ').count() > 2 && !shows_texts(command)
}

/// Whether the command prints existing texts, or the learner types into its program.
fn shows_texts(command: &Command) -> bool {
    command.expected.iter().any(|line| matches!(line.kind, ExpectedKind::Typed { .. })) || prints_texts(command)
}

/// Whether the command, or a line that the learner types into its program, prints existing texts.
fn prints_typed_texts(command: &Command) -> bool {
    let typed = command.expected.iter().filter_map(|line| match &line.kind {
        ExpectedKind::Typed { input, .. } => Some(input.as_str()),
        _ => None,
    });
    prints_texts(command) || typed.into_iter().any(names_printer)
}

fn prints_texts(command: &Command) -> bool {
    names_printer(&command.text)
}

fn names_printer(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '/' | '-' | '_'));
    words.filter_map(|word| word.rsplit('/').next()).any(|word| PRINTERS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::text::Source;

    /// Returns the suspicious output lines of a fence, each with its suspicion.
    fn found(fence: &str) -> Vec<(String, Suspicion)> {
        let source = Source::new("x.md", format!("## A {{#a}}\n\n```console\n{fence}```\n"));
        let (lesson, _) = parse(&source, LessonId("x".into()));
        let commands = lesson.transcripts().flat_map(|(_, transcript)| &transcript.commands);
        commands
            .flat_map(|command| (0..command.expected.len()).map(move |index| (command, index)))
            .filter_map(|(command, index)| Some((command.expected[index].text.clone(), suspicion(command, index)?)))
            .collect()
    }

    #[test]
    fn line_that_the_author_probably_wrote_is_suspicious() {
        let fence = "$ echo a\na\n# now the second one\n$ echo b\nb\n $ echo c\nc\n";
        let wanted = [("# now the second one", Suspicion::Comment), (" $ echo c", Suspicion::IndentedCommand)];
        assert_eq!(found(fence), wanted.map(|(line, kind)| (line.to_owned(), kind)));
        for (fence, kind) in [
            ("$ docker ps\n# one line for each container\nCONTAINER ID   IMAGE\n", Suspicion::Comment),
            ("$ docker ps\n## 容器执行完后自动删除\n", Suspicion::Comment),
            ("$ docker ps\n＃ Set up the network:\n", Suspicion::Comment),
            ("root@a:/# docker ps\n  root@a:/# docker images\n", Suspicion::IndentedCommand),
            ("host1$ docker ps\nhost2$ docker images\n", Suspicion::IndentedCommand),
            ("host1$ docker $(weave config) ps\nhost2$ docker images\n", Suspicion::IndentedCommand),
            ("root@a:/# docker ps\nroot@b:/# docker images\n", Suspicion::IndentedCommand),
            ("$ docker run -i alpine < notes\n# or\n", Suspicion::Comment),
            ("$ docker run hello-world\n> --rm\n", Suspicion::Continuation),
            ("$ docker run\n  --rm \\\n  alpine\n", Suspicion::Continuation),
            ("$ docker run \\ \n  alpine\n", Suspicion::Continuation),
            ("$ ./build .\n    --tag=a\n", Suspicion::Continuation),
            ("$ docker run \\\n    -d\n    nginx\n", Suspicion::Continuation),
            ("$ docker login\n(Enter your name and password.)\n", Suspicion::Comment),
            ("$ ./serve\nready\n\n(in the other terminal we see)\n\n1\n", Suspicion::Comment),
            ("$ mv config.json /env.d/x\n# later it moves back\n", Suspicion::Comment),
            ("$ docker run -it alpine sh\n# Now we are inside.\n/ # exit\n", Suspicion::Comment),
            ("$ docker run -it alpine sh\n/ # exit\n\n# Look again.\n", Suspicion::Comment),
        ] {
            assert_eq!(found(fence).iter().map(|(_, kind)| *kind).collect::<Vec<_>>(), [kind], "{fence}");
        }
    }

    #[test]
    fn sentence_is_prose_and_command_is_not() {
        for text in ["Run the server", "NGINX first", "Now, look again", "I'm inside", "For AMD64 only"] {
            assert!(is_prose(text), "{text}");
        }
        for text in ["docker ps", "Xvfb :1", "VBoxManage list vms", "A=b cmd", "Fedora", "./Run it", "", "R -q"] {
            assert!(!is_prose(text), "{text}");
        }
    }

    #[test]
    fn line_that_a_program_may_print_is_not_suspicious() {
        for fence in [
            "$ docker run hello-world\nTo try something more ambitious, you can run an Ubuntu container with:\n $ docker run -it ubuntu bash\n",
            "$ cat Dockerfile\n# syntax=docker/dockerfile:1\nFROM alpine\n# the end\n$ echo a\na\n",
            "$ docker run --rm alpine cat /etc/hosts\n# Generated\n",
            "$ ./build\none\n# Title\ntwo\n",
            "$ ./build\n#1 [internal] load build definition\n#!/bin/sh\n",
            "# ls\n  # a comment\na\n",
            "$ docker run -it alpine\n/ # sort /etc/resolv.conf\n# Generated by Docker Engine.\n/ # exit\n",
            "$ docker run --rm app npm start\n> app@1.0.0 start\n",
            "$ docker run -it alpine\n/ # cat /notes\n# Notes for all\n/ # exit\n",
            "$ ./usage\n  --all   everything\n",
            "$ psql -c q\n a\n---\n(0 rows)\n",
            "$ git status\n(use git add to add it)\n",
            "$ curl localhost\n  % Total    % Received\n",
            "$ ./prices\nall cost 5$ each\ntotal$\n",
        ] {
            assert_eq!(found(fence), [], "{fence}");
        }
    }
}
