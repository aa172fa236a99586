//! Tests that the tutor's reply to a command fits this command, and never an earlier one. The tutor does not comment on
//! a read-only command.

use super::small::{IMAGE, trust};
use crate::person::Person;
use crate::project::Project;

/// Returns a lesson with a declared mistake about the state, a step without claims, and a step of two parts.
fn lesson() -> String {
    format!(
        r#"---
title: Nalar
minutes: 5
have: ["{IMAGE}"]
---

# Nalar

Pembuka.

## Buat {{#buat}}

```console
$ docker create --name kapal {IMAGE} sleep 600
5f0c1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7
$ docker ps -a
CONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   PORTS   NAMES
...
```

```check
container: kapal
State.Status: created
hints:
  - "Petunjuk pertama."
  - "Petunjuk kedua."
  - "Petunjuk ketiga."
mistakes:
  - when: {{ container: perahu }}
    say: "Namanya bukan `perahu`. Hapus dengan `docker rm perahu`, lalu ulangi."
```

## Lihat {{#lihat}}

```console
$ docker inspect --format '{{{{.State.Status}}}}' kapal
created
```

## Jalankan {{#jalankan}}

```console
$ docker run --rm {IMAGE} echo satu
satu
```

Sekarang hidupkan `kapal`.

```console
$ docker start kapal
kapal
```

```check
container: kapal
State.Running: true
```
"#
    )
}

async fn begin() -> (Project, Person) {
    let project = Project::new();
    project.write("nalar.md", lesson());
    let mut person = Person::start(&project, &["learn", "nalar.md", "--engine", "private"]);
    trust(&mut person).await;
    person.prompt_of(1).await;
    (project, person)
}

/// Types a command and returns the output until the next prompt.
async fn says(person: &mut Person, command: &str, step: usize) -> String {
    person.types(command).await;
    person.prompt_of(step).await;
    person.text()
}

fn assert_told(said: &str, has: &str, has_not: &[&str]) {
    assert!(said.contains(has), "no {has:?}: {said}");
    for wrong in has_not {
        assert!(!said.contains(wrong), "{wrong:?}: {said}");
    }
}

