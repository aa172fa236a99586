//! What was typed, read as far as needed: the simple commands of a line, and the docker calls among them.

use super::vocabulary::{COMMANDS, GROUPS, flags};

/// Longer lines are no learner's.
const LONGEST: usize = 20_000;

/// One call of the docker CLI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    /// `run`, `network create`, `compose up`; `container run` and the like are `run`. Empty without any.
    pub(super) verb: String,
    /// What follows it.
    pub(super) args: Vec<String>,
}

impl Call {
    /// The value of a flag, by its long name.
    pub(super) fn value(&self, long: &str) -> Option<&str> {
        self.walk().0.into_iter().find(|(name, _)| *name == long).and_then(|(_, value)| value)
    }

    /// Whether a flag is given.
    pub(super) fn has(&self, long: &str) -> bool {
        self.walk().0.iter().any(|(name, value)| *name == long && *value != Some("false"))
    }

    /// What is no flag: for `run` the image and its command, whose own flags are among them.
    pub(super) fn operands(&self) -> &[String] {
        &self.args[self.walk().1..]
    }

    /// All flags by their long names, with their values.
    pub(super) fn flags(&self) -> Vec<(&str, Option<&str>)> {
        self.walk().0
    }

    /// A flag of this command as people type it: by its letter, where it has one.
    pub(super) fn short(&self, long: &str) -> String {
        let letter = flags(&self.verb).find(|flag| flag.long == long).and_then(|flag| flag.short);
        letter.map_or_else(|| format!("--{long}"), |letter| format!("-{letter}"))
    }

    /// Flags with their values, and where the operands begin.
    fn walk(&self) -> (Vec<(&str, Option<&str>)>, usize) {
        let known: Vec<_> = flags(&self.verb).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(word) = self.args.get(at) {
            if word == "--" {
                return (found, at + 1);
            }
            let next = self.args.get(at + 1).map(String::as_str);
            if let Some(long) = word.strip_prefix("--") {
                let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
                let valued = known.iter().any(|flag| flag.long == name && flag.valued);
                let taken = value.is_none() && valued;
                found.push((name, if taken { next } else { value }));
                at += 1 + usize::from(taken);
            } else if let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) {
                at += 1;
                for (index, letter) in letters.char_indices() {
                    let short = &letters[index..index + letter.len_utf8()];
                    let Some(flag) = known.iter().find(|flag| flag.short == Some(short)) else { break };
                    if !flag.valued {
                        found.push((flag.long, None));
                        continue;
                    }
                    let rest = letters[index + 1..].trim_start_matches('=');
                    found.push((flag.long, if rest.is_empty() { next } else { Some(rest) }));
                    at += usize::from(rest.is_empty());
                    break;
                }
            } else {
                return (found, at);
            }
        }
        (found, self.args.len())
    }
}

/// The docker calls of a command line, in their order.
pub(super) fn calls(line: &str) -> Vec<Call> {
    simple(line).iter().filter_map(|words| call(words)).collect()
}

/// How `sudo` runs the docker calls of a command line, if it runs one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sudo {
    /// With the caller's `DOCKER_HOST`.
    Here,
    /// Without it: `sudo` drops the environment.
    Elsewhere,
}

/// Whether `sudo` runs a docker call of a command line, and with what environment.
pub(super) fn sudo(line: &str) -> Option<Sudo> {
    simple(line).iter().filter(|words| call(words).is_some()).find_map(|words| unwrapped(words).0)
}

/// Options of `sudo` whose value is the next word.
const SUDO_VALUED: [&str; 16] = [
    "-u", "--user", "-g", "--group", "-h", "--host", "-p", "--prompt", "-C", "-D", "--chdir", "-R", "-r", "-t", "-T",
    "-U",
];

