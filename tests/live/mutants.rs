//! Tests `dermaga test --mutants`. The program reports checks that accept a changed command. A stricter check catches
//! the same change.

use crate::project::{Project, block};
use crate::records::Record;

/// Returns a lesson with these steps, whose engine has the image `alpine:3.20`.
fn lesson(steps: &[(&str, String)]) -> String {
    let mut text = "---\ntitle: Percobaan\nhave: [\"alpine:3.20\"]\n---\n\n# Percobaan\n".to_owned();
    for (id, blocks) in steps {
        text.push_str(&format!("\n## {id} {{#{id}}}\n\n{}\n", blocks.trim_end()));
    }
    text
}

/// Returns a fence with a command whose output is not compared, and a check.
fn step(command: &str, check: &str) -> String {
    block("console", &format!("$ {command}\n...")) + &block("check", check)
}

/// Returns a fence with a command and its output.
fn console(command: &str, output: &str) -> String {
    block("console", &format!("$ {command}\n{output}"))
}

/// Finds the event with the outcome of the changed command `typed` in step `a` of `file`. `None` means that the command
/// was left out.
fn outcome<'r>(records: &'r [Record], file: &str, typed: Option<&str>) -> &'r Record {
    let is_it = |record: &&Record| {
        record["event"] == "mutant-judged"
            && record["at"]["file"].as_str().is_some_and(|path| path.ends_with(file))
            && record["typed"].as_str() == typed
            && record["step"] == "a"
    };
    records.iter().find(is_it).unwrap_or_else(|| panic!("{file}: {typed:?} is not tried: {records:#?}"))
}

