//! Tests `dermaga lint` on whole courses. `courses/good` has no mistake. Each directory in `courses/broken` replaces
//! some files of `courses/good`, and is named after the mistake in the resulting course.

mod any_text;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dermaga::cli::{LintSettings, lint_command, new_course, new_lesson};
use dermaga::lesson::lint::{LintContext, MachineFact, lint};
use dermaga::report::Style;
use dermaga::store::{FileError, read_collection};
use dermaga::words::{Lang, Words};
use tempfile::TempDir;

/// The names of the broken courses that `--fix` makes equal to the good course.
const MENDED: [&str; 11] = [
    "L120-no-digest",
    "L125-block-missing",
    "L127-commands-differ",
    "L127-prompt-differs",
    "L128-output-differs",
    "L129-attributes-differ",
    "L130-file-differs",
    "L131-claim-differs",
    "L131-mistake-differs",
    "L133-have-differs",
    "L133-requires-missing",
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/courses")
}

/// Returns the names of all broken courses.
pub(super) fn broken_courses() -> Vec<String> {
    let entries = fs::read_dir(fixtures().join("broken")).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Creates a copy of the good course, and copies the files of the broken course `name` over it.
fn course(name: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&fixtures().join("good"), dir.path());
    if name != "good" {
        copy(&fixtures().join("broken").join(name), dir.path());
    }
    dir
}

struct Ran {
    code: u8,
    out: String,
    err: String,
}

thread_local! {
    /// The messages are cached, because loading them takes longer than checking a course.
    static WORDS: [Words; 2] = Lang::ALL.map(Words::new);
}

