//! Sends the requests and runs the commands of claims, in the namespaces in which the learner works.

use std::io;
use std::net::IpAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use hyper::body::Bytes;
use hyper::header::{ACCEPT, HeaderValue};
use hyper::http::uri::Authority;
use hyper::{Method, Uri};
use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::Value;
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::sync::oneshot;
use tokio::time::timeout;
use tokio_rustls::rustls::RootCertStore;

use super::error::trouble;
use super::streams::{OUTPUT_LIMIT, RUN_LIMIT, too_long};
use super::{ClaimContext, Engine};
use crate::claims::{Facts, InfraFailure, InfraFailureKind};
use crate::http_client::{self, FetchError, WebClient};
use crate::platform::{enter_namespaces, enter_network};
use crate::text::percent;

/// The time limit for an answer to a claim's request.
const HTTP_LIMIT: Duration = Duration::from_secs(5);
/// The maximum number of bytes to read from a body.
const BODY_LIMIT: usize = 1 << 20;
/// The maximum number of tags to read from a repository.
const TAG_LIMIT: usize = 100;
/// The types of manifests to accept. Without this list, a registry answers with a manifest of the oldest type, which
/// has another digest.
const MANIFESTS: &str = "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, \
     application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json";
/// The `PATH` for commands of claims. These commands do not get the user's environment.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Sends `GET url`. A missing answer is also a fact.
pub(super) async fn http(url: &str, context: &ClaimContext<'_>) -> Result<Facts, InfraFailure> {
    let uri: Uri = url.parse().map_err(|error| trouble(InfraFailureKind::Other, format_args!("{url}: {error}")))?;
    let Some((status, headers, body)) = ask(Method::GET, &uri, None, context).await? else {
        return Ok(Facts::Absent);
    };
    Ok(Facts::Http { status, headers, body: String::from_utf8_lossy(&body).into_owned() })
}

/// Lists the tags of `host/repository` with their digests. Like Docker, tries TLS first, unless the host is this
/// machine.
pub(super) async fn registry(repository: &str, context: &ClaimContext<'_>) -> Result<Facts, InfraFailure> {
    if !is_loopback(repository.split('/').next().unwrap_or_default()) {
        let secure = registry_by("https", repository, context).await;
        if !matches!(secure, Ok(Facts::Absent) | Err(_)) {
            return secure;
        }
        return match registry_by("http", repository, context).await {
            Ok(Facts::Absent) | Err(_) => secure,
            plain => plain,
        };
    }
    registry_by("http", repository, context).await
}

