//! Tests the tutor's replies, and the tutor commands such as `petunjuk` (hint) and `lewati` (skip).

use super::small::{IMAGE, begin, pass_the_first, project, trust};
use crate::person::Person;
use crate::project::Project;

#[tokio::test]
async fn lesson_that_the_person_does_not_trust_runs_no_command() {
    let project = project(IMAGE);
    let mut person = Person::start(&project, &["learn", "kecil.md", "--engine", "private"]);
    person.hears("trust-question").await;
    let list = person.all();
    for shown in ["docker run -d --name kapal", "docker ps", "docker rm -f kapal", IMAGE] {
        assert!(list.contains(shown), "{shown}: {list}");
    }
    person.types(&person.words.say("menu-no", &[])).await;
    assert_eq!(person.ends().await, 0);
    assert!(person.all().contains(&person.words.say("trust-no", &[])));
    assert!(!project.root().join("home/.local/state/dermaga/work").exists());
    person.is_sane();

    let mut person = begin(&project, &[]).await;
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
    // After the person has trusted a lesson, the tutor does not ask again.
    let mut person = Person::start(&project, &["learn", "kecil.md", "--engine", "private"]);
    person.prompt_of(1).await;
    assert!(!person.all().contains(&person.words.say("trust-question", &[])));
    person.types("quit").await;
    assert_eq!(person.ends().await, 0);
    // If the lesson has changed, the tutor asks again.
    project.write("kecil.md", super::small::lesson(IMAGE).replace("sleep 600", "sleep 601"));
    let mut person = Person::start(&project, &["learn", "kecil.md", "--engine", "private"]);
    person.hears("trust-question").await;
}

#[tokio::test]
async fn wrong_command_gets_a_reason_hints_and_help() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    // The tutor explains a failure from Docker's message and from the names in the course.
    person.types("docker run -d --name kapal busibox:1.36 sleep 600").await;
    person.sees("Mungkin maksudmu busybox").await;
    person.prompt().await;
    assert!(person.text().contains(&person.words.say("learn-not-yet", &[])), "{}", person.text());
    // The second `petunjuk` gives no new hint, because the learner has not tried a command since the first.
    person.does("petunjuk", "Petunjuk pertama").await;
    person.types("petunjuk").await;
    person.hears("learn-hint-try").await;
    person.prompt().await;
    // If the lesson declares the mistake, the tutor prints the lesson's explanation.
    person.types(&format!("docker run -d --name perahu {IMAGE} sleep 600")).await;
    person.sees("Namanya bukan perahu").await;
    person.prompt().await;
    person.does("hint", "Petunjuk kedua").await;
    // After the third failed attempt, the tutor offers help. No rule explains this command, so the tutor compares the
    // expected and the actual state.
    person.does("docker rm -f perahu", "perahu").await;
    person.types(&format!("docker run --name kapal {IMAGE} true")).await;
    person.hears("learn-offer").await;
    person.prompt().await;
    assert!(person.text().contains("menunggu sampai ia berjalan"), "{}", person.text());
    person.does("petunjuk", "Petunjuk ketiga").await;
    person.does("docker rm kapal", "kapal").await;
    // Any command that makes the claims true passes the step.
    person.types(&format!("docker create --name kapal {IMAGE} sleep 600 && docker start kapal")).await;
    person.hears("learn-step-helped").await;
    person.prompt().await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn tutor_command_type_inserts_a_command_and_skip_does_a_step() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    person.types("ketik").await;
    person.sees(&format!("docker run -d --name kapal {IMAGE} sleep 600")).await;
    person.press("\r").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("lanjut").await;
    person.prompt_of(2).await;
    person.types("lewati").await;
    person.hears("learn-skip").await;
    person.hears("learn-step-skipped").await;
    person.prompt().await;
    person.types("next").await;
    person.prompt_of(3).await;
    person.does("jawaban", "docker rm -f kapal").await;
    person.types("docker container rm --force kapal").await;
    person.hears("learn-step-helped").await;
    person.prompt().await;
    person.types("").await;
    person.hears("learn-read").await;
    person.prompt_of(3).await;
    person.types("").await;
    person.sees("Selesai: Kecil").await;
    person.sees("Satu langkah dikerjakan Dermaga").await;
    person.prompt().await;
    person.types("").await;
    assert_eq!(person.ends().await, 0);
    // If the learner opens a finished lesson again, the tutor offers to show it without tasks.
    let mut person = Person::start(&project, &["learn", "kecil.md", "--engine", "private"]);
    person.sees("Sekarang mau apa?").await;
    person.press("1").await;
    person.hears("learn-read-end").await;
    assert_eq!(person.ends().await, 0);
    assert!(!person.all().contains("[1/3]"), "{}", person.all());
}

