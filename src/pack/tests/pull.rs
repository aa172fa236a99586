//! Compares the mirror with the rules for pulls in the OCI distribution specification.

use std::fs;

use serde_json::{Value, json};

use super::super::*;
use super::{DOCKER, Fixture};

#[test]
fn base_path_answers_like_a_registry_and_foreign_paths_are_refused() {
    let fixture = Fixture::new();
    let mirror = fixture.serve();
    for target in ["/v2/", "/v2"] {
        assert_eq!(mirror.get(target).status, 200);
    }
    assert_eq!(mirror.get("/").status, 404);
    assert_eq!(mirror.get("/v1/search?q=x").error(), (404, "UNSUPPORTED".into()));
}

#[test]
fn manifest_is_served_by_tag_and_by_digest() {
    let fixture = Fixture::new();
    let mirror = fixture.serve();
    let expected = fs::read(fixture.blob_path(mirror.manifest)).unwrap();
    for reference in ["4.1", &mirror.manifest.to_string()] {
        let target = format!("/v2/library/mongo/manifests/{reference}");
        // The answer has the media type of the manifest, even if the client accepts only another type.
        for accept in ["", "Accept: */*\r\n", "Accept: application/vnd.oci.image.index.v1+json\r\n"] {
            let answer = mirror.ask("GET", &target, accept);
            assert_eq!((answer.status, &answer.body), (200, &expected), "{target}");
            assert_eq!(answer.header("content-type"), DOCKER);
            assert_eq!(answer.header("docker-content-digest"), mirror.manifest.to_string());
            assert_eq!(answer.header("content-length"), expected.len().to_string());
        }
        let head = mirror.ask("HEAD", &target, "");
        assert_eq!((head.status, head.body.len()), (200, 0));
        assert_eq!(head.header("content-type"), DOCKER);
        assert_eq!(head.header("docker-content-digest"), mirror.manifest.to_string());
        assert_eq!(head.header("content-length"), expected.len().to_string());
    }
}

#[test]
fn request_for_an_unknown_object_gets_the_specifications_error_code() {
    let fixture = Fixture::new();
    let mirror = fixture.serve();
    let (other, alpine) = (Digest::of(b"other"), Digest::of(b"alpine"));
    for (target, status, code) in [
        ("/v2/library/nginx/manifests/latest".to_owned(), 404, "NAME_UNKNOWN"),
        (format!("/v2/library/nginx/blobs/{alpine}"), 404, "NAME_UNKNOWN"),
        ("/v2/library/nginx/tags/list".to_owned(), 404, "NAME_UNKNOWN"),
        ("/v2/library/mongo/manifests/9".to_owned(), 404, "MANIFEST_UNKNOWN"),
        ("/v2/library/mongo/manifests/.INVALID_MANIFEST_NAME".to_owned(), 404, "MANIFEST_UNKNOWN"),
        (format!("/v2/library/mongo/manifests/{other}"), 404, "MANIFEST_UNKNOWN"),
        // A blob is not a manifest, and a blob of another repository is not found.
        (format!("/v2/library/mongo/manifests/{}", Digest::of(b"second")), 404, "MANIFEST_UNKNOWN"),
        (format!("/v2/library/mongo/blobs/{other}"), 404, "BLOB_UNKNOWN"),
        (format!("/v2/library/mongo/blobs/{alpine}"), 404, "BLOB_UNKNOWN"),
        ("/v2/library/mongo/blobs/sha256:..%2f..%2findex.json".to_owned(), 400, "DIGEST_INVALID"),
        ("/v2/library/mongo/blobs/../../../index.json".to_owned(), 404, "UNSUPPORTED"),
        (format!("/v2/library/../mongo/blobs/{alpine}"), 400, "NAME_INVALID"),
        ("/v2/Library/mongo/manifests/4.1".to_owned(), 400, "NAME_INVALID"),
    ] {
        assert_eq!(mirror.get(&target).error(), (status, code.to_owned()), "{target}");
        let head = mirror.ask("HEAD", &target, "");
        assert_eq!((head.status, head.body.len()), (status, 0), "{target}");
    }
}

#[test]
fn blob_is_served_whole_even_if_the_client_requests_a_range() {
    let fixture = Fixture::new();
    let mirror = fixture.serve();
    let digest = Digest::of(b"0123456789");
    let target = format!("/v2/library/mongo/blobs/{digest}");
    let whole = mirror.get(&target);
    assert_eq!((whole.status, &whole.body[..]), (200, &b"0123456789"[..]));
    assert_eq!(whole.header("docker-content-digest"), digest.to_string());
    assert_eq!(whole.header("content-length"), "10");

    let head = mirror.ask("HEAD", &target, "");
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, "10", 0));

    let part = mirror.ask("GET", &target, "Range: bytes=2-4\r\n");
    assert_eq!((part.status, &part.body[..]), (200, &b"0123456789"[..]), "the whole is right, too");
    // A manifest is also a blob, as in other registries.
    assert_eq!(mirror.get(&format!("/v2/library/mongo/blobs/{}", mirror.manifest)).status, 200);
}

#[test]
fn large_blob_is_served_whole() {
    let mut fixture = Fixture::new();
    let large: Vec<u8> = (0..1_000_003_u32).map(|i| u8::try_from(i % 251).unwrap()).collect();
    fixture.image("docker.io/library/large:1", &[&large], &Value::Null);
    fixture.write_index();
    let mirror = fixture.serve();
    let target = format!("/v2/library/large/blobs/{}", Digest::of(&large));
    assert!(mirror.get(&target).body == large);
}

#[test]
fn tags_of_a_repository_are_listed() {
    let fixture = Fixture::new();
    let tags = fixture.serve().get("/v2/library/mongo/tags/list").json();
    assert_eq!(tags, json!({ "name": "library/mongo", "tags": ["4.1", "4.2"] }));
}

#[test]
fn blob_that_was_damaged_after_the_pack_was_opened_is_not_served() {
    let fixture = Fixture::new();
    let mirror = fixture.serve();
    assert_eq!(mirror.get("/v2/").status, 200);
    fs::write(fixture.blob_path(Digest::of(b"second")), b"Second").unwrap();
    let answer = mirror.get(&format!("/v2/library/mongo/blobs/{}", Digest::of(b"second")));
    assert_eq!(answer.error(), (422, "UNSUPPORTED".into()));
    let mut bytes = fs::read(fixture.blob_path(mirror.manifest)).unwrap();
    bytes.push(b'\n');
    fs::write(fixture.blob_path(mirror.manifest), bytes).unwrap();
    assert_eq!(mirror.get("/v2/library/mongo/manifests/4.1").error(), (422, "UNSUPPORTED".into()));
}
