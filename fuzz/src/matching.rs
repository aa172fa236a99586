//! Checks the comparison of commands' outputs, and the reports on it. The input has commands with their expected lines
//! and, after form feeds, the output of each command.

use std::cell::RefCell;
use std::io::{self, Write};
use std::mem;
use std::rc::Rc;
use std::time::Duration;

use super::{commands, parts, read};
use dermaga::event::{Difference, Event, LessonRef, Summary, Verdict};
use dermaga::lesson::{Command, ExpectedKind, Key, Lesson, StepId};
use dermaga::matcher::{Bindings, Comparison, ExpectedOutput, Options, RowState, compare};
use dermaga::report::{JsonReporter, JunitReporter, Reporter, Style, TerminalReporter};
use dermaga::transcript::sanitise;
use dermaga::words::{Lang, Words};

const DIR: &str = "/run/dermaga/l1";

/// Panics if a comparison or a report of `data` is wrong.
pub fn check(data: &[u8]) {
    let parts = parts(data);
    // An input without a fence is the content of one `console` fence.
    let text = if parts[0].contains("```") {
        parts[0].clone()
    } else {
        format!("## Uji {{#uji}}\n\n```console\n{}\n```\n", parts[0])
    };
    let (lesson, _) = read(&text);
    let commands = commands(&lesson);
    itself(&commands);
    let (mut bindings, mut again) = (Bindings::default(), Bindings::default());
    for (at, (command, exact)) in commands.iter().enumerate() {
        let options = Options { exact: *exact, dir: Some(DIR) };
        let found: Vec<String> = parts.get(at + 1).map_or("", String::as_str).lines().map(str::to_owned).collect();
        let expected = ExpectedOutput::new(command.expected.as_slice(), options);
        for end in 0..=command.expected.len().min(8) {
            let _ = expected.has_arrived(end, &found, &bindings);
        }
        let comparison = compare(&command.expected, &found, &mut bindings, &options);
        assert_eq!(comparison, compare(&command.expected, &found, &mut again, &options), "another time");
        is_whole(command, &found, &comparison);
        if !comparison.met {
            told(&lesson, command, found, comparison);
        }
    }
}

/// Asserts that an output with exactly the expected lines matches.
fn itself(commands: &[(Command, bool)]) {
    let mut bindings = Bindings::default();
    for (command, exact) in commands {
        // After a typed `^C`, the matcher reads the text behind the echo of `^C` as a separate line. So these commands
        // cannot match their own text.
        let echoes = |text: &str| text.len() > 2 && text.starts_with("^C");
        if interrupts(command) && command.expected.iter().any(|line| echoes(&line.text)) {
            continue;
        }
        let found: Vec<String> = command
            .expected
            .iter()
            .map(|line| match &line.kind {
                ExpectedKind::Output => line.text.clone(),
                ExpectedKind::Typed { prompt, input } => format!("{prompt}{input}"),
                ExpectedKind::Key(key) => key.name().to_owned(),
            })
            .collect();
        let options = Options { exact: *exact, dir: Some(DIR) };
        let comparison = compare(&command.expected, &found, &mut bindings, &options);
        assert!(comparison.met, "does not match itself: {found:#?}\n{comparison:#?}");
        let expected = ExpectedOutput::new(command.expected.as_slice(), options);
        assert!(expected.has_arrived(command.expected.len(), &found, &bindings), "has not come: {found:#?}");
    }
}

fn interrupts(command: &Command) -> bool {
    command.expected.iter().any(|line| line.kind == ExpectedKind::Key(Key::Interrupt))
}

/// Asserts that every line has one row in the comparison, and that highlights are within their lines.
fn is_whole(command: &Command, found: &[String], comparison: &Comparison) {
    let rows = &comparison.rows;
    assert_eq!(comparison.met, rows.iter().all(|row| row.state == RowState::Same));
    for (index, line) in command.expected.iter().enumerate() {
        let many = rows.iter().filter(|row| row.expected == Some(index)).count();
        let blank_end = command.expected[index..].iter().all(|line| line.text.trim_end().is_empty());
        assert!(many == 1 || many == 0 && blank_end, "{many} rows for {line:?}: {rows:#?}");
    }
    for (index, line) in found.iter().enumerate() {
        let many = rows.iter().filter(|row| row.found == Some(index)).count();
        let blank_end = found[index..].iter().all(|line| line.trim_end().is_empty());
        let twice = many == 2 && interrupts(command) && line.starts_with("^C");
        assert!(many == 1 || twice || many == 0 && blank_end, "{many} rows for {line:?}: {rows:#?}");
    }
    for row in rows {
        if let Some(index) = row.expected {
            let text = command.expected[index].text.as_str();
            assert!(row.marks.expected.iter().all(|mark| text.get(mark.clone()).is_some()), "{row:?}: {text:?}");
        }
        if let Some(index) = row.found {
            let text = found[index].as_str();
            assert!(row.marks.found.iter().all(|mark| text.get(mark.clone()).is_some()), "{row:?}: {text:?}");
        }
    }
}

/// The output of the terminal reporter. The reporter is created only once, because loading its messages takes longer
/// than the rest of the check.
#[derive(Clone, Default)]
struct Said(Rc<RefCell<Vec<u8>>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

thread_local! {
    static TERMINAL: RefCell<(Said, TerminalReporter<Said>)> = RefCell::new({
        let said = Said::default();
        let style = Style { width: 80, verbose: true, ..Style::default() };
        (said.clone(), TerminalReporter::new(said, Words::new(Lang::Id), style))
    });
}

/// Sends the difference to every reporter. Asserts that the terminal reporter prints no control character, and that the
/// JSON reporter prints one line.
fn told(lesson: &Lesson, command: &Command, found: Vec<String>, comparison: Comparison) {
    let expected = command.expected.iter().map(|line| line.text.clone()).collect();
    let differences =
        vec![Difference::Transcript { expected, found: found.clone(), comparison, cut: false, kept: None }];
    let (id, title, source) = (lesson.id.clone(), lesson.title.clone(), lesson.source.clone());
    let event = Event::CommandEnded {
        lesson: LessonRef { id, title, source },
        step: StepId("uji".into()),
        command: command.text.clone(),
        span: command.span,
        output: found,
        status: Some(0),
        elapsed: Duration::ZERO,
        verdict: Verdict::Differs(differences),
        hidden: false,
    };
    let plain = TERMINAL.with_borrow_mut(|(said, terminal)| {
        terminal.event(&event).unwrap();
        String::from_utf8(mem::take(&mut *said.0.borrow_mut())).unwrap()
    });
    assert_eq!(sanitise(&plain), plain);
    let mut json = Vec::new();
    JsonReporter::new(&mut json).event(&event).unwrap();
    assert_eq!(json.split(|byte| *byte == b'\n').count(), 2, "one line: {json:?}");
    if lesson.source.text().len().is_multiple_of(32) {
        let mut junit = Vec::new();
        let mut reporter = JunitReporter::new(&mut junit, Words::new(Lang::Id));
        reporter.event(&event).unwrap();
        reporter.event(&Event::RunEnded { summary: Summary::default(), elapsed: Duration::ZERO }).unwrap();
    }
}
