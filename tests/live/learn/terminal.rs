//! The shell under the tutor is a real one.

use rustix::process::{Pid, Signal, kill_process};

use super::small::{IMAGE, begin, pass_the_first, project};
use crate::person::Person;

fn signal(person: &Person, signal: Signal) {
    let pid = Pid::from_raw(person.child.id().unwrap().cast_signed()).unwrap();
    kill_process(pid, signal).unwrap();
}

#[tokio::test]
async fn programs_keys_and_jobs_behave() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    // A shell in a container.
    person.types(&format!("docker run -it --rm {IMAGE} sh")).await;
    person.sees("/ #").await;
    person.types("echo di\"\"dalam").await;
    person.sees("didalam").await;
    person.types("exit").await;
    person.prompt().await;
    // An editor and a pager, which take the whole screen and give it back.
    person.types("vi catatan").await;
    person.shows("~").await;
    person.press("ihalo\u{1b}:wq\r").await;
    person.prompt().await;
    person.does("cat catatan", "halo").await;
    person.types("seq 1000 | less").await;
    person.shows("23").await;
    person.press("q").await;
    person.prompt().await;
    // Ctrl-C, Ctrl-Z and fg.
    person.types("sleep 1000").await;
    person.sees("sleep 1000 ").await;
    person.press("\u{3}").await;
    person.prompt().await;
    // A key that comes before the program runs goes to the shell, which heeds no Ctrl-Z: the program says when it does.
    person.types(r#"sh -c 'trap "echo la\"\"gi" CONT; echo ma""in; while :; do sleep 0.1; done'"#).await;
    person.sees("main").await;
    person.press("\u{1a}").await;
    person.sees("Stopped").await;
    person.prompt().await;
    person.types("fg").await;
    person.sees("lagi").await;
    person.press("\u{3}").await;
    person.prompt().await;
    // Ctrl-C at the prompt takes the line away and leads nowhere.
    person.press("docker bukan ini\u{3}").await;
    person.prompt_of(1).await;
    // History and completion.
    person.press("\u{1b}[A").await;
    person.sees("fg").await;
    person.press("\u{3}").await;
    person.prompt().await;
    person.press("cat cata\t\r").await;
    person.sees("halo").await;
    person.prompt().await;
    // The new size reaches the shell.
    person.resizes(30, 100);
    person.does("stty size", "30 100").await;
    // Several lines at once, as a terminal pastes them.
    person.press("\u{1b}[200~echo sa\"\"tu\necho du\"\"a\u{1b}[201~\r").await;
    person.sees("satu").await;
    person.sees("dua").await;
    person.prompt().await;
    // The shell is left, and comes again.
    person.types("exit").await;
    person.hears("learn-shell-ended").await;
    person.press("t").await;
    person.prompt_of(1).await;
    person.press("\u{4}").await;
    person.hears("learn-shell-ended").await;
    person.press("y").await;
    assert_eq!(person.ends().await, 0);
    person.is_sane();
}

#[tokio::test]
async fn a_killed_tutor_goes_on_at_the_same_step() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    pass_the_first(&mut person, IMAGE).await;
    signal(&person, Signal::KILL);
    person.ends().await;

    // The private engine went with it: what the first step made is made again, and that is said.
    let mut person = Person::start(&project, &["learn", "kecil.md", "--engine", "private"]);
    person.hears("learn-caught-up").await;
    person.prompt_of(2).await;
    person.types("docker ps --format '{{.Names}}'").await;
    person.sees("kapal").await;
    person.sees("Mana yang betul?").await;
    person.press("\u{1b}").await;
    person.prompt().await;
    // The system ends it.
    signal(&person, Signal::TERM);
    assert_eq!(person.ends().await, 130);
    person.is_sane();
}

#[tokio::test]
async fn a_program_that_hangs_is_ended_from_outside() {
    let project = project(IMAGE);
    let mut person = begin(&project, &[]).await;
    person.types("bash -c 'trap \"\" INT TSTP QUIT; echo ma\"\"cet; stty -isig; sleep 1000'").await;
    person.sees("macet").await;
    person.press("\u{1d}").await;
    person.presses_more("\u{1d}").await;
    person.hears("learn-killed").await;
    person.prompt().await;
    person.types("quit").await;
    assert_eq!(person.ends().await, 0);
}
