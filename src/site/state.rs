//! Draws an engine's state: registry, images with their layers, containers in their networks, volumes. The drawing is 340
//! units wide, so that a narrow page shows it in full size. New, changed and removed things have a word and a line style,
//! never colour alone; a text alternative says the same for screen readers.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped, html};

use super::html::{escape, text};
use crate::record::{ContainerState, EngineState, ImageState, RecordedStep};
use crate::words::Words;

const WIDTH: usize = 340;
/// Layers that are drawn one by one.
const MOST_LAYERS: usize = 20;
/// Characters of an image's name in a card of half the width, and in one of the whole.
const NAME: [usize; 2] = [20, 42];

/// The difference of a thing from the other drawing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Same,
    New,
    Changed,
    Gone,
}

impl Mark {
    /// The class of its card, and the key of its word.
    const fn look(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Same => ("", None),
            Self::New => (" new", Some("book-state-new")),
            Self::Changed => (" changed", Some("book-state-changed")),
            Self::Gone => (" gone", Some("book-state-gone")),
        }
    }
}

/// Draws the state before and after a step; `None` if the step changes nothing.
pub(super) fn pictures(step: &RecordedStep, words: &Words, id: &mut dyn FnMut() -> String) -> Option<Markup> {
    // The time since a container exited is no change.
    let lasting = |state: &EngineState| {
        let mut state = state.clone();
        state.containers.iter_mut().for_each(|container| container.status.clear());
        state
    };
    if lasting(&step.before) == lasting(&step.after) {
        return None;
    }
    let one = |state: &EngineState, other: &EngineState, is_after: bool, id: String| {
        let when = if is_after { "book-state-after" } else { "book-state-before" };
        let moved = if is_after { moved(step) } else { Vec::new() };
        let mut drawing = Drawing { words, svg: String::new(), y: 0, is_after };
        drawing.registry(&moved);
        drawing.images(&state.images, &other.images);
        drawing.containers(state, other);
        drawing.volumes(&state.volumes, &other.volumes);
        let when = text(&words.say(when, &[]));
        html! {
            div {
                p class="when" aria-hidden="true" { (when) }
                svg class="state" viewBox={ "0 0 " (WIDTH) " " (drawing.y + 2) } role="img" aria-labelledby={ (id) " " (id) "-d" } {
                    title id=(id) { (when) }
                    desc id={ (id) "-d" } { (text(&told(state, words))) }
                    (PreEscaped(drawing.svg))
                }
            }
        }
    };
    let before = one(&step.before, &step.after, false, id());
    let after = one(&step.after, &step.before, true, id());
    Some(html! { div class="pictures" { (before) (after) } })
}

static_patterns! {
    /// The line with which a pull or a push begins: its kind, and the image's name.
    static MOVE = r"(: Pulling from |The push refers to repository \[)(?:library/)?([^\]\r\n]+)";
}

/// Reads pulls and pushes from the output of a step's commands: whether it was a push, and the image's name.
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

struct Drawing<'a> {
    words: &'a Words,
    svg: String,
    y: usize,
    is_after: bool,
}

