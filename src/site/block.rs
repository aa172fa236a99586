//! Blocks of a step → HTML: transcripts, files, claims with their hints. The HTML is ours and trusted; every text in it
//! is escaped.

use std::fmt::Write as _;

use super::block_renderer::{BlockRenderer, Medium};
use super::evidence::{self, Evidence};
use super::html::escape;
use super::markdown::inline;
use super::{quiz, replay, state};
use crate::highlight::html;
use crate::lesson::{Attrs, Block, Check, Command, Expected, ExpectedKind, FileBlock, Step, Transcript};
use crate::report::claim::describe;
use crate::words::Words;

/// Outputs longer than this fold; this many lines of them stay in sight.
const LONG: usize = 18;
const SEEN: usize = 10;

impl BlockRenderer<'_> {
    /// The HTML of each block of a step that is no prose, in the order of the step's blocks: `None` for prose and for
    /// what is part of a block before it.
    pub(super) fn step(&self, step: &Step, evidence: &Evidence<'_>) -> Vec<Option<String>> {
        let last = last_run(step);
        let mut made: Vec<Option<String>> = vec![None; step.blocks.len()];
        let mut at = 0;
        while at < step.blocks.len() {
            let mut next = at + 1;
            made[at] = match &step.blocks[at] {
                Block::Prose(_) => None,
                Block::File(file) if file.attrs.hidden => Some(String::new()),
                Block::File(file) => Some(self.file(file)),
                Block::Quiz(one) => Some(quiz::quiz(self, one)),
                Block::Check(_) => {
                    let mut checks = Vec::new();
                    for (index, block) in step.blocks.iter().enumerate().skip(at) {
                        match block {
                            Block::Check(check) => {
                                checks.push(check);
                                made[index] = Some(String::new());
                                next = index + 1;
                            }
                            Block::Prose(span) if span.is_empty() => {}
                            _ => break,
                        }
                    }
                    Some(self.checks(&checks))
                }
                Block::Transcript(transcript) if transcript.attrs.hidden => Some(String::new()),
                Block::Transcript(first) => {
                    let mut group = vec![first];
                    if first.variant_group.is_some() {
                        for (index, block) in step.blocks.iter().enumerate().skip(at + 1) {
                            match block {
                                Block::Transcript(other) if other.variant_group == first.variant_group => {
                                    group.push(other);
                                    made[index] = Some(String::new());
                                    next = index + 1;
                                }
                                Block::Prose(_) => {}
                                _ => break,
                            }
                        }
                    }
                    let after = (at..next).any(|index| Some(index) == last).then(|| self.after(step, evidence));
                    let seen = |attrs: &Attrs| !evidence.any() || evidence.ran(step, attrs);
                    Some(self.transcripts(&group, &seen, &after.unwrap_or_default()))
                }
            };
            at = next;
        }
        made
    }

    /// A transcript, or the variants of one.
    fn transcripts(&self, group: &[&Transcript], seen: &dyn Fn(&Attrs) -> bool, after: &str) -> String {
        let Some(first) = group.first() else { return String::new() };
        if first.attrs.blank {
            return group.iter().map(|transcript| self.blank(transcript)).collect();
        }
        if first.attrs.shuffle {
            return group.iter().map(|transcript| quiz::shuffled_commands(self, transcript)).collect();
        }
        let inside = if group.len() == 1 && first.variant_group.is_none() {
            self.transcript(first)
        } else {
            let name = self.id("variant");
            let mut html = format!("<div class=\"variants\" data-name=\"{name}\">");
            for transcript in group {
                let label = self.variant(&transcript.attrs);
                let key = escape(&variant_key(&transcript.attrs));
                let _ = write!(
                    html,
                    "<div class=\"variant\" data-key=\"{key}\"><p class=\"variant-title\">{label}</p>{}{}</div>",
                    self.transcript(transcript),
                    if seen(&transcript.attrs) {
                        String::new()
                    } else {
                        format!("<p class=\"unproved\">{}</p>", self.say("book-variant-unproved"))
                    },
                );
            }
            html.push_str("</div>");
            html
        };
        let inside = format!("{inside}{after}");
        if first.attrs.solution { self.folded("solution", "book-solution", &inside) } else { inside }
    }

    /// What follows what was run: its recording, and what it changed on the engine.
    fn after(&self, step: &Step, evidence: &Evidence<'_>) -> String {
        let Some((recording, recorded)) = evidence.step(step) else { return String::new() };
        let mut html = String::new();
        let engine = evidence::engine(&recording.engine.version, recording.engine.family.name());
        let place = format!("{}, {}", escape(&engine), evidence::day(&recording.date, self.words));
        if let Some((frames, player)) = evidence.addresses.as_ref().filter(|_| self.medium == Medium::Page) {
            let seconds = replay::seconds(recorded, recording);
            let _ = write!(
                html,
                "<div class=\"replay js\" data-load=\"{}\" data-player=\"{}\" data-of=\"{}\"><button type=\"button\" \
                 class=\"play\">{}</button> <span class=\"note\">{place} · {}</span></div>",
                escape(frames),
                escape(player),
                escape(&step.id.0),
                self.say("book-replay"),
                escape(&self.words.count("book-count-seconds", usize::try_from(seconds).unwrap_or_default(), &[])),
            );
        }
        if let Some(pictures) = state::pictures(recorded, self.words, &mut || self.id("state")) {
            let _ = write!(
                html,
                "<figure class=\"states\"><figcaption>{} <span class=\"note\">{place}</span></figcaption>{pictures}</figure>",
                self.say("book-states")
            );
        }
        html
    }

    fn folded(&self, class: &str, key: &str, inside: &str) -> String {
        format!("<details{} class=\"{class}\"><summary>{}</summary>{inside}</details>", self.unfolded(), self.say(key))
    }

    /// What a variant's tab says.
    pub(super) fn variant(&self, attrs: &Attrs) -> String {
        let mut parts = Vec::new();
        let number = |number: u32| number.to_string();
        match (attrs.since, attrs.until) {
            (Some(since), Some(until)) => {
                let (since, until) = (number(since), number(until));
                parts.push(self.words.say("book-variant-between", &[("since", &since), ("until", &until)]));
            }
            (Some(since), None) => parts.push(self.words.say("book-variant-since", &[("since", &number(since))])),
            (None, Some(until)) => parts.push(self.words.say("book-variant-until", &[("until", &number(until))])),
            (None, None) => {}
        }
        if let Some(engine) = attrs.engine {
            parts.push(self.words.say(&format!("book-variant-{}", engine.name()), &[]));
        }
        if parts.is_empty() {
            parts.push(self.words.say("book-variant-other", &[]));
        }
        escape(&parts.join(", "))
    }

    fn transcript(&self, transcript: &Transcript) -> String {
        let mut html = format!("<div class=\"terminal\" role=\"group\" aria-label=\"{}\">", self.say("book-terminal"));
        for command in &transcript.commands {
            html.push_str(&self.command(command));
            html.push_str(&self.output(&command.expected));
        }
        let exit: Vec<String> = transcript.attrs.exit.iter().filter(|&&code| code != 0).map(i32::to_string).collect();
        if !exit.is_empty() {
            let said = self.words.say("book-exit", &[("code", &exit.join(" / "))]);
            let _ = write!(html, "<p class=\"exit\">{}</p>", escape(&said));
        }
        html.push_str("</div>");
        html
    }

    /// The command's line with its prompt, which is neither read aloud nor selected nor copied.
    fn command(&self, command: &Command) -> String {
        if self.medium == Medium::OtherTheme {
            return format!(
                "<pre class=\"command\"><code class=\"nohighlight\" data-prompt=\"{}\">{}</code></pre>",
                escape(&command.prompt),
                escape(&command.text)
            );
        }
        let mut lines = String::new();
        for (index, line) in command.text.split('\n').enumerate() {
            let prompt = if index == 0 { command.prompt.as_str() } else { "> " };
            if index > 0 {
                lines.push('\n');
            }
            let _ = write!(
                lines,
                "<span class=\"prompt\" aria-hidden=\"true\">{}</span><code class=\"typed\">{}</code>",
                escape(prompt),
                shell(line)
            );
        }
        let copy = self.words.say("book-copy-command", &[("command", command.text.lines().next().unwrap_or_default())]);
        format!(
            "<div class=\"command\"><pre>{lines}</pre><button type=\"button\" class=\"copy js\" data-copy=\"{}\" \
             aria-label=\"{}\">{}</button></div>",
            escape(&command.text).replace('\n', "&#10;"),
            escape(&copy),
            self.say("book-copy")
        )
    }

    fn output(&self, lines: &[Expected]) -> String {
        if lines.is_empty() {
            return String::new();
        }
        let shown: Vec<String> = lines.iter().map(line).collect();
        let pre = |lines: &[String]| format!("<pre class=\"output\"><samp>{}</samp></pre>", lines.join("\n"));
        if shown.len() <= LONG {
            return pre(&shown);
        }
        let more = escape(&self.words.count("book-more-lines", shown.len() - SEEN, &[]));
        format!(
            "{}<details{} class=\"more\"><summary>{more}</summary>{}</details>",
            pre(&shown[..SEEN]),
            self.unfolded(),
            pre(&shown[SEEN..])
        )
    }

    /// Commands with gaps; their solution is the next fence.
    fn blank(&self, transcript: &Transcript) -> String {
        let mut lines = Vec::new();
        for command in &transcript.commands {
            let gap = format!("<span class=\"gap\"><span class=\"sr\">{}</span></span>", self.say("book-gap"));
            for (index, text) in command.text.split('\n').enumerate() {
                let prompt = if index == 0 { command.prompt.as_str() } else { "> " };
                lines.push(format!(
                    "<span class=\"prompt\" aria-hidden=\"true\">{}</span><code class=\"typed\">{}</code>",
                    escape(prompt),
                    escape(text).replace("____", &gap)
                ));
            }
        }
        format!(
            "<div class=\"terminal blank\" role=\"group\" aria-label=\"{}\"><div class=\"command\"><pre>{}</pre></div></div>",
            self.say("book-blank"),
            lines.join("\n")
        )
    }

    fn file(&self, file: &FileBlock) -> String {
        if file.attrs.blank {
            let gap = format!("<span class=\"gap\"><span class=\"sr\">{}</span></span>", self.say("book-gap"));
            return format!(
                "<figure class=\"file\"><figcaption><code>{}</code></figcaption><pre><code>{}</code></pre></figure>",
                escape(&file.path.value),
                escape(&file.content).replace("____", &gap)
            );
        }
        if file.attrs.shuffle {
            return quiz::shuffled_lines(self, file);
        }
        let name = escape(&file.path.value);
        let with = |key: &str| escape(&self.words.say(key, &[("file", &file.path.value)]));
        let html = format!(
            "<figure class=\"file\"><figcaption><code>{name}</code><span class=\"buttons js\">\
             <button type=\"button\" class=\"copy\" data-copy-code aria-label=\"{}\">{}</button>\
             <button type=\"button\" class=\"save\" data-save=\"{name}\" aria-label=\"{}\">{}</button></span></figcaption>\
             <pre><code class=\"language-{}\">{}</code></pre></figure>",
            with("book-copy-file"),
            self.say("book-copy"),
            with("book-save-file"),
            self.say("book-save"),
            escape(&file.language),
            html(&file.content, &file.language),
        );
        if file.attrs.solution { self.folded("solution", "book-solution", &html) } else { html }
    }

    /// Checks that stand together: hints one after another, then what is looked at.
    fn checks(&self, checks: &[&Check]) -> String {
        let mut html = String::from("<div class=\"checks\">");
        let several = checks.iter().filter(|check| !check.hints.is_empty()).count() > 1;
        for check in checks {
            html.push_str(&self.hints(check, several));
        }
        let claims: String =
            checks.iter().map(|check| format!("<li>{}</li>", inline(&describe(&check.claim, self.words)))).collect();
        let _ = write!(
            html,
            "<details{} class=\"claims\"><summary>{}</summary><p>{}</p><ul>{claims}</ul></details></div>",
            self.unfolded(),
            self.say("book-claims"),
            self.say("book-claims-why"),
        );
        html
    }

    /// Each hint opens after the one before it. Where there are `several` checks the first says which it is for.
    fn hints(&self, check: &Check, several: bool) -> String {
        let count = check.hints.len();
        let of = if several { inline(&describe(&check.claim, self.words)) } else { String::new() };
        check.hints.iter().enumerate().rev().fold(String::new(), |inner, (index, hint)| {
            let said = if count > 1 {
                let (number, of) = ((index + 1).to_string(), count.to_string());
                self.words.say("book-hint-of", &[("number", &number), ("of", &of)])
            } else {
                self.words.say("book-hint", &[])
            };
            let of =
                if index == 0 && several { format!(" <span class=\"of-claim\">{of}</span>") } else { String::new() };
            format!(
                "<details class=\"hint\"><summary>{}{of}</summary>{}{inner}</details>",
                escape(&said),
                self.markdown(&hint.value)
            )
        })
    }
}

