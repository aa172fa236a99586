//! Declares and compiles the regular expressions in the program's own code.

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

/// Compiles a pattern in the program's own code.
///
/// # Panics
/// Panics if the pattern is invalid, which is a mistake in the program. A test compiles every pattern.
#[must_use]
pub fn compile_pattern(pattern: &str) -> regex::Regex {
    regex::Regex::new(pattern).unwrap_or_else(|error| panic!("{error}"))
}
