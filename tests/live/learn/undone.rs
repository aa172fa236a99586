//! Tests results that the learner undoes. The tutor names each undone result, and how the learner can restore it.

use super::small::{IMAGE, trust};
use crate::person::Person;
use crate::project::Project;

fn lesson() -> String {
    let console = |lines: &str| format!("```console\n{lines}\n```\n\n");
    let check = |lines: &str| format!("```check\n{lines}\n```\n\n");
    [
        format!("---\ntitle: Urung\nhave: [\"{IMAGE}\"]\n---\n\n# Urung\n\nPembuka.\n\n"),
        "## Perahu {#perahu}\n\n".into(),
        console(&format!("$ docker run -d --name perahu {IMAGE} sleep 600\n...")),
        check("container: perahu\nState.Running: true"),
        console("$ docker stop -t 0 perahu\nperahu"),
        check("container: perahu\nState.Status: exited"),
        console("$ docker ps -a\n..."),
        check("ran: \"docker ps.* -a\"\nexit: 0\noutput: { matches: \"Exited\" }"),
        "## Simpan {#simpan}\n\n".into(),
        console(&format!("$ docker create --name coba {IMAGE} true\n...")),
        check("container: coba"),
        console(&format!("$ docker save -o muatan.tar {IMAGE}")),
        check("file: muatan.tar"),
        "## Lihat {#lihat}\n\n".into(),
        console("$ docker ps -a --filter name=coba\n..."),
        check(&format!(
            "ran: \"docker ps.* --filter\"\nexit: 0\noutput: {{ matches: \"coba\" }}\nmistakes:\n  \
             - when: {{ container: coba, absent: true }}\n    say: \"`coba` sudah tidak ada. Buat lagi: `docker create \
             --name coba {IMAGE} true`.\""
        )),
        console("$ docker rm coba\ncoba"),
        check("container: coba\nabsent: true"),
        "## Muat {#muat}\n\n".into(),
        console("$ docker load -i muatan.tar\n..."),
        check("ran: docker load\nexit: 0"),
    ]
    .concat()
}

async fn says(person: &mut Person, command: &str, step: usize) -> String {
    person.types(command).await;
    person.prompt_of(step).await;
    person.text()
}

async fn passes(person: &mut Person, command: &str) {
    person.types(command).await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("").await;
}

