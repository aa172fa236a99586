//! Pulls the images that a lesson needs, and shows the progress.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::TutorContext;
use crate::engine::{Endpoint, Engine, PullProgress};
use crate::image_ref::is_same_image;
use crate::lesson::{Block, Subject};
use crate::transcript::sanitise;

/// The minimum time between two updates of the displayed progress.
const REDRAW: Duration = Duration::from_millis(100);

/// The download progress of an image's layers, according to the engine.
#[derive(Default)]
struct LayerProgress {
    /// The downloaded bytes and the total bytes of each layer, by the layer's id.
    layers: HashMap<String, (u64, u64)>,
    most: u64,
}

impl LayerProgress {
    fn add(&mut self, progress: PullProgress) {
        if let (Some(id), Some(now), Some(all)) = (progress.id, progress.current, progress.total) {
            // Any other status with numbers, such as `Extracting`, means that the layer is downloaded.
            let now = if progress.status == "Downloading" { now } else { all };
            let layer = self.layers.entry(id).or_default();
            *layer = (layer.0.max(now), layer.1.max(all));
        }
    }

    /// Returns the progress in percent. The number never decreases, even if the engine reports another layer.
    fn percent(&mut self) -> Option<u64> {
        let (now, all) = self.layers.values().fold((0, 0), |(now, all), layer| (now + layer.0, all + layer.1));
        self.most = (now * 100).checked_div(all).unwrap_or_default().max(self.most);
        (all > 0).then_some(self.most)
    }
}

impl TutorContext<'_> {
    /// Pulls the missing images that the lesson needs on its engine before the first step.
    pub(in crate::learn) async fn pull_images(&mut self) {
        self.pull_missing(|_| true).await;
    }

    /// Restores the state before the lesson, so that a step can be done again. Pulls the missing images of the lesson,
    /// except images that a step removes. Undoes `docker context use`.
    pub(in crate::learn) async fn restore_begin(&mut self) {
        let blocks = self.session.lesson.steps.iter().flat_map(|step| &step.blocks);
        let removed: Vec<&str> = blocks
            .filter_map(|block| match block {
                Block::Check(check) if check.claim.absent => match &check.claim.subject {
                    Subject::Image(name) => Some(name.as_str()),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        self.pull_missing(|image| !removed.iter().any(|name| is_same_image(name, image))).await;
        if let Some(node) = self.session.env.chosen_node()
            && self.session.env.leave_chosen_node().is_ok()
        {
            let text = self.messages.wrapped("learn-node-left", &[("node", &sanitise(&node))]);
            self.print(&format!("{text}\n"));
        }
    }

    async fn pull_missing(&mut self, is_needed: impl Fn(&str) -> bool) {
        // Pull through the gateway, because the gateway records which images the lesson has pulled.
        let guarded = match &self.session.guard {
            Some(guard) => Engine::connect(&Endpoint::Unix(guard.gateway.socket().to_owned())).await.ok(),
            None => None,
        };
        let engine = guarded.as_ref().unwrap_or(&self.session.env.engine);
        for image in self.session.lesson.front.have.iter().filter(|image| is_needed(&image.value)) {
            let name = sanitise(&image.value);
            let line = self.messages.words.say("learn-pulling", &[("image", &name), ("progress", "{}")]);
            let tty = &mut self.tty;
            let (mut drawn, mut layers) = (Instant::now(), LayerProgress::default());
            let mut show = |progress: PullProgress| {
                layers.add(progress);
                if drawn.elapsed() < REDRAW {
                    return;
                }
                drawn = Instant::now();
                let text = layers.percent().map_or_else(String::new, |percent| format!(": {percent}%"));
                tty.clear_transient();
                tty.show_transient(&line.replace("{}", &text));
            };
            let pulled = engine.pull_missing(&image.value, &mut show).await;
            self.tty.clear_transient();
            match pulled {
                Ok(false) => {}
                Ok(true) => {
                    let text = self.messages.note(&self.messages.words.say("learn-pulled", &[("image", &name)]));
                    self.print(&text);
                }
                Err(failure) => self.print_infra_failure(&failure),
            }
        }
    }
}
