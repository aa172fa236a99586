//! The command line without an engine: exit codes, help, languages, colour, and files that are no lessons.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Stdio;

use crate::project::{Ended, Project, block, lesson};

const LANGS: [&str; 2] = ["id", "en"];

fn run(words: &str) -> Ended {
    Project::new().dermaga(words.split_whitespace()).run()
}

/// `dermaga test` on one file with this content, in `lang`, where no pack of images is.
fn test_file(content: impl AsRef<[u8]>, lang: &str) -> Ended {
    let project = Project::new();
    project.write("lesson.md", content);
    project.dermaga(["test", "--lang", lang, "--images", "nowhere", "lesson.md"]).run()
}

/// The same of a lesson of a course.
fn test_in_course(content: &str, lang: &str) -> Ended {
    let project = Project::new();
    project.write("course.toml", "title = { id = \"A\" }\nlanguages = [\"id\"]\n");
    project.write("id/satu.md", content);
    project.dermaga(["test", "--lang", lang, "--images", "nowhere", "id/satu.md"]).run()
}

/// A course may name the private engine of its lessons; `--engine` says another.
#[test]
fn the_engine_of_a_course_is_taken_when_none_is_said() {
    let project = Project::new();
    let course = |name: &str, engine: &str| {
        let toml = format!(
            "title = {{ id = \"A\" }}\nlanguages = [\"id\"]\n{engine}[[group]]\nid = \"a\"\ntitle = {{ id = \"A\" }}\nlessons = [\"satu\"]\n"
        );
        project.write(&format!("{name}/course.toml"), toml);
        project.write(&format!("{name}/id/satu.md"), lesson(&[("a", &block("console", "$ true"))]));
    };
    course("lama", "engine = \"private:tua\"\n");
    course("biasa", "");
    for (lang, words) in [("id", "Tidak ada mesin"), ("en", "There is no")] {
        let ended = project.dermaga(["test", "--lang", lang, "lama"]).run().code(2).is_clean();
        ended.complains(&[words, "`tua`"]);
    }
    for (lang, words) in [("id", "satu per satu"), ("en", "one course at a time")] {
        let ended = project.dermaga(["test", "--lang", lang, "lama", "biasa"]).run().code(2).is_clean();
        ended.complains(&[words, "private, private:tua"]);
    }
    let named = project.dermaga(["test", "--lang", "en", "--engine", "private:baru", "lama", "biasa"]).run().code(2);
    named.complains(&["`baru`"]);
}

// Exit codes: the ones that need an engine are in the live tests.

#[test]
fn zero_is_what_was_asked_for() {
    for words in ["--help", "--version", "test --help", "completions bash"] {
        let ended = run(words).code(0).is_clean();
        assert!(!ended.out.is_empty() && ended.err.is_empty(), "{words}: {}", ended.all());
    }
}

#[test]
fn two_is_a_mistake_on_the_command_line() {
    for words in [
        "",
        "sail",
        "test --nope",
        "test --jobs 0",
        "test --jobs 65",
        "test --jobs many",
        "test --partition 0/2",
        "test --partition 3/2",
        "test --partition 2",
        "test --timeout soon",
        "test --lang fr",
        "test --color pink",
        "test --quiet --verbose",
        "test --junit",
        "test nowhere.md",
        "test nowhere/",
        "new",
        "new course",
        "engine sail",
        "completions cmd",
    ] {
        let ended = run(words).code(2).is_clean();
        assert!(!ended.err.is_empty() && ended.out.is_empty(), "{words}: {}", ended.all());
    }
}

/// A value that is refused is followed by one that is not.
#[test]
fn a_refused_value_says_what_one_looks_like() {
    for (words, form) in [("--timeout 10", "`90s`"), ("--partition 3/2", "`1/3`"), ("--jobs 0", "`2`")] {
        for lang in ["id", "en"] {
            run(&format!("test --lang {lang} {words}")).code(2).complains(&[form]).is_clean();
        }
    }
}

