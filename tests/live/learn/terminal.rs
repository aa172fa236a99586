//! Tests that the tutor's shell behaves as a normal shell: programs, keys, jobs, signals, and a terminal that is
//! closed.

use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::small::{IMAGE, begin, pass_the_first, project, trust};
use crate::person::Person;
use crate::project::Project;

fn signal(person: &Person, signal: Signal) {
    let pid = Pid::from_raw(person.child.id().unwrap().cast_signed()).unwrap();
    kill_process(pid, signal).unwrap();
}

#[tokio::test]
async fn programs_keys_and_jobs_work_as_in_a_normal_shell() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    // The learner uses a shell in a container.
    person.types(&format!("docker run -it --rm {IMAGE} sh")).await;
    person.sees("/ #").await;
    person.types("echo di\"\"dalam").await;
    person.sees("didalam").await;
    person.types("exit").await;
    person.prompt().await;
    // An editor and a pager use the whole screen and restore it afterwards.
    person.types("vi catatan").await;
    person.shows("~").await;
    person.press("ihalo\u{1b}:wq\r").await;
    person.prompt().await;
    person.does("cat catatan", "halo").await;
    person.types("seq 1000 | less").await;
    person.shows("23").await;
    person.press("q").await;
    person.prompt().await;
    // Ctrl-C, Ctrl-Z and `fg` work. Bash may lose Ctrl-C and ignores Ctrl-Z while it starts a program. So each program
    // prints a word when it is running.
    person.types(r#"sh -c 'echo tid""ur; exec sleep 1000'"#).await;
    person.sees("tidur").await;
    person.press("\u{3}").await;
    person.prompt().await;
    // When this program has printed its word, it starts no other program. A shell cannot be stopped while it starts a
    // program (by `vfork`).
    person.types(r#"sh -c 'trap "echo la\"\"gi" CONT; sleep 1000 & echo ma""in; while :; do wait; done'"#).await;
    person.sees("main").await;
    person.press("\u{1a}").await;
    person.sees("Stopped").await;
    person.prompt().await;
    person.types("fg").await;
    person.sees("lagi").await;
    person.press("\u{3}").await;
    person.prompt().await;
    // Ctrl-C at the prompt removes the line and changes nothing else.
    person.press("docker bukan ini").await;
    person.sees("docker bukan ini").await;
    person.drops_line().await;
    person.prompt_of(1).await;
    // History and completion work.
    person.press("\u{1b}[A").await;
    person.sees("fg").await;
    person.drops_line().await;
    person.press("cat cata\t\r").await;
    person.sees("halo").await;
    person.prompt().await;
    // The new size reaches the shell, soon after the terminal has changed.
    person.resizes(30, 100);
    for _ in 0..50 {
        person.does("stty size", "0").await;
        person.prompt().await;
        if person.text().contains("30 100") {
            break;
        }
    }
    assert!(person.text().contains("30 100"), "{}", person.text());
    // The learner pastes several lines at once.
    person.press("\u{1b}[200~echo sa\"\"tu\necho du\"\"a\u{1b}[201~\r").await;
    person.sees("satu").await;
    person.sees("dua").await;
    person.prompt().await;
    // Text that is pasted right after Enter goes to the program that Enter starts. This program may not know the escape
    // sequences around pasted text.
    person.press(&format!("docker run -it --rm {IMAGE} sh\r\u{1b}[200~echo ti\"\"ga\rexit\r\u{1b}[201~")).await;
    person.sees("tiga").await;
    person.prompt().await;
    // The learner leaves the shell, and answers no when the tutor asks whether to end. Then the tutor starts a new
    // shell.
    person.types("exit").await;
    person.hears("learn-shell-ended").await;
    person.press("t\r").await;
    person.prompt_of(1).await;
    person.press("\u{4}").await;
    person.hears("learn-shell-ended").await;
    person.press("y\r").await;
    assert_eq!(person.ends().await, 0);
    person.is_sane();
}

#[tokio::test]
async fn tutor_continues_at_the_same_step_after_it_was_killed() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    pass_the_first(&mut person, IMAGE).await;
    signal(&person, Signal::KILL);
    person.ends().await;

    // The private engine has ended with the killed tutor. The new tutor repeats the first step to make its object
    // again, and says so.
    let mut person = Person::start(&project, &["learn", "kecil.md", "--engine", "private"]);
    person.hears("learn-caught-up").await;
    person.prompt_of(2).await;
    person.types("docker ps --format '{{.Names}}'").await;
    person.sees("kapal").await;
    person.sees("Mana yang betul?").await;
    person.press("\u{1b}").await;
    person.prompt().await;
    // SIGTERM ends the tutor.
    signal(&person, Signal::TERM);
    assert_eq!(person.ends().await, 130);
    person.is_sane();
}

