//! Whether a piece of shell text is finished: our own scanner, which the parser asks where a command ends.
//!
//! It knows as much of bash as that question needs and takes anything: what it does not understand it reads as words.

use std::collections::VecDeque;
use std::mem;

/// Whether bash would wait for more after `text`: an open quote, a trailing `\` `|` `&&` `||`, a here-document, `(`,
/// `{`, `if`, `for`, `while`, `case` …
#[must_use]
pub fn unfinished(text: &str) -> bool {
    let mut scanner = Scanner::default();
    text.split('\n').for_each(|line| scanner.feed(line));
    scanner.open().is_some()
}

/// What a command still waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// The next line is joined to this one.
    Backslash,
    /// A here-document's lines, up to its delimiter.
    HereDoc,
    /// Anything else: a quote, an operator, a bracket, a keyword.
    Other,
}

/// What has been opened and not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Single,
    DollarSingle,
    Double,
    Backtick,
    /// `(`
    Paren,
    /// `$(`, `<(`: a part of a word.
    Substitution,
    /// `((`, `$((`: no comments, keywords or here-documents inside.
    Arithmetic,
    /// `(` inside those, and `a=(`.
    Term,
    /// `${`
    Parameter,
    /// `{ …; }`
    Brace,
    /// `[[ … ]]`
    Test,
    If,
    Loop,
    Case,
}

/// Deeper than this nothing is counted any more: nobody writes it, and searching the levels must stay cheap.
const DEEPEST: usize = 200;

/// Reads a command line by line.
#[expect(clippy::struct_excessive_bools, reason = "what bash's own reader keeps: each is about another thing")]
#[derive(Debug)]
pub(super) struct Scanner {
    levels: Vec<Level>,
    /// Here-documents whose bodies are still to come: delimiter, and whether tabs before it are stripped (`<<-`).
    here: VecDeque<(String, bool)>,
    /// Whether the lines that come now are the first here-document's body.
    in_here: bool,
    /// Whether the line before ended with `\`.
    joined: bool,
    /// Whether the last thing read was `|`, `&&` or `||`.
    operator: bool,
    /// Whether the next word would be a command or a keyword.
    command: bool,
    /// The word after the next is a command: `function NAME {`.
    function: bool,
    /// The word being read, without what stands in quotes.
    word: String,
    /// Whether any part of the word was quoted.
    quoted: bool,
}

impl Default for Scanner {
    fn default() -> Self {
        Self {
            levels: Vec::new(),
            here: VecDeque::new(),
            in_here: false,
            joined: false,
            operator: false,
            command: true,
            function: false,
            word: String::new(),
            quoted: false,
        }
    }
}

impl Scanner {
    /// What would have to come before bash runs what it was fed.
    pub(super) fn open(&self) -> Option<Open> {
        if !self.here.is_empty() {
            Some(Open::HereDoc)
        } else if self.joined {
            Some(Open::Backslash)
        } else if self.operator || !self.levels.is_empty() {
            Some(Open::Other)
        } else {
            None
        }
    }

    /// Reads one more line, without its line end.
    pub(super) fn feed(&mut self, line: &str) {
        if self.in_here {
            self.here_line(line);
            return;
        }
        self.joined = false;
        self.code(line);
        if !self.joined {
            self.line_end();
        }
    }

    fn here_line(&mut self, line: &str) {
        let ends = self.here.front().is_some_and(|(delimiter, tabs)| {
            let line = if *tabs { line.trim_start_matches('\t') } else { line };
            line == delimiter
        });
        if ends {
            self.here.pop_front();
            self.in_here = !self.here.is_empty();
        }
    }

    fn line_end(&mut self) {
        if !matches!(self.levels.last(), Some(Level::Single | Level::DollarSingle | Level::Double | Level::Parameter)) {
            self.end_word();
            self.command = true;
        }
        self.in_here = !self.here.is_empty();
    }

