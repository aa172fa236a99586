//! Reads answers from a person: with a cursor on a terminal (`inquire`), or line by line, which works with every
//! terminal, screen reader and pipe.

use std::cell::RefCell;
use std::io::{self, BufRead, Write};
use std::rc::Rc;
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyModifiers};
use inquire::list_option::ListOption;
use inquire::ui::{Attributes, Color as Ink, ErrorMessageRenderConfig, IndexPrefix, RenderConfig, StyleSheet, Styled};
use inquire::validator::Validation;
use inquire::{InquireError, MultiSelect, Select, Text};

use super::QuizError;
use super::fold::fold;
use super::response::{CommandParser, Response};
use crate::terminal::{Color, Keys, PageStyle, accent};
use crate::words::Words;

/// A person who answers questions.
pub(super) trait Person {
    /// Shows text that is ready for the terminal.
    fn show(&mut self, text: &str) -> Result<(), QuizError>;
    /// Asks for one of the options. Returns the index of the chosen option.
    fn choose(&mut self, prompt: &str, options: &[String]) -> Result<Response<usize>, QuizError>;
    /// Asks for any number of the options. Returns the indices of the chosen options.
    fn choose_many(&mut self, prompt: &str, options: &[String]) -> Result<Response<Vec<usize>>, QuizError>;
    /// Asks for the order of all options. An option may have several lines. Returns the indices in the chosen order.
    fn arrange(&mut self, options: &[String]) -> Result<Response<Vec<usize>>, QuizError>;
    /// Asks for a line of text. The line may be a tutor command. The caller decides whether the line is an answer.
    fn type_in(&mut self, prompt: &str) -> Result<Response<String>, QuizError>;
}

/// Drops keys that were pressed before a question appeared.
pub(super) fn forget_keys() {
    let _ = rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush);
    let _ = read_ahead();
}

/// Returns the keys that were read for a question but not used, as a terminal sends them. Ignores Esc, and ignores
/// Enter if no other key was read.
pub(super) fn read_ahead() -> Vec<u8> {
    let mut keys = Vec::new();
    while event::poll(Duration::ZERO).unwrap_or(false)
        && let Ok(event) = event::read()
    {
        match event {
            Event::Paste(text) => keys.extend(text.into_bytes()),
            Event::Key(key) => match key.code {
                KeyCode::Char(letter) if key.modifiers.contains(KeyModifiers::CONTROL) && letter.is_ascii() => {
                    keys.push(letter as u8 & 0x1f);
                }
                KeyCode::Char(letter) => keys.extend(letter.to_string().into_bytes()),
                KeyCode::Enter => keys.push(b'\r'),
                KeyCode::Tab => keys.push(b'\t'),
                KeyCode::Backspace => keys.push(0x7f),
                _ => {}
            },
            _ => {}
        }
    }
    if keys.iter().all(|&key| key == b'\r') { Vec::new() } else { keys }
}

/// Asks a person at a terminal, with a cursor on the options.
pub(super) struct Cursor<'w> {
    pub(super) words: &'w Words,
    pub(super) style: PageStyle,
    pub(super) parse_command: CommandParser,
}

