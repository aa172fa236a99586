//! Tests pages that were written for other site generators, with their front matter, fence attributes and blocks.

use std::path::{Path, PathBuf};

use dermaga::lesson::lint::{LintContext, lint};
use dermaga::lesson::{Block, Lesson, LessonId, parse};
use dermaga::store::read_collection;
use dermaga::text::Source;

fn tree(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sites").join(name)
}

/// Returns the commands of all steps of a lesson.
fn commands(lesson: &Lesson) -> Vec<&str> {
    let blocks = lesson.steps.iter().flat_map(|step| &step.blocks);
    let transcripts = blocks.filter_map(|block| match block {
        Block::Transcript(transcript) => Some(&transcript.commands),
        _ => None,
    });
    transcripts.flatten().map(|command| command.text.as_str()).collect()
}

#[test]
fn commands_are_found_in_pages_of_other_generators_without_lint_errors() {
    let surroundings = LintContext { exists: &|_| true, pack: None, today: None, machine: &[] };
    for (paths, run) in [
        (&["starlight"][..], "docker run --name hello hello-world"),
        (&["docusaurus/docs/hello.mdx", "docusaurus"], "docker run --name hello hello-world"),
        (&["mkdocs"], "docker run --name hello hello-world # (1)!"),
    ] {
        let paths: Vec<PathBuf> = paths.iter().map(|path| tree(path)).collect();
        let collection = read_collection(&paths).unwrap();
        assert_eq!(collection.singles.len(), paths.len(), "{paths:?}");
        for file in &collection.singles {
            let name = file.path.display();
            assert_eq!(commands(&file.lesson), [run, "docker rm hello"], "{name}");
            assert_eq!(file.lesson.title, "First container", "{name}");
        }
        let found: Vec<_> = lint(&collection, surroundings).into_iter().map(|found| found.diagnostic).collect();
        assert!(found.is_empty(), "{paths:?}: {found:#?}");
    }
}

#[test]
fn attribute_of_dermaga_after_a_space_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let page = |info: &str| {
        let path = dir.path().join("page.md");
        std::fs::write(&path, format!("## A\n\n```{info}\n$ false\n```\n")).unwrap();
        let collection = read_collection(&[path]).unwrap();
        collection.singles[0].diagnostics.iter().map(|found| found.code.0).collect::<Vec<_>>()
    };
    assert_eq!(page("console exit=1"), ["L015"]);
    assert_eq!(page("console,exit=1 title=\"x\""), [""; 0]);
    assert_eq!(page("console,timeout='5s' {1}"), [""; 0]);
    // In a course, an attribute of another generator is an error.
    let (_, found) =
        parse(&Source::new("a.md", "## A\n\n```console title=\"x\"\n$ false\n```\n"), LessonId("a".into()));
    assert!(found.iter().any(|found| found.code.0 == "L015"));
}
