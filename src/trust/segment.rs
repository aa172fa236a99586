//! Shell text cut into simple commands, their quotes taken off: as much of bash as flags need. It takes anything.

use std::iter::Peekable;
use std::str::Chars;

/// A word of a command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Word {
    /// Its text without quotes; expansions stand as they are written.
    pub(super) text: String,
    /// Whether any of it was quoted.
    pub(super) quoted: bool,
}

/// A simple command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Segment {
    /// Its words; a redirection is the operator as a word of its own, then its target.
    pub(super) words: Vec<Word>,
    /// Whether it reads what the one before prints.
    pub(super) piped: bool,
    /// Whether it stands in a substitution: `$(…)`, `` `…` ``, `<(…)`.
    pub(super) inner: bool,
}

/// Cuts `text` at operators, line ends, brackets and substitutions.
pub(super) fn segments(text: &str) -> Vec<Segment> {
    let mut cutter =
        Cutter { chars: text.chars().peekable(), done: Vec::new(), now: Segment::default(), word: None, depth: 0 };
    cutter.run();
    cutter.done
}

struct Cutter<'a> {
    chars: Peekable<Chars<'a>>,
    done: Vec<Segment>,
    now: Segment,
    word: Option<Word>,
    depth: usize,
}

impl Cutter<'_> {
    fn run(&mut self) {
        while let Some(c) = self.chars.next() {
            match c {
                '\\' => match self.chars.next() {
                    Some('\n') | None => {}
                    Some(escaped) => {
                        self.push(escaped);
                        self.quote();
                    }
                },
                '\'' => self.single(),
                '"' => self.double(),
                '$' if self.chars.peek() == Some(&'\'') => {
                    self.chars.next();
                    self.ansi();
                }
                '$' if self.chars.peek() == Some(&'(') => {
                    self.chars.next();
                    self.push_all("$(…)");
                    self.open();
                }
                '<' | '>' if self.chars.peek() == Some(&'(') => {
                    self.chars.next();
                    self.push(c);
                    self.push_all("(…)");
                    self.open();
                }
                '`' => {
                    self.push_all("$(…)");
                    self.cut(false);
                    self.now.inner = true;
                }
                '#' if self.word.is_none() => while self.chars.next_if(|&c| c != '\n').is_some() {},
                '>' | '<' => {
                    self.end_word();
                    let mut operator = c.to_string();
                    while let Some(next) = self.chars.next_if(|&next| matches!(next, '>' | '<' | '&' | '|')) {
                        operator.push(next);
                    }
                    self.now.words.push(Word { text: operator, quoted: false });
                }
                '|' => {
                    let or = self.chars.next_if_eq(&'|').is_some();
                    self.chars.next_if_eq(&'&');
                    self.cut(!or);
                }
                '(' => self.open(),
                ')' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.cut(false);
                    self.now.inner = self.depth > 0;
                }
                ';' | '&' | '\n' => self.cut(false),
                c if c.is_whitespace() => self.end_word(),
                c => self.push(c),
            }
        }
        self.cut(false);
    }

    fn open(&mut self) {
        self.cut(false);
        self.depth += 1;
        self.now.inner = true;
    }

    fn push(&mut self, c: char) {
        self.word.get_or_insert_default().text.push(c);
    }

    fn push_all(&mut self, text: &str) {
        self.word.get_or_insert_default().text.push_str(text);
    }

    fn quote(&mut self) {
        self.word.get_or_insert_default().quoted = true;
    }

    fn single(&mut self) {
        self.quote();
        while let Some(c) = self.chars.next_if(|&c| c != '\'') {
            self.push(c);
        }
        self.chars.next();
    }

    fn double(&mut self) {
        self.quote();
        while let Some(c) = self.chars.next() {
            match c {
                '"' => return,
                '\\' => match self.chars.next() {
                    Some(c @ ('"' | '\\' | '`' | '$')) => self.push(c),
                    Some('\n') | None => {}
                    Some(other) => {
                        self.push('\\');
                        self.push(other);
                    }
                },
                c => self.push(c),
            }
        }
    }

    /// `$'…'`
    fn ansi(&mut self) {
        self.quote();
        while let Some(c) = self.chars.next() {
            match c {
                '\'' => return,
                '\\' => {
                    let decoded = match self.chars.next() {
                        Some('n') => Some('\n'),
                        Some('t') => Some('\t'),
                        Some('r') => Some('\r'),
                        Some('e' | 'E') => Some('\u{1b}'),
                        Some('x') => self.number(16, 2, 0),
                        Some('u') => self.number(16, 4, 0),
                        Some('U') => self.number(16, 8, 0),
                        Some(digit @ '0'..='7') => self.number(8, 2, digit.to_digit(8).unwrap_or(0)),
                        other => other,
                    };
                    self.word.get_or_insert_default().text.extend(decoded);
                }
                c => self.push(c),
            }
        }
    }

    fn number(&mut self, base: u32, most: usize, mut value: u32) -> Option<char> {
        for _ in 0..most {
            let Some(digit) = self.chars.peek().and_then(|c| c.to_digit(base)) else { break };
            self.chars.next();
            value = value.checked_mul(base)?.checked_add(digit)?;
        }
        char::from_u32(value)
    }

    fn end_word(&mut self) {
        self.now.words.extend(self.word.take());
    }

    fn cut(&mut self, piped: bool) {
        self.end_word();
        let inner = self.depth > 0;
        let ended = std::mem::replace(&mut self.now, Segment { piped, inner, ..Segment::default() });
        if !ended.words.is_empty() {
            self.done.push(ended);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let join = |segment: &Segment| {
            let words: Vec<&str> = segment.words.iter().map(|word| word.text.as_str()).collect();
            let mark = if segment.piped { "|" } else { "" };
            format!("{mark}{}", words.join(" "))
        };
        segments(text).iter().map(join).collect()
    }

    #[test]
    fn commands_are_cut_and_quotes_come_off() {
        assert_eq!(cut("a 'b c' d\"e\"f; g | h && i"), ["a b c def", "g", "|h", "i"]);
        assert_eq!(cut("docker run --privi\"\"leged x # no"), ["docker run --privileged x"]);
        assert_eq!(cut(r"s\udo $'\x72\155' -rf /"), ["sudo rm -rf /"]);
        assert_eq!(cut("docker rm $(docker ps -aq)"), ["docker rm $(…)", "docker ps -aq"]);
        assert_eq!(cut("sh <(curl x)"), ["sh <(…)", "curl x"]);
        assert_eq!(cut("echo a >> ~/.bashrc"), ["echo a >> ~/.bashrc"]);
        assert_eq!(cut("a \\\n b"), ["a b"]);
        for text in ["'", "\"", "$'", "\\", "`", "$(", "))", "<<<", "|||", "$'\\U99999999'"] {
            cut(text);
        }
    }
}
