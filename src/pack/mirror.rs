//! The server of images: over plain HTTP as a registry mirror, or over TLS under the registries' own names.

use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{HOST, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use axum::serve::Listener;
use futures_util::future::try_join_all;
use serde_json::json;

use super::answer::{JSON, ROOM, Refusal, document};
use super::front::{PullCount, User};
use super::hub::{Hub, HubSpec};
use super::layout::Pack;
use super::pushed::Pushed;
use super::registries::{Access, Manners, Registry, RegistryError};
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
    /// Docker Hub, reached from the network namespace of the thread that serves, and with its resolver.
    Hub(HubSpec),
}

/// Serves `source` as a registry mirror over plain HTTP. Blocks until the process ends.
pub fn serve(listener: TcpListener, source: ImageSource) -> io::Result<()> {
    let mirror = Arc::new(MirrorServer::new(source, false)?);
    on_a_runtime(async { run(tokio_listener(listener)?, mirror).await })
}

/// Serves `source` over TLS as Docker Hub and other registries, with their logins, until the process ends. The engine
/// must resolve [`HubIdentity::NAMES`] to the address of a listener, and trust the identity's certificate. All
/// listeners share pushed images.
pub fn serve_as_hub(listeners: Vec<TcpListener>, source: ImageSource, identity: &HubIdentity) -> io::Result<()> {
    let mirror = Arc::new(MirrorServer::new(source, true)?);
    on_a_runtime(async {
        let serve = |listener| {
            let mirror = Arc::clone(&mirror);
            async move { run(TlsListener::new(tokio_listener(listener)?, identity), mirror).await }
        };
        try_join_all(listeners.into_iter().map(serve)).await.map(drop)
    })
}

pub(super) struct MirrorServer {
    source: Origin,
    /// Whether the server imitates the registries whose names it uses, or only follows the specification.
    as_hub: bool,
    pushed: Pushed,
    pulls: PullCount,
}

enum Origin {
    Pack(Arc<Pack>),
    Hub(Box<Hub>),
}

impl Origin {
    fn open(source: ImageSource) -> io::Result<Self> {
        Ok(match source {
            ImageSource::Pack(dir) => Self::Pack(Arc::new(Pack::open(&dir).map_err(io::Error::other)?)),
            ImageSource::Hub(spec) => Self::Hub(Box::new(Hub::new(spec)?)),
        })
    }
}

fn on_a_runtime(work: impl Future<Output = io::Result<()>>) -> io::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

fn tokio_listener(listener: TcpListener) -> io::Result<tokio::net::TcpListener> {
    listener.set_nonblocking(true)?;
    tokio::net::TcpListener::from_std(listener)
}

async fn run<L>(listener: L, mirror: Arc<MirrorServer>) -> io::Result<()>
where
    L: Listener,
    L::Addr: std::fmt::Debug,
{
    axum::serve(listener, Router::new().fallback(answer).with_state(mirror)).await
}

async fn answer(State(mirror): State<Arc<MirrorServer>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let mut response = if mirror.as_hub {
        mirror.answer_as_registry(&head, body).await
    } else {
        mirror.answer(HUB, &head).await.unwrap_or_else(Into::into)
    };
    response.headers_mut().insert("docker-distribution-api-version", HeaderValue::from_static("registry/2.0"));
    response
}

impl MirrorServer {
    pub(super) fn new(source: ImageSource, as_hub: bool) -> io::Result<Self> {
        let (pushed, pulls) = (Pushed::default(), PullCount::default());
        Ok(Self { source: Origin::open(source)?, as_hub, pushed, pulls })
    }

    /// Answers as the registry that the request names.
    pub(super) async fn answer_as_registry(&self, head: &Parts, body: Body) -> Response<Body> {
        let host = head.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or(HUB);
        let registry = Registry::at(host.split(':').next().unwrap_or(HUB));
        // These accounts exist only for lessons, not at the real registries.
        let accounts = matches!(self.source, Origin::Pack(_));
        if front::asks_for_token(head) {
            let body = axum::body::to_bytes(body, LARGEST_FORM).await.unwrap_or_default();
            return front::token(registry, head, &body, accounts);
        }
        if let (Origin::Pack(pack), "/v1/search") = (&self.source, head.uri.path()) {
            return front::search(pack, head.uri.query());
        }
        let user = match front::admit(registry, head, accounts) {
            Ok(user) => user,
            Err(answer) => return *answer,
        };
        match self.answer_to(user, registry, head, body).await {
            Ok(answer) => answer,
            Err(words) => front::refuse(registry, &words, Some(head)),
        }
    }