impl Drawing<'_> {
    fn mark(&self, same: bool, there: bool) -> Mark {
        match (there, same, self.is_after) {
            (true, true, _) | (true, false, false) => Mark::Same,
            (true, false, true) => Mark::Changed,
            (false, _, true) => Mark::New,
            (false, _, false) => Mark::Gone,
        }
    }

    fn heading(&mut self, key: &str, empty: bool) {
        let say = |key| escape(&self.words.say(key, &[]));
        let _ = write!(self.svg, "<text class=\"heading\" x=\"2\" y=\"{}\">{}", self.y + 16, say(key));
        if empty {
            let _ = write!(self.svg, " <tspan class=\"none\">{}</tspan>", say("book-state-none"));
        }
        self.svg.push_str("</text>");
        self.y += if empty { 26 } else { 24 };
    }

    fn card(&mut self, x: usize, width: usize, height: usize, class: &str) {
        let (x, y, width) = (x + 1, self.y, width - 2);
        let rect =
            format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"7\"/>");
        self.svg.push_str(&rect);
    }

    fn text(&mut self, x: usize, y: usize, class: &str, text: &str, most: usize) {
        let _ = write!(self.svg, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escape(&short(text, most)));
    }

    /// The word of a mark, at the right end of a line.
    fn word(&mut self, x: usize, y: usize, mark: Mark) {
        if let Some(key) = mark.look().1 {
            self.end_text(x, y, &self.words.say(key, &[]));
        }
    }

    /// A text at the right end of a line.
    fn end_text(&mut self, x: usize, y: usize, text: &str) {
        let text = escape(text);
        let _ = write!(self.svg, "<text class=\"word\" x=\"{x}\" y=\"{y}\" text-anchor=\"end\">{text}</text>");
    }

    fn registry(&mut self, moved: &[(bool, String)]) {
        if moved.is_empty() {
            return;
        }
        self.heading("book-drawing-registry", false);
        for (pushed, name) in moved {
            self.card(0, WIDTH, 30, "card");
            let y = self.y;
            self.text(12, y + 20, "mono", name, 30);
            let (key, path) = if *pushed {
                ("book-state-pushed", format!("M318 {}v-16m-5 6 5-6 5 6", y + 50))
            } else {
                ("book-state-pulled", format!("M318 {}v18m-5-6 5 6 5-6", y + 30))
            };
            self.end_text(304, y + 20, &self.words.say(key, &[]));
            let _ = write!(self.svg, "<path class=\"arrow\" d=\"{path}\"/>");
            self.y += 36;
        }
        self.y += 10;
    }

    fn images(&mut self, images: &[ImageState], other: &[ImageState]) {
        self.heading("book-drawing-images", images.is_empty());
        // A name that is too long for half a row has a whole one.
        let marks = |image: &ImageState| {
            let there = other.iter().find(|one| one.id == image.id);
            self.mark(there.is_some_and(|one| one.names == image.names), there.is_some())
        };
        let marked: Vec<(&ImageState, Mark)> = images.iter().map(|image| (image, marks(image))).collect();
        let name = |image: &ImageState| image.names.first().cloned().unwrap_or_else(|| image.id.clone());
        let room = |mark: Mark| if mark == Mark::Same { 0 } else { 6 };
        let is_long = |(image, mark): &(&ImageState, Mark)| name(image).chars().count() + room(*mark) > NAME[0];
        let mut rest = marked.as_slice();
        while let Some(first) = rest.first() {
            let count = if is_long(first) || rest.get(1).is_some_and(is_long) { 1 } else { rest.len().min(2) };
            let (pair, after) = rest.split_at(count);
            rest = after;
            let whole = usize::from(is_long(first));
            let width = [168, WIDTH][whole];
            let bars = pair.iter().map(|(image, _)| image.layers.len().min(MOST_LAYERS)).max().unwrap_or(0);
            let height = 46 + bars * 6;
            for (column, &(image, mark)) in pair.iter().enumerate() {
                let x = column * 172;
                self.card(x, width, height, &format!("card{}", mark.look().0));
                let y = self.y;
                self.text(x + 10, y + 18, "mono strong", &name(image), NAME[whole] - room(mark));
                self.word(x + width - 8, y + 18, mark);
                for bar in 0..image.layers.len().min(MOST_LAYERS) {
                    let (left, top, width) = (x + 10, y + 26 + bar * 6, width - 20);
                    let place = format!("x=\"{left}\" y=\"{top}\" width=\"{width}\"");
                    let _ = write!(self.svg, "<rect class=\"layer\" {place} height=\"4\" rx=\"1\"/>");
                }
                let layers = self.words.count("book-state-layers", image.layers.len(), &[]);
                let drawn = if image.layers.len() > MOST_LAYERS {
                    self.words.say("book-state-drawn", &[("count", &MOST_LAYERS.to_string())])
                } else {
                    String::new()
                };
                let note = format!("{layers}{drawn} · {}", self.words.size(image.size));
                self.text(x + 10, y + height - 9, "note", &note, [27, 56][whole]);
            }
            self.y += height + 8;
        }
        self.y += 4;
    }

    /// Each container in the frame of its first network that someone made, else of its first.
    fn containers(&mut self, state: &EngineState, other: &EngineState) {
        let home = |container: &ContainerState| {
            let made = container.networks.iter().find(|name| state.networks.contains(name));
            made.or_else(|| container.networks.first()).cloned().unwrap_or_default()
        };
        let mut networks: Vec<String> = state.networks.clone();
        for container in &state.containers {
            let network = home(container);
            if !networks.contains(&network) {
                networks.push(network);
            }
        }
        self.heading("book-drawing-containers", state.containers.is_empty());
        for network in &networks {
            let inside: Vec<&ContainerState> = state.containers.iter().filter(|one| home(one) == *network).collect();
            let made = state.networks.contains(network);
            let mark = if made { self.mark(true, other.networks.contains(network)) } else { Mark::Same };
            let lines: Vec<Vec<String>> = inside.iter().map(|one| details(one, network, self.words)).collect();
            let height = 30 + lines.iter().map(|lines| card_height(lines) + 8).sum::<usize>();
            self.card(0, WIDTH, height, &format!("net{}", mark.look().0));
            let y = self.y;
            let title = match network.as_str() {
                "" => self.words.say("book-state-no-network", &[]),
                name => self.words.say("book-state-network", &[("name", name)]),
            };
            self.text(12, y + 19, "note", &title, 40);
            self.word(WIDTH - 12, y + 19, mark);
            self.y += 28;
            for (container, lines) in inside.into_iter().zip(&lines) {
                let there = other.containers.iter().find(|one| one.name == container.name);
                self.container(container, there, lines);
            }
            self.y = y + height + 8;
        }
        self.y += 4;
    }

    fn container(&mut self, container: &ContainerState, there: Option<&ContainerState>, lines: &[String]) {
        let same = there.is_some_and(|one| {
            one.state == container.state && one.networks == container.networks && one.mounts == container.mounts
        });
        let mark = self.mark(same, there.is_some());
        let height = card_height(lines);
        let running = container.state == "running";
        self.card(10, WIDTH - 20, height, &format!("card{}{}", if running { " run" } else { " still" }, mark.look().0));
        let y = self.y;
        // A disc runs, a ring does not.
        let class = if running { "on" } else { "off" };
        let _ = write!(self.svg, "<circle class=\"{class}\" cx=\"24\" cy=\"{}\" r=\"5\"/>", y + 15);
        self.text(36, y + 19, "mono strong", &container.name, 19);
        let word = state_word(container, self.words);
        let word = match mark.look().1 {
            Some(key) => format!("{word} · {}", self.words.say(key, &[])),
            None => word,
        };
        self.end_text(WIDTH - 22, y + 19, &short(&word, 22));
        let mut at = y + 36;
        for line in lines {
            self.text(36, at, "note", line, 38);
            at += 16;
        }
        self.y += height + 8;
    }

    fn volumes(&mut self, volumes: &[String], other: &[String]) {
        if volumes.is_empty() {
            return;
        }
        self.heading("book-state-volumes", false);
        for name in volumes {
            let mark = self.mark(true, other.contains(name));
            let y = self.y;
            let _ = write!(
                self.svg,
                "<path class=\"card{}\" d=\"M9 {}h322c4 0 7 5 7 12s-3 12-7 12H9c-4 0-7-5-7-12s3-12 7-12zm0 0c4 0 7 5 7 12s-3 12-7 12\"/>",
                mark.look().0,
                y + 1
            );
            self.text(24, y + 17, "mono strong", &volume(name), 26);
            self.word(WIDTH - 14, y + 17, mark);
            self.y += 32;
        }
    }
}

