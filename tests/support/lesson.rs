//! Functions that write and parse lessons for tests.

use std::fmt::Write as _;

use dermaga::lesson::{Lesson, LessonId, parse};
use dermaga::text::Source;

/// Returns the text of a lesson. Each of the `steps` is an id and the step's blocks.
pub(crate) fn lesson(steps: &[(&str, &str)]) -> String {
    let mut text = "---\ntitle: Percobaan\nminutes: 1\n---\n\n# Percobaan\n".to_owned();
    for (id, blocks) in steps {
        let _ = write!(text, "\n## {id} {{#{id}}}\n\n{}\n", blocks.trim_end());
    }
    text
}

/// Returns a fence with the info string `info`.
pub(crate) fn block(info: &str, content: &str) -> String {
    format!("```{info}\n{}\n```\n\n", content.trim_end_matches('\n'))
}

/// Parses a lesson whose file name is `file`. Panics if the lesson has a format error.
#[track_caller]
pub(crate) fn parsed(file: &str, id: &str, text: impl Into<String>) -> Lesson {
    let (lesson, wrong) = parse(&Source::new(file, text), LessonId(id.into()));
    assert!(wrong.is_empty(), "{wrong:?}");
    lesson
}
