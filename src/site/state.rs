//! Shows an engine's state before and after a step: registry, images with their layers, containers in their networks,
//! volumes. A word and a line style mark new, changed and removed things, because colour alone is not enough.

use askama::Template;

use super::html::render;
use crate::record::{ContainerState, EngineState, ImageState, RecordedStep};
use crate::words::Words;

/// The largest number of an image's layers that are drawn one by one.
const MOST_LAYERS: usize = 20;

/// Draws the state before and after a step. Returns `None` if the step changes nothing.
pub(super) fn pictures(step: &RecordedStep, words: &Words) -> Option<String> {
    // Ignores the status of a container. The status contains the time since the exit, and this time is no change.
    let lasting = |state: &EngineState| {
        let mut state = state.clone();
        state.containers.iter_mut().for_each(|container| container.status.clear());
        state
    };
    if lasting(&step.before) == lasting(&step.after) {
        return None;
    }
    let before = Picture { words, state: &step.before, other: &step.after, is_after: false, moved: Vec::new() };
    let after = Picture { words, state: &step.after, other: &step.before, is_after: true, moved: moved(step) };
    Some(render(&EngineStates { pictures: [before, after] }))
}

#[derive(Template)]
#[template(path = "block/states.html")]
struct EngineStates<'a> {
    pictures: [Picture<'a>; 2],
}

/// The name of a kind of thing, the CSS class of the list, and the things in the list.
type ThingsOfKind = (String, &'static str, Vec<Card>);

/// The box of an image, a container, a network or a volume. The box of a network contains the boxes of its containers.
#[derive(Default)]
struct Card {
    class: String,
    is_network: bool,
    name: String,
    /// The state of the thing and its change in this step, in words.
    word: String,
    /// The number of layers that are drawn.
    layers: usize,
    notes: Vec<String>,
    inside: Vec<Card>,
}

static_patterns! {
    /// Matches the first line of a pull or a push. Captures the words that show whether the line is about a pull or a
    /// push, and the image's name.
    static MOVE = r"(: Pulling from |The push refers to repository \[)(?:library/)?([^\]\r\n]+)";
}

/// Finds pulls and pushes in the output of a step's commands. Returns `true` for a push or `false` for a pull, with the
/// image's name.
fn moved(step: &RecordedStep) -> Vec<(bool, String)> {
    let mut moved = Vec::new();
    for (_, text) in step.commands.iter().flat_map(|command| &command.pieces) {
        for found in MOVE.captures_iter(text) {
            let name = (found[1].starts_with("The push"), found[2].trim().to_owned());
            if !moved.contains(&name) {
                moved.push(name);
            }
        }
    }
    moved
}

/// A picture of an engine's state.
struct Picture<'a> {
    words: &'a Words,
    state: &'a EngineState,
    /// The state of the other picture.
    other: &'a EngineState,
    is_after: bool,
    /// The names of pushed images, with `true`, and of pulled images, with `false`.
    moved: Vec<(bool, String)>,
}

impl Picture<'_> {
    fn say(&self, key: &str) -> String {
        self.words.say(key, &[])
    }

    /// Returns the CSS class of a thing that differs from the other picture, or an empty text. `there` says whether the
    /// other picture has the thing, and `same` says whether the thing is equal in both pictures.
    fn mark(&self, same: bool, there: bool) -> &'static str {
        match (there, same, self.is_after) {
            (true, true, _) | (true, false, false) => "",
            (true, false, true) => "changed",
            (false, _, true) => "new",
            (false, _, false) => "gone",
        }
    }

    fn kinds(&self) -> Vec<ThingsOfKind> {
        let registry = self.moved.iter().map(|(pushed, name)| {
            let (key, arrow) = if *pushed { ("book-state-pushed", "↑") } else { ("book-state-pulled", "↓") };
            self.card("card", "", name, Some(format!("{} {arrow}", self.say(key))))
        });
        let volumes = self.state.volumes.iter().map(|name| {
            let mark = self.mark(true, self.other.volumes.contains(name));
            self.card("card", mark, &volume(name), None)
        });
        let images = self.state.images.iter().map(|image| self.image(image)).collect();
        // The picture shows the lists of images and containers even if they are empty.
        let kinds = [
            ("book-drawing-registry", "things", registry.collect(), false),
            ("book-drawing-images", "images", images, true),
            ("book-drawing-containers", "things", self.networks(), true),
            ("book-state-volumes", "things", volumes.collect(), false),
        ];
        let shown =
            kinds.into_iter().filter(|(_, _, cards, always): &(_, _, Vec<Card>, _)| *always || !cards.is_empty());
        shown.map(|(key, class, cards, _)| (self.say(key), class, cards)).collect()
    }

    fn card(&self, class: &str, mark: &str, name: &str, word: Option<String>) -> Card {
        let difference = (!mark.is_empty()).then(|| self.say(&format!("book-state-{mark}")));
        let word = word.into_iter().chain(difference).collect::<Vec<_>>().join(" · ");
        let class = format!("{class} {mark}").trim_end().to_owned();
        Card { class, name: name.to_owned(), word, ..Card::default() }
    }

    fn image(&self, image: &ImageState) -> Card {
        let there = self.other.images.iter().find(|one| one.id == image.id);
        let mark = self.mark(there.is_some_and(|one| one.names == image.names), there.is_some());
        let layers = image.layers.len();
        let said = self.words.count("book-state-layers", layers, &[]);
        let most = MOST_LAYERS.to_string();
        let drawn = (layers > MOST_LAYERS).then(|| self.words.say("book-state-drawn", &[("count", &most)]));
        let note = format!("{said}{} · {}", drawn.unwrap_or_default(), self.words.size(image.size));
        let card = self.card("card", mark, image.names.first().unwrap_or(&image.id), None);
        Card { layers: layers.min(MOST_LAYERS), notes: vec![note], ..card }
    }

    /// Returns the networks with their containers. A container appears in its first user-defined network, or else in
    /// its first network.
    fn networks(&self) -> Vec<Card> {
        let state = self.state;
        let home = |container: &ContainerState| {
            let made = container.networks.iter().find(|name| state.networks.contains(name));
            made.or_else(|| container.networks.first()).cloned().unwrap_or_default()
        };
        let mut networks: Vec<String> = state.networks.clone();
        for network in state.containers.iter().map(home) {
            if !networks.contains(&network) {
                networks.push(network);
            }
        }
        let card = |network: &String| {
            let inside = state.containers.iter().filter(|one| home(one) == *network);
            let is_made = state.networks.contains(network);
            let mark = if is_made { self.mark(true, self.other.networks.contains(network)) } else { "" };
            let title = match network.as_str() {
                "" => self.say("book-state-no-network"),
                name => self.words.say("book-state-network", &[("name", name)]),
            };
            let inside = inside.map(|one| self.container(one, network)).collect();
            Card { is_network: true, inside, ..self.card("net", mark, &title, None) }
        };
        networks.iter().map(card).collect()
    }

    fn container(&self, container: &ContainerState, network: &str) -> Card {
        let there = self.other.containers.iter().find(|one| one.name == container.name);
        let same = there.is_some_and(|one| {
            one.state == container.state && one.networks == container.networks && one.mounts == container.mounts
        });
        let word = self.words.find(&format!("book-state-{}", container.state), &[]);
        let word = word.unwrap_or_else(|| container.state.clone());
        let class = if container.state == "running" { "card run" } else { "card still" };
        let card = self.card(class, self.mark(same, there.is_some()), &container.name, Some(word));
        Card { notes: details(container, network, self.words), ..card }
    }
}