/// The lines below a container's name.
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

/// The height of a container's card with these lines below its name.
fn card_height(lines: &[String]) -> usize {
    28 + lines.len() * 16
}

fn state_word(container: &ContainerState, words: &Words) -> String {
    words.find(&format!("book-state-{}", container.state), &[]).unwrap_or_else(|| container.state.clone())
}

/// The text alternative of the drawing, for screen readers.
fn told(state: &EngineState, words: &Words) -> String {
    let mut parts: Vec<String> = Vec::new();
    let images = state.images.iter().map(|image| {
        let name = image.names.first().unwrap_or(&image.id);
        format!("{name} ({}, {})", words.count("book-state-layers", image.layers.len(), &[]), words.size(image.size))
    });
    let images = images.collect::<Vec<_>>().join(", ");
    let or_none = |text: String| if text.is_empty() { words.say("book-state-none", &[]) } else { text };
    parts.push(format!("{}: {}.", words.say("book-drawing-images", &[]), or_none(images)));
    let containers = state.containers.iter().map(|one| {
        let word = state_word(one, words);
        let networks = one.networks.join(", ");
        let network = if networks.is_empty() {
            words.say("book-state-no-network", &[])
        } else {
            words.say("book-state-network", &[("name", &networks)])
        };
        format!(
            "{} ({word}; {network}; {})",
            one.name,
            details(one, one.networks.first().map_or("", String::as_str), words).join("; ")
        )
    });
    let containers = containers.collect::<Vec<_>>().join(", ");
    parts.push(format!("{}: {}.", words.say("book-drawing-containers", &[]), or_none(containers)));
    for (key, names) in [("book-state-networks", &state.networks), ("book-state-volumes", &state.volumes)] {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| volume(name)).collect();
            parts.push(format!("{}: {}.", words.say(key, &[]), names.join(", ")));
        }
    }
    parts.join(" ")
}

/// A volume's name; an anonymous volume's is cut as `docker` does.
fn volume(name: &str) -> String {
    let anonymous = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    if anonymous { format!("{}…", &name[..12]) } else { name.to_owned() }
}

/// Cuts a text to at most `most` characters.
fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{kept}…")
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
    fn pictures_tell_what_was_recorded_by_word_and_line() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            let mut next = 0;
            let html = pictures(&step(), &words, &mut || {
                next += 1;
                format!("d-{next}")
            })
            .unwrap()
            .into_string();
            let (before, after) = html.split_at(html.rfind("<svg").unwrap());
            assert!(after.contains("mongo:4.1") && !before.contains("mongo:4.1"));
            assert!(
                before.contains("card gone") && after.contains("card still changed") && after.contains("card new"),
                "{html}"
            );
            assert!(after.contains(&words.say("book-state-pulled", &[])), "the pull is drawn: {after}");
            assert_eq!(after.matches("class=\"layer\"").count(), 1 + 13, "every layer is drawn");
            assert!(after.contains("aaaaaaaaaaaa…") && !html.contains(&"a".repeat(13)));
            assert!(!html.contains("<b>") && !html.contains("book-") && !html.contains("style="), "{lang}: {html}");
            assert!(html.contains("<title id=\"d-1\">") && html.contains("aria-labelledby=\"d-2 d-2-d\""));
        }
        let mut calm = step();
        calm.after = calm.before.clone();
        calm.after.containers[1].status = "Exited (0) 7 seconds ago".into();
        assert!(pictures(&calm, &Words::new(Lang::Id), &mut String::new).is_none());
    }
}
