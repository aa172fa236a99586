//! Names of images, as `docker images` has them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::error::Stop;
use super::upstream;
use crate::engine::Endpoint;

/// A name with its tag: `docker.io/library/busybox` → `busybox:latest`. One by digest stays.
pub(super) fn with_tag(name: &str) -> String {
    let name = name.strip_prefix("docker.io/").or_else(|| name.strip_prefix("index.docker.io/")).unwrap_or(name);
    let name = name.strip_prefix("library/").unwrap_or(name);
    let last = name.rsplit('/').next().unwrap_or_default();
    if last.contains('@') || last.contains(':') { name.to_owned() } else { format!("{name}:latest") }
}

/// A repository and the tag or digest that a query gives beside it.
pub(super) fn join(repository: &str, tag: Option<&str>) -> String {
    match tag {
        None => with_tag(repository),
        Some(tag) if tag.contains(':') => with_tag(&format!("{repository}@{tag}")),
        Some(tag) => {
            let last = repository.rfind('/').map_or(0, |slash| slash + 1);
            let bare = repository[last..].split(':').next().map_or(repository.len(), |name| last + name.len());
            with_tag(&format!("{}:{tag}", &repository[..bare]))
        }
    }
}

/// Names of all images with the image each is for.
pub(super) async fn image_names(endpoint: &Endpoint) -> Result<BTreeMap<String, String>, Stop> {
    let list = upstream::ask(endpoint, "GET", "/images/json", None).await?;
    let mut names = BTreeMap::new();
    for image in list.body.as_array().into_iter().flatten() {
        let id = image.get("Id").and_then(Value::as_str).unwrap_or_default();
        for field in ["RepoTags", "RepoDigests"] {
            for name in image.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
                if !name.contains("<none>") {
                    names.insert(with_tag(name), id.to_owned());
                }
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_list() {
        let cases = [
            ("busybox", None, "busybox:latest"),
            ("docker.io/library/busybox", Some("1"), "busybox:1"),
            ("a/b", Some("latest"), "a/b:latest"),
            ("localhost:5000/a", None, "localhost:5000/a:latest"),
            ("localhost:5000/a:2", None, "localhost:5000/a:2"),
            ("busybox:1", Some("2"), "busybox:2"),
            ("a", Some("sha256:00"), "a@sha256:00"),
            ("a@sha256:00", None, "a@sha256:00"),
        ];
        for (repository, tag, expected) in cases {
            assert_eq!(join(repository, tag), expected, "{repository} {tag:?}");
        }
    }
}
