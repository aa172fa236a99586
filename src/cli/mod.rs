//! Arguments → settings → one file a subcommand; Failure → exit code.
