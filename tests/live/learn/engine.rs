//! Tests the tutor on the learner's own engine: labels, refused commands, names and ports in use, cleaning, and an
//! engine that stops.

use super::small::{lesson, pass_the_first, project, trust};
use crate::person::Person;
use crate::project::Project;
use crate::support::TestEngine;

const IMAGE: &str = "busybox:latest";

pub(super) async fn begin(project: &Project, engine: &TestEngine, verb: &str) -> Person {
    let url = format!("unix://{}", engine.socket().display());
    let mut person = Person::start(project, &[verb, "kecil.md", "--engine", &url]);
    trust(&mut person).await;
    person
}

#[tokio::test]
async fn retry_and_cleaning_remove_only_objects_of_the_lesson() {
    let engine = TestEngine::start();
    engine.docker(&["create", "--name", "milik-saya", "busybox"]);
    let project = project(IMAGE);
    let mut person = begin(&project, &engine, "learn").await;
    person.hears("learn-guarded").await;
    person.prompt_of(1).await;
    // The gateway refuses the command, and the tutor gives the reason. After `izinkan`, the gateway allows the command
    // once.
    for _ in 0..2 {
        person.types(&format!("docker run --rm -v /etc:/x {IMAGE} echo ten\"\"ang")).await;
        person.sees("di luar direktori pelajaran").await;
        person.sees("ketik izinkan").await;
        person.prompt().await;
        assert!(!person.text().contains("host-mount"), "{}", person.text());
        person.types("izinkan").await;
        person.sees("-v /etc:/x").await;
        person.press("\r").await;
        person.sees("tenang").await;
        person.prompt().await;
    }
    person.types("docker rm -f milik-saya").await;
    person.sees("milik-saya").await;
    person.prompt().await;
    // `izinkan` allows only the command that it inserts at the prompt. If the learner cancels this line, the same
    // command is refused later.
    person.types("izinkan").await;
    person.sees("docker rm -f milik-saya").await;
    person.press("\x03").await;
    person.prompt().await;
    person.types("docker rm -f milik-saya").await;
    person.sees("milik-saya").await;
    person.prompt().await;
    assert_eq!(engine.docker(&["ps", "-aq", "--filter", "name=milik-saya"]).lines().count(), 1);
    pass_the_first(&mut person, IMAGE).await;
    let label = engine.docker(&["inspect", "-f", "{{index .Config.Labels \"dermaga.lesson\"}}", "kapal"]);
    assert_eq!(label, "kecil");
    // `docker commit` copies the lesson's labels to the image. So a foreign container from this image has them too.
    engine.docker(&["commit", "kapal", "berlabel"]);
    engine.docker(&["create", "--name", "saudara", "berlabel"]);
    // The learner returns to the first step and repeats it. The tutor removes the container of that step.
    person.types("kembali").await;
    person.prompt_of(1).await;
    person.types("ulangi").await;
    person.sees("[Y/t]").await;
    // A docker command does not count as an answer to the question.
    person.types("docker ps").await;
    person.sees("Itu bukan jawaban").await;
    person.sees("[Y/t]").await;
    person.press("y\r").await;
    person.prompt_of(1).await;
    assert_eq!(engine.docker(&["ps", "-a", "--format", "{{.Names}}"]), "saudara\nmilik-saya");
    // The learner finishes the lesson and leaves a container behind. If the learner agrees, the tutor removes only this
    // container.
    pass_the_first(&mut person, IMAGE).await;
    person.types("docker ps").await;
    person.sees("Mana yang betul?").await;
    person.choose("yang ini").await;
    person.prompt().await;
    person.types("").await;
    person.prompt_of(3).await;
    person.types("docker rm -f kapal").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.does(&format!("docker run -d --name sisa {IMAGE} sleep 600"), "kecil #").await;
    person.types("").await;
    person.prompt_of(3).await;
    person.types("").await;
    person.prompt().await;
    person.types("").await;
    person.hears("clean-ask").await;
    let text = person.text();
    assert!(text.contains("sisa") && !text.contains("milik-saya") && !text.contains("saudara"), "{text}");
    person.types("y").await;
    assert_eq!(person.ends().await, 0);
    assert_eq!(engine.docker(&["ps", "-a", "--format", "{{.Names}}"]), "saudara\nmilik-saya");
}

