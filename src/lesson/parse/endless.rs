//! Finds commands that do not end, as far as their fences show.

use super::prompt::is_inner_prompt;
use super::terminal::{attaches, ends_program, starts_shell};
use super::transcript::stays_open;
use crate::docker_cli::DockerCommand;
use crate::image_ref::ImageRef;
use crate::lesson::{Command, Expected, ExpectedKind, Transcript};
use crate::shell::{self, Item, SimpleCommand};
use crate::text::WordList;

named_enum! {
    /// The reason why a command does not end.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Unended {
        /// A program that reads commands is left open: a shell in a container, `su -`.
        Inside = "inside",
        /// A program in the foreground runs until it is stopped: `docker stats`, `tail -f`.
        Service = "service",
        /// The command asks a question, and no line answers it.
        Question = "question",
    }
}

/// A command that does not end if it runs as the fence shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endless {
    /// The reason why the command does not end.
    pub why: Unended,
    /// Whether the command certainly does not end. If this is `false`, the end of the command depends on facts that the
    /// fence does not show.
    pub certain: bool,
}

/// Images whose default program is a shell or reads commands like a shell.
const SHELL_IMAGES: WordList = WordList(
    "alpine almalinux amazonlinux archlinux bash busybox centos debian fedora gcc golang node opensuse python \
     rockylinux ruby rust ubuntu",
);
/// Images whose default program is a server that needs no settings and runs until it is stopped.
const SERVICE_IMAGES: WordList = WordList("caddy httpd memcached nats nginx redis registry");

/// Returns the reason why `command` does not end, as far as its fence shows; `None` if the command ends.
///
/// The result is not certain for an unknown image or program in a terminal. The result is not certain for commands such
/// as `docker logs -f` either, because such a command ends together with the container that it watches.
#[must_use]
pub fn endless(transcript: &Transcript, command: &Command) -> Option<Endless> {
    let is_last = transcript.commands.last().is_some_and(|last| last.span == command.span);
    if is_last && transcript.attrs.exit.iter().any(|status| *status != 0) || fails(&command.expected) {
        return None;
    }
    let (mut typed, mut pressed) = (false, false);
    for line in &command.expected {
        match &line.kind {
            ExpectedKind::Typed { input, .. } if ends_program(input) => return None,
            ExpectedKind::Typed { .. } => typed = true,
            ExpectedKind::Key(_) => pressed = true,
            ExpectedKind::Output => {}
        }
    }
    if typed {
        let certain = Endless { why: Unended::Inside, certain: true };
        return stays_open(command, &transcript.attrs).then_some(certain);
    }
    let found = if pressed { None } else { of_text(&command.text).or_else(|| waits_at_prompt(command)) };
    found
        .filter(|found| {
            let is_shown = shows_output(&command.expected) && waits_at_prompt(command).is_none();
            found.certain || !is_shown || found.why == Unended::Service
        })
        .filter(|found| found.why != Unended::Question || !command.expected.iter().any(|line| answers(&line.text)))
}

/// Returns an uncertain result if the output ends with the prompt of a program that waits for input.
fn waits_at_prompt(command: &Command) -> Option<Endless> {
    let last = command.expected.iter().rfind(|line| !line.text.trim().is_empty())?;
    let is_prompt = is_inner_prompt(&last.text) && !matches!(last.text.trim(), "$" | "#");
    is_prompt.then_some(Endless { why: Unended::Inside, certain: false })
}

/// Whether the engine refuses the command, so that nothing runs.
fn fails(expected: &[Expected]) -> bool {
    let refusals = ["docker: ", "Error response from daemon", "Error: ", "error during connect"];
    expected.iter().any(|line| refusals.iter().any(|begin| line.text.starts_with(begin)))
}

/// Whether the fence shows output other than an elision.
fn shows_output(expected: &[Expected]) -> bool {
    expected.iter().any(|line| !matches!(line.text.trim(), "" | "..."))
}

