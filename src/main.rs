//! The `dermaga` program. All of its code is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    // A private engine runs this program again as its first process.
    if let Some(code) = dermaga::sandbox::internal(&arguments) {
        return code;
    }
    if let Some(code) = dermaga::cli::first::lead(&arguments) {
        return code;
    }
    let code = std::panic::catch_unwind(|| dermaga::cli::run(arguments)).unwrap_or(dermaga::cli::exit::BUG);
    ExitCode::from(code)
}
