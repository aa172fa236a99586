//! Short functions for writing and reading lessons in tests.

use std::fmt::Write as _;

use dermaga::lesson::{Lesson, LessonId, parse};
use dermaga::text::Source;

/// Returns a lesson with these steps: their ids and their blocks.
pub(crate) fn lesson(steps: &[(&str, &str)]) -> String {
    let mut text = "---\ntitle: Percobaan\nminutes: 1\n---\n\n# Percobaan\n".to_owned();
    for (id, blocks) in steps {
        let _ = write!(text, "\n## {id} {{#{id}}}\n\n{}\n", blocks.trim_end());
    }
    text
}

/// Returns a fence with this info string.
pub(crate) fn block(info: &str, content: &str) -> String {
    format!("```{info}\n{}\n```\n\n", content.trim_end_matches('\n'))
}

/// Parses the lesson in a file with this name. It must have no mistake.
#[track_caller]
pub(crate) fn parsed(file: &str, id: &str, text: impl Into<String>) -> Lesson {
    let (lesson, wrong) = parse(&Source::new(file, text), LessonId(id.into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    lesson
}
