//! Chooses the message of a cause without asking the engine.

use super::{Cause, Explanation, Kind, explanation};
use crate::explain::values::looks_like_image;

/// Well-known programs. If the shell does not find such a program, the program is not installed, and its name is not
/// misspelt.
const ELSEWHERE: [&str; 9] = ["aws", "az", "gcloud", "gh", "helm", "jq", "kubectl", "minikube", "oc"];

pub(super) fn plain(cause: &Cause) -> Explanation {
    let (key, show) = cause.kind.plain();
    let key = match cause.kind {
        kind if cause.get("near").is_some()
            && let Some(near) = kind.near_key() =>
        {
            near
        }
        Kind::EngineDown if cause.get("at").is_none() => "explain-engine-down-desktop",
        Kind::TooFew if cause.get("verb") == Some("build") => "explain-build-without-context",
        Kind::TooFew => match cause.get("missing") {
            Some("image") if cause.get("value").is_some() => "explain-too-few-image-after",
            Some("image") => "explain-too-few-image",
            Some("container") if cause.get("value").is_some() => "explain-too-few-container-after",
            Some("container") if cause.verb() == "exec" => "explain-too-few-exec",
            Some("container") => "explain-too-few-container",
            Some("word") if cause.get("value").is_some() => "explain-too-few-after",
            Some("new-name") => "explain-too-few-new-name",
            Some("target") => "explain-too-few-target",
            Some("network") => "explain-too-few-network",
            Some("volume") => "explain-too-few-volume",
            Some("program") => "explain-too-few-program",
            _ => key,
        },
        Kind::TooMany if cause.get("extra").is_some() => "explain-too-many-word",
        Kind::CurlFailed => match cause.get("status") {
            Some("6") => "explain-curl-host",
            Some("7") => "explain-curl-refused",
            Some("22") => "explain-curl-status",
            Some("28") => "explain-curl-slow",
            _ => "explain-curl-cut",
        },
        Kind::ExecMissing => exec_missing(cause),
        Kind::TemplateField if cause.get("parent").is_some() => "explain-template-field-inside",
        Kind::ProgramNone if cause.get("word").is_some_and(|word| ELSEWHERE.contains(&word)) => {
            "explain-program-absent"
        }
        Kind::Ended => match cause.get("status") {
            Some("139") => "explain-ended-139",
            Some("143") => "explain-ended-143",
            _ => "explain-ended-137",
        },
        Kind::ImagePlatform if cause.get("image").is_none() || cause.get("actual").is_none() => {
            "explain-image-platform-none"
        }
        Kind::CopyMissing if cause.get("path").is_some_and(|path| path.starts_with("..")) => "explain-copy-outside",
        _ => key,
    };
    explanation(key, cause, show)
}

/// Chooses the message for a program that could not be started. The choice depends mostly on the program's name.
fn exec_missing(cause: &Cause) -> &'static str {
    let word = cause.get("word").unwrap_or_default();
    if cause.get("shell").is_some() {
        "explain-program-of-shell"
    } else if word == "-c" && is_script_behind(cause) {
        "explain-shell-missing"
    } else if word.starts_with('-') && cause.get("image").is_some() {
        "explain-flag-after-image"
    } else if word.starts_with('-') && cause.get("near").is_some() {
        "explain-flag-after-container"
    } else if cause.get("near").is_some() {
        "explain-program-quoted"
    } else if looks_like_image(word) {
        "explain-image-twice"
    } else if matches!(word, "bash" | "/bin/bash") {
        "explain-exec-missing-bash"
    } else if cause.get("program").is_some() && (cause.verb() == "exec" || cause.get("image").is_some()) {
        "explain-exec-missing-near"
    } else if cause.get("name").is_some() {
        "explain-exec-missing-exec"
    } else if cause.get("image").is_none() {
        "explain-exec-missing-start"
    } else {
        "explain-exec-missing"
    }
}

/// Whether the word after `-c` is a script for a shell. Docker's own option `-c` takes a number.
fn is_script_behind(cause: &Cause) -> bool {
    let Some(call) = cause.call.as_ref().filter(|_| cause.get("image").is_some()) else { return false };
    let script = call.words.iter().skip_while(|word| *word != "-c").nth(1);
    script.is_some_and(|script| script.parse::<u64>().is_err())
}
