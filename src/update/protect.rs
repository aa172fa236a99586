//! Changes printed lines that the parser would read as something other than output.

use crate::lesson::{Command, ExpectedKind, inner_prompt_len, opens_terminal, outer_prompt_len};

/// Finds text that the parser would not read as output if `--update` wrote the text below a command.
#[derive(Debug)]
pub(super) struct Protection<'a> {
    outer: &'a str,
    /// Fixed prompts: the prompts of the command's typed lines, and other prompts that the parser recognizes.
    prompts: Vec<&'a str>,
    /// Whether the parser would read a line with an inner prompt as typed input.
    interactive: bool,
}

impl<'a> Protection<'a> {
    pub(super) fn new(command: &'a Command) -> Self {
        let mut prompts: Vec<&str> = command
            .expected
            .iter()
            .filter_map(|line| match &line.kind {
                ExpectedKind::Typed { prompt, .. } => Some(prompt.as_str()),
                _ => None,
            })
            .collect();
        let interactive = !prompts.is_empty() || opens_terminal(&command.text);
        let outer = command.prompt.rsplit('\n').next().unwrap_or_default();
        prompts.push(outer);
        // If the prompt is `# `, a later `$ ` would make the parser read the `# ` as a comment.
        prompts.extend(outer.starts_with('#').then_some("$ "));
        // A shell that the command opens prints `> ` before the next line of an unfinished command.
        prompts.extend(interactive.then_some("> "));
        Self { outer, prompts, interactive }
    }

    /// Returns `line` with `[..]` instead of text that the parser would misread.
    pub(super) fn protect(&self, line: &str) -> String {
        let mut text = String::with_capacity(line.len());
        for c in line.trim_end().chars().filter(|c| !c.is_control() || *c == '\t') {
            // `lint` refuses these characters, because they change the order in which text is read.
            match c {
                '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                    text.push_str("[..]");
                }
                c => text.push(c),
            }
        }
        let bare = text.trim();
        if bare == "..." {
            return text.replace("...", "..[..]");
        }
        if matches!(bare, "^C" | "^D" | "^P^Q") {
            return text.replacen('^', "^[..]", 1).replace(bare.trim_start_matches('^'), "");
        }
        if let Some(rest) = text.strip_prefix("^C") {
            return format!("^[..]{rest}");
        }
        if bare.starts_with("```") || bare.starts_with("~~~") {
            return format!("[..]{text}");
        }
        match self.prompt_in(&text) {
            Some(len) => format!("[..]{}", text.get(len..).unwrap_or_default()),
            None => text,
        }
    }

    /// Returns the length of the prompt at the beginning of `text`, if there is one.
    fn prompt_in(&self, text: &str) -> Option<usize> {
        let begins = |prompt: &&str| {
            let bare = prompt.trim_end();
            let len = if text.starts_with(prompt) { prompt.len() } else { bare.len() };
            (!bare.is_empty() && (text.starts_with(prompt) || text == bare)).then_some(len)
        };
        outer_prompt_len(self.outer, text)
            .or_else(|| inner_prompt_len(text, !self.interactive))
            .or_else(|| self.prompts.iter().find_map(begins))
    }
}
