//! Tests the rules of moby's `distribution/reference`, with moby's test cases and further cases.

use super::*;

const DIGEST: &str = "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

fn parsed(text: &str) -> ImageRef {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn every_spelling_of_a_name_has_one_familiar_and_one_full_form() {
    // Each row: the text as written, its familiar form, its full form.
    for (text, familiar, full) in [
        ("ubuntu", "ubuntu", "docker.io/library/ubuntu"),
        ("library/ubuntu", "ubuntu", "docker.io/library/ubuntu"),
        ("docker.io/foo", "foo", "docker.io/library/foo"),
        ("index.docker.io/library/ubuntu-12.04-base", "ubuntu-12.04-base", "docker.io/library/ubuntu-12.04-base"),
        ("index.docker.io/fooo/bar", "fooo/bar", "docker.io/fooo/bar"),
        ("library/foo/bar", "library/foo/bar", "docker.io/library/foo/bar"),
        ("nonlibrary/ubuntu", "nonlibrary/ubuntu", "docker.io/nonlibrary/ubuntu"),
        ("other/library", "other/library", "docker.io/other/library"),
        ("localhost/fooo", "localhost/fooo", "localhost/fooo"),
        ("LOCALDOMAIN/fooo/bar", "LOCALDOMAIN/fooo/bar", "LOCALDOMAIN/fooo/bar"),
        ("Foo/bar", "Foo/bar", "Foo/bar"),
        ("127.0.0.1:8000/private/moonbase", "127.0.0.1:8000/private/moonbase", "127.0.0.1:8000/private/moonbase"),
        ("example.com:8000/base", "example.com:8000/base", "example.com:8000/base"),
        ("[fc00::1]:5000/docker", "[fc00::1]:5000/docker", "[fc00::1]:5000/docker"),
        ("192.168.0.1", "192.168.0.1", "docker.io/library/192.168.0.1"),
        ("docker---rules/dock__er", "docker---rules/dock__er", "docker.io/docker---rules/dock__er"),
    ] {
        let image = parsed(text);
        assert_eq!((image.familiar_name(), image.name()), (familiar.to_owned(), full.to_owned()), "{text}");
        assert_eq!(parsed(&image.familiar()), image, "{text}");
        assert_eq!(parsed(full), image, "{text}");
    }
}

#[test]
fn tags_and_digests_are_distinguished_from_ports() {
    let both = format!("xn--7o8h.com/myimage:xn--7o8h.com@{DIGEST}");
    let by_digest = format!("test:5000/repo@{DIGEST}");
    for (text, repository, tag, digest) in [
        ("mongo:4.1", "library/mongo", Some("4.1"), None),
        ("test.com:5000", "library/test.com", Some("5000"), None),
        ("test:5000/repo", "repo", None, None),
        ("test:5000/repo:tag", "repo", Some("tag"), None),
        (&by_digest, "repo", None, Some(DIGEST)),
        (&both, "myimage", Some("xn--7o8h.com"), Some(DIGEST)),
        (
            "b.gcr.io/test.example.com/my-app:test.example.com",
            "test.example.com/my-app",
            Some("test.example.com"),
            None,
        ),
        ("foo/foo_bar.com:8080", "foo/foo_bar.com", Some("8080"), None),
        ("lowercase:Uppercase", "library/lowercase", Some("Uppercase"), None),
    ] {
        let image = parsed(text);
        assert_eq!(image.repository, repository, "{text}");
        assert_eq!((image.tag.as_deref(), image.digest.as_deref()), (tag, digest), "{text}");
    }
}

#[test]
fn missing_tag_is_latest_unless_there_is_a_digest() {
    let by_digest = format!("a@{DIGEST}");
    let both = format!("a:1@{DIGEST}");
    for (text, tagged, full) in [
        ("busybox", "busybox:latest", "docker.io/library/busybox:latest"),
        ("docker.io/library/busybox:1", "busybox:1", "docker.io/library/busybox:1"),
        ("localhost:5000/a", "localhost:5000/a:latest", "localhost:5000/a:latest"),
        (&by_digest, &by_digest, &format!("docker.io/library/a@{DIGEST}")),
        (&both, &both, &format!("docker.io/library/a@{DIGEST}")),
    ] {
        let image = parsed(text);
        assert_eq!((image.familiar_tagged(), image.normalized()), (tagged.to_owned(), full.to_owned()), "{text}");
        assert_eq!(image.familiar_tagged(), listed(text), "{text}");
    }
    assert_eq!(listed("<none>:<none>"), "<none>:<none>");
}

#[test]
fn separate_tag_or_digest_replaces_the_one_in_the_repository() {
    let by_digest = format!("a@{DIGEST}");
    for (repository, reference, expected) in [
        ("busybox", None, "busybox:latest"),
        ("docker.io/library/busybox", Some("1"), "busybox:1"),
        ("a/b", Some("latest"), "a/b:latest"),
        ("localhost:5000/a", None, "localhost:5000/a:latest"),
        ("localhost:5000/a", Some("1"), "localhost:5000/a:1"),
        ("localhost:5000/a:2", None, "localhost:5000/a:2"),
        ("busybox:1", Some("2"), "busybox:2"),
        ("a", Some(DIGEST), &by_digest),
        (&by_digest, None, &by_digest),
    ] {
        assert_eq!(listed_with(repository, reference), expected, "{repository} {reference:?}");
    }
}

#[test]
fn invalid_reference_gives_the_error_for_its_mistake() {
    use ImageRefError as Error;
    let hex = "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a";
    let long = format!("docker.io/{}", "a".repeat(256));
    let longest_tag = format!("a:{}", "t".repeat(129));
    for (text, error) in [
        ("", Error::Empty),
        ("–name", Error::Dash),
        ("https://github.com/docker/docker", Error::Scheme),
        ("a b", Error::Space),
        (":justtag", Error::Colon),
        ("mongo:", Error::Colon),
        ("Mongo", Error::Uppercase),
        ("Uppercase:tag", Error::Uppercase),
        ("docker/Docker", Error::Uppercase),
        ("docker.io/docker/Docker", Error::Uppercase),
        ("test:5000/Uppercase/lowercase:tag", Error::Uppercase),
        (&long, Error::TooLong),
        (hex, Error::Identifier),
        ("repo@sha256:ffffffffffffffffffffffffffffffffff", Error::Digest),
        ("validname@invaliddigest:ffffffffffffffffffffffffffffffff", Error::Digest),
        ("a@b", Error::Digest),
        ("mongo:4.1:2", Error::Format),
        ("a//b", Error::Format),
        ("docker.io/docker///docker", Error::Format),
        ("../b", Error::Format),
        ("a/../b", Error::Format),
        ("-a", Error::Format),
        ("-docker.io/docker/docker", Error::Format),
        ("a-", Error::Format),
        ("a..b", Error::Format),
        ("dock_.er/docker", Error::Format),
        ("____/____", Error::Format),
        ("docker/", Error::Format),
        ("/a", Error::Format),
        ("aa/asdf$$^/aa", Error::Format),
        ("[fc00::1]", Error::Format),
        ("fc00::1:5000/debian", Error::Format),
        ("[fe80::1%eth0]:5000/debian", Error::Format),
        (&longest_tag, Error::Format),
        ("a:.hidden", Error::Format),
    ] {
        assert_eq!(text.parse::<ImageRef>(), Err(error), "{text}");
    }
    assert!(parsed(&format!("docker.io/{hex}")).is_hub());
}

#[test]
fn two_spellings_of_one_image_name_the_same_image() {
    for other in ["hello-world:latest", "docker.io/hello-world", "docker.io/library/hello-world:latest"] {
        assert!(is_same_image("hello-world", other), "{other}");
    }
    for (one, other) in [("mongo", "mongo:4.1"), ("mongo", "mongos"), ("mongo", "localhost:5000/mongo"), ("A", "a")] {
        assert!(!is_same_image(one, other), "{one} {other}");
    }
    assert_eq!(parsed("docker.io/library/nginx:1").official(), Some("nginx"));
    assert_eq!(parsed("bitnami/nginx").official(), None);
}

proptest::proptest! {
    #[test]
    fn reference_is_parsed_again_from_each_of_its_forms(text in "[a-zA-Z0-9./:@_-]{0,20}|\\PC{0,20}") {
        if let Ok(image) = text.parse::<ImageRef>() {
            proptest::prop_assert_eq!(image.familiar().parse::<ImageRef>(), Ok(image.clone()));
            proptest::prop_assert!(is_same_image(&image.normalized(), &text));
        }
    }
}
