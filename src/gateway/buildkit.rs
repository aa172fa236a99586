//! Reads requests to `BuildKit`: the known methods, and the options of a build.
//!
//! A client names its images in `Control/Solve`. The frontend that reads the Dockerfile gets its options in the same
//! request or in `LLBBridge/Solve`. The field numbers come from `BuildKit`'s `control.proto` and `gateway.proto`.

use super::Rule;
use super::error::Rejection;
use super::protobuf::{Field, NoMessage, fields, map, messages, texts};

/// The purpose of a call, according to its method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BuildKitCall {
    /// Reads something, or belongs to a build that the gateway has already accepted.
    Pass,
    /// Starts a build. The request contains the names of the image.
    Solve,
    /// Reads the progress of a build.
    Status,
    /// Runs the frontend of a build. The request contains the frontend's options.
    Frontend,
    /// Removes the builder's cache.
    Prune,
    /// Changes the record of a build.
    History,
    /// The method is unknown.
    Unknown,
}

/// Returns the purpose of a call with a path such as `/moby.buildkit.v1.Control/Solve`.
pub(super) fn call(path: &str) -> BuildKitCall {
    let Some((service, method)) = path.trim_start_matches('/').split_once('/') else { return BuildKitCall::Unknown };
    match (service, method) {
        ("moby.buildkit.v1.Control", "Solve") => BuildKitCall::Solve,
        ("moby.buildkit.v1.Control", "Status") => BuildKitCall::Status,
        ("moby.buildkit.v1.Control", "Prune") => BuildKitCall::Prune,
        ("moby.buildkit.v1.Control", "UpdateBuildHistory") => BuildKitCall::History,
        ("moby.buildkit.v1.frontend.LLBBridge", "Solve") => BuildKitCall::Frontend,
        ("moby.buildkit.v1.Control", "DiskUsage" | "Session" | "ListWorkers" | "Info" | "ListenBuildHistory")
        | ("containerd.services.content.v1.Content", "Info" | "List" | "Status" | "ListStatuses" | "Read")
        | (
            "moby.buildkit.v1.frontend.LLBBridge"
            | "grpc.health.v1.Health"
            | "opentelemetry.proto.collector.trace.v1.TraceService",
            _,
        ) => BuildKitCall::Pass,
        _ => BuildKitCall::Unknown,
    }
}

/// The parts of a build request that the gateway reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Solve {
    /// The build's id.
    pub(super) build: String,
    /// The names for the image, as the client wrote them.
    pub(super) names: Vec<String>,
    /// Whether the build puts the image into the engine's store, and not only into a file of the client.
    pub(super) stores: bool,
    /// The rules that the build breaks, each with the option that breaks the rule.
    pub(super) wants: Vec<(Rule, String)>,
}

/// The exporters that put the image into the engine's store. Other exporters write only archives or files, so the
/// gateway ignores the names in their attributes.
const STORES: [&str; 2] = ["moby", "image"];
/// The number of the field with the frontend's options in a `Control/Solve` request.
const ATTRIBUTES: u64 = 7;
const OPTIONS: u64 = 3;

impl Solve {
    /// Reads a `Control/Solve` request.
    pub(super) fn read(message: &[u8]) -> Result<Self, NoMessage> {
        let read = fields(message)?;
        let mut solve = Self { build: build_of(message)?, wants: wants(&map(&read, ATTRIBUTES)?), ..Self::default() };
        for right in texts(&read, 9)? {
            let rule = match right.split('=').next().unwrap_or_default() {
                "network.host" => Rule::HostNamespace,
                "security.insecure" => Rule::Privileged,
                "device" => Rule::Device,
                _ => Rule::Unknown,
            };
            solve.wants.push((rule, format!("--allow {right}")));
        }
        // Older clients send one exporter, newer clients send a list, and some clients send both.
        let mut exporters = vec![(texts(&read, 3)?, map(&read, 4)?)];
        for exporter in messages(&read, 13) {
            let exporter = fields(exporter)?;
            exporters.push((texts(&exporter, 1)?, map(&exporter, 2)?));
        }
        exporters.retain(|(kind, _)| kind.last().is_some_and(|kind| STORES.contains(kind)));
        solve.stores = !exporters.is_empty();
        let attributes = exporters.iter().flat_map(|(_, attributes)| attributes);
        for (_, names) in attributes.filter(|(key, _)| *key == "name") {
            for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
                if !solve.names.iter().any(|known| known == name) {
                    solve.names.push(name.to_owned());
                }
            }
        }
        Ok(solve)
    }
}

/// Reads the build's id from a `Control` request.
pub(super) fn build_of(message: &[u8]) -> Result<String, NoMessage> {
    Ok(texts(&fields(message)?, 1)?.last().copied().unwrap_or_default().to_owned())
}

/// Returns the rules that the options of an `LLBBridge/Solve` request break, each with the option.
pub(super) fn frontend_wants(message: &[u8]) -> Result<Vec<(Rule, String)>, NoMessage> {
    Ok(wants(&map(&fields(message)?, OPTIONS)?))
}

fn wants(options: &[(&str, &str)]) -> Vec<(Rule, String)> {
    let want = |(key, value): &(&str, &str)| match *key {
        "force-network-mode" if *value == "host" => Some((Rule::HostNamespace, "--network host".to_owned())),
        "cgroup-parent" if !value.is_empty() => Some((Rule::Confinement, format!("--cgroup-parent {value}"))),
        _ => None,
    };
    options.iter().filter_map(want).collect()
}

