//! Fetches the facts that a claim needs.

use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value};

use super::error::{trouble, trouble_of_api};
use super::wire::Reply;
use super::{ClaimContext, Engine, EngineTime, probe};
use crate::claims::{Facts, InfraFailure, InfraFailureKind, Question, RanCommand};
use crate::lesson::{Filters, RanPattern, Subject};
use crate::text::percent;

/// The maximum number of bytes to read from a file.
const FILE_LIMIT: u64 = 16 << 20;

/// The time for which a container must have run before a claim counts the container as running. A shell without a
/// terminal ends within a few hundredths of a second.
const SETTLE: Duration = Duration::from_millis(300);

/// Parts of the messages of Docker and podman about a container that does not run. Docker and podman use different
/// status codes, so only the message identifies this case.
const NOT_RUNNING: [&str; 2] = ["is not running", "on running containers"];

impl Engine {
    /// Determines the facts for a question. A missing object is also a fact.
    ///
    /// # Errors
    /// Fails if the facts cannot be determined.
    pub async fn facts(&self, question: &Question, context: &ClaimContext<'_>) -> Result<Facts, InfraFailure> {
        let Some(on) = &question.on else { return self.facts_here(&question.subject, context).await };
        let node = self.nodes.iter().find(|node| node.name == *on);
        let node = node.ok_or_else(|| trouble(InfraFailureKind::EngineGone, on))?;
        node.engine
            .facts_here(&question.subject, &ClaimContext { namespaces: Some(&node.namespaces), ..*context })
            .await
    }

    async fn facts_here(&self, subject: &Subject, context: &ClaimContext<'_>) -> Result<Facts, InfraFailure> {
        match subject {
            Subject::Image(name) => self.inspect(&format!("/images/{}/json", percent::encode_path(name))).await,
            Subject::Container(name) => self.settled_container(name, context).await,
            Subject::Network(name) => self.inspect(&format!("/networks/{}", percent::encode_path(name))).await,
            Subject::Volume(name) => self.inspect(&format!("/volumes/{}", percent::encode_path(name))).await,
            Subject::Containers(filters) => {
                let mut filters = filters.clone();
                filters.extend(context.label.map(|label| ("label".to_owned(), vec![label.to_owned()])));
                self.list(&format!("/containers/json?all=true{}", filter_query('&', &filters))).await
            }
            Subject::Images(filters) => self.list(&format!("/images/json{}", filter_query('?', filters))).await,
            Subject::Events(filters) => self.events(filters, context).await,
            Subject::Engine => self.engine_facts().await,
            Subject::Ran(pattern) => ran(pattern, context.ran),
            Subject::Logs(container) => self.logs(container).await,
            Subject::Changes(container) => self.changes(container).await,
            Subject::Top(container) => self.top(container).await,
            Subject::Run { argv, inside: Some(container) } => self.exec(container, &shell(argv)).await,
            Subject::Run { argv, inside: None } => self.run_outside(&shell(argv), context).await,
            Subject::Http(url) => probe::http(url, context).await,
            Subject::Registry(repository) => probe::registry(repository, context).await,
            Subject::File(path) => read_file(context.dir, path),
        }
    }

    /// Inspects a container. Inspects a running container a second time if the container was started in this step, less
    /// than [`SETTLE`] ago. Otherwise, a container whose command ends at once would seem to run.
    async fn settled_container(&self, name: &str, context: &ClaimContext<'_>) -> Result<Facts, InfraFailure> {
        let path = format!("/containers/{}/json", percent::encode_path(name));
        let facts = self.inspect(&path).await?;
        let Some(started) = running_since(&facts).filter(|started| *started >= context.since) else { return Ok(facts) };
        let age = self.now().await.map_or(Duration::ZERO, |now| now.since(started));
        let left = SETTLE.saturating_sub(age);
        if left.is_zero() {
            return Ok(facts);
        }
        tokio::time::sleep(left).await;
        self.inspect(&path).await
    }

    pub(super) async fn inspect(&self, path: &str) -> Result<Facts, InfraFailure> {
        let answer = self.wire.get(path).await?;
        match answer.status {
            200 => Ok(Facts::Inspect(answer.body)),
            // The status 400 means that an object of this kind cannot have this name.
            400 | 404 => Ok(Facts::Absent),
            _ if answer.message().ends_with("invalid reference format") => Ok(Facts::Absent),
            _ => Err(refused(&answer)),
        }
    }