#[tokio::test]
async fn learners_container_with_a_name_of_the_lesson_is_reported_with_remedies() {
    let engine = TestEngine::start();
    engine.docker(&["create", "--name", "kapal", "busybox"]);
    let project = project(IMAGE);
    let mut person = begin(&project, &engine, "learn").await;
    person.sees("sudah dipakai di mesinmu: kontainer kapal").await;
    person.sees("Pelajarannya tidak dimulai").await;
    person.sees("dermaga learn kecil --engine private").await;
    person.sees("docker rename kapal kapal-saya").await;
    assert_eq!(person.ends().await, 0);
    // The program must not suggest to start the lesson again, because it would only ask the same question.
    assert!(!person.all().contains("Teruskan kapan saja"), "{}", person.all());
    engine.docker(&["rename", "kapal", "kapal-saya"]);
    let url = format!("unix://{}", engine.socket().display());
    let mut person = Person::start(&project, &["learn", "kecil.md", "--engine", &url]);
    person.prompt_of(1).await;
    // The learner makes another container with the name during the lesson.
    engine.docker(&["rename", "kapal-saya", "kapal"]);
    // This step cannot pass, and the tutor gives the reason after each line.
    for line in [format!("docker run -d --name kapal {IMAGE} sleep 600"), "petunjuk".to_owned()] {
        person.does(&line, "sudah dipakai di mesinmu: kontainer kapal").await;
        assert!(!person.text().contains("docker rm"), "{}", person.text());
    }
    // The tutor also explains the mistake in the command itself.
    person.does("docker run -d kapal sleep 600", "sudah dipakai di mesinmu: kontainer kapal").await;
    assert!(person.text().contains("--name"), "{}", person.text());
    person.does("docker rm -f kapal", "Biarkan saja").await;
    assert!(!person.text().contains("izinkan"), "{}", person.text());
    assert_eq!(engine.docker(&["ps", "-a", "--format", "{{.Names}}"]), "kapal");
    // After the learner has renamed the foreign container, the step can pass.
    engine.docker(&["rename", "kapal", "kapal-lama"]);
    person.types(&format!("docker run -d --name kapal {IMAGE} sleep 600")).await;
    person.hears("learn-step-passed").await;
    person.prompt_of(1).await;
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn skip_leaves_out_a_step_whose_container_name_is_in_use() {
    let engine = TestEngine::start();
    let project = project(IMAGE);
    let mut person = begin(&project, &engine, "learn").await;
    person.prompt_of(1).await;
    engine.docker(&["create", "--name", "kapal", "busybox"]);
    person.types("lewati").await;
    person.sees("sudah dipakai di mesinmu: kontainer kapal").await;
    person.hears("learn-step-skipped").await;
    person.prompt().await;
    assert_eq!(engine.docker(&["ps", "-a", "--format", "{{.Names}}"]), "kapal");
}

#[tokio::test]
async fn skip_replaces_the_lessons_container_from_an_earlier_visit() {
    let engine = TestEngine::start();
    let project = project(IMAGE);
    let mut person = begin(&project, &engine, "learn").await;
    person.prompt_of(1).await;
    person.types(&format!("docker create --name kapal {IMAGE} sleep 5")).await;
    person.prompt_of(1).await;
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
    let url = format!("unix://{}", engine.socket().display());
    let mut person = Person::start(&project, &["learn", "kecil.md", "--engine", &url]);
    person.prompt_of(1).await;
    person.types("lewati").await;
    person.hears("learn-skip-again").await;
    person.hears("learn-step-skipped").await;
    person.prompt().await;
    assert_eq!(engine.docker(&["inspect", "-f", "{{.State.Running}}", "kapal"]), "true");
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn stopped_engine_is_reported_and_does_not_count_as_a_failed_attempt() {
    let engine = TestEngine::start();
    let project = project(IMAGE);
    let mut person = begin(&project, &engine, "learn").await;
    person.prompt_of(1).await;
    drop(engine);
    for _ in 0..4 {
        person.types(&format!("docker run -d --name kapal {IMAGE} sleep 600")).await;
        person.hears("learn-broken").await;
        person.prompt_of(1).await;
        let text = person.text();
        assert!(text.contains("tidak menjawab lagi") && text.contains("docker info"), "{text}");
        for key in ["learn-not-yet", "learn-offer"] {
            let said = person.words.say(key, &[]);
            let said = said.split('.').next().unwrap();
            assert!(!text.contains(&format!("✘ {said}")) && !text.contains("Sudah tiga kali"), "{text}");
        }
    }
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
    person.is_sane();
}

#[tokio::test]
async fn work_in_another_terminal_passes_the_step() {
    let engine = TestEngine::start();
    let project = project(IMAGE);
    let mut person = begin(&project, &engine, "learn").await;
    person.prompt_of(1).await;
    engine.docker(&["run", "-d", "--name", "kapal", "busybox", "sleep", "600"]);
    person.hears("learn-step-passed").await;
    person.prompt_of(1).await;
    person.types("").await;
    person.prompt_of(2).await;
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
}

/// A course may name a private engine for its lessons. The tutor uses it even if the learner opens a lesson by its file
/// name.
#[tokio::test]
async fn tutor_uses_the_engine_from_the_course_file() {
    let project = Project::new();
    let course = |engine: &str| {
        let toml = "title = { id = \"A\" }\nlanguages = [\"id\"]\nengine = \"ENGINE\"\n[[group]]\nid = \"a\"\n";
        let toml = toml.replace("ENGINE", engine) + "title = { id = \"A\" }\nlessons = [\"kecil\"]\n";
        project.write("kursus/course.toml", toml);
    };
    project.write("kursus/id/kecil.md", lesson(IMAGE));
    course("private:tua");
    let mut person = Person::start(&project, &["learn", "kursus/id/kecil.md"]);
    trust(&mut person).await;
    person.sees("Tidak ada mesin tua").await;
    assert_eq!(person.ends().await, 2);
    course("private");
    let mut person = Person::start(&project, &["learn", "kursus/id/kecil.md"]);
    // The learner has already trusted the lesson, so the tutor does not ask again.
    person.hears("learn-private").await;
    person.prompt_of(1).await;
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn port_of_a_learners_container_is_reported_before_the_lesson_with_a_remedy() {
    let engine = TestEngine::start();
    engine.docker(&["run", "-d", "-p", "127.0.0.1:8123:80", "--name", "gudang", "busybox", "sleep", "600"]);
    let project = Project::new();
    let run = format!("```console\n$ docker run -d -p 127.0.0.1:8123:80 --name web {IMAGE} sleep 600\n```\n");
    project.write("kecil.md", format!("# Kecil\n\n## Satu {{#satu}}\n\n{run}\n```check\ncontainer: web\n```\n"));
    let mut person = begin(&project, &engine, "learn").await;
    person.sees("Kontainermu sendiri, gudang, memakai port 8123").await;
    person.sees("docker stop gudang").await;
    assert_eq!(person.ends().await, 0);
    engine.docker(&["stop", "-t", "0", "gudang"]);
    let url = format!("unix://{}", engine.socket().display());
    let mut person = Person::start(&project, &["learn", "kecil.md", "--engine", &url]);
    person.prompt_of(1).await;
    assert!(!person.all().contains("8123, dan"), "{}", person.all());
}
