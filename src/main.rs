//! The `dermaga` program; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A private engine's own first process is this program again.
    if let Some(code) = dermaga::sandbox::internal() {
        return code;
    }
    let args: Vec<_> = std::env::args_os().collect();
    let code = std::panic::catch_unwind(|| dermaga::cli::run(args)).unwrap_or(dermaga::cli::exit::BUG);
    ExitCode::from(code)
}
