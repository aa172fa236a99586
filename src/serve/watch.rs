//! Watches a directory for changes. A save counts as one change, even if the editor causes many events.

use std::path::Path;
use std::time::Duration;

use notify::{Config, Event, EventHandler, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, timeout_at};

/// The time after the last event after which a save counts as ended.
const QUIET: Duration = Duration::from_millis(25);
/// The longest wait for the end of a save.
const AT_MOST: Duration = Duration::from_millis(250);
/// The polling interval if the system cannot report changes.
const SLOW: Duration = Duration::from_secs(1);

/// Reports changes below a directory.
pub(super) struct Changes {
    events: UnboundedReceiver<()>,
    slow: bool,
    /// The watcher. It stops when this value is dropped.
    _watcher: Box<dyn Watcher + Send>,
}

impl Changes {
    pub(super) fn watch(root: &Path) -> notify::Result<Self> {
        let (tell, events) = unbounded_channel();
        let teller = move |event: notify::Result<Event>| {
            if event.map_or(true, |event| matters(&event)) {
                let _ = tell.send(());
            }
        };
        let (slow, watcher) = match start::<RecommendedWatcher>(root, teller.clone()) {
            Ok(watcher) => (false, watcher),
            Err(_) => (true, start::<PollWatcher>(root, teller)?),
        };
        Ok(Self { events, slow, _watcher: watcher })
    }

    pub(super) fn is_slow(&self) -> bool {
        self.slow
    }

    /// Waits for the next change, until the change has ended.
    pub(super) async fn next(&mut self) -> Option<()> {
        self.events.recv().await?;
        let last = Instant::now() + AT_MOST;
        while let Ok(event) = timeout_at((Instant::now() + QUIET).min(last), self.events.recv()).await {
            event?;
        }
        Some(())
    }
}

/// Starts a watcher of the type `W`.
fn start<W: Watcher + Send + 'static>(
    root: &Path,
    teller: impl EventHandler,
) -> notify::Result<Box<dyn Watcher + Send>> {
    let mut watcher = W::new(teller, Config::default().with_poll_interval(SLOW))?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    Ok(Box::new(watcher))
}

/// Whether an event is a change. Reads and editors' temporary files are not changes.
fn matters(event: &Event) -> bool {
    let scratch = |path: &std::path::PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with('.') || name.ends_with('~')
    };
    !matches!(event.kind, EventKind::Access(_)) && (event.paths.is_empty() || !event.paths.iter().all(scratch))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn save_is_one_change_and_reading_is_no_change() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("id")).unwrap();
        let file = dir.path().join("id/a.md");
        std::fs::write(&file, "a").unwrap();
        let mut changes = Changes::watch(dir.path()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "a");
        std::fs::write(dir.path().join("id/.a.md.swp"), "a").unwrap();
        let early = tokio::time::timeout(Duration::from_millis(300), changes.next()).await;
        assert!(early.is_err(), "reading, and an editor's own file, are no change");
        for text in ["b", "c", "d"] {
            std::fs::write(&file, text).unwrap();
        }
        let aside = dir.path().join("id/.a.part");
        std::fs::write(&aside, "e").unwrap();
        std::fs::rename(&aside, &file).unwrap();
        tokio::time::timeout(Duration::from_secs(20), changes.next()).await.unwrap().unwrap();
        let more = tokio::time::timeout(Duration::from_millis(300), changes.next()).await;
        assert!(more.is_err(), "one save was told twice");
    }
}
