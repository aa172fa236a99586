//! Finds the images that a lesson will download, and the images that the engine already has. Unknown sizes are shown as
//! unknown.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::engine::Engine;
use crate::image_ref::ImageRef;
use crate::lesson::{Block, Lesson};
use crate::pack::Pack;
use crate::words::Words;

/// Whether an image is on the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The image is on the engine.
    Here,
    /// The image is missing.
    Missing,
    /// The engine did not answer.
    Unknown,
}

/// An image that a lesson uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The image's name in the lesson, not sanitised.
    pub image: String,
    /// The number of bytes that a pull downloads, if it is known.
    pub bytes: Option<u64>,
    /// Whether the image is on the engine.
    pub presence: Presence,
}

/// Returns the images that `lesson` uses. The sizes come from the pack, and the presence comes from the engine's list
/// of images.
pub async fn needs(lesson: &Lesson, engine: Option<&Engine>, pack: Option<&Pack>) -> Vec<Need> {
    let mut images: Vec<&str> = Vec::new();
    for image in lesson.front.have.iter().chain(&lesson.front.images) {
        // The learner's own engine does not run the commands that need a private engine, and so needs no images for
        // them.
        let is_left_out = engine.is_some() && is_for_private(lesson, &image.value);
        if !is_left_out && !images.contains(&image.value.as_str()) {
            images.push(&image.value);
        }
    }
    if images.is_empty() {
        return Vec::new();
    }
    let here = match engine {
        Some(engine) => images_of(engine).await,
        None => None,
    };
    let need = |image: &str| Need {
        image: image.to_owned(),
        bytes: pack.and_then(|pack| pack.find(image)).map(|found| found.bytes),
        presence: here.as_ref().map_or(Presence::Unknown, |here| {
            if here.contains(&full(image)) { Presence::Here } else { Presence::Missing }
        }),
    };
    images.into_iter().map(need).collect()
}

/// Whether a fence that needs a private engine uses the image.
fn is_for_private(lesson: &Lesson, image: &str) -> bool {
    let blocks = lesson.steps.iter().flat_map(|step| &step.blocks);
    let transcripts = blocks.filter_map(|block| match block {
        Block::Transcript(transcript) if transcript.attrs.needs.iter().any(|need| need == "private") => {
            Some(transcript)
        }
        _ => None,
    });
    transcripts.flat_map(|transcript| &transcript.commands).any(|command| command.text.contains(image))
}

/// Returns the full names of the engine's images.
async fn images_of(engine: &Engine) -> Option<BTreeSet<String>> {
    let list = engine.images().await.ok()?;
    let tags = list.iter().filter_map(|image| image.get("RepoTags").and_then(Value::as_array)).flatten();
    Some(tags.filter_map(Value::as_str).map(full).collect())
}

/// Completes an image's name: `mongo` becomes `docker.io/library/mongo:latest`.
fn full(name: &str) -> String {
    name.parse::<ImageRef>().map_or_else(|_| name.to_owned(), |image| image.normalized())
}

/// Returns the sum of the known sizes that will be downloaded, and whether a size is unknown.
#[must_use]
pub fn total(needs: &[Need]) -> (u64, bool) {
    let missing = || needs.iter().filter(|need| need.presence != Presence::Here);
    (missing().filter_map(|need| need.bytes).sum(), missing().any(|need| need.bytes.is_none()))
}

/// Returns a line for each image, with the presence and the size of the image.
pub(super) fn lines(needs: &[Need], words: &Words) -> Vec<String> {
    let widest = needs.iter().map(|need| need.image.chars().count()).max().unwrap_or(0).min(60);
    let line = |need: &Need| {
        let image = crate::transcript::sanitise(&need.image);
        let bytes = need.bytes.map_or_else(|| words.say("menu-size-unknown", &[]), |bytes| words.size(bytes));
        let key = match need.presence {
            Presence::Here => "menu-image-here",
            Presence::Missing => "menu-image-missing",
            Presence::Unknown => "menu-image-unknown",
        };
        format!("  {image:widest$}  {}", words.say(key, &[("size", &bytes)]))
    };
    needs.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn total_leaves_out_images_that_are_on_the_engine() {
        let need = |image: &str, bytes, presence| Need { image: image.into(), bytes, presence };
        let mut all = vec![need("a", Some(5), Presence::Here), need("b", Some(7), Presence::Missing)];
        assert_eq!(total(&all), (7, false));
        all.push(need("c", None, Presence::Unknown));
        assert_eq!(total(&all), (7, true));
        all.push(need("d", None, Presence::Here));
        assert_eq!(total(&all), (7, true));
    }
}
