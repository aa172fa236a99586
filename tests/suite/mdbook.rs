//! Tests mdBook with Dermaga's preprocessor, on Dermaga's own book and on a foreign book. The tests use mdBook as a
//! library. mdBook runs the program `dermaga` like any other preprocessor.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dermaga::lesson::{Block, LessonFile};
use dermaga::store::read_collection;
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

use crate::project::Project;

fn ours(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Builds the book at `root` as `mdbook build` does. `with` says whether Dermaga's preprocessor runs. Returns the
/// directory of the pages.
fn mdbook(root: &Path, with: bool) -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    let mut settings: toml::Table = fs::read_to_string(root.join("book.toml")).unwrap().parse().unwrap();
    if !with {
        settings.remove("preprocessor");
    }
    let mut config: Config = settings.to_string().parse().unwrap();
    config.set("build.build-dir", out.path().display().to_string()).unwrap();
    if with {
        let command = format!("{} preprocess", env!("CARGO_BIN_EXE_dermaga"));
        config.set("preprocessor.dermaga.command", command).unwrap();
    }
    MDBook::load_with_config(root, config).unwrap().build().unwrap();
    out
}

/// Returns the HTML of a page's main part with decoded entities.
fn page(out: &tempfile::TempDir, path: &str) -> String {
    let html = fs::read_to_string(out.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let html = html.split("<main>").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap().to_owned();
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#10;", "\n"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(html, |html, (from, to)| html.replace(from, to))
}

fn lessons() -> Vec<LessonFile> {
    let collection = read_collection(&[ours("lessons")]).unwrap();
    let course = &collection.courses[0];
    let order: Vec<&str> = course.course.lessons().map(|id| id.value.as_str()).collect();
    let known = |file: &&LessonFile| order.contains(&file.id.0.as_str());
    course.lessons.iter().filter(known).cloned().collect()
}

/// Returns the path of a lesson in the book without its extension, such as `id/dasar/kontainer-pertama`.
fn place(file: &LessonFile) -> String {
    format!("{}/{}", file.lang.as_deref().unwrap(), file.relative.with_extension("").display())
}

/// Generates all files of `book/src` from the lessons. Returns the path and the content of each.
fn sources() -> Vec<(String, String)> {
    let collection = read_collection(&[ours("lessons")]).unwrap();
    let course = &collection.courses[0];
    let all = lessons();
    let mut summary = String::from("# Summary\n");
    let mut files = Vec::new();
    for lang in &course.course.languages {
        for group in &course.course.groups {
            let name = if Some(lang.as_str()) == course.course.source_language() { "" } else { &format!(" ({lang})") };
            summary.push_str(&format!("\n# {}{name}\n\n", group.title_in(lang, course.course.source_language())));
            for id in &group.lessons {
                let Some(file) = all.iter().find(|file| file.id.0 == id.value && file.lang.as_ref() == Some(lang))
                else {
                    continue;
                };
                let path = place(file);
                summary.push_str(&format!("- [{}]({path}.md)\n", file.lesson.title));
                // mdBook does not know front matter, so the file includes only the text after the front matter.
                let front = file.source.slice(file.lesson.front.span).lines().count();
                let up = "../".repeat(path.matches('/').count() + 2);
                files.push((format!("{path}.md"), format!("{{{{#include {up}lessons/{path}.md:{}:}}}}\n", front + 1)));
            }
        }
    }
    files.push(("SUMMARY.md".to_owned(), summary));
    files.extend(pictures());
    files
}

/// Returns the paths and contents of the lessons' pictures. mdBook searches the pictures of an included lesson in the
/// folder of the chapter.
fn pictures() -> Vec<(String, String)> {
    let root = ours("lessons");
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    folders.extend(lessons().iter().filter_map(|file| root.join(place(file)).parent().map(Path::to_owned)));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    let mut pictures: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|kind| kind == "svg")).collect();
    pictures.sort();
    let name = |path: &Path| path.strip_prefix(&root).unwrap().display().to_string();
    pictures.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn our_own_book_contains_every_lesson() {
    let root = ours("book/src");
    let expected = sources();
    if std::env::var_os("SNAPSHOTS").is_some_and(|how| how == "overwrite") {
        let _ = fs::remove_dir_all(&root);
        for (path, text) in &expected {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
    }
    let again = "run `SNAPSHOTS=overwrite cargo test --test suite mdbook::our_own_book` to write it anew";
    for (path, text) in &expected {
        let there = fs::read_to_string(root.join(path)).unwrap_or_default();
        assert_eq!(&there, text, "book/src/{path} is not what the lessons say: {again}");
    }
    let mut count = 0;
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() { folders.push(entry.path()) } else { count += 1 }
        }
    }
    assert_eq!(count, expected.len(), "book/src holds a lesson that is gone: {again}");
}

