//! Reads shell text as bash does: words with their quotations and expansions, and the commands in `$(…)`. [`List`]
//! keeps the commands and the open blocks.

use std::collections::VecDeque;
use std::ops::Range;

use super::list::List;
use super::{Item, Redirect, Script, Word};

/// The kind of input that unfinished text lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incomplete {
    /// The next line, which a `\` joins to this one.
    Backslash,
    /// The lines of a here-document, up to its delimiter.
    HereDocument,
    /// The end of a quotation, a bracket or a block; a command after `|`, `&&` or `||`; the body of a function.
    Rest,
}

/// The maximum depth of expansions. The `$` of a deeper expansion is read as a plain character.
const DEEPEST: usize = 50;

/// The operators of redirections. A longer operator comes before its beginning: `<<<` before `<<`.
const REDIRECTIONS: [&str; 12] = ["&>>", "&>", "<<<", "<<-", "<<", ">>", ">&", "<&", ">|", "<>", "<", ">"];

pub(super) fn read(text: &str) -> Script {
    let mut reader = Reader { text, at: 0, depth: 0, here: VecDeque::new(), joined: false, open: false };
    let mut items = reader.list(false);
    // The end of the text is not a separator.
    while matches!(items.last(), Some(Item::Operator(text, _)) if text == "\n") {
        items.pop();
    }
    let incomplete = if !reader.here.is_empty() {
        Some(Incomplete::HereDocument)
    } else if reader.joined {
        Some(Incomplete::Backslash)
    } else {
        reader.open.then_some(Incomplete::Rest)
    };
    Script { source: text.to_owned(), items, incomplete }
}

