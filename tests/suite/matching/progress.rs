//! Tests the comparison of the progress lines of `docker pull` and `docker push`.

use super::*;

#[test]
fn progress_lines_match_any_number_of_other_progress_lines() {
    met("a\n7413c47ba209: Pull complete\nz", "a\n0fe7e7cbb2e8: Already exists\n1d425c982345: Download complete\nz");
    met("7413c47ba209: Pull complete\n0fe7e7cbb2e8: Pull complete", "1d425c982345: Pull complete");
    differs("a\n7413c47ba209: Pull complete\nz", "a\nz");
    differs("a\nz", "a\n7413c47ba209: Pull complete\nz");
    met("a\n...\nz", "a\n7413c47ba209: Pull complete\nz");
}

#[test]
fn layer_id_in_a_progress_line_is_not_bound() {
    let mut lesson = Lesson::default();
    lesson.met("7413c47ba209: Pull complete", "0fe7e7cbb2e8: Pull complete");
    lesson.met("7413c47ba209", "1d425c982345");
    lesson.met("7413c47ba209: Pushed", "0fe7e7cbb2e8: Layer already exists");
}

#[test]
fn failed_pull_does_not_match_a_successful_pull() {
    let comparison = differs(
        seed::PULL,
        "Error response from daemon: manifest for mongo:4.1 not found: manifest unknown: manifest unknown",
    );
    assert!(comparison.rows.iter().filter(|row| row.state == RowState::Missing).count() >= 13);
}
