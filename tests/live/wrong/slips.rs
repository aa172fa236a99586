//! Typical wrong commands: made from a right one, and by hand for each step.

use dermaga::words::Lang;

use super::tutor::Told;

/// What must be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// An explanation with one of these keys (without `explain-`), or a mistake that the lesson knows.
    Keys(&'static [&'static str]),
    /// A mistake that the lesson knows.
    Mistake,
    /// Anything with a reason, or nothing where it changed nothing; it may also be right.
    Reason,
}

/// A wrong command.
#[derive(Debug, Clone)]
pub(super) struct Slip {
    pub(super) kind: &'static str,
    pub(super) typed: String,
    pub(super) said: Said,
    /// Pieces that both languages have.
    pub(super) has: Vec<String>,
    /// Lesson, step, and the command's number in it; for those by hand.
    at: (&'static str, &'static str, usize),
}

impl Slip {
    fn new(kind: &'static str, typed: impl Into<String>, said: Said) -> Self {
        Self { kind, typed: typed.into(), said, has: Vec::new(), at: ("", "", 0) }
    }

    fn with(mut self, piece: impl Into<String>) -> Self {
        self.has.push(piece.into());
        self
    }

    /// What is wrong with what was said.
    pub(super) fn problem(&self, lang: Lang, told: &Told) -> Option<String> {
        let text = match told {
            Told::Mistake(text) | Told::Explained(_, text) | Told::Slip(_, text) | Told::Found(text) => text.as_str(),
            Told::Right | Told::Quiet if self.said == Said::Reason => return None,
            other => return Some(format!("{other:?} is no reason")),
        };
        if text.trim().is_empty() || text.contains(['{', '}']) && !self.typed.contains('{') {
            return Some(format!("not a message: {text}"));
        }
        if lang == Lang::Id && text.contains(" the ") || lang == Lang::En && text.contains(" yang ") {
            return Some("another language".to_owned());
        }
        match (self.said, told) {
            (Said::Mistake, Told::Mistake(_)) | (Said::Reason, _) => {}
            (Said::Mistake, _) => return Some("not a mistake that the lesson knows".to_owned()),
            (Said::Keys(keys), Told::Explained(key, _) | Told::Slip(key, _)) => {
                if !keys.contains(&key.trim_start_matches("explain-")) {
                    return Some(format!("not {keys:?}"));
                }
            }
            (Said::Keys(_), Told::Mistake(_)) => return None,
            (Said::Keys(keys), _) => return Some(format!("not {keys:?}")),
        }
        self.has.iter().find(|piece| !text.contains(piece.as_str())).map(|piece| format!("no `{piece}`"))
    }
}

/// Two neighbours swapped, which makes no other command.
fn misspelt(verb: &str) -> String {
    let mut letters: Vec<char> = verb.chars().collect();
    let at = usize::from(letters[0] == letters[1]);
    if letters.len() > at + 1 {
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

/// Wrong ways to type `command`; `others` are commands of other steps.
pub(super) fn slips_of(command: &str, others: &[String]) -> Vec<Slip> {
    let mut slips = Vec::new();
    let Some(rest) = command.strip_prefix("docker ") else { return slips };
    let words: Vec<&str> = rest.split(' ').collect();
    let verb = words.iter().find(|word| !word.starts_with('-') && !word.contains("://")).copied().unwrap_or("ps");
    let swapped = misspelt(verb);
    let (before, after) = rest.split_once(verb).unwrap_or(("", ""));
    slips.push(
        Slip::new(
            "verb",
            format!("docker {before}{swapped}{after}"),
            Said::Keys(&["command-unknown-near", "command-unknown"]),
        )
        .with(verb),
    );
    slips.push(Slip::new("capital", format!("Docker {rest}"), Said::Keys(&["program-capital"])).with("`docker`"));
    slips.push(Slip::new("hyphen", format!("docker-{rest}"), Said::Keys(&["program-unknown"])).with("docker"));
    slips.push(Slip::new("program", format!("dokcer {rest}"), Said::Keys(&["program-unknown"])).with("`docker`"));
    slips.push(Slip::new("sudo", format!("sudo -k docker {rest}"), Said::Reason));
    slips.push(Slip::new("nothing", "docker", Said::Reason));
    slips.push(Slip::new("space", command.replacen(' ', "\u{a0}", 1), Said::Keys(&["typed-space"])));
    slips.push(
        Slip::new(
            "flag",
            format!("docker {before}{verb} --salah{after}"),
            Said::Keys(&["flag-unknown", "flag-unknown-near", "letter-unknown"]),
        )
        .with("--salah"),
    );
    if let Some(at) = words.iter().position(|word| word.starts_with("--")) {
        let flag = words[at];
        slips.push(
            Slip::new("dash", command.replacen(flag, &format!("–{}", &flag[2..]), 1), Said::Keys(&["typed-dash"]))
                .with(flag),
        );
        let name = &flag[2..];
        if name.len() > 3 {
            let typo = command.replacen(flag, &format!("--{}", misspelt(name)), 1);
            slips.push(Slip::new("flag's name", typo, Said::Keys(&["flag-unknown", "flag-unknown-near"])));
        }
    }
    if let Some(flag) = words.iter().find(|word| word.len() > 1 && word.starts_with('-') && !word.starts_with("--")) {
        slips.push(
            Slip::new("dash", command.replacen(flag, &format!("–{}", &flag[1..]), 1), Said::Keys(&["typed-dash"]))
                .with(*flag),
        );
    }
    if command.contains('\'') {
        let curly = command.replacen('\'', "‘", 1).replacen('\'', "’", 1);
        slips.push(Slip::new("quotes", curly, Said::Keys(&["typed-quote"])));
    }
    if words.len() > 1 {
        let last = words.last().copied().unwrap_or_default();
        if !command.contains('\'') && !last.starts_with('-') {
            let fewer = command.rsplit_once(' ').map_or(command, |(fewer, _)| fewer);
            slips.push(Slip::new("word missing", fewer, Said::Reason));
        }
        if let Some(image) = words.iter().find(|word| word.contains(':') && !word.contains("//")) {
            slips.push(Slip::new("tag", command.replacen(image, &format!("{image}9"), 1), Said::Reason));
            let (name, tag) = image.split_once(':').unwrap_or((image, ""));
            let other = format!("{name}x:{tag}");
            slips.push(Slip::new("image", command.replacen(image, &other, 1), Said::Reason));
            slips.push(Slip::new("image's capital", command.replacen(name, &name.to_uppercase(), 1), Said::Reason));
        }
        slips.push(Slip::new("name in brackets", format!("docker {verb} <nama>"), Said::Keys(&["shell-syntax"])));
    }
    if let Some(flag) = words.iter().position(|word| *word == "-d") {
        // Without it the container stays before the learner, who ends it.
        let mut words = words.clone();
        words.remove(flag);
        slips.push(Slip::new("no -d", format!("docker {}", words.join(" ")), Said::Reason));
    }
    for other in others.iter().filter(|other| !other.contains("-it") && !other.contains("logs -f")) {
        slips.push(Slip::new("another step's", other.clone(), Said::Reason));
    }
    slips
}

/// By hand: what people type at this step.
pub(super) static SLIPS: std::sync::LazyLock<Vec<Slip>> = std::sync::LazyLock::new(Vec::new);

impl Slip {
    /// Whether it belongs before this command.
    pub(super) fn is_of(&self, lesson: &str, step: &str, at: usize) -> bool {
        lesson.ends_with(self.at.0) && self.at.1 == step && self.at.2 == at
    }
}
