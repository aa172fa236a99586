//! Tests `dermaga watch`. The learner works in another terminal, while the tutor watches the engine.

use super::engine::begin;
use super::small::{IMAGE, project, trust};
use crate::person::Person;
use crate::project::Project;
use crate::support::TestEngine;

/// Returns a course with two lessons. The second lesson has a blank, commands to put in order, a file and a quiz.
fn course() -> Project {
    let project = Project::new();
    project.write(
        "course.toml",
        "title = { id = \"Kecil\" }\nlanguages = [\"id\"]\n[[group]]\nid = \"g\"\ntitle = { id = \"G\" }\n\
         lessons = [\"satu\", \"dua\"]\n",
    );
    let quiz = |ask: &str| {
        format!(
            "```quiz\nask: \"{ask}\"\noptions:\n  - text: \"yang ini\"\n    right: true\n    why: \"Memang.\"\n  \
             - text: \"yang itu\"\n    why: \"Bukan.\"\n```\n"
        )
    };
    project.write("id/g/satu.md", format!("# Satu\n\n## Tanya {{#tanya}}\n\n{}", quiz("Dahulu apa?")));
    let dua = "# Dua\n\n## Ketik {#ketik}\n\n```console,blank\n$ docker volume ____ gudang\n```\n\n\
               ```console,solution\n$ docker volume create gudang\ngudang\n```\n\n\
               ```check\nran: \"volume create\"\n```\n\n\
               ## Susun {#susun}\n\n```console,shuffle\n$ docker volume create satu\n$ docker volume create dua\n```\n\n\
               ```check\nvolume: dua\nhints: [\"Petunjuk pertama.\", \"Petunjuk kedua.\"]\n```\n\n\
               ## Tulis {#tulis}\n\n```text,file=catatan.txt\nhalo\n```\n\n```check\nfile: catatan.txt\ncontains: halo\nalready: true\n```\n\n";
    project.write("id/g/dua.md", format!("{dua}{}", quiz("Sekarang apa?")));
    project
}

#[tokio::test]
async fn watch_asks_quizzes_and_exercises_and_gives_help() {
    let engine = TestEngine::start();
    let project = course();
    let url = format!("unix://{}", engine.socket().display());
    let mut person = Person::start(&project, &["watch", "id/g/satu.md", "--engine", &url]);
    person.sees("Dahulu apa?").await;
    person.choose("yang itu").await;
    person.hears("quiz-again").await;
    person.choose("yang ini").await;
    person.hears("learn-step-passed").await;
    person.press("\r").await;
    person.sees("Berikutnya: Dua.").await;
    person.press("q").await;
    assert_eq!(person.ends().await, 0);
    assert!(person.all().contains("Pelajaran berikutnya: dermaga watch dua"), "{}", person.all());

    let mut person = Person::start(&project, &["watch", "dua", "--engine", &url]);
    trust(&mut person).await;
    // The learner has already answered the question of the previous lesson today, so the tutor does not repeat it. The
    // first exercise is a blank.
    person.sees("____").await;
    person.sees("Isi ____ (atau").await;
    person.types("\u{1a}create").await;
    // The tutor shows the command with its filled gaps, so that the learner can type it in the other terminal.
    person.sees("jalankan sendiri di terminalmu: docker volume create gudang").await;
    // The tutor does not see commands in the other terminal. So the tutor asks the learner, and trusts the answer.
    person.hears("learn-watch-unseen").await;
    person.press("\r").await;
    person.hears("learn-watch-trusted").await;
    person.hears("learn-step-passed").await;
    assert!(!person.text().contains("Benar"), "what was not seen is praised: {}", person.text());
    person.press("\r").await;
    // The learner leaves the exercise in which commands are put in order. Then the learner asks for each hint and for
    // the solution.
    person.hears("quiz-shuffle-commands").await;
    person.sees("[↑↓").await;
    person.press("\u{1b}").await;
    person.hears("learn-watch-hint").await;
    for hint in ["Petunjuk pertama", "Petunjuk kedua"] {
        person.press("p").await;
        person.sees(hint).await;
    }
    person.press("j").await;
    person.sees("docker volume create satu docker volume create dua").await;
    person.press("\r").await;
    person.sees("Langkah ini belum lulus. Tekan p").await;
    // The key `l` makes the tutor do the step.
    person.press("l").await;
    person.hears("learn-step-skipped").await;
    assert!(engine.docker(&["volume", "ls", "-q"]).contains("dua"));
    // The tutor writes a file to the lesson's directory. When the learner has left a quiz, `u` repeats it.
    person.press("\r").await;
    person.sees("catatan.txt").await;
    person.sees("sudah tercapai. Tekan Enter").await;
    person.press("\r").await;
    person.sees("Sekarang apa?").await;
    person.press("\u{1b}").await;
    person.sees("Kuis ini dapat kamu jawab nanti. Tekan u").await;
    // The step has not ended, because its quiz is still open.
    assert!(!person.text().contains("Langkah dilewati"), "{}", person.text());
    person.press("u").await;
    person.sees("Sekarang apa?").await;
    person.choose("yang ini").await;
    person.sees("Memang.").await;
    // The program drops an Enter that arrives before the question has restored the terminal.
    let mut is_closed = false;
    for _ in 0..5 {
        person.press("\r").await;
        let closing = person.sees("Satu langkah dikerjakan Dermaga");
        is_closed = tokio::time::timeout(std::time::Duration::from_secs(10), closing).await.is_ok();
        if is_closed {
            break;
        }
    }
    assert!(is_closed, "Enter did not close the lesson: {}", person.all());
    // If the learner agrees, the tutor also removes the objects that it made itself.
    person.sees("Hapus semuanya?").await;
    person.types("y").await;
    assert_eq!(person.ends().await, 0);
    person.is_sane();
    let all = person.all();
    assert!(all.contains("Bekerjalah di sana: cd "), "{all}");
    assert!(!all.contains("lanjut)") && !all.contains("loncat"), "words of a prompt that is not there: {all}");
}