/// Reads the digests of the image's configuration and of the image's manifest from a `Control/Solve` response.
pub(super) fn digests(message: &[u8]) -> Vec<String> {
    let is_digest = |key: &str| ["containerimage.config.digest", "containerimage.digest"].contains(&key);
    let answer = fields(message).and_then(|read| map(&read, 1)).unwrap_or_default();
    answer.into_iter().filter(|(key, _)| is_digest(key)).map(|(_, digest)| digest.to_owned()).collect()
}

/// Whether an `UpdateBuildHistory` request changes the history. Clients also send such a request to confirm that they
/// have read the history.
pub(super) fn changes_history(message: &[u8]) -> Result<bool, NoMessage> {
    Ok(fields(message)?.iter().any(|field| matches!(field, (2 | 3, Field::Number(1..)))))
}

impl From<NoMessage> for Rejection {
    fn from(_: NoMessage) -> Self {
        Self::bad("the request to BuildKit cannot be read")
    }
}

#[cfg(test)]
mod tests {
    use super::super::protobuf::append_entry;
    use super::*;

    fn put(message: &mut Vec<u8>, number: u8, bytes: &[u8]) {
        message.extend([number << 3 | 2, u8::try_from(bytes.len()).unwrap()]);
        message.extend(bytes);
    }

    #[test]
    fn buildkit_call_gets_its_purpose_from_its_path_or_is_unknown() {
        let cases = [
            ("/moby.buildkit.v1.Control/Solve", BuildKitCall::Solve),
            ("/moby.buildkit.v1.Control/Prune", BuildKitCall::Prune),
            ("/moby.buildkit.v1.Control/Info", BuildKitCall::Pass),
            ("/moby.buildkit.v1.Control/UpdateBuildHistory", BuildKitCall::History),
            ("/moby.buildkit.v1.Control/Nosuch", BuildKitCall::Unknown),
            ("/moby.buildkit.v1.frontend.LLBBridge/Solve", BuildKitCall::Frontend),
            ("/moby.buildkit.v1.frontend.LLBBridge/Return", BuildKitCall::Pass),
            ("/containerd.services.content.v1.Content/Read", BuildKitCall::Pass),
            ("/containerd.services.content.v1.Content/Delete", BuildKitCall::Unknown),
            ("/nosuch", BuildKitCall::Unknown),
            ("", BuildKitCall::Unknown),
        ];
        for (path, expected) in cases {
            assert_eq!(call(path), expected, "{path}");
        }
    }

    #[test]
    fn image_names_are_read_from_a_single_exporter_and_from_a_list_of_exporters() {
        let mut exporter = Vec::new();
        put(&mut exporter, 1, b"moby");
        append_entry(&mut exporter, 2, "name", "docker.io/library/a:1, b:2");
        let mut message = Vec::new();
        put(&mut message, 1, b"ref");
        put(&mut message, 13, &exporter);
        let solve = Solve::read(&message).unwrap();
        assert_eq!(solve.names, ["docker.io/library/a:1", "b:2"]);
        assert!(solve.stores && solve.wants.is_empty());
        put(&mut message, 3, b"image");
        append_entry(&mut message, 4, "name", "b:2,c");
        assert_eq!(Solve::read(&message).unwrap().names, ["b:2", "c", "docker.io/library/a:1"]);
        assert_eq!(Solve::read(&[]), Ok(Solve::default()));
        let mut archive = Vec::new();
        put(&mut archive, 3, b"docker");
        append_entry(&mut archive, 4, "name", "a:1");
        assert_eq!(Solve::read(&archive), Ok(Solve::default()), "an archive takes no name on the engine");
    }

    #[test]
    fn build_option_that_reaches_the_host_breaks_its_rule() {
        let mut message = Vec::new();
        for right in ["network.host", "security.insecure", "device=all", "nosuch"] {
            put(&mut message, 9, right.as_bytes());
        }
        append_entry(&mut message, ATTRIBUTES, "force-network-mode", "host");
        append_entry(&mut message, ATTRIBUTES, "cgroup-parent", "/x");
        append_entry(&mut message, ATTRIBUTES, "filename", "Dockerfile");
        let wants = Solve::read(&message).unwrap().wants;
        let said: Vec<String> = wants.iter().map(|(rule, what)| format!("{} {what}", rule.name())).collect();
        let expected = [
            "host-namespace --network host",
            "confinement --cgroup-parent /x",
            "host-namespace --allow network.host",
            "privileged --allow security.insecure",
            "device --allow device=all",
            "unknown --allow nosuch",
        ];
        assert_eq!(said, expected);
        let mut message = Vec::new();
        append_entry(&mut message, OPTIONS, "force-network-mode", "none");
        assert_eq!(frontend_wants(&message), Ok(Vec::new()));
        append_entry(&mut message, OPTIONS, "force-network-mode", "host");
        assert_eq!(frontend_wants(&message).unwrap().len(), 1);
    }

    #[test]
    fn image_digest_is_read_from_the_answer_to_a_build() {
        let mut message = Vec::new();
        append_entry(&mut message, 1, "image.name", "a:1");
        append_entry(&mut message, 1, "containerimage.digest", "sha256:00");
        assert_eq!(digests(&message), ["sha256:00"]);
        assert!(digests(&[]).is_empty() && digests(&[0xff]).is_empty());
    }

    #[test]
    fn request_changes_the_build_history_only_if_it_pins_or_removes_a_record() {
        for (message, expected) in
            [(&[0x20, 1][..], false), (&[0x18, 1], true), (&[0x10, 1], true), (&[0x18, 0], false)]
        {
            assert_eq!(changes_history(message), Ok(expected), "{message:?}");
        }
    }
}
