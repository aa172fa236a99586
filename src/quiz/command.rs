//! Commands compared as commands: white space, quotes, the long and the short form of an option, and Docker's old and
//! new names of the same verb make no difference.

use crate::lesson::shell;

/// What stands for something left out.
pub(super) const GAP: &str = "____";

/// Whether both would do the same.
pub(super) fn equal(one: &str, other: &str) -> bool {
    if one.trim() == other.trim() {
        return true;
    }
    // What our reader does not understand is compared as it is written.
    if shell::unfinished(one) || shell::unfinished(other) {
        return false;
    }
    canonical(one) == canonical(other)
}

/// So many words at the beginning are the same, as they are written.
pub(super) fn agree(one: &str, other: &str) -> usize {
    words(one).iter().zip(&words(other)).take_while(|(one, other)| one == other).count()
}

/// Whether `typed` looks like the whole command rather than like what fills the gap.
pub(super) fn begins_like(typed: &str, gapped: &str) -> bool {
    let first = |text: &str| text.split_whitespace().next().map(str::to_owned);
    first(gapped).is_some_and(|word| word != GAP && first(typed).as_ref() == Some(&word))
}

/// The command with `typed` in its one gap; with several gaps `typed` must hold as many parts, between commas.
pub(super) fn fill(gapped: &str, typed: &str) -> Option<String> {
    let parts: Vec<&str> = gapped.split(GAP).map(|part| part.trim_matches('_')).collect();
    let gaps = parts.len().checked_sub(1).filter(|&gaps| gaps > 0)?;
    let fillings: Vec<&str> = if gaps == 1 { vec![typed] } else { typed.split(',').map(str::trim).collect() };
    if fillings.len() != gaps {
        return None;
    }
    let mut whole = String::new();
    for (index, part) in parts.iter().enumerate() {
        whole.push_str(part);
        whole.push_str(fillings.get(index).copied().unwrap_or_default());
    }
    Some(whole)
}

/// How what fills the first gap begins: its first word without the last letters, where the solution is otherwise written
/// as the gapped command is.
pub(super) fn begin(gapped: &str, solution: &str) -> Option<String> {
    let (before, after) = gapped.trim().split_once(GAP)?;
    let rest = solution.trim().strip_prefix(before)?;
    let after = after.trim_start_matches('_').split(GAP).next().unwrap_or_default();
    let filling = if after.is_empty() { rest } else { &rest[..rest.find(after)?] };
    let word = filling.split_whitespace().next()?;
    let shown = word.chars().count().div_ceil(3);
    Some(word.chars().take(shown).collect())
}

/// Its words, without quotes, in Docker's present names and with one spelling of each option.
fn canonical(command: &str) -> Vec<String> {
    let mut out = Vec::new();
    for part in split_at_operators(words(command)) {
        out.extend(if part.first().is_some_and(|word| word == "docker") { docker(part) } else { part });
    }
    out
}

/// Operators stand alone; what is between them is a command.
fn split_at_operators(words: Vec<String>) -> Vec<Vec<String>> {
    let mut parts: Vec<Vec<String>> = vec![Vec::new()];
    for word in words {
        if OPERATORS.contains(&word.as_str()) {
            parts.push(vec![word]);
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(word);
        }
    }
    parts
}

const OPERATORS: [&str; 11] = ["|", "||", "&&", "&", ";", ">", ">>", "<", "(", ")", "\n"];

/// Words as bash cuts them; a `$` or a backquote that single quotes protect is marked as such.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut chars = command.trim().chars().peekable();
    while let Some(char) = chars.next() {
        match (quote, char) {
            (Some(open), char) if char == open => quote = None,
            (Some('\''), '$' | '`') => push(&mut word, &['\\', char]),
            (Some('\''), char) => push(&mut word, &[char]),
            (_, '\\') => match chars.next() {
                Some('\n') => {}
                Some(next @ ('$' | '`')) => push(&mut word, &['\\', next]),
                Some(next) if quote == Some('"') && !matches!(next, '"' | '\\') => push(&mut word, &['\\', next]),
                Some(next) => push(&mut word, &[next]),
                None => push(&mut word, &['\\']),
            },
            (None, '\'' | '"') => {
                quote = Some(char);
                word.get_or_insert_default();
            }
            (None, '\n') => {
                words.extend(word.take());
                words.push("\n".to_owned());
            }
            (None, char) if char.is_whitespace() => words.extend(word.take()),
            (None, '|' | '&' | ';' | '>' | '<' | '(' | ')') if !word.as_deref().is_some_and(|w| w.ends_with('$')) => {
                words.extend(word.take());
                let doubled = matches!(char, '|' | '&' | '>') && chars.next_if_eq(&char).is_some();
                words.push(if doubled { format!("{char}{char}") } else { char.to_string() });
            }
            (_, char) => push(&mut word, &[char]),
        }
    }
    words.extend(word);
    words
}

