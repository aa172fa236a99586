//! Tests registries by their names: logins, pushes and refusals. The tests send the requests of an engine, but run no
//! engine.

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, LOCATION, WWW_AUTHENTICATE};

use super::*;

const GITHUB: &str = "ghcr.io";
const ECR: &str = "123456789012.dkr.ecr.ap-southeast-1.amazonaws.com";
/// The login `AWS:dermaga`.
const AWS: &str = "Basic QVdTOmRlcm1hZ2E=";
/// The login `pelajar:dermaga`.
const LEARNER: &str = "Basic cGVsYWphcjpkZXJtYWdh";
/// The login `pelajar:salah`, whose password is wrong.
const WRONG: &str = "Basic cGVsYWphcjpzYWxhaA==";

/// The registries of a fixture's pack.
struct Registries {
    runtime: tokio::runtime::Runtime,
    mirror: MirrorServer,
    _fixture: Fixture,
}

struct Said {
    status: u16,
    headers: axum::http::HeaderMap,
    body: Vec<u8>,
}

impl Said {
    fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// Returns the status, the code of the error, and the message.
    fn error(&self) -> (u16, String, String) {
        let json: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        let text = |key: &str| json["errors"][0][key].as_str().unwrap_or_default().to_owned();
        (self.status, text("code"), text("message"))
    }
}

impl Registries {
    fn new() -> Self {
        let mut fixture = Fixture::new();
        for name in ["ghcr.io/pelajar/salam:1.0", "ghcr.io/pelajar/toko:1.0", &format!("{ECR}/toko:1.0")] {
            fixture.image(name, &[b"toko"], &Value::Null);
        }
        fixture.image("docker.io/dermaga/ratelimit:latest", &[b"limit"], &Value::Null);
        fixture.write_index();
        let source = ImageSource::Pack(fixture.path().to_owned());
        let mirror = MirrorServer::new(source).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { runtime, mirror, _fixture: fixture }
    }

    fn ask(&self, method: &str, host: &str, path: &str, login: &str, body: &[u8]) -> Said {
        let mut request = axum::http::Request::builder().method(method).uri(path).header(HOST, host);
        if !login.is_empty() {
            request = request.header(AUTHORIZATION, login);
        }
        if path.contains("/manifests/") {
            request = request.header(CONTENT_TYPE, DOCKER);
        }
        let (head, body) = request.body(axum::body::Body::from(body.to_vec())).unwrap().into_parts();
        self.runtime.block_on(async {
            let (head, body) = self.mirror.answer_as_registry(&head, body).await.into_parts();
            let body = axum::body::to_bytes(body, 1 << 20).await.unwrap().to_vec();
            Said { status: head.status.as_u16(), headers: head.headers, body }
        })
    }

    fn get(&self, host: &str, path: &str, login: &str) -> Said {
        self.ask("GET", host, path, login, b"")
    }

    /// Pushes a blob in two pieces, then an image that consists of the blob.
    fn push(&self, host: &str, name: &str, tag: &str, login: &str) -> Digest {
        let begun = self.ask("POST", host, &format!("/v2/{name}/blobs/uploads/"), login, b"");
        assert_eq!(begun.status, 202, "{:?}", begun.error());
        let at = begun.header(LOCATION.as_str());
        let sent = self.ask("PATCH", host, &at, login, b"lapis");
        assert_eq!((sent.status, sent.header("range")), (202, "0-4".to_owned()));
        let blob = Digest::of(b"lapisan");
        let ended = self.ask("PUT", host, &format!("{at}?digest={blob}").replace("sha256:", "sha256%3A"), login, b"an");
        assert_eq!((ended.status, ended.header("docker-content-digest")), (201, blob.to_string()));
        let part = json!({ "digest": blob, "size": 7 });
        let manifest = json!({ "schemaVersion": 2, "config": part, "layers": [part] }).to_string();
        let put = self.ask("PUT", host, &format!("/v2/{name}/manifests/{tag}"), login, manifest.as_bytes());
        assert_eq!(put.status, 201, "{:?}", put.error());
        Digest::of(manifest.as_bytes())
    }
}

fn error(status: u16, code: &str, message: &str) -> (u16, String, String) {
    (status, code.to_owned(), message.to_owned())
}

