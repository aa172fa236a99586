//! Looks up the names that make an explanation useful: the container, its state, and existing names to suggest.

mod asked;
mod disk;
mod ended;
mod images;
mod in_use;
mod missing;
mod plain;
mod published;
mod registries;

use serde_json::Value;

use super::cause::{Cause, list};
use super::kind::Kind;
use super::misplaced::{all_words, replaced, words_swapped};
use super::values::forgotten_value;
use super::{Explanation, Failure, MADE};
use crate::docker_cli::{DockerCommand, Operand, are_same_lines};
use crate::engine::Engine;
use crate::image_ref::is_same_image;
use crate::shell::quoted;
use crate::text::nearest;
use asked::{asked_command, asked_context, asked_of_group, is_asked, same_but_spaces};
use disk::no_space;
use ended::{ended, ended_at_once, followed_stopped};
use images::{
    Images, exec_format, image_denied, image_unknown, is_known, joined_words, local_images, no_image, run_container,
};
use in_use::{in_use, name_taken, named, network_in_use, not_running};
use missing::{no_container, no_file_inside, no_network, no_volume};
use plain::plain;
use published::{port_taken, published_inside};
use registries::{host_of, own_host, pushes_elsewhere};

/// The path of the labels in an inspected container.
const INSPECTED: &str = "/Config/Labels";

/// Returns the explanation that needs only the command and its output. Does not ask the engine.
pub(super) fn without_engine(cause: &Cause, failure: &Failure<'_>) -> Option<Explanation> {
    let mut cause = cause.clone();
    match cause.kind {
        Kind::EndedAtOnce | Kind::NoSpaceInside | Kind::FollowedStopped => None,
        _ if let Some(told) = from_words(&cause, failure) => Some(told),
        Kind::Ended if cause.get("status") == Some("130") => None,
        Kind::ImageUnknown => Some(match image_denied(&mut cause, &[], failure.known) {
            Some((key, show)) => explanation(key, &cause, show),
            None => plain(&cause),
        }),
        Kind::NoNetwork | Kind::NameServer | Kind::HostUnknown if cause.get("host").is_some() => {
            let host = cause.get("host")?.to_owned();
            let mut hosts: Vec<String> = failure.known.iter().filter_map(|image| host_of(image)).collect();
            hosts.extend(["docker.io", "ghcr.io", "quay.io"].map(str::to_owned));
            let is_known = hosts.contains(&host) || !failure.command.contains(&host);
            if let Some(near) = nearest(&host, hosts.iter().map(String::as_str)).filter(|_| !is_known) {
                cause.set("near", near);
            } else if failure.apart && !is_known {
                return Some(explanation("explain-host-unreached", &cause, ""));
            }
            Some(plain(&cause))
        }
        Kind::PortTaken => {
            let next = cause.get("port")?.parse::<u16>().ok()?.checked_add(1)?;
            cause.set("publish", format!("{next}:{}", published_inside(&cause).unwrap_or("80")));
            Some(plain(&cause))
        }
        // The step runs this program in the learner's shell, not in a container.
        Kind::CommandProgram
            if let Some(word) = cause.get("word")
                && is_asked(word, failure) =>
        {
            Some(explanation("explain-command-program-here", &cause, ""))
        }
        // The contexts belong to the user who runs docker.
        Kind::ContextUnknown if super::sudo(failure.command).is_some() => {
            Some(explanation("explain-sudo-elsewhere", &cause, ""))
        }
        Kind::TemplateUnquoted if let Some(near) = same_but_spaces(&cause, failure) => {
            cause.set("near", near);
            Some(plain(&cause))
        }
        Kind::PushDenied
            if let Some(image) = cause.get("image")
                && pushes_elsewhere(image, failure) =>
        {
            Some(explanation("explain-push-other-registry", &cause, ""))
        }
        Kind::ContextUnknown if let Some(near) = asked_context(&cause, failure) => {
            cause.set("near", near);
            Some(explanation("explain-context-unknown-near", &cause, ""))
        }
        Kind::GroupAlone if let Some(example) = asked_of_group(&cause, failure) => {
            cause.set("example", example);
            Some(plain(&cause))
        }
        Kind::CommandUnknown if let Some(near) = asked_command(&cause, failure) => {
            cause.set("near", near);
            Some(plain(&cause))
        }
        Kind::OwnRegistry => {
            let context = cause.call.as_ref().and_then(DockerCommand::context).map(str::to_owned);
            let Some(context) = context else {
                let Some(near) = own_host(cause.get("host")?, failure.known) else { return Some(plain(&cause)) };
                cause.set("near", near);
                return Some(explanation("explain-own-registry-near", &cause, ""));
            };
            cause.set("context", context);
            Some(explanation("explain-own-registry-context", &cause, ""))
        }
        Kind::Ended if cause.get("limit").is_none() => {
            cause.set("limit", "none");
            Some(plain(&cause))
        }
        _ => Some(plain(&cause)),
    }
}