/// A simple command without variables and programs that run another one; and whether `sudo` is among them.
fn unwrapped(words: &[String]) -> (Option<Sudo>, &[String]) {
    let mut sudo = None;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let name = word.rsplit('/').next().unwrap_or_default();
        if name == "sudo" {
            sudo = Some(Sudo::Elsewhere);
            at += 1;
            while let Some(option) = words.get(at).filter(|word| word.starts_with('-')) {
                let keeps = option == "-E" || option.starts_with("--preserve-env");
                sudo = if keeps { Some(Sudo::Here) } else { sudo };
                at += if SUDO_VALUED.contains(&option.as_str()) { 2 } else { 1 };
            }
            continue;
        }
        let assigned = word
            .split_once('=')
            .map(|(name, _)| name)
            .filter(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
        if assigned == Some("DOCKER_HOST") && sudo.is_some() {
            sudo = Some(Sudo::Here);
        }
        let runs_another =
            ["time", "exec", "command", "env", "!", "nohup", "do", "then", "if", "while"].contains(&word.as_str());
        if assigned.is_none() && !runs_another {
            break;
        }
        at += 1;
    }
    (sudo, words.get(at..).unwrap_or_default())
}

fn call(words: &[String]) -> Option<Call> {
    let mut words = unwrapped(words).1.iter().map(String::as_str).peekable();
    let program = words.next()?;
    if !matches!(program.rsplit('/').next()?, "docker" | "podman") {
        return None;
    }
    // The CLI's own options.
    while let Some(word) = words.peek().filter(|word| word.starts_with('-')) {
        let valued = matches!(*word, "-H" | "--host" | "-c" | "--context" | "--config" | "-l" | "--log-level");
        words.next();
        if valued {
            words.next();
        }
    }
    let mut verb = words.next().unwrap_or_default().to_owned();
    let group = GROUPS.iter().find(|(name, _)| *name == verb);
    if (group.is_some() || matches!(verb.as_str(), "compose" | "buildx"))
        && let Some(second) = words.next_if(|second| !second.starts_with('-'))
    {
        verb = format!("{verb} {second}");
    }
    let args = words.map(str::to_owned).collect();
    Some(Call { verb: short(verb), args })
}

/// `container run` as `run`, `image rm` as `rmi`.
fn short(verb: String) -> String {
    match verb.as_str() {
        "image ls" | "image list" => "images".to_owned(),
        "image rm" | "image remove" => "rmi".to_owned(),
        "container ls" | "container list" | "container ps" => "ps".to_owned(),
        "container remove" => "rm".to_owned(),
        "builder build" | "buildx build" => "build".to_owned(),
        "system info" => "info".to_owned(),
        "system events" => "events".to_owned(),
        _ => match verb.split_once(' ') {
            Some(("container" | "image", second))
                if second != "prune" && COMMANDS.split_whitespace().any(|known| known == second) =>
            {
                second.to_owned()
            }
            _ => verb,
        },
    }
}

/// The simple commands of a line as words, without quotes; expansions stay as they are written.
pub(super) fn simple(line: &str) -> Vec<Vec<String>> {
    let mut reader = Reader::default();
    let mut chars = line.chars().take(LONGEST).peekable();
    let mut quote = None;
    while let Some(char) = chars.next() {
        match (quote, char) {
            (None, '\\') => match chars.next() {
                Some('\n') | None => {}
                Some(next) => reader.push(next),
            },
            (Some('"'), '\\') => match chars.peek() {
                Some('"' | '\\' | '$' | '`') => reader.push(chars.next().unwrap_or_default()),
                Some('\n') => drop(chars.next()),
                _ => reader.push('\\'),
            },
            (Some(open), _) if open == char => quote = None,
            (Some(_), _) => reader.push(char),
            (None, '\'' | '"') => {
                quote = Some(char);
                reader.begin();
            }
            (None, '#') if reader.word.is_none() => while chars.next_if(|&next| next != '\n').is_some() {},
            (None, ' ' | '\t' | '\r') => reader.end_word(),
            // `2>&1` and `&>` are no ends.
            (None, '&') if reader.word.as_deref().is_some_and(|word| word.ends_with('>')) => reader.push('&'),
            (None, '&') if chars.peek() == Some(&'>') => reader.push('&'),
            (None, '\n' | ';' | '|' | '(' | ')' | '&') => reader.end_command(),
            (None, char) => reader.push(char),
        }
    }
    reader.end_command();
    reader.commands
}

