//! Tests lessons that fail. For each failure, the program reports the right cause, and leaves no process or file
//! behind.

use crate::project::{Ended, Project, block, lesson};
use crate::records::{Record, records, verdict_of};

/// A lesson that fails in some way.
struct Case {
    name: &'static str,
    blocks: String,
    /// The lesson's verdict.
    verdict: &'static str,
    /// The expected kind of failure, or a part of the expected message.
    why: &'static str,
}

fn case(name: &'static str, blocks: &[String], verdict: &'static str, why: &'static str) -> Case {
    Case { name, blocks: blocks.concat(), verdict, why }
}

fn prove(cases: &[Case], words: &[&str]) -> Ended {
    let project = Project::new();
    for case in cases {
        project.write(&format!("{}.md", case.name), lesson(&[("a", &case.blocks)]));
    }
    let files: Vec<String> = cases.iter().map(|case| format!("{}.md", case.name)).collect();
    let ended = project.with_engine(["test"]).args(words).args(files).run().is_clean().is_alone();
    assert_eq!(project.left(), Vec::<String>::new(), "left behind\n{}", ended.all());
    ended
}

fn assert_cases(cases: &[Case], records: &[Record]) {
    for case in cases {
        let mine: Vec<&Record> = records.iter().filter(|record| record["lesson"] == case.name).collect();
        let ended = mine.iter().find(|record| record["event"] == "lesson-ended");
        let ended = ended.unwrap_or_else(|| panic!("{} did not end: {mine:#?}", case.name));
        assert_eq!(verdict_of(ended), case.verdict, "{}: {mine:#?}", case.name);
        let judged = mine.iter().filter(|record| record["event"] != "lesson-ended").map(|record| &record["judged"]);
        let because = judged.map(ToString::to_string).find(|judged| judged.contains(case.why));
        assert!(because.is_some(), "{}: not {}: {mine:#?}", case.name, case.why);
    }
}

fn console(info: &str, text: &str) -> String {
    block(&format!("console{info}"), text)
}

/// If a command reaches its time limit, the lesson is *broken*, even if the command ignores all signals. If Dermaga
/// knows that a command never ends, such as `yes`, the command *differs*.
#[test]
fn command_that_never_ends_breaks_the_lesson_at_its_time_limit() {
    let hang = |name, command| case(name, &[console(",timeout=1s", command)], "broken", "timeout");
    let cases = [
        hang("sleeps", "$ sleep 1000"),
        hang("reads", "$ cat"),
        hang("stops-its-shell", "$ kill -STOP $$"),
        hang("will-not-die", "$ bash -c \"trap '' INT TERM QUIT HUP; while :; do sleep 1; done\""),
        case("prints-without-end", &[console(",timeout=1s", "$ yes")], "differs", "goes on until somebody stops it"),
        hang("leaves-its-terminal", "$ setsid bash -c \"trap '' INT TERM HUP; sleep 1000\" & sleep 1000"),
        hang("in-a-container", "$ docker run --rm busybox:1.35 sleep 1000 >/dev/null 2>&1"),
    ];
    let ended = prove(&cases, &["--json", "--jobs", "2"]).code(4);
    assert_cases(&cases, &records(&ended.out));
}

#[test]
fn exceeded_time_limit_is_explained_in_both_languages() {
    for (lang, words) in [
        ("id", ["terhenti", "batas waktu", "3 s: sleep 1000", "sebabnya belum diketahui", "`timeout=10m`"]),
        ("en", ["broken", "within the time limit", "3 s: sleep 1000", "the reason is not known", "`timeout=10m`"]),
    ] {
        let cases = [case("sleeps", &[console("", "$ sleep 1000")], "broken", "timeout")];
        prove(&cases, &["--lang", lang, "--timeout", "3s"]).code(4).says(&words);
    }
}

/// If a mistake in the lesson causes an error of the engine or the shell, the command *differs*, and the report
/// contains the error.
#[test]
fn mistakes_of_the_lessons_author_differ() {
    let run = |what: &str| format!("$ docker run -d {what} busybox:1.35 sleep 100");
    let first = console("", &format!("{}\n...", run("--name satu -p 8080:80")));
    let cases = [
        case(
            "a-taken-name",
            &[first.clone(), console("", &run("--name satu"))],
            "differs",
            "is already in use by container",
        ),
        case("a-taken-port", &[first, console("", &run("-p 8080:80"))], "differs", "port is already allocated"),
        case("a-status", &[console("", "$ (exit 3)")], "differs", "Exit status 3"),
        case("its-shell-ends", &[console("", "$ exit 3")], "differs", "closed the lesson's shell"),
        case("an-unknown-command", &[console("", "$ dokcer ps")], "differs", "dokcer: command not found"),
        case(
            "a-link-to-elsewhere",
            &[console("", "$ ln -s /etc x"), block("text,file=x/dermaga-was-here", "x"), console("", "$ true")],
            "differs",
            "x/dermaga-was-here could not be written",
        ),
        case("leaves-something", &[console("", "$ setsid sleep 1000 >/dev/null 2>&1 &\n...")], "met", "met"),
        case(
            "nothing-but-noise",
            &[console("", "$ head -c 300000 \"$(command -v bash)\"\nabc")],
            "differs",
            "did not print what is written",
        ),
    ];
    let ended = prove(&cases, &["--json", "--jobs", "2"]).code(1);
    assert_cases(&cases, &records(&ended.out));
    assert!(!std::path::Path::new("/etc/dermaga-was-here").exists());
}

