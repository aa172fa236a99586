//! `dermaga preprocess`: what mdBook runs for `[preprocessor.dermaga]`.

use std::io::{self, BufWriter, IsTerminal as _, Write as _};

use super::args::{PreprocessArgs, PreprocessWhat};
use super::{Failure, FailureKind, Settings, exit};
use crate::book::preprocess::{PreprocessError, preprocess as prepare, supports};
use crate::report::diagnostic::render;
use crate::words::Words;

/// `dermaga preprocess`
pub(super) fn preprocess(args: &PreprocessArgs, settings: &Settings) -> Result<u8, Failure> {
    if let Some(PreprocessWhat::Supports { renderer }) = &args.what {
        return Ok(if supports(renderer) { exit::MET } else { exit::DIFFERS });
    }
    let wrong = |reason: String| Failure::new(FailureKind::Usage, "preprocess-failed-input").with("reason", reason);
    if io::stdin().is_terminal() {
        return Err(wrong(Words::new(settings.lang).say("preprocess-terminal", &[])));
    }
    let mut output = BufWriter::new(io::stdout().lock());
    let found = prepare(io::stdin().lock(), &mut output).map_err(|error| match error {
        PreprocessError::Input(reason) => wrong(reason),
        PreprocessError::Output(reason) => {
            Failure::new(FailureKind::Machine, "preprocess-failed-output").because(reason)
        }
    })?;
    output.flush().map_err(|error| Failure::new(FailureKind::Machine, "preprocess-failed-output").because(error))?;
    let words = Words::new(settings.lang);
    for (source, found) in &found {
        let drawn = render(source, found, &words, settings.color_err, settings.width);
        let _ = writeln!(io::stderr(), "{drawn}\n");
    }
    Ok(exit::MET)
}
