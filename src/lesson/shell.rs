//! Whether shell text is finished, as far as a transcript needs to know: a reader's scanner, not a parser.

/// What an unfinished command waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// A quote is open.
    Quote,
    /// The last line ends with `\`.
    Backslash,
    /// The last word is `|`, `&&` or `||`.
    Operator,
    /// A here-document has no end yet.
    HereDocument,
    /// `(`, `{`, `if`, `for`, `while`, `case` … is open.
    Compound,
}

/// What `text` waits for, or `None` when bash would run it as it is.
#[must_use]
pub fn waits_for(text: &str) -> Option<Waits> {
    Scanner { chars: text.chars().collect(), at: 0, open: Vec::new(), documents: Vec::new(), word_start: true }.scan()
}

/// Whether bash would ask for another line.
#[must_use]
pub fn unfinished(text: &str) -> bool {
    waits_for(text).is_some()
}

struct Scanner {
    chars: Vec<char>,
    at: usize,
    /// Closers that are awaited: `)`, `}`, `fi`, `done`, `esac`.
    open: Vec<&'static str>,
    /// Here-documents announced on this line: delimiter, and whether tabs before it are ignored.
    documents: Vec<(String, bool)>,
    /// Whether the next word is a command.
    word_start: bool,
}

impl Scanner {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn scan(mut self) -> Option<Waits> {
        let mut operator = false;
        while let Some(c) = self.peek(0) {
            match c {
                '\\' => {
                    if self.at + 1 >= self.chars.len() {
                        return Some(Waits::Backslash);
                    }
                    if self.peek(1) == Some('\n') && self.at + 2 >= self.chars.len() {
                        return Some(Waits::Backslash);
                    }
                    operator = false;
                    self.word_start = false;
                    self.at += 2;
                }
                '\'' => {
                    if !self.skip_to('\'') {
                        return Some(Waits::Quote);
                    }
                    operator = false;
                    self.word_start = false;
                }
                '"' => {
                    if !self.double_quote() {
                        return Some(Waits::Quote);
                    }
                    operator = false;
                    self.word_start = false;
                }
                '`' => {
                    if !self.skip_to('`') {
                        return Some(Waits::Quote);
                    }
                    operator = false;
                    self.word_start = false;
                }
                '#' if self.at == 0 || self.chars[self.at - 1].is_whitespace() || self.chars[self.at - 1] == ';' => {
                    while self.peek(0).is_some_and(|c| c != '\n') {
                        self.at += 1;
                    }
                }
                '\n' => {
                    self.at += 1;
                    self.word_start = true;
                    if !self.documents.is_empty() && !self.read_documents() {
                        return Some(Waits::HereDocument);
                    }
                }
                ' ' | '\t' | '\r' => self.at += 1,
                ';' => {
                    while self.peek(0) == Some(';') {
                        self.at += 1;
                    }
                    operator = false;
                    self.word_start = true;
                }
                '|' | '&' => {
                    let two = self.peek(1) == Some(c);
                    operator = c == '|' || two;
                    // `2>&1` and `&>` are redirections.
                    if c == '&' && !two && self.at > 0 && matches!(self.chars[self.at - 1], '>' | '<') {
                        operator = false;
                    }
                    self.at += if two { 2 } else { 1 };
                    self.word_start = true;
                }
                '(' => {
                    self.open.push(")");
                    self.at += 1;
                    operator = false;
                    self.word_start = true;
                }
                ')' => {
                    // In `case x in a)` a parenthesis closes nothing.
                    if self.open.last() == Some(&")") {
                        self.open.pop();
                    }
                    self.at += 1;
                    operator = false;
                    // `f() {` opens a body; after `a)` of a case comes a command.
                    self.word_start = true;
                }
                '<' if self.peek(1) == Some('<') && self.peek(2) != Some('<') => self.announce_document(),
                '<' | '>' => {
                    self.at += if self.peek(1) == Some(c) { 2 } else { 1 };
                    if c == '<' && self.peek(0) == Some('<') {
                        self.at += 1;
                    }
                }
                _ => {
                    self.word();
                    operator = false;
                }
            }
        }
        if !self.documents.is_empty() {
            return Some(Waits::HereDocument);
        }
        if operator {
            return Some(Waits::Operator);
        }
        (!self.open.is_empty()).then_some(Waits::Compound)
    }

    /// Skips a quoted text that begins here; false when it does not end.
    fn skip_to(&mut self, quote: char) -> bool {
        self.at += 1;
        while let Some(c) = self.peek(0) {
            self.at += 1;
            if c == '\\' && quote == '`' {
                self.at += 1;
            } else if c == quote {
                return true;
            }
        }
        false
    }

