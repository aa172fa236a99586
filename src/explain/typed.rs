//! Finds mistakes in the typed text itself: characters that a word processor inserts, and wrong names of programs.

use super::cause::Cause;
use super::kind::Kind;
use crate::docker_cli::{DockerCommand, command_names, find_command, nearest_command};
use crate::shell;
use crate::text::nearest_within;

/// Programs of shells and containers, the frequent ones first. The tutor suggests these programs for misspelt names, so
/// the list contains no program that destroys something.
const PROGRAMS: &str = "ls cat echo curl cd ps sleep sh env uname hostname date ping bash pwd whoami exit clear \
    apk apt apt-get ash chmod chown cp cut export false find git grep head history id less make man mkdir mv nano nginx \
    printenv printf python3 sed sort ss ssh systemctl tail tar top touch true vim wc wget which";

/// Programs of the learner's shell that a container does not have.
const HOST_PROGRAMS: &str = "docker docker-compose podman sudo";

/// Quotation marks that no shell understands.
const QUOTES: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '«', '»'];
/// Dashes that are not hyphens.
const DASHES: [char; 5] = ['–', '—', '−', '‐', '―'];
/// Spaces at which a shell does not split words.
const SPACES: [char; 3] = ['\u{a0}', '\u{202f}', '\u{3000}'];

/// Finds a typographic quotation mark, space or dash in an unquoted word. Checks docker commands, and other commands
/// only if they failed.
pub(super) fn foreign_sign(command: &str, status: i32, calls: &[DockerCommand]) -> Option<Cause> {
    if status == 0 && calls.is_empty() {
        return None;
    }
    let call = calls.first();
    let script = shell::read(command);
    let mut words = script.commands().flat_map(|command| &command.words).filter(|word| !word.is_quoted);
    words.find_map(|word| {
        let text = word.text.as_str();
        if let Some(sign) = text.chars().find(|char| QUOTES.contains(char)) {
            return Some(Cause::new(Kind::TypedQuote, call).with("sign", sign));
        }
        if status != 0 && text.contains(SPACES) {
            return Some(Cause::new(Kind::TypedSpace, call));
        }
        let near = flag_meant(text, call);
        let is_dash = text.starts_with(DASHES);
        is_dash.then(|| Cause::new(Kind::TypedDash, call).with("word", text).with("near", near))
    })
}

/// Returns the option that was meant by a word with a dash: `-it` for `–it`, `--name` for `–name`.
fn flag_meant(word: &str, call: Option<&DockerCommand>) -> String {
    let name = word.trim_start_matches(|char| char == '-' || DASHES.contains(&char));
    let command = call.map_or_else(|| find_command("run"), |call| call.command);
    let is_letter = |letter| command.is_some_and(|command| command.option_of_letter(letter).is_some());
    let letters = !name.is_empty() && name.chars().all(is_letter);
    let long = name.split('=').next().unwrap_or_default();
    let long = command.is_some_and(|command| command.option(long).is_some());
    if name.chars().count() == 1 || (letters && !long) { format!("-{name}") } else { format!("--{name}") }
}

/// Words for numbers. Learners type such words at the prompt, as if they answered a question.
const NUMBERS: &str = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh \
    zero one two three four five six seven eight nine ten";

/// Whether a word is a program that beginners run in a shell or in a container.
pub(super) fn is_program(word: &str) -> bool {
    PROGRAMS.split_whitespace().any(|program| program == word)
}

/// Splits a program from what is glued to it: `uname-r`, `cat/tanda`.
pub(super) fn glued(word: &str) -> Option<(&str, &str)> {
    let (program, rest) = word.split_at(word.find(['-', '/'])?);
    (is_program(program) && !is_program(word) && rest.len() > 1).then_some((program, rest))
}

/// Returns the program of a container that was meant by an unknown word.
pub(super) fn program_inside(word: &str) -> Option<String> {
    let spaced = glued(word).map(|(program, rest)| format!("{program} {rest}"));
    spaced.or_else(|| nearest_program(word, PROGRAMS).map(str::to_owned))
}

