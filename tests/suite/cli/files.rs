//! Tests files that are not lessons, and lessons with format errors. The program prints a message in both languages,
//! exits with the right exit status, and never panics.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

use super::{LANGS, test_file, test_in_course};
use crate::project::{Project, block, lesson};

#[test]
fn missing_lesson_exits_with_2_and_unreadable_lesson_with_4() {
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
            // Root can read every file. So the program runs without the capabilities that allow this.
            let without = "--bounding-set=-dac_override,-dac_read_search";
            project.program("setpriv", &[without, env!("CARGO_BIN_EXE_dermaga")]).args(words).run()
        } else {
            project.dermaga(words).run()
        };
        ended.code(4).complains(&["lesson.md", forbidden]).is_clean();
    }
}

#[test]
fn directory_in_place_of_a_lesson_is_an_error() {
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
fn file_that_is_not_utf8_is_an_error_with_line_and_column() {
    for (lang, utf8, nul) in [("id", "bukan teks UTF-8", "byte NUL"), ("en", "not UTF-8 text", "NUL byte")] {
        let latin = b"# A\n\n## B\n\n```console\n$ echo \xe9\n```\n";
        test_file(latin, lang).code(3).complains(&["L107", "lesson.md:6:8", utf8]).is_clean();
        test_file("# A\n\n## B\n\n```console\n$ echo a\0b\n```\n", lang)
            .code(3)
            .complains(&["L018", "lesson.md:6:9", nul])
            .is_clean();
        // If a file has another encoding, one single message names the encoding and a command that converts the file.
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
fn format_error_is_explained_in_both_languages() {
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

/// Outside a course, the program ignores front matter of other tools. The page runs, and `lint` reports no error.
#[test]
fn page_with_front_matter_of_other_tools_runs_outside_a_course() {
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
            // The run fails only because the pack is missing.
            let ended = test_file(&text, lang).code(4).is_clean();
            assert!(!ended.err.contains("[L0"), "{}", ended.err);
            let project = Project::new();
            project.write("README.md", &text);
            project.dermaga(["lint", "--lang", lang, "README.md"]).run().code(0).is_clean();
        }
    }
}

/// Control codes in a lesson never reach the terminal, wherever they are in the lesson.
#[test]
fn escape_sequences_of_a_lesson_are_not_printed() {
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
fn skipped_files_are_reported_if_no_other_files_exist() {
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

/// These files are valid. The runs fail only because the pack is missing.
#[test]
fn large_files_windows_line_ends_and_byte_order_marks_are_accepted() {
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
