//! Serves a site on the loopback while its author writes. The site is built in memory. An open page reloads when the
//! site changes.

mod routes;
mod site_files;
mod watch;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::net::TcpListener;

use crate::site::BuiltSite;
use routes::routes;
use site_files::{SiteChange, SiteFiles};
use watch::Changes;

/// The number of ports to try after the wanted port, before the server takes any free port.
const TRIES: u16 = 20;

/// The reason why the site could not be built.
#[derive(Debug, Clone)]
pub struct BuildProblem {
    /// The text for the page.
    pub page: String,
    /// The text for the terminal.
    pub terminal: String,
}

/// An event that the server reports to its caller.
#[derive(Debug)]
pub enum ServeEvent {
    /// Files are polled every second, because the system cannot report changes.
    SlowWatch,
    /// The first build has ended. The value is the number of pages, or the problem.
    Ready(Result<usize, BuildProblem>),
    /// The files of the site changed. The value is the duration of the build.
    Changed(Duration),
    /// A mistake was corrected, and the files of the site are the same as before the mistake.
    Mended,
    /// The build failed.
    Problem(BuildProblem),
}

/// The text above an error on a page, in the author's language.
#[derive(Debug, Clone)]
pub struct Notice {
    /// The language's tag.
    pub lang: String,
    /// The title, which says that there is a mistake.
    pub title: String,
    /// The text that says what to do.
    pub why: String,
}

/// Binds a listener to the loopback at `port`, at one of the next ports, or at any free port.
///
/// # Errors
/// Fails if no port is free.
pub async fn bind_listener(port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let mut tries: Vec<u16> = (0..=TRIES).filter_map(|more| port.checked_add(more)).collect();
    tries.push(0);
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in tries {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => {
                let address = listener.local_addr()?;
                return Ok((listener, address));
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Builds a site with `make`, and serves the site at `listener`. Builds the site again when a file below `root`
/// changes. Runs until an error.
///
/// # Errors
/// Fails if changes cannot be watched, or if the listener fails.
pub async fn serve<M>(
    listener: TcpListener,
    root: &Path,
    notice: Notice,
    make: M,
    told: impl Fn(ServeEvent),
) -> io::Result<()>
where
    M: Fn() -> Result<BuiltSite, BuildProblem> + Send + Sync + 'static,
{
    let port = listener.local_addr()?.port();
    let site_files = Arc::new(SiteFiles::new(notice));
    // Starts to watch before the first build, so that no change during the build is missed.
    let mut changes = Changes::watch(root).map_err(io::Error::other)?;
    if changes.is_slow() {
        told(ServeEvent::SlowWatch);
    }
    let make = Arc::new(make);
    let attempt = || {
        let make = Arc::clone(&make);
        async move { tokio::task::spawn_blocking(move || make()).await.map_err(io::Error::other) }
    };
    let first = attempt().await?;
    let said = first.as_ref().map(|made| made.summary.pages).map_err(Clone::clone);
    site_files.put(first);
    told(ServeEvent::Ready(said));
    let watching = async {
        while changes.next().await.is_some() {
            let begun = Instant::now();
            let made = attempt().await?;
            let wrong = made.as_ref().err().cloned();
            match (wrong, site_files.put(made)) {
                (Some(wrong), _) => told(ServeEvent::Problem(wrong)),
                (None, SiteChange::Files) => told(ServeEvent::Changed(begun.elapsed())),
                (None, SiteChange::Problem) => told(ServeEvent::Mended),
                (None, SiteChange::Nothing) => {}
            }
        }
        Err(io::Error::from(io::ErrorKind::BrokenPipe))
    };
    tokio::select! {
        ended = watching => ended,
        ended = axum::serve(listener, routes(Arc::clone(&site_files), port)) => ended,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn taken_port_is_replaced_by_another_port_of_the_loopback() {
        let (held, first) = bind_listener(0).await.unwrap();
        let (_next, second) = bind_listener(first.port()).await.unwrap();
        assert_ne!(first.port(), second.port());
        assert!(second.ip().is_loopback());
        drop(held);
        assert_eq!(bind_listener(65535).await.unwrap().1.ip(), first.ip());
    }
}