impl Cursor<'_> {
    fn look<'a>(&self, left: &'a str) -> RenderConfig<'a> {
        let config = RenderConfig::empty()
            .with_prompt_prefix(Styled::new("?"))
            .with_answered_prompt_prefix(Styled::new(">"))
            .with_canceled_prompt_indicator(Styled::new(left))
            .with_error_message(ErrorMessageRenderConfig::empty().with_prefix(Styled::new("!")));
        let accent = match self.style.color {
            Color::None => return config,
            Color::Dark => Ink::LightCyan,
            Color::Light => Ink::DarkBlue,
        };
        let accented = StyleSheet::new().with_fg(accent);
        config
            .with_prompt_prefix(Styled::new("?").with_fg(accent))
            .with_answered_prompt_prefix(Styled::new(">").with_fg(accent))
            .with_highlighted_option_prefix(Styled::new(">").with_fg(accent))
            .with_selected_option(Some(accented.with_attr(Attributes::BOLD)))
            .with_answer(accented)
            .with_selected_checkbox(Styled::new("[x]").with_fg(accent))
    }

    /// Asks for one option, which the person chooses by cursor, number or the option's whole text. If any other text is
    /// no tutor command, asks again. The cursor begins on a row above the options, so that Enter alone chooses nothing.
    /// `other` parses typed text as another form of answer.
    fn pick<T>(
        &self,
        prompt: &str,
        options: &[String],
        one: impl Fn(usize) -> T,
        other: impl Fn(&str) -> Option<T>,
    ) -> Result<Response<T>, QuizError> {
        let left = self.words.say("quiz-left", &[]);
        let (prompt, help) = (self.prompt(prompt), self.help("quiz-help-one"));
        let nothing = self.words.say("quiz-nothing-chosen", &[]);
        let numbered = options.iter().enumerate().map(|(at, option)| {
            let number = format!("{}) ", at + 1);
            format!("{number}{}", self.option(option, 2 + number.len()))
        });
        let shown: Vec<String> = std::iter::once(nothing.clone()).chain(numbered).collect();
        loop {
            let typed = RefCell::new(String::new());
            let scorer = |input: &str, _: &String, _: &str, row: usize| {
                input.trim().clone_into(&mut typed.borrow_mut());
                match option_of_row(row) {
                    Some(index) => fits(input.trim(), index, options.len()).then_some(0),
                    None => input.trim().parse::<usize>().is_err().then_some(0),
                }
            };
            let answered = |row: usize, typed: &str| meant(typed, options, option_of_row(row), self.parse_command);
            let chosen = |option: ListOption<&String>| {
                let typed = typed.borrow();
                match answered(option.index, &typed) {
                    Some(Response::Answer(index)) => self.answer(&prompt, &self.accented(&options[index])),
                    _ if typed.is_empty() => nothing.clone(),
                    _ => typed.clone(),
                }
            };
            let held = Keys::hold();
            let answer = Select::new(&prompt, shown.clone())
                .with_scorer(&scorer)
                .with_formatter(&chosen)
                .with_page_size(12)
                .with_help_message(&help)
                .with_render_config(self.look(&left))
                .raw_prompt();
            drop(held);
            let Some(option) = unless_left(answer)? else { return Ok(Response::Nothing) };
            if let Some(given) = other(&typed.borrow()) {
                return Ok(Response::Answer(given));
            }
            if let Some(given) = answered(option.index, &typed.borrow()) {
                return Ok(given.map(one));
            }
            let key = if typed.borrow().is_empty() { "quiz-none-chosen" } else { "quiz-still-one" };
            self.is_still_asked(key, options.len())?;
        }
    }

    /// Formats a prompt. The sign and the space before the prompt need two columns.
    fn prompt(&self, text: &str) -> String {
        self.accented(&fold(text, self.style.width - 2, 2, 0))
    }

    /// Formats a help text, with room for its brackets.
    fn help(&self, key: &str) -> String {
        fold(&self.words.say(key, &[]), self.style.width - 2, 1, 1)
    }

    /// Formats an option. The cursor, the number and the box before the option need `before` columns.
    fn option(&self, text: &str, before: usize) -> String {
        self.accented(&fold(text, self.style.width - 1, before, before))
    }

    /// Highlights names in backquotes.
    fn accented(&self, text: &str) -> String {
        accent(text, self.style.color)
    }

    /// Formats an answer that stays visible after the prompt.
    fn answer(&self, prompt: &str, text: &str) -> String {
        let last = prompt.lines().last().unwrap_or_default().replace("\x1b[1m", "").replace("\x1b[0m", "");
        fold(text, self.style.width - 1, last.chars().count() + 3, 2)
    }

    /// Prints that the typed text is no answer.
    fn is_still_asked(&self, key: &str, most: usize) -> Result<(), QuizError> {
        let text = self.words.say(key, &[("most", &most.to_string())]);
        writeln!(io::stderr(), "{}", fold(&text, self.style.width, 0, 0)).map_err(QuizError::Terminal)
    }
}

/// Returns the index of the option in a row of the list. The first row of the list has no option.
const fn option_of_row(row: usize) -> Option<usize> {
    row.checked_sub(1)
}

/// Parses a line of numbers from 1 to `most`. Returns the numbers as indices, which begin at 0.
fn indices(line: &str, most: usize) -> Option<Vec<usize>> {
    line.split([' ', ',', ';', '.'])
        .filter(|word| !word.is_empty())
        .map(|word| word.parse::<usize>().ok().filter(|number| (1..=most).contains(number)).map(|number| number - 1))
        .collect()
}

