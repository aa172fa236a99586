//! Tests every message of both catalogues, and every error, in the form that a terminal of 60 columns shows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use super::Failure;
use crate::engine::EngineError;
use crate::gateway::GatewayError;
use crate::lesson::scaffold::ScaffoldError;
use crate::pack::{Digest, PackError};
use crate::progress::ImportError;
use crate::report::wrap;
use crate::sandbox::{MissingProgram, SandboxError};
use crate::site::SiteError;
use crate::store::{FileAction, FileError};
use crate::words::{Lang, Words};

const WIDTH: usize = 60;

/// Creates one value of each variant. If a variant is not listed, the macro does not compile.
macro_rules! each {
    ($enum:ident { $($name:ident $(($($tuple:tt)*))? $({$($fields:tt)*})?),* $(,)? }) => {{
        let exhaustive = |error: &$enum| match error { $($enum::$name { .. } => {}),* };
        let errors = vec![$($enum::$name $(($($tuple)*))? $({$($fields)*})?),*];
        errors.iter().for_each(exhaustive);
        errors
    }};
}

/// Matches text in backquotes.
static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new("`[^`]*`").unwrap());
/// Matches tags, variables, paths, addresses and options.
static NAMES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<[^>]*>|[A-Z][A-Z_]+|\S*[/.=_]\S*[/.=_\w]|--\S+").unwrap());
/// Matches English words that occur in no Indonesian sentence.
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    let words = "the|is|are|was|not|no|a|an|of|to|cannot|could|and|or|with|from|for|this|that|there|has|have|failed|missing|\\
                 invalid|found|file|denied|such|because|please|try|again|your|you|it";
    Regex::new(&format!(r"(?i)\b({})\b", words.replace([' ', '\\', '\n'], ""))).unwrap()
});

/// Returns the style mistakes in a text for people.
fn faults(lang: Lang, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if text.trim().is_empty() {
        faults.push("empty".to_owned());
    }
    if text.contains("{$") || text.contains("{ $") {
        faults.push("a placeholder".to_owned());
    }
    if text.contains(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{fffd}']) {
        faults.push("a mark of direction".to_owned());
    }
    for line in text.lines() {
        let wrapped = wrap(line, WIDTH);
        for line in wrapped.lines() {
            // A word that is wider than the terminal has a line to itself.
            let word = line.trim_start_matches([' ', '→']);
            let is_word = !CODE.replace_all(word, "").trim().contains(' ');
            if line.chars().count() > WIDTH && !is_word {
                faults.push(format!("wider than {WIDTH}: {line}"));
            }
        }
        let commands = |text: &str| CODE.find_iter(text).map(|found| found.as_str().to_owned()).collect::<Vec<_>>();
        let short =
            commands(line).into_iter().filter(|command| command.chars().count() + 2 < WIDTH - line.len().min(8));
        for command in short {
            if !wrapped.contains(&command) {
                faults.push(format!("{command} is broken"));
            }
        }
    }
    if lang == Lang::Id {
        let prose = CODE.replace_all(text, "");
        let prose = NAMES.replace_all(&prose, "");
        faults.extend(ENGLISH.find_iter(&prose).map(|found| format!("English: {}", found.as_str())));
    }
    faults
}

/// Returns the messages of a catalogue with their source. An attribute has the key `key.attribute`.
fn messages(lang: Lang) -> BTreeMap<String, String> {
    let mut messages: BTreeMap<String, String> = BTreeMap::new();
    let mut key = String::new();
    let start = Regex::new(r"^([a-zA-Z][\w-]*) =(.*)$").unwrap();
    let attribute = Regex::new(r"^ +\.([\w-]+) =(.*)$").unwrap();
    for line in lang.files().iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#')) {
        if let Some(found) = start.captures(line) {
            found[1].clone_into(&mut key);
            messages.insert(key.clone(), found[2].to_owned());
        } else if let Some(found) = attribute.captures(line) {
            key = format!("{}.{}", key.split('.').next().unwrap_or_default(), &found[1]);
            messages.insert(key.clone(), found[2].to_owned());
        } else if let Some(message) = messages.get_mut(&key) {
            message.push('\n');
            message.push_str(line);
        }
    }
    // Drops each key that has attributes but no text.
    messages.retain(|_, source| !source.trim().is_empty());
    messages
}

fn variables(source: &str) -> BTreeSet<String> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\$([a-z_]+)").unwrap());
    NAME.captures_iter(source).map(|found| found[1].to_owned()).collect()
}

/// Returns values for the variables of a message. With each value in turn, every variant of the message appears.
fn choices(source: &str) -> Vec<String> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[([\w-]+)\]").unwrap());
    let mut choices: Vec<String> = NAMED.captures_iter(source).map(|found| found[1].to_owned()).collect();
    choices.extend(["0", "1", "2", "nilai"].map(str::to_owned));
    choices
}

