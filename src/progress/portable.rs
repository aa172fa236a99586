//! A history as a file that can be carried to another machine.

use serde_json::{Value, json};

use super::entry::Entry;
use super::history::History;

/// The version of the file's shape that we write; we read all up to it.
const VERSION: u64 = 1;

/// What a file held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portable {
    /// Its entries.
    pub history: History,
    /// How many things in it were no entries.
    pub unreadable: usize,
}

/// Why a file cannot be imported; each has a message under [`key`](Self::key).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Not JSON.
    #[error("not JSON: {0}")]
    NotJson(String),
    /// JSON, but no progress of ours.
    #[error("no progress of Dermaga's")]
    NotOurs,
    /// Of a newer version.
    #[error("version {0}, and this program knows {VERSION}")]
    Newer(u64),
}

impl ImportError {
    /// The key of its message in `words`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NotJson(_) => "progress-import-not-json",
            Self::NotOurs => "progress-import-not-ours",
            Self::Newer(_) => "progress-import-newer",
        }
    }

    /// The values of its message; not yet sanitised.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotJson(detail) => vec![("detail", detail.clone())],
            Self::NotOurs => Vec::new(),
            Self::Newer(version) => vec![("version", version.to_string()), ("known", VERSION.to_string())],
        }
    }
}

/// The file of `history`: JSON, one entry a line.
#[must_use]
pub fn export(history: &History) -> String {
    let mut text = format!("{{\"dermaga\":\"progress\",\"version\":{VERSION},\"events\":[");
    for (index, entry) in history.entries().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&entry.to_line());
    }
    text.push_str("\n]}\n");
    text
}

/// Reads a file of [`export`].
///
/// # Errors
/// When it is no such file, or one of a version to come.
pub fn import(text: &str) -> Result<Portable, ImportError> {
    let mut document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| ImportError::NotJson(error.to_string()))?;
    if document.get("dermaga") != Some(&json!("progress")) {
        return Err(ImportError::NotOurs);
    }
    match document.get("version").and_then(Value::as_u64) {
        Some(1..=VERSION) => {}
        Some(version) if version > VERSION => return Err(ImportError::Newer(version)),
        _ => return Err(ImportError::NotOurs),
    }
    let Some(Value::Array(events)) = document.get_mut("events").map(Value::take) else {
        return Err(ImportError::NotOurs);
    };
    let mut portable = Portable::default();
    for event in events {
        match Entry::from_value(event) {
            Some(entry) => {
                portable.history.add(entry);
            }
            None => portable.unreadable += 1,
        }
    }
    Ok(portable)
}
