//! Asking Docker's hub, as `docker pull` would: whether it answers, what its clock says, and how many pulls are left.
//! A `HEAD` of a manifest counts as no pull.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{CertificateError, ClientConfig, Error, RootCertStore};

use super::Hub;

/// For all of it; a machine without a network mostly says so at once.
const LIMIT: Duration = Duration::from_secs(4);
const REGISTRY: &str = "registry-1.docker.io";
const LOGIN: &str = "auth.docker.io";
/// The image that the hub keeps for this question.
const TOKEN: &str = "/token?service=registry.docker.io&scope=repository:ratelimitpreview/test:pull";
const MANIFEST: &str = "/v2/ratelimitpreview/test/manifests/latest";
/// A token is some kilobytes.
const MOST: usize = 256 << 10;

/// Asks the hub.
pub async fn ask_hub() -> Hub {
    tokio::time::timeout(LIMIT, ask()).await.unwrap_or(Hub::Unreachable)
}

async fn ask() -> Hub {
    let token = match get(LOGIN, TOKEN).await {
        Ok((_, token)) => token,
        Err(error) => return why(&error),
    };
    let answer = match call(REGISTRY, Method::HEAD, MANIFEST, token.as_deref()).await {
        Ok(answer) => answer,
        Err(error) => return why(&error),
    };
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
    let time = header("date").and_then(seconds);
    let limited = answer.status() == StatusCode::TOO_MANY_REQUESTS;
    let remaining = if limited { Some(0) } else { header("ratelimit-remaining").and_then(left) };
    Hub::Answers { time, remaining }
}

/// `76;w=21600`
fn left(header: &str) -> Option<u32> {
    header.split(';').next()?.trim().parse().ok()
}

fn seconds(date: &str) -> Option<u64> {
    let time = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).ok()?;
    time.as_second().try_into().ok()
}

fn why(error: &io::Error) -> Hub {
    let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    match tls {
        Some(Error::InvalidCertificate(
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. },
        )) => Hub::Untimely,
        Some(Error::InvalidCertificate(_)) => Hub::Distrusted,
        _ => Hub::Unreachable,
    }
}

async fn get(host: &str, path: &str) -> io::Result<(StatusCode, Option<String>)> {
    let answer = call(host, Method::GET, path, None).await?;
    let status = answer.status();
    let body = Limited::new(answer.into_body(), MOST).collect().await.map_err(io::Error::other)?.to_bytes();
    let token = serde_json::from_slice::<Value>(&body).ok();
    Ok((status, token.and_then(|token| Some(token.get("token")?.as_str()?.to_owned()))))
}

async fn call(host: &str, method: Method, path: &str, token: Option<&str>) -> io::Result<Response<Incoming>> {
    let stream = TcpStream::connect((host, 443)).await?;
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    let stream = TlsConnector::from(config()?).connect(name, stream).await?;
    let (mut send, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    tokio::spawn(connection);
    let mut request = Request::builder().method(method).uri(path).header("host", host).header("connection", "close");
    request = request.header("accept", "application/vnd.docker.distribution.manifest.list.v2+json");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let request = request.body(Empty::<Bytes>::new()).map_err(io::Error::other)?;
    send.send_request(request).await.map_err(io::Error::other)
}

/// With the certificates that this machine trusts.
fn config() -> io::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().map_err(io::Error::other)?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read() {
        assert_eq!((left("76;w=21600"), left(" 0 "), left("many")), (Some(76), Some(0), None));
        assert_eq!(seconds("Fri, 15 Jan 2027 08:00:00 GMT"), Some(1_800_000_000));
        assert_eq!(seconds("tomorrow"), None);
    }
}
