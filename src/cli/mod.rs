//! Arguments → settings → one file a subcommand; Failure → exit code.

mod lint;

pub use lint::{LintSettings, lint_command};
