//! Tests a beginner who repeats older commands, spoils a step, does a step twice, and returns to the summary.

use super::small::{IMAGE, trust};
use crate::person::Person;
use crate::project::Project;

fn lesson() -> String {
    let console = |lines: &str| format!("```console\n{lines}\n```\n\n");
    let check = |lines: &str| format!("```check\n{lines}\n```\n\n");
    [
        format!("---\ntitle: Pemula\nhave: [\"{IMAGE}\"]\n---\n\n# Pemula\n\nPembuka.\n\n"),
        "## Sapa {#sapa}\n\n".into(),
        console(&format!("$ docker run --name sapa {IMAGE} true")),
        check("container: sapa\nState.Status: exited"),
        "## Dua bagian {#dua-bagian}\n\n".into(),
        console("$ docker volume create data\ndata"),
        check("volume: data"),
        "Sekarang lihat semuanya.\n\n".into(),
        console("$ docker ps -a\n..."),
        check("ran: \"docker ps.* -a\"\nexit: 0"),
        "## Sekoci {#sekoci}\n\n".into(),
        console(&format!(
            "$ docker run -d --name sekoci {IMAGE} sleep 600\n...\n$ docker stop -t 0 sekoci\nsekoci\n$ docker rm sekoci\nsekoci"
        )),
        check("events: { type: [container], container: [sekoci] }\nin_order: [create, start, stop, destroy]"),
        "## Bersihkan {#bersihkan}\n\n".into(),
        console("$ docker rm sapa\nsapa"),
        check("container: sapa\nabsent: true"),
        "## Ringkasan {#ringkasan}\n\nSudah.\n".into(),
    ]
    .concat()
}

async fn goes_on(person: &mut Person, step: usize) {
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("").await;
    person.prompt_of(step).await;
}

#[tokio::test]
async fn beginner_is_led_on_from_every_state() {
    let project = Project::new();
    project.write("pemula.md", lesson());
    let mut person = Person::start(&project, &["learn", "pemula.md", "--engine", "private"]);
    trust(&mut person).await;
    person.prompt_of(1).await;
    // The step needs a container that stops at once. So the tutor does not explain that the container has stopped.
    person.types(&format!("docker create --name sapa {IMAGE} true")).await;
    person.prompt_of(1).await;
    person.types("docker start sapa").await;
    person.hears("learn-step-passed").await;
    assert!(!person.text().contains("langsung berhenti"), "{}", person.text());
    goes_on(&mut person, 2).await;

    // If a command ran before its part was shown, that part does not pass.
    person.types("docker ps -a").await;
    person.prompt_of(2).await;
    person.types("docker volume create data").await;
    person.sees("Sekarang lihat semuanya").await;
    person.prompt_of(2).await;
    assert!(!person.text().contains("sudah tercapai"), "{}", person.text());
    person.types("docker run").await;
    person.prompt_of(2).await;
    let said = person.text();
    assert!(!said.contains("Benar") && !said.contains("Kamu menjalankan docker ps -a"), "{said}");
    person.types("docker ps -a").await;
    goes_on(&mut person, 3).await;

    // The rest of the step cannot be done alone, so the tutor does the whole step.
    person.types(&format!("docker run -d --name sekoci {IMAGE} sleep 600")).await;
    person.prompt_of(3).await;
    person.types("docker rm -f sekoci").await;
    person.prompt_of(3).await;
    person.types("lewati").await;
    person.hears("learn-skip-whole").await;
    person.hears("learn-step-skipped").await;
    assert!(!person.text().contains("mungkin belum lengkap"), "{}", person.text());
    person.prompt().await;
    person.types("").await;
    person.prompt_of(4).await;

    // The container is already removed, so `ulangi` offers to repeat the earlier steps first.
    person.types("docker rm sapa").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("ulangi").await;
    person.sees("Tidak ada lagi yang dapat dihapus langkah ini: kontainer sapa").await;
    person.sees("[Y/t]").await;
    person.press("y\r").await;
    person.sees("Hapus dahulu").await;
    person.press("y\r").await;
    person.sees("Dermaga mengerjakan lagi langkah 1 sampai 3").await;
    person.prompt_of(4).await;
    assert!(!person.text().contains("sudah tercapai"), "{}", person.text());
    person.types("docker rm sapa").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("").await;
    person.hears("learn-read").await;
    person.prompt().await;
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);

    // If the learner returns to the summary, the tutor repeats no steps.
    let mut person = Person::start(&project, &["learn", "pemula.md", "--engine", "private"]);
    person.sees("bagian akhir pelajaran ini: Ringkasan").await;
    person.hears("learn-read").await;
    assert!(!person.all().contains("mengerjakan lagi"), "{}", person.all());
    person.prompt().await;
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
}
