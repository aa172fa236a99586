//! Serves one connection of a client: reads one request, answers it, and closes the connection.

use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::AsyncReadExt as _;
use tokio::net::UnixStream;
use tracing::field::Empty;
use tracing::{Instrument as _, debug, debug_span};

use super::client::Client;
use super::dispatch::dispatch;
use super::error::Rejection;
use super::response::{ANSWER_LIMIT, Body, json_response};
use super::state::GatewayState;

/// The maximum size of a request's head, in bytes.
const HEAD_LIMIT: usize = 64 * 1024;
/// The time limit for reading the rest of a refused request.
const DRAIN_LIMIT: Duration = Duration::from_secs(2);

pub(super) async fn serve(stream: UnixStream, state: Arc<GatewayState>) {
    let same_stream = stream.as_fd().try_clone_to_owned();
    let refused = AtomicBool::new(false);
    let service = service_fn(|request| {
        let answer = answer(request, Arc::clone(&state));
        async {
            let answer = answer.await?;
            refused.store(answer.status().as_u16() >= 400, Ordering::Relaxed);
            Ok::<_, io::Error>(answer)
        }
    });
    let mut server = http1::Builder::new();
    // Keep-alive is off, so bytes that follow the request are not read as another request.
    server.keep_alive(false).auto_date_header(false).max_header_size(HEAD_LIMIT);
    let served = server.serve_connection(TokioIo::new(stream), service).with_upgrades().await;
    // If hyper cannot read the head, hyper itself sends an answer.
    let is_unreadable = served.is_err_and(|error| error.is_parse());
    if (refused.into_inner() || is_unreadable)
        && let Ok(stream) = same_stream
    {
        let _ = tokio::time::timeout(DRAIN_LIMIT, drain(stream)).await;
    }
}

/// Reads the rest of a refused request. If the gateway closed the stream at once, many clients would report a broken
/// connection instead of the answer.
async fn drain(stream: OwnedFd) -> io::Result<()> {
    let mut stream = UnixStream::from_std(stream.into())?;
    let mut buffer = vec![0; 64 * 1024];
    let mut left = ANSWER_LIMIT;
    while left > 0 {
        match stream.read(&mut buffer).await? {
            0 => break,
            count => left = left.saturating_sub(count),
        }
    }
    Ok(())
}

async fn answer(request: Request<Incoming>, state: Arc<GatewayState>) -> io::Result<Response<Body>> {
    let span = debug_span!("request", method = Empty, path = Empty, route = Empty);
    // If the client disconnects, hyper drops this future. The task continues, and records the changes that the engine
    // made.
    let (parts, client, presence) = Client::new(request);
    let task = async move {
        let begun = Instant::now();
        let answered = dispatch(Arc::clone(&state), client, &parts).await;
        let decision = answered.as_ref().map_or_else(Rejection::name, |_| "passed");
        let answer = answered.or_else(|rejection| match state.refusal(&rejection) {
            Some((status, body)) => Ok(json_response(status, body)),
            None => Err(io::Error::from(io::ErrorKind::ConnectionReset)),
        });
        let status = answer.as_ref().ok().map(|answer| answer.status().as_u16());
        debug!(decision, status, took = ?begun.elapsed(), "request ended");
        answer
    };
    let answer = tokio::spawn(task.instrument(span)).await.map_err(io::Error::other)?;
    drop(presence);
    answer
}
