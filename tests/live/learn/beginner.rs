//! Tests a beginner who types a command too early, removes a result of the current step, repeats a step, and returns to
//! the summary.

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
async fn tutor_leads_a_beginner_on_after_early_and_undone_commands() {
    let project = Project::new();
    project.write("pemula.md", lesson());
    let mut person = Person::start(&project, &["learn", "pemula.md", "--engine", "private"]);
    trust(&mut person).await;
    person.prompt_of(1).await;
    // The step needs a container that stops at once, so the tutor must not warn that the container has stopped.
    person.types(&format!("docker create --name sapa {IMAGE} true")).await;
    person.prompt_of(1).await;
    person.types("docker start sapa").await;
    person.hears("learn-step-passed").await;
    assert!(!person.text().contains("langsung berhenti"), "{}", person.text());
    goes_on(&mut person, 2).await;

    // If the learner types a command before the tutor shows its part, the part does not pass.
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

    // The learner has removed a result that the rest of the step needs. So `lewati` does the whole step.
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

    // The step removes this container, which no longer exists. So `ulangi` first offers to repeat the earlier steps.
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