/// Returns the explanation, with names from the engine and from this machine. If these names add nothing, returns the
/// explanation of `without_engine`.
pub(super) async fn with_engine(mut cause: Cause, failure: &Failure<'_>) -> Option<Explanation> {
    let Some(engine) = failure.engine else { return without_engine(&cause, failure) };
    if let Some(told) = from_words(&cause, failure) {
        return Some(told);
    }
    let is_pulled = matches!(
        cause.kind,
        Kind::ImageUnknown | Kind::TagUnknown | Kind::NameServer | Kind::NoNetwork | Kind::HostUnknown
    );
    if is_pulled && let Some((key, show)) = run_container(&mut cause, engine, failure).await {
        return Some(explanation(key, &cause, show));
    }
    let found = match cause.kind {
        Kind::ImageUnknown | Kind::TagUnknown => image_unknown(&mut cause, engine, failure).await,
        Kind::CommandSecond | Kind::CommandUnknown if is_context(&cause, engine) => context_bare(&mut cause),
        Kind::CommandUnknown if cause.get("near") == Some("rm") => removal_of_image(&mut cause, engine).await,
        Kind::NoImage => no_image(&mut cause, engine, failure).await,
        Kind::NoContainer => no_container(&mut cause, engine, failure, "explain-no-container").await,
        Kind::NoFileInside => no_file_inside(&mut cause, engine, failure).await,
        Kind::NoObject => no_container(&mut cause, engine, failure, "explain-no-object").await,
        Kind::NoVolume => no_volume(&mut cause, engine).await,
        Kind::NoSuchNetwork => no_network(&mut cause, engine, failure).await,
        Kind::PortTaken => port_taken(&mut cause, engine, failure).await,
        Kind::NameTaken => name_taken(&mut cause, engine, failure).await,
        Kind::RemoveRunning | Kind::Paused => named(&mut cause, engine).await,
        Kind::NotRunning => not_running(&mut cause, engine).await,
        Kind::ImageInUse | Kind::VolumeInUse => in_use(&mut cause, engine, failure).await,
        Kind::NetworkInUse => network_in_use(&mut cause, engine).await,
        Kind::ExecFormat => exec_format(&mut cause, engine).await,
        Kind::Ended => ended(&mut cause, engine, failure).await,
        Kind::EndedAtOnce => ended_at_once(&mut cause, engine, failure).await,
        Kind::FollowedStopped => followed_stopped(&mut cause, engine).await,
        Kind::NoSpace | Kind::NoSpaceInside => no_space(&mut cause, engine).await,
        Kind::EngineDown | Kind::EngineUnreachable if engine.info().await.is_ok() => Some(elsewhere(&cause, failure)),
        // The engine answers, so the connection to the registry broke off.
        Kind::EngineGone if engine.info().await.is_ok() => Some(("explain-cut-off", "")),
        _ => None,
    };
    let mut told = match found {
        Some((key, show)) => explanation(key, &cause, show),
        None => without_engine(&cause, failure)?,
    };
    if let Some(made) = left_behind(&cause, engine, failure.status).await {
        told.args.push((MADE.to_owned(), made));
    }
    Some(told)
}

/// Returns the explanation of words that docker took for something else.
fn from_words(cause: &Cause, failure: &Failure<'_>) -> Option<Explanation> {
    let found = forgotten_image(cause, failure.known).or_else(|| joined_words(cause, failure.known));
    if let Some(found) = found {
        return Some(plain(&found));
    }
    let word = variable_of_command(cause, failure.command)?;
    Some(explanation("explain-variable-text", &cause.clone().with("word", word), ""))
}

