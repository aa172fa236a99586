//! Which commands put another program in front of the terminal, so that inner prompts can come.

/// Whether `command` opens a terminal to a container or another shell: `docker run -it`, `exec -ti`, `attach`, `su` …
pub(super) fn opens(command: &str) -> bool {
    let words: Vec<&str> = command.split_whitespace().collect();
    (0..words.len()).any(|at| {
        let rest = &words[at + 1..];
        let first =
            at == 0 || matches!(words[at - 1], "&&" | "||" | "sudo" | "then" | "do") || words[at - 1].ends_with(';');
        match words[at].rsplit('/').next().unwrap_or_default() {
            "docker" | "podman" | "nerdctl" => engine(rest),
            "docker-compose" | "podman-compose" => compose(rest),
            name => first && shell(name, rest),
        }
    })
}

/// Whether a typed line ends the program it is typed into.
pub(super) fn ends(input: &str) -> bool {
    let mut words = input.split_whitespace();
    matches!(words.next(), Some("exit" | "logout" | "exit()" | "quit()" | "quit" | "\\q" | ".exit"))
        && words.all(|word| word.parse::<i32>().is_ok())
}

fn shell(name: &str, rest: &[&str]) -> bool {
    let flags = rest.iter().all(|word| word.starts_with('-') && *word != "-c");
    match name {
        "sh" | "bash" | "ash" | "dash" | "zsh" => flags,
        "su" => !rest.contains(&"-c"),
        "sudo" => rest.first().is_some_and(|word| matches!(*word, "-i" | "-s")) && flags,
        "ssh" => rest.iter().filter(|word| !word.starts_with('-')).count() == 1,
        _ => false,
    }
}

fn engine(words: &[&str]) -> bool {
    let valued = ["-H", "--host", "-c", "--context", "--config", "-l", "--log-level"];
    let words = after_options(words, &valued);
    match words.split_first() {
        Some((&"container", rest)) => engine(rest),
        Some((&"compose", rest)) => compose(rest),
        Some((&("run" | "exec"), rest)) => interactive(rest),
        Some((&"start", rest)) => rest.iter().any(|word| *word == "--interactive" || cluster(word, "ai").contains('i')),
        Some((&"attach", _)) => true,
        _ => false,
    }
}

/// `compose run` and `exec` open a terminal unless told otherwise.
fn compose(words: &[&str]) -> bool {
    let valued = ["-f", "--file", "-p", "--project-name", "--profile", "--env-file", "--project-directory"];
    match after_options(words, &valued).split_first() {
        Some((&("run" | "exec"), rest)) => !rest.iter().take_while(|word| word.starts_with('-')).any(|word| {
            matches!(*word, "-T" | "--no-TTY" | "-d" | "--detach") || cluster(word, "Td").contains(['T', 'd'])
        }),
        _ => false,
    }
}

/// What stands after options, some of which take the next word.
fn after_options<'w, 'a>(words: &'w [&'a str], valued: &[&str]) -> &'w [&'a str] {
    let mut at = 0;
    while let Some(word) = words.get(at).filter(|word| word.starts_with('-')) {
        at += 1 + usize::from(valued.contains(word));
    }
    words.get(at..).unwrap_or_default()
}

/// Options of `run` and `exec` that take no value.
const SWITCHES: [&str; 13] = [
    "--detach",
    "--init",
    "--interactive",
    "--no-healthcheck",
    "--oom-kill-disable",
    "--privileged",
    "--publish-all",
    "--quiet",
    "--read-only",
    "--rm",
    "--sig-proxy",
    "--tty",
    "--use-api-socket",
];

/// Whether the options before the image or container hold `-i` and no `-d`.
fn interactive(words: &[&str]) -> bool {
    let (mut input, mut detached) = (false, false);
    let mut at = 0;
    while let Some(word) = words.get(at).filter(|word| word.starts_with('-')) {
        let short = cluster(word, "ditPq");
        input |= short.contains('i') || matches!(*word, "--interactive" | "--interactive=true");
        detached |= short.contains('d') || matches!(*word, "--detach" | "--detach=true");
        let alone = !short.is_empty() || SWITCHES.contains(word) || word.contains('=');
        at += if alone { 1 } else { 2 };
    }
    input && !detached
}

/// The letters of `-it`, when all of them are among `known`.
fn cluster<'a>(word: &'a str, known: &str) -> &'a str {
    match word.strip_prefix('-') {
        Some(letters) if !letters.is_empty() && letters.chars().all(|letter| known.contains(letter)) => letters,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_that_open_a_terminal() {
        for command in [
            "docker run -it alpine",
            "docker run --rm -ti --name x alpine sh",
            "docker run -p 80:80 -e A=b -i -t alpine",
            "docker container exec -it web bash",
            "sudo docker exec --interactive --tty web sh",
            "docker compose exec web sh",
            "docker -H unix:///x run -it a",
            "docker attach web",
            "docker start -ai web",
            "cd x && docker run -it a",
            "sudo -i",
            "su - postgres",
            "bash",
        ] {
            assert!(opens(command), "{command}");
        }
        for command in [
            "docker run alpine grep -i x",
            "docker run -d -it alpine",
            "docker run -dit alpine",
            "docker exec web grep -i x f",
            "docker exec -t web ls",
            "docker compose exec -T web sh",
            "docker start web",
            "sed -i s/a/b/ f",
            "grep -i docker f",
            "bash -c 'echo'",
            "echo bash",
            "",
        ] {
            assert!(!opens(command), "{command}");
        }
    }
}
