//! Waits for the engine's first answer.

use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// The engine's answer to `/_ping`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pong {
    pub version: String,
    pub api: String,
}

/// Blocks until the engine at `socket` answers. The engine creates the socket early and gives its first answer when it
/// is ready, so a single request waits exactly long enough.
pub(super) fn wait(socket: &Path) -> Pong {
    loop {
        if let Ok(Some(pong)) = ping(socket) {
            return pong;
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// Sends one request; `None` if the answer is not (yet) an engine's.
pub(super) fn ping(socket: &Path) -> io::Result<Option<Pong>> {
    let mut stream = UnixStream::connect(socket)?;
    stream.write_all(b"GET /_ping HTTP/1.1\r\nHost: dermaga\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(64 * 1024).read_to_end(&mut answer)?;
    Ok(read_pong(&String::from_utf8_lossy(&answer)))
}

fn read_pong(answer: &str) -> Option<Pong> {
    let mut lines = answer.lines();
    let status = lines.next()?;
    if status.split(' ').nth(1) != Some("200") {
        return None;
    }
    let mut pong = Pong::default();
    for (name, value) in lines.take_while(|line| !line.is_empty()).filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        if name.eq_ignore_ascii_case("api-version") {
            value.clone_into(&mut pong.api);
        } else if name.eq_ignore_ascii_case("server") {
            // The header looks like `Docker/20.10.24+dfsg1 (linux)`.
            let product = value.split(' ').next().unwrap_or_default();
            product.split_once('/').map_or(product, |(_, version)| version).clone_into(&mut pong.version);
        }
    }
    Some(pong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_the_answer() {
        let answer = "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nServer: Docker/20.10.24+dfsg1 (linux)\r\n\r\nOK";
        let expected = Pong { version: "20.10.24+dfsg1".into(), api: "1.41".into() };
        assert_eq!(read_pong(answer), Some(expected));
        assert_eq!(read_pong("HTTP/1.1 503 Service Unavailable\r\n\r\n"), None);
        assert_eq!(read_pong(""), None);
    }
}
