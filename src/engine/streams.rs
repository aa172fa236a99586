//! Reads a container's log, and runs commands in a container. Both use bollard.

use std::io;
use std::time::Duration;

use bollard::container::LogOutput;
use bollard::errors::Error;
use bollard::exec::{CreateExecOptions, StartExecResults};
use bollard::query_parameters::LogsOptionsBuilder;
use bollard::{API_DEFAULT_VERSION, BollardRequest, Docker};
use futures_util::StreamExt;
use hyper::Response;
use hyper::body::Incoming;
use hyper::header::{HOST, HeaderValue};
use hyper::http::uri::PathAndQuery;
use tokio::time::{sleep, timeout};

use super::error::{trouble, trouble_of_api};
use super::{Endpoint, Engine, EngineError};
use crate::claims::{Facts, InfraFailure, InfraFailureKind};
use crate::http_client;
use crate::text::percent;

/// The time limit for a claim's command.
pub(super) const RUN_LIMIT: Duration = Duration::from_secs(10);
/// The maximum number of bytes to read from a log or from a command's output.
pub(super) const OUTPUT_LIMIT: usize = 4 << 20;
/// The time limit for the beginning of an answer, in seconds.
const ANSWER_LIMIT: u64 = 30;

impl Engine {
    /// Makes bollard's client, without opening a connection.
    pub(super) fn bollard(&self, limit: u64) -> Result<Docker, InfraFailure> {
        let endpoint = self.endpoint().clone();
        let transport = move |request| carry(endpoint.clone(), request);
        let client =
            Docker::connect_with_custom_transport(transport, Some("http://docker"), limit, API_DEFAULT_VERSION);
        client.map_err(|error| failed(&error))
    }

    /// Returns a container's log so far: standard output and standard error, in the order of the log.
    pub(super) async fn logs(&self, container: &str) -> Result<Facts, InfraFailure> {
        let options = LogsOptionsBuilder::new().stdout(true).stderr(true).build();
        let mut stream = Box::pin(self.bollard(ANSWER_LIMIT)?.logs(&percent::encode_path(container), Some(options)));
        let mut log = Vec::new();
        while let Some(piece) = stream.next().await {
            match piece {
                Ok(piece) => log.extend_from_slice(&piece.into_bytes()),
                Err(error) if is_not_there(&error) => return Ok(Facts::Absent),
                Err(error) => return Err(failed(&error)),
            }
            if log.len() > OUTPUT_LIMIT {
                break;
            }
        }
        // If a container has a terminal, its log has the line ends of a terminal.
        Ok(Facts::Text(String::from_utf8_lossy(&log).replace("\r\n", "\n")))
    }

    /// Runs a command in a container. Returns [`Facts::Absent`] if the container does not exist or does not run.
    pub(super) async fn exec(&self, container: &str, argv: &[String]) -> Result<Facts, InfraFailure> {
        let run = async {
            let docker = self.bollard(ANSWER_LIMIT)?;
            let options = CreateExecOptions {
                attach_stdout: Some(true),
                attach_stderr: Some(true),
                cmd: Some(argv.to_vec()),
                ..CreateExecOptions::default()
            };
            let id = match docker.create_exec(&percent::encode_path(container), options).await {
                Ok(exec) => exec.id,
                Err(error) if is_not_there(&error) => return Ok(Facts::Absent),
                Err(error) => return Err(failed(&error)),
            };
            let mut stdout = Vec::new();
            match docker.start_exec(&id, None).await {
                Ok(StartExecResults::Attached { mut output, .. }) => {
                    while let Some(piece) = output.next().await {
                        let piece = piece.map_err(|error| failed(&error))?;
                        if let LogOutput::StdOut { message } | LogOutput::Console { message } = piece {
                            let room = OUTPUT_LIMIT.saturating_sub(stdout.len());
                            stdout.extend_from_slice(&message[..message.len().min(room)]);
                        }
                    }
                }
                Ok(StartExecResults::Detached) => {}
                Err(error) if is_not_there(&error) => return Ok(Facts::Absent),
                // Newer engines refuse a program that the container lacks. With Docker 20.10, the command starts and
                // ends at once.
                Err(Error::DockerResponseServerError { status_code: 400, .. }) => {
                    return Ok(Facts::Run { exit: 127, stdout: String::new() });
                }
                Err(error) => return Err(failed(&error)),
            }
            // The output may end a moment before the engine knows the exit status.
            let exit = loop {
                let ended = docker.inspect_exec(&id).await.map_err(|error| failed(&error))?;
                match ended.exit_code {
                    Some(exit) if ended.running != Some(true) => break exit,
                    _ => sleep(Duration::from_millis(5)).await,
                }
            };
            Ok(Facts::Run { exit, stdout: String::from_utf8_lossy(&stdout).into_owned() })
        };
        timeout(RUN_LIMIT, run).await.unwrap_or_else(|_| Err(too_long(argv)))
    }
}

/// Sends one of bollard's requests over a new connection.
async fn carry(endpoint: Endpoint, request: BollardRequest) -> Result<Response<Incoming>, Error> {
    let stream = endpoint.dial().await.map_err(|error| Error::IOError { err: io::Error::other(error) })?;
    let (mut head, body) = request.into_parts();
    // bollard's requests have complete URLs, as for a proxy. An engine wants paths.
    let path = head.uri.path_and_query().map_or("/", PathAndQuery::as_str);
    head.uri = path.parse().map_err(hyper::http::Error::from)?;
    head.headers.insert(HOST, HeaderValue::from_static("docker"));
    Ok(http_client::send(stream, BollardRequest::from_parts(head, body)).await?)
}

/// Makes the failure of a command that exceeds its time limit.
pub(super) fn too_long(argv: &[String]) -> InfraFailure {
    let limit = RUN_LIMIT.as_secs();
    trouble(InfraFailureKind::Timeout, format_args!("`{}` did not end within {limit} s", argv.join(" ")))
}

/// Whether a container does not exist or does not run.
fn is_not_there(error: &Error) -> bool {
    matches!(error, Error::DockerResponseServerError { status_code: 404 | 409, .. })
}

/// Makes an infrastructure failure from bollard's error.
pub(super) fn failed(error: &Error) -> InfraFailure {
    match error {
        Error::DockerResponseServerError { message, .. } | Error::DockerStreamError { error: message } => {
            trouble_of_api(message)
        }
        // The connection could not be opened.
        Error::IOError { err }
            if let Some(error) = err.get_ref().and_then(|inner| inner.downcast_ref::<EngineError>()) =>
        {
            error.trouble()
        }
        Error::RequestTimeoutError => trouble(InfraFailureKind::Timeout, error),
        Error::HyperLegacyError { .. }
        | Error::HyperResponseError { .. }
        | Error::IOError { .. }
        | Error::SocketNotFoundError(_) => trouble(InfraFailureKind::EngineGone, error),
        _ => trouble(InfraFailureKind::Other, error),
    }
}