/// Whether the line is a question with its answer: `Are you sure you want to continue? [y/N] y`.
fn answers(line: &str) -> bool {
    let question = line.to_lowercase();
    let answer = question.rsplit_once(['?', ']']).map(|(_, answer)| answer);
    answer.is_some_and(|answer| matches!(answer.trim(), "y" | "n" | "yes" | "no"))
}

/// Finds a command in `text` that does not end. Returns `None` for a text with a here-document. Ignores commands in a
/// pipe, with input from a file, or before `&`.
fn of_text(text: &str) -> Option<Endless> {
    let script = shell::read(text);
    let has_input = |redirect: &shell::Redirect| redirect.operator.starts_with("<<");
    if script.commands().any(|command| command.redirects.iter().any(has_input)) {
        return None;
    }
    let items = &script.items;
    items.iter().enumerate().find_map(|(at, item)| {
        let Item::Command(command) = item else { return None };
        let before = at.checked_sub(1).and_then(|before| items.get(before));
        let is_piped =
            |item: Option<&Item>| matches!(item, Some(Item::Operator(text, _)) if matches!(text.as_str(), "|" | "|&"));
        let after = items.get(at + 1);
        let is_apart = matches!(after, Some(Item::Operator(text, _)) if text == "&");
        if is_piped(before) || is_piped(after) || is_apart || command.reads_input() {
            return None;
        }
        match before {
            Some(Item::Keyword(word)) if matches!(word.text.as_str(), "while" | "until") => {
                of_loop(&word.text, command)
            }
            _ => of_command(command),
        }
    })
}

/// Returns a result if a loop with the condition `command` is endless: `while true`, `until false`.
fn of_loop(keyword: &str, command: &SimpleCommand) -> Option<Endless> {
    let words = texts(&command.words);
    let is_endless = matches!((keyword, words.as_slice()), ("while", ["true" | ":"]) | ("until", ["false"]));
    is_endless.then_some(Endless { why: Unended::Service, certain: true })
}

fn of_command(command: &SimpleCommand) -> Option<Endless> {
    let words = texts(&command.words);
    if starts_shell(&words) {
        return Some(Endless { why: Unended::Inside, certain: !words.contains(&"ssh") });
    }
    of_program(&texts(command.invocation().words))
}

fn texts(words: &[shell::Word]) -> Vec<&str> {
    words.iter().map(|word| word.text.as_str()).collect()
}

/// Returns the reason why a program with these arguments does not end, either on the machine or in a container.
fn of_program(words: &[&str]) -> Option<Endless> {
    let (name, rest) = words.split_first()?;
    if rest.contains(&"--help") {
        return None;
    }
    if let Some(call) = DockerCommand::parse(words) {
        return of_call(&call);
    }
    let has = |letters: &[char], long: &[&str]| rest.iter().any(|word| is_option(word, letters, long));
    let service = match name.rsplit('/').next()? {
        "python" | "python3" | "node" | "irb" | "mongosh" | "redis-cli" | "sqlite3" if rest.is_empty() => {
            return Some(Endless { why: Unended::Inside, certain: true });
        }
        "tail" => has(&['f', 'F'], &["--follow"]),
        "watch" => !has(&['g'], &["--chgexit"]),
        "sleep" => rest == ["infinity"],
        "top" | "htop" => !has(&['n', 'b'], &[]),
        "ping" => !rest.is_empty() && !has(&['c', 'w'], &[]),
        "yes" => true,
        "journalctl" => has(&['f'], &["--follow"]),
        "python" | "python3" => rest.starts_with(&["-m", "http.server"]),
        _ => false,
    };
    service.then_some(Endless { why: Unended::Service, certain: true })
}

fn is_option(word: &str, letters: &[char], long: &[&str]) -> bool {
    match word.strip_prefix('-') {
        Some(short) if !short.starts_with('-') => short.contains(letters),
        _ => long.contains(&word.split('=').next().unwrap_or(word)),
    }
}