#[test]
fn two_is_somebody_elses_engine_without_a_yes() {
    let project = Project::with(&lesson(&[("a", &block("console", "$ true"))]));
    let engine = ["test", "lesson.md", "--engine"];
    project.dermaga(engine).args(["current"]).run().code(2).complains(&["`current`", "--yes"]).is_clean();
    project.dermaga(engine).args(["tcp://127.0.0.1:1"]).run().code(2).complains(&["--yes"]).is_clean();
    let ended = project.dermaga(engine).args(["foo"]).run().code(2).complains(&["`foo`", "unix:///"]).is_clean();
    assert!(!ended.all().contains("--yes"), "{}", ended.all());
    project.dermaga(engine).args(["gopher://x", "--yes"]).run().code(2).complains(&["`gopher://x`"]).is_clean();
}

#[test]
fn three_is_a_lessons_source() {
    let project = Project::new();
    project.write("wrong.md", "# A\n\n## B\n\n```console,tiemout=1m\n$ true\n```\n");
    project.dermaga(["test", "wrong.md"]).run().code(3).complains(&["L011", "wrong.md:5:"]).is_clean();
}

#[test]
fn four_is_a_machine_that_is_not_ready() {
    let good = lesson(&[("a", &block("console", "$ true"))]);
    for (lang, pack, engine) in [
        ("id", "Tidak ada paket image di nowhere", "Tidak ada soket mesin Docker"),
        ("en", "There is no pack of images at nowhere", "no Docker engine's socket"),
    ] {
        test_file(&good, lang).code(4).complains(&[pack, "oci-layout"]).is_clean();
        let project = Project::with(&good);
        let engine_of_nobody = ["test", "--lang", lang, "--yes", "--engine", "unix:///nowhere.sock", "lesson.md"];
        project.dermaga(engine_of_nobody).run().code(4).complains(&[engine, "/nowhere.sock"]).is_clean();
    }
}

#[test]
fn four_is_no_lesson_at_all() {
    for (lang, words) in [("id", "Tidak ada pelajaran"), ("en", "There is no lesson")] {
        let project = Project::new();
        project.write("empty/notes.txt", "not a lesson");
        project.dermaga(["test", "--lang", lang, "empty"]).run().code(4).complains(&[words]).is_clean();
        let here = project.dermaga(["test", "--lang", lang]).run();
        assert_ne!(here.code, 0, "{}", here.all());
        assert!(here.is_clean().err.contains("course.toml"));
    }
}

// Words

#[test]
fn help_in_both_languages() {
    let verbs = [
        "",
        "test",
        "lint",
        "build",
        "serve",
        "preprocess",
        "preprocess supports",
        "render",
        "new",
        "new course",
        "new lesson",
        "engine",
        "engine start",
        "engine stop",
        "engine status",
        "engine env",
        "completions",
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cli/help");
    for lang in LANGS {
        for verb in verbs {
            let ended = run(&format!("{verb} --help --lang {lang}")).code(0).is_clean();
            let name = if verb.is_empty() { "dermaga".into() } else { verb.replace(' ', "-") };
            let written = snapbox::Data::read_from(&folder.join(lang).join(format!("{name}.txt")), None).raw();
            snapbox::assert_data_eq!(ended.out, written);
        }
    }
}

#[test]
fn verbs_have_indonesian_names_too() {
    for (alias, verb) in [
        ("uji", "test"),
        ("terbitkan", "build"),
        ("sajikan", "serve"),
        ("praproses", "preprocess"),
        ("tampilkan", "render"),
        ("baru", "new"),
        ("baru kursus", "new course"),
        ("baru pelajaran", "new lesson"),
    ] {
        let (alias, verb) = (run(&format!("{alias} --help")).code(0), run(&format!("{verb} --help")).code(0));
        assert_eq!(alias.out, verb.out);
    }
}

#[test]
fn the_language_is_the_persons() {
    let said = |words: &[&str], env: &[(&str, &str)]| {
        let project = Project::new();
        let run = project.dermaga(words).without("LANG");
        let ended = env.iter().fold(run, |run, (name, value)| run.env(name, value)).run();
        let text = format!("{}{}", ended.out, ended.err);
        match (text.contains("Buktikan pelajaran"), text.contains("Prove lessons")) {
            (true, false) => "id",
            (false, true) => "en",
            _ => panic!("{text}"),
        }
    };
    let help = &["test", "--help"][..];
    for (env, lang) in [
        (&[][..], "id"),
        (&[("LANG", "C")], "id"),
        (&[("LANG", "C.UTF-8")], "id"),
        (&[("LANG", "nl_NL.UTF-8")], "id"),
        (&[("LANG", "id_ID.UTF-8")], "id"),
        (&[("LANG", "en_US.UTF-8")], "en"),
        (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "id_ID.UTF-8")], "id"),
        (&[("LANG", "id_ID.UTF-8"), ("LC_MESSAGES", "en_GB")], "en"),
        (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "")], "en"),
    ] {
        assert_eq!(said(help, env), lang, "{env:?}");
    }
    assert_eq!(said(&["test", "--help", "--lang", "en"], &[("LANG", "id_ID")]), "en");
    assert_eq!(said(&["--lang=id", "test", "--help"], &[("LANG", "en_US")]), "id");
}

