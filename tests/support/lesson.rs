//! Lessons for tests, short to write.

use std::fmt::Write as _;

/// A lesson with these `(step id, blocks)`.
pub(crate) fn lesson(steps: &[(&str, &str)]) -> String {
    let mut text = "---\ntitle: Percobaan\nminutes: 1\n---\n\n# Percobaan\n".to_owned();
    for (id, blocks) in steps {
        let _ = write!(text, "\n## {id} {{#{id}}}\n\n{}\n", blocks.trim_end());
    }
    text
}

/// A fence with this info string.
pub(crate) fn block(info: &str, content: &str) -> String {
    format!("```{info}\n{}\n```\n\n", content.trim_end_matches('\n'))
}
