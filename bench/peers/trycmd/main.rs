//! trycmd is a library: the least program that runs a Markdown file's `console` blocks with it. It has no shell; only
//! programs that are registered run.
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