// Colour and pipes

#[test]
fn colour_only_where_it_is_wanted() {
    let project = Project::with("# A\n\n## B\n\n```console,tiemout=1m\n$ true\n```\n");
    let colour = |words: &[&str], env: &[(&str, &str)]| {
        let run = project.dermaga(["test", "lesson.md"]).args(words);
        env.iter().fold(run, |run, (name, value)| run.env(name, value)).run().code(3).err.contains('\x1b')
    };
    assert!(!colour(&[], &[]), "no colour in a pipe");
    assert!(!colour(&["--color", "never"], &[]));
    assert!(colour(&["--color", "always"], &[]));
    assert!(colour(&["--color", "always"], &[("NO_COLOR", "1")]), "what was typed counts more than the environment");

    let on_a_terminal = |words: &str, env: &[(&str, &str)]| {
        let command = format!("{} test lesson.md {words}", env!("CARGO_BIN_EXE_dermaga"));
        let run = project.program("script", &["-qec", &command, "/dev/null"]).env("TERM", "xterm");
        let ended = env.iter().fold(run, |run, (name, value)| run.env(name, value)).run().code(3).says(&["L011"]);
        ended.out.contains("\x1b[")
    };
    assert!(on_a_terminal("", &[]));
    assert!(!on_a_terminal("", &[("NO_COLOR", "1")]));
    assert!(on_a_terminal("", &[("NO_COLOR", "")]), "an empty NO_COLOR says nothing");
    assert!(!on_a_terminal("", &[("TERM", "dumb")]));
    assert!(!on_a_terminal("--color never", &[]));
}

