//! What a site keeps for the next time it is made: every result beside all that it was made from. It is used again only
//! where all of that is equal, so that nothing old is ever shown.

use std::collections::HashMap;
use std::sync::Arc;

use super::body::BodyOf;
use super::outline::Translation;
use super::records::KeptRecords;
use super::render::{Draft, Rendered};
use super::seen::{Seen, SeenOf};
use crate::lesson::lint::Pointers;
use crate::text::Source;

/// Results by name, each beside what it was made from.
pub(super) struct Keep<I, O> {
    things: HashMap<String, (I, Arc<O>)>,
}

impl<I, O> Default for Keep<I, O> {
    fn default() -> Self {
        Self { things: HashMap::new() }
    }
}

impl<I: PartialEq, O> Keep<I, O> {
    /// The results for `wanted`, in order: those from before where the input is equal, else what `make` makes of all
    /// others, given in order too. What is no longer wanted is forgotten.
    pub(super) fn renew<E>(
        &mut self,
        wanted: Vec<(String, I)>,
        make: impl FnOnce(&[(usize, &I)]) -> Result<Vec<O>, E>,
    ) -> Result<Vec<Arc<O>>, E> {
        let mut before = std::mem::take(&mut self.things);
        let mut found: Vec<Option<Arc<O>>> = wanted
            .iter()
            .map(|(name, input)| before.remove(name).filter(|(old, _)| old == input).map(|(_, output)| output))
            .collect();
        let missing: Vec<(usize, &I)> = wanted
            .iter()
            .enumerate()
            .filter(|(at, _)| found[*at].is_none())
            .map(|(at, (_, input))| (at, input))
            .collect();
        let made = if missing.is_empty() { Ok(Vec::new()) } else { make(&missing) };
        let failed = match made {
            Ok(made) => {
                let places: Vec<usize> = missing.iter().map(|(at, _)| *at).collect();
                for (at, output) in places.into_iter().zip(made) {
                    found[at] = Some(Arc::new(output));
                }
                None
            }
            Err(error) => Some(error),
        };
        let mut all = Vec::with_capacity(found.len());
        for ((name, input), output) in wanted.into_iter().zip(found) {
            let Some(output) = output else { continue };
            all.push(Arc::clone(&output));
            self.things.insert(name, (input, output));
        }
        failed.map_or(Ok(all), Err)
    }
}

/// A text; the name of its file is no part of it.
#[derive(Clone)]
pub(super) struct Text(pub(super) Source);

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.0.text() == other.0.text()
    }
}

/// The very same thing, not only an equal one.
pub(super) struct Same<T>(pub(super) Arc<T>);

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What [`remake`](super::remake) has made before.
pub struct Kept {
    /// What no author can know; it never leaves the program.
    pub(super) nonce: String,
    pub(super) translations: Keep<(Text, Text), Translation>,
    pub(super) pointers: Keep<Text, Pointers>,
    pub(super) records: KeptRecords,
    pub(super) languages: HashMap<String, OfLanguage>,
}

/// The same of one language.
#[derive(Default)]
pub(super) struct OfLanguage {
    pub(super) rendered: Keep<Draft, Rendered>,
    pub(super) bodies: Keep<BodyOf, String>,
    pub(super) seen: Keep<SeenOf, Seen>,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            nonce: format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..)),
            translations: Keep::default(),
            pointers: Keep::default(),
            records: KeptRecords::default(),
            languages: HashMap::new(),
        }
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
