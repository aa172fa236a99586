//! `check` and `quiz` fences: YAML trees → claims, hints, mistakes, questions.

use std::time::Duration;

use regex::Regex;

use super::attrs::duration;
use super::yaml::{Node, Spot, Value};
use super::{
    Answer, Ask, AskKey, Attrs, Check, Claim, FactCompare, FactQuestion, Filters, Mistake, Op, PathPart, Quiz,
    QuizOption, Spanned, Subject,
};
use crate::text::{Code, Diagnostic, Span, nearest};

const SUBJECTS: [&str; 15] = [
    "image",
    "container",
    "network",
    "volume",
    "containers",
    "images",
    "events",
    "ran",
    "logs",
    "changes",
    "top",
    "run",
    "http",
    "registry",
    "file",
];
const AROUND: [&str; 5] = ["within", "stays", "already", "hints", "mistakes"];

/// The words of ours that a subject knows.
fn own_words(subject: &Subject) -> &'static [&'static str] {
    match subject {
        Subject::Image(_) | Subject::Container(_) | Subject::Network(_) | Subject::Volume(_) => &["absent"],
        Subject::Containers(_) | Subject::Images(_) => &["count"],
        Subject::Events(_) => &["count", "in_order"],
        Subject::Ran(_) => &["exit", "output"],
        Subject::Logs(_) => &["contains", "matches"],
        Subject::Changes(_) => &["added", "changed", "deleted"],
        Subject::Top(_) => &["contains"],
        Subject::Run { .. } => &["in", "exit", "stdout"],
        Subject::Http(_) => &["status", "contains", "header.NAME"],
        Subject::Registry(_) => &["tag", "digest", "absent"],
        Subject::File(_) => &["contains", "matches", "absent"],
        Subject::Engine => &[],
    }
}