fn of_call(call: &DockerCommand) -> Option<Endless> {
    let service = |certain| Some(Endless { why: Unended::Service, certain });
    let inside = |certain| Some(Endless { why: Unended::Inside, certain });
    let question = |certain| Some(Endless { why: Unended::Question, certain });
    let has =
        |names: &[&str]| names.iter().any(|name| call.has(name) || call.global.iter().any(|one| one.name == *name));
    let ends_up = ["detach", "wait", "no-start", "abort-on-container-exit", "exit-code-from", "dry-run"];
    match call.name() {
        "container run" => in_container(call, true),
        "container exec" => in_container(call, false),
        "compose run" | "compose exec" => attaches(call).then(|| in_container(call, false)).flatten(),
        "container attach" => inside(false),
        "container start" if has(&["interactive", "attach"]) => inside(false),
        "container logs" | "service logs" if has(&["follow"]) && !has(&["until"]) => service(false),
        "system events" if !has(&["until"]) => service(true),
        "container stats" if !has(&["no-stream"]) => service(true),
        "compose up" if !has(&ends_up) => service(false),
        "compose logs" if has(&["follow"]) => service(false),
        "compose events" | "compose watch" => service(true),
        "compose rm" if !has(&["force", "dry-run"]) => question(false),
        name if call.command.is_some() && name.ends_with(" prune") && !has(&["force", "dry-run"]) => question(true),
        _ => None,
    }
}