/// The last fence whose commands a reader sees as they are run, after which stands what running it did. Where commands
/// are to be put in order, their recording would give the answer away.
fn last_run(step: &Step) -> Option<usize> {
    let shown = |block: &Block| matches!(block, Block::Transcript(one) if !one.attrs.hidden && !one.attrs.blank);
    let shuffled = step.blocks.iter().any(|block| matches!(block, Block::Transcript(one) if one.attrs.shuffle));
    step.blocks.iter().rposition(shown).filter(|_| !shuffled)
}

/// A variant by its conditions alone, so that a choice holds for every group that has it.
fn variant_key(attrs: &Attrs) -> String {
    let part = |name: &str, value: Option<u32>| value.map(|value| format!("{name}{value}")).unwrap_or_default();
    let engine = attrs.engine.map_or("", crate::lesson::EngineFamily::name);
    format!("{}{}{engine}", part("since", attrs.since), part("until", attrs.until))
}

fn line(expected: &Expected) -> String {
    match &expected.kind {
        ExpectedKind::Output if expected.text.trim() == "..." => "<span class=\"elided\">⋮</span>".to_owned(),
        ExpectedKind::Output => escape(&expected.text).replace("[..]", "<span class=\"elided\">…</span>"),
        ExpectedKind::Typed { prompt, input } => {
            format!("<span class=\"prompt\" aria-hidden=\"true\">{}</span><kbd>{}</kbd>", escape(prompt), escape(input))
        }
        ExpectedKind::Key(key) => format!("<kbd class=\"key\">{}</kbd>", escape(key.name())),
    }
}