pub(crate) struct Reader<'d> {
    pub(crate) diagnostics: &'d mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn wrong(&mut self, code: &'static str, span: Span, value: &str) {
        self.diagnostics.push(Diagnostic::error(Code(code), span).with("value", value));
    }

    pub(crate) fn text(&mut self, node: &Node) -> Option<Spanned<String>> {
        match node.scalar() {
            Some(text) if !text.trim().is_empty() => Some(Spanned { value: text.to_owned(), span: node.span }),
            _ => {
                self.wrong("L022", node.span, "");
                None
            }
        }
    }

    pub(crate) fn check(&mut self, root: &Node, fence: Span, attrs: Attrs) -> Option<Check> {
        let entries = root.entries();
        let Some((subject_key, _)) = entries.first() else {
            self.wrong("L020", root.span, "");
            return None;
        };
        let _ = subject_key;
        let (around, claim_entries): (Vec<_>, Vec<_>) =
            entries.iter().partition(|(key, _)| AROUND.contains(&key.text.as_str()));
        let claim = self.claim(&claim_entries, root.span)?;
        let mut check = Check {
            span: fence,
            claim,
            within: Duration::from_secs(5),
            stays: None,
            already: false,
            hints: Vec::new(),
            mistakes: Vec::new(),
            attrs,
        };
        for (key, node) in around {
            match key.text.as_str() {
                "within" => match node.scalar().and_then(duration) {
                    Some(within) => check.within = within,
                    None => self.wrong("L022", node.span, node.scalar().unwrap_or_default()),
                },
                "stays" => match node.scalar().and_then(duration) {
                    Some(stays) => check.stays = Some(stays),
                    None => self.wrong("L022", node.span, node.scalar().unwrap_or_default()),
                },
                "already" => check.already = self.truth(node).unwrap_or(false),
                "hints" => check.hints = node.elements().iter().filter_map(|hint| self.text(hint)).collect(),
                _ => {
                    for mistake in node.elements() {
                        if let Some(mistake) = self.mistake(mistake) {
                            check.mistakes.push(mistake);
                        }
                    }
                }
            }
        }
        Some(check)
    }

    fn truth(&mut self, node: &Node) -> Option<bool> {
        match node.scalar() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            other => {
                self.wrong("L022", node.span, other.unwrap_or_default());
                None
            }
        }
    }

    fn mistake(&mut self, node: &Node) -> Option<Mistake> {
        let (mut when, mut say) = (None, None);
        let mut ran = Vec::new();
        for (key, value) in node.entries() {
            match key.text.as_str() {
                "when" => {
                    let entries: Vec<_> = value.entries().iter().collect();
                    when = self.claim(&entries, value.span);
                    when.as_ref()?;
                }
                "say" => say = self.text(value),
                "ran" | "exit" | "output" => ran.push((key.clone(), value.clone())),
                other => self.unknown(key, other, &["when", "ran", "say"]),
            }
        }
        if when.is_none() && !ran.is_empty() {
            let entries: Vec<_> = ran.iter().collect();
            when = self.claim(&entries, node.span);
        }
        let (Some(when), Some(say)) = (when, say) else {
            self.wrong("L025", node.span, "");
            return None;
        };
        Some(Mistake { when, say })
    }

    fn unknown(&mut self, key: &Spot, word: &str, known: &[&str]) {
        let near = nearest(word, known.iter().copied()).unwrap_or_default().to_owned();
        self.diagnostics.push(
            Diagnostic::error(Code("L021"), key.span)
                .with("name", word)
                .with("nearest", near)
                .with("known", known.join(", ")),
        );
    }

    fn claim(&mut self, entries: &[&(Spot, Node)], whole: Span) -> Option<Claim> {
        let Some((key, value)) = entries.first() else {
            self.wrong("L020", whole, "");
            return None;
        };
        let subject = self.subject(key, value, entries)?;
        let mut claim = Claim { span: key.span.to(value.span), subject, absent: false, asks: Vec::new() };
        for (key, value) in &entries[1..] {
            if key.text == "in" && matches!(claim.subject, Subject::Run { .. }) {
                continue;
            }
            if key.text == "absent" && own_words(&claim.subject).contains(&"absent") {
                claim.absent = self.truth(value).unwrap_or(false);
                continue;
            }
            let Some(ask) = self.ask(&claim.subject, key, value) else { continue };
            claim.asks.push(ask);
        }
        Some(claim)
    }

    fn subject(&mut self, key: &Spot, value: &Node, entries: &[&(Spot, Node)]) -> Option<Subject> {
        let name = |reader: &mut Self| reader.text(value).map(|text| text.value);
        Some(match key.text.as_str() {
            "image" => Subject::Image(name(self)?),
            "container" => Subject::Container(name(self)?),
            "network" => Subject::Network(name(self)?),
            "volume" => Subject::Volume(name(self)?),
            "containers" => Subject::Containers(self.filters(value)?),
            "images" => Subject::Images(self.filters(value)?),
            "events" => Subject::Events(self.filters(value)?),
            "ran" => Subject::Ran(self.pattern(value)?),
            "logs" => Subject::Logs(name(self)?),
            "changes" => Subject::Changes(name(self)?),
            "top" => Subject::Top(name(self)?),
            "http" => Subject::Http(name(self)?),
            "registry" => Subject::Registry(name(self)?),
            "file" => Subject::File(name(self)?),
            "engine" => Subject::Engine,
            "run" => {
                let argv: Vec<String> =
                    value.elements().iter().filter_map(|part| part.scalar().map(str::to_owned)).collect();
                let argv = match (&value.value, argv.as_slice()) {
                    (Value::Scalar(_), [line]) => vec!["/bin/sh".into(), "-c".into(), line.clone()],
                    _ => argv,
                };
                if argv.is_empty() {
                    self.wrong("L022", value.span, "");
                    return None;
                }
                let inside = entries.iter().find(|(key, _)| key.text == "in").and_then(|(_, node)| node.scalar());
                Subject::Run { argv, inside: inside.map(str::to_owned) }
            }
            other => {
                let known: Vec<&str> = SUBJECTS.iter().copied().chain(["engine"]).collect();
                let near = nearest(other, known.iter().copied()).unwrap_or_default().to_owned();
                self.diagnostics.push(
                    Diagnostic::error(Code("L020"), key.span)
                        .with("name", other)
                        .with("nearest", near)
                        .with("known", known.join(", ")),
                );
                return None;
            }
        })
    }

    fn filters(&mut self, node: &Node) -> Option<Filters> {
        if !matches!(node.value, Value::Map(_)) && node.scalar() != Some("") {
            self.wrong("L022", node.span, node.scalar().unwrap_or_default());
            return None;
        }
        let values = |node: &Node| -> Vec<String> {
            node.elements().iter().filter_map(|value| value.scalar().map(str::to_owned)).collect()
        };
        Some(node.entries().iter().map(|(key, value)| (key.text.clone(), values(value))).collect())
    }

    fn pattern(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node)?;
        if let Err(error) = Regex::new(&text.value) {
            let problem = error.to_string();
            let problem = problem.lines().last().unwrap_or_default().trim().to_owned();
            self.diagnostics.push(Diagnostic::error(Code("L023"), text.span).with("problem", problem));
            return None;
        }
        Some(text.value)
    }

    fn ask(&mut self, subject: &Subject, key: &Spot, value: &Node) -> Option<Ask> {
        let span = key.span.to(value.span);
        let inspects = matches!(
            subject,
            Subject::Image(_) | Subject::Container(_) | Subject::Network(_) | Subject::Volume(_) | Subject::Engine
        );
        let word = key.text.as_str();
        let own = own_words(subject);
        if word.starts_with(|c: char| c.is_ascii_uppercase() || c == '"' || c == '*') && inspects {
            return Some(Ask { key: AskKey::Inspect(path(word)), op: self.op(value)?, span });
        }
        let header =
            matches!(subject, Subject::Http(_)) && word.strip_prefix("header.").is_some_and(|name| !name.is_empty());
        if !own.contains(&word) && !header {
            self.unknown(key, word, own);
            return None;
        }
        let op = if word == "matches" { Op::Matches(self.pattern(value)?) } else { self.op(value)? };
        Some(Ask { key: AskKey::Own(word.to_owned()), op, span })
    }

    fn op(&mut self, node: &Node) -> Option<Op> {
        match &node.value {
            Value::Scalar(text) => Some(Op::Is(text.clone())),
            Value::List(_) => {
                Some(Op::All(node.elements().iter().filter_map(|value| value.scalar().map(str::to_owned)).collect()))
            }
            Value::Map(entries) => {
                const KNOWN: [&str; 6] = ["matches", "at_least", "at_most", "length", "starts", "empty"];
                let [(key, value)] = entries.as_slice() else {
                    self.wrong("L022", node.span, "");
                    return None;
                };
                let scalar = value.scalar().unwrap_or_default();
                let op = match key.text.as_str() {
                    "matches" => return Some(Op::Matches(self.pattern(value)?)),
                    "at_least" => scalar.parse().ok().map(Op::AtLeast),
                    "at_most" => scalar.parse().ok().map(Op::AtMost),
                    "length" => scalar.parse().ok().map(Op::Length),
                    "starts" => {
                        let starts =
                            value.elements().iter().filter_map(|one| one.scalar().map(str::to_owned)).collect();
                        Some(Op::Starts(starts))
                    }
                    "empty" => self.truth(value).map(Op::Empty),
                    other => {
                        self.unknown(key, other, &KNOWN);
                        return None;
                    }
                };
                if op.is_none() {
                    self.wrong("L022", value.span, scalar);
                }
                op
            }
        }
    }

    pub(crate) fn quiz(&mut self, root: &Node, fence: Span) -> Option<Quiz> {
        const KNOWN: [&str; 5] = ["ask", "options", "order", "match", "fact"];
        let (mut ask, mut answer) = (None, None);
        for (key, node) in root.entries() {
            match key.text.as_str() {
                "ask" => ask = self.text(node),
                "options" => answer = Some(Answer::Options(self.options(node))),
                "order" => {
                    answer = Some(Answer::Order(node.elements().iter().filter_map(|one| self.text(one)).collect()));
                }
                "match" => {
                    let pairs = node.entries().iter().filter_map(|(left, right)| {
                        let left = Spanned { value: left.text.clone(), span: left.span };
                        Some((left, self.text(right)?))
                    });
                    answer = Some(Answer::Match(pairs.collect()));
                }
                "fact" => answer = self.fact(node).map(Answer::Fact),
                other => self.unknown(key, other, &KNOWN),
            }
        }
        match (ask, answer) {
            (Some(ask), Some(answer)) => Some(Quiz { span: fence, ask, answer }),
            _ => {
                self.wrong("L030", root.span, "");
                None
            }
        }
    }

    fn options(&mut self, node: &Node) -> Vec<QuizOption> {
        let mut options = Vec::new();
        for option in node.elements() {
            let (mut text, mut right, mut why) = (None, false, None);
            for (key, value) in option.entries() {
                match key.text.as_str() {
                    "text" => text = self.text(value),
                    "right" => right = self.truth(value).unwrap_or(false),
                    "why" => why = self.text(value),
                    other => self.unknown(key, other, &["text", "right", "why"]),
                }
            }
            let Some(text) = text else {
                self.wrong("L030", option.span, "");
                continue;
            };
            if !right && why.is_none() {
                self.wrong("L031", option.span, &text.value.clone());
            }
            options.push(QuizOption { text, right, why });
        }
        if !options.iter().any(|option| option.right) {
            self.wrong("L032", node.span, "");
        }
        options
    }

    fn fact(&mut self, node: &Node) -> Option<FactQuestion> {
        let entries: Vec<_> = node.entries().iter().collect();
        let (key, value) = entries.first()?;
        let subject = self.subject(key, value, &entries)?;
        let (mut place, mut compare) = (Vec::new(), FactCompare::Value);
        for (key, value) in &entries[1..] {
            match (key.text.as_str(), value.scalar()) {
                ("path", Some(text)) => place = path(text),
                ("as", Some("length")) => compare = FactCompare::Length,
                ("as", Some("value")) => compare = FactCompare::Value,
                ("as" | "path", other) => self.wrong("L022", value.span, other.unwrap_or_default()),
                (other, _) => self.unknown(key, other, &["path", "as"]),
            }
        }
        Some(FactQuestion { subject, path: place, compare })
    }
}

/// `HostConfig.PortBindings."80/tcp".0.HostPort` → its parts.
pub(crate) fn path(text: &str) -> Vec<PathPart> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let (mut quoted, mut was_quoted) = (false, false);
    let mut finish = |part: &mut String, was_quoted: &mut bool| {
        if *part == "*" && !*was_quoted {
            parts.push(PathPart::Any);
        } else {
            parts.push(PathPart::Key(std::mem::take(part)));
        }
        part.clear();
        *was_quoted = false;
    };
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                was_quoted = true;
            }
            '.' if !quoted => finish(&mut part, &mut was_quoted),
            c => part.push(c),
        }
    }
    finish(&mut part, &mut was_quoted);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_quoted_parts_and_stars() {
        let key = |text: &str| PathPart::Key(text.into());
        assert_eq!(
            path("HostConfig.PortBindings.\"80/tcp\".*.HostPort"),
            [key("HostConfig"), key("PortBindings"), key("80/tcp"), PathPart::Any, key("HostPort")]
        );
        assert_eq!(path("Config.Labels.\"a.b\""), [key("Config"), key("Labels"), key("a.b")]);
    }
}