/// If a name or a port is already in use, the report contains Docker's message and a remedy in the reader's language.
#[test]
fn name_or_port_in_use_is_explained_in_both_languages() {
    let first = console("", "$ docker run -d --name satu -p 8080:80 busybox:1.35 sleep 100\n...");
    let name = console("", "$ docker run -d --name satu busybox:1.35\n...");
    let port = console("", "$ docker run -d --name dua -p 8080:80 busybox:1.35\n...");
    let project = Project::with(&lesson(&[("a", &(first + &name + &port))]));
    let said = ["is already in use by container", "port is already allocated"];
    for (lang, words) in [("id", ["berbeda", "Status keluar 125"]), ("en", ["differs", "Exit status 125"])] {
        let ended = project.with_engine(["test", "--lang", lang, "lesson.md"]).run().code(1).is_clean();
        ended.says(&words).says(&said).says(&["exit=125"]);
    }
}

/// The program tests the parts of a lesson before its first format error, and skips the parts after the error. The
/// program never reports such a lesson as passed.
#[test]
fn lesson_with_a_format_error_is_tested_up_to_the_error() {
    let blocks = [console("", "$ echo satu\nsatu"), console(",exot=1", "$ true"), console("", "$ echo tiga\nempat")];
    let source = lesson(&[("a", &blocks[0]), ("b", &blocks[1]), ("c", &blocks[2])]);
    let ended = Project::with(&source).with_engine(["test", "--json", "lesson.md"]).run().code(3).complains(&["L011"]);
    let records = records(&ended.out);
    let commands = records.iter().filter(|record| record["event"] == "command-ended");
    assert_eq!(commands.map(verdict_of).collect::<Vec<_>>(), ["met"]);
    let skipped = records.iter().filter(|record| record["judged"]["reason"] == "after-mistake").count();
    assert_eq!(skipped, 3, "two fences and the lesson: {records:#?}");

    let early = lesson(&[("a", &console("", "$ echo satu\ndua")), ("b", &blocks[1])]);
    Project::with(&early).with_engine(["test", "lesson.md"]).run().code(3).says(&["satu", "dua"]).is_clean();
}

/// Control codes in a command's output reach neither the terminal nor the `JUnit` file. With `--color always`, the
/// program prints only its own colour codes.
#[test]
fn escape_sequences_of_a_command_reach_no_report() {
    let project = Project::with(&lesson(&[(
        "a",
        &console(
            "",
            &format!(
                "{}\nbukan ini",
                r"$ printf 'merah\033[31m biru \033]0;judul\007\033[2J\302\233akhir\n\033Pq#0\033\\ lagi\n'"
            ),
        ),
    )]));
    let words = ["test", "lesson.md", "--verbose", "--junit", "hasil.xml"];
    project.with_engine(words).run().code(1).is_clean().says(&["lagi"]);
    let junit = project.read("hasil.xml");
    assert!(junit.chars().all(|c| !c.is_control() || c == '\n'), "{}", junit.escape_debug());

    let ended = project.with_engine(words).args(["--color", "always"]).run().code(1);
    let ours = regex::Regex::new("\x1b\\[[0-9;]*m").expect("a pattern");
    let rest = ours.replace_all(&ended.out, "");
    assert!(ended.out.contains('\x1b') && !rest.contains(['\x1b', '\u{9b}', '\x07']), "{}", rest.escape_debug());
    assert!(!ended.out.contains("\x1b[31m biru"), "{}", ended.out.escape_debug());
}