/// On a screen of 80 columns and 24 rows, the title stays visible until the learner presses Enter.
#[tokio::test]
async fn opening_of_a_lesson_stays_on_the_screen_until_enter() {
    let project = crate::project::Project::new();
    for (lang, lesson, title) in
        [("id", "menyiapkan-docker", "Menyiapkan Docker"), ("en", "menyiapkan-docker", "Get Docker ready")]
    {
        let mut person = Person::start(&project, &["learn", lesson, "--lang", lang, "--engine", "private"]);
        person.reads_pages = false;
        person.sees("Enter: ").await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let screen = person.screen();
        assert!(screen.iter().any(|row| row == title), "{screen:#?}");
        assert!(!person.all().contains("[1/"), "{}", person.all());
        // If the learner types a line instead of Enter, the line is not lost.
        person.reads_pages = true;
        person.press(if lang == "id" { "selesai\r" } else { "quit\r" }).await;
        assert_eq!(person.ends().await, 0);
    }
}

#[tokio::test]
async fn every_tutor_command_works_in_both_languages() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    for word in ["bantuan", "help"] {
        person.types(word).await;
        person.hears("learn-word-goto").await;
        person.prompt().await;
    }
    for word in ["langkah", "steps"] {
        person.does(word, "3 Hapus").await;
    }
    for word in ["lanjut", "next"] {
        person.types(word).await;
        person.sees("lewati mengerjakannya").await;
        person.prompt().await;
    }
    for word in ["loncat 3", "goto 3", "loncat hapus"] {
        person.types(word).await;
        person.prompt_of(3).await;
    }
    person.types("loncat 9").await;
    person.hears("learn-no-step").await;
    person.prompt().await;
    for (word, step) in [("kembali", 2), ("back", 1)] {
        person.types(word).await;
        person.prompt_of(step).await;
    }
    for word in ["ulangi", "retry"] {
        person.does(word, "Langkah 1 dari 3").await;
    }
    for word in ["jawaban", "solution"] {
        person.does(word, "--name kapal").await;
    }
    for word in ["bebas", "explore"] {
        person.types(word).await;
        person.hears("learn-free-on").await;
        person.sees("kecil #").await;
        person.types("docker run tidakada:1").await;
        person.sees("kecil #").await;
        person.types(word).await;
        person.hears("learn-free-off").await;
        person.prompt_of(1).await;
    }
    pass_the_first(&mut person, IMAGE).await;
    person.types("docker ps").await;
    person.sees("Mana yang betul?").await;
    person.choose("yang ini").await;
    person.hears("learn-step-passed").await;
    person.prompt().await;
    for word in ["kuis", "quiz"] {
        person.types(word).await;
        person.sees("Mana yang betul?").await;
        person.choose("yang ini").await;
        person.prompt_of(2).await;
    }
    // The learner restarts the lesson. If the learner agrees, the tutor removes the objects of the lesson.
    for word in ["setel", "startover"] {
        if word == "startover" {
            pass_the_first(&mut person, IMAGE).await;
        }
        person.types(word).await;
        person.sees("kapal").await;
        person.sees("[Y/t]").await;
        person.press("y\r").await;
        person.prompt_of(1).await;
        person.types("docker ps -aq | wc -l").await;
        person.prompt().await;
        assert!(person.text().contains("wc -l 0 "), "{}", person.text());
    }
    // `type` is a tutor command and a shell command. With an argument for the shell, it is a shell command.
    person.does("type docker", "docker is").await;
    person.types("menu").await;
    person.hears("learn-menu-ask").await;
    person.press("y\r").await;
    person.sees("Kontainer pertama").await;
    // Escape in the list returns to the lesson.
    person.press("\u{1b}").await;
    person.prompt().await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
    person.is_sane();
}

#[tokio::test]
async fn menu_opens_a_lesson_and_the_lesson_returns_to_the_menu() {
    let project = crate::project::Project::new();
    let mut person = Person::start(&project, &["learn", "--engine", "private"]);
    person.hears("welcome-1").await;
    person.choose("English").await;
    person.sees("Your first container").await;
    // The search in the list ignores Ctrl-Z.
    person.press("\u{1a}your first\u{1a}\r").await;
    person.sees("[1/5]").await;
    person.types("menu").await;
    // The tutor asks first, because the private engine ends when the list opens.
    person.sees("Open the list? [Y/n]").await;
    person.press("n\r").await;
    person.prompt().await;
    person.types("menu").await;
    person.sees("Open the list? [Y/n]").await;
    person.press("\r").await;
    person.sees("← here").await;
    // Escape in the list returns to the lesson.
    person.press("\u{1b}").await;
    person.sees("[1/5]").await;
    person.types("quit").await;
    assert_eq!(person.ends().await, 0);
    // The program remembers the language, and does not show the welcome a second time.
    for words in [&[][..], &["--verbose"]] {
        let mut person = Person::start(&project, words);
        person.sees("← here").await;
        assert!(!person.all().contains("Bahasa") && !person.all().contains("Language"));
        person.press("\u{1b}").await;
        assert_eq!(person.ends().await, 0);
    }
}

