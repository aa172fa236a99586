//! Lines of a `console` fence → commands, what is typed inside them, and what is printed.

use std::sync::LazyLock;

use regex::Regex;

use super::body::Line;
use super::shell::{Waits, waits_for};
use super::{Attrs, Command, Expected, ExpectedKind, Key};
use crate::text::{Code, Diagnostic, Span};

static HOST_PROMPT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^([A-Za-z_][\w.-]*)@([\w.-]+):([^\s#$]*)[#$](?: |$)").ok());
static INNER_PROMPT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:/[^\s#$]*|~[^\s#$]*|(?:ba|da|a)?sh-[\d.]+|[A-Za-z_][\w.-]*@[\w.-]+:[^\s#$]*)? ?[#$](?: |$)").ok()
});
static OPENS_TERMINAL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|\s)(?:-[a-zA-Z]*[it][a-zA-Z]*|--interactive|--tty)(?:\s|$)").ok());

/// The form of a fence's outer prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Dollar,
    Hash,
    Host { user: String, host: String },
}

impl Form {
    fn of(line: &str) -> Option<Self> {
        if line == "$" || line.starts_with("$ ") {
            return Some(Self::Dollar);
        }
        if line == "#" || line.starts_with("# ") {
            return Some(Self::Hash);
        }
        let captures = HOST_PROMPT.as_ref()?.captures(line)?;
        Some(Self::Host { user: captures[1].to_owned(), host: captures[2].to_owned() })
    }

    /// The length of this form's prompt at the begin of `line`, its space included.
    fn prompt(&self, line: &str) -> Option<usize> {
        match self {
            Self::Dollar => (line == "$" || line.starts_with("$ ")).then(|| line.len().min(2)),
            Self::Hash => (line == "#" || line.starts_with("# ")).then(|| line.len().min(2)),
            Self::Host { user, host } => {
                let captures = HOST_PROMPT.as_ref()?.captures(line)?;
                (&captures[1] == user && &captures[2] == host).then(|| captures[0].len())
            }
        }
    }
}

/// Reads a fence's lines. `end` is where output of the last command would go when there is none.
pub(crate) fn read(
    lines: &[Line],
    attrs: &Attrs,
    fence: Span,
    end: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Command> {
    let Some(first) = lines.first() else {
        diagnostics.push(Diagnostic::error(Code("L019"), fence));
        return Vec::new();
    };
    let Some(form) = Form::of(&first.text) else {
        diagnostics.push(Diagnostic::error(Code("L013"), first.span));
        return Vec::new();
    };
    if form == Form::Hash
        && let Some(line) = lines.iter().find(|line| line.text.starts_with("$ "))
    {
        diagnostics.push(Diagnostic::error(Code("L014"), first.span.to(line.span)));
        return Vec::new();
    }
    let mut reader = Reader { lines, attrs, form, at: 0, commands: Vec::new(), diagnostics };
    while reader.at < lines.len() {
        reader.command(end);
    }
    if reader.commands.is_empty() {
        reader.diagnostics.push(Diagnostic::error(Code("L019"), fence));
    }
    reader.commands
}

struct Reader<'a> {
    lines: &'a [Line],
    attrs: &'a Attrs,
    form: Form,
    at: usize,
    commands: Vec<Command>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// How far a program that reads what is typed has come.
#[derive(PartialEq, Eq)]
enum Inner {
    /// The command opens no terminal.
    None,
    /// It may show a prompt.
    Expected,
    /// It has shown this one.
    Open(String),
    /// `exit` or `^D` ended it.
    Ended,
}

impl Reader<'_> {
    fn command(&mut self, end: usize) {
        let lines = self.lines;
        let first = &lines[self.at];
        // The caller stands on a line with the outer prompt.
        let length = self.form.prompt(&first.text).unwrap_or(0);
        let prompt = first.text[..length].to_owned();
        let mut text = first.text[length..].trim_end().to_owned();
        let mut span = first.span;
        self.at += 1;
        if text.is_empty() && self.at >= lines.len() {
            // A bare prompt as the last line: what a terminal shows when it waits.
            return;
        }
        while let Some(waits) = waits_for(&text) {
            let Some(line) = lines.get(self.at) else {
                self.diagnostics.push(Diagnostic::error(Code("L015"), span));
                break;
            };
            let more = if let Some(more) = line.text.strip_prefix("> ") {
                more
            } else if line.text == ">" {
                ""
            } else if matches!(waits, Waits::Backslash | Waits::HereDocument) {
                &line.text
            } else {
                self.diagnostics.push(Diagnostic::error(Code("L015"), span));
                break;
            };
            text.push('\n');
            text.push_str(more);
            span = span.to(line.span);
            self.at += 1;
        }
        let from =
            lines.get(self.at).map_or_else(|| lines.last().map_or(end, |line| line.next), |line| line.span.start);
        let expected = self.expected(&text);
        let expected_span = if expected.is_empty() {
            let at = lines[self.at - 1].next;
            Span::new(at, at)
        } else {
            Span::new(from, lines[self.at - 1].next)
        };
        self.commands.push(Command { prompt, text, span, expected, expected_span });
    }

    fn expected(&mut self, command: &str) -> Vec<Expected> {
        let opens = OPENS_TERMINAL.as_ref().is_some_and(|pattern| pattern.is_match(command));
        let mut inner = if opens || self.attrs.prompt.is_some() { Inner::Expected } else { Inner::None };
        let mut expected = Vec::new();
        while let Some(line) = self.lines.get(self.at) {
            let kind = if let Some(key) = key(&line.text) {
                if key != Key::Interrupt {
                    inner = Inner::Ended;
                }
                ExpectedKind::Key(key)
            } else if let Some((length, established)) = self.inner_prompt(&line.text, &inner) {
                let (prompt, input) = line.text.split_at(length);
                inner = if matches!(input.trim(), "exit" | "quit" | "logout" | "exit()" | "quit()")
                    || input.trim().starts_with("exit ")
                {
                    Inner::Ended
                } else {
                    Inner::Open(established)
                };
                ExpectedKind::Typed { prompt: prompt.to_owned(), input: input.to_owned() }
            } else if self.form.prompt(&line.text).is_some() {
                break;
            } else {
                ExpectedKind::Output
            };
            expected.push(Expected { text: line.text.clone(), span: line.span, kind });
            self.at += 1;
        }
        expected
    }

    /// The length of the inner prompt of `line`, with the last character that tells its kind.
    fn inner_prompt(&self, line: &str, inner: &Inner) -> Option<(usize, String)> {
        if let Some(prompt) = &self.attrs.prompt {
            if line.starts_with(prompt.as_str()) {
                return Some((prompt.len(), prompt.clone()));
            }
            let bare = prompt.trim_end();
            if line == bare {
                return Some((bare.len(), prompt.clone()));
            }
        }
        if matches!(inner, Inner::None | Inner::Ended) {
            return None;
        }
        let found = INNER_PROMPT.as_ref()?.find(line)?;
        let outer = self.form.prompt(line).is_some();
        // `$ ` inside a container looks like `$ ` outside: it is inside only where the program has shown it as its own,
        // which is seen by its first prompt standing directly under the command.
        let established = found.as_str().trim_end().chars().last()?.to_string();
        if outer {
            let own = matches!(inner, Inner::Open(kind) if *kind == found.as_str());
            if !own {
                return None;
            }
        }
        let established = if outer { found.as_str().to_owned() } else { established };
        Some((found.len(), established))
    }
}

