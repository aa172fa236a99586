//! How a person is asked: with a cursor on a terminal (`inquire`), or line by line, which every terminal, every screen
//! reader and every pipe can do.

use std::io::{self, BufRead, Write};

use inquire::ui::{Attributes, Color as Ink, IndexPrefix, RenderConfig, StyleSheet, Styled};
use inquire::{InquireError, MultiSelect, Select, Text};

use super::QuizError;
use crate::page::Color;
use crate::words::Words;

/// Somebody who answers. `None` is that they left the question.
pub(super) trait Person {
    /// Shows text that is ready for the terminal.
    fn show(&mut self, text: &str) -> Result<(), QuizError>;
    /// One of the options, as an index.
    fn choose(&mut self, prompt: &str, options: &[String]) -> Result<Option<usize>, QuizError>;
    /// Any number of them.
    fn choose_many(&mut self, prompt: &str, options: &[String]) -> Result<Option<Vec<usize>>, QuizError>;
    /// All of them, in an order. They may have several lines.
    fn arrange(&mut self, options: &[String]) -> Result<Option<Vec<usize>>, QuizError>;
    /// A line of text.
    fn type_in(&mut self, prompt: &str) -> Result<Option<String>, QuizError>;
}

/// With a cursor.
pub(super) struct Cursor<'w> {
    pub(super) words: &'w Words,
    pub(super) color: Color,
}

impl Cursor<'_> {
    fn look<'a>(&self, left: &'a str) -> RenderConfig<'a> {
        let config = RenderConfig::empty()
            .with_prompt_prefix(Styled::new("?"))
            .with_answered_prompt_prefix(Styled::new(">"))
            .with_canceled_prompt_indicator(Styled::new(left));
        let accent = match self.color {
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

    fn pick(&self, prompt: &str, options: Vec<String>, help: &str) -> Result<Option<usize>, QuizError> {
        let left = self.words.say("quiz-left", &[]);
        let help = self.words.say(help, &[]);
        let answer = Select::new(prompt, options)
            .without_filtering()
            .with_vim_mode(true)
            .with_page_size(12)
            .with_help_message(&help)
            .with_render_config(self.look(&left).with_option_index_prefix(IndexPrefix::Simple))
            .raw_prompt();
        Ok(unless_left(answer)?.map(|option| option.index))
    }
}

/// Esc and Ctrl-C leave; the terminal is as it was by then.
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

    fn choose(&mut self, prompt: &str, options: &[String]) -> Result<Option<usize>, QuizError> {
        self.pick(prompt, options.to_vec(), "quiz-help-one")
    }

    fn choose_many(&mut self, prompt: &str, options: &[String]) -> Result<Option<Vec<usize>>, QuizError> {
        let left = self.words.say("quiz-left", &[]);
        let help = self.words.say("quiz-help-many", &[]);
        let answer = MultiSelect::new(prompt, options.to_vec())
            .without_filtering()
            .with_page_size(12)
            .with_help_message(&help)
            .with_render_config(self.look(&left).with_option_index_prefix(IndexPrefix::Simple))
            .raw_prompt();
        Ok(unless_left(answer)?.map(|options| options.into_iter().map(|option| option.index).collect()))
    }

    fn arrange(&mut self, options: &[String]) -> Result<Option<Vec<usize>>, QuizError> {
        let mut order: Vec<usize> = Vec::new();
        while order.len() + 1 < options.len() {
            let rest: Vec<usize> = (0..options.len()).filter(|index| !order.contains(index)).collect();
            let mut shown: Vec<String> = rest.iter().map(|&index| one_line(&options[index])).collect();
            if !order.is_empty() {
                shown.push(self.words.say("quiz-take-back", &[]));
            }
            let place = (order.len() + 1).to_string();
            let prompt = self.words.say("quiz-which-next", &[("place", &place)]);
            match self.pick(&prompt, shown, "quiz-help-one")? {
                None => return Ok(None),
                Some(at) => match rest.get(at) {
                    Some(&index) => order.push(index),
                    None => drop(order.pop()),
                },
            }
        }
        let last = (0..options.len()).find(|index| !order.contains(index));
        order.extend(last);
        Ok(Some(order))
    }

    fn type_in(&mut self, prompt: &str) -> Result<Option<String>, QuizError> {
        let left = self.words.say("quiz-left", &[]);
        let help = self.words.say("quiz-help-text", &[]);
        let answer = Text::new(prompt).with_help_message(&help).with_render_config(self.look(&left)).prompt();
        unless_left(answer)
    }
}

/// Line by line. An empty line, and the end of the input, leave.
pub(super) struct Lines<'w, R, W> {
    pub(super) words: &'w Words,
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
            let indent = format!("\n{}", " ".repeat(number.len()));
            self.say(&format!("{number}{}", option.replace('\n', &indent)))?;
        }
        Ok(())
    }

    fn say(&mut self, text: &str) -> Result<(), QuizError> {
        writeln!(self.output, "{text}").map_err(QuizError::Terminal)
    }

    /// Numbers from 1 to `most`, as indices; asks again until `good` takes them.
    fn numbers(
        &mut self,
        key: &str,
        most: usize,
        good: impl Fn(&[usize]) -> bool,
    ) -> Result<Option<Vec<usize>>, QuizError> {
        let said = most.to_string();
        let example = (1..=most).rev().map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
        let args = [("most", said.as_str()), ("example", example.as_str())];
        loop {
            self.say(&self.words.say(key, &args))?;
            let Some(line) = self.line()? else { return Ok(None) };
            let read: Option<Vec<usize>> = line
                .split([' ', ',', ';', '.'])
                .filter(|word| !word.is_empty())
                .map(|word| word.parse::<usize>().ok().filter(|n| (1..=most).contains(n)).map(|n| n - 1))
                .collect();
            match read.filter(|numbers| good(numbers)) {
                Some(numbers) => return Ok(Some(numbers)),
                None => self.say(&self.words.say("quiz-not-a-number", &args))?,
            }
        }
    }
}

impl<R: BufRead, W: Write> Person for Lines<'_, R, W> {
    fn show(&mut self, text: &str) -> Result<(), QuizError> {
        write!(self.output, "{text}").map_err(QuizError::Terminal)
    }

    fn choose(&mut self, prompt: &str, options: &[String]) -> Result<Option<usize>, QuizError> {
        self.say(prompt)?;
        self.list(options)?;
        let answer = self.numbers("quiz-type-one", options.len(), |numbers| numbers.len() == 1)?;
        Ok(answer.and_then(|numbers| numbers.first().copied()))
    }

    fn choose_many(&mut self, prompt: &str, options: &[String]) -> Result<Option<Vec<usize>>, QuizError> {
        self.say(prompt)?;
        self.list(options)?;
        self.numbers("quiz-type-many", options.len(), |_| true)
    }

    fn arrange(&mut self, options: &[String]) -> Result<Option<Vec<usize>>, QuizError> {
        self.list(options)?;
        let all = options.len();
        self.numbers("quiz-type-order", all, |numbers| {
            numbers.len() == all && (0..all).all(|index| numbers.contains(&index))
        })
    }

    fn type_in(&mut self, prompt: &str) -> Result<Option<String>, QuizError> {
        self.say(prompt)?;
        self.say(&self.words.say("quiz-type-text", &[]))?;
        self.line()
    }
}
