//! Regular expressions that are written in the program.

/// Declares regular expressions that are compiled when they are first used, and a test that compiles all of them.
macro_rules! static_patterns {
    ($($(#[$meta:meta])* static $name:ident = $pattern:expr;)+) => {
        $(
            $(#[$meta])*
            static $name: std::sync::LazyLock<regex::Regex> =
                std::sync::LazyLock::new(|| $crate::text::compile_pattern($pattern));
        )+

        #[cfg(test)]
        #[test]
        fn every_static_pattern_compiles() {
            $(std::sync::LazyLock::force(&$name);)+
        }
    };
}

/// Compiles a pattern that is written in the program.
///
/// # Panics
/// If it is no regular expression: that is a mistake in the program, which a test finds.
#[must_use]
pub fn compile_pattern(pattern: &str) -> regex::Regex {
    regex::Regex::new(pattern).unwrap_or_else(|error| panic!("{error}"))
}