/// A line of shell: the program, options and quoted text told apart.
pub(super) fn shell(line: &str) -> String {
    let mut html = String::new();
    let mut first = true;
    for piece in pieces(line) {
        let class = match piece.chars().next() {
            Some('\'' | '"') => "tok-str",
            Some('-') => "tok-opt",
            Some('$') => "tok-var",
            Some('#') => "tok-com",
            Some('|' | '&' | ';' | '<' | '>' | '\\') => {
                first = matches!(piece.trim_end(), "|" | "||" | "&&" | ";" | "&");
                "tok-op"
            }
            Some(c) if c.is_whitespace() => "",
            _ if first && !piece.contains('=') => {
                first = false;
                "tok-cmd"
            }
            _ => "",
        };
        if class.is_empty() {
            html.push_str(&escape(piece));
        } else {
            let _ = write!(html, "<span class=\"{class}\">{}</span>", escape(piece));
        }
    }
    html
}

/// Blanks, quoted texts, operators, and words.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            c if c.is_whitespace() => rest.find(|c: char| !c.is_whitespace()),
            '\'' => rest[1..].find('\'').map(|at| at + 2),
            '"' => {
                let mut escaped = false;
                let close = rest.char_indices().skip(1).find(|&(_, c)| {
                    let closes = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    closes
                });
                close.map(|(at, _)| at + 1)
            }
            '#' => None,
            '|' | '&' | ';' | '<' | '>' => rest.find(|c: char| !matches!(c, '|' | '&' | ';' | '<' | '>')),
            _ => rest.find(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '|' | ';' | '<' | '>')),
        };
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_line_again() {
        for line in
            ["docker run -d --name 'a b' x | grep \"q\\\"\" && echo $HOME # ya", "echo \"", "é 'ü", "", "a&&b;c", "'"]
        {
            assert_eq!(pieces(line).concat(), line);
        }
        assert_eq!(shell("docker ps -a"), "<span class=\"tok-cmd\">docker</span> ps <span class=\"tok-opt\">-a</span>");
    }
}
