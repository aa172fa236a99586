//! Tests the hidden commands that prepare a step. These commands run on the lesson's engine, run again if their result
//! was removed, and end at Ctrl-C.

use super::small::{IMAGE, trust};
use crate::person::Person;
use crate::project::Project;

/// Returns a lesson whose second step needs the result of the commands `hidden`.
fn lesson(needs: &str, hidden: &str) -> String {
    format!(
        r#"---
title: Siap
minutes: 5
{needs}have: ["{IMAGE}"]
---

# Siap

Pembuka.

## Lihat {{#lihat}}

```console
$ docker ps
...
```

```check
ran: "docker ps"
```

## Pakai {{#pakai}}

```console,hidden
{hidden}
```

```console
$ docker exec tamu echo halo
halo
```

Tamu sudah menjawab.

```check
ran: "docker exec tamu echo halo"
exit: 0
output: {{ matches: "halo" }}
```

```console
$ docker create --name kapal {IMAGE}
5f0c1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7
```

```check
container: kapal
```
"#
    )
}

fn guest() -> String {
    format!("$ docker run -d --name tamu {IMAGE} sleep 600\n$ docker tag {IMAGE} tamu:1")
}

async fn begin(needs: &str, hidden: &str) -> (Project, Person) {
    let project = Project::new();
    project.write("siap.md", lesson(needs, hidden));
    let mut person = Person::start(&project, &["learn", "siap.md", "--engine", "private"]);
    trust(&mut person).await;
    person.prompt_of(1).await;
    (project, person)
}

#[tokio::test]
async fn hidden_commands_run_on_the_lessons_engine_even_if_another_context_is_in_use() {
    let (_project, mut person) = begin("needs: [two-engines]\n", &guest()).await;
    person.types("docker context use node-b").await;
    person.prompt_of(1).await;
    person.types("docker ps").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("lanjut").await;
    person.prompt_of(2).await;
    person.does("docker --context node-a ps", "tamu").await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn hidden_commands_run_again_at_retry_goto_and_skip() {
    let (_project, mut person) = begin("", &guest()).await;
    person.types("loncat 2").await;
    person.prompt_of(2).await;
    person.types("ulangi").await;
    person.sees("kontainer tamu").await;
    // The letter `y` alone answers the question. Later Enter keys have no effect.
    person.press("y\r").await;
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    person.presses_more("\r").await;
    person.prompt_of(2).await;
    person.types("docker exec tamu echo halo").await;
    person.hears("learn-passed").await;
    person.prompt_of(2).await;
    // The learner removes the container that the hidden commands have made.
    person.types("docker rm -f tamu").await;
    person.prompt_of(2).await;
    person.types("loncat 2").await;
    person.prompt_of(2).await;
    person.does("docker ps", "tamu").await;
    person.types("docker rm -f tamu").await;
    person.prompt_of(2).await;
    person.types("lewati").await;
    person.hears("learn-step-skipped").await;
    person.prompt().await;
    person.does("docker ps", "tamu").await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn skip_does_not_show_the_text_after_a_failed_command() {
    let (_project, mut person) = begin("", "$ true").await;
    person.types("loncat 2").await;
    person.prompt_of(2).await;
    person.types("lewati").await;
    person.hears("learn-step-skipped").await;
    assert!(!person.text().contains("Tamu sudah menjawab"), "{}", person.text());
    person.prompt().await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn hanging_hidden_command_is_announced_and_ends_at_ctrl_c() {
    let (_project, mut person) = begin("", "$ until docker exec tamu true 2>/dev/null; do sleep 0.2; done").await;
    person.types("loncat 2").await;
    person.hears("learn-setting-up").await;
    person.press("\u{3}").await;
    person.hears("learn-setup-stopped").await;
    person.prompt_of(2).await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}
