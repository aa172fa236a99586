//! The images of an engine, by the names in `docker images`.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::error::Rejection;
use crate::engine::Endpoint;
use crate::image_ref::listed;

/// All images of an engine.
#[derive(Debug, Clone, Default)]
pub(super) struct Images {
    /// The names of images, each with the image's id.
    pub(super) names: BTreeMap<String, String>,
    /// The ids of all listed images, with and without names.
    pub(super) ids: HashSet<String>,
}

impl Images {
    pub(super) async fn list(endpoint: &Endpoint) -> Result<Self, Rejection> {
        Self::ask(endpoint, "/images/json?all=1").await
    }

    /// Lists the images like [`list`](Self::list), without unnamed images that only serve as parents of other images.
    pub(super) async fn list_top(endpoint: &Endpoint) -> Result<Self, Rejection> {
        Self::ask(endpoint, "/images/json").await
    }

    /// Asks the engine for a list of images. Fails if the answer is not a list: with an empty list, every name would
    /// count as new.
    async fn ask(endpoint: &Endpoint, path: &str) -> Result<Self, Rejection> {
        let reply = endpoint.ask("GET", path, None).await?;
        if reply.is_good() && reply.body.is_array() {
            return Ok(Self::read(&reply.body));
        }
        Err(Rejection::unexpected("docker images", &reply))
    }

    /// Reads the engine's list.
    pub(super) fn read(list: &Value) -> Self {
        let mut images = Self::default();
        for image in list.as_array().into_iter().flatten() {
            let id = image["Id"].as_str().unwrap_or_default();
            images.ids.insert(id.to_owned());
            for name in names_of(image) {
                images.names.insert(name, id.to_owned());
            }
        }
        images
    }

    /// Finds an image by its id or by at least the first 12 digits of the id.
    pub(super) fn find(&self, id: &str) -> Option<&String> {
        let bare = id.strip_prefix("sha256:").unwrap_or(id);
        let means = |known: &&String| known.strip_prefix("sha256:").unwrap_or(known).starts_with(bare);
        if bare.len() < 12 { None } else { self.ids.iter().find(means) }
    }
}

/// Returns the names of an image. `image` is an entry in the engine's list, or the engine's answer to an inspection.
pub(super) fn names_of(image: &Value) -> Vec<String> {
    let texts = |field: &str| image[field].as_array().into_iter().flatten();
    let names = texts("RepoTags").chain(texts("RepoDigests")).filter_map(Value::as_str);
    names.filter(|name| !name.contains("<none>")).map(listed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn image_is_found_by_the_beginning_of_its_id() {
        let id = format!("sha256:{}", "ab".repeat(32));
        let list = serde_json::json!([{"Id": id, "RepoTags": ["a:1", "<none>:<none>"], "RepoDigests": null}]);
        let images = Images::read(&list);
        assert_eq!(images.names.get("a:1"), Some(&id));
        assert_eq!(images.names.len(), 1);
        assert_eq!(images.find(&"ab".repeat(6)), Some(&id));
        assert_eq!((images.find("ab"), images.find(&"cd".repeat(6))), (None, None));
    }
}