fn run(paths: &[&Path], fix: bool, lang: Lang) -> Ran {
    let settings = LintSettings {
        paths: paths.iter().map(|path| path.to_path_buf()).collect(),
        fix,
        style: Style { width: 100, ..Style::default() },
        pack: Some(BTreeSet::from(["hello-world".to_owned(), "docker.io/library/busybox:1.36".to_owned()])),
        today: Some("2026-11-24".to_owned()),
        machine: vec![MachineFact { kind: "kernel", value: "6.1.0-28-uji".to_owned() }],
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = WORDS.with(|words| {
        let words = if lang == Lang::Id { &words[0] } else { &words[1] };
        lint_command(&settings, words, &mut out, &mut err).unwrap()
    });
    Ran { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

/// Returns the output of `lint` for a broken course. In the output, `kursus` replaces the path of the course.
pub(super) fn lint_course(name: &str, lang: Lang) -> String {
    let dir = course(name);
    run(&[dir.path()], false, lang).out.replace(&dir.path().display().to_string(), "kursus")
}

/// Returns the set of lint codes in the output.
fn codes(out: &str) -> BTreeSet<&str> {
    const LEVELS: [&str; 4] = ["error", "warning", "galat", "peringatan"];
    let code = |line| -> Option<&str> {
        let (level, rest) = str::split_once(line, '[')?;
        LEVELS.contains(&level).then(|| rest.split(']').next())?
    };
    out.lines().filter_map(code).collect()
}

#[test]
fn good_course_has_no_mistake() {
    let ran = run(&[course("good").path()], false, Lang::Id);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(ran.err, "4 pelajaran dibaca, tidak ada yang salah.\n");
}

#[test]
fn each_broken_course_has_only_the_mistake_in_its_name() {
    for name in broken_courses() {
        let dir = course(&name);
        for lang in Lang::ALL {
            let ran = run(&[dir.path()], false, lang);
            let out = ran.out;
            assert_eq!(codes(&out), BTreeSet::from([&name[..4]]), "{name}:\n{out}");
            let wrong = out.lines().any(|line| line.starts_with("error[") || line.starts_with("galat["));
            assert_eq!(ran.code, if wrong { 3 } else { 0 }, "{name}");
            assert!(!out.contains("{$") && !out.contains("{ $"), "{name}: {out}");
            assert!(out.contains(if lang == Lang::Id { "= bantuan: " } else { "= help: " }), "{name}: {out}");
            assert!(!out.contains(": none") && !out.contains('\x1b') && !out.contains('\u{202e}'), "{name}: {out}");
        }
    }
}

#[test]
fn every_lint_code_of_courses_has_a_broken_course() {
    let words = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words/id/lint.ftl");
    let words = fs::read_to_string(words).unwrap();
    let codes: BTreeSet<&str> =
        words.lines().filter(|line| line.starts_with("L1") && line[4..].starts_with(" =")).map(|l| &l[..4]).collect();
    let broken = broken_courses();
    let covered: BTreeSet<&str> = broken.iter().map(|name| &name[..4]).collect();
    assert_eq!(codes, covered);
}

#[test]
fn fix_copies_differences_from_the_source_and_changes_nothing_else() {
    for name in MENDED {
        for newline in ["\n", "\r\n"] {
            let dir = course(name);
            for file in ["en/dasar/satu.md", "en/dasar/dua.md"] {
                let path = dir.path().join(file);
                let text = fs::read_to_string(&path).unwrap().replace('\n', newline);
                fs::write(&path, text).unwrap();
            }
            let ran = run(&[dir.path()], true, Lang::En);
            assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{name}: {}", ran.err);
            assert!(ran.err.contains("mended in one place"), "{name}: {}", ran.err);
            for file in ["id/dasar/satu.md", "id/dasar/dua.md", "en/dasar/satu.md", "en/dasar/dua.md"] {
                let good = fs::read_to_string(fixtures().join("good").join(file)).unwrap();
                let good = if file.starts_with("en") { good.replace('\n', newline) } else { good };
                assert_eq!(fs::read_to_string(dir.path().join(file)).unwrap(), good, "{name}: {file}");
            }
        }
    }
}

#[test]
fn fix_does_not_correct_mistakes_that_need_the_authors_decision() {
    for name in broken_courses().iter().filter(|name| !MENDED.contains(&name.as_str())) {
        let (before, after) = (course(name), course(name));
        run(&[after.path()], true, Lang::Id);
        for file in ["id/dasar/satu.md", "id/dasar/dua.md", "en/dasar/satu.md", "en/dasar/dua.md", "course.toml"] {
            let read = |dir: &TempDir| fs::read(dir.path().join(file)).unwrap();
            assert!(read(&before) == read(&after), "{name}: {file}");
        }
    }
}

#[test]
fn fix_updates_an_old_translation_only_if_its_file_is_named() {
    let dir = course("L121-older-than-its-source");
    let english = dir.path().join("en/dasar/satu.md");
    assert!(run(&[&dir.path().join("en")], true, Lang::En).out.contains("[L121]"));
    let ran = run(&[&english], true, Lang::En);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert_eq!(run(&[dir.path()], false, Lang::En).out, "");
}

#[test]
fn lint_names_the_steps_that_changed_after_a_translation() {
    for newline in ["\n", "\r\n"] {
        let dir = course("L121-older-than-its-source");
        let (id, en) = (dir.path().join("id/dasar/satu.md"), dir.path().join("en/dasar/satu.md"));
        let text = fs::read_to_string(&en).unwrap().replace('\n', newline);
        fs::write(&en, text).unwrap();
        let ran = run(&[&en], true, Lang::En);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""));
        let front = format!("{newline}translated:{newline}  date: 2026-11-24{newline}  steps:{newline}    opening: ");
        let text = fs::read_to_string(&en).unwrap();
        assert!(text.contains(&front), "{text}");

        // The test changes one step of the source at a time. The message must name exactly the changed step.
        let source = fs::read_to_string(&id).unwrap();
        let ids: Vec<&str> = source.split("{#").skip(1).filter_map(|rest| rest.split('}').next()).collect();
        assert!(ids.len() > 1, "{source}");
        for step in &ids {
            let heading = format!("{{#{step}}}\n\n");
            fs::write(&id, source.replace(&heading, &format!("{heading}Kalimat baru.\n\n"))).unwrap();
            let out = run(&[dir.path()], false, Lang::En).out;
            assert!(out.contains("[L121]") && out.contains(&format!("steps that have changed: `{step}`\n")), "{out}");
        }
        fs::write(&id, source.replacen("\n# ", "\nKalimat.\n\n# ", 1)).unwrap();
        assert!(run(&[dir.path()], false, Lang::Id).out.contains("langkah yang berubah: `opening`\n"));
        fs::write(&id, format!("{source}\n## Guru {{#guru .teacher}}\n\nRahasia.\n")).unwrap();
        assert!(run(&[&id, &en], false, Lang::En).out.contains("only the part for teachers has changed"));
        // A second `--fix` of this file updates the key `translated` and does not add a second one.
        run(&[&en], true, Lang::En);
        let text = fs::read_to_string(&en).unwrap();
        assert_eq!(text.matches("translated:").count(), 1, "{text}");
        assert!(!run(&[dir.path()], false, Lang::En).out.contains("[L121]"));
    }
}

#[test]
fn lint_reports_only_the_chosen_lessons() {
    let dir = course("L128-output-differs");
    assert_eq!(run(&[&dir.path().join("id")], false, Lang::En).out, "");
    assert_eq!(run(&[&dir.path().join("en/dasar/dua.md")], false, Lang::En).out, "");
    assert_eq!(codes(&run(&[&dir.path().join("en/dasar/satu.md")], false, Lang::En).out), BTreeSet::from(["L128"]));
}

#[test]
fn lint_reports_mistakes_in_the_order_of_files_and_lines() {
    let dir = course("good");
    let path = dir.path().join("en/dasar/satu.md");
    let text = fs::read_to_string(&path).unwrap();
    let text =
        text.replace("ExitCode: 0", "ExitCode: 2").replace("minutes: 10", "minutes: 31").replace("Quay", "\u{7f}");
    fs::write(&path, text.replace("dermaga.svg", "x.svg")).unwrap();
    let toml = dir.path().join("course.toml");
    fs::write(&toml, fs::read_to_string(&toml).unwrap().replace("\"dua\"", "\"dua\", \"tiga\"")).unwrap();
    let out = run(&[dir.path()], false, Lang::En).out;
    let codes: Vec<&str> = out.lines().filter_map(|line| line.split_once("[L")?.1.get(..3)).collect();
    assert_eq!(codes, ["110", "133", "152", "161", "145", "131"], "{out}");
}

#[test]
fn fix_keeps_the_indentation_of_a_copied_fence() {
    let dir = course("good");
    let (id, en) = (dir.path().join("id/dasar/satu.md"), dir.path().join("en/dasar/satu.md"));
    let indent = |path: &Path, prefix: &str, output: &str| {
        let text = fs::read_to_string(path).unwrap();
        let (start, end) = (text.find("```console").unwrap(), text.find("```check").unwrap());
        let fence = text[start..end].trim_end().replace("Hello from Docker!", output);
        let fence: Vec<String> = fence.lines().map(|line| format!("{prefix}{line}")).collect();
        fs::write(path, format!("{}{}\n\n{}", &text[..start], fence.join("\n"), &text[end..])).unwrap();
    };
    indent(&id, "> ", "Hello from Docker!");
    indent(&en, "   ", "Good bye!");
    assert!(run(&[dir.path()], false, Lang::En).out.contains("[L128]"));
    run(&[dir.path()], true, Lang::En);
    let text = fs::read_to_string(&en).unwrap();
    assert!(text.contains("   $ docker run --name halo hello-world\n   ...\n   Hello from Docker!\n"), "{text}");
    assert_eq!(run(&[dir.path()], false, Lang::En).out, "");
}

#[test]
fn file_outside_a_course_is_checked_alone() {
    let dir = tempfile::tempdir().unwrap();
    let post = dir.path().join("post.md");
    fs::write(&post, "# Catatan\n\n```console\n$ docker stop 8f14e45fceea\n```\n\n[lagi](lagi.md)\n").unwrap();
    let ran = run(&[&post], false, Lang::En);
    assert_eq!((ran.code, codes(&ran.out)), (3, BTreeSet::from(["L144", "L160"])));
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(run(&[empty.path()], false, Lang::Id).code, 4);
}

#[test]
fn file_that_changed_after_it_was_read_is_not_overwritten() {
    let dir = course("L128-output-differs");
    let collection = read_collection(&[dir.path().to_path_buf()]).unwrap();
    let findings = lint(&collection, LintContext { exists: &|_| true, pack: None, today: None, machine: &[] });
    let finding = findings.iter().find(|finding| !finding.edits.is_empty()).unwrap();
    fs::write(&finding.path, "# Lain\n").unwrap();
    let text = dermaga::text::apply(finding.source.text(), &finding.edits).unwrap();
    let refused = dermaga::store::replace(None, &finding.path, finding.source.text(), &text);
    assert!(matches!(refused, Err(FileError::Changed(_))));
    assert_eq!(fs::read_to_string(&finding.path).unwrap(), "# Lain\n");
}

#[test]
fn new_course_and_new_lessons_have_no_mistake() {
    let (dir, words) = (tempfile::tempdir().unwrap(), Words::new(Lang::Id));
    let course = dir.path().join("kursus/docker");
    let mut said = Vec::new();
    new_course(&course, &words, &mut said).unwrap();
    let ran = run(&[&course], false, Lang::Id);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.lines().count()), (0, "", 1), "{}", ran.err);
    new_lesson(&course.join("id/dasar"), "lapisan-image", &words, &mut said).unwrap();
    new_lesson(&course, "dasar/volume_pertama", &words, &mut said).unwrap();
    let ran = run(&[&course], false, Lang::Id);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.starts_with("6 pelajaran dibaca"), "{}", ran.err);
    let toml = fs::read_to_string(course.join("course.toml")).unwrap();
    assert!(toml.contains(r#"lessons = ["kontainer-pertama", "lapisan-image", "volume_pertama"]"#), "{toml}");
    assert!(toml.starts_with("# Bahasa pertama"));
    // A translation contains the digests of the source's steps. If a step of the source changes, the report names this
    // step.
    let source = course.join("id/dasar/volume_pertama.md");
    let text = fs::read_to_string(&source).unwrap();
    let (before, heading) = text.split_once("## Hapus").unwrap();
    fs::write(&source, format!("{before}Sebaris lagi.\n\n## Hapus{heading}")).unwrap();
    let ran = run(&[&course], false, Lang::Id);
    assert!(ran.out.contains("`jalankan`") && !ran.out.contains("`hapus`"), "{}", ran.out);
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("Dibuat: ") && said.contains("id/dasar/lapisan-image.md"), "{said}");
}