#[tokio::test]
async fn learn_and_watch_ask_before_they_download_an_image() {
    let engine = TestEngine::start();
    let project = project(IMAGE);
    let url = format!("unix://{}", engine.socket().display());
    for verb in ["learn", "watch"] {
        let mut person = Person::start(&project, &[verb, "kecil.md", "--engine", &url]);
        if verb == "learn" {
            trust(&mut person).await;
        }
        person.hears("menu-needs").await;
        person.sees(IMAGE).await;
        person.hears("menu-begin").await;
        assert!(person.all().contains("MB"), "{}", person.all());
        let no = person.words.say("menu-no", &[]);
        person.types(&no).await;
        assert_eq!(person.ends().await, 0);
        person.is_sane();
    }
    assert!(!engine.docker(&["images"]).contains("1.35"));
}

#[tokio::test]
async fn watch_passes_steps_done_in_another_terminal() {
    let engine = TestEngine::start();
    let project = project("busybox:latest");
    let mut person = begin(&project, &engine, "watch").await;
    person.sees("export DOCKER_HOST=unix://").await;
    person.hears("learn-watch-hint").await;
    engine.docker(&["run", "-d", "--name", "kapal", "busybox", "sleep", "600"]);
    // The container was made without the gateway, so it is foreign.
    person.sees("bukan buatan pelajaran ini: kontainer kapal").await;
    person.hears("learn-step-passed").await;
    person.press("q").await;
    assert_eq!(person.ends().await, 0);
    person.is_sane();
}

#[tokio::test]
async fn watch_does_not_do_a_step_whose_container_name_is_in_use() {
    let engine = TestEngine::start();
    let project = project("busybox:latest");
    let mut person = begin(&project, &engine, "watch").await;
    person.hears("learn-watch-hint").await;
    engine.docker(&["create", "--name", "kapal", "busybox"]);
    person.press("l").await;
    person.sees("dibuat tanpa baris export di atas: kontainer kapal").await;
    person.hears("learn-step-skipped").await;
    assert_eq!(person.all().matches("Langkah dilewati").count(), 1, "{}", person.all());
    assert_eq!(engine.docker(&["ps", "-a", "--format", "{{.Names}} {{.Status}}"]), "kapal Created");
    person.press("q").await;
    assert_eq!(person.ends().await, 0);
}

