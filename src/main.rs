//! The `dermaga` program; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    // Until `pack::mirror` is here: a mirror that has nothing.
    let mirror: dermaga::sandbox::Mirror = |listener, _| drop(listener);
    if let Some(code) = dermaga::sandbox::internal(&arguments, mirror) {
        return code;
    }
    ExitCode::SUCCESS
}
