//! `dermaga preprocess`, which mdBook starts for `[preprocessor.dermaga]`.

use std::io::{self, BufWriter, IsTerminal as _, Read as _, Write as _};

use super::args::PreprocessWhat;
use super::{Failure, Settings, exit};
use crate::site::preprocess::{PreprocessError, explain, language, preprocess as prepare, supports};
use crate::words::Words;

/// Runs `dermaga preprocess`. Its messages are in the book's language, because the book's author reads them.
pub(super) fn preprocess(what: Option<&PreprocessWhat>, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    if let Some(PreprocessWhat::Supports { renderer }) = what {
        return Ok(if supports(renderer) { exit::MET } else { exit::DIFFERS });
    }
    if io::stdin().is_terminal() {
        let reason = words.say("preprocess-terminal", &[]);
        return Err(Failure::new(exit::USAGE, "preprocess-failed-input").with("reason", reason));
    }
    let mut input = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut input);
    let words = Words::new(if settings.is_language_given { settings.lang } else { language(&input) });
    let mut output = BufWriter::new(io::stdout().lock());
    let prepared = read
        .map_err(|error| PreprocessError::Input(error.to_string()))
        .and_then(|_| prepare(&input, &mut output))
        .and_then(|warnings| {
            output.flush().map_err(|error| PreprocessError::Output(error.to_string()))?;
            Ok(warnings)
        });
    match prepared {
        Ok(warnings) => {
            for warning in explain(&warnings, &words) {
                let _ = writeln!(io::stderr(), "{warning}");
            }
            Ok(exit::MET)
        }
        Err(error) => {
            let failure = failure(error);
            let _ = writeln!(io::stderr(), "{}", settings.fold(&failure.explain(&words)));
            Ok(failure.code)
        }
    }
}

fn failure(error: PreprocessError) -> Failure {
    match error {
        PreprocessError::Input(reason) => Failure::new(exit::USAGE, "preprocess-failed-input").with("reason", reason),
        PreprocessError::Version(version) => {
            Failure::new(exit::USAGE, "preprocess-failed-version").with("version", version)
        }
        PreprocessError::Output(reason) => Failure::new(exit::MACHINE, "preprocess-failed-output").because(reason),
    }
}