/// Finds an option whose value was forgotten, so that docker took an image of the course as the value.
fn forgotten_image(cause: &Cause, known: &[String]) -> Option<Cause> {
    let is_possible = matches!(
        cause.kind,
        Kind::ImageUnknown
            | Kind::TagUnknown
            | Kind::TooFew
            | Kind::FileMissing
            | Kind::FlagValue
            | Kind::SizeInvalid
            | Kind::PortInvalid
    );
    is_possible.then(|| forgotten_value(cause, |word| is_known(word, known)))?
}

/// Returns the name of a shell variable that contains a docker command. The learner wanted the output of that command
/// in the variable. Docker got the word `docker` as an image or a container, although the learner did not type it
/// there.
fn variable_of_command(cause: &Cause, command: &str) -> Option<String> {
    let said = ["image", "name"].into_iter().find_map(|name| cause.get(name))?;
    let call = cause.call.as_ref()?;
    let is_typed = call.words.iter().any(|word| word.split(':').next() == Some("docker"));
    if said.split(':').next() != Some("docker") || is_typed {
        return None;
    }
    let (_, after) = command.rsplit_once('$')?;
    let after = after.trim_start_matches('{');
    let name: String = after.chars().take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '_').collect();
    Some(name).filter(|name| !name.is_empty())
}

fn is_context(cause: &Cause, engine: &Engine) -> bool {
    cause.get("word").is_some_and(|word| engine.of_context(word).is_some())
}

/// Suggests `--context` if the name of a docker context stands in the place of the command: `docker node-b images`.
fn context_bare(cause: &mut Cause) -> Found {
    let name = cause.get("word")?.to_owned();
    let words = all_words(cause.call.as_ref()?);
    let at = words.iter().position(|word| *word == name)?;
    cause.set("near", replaced(&words, at..at + 1, &["--context", &name]));
    Some(("explain-context-bare", ""))
}

/// Suggests `docker rmi` for `docker remove alpine`, if `alpine` is an image and not a container.
async fn removal_of_image(cause: &mut Cause, engine: &Engine) -> Found {
    let name = cause.call.as_ref()?.arguments.first()?.clone();
    let images: Images = local_images(engine).await;
    let is_image = images.has(&name) && !is_container(&engine.containers().await.unwrap_or_default(), &name);
    is_image.then(|| cause.set("near", "rmi"))?;
    Some(("explain-command-unknown-near", ""))
}

/// Returns the name of a container that `docker run` created, but could not start, or that has stopped at once.
async fn left_behind(cause: &Cause, engine: &Engine, status: i32) -> Option<String> {
    // Docker reports these errors only about a container that this command created. If the name is taken, docker
    // reports another error.
    let is_made = matches!(
        cause.kind,
        Kind::PortTaken
            | Kind::PortPrivileged
            | Kind::ExecMissing
            | Kind::ExecDenied
            | Kind::ExecFormat
            | Kind::UserUnknown
            | Kind::NoGpu
            | Kind::ScriptAsFile
    ) || cause.kind == Kind::Torn && matches!(status, 126 | 127);
    let call = cause.call.as_ref().filter(|call| is_made && call.familiar_name() == "run" && !call.has("rm"))?;
    let name = call.value("name")?;
    let container = engine.container(name).await.ok()??;
    matches!(text(&container, "/State/Status"), Some("created" | "exited")).then(|| name.to_owned())
}

/// Chooses the message if docker reached no engine although the lesson's engine answers. The command went to another
/// engine.
fn elsewhere(cause: &Cause, failure: &Failure<'_>) -> (&'static str, &'static str) {
    if super::sudo(failure.command).is_some() {
        return ("explain-sudo-elsewhere", "");
    }
    let is_named = cause.get("at").is_some();
    let key = if is_named { "explain-engine-elsewhere" } else { "explain-engine-elsewhere-unnamed" };
    (key, "docker context ls")
}

/// The key of a message, and a command with which the learner can check the explanation.
type Found = Option<(&'static str, &'static str)>;

fn explanation(key: &'static str, cause: &Cause, show: &str) -> Explanation {
    let args: Vec<(String, String)> =
        cause.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Explanation { key, args, show: fill(show, cause) }
}