fn push(word: &mut Option<String>, chars: &[char]) {
    word.get_or_insert_default().extend(chars);
}

/// Verbs of `docker container`, which `docker` alone takes too.
const OF_CONTAINER: [&str; 22] = [
    "attach", "commit", "cp", "create", "diff", "exec", "export", "kill", "logs", "pause", "port", "rename", "restart",
    "rm", "run", "start", "stats", "stop", "top", "unpause", "update", "wait",
];
/// Verbs of `docker image`, which `docker` alone takes too.
const OF_IMAGE: [&str; 8] = ["build", "history", "import", "load", "pull", "push", "save", "tag"];

/// `docker ps` → `docker container ls`, options with one spelling and before what they are not about.
fn docker(words: Vec<String>) -> Vec<String> {
    let mut rest = words.into_iter().skip(1).peekable();
    let Some(verb) = rest.next() else { return vec!["docker".to_owned()] };
    let mut named: Vec<String> = vec!["docker".to_owned()];
    let verb = match verb.as_str() {
        "ps" => ["container", "ls"].map(str::to_owned).to_vec(),
        "images" => ["image", "ls"].map(str::to_owned).to_vec(),
        "rmi" => ["image", "rm"].map(str::to_owned).to_vec(),
        single if OF_CONTAINER.contains(&single) => vec!["container".to_owned(), verb],
        single if OF_IMAGE.contains(&single) => vec!["image".to_owned(), verb],
        "container" | "image" | "volume" | "network" | "system" | "builder" | "context" => {
            let action = rest.next().map(|action| match (verb.as_str(), action.as_str()) {
                (_, "list") | ("container", "ps") => "ls".to_owned(),
                ("image" | "container" | "volume" | "network", "remove") => "rm".to_owned(),
                _ => action,
            });
            std::iter::once(verb).chain(action).collect()
        }
        _ => vec![verb],
    };
    let action = verb.last().cloned().unwrap_or_default();
    named.extend(verb);
    let (options, others) = options(rest.collect(), &action);
    named.extend(options.into_iter().map(|words| words.join(" ")));
    named.extend(others);
    named
}

/// Long names of options that have a short one, for the verbs of lessons.
const SHORT: [(&str, &str); 19] = [
    ("--detach", "-d"),
    ("--interactive", "-i"),
    ("--tty", "-t"),
    ("--publish", "-p"),
    ("--publish-all", "-P"),
    ("--env", "-e"),
    ("--volume", "-v"),
    ("--workdir", "-w"),
    ("--user", "-u"),
    ("--memory", "-m"),
    ("--all", "-a"),
    ("--quiet", "-q"),
    ("--force", "-f"),
    ("--follow", "-f"),
    ("--filter", "-f"),
    ("--tail", "-n"),
    ("--time", "-t"),
    ("--timestamps", "-t"),
    ("--tag", "-t"),
];

/// Options without a value, of the verb.
fn is_switch(option: &str, verb: &str) -> bool {
    const LONG: [&str; 9] = [
        "--rm",
        "--init",
        "--privileged",
        "--read-only",
        "--no-trunc",
        "--no-cache",
        "--digests",
        "--latest",
        "--size",
    ];
    let short = match verb {
        "run" | "create" => "ditP",
        "exec" => "dit",
        "start" => "ai",
        "ls" => "aqls",
        "logs" => "ft",
        "rm" | "prune" => "fvla",
        "build" => "q",
        _ => "aq",
    };
    LONG.contains(&option) || option.strip_prefix('-').is_some_and(|letter| letter.len() == 1 && short.contains(letter))
}

/// The options with their values, sorted, and everything else in its order.
fn options(words: Vec<String>, verb: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let mut options: Vec<Vec<String>> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    // What comes after the image of `run`, or the container of `exec`, is another program's.
    let theirs = matches!(verb, "run" | "create" | "exec");
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        if (theirs && !others.is_empty()) || !word.starts_with('-') || word == "-" {
            others.push(word);
            continue;
        }
        let (name, value) = match word.split_once('=').filter(|_| word.starts_with("--")) {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (word, None),
        };
        let short = SHORT.iter().find(|(long, _)| *long == name && fits(long, verb)).map(|(_, short)| *short);
        let name = short.map_or(name, str::to_owned);
        // `-it` is `-i -t`; `-p8080:80` is `-p 8080:80`.
        let letters: Vec<String> = if name.starts_with("--") {
            Vec::new()
        } else {
            name.chars().skip(1).map(|letter| format!("-{letter}")).collect()
        };
        if letters.len() > 1 && letters.iter().all(|letter| is_switch(letter, verb)) {
            options.extend(letters.into_iter().map(|letter| vec![letter]));
        } else if is_switch(&name, verb) {
            if value.as_deref() != Some("false") {
                options.push(vec![name]);
            }
        } else if let Some((switches, last)) =
            letters.split_last().map(|(last, before)| (before, last)).filter(|(before, _)| {
                !before.is_empty() && before.iter().all(|letter| is_switch(letter, verb)) && value.is_none()
            })
        {
            options.extend(switches.iter().map(|letter| vec![letter.clone()]));
            options.push(std::iter::once(last.clone()).chain(words.next()).collect());
        } else if letters.len() > 1 {
            let (option, glued) = name.split_at(2);
            options.push(vec![option.to_owned(), glued.trim_start_matches('=').to_owned()]);
        } else {
            let value = value.or_else(|| words.next());
            options.push(std::iter::once(name).chain(value).collect());
        }
    }
    options.sort();
    (options, others)
}

