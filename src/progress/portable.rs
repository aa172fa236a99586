//! Exports and imports a history as a file for another machine.

use serde_json::error::Category;
use serde_json::{Value, json};

use super::entry::Entry;
use super::history::History;
use crate::text::Message;

/// The version of the file format that [`export`] writes. [`import`] also reads older versions.
const VERSION: u64 = 1;

/// The contents of an exported file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portable {
    /// The entries in the file.
    pub history: History,
    /// The number of entries that could not be read.
    pub unreadable: usize,
}

/// The reason why a file cannot be imported. Each error has a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The file is empty.
    #[error("it is empty")]
    Empty,
    /// The file ends too early.
    #[error("it ends too soon")]
    Cut,
    /// The file is not JSON. The numbers are the line and the column of the error.
    #[error("not JSON at line {0}, column {1}")]
    NotJson(usize, usize),
    /// The file is JSON, but not an exported history.
    #[error("no progress of Dermaga's")]
    NotOurs,
    /// The file has a newer version.
    #[error("version {0}, and this program knows {VERSION}")]
    Newer(u64),
}

impl ImportError {
    /// Returns the key of the message in `words` and the values of the message. The values are not sanitised.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => ("progress-import-empty", vec![]),
            Self::Cut => ("progress-import-cut", vec![]),
            Self::NotJson(line, column) => {
                ("progress-import-not-json", vec![("line", line.to_string()), ("column", column.to_string())])
            }
            Self::NotOurs => ("progress-import-not-ours", vec![]),
            Self::Newer(version) => {
                ("progress-import-newer", vec![("version", version.to_string()), ("known", VERSION.to_string())])
            }
        }
    }
}

/// Exports `history` as JSON, with one entry per line.
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

/// Reads the text of a file that [`export`] wrote.
///
/// # Errors
/// If `text` is not such a file, or has a newer version.
pub fn import(text: &str) -> Result<Portable, ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut document: Value = serde_json::from_str(text).map_err(|error| match error.classify() {
        Category::Eof if text.trim().is_empty() => ImportError::Empty,
        Category::Eof => ImportError::Cut,
        _ => ImportError::NotJson(error.line(), error.column()),
    })?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_invalid_import_file_gives_its_own_error() {
        let whole = export(&History::default());
        assert_eq!(import(&format!("\u{feff}{whole}")), Ok(Portable::default()));
        let cases = [
            ("", ImportError::Empty),
            ("\u{feff} \n", ImportError::Empty),
            (&whole[..whole.len() - 4], ImportError::Cut),
            ("halo", ImportError::NotJson(1, 1)),
            ("[\n x]", ImportError::NotJson(2, 2)),
            ("[]", ImportError::NotOurs),
        ];
        for (text, expected) in cases {
            assert_eq!(import(text), Err(expected), "{text:?}");
        }
    }
}