/// Puts the values of `cause` into a command. Returns `None` if a value is missing or the command is empty.
fn fill(show: &str, cause: &Cause) -> Option<String> {
    let mut text = String::new();
    let mut rest = show;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        // A template begins with two braces.
        if let Some(after) = after.strip_prefix('{') {
            text.push_str("{{");
            rest = after;
            continue;
        }
        let (name, after) = after.split_once('}')?;
        let value = cause.get(name)?;
        if name == "verb" && value.is_empty() {
            rest = after.trim_start();
            continue;
        }
        // A verb may have two words, such as `image rm`. In quotes, such a verb would be one word.
        text.push_str(&if name == "verb" { value.to_owned() } else { quoted(value) });
        rest = after;
    }
    text.push_str(rest);
    Some(text).filter(|text| !text.is_empty())
}

fn text<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    value.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// Returns the name of a container from a list of containers.
fn listed_name(container: &Value) -> Option<&str> {
    text(container, "/Names/0").map(|name| name.trim_start_matches('/'))
}

/// Sets `near` or `names`, and returns one of the keys. The first key is for a name similar to `word`, the second for a
/// list of names, and the third for no names.
fn instead(cause: &mut Cause, word: &str, names: &[String], keys: [&'static str; 3]) -> &'static str {
    let others = || names.iter().filter(|name| *name != word);
    if let Some(near) = nearest(word, others().map(String::as_str)) {
        cause.set("near", near);
        keys[0]
    } else if names.is_empty() {
        keys[2]
    } else {
        cause.set("names", list(names));
        keys[1]
    }
}

/// Returns the names of the containers that a message may suggest. Leaves out containers that do not belong to the
/// lesson.
fn offered_names(containers: &[Value], failure: &Failure<'_>) -> Vec<String> {
    let own = containers.iter().filter(|container| !is_foreign(container, "/Labels", failure));
    own.filter_map(listed_name).map(str::to_owned).collect()
}

/// If two operands are swapped, sets the command that was meant. Then `word` stands where the command takes an operand
/// of this `kind`, and one of `names` stands where it takes another kind.
fn set_swapped(cause: &mut Cause, failure: &Failure<'_>, word: &str, kind: Operand, names: &[String]) -> Option<()> {
    let call = cause.call.clone()?;
    let command = call.command?;
    let operands: Vec<&str> = call.operands().collect();
    let here = operands.iter().position(|operand| *operand == word)?;
    let mut others = operands.iter().enumerate().filter(|(at, _)| *at != here);
    let is_other_place = |at: usize| command.operand(at) != kind || command.name == "image tag";
    let is_name =
        |word: &str| names.iter().any(|name| name == word || (kind == Operand::Image && is_same_image(name, word)));
    let (there, other) = others.find(|(at, other)| is_other_place(*at) && is_name(other))?;
    if command.operand(here) != kind {
        return None;
    }
    let [first, second] = if here < there { [word, *other] } else { [*other, word] };
    let near = words_swapped(&call, first, second)?;
    // Both operands of `docker tag` are images. These operands count as swapped only if the step has them in the other
    // order.
    let is_asked = || failure.printed.iter().any(|one| are_same_lines(&near, one.command));
    if command.name == "image tag" && !is_asked() {
        return None;
    }
    cause.set("first", first);
    cause.set("second", second);
    cause.set("near", near);
    Some(())
}

/// Whether a container's name is `word`, or its id begins with `word`.
fn is_container(containers: &[Value], word: &str) -> bool {
    containers.iter().any(|container| {
        let is_name = listed_name(container) == Some(word);
        is_name || text(container, "/Id").is_some_and(|id| word.len() >= 6 && id.starts_with(word))
    })
}

/// Sets `name`, `state`, `exit` and `image` of an inspected container.
fn name_of(cause: &mut Cause, container: &Value) {
    if let Some(name) = text(container, "/Name") {
        cause.set("name", name.trim_start_matches('/'));
    }
    cause.set("state", text(container, "/State/Status").unwrap_or("unknown"));
    if let Some(exit) = container.pointer("/State/ExitCode").and_then(Value::as_i64) {
        cause.set("exit", exit.to_string());
    }
    if let Some(image) = text(container, "/Config/Image") {
        cause.set("image", image);
    }
}

async fn inspected(cause: &mut Cause, engine: &Engine, by: &str) -> Option<Value> {
    let name = cause.get(by)?.to_owned();
    let container = engine.container(&name).await.ok()??;
    name_of(cause, &container);
    Some(container)
}

/// Whether a container does not belong to the lesson. The tutor never advises the learner to stop or remove such a
/// container. `labels` is the path of the labels: `/Labels` in a list, `/Config/Labels` in an inspected container.
fn is_foreign(container: &Value, labels: &str, failure: &Failure<'_>) -> bool {
    let Some((name, value)) = failure.label.and_then(|label| label.split_once('=')) else { return false };
    container.pointer(labels).and_then(|labels| labels.get(name)).and_then(Value::as_str) != Some(value)
}

/// Formats a number of bytes as `docker run -m` accepts it, such as `512m`.
fn size(bytes: u64) -> String {
    match bytes {
        0 => "0".to_owned(),
        _ if bytes.is_multiple_of(1 << 30) => format!("{}g", bytes >> 30),
        _ if bytes.is_multiple_of(1 << 20) => format!("{}m", bytes >> 20),
        _ => format!("{}k", bytes >> 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docker_cli::docker_commands;
    use crate::explain::Printed;

    fn strings(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn shown_command_keeps_the_braces_of_a_template() {
        let cause = Cause::new(Kind::Ended, None).with("name", "kotak");
        let show = "docker inspect -f '{{.State.OOMKilled}}' {name}";
        assert_eq!(fill(show, &cause).as_deref(), Some("docker inspect -f '{{.State.OOMKilled}}' kotak"));
        assert_eq!(fill("docker logs {id}", &cause), None);
    }

    #[test]
    fn only_containers_with_the_lessons_label_are_suggested() {
        let container =
            |name: &str, label: &str| serde_json::json!({ "Names": [format!("/{name}")], "Labels": { label: "1" } });
        let containers = [container("milikku", "lain"), container("kapal", "dermaga")];
        let failure = Failure { label: Some("dermaga=1"), ..Failure::default() };
        assert_eq!(offered_names(&containers, &failure), ["kapal"]);
        assert_eq!(offered_names(&containers, &Failure::default()), ["milikku", "kapal"]);
    }

    #[test]
    fn context_in_place_of_a_command_is_suggested_with_its_option() {
        let command = "docker node-b images -q";
        let mut cause = Cause::new(Kind::CommandUnknown, docker_commands(command).first()).with("word", "node-b");
        assert_eq!(context_bare(&mut cause).map(|(key, _)| key), Some("explain-context-bare"));
        assert_eq!(cause.get("near"), Some("docker --context node-b images -q"));
    }

    #[test]
    fn operands_of_tag_count_as_swapped_only_if_the_step_has_the_other_order() {
        let printed = [Printed { command: "docker tag alpine:3.21 latihan:1", shown: true, typed: false }];
        let names = strings(&["alpine:3.21", "busybox:1.35"]);
        let near = |command: &str, kind: Operand| {
            let call = docker_commands(command).remove(0);
            let word = call.first().expect("a word").to_owned();
            let mut cause = Cause::new(Kind::NoImage, Some(&call));
            let failure = Failure { command, printed: &printed, ..Failure::default() };
            set_swapped(&mut cause, &failure, &word, kind, &names)?;
            cause.get("near").map(str::to_owned)
        };
        let asked = Some("docker tag alpine:3.21 latihan:1".to_owned());
        assert_eq!(near("docker tag latihan:1 alpine:3.21", Operand::Image), asked);
        assert_eq!(near("docker tag alpine:3.12 busybox:1.35", Operand::Image), None);
        let exec = near("docker network connect busybox:1.35 jala", Operand::Network);
        assert_eq!(exec, None, "no name of the other kind stands there");
    }

    #[test]
    fn word_is_never_suggested_for_itself() {
        let mut cause = Cause::new(Kind::TagUnknown, None);
        assert_eq!(instead(&mut cause, "3.20", &strings(&["3.20", "3.21"]), ["near", "list", "none"]), "near");
        assert_eq!(cause.get("near"), Some("3.21"));
    }
}