/// Parses a line with the order of all `most` items.
fn whole_order(line: &str, most: usize) -> Option<Vec<usize>> {
    let is_whole = |order: &Vec<usize>| order.len() == most && (0..most).all(|index| order.contains(&index));
    indices(line, most).filter(is_whole)
}

/// Whether an option stays in the list after the person typed `typed`. A typed number keeps only the options whose
/// numbers begin with the typed one. Letters keep all options.
fn fits(typed: &str, index: usize, most: usize) -> bool {
    let is_number = typed.parse().is_ok_and(|number: usize| (1..=most).contains(&number));
    !is_number || (index + 1).to_string().starts_with(typed)
}

/// Returns the response that Enter gives: the option under the cursor, or the typed number, option text or tutor
/// command.
fn meant(typed: &str, options: &[String], at: Option<usize>, parse_command: CommandParser) -> Option<Response<usize>> {
    if typed.is_empty() {
        return at.map(Response::Answer);
    }
    if let Ok(number) = typed.parse::<usize>() {
        return number.checked_sub(1).filter(|&index| index < options.len()).map(Response::Answer);
    }
    let plain = |text: &str| text.to_lowercase().replace(['`', '"'], "");
    let named = options.iter().position(|option| plain(option) == plain(typed));
    named.map(Response::Answer).or_else(|| parse_command(typed).map(Response::Command))
}

/// Returns the answer; `None` if the person left the question with Esc or Ctrl-C. The terminal is already restored in
/// that case.
fn unless_left<T>(answer: Result<T, InquireError>) -> Result<Option<T>, QuizError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(InquireError::OperationCanceled | InquireError::OperationInterrupted) => Ok(None),
        Err(InquireError::IO(error)) => Err(QuizError::Terminal(error)),
        Err(error) => Err(QuizError::Terminal(io::Error::other(error.to_string()))),
    }
}

fn one_line(text: &str) -> String {
    text.lines().map(|line| line.trim().trim_end_matches('\\').trim_end()).collect::<Vec<_>>().join(" ")
}

impl Person for Cursor<'_> {
    fn show(&mut self, text: &str) -> Result<(), QuizError> {
        let mut err = io::stderr().lock();
        write!(err, "{text}").and_then(|()| err.flush()).map_err(QuizError::Terminal)
    }

    fn choose(&mut self, prompt: &str, options: &[String]) -> Result<Response<usize>, QuizError> {
        self.pick(prompt, options, |at| at, |_| None)
    }

    fn choose_many(&mut self, prompt: &str, options: &[String]) -> Result<Response<Vec<usize>>, QuizError> {
        let left = self.words.say("quiz-left", &[]);
        let (prompt, help) = (self.prompt(prompt), self.help("quiz-help-many"));
        let shown: Vec<String> = options.iter().map(|option| self.option(option, 9)).collect();
        loop {
            let typed = Rc::new(RefCell::new(String::new()));
            let scorer = |input: &str, _: &String, _: &str, _: usize| {
                input.trim().clone_into(&mut typed.borrow_mut());
                Some(0)
            };
            let chosen = |marked: &[ListOption<&String>]| match typed.borrow().as_str() {
                "" => {
                    let texts: Vec<String> =
                        marked.iter().map(|option| self.accented(&options[option.index])).collect();
                    self.answer(&prompt, &texts.join(", "))
                }
                typed => typed.to_owned(),
            };
            let none = self.words.say("quiz-none-marked", &[]);
            let so_far = Rc::clone(&typed);
            let empty = move |marked: &[ListOption<&String>]| {
                let is_empty = marked.is_empty() && so_far.borrow().is_empty();
                Ok(if is_empty { Validation::Invalid((&none).into()) } else { Validation::Valid })
            };
            let held = Keys::hold();
            let answer = MultiSelect::new(&prompt, shown.clone())
                .with_scorer(&scorer)
                .with_formatter(&chosen)
                .with_validator(empty)
                .with_page_size(12)
                .with_help_message(&help)
                .with_render_config(self.look(&left).with_option_index_prefix(IndexPrefix::Simple))
                .raw_prompt();
            drop(held);
            let Some(marked) = unless_left(answer)? else { return Ok(Response::Nothing) };
            let typed = typed.borrow();
            if typed.is_empty() {
                return Ok(Response::Answer(marked.into_iter().map(|option| option.index).collect()));
            }
            if let Some(call) = (self.parse_command)(&typed) {
                return Ok(Response::Command(call));
            }
            self.is_still_asked("quiz-still-many", options.len())?;
        }
    }

    fn arrange(&mut self, options: &[String]) -> Result<Response<Vec<usize>>, QuizError> {
        let mut order: Vec<usize> = Vec::new();
        while order.len() + 1 < options.len() {
            let rest: Vec<usize> = (0..options.len()).filter(|index| !order.contains(index)).collect();
            let mut shown: Vec<String> = rest.iter().map(|&index| one_line(&options[index])).collect();
            if !order.is_empty() {
                shown.push(self.words.say("quiz-take-back", &[]));
            }
            let place = (order.len() + 1).to_string();
            let prompt = self.words.say("quiz-which-next", &[("place", &place)]);
            let all = |typed: &str| whole_order(typed, rest.len());
            match self.pick(&prompt, &shown, |at| vec![at], all)? {
                Response::Answer(given) => {
                    for at in given {
                        match rest.get(at) {
                            Some(&index) => order.push(index),
                            None => drop(order.pop()),
                        }
                    }
                }
                other => return Ok(other),
            }
        }
        let last = (0..options.len()).find(|index| !order.contains(index));
        order.extend(last);
        Ok(Response::Answer(order))
    }

    fn type_in(&mut self, prompt: &str) -> Result<Response<String>, QuizError> {
        let left = self.words.say("quiz-left", &[]);
        let (prompt, help) = (self.prompt(prompt), self.help("quiz-help-text"));
        let nothing = self.words.say("quiz-none-typed", &[]);
        let empty = move |typed: &str| {
            Ok(if typed.trim().is_empty() { Validation::Invalid((&nothing).into()) } else { Validation::Valid })
        };
        let text = Text::new(&prompt).with_validator(empty).with_help_message(&help);
        let _held = Keys::hold();
        let answer = unless_left(text.with_render_config(self.look(&left)).prompt())?;
        Ok(answer.map_or(Response::Nothing, Response::Answer))
    }
}