#[test]
fn a_reader_that_went_away_is_no_failure() {
    for words in [&["test", "--help"][..], &["--version"], &["completions", "bash"], &["completions", "fish"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let ended = Project::new().dermaga(words).into_pipe(Stdio::from(writer)).code(0);
        assert_eq!(ended.err, "", "{words:?}");
    }
}

// Files that are no lessons: the message in both languages, the code, never a panic.

#[test]
fn a_file_that_is_not_there_or_may_not_be_read() {
    for (lang, missing, forbidden) in [
        ("id", "tidak ada berkas atau direktori", "tidak punya izin untuk membaca"),
        ("en", "no such file or directory", "may not read"),
    ] {
        let project = Project::with("# A\n");
        project.dermaga(["test", "--lang", lang, "b.md"]).run().code(2).complains(&["b.md", missing]).is_clean();

        let path = project.path("lesson.md");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("its mode");
        let words = ["test", "--lang", lang, "lesson.md"];
        let ended = if project.root().metadata().expect("a folder").uid() == 0 {
            // Root reads everything, unless it gives up just that.
            let without = "--bounding-set=-dac_override,-dac_read_search";
            project.program("setpriv", &[without, env!("CARGO_BIN_EXE_dermaga")]).args(words).run()
        } else {
            project.dermaga(words).run()
        };
        ended.code(4).complains(&["lesson.md", forbidden]).is_clean();
    }
}

#[test]
fn a_directory_in_place_of_a_file() {
    for (lang, words) in [("id", "Tidak ada pelajaran"), ("en", "There is no lesson")] {
        let project = Project::new();
        project.write("lesson.md/isi.txt", "bukan pelajaran");
        project.dermaga(["test", "--lang", lang, "lesson.md"]).run().code(4).complains(&[words]).is_clean();
        project.write("course/course.toml/isi.txt", "bukan kursus");
        let ended = project.dermaga(["test", "--lang", lang, "course"]).run().is_clean();
        assert!(ended.code != 0 && !ended.err.is_empty(), "{}", ended.all());
    }
}

#[test]
fn bytes_that_are_no_text() {
    for (lang, utf8, nul) in [("id", "bukan teks UTF-8", "byte NUL"), ("en", "not UTF-8 text", "NUL byte")] {
        let latin = b"# A\n\n## B\n\n```console\n$ echo \xe9\n```\n";
        test_file(latin, lang).code(3).complains(&["L107", "lesson.md:6:8", utf8]).is_clean();
        test_file("# A\n\n## B\n\n```console\n$ echo a\0b\n```\n", lang)
            .code(3)
            .complains(&["L018", "lesson.md:6:9", nul])
            .is_clean();
        // Another encoding altogether: one message that names it and a way out.
        let page = lesson(&[("a", &block("console", "$ true"))]);
        let wide: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let wide = [&[0xff, 0xfe][..], &wide].concat();
        let ended = test_file(&wide, lang).code(3).complains(&["UTF-16", "iconv -f UTF-16"]).is_clean();
        assert_eq!(ended.err.matches("[L").count(), 1, "{}", ended.err);
        let project = Project::new();
        project.write("lesson.md", &wide);
        let ended = project.dermaga(["lint", "--lang", lang, "lesson.md"]).run().code(3).is_clean();
        assert_eq!(ended.out.matches("[L").count(), 1, "{}", ended.out);
        let program = std::fs::read("/bin/true").expect("a program");
        test_file(program, lang).code(3).is_clean();
    }
}

#[test]
fn what_is_written_wrongly() {
    let anchors =
        "front: &a [\"x\"]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n";
    for (what, text, code, id, en) in [
        (
            "unclosed",
            "# A\n\n## B\n\n```console\n$ true\n".to_owned(),
            "L010",
            "blok kode tidak ditutup",
            "a fence is not closed",
        ),
        (
            "unknown attribute",
            lesson(&[("a", &block("console,tiemout=1m", "$ true"))]),
            "L011",
            "maksudmu `timeout`?",
            "did you mean `timeout`?",
        ),
        (
            "anchors in a check",
            lesson(&[("a", &block("check", anchors))]),
            "L042",
            "jangkar, alias",
            "anchors, aliases",
        ),
        (
            "depth",
            lesson(&[("a", &block("check", &"[".repeat(100_000)))]),
            "L040",
            "tidak dapat dibaca",
            "cannot be read",
        ),
    ] {
        for (lang, words) in [("id", id), ("en", en)] {
            eprintln!("{what} {lang}");
            let ended = test_file(&text, lang).code(3).complains(&[code, words]).is_clean();
            assert!(ended.elapsed.as_secs() < 10, "{what}: {:?}", ended.elapsed);
        }
    }
    for (front, code, id, en) in [
        ("titel: x\n", "L003", "maksudmu `title`?", "did you mean `title`?"),
        (anchors, "L042", "jangkar, alias", "anchors, aliases"),
    ] {
        for (lang, words) in [("id", id), ("en", en)] {
            let text = format!("---\n{front}---\n# A\n\n## B {{#b}}\n\n```console\n$ true\n```\n");
            test_in_course(&text, lang).code(3).complains(&[code, words]).is_clean();
        }
    }
}

/// What other tools write before a page is theirs: the page is run, and `lint` has no error.
#[test]
fn front_matter_of_other_tools_outside_a_course_does_not_stop_a_run() {
    let page = lesson(&[("a", &block("console", "$ true"))]);
    for front in [
        "---\ntitle: Volumes\ndescription: How to keep data\nkeywords: docker, volume\n---\n",
        "---\nlayout: post\ntitle: \"A\"\npublished: true\ntags: [a, b]\nimages: [/a.png]\nlang: fr\n---\n",
        "---\nid: a\nsidebar_position: 2\ntitle: [a]\nsource: { url: x }\ntitel: near\n---\n",
        "+++\ntitle = \"A\"\ndate = 2021-03-13\n+++\n",
        "---\na: [\n---\n",
    ] {
        for lang in LANGS {
            eprintln!("{front}");
            let text = format!("{front}{page}");
            // As far as the pack, which is not there.
            let ended = test_file(&text, lang).code(4).is_clean();
            assert!(!ended.err.contains("[L0"), "{}", ended.err);
            let project = Project::new();
            project.write("README.md", &text);
            project.dermaga(["lint", "--lang", lang, "README.md"]).run().code(0).is_clean();
        }
    }
}

/// Nothing of a lesson reaches the terminal as a control code, wherever it stands in it.
#[test]
fn escape_sequences_in_a_lesson() {
    let red = "\x1b[31m";
    let texts = [
        format!("# A {red}\n\n## B {red}\n\n```console,x{red}=1\n$ true\n```\n"),
        format!("# A\n\n## B\n\n```check\ncontainer{red}: x\n```\n"),
        format!("# A\n\n## B\n\n```console\n$ echo {red}\n```\n\n```check\n\u{9b}31m: \u{202e}\n```\n"),
    ];
    for text in texts {
        for lang in LANGS {
            test_file(&text, lang).code(3).is_clean();
        }
    }
    test_in_course(&format!("---\n{red}: [\n---\n# A\n"), "en").code(3).is_clean();
    let project = Project::new();
    let name = format!("a{red}.md");
    project.dermaga(["test", &name]).run().code(2).is_clean();
    project.write(&name, "# A\n\n## B\n\n```console\n$ true\n");
    project.dermaga(["test", &name]).run().code(3).is_clean();
    project.write(&format!("{name}.d/course.toml"), format!("title = \"{red}\"\n"));
    project.dermaga(["test", &format!("{name}.d")]).run().is_clean();
}

#[test]
fn what_is_passed_over_is_named_if_nothing_else_is_there() {
    for verb in ["test", "lint"] {
        let project = Project::new();
        project.write("book/book.toml", "[book]\n");
        project.write("book/src/SUMMARY.md", "- [A](a.md)\n- [B](b.md)\n");
        project.write("book/src/a.md", "# A\n");
        project.write("book/src/b.md", "# B\n\n```sh\n$ ls\n```\n");
        project.write("drafts/_a.md", "# A\n\n```console\n$ true\n```\n");
        project.write("empty/a.txt", "");
        for (lang, fence, draft) in
            [("en", "No chapter of this book", "is a draft's"), ("id", "Tidak ada bab", "adalah draf")]
        {
            project
                .dermaga([verb, "--lang", lang, "book"])
                .run()
                .code(4)
                .complains(&[fence, "`console`", "2"])
                .is_clean();
            project
                .dermaga([verb, "--lang", lang, "drafts"])
                .run()
                .code(4)
                .complains(&[draft, "`drafts/_a.md`"])
                .is_clean();
            project.dermaga([verb, "--lang", lang, "empty"]).run().code(4).complains(&["course.toml"]).is_clean();
        }
    }
}

/// These are right, so that the run gets as far as the pack, which is not there.
#[test]
fn what_is_unusual_and_right() {
    let prose = "Ini baris prosa yang panjang supaya berkasnya menjadi besar sekali.\n".repeat(155_000);
    let large = lesson(&[("a", &format!("{prose}\n{}", block("console", "$ true")))]);
    assert!(large.len() > 10_000_000);
    let windows = lesson(&[("a", &block("console", "$ echo a\na"))]).replace('\n', "\r\n");
    let marked = format!("\u{feff}{}", lesson(&[("a", &block("console", "$ true"))]));
    for text in [large, windows, marked] {
        let ended = test_file(&text, "en").code(4).complains(&["no pack of images"]).is_clean();
        assert!(ended.elapsed.as_secs() < 10, "{:?}", ended.elapsed);
    }
}

#[test]
fn home_that_is_not_set_is_the_password_files() {
    let uid =
        std::fs::metadata("/proc/self").map(|meta| std::os::unix::fs::MetadataExt::uid(&meta)).unwrap().to_string();
    let users = std::fs::read_to_string("/etc/passwd").unwrap();
    let user = users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|user| user[2] == uid).unwrap();
    let shelf = format!("{}/.cache/dermaga/engines", user[5]);
    let project = Project::with(&lesson(&[("a", &block("console", "$ true"))]));
    let words = ["test", "--yes", "--engine", "private:tidak-ada", "lesson.md"];
    for cache in ["", "relative/cache"] {
        let run = project.dermaga(words).env("HOME", "").env("XDG_CACHE_HOME", cache);
        run.run().code(2).is_clean().complains(&[&format!(" {shelf}")]);
    }
    project.dermaga(words).without("HOME").without("XDG_CACHE_HOME").run().complains(&[&format!(" {shelf}")]);
}

