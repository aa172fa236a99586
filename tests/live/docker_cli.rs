//! Checks that the program's table of docker commands contains every command and option of this machine's docker CLI.

use std::process::Command;

use dermaga::docker_cli::{CommandSpec, command_names, find_command, subcommands};

/// Returns the help of a command.
fn help(command: &str) -> String {
    let mut docker = Command::new("docker");
    let output = docker.args(command.split_whitespace()).arg("--help").output().expect("docker is installed");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The number of spaces before an option without a short form. A line with more spaces continues the explanation of the
/// previous option.
const DEEPEST: usize = 6;

/// Returns the entries of those sections of `help` whose title ends with `title`.
fn entries<'t>(help: &'t str, title: &str) -> Vec<&'t str> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in help.lines() {
        if !line.starts_with(' ') && !line.is_empty() {
            inside = line.trim_end_matches(':').ends_with(title) && line.ends_with(':');
        } else if inside && (2..=DEEPEST).contains(&(line.len() - line.trim_start().len())) {
            found.push(line.trim_start());
        }
    }
    found
}

/// Parses a line such as `-p, --publish list   Publish …`. Returns the option's short form, its name, and whether it
/// takes a value.
fn option(entry: &str) -> Option<(Option<char>, &str, bool)> {
    let (letter, rest) = match entry.strip_prefix('-')?.split_once(", --") {
        Some((letter, rest)) if letter.len() == 1 => (letter.chars().next(), rest),
        _ => (None, entry.strip_prefix("--")?),
    };
    let name = rest.split_whitespace().next()?;
    // One space precedes the type of the option's value. Several spaces precede the explanation.
    let takes_value =
        rest[name.len()..].strip_prefix(' ').is_some_and(|more| !more.starts_with(' ') && !more.is_empty());
    Some((letter, name, takes_value))
}

fn hold(spec: &CommandSpec, help: &str, wrong: &mut Vec<String>) -> usize {
    let mut options = 0;
    for (letter, name, takes_value) in entries(help, "Options").into_iter().filter_map(option) {
        options += 1;
        match spec.option(name) {
            Some(known) if (known.short, known.takes_value) == (letter, takes_value) => {}
            known => wrong.push(format!("{}: --{name} {letter:?} {takes_value}, in the table {known:?}", spec.name)),
        }
    }
    options
}

#[test]
fn every_command_and_option_of_the_installed_cli_is_in_the_table() {
    let (mut wrong, mut options) = (Vec::new(), 0);
    let mut left: Vec<String> = vec![String::new()];
    while let Some(name) = left.pop() {
        let help = help(&name);
        if let Some(spec) = find_command(if name.is_empty() { "docker" } else { &name }) {
            options += hold(spec, &help, &mut wrong);
        }
        for entry in entries(&help, "Commands") {
            let word = entry.split_whitespace().next().unwrap_or_default().trim_end_matches('*');
            let known = if name.is_empty() {
                command_names().any(|known| known == word)
            } else {
                // `trust key` and `trust signer` accept any word.
                subcommands(&name).any(|known| known == word) || find_command(&name).is_some()
            };
            if !known {
                wrong.push(format!("docker {name} {word}"));
            }
            left.push(format!("{name} {word}").trim().to_owned());
        }
    }
    assert!(wrong.is_empty(), "not as `--help` says:\n{}", wrong.join("\n"));
    assert!(options > 300, "only {options} options were read");
}
