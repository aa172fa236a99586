//! Tests commands that ask for input, wait, or never end. `dermaga test` types the answer from the lesson. If the
//! lesson has no answer, the program reports this at once.

use std::time::{Duration, Instant};

use crate::project::Project;

/// The maximum duration of a run that does not wait for a time limit. The time limit of a command is two minutes; this
/// maximum leaves time to start an engine on a loaded machine.
const AT_ONCE: Duration = Duration::from_secs(45);

fn page(fences: &str) -> String {
    format!("---\nhave: [\"busybox:1.35\"]\n---\n\n# Page\n\n{fences}")
}

fn fence(body: &str) -> String {
    format!("```console\n{body}\n```\n\n")
}

#[test]
fn answers_and_keys_in_a_transcript_are_typed() {
    let project = Project::new();
    let fences = [
        "$ docker volume prune\nWARNING! This will remove all local volumes not used by at least one container.\nAre you \
         sure you want to continue? [y/N] y\nTotal reclaimed space: 0B",
        "$ bash -c 'trap \"echo Bye; exit 0\" INT; echo Hi; sleep 60'\nHi\n^CBye",
        "[root@localhost ~]# echo a\na\n[root@localhost tmp]# echo b\nb",
        "$ for i in 1 2; do\n    echo $i\n  done\n1\n2",
        "$ docker run -it --rm busybox:1.35\n/ # echo hi\nhi\n^D",
        "ryan@server:~$ su -\nroot@server:~# cd /tmp\nroot@server:/tmp# pwd\n/tmp\nroot@server:/tmp# exit\nlogout",
        "$ docker run -it --rm busybox:1.35 sh -c 'printf \"Sure? [y/N] \"; read x; echo \"got $x\"'\nSure? [y/N] y\ngot y",
        "$ docker run -it --rm busybox:1.35 sh -c 'printf \"Working... \"; sleep 2; echo done'\nWorking... done",
        "$ bash -c 'printf \"$ \"; sleep 2; echo done'\n[..] done",
    ];
    project.write("page.md", page(&fences.map(fence).concat()));
    project.dermaga(["test", "page.md"]).run().code(0);
}

#[test]
fn command_that_waits_for_input_or_never_ends_differs_at_once_with_advice() {
    for (body, said) in [
        ("$ docker run -it --rm busybox:1.35\n/ # echo hi\nhi", "End it in the fence"),
        ("$ docker run -it --rm busybox:1.35\n/# exit", "Write the prompt as the screen shows it"),
        ("$ docker volume prune\n...", "no line of the fence answers: Are you sure you want to continue? [y/N]"),
        ("$ docker events", "Write `^C` alone on the line below"),
        ("$ docker run -it --rm busybox:1.35\nbash-5.1# ls\nbash-5.1# exit", "not typed: bash-5.1# ls"),
    ] {
        let project = Project::new();
        project.write("page.md", page(&fence(body)));
        let began = Instant::now();
        let ran = project.dermaga(["test", "--lang", "en", "page.md"]).run().code(1).says(&[said]);
        drop(ran);
        assert!(began.elapsed() < AT_ONCE, "{body}: {:?}", began.elapsed());
    }
}

#[test]
fn report_on_an_unexplained_timeout_does_not_say_who_is_to_blame() {
    let project = Project::new();
    project.write("page.md", page(&fence("$ sleep 60").replace("console", "console,timeout=1s")));
    let ran = project.dermaga(["test", "--lang", "en", "page.md"]).run().code(4).says(&["timeout=10m", "`^C`", "`-d`"]);
    assert!(!ran.out.contains("not to blame"), "{}", ran.out);
}
