//! Tests Dermaga's own book in mdBook, without and with Dermaga's preprocessor. Every step is readable, and mdBook's
//! copy button copies only the command. `MDBOOK` may name the program of mdBook; otherwise, mdBook's library builds the
//! book.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dermaga::lesson::{Attrs, LessonFile};
use dermaga::store::read_collection;
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::site::Site;

const COMMAND: &str = "preprocessor.dermaga.command";

fn ours(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Builds Dermaga's own book. `program` replaces `dermaga` in `book.toml`.
fn book(program: &str) -> Site {
    let command = format!("{program} preprocess");
    Site::made(|out| {
        if let Some(mdbook) = std::env::var_os("MDBOOK") {
            let mut mdbook = Command::new(mdbook);
            mdbook.arg("build").arg(ours("book")).arg("--dest-dir").arg(out);
            let built = mdbook.env("MDBOOK_PREPROCESSOR__DERMAGA__COMMAND", &command).output().expect("mdBook");
            assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
            return;
        }
        let settings = fs::read_to_string(ours("book/book.toml")).expect("settings");
        let mut config: Config = settings.parse().expect("settings");
        config.set("build.build-dir", out.display().to_string()).expect("a setting");
        config.set(COMMAND, &command).expect("a setting");
        MDBook::load_with_config(ours("book"), config).expect("a book").build().expect("a site");
    })
}

/// Returns each lesson's path on the built site, and its file.
fn lessons() -> Vec<(String, LessonFile)> {
    let collection = read_collection(&[ours("lessons")]).expect("lessons");
    let course = &collection.courses[0];
    let listed = |file: &&LessonFile| course.course.lessons().any(|id| id.value == file.id.0);
    let page = |file: &LessonFile| {
        format!("{}/{}", file.lang.as_deref().unwrap_or_default(), file.relative.with_extension("html").display())
    };
    course.lessons.iter().filter(listed).map(|file| (page(file), file.clone())).collect()
}

/// Returns the commands in those transcripts of a lesson whose attributes satisfy `shown`.
fn commands(file: &LessonFile, shown: impl Fn(&Attrs) -> bool) -> Vec<String> {
    let transcripts = file.lesson.transcripts().filter(|(_, one)| shown(&one.attrs));
    transcripts.flat_map(|(_, one)| one.commands.iter().map(|command| command.text.clone())).collect()
}

#[test]
fn every_step_is_readable_without_the_preprocessor() {
    let site = book("dermaga-is-not-here");
    let tab = Chromium::shared().tab();
    for (page, file) in lessons() {
        tab.open(&site.at(&page));
        let steps: Vec<&str> = file.lesson.steps.iter().map(|step| step.id.0.as_str()).collect();
        let hidden = tab.run(&format!(
            "{}.filter((id) => !document.getElementById(id)?.checkVisibility())",
            json!(steps.iter().filter(|id| !id.is_empty()).collect::<Vec<_>>())
        ));
        assert_eq!(hidden, json!([]), "{page}: steps that are not seen");
        let text = tab.text("document.querySelector('main').innerText");
        for command in commands(&file, |attrs| !attrs.hidden) {
            for line in command.lines() {
                assert!(text.contains(line), "{page}: {line}\n{text}");
            }
        }
    }
}

#[test]
fn mdbooks_copy_button_copies_only_the_command_with_the_preprocessor() {
    let site = book(env!("CARGO_BIN_EXE_dermaga"));
    let tab = Chromium::shared().tab();
    tab.allow_clipboard();
    for (page, file) in lessons() {
        tab.open(&site.at(&page));
        tab.run("for (const one of document.querySelectorAll('main details')) one.open = true; 0");
        let copied = tab.run(
            "(async () => { const copied = []; for (const one of document.querySelectorAll('.dermaga pre.command')) { \
             await navigator.clipboard.writeText(''); one.querySelector('.clip-button').click(); \
             copied.push(await navigator.clipboard.readText()); } return copied; })()",
        );
        let copied: Vec<&str> = copied.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        let wanted = commands(&file, |attrs| !attrs.hidden && !attrs.blank && !attrs.shuffle);
        if wanted.is_empty() {
            continue;
        }
        for command in &wanted {
            assert!(copied.contains(&command.as_str()), "{page}: {command} is not among {copied:?}");
        }
        let seen = tab.run(
            "[...document.querySelectorAll('.dermaga pre.command')].filter((one) => !one.checkVisibility()).length",
        );
        assert_eq!(seen, json!(0), "{page}");
    }
}