#[test]
fn private_image_on_github_needs_a_login() {
    let registries = Registries::new();
    let (base, image) = ("/v2/", "/v2/pelajar/toko/manifests/1.0");
    let asked = registries.get(GITHUB, base, "");
    assert_eq!(asked.status, 401);
    assert_eq!(asked.header(WWW_AUTHENTICATE.as_str()), r#"Bearer realm="https://ghcr.io/token",service="ghcr.io""#);
    let token = |scope: &str, login: &str| registries.get(GITHUB, &format!("/token?scope={scope}"), login);
    let scope = "repository%3Apelajar%2Ftoko%3Apull";
    let denied = error(403, "DENIED", "requested access to the resource is denied");
    assert_eq!(token(scope, "").error(), denied);
    assert_eq!(token(scope, WRONG).error(), error(403, "DENIED", "denied"));
    assert_eq!(token(scope, LEARNER).status, 200);
    assert_eq!(token("repository:pelajar/salam:pull,push", "").status, 200, "a public one is everybody's to pull");
    assert_eq!(registries.get(GITHUB, image, "Bearer anonymous").error(), denied);
    assert_eq!(registries.get(GITHUB, image, "Bearer pelajar").status, 200);
    assert_eq!(registries.get(GITHUB, image, "Bearer AWS").status, 401, "another host's user");
    assert_eq!(registries.get(GITHUB, "/v2/pelajar/toko/manifests/9", "Bearer pelajar").error().2, "manifest unknown");
    // containerd sends the login in a form.
    let form = |password: &str| format!("grant_type=password&username=pelajar&password={password}&scope={scope}");
    assert_eq!(registries.ask("POST", GITHUB, "/token", "", form("dermaga").as_bytes()).status, 200);
    assert_eq!(registries.ask("POST", GITHUB, "/token", "", form("salah").as_bytes()).status, 403);
}

#[test]
fn ecr_requires_user_and_password_in_every_request() {
    let registries = Registries::new();
    let asked = registries.get(ECR, "/v2/toko/manifests/1.0", "");
    let challenge = format!("Basic realm=\"https://{ECR}/\",service=\"ecr.amazonaws.com\"");
    assert_eq!((asked.status, asked.header(WWW_AUTHENTICATE.as_str())), (401, challenge));
    assert_eq!(registries.get(ECR, "/v2/", LEARNER).status, 400, "the user is `AWS`");
    assert_eq!(registries.get(ECR, "/v2/toko/manifests/1.0", AWS).status, 200);
    let unknown = registries.get(ECR, "/v2/toko/manifests/9", AWS).error();
    assert_eq!(unknown, error(404, "MANIFEST_UNKNOWN", "Requested image not found"));
    let none = registries.ask("POST", ECR, "/v2/tokoo/blobs/uploads/", AWS, b"").error();
    assert_eq!((none.0, none.1.as_str()), (404, "NAME_UNKNOWN"));
}

#[test]
fn pushed_image_can_be_pulled_by_tag_and_digest() {
    let registries = Registries::new();
    for (host, name, login) in [
        (GITHUB, "pelajar/alat", "Bearer pelajar"),
        ("docker.io", "pelajar/alat", "Bearer pelajar"),
        (ECR, "latihan", AWS),
        ("registri.lan", "kelas/alat", ""),
        ("asia-southeast2-docker.pkg.dev", "proyek-latihan/kelas/alat", "Bearer oauth2accesstoken"),
    ] {
        let digest = registries.push(host, name, "2", login);
        for reference in ["2", &digest.to_string()] {
            let pulled = registries.get(host, &format!("/v2/{name}/manifests/{reference}"), login);
            assert_eq!((pulled.status, pulled.header("docker-content-digest")), (200, digest.to_string()), "{host}");
            assert_eq!((pulled.header("content-type"), Digest::of(&pulled.body)), (DOCKER.to_owned(), digest));
        }
        let blob = registries.get(host, &format!("/v2/{name}/blobs/{}", Digest::of(b"lapisan")), login);
        assert_eq!(blob.body, b"lapisan", "{host}");
        let tags: Value =
            serde_json::from_slice(&registries.get(host, &format!("/v2/{name}/tags/list"), login).body).unwrap();
        assert_eq!(tags["tags"], json!(["2"]), "{host}");
        assert_eq!(registries.get(host, &format!("/v2/{name}/manifests/3"), login).status, 404, "{host}");
    }
    let catalog = registries.get("registri.lan", "/v2/_catalog", "").body;
    assert_eq!(catalog, br#"{"repositories":["kelas/alat"]}"#);
    assert_eq!(
        registries.get(GITHUB, "/v2/pelajar/alat/manifests/2", "Bearer anonymous").status,
        403,
        "private at first"
    );
    // The list of tags has the pushed tag and the pack's tags.
    registries.push(GITHUB, "pelajar/toko", "2.0", "Bearer pelajar");
    let tags = registries.get(GITHUB, "/v2/pelajar/toko/tags/list", "Bearer pelajar").body;
    assert_eq!(tags, br#"{"name":"pelajar/toko","tags":["1.0","2.0"]}"#);
}

#[test]
fn push_without_permission_or_with_wrong_content_is_refused() {
    let registries = Registries::new();
    let push = |host: &str, name: &str, login: &str| {
        registries.ask("POST", host, &format!("/v2/{name}/blobs/uploads/"), login, b"").error()
    };
    let denied = error(401, "DENIED", "requested access to the resource is denied");
    assert_eq!(push("docker.io", "library/alpine", "Bearer pelajar"), denied);
    assert_eq!(push("docker.io", "pelajar/alpine", "Bearer anonymous"), denied);
    // An engine first asks whether the registry has a layer. The registry refuses the push only when the engine sends
    // the layer.
    let layer =
        registries.ask("HEAD", GITHUB, &format!("/v2/lain/alpine/blobs/{}", Digest::of(b"x")), "Bearer pelajar", b"");
    assert_eq!(layer.status, 404);
    let other = error(403, "DENIED", "permission_denied: write_package");
    assert_eq!(push(GITHUB, "lain/alpine", "Bearer pelajar"), other);
    let own = "registri.lan";
    let begun = registries.ask("POST", own, "/v2/a/blobs/uploads/", "", b"").header(LOCATION.as_str());
    let lie = format!("{begun}?digest={}", Digest::of(b"lain"));
    assert_eq!(registries.ask("PUT", own, &lie, "", b"lapisan").error().1, "DIGEST_INVALID");
    assert_eq!(registries.ask("PATCH", own, &begun, "", b"x").error().1, "BLOB_UPLOAD_UNKNOWN");
    let part = json!({ "digest": Digest::of(b"none"), "size": 4 });
    let manifest = json!({ "schemaVersion": 2, "config": part, "layers": [] }).to_string();
    let put = |body: &[u8]| registries.ask("PUT", own, "/v2/a/manifests/1", "", body).error().1;
    assert_eq!(put(manifest.as_bytes()), "MANIFEST_BLOB_UNKNOWN");
    assert_eq!(put(b"{"), "MANIFEST_INVALID");
    assert_eq!(registries.ask("DELETE", own, "/v2/a/manifests/1", "", b"").error().1, "UNSUPPORTED");
}

#[test]
fn layer_is_mounted_only_from_a_repository_of_the_same_host() {
    let registries = Registries::new();
    let digest = Digest::of(b"alpine");
    let mount = |host: &str, name: &str, from: &str, login: &str| {
        let path = format!("/v2/{name}/blobs/uploads/?mount={digest}&from={from}");
        registries.ask("POST", host, &path, login, b"").status
    };
    assert_eq!(mount("docker.io", "pelajar/alpine", "library%2Falpine", "Bearer pelajar"), 201);
    let blob = registries.get("docker.io", &format!("/v2/pelajar/alpine/blobs/{digest}"), "Bearer pelajar");
    assert_eq!(blob.body, b"alpine");
    assert_eq!(mount("registri.lan", "kelas/alpine", "library/alpine", ""), 202, "another host does not have it");
}

#[test]
fn pull_limit_applies_only_without_an_account() {
    let registries = Registries::new();
    let pull = |method: &str, login: &str| {
        registries.ask(method, "registry-1.docker.io", "/v2/dermaga/ratelimit/manifests/latest", login, b"")
    };
    let limited = pull("GET", "Bearer anonymous");
    let message = "You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit";
    assert_eq!(limited.error(), error(429, "TOOMANYREQUESTS", message));
    assert_eq!(pull("HEAD", "Bearer anonymous").status, 200, "a look is free");
    let pulled = pull("GET", "Bearer pelajar");
    assert_eq!((pulled.status, pulled.header("ratelimit-remaining")), (200, "199;w=21600".to_owned()));
    assert_eq!(pull("HEAD", "Bearer pelajar").header("ratelimit-remaining"), "199;w=21600");
    assert_eq!(pull("GET", "Bearer pelajar").header("ratelimit-remaining"), "198;w=21600");
}