/// The program keeps only the beginning and the end of a hundred megabytes of output.
#[test]
fn hundred_megabytes_of_output_take_less_than_72_mib_of_memory() {
    let text = lesson(&[("a", &console(",timeout=4m", "$ yes abcdefghijklmnopqrstuvwxyz | head -c 100M\nabc"))]);
    let project = Project::with(&text);
    let ended = project.with_engine(["test", "--lang", "en", "lesson.md"]).within(300).run();
    let ended = ended.code(1).is_clean().is_alone();
    // A debug build of the program needs 46 MiB even without output.
    assert!(ended.peak < 72 * 1024, "{} KiB of memory", ended.peak);
    assert!(ended.peak > 1024, "its memory was not seen");
    assert!(ended.out.len() < 20_000, "{} bytes shown", ended.out.len());
    println!("100 MB: {:?}, {} KiB", ended.elapsed, ended.peak);
    ended.says(&["its middle was dropped"]);
    let project = Project::with(&lesson(&[("a", &console("", "$ seq 30000\n1"))]));
    project.with_engine(["test", "--lang", "id", "lesson.md"]).run().code(1).says(&["tengahnya"]).is_clean();
}

/// If the engine dies during a lesson, the lesson is *broken*, never *differs*. The next lesson gets a new engine.
#[test]
fn dead_engine_breaks_the_lesson_and_the_next_lesson_gets_a_new_engine() {
    let listing = "$ docker ps\nCONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES";
    let kill = "$ kill -9 $(pidof dockerd)\n...";
    let claim = block("check", "container: tidak-ada\nabsent: true\nalready: true");
    let cases = [
        case("dies-before-a-command", &[console("", kill), console("", listing)], "broken", "engine-gone"),
        case("dies-before-a-claim", &[console("", kill), claim], "broken", "engine-gone"),
        case(
            "dies-under-a-command",
            &[console("", "$ kill -9 $(pidof dockerd); docker ps\n")],
            "broken",
            "engine-gone",
        ),
        case("lives", &[console("", listing)], "met", "met"),
    ];
    let ended = prove(&cases, &["--json"]).code(4);
    assert_cases(&cases, &records(&ended.out));
    for (lang, words) in [
        ("id", ["terhenti", "Mesin Docker tidak menjawab", "dilewati"]),
        ("en", ["broken", "The Docker engine does not answer", "skipped"]),
    ] {
        let project = Project::with(&lesson(&[("a", &cases[0].blocks), ("b", &console("", "$ true"))]));
        project.with_engine(["test", "--lang", lang, "lesson.md"]).run().code(4).says(&words).is_clean().is_alone();
    }
}

/// If a command of the lesson pulls a missing image, the command *differs*, and the report contains Docker's message.
/// If `have:` names a missing image, the lesson is *broken*.
#[test]
fn pull_of_a_missing_image_differs_and_missing_image_in_have_breaks_the_lesson() {
    let denied = "$ docker pull -q tidakada/samasekali\nError response from daemon: pull access denied for \
                  tidakada/samasekali, repository does not exist or may require 'docker login': denied: requested \
                  access to the resource is denied";
    let cases = [
        case(
            "pulls",
            &[console("", "$ docker pull tidakada/samasekali")],
            "differs",
            "pull access denied for tidakada",
        ),
        case("pulls-a-tag", &[console("", "$ docker pull busybox:tidakada")], "differs", "busybox:tidakada not found"),
        case("says-so", &[console(",exit=1", denied)], "met", "met"),
        // The lesson pulls from a registry on its engine, but no command of the lesson has started this registry.
        case("pulls-from-itself", &[console("", "$ docker pull localhost:5000/x")], "differs", "connection refused"),
    ];
    let ended = prove(&cases, &["--json", "--jobs", "2"]).code(1);
    assert_cases(&cases, &records(&ended.out));
    // The images of this run come from the pack, so the program does not know whether Docker Hub has this image.
    let project = Project::with(&lesson(&[("a", &console("", "$ docker pull python:3.11"))]));
    for (lang, said) in [("id", "Paket image tidak punya `python:3.11`"), ("en", "has no `python:3.11`")] {
        let ended = project.with_engine(["test", "--lang", lang, "lesson.md"]).run().code(1);
        ended.says(&[said, "--images hub"]).is_clean();
    }

    let text = lesson(&[("a", &console("", "$ true"))]).replace("minutes: 1", "have: [\"tidakada:9\"]");
    let project = Project::with(&text);
    for (lang, words) in [("id", "tidak ada di paket"), ("en", "neither in the pack")] {
        let ended = project.with_engine(["test", "--lang", lang, "lesson.md"]).run().code(4);
        ended.says(&[words, "tidakada:9", "lesson.md:3:"]).is_clean();
    }
}

