//! Tests the tutor as a learner uses it. The tests type into the real program at a terminal, on a private engine.

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

/// Types a whole lesson from its first step to its last, and asserts that the program then lists the lesson as done.
async fn a_whole_lesson(lang: &str, path: &str) {
    let project = Project::new();
    let lesson = built_in(lang, path);
    let mut person = Person::start(&project, &["learn", "--lang", lang, "--engine", "private", &lesson.id.0]);
    person.goes_through_all(&lesson).await;
    person.prompt().await;
    // The test types `selesai`, because the Enter key would open the next lesson.
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
async fn typing_the_lesson_get_docker_ready_completes_it() {
    a_whole_lesson("id", "dasar/menyiapkan-docker.md").await;
}

#[tokio::test]
async fn typing_the_lesson_first_container_completes_it() {
    a_whole_lesson("id", "dasar/kontainer-pertama.md").await;
}

#[tokio::test]
async fn typing_the_lesson_container_life_cycle_completes_it() {
    a_whole_lesson("id", "dasar/daur-hidup-kontainer.md").await;
}

#[tokio::test]
async fn typing_the_lesson_enter_a_container_completes_it() {
    a_whole_lesson("id", "dasar/masuk-ke-kontainer.md").await;
}

#[tokio::test]
async fn typing_the_english_lesson_logs_and_exit_statuses_completes_it() {
    a_whole_lesson("en", "dasar/log-dan-status-keluar.md").await;
}

#[tokio::test]
async fn typing_the_english_lesson_pull_an_image_completes_it() {
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