#[test]
fn mdbook_page_shows_every_step_and_hides_hidden_commands() {
    let out = mdbook(&ours("book"), true);
    for file in lessons() {
        let page = page(&out, &format!("{}.html", place(&file)));
        for step in &file.lesson.steps {
            assert!(page.contains(&format!("id=\"{}\"", step.id)), "{}: no step {}", file.path.display(), step.id);
        }
        for (_, transcript) in file.lesson.transcripts().filter(|(_, one)| !one.attrs.blank && !one.attrs.shuffle) {
            for command in &transcript.commands {
                let shown = page.contains(&format!("data-prompt=\"{}\">{}</code>", command.prompt, command.text));
                assert_eq!(shown, !transcript.attrs.hidden, "{}: {}\n{page}", file.path.display(), command.text);
            }
        }
        for raw in ["objectives:", "```", "hints:", "{{#", "language-check", "language-quiz"] {
            assert!(!page.contains(raw), "{}: {raw}", file.path.display());
        }
        let blocks = file.lesson.steps.iter().flat_map(|step| &step.blocks);
        let quizzes = blocks.filter(|block| matches!(block, Block::Quiz(_))).count();
        assert!(page.matches("class=\"quiz").count() >= quizzes, "{}", file.path.display());
    }
}

#[test]
fn own_book_shows_every_command_without_the_preprocessor() {
    let out = mdbook(&ours("book"), false);
    for file in lessons() {
        let page = page(&out, &format!("{}.html", place(&file)));
        assert!(!page.contains("objectives:") && !page.contains("{{#"), "{}", file.path.display());
        for (_, transcript) in file.lesson.transcripts() {
            for command in &transcript.commands {
                let first = command.text.lines().next().unwrap_or_default();
                assert!(page.contains(&format!("{}{first}", command.prompt)), "{}: {first}", file.path.display());
            }
        }
    }
}

#[test]
fn preprocessor_changes_only_those_chapters_of_a_foreign_book_that_have_transcripts() {
    let root = ours("tests/fixtures/books/ships");
    let out = mdbook(&root, true);
    let hello = page(&out, "ch01-01-hello-container.html");
    assert!(hello.contains("data-prompt=\"$ \">docker run --rm hello-world</code>"), "{hello}");
    assert!(hello.contains("docker image ls --format '{{.Repository}}'</code>"), "what is included too: {hello}");
    assert!(hello.contains("docker image inspect \\\n    --format '{{.Os}}' \\\n    hello-world</code>"), "{hello}");
    assert!(hello.contains("Run the first command") && !hello.contains("language-check"), "{hello}");
    let stay = page(&out, "ch01-02-containers-that-stay.html");
    assert!(stay.contains("docker start bottle</code>") && stay.contains("<ol>"), "{stay}");
    assert_eq!(stay.matches("<li>").count() - stay.matches("<li><strong>").count(), 2, "one list of two: {stay}");
    let plain = mdbook(&root, false);
    for path in ["ch01-00-getting-started.html", "appendix-00.html", "title-page.html"] {
        assert_eq!(page(&out, path), page(&plain, path), "{path} has nothing of ours");
    }
}