/// If the learner has already typed keys, the program does not ask the terminal for its background colour. Reading the
/// answer would consume the keys.
#[tokio::test]
async fn keys_typed_before_the_start_are_not_lost() {
    let project = crate::project::Project::new();
    let words = ["learn", "--lang", "en", "--engine", "private"];
    let mut person = Person::start_typed_ahead(&project, &words, "your first");
    person.sees("[↑↓").await;
    person.press("\r").await;
    person.sees("[1/5]").await;
    person.types("quit").await;
    assert_eq!(person.ends().await, 0);
}

/// The tutor still teaches lessons, even built-in ones. The tutor says once that progress is not saved.
#[tokio::test]
async fn tutor_teaches_without_writable_folders_and_says_so_once() {
    let project = crate::project::Project::new();
    let nowhere = ["XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"].map(|name| (name, "/proc/nowhere"));
    let words = ["learn", "kontainer-pertama", "--engine", "private"];
    let mut person = Person::start_with(&project, &words, &nowhere);
    person.sees("kemajuan sesi ini hilang").await;
    person.prompt_of(1).await;
    person.does("docker run --name sapa hello-world", "Langkah lulus").await;
    person.types("quit").await;
    assert_eq!(person.ends().await, 0);
    assert_eq!(person.all().matches("tidak dapat disimpan").count(), 1);
}

/// The step's command fails, because its result already exists. Nothing is missing, and the tutor says so.
#[tokio::test]
async fn skip_says_that_nothing_is_missing_if_the_result_already_exists() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    pass_the_first(&mut person, IMAGE).await;
    person.types("kembali").await;
    person.prompt_of(1).await;
    person.types("lewati").await;
    person.sees("tetapi hasil langkah ini sudah ada. Tidak ada yang kurang.").await;
    person.prompt_of(1).await;
    assert!(!person.text().contains("belum lengkap"), "{}", person.text());
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

