//! The files of the present site, each with the revision of its last change.

use std::collections::HashMap;
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use axum::body::Bytes;
use tokio::sync::watch;

use super::{BuildProblem, Notice};
use crate::site::BuiltSite;
use crate::site::html::escape;

/// The present site.
pub(super) struct SiteFiles {
    state: RwLock<State>,
    revision: watch::Sender<u64>,
    /// Distinguishes this program's revisions from those of an earlier run.
    session: String,
    notice: Notice,
}

#[derive(Default)]
struct State {
    files: HashMap<String, File>,
    revision: u64,
    wrong: Option<String>,
}

struct File {
    bytes: Bytes,
    since: u64,
}

/// The changes of a new build.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SiteChange {
    /// The number of pages that are new, changed or gone.
    pub(super) changed: usize,
    /// Whether the build before had failed.
    pub(super) was_wrong: bool,
}

/// A message to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PageUpdate {
    /// The page must reload.
    Reload,
    /// The present problem, or `None`.
    Problem(Option<String>),
}

/// A file that was found.
pub(super) struct ServedFile {
    pub(super) path: String,
    pub(super) bytes: Bytes,
}

impl SiteFiles {
    pub(super) fn new(notice: Notice) -> Self {
        let session = format!("{:016x}", fastrand::u64(..));
        Self { state: RwLock::default(), revision: watch::Sender::new(0), session, notice }
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Replaces the site by a new one. If the build failed, the old site stays.
    pub(super) fn put(&self, made: Result<BuiltSite, BuildProblem>) -> SiteChange {
        let mut state = self.write();
        let was_wrong = state.wrong.is_some();
        let revision = state.revision + 1;
        let mut changed = 0;
        match made {
            Err(wrong) => state.wrong = Some(wrong.page),
            Ok(made) => {
                state.wrong = None;
                let mut old = std::mem::take(&mut state.files);
                for file in made.files {
                    let kept = old.remove(&file.path).filter(|old| old.bytes == file.bytes);
                    changed += usize::from(kept.is_none() && is_page(&file.path));
                    let file_now = kept.unwrap_or_else(|| File { bytes: file.bytes.into(), since: revision });
                    state.files.insert(file.path, file_now);
                }
                changed += old.keys().filter(|path| is_page(path)).count();
            }
        }
        state.revision = revision;
        drop(state);
        self.revision.send_replace(revision);
        SiteChange { changed, was_wrong }
    }

    /// Receives every new revision.
    pub(super) fn revisions(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// The message to a page that was loaded with the mark `mark`.
    pub(super) fn news(&self, mark: &str) -> PageUpdate {
        let state = self.read();
        let mut parts = mark.splitn(3, '.');
        let session = parts.next().unwrap_or_default();
        let revision: u64 = parts.next().and_then(|revision| revision.parse().ok()).unwrap_or(0);
        let path = parts.next().unwrap_or_default();
        let fresh = state.files.get(path).is_some_and(|file| file.since <= revision);
        // The error page is fresh as long as there is no site.
        let fresh = fresh || path.is_empty() && state.files.is_empty();
        if session != self.session || !fresh {
            return PageUpdate::Reload;
        }
        PageUpdate::Problem(state.wrong.clone())
    }

    /// The file at `path`, and `true`; else the page for lost addresses, and `false`.
    pub(super) fn find(&self, path: &str) -> (Option<ServedFile>, bool) {
        let state = self.read();
        let lost = || {
            let tag = path.split('/').next().unwrap_or_default();
            [format!("{tag}/404.html"), "404.html".to_owned()].into_iter().find(|path| state.files.contains_key(path))
        };
        let there = state.files.contains_key(path);
        let Some(path) = there.then(|| path.to_owned()).or_else(lost) else {
            let page = self.alone(&state);
            return (Some(ServedFile { path: "index.html".to_owned(), bytes: page.into() }), false);
        };
        let Some(file) = state.files.get(&path) else { return (None, false) };
        let bytes = if is_page(&path) { self.with_live_script(&state, &path, &file.bytes) } else { file.bytes.clone() };
        (Some(ServedFile { path, bytes }), there)
    }

    /// Whether there is such a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.read().files.contains_key(path)
    }

    /// Adds the script that reloads the page, and the error panel if there is a problem.
    fn with_live_script(&self, state: &State, path: &str, page: &[u8]) -> Bytes {
        let page = String::from_utf8_lossy(page);
        let head = self.head(state, path);
        let page = page.replacen("</head>", &format!("{head}</head>"), 1);
        let panel = state.wrong.as_ref().map(|wrong| self.panel(wrong)).unwrap_or_default();
        page.replacen("<body>", &format!("<body>{panel}"), 1).into()
    }

    fn head(&self, state: &State, path: &str) -> String {
        format!(
            "<link rel=\"stylesheet\" href=\"/-/live.css\">\n<script src=\"/-/live.js\" defer data-live=\"{}.{}.{}\" \
             data-title=\"{}\" data-why=\"{}\"></script>\n",
            self.session,
            state.revision,
            escape(path),
            escape(&self.notice.title),
            escape(&self.notice.why)
        )
    }

    fn panel(&self, wrong: &str) -> String {
        let lines: Vec<String> = wrong.lines().map(escape).collect();
        format!(
            "<section id=\"live-wrong\" role=\"alert\" lang=\"{}\"><h2>{}</h2><p>{}</p><pre tabindex=\"0\">{}</pre></section>",
            escape(&self.notice.lang),
            escape(&self.notice.title),
            escape(&self.notice.why),
            lines.join("\n")
        )
    }

    /// The page that is shown as long as there is no site.
    fn alone(&self, state: &State) -> String {
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n{}</head>\n\
             <body class=\"live-alone\"><main>{}</main></body>\n</html>\n",
            escape(&self.notice.lang),
            escape(&self.notice.title),
            self.head(state, ""),
            self.panel(state.wrong.as_deref().unwrap_or_default())
        )
    }
}

