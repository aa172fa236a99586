//! Tests the command line without an engine: exit statuses, help, languages, colour, pipes and trust.

mod files;

use std::process::Stdio;

use crate::project::{Ended, Project, block, lesson};

const LANGS: [&str; 2] = ["id", "en"];

fn run(words: &str) -> Ended {
    Project::new().dermaga(words.split_whitespace()).run()
}

/// Runs `dermaga test` on a file with this content, without a pack of images. `lang` is the language of the messages.
fn test_file(content: impl AsRef<[u8]>, lang: &str) -> Ended {
    let project = Project::new();
    project.write("lesson.md", content);
    project.dermaga(["test", "--lang", lang, "--images", "nowhere", "lesson.md"]).run()
}

/// Runs `dermaga test` on a lesson in a course, without a pack of images. `content` is the text of the lesson.
fn test_in_course(content: &str, lang: &str) -> Ended {
    let project = Project::new();
    project.write("course.toml", "title = { id = \"A\" }\nlanguages = [\"id\"]\n");
    project.write("id/satu.md", content);
    project.dermaga(["test", "--lang", lang, "--images", "nowhere", "id/satu.md"]).run()
}

/// A course may name an engine for its lessons. The option `--engine` has priority over the course.
#[test]
fn lessons_use_the_engine_of_their_course_unless_the_command_line_names_one() {
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

// The following tests are about exit statuses. The tests in `tests/live` check the exit statuses of runs with an
// engine.

#[test]
fn successful_command_exits_with_0() {
    for words in ["--help", "--version", "test --help", "completions bash"] {
        let ended = run(words).code(0).is_clean();
        assert!(!ended.out.is_empty() && ended.err.is_empty(), "{words}: {}", ended.all());
    }
}

#[test]
fn mistake_on_the_command_line_exits_with_2() {
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

/// The error message about an invalid value contains a valid value.
#[test]
fn message_about_an_invalid_value_contains_a_valid_value() {
    for (words, form) in [("--timeout 10", "`90s`"), ("--partition 3/2", "`1/3`"), ("--jobs 0", "`2`")] {
        for lang in ["id", "en"] {
            run(&format!("test --lang {lang} {words}")).code(2).complains(&[form]).is_clean();
        }
    }
}

#[test]
fn existing_engine_is_refused_without_yes() {
    let project = Project::with(&lesson(&[("a", &block("console", "$ true"))]));
    let engine = ["test", "lesson.md", "--engine"];
    project.dermaga(engine).args(["current"]).run().code(2).complains(&["`current`", "--yes"]).is_clean();
    project.dermaga(engine).args(["tcp://127.0.0.1:1"]).run().code(2).complains(&["--yes"]).is_clean();
    let ended = project.dermaga(engine).args(["foo"]).run().code(2).complains(&["`foo`", "unix:///"]).is_clean();
    assert!(!ended.all().contains("--yes"), "{}", ended.all());
    project.dermaga(engine).args(["gopher://x", "--yes"]).run().code(2).complains(&["`gopher://x`"]).is_clean();
}

#[test]
fn mistake_in_a_lesson_exits_with_3() {
    let project = Project::new();
    project.write("wrong.md", "# A\n\n## B\n\n```console,tiemout=1m\n$ true\n```\n");
    project.dermaga(["test", "wrong.md"]).run().code(3).complains(&["L011", "wrong.md:5:"]).is_clean();
}

#[test]
fn missing_pack_or_engine_exits_with_4() {
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
fn directory_without_lessons_exits_with_4() {
    for (lang, words) in [("id", "Tidak ada pelajaran"), ("en", "There is no lesson")] {
        let project = Project::new();
        project.write("empty/notes.txt", "not a lesson");
        project.dermaga(["test", "--lang", lang, "empty"]).run().code(4).complains(&[words]).is_clean();
        let here = project.dermaga(["test", "--lang", lang]).run();
        assert_ne!(here.code, 0, "{}", here.all());
        assert!(here.is_clean().err.contains("course.toml"));
    }
}

// The following tests are about languages.

#[test]
fn every_command_has_an_indonesian_name() {
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
fn language_follows_the_option_then_the_locale() {
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

// The following tests are about colour and pipes.

#[test]
fn colour_depends_on_the_terminal_the_option_and_the_environment() {
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
fn closed_standard_output_is_not_an_error() {
    for words in [&["test", "--help"][..], &["--version"], &["completions", "bash"], &["completions", "fish"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let ended = Project::new().dermaga(words).into_pipe(Stdio::from(writer)).code(0);
        assert_eq!(ended.err, "", "{words:?}");
    }
}

#[test]
fn home_folder_comes_from_the_password_file_if_home_is_not_set() {
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
fn commands_that_store_files_fail_if_the_home_folder_is_unknown() {
    let project = Project::with(&lesson(&[("a", &block("console", "$ true"))]));
    let run = |words: &[&str]| project.dermaga(words).env("HOME", "relative").without("XDG_CACHE_HOME").run();
    run(&["progress"]).code(4).is_clean().complains(&["home folder is not known", "XDG_CACHE_HOME"]);
    run(&["lint", "lesson.md"]).code(0);
}

#[test]
fn pipe_in_place_of_a_file_is_reported_or_set_aside_at_once() {
    let project = Project::new();
    let fifo = |name: &str| rustix::fs::mkfifoat(rustix::fs::CWD, project.path(name), rustix::fs::Mode::RWXU).unwrap();
    fifo("pipa.md");
    for verb in ["lint", "test"] {
        let ended = project.dermaga([verb, "pipa.md"]).within(20).run().code(2).is_clean();
        ended.complains(&["pipa.md is a pipe"]);
    }
    let state = project.root().join("work/state/dermaga");
    std::fs::create_dir_all(&state).unwrap();
    // The program saves progress in a new file, and does not read or write the pipe.
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
fn somebody_elses_lesson_needs_yes_without_a_terminal() {
    let project = Project::with_a_strangers(&lesson(&[("a", &block("console", "$ true"))]));
    project.write("dua.md", lesson(&[("a", &block("console", "$ true"))]));
    for verb in ["test", "record"] {
        for (lang, one, two) in
            [("en", "is not yours", "and 1 more are not yours"), ("id", "bukan milikmu", "dan 1 lainnya")]
        {
            let words = [verb, "--lang", lang, "--images", "nowhere", "lesson.md"];
            project.dermaga(words).run().code(2).is_clean().complains(&["`lesson.md`", one, "--yes"]);
            project.dermaga(words).args(["dua.md"]).run().code(2).is_clean().complains(&[two, "--yes"]);
            // With `--yes`, the program trusts the lesson. The run fails only because the pack is missing.
            project.dermaga(words).args(["--yes"]).run().code(4).is_clean().complains(&["nowhere"]);
        }
    }
}

#[test]
fn lesson_that_git_tracks_or_that_new_has_made_needs_no_yes() {
    let project = Project::with_a_strangers(&lesson(&[("a", &block("console", "$ true"))]));
    let test = |path: &str| project.dermaga(["test", "--lang", "en", "--images", "nowhere", path]).run().is_clean();
    test("lesson.md").code(2).complains(&["not yours"]);
    project.program("git", &[]).args(["init", "-q"]).run().code(0);
    test("lesson.md").code(2).complains(&["not yours"]);
    project.program("git", &[]).args(["add", "lesson.md"]).run().code(0);
    test("lesson.md").code(4).complains(&["nowhere"]);
    // If the person changes a lesson that git tracks, the lesson is still the person's own. If the program cannot run
    // git, it does not know this.
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
    // This page has no command to run, so it needs no trust.
    project.write("asing/satu.md", "# Hanya teks\n");
    let ended = test("asing");
    assert!(!ended.all().contains("not yours"), "{}", ended.all());
}
