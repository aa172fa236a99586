//! What the words of a command do: keywords open and close blocks; operators end commands, redirect, and begin
//! here-documents.

use std::mem;

use super::Lexer;
use super::level::{Level, Role};

impl Lexer {
    pub(super) fn operator(&mut self, at: usize, this: char, next: Option<char>) -> usize {
        self.end_word();
        if matches!(self.levels.last(), Some(Level::Arithmetic | Level::Term)) {
            return at + 1;
        }
        self.in_arguments = false;
        let doubled = next == Some(this) || (this == '|' && next == Some('&'));
        self.in_pattern |= this == ';' && doubled && self.levels.last() == Some(&Level::Case);
        self.operator = this == '|' || (this == '&' && next == Some('&'));
        at + 1 + usize::from(doubled)
    }

    /// Ends the word, unless it is the number of a descriptor: `2>`.
    pub(super) fn begin_redirect(&mut self) {
        if self.assembler.take_descriptor(&self.word) {
            self.word.clear();
        }
        self.end_word();
    }

    /// Reads the operator of a here-document (`<<WORD`, `<<-WORD`) or a here-string (`<<<`).
    pub(super) fn here_document(&mut self, chars: &[char], at: usize) -> usize {
        self.begin_redirect();
        let mut at = at + 2;
        if chars.get(at) == Some(&'<') {
            return at + 1;
        }
        let tabs = chars.get(at) == Some(&'-');
        at += usize::from(tabs);
        while matches!(chars.get(at), Some(' ' | '\t')) {
            at += 1;
        }
        let (mut word, mut quote, begin) = (String::new(), None, at);
        while let Some(&this) = chars.get(at) {
            match (quote, this) {
                (Some(open), _) if this == open => quote = None,
                (None, '\'' | '"') => quote = Some(this),
                (None, '\\') => {
                    at += 1;
                    word.extend(chars.get(at));
                }
                (None, ' ' | '\t' | ';' | '&' | '|' | '<' | '>' | '(' | ')') => break,
                (_, _) => word.push(this),
            }
            at += 1;
        }
        if at > begin {
            self.here.push_back((word, tabs));
        }
        at.min(chars.len())
    }

    /// Ends the word being read and acts on it if it is a keyword in its place.
    pub(super) fn end_word(&mut self) {
        let word = mem::take(&mut self.word);
        let quoted = mem::take(&mut self.quoted);
        if word.is_empty() && !quoted {
            return;
        }
        self.operator = false;
        let outside = self.word_depth() == 0;
        if outside && self.assembler.ends_redirect() {
            return;
        }
        let role = self.keyword(&word, quoted);
        if outside {
            self.assembler.end_word(role);
        }
    }

    /// Acts on a word if it is a keyword in its place, and returns its role.
    pub(super) fn keyword(&mut self, word: &str, quoted: bool) -> Role {
        let top = self.levels.last().copied();
        if top == Some(Level::Test) {
            if word == "]]" && !quoted {
                self.levels.pop();
            }
            return Role::Word;
        }
        if mem::take(&mut self.function) {
            self.operator = true;
            self.in_arguments = false;
            return Role::Name;
        }
        if top == Some(Level::Case) && word == "in" && !self.in_pattern {
            self.in_pattern = true;
            self.in_arguments = false;
            return Role::Keyword;
        }
        if mem::replace(&mut self.in_arguments, true) || quoted {
            return Role::Word;
        }
        match word {
            "if" => self.levels.push(Level::If),
            "for" | "select" => {
                self.levels.push(Level::Loop);
                return Role::Head;
            }
            "while" | "until" => self.levels.push(Level::Loop),
            "case" => {
                self.levels.push(Level::Case);
                return Role::Head;
            }
            "[[" => {
                self.levels.push(Level::Test);
                return Role::Head;
            }
            "{" => self.levels.push(Level::Brace),
            "function" => {
                self.function = true;
                return Role::Head;
            }
            "fi" if top == Some(Level::If) => drop(self.levels.pop()),
            "done" if top == Some(Level::Loop) => drop(self.levels.pop()),
            "esac" if top == Some(Level::Case) => {
                self.in_pattern = false;
                self.levels.pop();
            }
            "}" if top == Some(Level::Brace) => drop(self.levels.pop()),
            "then" | "else" | "elif" | "do" | "!" | "time" => {}
            _ => return Role::Word,
        }
        self.in_arguments = false;
        Role::Keyword
    }
}