/// Returns the lines below a container's name.
fn details(container: &ContainerState, network: &str, words: &Words) -> Vec<String> {
    let mut lines = vec![words.say("book-state-from", &[("image", &container.image)])];
    let others: Vec<&str> = container.networks.iter().map(String::as_str).filter(|name| *name != network).collect();
    if !others.is_empty() {
        lines.push(words.say("book-state-also", &[("networks", &others.join(", "))]));
    }
    if !container.ports.is_empty() {
        lines.push(words.say("book-state-ports", &[("ports", &container.ports.join(", ").replace("->", " → "))]));
    }
    for mount in &container.mounts {
        let (name, place) = mount.split_once(':').unwrap_or((mount, ""));
        lines.push(words.say("book-state-mount", &[("volume", &volume(name)), ("path", place)]));
    }
    lines
}

/// Returns a volume's name. The name of an anonymous volume is cut to 12 characters.
fn volume(name: &str) -> String {
    let anonymous = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    if anonymous { format!("{}…", &name[..12]) } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::StepId;
    use crate::record::RecordedCommand;
    use crate::words::Lang;

    fn image(name: &str, layers: usize) -> ImageState {
        ImageState { names: vec![name.into()], id: name.into(), layers: vec!["aa".into(); layers], size: 7_340_032 }
    }

    fn container(name: &str, state: &str, networks: &[&str]) -> ContainerState {
        ContainerState {
            name: name.into(),
            image: "nginx:1.27".into(),
            state: state.into(),
            networks: networks.iter().map(|&name| name.to_owned()).collect(),
            ports: vec!["8080->80/tcp".into()],
            mounts: vec![format!("{}:/data", "a".repeat(64))],
            ..ContainerState::default()
        }
    }

    fn step() -> RecordedStep {
        let before = EngineState {
            images: vec![image("hello-world:latest", 1), image("<b>:1", 2)],
            containers: vec![container("web", "running", &["bridge", "toko"]), container("tua", "exited", &["bridge"])],
            networks: vec!["toko".into()],
            ..EngineState::default()
        };
        let mut after = before.clone();
        after.images[1] = image("mongo:4.1", 13);
        after.containers[0].state = "exited".into();
        after.containers.pop();
        after.volumes = vec!["a".repeat(64)];
        let commands = vec![RecordedCommand {
            prompt: "$ ".into(),
            text: "docker pull mongo:4.1".into(),
            pieces: vec![(std::time::Duration::ZERO, "4.1: Pulling from library/mongo\r\n".into())],
            cut: false,
            status: Some(0),
            elapsed: std::time::Duration::ZERO,
        }];
        RecordedStep { id: StepId("a".into()), before, after, commands }
    }

    #[test]
    fn pictures_mark_new_changed_and_removed_things() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            let html = pictures(&step(), &words).unwrap();
            let (before, after) = html.split_at(html.rfind("<div class=\"state\"").unwrap());
            assert!(after.contains("mongo:4.1") && !before.contains("mongo:4.1"));
            assert!(
                before.contains("card gone") && after.contains("card still changed") && after.contains("card new"),
                "{html}"
            );
            assert!(after.contains(&words.say("book-state-pulled", &[])), "the pull is drawn: {after}");
            assert_eq!(after.matches("<i></i>").count(), 1 + 13, "every layer is drawn");
            assert!(after.contains("aaaaaaaaaaaa…") && !html.contains(&"a".repeat(13)));
            assert!(!html.contains("<b>") && !html.contains("book-") && !html.contains("style="), "{lang}: {html}");
        }
        let mut calm = step();
        calm.after = calm.before.clone();
        calm.after.containers[1].status = "Exited (0) 7 seconds ago".into();
        assert!(pictures(&calm, &Words::new(Lang::Id)).is_none());
    }
}