/// Headings whose ids do not follow a simple rule.
const HEADINGS: &str = "# The `run` command\n\n### `docker run --rm`: *clean* **up** -- it's \"here\"…\n\n### A [link](x.md \"t\") &amp; \
    ![picture](x.png)\n\n### Ships 🐳 <b>bold</b> &lt;x&gt; 1.2.3\n\n### Über 中文 Ĉ\n\n### Written {#by-hand .class}\n\n### Same\n\n\
    ### Same-1\n\n### Same\n\n### Same {#same}\n\n> ### In a quotation\n\n- ### In a list\n\n### !\n\n### ?\n\nTwo\nlines\n---\n\n\
    A term `x`\n: Its meaning\n\n### Hard  \nbreak\\\nhere\n\n### A\u{a0}b_c-d --e---f\n\n```console\n$ true\n```\n";

/// Returns the ids of the headings and the defined terms on a page that mdBook has built.
fn ids(html: &str) -> Vec<String> {
    let main = html.split("<main>").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
    let names = ["h1 ", "h2 ", "h3 ", "h4 ", "h5 ", "h6 ", "dt "];
    let tags = main.split('<').filter(|tag| names.iter().any(|name| tag.starts_with(name)));
    tags.filter_map(|tag| tag.split_once(" id=\"")?.1.split('"').next().map(str::to_owned)).collect()
}

#[test]
fn anchors_of_headings_are_the_same_as_in_mdbook() {
    let project = Project::new();
    project.write("book.toml", "[book]\ntitle = \"A\"\n");
    project.write("src/SUMMARY.md", "- [A](a.md)\n");
    project.write("src/a.md", HEADINGS);
    let mut count = 0;
    for root in [project.path(""), ours("tests/fixtures/books/ships")] {
        let out = mdbook(&root, false);
        for file in read_collection(&[root]).unwrap().singles {
            let name = file.relative.with_extension("html");
            let html = fs::read_to_string(out.path().join(&name)).unwrap();
            let anchors = dermaga::lesson::lint::pointers(&file.lesson).anchors;
            for id in ids(&html) {
                count += 1;
                assert!(anchors.contains(&id), "{}: {id:?} is none of {anchors:?}", name.display());
            }
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn lint_accepts_links_between_chapters_as_in_the_built_book() {
    let project = Project::new();
    project.write("book.toml", "[book]\ntitle = \"A\"\n");
    project.write("src/SUMMARY.md", "- [One](README.md)\n- [Two](two.md)\n");
    project.write("src/README.md", "# One\n\n## The `run` command\n\n```console\n$ true\n```\n");
    let two = |links: &str| {
        project.write("src/two.md", format!("# Two\n\n{links}\n\n```console\n$ true\n```\n"));
        project.dermaga(["lint", "--lang", "en"]).run().is_clean()
    };
    two("[a](index.html#the-run-command) [b](README.md#the-run-command) [c](two.html) [d](../api/x.html)").code(0);
    let ended = two("[a](three.html) [b](index.html#the--command)").code(3);
    assert!(ended.out.contains("L160") && ended.out.contains("`#the-run-command`"), "{}", ended.out);
    project.dermaga(["lint", "--lang", "en", "src/two.md"]).run().code(3);
}

#[test]
fn preprocessor_answers_which_renderers_it_supports() {
    let project = Project::new();
    project.dermaga(["preprocess", "supports", "html"]).run().code(0).is_clean();
    project.dermaga(["preprocess", "supports", "epub"]).run().code(1).is_clean();
    project.dermaga(["preprocess", "--lang", "en"]).run().code(2).is_clean().complains(&["[preprocessor.dermaga]"]);
}

/// Runs the preprocessor on the book of `project`. Returns the text of each chapter, and the error output.
fn preprocessed(project: &Project, arguments: &[&str]) -> (Vec<String>, String) {
    let book = MDBook::load(project.path("")).unwrap();
    let links = mdbook_driver::builtin_preprocessors::LinkPreprocessor::new();
    let context = mdbook_preprocessor::PreprocessorContext::new(project.path(""), book.config.clone(), "html".into());
    let sent = mdbook_preprocessor::Preprocessor::run(&links, &context, book.book).unwrap();
    let (out, err) = answer(arguments, &serde_json::to_vec(&(context, sent)).unwrap(), 0);
    let book: mdbook_driver::book::Book = serde_json::from_slice(&out).unwrap();
    (book.chapters().map(|chapter| chapter.content.clone()).collect(), err)
}

/// Runs the preprocessor as mdBook does, and asserts its exit status. The environment contains no language.
fn answer(arguments: &[&str], input: &[u8], code: i32) -> (Vec<u8>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dermaga"));
    command
        .arg("preprocess")
        .args(arguments)
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .env("XDG_CONFIG_HOME", "/nowhere");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), input).unwrap();
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(code), "{said}");
    (ended.stdout, said)
}