#[test]
fn every_message_fits_60_columns_in_its_language() {
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for (key, source) in messages(lang) {
            if source.trim() == "{\"\"}" {
                continue;
            }
            for choice in choices(&source) {
                let variables = variables(&source);
                let args: Vec<(&str, &str)> = variables.iter().map(|name| (name.as_str(), choice.as_str())).collect();
                let Some(text) = words.find(&key, &args) else {
                    wrong.push(format!("{lang}: {key} is not found"));
                    continue;
                };
                wrong.extend(faults(lang, &text).into_iter().map(|fault| format!("{lang}: {key}: {fault}")));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn english_messages_use_the_singular_after_the_number_one() {
    let nouns = "seconds|minutes|hours|days|records|lessons|steps|commands|pages|links|parts|bytes|questions|things|images|claims|errors|warnings|places|layers|containers|pairs";
    let wrong = Regex::new(&format!(r"(^|[^\d.,]\b)1 ({nouns})\b")).unwrap();
    let words = Words::new(Lang::En);
    let mut found = Vec::new();
    // The number in these messages is always more than one.
    let many = ["file-too-large", "sandbox-not-ready"];
    for (key, source) in messages(Lang::En).into_iter().filter(|(key, _)| !many.contains(&key.as_str())) {
        let variables = variables(&source);
        let args: Vec<(&str, &str)> = variables.iter().map(|name| (name.as_str(), "1")).collect();
        found.extend(words.find(&key, &args).filter(|text| wrong.is_match(text)).map(|text| format!("{key}: {text}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The last line of an engine's log, and the exit status of that engine.
const LOGS: [(&str, &str); 6] = [
    ("too many open files", "exit 1"),
    ("cannot allocate memory", "exit 1"),
    ("Your Linux kernel version 2.6", "exit 1"),
    ("read-only file system", "exit 1"),
    ("operation not permitted", "exit 1"),
    ("", "signal 9"),
];

/// Returns one failure for each variant of the error enums that have messages for a person.
fn failures() -> Vec<Failure> {
    let text = || "nilai".to_owned();
    let path = || PathBuf::from("/home/ani/x");
    let io = || std::io::Error::from_raw_os_error(5);
    let mut all: Vec<Failure> = Vec::new();
    all.extend(
        each!(FileError {
            Missing(path()),
            Directory(path()),
            Special(path()),
            Link { path: path(), target: path() },
            Outside { path: path(), root: path() },
            NotRegular(path()),
            HardLink(path()),
            WriteProtected(path()),
            ReadOnlyDisk(path()),
            NoDirectory(path()),
            NotDirectory(path()),
            Permission { path: path(), action: FileAction::Write },
            NotUtf8 { path: path(), offset: 1, wide: false },
            TooLarge { path: path(), size: 1 },
            NoSpace(path()),
            Changed(path()),
            Exists(path()),
            NoCourse(path()),
            Other { path: path(), source: io() },
        })
        .into_iter()
        .map(Failure::from),
    );
    let missing = || vec![MissingProgram { program: "dockerd", package: "docker.io" }];
    let sandbox = || {
        each!(SandboxError {
            NotLinux("macos"),
            NotRoot,
            Missing { programs: missing(), apt: true },
            BadRoot { root: path(), missing: vec![text()] },
            BadName(text()),
            LongPath { path: path(), over: 1 },
            Busy(text()),
            NotRunning(text()),
            Setup { step: text(), error: text(), tail: text() },
            Died { status: text(), tail: String::new() },
            NotReady { seconds: 60, tail: String::new() },
            NoSpace(path()),
            Io { path: path(), source: io() },
        })
    };
    all.extend(sandbox().into_iter().map(Failure::from));
    // Adds each failed engine with a known cause twice: as a failure, and as the cause of another failure.
    for (log, status) in LOGS {
        let died = SandboxError::Died { status: status.into(), tail: log.into() };
        let message = died.message();
        assert!(message.0 != "sandbox-died", "{log}");
        all.push(died.into());
        all.push(Failure::new(super::exit::MACHINE, "learn-no-engine").caused_by(message));
    }
    all.push(SandboxError::Missing { programs: missing(), apt: false }.into());
    all.push(SandboxError::Io { path: path(), source: std::io::ErrorKind::ReadOnlyFilesystem.into() }.into());
    let engine = || {
        each!(EngineError {
            MissingSocket(path()),
            Permission(path()),
            Refused(text()),
            Unreachable { endpoint: text(), source: io() },
            Silent(text()),
            NotAnEngine { endpoint: text(), detail: text() },
            TooOld { found: text(), least: "1.40" },
            Tls { endpoint: text(), detail: text() },
            Keys { path: path(), detail: text() },
            Ssh { endpoint: text(), detail: text() },
            NoPodman(true),
            Address(text()),
            Context(text()),
        })
    };
    all.extend(engine().into_iter().map(Failure::from));
    all.extend(
        each!(GatewayError {
            Engine(EngineError::NoPodman(false)),
            Silent { endpoint: text(), detail: text() },
            Socket { path: path(), source: io() },
            Journal { path: path(), source: io() },
        })
        .iter()
        .map(Failure::from),
    );
    let digest: Digest = format!("sha256:{}", "0".repeat(64)).parse().unwrap();
    all.extend(
        each!(PackError {
            Missing(path()),
            Unreadable { path: path(), source: io() },
            Malformed { path: path(), why: text() },
            Damaged(digest),
        })
        .into_iter()
        .map(Failure::from),
    );
    all.extend(
        each!(SiteError {
            File(FileError::Missing(path())),
            Render(text()),
            Address(text()),
            Taken(text()),
            NotOurs(path()),
            Foreign(path()),
            Dead(Vec::new()),
            Nothing,
        })
        .into_iter()
        .map(Failure::from),
    );
    let plain = |message| Failure::with_values(super::exit::USAGE, message);
    let scaffold = each!(ScaffoldError {
        BadName(text()),
        Taken(text()),
        NoGroup { name: text(), known: text() },
        BrokenCourse,
    });
    all.extend(scaffold.iter().map(|error| plain(error.message())));
    let import = each!(ImportError { Empty, Cut, NotJson(1, 2), NotOurs, Newer(9) });
    all.extend(import.iter().map(|error| plain(error.message())));
    all
}

#[test]
fn every_error_has_a_complete_message_in_both_languages() {
    let mut wrong = Vec::new();
    for failure in failures() {
        for lang in Lang::ALL {
            let text = failure.explain(&Words::new(lang));
            // The system's own messages are not checked.
            let system = Words::new(lang).say("failure-system", &[("detail", "")]);
            let ours: Vec<&str> = text.lines().filter(|line| !line.trim().starts_with(system.trim())).collect();
            let mut ours = ours.join("\n").replace("Input/output error (os error 5)", "…");
            for (log, _) in LOGS {
                ours = ours.replace(log, "");
            }
            if ours.contains(failure.key) {
                wrong.push(format!("{lang}: {} has no words", failure.key));
            }
            wrong.extend(faults(lang, &ours).into_iter().map(|fault| format!("{lang}: {}: {fault}", failure.key)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns the text of every source file, without its tests.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
                found.push((path, code));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

/// Checks each key that the source passes to a function for messages. The key must be in the catalogue. If the call
/// lists values, they must include all values of the message.
#[test]
fn every_message_key_in_the_source_exists_and_gets_its_values() {
    let known = messages(Lang::Id);
    let asked =
        Regex::new(r#"(?:\.(?:say|find|count)|Failure::new)\(\s*(?:exit::\w+,\s*)?"([a-z][\w.-]*-[\w.-]*)""#).unwrap();
    let listed = Regex::new(r#"^,\s*(?:[^&"]*,\s*)?&\[([^\]]*)\]\s*\)"#).unwrap();
    let value = Regex::new(r#"\(\s*"([a-z_]+)","#).unwrap();
    let (mut seen, mut wrong) = (0, Vec::new());
    for (path, code) in sources() {
        for found in asked.captures_iter(&code) {
            seen += 1;
            let key = &found[1];
            let Some(source) = known.get(key) else {
                if !known.keys().any(|one| one.starts_with(&format!("{key}."))) {
                    wrong.push(format!("{}: {key} is in no catalogue", path.display()));
                }
                continue;
            };
            let rest = &code[found.get(0).unwrap().end()..];
            let Some(args) = listed.captures(rest) else { continue };
            let mut given: BTreeSet<String> = value.captures_iter(&args[1]).map(|found| found[1].to_owned()).collect();
            if found[0].starts_with(".count") {
                given.insert("count".to_owned());
            }
            let lacking: Vec<String> = variables(source).difference(&given).cloned().collect();
            if !lacking.is_empty() {
                wrong.push(format!("{}: {key} lacks {lacking:?}", path.display()));
            }
        }
    }
    assert!(seen > 100, "{seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Fails for a new enum of errors until it is in [`failures`], or in the list of enums that never reach a person.
#[test]
fn every_error_enum_has_a_sample_or_never_reaches_a_person() {
    const BECOME_OTHERS: [&str; 9] = [
        "CastError",
        "EditError",
        "FetchError",
        "ImageRefError",
        "PreprocessError",
        "QuizError",
        "SessionError",
        "StoreError",
        "AskError",
    ];
    let ours = include_str!("messages_tests.rs");
    let named = Regex::new(r"\benum (\w*Error)\b").unwrap();
    for (path, code) in sources() {
        for found in named.captures_iter(&code) {
            let is_known = BECOME_OTHERS.contains(&&found[1]) || ours.contains(&format!("each!({} {{", &found[1]));
            assert!(is_known, "{}: {} has no sample among the failures", path.display(), &found[1]);
        }
    }
}
