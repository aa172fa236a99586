//! Registries under their real names: each host's permissions for repositories, and each host's own error messages.
//!
//! The messages come from reports about the real hosts. The passwords are not secret: `docs/lessons.md` lists the
//! accounts.

use axum::http::StatusCode;

use super::answer::Refusal;
use crate::image_ref::HUB;

/// The host names that resolve to this server in a private engine.
pub(super) const HOSTS: &[&str] = &[
    "docker.io",
    "registry-1.docker.io",
    "auth.docker.io",
    "index.docker.io",
    "mirror.gcr.io",
    "gcr.io",
    "asia-docker.pkg.dev",
    "asia-southeast1-docker.pkg.dev",
    "asia-southeast2-docker.pkg.dev",
    "europe-docker.pkg.dev",
    "us-docker.pkg.dev",
    "us-central1-docker.pkg.dev",
    "registry.k8s.io",
    "ghcr.io",
    "public.ecr.aws",
    "123456789012.dkr.ecr.ap-southeast-1.amazonaws.com",
    "123456789012.dkr.ecr.ap-southeast-3.amazonaws.com",
    "registri.lan",
];

/// The name of the lessons' account, on hosts with named accounts.
const LEARNER: &str = "pelajar";
/// The password, token or key of the lessons' account, on every host.
const PASSWORD: &str = "dermaga";
/// The only public package of GitHub's registry. Pushed packages are private at first.
const PUBLIC_PACKAGE: &str = "pelajar/salam";
/// The Google Cloud project of lessons. In this project, the repository `umum` is public and the repository `kelas` is
/// private.
const PROJECT: &str = "proyek-latihan";
/// The repositories of the private ECR. A push to the private ECR creates no repository.
const ECR_REPOSITORIES: [&str; 2] = ["toko", "latihan"];
/// Anonymous pulls from this repository of Docker Hub always exceed the pull limit.
const LIMITED: &str = "dermaga/ratelimit";

/// The kind of a registry. The kind decides how the registry behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manners {
    /// Docker Hub.
    Hub,
    /// Artifact Registry: `*-docker.pkg.dev` and, since 2025, `gcr.io`.
    Google,
    /// A private registry of AWS.
    Ecr,
    /// AWS's public gallery.
    EcrPublic,
    /// GitHub's registry.
    GitHub,
    /// A registry from which everybody may pull without login: Kubernetes' images, Google's copy of Docker Hub.
    Open,
    /// A company's own registry in the local network. Everybody may pull and push without login.
    Own,
}

/// An action in a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Pulling images.
    Pull,
    /// Pushing images.
    Push,
}

/// The method by which a host identifies users.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Login {
    /// The host identifies users by a token from the server `realm`.
    Bearer { realm: String, service: String },
    /// The host identifies users by a name and a password in every request.
    Basic,
    /// The host does not identify users.
    No,
}

/// One of the registries in [`HOSTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Registry<'a> {
    /// The host's name in image references.
    pub(super) host: &'a str,
    pub(super) manners: Manners,
}

impl<'a> Registry<'a> {
    /// Returns the registry at `host`. Returns Docker Hub if the host is unknown.
    pub(super) fn at(host: &'a str) -> Self {
        let manners = match host {
            "gcr.io" => Manners::Google,
            "ghcr.io" => Manners::GitHub,
            "public.ecr.aws" => Manners::EcrPublic,
            "registry.k8s.io" | "mirror.gcr.io" => Manners::Open,
            "registri.lan" => Manners::Own,
            _ if host.ends_with("-docker.pkg.dev") => Manners::Google,
            _ if host.ends_with(".amazonaws.com") => Manners::Ecr,
            _ => Manners::Hub,
        };
        Self { host: if manners == Manners::Hub { HUB } else { host }, manners }
    }

    pub(super) fn login(&self) -> Login {
        let bearer = |realm: &str, service: &str| Login::Bearer { realm: realm.into(), service: service.into() };
        match self.manners {
            Manners::Hub => bearer("https://auth.docker.io/token", "registry.docker.io"),
            Manners::Google => bearer(&format!("https://{}/v2/token", self.host), self.host),
            Manners::EcrPublic => bearer("https://public.ecr.aws/token/", "public.ecr.aws"),
            Manners::GitHub => bearer("https://ghcr.io/token", "ghcr.io"),
            Manners::Ecr => Login::Basic,
            Manners::Open | Manners::Own => Login::No,
        }
    }