/// Whether a long option has its short form with this verb: `-t` is another thing for `run`, `stop` and `build`.
fn fits(long: &str, verb: &str) -> bool {
    match long {
        "--tty" => matches!(verb, "run" | "create" | "exec"),
        "--time" => matches!(verb, "stop" | "restart"),
        "--timestamps" | "--follow" | "--tail" => verb == "logs",
        "--tag" => verb == "build",
        "--filter" => verb == "ls",
        "--force" => matches!(verb, "rm" | "prune"),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_command_in_other_words() {
        for (one, other) in [
            ("docker ps", "  docker   ps "),
            ("docker ps -a", "docker container ls --all"),
            ("docker ps -aq", "docker ps -q -a"),
            ("docker images", "docker image list"),
            ("docker rmi mongo:4.1", "docker image rm 'mongo:4.1'"),
            ("docker run -d --name web -p 8080:80 nginx", "docker run --publish=8080:80 --detach --name=web nginx"),
            ("docker run -it alpine sh", "docker container run -ti alpine sh"),
            ("docker run -itd alpine", "docker run -d -i --tty alpine"),
            ("docker run -dp 8080:80 nginx", "docker run -d -p 8080:80 nginx"),
            ("docker run -p8080:80 nginx", "docker run -p 8080:80 nginx"),
            ("docker stop --time 1 web", "docker stop -t 1 web"),
            ("docker logs --tail 5 web", "docker logs web -n 5"),
            ("docker run alpine echo \"halo dunia\"", "docker run alpine echo 'halo dunia'"),
            ("docker run \\\n  -d nginx", "docker run -d nginx"),
            ("docker ps|wc -l", "docker ps | wc -l"),
            ("docker rm -f a b", "docker rm a b --force"),
        ] {
            assert!(equal(one, other), "{one} / {other}: {:?} {:?}", canonical(one), canonical(other));
        }
    }

    #[test]
    fn other_commands() {
        for (one, other) in [
            ("docker ps", "docker ps -a"),
            ("docker stop web", "docker start web"),
            ("docker run alpine ls -a -l", "docker run alpine ls -l -a"),
            ("docker run alpine echo '$HOME'", "docker run alpine echo \"$HOME\""),
            ("docker run -p 8080:80 nginx", "docker run -p 80:8080 nginx"),
            ("docker run nginx -d", "docker run -d nginx"),
            ("docker rm a b", "docker rm b a"),
            ("docker pull mongo", "docker pull Mongo"),
            ("docker run -e A=1 x", "docker run -e A=2 x"),
            ("echo 'a", "echo a"),
            ("docker", ""),
            ("docker ps | wc", "docker ps || wc"),
        ] {
            assert!(!equal(one, other), "{one} / {other}: {:?}", canonical(one));
        }
    }

    #[test]
    fn gaps() {
        assert_eq!(fill("docker ____ -a", "ps").as_deref(), Some("docker ps -a"));
        assert_eq!(fill("docker ______ x", "pull").as_deref(), Some("docker pull x"));
        assert_eq!(fill("docker ____ -p ____ x", "run, 80:80").as_deref(), Some("docker run -p 80:80 x"));
        assert_eq!(fill("docker ____ -p ____ x", "run"), None);
        assert_eq!(fill("docker ps", "x"), None);
        assert_eq!(agree("docker ps", "docker ps -a"), 2);
        assert_eq!(begin("docker ____ -a", "docker ps -a").as_deref(), Some("p"));
        assert_eq!(begin("docker ______ x", "docker inspect x").as_deref(), Some("ins"));
        assert_eq!(begin("docker run -p ____ ____", "docker run -p 8080:80 nginx").as_deref(), Some("808"));
        assert_eq!(begin("docker ps ____", "docker container ls -a"), None);
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics_and_everything_equals_itself(text in "\\PC{0,40}", other in "[a-z '\"\\\\$-|=]{0,30}") {
            assert!(equal(&text, &text));
            let _ = (equal(&text, &other), canonical(&other), fill(&text, &other), agree(&text, &other));
            let _ = (begin(&text, &other), begin(&other, &text));
        }
    }
}