fn key(line: &str) -> Option<Key> {
    [Key::Interrupt, Key::EndOfInput, Key::Detach].into_iter().find(|key| key.name() == line.trim_end())
}

#[cfg(test)]
mod tests {
    use super::super::body::Body;
    use super::*;

    fn commands(text: &str, attrs: &Attrs) -> (Vec<Command>, Vec<&'static str>) {
        let mut body = Body::new(0);
        body.push(text, &(0..text.len()));
        let mut diagnostics = Vec::new();
        let commands = read(&body.lines(), attrs, Span::default(), text.len(), &mut diagnostics);
        (commands, diagnostics.into_iter().map(|diagnostic| diagnostic.code.0).collect())
    }

    #[test]
    fn the_seeds_prompt_with_a_directory_that_changes() {
        let (commands, codes) = commands(
            "root@server_rumah:/home/ryan# cd /tmp\nroot@server_rumah:/tmp# ls\na\nb\nroot@server_rumah:/tmp#\n",
            &Attrs::default(),
        );
        assert_eq!(codes, [""; 0]);
        assert_eq!(commands.len(), 2);
        assert_eq!(commands[1].prompt, "root@server_rumah:/tmp# ");
        assert_eq!(commands[1].expected.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn continuations_and_here_documents() {
        let (commands, codes) = commands(
            "$ for i in 1 2\n> do echo $i\n> done\n1\n2\n$ cat <<E\nsatu\n> dua\nE\nsatu\n$ a \\\n  b\n",
            &Attrs::default(),
        );
        assert_eq!(codes, [""; 0]);
        assert_eq!(commands[0].text, "for i in 1 2\ndo echo $i\ndone");
        assert_eq!(commands[0].expected.len(), 2);
        assert_eq!(commands[1].text, "cat <<E\nsatu\ndua\nE");
        assert_eq!(commands[2].text, "a \\\n  b");
    }

    #[test]
    fn inside_a_container() {
        let (commands, codes) = commands(
            "$ docker run -it --name k busybox sh\n/ # echo hai\nhai\n/ # exit\n$ docker ps\n",
            &Attrs::default(),
        );
        assert_eq!(codes, [""; 0]);
        assert_eq!(commands.len(), 2);
        let kinds: Vec<_> = commands[0].expected.iter().map(|line| &line.kind).collect();
        assert_eq!(kinds[0], &ExpectedKind::Typed { prompt: "/ # ".into(), input: "echo hai".into() });
        assert_eq!(kinds[1], &ExpectedKind::Output);
    }

    #[test]
    fn a_hash_is_output_under_another_prompt_and_a_comment_is_an_error() {
        let (commands, _) = commands("$ cat a\n# judul\n$ ls\n", &Attrs::default());
        assert_eq!(commands[0].expected[0].kind, ExpectedKind::Output);
        assert_eq!(commands.len(), 2);
        let (_, codes) = self::commands("# lihat dulu\n$ ls\n", &Attrs::default());
        assert_eq!(codes, ["L014"]);
    }

    #[test]
    fn keys_and_questions() {
        let (commands, _) = commands("$ docker logs -f kabar\nHalo\n^C\n$ ls\n", &Attrs::default());
        assert_eq!(commands[0].expected[1].kind, ExpectedKind::Key(Key::Interrupt));
        let attrs = Attrs { prompt: Some("Continue? [y/N] ".into()), ..Attrs::default() };
        let (commands, _) = self::commands("$ docker container prune\nContinue? [y/N] y\nTotal\n", &attrs);
        assert!(matches!(&commands[0].expected[0].kind, ExpectedKind::Typed { input, .. } if input == "y"));
    }
}