/// The tutor does not see commands in the other terminal, but it checks their effects on the engine. If the terminal is
/// closed while a question is open, the program leaves no file behind.
#[tokio::test]
async fn watch_names_a_missing_result_and_does_not_praise_unseen_commands() {
    let project = Project::new();
    let lesson = format!(
        "---\ntitle: Kabar\nhave: [\"{IMAGE}\"]\n---\n\n# Kabar\n\n## Sapa {{#sapa}}\n\n\
         ```console\n$ docker run --name sapa {IMAGE} echo halo\nhalo\n```\n\n\
         ```check\ncontainer: sapa\nState.Status: exited\n```\n\n## Log {{#log}}\n\n\
         ```console\n$ docker logs sapa\nhalo\n```\n\n```check\nran: docker logs\noutput: {{ matches: halo }}\n```\n\n\
         ## Tanya {{#tanya}}\n\n```quiz\nask: \"Apa?\"\noptions:\n  - text: \"ini\"\n    right: true\n    why: \"Ya.\"\n  \
         - text: \"itu\"\n    why: \"Bukan.\"\n```\n"
    );
    project.write("kabar.md", lesson);
    let mut person = Person::start(&project, &["watch", "kabar.md", "--engine", "private"]);
    trust(&mut person).await;
    person.sees("export DOCKER_HOST=").await;
    // If this line is on the screen, it contains the whole address, so that the learner can copy it.
    let line = person.screen().into_iter().find(|line| line.contains("export DOCKER_HOST="));
    let all = person.all();
    let host = all.split("export DOCKER_HOST=").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
    assert!(line.is_none_or(|line| line.contains("unix://")), "{all}");
    let host = host.to_owned();
    let docker = |words: &[&str]| {
        let done = std::process::Command::new("docker").env("DOCKER_HOST", &host).args(words).output().unwrap();
        assert!(done.status.success(), "{words:?}: {done:?}");
    };
    person.hears("learn-watch-hint").await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    docker(&["create", "--name", "sapa", IMAGE, "echo", "selamat"]);
    person.sees("sapa baru dibuat dan belum berjalan").await;
    docker(&["start", "sapa"]);
    person.hears("learn-step-passed").await;
    person.press("\r").await;
    person.hears("learn-watch-unseen").await;
    person.press("\r").await;
    person.hears("learn-watch-refuted").await;
    assert!(!person.text().contains("Benar"), "{}", person.text());
    docker(&["rm", "sapa"]);
    docker(&["run", "--name", "sapa", IMAGE, "echo", "halo"]);
    person.press("\r").await;
    person.hears("learn-watch-trusted").await;
    person.press("\r").await;
    person.sees("Apa?").await;
    let Person { pty, mut child, .. } = person;
    drop(pty);
    let ended = tokio::time::timeout(std::time::Duration::from_mins(1), child.wait()).await;
    assert!(ended.is_ok(), "it still runs");
    let left = |folder: &str| {
        let entries = std::fs::read_dir(project.root().join(folder)).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect::<Vec<_>>()
    };
    assert!(left("cache/dermaga/e").is_empty(), "{:?}", left("cache/dermaga/e"));
    let uid = rustix::process::getuid().as_raw();
    assert!(left(&format!("tmp/dermaga-{uid}")).is_empty(), "{:?}", left(&format!("tmp/dermaga-{uid}")));
}

/// With each Enter, the tutor passes one task whose commands it cannot see. While the learner works inside a container,
/// the tutor reports no mistake. The tutor explains failures that the engine's events show.
#[tokio::test]
async fn watch_passes_unseen_commands_at_enter_and_waits_while_a_container_shell_runs() {
    let project = Project::new();
    let lesson = "---\ntitle: Kotak\nhave: [\"busybox:latest\"]\n---\n\n# Kotak\n\n## Masuk {#masuk}\n\n\
         ```console\n$ docker run -it --name kotak busybox:latest sh\n/ # hostname\n[..]\n/ # exit\n```\n\n\
         ```check\ncontainer: kotak\nConfig.Tty: true\nState.Status: exited\nmistakes:\n  \
         - when: { container: kotak, State.Running: true }\n    say: \"Itu salah.\"\n```\n\n## Kernel {#kernel}\n\n\
         ```console\n$ uname -r\n[..]\n```\n\nDi dalam juga.\n\n```console\n$ docker exec kotak uname -r\n[..]\n```\n\n\
         ```check\nran: docker exec\n```\n\n## Tanya {#tanya}\n\n```quiz\nask: \"Apa?\"\noptions:\n  \
         - text: \"ini\"\n    right: true\n    why: \"Ya.\"\n  - text: \"itu\"\n    why: \"Bukan.\"\n```\n";
    project.write("kotak.md", lesson);
    let engine = TestEngine::start();
    let url = format!("unix://{}", engine.socket().display());
    let mut person = Person::start(&project, &["watch", "kotak.md", "--engine", &url]);
    trust(&mut person).await;
    person.sees("export DOCKER_HOST=").await;
    let all = person.all();
    let host = all.split("export DOCKER_HOST=").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
    let host = host.to_owned();
    let docker = |words: &[&str]| {
        let done = std::process::Command::new("docker").env("DOCKER_HOST", &host).args(words).output().unwrap();
        done.status.success()
    };
    person.hears("learn-watch-hint").await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert!(docker(&["run", "--name", "kotak", "busybox", "true"]));
    person.hears("learn-not-yet").await;
    assert!(!docker(&["run", "--name", "kotak", "busybox", "true"]));
    person.sees("Nama kotak sudah dipakai kontainer lain").await;
    assert!(!docker(&["run", "--privileged", "busybox", "true"]));
    person.hears("learn-watch-not-passed-on").await;
    assert!(docker(&["rm", "kotak"]) && docker(&["run", "-dit", "--name", "kotak", "busybox", "sh"]));
    person.hears("learn-watch-inside").await;
    assert!(docker(&["stop", "-t", "0", "kotak"]));
    person.hears("learn-step-passed").await;
    assert!(!person.all().contains("Itu salah"), "{}", person.all());
    person.press("\r").await;
    person.hears("learn-watch-unseen").await;
    person.press("\r").await;
    person.sees("Di dalam juga").await;
    person.hears("learn-watch-unseen").await;
    person.press("\r").await;
    person.hears("learn-step-passed").await;
    assert!(!person.all().contains("baru saja menjalankan"), "{}", person.all());
    person.press("\r").await;
    person.sees("Apa?").await;
}
