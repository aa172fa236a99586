//! What a reader sees of a lesson on its page. It is made from [`BodyOf`] and nothing else that can change, so that where
//! that is equal the text from before is used again.

use std::sync::Arc;

use super::block::Maker;
use super::chapter::Chapter;
use super::evidence::Evidence;
use super::kept::{Same, Text};
use super::layout::Site;
use super::links::{Elsewhere, Reader, Ways};
use super::outline::{Entry, GLOSSARY, Outline, Translation, up};
use super::records::Records;
use super::render::Rendered;
use super::tips::Tips;
use crate::lesson::Lesson;
use crate::record::{Proof, Recording};
use crate::words::Words;

/// Everything that the text of a lesson's page is made from.
#[derive(PartialEq)]
pub(super) struct BodyOf {
    lesson: Text,
    /// Where the page is, and who reads it.
    reader: Reader,
    elsewhere: Vec<Elsewhere>,
    state: Translation,
    rendered: Same<Rendered>,
    terms: Option<Text>,
    ways: Arc<Ways>,
    proofs: Vec<Proof>,
    recording: Option<Same<Recording>>,
    /// Of the recording's frames and of the player.
    addresses: Option<(String, String)>,
}

impl BodyOf {
    pub(super) fn new(
        site: &Site<'_>,
        outline: &Outline<'_>,
        entry: &Entry<'_>,
        rendered: &Arc<Rendered>,
        terms: Option<&Text>,
        ways: Arc<Ways>,
        records: &Records,
    ) -> Self {
        let reader = Reader::new(site.outlines, outline, entry);
        let steps = |tag: &str| {
            let same = site.outlines.iter().filter(|outline| outline.tag == tag).flat_map(Outline::lessons);
            let same = same.map(|(_, other)| other).find(|other| other.path == entry.path);
            let steps = same.map(|other| other.file.lesson.steps.iter().map(|step| step.id.0.clone()).collect());
            steps.unwrap_or_default()
        };
        let elsewhere = reader.elsewhere(steps);
        let Evidence { proofs, addresses, .. } = records.of(entry, &reader.root(), Some(&site.assets.player.path));
        Self {
            lesson: Text(entry.file.source.clone()),
            reader,
            elsewhere,
            state: entry.state.clone(),
            rendered: Same(Arc::clone(rendered)),
            terms: terms.cloned(),
            ways,
            proofs: proofs.into_iter().cloned().collect(),
            recording: records.recording(entry).map(|recording| Same(Arc::clone(recording))),
            addresses,
        }
    }

    /// The text; `lesson` is what was read from [`Self::lesson`], `tips` are of the terms and the lesson's language.
    pub(super) fn make(&self, lesson: &Lesson, nonce: &str, words: &Words, tips: Option<&Tips>) -> String {
        let evidence = Evidence {
            lesson: Some(lesson),
            proofs: self.proofs.iter().collect(),
            recording: self.recording.as_ref().map(|recording| &*recording.0),
            addresses: self.addresses.clone(),
        };
        let mut chapter = Chapter::new(lesson, &Maker::new(words, ""), nonce, evidence);
        chapter.elsewhere = &self.elsewhere;
        chapter.state = &self.state;
        let glossary = format!("{}{GLOSSARY}", up(&self.reader.path));
        let tips = tips.map(|tips| (tips, glossary.as_str()));
        let (opening, sections) = chapter.sections(&self.rendered.0.content, &Maker::new(words, ""), tips);
        self.ways.lead(&format!("{opening}{sections}"), &self.reader)
    }
}
