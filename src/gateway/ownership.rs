//! Determines the owner of an object on the engine. The gateway asks the engine which object a name means. If the
//! engine gives no clear answer, the gateway refuses the client's request.

use serde_json::Value;

use super::error::Rejection;
use super::label::is_inherited;
use super::reference::{Images, names_of};
use super::route::ObjectRef;
use super::state::GatewayState;
use super::{ObjectKind, Rule, resolve};
use crate::text::percent;

/// The networks that every engine has and that any container may join.
const JOINABLE_NETWORKS: [&str; 2] = ["bridge", "none"];

impl GatewayState {
    /// Asks the engine for one object; returns `None` if the object does not exist. Fails if the answer is neither the
    /// object nor 404.
    async fn inspect(&self, path: &str, what: &str) -> Result<Option<Value>, Rejection> {
        let reply = match self.ask("GET", path, None).await {
            Err(Rejection::Gone) => return Err(Rejection::unresolved(what, "the connection broke off")),
            reply => reply?,
        };
        match reply.status {
            200 if reply.body.is_object() => Ok(Some(reply.body)),
            404 => Ok(None),
            _ => Err(Rejection::unexpected(what, &reply)),
        }
    }

    /// Returns the object that the engine finds by a name, an id, or the first digits of an id.
    pub(super) async fn find_object(&self, kind: ObjectKind, reference: &str) -> Result<Option<Value>, Rejection> {
        // The engine also accepts a container's name with a slash before it, as `inspect` prints it.
        let bare =
            if kind == ObjectKind::Container { reference.strip_prefix('/').unwrap_or(reference) } else { reference };
        if bare.is_empty() {
            return Err(Rejection::unresolved(kind.name(), "the name is empty"));
        }
        let id = percent::encode_path(bare);
        let path = match kind {
            ObjectKind::Container => format!("/containers/{id}/json"),
            ObjectKind::Network => format!("/networks/{id}"),
            ObjectKind::Image => format!("/images/{id}/json"),
            // The engine would normalise the path of such a name to another path. No volume of the driver `local` has
            // such a name.
            ObjectKind::Volume if bare.split('/').any(|part| ["", ".", ".."].contains(&part)) => return Ok(None),
            ObjectKind::Volume => format!("/volumes/{id}"),
        };
        self.inspect(&path, reference).await
    }

    /// Fails unless the object belongs to a session of this learner, or does not exist.
    pub(super) async fn require_owned(&self, target: &ObjectRef) -> Result<(), Rejection> {
        if target.kind == ObjectKind::Image {
            return self.require_owned_image(&target.id).await;
        }
        if self.made_id(&target.id) { Ok(()) } else { self.require_owned_object(target).await.map(|_| ()) }
    }

    /// Checks the owner like [`require_owned`], and returns the object.
    pub(super) async fn require_owned_object(&self, target: &ObjectRef) -> Result<Option<Value>, Rejection> {
        let Some(thing) = self.find_object(target.kind, &target.id).await? else { return Ok(None) };
        if !self.is_ours(&thing).await? {
            self.require_allowed(Rule::Foreign, &target.id)?;
        }
        Ok(Some(thing))
    }

    async fn is_ours(&self, thing: &Value) -> Result<bool, Rejection> {
        if thing["Id"].as_str().is_some_and(|id| self.made_id(id)) {
            return Ok(true);
        }
        let labels = thing["Config"].get("Labels").unwrap_or(&thing["Labels"]);
        let image = thing["Image"].as_str();
        Ok(self.has_session_label(labels) && !self.inherits_label(labels, image).await?)
    }

    /// Fails unless a container may join `network`. A container may join a session's networks and the built-in
    /// networks, but not the host's network.
    pub(super) async fn require_joinable_network(&self, network: &str) -> Result<(), Rejection> {
        if self.made_id(network) {
            return Ok(());
        }
        let Some(thing) = self.find_object(ObjectKind::Network, network).await? else { return Ok(()) };
        let text = |name: &str| thing[name].as_str().unwrap_or_default();
        if text("Driver") == "host" {
            return self.require_allowed(Rule::HostNamespace, "--network host");
        }
        // An engine gives the names in `JOINABLE_NETWORKS` only to its built-in networks.
        if JOINABLE_NETWORKS.contains(&text("Name")) || self.is_ours(&thing).await? {
            return Ok(());
        }
        self.require_allowed(Rule::Foreign, network)
    }

