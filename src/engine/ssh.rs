//! Reaches an engine on another machine as the docker CLI does: through `ssh` and `docker system dial-stdio` there.

use std::io;
use std::pin::Pin;
use std::process::Stdio;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, ReadBuf};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::task::JoinHandle;

use super::EngineError;

/// The maximum number of bytes to keep of the error output of `ssh`. Only the last bytes are kept.
const SAID_LIMIT: usize = 2048;

/// A running `ssh` process. Dropping this value kills the process.
#[derive(Debug)]
pub(super) struct Pipe {
    _ssh: Child,
    input: Option<ChildStdin>,
    output: ChildStdout,
    /// The task that reads the standard error of `ssh`, until the connection delivers its first byte.
    said: Option<JoinHandle<String>>,
    /// The error output of `ssh`, if `ssh` ended before an engine answered.
    last_words: String,
}

impl Pipe {
    pub(super) fn start(url: &str) -> Result<Self, EngineError> {
        let failed = |detail: String| EngineError::Ssh { endpoint: url.to_owned(), detail };
        let arguments = arguments(url).ok_or_else(|| EngineError::Address(url.to_owned()))?;
        let mut command = Command::new("ssh");
        command.args(arguments).kill_on_drop(true);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let ssh = command.spawn().map_err(|error| failed(format!("ssh: {error}")))?;
        Self::of(ssh).ok_or_else(|| failed("ssh has no pipes".to_owned()))
    }

    fn of(mut ssh: Child) -> Option<Self> {
        let (input, output, errors) = (ssh.stdin.take()?, ssh.stdout.take()?, ssh.stderr.take()?);
        let said = Some(tokio::spawn(listen(errors)));
        Some(Self { _ssh: ssh, input: Some(input), output, said, last_words: String::new() })
    }

    /// Returns the error of a failed write: the error output of `ssh`, if a read has returned it, or else `error`.
    fn ended(&self, error: io::Error) -> io::Error {
        if self.last_words.is_empty() { error } else { io::Error::other(self.last_words.clone()) }
    }
}

/// Reads the error output to its end, so that `ssh` never blocks. Returns the last bytes.
async fn listen(mut errors: ChildStderr) -> String {
    let mut kept = Vec::new();
    let mut buffer = [0; 1024];
    while let Ok(length @ 1..) = errors.read(&mut buffer).await {
        kept.extend_from_slice(&buffer[..length]);
        kept.drain(..kept.len().saturating_sub(SAID_LIMIT));
    }
    let text = String::from_utf8_lossy(&kept);
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Returns the arguments of `ssh` for `ssh://[USER@]HOST[:PORT][/PATH]`, like those of the docker CLI. PATH is the
/// engine's socket on the other machine. `ssh` must fail instead of asking questions, because it would repeat the
/// questions for each connection.
fn arguments(url: &str) -> Option<Vec<String>> {
    let rest = url.strip_prefix("ssh://")?;
    let (authority, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    let host_ends = host.rfind(']').map_or(0, |end| end + 1);
    let (host, port) = match host[host_ends..].rfind(':') {
        Some(colon) => (&host[..host_ends + colon], Some(&host[host_ends + colon + 1..])),
        None => (host, None),
    };
    let host = host.trim_matches(['[', ']']);
    let mut arguments: Vec<&str> = Vec::new();
    if let Some(user) = user {
        // The docker CLI also refuses a password in the address.
        if user.is_empty() || user.contains(':') {
            return None;
        }
        arguments.extend(["-l", user]);
    }
    if let Some(port) = port {
        port.parse::<u16>().ok()?;
        arguments.extend(["-p", port]);
    }
    if host.is_empty() {
        return None;
    }
    arguments.extend(["-o", "ConnectTimeout=20", "-o", "BatchMode=yes", "-T", "--", host, "docker"]);
    let socket = format!("unix://{path}");
    if !path.trim_matches('/').is_empty() {
        // A shell on the other machine parses the words again.
        let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
        if !path.chars().all(plain) {
            return None;
        }
        arguments.extend(["--host", &socket]);
    }
    arguments.extend(["system", "dial-stdio"]);
    Some(arguments.into_iter().map(str::to_owned).collect())
}

impl AsyncRead for Pipe {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let pipe = self.get_mut();
        let before = buffer.filled().len();
        ready!(Pin::new(&mut pipe.output).poll_read(cx, buffer))?;
        if buffer.filled().len() > before {
            pipe.said = None;
        } else if let Some(said) = &mut pipe.said {
            // `ssh` ended before an engine answered. Its error output says why.
            let said = ready!(Pin::new(said).poll(cx)).unwrap_or_default();
            pipe.said = None;
            if !said.is_empty() {
                pipe.last_words.clone_from(&said);
                return Poll::Ready(Err(io::Error::other(said)));
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Pipe {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let pipe = self.get_mut();
        match &mut pipe.input {
            Some(input) => match ready!(Pin::new(input).poll_write(cx, bytes)) {
                // `ssh` has ended. The next read returns its error output as an error.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe && pipe.said.is_some() => {
                    Poll::Ready(Ok(bytes.len()))
                }
                written => Poll::Ready(written.map_err(|error| pipe.ended(error))),
            },
            None => Poll::Ready(Err(pipe.ended(io::ErrorKind::BrokenPipe.into()))),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().input {
            Some(input) => Pin::new(input).poll_flush(cx),
            None => Poll::Ready(Ok(())),
        }
    }

    /// Closes only the direction to the engine, because the engine may still send its answer.
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().input = None;
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::process::Command;

    use super::{Pipe, arguments};

    #[tokio::test]
    async fn read_and_write_fail_with_the_error_output_of_an_ssh_that_ended() {
        let ends = || {
            let mut command = Command::new("sh");
            command.args(["-c", "exec 0<&-; echo kapal: tidak >&2; exit 255"]).kill_on_drop(true);
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            Pipe::of(command.spawn().unwrap()).unwrap()
        };
        let mut pipe = ends();
        assert_eq!(pipe.read(&mut [0; 8]).await.unwrap_err().to_string(), "kapal: tidak");
        assert_eq!(pipe.write(b"GET").await.unwrap_err().to_string(), "kapal: tidak");
        let mut pipe = ends();
        pipe.write_all(b"GET").await.unwrap();
        assert_eq!(pipe.read(&mut [0; 8]).await.unwrap_err().to_string(), "kapal: tidak");
    }

    #[test]
    fn ssh_gets_the_docker_clis_arguments_for_an_address() {
        let said = |url: &str| arguments(url).map(|words| words.join(" "));
        let options = "-o ConnectTimeout=20 -o BatchMode=yes -T --";
        let cases = [
            ("ssh://kapal", format!("{options} kapal docker system dial-stdio")),
            ("ssh://ani@kapal:2222", format!("-l ani -p 2222 {options} kapal docker system dial-stdio")),
            ("ssh://[::1]:22/", format!("-p 22 {options} ::1 docker system dial-stdio")),
            (
                "ssh://kapal/run/user/7/docker.sock",
                format!("{options} kapal docker --host unix:///run/user/7/docker.sock system dial-stdio"),
            ),
        ];
        for (url, expected) in cases {
            assert_eq!(said(url), Some(expected), "{url}");
        }
        for url in ["ssh://", "ssh://ani:rahasia@kapal", "ssh://kapal:x", "ssh://@kapal", "ssh://kapal/;reboot"] {
            assert_eq!(said(url), None, "{url}");
        }
    }
}
