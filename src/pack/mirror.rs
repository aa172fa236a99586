//! The server that provides images over TLS, under the registries' own names.

use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{HOST, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, Response};
use futures_util::future::try_join_all;

use super::answer::{ROOM, Refusal};
use super::front::{PullCount, User};
use super::hub::{Hub, HubSpec};
use super::layout::Pack;
use super::pushed::Pushed;
use super::registries::{Access, Manners, Registry};
use super::route::RegistryRoute;
use super::tls::{HubIdentity, TlsListener};
use super::{front, registry_routes};
use crate::image_ref::HUB;

/// The maximum size of a request for a token, in bytes.
const LARGEST_FORM: usize = 64 * 1024;

/// The source of the images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageSource {
    /// A pack in this directory.
    Pack(PathBuf),
    /// Docker Hub. The server reaches Docker Hub from the network namespace of the server's thread, with the resolver
    /// of that namespace.
    Hub(HubSpec),
}

/// Serves `source` over TLS as Docker Hub and other registries, with their logins, until the process ends. The engine
/// must resolve [`HubIdentity::NAMES`] to the address of a listener, and trust the identity's certificate. All
/// listeners share pushed images.
pub fn serve_as_hub(listeners: Vec<TcpListener>, source: ImageSource, identity: &HubIdentity) -> io::Result<()> {
    let mirror = Arc::new(MirrorServer::new(source)?);
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let serve = |listener: TcpListener| {
            let app = Router::new().fallback(answer).with_state(Arc::clone(&mirror));
            async move {
                listener.set_nonblocking(true)?;
                let listener = tokio::net::TcpListener::from_std(listener)?;
                axum::serve(TlsListener::new(listener, identity), app).await
            }
        };
        try_join_all(listeners.into_iter().map(serve)).await.map(drop)
    })
}

async fn answer(State(mirror): State<Arc<MirrorServer>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let mut response = mirror.answer_as_registry(&head, body).await;
    response.headers_mut().insert("docker-distribution-api-version", HeaderValue::from_static("registry/2.0"));
    response
}

pub(super) struct MirrorServer {
    source: Origin,
    pushed: Pushed,
    pulls: PullCount,
}

enum Origin {
    Pack(Box<Pack>),
    Hub(Box<Hub>),
}

impl MirrorServer {
    pub(super) fn new(source: ImageSource) -> io::Result<Self> {
        let source = match source {
            ImageSource::Pack(dir) => Origin::Pack(Box::new(Pack::open(&dir).map_err(io::Error::other)?)),
            ImageSource::Hub(spec) => Origin::Hub(Box::new(Hub::new(&spec)?)),
        };
        Ok(Self { source, pushed: Pushed::default(), pulls: PullCount::default() })
    }

    /// Answers a request like the registry that the request's `Host` header names.
    pub(super) async fn answer_as_registry(&self, head: &Parts, body: Body) -> Response<Body> {
        let host = head.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or(HUB);
        let host = host.split(':').next().unwrap_or(HUB);
        let registry = Registry::at(host);
        let refuse = |refusal| front::refuse(registry, refusal, Some(head));
        let pack = match &self.source {
            Origin::Pack(pack) => pack,
            // The lessons' accounts exist only with a pack. The server does not send a learner's password to a real
            // registry.
            Origin::Hub(_) if front::is_login(head) => return front::wrong_login(registry),
            Origin::Hub(hub) if front::action(head) == Access::Pull => return hub.answer(host, head).await,
            Origin::Hub(_) => return refuse(registry.name_unknown("")),
        };
        if front::asks_for_token(head) {
            let body = axum::body::to_bytes(body, LARGEST_FORM).await.unwrap_or_default();
            return front::token(registry, head, &body);
        }
        if head.uri.path() == "/v1/search" {
            return front::search(pack, head.uri.query());
        }
        let user = match front::admit(registry, head) {
            Ok(user) => user,
            Err(answer) => return *answer,
        };
        self.answer_to(user, pack, registry, head, body).await.unwrap_or_else(refuse)
    }

    async fn answer_to(
        &self,
        user: User,
        pack: &Pack,
        registry: Registry<'_>,
        head: &Parts,
        body: Body,
    ) -> Result<Response<Body>, Refusal> {
        let action = front::action(head);
        let route = RegistryRoute::parse(head.uri.path()).map_err(|refusal| match refusal.code {
            "NAME_INVALID" => registry.name_unknown(""),
            _ => refusal,
        })?;
        if let Some(repository) = route.repository() {
            registry.access(user, repository, action)?;
        }
        if let (RegistryRoute::Manifest(name, _), &Method::GET) = (&route, &head.method)
            && let Some(refusal) = registry.pull_limit(user, name)
        {
            return Err(refusal);
        }
        let answer = if action == Access::Push || matches!(route, RegistryRoute::Upload(..)) {
            match axum::body::to_bytes(body, ROOM).await {
                Ok(body) => self.pushed.write(pack, registry.host, &route, head, body),
                Err(_) => Err(Refusal::too_large()),
            }
        } else {
            registry_routes::read(pack, &self.pushed, registry, &route, &head.method)
        };
        let mut answer = answer.map_err(|refusal| self.in_own_words(user, registry, &route, refusal))?;
        if registry.manners == Manners::Hub && matches!(route, RegistryRoute::Manifest(..)) {
            self.pulls.tell(user, head, &mut answer);
        }
        Ok(answer)
    }

    /// Changes a refusal to the registry's own message. A repository to which the user may push counts as an existing
    /// repository.
    fn in_own_words(&self, user: User, registry: Registry<'_>, route: &RegistryRoute, refusal: Refusal) -> Refusal {
        let name = route.repository().unwrap_or_default();
        let exists = || {
            registry.knows_no_names()
                || self.pushed.tags(registry.host, name).is_some()
                || registry.access(user, name, Access::Push).is_ok()
        };
        match (refusal.code, route) {
            ("NAME_UNKNOWN", RegistryRoute::Blob(_, digest)) if exists() => Refusal::BLOB_UNKNOWN.about(digest),
            ("NAME_UNKNOWN", RegistryRoute::Manifest(..)) if !exists() => registry.name_unknown(name),
            ("NAME_UNKNOWN" | "MANIFEST_UNKNOWN", RegistryRoute::Manifest(_, reference)) => {
                registry.manifest_unknown(name, &reference.to_string())
            }
            ("NAME_UNKNOWN", _) => registry.name_unknown(name),
            _ => refusal,
        }
    }

    /// Answers from the source, without a check of the login.
    #[cfg(test)]
    pub(super) async fn answer(&self, host: &str, head: &Parts) -> Result<Response<Body>, Refusal> {
        match &self.source {
            Origin::Hub(hub) => Ok(hub.answer(host, head).await),
            Origin::Pack(pack) => {
                let route = RegistryRoute::parse(head.uri.path())?;
                registry_routes::read(pack, &self.pushed, Registry::at(host), &route, &head.method)
            }
        }
    }
}