    /// Returns the user with this name and password.
    pub(super) fn user(&self, name: &str, password: &str) -> Option<&'static str> {
        let users: &[&'static str] = match self.manners {
            Manners::Hub | Manners::GitHub => &[LEARNER],
            Manners::Google => &["oauth2accesstoken", "_json_key"],
            Manners::Ecr | Manners::EcrPublic => &["AWS"],
            Manners::Open | Manners::Own => &[],
        };
        users.iter().copied().find(|&user| user == name && password == PASSWORD)
    }

    /// Returns the user of a token.
    pub(super) fn user_of_token(&self, token: &str) -> Option<&'static str> {
        self.user(token, PASSWORD)
    }

    /// Returns the error for a wrong name or password.
    pub(super) fn wrong_password(&self) -> Refusal {
        match self.manners {
            Manners::GitHub => Refusal::denied("denied"),
            Manners::Google => Refusal::unauthorized("authentication failed"),
            Manners::Ecr | Manners::EcrPublic => {
                Refusal::new(StatusCode::BAD_REQUEST, "DENIED", "Your authorization token is not valid")
            }
            _ => Refusal::unauthorized("incorrect username or password"),
        }
    }

    /// Whether the host's token server refuses users without permission.
    pub(super) fn refuses_tokens(&self) -> bool {
        matches!(self.manners, Manners::GitHub | Manners::Google)
    }

    /// Returns an error if `user` may not do `action` in `repository`.
    pub(super) fn access(&self, user: Option<&str>, repository: &str, action: Access) -> Result<(), Refusal> {
        let is_learners = repository.split('/').next() == Some(LEARNER);
        match (self.manners, action) {
            (Manners::Own, _) | (Manners::Hub | Manners::Open | Manners::EcrPublic, Access::Pull) => Ok(()),
            (Manners::Hub, Access::Push) if is_learners && user.is_some() => Ok(()),
            (Manners::Hub, Access::Push) => Err(hub_denied()),
            (Manners::EcrPublic, Access::Push) => Err(Refusal::denied("Not Authorized")),
            (Manners::Ecr, _) if ECR_REPOSITORIES.contains(&repository) => Ok(()),
            (Manners::Ecr, _) => Err(self.name_unknown(repository)),
            (Manners::GitHub, Access::Pull) if user.is_some() || repository == PUBLIC_PACKAGE => Ok(()),
            (Manners::Open, Access::Push) | (Manners::GitHub, Access::Pull) => {
                Err(Refusal::denied("requested access to the resource is denied"))
            }
            (Manners::GitHub, Access::Push) => match user {
                Some(_) if is_learners => Ok(()),
                Some(_) => Err(Refusal::denied("permission_denied: write_package")),
                None => {
                    Err(Refusal::unauthorized("unauthenticated: User cannot be authenticated with the token provided."))
                }
            },
            (Manners::Google, _) => self.google(user, repository, action),
        }
    }

    fn google(&self, user: Option<&str>, repository: &str, action: Access) -> Result<(), Refusal> {
        let mut parts = repository.split('/');
        let project = parts.next().unwrap_or_default();
        // On `gcr.io`, each project is one repository.
        let (location, inside) = match self.host.strip_suffix("-docker.pkg.dev") {
            Some(location) => (location, parts.next().unwrap_or_default()),
            None => ("us", "gcr.io"),
        };
        let is_ours = project == PROJECT;
        let is_allowed = match action {
            Access::Pull => !is_ours || inside == "umum" || user.is_some(),
            Access::Push => is_ours && user.is_some(),
        };
        if !is_allowed {
            let permission = match action {
                Access::Pull => "artifactregistry.repositories.downloadArtifacts",
                Access::Push => "artifactregistry.repositories.uploadArtifacts",
            };
            let resource = format!("projects/{project}/locations/{location}/repositories/{inside}");
            return Err(Refusal::denied(match user {
                None => format!(
                    "Unauthenticated request. Unauthenticated requests do not have permission \"{permission}\" on \
                     resource \"{resource}\" (or it may not exist)"
                ),
                Some(_) => {
                    format!("Permission \"{permission}\" denied on resource \"{resource}\" (or it may not exist)")
                }
            }));
        }
        if is_ours && !["kelas", "umum", "gcr.io"].contains(&inside) {
            let message = format!("Repository \"{inside}\" not found");
            return Err(Refusal::new(StatusCode::NOT_FOUND, "NAME_UNKNOWN", message));
        }
        Ok(())
    }

    /// Whether the host reports a missing repository as a missing image.
    pub(super) fn knows_no_names(&self) -> bool {
        matches!(self.manners, Manners::GitHub | Manners::Google | Manners::Open | Manners::Own)
    }

    /// Returns the error for a repository that does not exist.
    pub(super) fn name_unknown(&self, repository: &str) -> Refusal {
        let aws = |name: &str, id: &str| {
            let message = format!("The repository with name '{name}' does not exist in the registry with id '{id}'");
            Refusal::new(StatusCode::NOT_FOUND, "NAME_UNKNOWN", message)
        };
        match self.manners {
            Manners::Hub => hub_denied(),
            Manners::Ecr => aws(repository, self.host.split('.').next().unwrap_or_default()),
            Manners::EcrPublic => {
                let (alias, name) = repository.split_once('/').unwrap_or((repository, ""));
                aws(name, alias)
            }
            Manners::GitHub => Refusal::denied("requested access to the resource is denied"),
            _ => Refusal::NAME_UNKNOWN,
        }
    }

    /// Returns the error for a tag or digest that the repository lacks.
    pub(super) fn manifest_unknown(&self, repository: &str, reference: &str) -> Refusal {
        let message = match self.manners {
            Manners::Ecr | Manners::EcrPublic => "Requested image not found".to_owned(),
            Manners::Google | Manners::Open => {
                format!("Failed to fetch \"{reference}\" from request \"/v2/{repository}/manifests/{reference}\".")
            }
            Manners::GitHub => return Refusal::MANIFEST_UNKNOWN,
            Manners::Hub | Manners::Own => {
                return Refusal::MANIFEST_UNKNOWN.about(&format!("unknown tag={reference}"));
            }
        };
        Refusal::new(StatusCode::NOT_FOUND, "MANIFEST_UNKNOWN", message)
    }

    /// Returns the error of Docker Hub's pull limit, if a pull of `user` from `repository` exceeds the limit.
    pub(super) fn pull_limit(&self, user: Option<&str>, repository: &str) -> Option<Refusal> {
        let is_over = self.manners == Manners::Hub && user.is_none() && repository == LIMITED;
        is_over.then(|| {
            Refusal::new(
                StatusCode::TOO_MANY_REQUESTS,
                "TOOMANYREQUESTS",
                "You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
            )
        })
    }
}

