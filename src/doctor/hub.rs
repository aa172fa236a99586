//! Sends Docker Hub the requests of `docker pull`. Determines whether Docker Hub answers, the time on its clock, and
//! the number of pulls that are left. A `HEAD` request for a manifest does not count as a pull.

use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use hyper::{Method, Response, StatusCode, Uri};
use serde_json::Value;
use tokio_rustls::rustls::{CertificateError, Error};

use super::HubAnswer;
use crate::http_client::{FetchError, WebClient, system_roots};

/// The time limit for all requests together. Without a network, the requests usually fail at once.
const LIMIT: Duration = Duration::from_secs(4);
/// The URL of a token for the image `ratelimitpreview/test`. Docker Hub provides this image for checks of the pull
/// limit.
const TOKEN: &str =
    "https://auth.docker.io/token?service=registry.docker.io&scope=repository:ratelimitpreview/test:pull";
const MANIFEST: &str = "https://registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest";
/// The maximum size of an answer with a token, in bytes.
const MOST: usize = 256 << 10;

/// Asks Docker Hub.
pub async fn ask_hub() -> HubAnswer {
    tokio::time::timeout(LIMIT, ask()).await.unwrap_or(HubAnswer::Unreachable)
}

async fn ask() -> HubAnswer {
    let Ok(client) = WebClient::new(system_roots(), Vec::new()) else { return HubAnswer::Unreachable };
    let answer = match fetch(&client, Method::GET, TOKEN, None).await {
        Ok(answer) => {
            let token = read_token(answer).await;
            fetch(&client, Method::HEAD, MANIFEST, token.as_deref()).await
        }
        Err(error) => Err(error),
    };
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return why(&error),
    };
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
    let time = header("date").and_then(seconds);
    let limited = answer.status() == StatusCode::TOO_MANY_REQUESTS;
    let remaining = if limited { Some(0) } else { header("ratelimit-remaining").and_then(left) };
    HubAnswer::Answers { time, remaining }
}

/// Reads the number of pulls in a header such as `76;w=21600`.
fn left(header: &str) -> Option<u32> {
    header.split(';').next()?.trim().parse().ok()
}

fn seconds(date: &str) -> Option<u64> {
    let time = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).ok()?;
    time.as_second().try_into().ok()
}

fn why(error: &FetchError) -> HubAnswer {
    let FetchError::Connect { source, .. } = error else { return HubAnswer::Unreachable };
    match source.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        Some(Error::InvalidCertificate(
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. },
        )) => HubAnswer::Untimely,
        Some(Error::InvalidCertificate(_)) => HubAnswer::Distrusted,
        _ => HubAnswer::Unreachable,
    }
}

async fn fetch(
    client: &WebClient,
    method: Method,
    url: &'static str,
    token: Option<&str>,
) -> Result<Response<Incoming>, FetchError> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/vnd.docker.distribution.manifest.list.v2+json"));
    if let Some(token) = token.and_then(|token| HeaderValue::try_from(format!("Bearer {token}")).ok()) {
        headers.insert(AUTHORIZATION, token);
    }
    client.send(&method, &Uri::from_static(url), &headers).await
}

async fn read_token(answer: Response<Incoming>) -> Option<String> {
    let body = Limited::new(answer.into_body(), MOST).collect().await.ok()?.to_bytes();
    let token: Value = serde_json::from_slice(&body).ok()?;
    token["token"].as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pull_limit_and_date_are_parsed_from_headers() {
        assert_eq!((left("76;w=21600"), left(" 0 "), left("many")), (Some(76), Some(0), None));
        assert_eq!(seconds("Fri, 15 Jan 2027 08:00:00 GMT"), Some(1_800_000_000));
        assert_eq!(seconds("tomorrow"), None);
    }
}
