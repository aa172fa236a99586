//! Tests registries under their real host names, on a real engine without internet access.

use super::{Engine, pack, pack_dir};

const ECR: &str = "123456789012.dkr.ecr.ap-southeast-1.amazonaws.com";
const PKG_DEV: &str = "asia-southeast2-docker.pkg.dev";
const LOGIN: [(&str, &str); 4] =
    [("ghcr.io", "pelajar"), ("docker.io", "pelajar"), (ECR, "AWS"), (PKG_DEV, "oauth2accesstoken")];

fn log_in(engine: &Engine) {
    for (host, user) in LOGIN {
        let said = engine.sh(&format!("echo dermaga | docker login -u {user} --password-stdin {host}"));
        assert!(said.contains("Login Succeeded"), "{host}: {said}");
    }
}

#[test]
fn images_are_pulled_by_the_names_of_their_real_registries() {
    let engine = Engine::with_pack(pack_dir());
    let pack = pack();
    for (name, kept_as) in [
        ("docker.io/library/alpine:3.20", "alpine:3.20"),
        ("gcr.io/google-containers/pause:3.2", "gcr.io/google-containers/pause:3.2"),
        ("registry.k8s.io/pause:3.9", "registry.k8s.io/pause:3.9"),
        (
            "us-docker.pkg.dev/google-samples/containers/gke/hello-app:1.0",
            "us-docker.pkg.dev/google-samples/containers/gke/hello-app:1.0",
        ),
        ("asia-southeast2-docker.pkg.dev/proyek-latihan/umum/alpine:3.20", "alpine:3.20"),
        ("public.ecr.aws/docker/library/alpine:3.19", "alpine:3.19"),
        ("mirror.gcr.io/library/busybox:latest", "busybox"),
        ("ghcr.io/pelajar/salam:1.0", "hello-world"),
    ] {
        assert_eq!(engine.sh(&format!("docker pull -q {name}")), format!("{name}\n"));
        let digest = pack.find(kept_as).unwrap_or_else(|| panic!("{kept_as}")).digest;
        let found = engine.sh(&format!("docker image inspect -f '{{{{.RepoDigests}}}}' {name}"));
        assert!(found.contains(&digest.to_string()), "{name}: {found}");
    }
    // The program `pause` reacts to a signal, although `pause` is process 1 of its container.
    engine.sh("docker run -d --name pod gcr.io/google-containers/pause:3.2 && docker stop -t 30 pod");
    assert_eq!(engine.sh("docker inspect -f '{{.State.ExitCode}}' pod"), "0\n");
}

#[test]
fn each_registry_refuses_with_its_real_message() {
    let engine = Engine::with_pack(pack_dir());
    let wrong = |host: &str| format!("echo salah | docker login -u pelajar --password-stdin {host}");
    let private = format!("{PKG_DEV}/proyek-latihan/kelas/toko:1.0");
    for (command, words) in [
        // The user pulls a private image without a login.
        ("docker pull ghcr.io/pelajar/toko:1.0".to_owned(), "ghcr.io/v2/pelajar/toko/manifests/1.0\": denied"),
        (format!("docker pull {ECR}/toko:1.0"), "no basic auth credentials"),
        (format!("docker pull {private}"), "denied: Unauthenticated request. Unauthenticated requests do not have"),
        // The user logs in with a wrong password.
        (wrong(""), "unauthorized: incorrect username or password"),
        (wrong("ghcr.io"), "Get \"https://ghcr.io/v2/\": denied: denied"),
        (wrong(ECR), "failed with status: 400 Bad Request"),
        (wrong(PKG_DEV), "unauthorized: authentication failed"),
        // The user pulls a tag that does not exist.
        ("docker pull alpine:9".into(), "manifest for alpine:9 not found: manifest unknown: manifest unknown"),
        ("docker pull ghcr.io/pelajar/salam:9".into(), "Error response from daemon: manifest unknown\n"),
        (
            "docker pull gcr.io/google-containers/pause:9".into(),
            "manifest unknown: Failed to fetch \"9\" from request \"/v2/google-containers/pause/manifests/9\".",
        ),
        ("docker pull public.ecr.aws/docker/library/alpine:9".into(), "manifest unknown: Requested image not found"),
        // The user exceeds the pull limit.
        (
            "docker pull busybox && docker pull dermaga/ratelimit".into(),
            "toomanyrequests: You have reached your unauthenticated pull rate limit. \
             https://www.docker.com/increase-rate-limit",
        ),
        // The user pushes without a login.
        (
            "docker tag busybox ghcr.io/pelajar/alat:1 && docker push ghcr.io/pelajar/alat:1".into(),
            "unauthorized: unauthenticated: User cannot be authenticated with the token provided.",
        ),
        (
            "docker tag busybox pelajar/alat:1 && docker push pelajar/alat:1".into(),
            "denied: requested access to the resource is denied",
        ),
    ] {
        let said = engine.refused(&command);
        assert!(said.contains(words), "{command}\n{said}");
    }
    log_in(&engine);
    engine.sh("docker pull dermaga/ratelimit");
    let tokoo = format!("{ECR}/tokoo:1");
    let said = engine.refused(&format!("docker tag busybox {tokoo} && docker push {tokoo}"));
    let words = "name unknown: The repository with name 'tokoo' does not exist in the registry with id '123456789012'";
    assert!(said.contains(words), "{said}");
}

