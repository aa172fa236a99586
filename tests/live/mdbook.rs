//! Tests the transcripts of an mdBook that was not written for Dermaga. `SUMMARY.md` names the book's chapters.

use std::process::Command;

use crate::project::Project;

fn book() -> Project {
    let project = Project::new();
    let ours = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/books/ships");
    assert!(Command::new("cp").arg("-r").arg(ours).arg(project.path("ships")).status().expect("cp").success());
    project
}

#[test]
fn transcripts_of_a_foreign_book_are_tested() {
    let project = book();
    let ended = project.with_engine(["test", "ships", "--lang", "en"]).run().is_clean().is_alone().code(0);
    ended.says(&["ch01-01-hello-container", "ch01-02-containers-that-stay"]);

    // The program tests a transcript in an included file as a part of the chapter.
    let listing = project.read("ships/listings/ch01-hello/output.txt");
    project.write("ships/listings/ch01-hello/output.txt", listing.replace("\nhello-world", "\nhello-moon"));
    let ended = project.with_engine(["test", "ships", "--lang", "en"]).run().is_clean().is_alone().code(1);
    ended.says(&["hello-moon", "ch01-01-hello-container.md"]);
}