/// The name of a node alone opens a shell on the node. In this shell, tutor commands do not work.
#[tokio::test]
async fn node_name_alone_opens_a_shell_and_the_tutor_says_how_to_return() {
    let project = crate::project::Project::new();
    let text = "---\nneeds: [two-engines]\n---\n\n# Dua\n\n## Lihat {#lihat}\n\n```console\n$ docker --context node-b images\n                REPOSITORY   TAG   IMAGE ID   CREATED   SIZE\n```\n";
    project.write("kecil.md", text);
    let mut person = begin(&project, &[]).await;
    person.types("node-b").await;
    person.sees("node-b saja membuka shell di node itu.").await;
    person.sees("Ketik exit untuk kembali").await;
    person.types("hostname").await;
    person.sees("node-b").await;
    // The tutor does not explain a failure in that shell later, after `exit`.
    person.types("docker start tidakada").await;
    person.sees("No such container").await;
    person.types("exit").await;
    person.prompt_of(1).await;
    let why = person.words.say("learn-why", &[]);
    assert!(!person.text().contains(&why), "{}", person.text());
    person.does("node-b hostname", "node-b").await;
    assert!(!person.text().contains("membuka shell"), "{}", person.text());
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

/// The first command is longer than a line of the terminal, so readline draws the prompt twice. The tutor must still
/// type the second command after the first has ended.
#[tokio::test]
async fn skip_types_a_command_only_after_the_previous_one_has_ended() {
    let project = crate::project::Project::new();
    let long = "a".repeat(54);
    let text = format!(
        "# Dua\n\n## Ketik {{#ketik}}\n\n```console\n$ sleep 1; echo {long}\n{long}\n$ echo dua\ndua\n```\n\n\
         ```check\nran: \"echo dua\"\n```\n"
    );
    project.write("kecil.md", text);
    let mut person = begin(&project, &[]).await;
    person.types("lewati").await;
    person.hears("learn-step-skipped").await;
    person.prompt().await;
    let all = person.all();
    assert!(!all.contains("[200~"), "typed while the first one ran: {all}");
    assert!(all.rfind(" dua ").unwrap() < all.rfind("Langkah dilewati").unwrap(), "{all}");
    person.types("quit").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn plain_tutor_prints_no_symbols() {
    let project = project(IMAGE);
    let mut person = Person::start(&project, &["learn", "kecil.md", "--engine", "private", "--plain"]);
    trust(&mut person).await;
    person.prompt_of(1).await;
    pass_the_first(&mut person, IMAGE).await;
    person.types("docker ps").await;
    person.sees("Ketik nomornya").await;
    person.types("").await;
    person.sees("Kuis ini dapat kamu jawab nanti.").await;
    person.prompt().await;
    let all = person.all();
    let lesson = &all[all.find("Pembuka").unwrap()..];
    assert!(!lesson.contains(['✔', '✘', '★', '─', '│']), "{lesson}");
    person.types("keluar").await;
    assert_eq!(person.ends().await, 0);
}

/// The learner makes a mistake in the first part of a step. The check of the second part declares this mistake.
#[tokio::test]
async fn mistake_of_an_earlier_part_is_explained_in_the_later_part() {
    let project = crate::project::Project::new();
    let made = format!(
        "---\nhave: [\"{IMAGE}\"]\n---\n\n# Dua\n\n## Buat {{#buat}}\n\n```console\n$ docker create --name kapal {IMAGE} benar\n```\n\n\
         ```check\ncontainer: kapal\n```\n\n```console\n$ docker ps -a\n```\n\n```check\ncontainer: kapal\nConfig.Cmd: [benar]\n\
         mistakes:\n  - when: {{ container: kapal, Config.Cmd: [salah] }}\n    say: \"Perintahnya `salah`.\"\n```\n"
    );
    project.write("kecil.md", made);
    let mut person = begin(&project, &[]).await;
    person.does(&format!("docker create --name kapal {IMAGE} salah"), "Kontainer kapal ada.").await;
    person.types("docker ps -a").await;
    person.sees("Perintahnya salah.").await;
    person.prompt_of(1).await;
    // The learner has typed all commands, with a wrong result. `lewati` removes the result and does the whole step.
    person.types("lewati").await;
    person.hears("learn-skip-again").await;
    person.hears("learn-step-skipped").await;
    person.prompt_of(1).await;
    person.does("docker rm kapal", "kapal").await;
    person.types("quit").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn enter_runs_a_command_whose_gaps_the_learner_has_filled() {
    let text = "# Isi\n\n## Satu {#satu}\n\n```console,blank\n$ docker volume ____ gudang\n$ docker ____ ls -q\n```\n\n\
        ```console,solution\n$ docker volume create gudang\ngudang\n$ docker volume ls -q\ngudang\n```\n\n\
        ```check\nvolume: gudang\n```\n\n```check\nran: \"docker volume ls\"\n```\n\n## Dua {#dua}\n\nSelesai.\n";
    let project = Project::new();
    project.write("isi.md", text);
    let mut person = Person::start(&project, &["learn", "isi.md", "--engine", "private"]);
    trust(&mut person).await;
    person.sees("Isi ____ (atau").await;
    person.types("docker volume create gudang").await;
    person.sees("Isi ____ (atau").await;
    person.types("volume").await;
    for command in ["docker volume create gudang", "docker volume ls -q"] {
        person.hears("learn-your-turn-found").await;
        person.sees(command).await;
        person.press("\r").await;
    }
    person.hears("learn-step-passed").await;
    person.prompt().await;
    person.types("").await;
    person.prompt().await;
    assert_eq!(person.all().matches(&person.words.say("learn-your-turn-found", &[])).count(), 2, "{}", person.all());
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn skip_at_a_quiz_or_blank_says_that_the_step_is_still_open() {
    let quiz = "```quiz\nask: \"Mana yang betul?\"\noptions:\n  - text: \"yang ini\"\n    right: true\n    why: \"Memang.\"\n  \
        - text: \"yang itu\"\n    why: \"Bukan.\"\n```\n\n";
    let text = format!(
        "# Isi\n\n## Satu {{#satu}}\n\n{quiz}```console,blank\n$ docker volume ____ gudang\n```\n\n\
         ```console,solution\n$ docker volume create gudang\ngudang\n```\n\n```check\nvolume: gudang\n```\n\n\
         ## Dua {{#dua}}\n\nSelesai.\n"
    );
    let project = Project::new();
    project.write("isi.md", text);
    let mut person = Person::start(&project, &["learn", "isi.md", "--engine", "private"]);
    trust(&mut person).await;
    for question in ["[↑↓", "Isi ____ (atau"] {
        person.sees(question).await;
        person.types("lewati").await;
        person.hears("learn-skip-open").await;
    }
    person.prompt_of(1).await;
    // The tutor must offer help only once.
    assert_eq!(person.text().matches("petunjuk").count(), 1, "{}", person.text());
    person.types("lewati").await;
    person.hears("learn-step-skipped").await;
    person.prompt().await;
    person.types("selesai").await;
    assert_eq!(person.ends().await, 0);
}
