//! Explains a wrong command line in the reader's language.

use std::fmt::Write as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::transcript::sanitise;
use crate::words::Words;

/// Describes the mistake, suggests corrections, and names the help.
pub(super) fn explain(error: &clap::Error, words: &Words) -> String {
    let get = |kind| error.get(kind).map(plain).unwrap_or_default();
    let argument = get(ContextKind::InvalidArg);
    let text = match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::WrongNumberOfValues => {
            let given = get(ContextKind::InvalidValue);
            let said = words.say("usage-value", &[("given", &given), ("argument", &argument)]);
            let name = argument.trim_start_matches('-').split([' ', '=']).next().unwrap_or_default();
            match words.find(&format!("usage-form-{name}"), &[]) {
                Some(form) => format!("{said} {form}"),
                None => said,
            }
        }
        ErrorKind::UnknownArgument => words.say("usage-unknown", &[("given", &argument)]),
        ErrorKind::InvalidSubcommand => words.say("usage-unknown", &[("given", &get(ContextKind::InvalidSubcommand))]),
        ErrorKind::MissingRequiredArgument | ErrorKind::TooFewValues | ErrorKind::NoEquals => {
            words.say("usage-missing", &[("argument", &argument)])
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return error.render().to_string();
        }
        ErrorKind::ArgumentConflict => {
            words.say("usage-conflict", &[("argument", &argument), ("other", &get(ContextKind::PriorArg))])
        }
        _ => words.say("usage-other", &[]),
    };
    let mut text = format!("{}: {text}", words.say("failure", &[]));
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        let near = get(kind);
        if !near.is_empty() {
            let _ = write!(text, " {}", words.say("usage-near", &[("near", &near)]));
        }
    }
    let valid = get(ContextKind::ValidValue);
    if !valid.is_empty() {
        let _ = write!(text, " {}", words.say("usage-valid", &[("values", &valid)]));
    }
    let _ = write!(text, "\n{}", words.say("usage-next", &[]));
    text
}

fn plain(value: &ContextValue) -> String {
    let text = match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    };
    sanitise(&text)
}
