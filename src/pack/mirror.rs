//! The server: over plain HTTP as a registry mirror, or over TLS under Docker Hub's own names.

use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::HeaderValue;
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use axum::serve::Listener;

use super::answer::Refusal;
use super::hub::{Hub, HubSpec};
use super::layout::Pack;
use super::tls::{HubIdentity, TlsListener};
use super::{front, shelf};

/// Where the images come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageSource {
    /// A pack in this directory.
    Pack(PathBuf),
    /// Docker Hub, from the network namespace and with the resolver of the thread that serves.
    Hub(HubSpec),
}

/// Serves `source` as a registry mirror over plain HTTP until the process ends: blocking, with a runtime of its own.
pub fn serve(listener: TcpListener, source: ImageSource) -> io::Result<()> {
    let mirror = Mirror { source: Source::open(source)?, as_hub: false };
    on_a_runtime(async { run(tokio_listener(listener)?, mirror).await })
}

/// Serves `source` as Docker Hub over TLS, tokens and all, under the names [`HubIdentity::NAMES`], until the process
/// ends. The engine must find those names at the listener's address and trust the identity's certificate.
pub fn serve_as_hub(listener: TcpListener, source: ImageSource, identity: &HubIdentity) -> io::Result<()> {
    let mirror = Mirror { source: Source::open(source)?, as_hub: true };
    on_a_runtime(async { run(TlsListener::new(tokio_listener(listener)?, identity), mirror).await })
}

struct Mirror {
    source: Source,
    /// Whether it keeps Docker Hub's manners, or the specification's.
    as_hub: bool,
}

enum Source {
    Pack(Arc<Pack>),
    Hub(Box<Hub>),
}

impl Source {
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

async fn run<L>(listener: L, mirror: Mirror) -> io::Result<()>
where
    L: Listener,
    L::Addr: std::fmt::Debug,
{
    axum::serve(listener, Router::new().fallback(answer).with_state(Arc::new(mirror))).await
}

async fn answer(State(mirror): State<Arc<Mirror>>, request: Request) -> Response<Body> {
    let (head, _) = request.into_parts();
    let mut response = match if mirror.as_hub { front::gate(&head) } else { None } {
        Some(response) => response,
        None => match mirror.answer(head).await {
            Err(refusal) if mirror.as_hub && refusal.is_about_the_name() => front::denied(),
            other => other.unwrap_or_else(Into::into),
        },
    };
    response.headers_mut().insert("docker-distribution-api-version", HeaderValue::from_static("registry/2.0"));
    response
}

impl Mirror {
    async fn answer(&self, head: Parts) -> Result<Response<Body>, Refusal> {
        if !matches!(head.method, Method::GET | Method::HEAD) {
            return Err(Refusal::read_only());
        }
        match &self.source {
            Source::Hub(hub) => hub.answer(&head).await,
            Source::Pack(pack) if self.as_hub && head.uri.path() == "/v1/search" => {
                Ok(front::search(pack, head.uri.query()))
            }
            Source::Pack(pack) => {
                let pack = Arc::clone(pack);
                // Opening and hashing files waits for the disk.
                tokio::task::spawn_blocking(move || shelf::answer(&pack, &head)).await.unwrap_or_else(|_| {
                    let mut response = Response::new(Body::empty());
                    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                    Ok(response)
                })
            }
        }
    }
}
