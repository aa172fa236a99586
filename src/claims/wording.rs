//! Writes the subjects and keys of claims in the author's notation, and the commands that show the subjects.

use crate::lesson::{AskKey, Claim, PathPart, Subject};

/// Returns the subject in the author's notation: `container web`.
#[must_use]
pub fn subject_text(subject: &Subject) -> String {
    match subject {
        Subject::Image(name) => format!("image {name}"),
        Subject::Container(name) => format!("container {name}"),
        Subject::Network(name) => format!("network {name}"),
        Subject::Volume(name) => format!("volume {name}"),
        Subject::Containers(filters) => filtered("containers", filters),
        Subject::Images(filters) => filtered("images", filters),
        Subject::Events(filters) => filtered("events", filters),
        Subject::Ran(pattern) => format!("ran {}", pattern.text()),
        Subject::Logs(name) => format!("logs {name}"),
        Subject::Changes(name) => format!("changes {name}"),
        Subject::Top(name) => format!("top {name}"),
        Subject::Run { argv, inside: None } => format!("run {}", argv.join(" ")),
        Subject::Run { argv, inside: Some(container) } => format!("run {} · in {container}", argv.join(" ")),
        Subject::Http(url) => format!("http {url}"),
        Subject::Registry(repository) => format!("registry {repository}"),
        Subject::File(path) => format!("file {path}"),
        Subject::Engine => "engine".to_owned(),
    }
}

/// Returns the subject of a claim, with the engine that the claim names: `container web · node-b`.
#[must_use]
pub fn claim_text(claim: &Claim) -> String {
    let subject = subject_text(&claim.subject);
    claim.on.as_ref().map_or_else(|| subject.clone(), |on| format!("{subject} · {on}"))
}

/// Returns the command that shows the subject of a claim, on the engine that the claim names.
pub(super) fn look_at_claim(claim: &Claim, there: bool) -> Option<String> {
    let look = look_with(&claim.subject, there)?;
    Some(match (&claim.on, look.strip_prefix("docker ")) {
        (Some(on), Some(rest)) => format!("docker --context {on} {rest}"),
        (Some(on), None) => format!("{on} {look}"),
        (None, _) => look,
    })
}

fn filtered(word: &str, filters: &[(String, Vec<String>)]) -> String {
    filters.iter().fold(word.to_owned(), |text, (name, values)| format!("{text} {name}={}", values.join(",")))
}

/// Returns the key in the author's notation: `HostConfig.PortBindings."80/tcp".0.HostPort`.
#[must_use]
pub fn key_text(key: &AskKey) -> String {
    match key {
        AskKey::Own(word) => word.clone(),
        AskKey::Inspect(path) => path
            .iter()
            .map(|part| match part {
                PathPart::Any => "*".to_owned(),
                PathPart::Key(key) if key.contains(['.', '/', ' ', '"']) => format!("\"{key}\""),
                PathPart::Key(key) => key.clone(),
            })
            .collect::<Vec<_>>()
            .join("."),
    }
}

/// Returns the command that shows the subject. If the subject does not exist (`there` is false), returns a command that
/// lists the objects of the same kind.
pub(crate) fn look_with(subject: &Subject, there: bool) -> Option<String> {
    let filters = |filters: &[(String, Vec<String>)]| {
        let each = |(name, values): &(String, Vec<String>)| {
            values.iter().map(|value| format!(" --filter {name}={value}")).collect::<Vec<_>>()
        };
        filters.iter().flat_map(each).collect::<String>()
    };
    Some(match subject {
        Subject::Image(name) if there => format!("docker image inspect {name}"),
        Subject::Container(name) if there => format!("docker inspect {name}"),
        Subject::Network(name) if there => format!("docker network inspect {name}"),
        Subject::Volume(name) if there => format!("docker volume inspect {name}"),
        Subject::Logs(name) if there => format!("docker logs {name}"),
        Subject::Changes(name) if there => format!("docker diff {name}"),
        Subject::Top(name) if there => format!("docker top {name}"),
        Subject::Run { argv, inside: Some(name) } if there => format!("docker exec {name} {}", argv.join(" ")),
        Subject::Run { argv, inside: None } => argv.join(" "),
        Subject::Image(_) => "docker images".to_owned(),
        Subject::Container(_) | Subject::Logs(_) | Subject::Changes(_) | Subject::Top(_) | Subject::Run { .. } => {
            "docker ps -a".to_owned()
        }
        Subject::Network(_) => "docker network ls".to_owned(),
        Subject::Volume(_) => "docker volume ls".to_owned(),
        Subject::Containers(names) => format!("docker ps -a{}", filters(names)),
        Subject::Images(names) => format!("docker images{}", filters(names)),
        Subject::Events(names) => format!("docker events --since 10m --until 0s{}", filters(names)),
        Subject::Http(url) => format!("curl -i {url}"),
        Subject::Registry(repository) => {
            let (host, name) = repository.split_once('/')?;
            format!("curl -i http://{host}/v2/{name}/tags/list")
        }
        Subject::File(path) if there => format!("cat {path}"),
        Subject::File(_) => "ls -la".to_owned(),
        Subject::Engine => "docker info".to_owned(),
        Subject::Ran(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_subjects_are_formatted_in_the_authors_notation() {
        let path = ["HostConfig", "PortBindings", "80/tcp", "0", "HostPort"].map(|key| PathPart::Key(key.into()));
        assert_eq!(key_text(&AskKey::Inspect(path.into())), "HostConfig.PortBindings.\"80/tcp\".0.HostPort");
        let run = Subject::Run { argv: vec!["id".into(), "-u".into()], inside: Some("web".into()) };
        assert_eq!(subject_text(&run), "run id -u · in web");
        assert_eq!(look_with(&run, true).as_deref(), Some("docker exec web id -u"));
        assert_eq!(look_with(&run, false).as_deref(), Some("docker ps -a"));
        let filters = vec![("label".to_owned(), vec!["a=b".to_owned(), "c".to_owned()])];
        let containers = Subject::Containers(filters);
        assert_eq!(subject_text(&containers), "containers label=a=b,c");
        assert_eq!(look_with(&containers, true).as_deref(), Some("docker ps -a --filter label=a=b --filter label=c"));
    }
}