#[test]
fn logged_in_user_pulls_private_images_and_pushes() {
    let engine = Engine::with_pack(pack_dir());
    log_in(&engine);
    engine.sh("docker pull busybox");
    let kelas = format!("{PKG_DEV}/proyek-latihan/kelas");
    for private in ["ghcr.io/pelajar/toko:1.0".to_owned(), format!("{ECR}/toko:1.0"), format!("{kelas}/toko:1.0")] {
        assert!(engine.sh(&format!("docker run --rm {private} 2>/dev/null")).starts_with("Toko buka!\n"), "{private}");
    }
    for name in [
        "ghcr.io/pelajar/alat:1".to_owned(),
        "docker.io/pelajar/alat:1".to_owned(),
        format!("{ECR}/latihan:1"),
        format!("{kelas}/alat:1"),
        "registri.lan/kelas/alat:1".to_owned(),
    ] {
        let pushed = engine.sh(&format!("docker tag busybox {name} && docker push {name}"));
        let digest = pushed.rsplit_once("digest: ").and_then(|(_, rest)| rest.split(' ').next()).unwrap();
        let by_digest = format!("{}@{digest}", name.trim_end_matches(":1"));
        engine.sh(&format!("docker rmi {name} && docker pull {name} && docker rmi {name} && docker pull {by_digest}"));
    }
    let listed = engine.sh("curl -s https://registri.lan/v2/_catalog");
    assert_eq!(listed, r#"{"repositories":["kelas/alat"]}"#);
    engine.sh("docker logout ghcr.io");
    assert!(engine.refused("docker pull ghcr.io/pelajar/alat:1").contains("denied"));
    let looked = engine.sh("docker manifest inspect ghcr.io/pelajar/salam:1.0");
    assert!(looked.contains("\"schemaVersion\": 2"), "{looked}");
}

#[test]
fn registry_in_a_container_accepts_and_serves_images() {
    let engine = Engine::with_pack(pack_dir());
    for (tag, port) in [("3", 5000), ("2", 5001)] {
        engine.sh(&format!("docker run -d -p {port}:5000 --name registri{tag} registry:{tag}"));
        engine.until(&format!("curl -sf http://localhost:{port}/v2/"));
        let name = format!("localhost:{port}/latihan/alpine:3.20");
        engine.sh(&format!("docker pull -q alpine:3.20 && docker tag alpine:3.20 {name} && docker push {name}"));
        engine.sh(&format!("docker rmi {name} && docker pull {name}"));
        let listed = engine.sh(&format!("curl -s localhost:{port}/v2/_catalog"));
        assert_eq!(listed, "{\"repositories\":[\"latihan/alpine\"]}\n");
    }
}
