//! Tests docker commands that other test runners cannot test. Each command passes if the lesson has the command's real
//! output, and differs if the lesson has a wrong output.

use crate::project::{Project, block, lesson};
use crate::records::{Record, records, verdict_of};

/// A command with its right output and with a wrong output.
struct Case {
    typed: &'static str,
    right: &'static str,
    wrong: &'static str,
}

const fn case(typed: &'static str, right: &'static str, wrong: &'static str) -> Case {
    Case { typed, right, wrong }
}

const CASES: [Case; 14] = [
    case(
        "docker run -it --rm busybox:1.35 sh",
        "/ # echo halo\nhalo\n/ # false\n/ # test -t 0 && test -t 1 && echo terminal\nterminal\n/ # exit",
        "/ # echo halo\nhola\n/ # exit",
    ),
    case("docker run -t --rm busybox:1.35 echo halo", "halo", "hola"),
    case("echo isi | docker run -i --rm busybox:1.35 cat", "isi", "lain"),
    case("docker run -i --rm busybox:1.35 cat", "^D", "lain\n^D"),
    case("echo sesudahnya", "sesudahnya", "sebelumnya"),
    case(
        "docker pull mongo:4.1",
        "4.1: Pulling from library/mongo\n7413c47ba209: Pull complete\n0fe7e7cbb2e8: Pull complete\n1d425c982345: Pull \
         complete\n344da5c95cec: Pull complete\nDigest: \
         sha256:8005da1dcf3d2ff800f9ccb339012522e3c93c12e1394edab54336991ddc8a1a\nStatus: Downloaded newer image for \
         mongo:4.1\ndocker.io/library/mongo:4.1",
        "4.1: Pulling from library/mongo\nStatus: Downloaded newer image for mongo:4.1",
    ),
    case("pwd; echo $X; f", "/tmp\n5\nfungsi", "/\n5\nfungsi"),
    case("echo galat >&2", "galat", "lain"),
    case("echo '<none>'; echo lain", "<none>\nlain", "<none>\n<none>"),
    case("printf 'a\\n\\nb\\n'", "a\n\nb", "a\nb"),
    case("echo '\"docker-entrypoint.s…\"'", "\"docker-entrypoint.s…\"", "\"docker-entrypoint.t…\""),
    case("printf '1%%\\r50%%\\r100%%\\n'", "100%", "1%"),
    case("printf 'tanpa akhir baris'", "tanpa akhir baris", "tanpa"),
    case("docker images -f dangling=true", "REPOSITORY   TAG       IMAGE ID   CREATED   SIZE", "<none>"),
];

fn text(limit: &str, seen: impl Fn(&Case) -> &'static str) -> String {
    let before = block("console", "$ cd /tmp; X=5; f() { echo fungsi; }");
    let one = |case: &Case| block(&format!("console,timeout={limit}"), &format!("$ {}\n{}", case.typed, seen(case)));
    let blocks: String = CASES.iter().map(one).collect();
    lesson(&[("a", &(before + &blocks))]).replace("minutes: 1", "have: [\"busybox:1.35\"]")
}

/// Returns each command after the first with its verdict.
fn verdicts(found: &[Record]) -> Vec<(&str, &str)> {
    let ended = found.iter().filter(|record| record["event"] == "command-ended");
    ended.map(|record| (record["command"].as_str().unwrap_or("?"), verdict_of(record))).skip(1).collect()
}

#[test]
fn awkward_commands_with_the_right_output_pass() {
    let project = Project::with(&text("2m", |case| case.right));
    let ended = project.with_engine(["test", "--json", "lesson.md"]).within(400).run().is_alone();
    let found = records(&ended.out);
    let expected: Vec<(&str, &str)> = CASES.iter().map(|case| (case.typed, "met")).collect();
    assert_eq!(verdicts(&found), expected, "{}", ended.all());
    ended.code(0);
}

#[test]
fn awkward_commands_with_a_wrong_output_differ() {
    let project = Project::with(&text("15s", |case| case.wrong));
    let ended = project.with_engine(["test", "--json", "lesson.md"]).within(400).run().is_alone();
    let found = records(&ended.out);
    let expected: Vec<(&str, &str)> = CASES.iter().map(|case| (case.typed, "differs")).collect();
    assert_eq!(verdicts(&found), expected, "{}", ended.all());
    ended.code(1);
}

/// The first fence continues after a command with a wrong exit status. In the last fence, the output matches and only
/// the exit status is wrong.
#[test]
fn command_with_a_wrong_exit_status_differs() {
    let middle = block("console", "$ false\n$ echo lanjut\nlanjut");
    let last = block("console,exit=3", "$ (exit 4)");
    let told = block("console", "$ echo halo; (exit 7)\nhalo");
    let project = Project::with(&lesson(&[("a", &(middle + &last + &told))]));
    let ended = project.with_engine(["test", "--json", "lesson.md"]).run().code(1);
    let found = records(&ended.out);
    let ended: Vec<&str> = found.iter().filter(|record| record["event"] == "command-ended").map(verdict_of).collect();
    assert_eq!(ended, ["differs", "met", "differs", "differs"]);
    for (lang, words) in [
        ("id", ["Status keluar 1", "tidak mencetak apa pun", "Status keluar 7", "  halo"]),
        ("en", ["Exit status 1", "It printed nothing", "Exit status 7", "  halo"]),
    ] {
        project.with_engine(["test", "--lang", lang, "lesson.md"]).run().code(1).says(&words).is_clean();
    }
}
