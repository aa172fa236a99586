//! Typical wrong commands, derived from a right command.

use dermaga::words::Lang;

use super::tutor::TutorReply;

/// The reply that a wrong command must get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// An explanation with one of these message keys (without `explain-`), or a mistake that the lesson declares.
    Keys(&'static [&'static str]),
    /// The text of a mistake that the lesson declares.
    Mistake,
    /// Any reply with a reason. The tutor may also be silent, and the command may be right after all.
    Reason,
}

/// A wrong command.
#[derive(Debug, Clone)]
pub(super) struct Slip {
    pub(super) kind: &'static str,
    pub(super) typed: String,
    pub(super) said: Said,
    /// Texts that the reply must contain in both languages.
    pub(super) has: Vec<String>,
    /// For a listed command: the lesson, the step, and the index in the step of the right command.
    pub(super) at: (&'static str, &'static str, usize),
    /// Whether the lesson must be restarted after this command.
    pub(super) destroys: bool,
}

impl Slip {
    pub(super) fn new(kind: &'static str, typed: impl Into<String>, said: Said) -> Self {
        Self { kind, typed: typed.into(), said, has: Vec::new(), at: ("", "", 0), destroys: false }
    }

    pub(super) fn with(mut self, piece: impl Into<String>) -> Self {
        self.has.push(piece.into());
        self
    }

    /// Returns the fault of the reply `told` in the language `lang`, or `None` if the reply is good.
    pub(super) fn problem(&self, lang: Lang, told: &TutorReply) -> Option<String> {
        let text = match told {
            TutorReply::Mistake(text)
            | TutorReply::Explained(_, text)
            | TutorReply::Slip(_, text)
            | TutorReply::Found(text) => text.as_str(),
            TutorReply::Right | TutorReply::Quiet if self.said == Said::Reason => return None,
            // A command that makes the claims true passes, even with typographic quotes or dashes.
            TutorReply::Right if ["quotes", "dash"].contains(&self.kind) => return None,
            other => return Some(format!("{other:?} is no reason")),
        };
        if text.trim().is_empty() || text.contains(['{', '}']) && !self.typed.contains('{') {
            return Some(format!("not a message: {text}"));
        }
        if lang == Lang::Id && text.contains(" the ") || lang == Lang::En && text.contains(" yang ") {
            return Some("another language".to_owned());
        }
        match (self.said, told) {
            (Said::Mistake, TutorReply::Mistake(_)) | (Said::Reason, _) => {}
            (Said::Mistake, _) => return Some("not a mistake that the lesson knows".to_owned()),
            (Said::Keys(keys), TutorReply::Explained(key, _) | TutorReply::Slip(key, _)) => {
                if !keys.contains(&key.trim_start_matches("explain-")) {
                    return Some(format!("not {keys:?}"));
                }
            }
            (Said::Keys(_), TutorReply::Mistake(_)) => return None,
            (Said::Keys(keys), _) => return Some(format!("not {keys:?}")),
        }
        self.has.iter().find(|piece| !text.contains(piece.as_str())).map(|piece| format!("no `{piece}`"))
    }
}

/// Swaps two neighbouring letters of `verb`. The result is not the name of another command.
fn misspelt(verb: &str) -> String {
    let mut letters: Vec<char> = verb.chars().collect();
    let at = usize::from(letters[0] == letters[1]);
    if letters.len() > at + 1 {
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

/// Returns wrong forms of `command`. `others` are commands of other steps.
pub(super) fn slips_of(command: &str, others: &[String]) -> Vec<Slip> {
    let mut slips = Vec::new();
    let Some(rest) = command.strip_prefix("docker ") else { return slips };
    let words: Vec<&str> = rest.split(' ').collect();
    let context = if words[0] == "--context" { 2 } else { 0 };
    let verb =
        words[context..].iter().find(|word| !word.starts_with('-') && !word.contains("://")).copied().unwrap_or("ps");
    let swapped = misspelt(verb);
    let (before, after) = rest.split_once(verb).unwrap_or(("", ""));
    slips.push(
        Slip::new(
            "verb",
            format!("docker {before}{swapped}{after}"),
            Said::Keys(&["command-unknown-near", "command-unknown"]),
        )
        .with(format!("docker {verb}")),
    );
    slips.push(Slip::new("capital", format!("Docker {rest}"), Said::Keys(&["program-capital"])).with("`docker`"));
    slips.push(
        Slip::new("hyphen", format!("docker-{rest}"), Said::Keys(&["program-unknown", "program-none"])).with("docker"),
    );
    slips.push(Slip::new("program", format!("dokcer {rest}"), Said::Keys(&["program-unknown"])).with("`docker`"));
    slips.push(Slip::new("sudo", format!("sudo docker {rest}"), Said::Reason));
    slips.push(Slip::new("nothing", "docker", Said::Reason));
    // If the right command must fail (its image is `tidakada`), the typographic space makes no difference.
    if !command.contains("tidakada") {
        slips.push(Slip::new("space", command.replacen(' ', "\u{a0}", 1), Said::Keys(&["typed-space"])));
    }
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
            let keys = Said::Keys(&["flag-unknown", "flag-unknown-near", "own-flag-unknown-near"]);
            slips.push(Slip::new("flag's name", typo, keys));
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
        slips.push(Slip::new("name in brackets", format!("docker {verb} <nama>"), Said::Keys(&["shell-redirect"])));
    }
    if let Some(flag) = words.iter().position(|word| *word == "-d") {
        // Without `-d`, the container runs in the foreground until the learner ends it.
        let mut words = words.clone();
        words.remove(flag);
        slips.push(Slip::new("no -d", format!("docker {}", words.join(" ")), Said::Reason));
    }
    let harmless = |other: &&String| {
        // Later steps must fail without a login, but a login would remain. Nothing would restore a removed file.
        let harmful = ["-it", "logs -f", "docker rm", "docker stop", "docker start", "docker login", "docker logout"];
        !other.starts_with("rm ") && !harmful.iter().any(|part| other.contains(part))
    };
    for other in others.iter().filter(harmless) {
        slips.push(Slip::new("another step's", other.clone(), Said::Reason));
    }
    slips
}

impl Slip {
    /// Whether this wrong command is listed for the right command `at` of the step.
    pub(super) fn is_of(&self, lesson: &str, step: &str, at: usize) -> bool {
        lesson.ends_with(self.at.0) && self.at.1 == step && self.at.2 == at
    }
}
