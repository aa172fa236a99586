//! Blocks of a step → HTML: transcripts, files, claims with their hints. The HTML is ours and trusted; every text in it
//! is escaped.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped, html};

use super::block_renderer::{BlockRenderer, Medium};
use super::evidence::{self, Evidence};
use super::html::{escape, text};
use super::markdown::inline;
use super::{quiz, replay, state};
use crate::highlight;
use crate::lesson::{Attrs, Block, Check, Command, Expected, ExpectedKind, FileBlock, QuizAnswer, Step, Transcript};
use crate::report::plain_claim::plain_claim;
use crate::words::Words;

/// Outputs longer than this fold; this many lines of them stay in sight.
const LONG: usize = 18;
const SEEN: usize = 10;

impl BlockRenderer<'_> {
    /// The HTML of each block of a step that is no prose, in the order of the step's blocks: `None` for prose and for
    /// what is part of a block before it.
    pub(super) fn step(&self, step: &Step, evidence: &Evidence<'_>) -> Vec<Option<Markup>> {
        let last = last_run(step);
        let mut made: Vec<Option<Markup>> = vec![None; step.blocks.len()];
        // A question before a transcript asks what it will print.
        let (mut asks, mut is_predicted) = (false, false);
        let mut at = 0;
        while at < step.blocks.len() {
            let mut next = at + 1;
            made[at] = match &step.blocks[at] {
                Block::Prose(_) => None,
                Block::File(file) if file.attrs.hidden => Some(html! {}),
                Block::File(file) => Some(self.file(file)),
                Block::Quiz(one) => {
                    asks |= !matches!(one.answer, QuizAnswer::Fact(_));
                    Some(quiz::quiz(self, one))
                }
                // All checks of a step stand where the last of them is.
                Block::Check(_) if step.blocks[next..].iter().any(|block| matches!(block, Block::Check(_))) => {
                    Some(html! {})
                }
                Block::Check(_) => Some(self.checks(&checks_of(step))),
                Block::Transcript(transcript) if transcript.attrs.hidden => Some(html! {}),
                Block::Transcript(first) => {
                    let mut group = vec![first];
                    if first.variant_group.is_some() {
                        for (index, block) in step.blocks.iter().enumerate().skip(at + 1) {
                            match block {
                                Block::Transcript(other) if other.variant_group == first.variant_group => {
                                    group.push(other);
                                    made[index] = Some(html! {});
                                    next = index + 1;
                                }
                                Block::Prose(_) => {}
                                _ => break,
                            }
                        }
                    }
                    let asked = asks && !first.attrs.blank && !first.attrs.shuffle && self.medium == Medium::Page;
                    is_predicted |= asked;
                    let after = (at..next).any(|index| Some(index) == last).then(|| self.after(step, evidence));
                    let after = after.map(|after| {
                        if is_predicted {
                            html! { div class="predicted" { (after) } }
                        } else {
                            after
                        }
                    });
                    let seen = |attrs: &Attrs| !evidence.any() || evidence.ran(step, attrs);
                    let made = self.transcripts(&group, &seen, &after.unwrap_or_default());
                    asks &= !asked;
                    Some(if asked { self.predicted(&made) } else { made })
                }
            };
            at = next;
        }
        made
    }

    /// A transcript, or the variants of one.
    fn transcripts(&self, group: &[&Transcript], seen: &dyn Fn(&Attrs) -> bool, after: &Markup) -> Markup {
        let Some(first) = group.first() else { return html! {} };
        if first.attrs.blank {
            return html! { @for one in group { (self.blank(one)) } };
        }
        if first.attrs.shuffle {
            return html! { @for one in group { (quiz::shuffled_commands(self, one)) } };
        }
        let inside = if group.len() == 1 && first.variant_group.is_none() {
            html! { (self.transcript(first)) (after) }
        } else {
            html! {
                div class="variants" {
                    @if self.medium != Medium::OtherTheme { (self.variant_choice(group)) }
                    @for one in group {
                        div class="variant" data-key=(variant_key(&one.attrs)) {
                            p class="variant-title" { (text(&self.variant(&one.attrs))) }
                            (self.transcript(one))
                            @if !seen(&one.attrs) { p class="unproved" { (self.say("book-variant-unproved")) } }
                        }
                    }
                }
                (after)
            }
        };
        if first.attrs.solution { self.solution(&inside) } else { inside }
    }

    /// Radio buttons, one for each variant.
    fn variant_choice(&self, group: &[&Transcript]) -> Markup {
        let name = self.id("variant");
        html! {
            fieldset class="js" {
                legend class="sr" { (self.say("book-variants")) }
                @for (at, one) in group.iter().enumerate() {
                    label {
                        input type="radio" name=(name) value=(variant_key(&one.attrs)) checked[at == 0];
                        " " (text(&self.variant(&one.attrs)))
                    }
                }
            }
        }
    }

    /// What follows the commands: their recording, and what they changed on the engine.
    fn after(&self, step: &Step, evidence: &Evidence<'_>) -> Markup {
        let Some((recording, recorded)) = evidence.step(step) else { return html! {} };
        let engine = evidence::engine(&recording.engine.version, recording.engine.family.name());
        // The proof below the step names the engine and the day, as a rule the same.
        let proofs = evidence.of(step);
        let is_told =
            proofs.iter().any(|proof| proof.engine == recording.engine.version && proof.date == recording.date);
        let place =
            (!is_told).then(|| html! { (text(&engine)) ", " (PreEscaped(evidence::day(&recording.date, self.words))) });
        let is_played = evidence.addresses.is_some() && self.medium == Medium::Page;
        let seconds = usize::try_from(replay::seconds(recorded, recording)).unwrap_or_default();
        html! {
            @if let Some((frames, player)) = evidence.addresses.as_ref().filter(|_| self.medium == Medium::Page) {
                div class="replay js" data-load=(text(frames)) data-player=(text(player)) data-of=(text(&step.id.0)) {
                    button type="button" class="play" { (self.say("book-replay")) }
                    " " span class="note" { @if let Some(place) = &place { (place) " · " } (text(&self.words.count("book-count-seconds", seconds, &[]))) }
                }
            }
            @if let Some(pictures) = state::pictures(recorded, self.words) {
                figure class="states" {
                    figcaption { (self.say("book-states")) @if let Some(place) = place.filter(|_| !is_played) { " " span class="note" { (place) } } }
                    (pictures)
                }
            }
        }
    }

    /// What a question above asks for: a script folds the output until the reader has answered or wants to see it.
    fn predicted(&self, inside: &Markup) -> Markup {
        html! {
            div class="predicted" {
                (inside)
                p class="reveal js" { button type="button" class="button quiet" { (self.say("book-reveal")) } }
            }
        }
    }

    fn solution(&self, inside: &Markup) -> Markup {
        html! { details open[self.is_open()] class="solution" { summary { (self.say("book-solution")) } (inside) } }
    }

    /// What a variant's tab says.
    pub(super) fn variant(&self, attrs: &Attrs) -> String {
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let (since, until) = (number(attrs.since), number(attrs.until));
        let key = match (attrs.since, attrs.until) {
            (Some(_), Some(_)) => Some("book-variant-between"),
            (Some(_), None) => Some("book-variant-since"),
            (None, Some(_)) => Some("book-variant-until"),
            (None, None) => None,
        };
        let versions = key.map(|key| self.words.say(key, &[("since", &since), ("until", &until)]));
        let engine = attrs.engine.map(|engine| self.words.say(&format!("book-variant-{}", engine.name()), &[]));
        let parts: Vec<String> = versions.into_iter().chain(engine).collect();
        if parts.is_empty() { self.words.say("book-variant-other", &[]) } else { parts.join(", ") }
    }

    fn transcript(&self, transcript: &Transcript) -> Markup {
        let exit: Vec<String> = transcript.attrs.exit.iter().filter(|&&code| code != 0).map(i32::to_string).collect();
        html! {
            div class="terminal" role="group" aria-label=(self.say("book-terminal")) {
                @for command in &transcript.commands { (self.command(command)) (self.output(&command.expected)) }
                @if !exit.is_empty() { p class="exit" { (text(&self.words.say("book-exit", &[("code", &exit.join(" / "))]))) } }
            }
        }
    }

    /// The command's line with its prompt, which is neither read aloud nor selected nor copied.
    fn command(&self, command: &Command) -> Markup {
        if self.medium == Medium::OtherTheme {
            return html! {
                pre class="command" { code class="nohighlight" data-prompt=(text(&command.prompt)) { (text(&command.text)) } }
            };
        }
        command_line(&typed(command, &|line| PreEscaped(shell(line))), &command.text, self.words)
    }

    fn output(&self, lines: &[Expected]) -> Markup {
        let pre = |lines: &[Expected]| {
            let shown: Vec<String> = lines.iter().map(line).collect();
            html! { pre class="output" { samp { (PreEscaped(shown.join("\n"))) } } }
        };
        match lines.len() {
            0 => html! {},
            1..=LONG => pre(lines),
            count => html! {
                (pre(&lines[..SEEN]))
                details open[self.is_open()] class="more" {
                    summary { (text(&self.words.count("book-more-lines", count - SEEN, &[]))) }
                    (pre(&lines[SEEN..]))
                }
            },
        }
    }

    /// `text` with its gaps.
    fn with_gaps(&self, text: &str) -> Markup {
        let gap = html! { span class="gap" { span class="sr" { (self.say("book-gap")) } } };
        PreEscaped(escape(text).replace("____", &gap.0))
    }

    /// Commands with gaps; their solution is the next fence.
    fn blank(&self, transcript: &Transcript) -> Markup {
        html! {
            div class="terminal blank" role="group" aria-label=(self.say("book-blank")) {
                div class="command" {
                    pre {
                        @for (at, command) in transcript.commands.iter().enumerate() {
                            @if at > 0 { "\n" }
                            (typed(command, &|line| self.with_gaps(line)))
                        }
                    }
                }
            }
        }
    }

    fn file(&self, file: &FileBlock) -> Markup {
        let name = &file.path.value;
        if file.attrs.blank {
            let content = self.with_gaps(&file.content);
            return html! {
                figure class="file" { figcaption { code { (text(name)) } } pre { code { (content) } } }
            };
        }
        if file.attrs.shuffle {
            return quiz::shuffled_lines(self, file);
        }
        let with = |key: &str| text(&self.words.say(key, &[("file", name)]));
        let shown = html! {
            figure class="file" {
                figcaption {
                    code { (text(name)) }
                    span class="buttons js" {
                        button type="button" class="copy" data-copy-code aria-label=(with("book-copy-file")) { (self.say("book-copy")) }
                        button type="button" class="save" data-save=(text(name)) aria-label=(with("book-save-file")) { (self.say("book-save")) }
                    }
                }
                pre { code class={ "language-" (text(&file.language)) } { (PreEscaped(highlight::html(&file.content, &file.language))) } }
            }
        };
        if file.attrs.solution { self.solution(&shown) } else { shown }
    }

    /// The checks of a step: one box of hints, then what is checked.
    fn checks(&self, checks: &[&Check]) -> Markup {
        let mut said: Vec<String> = Vec::new();
        for check in checks {
            let claim = plain_claim(&check.claim, self.words);
            if !said.contains(&claim) {
                said.push(claim);
            }
        }
        html! {
            div class="checks" {
                (self.hints(checks))
                details open[self.is_open()] class="claims" {
                    summary { (self.say("book-claims")) }
                    p { (self.say("book-claims-why")) }
                    ul { @for claim in said { li { (PreEscaped(inline(&claim))) } } }
                }
            }
        }
    }

    /// The hints of a step, level by level: each level opens after the one before it, and has a hint of every check.
    fn hints(&self, checks: &[&Check]) -> Markup {
        let count = checks.iter().map(|check| check.hints.len()).max().unwrap_or(0);
        (0..count).rev().fold(html! {}, |inner, level| {
            let said = if count > 1 {
                let (number, of) = ((level + 1).to_string(), count.to_string());
                self.words.say("book-hint-of", &[("number", &number), ("of", &of)])
            } else {
                self.words.say("book-hint", &[])
            };
            let mut hints: Vec<&str> = Vec::new();
            for hint in checks.iter().filter_map(|check| check.hints.get(level)) {
                if !hints.contains(&hint.value.as_str()) {
                    hints.push(&hint.value);
                }
            }
            html! {
                details class="hint" {
                    summary { (text(&said)) }
                    @if let [only] = hints.as_slice() {
                        (PreEscaped(self.markdown(only)))
                    } @else {
                        ul { @for hint in hints { li { (PreEscaped(self.markdown(hint))) } } }
                    }
                    (inner)
                }
            }
        })
    }
}

