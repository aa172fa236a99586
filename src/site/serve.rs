//! The site while it is written: made in memory, served on the loopback, reloaded where it changed.

mod answer;
mod door;
mod shelf;
mod watch;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::net::TcpListener;

use super::Made;
use door::Limits;
use shelf::Shelf;
use watch::Changes;

/// Ports after the wanted one that are tried before any free one is taken.
const TRIES: u16 = 20;

/// Why there is no site now.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// For the page.
    pub page: String,
    /// For the terminal.
    pub terminal: String,
}

/// What happens while a site is served.
#[derive(Debug)]
pub enum Told {
    /// Files are looked at every second, as the system cannot tell of changes.
    SlowWatch,
    /// The first site is there, or is not.
    Ready(Result<usize, Wrong>),
    /// Pages changed; how many, and how long after the change.
    Changed(usize, Duration),
    /// The site is as it was before a mistake.
    Mended,
    /// There is a mistake.
    Wrong(Wrong),
}

/// What the page says above a mistake, in the person's language.
#[derive(Debug, Clone)]
pub struct Notice {
    /// The language's tag.
    pub lang: String,
    /// That there is a mistake.
    pub title: String,
    /// What to do.
    pub why: String,
}

/// The loopback at `port` or at one after it, else at any free one.
///
/// # Errors
/// When there is none.
pub async fn open_door(port: u16) -> io::Result<(TcpListener, SocketAddr)> {
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

/// Serves what `make` makes at `listener`, and makes it again whenever a file below `root` changes. Never ends by
/// itself.
///
/// # Errors
/// When changes cannot be watched, or the listener breaks.
pub async fn serve<M>(
    listener: TcpListener,
    root: &Path,
    notice: Notice,
    make: M,
    told: impl Fn(Told),
) -> io::Result<()>
where
    M: Fn() -> Result<Made, Wrong> + Send + Sync + 'static,
{
    let port = listener.local_addr()?.port();
    let shelf = Arc::new(Shelf::new(notice));
    // Before the first site is made, so that no change is missed.
    let mut changes = Changes::watch(root).map_err(io::Error::other)?;
    if changes.is_slow() {
        told(Told::SlowWatch);
    }
    let make = Arc::new(make);
    let attempt = || {
        let make = Arc::clone(&make);
        async move { tokio::task::spawn_blocking(move || make()).await.map_err(io::Error::other) }
    };
    let first = attempt().await?;
    let said = first.as_ref().map(|made| made.built.pages).map_err(Clone::clone);
    shelf.put(first);
    told(Told::Ready(said));
    let watching = async {
        while changes.next().await.is_some() {
            let begun = Instant::now();
            let made = attempt().await?;
            let wrong = made.as_ref().err().cloned();
            let before = shelf.put(made);
            match wrong {
                Some(wrong) => told(Told::Wrong(wrong)),
                None if before.changed > 0 => told(Told::Changed(before.changed, begun.elapsed())),
                None if before.was_wrong => told(Told::Mended),
                None => {}
            }
        }
        Err(io::Error::from(io::ErrorKind::BrokenPipe))
    };
    tokio::select! {
        ended = watching => ended,
        never = door::listen(listener, port, Arc::clone(&shelf), Limits::USUAL) => never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_gives_way_to_the_next_free_one() {
        let (held, first) = open_door(0).await.unwrap();
        let (_next, second) = open_door(first.port()).await.unwrap();
        assert_ne!(first.port(), second.port());
        assert!(second.ip().is_loopback());
        drop(held);
        assert_eq!(open_door(65535).await.unwrap().1.ip(), first.ip());
    }
}
