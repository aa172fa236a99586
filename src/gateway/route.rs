//! What a request is about, by its method and path. What may change something and is not known here is refused.

use super::{Kind, Rule};

/// What a request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    /// Nothing that the gateway cares about.
    Pass,
    /// What leaves HTTP: a container's streams, the builder's session.
    Tunnel(Option<Target>),
    /// Calls to `BuildKit`.
    BuildKit,
    /// Making a container, network or volume.
    Create(Kind),
    /// Listing.
    List(Kind),
    /// What takes how much of the disk.
    DiskUse,
    /// Changing something that is there: whose is it?
    Change(Target),
    /// Starting a container: what does it mount?
    Start(Target),
    /// A command in a container, by its id.
    Exec(String),
    /// As [`Change`](Self::Change), with a body that has rules: `exec` (true) or `update`.
    Configure(Target, bool),
    /// Joining or leaving this network: the container is in the body.
    Connect(String),
    /// Removing an image's name, or an image.
    ImageDelete(String),
    /// Naming an image.
    Tag(String),
    /// Pulling or importing.
    Pull,
    /// Sending an image to a registry: its errors come after its status.
    Push,
    /// An archive of images.
    Load,
    /// A build.
    Build,
    /// An image of a container.
    Commit,
    /// Removing what is not used.
    Prune(Kind),
    /// Removing the builder's cache.
    PruneCache,
    /// What is not for a learner's engine.
    Forbidden(Rule),
}

/// A thing on the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) kind: Kind,
    /// Its id or name, as the client wrote it.
    pub(super) id: String,
}

/// What the path (without version and first `/`) and the method are about.
pub(super) fn route(method: &str, path: &str) -> Route {
    let parts: Vec<&str> = path.split('/').collect();
    let reads = matches!(method, "GET" | "HEAD" | "OPTIONS");
    if reads { read(&parts) } else { change(method, &parts) }
}

fn read(parts: &[&str]) -> Route {
    match parts {
        ["containers", "json"] => Route::List(Kind::Container),
        ["networks"] => Route::List(Kind::Network),
        ["volumes"] => Route::List(Kind::Volume),
        ["images", "json"] => Route::List(Kind::Image),
        ["system", "df"] => Route::DiskUse,
        ["containers", id @ .., "attach", "ws"] if !id.is_empty() => Route::Tunnel(Some(target(Kind::Container, id))),
        _ => Route::Pass,
    }
}

fn target(kind: Kind, id: &[&str]) -> Target {
    Target { kind, id: id.join("/") }
}

fn change(method: &str, parts: &[&str]) -> Route {
    let on = |kind, id: &[&str]| Route::Change(Target { kind, id: id.join("/") });
    match (method, parts) {
        ("POST", ["containers", "create"]) => Route::Create(Kind::Container),
        ("POST", ["networks", "create"]) => Route::Create(Kind::Network),
        ("POST", ["volumes", "create"]) => Route::Create(Kind::Volume),
        ("POST", ["containers", "prune"]) => Route::Prune(Kind::Container),
        ("POST", ["networks", "prune"]) => Route::Prune(Kind::Network),
        ("POST", ["volumes", "prune"]) => Route::Prune(Kind::Volume),
        ("POST", ["images", "prune"]) => Route::Prune(Kind::Image),
        ("POST", ["build", "prune"]) => Route::PruneCache,
        ("POST", ["containers", id @ .., verb]) if !id.is_empty() => match *verb {
            "start" | "restart" => Route::Start(target(Kind::Container, id)),
            "stop" | "kill" | "pause" | "unpause" | "rename" | "resize" => on(Kind::Container, id),
            "exec" | "update" => Route::Configure(target(Kind::Container, id), *verb == "exec"),
            "attach" => Route::Tunnel(Some(target(Kind::Container, id))),
            "wait" => Route::Pass,
            _ => Route::Forbidden(Rule::Unknown),
        },
        ("DELETE", ["containers", .., "checkpoints", _]) => Route::Forbidden(Rule::Unknown),
        ("PUT", ["containers", id @ .., "archive"]) | ("DELETE", ["containers", id @ ..]) if !id.is_empty() => {
            on(Kind::Container, id)
        }
        ("DELETE", ["networks", id @ ..]) if !id.is_empty() => on(Kind::Network, id),
        ("DELETE" | "PUT", ["volumes", id @ ..]) if !id.is_empty() => on(Kind::Volume, id),
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
    fn what_may_change_something_is_known_or_refused() {
        let container = |id: &str| Target { kind: Kind::Container, id: id.to_owned() };
        let cases = [
            ("GET", "containers/json", Route::List(Kind::Container)),
            ("GET", "containers/create", Route::Pass),
            ("GET", "containers/web/attach/ws", Route::Tunnel(Some(container("web")))),
            ("POST", "containers/create", Route::Create(Kind::Container)),
            ("POST", "containers/web/start", Route::Start(container("web"))),
            ("POST", "containers/web/exec", Route::Configure(container("web"), true)),
            ("POST", "containers/web/update", Route::Configure(container("web"), false)),
            ("POST", "containers/web/resize", Route::Change(container("web"))),
            ("POST", "exec/e/start", Route::Exec("e".into())),
            ("POST", "networks/n/connect", Route::Connect("n".into())),
            ("DELETE", "containers/web/checkpoints/c", Route::Forbidden(Rule::Unknown)),
            ("POST", "containers/web/attach", Route::Tunnel(Some(container("web")))),
            ("POST", "containers/web/wait", Route::Pass),
            ("POST", "containers/create/start", Route::Start(container("create"))),
            ("PUT", "containers/web/archive", Route::Change(container("web"))),
            ("DELETE", "containers/web", Route::Change(container("web"))),
            ("DELETE", "volumes/data", Route::Change(Target { kind: Kind::Volume, id: "data".into() })),
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
