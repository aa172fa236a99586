//! Reads shell text line by line, as bash does.

mod assembler;
mod level;
mod words;

use std::collections::VecDeque;
use std::mem;
use std::ops::Range;

use super::Script;
use assembler::Assembler;
pub use level::Incomplete;
use level::{Level, Role};

/// The maximum depth that is counted. Nobody writes deeper levels, and searching the levels must stay cheap.
const DEEPEST: usize = 200;

/// Reads shell text line by line.
#[expect(clippy::struct_excessive_bools, reason = "what bash's own reader keeps: each is about another thing")]
#[derive(Debug, Default)]
pub struct Lexer {
    levels: Vec<Level>,
    /// The number of levels outside the word that is being read. Deeper levels are parts of that word.
    word_base: Option<usize>,
    /// Collects the words and commands that were read.
    assembler: Assembler,
    /// The place where the current line begins.
    offset: usize,
    /// Here-documents whose bodies follow: the delimiter, and whether tabs before it are stripped (`<<-`).
    here: VecDeque<(String, bool)>,
    /// Whether the next line belongs to the first here-document's body.
    in_here: bool,
    /// Whether the previous line ended with `\`.
    joined: bool,
    /// Whether the last thing read was `|`, `&&` or `||`.
    operator: bool,
    /// Whether the next word is an argument. Otherwise it is a command or a keyword.
    in_arguments: bool,
    /// Whether the next word is a function's name: `function NAME {`.
    function: bool,
    /// The unquoted letters of the word that is being read.
    word: String,
    /// Whether any part of the word was quoted.
    quoted: bool,
    /// Whether the `&` just read begins `&>`.
    redirects_both: bool,
    /// Whether a pattern of `case` follows.
    in_pattern: bool,
}

impl Lexer {
    /// Returns what the text so far still needs to be complete.
    #[must_use]
    pub fn incomplete(&self) -> Option<Incomplete> {
        if !self.here.is_empty() {
            Some(Incomplete::HereDocument)
        } else if self.joined {
            Some(Incomplete::Backslash)
        } else {
            (self.operator || !self.levels.is_empty()).then_some(Incomplete::Rest)
        }
    }

    /// Ends the text and returns the script.
    #[must_use]
    pub fn finish(mut self) -> Script {
        self.end_word();
        let incomplete = self.incomplete();
        Script { incomplete, ..self.assembler.finish() }
    }

    /// Reads one more line, without its line end.
    pub fn feed(&mut self, line: &str) {
        let begin = self.offset;
        self.offset += line.len() + 1;
        if self.in_here {
            self.here_line(line);
            return;
        }
        if !mem::take(&mut self.joined) && self.word_depth() > 0 {
            self.assembler.push_raw("\n", begin - 1);
        }
        self.code(line, begin);
        if self.joined {
            return;
        }
        self.line_end();
        if self.word_depth() == 0 {
            self.assembler.operator("\n", begin + line.len()..begin + line.len());
        }
    }

