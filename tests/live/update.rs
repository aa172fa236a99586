//! Tests which lines of a lesson count as output, and which parts of a lesson `--update` changes.

use crate::project::{Project, lesson};

fn console(text: &str) -> String {
    format!("```console\n{text}```\n\n")
}

/// Runs `--update` twice; the second run must change nothing. Returns the lesson, and what the first run printed.
#[track_caller]
fn updated(text: &str, code: i32) -> (String, String) {
    let project = Project::with(text);
    let update = || project.with_engine(["test", "--update", "--lang", "en", "lesson.md"]).run().code(code);
    let said = update().is_alone().all();
    let once = project.read("lesson.md");
    update();
    assert_eq!(project.read("lesson.md"), once, "a second update changes something");
    (once, said)
}

#[test]
fn update_keeps_the_output_of_a_failed_command() {
    let failed = console("$ echo satu\nSATU\n$ cat surat.txt\nhalo\n$ (exit 3)\n") + &console("$ echo dua\nDUA\n");
    let text = lesson(&[("a", &failed)]);
    let (once, said) = updated(&text, 1);
    assert_eq!(once, text.replace("SATU", "satu").replace("DUA", "dua"));
    assert!(said.contains("Rewritten: 2 outputs in 1 file."), "{said}");
    assert!(said.contains("Left as written: 1 output;"), "{said}");
    assert!(said.contains("leaves this output as you wrote it"), "{said}");
}

#[test]
fn update_keeps_the_output_of_a_dialogue_whose_prompt_does_not_appear() {
    let stops =
        "```console,prompt='salah> '\n$ docker run -it --rm busybox\nsalah> echo satu\nSATU\nsalah> exit\n```\n\n";
    let ends = console("$ docker run -it --rm busybox echo baru\nlama\n/ # echo satu\nsatu\n/ # exit\n");
    for dialogue in [stops.to_owned(), ends] {
        let text = lesson(&[("a", &dialogue)]);
        let (once, said) = updated(&text, 1);
        assert_eq!(once, text);
        assert!(said.contains("Left as written: 1 output;"), "{said}");
    }
}

#[test]
fn update_keeps_lines_that_look_like_comments_or_commands() {
    let text = lesson(&[("a", &console("$ echo a\nA\n# now the second one\n$ echo b\nb\n $ echo c\nc\n"))]);
    let (once, said) = updated(&text, 1);
    assert_eq!(once, text.replace("\nA\n", "\na\n"));
    assert!(said.contains("looks like a comment or a command"), "{said}");
}

#[test]
fn update_writes_a_line_below_a_table_as_printed() {
    let table = "NETWORK ID          NAME                DRIVER              SCOPE\n0e17efb29ef8        bridge              bridge              local\ne7cce6f04032        host                host                local\n";
    let sentence = "A sentence that another command prints after the table";
    let text = lesson(&[("a", &console(&format!("$ docker network ls; echo \"{sentence}\"\n{table}")))]);
    let (once, _) = updated(&text, 0);
    let added = once.replace(&text[..text.len() - 5], "");
    assert!(once.contains(&format!("none                null                local\n{sentence}\n```")), "{added}");
    let project = Project::with(&once);
    project.with_engine(["test", "lesson.md"]).run().code(0);
    project.write("lesson.md", once.replace(&format!("\n{sentence}\n"), "\nAnother sentence\n"));
    project.with_engine(["test", "lesson.md"]).run().code(1);
}

#[test]
fn blank_lines_around_an_output_are_ignored() {
    let blocks = console(
        "$ docker volume create dvol\n\ndvol\n\n$ docker volume ls\n\nDRIVER    VOLUME NAME\nlocal     dvol\n\n\n$ printf '\\n\\na\\n\\nb\\n\\n'\na\n\nb\n",
    );
    let text = lesson(&[("a", &blocks)]);
    let project = Project::with(&text);
    project.with_engine(["test", "lesson.md"]).run().code(0);
    let (once, _) = updated(&text.replace("\n\ndvol\n\n", "\n\nlama\n\n"), 0);
    assert_eq!(once, text);
    project.write("lesson.md", text.replace("a\n\nb\n`", "a\nb\n`"));
    project.with_engine(["test", "lesson.md"]).run().code(1);
}

#[test]
fn command_without_written_output_must_print_nothing_if_another_has_output() {
    let project = Project::with(&lesson(&[("a", &console("$ echo satu\n\n$ true\n"))]));
    project.with_engine(["test", "lesson.md"]).run().code(0);
    let project = Project::with(&lesson(&[("a", &console("$ echo satu\n\n$ echo dua\ndua\n"))]));
    for (lang, said) in [("en", "write `...` below it"), ("id", "tulis `...` di bawahnya")] {
        project.with_engine(["test", "--lang", lang, "lesson.md"]).run().code(1).says(&[said]);
    }
}

/// The engine's id and the order of its runtimes differ in each run. But `docker context ls` shows the same socket path
/// as on a learner's machine.
#[test]
fn output_about_a_learners_engine_also_matches_the_private_engine() {
    let engine = console(
        "$ docker info --format '{{.ID}}'\nMWMQ:UEIE:QU4V:M3DR:UXD7:QJ7S:6THT:6WZ5:XUNB:S2D4:GXMM:WXX7\n$ docker info 2>/dev/null | grep -E 'Runtimes|ID:|CPUs|Total Memory|Kernel|^ Name'\n Runtimes: runc io.containerd.runtime.v1.linux io.containerd.runc.v2\n Kernel Version: 5.10.0-8-amd64\n CPUs: 96\n Total Memory: 1.5TiB\n Name: server_rumah\n ID: MWMQ:UEIE:QU4V:M3DR:UXD7:QJ7S:6THT:6WZ5:XUNB:S2D4:GXMM:WXX7\n$ docker context ls --format '{{.Name}} {{.DockerEndpoint}}'\ndefault unix:///run/dermaga/d.sock\n$ docker context ls 2>&1 | grep -c -e unix:///var/run/docker.sock -e Warning\n1\n",
    );
    let project = Project::with(&lesson(&[("a", &engine)]));
    for _ in 0..2 {
        project.with_engine(["test", "--verbose", "lesson.md"]).run().code(0);
    }
}

/// The person's docker settings do not apply to the docker commands of a lesson.
#[test]
fn docker_settings_of_the_person_do_not_apply_to_lessons() {
    let fence = |info: &str, text: &str| format!("```{info}\n{text}```\n\n");
    let blocks = fence("console,needs=buildkit", "$ echo b\nb\n")
        + &fence("console,since=1", "$ docker context use default\ndefault\n...\n");
    let project = Project::with(&lesson(&[("a", &blocks)]));
    let run = |name: &str, value: &str| {
        let ended = project.with_engine(["test", "--yes", "--lang", "en", "lesson.md"]).env(name, value).run().code(0);
        let all = ended.all();
        assert!(
            !all.contains("skipped") && !all.contains("client ,") && !all.contains("does not tell"),
            "{name}: {all}"
        );
    };
    run("DOCKER_CONTEXT", "gone");
    run("DOCKER_TLS_VERIFY", "1");
    let config = project.write("config/config.json", "{\"currentContext\": \"gone\"}");
    run("DOCKER_CONFIG", &config.parent().expect("a folder").display().to_string());
    // The docker settings in the person's home folder do not apply either.
    let home = project.write("home/.docker/config.json", "{\"currentContext\": \"gone\"}");
    run("HOME", &home.parent().and_then(std::path::Path::parent).expect("a folder").display().to_string());
}