#[test]
fn unknown_home_is_told_to_verbs_that_keep_files() {
    let project = Project::with(&lesson(&[("a", &block("console", "$ true"))]));
    let run = |words: &[&str]| project.dermaga(words).env("HOME", "relative").without("XDG_CACHE_HOME").run();
    run(&["progress"]).code(4).is_clean().complains(&["home folder is not known", "XDG_CACHE_HOME"]);
    run(&["lint", "lesson.md"]).code(0);
}

#[test]
fn pipe_in_the_place_of_a_file_is_told_at_once() {
    let project = Project::new();
    let fifo = |name: &str| rustix::fs::mkfifoat(rustix::fs::CWD, project.path(name), rustix::fs::Mode::RWXU).unwrap();
    fifo("pipa.md");
    for verb in ["lint", "test"] {
        let ended = project.dermaga([verb, "pipa.md"]).within(20).run().code(2).is_clean();
        ended.complains(&["pipa.md is a pipe"]);
    }
    let state = project.root().join("work/state/dermaga");
    std::fs::create_dir_all(&state).unwrap();
    // Progress goes on beside it, and what was in the way is kept.
    for name in ["progress.db", "progress.db-wal", "progress.db.copy", "progress.jsonl", "progress.json"] {
        fifo(&format!("state/dermaga/{name}"));
        let run = project.dermaga(["progress"]).env("XDG_STATE_HOME", &project.path("state").display().to_string());
        let ended = run.within(20).run().code(0).is_clean();
        assert_eq!(ended.err.contains("is kept as"), name == "progress.db", "{name}");
        std::fs::remove_dir_all(&state).unwrap();
        std::fs::create_dir_all(&state).unwrap();
    }
}

