//! Checks how a lesson is parsed, linted, fixed and planned, and how its diagnostics are drawn. The input is a lesson
//! and, after a form feed, its translation.

use std::path::PathBuf;

use super::{lies_in, parts};
use dermaga::lesson::lint::{LintContext, LintFinding, apply_fixes, lint};
use dermaga::lesson::{
    Action, Block, Collection, Conditions, CourseFiles, EngineFamily, Lesson, LessonFile, LessonId, Listed, parse,
    parse_course, parse_terms, plan,
};
use dermaga::report::Style;
use dermaga::report::diagnostic::render;
use dermaga::shell;
use dermaga::text::{Diagnostic, Severity, Source, Span, apply};
use dermaga::transcript::sanitise;
use dermaga::words::{Lang, Words};

const COURSE: &str = include_str!("../../tests/fixtures/courses/good/course.toml");
const TERMS: &str = include_str!("../../tests/fixtures/courses/good/terms.toml");
const TRANSLATION: &str = include_str!("../../tests/fixtures/courses/good/en/dasar/satu.md");
/// The maximum number of diagnostics that a check draws. Drawing is slow, and most diagnostics resemble each other.
const MOST_DRAWN: usize = 40;

thread_local! {
    static WORDS: Words = Words::new(Lang::Id);
}

/// Panics if a check of `data` fails.
pub fn check(data: &[u8]) {
    let parts = parts(data);
    let text = parts[0].as_str();
    toml(text);
    let _ = shell::is_incomplete(text);
    let collection = collection(text, parts.get(1).map_or(TRANSLATION, String::as_str));
    for file in &collection.courses[0].lessons {
        for span in spans_in(&file.lesson) {
            lies_in(file.source.text(), span);
        }
        planned(&file.lesson);
    }
    let findings = lint(&collection, LintContext { exists: &|_| true, pack: None, today: None, machine: &[] });
    for finding in &findings {
        let text = finding.source.text();
        lies_in(text, finding.diagnostic.span);
        assert!(apply(text, &finding.edits).is_ok(), "{:?}", finding.edits);
    }
    for finding in findings.iter().take(MOST_DRAWN) {
        draw(&finding.source, &finding.diagnostic);
    }
    for file in &collection.courses[0].lessons {
        apply_edits(file, &findings);
    }
}

/// Returns every span in `value`, in the order of the debug output of `value`.
fn spans_in(value: &impl std::fmt::Debug) -> Vec<Span> {
    let text = format!("{value:?}");
    let spans = text.split("Span { start: ").skip(1).filter_map(|rest| {
        let (start, rest) = rest.split_once(", end: ")?;
        Some(Span::new(start.parse().ok()?, rest.split_once(' ')?.0.parse().ok()?))
    });
    spans.collect()
}

/// Creates a course in memory from a lesson and its translation.
#[must_use]
pub fn collection(text: &str, translation: &str) -> Collection {
    let (course, diagnostics) = parse_course(&Source::new("course.toml", COURSE));
    let lessons = vec![lesson_file("id", text), lesson_file("en", translation)];
    let listed = |file: &LessonFile| Listed {
        lang: file.lang.clone().unwrap_or_default(),
        id: file.id.clone(),
        relative: file.relative.clone(),
    };
    let course = CourseFiles {
        root: PathBuf::new(),
        course,
        diagnostics,
        terms: Some(parse_terms(&Source::new("terms.toml", TERMS))),
        listed: lessons.iter().map(listed).collect(),
        lessons,
        pages: Vec::new(),
        whole: true,
    };
    Collection { courses: vec![course], ..Collection::default() }
}

fn lesson_file(lang: &str, text: &str) -> LessonFile {
    let relative = PathBuf::from("dasar/satu.md");
    let path = PathBuf::from(lang).join(&relative);
    let id = LessonId("satu".into());
    let source = Source::new(path.display().to_string(), text);
    let (lesson, diagnostics) = parse(&source, id.clone());
    LessonFile {
        path,
        root: None,
        relative,
        id,
        lang: Some(lang.to_owned()),
        chapter: None,
        source,
        lesson,
        diagnostics,
        chosen: true,
        named: true,
    }
}

/// Parses `text` as `course.toml` and as `terms.toml`.
fn toml(text: &str) {
    let source = Source::new("course.toml", text);
    let (_, of_course) = parse_course(&source);
    let (_, of_terms) = parse_terms(&source);
    for diagnostic in of_course.iter().chain(&of_terms).take(MOST_DRAWN) {
        lies_in(text, diagnostic.span);
        draw(&source, diagnostic);
    }
}

fn draw(source: &Source, diagnostic: &Diagnostic) {
    let drawn = WORDS.with(|words| render(source, diagnostic, words, Style { width: 100, ..Style::default() }));
    assert!(drawn.contains(diagnostic.code.0), "{drawn:?}");
    assert_eq!(sanitise(&drawn), drawn);
}

/// Applies the fixes of `findings` to `file`. Asserts that they cause no new errors.
fn apply_edits(file: &LessonFile, findings: &[LintFinding]) {
    let own = findings.iter().filter(|finding| finding.path == file.path);
    let Some((text, _)) = apply_fixes(&file.source, &file.id, own) else { return };
    let errors = |found: &[Diagnostic]| found.iter().filter(|one| one.severity == Severity::Error).count();
    let (_, after) = parse(&Source::new("uji.md", text.as_str()), file.id.clone());
    assert!(errors(&after) <= errors(&file.diagnostics), "{text}");
}

/// Asserts that the plans of a lesson refer only to parts that the lesson has.
fn planned(lesson: &Lesson) {
    for (cli_major, family) in [(20, EngineFamily::Docker), (29, EngineFamily::Containerd)] {
        let plan = plan(lesson, &Conditions { cli_major, family, abilities: vec!["compose".to_owned()] });
        for planned in &plan.steps {
            let step = &lesson.steps[planned.step];
            assert!(planned.look_first <= planned.actions.len());
            for action in &planned.actions {
                match *action {
                    Action::Write { block } => assert!(matches!(step.blocks[block], Block::File(_))),
                    Action::Judge { block } => assert!(matches!(step.blocks[block], Block::Check(_))),
                    Action::Run { block, command } => match &step.blocks[block] {
                        Block::Transcript(transcript) => assert!(command < transcript.commands.len()),
                        other => panic!("{other:?} is run"),
                    },
                }
            }
        }
    }
}
