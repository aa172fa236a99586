//! Tests the tutor as a learner uses it: the real program at a terminal, with a private engine.

use std::path::Path;

use dermaga::lesson::Lesson;

use crate::person::Person;
use crate::project::{Project, parsed};

/// Returns a lesson of the built-in course.
fn built_in(lang: &str, path: &str) -> Lesson {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons").join(lang).join(path);
    let id = file.file_stem().unwrap().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(&file).unwrap();
    parsed(&file.display().to_string(), &id, text)
}

/// Goes through a lesson from its first step to its last, and asserts that the whole lesson is done.
async fn a_whole_lesson(lang: &str, path: &str) {
    let project = Project::new();
    let lesson = built_in(lang, path);
    let mut person = Person::start(&project, &["learn", "--lang", lang, "--engine", "private", &lesson.id.0]);
    person.goes_through_all(&lesson).await;
    person.prompt().await;
    // The Enter key would open the next lesson.
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0, "{}", person.text());
    person.is_sane();
    let all = person.all();
    assert!(!all.contains("panicked"), "{all}");
    let progress = project.dermaga(["progress", "--lang", lang]).run().code(0);
    let line = progress.out.lines().find(|line| line.contains(&lesson.title)).unwrap();
    assert!(line.contains("[✓]"), "{line}");
}

#[tokio::test]
async fn first_lesson_can_be_typed_to_its_end() {
    a_whole_lesson("id", "dasar/menyiapkan-docker.md").await;
}

#[tokio::test]
async fn first_container_lesson_can_be_typed_to_its_end() {
    a_whole_lesson("id", "dasar/kontainer-pertama.md").await;
}

#[tokio::test]
async fn container_life_lesson_can_be_typed_to_its_end() {
    a_whole_lesson("id", "dasar/daur-hidup-kontainer.md").await;
}

#[tokio::test]
async fn inside_a_container_lesson_can_be_typed_to_its_end() {
    a_whole_lesson("id", "dasar/masuk-ke-kontainer.md").await;
}

#[tokio::test]
async fn logs_and_statuses_lesson_can_be_typed_to_its_end_in_english() {
    a_whole_lesson("en", "dasar/log-dan-status-keluar.md").await;
}

#[tokio::test]
async fn pulling_lesson_can_be_typed_to_its_end_in_english() {
    a_whole_lesson("en", "image/mengambil-image.md").await;
}

mod beginner;
mod engine;
mod flow;
mod log;
mod parts;
mod reasons;
mod setup;
mod small;
mod terminal;
mod undone;
mod watching;
mod words;
