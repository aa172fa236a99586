//! What claims and questions run: some of them run commands or make requests to find out.

use crate::lesson::Subject;
use crate::shell::quoted;

/// What a subject runs or asks for, as text; nothing for one that only looks at the engine or the lesson's directory.
pub(super) fn text(subject: &Subject) -> Option<String> {
    match subject {
        Subject::Run { argv, inside } => {
            let place = inside.as_ref().map_or_else(String::new, |container| format!("in {container}: "));
            Some(format!("{place}{}", command(argv)))
        }
        Subject::Http(url) => Some(format!("http {url}")),
        Subject::Registry(repository) => Some(format!("registry {repository}")),
        _ => None,
    }
}

/// Arguments as they would be typed, so that where one ends can be seen.
fn command(argv: &[String]) -> String {
    argv.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// The bytes of it that are hashed: nothing is lost that `text` might blur.
pub(super) fn exact(subject: &Subject) -> Vec<String> {
    match subject {
        Subject::Run { argv, inside } => inside.iter().chain(argv).cloned().collect(),
        Subject::Http(text) | Subject::Registry(text) => vec![text.clone()],
        _ => Vec::new(),
    }
}