#[tokio::test]
async fn each_command_gets_the_reply_that_fits_it() {
    let (_project, mut person) = begin().await;
    let not_yet = person.words.say("learn-not-yet", &[]);
    // The tutor does not comment on a read-only command.
    assert_told(&says(&mut person, "docker ps", 1).await, "NAMES", &[&not_yet]);
    // The tutor explains a mistake about the state after the command that caused it, and not after later commands.
    let told = says(&mut person, &format!("docker create --name perahu {IMAGE} sleep 600"), 1).await;
    assert_told(&told, "Namanya bukan perahu", &[]);
    // If only the program was misspelt, the corrected command is judged like any other.
    let misspelt = says(&mut person, &format!("dokcer create --name sekoci {IMAGE} sleep 600"), 1).await;
    assert_told(&misspelt, "Ulangi dengan docker create --name sekoci", &[]);
    let told = says(&mut person, &format!("docker create --name sekoci {IMAGE} sleep 600"), 1).await;
    assert_told(&told, "seharusnya berisi kapal, sedangkan kamu menulis sekoci", &["Bagus"]);
    assert_told(&says(&mut person, "docker ps", 1).await, "NAMES", &["Namanya bukan", &not_yet]);
    let told = says(&mut person, &format!("docker create --name kapl {IMAGE} sleep 600"), 1).await;
    assert_told(&told, "Yang diminta kapal, sedangkan kamu menulis kapl", &["Namanya bukan", "State."]);
    // If a command fails, the tutor explains the failure, not the state. If no rule explains the failure, the tutor
    // prints a general sentence.
    assert_told(&says(&mut person, "docker ps-a", 1).await, "docker ps -a", &["Namanya bukan"]);
    assert_told(&says(&mut person, "docker version --format '{{.OSType}}'", 1).await, "di atas", &[]);
    assert_told(&says(&mut person, "docker rm tiada-lagi", 1).await, "yang ini tidak dihapus", &[]);
    // Tutor commands work in upper and lower case. If one is misspelt, the tutor suggests the right word.
    for word in ["Petunjuk", "bantaun", "TUGAS"] {
        let has = match word {
            "bantaun" => "Mungkin maksudmu kata Dermaga bantuan",
            "TUGAS" => "docker create --name kapal",
            _ => "Petunjuk pertama",
        };
        assert_told(&says(&mut person, word, 1).await, has, &[]);
    }
    // If the learner follows the tutor's advice, the tutor names the next command.
    let told = says(&mut person, "docker rm perahu", 1).await;
    assert_told(&told, "Bagus. Berikutnya: docker create --name kapal", &[&not_yet]);
    // The tutor names the next command. If a typed command resembles it, the tutor explains the difference.
    let told = says(&mut person, &format!("docker create --name kapal {IMAGE} sleep 600"), 1).await;
    assert_told(&told, "Tinggal satu perintah: docker ps -a", &["0 dari", "1 dari 1"]);
    assert_told(&says(&mut person, "docker ps", 1).await, "-a", &[&not_yet]);
    person.types("docker ps -a").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("").await;
    person.prompt_of(2).await;
    // The tutor accepts a command with the same meaning in another spelling.
    person.types("docker inspect --format=\"{{.State.Status}}\" kapal").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("").await;
    person.prompt_of(3).await;
    // The shown part has no claims. The tutor must not mention the claims of the next part, which is not shown yet.
    let told = says(&mut person, &format!("docker run --rm {IMAGE} echo dua"), 3).await;
    assert_told(&told, "satu", &["kapal", "State."]);
    assert_told(&says(&mut person, "docker rm kapal", 3).await, "kapal", &["0 dari"]);
    let told = says(&mut person, "jawaban", 3).await;
    assert_told(&told, "echo satu", &[]);
    // The tutor explains how to continue a stopped command and how to complete an unfinished one.
    person.types("sleep 100").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    person.press("\u{1a}").await;
    person.sees("Ketik fg").await;
    person.prompt_of(3).await;
    person.types("echo 'a").await;
    person.sees("kutip atau kurung belum ditutup?").await;
    person.drops_line().await;
    person.prompt_of(3).await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

/// If a container with the required name already exists, the tutor does not suggest the command that creates it. The
/// tutor first suggests to remove the existing container.
#[tokio::test]
async fn tutor_first_suggests_to_remove_a_container_with_the_required_name() {
    let (_project, mut person) = begin().await;
    let create = format!("docker create --name kapal {IMAGE} sleep 600");
    says(&mut person, &format!("docker run -d --name kapal {IMAGE} sleep 600"), 1).await;
    assert_told(&says(&mut person, &create, 1).await, "docker rm -f kapal", &["nama lain", "docker start"]);
    assert_told(&says(&mut person, "docker rm kapal", 1).await, "docker stop kapal", &[]);
    let told = says(&mut person, "docker stop kapal", 1).await;
    assert_told(&told, "Bagus. Berikutnya: docker rm kapal", &["docker create"]);
    assert_told(&says(&mut person, &create, 1).await, "Hapus kontainer yang lama: docker rm kapal", &["nama lain"]);
    assert_told(&says(&mut person, "docker rm kapal", 1).await, "Bagus. Berikutnya: docker create --name kapal", &[]);
    assert_told(&says(&mut person, &create, 1).await, "Tinggal satu perintah: docker ps -a", &[]);
}

#[tokio::test]
async fn skip_replaces_a_wrong_container_of_the_lesson() {
    let (_project, mut person) = begin().await;
    person.types(&format!("docker run -d --name kapal {IMAGE} true")).await;
    person.prompt_of(1).await;
    let begin = std::time::Instant::now();
    person.types("lewati").await;
    person.hears("learn-skip").await;
    // The program drops keys that arrive while the tutor types. So these keys do not change the tutor's commands.
    person.presses_more("1\rdocker version\r").await;
    person.hears("learn-skip-again").await;
    person.presses_more("1\r").await;
    person.hears("learn-step-skipped").await;
    person.prompt().await;
    // After a failed command, the tutor does not wait for a claim to become true.
    assert!(begin.elapsed() < std::time::Duration::from_secs(20), "{:?}", begin.elapsed());
    assert!(!["not found", "[200~", "Server:"].iter().any(|one| person.text().contains(one)), "{}", person.text());
    person.types("docker inspect --format '{{.State.Status}}' kapal").await;
    person.sees("created").await;
    person.prompt().await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn tutor_names_an_undone_earlier_step_and_retry_repeats_it() {
    let (_project, mut person) = begin().await;
    says(&mut person, &format!("docker create --name kapal {IMAGE} sleep 600"), 1).await;
    person.types("docker ps -a").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("").await;
    person.prompt_of(2).await;
    says(&mut person, "docker rm kapal", 2).await;
    let inspect = "docker inspect --format '{{.State.Status}}' kapal";
    assert_told(&says(&mut person, inspect, 2).await, "Langkah 1 perlu diulang: kontainer kapal", &[]);
    person.types("ulangi").await;
    person.sees("Dermaga mengerjakan lagi langkah 1").await;
    person.prompt_of(2).await;
    person.types(inspect).await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn container_that_runs_silently_in_the_foreground_is_explained_once() {
    let (_project, mut person) = begin().await;
    person.types(&format!("docker run --rm --name diam {IMAGE} sleep 600")).await;
    person.hears("learn-silent-run").await;
    tokio::time::sleep(std::time::Duration::from_secs(9)).await;
    for _ in 0..2 {
        person.presses_more("\u{1d}\u{1d}").await;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    person.prompt_of(1).await;
    let said = person.words.say("learn-silent-run", &[]).replace('`', "");
    assert_eq!(person.text().matches(&said).count(), 1, "{}", person.text());
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

/// Goes to the step with two parts.
async fn go_to_two_parts(person: &mut Person) {
    for command in [&format!("docker create --name kapal {IMAGE} sleep 600"), "docker ps -a"] {
        person.types(command).await;
        person.prompt_of(1).await;
    }
    person.types("loncat 3").await;
    person.prompt_of(3).await;
}

#[tokio::test]
async fn hint_names_no_object_of_a_later_part() {
    let (_project, mut person) = begin().await;
    go_to_two_parts(&mut person).await;
    assert_told(&says(&mut person, "petunjuk", 3).await, "docker run", &["kapal", "docker start"]);
    // The tutor compares this command with the shown part, although it resembles a command of the later part.
    let told = says(&mut person, "docker stop --time=0 kapal-lain", 3).await;
    assert_told(&told, "kapal-lain", &["docker start"]);
    person.types("ketik").await;
    person.sees("docker run --rm").await;
    person.drops_line().await;
    person.prompt_of(3).await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn skip_shows_the_text_of_the_step_between_its_commands() {
    let (_project, mut person) = begin().await;
    go_to_two_parts(&mut person).await;
    person.types("lewati").await;
    person.hears("learn-step-skipped").await;
    person.prompt_of(3).await;
    let text = person.text();
    let places: Vec<Option<usize>> =
        ["echo satu", "Sekarang hidupkan", "docker start kapal"].map(|part| text.find(part)).into();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}: {text}");
    assert_eq!(text.matches("Sekarang hidupkan").count(), 1, "{text}");
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn tutor_says_that_a_container_still_runs_after_its_client_was_killed() {
    let (_project, mut person) = begin().await;
    person.types(&format!("docker run --name lama {IMAGE} sh -c 'echo ma\"\"suk; sleep 600'")).await;
    person.sees("masuk").await;
    for _ in 0..3 {
        person.press("\u{3}").await;
        person.sees("^C").await;
    }
    person.hears("learn-stubborn-container").await;
    for _ in 0..2 {
        person.presses_more("\u{1d}\u{1d}").await;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    person.prompt_of(1).await;
    assert_told(&person.text(), "kontainer lama masih berjalan", &["dimatikan paksa"]);
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}
