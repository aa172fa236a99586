//! Tests that commands with harmless options print the same with and without the gateway. Also tests that the tables
//! contain every option of the docker CLI.

use std::collections::BTreeSet;
use std::process::Command;

use super::matrix::compare;
use super::options::{COMMANDS, line};
use super::support::{TestGateway, docker_on, docker_program, outcome};
use crate::support::TestEngine;

/// Commands that prepare the engine for the options of each command.
const BEFORE: [&str; 3] = [
    "network create --subnet 10.86.0.0/24 ours-net",
    "run -d --name ours --ipc shareable -v ours-data:/d busybox sleep 1000",
    "tag busybox ours:1",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn harmless_options_print_the_same_with_and_without_gateway() {
    let engine = TestEngine::start();
    let door = TestGateway::open(&engine, "options").await;
    std::fs::create_dir(door.dir().join("sub")).expect("a folder");
    for (name, text) in [("env", "A=b\n"), ("Dockerfile", "FROM busybox\nRUN true\nCOPY env /\n")] {
        std::fs::write(door.dir().join(name), text).expect("a file");
    }
    let (mut count, mut differing) = (0, Vec::new());
    for (command, choices, rest) in COMMANDS {
        let mut lines: Vec<String> = BEFORE.map(str::to_owned).into();
        for (option, _, goods) in choices {
            for good in *goods {
                let command = if command == "run" && *option != "--name" { "run --rm" } else { command };
                lines.push(line(command, option, good, rest).replace("  ", " "));
                count += 1;
                // The next command uses the same name, so the object is removed.
                match command {
                    "volume create" => lines.push(format!("volume rm {rest}")),
                    "network create" => lines.push(format!("network rm {rest}")),
                    _ => {}
                }
            }
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        differing.extend(compare(&door, command, &lines));
    }
    assert!(differing.is_empty(), "{} of {count} differ:\n{}", differing.len(), differing.join("\n\n"));
    eprintln!("{count} compared");
    assert!(count > 150, "{count}");
}

#[test]
fn tables_contain_every_option_of_the_docker_cli() {
    let mut missing = Vec::new();
    for (command, choices, _) in COMMANDS {
        let known: BTreeSet<&str> = choices.iter().map(|(option, ..)| *option).collect();
        let words: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let mut docker: Command = docker_on("/nonexistent".as_ref(), &words);
        let (help, ..) = outcome(docker.env("DOCKER_BUILDKIT", "0"));
        let options = help.lines().filter_map(|line| {
            let line = line.strip_prefix("      ").or_else(|| line.get(2..)?.split_once(", ").map(|(_, rest)| rest))?;
            line.starts_with("--").then(|| line.split_whitespace().next())?
        });
        missing.extend(options.filter(|option| !known.contains(option)).map(|option| format!("{command} {option}")));
        assert!(help.contains("--"), "{} {command} --help: {help}", docker_program());
    }
    assert_eq!(missing, Vec::<String>::new());
}