fn is_page(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "html")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::site::BuildSummary;
    use crate::site::assets::Asset;

    pub(in crate::site::serve) fn made(files: &[(&str, &str)]) -> BuiltSite {
        let files: Vec<Asset> = files
            .iter()
            .map(|(path, text)| Asset { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() })
            .collect();
        let pages = files.len();
        BuiltSite { files, summary: BuildSummary { pages, outward: Vec::new() } }
    }

    pub(in crate::site::serve) fn site_files() -> SiteFiles {
        SiteFiles::new(Notice { lang: "id".into(), title: "Salah".into(), why: "Perbaiki".into() })
    }

    fn mark(site_files: &SiteFiles, path: &str) -> String {
        let (found, _) = site_files.find(path);
        let page = String::from_utf8(found.unwrap().bytes.to_vec()).unwrap();
        page.split("data-live=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    #[test]
    fn only_a_page_that_changed_is_told_to_reload() {
        let site_files = site_files();
        let page = "<head></head><body></body>";
        site_files.put(Ok(made(&[("a.html", page), ("b.html", page), ("404.html", page)])));
        let (a, b, lost) = (mark(&site_files, "a.html"), mark(&site_files, "b.html"), mark(&site_files, "nix.html"));
        assert_eq!(site_files.news(&a), PageUpdate::Problem(None));
        let put = site_files.put(Ok(made(&[
            ("a.html", "<head></head><body>1</body>"),
            ("b.html", page),
            ("404.html", page),
        ])));
        assert_eq!(put, SiteChange { changed: 1, was_wrong: false });
        assert_eq!(site_files.news(&a), PageUpdate::Reload);
        assert_eq!(site_files.news(&b), PageUpdate::Problem(None));
        assert_eq!(site_files.news(&lost), PageUpdate::Problem(None));
        site_files.put(Ok(made(&[("a.html", page)])));
        assert_eq!(site_files.news(&b), PageUpdate::Reload, "a page that is gone");
        assert_eq!(site_files.news("0.1.a.html"), PageUpdate::Reload, "a page of a program before this one");
    }

    #[test]
    fn a_mistake_keeps_the_old_site_and_is_shown_on_it() {
        let site_files = site_files();
        let wrong = || Err(BuildProblem { page: "baris <3>".into(), terminal: String::new() });
        site_files.put(wrong());
        let alone = mark(&site_files, "index.html");
        assert!(alone.ends_with('.'), "{alone}");
        assert_eq!(site_files.news(&alone), PageUpdate::Problem(Some("baris <3>".into())));
        site_files.put(Ok(made(&[("index.html", "<head></head><body>x</body>")])));
        assert_eq!(site_files.news(&alone), PageUpdate::Reload);
        let page = mark(&site_files, "index.html");
        site_files.put(wrong());
        assert_eq!(site_files.news(&page), PageUpdate::Problem(Some("baris <3>".into())));
        let (found, there) = site_files.find("index.html");
        let html = String::from_utf8(found.unwrap().bytes.to_vec()).unwrap();
        assert!(there && html.contains("baris &lt;3&gt;") && html.contains(">x</body>"), "{html}");
        assert!(site_files.put(Ok(made(&[("index.html", "<head></head><body>x</body>")]))).was_wrong);
        assert_eq!(site_files.news(&page), PageUpdate::Problem(None));
    }
}
