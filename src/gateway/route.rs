//! The purpose of a request, according to its method and path. The gateway refuses unknown requests that may change
//! something.

use super::{ObjectKind, Rule};

/// The purpose of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    /// The request needs no check.
    Pass,
    /// Switches from HTTP to another protocol, for a container's streams or the builder's session.
    Tunnel(Option<ObjectRef>),
    /// The connection carries calls to `BuildKit`.
    BuildKit,
    /// Creates a container, network or volume.
    Create(ObjectKind),
    /// Lists objects.
    List(ObjectKind),
    /// Lists the disk space that objects use.
    DiskUse,
    /// Changes an existing object.
    Change(ObjectRef),
    /// Starts or resizes the exec with this id.
    Exec(String),
    /// Creates an exec in a container (true), or updates a container (false). The gateway checks the body.
    Configure(ObjectRef, bool),
    /// Connects a container to this network, or disconnects a container from this network. The body names the
    /// container.
    Connect(String),
    /// Removes an image or one of its names.
    ImageDelete(String),
    /// Gives another name to this image.
    Tag(String),
    /// Pulls or imports an image.
    Pull,
    /// Pushes an image to a registry. The engine may report an error after its status.
    Push,
    /// Loads an archive of images.
    Load,
    /// Builds an image.
    Build,
    /// Makes an image from a container.
    Commit,
    /// Removes unused objects.
    Prune(ObjectKind),
    /// Removes the builder's cache.
    PruneCache,
    /// The request is forbidden by this rule.
    Forbidden(Rule),
}

/// An object on the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ObjectRef {
    pub(super) kind: ObjectKind,
    /// The object's id or name, as the client writes it.
    pub(super) id: String,
}

/// Returns the route of a method and a path (without the version and the first `/`).
pub(super) fn route(method: &str, path: &str) -> Route {
    let parts: Vec<&str> = path.split('/').collect();
    let reads = matches!(method, "GET" | "HEAD" | "OPTIONS");
    if reads { read(&parts) } else { change(method, &parts) }
}

fn read(parts: &[&str]) -> Route {
    match parts {
        ["containers", "json"] => Route::List(ObjectKind::Container),
        ["networks"] => Route::List(ObjectKind::Network),
        ["volumes"] => Route::List(ObjectKind::Volume),
        ["images", "json"] => Route::List(ObjectKind::Image),
        ["system", "df"] => Route::DiskUse,
        ["containers", id @ .., "attach", "ws"] if !id.is_empty() => {
            Route::Tunnel(Some(target(ObjectKind::Container, id)))
        }
        _ => Route::Pass,
    }
}

fn target(kind: ObjectKind, id: &[&str]) -> ObjectRef {
    ObjectRef { kind, id: id.join("/") }
}