#[test]
fn strangers_lesson_is_not_run_in_a_pipe_without_a_yes() {
    let project = Project::with_a_strangers(&lesson(&[("a", &block("console", "$ true"))]));
    project.write("dua.md", lesson(&[("a", &block("console", "$ true"))]));
    for verb in ["test", "record"] {
        for (lang, one, two) in
            [("en", "is not yours", "and 1 more are not yours"), ("id", "bukan milikmu", "dan 1 lainnya")]
        {
            let words = [verb, "--lang", lang, "--images", "nowhere", "lesson.md"];
            project.dermaga(words).run().code(2).is_clean().complains(&["`lesson.md`", one, "--yes"]);
            project.dermaga(words).args(["dua.md"]).run().code(2).is_clean().complains(&[two, "--yes"]);
            // With a yes it comes as far as the pack.
            project.dermaga(words).args(["--yes"]).run().code(4).is_clean().complains(&["nowhere"]);
        }
    }
}

#[test]
fn lesson_that_git_tracks_or_new_made_is_the_persons_own() {
    let project = Project::with_a_strangers(&lesson(&[("a", &block("console", "$ true"))]));
    let test = |path: &str| project.dermaga(["test", "--lang", "en", "--images", "nowhere", path]).run().is_clean();
    test("lesson.md").code(2).complains(&["not yours"]);
    project.program("git", &[]).args(["init", "-q"]).run().code(0);
    test("lesson.md").code(2).complains(&["not yours"]);
    project.program("git", &[]).args(["add", "lesson.md"]).run().code(0);
    test("lesson.md").code(4).complains(&["nowhere"]);
    // Changed since, it is theirs all the same; without git it is not.
    project.write("lesson.md", lesson(&[("a", &block("console", "$ false"))]));
    test("lesson.md").code(4).complains(&["nowhere"]);
    project
        .dermaga(["test", "--lang", "en", "lesson.md"])
        .env("PATH", "/nowhere")
        .run()
        .code(2)
        .complains(&["not yours"]);
    project.dermaga(["new", "course", "kursus"]).run().code(0);
    test("kursus").code(4).complains(&["nowhere"]);
    project.write("asing/satu.md", lesson(&[("a", &block("console", "$ true"))]));
    test("asing").code(2).complains(&["not yours"]);
    // Nothing would run in this one.
    project.write("asing/satu.md", "# Hanya teks\n");
    let ended = test("asing");
    assert!(!ended.all().contains("not yours"), "{}", ended.all());
}