const UNREADABLE: &str = "# One\n\n{{#include part.md}}\n\n```console\ndocker ps\n```\n\n```console\nC:\\> docker ps\n```\n\n\
                          ```console\n# list them\n$ docker ps\n```\n\n```console,timout=3s\n$ docker ps\n```\n";

#[test]
fn fence_with_a_format_error_is_shown_as_written_and_reported_with_file_and_line() {
    let project = Project::new();
    project.write("book.toml", "[book]\ntitle = \"A\"\n");
    project.write("src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n");
    project.write("src/part.md", "A\nB\nC\n");
    project.write("src/one.md", UNREADABLE);
    project.write("src/two.md", "# Two\n\n```console\n$ echo a\na\n```\n");
    let (chapters, said) = preprocessed(&project, &[]);
    assert_eq!(chapters[0], UNREADABLE.replace("{{#include part.md}}", "A\nB\nC"));
    assert!(chapters[1].contains("data-prompt=\"$ \">echo a</code>"), "{}", chapters[1]);
    let lines: Vec<&str> = said.lines().filter(|line| line.starts_with("warning: ")).collect();
    let places: Vec<&str> = lines.iter().map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(places, ["src/one.md:6:", "src/one.md:10:", "src/one.md:14:", "src/one.md:18:"], "{said}");
    assert!(lines.iter().all(|line| line.contains("shown as you wrote it")) && said.contains("timout"), "{said}");
    assert_eq!(said.matches("help: begin with a prompt").count(), 1, "{said}");
    let (_, said) = preprocessed(&project, &["--lang", "id"]);
    assert!(said.contains("peringatan: src/one.md:6: "), "{said}");
}

#[test]
fn preprocessor_messages_are_in_the_books_language() {
    for (setting, word) in
        [("", "warning: "), ("language = \"en\"\n", "warning: "), ("language = \"id\"\n", "peringatan: ")]
    {
        let project = Project::new();
        project.write("book.toml", format!("[book]\ntitle = \"A\"\n{setting}"));
        project.write("src/SUMMARY.md", "- [One](one.md)\n");
        project.write("src/one.md", UNREADABLE);
        let (_, said) = preprocessed(&project, &[]);
        assert!(said.starts_with(word), "{setting}: {said}");
    }
}

#[test]
fn book_of_mdbook_0_4_is_refused_with_the_version_that_is_needed() {
    for (language, words) in [("en", "needs mdBook 0.5"), ("id", "memerlukan mdBook 0.5")] {
        let input = format!(
            r#"[{{"root":"/x","config":{{"book":{{"language":"{language}"}}}},"renderer":"html","mdbook_version":"0.4.52"}},
                {{"sections":[],"__non_exhaustive":null}}]"#
        );
        let (_, said) = answer(&[], input.as_bytes(), 2);
        assert!(said.contains("0.4.52") && said.contains(words) && !said.contains("book.toml"), "{said}");
    }
    let (_, said) = answer(&[], b"{}", 2);
    assert!(said.contains("[preprocessor.dermaga]"), "{said}");
}

