//! Slips that show in what was typed, before any message: signs that word processors put in, and programs' names.

use super::call::Call;
use super::kind::Kind;
use super::recognise::Cause;
use super::vocabulary::{COMMANDS, PROGRAMS, command_meant, flags};

/// Quotation marks that no shell knows.
const QUOTES: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '«', '»'];
/// Dashes that are no hyphen.
const DASHES: [char; 5] = ['–', '—', '−', '‐', '―'];
/// Spaces that separate nothing.
const SPACES: [char; 3] = ['\u{a0}', '\u{202f}', '\u{3000}'];

/// Signs of a word processor's outside of quotation marks, in a command that failed or was docker's.
pub(super) fn foreign_sign(command: &str, status: i32, calls: &[Call]) -> Option<Cause> {
    if status == 0 && calls.is_empty() {
        return None;
    }
    let call = calls.first();
    let (mut quote, mut begins) = (None, true);
    for (at, char) in command.char_indices() {
        match quote {
            Some(open) if open == char => quote = None,
            None if char == '\'' || char == '"' => quote = Some(char),
            None if QUOTES.contains(&char) => {
                return Some(Cause::new(Kind::TypedQuote, call).with("sign", char));
            }
            None if SPACES.contains(&char) && status != 0 => return Some(Cause::new(Kind::TypedSpace, call)),
            None if begins && DASHES.contains(&char) => {
                let word = command[at..].split_whitespace().next().unwrap_or_default();
                let near = flag_meant(word, call);
                return Some(Cause::new(Kind::TypedDash, call).with("word", word).with("near", near));
            }
            _ => {}
        }
        begins = char.is_whitespace();
    }
    None
}

/// `–it` as `-it`, `–name` as `--name`.
fn flag_meant(word: &str, call: Option<&Call>) -> String {
    let name = word.trim_start_matches(|char| char == '-' || DASHES.contains(&char));
    let verb = call.map_or("run", |call| call.verb.as_str());
    let letters = !name.is_empty()
        && name.chars().all(|char| {
            let mut own = [0; 4];
            let letter: &str = char.encode_utf8(&mut own);
            flags(verb).any(|flag| flag.short == Some(letter))
        });
    let long = flags(verb).any(|flag| flag.long == name.split('=').next().unwrap_or_default());
    if name.chars().count() == 1 || (letters && !long) { format!("-{name}") } else { format!("--{name}") }
}

/// The program, or the docker command, that is meant by one that is not there.
pub(super) fn program_meant(word: &str) -> Option<(Kind, String)> {
    let verbs = || COMMANDS.split_whitespace();
    let programs = || PROGRAMS.split_whitespace();
    let lower = word.to_lowercase();
    if lower != word && programs().any(|program| program == lower) {
        return Some((Kind::ProgramCapital, lower));
    }
    if let Some(rest) = lower.strip_prefix("docker") {
        let rest = rest.trim_start_matches(|char: char| !char.is_ascii_alphanumeric());
        let verb = verbs().find(|verb| *verb == rest).or_else(|| command_meant(rest).filter(|_| rest.len() > 2));
        if let Some(verb) = verb {
            return Some((Kind::ProgramUnknown, format!("docker {verb}")));
        }
    }
    if let Some(verb) = verbs().find(|verb| *verb == lower) {
        return Some((Kind::ProgramUnknown, format!("docker {verb}")));
    }
    let near = crate::text::nearest(word, programs()).filter(|near| *near != word)?;
    Some((Kind::ProgramUnknown, near.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::call::calls;
    use super::*;

    #[test]
    fn long_dashes_become_what_was_meant() {
        for (command, near) in [
            ("docker run –name web x", "--name"),
            ("docker run —name=web x", "--name=web"),
            ("docker run –it x", "-it"),
            ("docker run –d x", "-d"),
            ("docker ps –a", "-a"),
            ("docker ps ––all", "--all"),
        ] {
            let cause = foreign_sign(command, 1, &calls(command)).expect(command);
            assert_eq!((cause.kind, cause.get("near")), (Kind::TypedDash, Some(near)), "{command}");
        }
        for command in ["docker run x echo a–b", "docker run x echo '–'", "docker run x echo \"“a”\"", "docker ps -a"]
        {
            assert_eq!(foreign_sign(command, 1, &calls(command)), None, "{command}");
        }
        assert_eq!(foreign_sign("echo “a”", 0, &[]), None);
    }

    #[test]
    fn programs_are_guessed_with_care() {
        let meant = |word| program_meant(word).map(|(_, near)| near);
        for (word, near) in [
            ("Docker", "docker"),
            ("DOCKER", "docker"),
            ("dokcer", "docker"),
            ("docker-run", "docker run"),
            ("docker_ps", "docker ps"),
            ("dockerimages", "docker images"),
            ("docker-imagess", "docker images"),
            ("pull", "docker pull"),
            ("images", "docker images"),
        ] {
            assert_eq!(meant(word).as_deref(), Some(near), "{word}");
        }
        assert_eq!(meant("xyzzyplugh"), None);
    }
}