    pub(super) async fn list(&self, path: &str) -> Result<Facts, InfraFailure> {
        let answer = self.wire.get(path).await?;
        match (answer.status, answer.body) {
            (200, Value::Array(list)) => Ok(Facts::List(list)),
            // The list is empty, or a filter names an object that does not exist.
            (200, Value::Null) | (404, _) => Ok(Facts::List(Vec::new())),
            (status, body) => Err(refused(&Reply { status, body })),
        }
    }

    async fn changes(&self, container: &str) -> Result<Facts, InfraFailure> {
        let answer = self.wire.get(&format!("/containers/{}/changes", percent::encode_path(container))).await?;
        let list = match answer.status {
            200 => answer.body.as_array().map(Vec::as_slice).unwrap_or_default(),
            404 => return Ok(Facts::Absent),
            _ => return Err(refused(&answer)),
        };
        let of = |kind: u64| {
            let paths = list.iter().filter(|change| change["Kind"] == kind);
            paths.filter_map(|change| change["Path"].as_str().map(str::to_owned)).collect()
        };
        Ok(Facts::Changes { changed: of(0), added: of(1), deleted: of(2) })
    }

    /// Returns the command lines of a container's processes. The list is empty if the container does not run.
    async fn top(&self, container: &str) -> Result<Facts, InfraFailure> {
        let answer = self.wire.get(&format!("/containers/{}/top", percent::encode_path(container))).await?;
        match answer.status {
            200 => {}
            404 => return Ok(Facts::Absent),
            _ if NOT_RUNNING.iter().any(|words| answer.message().contains(words)) => {
                return Ok(Facts::Processes(Vec::new()));
            }
            _ => return Err(refused(&answer)),
        }
        let list = |key: &str| answer.body[key].as_array().map(Vec::as_slice).unwrap_or_default();
        let command = |title: &Value| title.as_str().is_some_and(|title| title == "CMD" || title == "COMMAND");
        let column = list("Titles").iter().position(command);
        let line = |row: &Value| {
            let cells = row.as_array()?;
            cells.get(column.unwrap_or(cells.len().checked_sub(1)?))?.as_str().map(str::to_owned)
        };
        Ok(Facts::Processes(list("Processes").iter().filter_map(line).collect()))
    }

    /// Merges `/info`, `/version` and `/system/df` into one object. If several answers have the same key, the first
    /// value counts.
    async fn engine_facts(&self) -> Result<Facts, InfraFailure> {
        let mut facts = Map::new();
        for path in ["/info", "/version", "/system/df"] {
            let answer = self.wire.get(path).await?;
            match (answer.status, answer.body) {
                (200, Value::Object(more)) => more.into_iter().for_each(|(key, value)| {
                    facts.entry(key).or_insert(value);
                }),
                // An engine refuses to measure its disk usage while it serves another such request.
                _ if path == "/system/df" => {}
                (status, body) => return Err(refused(&Reply { status, body })),
            }
        }
        Ok(Facts::Inspect(Value::Object(facts)))
    }
}

/// Returns the time at which a container was started; `None` if the container does not run.
fn running_since(facts: &Facts) -> Option<EngineTime> {
    let Facts::Inspect(container) = facts else { return None };
    let state = &container["State"];
    state["Running"].as_bool().filter(|running| *running)?;
    EngineTime::from_rfc3339(state["StartedAt"].as_str()?)
}

/// Makes an infrastructure failure from an answer that is neither the object nor the report of a missing object.
pub(super) fn refused(answer: &Reply) -> InfraFailure {
    trouble_of_api(&answer.message())
}

fn ran(pattern: &RanPattern, commands: &[RanCommand]) -> Result<Facts, InfraFailure> {
    let found = pattern.find(commands, |ran| &ran.command).map_err(|error| trouble(InfraFailureKind::Other, error))?;
    Ok(Facts::Ran(found.into_iter().cloned().collect()))
}

/// Returns the words of a command. A single text goes to a shell, unless it is one word.
fn shell(argv: &[String]) -> Vec<String> {
    match argv {
        [text] if text.contains(|c: char| !c.is_ascii_alphanumeric() && !"-_./".contains(c)) => {
            vec!["/bin/sh".to_owned(), "-c".to_owned(), text.clone()]
        }
        words => words.to_vec(),
    }
}

