//! Assembles what the lexer reads into words, commands and redirections.

use std::mem;
use std::ops::Range;

use super::{Level, Role};
use crate::shell::{Item, Redirect, Script, SimpleCommand, Word};

/// The words and commands that were read so far.
#[derive(Debug, Default)]
pub(super) struct Assembler {
    script: Script,
    /// The command that is being read.
    command: SimpleCommand,
    /// The word that is being read.
    word: Option<Word>,
    /// The place where the current substitution begins.
    substitution: Option<usize>,
    /// Whether the words that are being read are not a command.
    is_head: bool,
    /// A redirection that waits for its target.
    redirect: Option<Redirect>,
    /// A number directly before a redirection.
    descriptor: Option<String>,
}

impl Assembler {
    pub(super) fn finish(mut self) -> Script {
        if self.word.is_some() {
            self.end_word(Role::Word);
        }
        self.end_redirect(Word::default());
        self.end_command();
        // The end of the text is not a separator.
        while matches!(self.script.items.last(), Some(Item::Operator(text, _)) if text == "\n") {
            self.script.items.pop();
        }
        self.script
    }

    fn word(&mut self, at: usize) -> &mut Word {
        self.word.get_or_insert_with(|| Word { span: at..at, ..Word::default() })
    }

    /// Takes unquoted text.
    pub(super) fn push(&mut self, text: &str, span: &Range<usize>) {
        let word = self.word(span.start);
        word.text.push_str(text);
        word.meaning.push_str(text);
        word.span.end = span.end;
    }

    /// Takes the text of an expansion unchanged.
    pub(super) fn push_raw(&mut self, text: &str, at: usize) {
        self.push(text, &(at..at + text.len()));
    }

    /// Takes characters that have no special meaning.
    fn push_literal(&mut self, text: &str, end: usize) {
        let word = self.word(end);
        for c in text.chars() {
            word.text.push(c);
            if matches!(c, '\\' | '$' | '`') {
                word.meaning.push('\\');
            }
            word.meaning.push(c);
        }
        word.is_quoted = true;
        word.span.end = end;
    }

    /// Takes an escaped character outside quotes, or a `\` that joins two lines.
    pub(super) fn escape(&mut self, text: &str, span: &Range<usize>) {
        if !text.is_empty() {
            self.word(span.start);
            self.push_literal(text, span.end);
        }
    }

    /// Begins a quotation, an expansion or a substitution.
    pub(super) fn open(&mut self, text: &str, span: &Range<usize>, level: Option<Level>) {
        if level.is_some_and(Level::is_quotation) {
            let word = self.word(span.start);
            word.is_quoted = true;
            word.span.end = span.end;
            return;
        }
        if matches!(level, Some(Level::Substitution | Level::Backtick)) {
            self.substitution = Some(span.end);
        }
        self.push(text, span);
    }

    /// Ends a quotation, an expansion or a substitution.
    pub(super) fn close(&mut self, text: &str, span: &Range<usize>, level: Option<Level>) {
        if level.is_some_and(Level::is_quotation) {
            self.word(span.start).span.end = span.end;
            return;
        }
        self.push(text, span);
        if let (Some(begin), Some(word)) = (self.substitution.take(), &mut self.word) {
            word.substitutions.push(begin..span.start);
        }
    }

    /// Takes text directly inside a quotation or an expansion.
    pub(super) fn inside(&mut self, text: &str, at: usize, level: Option<Level>) {
        let end = at + text.len();
        match (level, text.strip_prefix('\\')) {
            // The end of the line follows and is not part of the word.
            (Some(Level::Double), Some("")) => self.word(at).span.end = end,
            (Some(Level::Double), Some(escaped)) if escaped.starts_with(['"', '\\', '$', '`']) => {
                self.push_literal(escaped, end);
            }
            (Some(Level::DollarSingle), Some(escaped)) => {
                let text = match escaped {
                    "n" => "\n",
                    "t" => "\t",
                    "r" => "\r",
                    "e" | "E" => "\u{1b}",
                    "\\" | "'" | "\"" | "?" => escaped,
                    _ => text,
                };
                self.push_literal(text, end);
            }
            (Some(Level::Single | Level::DollarSingle), _) | (Some(Level::Double), Some(_)) => {
                self.push_literal(text, end);
            }
            _ => self.push_raw(text, at),
        }
    }

