//! Runs the `console` blocks of a Markdown file with trycmd, which is a library. trycmd has no shell and runs only
//! registered programs.
fn main() {
    let cases = trycmd::TestCases::new();
    for name in ["docker", "true"] {
        let path = std::env::var_os("PATH").unwrap_or_default();
        if let Some(program) = std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.exists()) {
            cases.register_bin(name, program);
        }
    }
    for file in std::env::args().skip(1) {
        cases.case(file);
    }
    cases.run();
}
