//! Lists the objects on an engine, for messages that contain their names.

use serde_json::Value;

use super::Engine;
use super::facts::refused;
use super::wire::Reply;
use crate::claims::{Facts, InfraFailure};
use crate::text::percent;

impl Engine {
    /// Lists all containers as `/containers/json` does, newest first.
    pub async fn containers(&self) -> Result<Vec<Value>, InfraFailure> {
        self.listed("/containers/json?all=true").await
    }

    /// Inspects a container by name or id.
    pub async fn container(&self, name: &str) -> Result<Option<Value>, InfraFailure> {
        self.one(&format!("/containers/{}/json", percent::encode_path(name))).await
    }

    /// Lists all images as `/images/json` does.
    pub async fn images(&self) -> Result<Vec<Value>, InfraFailure> {
        self.listed("/images/json").await
    }

    /// Inspects an image by name.
    pub async fn image(&self, name: &str) -> Result<Option<Value>, InfraFailure> {
        self.one(&format!("/images/{}/json", percent::encode_path(name))).await
    }

    /// Lists all networks.
    pub async fn networks(&self) -> Result<Vec<Value>, InfraFailure> {
        self.listed("/networks").await
    }

    /// Inspects a network by name.
    pub async fn network(&self, name: &str) -> Result<Option<Value>, InfraFailure> {
        self.one(&format!("/networks/{}", percent::encode_path(name))).await
    }

    /// Lists all volumes.
    pub async fn volumes(&self) -> Result<Vec<Value>, InfraFailure> {
        let answer = self.ask("/volumes").await?;
        Ok(answer.body["Volumes"].as_array().cloned().unwrap_or_default())
    }

    /// Returns the engine's answer to `GET /info`.
    pub async fn info(&self) -> Result<Value, InfraFailure> {
        Ok(self.ask("/info").await?.body)
    }

    /// Whether a container of `image` ran out of memory in the last minute, even if the container no longer exists.
    pub async fn oom_lately(&self, image: &str) -> Result<bool, InfraFailure> {
        let is_of_image = |event: &Value| *event["Actor"]["Attributes"].get("image").unwrap_or(&event["from"]) == image;
        Ok(self.last_events("event", "oom").await?.iter().any(is_of_image))
    }

    /// Returns the names of a container's events in the last minute (`start`, `kill`, `oom`, `die`), in order.
    pub async fn happened_lately(&self, container: &str) -> Result<Vec<String>, InfraFailure> {
        let name = |event: &Value| event["Action"].as_str().map(str::to_owned);
        Ok(self.last_events("container", container).await?.iter().filter_map(name).collect())
    }

    /// Lists the events of the last minute that match a filter.
    async fn last_events(&self, filter: &str, value: &str) -> Result<Vec<Value>, InfraFailure> {
        let since = self.now().await?.before(60);
        self.past_events(since, &vec![(filter.to_owned(), vec![value.to_owned()])]).await
    }

    async fn listed(&self, path: &str) -> Result<Vec<Value>, InfraFailure> {
        let Facts::List(list) = self.list(path).await? else { return Ok(Vec::new()) };
        Ok(list)
    }

    async fn one(&self, path: &str) -> Result<Option<Value>, InfraFailure> {
        let Facts::Inspect(object) = self.inspect(path).await? else { return Ok(None) };
        Ok(Some(object))
    }

    async fn ask(&self, path: &str) -> Result<Reply, InfraFailure> {
        let answer = self.wire.get(path).await?;
        if answer.status == 200 { Ok(answer) } else { Err(refused(&answer)) }
    }
}