struct Reader<'t> {
    text: &'t str,
    /// The offset of the next character, in bytes.
    at: usize,
    /// The number of expansions that contain the next character.
    depth: usize,
    /// Here-documents whose bodies follow: the delimiter, and whether `<<-` strips tabs before the delimiter.
    here: VecDeque<(String, bool)>,
    /// Whether the text ends with a `\` that joins two lines.
    joined: bool,
    /// Whether the text ended inside a quotation, an expansion or a block.
    open: bool,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes over `text` if the unread source begins with `text`. Returns whether it did.
    fn take(&mut self, text: &str) -> bool {
        let is_next = self.rest().starts_with(text);
        self.at += if is_next { text.len() } else { 0 };
        is_next
    }

    /// Passes over the next character and returns it.
    fn take_char(&mut self) -> &'t str {
        let len = self.peek().map_or(0, char::len_utf8);
        self.at += len;
        &self.text[self.at - len..self.at]
    }

    /// Passes over the next character if it is a `\` that joins two lines. Returns whether it was.
    fn joins_lines(&mut self) -> bool {
        self.joined |= self.rest() == "\\";
        self.take("\\\n") || self.joined && self.take("\\")
    }

    /// Reads commands up to the end of the text. With `is_inner`, stops at the end of the substitution.
    fn list(&mut self, is_inner: bool) -> Vec<Item> {
        let mut list = List::default();
        while let Some(c) = self.peek() {
            let (begin, in_test, rest) = (self.at, list.is_in_test(), self.rest());
            match c {
                ' ' | '\t' => self.at += 1,
                '\\' if self.joins_lines() => {}
                '#' => self.at += rest.find('\n').unwrap_or(rest.len()),
                '\n' => {
                    self.at += 1;
                    list.operator("\n", begin..self.at);
                    self.here_documents();
                }
                // Inside `[[ … ]]`, no character is an operator of the shell.
                '(' | ')' | '<' | '>' | '&' | '|' if in_test => list.word(self.word(true), self.text),
                '<' | '>' if !rest[1..].starts_with('(') => self.redirect(None, &mut list),
                '&' if rest.starts_with("&>") => self.redirect(None, &mut list),
                '(' | '|' if list.in_pattern => self.at += 1,
                '(' if !rest.starts_with("((") || !list.takes_arithmetic() => {
                    self.at += 1;
                    list.open_paren(begin..self.at);
                }
                ')' if is_inner && !list.is_in_paren() => return list.finish(),
                ')' => {
                    self.at += 1;
                    list.close_paren(begin..self.at);
                }
                ';' | '&' | '|' => {
                    let doubled = ["||", "|&", "&&", ";;"].into_iter().find(|operator| self.take(operator));
                    let operator = doubled.unwrap_or_else(|| self.take_char());
                    list.operator(operator, begin..self.at);
                }
                _ => {
                    let word = self.word(in_test);
                    let is_number = word.text.bytes().all(|byte| byte.is_ascii_digit());
                    if is_number && !word.is_quoted && self.rest().starts_with(['<', '>']) {
                        self.redirect(Some(word.text), &mut list);
                    } else if self.take("()") {
                        list.function(word);
                    } else {
                        list.word(word, self.text);
                    }
                }
            }
        }
        self.open |= is_inner || list.is_open();
        list.finish()
    }

    /// Reads the operator of a redirection and its target.
    fn redirect(&mut self, descriptor: Option<String>, list: &mut List) {
        let operator = REDIRECTIONS.into_iter().find(|operator| self.take(operator)).unwrap_or_default();
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
        let target = self.word(false);
        if operator.starts_with("<<") && operator != "<<<" && !target.span.is_empty() {
            self.here.push_back((target.text.clone(), operator == "<<-"));
        }
        list.redirect(Redirect { descriptor, operator: operator.to_owned(), target });
    }

    /// Passes over the bodies of the here-documents that the last line announced.
    fn here_documents(&mut self) {
        while let Some((delimiter, tabs)) = self.here.front().filter(|_| self.at < self.text.len()) {
            let line = self.rest().split('\n').next().unwrap_or_default();
            let ends = if *tabs { line.trim_start_matches('\t') } else { line } == delimiter;
            self.at = (self.at + line.len() + 1).min(self.text.len());
            if ends {
                self.here.pop_front();
            }
        }
    }

    /// Reads a word. Returns an empty word if an operator is next.
    fn word(&mut self, in_test: bool) -> Word {
        let mut word = Word { span: self.at..self.at, ..Word::default() };
        while let Some(c) = self.peek() {
            let begin = self.at;
            let is_first = begin == word.span.start;
            // `]]` ends the test, also directly before an operator.
            let is_plain = in_test && &self.text[word.span.start..begin] != "]]";
            match c {
                ' ' | '\t' | '\n' | ';' => break,
                '(' if word.text.ends_with('=') || is_first && self.rest().starts_with("((") => {
                    self.at += 1;
                    self.skip_to(')');
                    word.push_raw(self.text, begin..self.at);
                }
                '<' | '>' if is_first && self.rest()[1..].starts_with('(') => self.expansion(&mut word),
                '(' | ')' | '<' | '>' | '&' | '|' if !is_plain => break,
                '\\' if self.joins_lines() => {}
                '\\' => {
                    self.at += 1;
                    let escaped = self.take_char();
                    word.push_literal(escaped, self.at);
                }
                '\'' => {
                    let quoted = self.single_quotes();
                    word.push_literal(quoted, self.at);
                }
                '"' => self.double_quotes(&mut word),
                '$' if self.rest().starts_with("$'") => self.dollar_quotes(&mut word),
                '$' | '`' => self.expansion(&mut word),
                _ => {
                    self.at += c.len_utf8();
                    word.push_raw(self.text, begin..self.at);
                }
            }
        }
        word
    }

    fn single_quotes(&mut self) -> &'t str {
        let (quoted, is_closed) = match self.rest()[1..].split_once('\'') {
            Some((quoted, _)) => (quoted, true),
            None => (&self.rest()[1..], false),
        };
        self.at += 1 + quoted.len() + usize::from(is_closed);
        self.open |= !is_closed;
        quoted
    }

    fn double_quotes(&mut self, word: &mut Word) {
        self.at += 1;
        word.push_literal("", self.at);
        while let Some(c) = self.peek() {
            let begin = self.at;
            match c {
                '"' => {
                    self.at += 1;
                    return word.push_literal("", self.at);
                }
                '\\' if self.joins_lines() => {}
                '\\' => {
                    self.at += 1;
                    let escaped = self.take_char();
                    let is_special = ["\"", "\\", "$", "`"].contains(&escaped);
                    word.push_literal(if is_special { escaped } else { &self.text[begin..self.at] }, self.at);
                }
                '$' | '`' => self.expansion(word),
                _ => {
                    self.at += c.len_utf8();
                    word.push_raw(self.text, begin..self.at);
                }
            }
        }
        self.open = true;
    }

    /// Reads `$'…'`.
    fn dollar_quotes(&mut self, word: &mut Word) {
        self.at += 2;
        while self.at < self.text.len() {
            let begin = self.at;
            let text = match self.take_char() {
                "'" => return word.push_literal("", self.at),
                "\\" => match self.take_char() {
                    "n" => "\n",
                    "t" => "\t",
                    "r" => "\r",
                    "e" | "E" => "\u{1b}",
                    escaped @ ("\\" | "'" | "\"" | "?") => escaped,
                    _ => &self.text[begin..self.at],
                },
                plain => plain,
            };
            word.push_literal(text, self.at);
        }
        self.open = true;
    }

    /// Reads an expansion, which has a meaning even in double quotes: `$(…)`, `$((…))`, `${…}`, or a command in
    /// backquotes. Also reads `<(…)`.
    fn expansion(&mut self, word: &mut Word) {
        let begin = self.at;
        self.depth += 1;
        if self.depth > DEEPEST {
            self.at += 1;
        } else if self.rest().starts_with("$((") {
            self.at += "$(".len();
            self.skip_to(')');
        } else if self.take("$(") || self.take("<(") || self.take(">(") {
            self.list(true);
            word.substitutions.push(begin + 2..self.at);
            self.take(")");
        } else if self.take("${") {
            self.skip_to('}');
        } else if self.take("`") {
            self.skip_to('`');
            let end = self.at - usize::from(self.text[begin + 1..self.at].ends_with('`'));
            word.substitutions.push(begin + 1..end);
        } else {
            self.at += 1;
        }
        self.depth -= 1;
        word.push_raw(self.text, begin..self.at);
    }

    /// Passes over text up to and including the `close` of the bracket that was just opened.
    fn skip_to(&mut self, close: char) {
        let (mut scratch, mut open) = (Word::default(), 1);
        while let Some(c) = self.peek() {
            match c {
                c if c == close => {
                    self.at += 1;
                    open -= 1;
                    if open == 0 {
                        return;
                    }
                }
                '\\' if self.joins_lines() => {}
                '\\' => {
                    self.at += 1;
                    self.take_char();
                }
                _ if close == '`' => self.at += c.len_utf8(),
                '\'' => drop(self.single_quotes()),
                '"' => self.double_quotes(&mut scratch),
                '$' | '`' => self.expansion(&mut scratch),
                _ => {
                    open += i32::from(c == '(' && close == ')');
                    self.at += c.len_utf8();
                }
            }
        }
        self.open = true;
    }
}

impl Word {
    /// Adds text in its written form.
    fn push_raw(&mut self, text: &str, span: Range<usize>) {
        self.text.push_str(&text[span.clone()]);
        self.meaning.push_str(&text[span.clone()]);
        self.span.end = span.end;
    }

    /// Adds text in which no character has a special meaning.
    fn push_literal(&mut self, text: &str, end: usize) {
        for c in text.chars() {
            self.text.push(c);
            if matches!(c, '\\' | '$' | '`') {
                self.meaning.push('\\');
            }
            self.meaning.push(c);
        }
        self.is_quoted = true;
        self.span.end = end;
    }
}