#[tokio::test]
async fn ctrl_bracket_ends_a_program_that_ignores_ctrl_c() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    person.types("bash -c 'trap \"\" INT TSTP QUIT; echo ma\"\"cet; stty -isig; sleep 1000'").await;
    person.sees("macet").await;
    person.press("\u{1d}").await;
    person.presses_more("\u{1d}").await;
    person.hears("learn-killed").await;
    person.prompt().await;
    // This program ignores even SIGTERM, as `docker run` without `-d` often does. When the learner has pressed Ctrl-C
    // three times, the tutor suggests Ctrl-].
    person.types("bash -c 'trap \"\" INT TSTP QUIT TERM; echo ke\"\"ras; while :; do sleep 0.1; done'").await;
    person.sees("keras").await;
    for _ in 0..3 {
        person.press("\u{3}").await;
        person.sees("^C").await;
    }
    person.hears("learn-stubborn").await;
    for said in ["learn-killed", "learn-killed-hard"] {
        person.press("\u{1d}\u{1d}").await;
        person.hears(said).await;
    }
    person.prompt().await;
    person.types("quit").await;
    assert_eq!(person.ends().await, 0);
}

/// Returns the command lines of processes in the tutor's shells whose working directory is below the project's folder.
fn shells(project: &Project) -> Vec<String> {
    let here = project.root().display().to_string();
    let command = |entry: std::fs::DirEntry| {
        let dir = std::fs::read_link(entry.path().join("cwd")).ok()?;
        let environ = std::fs::read(entry.path().join("environ")).ok()?;
        let is_ours = dir.starts_with(&here) && environ.windows(14).any(|part| part == b"DERMAGA_SHELL=");
        is_ours.then(|| std::fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default())
    };
    std::fs::read_dir("/proc").unwrap().flatten().filter_map(command).collect()
}

#[tokio::test]
async fn closed_terminal_ends_all_processes_and_keeps_progress() {
    let project = project(IMAGE);
    // When a terminal is closed, the tutor gets SIGHUP. If SIGHUP is blocked, the tutor notices only that it cannot
    // read from the terminal.
    let program = env!("CARGO_BIN_EXE_dermaga");
    for signal in ["--default-signal=HUP", "--block-signal=HUP"] {
        let words = [signal, program, "learn", "kecil.md", "--engine", "private"].map(str::to_owned);
        let mut person = Person::run(&project, "/usr/bin/env", &words, &[]);
        if signal.starts_with("--default") {
            trust(&mut person).await;
            person.prompt_of(1).await;
            pass_the_first(&mut person, IMAGE).await;
        }
        person.prompt_of(2).await;
        person.types("sleep 987").await;
        person.sees("sleep 987 ").await;
        assert!(!shells(&project).is_empty());
        let Person { pty, mut child, .. } = person;
        drop(pty);
        let status = tokio::time::timeout(Duration::from_mins(1), child.wait()).await.expect("it ends").unwrap();
        assert_eq!(status.code(), Some(130), "{signal}");
        assert_eq!(shells(&project), Vec::<String>::new(), "{signal}");
    }
    let mut person = Person::start(&project, &["learn", "kecil.md", "--engine", "private"]);
    person.prompt_of(2).await;
    person.types("quit").await;
    assert_eq!(person.ends().await, 0);
}

#[tokio::test]
async fn programs_in_the_shell_get_signals_that_the_tutors_parent_ignores() {
    let project = project(IMAGE);
    let program = env!("CARGO_BIN_EXE_dermaga");
    let line = format!("trap '' INT QUIT TSTP; exec '{program}' learn kecil.md --engine private");
    let mut person = Person::run(&project, "/bin/bash", &["-c".to_owned(), line], &[]);
    trust(&mut person).await;
    person.prompt_of(1).await;
    for (key, name) in [("\u{3}", "130"), ("\u{1c}", "131"), ("\u{1a}", "148")] {
        person.types(r#"sh -c 'echo ba""ca; exec cat'"#).await;
        person.sees("baca").await;
        person.press("siap\r").await;
        person.sees("siap siap").await;
        person.press(key).await;
        person.prompt().await;
        person.does("echo hasil=$?", &format!("hasil={name}")).await;
    }
    person.types("quit").await;
    assert_eq!(person.ends().await, 0);
}
