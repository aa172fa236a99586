//! Chooses the message of a cause without asking the engine.

use super::{Cause, Explanation, Kind, explanation};
use crate::explain::values::looks_like_image;
use crate::image_ref::{ImageRef, ImageRefError};

/// Well-known programs. If the shell does not find such a program, the program is not installed, and its name is not
/// misspelt.
const ELSEWHERE: [&str; 9] = ["aws", "az", "gcloud", "gh", "helm", "jq", "kubectl", "minikube", "oc"];

pub(super) fn plain(cause: &Cause) -> Explanation {
    let (key, show) = cause.kind.plain();
    let key = match cause.kind {
        Kind::EngineDown if cause.get("at").is_none() => "explain-engine-down-desktop",
        Kind::ImageUnknown if cause.get("near").is_some() => "explain-image-unknown-near",
        Kind::CommandUnknown if cause.get("near").is_some() => "explain-command-unknown-near",
        Kind::FlagUnknown if cause.get("near").is_some_and(|near| !near.starts_with("--")) => {
            "explain-letters-two-hyphens"
        }
        Kind::FlagUnknown if cause.get("near").is_some() => "explain-flag-unknown-near",
        Kind::InstructionUnknown if cause.get("near").is_some() => "explain-instruction-unknown-near",
        Kind::LetterUnknown if cause.get("near").is_some() => "explain-letter-unknown-near",
        Kind::TooFew if cause.get("verb") == Some("build") => "explain-build-without-context",
        Kind::FlagVersion if cause.get("near").is_some() => "explain-flag-unknown-version-near",
        Kind::TooFew => match cause.get("missing") {
            Some("image") if cause.get("value").is_some() => "explain-too-few-image-after",
            Some("image") => "explain-too-few-image",
            Some("container") if cause.get("value").is_some() => "explain-too-few-container-after",
            Some("container") if is_exec(cause) => "explain-too-few-exec",
            Some("container") => "explain-too-few-container",
            Some("word") if cause.get("value").is_some() => "explain-too-few-after",
            Some("new-name") => "explain-too-few-new-name",
            Some("target") => "explain-too-few-target",
            Some("network") => "explain-too-few-network",
            Some("volume") => "explain-too-few-volume",
            Some("program") => "explain-too-few-program",
            _ => key,
        },
        Kind::TooMany if cause.get("near").is_some() => "explain-too-many-option",
        Kind::TooMany if cause.get("extra").is_some() => "explain-too-many-word",
        Kind::OwnFlagUnknown if cause.get("near").is_some() => "explain-own-flag-unknown-near",
        Kind::CurlFailed => match cause.get("status") {
            Some("6") => "explain-curl-host",
            Some("7") => "explain-curl-refused",
            Some("22") => "explain-curl-status",
            Some("28") => "explain-curl-slow",
            _ => "explain-curl-cut",
        },
        Kind::ExecMissing => exec_missing(cause),
        Kind::TemplateField if cause.get("parent").is_some() => "explain-template-field-inside",
        Kind::TemplateField if cause.get("near").is_some() => "explain-template-field-near",
        Kind::NoNetwork | Kind::NameServer | Kind::HostUnknown if cause.get("near").is_some() => {
            "explain-host-unknown-near"
        }
        Kind::ProgramNone if cause.get("word").is_some_and(|word| ELSEWHERE.contains(&word)) => {
            "explain-program-absent"
        }
        Kind::ImageUnknown if cause.get("first").is_some() => "explain-image-hub-asked",
        Kind::Reference => reference(cause),
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

fn is_exec(cause: &Cause) -> bool {
    cause.call.as_ref().is_some_and(|call| call.familiar_name() == "exec")
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
    } else if cause.get("program").is_some() && (is_exec(cause) || cause.get("image").is_some()) {
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

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Chooses the message for an image reference that is not valid.
fn reference(cause: &Cause) -> &'static str {
    // `docker run NAMA=Ryan alpine:3.20`: the option `-e` before the variable is missing.
    let is_run = cause.call.as_ref().is_some_and(|call| matches!(call.familiar_name(), "run" | "create"));
    let is_assigned =
        cause.get("image").is_some_and(|image| image.split_once('=').is_some_and(|(name, _)| is_name(name)));
    if is_run && is_assigned {
        return "explain-reference-variable";
    }
    if cause.get("image").is_some_and(|image| image.contains('$')) {
        return "explain-reference-content";
    }
    match cause.get("image").and_then(|image| image.parse::<ImageRef>().err()) {
        Some(ImageRefError::Uppercase) => "explain-reference-capital",
        Some(ImageRefError::Dash) => "explain-reference-dash",
        Some(ImageRefError::Space) => "explain-reference-space",
        Some(ImageRefError::Scheme) => "explain-reference-scheme",
        Some(ImageRefError::Colon) => "explain-reference-colon",
        Some(ImageRefError::Digest) => "explain-reference-digest",
        Some(ImageRefError::Format) if cause.get("near").is_some() => "explain-reference-comma",
        _ => "explain-reference",
    }
}