/// Asks a person line by line. An empty line or the end of the input leaves a question.
pub(super) struct Lines<'w, R, W> {
    pub(super) words: &'w Words,
    pub(super) width: usize,
    pub(super) parse_command: CommandParser,
    pub(super) input: R,
    pub(super) output: W,
}

impl<R: BufRead, W: Write> Lines<'_, R, W> {
    fn line(&mut self) -> Result<Option<String>, QuizError> {
        self.output.flush().map_err(QuizError::Terminal)?;
        let mut line = Vec::new();
        self.input.read_until(b'\n', &mut line).map_err(QuizError::Terminal)?;
        let line = String::from_utf8_lossy(&line).trim().to_owned();
        Ok((!line.is_empty() && !line.contains('\u{1b}')).then_some(line))
    }

    fn list(&mut self, options: &[String]) -> Result<(), QuizError> {
        for (index, option) in options.iter().enumerate() {
            let number = format!("{}. ", index + 1);
            let option = accent(&listed(option, number.len(), self.width), Color::None);
            self.say(&format!("{number}{option}"))?;
        }
        Ok(())
    }

    fn say(&mut self, text: &str) -> Result<(), QuizError> {
        // A text of several lines is already wrapped.
        let text = if text.contains('\n') { text.to_owned() } else { fold(text, self.width, 0, 0) };
        writeln!(self.output, "{text}").map_err(QuizError::Terminal)
    }

    /// Asks for numbers from 1 to `most`, and returns these numbers as indices. Asks again until `good` accepts the
    /// numbers, or the line is a tutor command.
    fn numbers(
        &mut self,
        key: &str,
        most: usize,
        good: impl Fn(&[usize]) -> bool,
    ) -> Result<Response<Vec<usize>>, QuizError> {
        let said = most.to_string();
        let example = (1..=most).rev().map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
        let args = [("most", said.as_str()), ("example", example.as_str())];
        loop {
            self.say(&self.words.say(key, &args))?;
            let Some(line) = self.line()? else { return Ok(Response::Nothing) };
            match (indices(&line, most).filter(|numbers| good(numbers)), (self.parse_command)(&line)) {
                (Some(numbers), _) => return Ok(Response::Answer(numbers)),
                (None, Some(call)) => return Ok(Response::Command(call)),
                (None, None) => self.say(&self.words.say("quiz-not-a-number", &args))?,
            }
        }
    }
}

