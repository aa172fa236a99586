//! Defines source texts, their spans, diagnostics and edits.
//!
//! This module depends on no other module, and contains nothing about lessons.

mod code;
mod diagnostic;
mod edit;
mod fingerprint;
pub mod percent;
#[macro_use]
mod named_enum;
#[macro_use]
mod pattern;
mod redact;
mod source;
mod word_list;
mod wrap;

pub use code::{code_alone, draw_code, draw_code_of_line, quoted_code};
pub use diagnostic::{Code, Diagnostic, Severity, nearest, nearest_within};
pub use edit::{Edit, EditError, apply};
pub use fingerprint::{Fnv64, fingerprint};
pub use pattern::compile_pattern;
pub use redact::{redact_command, redact_message, redact_target};
pub use source::{Position, Source, Span, Spanned};
pub use word_list::WordList;
pub use wrap::{between_words, display_width, wrap_between_words};

/// A message for a person: its key in `words`, and the values in the message, by name. The values are not sanitised.
pub type Message = (&'static str, Vec<(&'static str, String)>);