    /// Fails unless the container of an exec belongs to a session of this learner.
    pub(super) async fn require_owned_exec(&self, id: &str) -> Result<(), Rejection> {
        if self.made_id(id) {
            return Ok(());
        }
        let Some(exec) = self.inspect(&format!("/exec/{}/json", percent::encode_path(id)), id).await? else {
            return Ok(());
        };
        let container = exec["ContainerID"].as_str().unwrap_or_default();
        self.require_owned(&ObjectRef { kind: ObjectKind::Container, id: container.to_owned() }).await
    }

    /// Whether a container may have inherited the session's label from its image. Returns false if the image no longer
    /// exists.
    pub(super) async fn inherits_label(&self, labels: &Value, image: Option<&str>) -> Result<bool, Rejection> {
        let Some(image) = image else { return Ok(false) };
        let Some(image) = self.find_object(ObjectKind::Image, image).await? else { return Ok(false) };
        Ok(is_inherited(labels, &image["Config"]["Labels"]))
    }

    /// Whether a session of this learner gave `name` to the image `id`.
    pub(super) async fn is_our_name(&self, name: &str, id: &str) -> Result<bool, Rejection> {
        let known = self.journal.with_ledger(|ledger| ledger.names.get(name).cloned());
        let known = known.or_else(|| self.earlier.names.get(name).cloned());
        if known.as_deref() == Some(id) { Ok(true) } else { self.settle_name(name, id).await }
    }

    /// Whether the request of an open intent gave `name` to the image `id`. If so, records the result. Intents of pulls
    /// stay open, because nothing shows who pulled an image.
    async fn settle_name(&self, name: &str, id: &str) -> Result<bool, Rejection> {
        let intents = self.journal.with_ledger(|ledger| ledger.open.values().cloned().collect::<Vec<_>>());
        for intent in intents.into_iter().filter(|intent| intent.names.iter().any(|known| known == name)) {
            if resolve::came_about(&self.engine, &intent, name, id).await? {
                self.record_result(intent.n, vec![(name.to_owned(), id.to_owned())], Vec::new()).await?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_our_image(&self, id: &str) -> bool {
        self.journal.with_ledger(|ledger| ledger.has_image(id)) || self.earlier.has_image(id)
    }

    /// Fails unless an image belongs to a session of this learner, or does not exist. If `name` is a name, that name
    /// must belong to a session. If `name` is an id, all names of the image must belong to a session.
    pub(super) async fn require_owned_image(&self, name: &str) -> Result<(), Rejection> {
        let there = Images::list(&self.engine).await?;
        let meant = crate::image_ref::listed(name);
        let is_id_of = |id: &str| id.trim_start_matches("sha256:").starts_with(name.trim_start_matches("sha256:"));
        if let Some(id) = there.names.get(&meant).filter(|id| !is_id_of(id)) {
            let ours = self.is_our_name(&meant, id).await?;
            return if ours { Ok(()) } else { self.require_allowed(Rule::Foreign, name) };
        }
        let Some(image) = self.find_object(ObjectKind::Image, name).await? else { return Ok(()) };
        let id = image["Id"].as_str().unwrap_or_default();
        let mut names = names_of(&image);
        if names.iter().any(|name| !name.contains('@')) {
            // The engine removes the digests together with the last tag, so only the tags count.
            names.retain(|name| !name.contains('@'));
        }
        let mut ours = !names.is_empty() || self.is_our_image(id);
        for name in &names {
            ours = ours && self.is_our_name(name, id).await?;
        }
        if ours { Ok(()) } else { self.require_allowed(Rule::Foreign, name) }
    }
}

/// Returns the mount points of a container.
pub(super) fn mount_targets(container: &Value) -> Vec<String> {
    let mounts = container["Mounts"].as_array().into_iter().flatten();
    mounts.filter_map(|mount| mount["Destination"].as_str().map(str::to_owned)).collect()
}
