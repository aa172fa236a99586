//! Tests `dermaga test --record` and `dermaga record`. Also tests how `dermaga test` compares a run with a recording.

use crate::project::{Project, block, lesson};
use crate::records::{records, verdict_of};

const COURSE: &str = "title = { id = \"Uji\" }\nlanguages = [\"id\"]\n\n[[group]]\nid = \"dasar\"\ntitle = { id = \"Dasar\" }\n\
                      lessons = [\"uji\"]\n";
const CAST: &str = "records/uji.cast";

/// Creates a course with one lesson. The lesson prints paths of the machine, fixed text, and lines that differ in each
/// run.
fn course() -> Project {
    let project = Project::new();
    let console = |text: &str| block("console", text);
    let places = console("$ docker context ls; pwd; ls -d $PWD\n...");
    let fixed = console("$ docker pull -q busybox:1.35\ndocker.io/library/busybox:1.35")
        + &console("$ docker run --rm busybox:1.35 echo halo\nhalo");
    let open = console("$ seq $((RANDOM % 50 + 3)); date +%N; echo akhir\n1\n...\nakhir");
    project.write("course.toml", COURSE);
    project.write("id/dasar/uji.md", lesson(&[("a", &places), ("b", &fixed), ("c", &open)]));
    project
}

#[test]
fn recording_contains_no_path_of_the_machine_and_is_compared_with_later_runs() {
    let project = course();
    project.with_engine(["test", "--record", "."]).run().code(0).is_alone();
    let cast = project.read(CAST);
    let proofs: serde_json::Value = serde_json::from_str(&project.read("records/proofs.json")).expect("JSON");
    assert!(proofs.to_string().contains("\"uji\""), "{proofs}");
    assert!(cast.contains("docker run --rm busybox:1.35 echo halo"), "{cast}");
    // The recording contains no path of this machine.
    let root = project.root().display().to_string();
    for place in [root.as_str(), "d.sock", "/tmp", env!("CARGO_MANIFEST_DIR"), "dermaga-0"] {
        assert!(!cast.contains(place) && !proofs.to_string().contains(place), "{place}: {cast}");
    }
    assert!(cast.contains("unix:///var/run/docker.sock") && cast.contains("/home/dermaga"), "{cast}");

    // Lines that the lesson elides differ in each run, so `dermaga test` does not compare them with the recording.
    for _ in 0..2 {
        project.with_engine(["test", "."]).run().code(0);
    }
    let changed = cast.replace("\"halo\\r\\n\"", "\"hola\\r\\n\"");
    assert_ne!(changed, cast);
    project.write(CAST, &changed);
    let ended = project.with_engine(["test", "--json", "."]).run().code(1);
    let found = records(&ended.out);
    let differs: Vec<&str> = found
        .iter()
        .filter(|record| record["event"] == "command-ended" && verdict_of(record) == "differs")
        .filter_map(|record| record["command"].as_str())
        .collect();
    assert_eq!(differs, ["docker run --rm busybox:1.35 echo halo"]);
    for (lang, words) in [("id", ["rekaman", "- halo", "+ hola", "→"]), ("en", ["recording", "- halo", "+ hola", "→"])]
    {
        project.with_engine(["test", "--lang", lang, "."]).run().code(1).says(&words).is_clean();
    }

    // `rekam` is the Indonesian name of `record`. The report above suggests to record again.
    project.with_engine(["rekam", "."]).run().code(0).is_alone();
    assert!(!project.read(CAST).contains("hola"));
    project.with_engine(["test", "."]).run().code(0);

    // If the lesson differs, `record` keeps the old recording.
    let cast = project.read(CAST);
    project.write("id/dasar/uji.md", project.read("id/dasar/uji.md").replace("\nhalo\n", "\nhalo semua\n"));
    project.with_engine(["record", "."]).run().code(1);
    assert_eq!(project.read(CAST), cast);
    // If the program cannot read the recording, `test` still runs the lesson.
    project.write("id/dasar/uji.md", project.read("id/dasar/uji.md").replace("\nhalo semua\n", "\nhalo\n"));
    project.write(CAST, "[]\n");
    project.with_engine(["test", "."]).run().code(0);
}

#[test]
fn recording_of_a_lesson_outside_a_course_is_in_the_lessons_folder() {
    let project = Project::with(&lesson(&[("a", &block("console", "$ echo halo\nhalo"))]));
    project.with_engine(["record", "lesson.md"]).run().code(0);
    assert!(project.read("lesson.cast").contains("halo\\r\\n"));
    project.with_engine(["test", "lesson.md"]).run().code(0);
}