/// The commands in the messages can be typed unchanged. The name of a new lesson may end in `.md`.
#[test]
fn commands_in_messages_quote_a_course_name_with_a_space() {
    let (dir, words, mut said) = (tempfile::tempdir().unwrap(), Words::new(Lang::En), Vec::new());
    let course = dir.path().join("kursus saya");
    new_course(&course, &words, &mut said).unwrap();
    new_lesson(&course, "dasar/baru.md", &words, &mut said).unwrap();
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains(&format!("dermaga lint '{}' ", course.display())), "{said}");
    assert!(said.contains(&format!("dermaga test '{}/id/dasar/baru.md'`", course.display())), "{said}");
    assert!(course.join("en/dasar/baru.md").exists());
}

#[test]
fn new_overwrites_no_file_and_creates_all_files_or_none() {
    let (dir, words, mut said) = (tempfile::tempdir().unwrap(), Words::new(Lang::En), Vec::new());
    let terms = dir.path().join("terms.toml");
    fs::write(&terms, "# mine\n").unwrap();
    let failure = new_course(dir.path(), &words, &mut said).unwrap_err();
    assert!(failure.explain(&words).contains("terms.toml is there already"), "{}", failure.explain(&words));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    fs::remove_file(&terms).unwrap();
    new_course(dir.path(), &words, &mut said).unwrap();
    // At the path of the new English lesson, there is a directory.
    fs::create_dir_all(dir.path().join("en/dasar/baru.md")).unwrap();
    let before = fs::read(dir.path().join("course.toml")).unwrap();
    let failure = new_lesson(dir.path(), "baru", &words, &mut said).unwrap_err();
    assert!(failure.explain(&words).contains("baru.md is there already"), "{}", failure.explain(&words));
    assert!(!dir.path().join("id/dasar/baru.md").exists());
    assert_eq!(fs::read(dir.path().join("course.toml")).unwrap(), before);
    let failure = new_lesson(dir.path(), "kontainer-pertama", &words, &mut said).unwrap_err();
    assert_eq!(failure.code, 2);
}