/// A command with the button that copies it.
pub(super) fn command_line(lines: &Markup, command: &str, words: &Words) -> Markup {
    let first = command.lines().next().unwrap_or_default();
    html! {
        div class="command" {
            pre { (lines) }
            button type="button" class="copy js" data-copy=(PreEscaped(escape(command).replace('\n', "&#10;")))
                aria-label=(text(&words.say("book-copy-command", &[("command", first)]))) { (text(&words.say("book-copy", &[]))) }
        }
    }
}

/// The lines of a command, each with its prompt.
fn typed(command: &Command, shown: &dyn Fn(&str) -> Markup) -> Markup {
    html! {
        @for (at, line) in command.text.split('\n').enumerate() {
            @if at > 0 { "\n" }
            span class="prompt" aria-hidden="true" { (text(if at == 0 { &command.prompt } else { "> " })) }
            code class="typed" { (shown(line)) }
        }
    }
}

fn checks_of(step: &Step) -> Vec<&Check> {
    step.blocks.iter().filter_map(|block| if let Block::Check(check) = block { Some(check) } else { None }).collect()
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

static_patterns! {
    /// Quoted texts, also without their end, comments, operators, blanks, and words.
    static SHELL_PIECE = r#"'[^']*'?|"(?:\\.?|[^"\\])*"?|\#.*|[|&;<>]+|\s+|[^\s'"|;<>]+"#;
}

/// A line of shell: the program, options and quoted text told apart.
pub(super) fn shell(line: &str) -> String {
    let mut html = String::new();
    let mut first = true;
    for piece in SHELL_PIECE.find_iter(line).map(|piece| piece.as_str()) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_line_again() {
        for line in [
            "docker run -d --name 'a b' x | grep \"q\\\"\" && echo $HOME # ya",
            "echo \"",
            "echo \"a\\",
            "é 'ü",
            "",
            "a&&b;c",
            "'",
        ] {
            let pieces: String = SHELL_PIECE.find_iter(line).map(|piece| piece.as_str()).collect();
            assert_eq!(pieces, line);
        }
        assert_eq!(shell("docker ps -a"), "<span class=\"tok-cmd\">docker</span> ps <span class=\"tok-opt\">-a</span>");
    }
}