#[test]
fn damaged_pack_is_reported_in_both_languages() {
    let project = Project::with(&lesson(&[("a", &console("", "$ docker pull hello-world\n..."))]));
    let pack = std::path::PathBuf::from(std::env::var_os("DERMAGA_PACK").unwrap_or_default());
    for (name, content) in [
        ("oci-layout", std::fs::read(pack.join("oci-layout")).unwrap_or_else(|_| b"{}".to_vec())),
        ("index.json", b"{ \"manifests\": [ {} ] }".to_vec()),
    ] {
        project.write(&format!("pack/{name}"), content);
    }
    for (lang, words) in [("id", "paket"), ("en", "pack")] {
        let ended = project.with_engine(["test", "--lang", lang, "--images", "pack", "lesson.md"]);
        let here = project.path("pack").display().to_string();
        ended.env("DERMAGA_PACK", &here).run().code(4).complains(&[words, "index.json"]).is_clean();
    }
}

/// If standard output is a closed pipe, the run continues without messages. If standard output is a full device, the
/// program exits with 4.
#[test]
fn run_continues_if_its_output_is_closed_and_fails_if_it_is_full() {
    let text = lesson(&[("a", &console("", "$ echo satu\nsatu")), ("b", &console("", "$ echo dua\ndua"))]);
    let project = Project::with(&text);
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let ended = project.with_engine(["test", "--verbose", "lesson.md"]).into_pipe(writer.into());
    assert_eq!(ended.code(0).is_alone().err, "");
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a full device");
    let ended = project.with_engine(["test", "lesson.md", "--lang", "en"]).into_pipe(full.into());
    ended.code(4).complains(&["The results could not be written", "No space left"]).is_alone();
}

/// If the disk is full, the lesson is *broken*, whichever file the program or the engine could not write.
#[test]
fn full_disk_breaks_the_lesson() {
    let project = Project::new();
    let image = "python:3.11-slim";
    for (name, text) in [
        ("tarik", lesson(&[("a", &console("", &format!("$ docker pull {image}\n...")))])),
        ("jalan", lesson(&[("a", &console("", &format!("$ docker run {image} true\n...")))])),
        ("punya", lesson(&[("a", &console("", "$ true"))]).replace("minutes: 1", &format!("have: [\"{image}\"]"))),
        (
            "bangun",
            lesson(&[(
                "a",
                &(block("dockerfile,file=Dockerfile", &format!("FROM {image}"))
                    + &console("", "$ docker build .\n...")),
            )]),
        ),
        (
            "berkas",
            lesson(&[(
                "a",
                &(console("", "$ true") + &block("text,file=besar.txt", &"x".repeat(200_000)) + &console("", "$ true")),
            )]),
        ),
        (
            "shell",
            lesson(&[(
                "a",
                &console("", "$ head -c 200000 /dev/zero | tr '\\0' x >besar; echo x >>lagi; echo y >lagi"),
            )]),
        ),
        ("mulai", lesson(&[("a", &(block("text,file=kecil.txt", "x") + &console("", "$ echo halo\nhalo")))])),
    ] {
        project.write(&format!("{name}.md"), text);
    }
    std::fs::create_dir_all(project.root().join("cache")).expect("a folder");
    for (lang, said) in
        [("id", ["terhenti", "Diska penuh", "Kosongkan"]), ("en", ["broken", "The disk is full", "Make room"])]
    {
        // The engine stores its images in the folder `cache`. The lesson's directory is in the folder `tmp`.
        for (name, size, folder) in [
            ("tarik", "12m", "cache"),
            ("tarik", "60m", "cache"),
            ("jalan", "60m", "cache"),
            ("punya", "60m", "cache"),
            ("bangun", "60m", "cache"),
            ("mulai", "4k", "cache"),
            ("mulai", "32k", "cache"),
            ("mulai", "64k", "cache"),
            ("mulai", "4k", "tmp"),
            ("berkas", "100k", "tmp"),
            ("shell", "100k", "tmp"),
        ] {
            let folder = project.root().join(folder).display().to_string();
            let script = "mount -t tmpfs -o size=$1 tmpfs \"$2\"; shift 2; exec \"$@\"";
            let words = ["--mount", "sh", "-c", script, "sh", size, &folder, env!("CARGO_BIN_EXE_dermaga"), "test"];
            let run = project.program("unshare", &words).args(["--lang", lang, &format!("{name}.md")]);
            let ended = run.env("DERMAGA_DATA", "disk").run();
            println!("{name} {size}\n{}", ended.all());
            // If the engine does not start, the program reports this once for the run, and not for each lesson.
            let starts = name != "mulai" || folder.ends_with("tmp");
            let ended = ended.code(4).says(if starts { &said } else { &[] }).is_clean().is_alone();
            assert!(starts || ended.err.contains(said[2]), "{}", ended.all());
            assert!(!ended.out.contains("--images pack"), "no network: {}", ended.all());
        }
    }
}