    /// Keeps the word as the number of a descriptor, if it is one.
    pub(super) fn take_descriptor(&mut self, unquoted: &str) -> bool {
        let is_number = !unquoted.is_empty() && unquoted.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || self.word.as_ref().is_none_or(|word| word.text != unquoted || word.is_quoted) {
            return false;
        }
        self.descriptor = self.word.take().map(|word| word.text);
        true
    }

    /// Begins a redirection, or takes another character of its operator.
    pub(super) fn redirect(&mut self, text: &str, span: Range<usize>) {
        if let Some(open) = &mut self.redirect
            && open.target.span.start == span.start
            && self.word.is_none()
        {
            open.operator.push_str(text);
            open.target.span = span.end..span.end;
            return;
        }
        self.end_redirect(Word::default());
        let descriptor = self.descriptor.take();
        let operator: String = text.chars().take_while(|c| matches!(c, '<' | '>' | '&' | '|')).collect();
        let rest = &text[operator.len()..];
        let dash = rest.starts_with('-') && operator == "<<";
        let delimiter = if dash { &rest[1..] } else { rest }.trim_start();
        let target = Word { text: delimiter.to_owned(), span: span.end..span.end, ..Word::default() };
        let operator = if dash { "<<-".to_owned() } else { operator };
        let redirect = Redirect { descriptor, operator, target };
        // The delimiter of a here-document comes together with its operator.
        if delimiter.is_empty() { self.redirect = Some(redirect) } else { self.command.redirects.push(redirect) }
    }

    /// Whether a redirection waits for the word that is being read. If so, the redirection gets the word.
    pub(super) fn ends_redirect(&mut self) -> bool {
        if self.redirect.is_none() {
            return false;
        }
        let word = self.word.take().unwrap_or_default();
        self.end_redirect(word);
        true
    }

    fn end_redirect(&mut self, target: Word) {
        if let Some(redirect) = self.redirect.take() {
            self.command.redirects.push(Redirect { target, ..redirect });
        }
    }

    /// Ends the word that is being read.
    pub(super) fn end_word(&mut self, role: Role) {
        let Some(word) = self.word.take() else { return };
        match role {
            Role::Keyword | Role::Head => {
                self.end_command();
                self.script.items.push(Item::Keyword(word));
                self.is_head = role == Role::Head;
            }
            Role::Name => {
                self.is_head = true;
                self.command.words.push(word);
                self.end_command();
            }
            Role::Word if self.command.words.is_empty() && !self.is_head && word.assigned().is_some() => {
                self.command.assignments.push(word);
            }
            Role::Word => self.command.words.push(word),
        }
    }

    fn end_command(&mut self) {
        let command = mem::take(&mut self.command);
        let is_head = mem::take(&mut self.is_head);
        if command == SimpleCommand::default() {
            return;
        }
        let item = if is_head { Item::Words(command.words) } else { Item::Command(command) };
        self.script.items.push(item);
    }

    /// Marks the last words as a function's name.
    pub(super) fn function(&mut self) {
        self.end_word(Role::Name);
    }

    /// Marks the last words as a pattern of `case`.
    pub(super) fn end_pattern(&mut self) {
        self.is_head = true;
        self.end_command();
    }

    /// Ends the command with an operator or a line's end.
    pub(super) fn operator(&mut self, text: &str, span: Range<usize>) {
        if self.word.is_some() {
            self.end_word(Role::Word);
        }
        self.end_redirect(Word::default());
        self.end_command();
        self.script.items.push(Item::Operator(text.to_owned(), span));
    }
}