fn change(method: &str, parts: &[&str]) -> Route {
    let on = |kind, id: &[&str]| Route::Change(target(kind, id));
    match (method, parts) {
        ("POST", ["containers", "create"]) => Route::Create(ObjectKind::Container),
        ("POST", ["networks", "create"]) => Route::Create(ObjectKind::Network),
        ("POST", ["volumes", "create"]) => Route::Create(ObjectKind::Volume),
        ("POST", ["containers", "prune"]) => Route::Prune(ObjectKind::Container),
        ("POST", ["networks", "prune"]) => Route::Prune(ObjectKind::Network),
        ("POST", ["volumes", "prune"]) => Route::Prune(ObjectKind::Volume),
        ("POST", ["images", "prune"]) => Route::Prune(ObjectKind::Image),
        ("POST", ["build", "prune"]) => Route::PruneCache,
        ("POST", ["containers", id @ .., verb]) if !id.is_empty() => match *verb {
            "start" | "restart" | "stop" | "kill" | "pause" | "unpause" | "rename" | "resize" => {
                on(ObjectKind::Container, id)
            }
            "exec" | "update" => Route::Configure(target(ObjectKind::Container, id), *verb == "exec"),
            "attach" => Route::Tunnel(Some(target(ObjectKind::Container, id))),
            "wait" => Route::Pass,
            _ => Route::Forbidden(Rule::Unknown),
        },
        ("DELETE", ["containers", .., "checkpoints", _]) => Route::Forbidden(Rule::Unknown),
        ("PUT", ["containers", id @ .., "archive"]) | ("DELETE", ["containers", id @ ..]) if !id.is_empty() => {
            on(ObjectKind::Container, id)
        }
        ("DELETE", ["networks", id @ ..]) if !id.is_empty() => on(ObjectKind::Network, id),
        ("DELETE" | "PUT", ["volumes", id @ ..]) if !id.is_empty() => on(ObjectKind::Volume, id),
        ("POST", ["networks", id, "connect" | "disconnect"]) => Route::Connect((*id).to_owned()),
        ("POST", ["exec", id, "start" | "resize"]) => Route::Exec((*id).to_owned()),
        ("POST", ["session"]) => Route::Tunnel(None),
        ("POST", ["grpc"]) => Route::BuildKit,
        ("POST", ["auth"] | ["build", "cancel"]) => Route::Pass,
        ("POST", ["images", "create"]) => Route::Pull,
        ("POST", ["images", "load"]) => Route::Load,
        ("POST", ["images", id @ .., "tag"]) if !id.is_empty() => Route::Tag(id.join("/")),
        ("POST", ["images", id @ .., "push"]) if !id.is_empty() => Route::Push,
        ("DELETE", ["images", id @ ..]) if !id.is_empty() => Route::ImageDelete(id.join("/")),
        ("POST", ["build"]) => Route::Build,
        ("POST", ["commit"]) => Route::Commit,
        (_, ["swarm" | "services" | "nodes" | "tasks" | "secrets" | "configs", ..]) => Route::Forbidden(Rule::Swarm),
        (_, ["plugins", ..]) => Route::Forbidden(Rule::Plugin),
        _ => Route::Forbidden(Rule::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_that_may_change_something_has_a_known_route_or_is_forbidden() {
        let container = |id: &str| ObjectRef { kind: ObjectKind::Container, id: id.to_owned() };
        let cases = [
            ("GET", "containers/json", Route::List(ObjectKind::Container)),
            ("GET", "containers/create", Route::Pass),
            ("GET", "containers/web/attach/ws", Route::Tunnel(Some(container("web")))),
            ("POST", "containers/create", Route::Create(ObjectKind::Container)),
            ("POST", "containers/web/start", Route::Change(container("web"))),
            ("POST", "containers/web/exec", Route::Configure(container("web"), true)),
            ("POST", "containers/web/update", Route::Configure(container("web"), false)),
            ("POST", "containers/web/resize", Route::Change(container("web"))),
            ("POST", "exec/e/start", Route::Exec("e".into())),
            ("POST", "networks/n/connect", Route::Connect("n".into())),
            ("DELETE", "containers/web/checkpoints/c", Route::Forbidden(Rule::Unknown)),
            ("POST", "containers/web/attach", Route::Tunnel(Some(container("web")))),
            ("POST", "containers/web/wait", Route::Pass),
            ("POST", "containers/create/start", Route::Change(container("create"))),
            ("PUT", "containers/web/archive", Route::Change(container("web"))),
            ("DELETE", "containers/web", Route::Change(container("web"))),
            ("DELETE", "volumes/data", Route::Change(ObjectRef { kind: ObjectKind::Volume, id: "data".into() })),
            ("DELETE", "images/a/b:1", Route::ImageDelete("a/b:1".into())),
            ("POST", "images/create", Route::Pull),
            ("POST", "images/a/b/tag", Route::Tag("a/b".into())),
            ("POST", "session", Route::Tunnel(None)),
            ("POST", "grpc", Route::BuildKit),
            ("POST", "swarm/init", Route::Forbidden(Rule::Swarm)),
            ("POST", "services/create", Route::Forbidden(Rule::Swarm)),
            ("POST", "plugins/pull", Route::Forbidden(Rule::Plugin)),
            ("POST", "libpod/containers/create", Route::Forbidden(Rule::Unknown)),
            ("PUT", "containers/create", Route::Forbidden(Rule::Unknown)),
            ("POST", "containers", Route::Forbidden(Rule::Unknown)),
            ("POST", "", Route::Forbidden(Rule::Unknown)),
            ("DELETE", "containers", Route::Forbidden(Rule::Unknown)),
        ];
        for (method, path, expected) in cases {
            assert_eq!(route(method, path), expected, "{method} {path}");
        }
    }
}