    /// Skips a double-quoted text with the `$( … )` in it; false when it does not end.
    fn double_quote(&mut self) -> bool {
        self.at += 1;
        while let Some(c) = self.peek(0) {
            match c {
                '\\' => self.at += 2,
                '"' => {
                    self.at += 1;
                    return true;
                }
                '$' if self.peek(1) == Some('(') => {
                    self.at += 2;
                    let mut depth = 1;
                    while depth > 0 {
                        match self.peek(0) {
                            None => return false,
                            Some('(') => depth += 1,
                            Some(')') => depth -= 1,
                            Some('\'') => {
                                if !self.skip_to('\'') {
                                    return false;
                                }
                                continue;
                            }
                            // A nested quote is skipped without its own substitutions: deep enough for lessons.
                            Some('"') => {
                                if !self.skip_to('"') {
                                    return false;
                                }
                                continue;
                            }
                            Some('\\') => self.at += 1,
                            Some(_) => {}
                        }
                        self.at += 1;
                    }
                }
                _ => self.at += 1,
            }
        }
        false
    }

    fn word(&mut self) {
        let begin = self.at;
        while let Some(c) = self.peek(0) {
            if c.is_whitespace() || matches!(c, ';' | '|' | '&' | '(' | ')' | '<' | '>' | '\'' | '"' | '`' | '\\') {
                break;
            }
            self.at += 1;
        }
        if self.at == begin {
            self.at += 1;
        }
        let word: String = self.chars[begin..self.at].iter().collect();
        if !self.word_start {
            return;
        }
        match word.as_str() {
            "if" => self.open.push("fi"),
            "for" | "while" | "until" | "select" => self.open.push("done"),
            "case" => self.open.push("esac"),
            "{" => self.open.push("}"),
            "then" | "else" | "elif" | "do" | "!" | "time" | "in" => {}
            closer @ ("fi" | "done" | "esac" | "}") => {
                if self.open.last() == Some(&closer) {
                    self.open.pop();
                }
                self.word_start = false;
            }
            _ => self.word_start = false,
        }
        if word == "for" || word == "case" || word == "select" {
            self.word_start = false;
        }
    }

    fn announce_document(&mut self) {
        self.at += 2;
        let tabs = self.peek(0) == Some('-');
        if tabs {
            self.at += 1;
        }
        while matches!(self.peek(0), Some(' ' | '\t')) {
            self.at += 1;
        }
        let mut delimiter = String::new();
        while let Some(c) = self.peek(0) {
            if c.is_whitespace() || matches!(c, ';' | '|' | '&' | '(' | ')' | '<' | '>') {
                break;
            }
            if !matches!(c, '\'' | '"' | '\\') {
                delimiter.push(c);
            }
            self.at += 1;
        }
        if !delimiter.is_empty() {
            self.documents.push((delimiter, tabs));
        }
    }

    /// Reads the bodies announced on the line before; false when one does not end.
    fn read_documents(&mut self) -> bool {
        for (delimiter, tabs) in std::mem::take(&mut self.documents) {
            loop {
                if self.at >= self.chars.len() {
                    return false;
                }
                let end =
                    self.chars[self.at..].iter().position(|&c| c == '\n').map_or(self.chars.len(), |n| self.at + n);
                let line: String = self.chars[self.at..end].iter().collect();
                let line = line.trim_end_matches('\r');
                self.at = (end + 1).min(self.chars.len());
                let line = if tabs { line.trim_start_matches('\t') } else { line };
                if line == delimiter {
                    break;
                }
                if end == self.chars.len() {
                    return false;
                }
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finished() {
        for text in [
            "",
            "ls",
            "echo 'a b'",
            "echo \"a $(date \"+%s\") b\"",
            "true && false",
            "sleep 1 &",
            "echo a # it's",
            "cat <<E\nx\nE",
            "cat <<-'E'\nx\n\tE\n",
            "if true; then echo a; fi",
            "for i in 1 2; do echo $i; done",
            "case $x in a) echo 1;; *) echo 2;; esac",
            "f() { echo a; }",
            "(exit 3)",
            "echo $(ls)",
            "a 2>&1",
            "docker ps --format '{{.Names}}'",
            "echo done",
            "echo if",
            "cat <<< word",
            "echo a\\\n b",
            "[ -f x ] || true",
        ] {
            assert_eq!(waits_for(text), None, "{text}");
        }
    }

    #[test]
    fn unfinished_for_a_reason() {
        for (text, why) in [
            ("echo 'a", Waits::Quote),
            ("echo \"a $(", Waits::Quote),
            ("docker run \\", Waits::Backslash),
            ("a |", Waits::Operator),
            ("a &&", Waits::Operator),
            ("a ||", Waits::Operator),
            ("cat <<E", Waits::HereDocument),
            ("cat <<E\nx", Waits::HereDocument),
            ("if true; then", Waits::Compound),
            ("for i in 1 2", Waits::Compound),
            ("while true; do echo a", Waits::Compound),
            ("case $x in", Waits::Compound),
            ("f() {", Waits::Compound),
            ("(", Waits::Compound),
        ] {
            assert_eq!(waits_for(text), Some(why), "{text}");
        }
    }
}
