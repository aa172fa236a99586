//! Lists what claims and questions run: some of them run commands or make requests.

use crate::lesson::Subject;
use crate::shell::quoted;

/// Returns what a subject runs or requests, as text; `None` if it only inspects the engine or the lesson's directory.
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

/// Returns arguments as a person would type them, so that the end of each is visible.
fn command(argv: &[String]) -> String {
    argv.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// Returns the bytes of a subject that are hashed. They differ for any two subjects, even if their texts look alike.
pub(super) fn exact(subject: &Subject) -> Vec<String> {
    match subject {
        Subject::Run { argv, inside } => inside.iter().chain(argv).cloned().collect(),
        Subject::Http(text) | Subject::Registry(text) => vec![text.clone()],
        _ => Vec::new(),
    }
}
