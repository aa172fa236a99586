//! Writes a log, for bug reports such as "it hung". `--log FILE` names the file, and `DERMAGA_LOG` sets the filter.
//!
//! The log contains messages of Dermaga and mdBook only. Messages of other crates can contain headers and bodies of
//! requests, so `DERMAGA_LOG` cannot add these messages.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use tracing::{error, info};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

use super::args::{CommandLine, Verb};
use super::{Failure, exit};
use crate::store::append_named;
use crate::text::{redact_command, redact_message};
use crate::words::Words;

/// The filter if `--log` is given and `DERMAGA_LOG` is not.
const USUAL: &str = "dermaga=debug";
/// The crates whose messages may be logged. mdBook's messages are about the book's files.
const OURS: [&str; 2] = ["dermaga", "mdbook"];

/// Starts the log if the person asks for one. `--log FILE` takes precedence. With `DERMAGA_LOG` alone, the log goes to
/// standard error, unless standard error is the tutor's own terminal.
///
/// # Errors
/// If the filter is invalid, or the file cannot be opened.
pub(super) fn start(line: &CommandLine, args: &str, words: &Words) -> Result<(), Failure> {
    let wanted = std::env::var("DERMAGA_LOG").ok().filter(|filter| !filter.trim().is_empty());
    let filter = match (&line.log, wanted) {
        (None, None) => return Ok(()),
        (_, Some(wanted)) => EnvFilter::try_new(&wanted)
            .map_err(|_| Failure::new(exit::USAGE, "failure-log-filter").with("filter", wanted))?,
        (Some(_), None) => EnvFilter::new(USUAL),
    };
    let tutors = matches!(line.verb, Verb::Learn(_) | Verb::Watch(_) | Verb::Review { .. });
    match &line.log {
        Some(path) if path != Path::new("/dev/stderr") => {
            begin(filter, Arc::new(append_named(path)?));
        }
        None if tutors && io::stderr().is_terminal() => {
            let _ = writeln!(io::stderr(), "{}", words.say("log-needs-file", &[]));
            return Ok(());
        }
        _ => begin(filter, io::stderr),
    }
    let panicked = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        error!(at = ?panic.location().map(ToString::to_string), "panicked");
        panicked(panic);
    }));
    info!(version = env!("CARGO_PKG_VERSION"), args = ?redact_command(args), pid = std::process::id(), "started");
    Ok(())
}

/// Logs the result of the program.
pub(super) fn end(result: &Result<u8, Failure>) {
    match result {
        Ok(code) => info!(code, "ended"),
        Err(failure) => {
            let because = failure.source.as_ref().map(|source| redact_message(&source.to_string()));
            info!(code = failure.code, failure = failure.key, because = ?because.unwrap_or_default(), "ended");
        }
    }
}

fn begin<W>(filter: EnvFilter, writer: W)
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let ours = filter_fn(|meta| OURS.iter().any(|name| meta.target().starts_with(name)));
    // If the log cannot be written, no error is printed on the terminal.
    let layer = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(false).log_internal_errors(false);
    let log = tracing_subscriber::registry().with(filter).with(layer.with_filter(ours));
    let _ = tracing::subscriber::set_global_default(log);
}