fn in_container(call: &DockerCommand, is_run: bool) -> Option<Endless> {
    let image = call.first()?;
    if call.has("detach") {
        return None;
    }
    let takes_input = call.has("interactive") || call.name().starts_with("compose ");
    let program: Vec<&str> = call.value("entrypoint").into_iter().chain(call.tail.iter().map(String::as_str)).collect();
    if !program.is_empty() {
        let asks = takes_input && starts_shell(&program);
        let inside = asks.then_some(Endless { why: Unended::Inside, certain: true });
        // A program that reads commands ends at once if nobody can type commands.
        return inside.or_else(|| of_program(&program).filter(|one| one.why != Unended::Inside || takes_input));
    }
    if !is_run {
        return None;
    }
    let image: Option<ImageRef> = image.parse().ok();
    let own = image.as_ref().and_then(ImageRef::official);
    if own.is_some_and(|name| SERVICE_IMAGES.has(name)) {
        return Some(Endless { why: Unended::Service, certain: true });
    }
    let shell = own.is_some_and(|name| SHELL_IMAGES.has(name));
    let known_to_end = own == Some("hello-world");
    (takes_input && !known_to_end).then_some(Endless { why: Unended::Inside, certain: shell })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{LessonId, parse};
    use crate::text::Source;

    /// Returns the result of [`endless`] for the first command of a fence.
    fn of(fence: &str) -> Option<Endless> {
        let source = Source::new("x.md", format!("## A {{#a}}\n\n```console\n{fence}\n```\n"));
        let (lesson, found) = parse(&source, LessonId("x".into()));
        assert!(found.is_empty(), "{fence}: {found:?}");
        let (_, transcript) = lesson.transcripts().next().unwrap();
        endless(transcript, &transcript.commands[0])
    }

    #[test]
    fn command_that_leaves_a_program_open_does_not_end() {
        for fence in [
            "$ docker run -it --rm busybox\n...\n/ # echo hi\nhi",
            "$ docker run -it --rm busybox\n/# exit",
            "$ docker run -it alpine:3.20",
            "$ docker run -ti --name box docker.io/library/ubuntu bash",
            "$ docker run -it --entrypoint sh nginx",
            "$ docker exec -it web sh\n...",
            "$ docker compose exec web sh",
            "$ sudo docker run -it python:3",
            "$ cd x && docker run -it debian",
            "$ su -",
            "$ sudo su - postgres",
            "$ newgrp docker",
            "$ docker exec -it db psql\npostgres=# SELECT 1;\n1",
        ] {
            assert_eq!(of(fence), Some(Endless { why: Unended::Inside, certain: true }), "{fence}");
        }
        for fence in [
            "$ docker run -it myapp",
            "$ docker attach web",
            "$ docker start -ai web\n...",
            "$ ssh node1",
            "$ ./open\nWelcome!\n/ #",
        ] {
            assert_eq!(of(fence), Some(Endless { why: Unended::Inside, certain: false }), "{fence}");
        }
    }

    #[test]
    fn command_that_runs_a_service_in_the_foreground_does_not_end() {
        for fence in [
            "$ docker events",
            "$ docker system events --filter type=image\n...",
            "$ docker stats\nCONTAINER ID   NAME",
            "$ tail -f /var/log/syslog",
            "$ watch docker ps",
            "$ sleep infinity",
            "$ docker exec web top",
            "$ docker run nginx:1.27\n...",
            "$ docker run --rm -p 80:80 nginx",
            "$ docker run --rm busybox ping example.com",
            "$ while true; do\n>   date\n> done",
        ] {
            assert_eq!(of(fence), Some(Endless { why: Unended::Service, certain: true }), "{fence}");
        }
        for fence in ["$ docker logs -f web\nready", "$ docker compose up\n...", "$ docker compose logs --follow"] {
            assert_eq!(of(fence), Some(Endless { why: Unended::Service, certain: false }), "{fence}");
        }
    }

    #[test]
    fn command_with_an_unanswered_question_does_not_end() {
        for fence in ["$ docker volume prune", "$ docker system prune -a\n...", "$ docker image prune\nWARNING!"] {
            assert_eq!(of(fence), Some(Endless { why: Unended::Question, certain: true }), "{fence}");
        }
    }

    #[test]
    fn command_that_ends_or_that_the_fence_ends_is_not_endless() {
        for fence in [
            "$ docker run -it --rm alpine echo hi\nhi",
            "$ docker run -it --rm alpine ls",
            "$ docker run -it hello-world",
            "$ docker run -it myapp\nHello!",
            "$ docker run -dit alpine",
            "$ docker run -d alpine sh -c \"date; tail -f /dev/null\"",
            "$ docker run -it alpine sh -c 'ls; top'",
            "$ docker run alpine",
            "$ docker run -i alpine cat < x",
            "$ docker run -it alpine\n/ # ls\n/ # exit",
            "$ docker run -it alpine\n/ # ls && exit",
            "$ docker run -it alpine\n/ # ls\n^P^Q",
            "$ docker run -it alpine\n^D",
            "$ docker run nginx\n...\n^C",
            "$ docker run nginx nginx -v",
            "$ docker logs -f web &",
            "$ docker logs -f web | head -1",
            "$ docker logs -f --until=2s web",
            "$ timeout 5 docker events",
            "$ docker events --until 0s",
            "$ docker stats --no-stream",
            "$ docker compose up -d",
            "$ docker volume prune -f",
            "$ docker volume prune --force",
            "$ podman volume prune --all --dry-run",
            "$ echo y | docker volume prune",
            "$ docker volume prune\nWARNING!\nAre you sure you want to continue? [y/N] y",
            "$ docker top web",
            "$ docker stats --help\n...",
            "$ docker run -p 80:80 nginx\ndocker: Error response from daemon: port is already allocated.",
            "$ docker exec web ps",
            "$ docker exec web cat /etc/motd",
            "$ top -b -n 1",
            "$ ping -c 1 localhost",
            "$ echo 'docker stats'",
            "$ echo $(docker events --until 0s)",
            "$ while ! docker ps; do sleep 1; done",
            "$ docker container ls",
            "$ docker system df",
            "$ cat > run <<EOF\ntail -f x\nEOF",
        ] {
            assert_eq!(of(fence), None, "{fence}");
        }
        let source = Source::new("x.md", "## A {#a}\n\n```console,exit=125\n$ docker run -p 80:80 nginx\n...\n```\n");
        let (lesson, _) = parse(&source, LessonId("x".into()));
        let (_, transcript) = lesson.transcripts().next().unwrap();
        assert_eq!(endless(transcript, &transcript.commands[0]), None);
    }
}