fn records(out: &str) -> Vec<Record> {
    out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// A lesson with a command, and two checks for it. The weak check accepts the changed command `typed` with the outcome
/// `weak_outcome`. The tight check catches this change.
struct Case {
    name: &'static str,
    command: &'static str,
    weak: &'static str,
    tight: &'static str,
    later: String,
    typed: &'static str,
    weak_outcome: &'static str,
}

/// Returns cases with weak checks that the built-in lessons once had. With such a check, a learner could continue after
/// a mistake.
fn cases() -> Vec<Case> {
    let create = "docker create --name kapal alpine:3.20 sleep 600";
    let created = "container: kapal\nState.Status: created";
    vec![
        Case {
            name: "program-forgotten",
            command: create,
            weak: created,
            tight: "container: kapal\nState.Status: created\nConfig.Cmd: { starts: [sleep, \"600\"] }",
            later: step("docker start kapal", "container: kapal\nState.Running: true\nstays: 2s"),
            typed: "docker create --name kapal alpine:3.20",
            weak_outcome: "survived",
        },
        Case {
            name: "other-image",
            command: create,
            weak: created,
            tight: "container: kapal\nState.Status: created\nConfig.Image: alpine:3.20",
            later: console("docker inspect --format '{{.Config.Image}}' kapal", "alpine:3.20"),
            typed: "docker create --name kapal busybox sleep 600",
            weak_outcome: "survived",
        },
        Case {
            name: "detach-forgotten",
            command: "docker run -d --init --name perahu alpine:3.20 sleep 600",
            weak: "container: perahu\nHostConfig.Init: true",
            tight: "container: perahu\nHostConfig.Init: true\nState.Running: true",
            later: step("docker stop perahu", "container: perahu\nState.ExitCode: 143"),
            typed: "docker run --init --name perahu alpine:3.20 sleep 600",
            weak_outcome: "survived",
        },
        Case {
            name: "variable-forgotten",
            command: "docker run -d --name kabar -e NAMA=Ryan alpine:3.20 sh -c 'echo \"Halo $NAMA\"; sleep 600'",
            weak: "container: kabar\nState.Running: true",
            tight: "logs: kabar\ncontains: Halo Ryan",
            later: console("docker logs kabar", "Halo Ryan"),
            typed: "docker run -d --name kabar alpine:3.20 sh -c 'echo \"Halo $NAMA\"; sleep 600'",
            weak_outcome: "survived",
        },
        Case {
            name: "version-not-asked",
            command: "docker run --rm alpine:3.20 uname -r",
            weak: "ran: docker run alpine:3.20 uname …",
            tight: "ran: docker run alpine:3.20 uname …\noutput: { matches: \"[0-9]+[.][0-9]+\" }",
            later: console("echo selesai", "selesai"),
            typed: "docker run --rm alpine:3.20 uname",
            weak_outcome: "printed-other",
        },
        Case {
            name: "killed-not-stopped",
            command: "docker stop -t 1 kapal",
            weak: "container: kapal\nState.ExitCode: 137",
            tight: "events: { type: [container], container: [kapal], event: [stop] }\ncount: 1",
            later: console(
                "sleep 2 && docker events --since 5m --until 0s --filter event=stop --format '{{.Action}}'",
                "stop",
            ),
            typed: "docker kill kapal",
            weak_outcome: "survived",
        },
    ]
}

#[test]
fn weak_checks_accept_a_changed_command_and_tight_checks_catch_it() {
    let project = Project::new();
    let cases = cases();
    for case in &cases {
        for (kind, check) in [("weak", case.weak), ("tight", case.tight)] {
            let mut step = step(case.command, check);
            if case.name == "killed-not-stopped" {
                step = block("console,hidden", "$ docker run -d --name kapal alpine:3.20 sleep 600") + &step;
            }
            let text = lesson(&[("a", step), ("b", case.later.clone())]);
            project.write(&format!("{}-{kind}.md", case.name), text);
        }
    }
    let ended = project.with_engine(["test", "--mutants", "--json", "--jobs", "2", "."]).within(600).run();
    let records = records(&ended.out);
    for case in &cases {
        let file = |kind: &str| format!("{}-{kind}.md", case.name);
        let weak = outcome(&records, &file("weak"), Some(case.typed));
        assert_eq!(weak["outcome"], case.weak_outcome, "{weak:#}\n{}", ended.err);
        if case.weak_outcome == "survived" {
            assert_eq!(weak["breaks"]["step"], "b", "{weak:#}");
        }
        let tight = outcome(&records, &file("tight"), Some(case.typed));
        assert_eq!(tight["outcome"], "caught", "{tight:#}\n{}", ended.err);
        // If the command is left out, even the weak check fails.
        assert_eq!(outcome(&records, &file("weak"), None)["outcome"], "caught");
    }
    let last = records.last().expect("a last event");
    assert_eq!((&last["event"], &last["mutants"]["unknown"]), (&"mutant-run-ended".into(), &0.into()), "{last:#}");
    ended.code(1);
}

#[test]
fn lesson_with_tight_checks_exits_with_0_and_the_report_lists_accepted_commands() {
    let project = Project::new();
    let text = lesson(&[
        ("a", step("docker create --name kapal alpine:3.20", "container: kapal\nConfig.Image: alpine:3.20")),
        ("b", console("docker ps -a -q --no-trunc --filter name=kapal", "[..]")),
        ("c", "Selesai.".to_owned()),
    ]);
    project.write("kapal.md", text);
    let ended = project.with_engine(["test", "--mutants", "--verbose", "--lang", "en", "kapal.md"]).within(120).run();
    ended.code(0).says(&[
        "✔ caught  kapal.md:11:1  docker create alpine:3.20 (an option dropped)",
        "accepted, prints something else  kapal.md:11:1  docker run --name kapal alpine:3.20 (another command)",
        "0 too weak",
    ]);
}

/// If the unchanged lesson differs, the program tries no changed commands.
#[test]
fn changed_commands_are_not_tried_if_the_unchanged_lesson_differs() {
    let project = Project::new();
    let wrong = step("docker create --name kapal alpine:3.20", "container: perahu\nState.Status: created\nwithin: 1s");
    project.write("kapal.md", lesson(&[("a", wrong)]));
    let ended = project.with_engine(["test", "--mutants", "--lang", "en", "kapal.md"]).within(120).run();
    ended.code(1).says(&["Without any change, the lesson is not met.", "not tried"]);
}

#[test]
fn mutants_option_is_refused_without_a_private_engine() {
    let project = Project::new();
    project.write("kapal.md", lesson(&[("a", console("echo satu", "satu"))]));
    let words = ["test", "--mutants", "--engine", "unix:///tidak/ada.sock", "--yes", "--lang", "en", "kapal.md"];
    project.dermaga(words).run().code(2).complains(&["--mutants", "private engine"]);
}