    /// Returns the number of levels inside the word that is being read.
    fn word_depth(&self) -> usize {
        self.word_base.map_or(0, |base| self.levels.len() - base)
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
            self.in_arguments = false;
        }
        self.in_here = !self.here.is_empty();
    }

    fn code(&mut self, line: &str, begin: usize) {
        let chars: Vec<char> = line.chars().collect();
        let (mut at, mut byte) = (0, begin);
        while at < chars.len() {
            let (depth, level) = (self.word_depth(), self.levels.last().copied());
            let next = match level {
                Some(Level::Single) => self.quote(&chars, at, '\'', false),
                Some(Level::DollarSingle) => self.quote(&chars, at, '\'', true),
                Some(Level::Double) => self.in_expanding(&chars, at, '"', false),
                Some(Level::Parameter) => self.in_expanding(&chars, at, '}', true),
                _ => self.in_command(&chars, at),
            };
            let next = next.min(chars.len());
            let end = byte + chars[at..next].iter().map(|c| c.len_utf8()).sum::<usize>();
            let slice = &line[byte - begin..end - begin];
            if self.word_base.is_some_and(|base| base >= self.levels.len()) {
                self.word_base = None;
            }
            self.note(slice, byte..end, depth, level);
            (at, byte) = (next, end);
        }
    }

    /// Passes a piece of the text to the assembler.
    fn note(&mut self, slice: &str, span: Range<usize>, before: usize, level: Option<Level>) {
        let after = self.word_depth();
        match (before, after) {
            (0, 0) => self.note_outside(slice, span, level),
            (0, _) => self.assembler.open(slice, &span, self.levels.last().copied()),
            (1, 0) => self.assembler.close(slice, &span, level),
            (1, 1) => self.assembler.inside(slice, span.start, level),
            (1, 2) if level == Some(Level::Double) => self.assembler.open(slice, &span, self.levels.last().copied()),
            (2, 1) if self.levels.last() == Some(&Level::Double) => self.assembler.close(slice, &span, level),
            _ => self.assembler.push_raw(slice, span.start),
        }
    }

    fn note_outside(&mut self, slice: &str, span: Range<usize>, level: Option<Level>) {
        if level == Some(Level::Test) && !slice.starts_with([' ', '\t', '\\', '#']) {
            // Inside `[[ … ]]`, nothing is an operator of the shell.
            return self.assembler.push_raw(slice, span.start);
        }
        match slice.chars().next() {
            Some(' ' | '\t') => {}
            Some('\\') => self.assembler.escape(&slice[1..], &span),
            // A `#` inside a word is already one of its letters.
            Some('#') if slice.len() > 1 || self.word.is_empty() => {}
            Some('<' | '>') => self.assembler.redirect(slice, span),
            Some('&') if mem::take(&mut self.redirects_both) => self.assembler.redirect(slice, span),
            Some('(' | '|') if self.in_pattern => {}
            Some('(') if slice == "()" => self.assembler.function(),
            Some('(' | '|' | '&' | ';') => self.assembler.operator(slice, span),
            Some(')') => {
                let is_pattern = level == Some(Level::Case);
                if is_pattern { self.assembler.end_pattern() } else { self.assembler.operator(slice, span) }
            }
            _ => self.assembler.push(slice, &span),
        }
    }

    /// Reads a character inside quotes that allow no expansion. Only the closing quote counts, and, if `escapes`, a
    /// backslash.
    fn quote(&mut self, chars: &[char], at: usize, end: char, escapes: bool) -> usize {
        if chars[at] == end {
            self.levels.pop();
        } else if escapes && chars[at] == '\\' {
            return at + 2;
        }
        at + 1
    }

    /// Reads a character inside double quotes or, if `quotes` count, inside `${…}`. Expansions count in both.
    fn in_expanding(&mut self, chars: &[char], at: usize, end: char, quotes: bool) -> usize {
        match chars[at] {
            this if this == end => {
                self.levels.pop();
                at + 1
            }
            '"' if quotes => self.enter(Level::Double, at + 1),
            '\'' if quotes => self.enter(Level::Single, at + 1),
            _ => self.expansion(chars, at).unwrap_or(at + 1),
        }
    }

    /// Reads what has a meaning even in double quotes: `\`, `` ` ``, `$(`, `$((`, `${`.
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
            if level.is_in_word() {
                self.word_base.get_or_insert(self.levels.len());
            }
            self.levels.push(level);
        }
        self.quoted = true;
        self.operator = false;
        next
    }

    /// Enters a level at whose beginning a command may stand.
    fn enter_command(&mut self, level: Level, next: usize) -> usize {
        let next = self.enter(level, next);
        self.word.clear();
        self.quoted = false;
        self.in_arguments = false;
        next
    }

    fn in_command(&mut self, chars: &[char], at: usize) -> usize {
        let arithmetic = matches!(self.levels.last(), Some(Level::Arithmetic | Level::Term));
        let next = chars.get(at + 1).copied();
        let levels = self.levels.len();
        if let Some(next) = self.expansion(chars, at) {
            // `\` at the end of a line joins it with the next one and is not part of a word. No word has begun after
            // `$(`.
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
            '&' if next == Some('>') && !arithmetic => {
                self.end_word();
                self.redirects_both = true;
                at + 1
            }
            '<' | '>' => {
                self.begin_redirect();
                // The name of a file follows, so `>|` is not a pipe and `>&` is not a background job.
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
        if self.in_pattern && self.levels.last() == Some(&Level::Case) {
            return at + 1;
        }
        if arithmetic || self.word.ends_with('=') {
            return self.enter(Level::Term, at + 1);
        }
        if next == Some(')') && !self.word.is_empty() {
            // The body of the function `f()` is still to come.
            self.word.clear();
            self.quoted = false;
            self.function = false;
            self.operator = true;
            self.in_arguments = false;
            return at + 2;
        }
        if !self.in_arguments && self.word.is_empty() && !self.quoted && next == Some('(') {
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
            // The pattern ends, and a command follows.
            Some(Level::Case) => {
                self.in_pattern = false;
                self.in_arguments = false;
            }
            _ if self.in_paren() => {
                let mut closed = None;
                while !closed.is_some_and(is_paren) {
                    closed = self.levels.pop();
                }
                if closed == Some(Level::Substitution) {
                    self.end_substitution();
                } else {
                    self.in_arguments = false;
                }
            }
            _ => {}
        }
        self.operator = false;
        at + 1
    }

    /// Whether a parenthesis is open, with no backquote inside it.
    fn in_paren(&self) -> bool {
        let inner = self.levels.iter().rev().take_while(|level| **level != Level::Backtick);
        inner.copied().any(is_paren)
    }

    /// Continues the word around a substitution. Such a word is not a keyword.
    fn end_substitution(&mut self) {
        self.word.clear();
        self.quoted = true;
        self.in_arguments = true;
    }
}

const fn is_paren(level: Level) -> bool {
    matches!(level, Level::Paren | Level::Substitution)
}
