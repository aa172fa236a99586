//! Recognizes commands that put another program in the foreground of the terminal, so that inner prompts can follow.

use crate::docker_cli::{DockerCommand, is_docker_program};
use crate::shell::{self, Item};
use crate::text::WordList;

/// Programs that read their own commands from the terminal if they are started without arguments.
const ASKING: WordList =
    WordList("python python3 ipython node irb iex mysql mariadb psql redis-cli mongo mongosh sqlite3 lua R");

/// Whether `command` opens a terminal to a container or another shell: `docker run -it`, `exec -ti`, `attach`, `su` …
#[must_use]
pub fn opens_terminal(command: &str) -> bool {
    any_in_front(command, starts_program)
}

/// Whether `command` opens a shell on the machine itself (`su -`, `sudo -i`, `bash`) or on another machine (`ssh`).
/// That shell may have any prompt.
#[must_use]
pub fn opens_shell(command: &str) -> bool {
    any_in_front(command, starts_shell)
}

/// Whether `test` is true for a simple command in `text` that reads from the terminal.
fn any_in_front(text: &str, test: fn(&[&str]) -> bool) -> bool {
    let items = shell::read(text).items;
    items.iter().enumerate().any(|(at, item)| {
        let Item::Command(command) = item else { return false };
        let before = at.checked_sub(1).and_then(|before| items.get(before));
        let is_fed =
            matches!(before, Some(Item::Operator(operator, _)) if operator.starts_with('|') && operator != "||");
        let has_file = command.redirects.iter().any(|redirect| redirect.operator.starts_with('<'));
        let words: Vec<&str> = command.words.iter().map(|word| word.text.as_str()).collect();
        !is_fed && !has_file && test(&words)
    })
}

/// Whether a command opens a terminal. `docker` also counts after another word: `time docker run -it …`.
fn starts_program(words: &[&str]) -> bool {
    (0..words.len()).any(|at| {
        let name = program(words[at]);
        if is_docker_program(name) {
            let rest = &words[at + 1..];
            return DockerCommand::parse(&words[at..]).is_some_and(|call| attaches(&call))
                || rest.first() == Some(&"unshare")
                || matches!(rest, ["machine", "ssh", ..]);
        }
        let rest = &words[at + 1..];
        stands_first(words, at) && (ASKING.has(name) || is_shell(name, rest))
            || words[..at].iter().all(|word| *word == "sudo") && asks_for_terminal(name, rest)
    })
}

/// Whether a program that is not docker opens a terminal, as far as its arguments show: `kubectl exec -it web -- sh`,
/// `minikube ssh`, `podman unshare`, `chroot /mnt`.
fn asks_for_terminal(name: &str, rest: &[&str]) -> bool {
    const VERBS: [&str; 6] = ["ssh", "unshare", "shell", "enter", "console", "attach"];
    let has = |names: [&str; 2]| rest.iter().any(|word| names.contains(word));
    let flags = has(["-it", "-ti"]) || has(["-i", "--interactive"]) && has(["-t", "--tty"]);
    let verb = rest.iter().take(3).any(|word| VERBS.contains(word));
    // For example, `rootlesskit bash` starts a shell.
    let ends_with_shell = rest.last().is_some_and(|word| is_shell_name(program(word)));
    flags || verb || ends_with_shell || matches!(name, "nsenter" | "chroot" | "unshare")
}

/// Whether a command starts a shell.
pub(super) fn starts_shell(words: &[&str]) -> bool {
    (0..words.len()).any(|at| stands_first(words, at) && is_shell(program(words[at]), &words[at + 1..]))
}

/// Whether `command` starts a program whose prompt is `> `, on the machine or in a container: `node`, `mongosh`.
pub(super) fn has_angle_prompt(command: &str) -> bool {
    const PROGRAMS: [&str; 8] = ["lua", "mongo", "mongosh", "node", "R", "r-base", "raku", "rakudo-star"];
    let name = |word: &str| word.split(':').next().is_some_and(|name| PROGRAMS.contains(&program(name)));
    opens_terminal(command) && command.split_whitespace().any(name)
}

