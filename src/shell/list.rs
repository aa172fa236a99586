//! The commands of a text: keywords open and close blocks, operators end commands.

use std::mem;
use std::ops::Range;

use super::{Item, Redirect, SimpleCommand, Word};

/// A block that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    /// `( … )`
    Paren,
    /// `{ …; }`
    Brace,
    /// `[[ … ]]`
    Test,
    If,
    Loop,
    Case,
}

/// The role of a word.
enum Role {
    /// A program, an argument, an assignment.
    Word,
    /// A keyword after which a command may follow.
    Keyword,
    /// A keyword before words that are not a command: `for`, `case`, `[[`.
    Head,
    /// A function's name.
    Name,
}

/// The commands that were read, and the command that is being read.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "what bash's own reader keeps: each is about another thing")]
pub(super) struct List {
    items: Vec<Item>,
    command: SimpleCommand,
    blocks: Vec<Block>,
    /// Whether the current words are not a command, such as the words after `for`.
    is_head: bool,
    /// Whether the next word is an argument. If not, the next word is a command or a keyword.
    in_arguments: bool,
    /// Whether the next word is a function's name: `function NAME {`.
    is_function: bool,
    /// Whether the `in` of a `case` follows.
    awaits_in: bool,
    /// Whether a pattern of `case` follows.
    pub(super) in_pattern: bool,
    /// Whether a command must follow: after `|`, `&&` and `||`, and after a function's name.
    needs_command: bool,
}

impl List {
    pub(super) fn finish(mut self) -> Vec<Item> {
        self.end_command();
        self.items
    }

    /// Whether more text must follow.
    pub(super) fn is_open(&self) -> bool {
        self.needs_command || self.is_function || !self.blocks.is_empty()
    }

    pub(super) fn is_in_test(&self) -> bool {
        self.blocks.last() == Some(&Block::Test)
    }

    /// Whether `)` closes a parenthesis of these commands, or ends a pattern.
    pub(super) fn is_in_paren(&self) -> bool {
        self.in_pattern || self.blocks.contains(&Block::Paren)
    }

    /// Whether `((` begins an arithmetic expression here: as a command, or after `for`.
    pub(super) fn takes_arithmetic(&self) -> bool {
        !self.in_arguments || self.is_head
    }

    pub(super) fn open_paren(&mut self, span: Range<usize>) {
        self.operator("(", span);
        self.blocks.push(Block::Paren);
    }

    pub(super) fn close_paren(&mut self, span: Range<usize>) {
        if mem::take(&mut self.in_pattern) {
            self.is_head = true;
            self.end_command();
            self.in_arguments = false;
            return;
        }
        if let Some(open) = self.blocks.iter().rposition(|block| *block == Block::Paren) {
            self.blocks.truncate(open);
        }
        self.operator(")", span);
    }

    /// Ends the command with an operator or a line's end.
    pub(super) fn operator(&mut self, text: &str, span: Range<usize>) {
        self.end_command();
        self.items.push(Item::Operator(text.to_owned(), span));
        self.in_arguments = false;
        self.in_pattern |= text == ";;" && self.blocks.last() == Some(&Block::Case);
        if text != "\n" {
            self.needs_command = matches!(text, "|" | "|&" | "||" | "&&");
        }
    }

    pub(super) fn redirect(&mut self, redirect: Redirect) {
        self.needs_command = false;
        self.command.redirects.push(redirect);
    }

    /// Adds a word. `text` is the source that contains the word.
    pub(super) fn word(&mut self, word: Word, text: &str) {
        self.needs_command = false;
        match self.role(&text[word.span.clone()]) {
            Role::Name => self.function(word),
            role @ (Role::Keyword | Role::Head) => {
                self.end_command();
                self.items.push(Item::Keyword(word));
                self.is_head = matches!(role, Role::Head);
                self.in_arguments = self.is_head;
            }
            Role::Word => {
                self.in_arguments = true;
                let is_assignment = self.command.words.is_empty() && !self.is_head && word.assigned().is_some();
                let words = if is_assignment { &mut self.command.assignments } else { &mut self.command.words };
                words.push(word);
            }
        }
    }

    /// Adds the name of a function. The body of the function must follow.
    pub(super) fn function(&mut self, name: Word) {
        self.command.words.push(name);
        self.is_head = true;
        self.end_command();
        self.in_arguments = false;
        self.needs_command = true;
    }

    fn end_command(&mut self) {
        let command = mem::take(&mut self.command);
        let is_head = mem::take(&mut self.is_head);
        if command != SimpleCommand::default() {
            self.items.push(if is_head { Item::Words(command.words) } else { Item::Command(command) });
        }
    }

    /// Returns the role of a word. Opens or closes a block if the word is a keyword here. A quoted word is not a
    /// keyword.
    fn role(&mut self, word: &str) -> Role {
        let top = self.blocks.last().copied();
        if top == Some(Block::Test) {
            if word == "]]" {
                self.blocks.pop();
            }
            return Role::Word;
        }
        if mem::take(&mut self.is_function) {
            return Role::Name;
        }
        if self.awaits_in && word == "in" {
            (self.awaits_in, self.in_pattern) = (false, true);
            return Role::Keyword;
        }
        if self.in_arguments || self.in_pattern && word != "esac" {
            return Role::Word;
        }
        let (opens, role) = match word {
            "if" => (Some(Block::If), Role::Keyword),
            "while" | "until" => (Some(Block::Loop), Role::Keyword),
            "for" | "select" => (Some(Block::Loop), Role::Head),
            "case" => (Some(Block::Case), Role::Head),
            "[[" => (Some(Block::Test), Role::Head),
            "{" => (Some(Block::Brace), Role::Keyword),
            "function" => (None, Role::Head),
            "then" | "else" | "elif" | "do" | "!" | "time" => (None, Role::Keyword),
            _ => {
                let closed = match word {
                    "fi" => Block::If,
                    "done" => Block::Loop,
                    "esac" => Block::Case,
                    "}" => Block::Brace,
                    _ => return Role::Word,
                };
                if top != Some(closed) {
                    return Role::Word;
                }
                self.blocks.pop();
                self.in_pattern = false;
                (None, Role::Keyword)
            }
        };
        self.awaits_in |= word == "case";
        self.is_function = word == "function";
        self.blocks.extend(opens);
        role
    }
}