#[derive(Default)]
struct Reader {
    commands: Vec<Vec<String>>,
    words: Vec<String>,
    word: Option<String>,
}

impl Reader {
    fn begin(&mut self) {
        self.word.get_or_insert_default();
    }

    fn push(&mut self, char: char) {
        self.word.get_or_insert_default().push(char);
    }

    fn end_word(&mut self) {
        self.words.extend(self.word.take());
    }

    fn end_command(&mut self) {
        self.end_word();
        if !self.words.is_empty() {
            self.commands.push(std::mem::take(&mut self.words));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Call {
        calls(line).into_iter().next().unwrap_or_else(|| panic!("no call: {line}"))
    }

    #[test]
    fn calls_are_found_where_they_stand() {
        let verbs = |line| calls(line).into_iter().map(|call| call.verb).collect::<Vec<_>>();
        assert_eq!(verbs("docker ps"), ["ps"]);
        assert_eq!(verbs("cd x && sudo docker -H unix:///x container run a; docker image rm b | cat"), ["run", "rmi"]);
        assert_eq!(verbs("A=1 DOCKER_HOST=x docker network rm toko"), ["network rm"]);
        assert_eq!(verbs("docker compose up -d"), ["compose up"]);
        assert_eq!(verbs("docker image prune -f"), ["image prune"]);
        assert_eq!(verbs("echo docker ps # docker ps\n./docker.sh 'docker ps'"), Vec::<String>::new());
        assert_eq!(verbs("docker"), [""]);
    }

    #[test]
    fn sudo_is_seen_however_it_is_typed() {
        for line in
            ["sudo docker ps", "/usr/bin/sudo docker ps", "cd x && sudo -u root -n docker ps", "A=1 sudo -- docker ps"]
        {
            assert_eq!((sudo(line), calls(line).len()), (Some(Sudo::Elsewhere), 1), "{line}");
        }
        for line in
            ["sudo -E docker ps", "sudo --preserve-env=DOCKER_HOST docker ps", "sudo DOCKER_HOST=unix:///x docker ps"]
        {
            assert_eq!((sudo(line), calls(line).len()), (Some(Sudo::Here), 1), "{line}");
        }
        for line in ["docker ps", "sudo apt-get install docker.io", "echo sudo docker ps", "sudo", "sudo -u"] {
            assert_eq!(sudo(line), None, "{line}");
        }
    }

    #[test]
    fn flags_are_told_from_operands() {
        let run = one(r#"docker run -dp 8080:80 --name=web --rm -v "$(pwd)/a b":/x -e A=1 nginx:alpine nginx -g off"#);
        assert_eq!(run.operands(), ["nginx:alpine", "nginx", "-g", "off"]);
        assert_eq!(
            (run.value("name"), run.value("publish"), run.value("volume")),
            (Some("web"), Some("8080:80"), Some("$(pwd)/a b:/x"))
        );
        assert!(run.has("detach") && run.has("rm") && !run.has("tty"));
        assert_eq!(one("docker run -p8080:80 nginx").value("publish"), Some("8080:80"));
        assert_eq!(one("docker exec -it web sh -c 'a; b'").operands(), ["web", "sh", "-c", "a; b"]);
        assert_eq!(one("docker run -d \\\n  nginx 2>&1").operands(), ["nginx", "2>&1"]);
        assert_eq!(one("docker run –name web busybox").operands()[0], "–name");
    }

    #[test]
    fn nothing_breaks_the_reader() {
        for line in ["", "'", "\"\\", "docker run -", "docker run -é=", "docker -H", "&>&", "docker run --", "docker\\"]
        {
            let _ = calls(line);
        }
    }
}
