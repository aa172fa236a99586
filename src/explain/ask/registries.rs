//! Explains which registry an image's name means, and which images of the step exist only after an earlier command.

use super::{Cause, Failure};
use crate::docker_cli::docker_commands;
use crate::image_ref::{ImageRef, is_same_image};
use crate::text::nearest;

/// Returns the host in an image's name: the first part, if it is `localhost` or has a dot or a port.
pub(super) fn host_of(image: &str) -> Option<String> {
    let (host, _) = image.split_once('/')?;
    (host.contains(['.', ':']) || host == "localhost").then(|| host.to_owned())
}

/// Returns the first part of a name that has more than two parts and no host. Docker asked Docker Hub for this image,
/// because its first part has no dot and no port.
pub(super) fn hub_asked(image: &str) -> Option<String> {
    let (first, rest) = image.split_once('/')?;
    let is_hub = image.parse::<ImageRef>().is_ok_and(|image| image.is_hub()) && host_of(image).is_none();
    (is_hub && rest.contains('/')).then(|| first.to_owned())
}

/// Returns the image, and the step's docker command that makes the image and that the learner has not typed yet.
pub(super) fn maker_of(image: &str, failure: &Failure<'_>) -> Option<(String, &'static str)> {
    let open = failure.printed.iter().filter(|one| !one.typed).flat_map(|one| docker_commands(one.command));
    let mut makers = open.filter(|call| call.operands().last().is_some_and(|last| is_same_image(last, image)));
    let maker = makers.find_map(|call| ["commit", "tag"].into_iter().find(|maker| call.name().ends_with(maker)));
    maker.map(|maker| (image.to_owned(), maker))
}

/// Returns the repository and the tag of an image that the step takes from another registry.
pub(super) fn of_other_registry(image: &str, failure: &Failure<'_>) -> Option<String> {
    let typed = image.parse::<ImageRef>().ok()?;
    let wanted = failure.printed.iter().filter(|one| !one.typed).flat_map(|one| docker_commands(one.command));
    let mut wanted =
        wanted.flat_map(|call| call.operands().filter_map(|word| word.parse::<ImageRef>().ok()).collect::<Vec<_>>());
    let is_other = |one: &ImageRef| {
        one.registry != typed.registry
            && one.repository == typed.repository
            && one.tag.is_some()
            && one.tag == typed.tag
    };
    wanted.find(is_other).map(|one| format!("{}:{}", one.repository, one.tag.unwrap_or_default()))
}

/// Whether `image` has no registry in its name, so that docker asked Docker Hub, but the step pushes only to other
/// registries.
pub(super) fn pushes_elsewhere(image: &str, failure: &Failure<'_>) -> bool {
    let is_hub = |name: &str| name.parse::<ImageRef>().is_ok_and(|image| image.is_hub());
    let calls: Vec<_> = failure.printed.iter().flat_map(|one| docker_commands(one.command)).collect();
    let mut pushed =
        calls.iter().filter(|call| call.familiar_name() == "push").filter_map(|call| call.first()).peekable();
    host_of(image).is_none() && pushed.peek().is_some() && !pushed.any(is_hub)
}

/// Whether a registry's host is this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.chars().all(|c| c.is_ascii_digit()));
    matches!(name.map_or(host, |(name, _)| name), "localhost" | "127.0.0.1" | "[::1]")
}

/// Returns the host of a registry on this machine that the course uses, if it is not `host`.
pub(super) fn own_host(host: &str, known: &[String]) -> Option<String> {
    let mut hosts = known.iter().filter_map(|known| host_of(known)).filter(|known| is_loopback(known));
    let first = hosts.next()?;
    (first != host && hosts.all(|other| other != host)).then_some(first)
}

/// Chooses the message for an image that the learner's own registry lacks. Either the name is mistyped, or the learner
/// has not pushed the image.
pub(super) fn own_registry_lacks(cause: &mut Cause, image: &str, host: String, known: &[String]) -> &'static str {
    let is_asked = known.iter().any(|known| is_same_image(known, image));
    let own: Vec<&str> =
        known.iter().map(String::as_str).filter(|known| host_of(known).as_ref() == Some(&host)).collect();
    if let Some(near) = nearest(image, own).filter(|_| !is_asked) {
        cause.set("near", near);
        return "explain-image-unknown-near";
    }
    cause.set("host", host);
    "explain-image-not-pushed"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::kind::Kind;

    #[test]
    fn image_missing_in_the_own_registry_is_misspelt_or_not_pushed() {
        let known = ["alpine:3.20", "localhost:5000/tim/alpine:1"].map(str::to_owned);
        let said = |image: &str| {
            let mut cause = Cause::new(Kind::TagUnknown, None);
            let host = host_of(image).filter(|host| is_loopback(host)).expect("a host");
            (own_registry_lacks(&mut cause, image, host, &known), cause.get("near").map(str::to_owned))
        };
        assert_eq!(said("localhost:5000/tim/alpine:1"), ("explain-image-not-pushed", None));
        let near = Some("localhost:5000/tim/alpine:1".to_owned());
        assert_eq!(said("localhost:5000/tim/alpin:1"), ("explain-image-unknown-near", near));
        assert_eq!(said("127.0.0.1:5000/lain:9"), ("explain-image-not-pushed", None));
        assert!(!is_loopback("ghcr.io") && !is_loopback("localhost.example:5000"));
    }
}