impl<R: BufRead, W: Write> Person for Lines<'_, R, W> {
    fn show(&mut self, text: &str) -> Result<(), QuizError> {
        write!(self.output, "{text}").map_err(QuizError::Terminal)
    }

    fn choose(&mut self, prompt: &str, options: &[String]) -> Result<Response<usize>, QuizError> {
        self.say(&accent(prompt, Color::None))?;
        self.list(options)?;
        let answer = self.numbers("quiz-type-one", options.len(), |numbers| numbers.len() == 1)?;
        Ok(answer.map(|numbers| numbers.first().copied().unwrap_or_default()))
    }

    fn choose_many(&mut self, prompt: &str, options: &[String]) -> Result<Response<Vec<usize>>, QuizError> {
        self.say(prompt)?;
        self.list(options)?;
        self.numbers("quiz-type-many", options.len(), |_| true)
    }

    fn arrange(&mut self, options: &[String]) -> Result<Response<Vec<usize>>, QuizError> {
        self.list(options)?;
        let all = options.len();
        self.numbers("quiz-type-order", all, |numbers| {
            (0..all).all(|index| numbers.contains(&index)) && numbers.len() == all
        })
    }

    fn type_in(&mut self, prompt: &str) -> Result<Response<String>, QuizError> {
        self.say(prompt)?;
        self.say(&self.words.say("quiz-type-text", &[]))?;
        Ok(self.line()?.map_or(Response::Nothing, Response::Answer))
    }
}

/// Formats an item of a list after its number. Does not wrap an item of several lines, such as a program.
pub(super) fn listed(item: &str, number: usize, width: usize) -> String {
    if item.contains('\n') {
        return item.replace('\n', &format!("\n{}", " ".repeat(number)));
    }
    fold(item, width, number, number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::QuizCommand;

    #[test]
    fn enter_chooses_the_option_at_the_cursor_unless_text_was_typed() {
        let options = ["pull", "menu", "run"].map(str::to_owned);
        let parse_command: CommandParser = |typed| matches!(typed, "menu" | "quit").then_some(QuizCommand::Quit);
        let meant = |typed: &str| meant(typed, &options, Some(2), parse_command);
        assert_eq!(super::meant("", &options, None, parse_command), None);
        assert_eq!((meant(""), meant("1")), (Some(Response::Answer(2)), Some(Response::Answer(0))));
        assert_eq!((meant("4"), meant("0"), meant("xyz")), (None, None, None));
        assert_eq!((super::option_of_row(0), super::option_of_row(2)), (None, Some(1)));
        // The text of an option means this option, even if the text is also a tutor command.
        assert_eq!(
            (meant("quit"), meant("Menu")),
            (Some(Response::Command(QuizCommand::Quit)), Some(Response::Answer(1)))
        );
        let left = |typed: &str| (0..12).filter(|&index| fits(typed, index, 12)).collect::<Vec<_>>();
        assert_eq!((left("1"), left("12"), left("x").len(), left("13").len()), (vec![0, 9, 10, 11], vec![11], 12, 12));
    }

    #[test]
    fn names_in_a_prompt_are_bold_if_the_style_has_colours() {
        let words = Words::new(crate::words::Lang::Id);
        let style = PageStyle { width: 60, color: Color::Dark, ..PageStyle::default() };
        let cursor = Cursor { words: &words, style, parse_command: |_| None };
        let prompt = cursor.prompt("Pasangan `ghcr.io`:");
        assert_eq!(prompt, "Pasangan \x1b[1mghcr.io\x1b[0m:");
        assert_eq!(cursor.answer(&prompt, &"a ".repeat(22)).lines().count(), 2, "escapes take no room");
        assert_eq!(cursor.answer(&prompt, &"a ".repeat(18)).lines().count(), 1, "escapes take no room");
    }

    #[test]
    fn order_may_be_typed_in_one_line() {
        assert_eq!(whole_order("2 1 3", 3), Some(vec![1, 0, 2]));
        assert_eq!(whole_order(" 3, 2,1. ", 3), Some(vec![2, 1, 0]));
        for other in ["1", "1 2", "1 1 2", "1 2 4", "0 1 2", "docker ps", ""] {
            assert_eq!(whole_order(other, 3), None, "{other}");
        }
    }
}