#[tokio::test]
async fn tutor_names_an_undone_result_and_how_to_restore_it() {
    let project = Project::new();
    project.write("urung.md", lesson());
    let mut person = Person::start(&project, &["learn", "urung.md", "--engine", "private"]);
    trust(&mut person).await;
    person.prompt_of(1).await;

    // The learner undoes a passed part of the same step.
    says(&mut person, &format!("docker run -d --name perahu {IMAGE} sleep 600"), 1).await;
    says(&mut person, "docker stop -t 0 perahu", 1).await;
    for command in ["docker start perahu", "docker ps -a"] {
        let said = says(&mut person, command, 1).await;
        assert!(
            said.contains("perahu masih berjalan") && said.contains("docker stop -t 0 perahu"),
            "{command}: {said}"
        );
        assert!(!said.contains("belum memperlihatkan"), "{command}: {said}");
    }
    let said = says(&mut person, "docker stop -t 0 perahu", 1).await;
    assert!(said.contains("Bagus. Berikutnya: docker ps -a"), "{said}");
    passes(&mut person, "docker ps -a").await;

    // Before `ulangi` repeats a step, it offers to remove only the objects of this step.
    person.prompt_of(2).await;
    says(&mut person, &format!("docker create --name coba {IMAGE} true"), 2).await;
    person.types("ulangi").await;
    person.sees("kontainer coba").await;
    assert!(!person.text().contains("perahu"), "{}", person.text());
    person.press("y\r").await;
    person.prompt_of(2).await;
    says(&mut person, &format!("docker create --name coba {IMAGE} true"), 2).await;
    passes(&mut person, &format!("docker save -o muatan.tar {IMAGE}")).await;

    // The learner types a command of a later part, which undoes a result that the shown part needs.
    person.prompt_of(3).await;
    let said = says(&mut person, "docker rm coba", 3).await;
    assert!(said.contains("coba sudah tidak ada") && !said.contains("bagian yang nanti"), "{said}");
    let said = says(&mut person, &format!("docker create --name coba {IMAGE} true"), 3).await;
    assert!(said.contains("Bagus. Berikutnya: docker ps -a --filter name=coba"), "{said}");
    says(&mut person, "docker ps -a --filter name=coba", 3).await;
    passes(&mut person, "docker rm coba").await;

    // The learner removes a file of an earlier step.
    person.prompt_of(4).await;
    says(&mut person, "rm muatan.tar", 4).await;
    let said = says(&mut person, "docker load -i muatan.tar", 4).await;
    assert!(said.contains("Langkah 2") && said.contains("berkas muatan.tar"), "{said}");
    person.types("ulangi").await;
    person.sees("Hapus dahulu").await;
    person.press("y\r").await;
    person.sees("Dermaga mengerjakan lagi langkah 1 sampai 3").await;
    person.prompt_of(4).await;
    person.types("docker load -i muatan.tar").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;

    // After the restart of the lesson, an object of the first step does not belong to the second step.
    person.types("setel").await;
    person.sees("Hapus dahulu").await;
    person.press("y\r").await;
    person.prompt_of(1).await;
    says(&mut person, &format!("docker run -d --name perahu {IMAGE} sleep 600"), 1).await;
    says(&mut person, "loncat 2", 2).await;
    says(&mut person, &format!("docker create --name coba {IMAGE} sleep 1"), 2).await;
    person.types("ulangi").await;
    person.sees("kontainer coba").await;
    assert!(!person.text().contains("perahu"), "{}", person.text());
    person.press("y\r").await;
    person.prompt_of(2).await;
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn retry_of_a_step_that_moved_a_name_restores_the_name() {
    let project = Project::new();
    let claim =
        |image: &str| format!("```check\nimage: \"latihan:1\"\nRepoTags: [\"{image}\", \"latihan:1\"]\n```\n\n");
    let text = [
        format!("---\ntitle: Nama\nhave: [\"{IMAGE}\", \"alpine:3.20\"]\n---\n\n# Nama\n\nPembuka.\n\n"),
        format!("## Beri {{#beri}}\n\n```console\n$ docker tag {IMAGE} latihan:1\n```\n\n{}", claim(IMAGE)),
        format!(
            "## Pindah {{#pindah}}\n\n```console\n$ docker tag alpine:3.20 latihan:1\n```\n\n{}",
            claim("alpine:3.20")
        ),
    ];
    project.write("nama.md", text.concat());
    let mut person = Person::start(&project, &["learn", "nama.md", "--engine", "private"]);
    trust(&mut person).await;
    person.prompt_of(1).await;
    passes(&mut person, &format!("docker tag {IMAGE} latihan:1")).await;
    person.prompt_of(2).await;
    person.types("docker tag alpine:3.20 latihan:1").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("ulangi").await;
    person.sees("Hapus dahulu").await;
    person.press("y\r").await;
    person.sees("Dermaga mengerjakan lagi langkah 1").await;
    person.prompt_of(2).await;
    let said = says(&mut person, "docker images latihan:1", 2).await;
    assert!(!said.contains("Langkah lulus"), "{said}");
    passes(&mut person, "docker tag alpine:3.20 latihan:1").await;
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn retry_restores_the_state_of_a_container_of_an_earlier_step() {
    let project = Project::new();
    let part = |title: &str, command: &str, state: &str| {
        let check = format!("```check\ncontainer: kapal\n{state}\n```");
        format!("## {title} {{#{title}}}\n\n```console\n$ {command}\n...\n```\n\n{check}\n\n")
    };
    let run = format!("docker run -d --name kapal {IMAGE} sleep 600");
    let text = format!(
        "---\ntitle: Henti\nhave: [\"{IMAGE}\"]\n---\n\n# Henti\n\nPembuka.\n\n{}{}",
        part("satu", &run, "State.Running: true"),
        part("dua", "docker kill kapal", "State.Running: false"),
    );
    project.write("henti.md", text);
    let mut person = Person::start(&project, &["learn", "henti.md", "--engine", "private"]);
    trust(&mut person).await;
    person.prompt_of(1).await;
    passes(&mut person, &run).await;
    person.prompt_of(2).await;
    person.types("docker kill kapal").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("ulangi").await;
    person.sees("Hapus dahulu").await;
    person.press("y\r").await;
    person.sees("Dermaga mengerjakan lagi langkah 1").await;
    person.prompt_of(2).await;
    person.types("docker kill kapal").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
}