fn nearest_program<'a>(word: &str, programs: &'a str) -> Option<&'a str> {
    // In a short word, two mistakes could make any other word.
    let limit = if word.chars().count() > 5 { 2 } else { 1 };
    nearest_within(word, programs.split_whitespace(), limit).filter(|near| *near != word)
}

/// Returns the kind of a word that cannot be a program: an option, a number, or a key such as `^C`.
pub(super) fn no_program(word: &str) -> Option<Kind> {
    let is_number = word.starts_with(|first: char| first.is_ascii_digit())
        && word.chars().all(|char| char.is_ascii_digit() || char == '.' || char == ',');
    let lower = word.to_lowercase();
    let is_control = word.len() == 2 && word.starts_with('^');
    if is_control {
        Some(Kind::ProgramControl)
    } else if word.starts_with('-') {
        Some(Kind::ProgramOption)
    } else if is_number || NUMBERS.split_whitespace().any(|number| number == lower) {
        Some(Kind::ProgramNumber)
    } else {
        None
    }
}

/// Returns the program or the docker command that was meant by an unknown word.
pub(super) fn program_meant(word: &str) -> Option<(Kind, String)> {
    let lower = word.to_lowercase();
    let is_own = HOST_PROGRAMS.split(' ').any(|program| program == lower);
    if lower != word && (is_own || is_program(&lower)) {
        return Some((Kind::ProgramCapital, lower));
    }
    if let Some(rest) = lower.strip_prefix("docker") {
        let rest = rest.trim_start_matches(|char: char| !char.is_ascii_alphanumeric());
        let verb =
            command_names().find(|verb| *verb == rest).or_else(|| nearest_command(rest).filter(|_| rest.len() > 2));
        if let Some(verb) = verb {
            return Some((Kind::ProgramUnknown, format!("docker {verb}")));
        }
    }
    if let Some(verb) = command_names().find(|verb| *verb == lower) {
        return Some((Kind::ProgramUnknown, format!("docker {verb}")));
    }
    let near = nearest_program(word, HOST_PROGRAMS).or_else(|| nearest_program(word, PROGRAMS))?;
    Some((Kind::ProgramUnknown, near.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docker_cli::docker_commands;

    #[test]
    fn typographic_dash_is_corrected_to_the_hyphens_of_the_option() {
        for (command, near) in [
            ("docker run –name web x", "--name"),
            ("docker run —name=web x", "--name=web"),
            ("docker run –it x", "-it"),
            ("docker run –d x", "-d"),
            ("docker ps –a", "-a"),
            ("docker ps ––all", "--all"),
        ] {
            let cause = foreign_sign(command, 1, &docker_commands(command)).expect(command);
            assert_eq!((cause.kind, cause.get("near")), (Kind::TypedDash, Some(near)), "{command}");
        }
        for command in ["docker run x echo a–b", "docker run x echo '–'", "docker run x echo \"“a”\"", "docker ps -a"]
        {
            assert_eq!(foreign_sign(command, 1, &docker_commands(command)), None, "{command}");
        }
        assert_eq!(foreign_sign("echo “a”", 0, &[]), None);
    }

    #[test]
    fn misspelt_program_is_corrected_only_to_a_similar_harmless_one() {
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
        for word in ["xyzzyplugh", "lima", "rn", "rmm", "rmdri", "kil"] {
            let near = meant(word);
            assert!(
                near.as_deref().is_none_or(|near| !["vim", "rm", "rmdir", "kill"].contains(&near)),
                "{word}: {near:?}"
            );
        }
    }

    #[test]
    fn typed_option_or_number_is_not_taken_for_a_program() {
        for word in ["-rm", "--name", "-d"] {
            assert_eq!(no_program(word), Some(Kind::ProgramOption), "{word}");
        }
        for word in ["1", "145,6", "3.20", "lima", "Dua", "five"] {
            assert_eq!(no_program(word), Some(Kind::ProgramNumber), "{word}");
        }
        for word in ["dokcer", "7z", "rm", "satuan"] {
            assert_eq!(no_program(word), None, "{word}");
        }
    }
}