/// The mdBook configuration of a foreign course names programs. Dermaga never runs these programs.
#[test]
fn programs_of_a_foreign_book_run_only_with_the_option_preprocessors() {
    let project = Project::new();
    let evil = project.path("jahat");
    let touch = format!("touch {}", evil.display());
    let settings = format!(
        "[book]\ntitle = \"A\"\n[build]\ncreate-missing = true\n[preprocessor.jahat]\ncommand = \"{touch}\"\n[preprocessor.dermaga]\n\
         command = \"{touch}\"\n[output.jahat]\ncommand = \"{touch}\"\n[output.html]\n"
    );
    let course = "title = { id = \"K\" }\nlanguages = [\"id\"]\n[[group]]\nid = \"g\"\ntitle = { id = \"G\" }\nlessons = [\"satu\"]\n";
    for root in ["", "lessons/", "lessons/id/", "lessons/id/g/"] {
        project.write(&format!("{root}book.toml"), &settings);
        project.write(&format!("{root}src/SUMMARY.md"), "- [A](a.md)\n");
        project.write(&format!("{root}src/a.md"), "# A\n\n```console\n$ true\n```\n");
    }
    for junk in ["lessons/id/src", "lessons/id/g/src"] {
        fs::remove_dir_all(project.path(junk)).unwrap();
    }
    project.write("lessons/course.toml", course);
    project.write(
        "lessons/id/g/satu.md",
        "# Satu\n\n{{#include ../../../rahasia.txt}}\n\n## Lihat {#lihat}\n\n```console\n$ ls\n```\n",
    );
    project.write("rahasia.txt", "isi rahasia");
    let run = |words: &[&str]| {
        let run = project.dermaga(words).args(["--lang", "en"]);
        let run = run.env("MDBOOK_PREPROCESSOR__JAHAT__COMMAND", &touch).env("MDBOOK_OUTPUT__JAHAT__COMMAND", &touch);
        let ended = run.run().is_clean();
        assert!(!evil.exists(), "{words:?} ran a foreign program\n{}", ended.all());
        ended
    };
    run(&["build"]).code(0);
    run(&["build", "lessons", "--dest", "lain"]).code(0);
    run(&["lint"]);
    run(&["lint", "lessons/src/.."]);
    let page = fs::read_to_string(project.path("lain/g/satu.html")).unwrap();
    assert!(!page.contains("isi rahasia"), "{page}");

    // mdBook itself runs the programs, which shows that the test could detect a run.
    let _ = MDBook::load(project.path("")).unwrap().build();
    assert!(evil.exists(), "the trap of this test catches nothing");

    // With `--preprocessors`, the author allows the programs.
    fs::remove_file(&evil).unwrap();
    project.dermaga(["build", "lessons", "--preprocessors"]).run();
    assert!(evil.exists(), "`--preprocessors` ran none");
}

#[test]
fn renderer_makes_dermagas_pages_from_a_foreign_book() {
    let root = ours("tests/fixtures/books/ships");
    let out = tempfile::tempdir().unwrap();
    let mut config: Config = fs::read_to_string(root.join("book.toml")).unwrap().parse().unwrap();
    config.set("build.build-dir", out.path().display().to_string()).unwrap();
    config.set("output", toml::Table::new()).unwrap();
    config.set("output.dermaga.command", format!("{} render", env!("CARGO_BIN_EXE_dermaga"))).unwrap();
    config.set("preprocessor.dermaga.command", format!("{} preprocess", env!("CARGO_BIN_EXE_dermaga"))).unwrap();
    MDBook::load_with_config(&root, config).unwrap().build().unwrap();
    let page = |path: &str| fs::read_to_string(out.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let hello = page("ch01-01-hello-container.html");
    assert!(hello.contains("data-copy=\"docker run --rm hello-world\""), "{hello}");
    assert!(hello.contains("<nav id=\"d-toc\"") && hello.contains("class=\"checks\""), "{hello}");
    assert!(hello.contains("docker</span> image ls"), "what is included too: {hello}");
    // The list contains chapters without transcripts, and pages that Dermaga adds.
    for path in ["ch01-00-getting-started.html", "appendix-00.html", "index.html", "cetak.html"] {
        assert!(page(path).contains("<main id=\"d-content\""), "{path}");
    }
}