/// Whether the word at `at` is the program of the command: the first word, or the word after `sudo` or `exec`.
fn stands_first(words: &[&str], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| matches!(words[before], "sudo" | "exec"))
}

fn program(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or_default()
}

/// Whether a typed line ends the program that reads it.
pub(super) fn ends(input: &str) -> bool {
    let mut words = input.split_whitespace();
    let word = words.next().unwrap_or_default().trim_end_matches(';');
    let words_end = ["exit", "logout", "exit()", "quit()", "quit", "\\q", ".exit", ".quit"];
    words_end.contains(&word) && words.all(|word| word.parse::<i32>().is_ok())
}

fn is_shell(name: &str, rest: &[&str]) -> bool {
    let flags = rest.iter().all(|word| word.starts_with('-') && *word != "-c");
    match name {
        name if is_shell_name(name) => flags,
        "su" => !rest.iter().any(|word| matches!(*word, "-c" | "--command") || word.starts_with("--command=")),
        "newgrp" => true,
        "sudo" => sudo(rest),
        "ssh" => ssh(rest),
        _ => false,
    }
}

fn is_shell_name(name: &str) -> bool {
    matches!(name, "sh" | "bash" | "ash" | "dash" | "zsh")
}

/// Whether `ssh` with these arguments names a machine and no command.
fn ssh(rest: &[&str]) -> bool {
    let takes_value =
        |word: &&str| word.len() == 2 && word.starts_with('-') && word.ends_with(|c| "piloLRFJ".contains(c));
    let is_value = |at: usize| at.checked_sub(1).is_some_and(|before| takes_value(&rest[before]));
    rest.iter().enumerate().filter(|(at, word)| !word.starts_with('-') && !is_value(*at)).count() == 1
}

/// Whether `sudo` with these arguments starts a shell: `sudo -i`, `sudo -u postgres -s`, `sudo -E bash`.
fn sudo(rest: &[&str]) -> bool {
    let (mut opens, mut at) = (false, 0);
    while let Some(word) = rest.get(at).filter(|word| word.starts_with('-')) {
        let short = word.strip_prefix('-').filter(|letters| !letters.starts_with('-')).unwrap_or_default();
        opens |= short.contains(['i', 's']) || matches!(*word, "--login" | "--shell");
        at += 1 + usize::from(short.ends_with(['u', 'g']) || matches!(*word, "--user" | "--group"));
    }
    match rest.get(at..).unwrap_or_default().split_first() {
        // In `sudo bash`, `starts_shell` finds the shell at the word `bash`.
        Some((name, rest)) => at > 0 && is_shell(name, rest),
        None => opens,
    }
}

/// Whether a docker command passes the learner's input into a container.
pub(super) fn attaches(call: &DockerCommand) -> bool {
    match call.name() {
        "container run" | "container exec" => call.has("interactive") && !call.has("detach"),
        "container start" => call.has("interactive"),
        "container attach" | "compose attach" => true,
        // These commands open a terminal unless an option forbids it.
        "compose run" | "compose exec" => !call.has("no-tty") && !call.has("detach"),
        _ => false,
    }
}

/// Whether a typed line may end its program with a word after the first word: `ls && exit`.
pub(super) fn ends_program(input: &str) -> bool {
    const WORDS: [&str; 10] =
        ["exit", "logout", "quit", "exec", "kill", "poweroff", "reboot", "halt", "shutdown", "SHUTDOWN"];
    let mut words = input.split(|c: char| !c.is_ascii_alphanumeric());
    !ends(input) && words.any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_opens_a_terminal_only_if_it_starts_an_interactive_program() {
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
            "kubectl exec -it web -- sh",
            "crictl exec -i -t 1a2b sh",
            "minikube ssh",
            "sudo podman unshare",
            "cloudctl ssh console --app web",
            "sudo chroot /mnt",
            "fakeroot-ng bash",
            "ssh -p 2222 root@node1 -i key",
        ] {
            assert!(opens_terminal(command), "{command}");
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
            "docker run -i alpine < notes",
            "kubectl exec web -- ls",
            "echo bash x",
            "cp -i a b",
            "ssh -p 2222 node1 ls",
            "",
        ] {
            assert!(!opens_terminal(command), "{command}");
        }
    }
}