/// Whether `host`, perhaps with a port, is this machine.
fn is_loopback(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let name = authority.host().trim_matches(['[', ']']);
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

async fn registry_by(scheme: &str, repository: &str, context: &ClaimContext<'_>) -> Result<Facts, InfraFailure> {
    let other = |detail: String| trouble(InfraFailureKind::Registry, detail);
    let (host, name) = repository.split_once('/').ok_or_else(|| other(format!("`{repository}` names no registry")))?;
    let url = |rest: &str| {
        let text = format!("{scheme}://{host}/v2/{}/{rest}", percent::encode_path(name));
        text.parse::<Uri>().map_err(|error| other(format!("{text}: {error}")))
    };
    let Some((status, _, body)) = ask(Method::GET, &url("tags/list")?, None, context).await? else {
        return Ok(Facts::Absent);
    };
    match status {
        200 => {}
        404 => return Ok(Facts::Absent),
        _ => return Err(other(format!("{host} answers {status}: {}", String::from_utf8_lossy(&body)))),
    }
    let list: Value = serde_json::from_slice(&body).map_err(|error| other(format!("{host}: {error}")))?;
    // A registry sends `null` instead of a list if the last tag of the repository was deleted.
    let tags = list["tags"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut found = Vec::new();
    for tag in tags.iter().filter_map(Value::as_str).take(TAG_LIMIT) {
        let manifest = url(&format!("manifests/{}", percent::encode_path(tag)))?;
        let answer = ask(Method::HEAD, &manifest, Some(MANIFESTS), context).await?;
        let Some((200, headers, _)) = answer else { continue };
        let digest = headers.into_iter().find(|(name, _)| name == "docker-content-digest");
        found.push((tag.to_owned(), digest.map(|(_, digest)| digest).unwrap_or_default()));
    }
    Ok(if found.is_empty() { Facts::Absent } else { Facts::Registry(found) })
}

type ProbeAnswer = (u16, Vec<(String, String)>, Bytes);

/// Sends one request. Returns `None` if nobody answers. A redirect counts as an answer.
async fn ask(
    method: Method,
    uri: &Uri,
    accept: Option<&'static str>,
    context: &ClaimContext<'_>,
) -> Result<Option<ProbeAnswer>, InfraFailure> {
    let bad = |why: &str| trouble(InfraFailureKind::Other, format_args!("{uri}: {why}"));
    let default_port = match uri.scheme_str() {
        Some("http") => 80,
        Some("https") => 443,
        _ => return Err(bad("only http:// and https:// can be asked")),
    };
    let host = uri.host().ok_or_else(|| bad("no host"))?.trim_matches(['[', ']']);
    let known = context.namespaces.and_then(|process| address_of(host, process));
    let known = known.map(|address| (host.to_owned(), (address, uri.port_u16().unwrap_or(default_port)).into()));
    let roots = if default_port == 80 { RootCertStore::empty() } else { trusted(uri, context.namespaces) };
    let client = WebClient::new(roots, known.into_iter().collect()).map_err(|error| bad(&error.to_string()))?;
    let target = uri.clone();
    let fetch = move || -> io::Result<_> {
        // A socket stays in the network namespace of the thread that created it.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let answer = runtime.block_on(async { timeout(HTTP_LIMIT, fetch(&client, &method, &target, accept)).await });
        // This does not wait for a running lookup of a host name.
        runtime.shutdown_background();
        Ok(answer)
    };
    let answer = inside(context.namespaces, enter_network, fetch).await.and_then(|answer| answer);
    match answer.map_err(|error| trouble(InfraFailureKind::Other, error))? {
        Ok(Ok(answer)) => Ok(Some(answer)),
        Ok(Err(FetchError::Connect { source, .. })) if source.kind() == io::ErrorKind::InvalidData => {
            Err(bad(&source.to_string()))
        }
        Ok(Err(error @ FetchError::Request(_))) => Err(bad(&error.to_string())),
        // Nobody answers if the connection is refused, reset or cut off, if the name does not exist, or if the answer
        // takes too long.
        Ok(Err(_)) | Err(_) => Ok(None),
    }
}

/// Sends one request, and reads the beginning of the body.
async fn fetch(
    client: &WebClient,
    method: &Method,
    uri: &Uri,
    accept: Option<&'static str>,
) -> Result<ProbeAnswer, FetchError> {
    let accept = accept.map(|accept| (ACCEPT, HeaderValue::from_static(accept)));
    let response = client.send(method, uri, &accept.into_iter().collect()).await?;
    let status = response.status().as_u16();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    let mut body = Limited::new(response.into_body(), BODY_LIMIT);
    let mut bytes = Vec::new();
    while let Some(Ok(frame)) = body.frame().await {
        bytes.extend_from_slice(frame.data_ref().map(AsRef::as_ref).unwrap_or_default());
    }
    Ok((status, headers, bytes.into()))
}

/// Returns the certificates that the system and the learner's `/etc` trust, and the certificates for the registry of
/// `uri`.
fn trusted(uri: &Uri, process: Option<&Path>) -> RootCertStore {
    let mut roots = http_client::system_roots();
    let etc = process.unwrap_or_else(|| Path::new("/")).join(if process.is_some() { "root/etc" } else { "etc" });
    let own = etc.join("docker/certs.d").join(uri.authority().map_or("", |authority| authority.as_str()));
    for file in [etc.join("ssl/certs/ca-certificates.crt"), own.join("ca.crt")] {
        roots.add_parsable_certificates(http_client::read_certificates(&file).unwrap_or_default());
    }
    roots
}

/// Returns the address of a name in the learner's `/etc/hosts`. `process` is the folder `/proc/PID` of a process in the
/// learner's namespaces.
fn address_of(name: &str, process: &Path) -> Option<IpAddr> {
    let hosts = std::fs::read_to_string(process.join("root/etc/hosts")).ok()?;
    hosts.lines().find_map(|line| {
        let mut words = line.split('#').next()?.split_whitespace();
        let address = words.next()?;
        // For `localhost`, the client itself tries both addresses, IPv4 and IPv6.
        words.any(|word| word == name && word != "localhost").then(|| address.parse().ok()).flatten()
    })
}

/// Runs `act` in a new thread, after the thread has entered the namespaces of `process`, if there is one.
async fn inside<T: Send + 'static>(
    process: Option<&Path>,
    enter: fn(&Path) -> io::Result<()>,
    act: impl FnOnce() -> T + Send + 'static,
) -> io::Result<T> {
    let (tell, told) = oneshot::channel();
    let process = process.map(Path::to_owned);
    std::thread::Builder::new().name("probe".into()).spawn(move || {
        let entered = process.as_deref().map_or(Ok(()), enter);
        let entered =
            entered.map_err(|error| io::Error::other(format!("the engine's namespaces cannot be entered: {error}")));
        let result = entered.map(|()| act());
        // After the time limit, nobody receives the result.
        let _ = tell.send(result);
    })?;
    told.await.unwrap_or_else(|_| Err(io::Error::other("the probe's thread died")))
}

impl Engine {
    /// Runs a claim's command in the lesson's directory. The environment contains the engine's address and little
    /// else.
    pub(super) async fn run_outside(&self, argv: &[String], context: &ClaimContext<'_>) -> Result<Facts, InfraFailure> {
        let Some((program, arguments)) = argv.split_first() else {
            return Err(trouble(InfraFailureKind::Other, "an empty command"));
        };
        let mut command = Command::new(program);
        command.args(arguments).current_dir(context.dir).env_clear();
        command.env("PATH", PATH).env("HOME", context.dir).env("LANG", "C.UTF-8");
        command.envs(self.endpoint().env());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        command.process_group(0).kill_on_drop(true);
        let runtime = tokio::runtime::Handle::current();
        // A process gets the namespaces of the thread that starts it.
        let spawned = inside(context.namespaces, enter_namespaces, move || {
            let _inside = runtime.enter();
            command.spawn()
        });
        let child = match spawned.await.map_err(|error| trouble(InfraFailureKind::Other, error))? {
            Ok(child) => child,
            // A shell reports a missing program with the same exit status.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Facts::Run { exit: 127, stdout: String::new() });
            }
            Err(error) => return Err(trouble(InfraFailureKind::Other, format_args!("{program}: {error}"))),
        };
        let mut group = ProcessGroup::new(child);
        timeout(RUN_LIMIT, group.finish())
            .await
            .map_err(|_| too_long(argv))?
            .map_err(|error| trouble(InfraFailureKind::Other, format_args!("{program}: {error}")))
    }
}

/// A command and the processes that it started. Dropping this value kills the command and these processes.
struct ProcessGroup {
    child: Child,
    leader: Option<Pid>,
}

impl ProcessGroup {
    fn new(child: Child) -> Self {
        let leader = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        Self { child, leader }
    }

    async fn finish(&mut self) -> io::Result<Facts> {
        let mut stdout = Vec::new();
        if let Some(pipe) = self.child.stdout.take() {
            pipe.take(OUTPUT_LIMIT as u64).read_to_end(&mut stdout).await?;
        }
        let status = self.child.wait().await?;
        let signal = std::os::unix::process::ExitStatusExt::signal(&status);
        let exit = status.code().or_else(|| signal.map(|signal| 128 + signal)).unwrap_or(-1);
        Ok(Facts::Run { exit: exit.into(), stdout: String::from_utf8_lossy(&stdout).into_owned() })
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        if let Some(leader) = self.leader {
            // The call fails if no process is left.
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registry_host_counts_as_loopback_only_if_it_is_this_machine() {
        for host in ["localhost", "localhost:5000", "127.0.0.1:5000", "127.1.2.3", "[::1]:5000"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["localhost.example.com", "127.example", "registri.lan", "10.0.0.1:5000", "[::2]", ""] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
