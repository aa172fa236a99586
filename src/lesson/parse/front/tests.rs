use crate::lesson::{FrontMatter, LessonId, parse, parse_alone};
use crate::text::{Severity, Source};

const BODY: &str = "# Heading\n\n## Step {#step}\n\n```console\n$ true\n```\n";

/// Returns the title, the front matter and the diagnostics of a file with the front matter `front`.
fn read(front: &str, alone: bool) -> (String, FrontMatter, Vec<(&'static str, Severity)>) {
    let source = Source::new("a.md", format!("{front}{BODY}"));
    let id = LessonId("a".into());
    let (lesson, found) = if alone { parse_alone(&source, id) } else { parse(&source, id) };
    assert_eq!(lesson.transcripts().count(), 1, "{front}");
    (lesson.title, lesson.front, found.iter().map(|one| (one.code.0, one.severity)).collect())
}

#[test]
fn front_matter_of_another_tool_outside_a_course_has_no_mistakes() {
    for (front, title) in [
        ("---\nlayout: post\ntitle: Volumes\npublished: true\ntags: [docker]\n---\n", "Volumes"),
        ("---\ntitle: Volumes\ndescription: How to keep data\nkeywords: docker, volume\n---\n", "Volumes"),
        ("---\ntitle: [one, two]\nsource: { name: a }\nsize: large\nlang: [en]\nminutes: many\n---\n", "Heading"),
        ("---\nid: a\nsidebar_position: 2\ntitle: \"A: b\"\ndate: 2021-03-13\n---\n", "A: b"),
        ("---\nx: &a 1\ny: *a\nx: !t 2\ntitel: near\n---\n", "Heading"),
        ("---\n{\"title\": \"JSON\", \"a\": 1}\n---\n", "JSON"),
        ("---\n# a comment\n\nfoo-bar: x\n---\n", "Heading"),
        ("+++\ntitle = \"Hugo\"\n[params]\na = 1\n+++\n", "Hugo"),
        ("+++\nnot = [\n+++\n", "Heading"),
        ("---\n---\n", "Heading"),
    ] {
        let (read_title, front_matter, found) = read(front, true);
        assert_eq!((read_title.as_str(), found), (title, vec![]), "{front}");
        assert!(front_matter.is_read && !front_matter.span.is_empty(), "{front}");
    }
}

#[test]
fn mistake_in_a_lesson_outside_a_course_is_a_warning() {
    for (front, code) in [
        ("---\ntitle: A\nhave: hello-world\n---\n", "L044"),
        ("---\nobjectives: [a]\nminutes: many\nlayout: post\n---\n", "L044"),
        ("---\ntitle: [\n---\n", "L040"),
        ("---\ntitle: x\n\n", "L001"),
    ] {
        let (_, _, found) = read(front, true);
        assert_eq!(found, [(code, Severity::Warning)], "{front}");
    }
}

#[test]
fn text_between_two_horizontal_rules_is_no_front_matter() {
    for front in ["---\n\nSome text.\n\n---\n\n", "---\n- a\n- b\n---\n\n", "+++\nSome text.\n+++\n\n"] {
        let (_, front_matter, found) = read(front, true);
        assert!(front_matter.span.is_empty() && found.is_empty(), "{front}: {found:?}");
    }
}

#[test]
fn misspelt_key_in_a_course_is_an_error_and_unknown_key_is_a_warning() {
    for key in ["titel", "minuts", "objectivs", "require", "translate", "image"] {
        let (_, _, found) = read(&format!("---\n{key}: x\n---\n"), false);
        assert_eq!(found, [("L003", Severity::Error)], "{key}");
    }
    for key in ["layout", "date", "name", "course", "time", "type", "page", "tags", "weight", "description"] {
        let (_, _, found) = read(&format!("---\n{key}: x\n---\n"), false);
        assert_eq!(found, [("L004", Severity::Warning)], "{key}");
    }
    assert_eq!(read("+++\ntitle = \"A\"\n+++\n", false).2, [("L005", Severity::Warning)]);
    assert_eq!(read("---\nobjectives: a\n---\n", false).2, [("L044", Severity::Error)]);
}

#[test]
fn title_keeps_the_typed_characters_and_the_id_comes_from_the_printed_heading() {
    let source =
        Source::new("a.md", "# It's the --update \"option\"...\n\n## A --b of `--c`\n\n```console\n$ true\n```\n");
    let (lesson, _) = parse_alone(&source, LessonId("a".into()));
    assert_eq!(lesson.title, "It's the --update \"option\"...");
    assert_eq!((lesson.steps[0].title.as_str(), lesson.steps[0].id.0.as_str()), ("A --b of --c", "a-b-of---c"));
}
