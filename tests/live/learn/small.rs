//! Writes a small lesson that is not built-in, and starts the tutor on this lesson.

use crate::person::Person;
use crate::project::Project;

/// Returns the text of a lesson whose commands use `image`.
pub(super) fn lesson(image: &str) -> String {
    format!(
        r#"---
title: Kecil
minutes: 5
have: ["{image}"]
---

# Kecil

Pembuka.

## Buat {{#buat}}

```console
$ docker run -d --name kapal {image} sleep 600
5f0c1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7
```

```check
container: kapal
State.Running: true
hints:
  - "Petunjuk pertama."
  - "Petunjuk kedua."
  - "Petunjuk ketiga."
mistakes:
  - when: {{ container: perahu }}
    say: "Namanya bukan `perahu`."
```

## Lihat {{#lihat}}

```console
$ docker ps
CONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   PORTS   NAMES
...
```

```check
ran: "docker (ps|container ls)"
exit: 0
output: {{ matches: "kapal" }}
```

```quiz
ask: "Mana yang betul?"
options:
  - text: "yang ini"
    right: true
    why: "Memang."
  - text: "yang itu"
    why: "Bukan."
```

## Hapus {{#hapus}}

```console
$ docker rm -f kapal
kapal
```

```check
container: kapal
absent: true
```

## Tutup {{#tutup}}

Selesai sudah.
"#
    )
}

/// The name of an image in the pack.
pub(super) const IMAGE: &str = "busybox:1.35";

/// Makes a project with the lesson in `kecil.md`.
pub(super) fn project(image: &str) -> Project {
    let project = Project::new();
    project.write("kecil.md", lesson(image));
    project
}

/// Starts the tutor on a private engine, trusts the lesson, and waits for the first prompt.
pub(super) async fn begin(project: &Project, more: &[&str]) -> Person {
    let words = [&["learn", "kecil.md", "--engine", "private"], more].concat();
    let mut person = Person::start(project, &words);
    trust(&mut person).await;
    person.prompt_of(1).await;
    person
}

/// Answers yes when the tutor asks whether the person trusts the lesson.
pub(super) async fn trust(person: &mut Person) {
    person.hears("trust-question").await;
    let yes = person.words.say("menu-yes", &[]);
    person.types(&yes).await;
}

/// Types the command of the first step. Waits until the step has passed, and goes to the second step.
pub(super) async fn pass_the_first(person: &mut Person, image: &str) {
    person.types(&format!("docker run -d --name kapal {image} sleep 600")).await;
    person.hears("learn-step-passed").await;
    person.prompt_of(1).await;
    person.types("").await;
    person.prompt_of(2).await;
}
