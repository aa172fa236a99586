//! Tests steps with several parts. A part passes if its own claims hold. The tutor names, creates and removes objects of
//! all parts.

use super::small::{IMAGE, trust};
use crate::person::Person;
use crate::project::Project;

/// Returns a lesson with a step of two parts, and a step whose last claim becomes true only after some seconds.
fn lesson() -> String {
    format!(
        r#"---
title: Bagian
minutes: 5
have: ["{IMAGE}"]
---

# Bagian

Pembuka.

## Dua bagian {{#dua}}

```console
$ docker create --name salam {IMAGE}
5f0c1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7
```

```check
container: salam
```

```console
$ docker create --name kapal {IMAGE}
5f0c1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7
```

```check
container: kapal
```

## Lambat {{#lambat}}

```console
$ docker run -d --name lambat {IMAGE} sh -c 'sleep 6; echo siap; sleep 600'
5f0c1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7
```

```check
container: lambat
State.Running: true
```

```check
logs: lambat
contains: siap
within: 60s
```
"#
    )
}

async fn begin() -> (Project, Person) {
    let project = Project::new();
    project.write("bagian.md", lesson());
    let mut person = Person::start(&project, &["learn", "bagian.md", "--engine", "private"]);
    trust(&mut person).await;
    person.prompt_of(1).await;
    (project, person)
}

#[tokio::test]
async fn tutor_names_a_removed_object_of_a_passed_part_and_passes_a_part_that_was_done_early() {
    let (_project, mut person) = begin().await;
    person.types(&format!("docker create --name kapal {IMAGE}")).await;
    person.sees("untuk bagian yang nanti").await;
    person.prompt_of(1).await;
    person.types("docker rm kapal").await;
    person.prompt_of(1).await;
    person.types(&format!("docker create --name salam {IMAGE}")).await;
    person.hears("learn-passed").await;
    person.prompt_of(1).await;
    person.types("docker rm salam").await;
    person.sees("Satu bagian yang sudah lulus perlu dibuat lagi: kontainer salam").await;
    person.prompt_of(1).await;
    person.types(&format!("docker create --name kapal {IMAGE}")).await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    // The learner now does the whole second part before the first part.
    person.types("docker rm kapal").await;
    person.prompt().await;
    person.types("loncat 1").await;
    person.prompt_of(1).await;
    person.types(&format!("docker create --name kapal {IMAGE}")).await;
    person.prompt_of(1).await;
    person.types(&format!("docker create --name salam {IMAGE}")).await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn tutor_waits_for_a_slow_claim_and_passes_it_even_after_a_key_ended_the_wait() {
    let (_project, mut person) = begin().await;
    person.types("loncat 2").await;
    person.prompt_of(2).await;
    person.types(&format!("docker run -d -e A=b --name lambat {IMAGE} sh -c 'sleep 6; echo siap; sleep 600'")).await;
    person.hears("learn-waiting").await;
    // A key ends the wait. The tutor still passes the step when the claim becomes true.
    person.press("\u{5}").await;
    person.hears("learn-not-yet").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn slow_claim_passes_after_commands_that_the_lesson_does_not_show() {
    let (_project, mut person) = begin().await;
    person.types("loncat 2").await;
    person.prompt_of(2).await;
    person.types(&format!("docker create --name lambat {IMAGE} sh -c 'sleep 6; echo siap; sleep 600'")).await;
    person.prompt_of(2).await;
    person.types("docker start lambat").await;
    person.prompt_of(2).await;
    // The step passes although the learner presses no key.
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn skip_and_retry_replace_and_remove_objects_on_the_second_node() {
    let run = |context: &str| format!("docker {context}run -d --name salam {IMAGE} sleep 600");
    let check = |node: &str| {
        format!("```check\ncontainer: salam\non: {node}\nState.Running: true\nConfig.Cmd: [sleep, \"600\"]\n```\n\n")
    };
    let project = Project::new();
    project.write(
        "node.md",
        format!(
            "---\ntitle: Node\nminutes: 5\nneeds: [two-engines]\nhave: [\"{IMAGE}\"]\n---\n\n# Node\n\nPembuka.\n\n\
             ## Dua {{#dua}}\n\n```console,hidden\n$ docker --context node-b pull -q {IMAGE}\n```\n\n\
             ```console\n$ {}\n```\n\n{}```console\n$ {}\n```\n\n{}",
            run(""),
            check("node-a"),
            run("--context node-b "),
            check("node-b"),
        ),
    );
    let mut person = Person::start(&project, &["learn", "node.md", "--engine", "private"]);
    trust(&mut person).await;
    person.prompt_of(1).await;
    person.types(&run("")).await;
    person.hears("learn-passed").await;
    person.prompt_of(1).await;
    person.types(&format!("docker --context node-b run -d --name salam {IMAGE} sleep 500")).await;
    person.hears("learn-not-yet").await;
    person.prompt_of(1).await;
    // Without the context, the learner removes the right container. The advice names the wrong container's node.
    person.types("docker rm -f salam").await;
    person.prompt_of(1).await;
    person.types(&run("")).await;
    person.sees("Hapus dahulu: docker --context node-b rm -f salam").await;
    person.prompt_of(1).await;
    person.types("lewati").await;
    person.hears("learn-step-skipped").await;
    person.prompt().await;
    person.types("docker --context node-b inspect -f '{{.Config.Cmd}}' salam").await;
    person.sees("[sleep 600]").await;
    person.prompt().await;
    // The tutor offers to remove all objects, and names the node of each.
    person.types("ulangi").await;
    person.sees("kontainer salam (node-b)").await;
    person.types("ya").await;
    person.prompt_of(1).await;
    person.types("test -z \"$(docker --context node-b ps -aq)\" && echo kosong-$((1 + 1))").await;
    person.sees("kosong-2").await;
    person.prompt_of(1).await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}