    async fn answer_to(
        &self,
        user: User,
        registry: Registry<'_>,
        head: &Parts,
        body: Body,
    ) -> Result<Response<Body>, RegistryError> {
        let action = front::action(head);
        let Origin::Pack(pack) = &self.source else {
            return match action {
                Access::Pull => Ok(self.answer(registry.host, head).await.unwrap_or_else(Into::into)),
                Access::Push => Err(registry.name_unknown("")),
            };
        };
        let route = match RegistryRoute::parse(head.uri.path()) {
            Ok(route) => route,
            Err(refusal) if refusal.code() == "NAME_INVALID" => return Err(registry.name_unknown("")),
            Err(refusal) => return Ok(refusal.into()),
        };
        if let Some(repository) = route.repository() {
            registry.access(user, repository, action)?;
        }
        if let (RegistryRoute::Manifest { name, .. }, &Method::GET) = (&route, &head.method)
            && let Some(words) = registry.pull_limit(user, name)
        {
            return Err(words);
        }
        let answer = if action == Access::Push || matches!(route, RegistryRoute::Upload { .. }) {
            match axum::body::to_bytes(body, ROOM).await {
                Ok(body) => self.pushed.write(pack, registry.host, &route, head, body),
                Err(_) => Err(Refusal::too_large()),
            }
        } else {
            self.read(pack, registry, &route, head).await
        };
        let mut answer = match answer {
            Ok(answer) => answer,
            Err(refusal) => return self.refuse(user, registry, &route, refusal),
        };
        if registry.manners == Manners::Hub && matches!(route, RegistryRoute::Manifest { .. }) {
            self.pulls.tell(user, head, &mut answer);
        }
        Ok(answer)
    }

    /// Changes a refusal to the registry's own message. For a user who may push to a repository, it exists.
    fn refuse(
        &self,
        user: User,
        registry: Registry<'_>,
        route: &RegistryRoute,
        refusal: Refusal,
    ) -> Result<Response<Body>, RegistryError> {
        let name = route.repository().unwrap_or_default();
        let exists = || {
            registry.knows_no_names()
                || self.pushed.tags(registry.host, name).is_some()
                || registry.access(user, name, Access::Push).is_ok()
        };
        match (refusal.code(), route) {
            ("NAME_UNKNOWN", RegistryRoute::Blob { digest, .. }) if exists() => {
                Ok(Refusal::blob_unknown(*digest).into())
            }
            ("NAME_UNKNOWN", RegistryRoute::Manifest { reference, .. }) if exists() => {
                Err(registry.manifest_unknown(name, &reference.to_string()))
            }
            ("NAME_UNKNOWN", _) => Err(registry.name_unknown(name)),
            ("MANIFEST_UNKNOWN", RegistryRoute::Manifest { reference, .. }) => {
                Err(registry.manifest_unknown(name, &reference.to_string()))
            }
            _ => Ok(refusal.into()),
        }
    }

    /// Answers with pushed images first, then with those of the pack.
    async fn read(
        &self,
        pack: &Pack,
        registry: Registry<'_>,
        route: &RegistryRoute,
        head: &Parts,
    ) -> Result<Response<Body>, Refusal> {
        let host = registry.host;
        match route {
            RegistryRoute::Catalog if registry.manners == Manners::Own => {
                let body = json!({ "repositories": self.pushed.catalog(host) }).to_string();
                return Ok(document(StatusCode::OK, JSON, body));
            }
            RegistryRoute::Tags { name } => {
                if let Some(mut tags) = self.pushed.tags(host, name) {
                    let known = pack.repository(host, name).into_iter().flat_map(|one| one.tags.keys().cloned());
                    tags.extend(known);
                    return Ok(registry_routes::tags(tags.iter().map(String::as_str).collect(), name, head));
                }
            }
            _ => {}
        }
        if let Some(answer) = self.pushed.read(host, route, head) {
            return Ok(answer);
        }
        self.answer(host, head).await
    }

    /// Answers with images of the source only.
    async fn answer(&self, host: &str, head: &Parts) -> Result<Response<Body>, Refusal> {
        if !matches!(head.method, Method::GET | Method::HEAD) {
            return Err(Refusal::read_only());
        }
        match &self.source {
            Origin::Hub(hub) => hub.answer(host, head).await,
            Origin::Pack(pack) => {
                let (pack, host, head) = (Arc::clone(pack), host.to_owned(), head.clone());
                // Opening and hashing files blocks.
                tokio::task::spawn_blocking(move || registry_routes::answer(&pack, &host, &head)).await.unwrap_or_else(
                    |_| {
                        let mut response = Response::new(Body::empty());
                        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                        Ok(response)
                    },
                )
            }
        }
    }
}
