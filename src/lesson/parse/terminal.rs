//! Which commands put another program in front of the terminal, so that inner prompts can come.

/// Programs that ask for commands of their own when they are started without any.
pub(super) const ASKING: [&str; 13] = [
    "python",
    "python3",
    "ipython",
    "node",
    "irb",
    "iex",
    "mysql",
    "mariadb",
    "psql",
    "redis-cli",
    "mongo",
    "mongosh",
    "sqlite3",
];

/// Whether `command` opens a terminal to a container or another shell: `docker run -it`, `exec -ti`, `attach`, `su` …
pub(super) fn opens(command: &str) -> bool {
    any_call(command, |name, rest| match name {
        "docker" | "podman" | "nerdctl" => engine(rest),
        "docker-compose" | "podman-compose" => compose(rest),
        name => ASKING.contains(&name) || shell(name, rest),
    })
}

/// Whether `command` opens a shell on the machine itself (`su -`, `sudo -i`, `bash`) or on another (`ssh`): then its
/// prompt is whatever that machine's is.
#[must_use]
pub fn opens_shell(command: &str) -> bool {
    any_call(command, shell)
}

/// Whether `test` holds for a program of the command's lists and the words after it. `docker` counts behind any word.
fn any_call(command: &str, test: impl Fn(&str, &[&str]) -> bool) -> bool {
    let words: Vec<&str> = command.split_whitespace().collect();
    (0..words.len()).any(|at| {
        let before = at.checked_sub(1).map(|at| words[at]);
        let first = before
            .is_none_or(|word| matches!(word, "&&" | "||" | "sudo" | "then" | "do" | "exec") || word.ends_with(';'));
        let name = words[at].rsplit('/').next().unwrap_or_default();
        let docker = matches!(name, "docker" | "podman" | "nerdctl" | "docker-compose" | "podman-compose");
        (first || docker) && test(name, &words[at + 1..])
    })
}

/// Whether a typed line ends the program it is typed into.
pub(super) fn ends(input: &str) -> bool {
    let mut words = input.split_whitespace();
    let word = words.next().unwrap_or_default().trim_end_matches(';');
    let words_end = ["exit", "logout", "exit()", "quit()", "quit", "\\q", ".exit", ".quit"];
    words_end.contains(&word) && words.all(|word| word.parse::<i32>().is_ok())
}

fn shell(name: &str, rest: &[&str]) -> bool {
    let flags = rest.iter().all(|word| word.starts_with('-') && *word != "-c");
    match name {
        "sh" | "bash" | "ash" | "dash" | "zsh" => flags,
        "su" => !rest.iter().any(|word| matches!(*word, "-c" | "--command") || word.starts_with("--command=")),
        "newgrp" => true,
        "sudo" => sudo(rest),
        "ssh" => rest.iter().filter(|word| !word.starts_with('-')).count() == 1,
        _ => false,
    }
}

/// `sudo -i`, `sudo -u postgres -s`, `sudo -E bash`
fn sudo(rest: &[&str]) -> bool {
    let (mut opens, mut at) = (false, 0);
    while let Some(word) = rest.get(at).filter(|word| word.starts_with('-')) {
        let short = word.strip_prefix('-').filter(|letters| !letters.starts_with('-')).unwrap_or_default();
        opens |= short.contains(['i', 's']) || matches!(*word, "--login" | "--shell");
        at += 1 + usize::from(short.ends_with(['u', 'g']) || matches!(*word, "--user" | "--group"));
    }
    match rest.get(at..).unwrap_or_default().split_first() {
        // `sudo bash` is seen at `bash`.
        Some((name, rest)) => at > 0 && shell(name, rest),
        None => opens,
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
pub(super) fn after_options<'w, 'a>(words: &'w [&'a str], valued: &[&str]) -> &'w [&'a str] {
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

/// What `run` and `exec` are told.
pub(super) struct Container<'a> {
    /// What is typed goes into it.
    pub(super) input: bool,
    pub(super) detached: bool,
    pub(super) entrypoint: Option<&'a str>,
    /// The image or container, and the program with its arguments.
    pub(super) rest: &'a [&'a str],
}

/// Reads the options before the image or container.
pub(super) fn container<'a>(words: &'a [&'a str]) -> Container<'a> {
    let mut container = Container { input: false, detached: false, entrypoint: None, rest: &[] };
    let mut at = 0;
    while let Some(word) = words.get(at).filter(|word| word.starts_with('-')) {
        let short = cluster(word, "ditPq");
        container.input |= short.contains('i') || matches!(*word, "--interactive" | "--interactive=true");
        container.detached |= short.contains('d') || matches!(*word, "--detach" | "--detach=true");
        if *word == "--entrypoint" {
            container.entrypoint = words.get(at + 1).copied();
        }
        container.entrypoint = word.strip_prefix("--entrypoint=").or(container.entrypoint);
        let alone = !short.is_empty() || SWITCHES.contains(word) || word.contains('=');
        at += if alone { 1 } else { 2 };
    }
    container.rest = words.get(at..).unwrap_or_default();
    container
}

/// Whether the options before the image or container hold `-i` and no `-d`.
fn interactive(words: &[&str]) -> bool {
    let container = container(words);
    container.input && !container.detached
}

/// Whether these words after `docker compose` open a terminal.
pub(super) fn is_interactive(words: &[&str]) -> bool {
    compose(words)
}

/// Whether a typed line that does not end its program by its first word may do so by another: `ls && exit`.
pub(super) fn ends_program(input: &str) -> bool {
    const WORDS: [&str; 10] =
        ["exit", "logout", "quit", "exec", "kill", "poweroff", "reboot", "halt", "shutdown", "SHUTDOWN"];
    let mut words = input.split(|c: char| !c.is_ascii_alphanumeric());
    !ends(input) && words.any(|word| WORDS.contains(&word))
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
            "sudo su -",
            "sudo -u postgres -i",
            "sudo -iu postgres",
            "sudo -E bash",
            "newgrp docker",
            "ssh node1",
            "python3",
            "psql -U postgres",
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
            "sudo -u postgres bash -c 'ls'",
            "sudo -u postgres ls",
            "sudo apt-get install -s x",
            "su - postgres -c psql",
            "docker rmi bash",
            "ssh node1 docker ps",
            "echo bash",
            "",
        ] {
            assert!(!opens(command), "{command}");
        }
    }
}