/// Returns Docker Hub's error for a repository that is missing or private. Docker Hub does not distinguish the two
/// cases.
fn hub_denied() -> Refusal {
    let mut refusal = Refusal::new(StatusCode::UNAUTHORIZED, "DENIED", "requested access to the resource is denied");
    refusal.challenges = true;
    refusal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(host: &str, user: Option<&str>, repository: &str, action: Access) -> Result<(), String> {
        Registry::at(host).access(user, repository, action).map_err(|words| words.message.into_owned())
    }

    #[test]
    fn each_registry_host_has_its_kind_and_accepts_only_its_account() {
        for (host, manners, user) in [
            ("registry-1.docker.io", Manners::Hub, "pelajar"),
            ("auth.docker.io", Manners::Hub, "pelajar"),
            ("gcr.io", Manners::Google, "oauth2accesstoken"),
            ("asia-southeast2-docker.pkg.dev", Manners::Google, "_json_key"),
            ("ghcr.io", Manners::GitHub, "pelajar"),
            ("123456789012.dkr.ecr.ap-southeast-1.amazonaws.com", Manners::Ecr, "AWS"),
            ("public.ecr.aws", Manners::EcrPublic, "AWS"),
        ] {
            let registry = Registry::at(host);
            assert_eq!((registry.manners, registry.user(user, "dermaga")), (manners, Some(user)), "{host}");
            assert_eq!(registry.user(user, "salah"), None, "{host}");
            assert!(HOSTS.contains(&host), "{host}");
        }
        assert_eq!(Registry::at("registri.lan").user("pelajar", "dermaga"), None);
    }

    #[test]
    fn private_repository_needs_its_account_and_public_repository_needs_none() {
        use Access::{Pull, Push};
        let google = "asia-southeast2-docker.pkg.dev";
        for (host, user, private) in [
            ("ghcr.io", "pelajar", "pelajar/toko"),
            (google, "oauth2accesstoken", "proyek-latihan/kelas/toko"),
            ("gcr.io", "oauth2accesstoken", "proyek-latihan/toko"),
        ] {
            for action in [Pull, Push] {
                assert!(may(host, None, private, action).is_err(), "{host} {action:?}");
                assert_eq!(may(host, Some(user), private, action), Ok(()), "{host} {action:?}");
            }
        }
        for (host, public) in [
            ("ghcr.io", "pelajar/salam"),
            (google, "proyek-latihan/umum/alpine"),
            ("gcr.io", "google-containers/pause"),
            ("docker.io", "library/alpine"),
            ("public.ecr.aws", "docker/library/alpine"),
            ("registri.lan", "kelas/alpine"),
        ] {
            assert_eq!(may(host, None, public, Pull), Ok(()), "{host}");
        }
        assert!(may("docker.io", Some("pelajar"), "library/alpine", Push).is_err());
        assert!(may("docker.io", None, "pelajar/alpine", Push).is_err());
        assert_eq!(may("docker.io", Some("pelajar"), "pelajar/alpine", Push), Ok(()));
        assert_eq!(may("registri.lan", None, "kelas/alpine", Push), Ok(()));
    }

    #[test]
    fn refusal_has_the_message_of_the_real_host() {
        let ecr = "123456789012.dkr.ecr.ap-southeast-1.amazonaws.com";
        assert_eq!(
            may(ecr, Some("AWS"), "tokoo", Access::Push).unwrap_err(),
            "The repository with name 'tokoo' does not exist in the registry with id '123456789012'"
        );
        let google = "asia-southeast2-docker.pkg.dev";
        assert_eq!(
            may(google, None, "proyek-latihan/kelas/toko", Access::Push).unwrap_err(),
            "Unauthenticated request. Unauthenticated requests do not have permission \
             \"artifactregistry.repositories.uploadArtifacts\" on resource \
             \"projects/proyek-latihan/locations/asia-southeast2/repositories/kelas\" (or it may not exist)"
        );
        assert_eq!(
            may(google, Some("oauth2accesstoken"), "proyek-latihan/lain/toko", Access::Push).unwrap_err(),
            "Repository \"lain\" not found"
        );
    }
}