    fn code(&mut self, line: &str) {
        let chars: Vec<char> = line.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            at = match self.levels.last() {
                Some(Level::Single) => self.quote(&chars, at, '\'', false),
                Some(Level::DollarSingle) => self.quote(&chars, at, '\'', true),
                Some(Level::Double) => self.in_double(&chars, at),
                Some(Level::Parameter) => self.in_parameter(&chars, at),
                _ => self.in_command(&chars, at),
            };
        }
    }

    /// Inside a quote in which nothing but its end (and perhaps a backslash) counts.
    fn quote(&mut self, chars: &[char], at: usize, end: char, escapes: bool) -> usize {
        if chars[at] == end {
            self.levels.pop();
        } else if escapes && chars[at] == '\\' {
            return at + 2;
        }
        at + 1
    }

    fn in_double(&mut self, chars: &[char], at: usize) -> usize {
        match chars[at] {
            '"' => {
                self.levels.pop();
                at + 1
            }
            _ => self.expansion(chars, at).unwrap_or(at + 1),
        }
    }

    fn in_parameter(&mut self, chars: &[char], at: usize) -> usize {
        match chars[at] {
            '}' => {
                self.levels.pop();
                at + 1
            }
            '"' => self.enter(Level::Double, at + 1),
            '\'' if !self.levels.contains(&Level::Double) => self.enter(Level::Single, at + 1),
            _ => self.expansion(chars, at).unwrap_or(at + 1),
        }
    }

    /// What counts in double quotes too: `\`, `` ` ``, `$(`, `$((`, `${`.
    fn expansion(&mut self, chars: &[char], at: usize) -> Option<usize> {
        match chars[at] {
            '\\' => {
                self.joined |= at + 1 == chars.len();
                Some(at + 2)
            }
            '`' => {
                if let Some(open) = self.levels.iter().rposition(|level| *level == Level::Backtick) {
                    self.levels.truncate(open);
                    self.end_substitution();
                    return Some(at + 1);
                }
                Some(self.enter_command(Level::Backtick, at + 1))
            }
            '$' if chars.get(at + 1) == Some(&'(') => Some(if chars.get(at + 2) == Some(&'(') {
                self.enter(Level::Arithmetic, at + 3)
            } else {
                self.enter_command(Level::Substitution, at + 2)
            }),
            '$' if chars.get(at + 1) == Some(&'{') => Some(self.enter(Level::Parameter, at + 2)),
            _ => None,
        }
    }

    fn enter(&mut self, level: Level, next: usize) -> usize {
        if self.levels.len() < DEEPEST {
            self.levels.push(level);
        }
        self.quoted = true;
        self.operator = false;
        next
    }

    /// Enters something in which a command may stand.
    fn enter_command(&mut self, level: Level, next: usize) -> usize {
        let next = self.enter(level, next);
        self.word.clear();
        self.quoted = false;
        self.command = true;
        next
    }

    fn in_command(&mut self, chars: &[char], at: usize) -> usize {
        let arithmetic = matches!(self.levels.last(), Some(Level::Arithmetic | Level::Term));
        let next = chars.get(at + 1).copied();
        let levels = self.levels.len();
        if let Some(next) = self.expansion(chars, at) {
            // `\` at the end of a line joins it and is no part of a word; `$(` begins with no word yet.
            if !self.joined && self.levels.len() == levels {
                self.quoted = true;
                self.operator = false;
            }
            return next;
        }
        match chars[at] {
            '\'' => self.enter(Level::Single, at + 1),
            '"' => self.enter(Level::Double, at + 1),
            '$' if next == Some('\'') => self.enter(Level::DollarSingle, at + 2),
            '#' if !arithmetic && self.word.is_empty() && !self.quoted => chars.len(),
            ' ' | '\t' => {
                self.end_word();
                at + 1
            }
            '(' => self.open_paren(at, next, arithmetic),
            ')' => self.close_paren(at, next, arithmetic),
            '<' | '>' if next == Some('(') && !arithmetic => self.enter_command(Level::Substitution, at + 2),
            '<' if next == Some('<') && !arithmetic => self.here_document(chars, at),
            '<' | '>' => {
                self.end_word();
                // What comes is a file's name, and `>|` is no pipe, `>&` no background job.
                at + 1 + usize::from(matches!(next, Some('|' | '&')))
            }
            '|' | '&' | ';' => self.operator(at, chars[at], next),
            other => {
                self.word.push(other);
                self.operator = false;
                at + 1
            }
        }
    }

    fn open_paren(&mut self, at: usize, next: Option<char>, arithmetic: bool) -> usize {
        if arithmetic || self.word.ends_with('=') {
            return self.enter(Level::Term, at + 1);
        }
        if next == Some(')') && !self.word.is_empty() {
            // `f()`: what it does is still to come.
            self.word.clear();
            self.quoted = false;
            self.function = false;
            self.operator = true;
            self.command = true;
            return at + 2;
        }
        if self.command && self.word.is_empty() && !self.quoted && next == Some('(') {
            return self.enter(Level::Arithmetic, at + 2);
        }
        self.enter_command(Level::Paren, at + 1)
    }

    fn close_paren(&mut self, at: usize, next: Option<char>, arithmetic: bool) -> usize {
        if arithmetic {
            let term = self.levels.last() == Some(&Level::Term);
            if term || next == Some(')') {
                self.levels.pop();
            }
            return at + 1 + usize::from(!term && next == Some(')'));
        }
        self.end_word();
        match self.levels.last() {
            // The end of a pattern: a command follows.
            Some(Level::Case) => self.command = true,
            _ if self.in_paren() => {
                let mut closed = None;
                while !closed.is_some_and(is_paren) {
                    closed = self.levels.pop();
                }
                if closed == Some(Level::Substitution) {
                    self.end_substitution();
                } else {
                    self.command = true;
                }
            }
            _ => {}
        }
        self.operator = false;
        at + 1
    }

    /// Whether there is a parenthesis to close, and no backquote in between.
    fn in_paren(&self) -> bool {
        let inner = self.levels.iter().rev().take_while(|level| **level != Level::Backtick);
        inner.copied().any(is_paren)
    }

    /// The word that a substitution stands in goes on, and is no keyword.
    fn end_substitution(&mut self) {
        self.word.clear();
        self.quoted = true;
        self.command = false;
    }

    fn operator(&mut self, at: usize, this: char, next: Option<char>) -> usize {
        self.end_word();
        if matches!(self.levels.last(), Some(Level::Arithmetic | Level::Term)) {
            return at + 1;
        }
        self.command = true;
        let doubled = next == Some(this) || (this == '|' && next == Some('&'));
        self.operator = this == '|' || (this == '&' && next == Some('&'));
        at + 1 + usize::from(doubled)
    }

    /// `<<WORD`, `<<-WORD`, or the here-string `<<<`.
    fn here_document(&mut self, chars: &[char], at: usize) -> usize {
        self.end_word();
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

    /// Ends the word being read and acts on it when it is a keyword in its place.
    fn end_word(&mut self) {
        let word = mem::take(&mut self.word);
        let quoted = mem::take(&mut self.quoted);
        if word.is_empty() && !quoted {
            return;
        }
        self.operator = false;
        let top = self.levels.last().copied();
        if top == Some(Level::Test) {
            if word == "]]" && !quoted {
                self.levels.pop();
            }
            return;
        }
        if mem::take(&mut self.function) {
            self.operator = true;
            self.command = true;
            return;
        }
        if top == Some(Level::Case) && word == "in" {
            self.command = true;
            return;
        }
        if !mem::take(&mut self.command) || quoted {
            return;
        }
        match word.as_str() {
            "if" => self.levels.push(Level::If),
            "for" | "select" => {
                self.levels.push(Level::Loop);
                return;
            }
            "while" | "until" => self.levels.push(Level::Loop),
            "case" => {
                self.levels.push(Level::Case);
                return;
            }
            "[[" => {
                self.levels.push(Level::Test);
                return;
            }
            "{" => self.levels.push(Level::Brace),
            "function" => {
                self.function = true;
                return;
            }
            "fi" if top == Some(Level::If) => drop(self.levels.pop()),
            "done" if top == Some(Level::Loop) => drop(self.levels.pop()),
            "esac" if top == Some(Level::Case) => drop(self.levels.pop()),
            "}" if top == Some(Level::Brace) => drop(self.levels.pop()),
            "then" | "else" | "elif" | "do" | "!" | "time" => {}
            _ => return,
        }
        self.command = true;
    }
}

const fn is_paren(level: Level) -> bool {
    matches!(level, Level::Paren | Level::Substitution)
}

#[cfg(test)]
mod tests;