/// Reads a file in the lesson's directory, up to [`FILE_LIMIT`]. Returns an empty text for a folder or a device.
fn read_file(dir: &Path, path: &str) -> Result<Facts, InfraFailure> {
    let failed = |error: io::Error| trouble(InfraFailureKind::Other, format_args!("{path}: {error}"));
    let dir = dir.canonicalize().map_err(failed)?;
    let full = match dir.join(path).canonicalize() {
        Ok(full) => full,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Facts::Absent);
        }
        Err(error) => return Err(failed(error)),
    };
    if !full.starts_with(&dir) {
        return Err(trouble(InfraFailureKind::Other, format_args!("{path} leads out of the lesson's directory")));
    }
    if !full.metadata().map_err(failed)?.is_file() {
        return Ok(Facts::Text(String::new()));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&full).map_err(failed)?;
    file.take(FILE_LIMIT).read_to_end(&mut bytes).map_err(failed)?;
    Ok(Facts::Text(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Encodes `filters` as a parameter of a query, with the character `before` in front. Returns an empty text if there
/// are no filters.
pub(super) fn filter_query(before: char, filters: &Filters) -> String {
    if filters.is_empty() {
        return String::new();
    }
    let mut map = Map::new();
    for (name, values) in filters {
        let list = map.entry(name.clone()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.extend(values.iter().map(|value| Value::from(value.as_str())));
        }
    }
    format!("{before}filters={}", percent::encode_path(&Value::Object(map).to_string()))
}

/// Whether `attributes` contain the label `label`, in the form `key=value`. Returns true if no label is required.
pub(super) fn labelled(label: Option<&str>, attributes: &[(String, String)]) -> bool {
    let Some((key, value)) = label.map(|label| label.split_once('=').unwrap_or((label, ""))) else { return true };
    attributes.iter().any(|(name, there)| name == key && there == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_claim_reads_only_files_in_the_lessons_directory() {
        let lesson = tempfile::tempdir().unwrap();
        let dir = lesson.path().join("lesson");
        std::fs::create_dir_all(dir.join("sub")).unwrap();
        std::fs::write(dir.join("sub/a.txt"), "isi\n").unwrap();
        std::fs::write(lesson.path().join("secret"), "rahasia").unwrap();
        std::os::unix::fs::symlink("../secret", dir.join("out")).unwrap();
        std::os::unix::fs::symlink("sub/a.txt", dir.join("in")).unwrap();
        let text = |text: &str| Ok(Facts::Text(text.to_owned()));
        assert_eq!(read_file(&dir, "sub/a.txt"), text("isi\n"));
        assert_eq!(read_file(&dir, "in"), text("isi\n"));
        assert_eq!(read_file(&dir, "sub"), text(""));
        assert_eq!(read_file(&dir, "sub/none"), Ok(Facts::Absent));
        assert_eq!(read_file(&dir, "sub/a.txt/none"), Ok(Facts::Absent));
        for path in ["out", "../secret", "/etc/hostname", "sub/../../secret"] {
            assert!(read_file(&dir, path).is_err(), "{path}");
        }
    }

    #[test]
    fn command_of_a_claim_runs_in_a_shell_if_it_is_one_text_of_several_words() {
        let argv = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(shell(&argv(&["ls -l | wc -l"])), argv(&["/bin/sh", "-c", "ls -l | wc -l"]));
        assert_eq!(shell(&argv(&["/bin/true"])), argv(&["/bin/true"]));
        assert_eq!(shell(&argv(&["echo", "a b"])), argv(&["echo", "a b"]));
    }

    #[test]
    fn ran_claim_finds_the_typed_commands_that_match_its_pattern() {
        let ran_one = |command: &str| RanCommand::new(command, Some(0), "");
        let commands = [ran_one("docker pull mongo:4.1"), ran_one("docker container ls -aq")];
        let matches = |text: &str| RanPattern::Matches(text.into());
        let second = || Ok(Facts::Ran(vec![commands[1].clone()]));
        assert_eq!(ran(&matches("docker (ps|container ls)"), &commands), second());
        assert_eq!(ran(&RanPattern::Command("docker ps --all".into()), &commands), second());
        assert_eq!(ran(&RanPattern::Command("docker ps --size".into()), &commands), Ok(Facts::Ran(Vec::new())));
        assert!(ran(&matches("("), &commands).is_err());
    }

    #[test]
    fn filters_with_the_same_name_become_one_list() {
        let filters =
            vec![("status".to_owned(), vec!["running".to_owned()]), ("status".to_owned(), vec!["exited".to_owned()])];
        let query = filter_query('&', &filters);
        assert_eq!(query, format!("&filters={}", percent::encode_path(r#"{"status":["running","exited"]}"#)));
        assert_eq!(filter_query('?', &Vec::new()), "");
    }

    #[test]
    fn object_of_the_lesson_is_recognised_by_its_label() {
        let attributes = [("id.dermaga.lesson".to_owned(), "a1".to_owned())];
        assert!(labelled(None, &[]) && labelled(Some("id.dermaga.lesson=a1"), &attributes));
        assert!(!labelled(Some("id.dermaga.lesson=b2"), &attributes) && !labelled(Some("x=a1"), &attributes));
    }
}
