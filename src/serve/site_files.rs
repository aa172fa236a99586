//! Keeps the files of the current site, and the problem if a newer site could not be built.

use std::collections::HashMap;

use askama::Template;
use axum::body::Bytes;
use tokio::sync::watch;

use super::{BuildProblem, Notice};
use crate::site::BuiltSite;
use crate::site::is_page;
use crate::site::render;

/// The current site.
pub(super) struct SiteFiles {
    state: watch::Sender<SiteState>,
    notice: Notice,
}

/// The files that the server shows, and the problem of the last build if that build failed.
pub(super) struct SiteState {
    files: HashMap<String, Bytes>,
    wrong: Option<String>,
    /// A random mark, which differs from the mark of every other state, even in an earlier run. A page with another
    /// mark must reload. Even if the text of the page is the same, the address of its search index may differ.
    pub(super) mark: String,
}

impl SiteState {
    fn new(files: HashMap<String, Bytes>, wrong: Option<String>) -> Self {
        Self { files, wrong, mark: format!("{:016x}", fastrand::u64(..)) }
    }
}

/// The difference between a new build and the current state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SiteChange {
    Nothing,
    /// The files are the same, but the problem changed or was solved.
    Problem,
    Files,
}

impl SiteFiles {
    pub(super) fn new(notice: Notice) -> Self {
        Self { state: watch::Sender::new(SiteState::new(HashMap::new(), None)), notice }
    }

    /// Replaces the old site by a new site. If the build failed, keeps the old site.
    pub(super) fn put(&self, made: Result<BuiltSite, BuildProblem>) -> SiteChange {
        let mut change = SiteChange::Nothing;
        self.state.send_if_modified(|state| {
            let (files, wrong) = match made {
                Ok(made) => (made.files.into_iter().map(|file| (file.path, file.bytes.into())).collect(), None),
                Err(problem) => (state.files.clone(), Some(problem.page)),
            };
            if files != state.files {
                change = SiteChange::Files;
            } else if wrong != state.wrong {
                change = SiteChange::Problem;
            }
            if change != SiteChange::Nothing {
                *state = SiteState::new(files, wrong);
            }
            change != SiteChange::Nothing
        });
        change
    }

    /// Returns a receiver of every new state.
    pub(super) fn states(&self) -> watch::Receiver<SiteState> {
        self.state.subscribe()
    }

    /// Returns the file at `path` with its path, or else the not-found page. If there is no site yet, returns a page
    /// that waits for the site.
    pub(super) fn find(&self, path: &str) -> (String, Bytes) {
        let state = self.state.borrow();
        let lost = format!("{}/404.html", path.split('/').next().unwrap_or_default());
        match [path, &lost, "404.html"].into_iter().find_map(|path| state.files.get_key_value(path)) {
            Some((path, page)) if is_page(path) => (path.clone(), self.with_live_script(&state, page)),
            Some((path, bytes)) => (path.clone(), bytes.clone()),
            None => {
                let (script, problem) = (live_script(&state), self.problem(&state));
                ("404.html".to_owned(), render(&LivePage { notice: &self.notice, script, problem }).into())
            }
        }
    }

    /// Whether the site has a file at `path`.
    pub(super) fn has(&self, path: &str) -> bool {
        self.state.borrow().files.contains_key(path)
    }

    /// Adds to `page` the script that reloads the page, and the current problem, if any.
    fn with_live_script(&self, state: &SiteState, page: &[u8]) -> Bytes {
        let page = String::from_utf8_lossy(page);
        let page = page.replacen("</head>", &format!("{}</head>", live_script(state)), 1);
        page.replacen("<body>", &format!("<body>{}", self.problem(state)), 1).into()
    }

    fn problem(&self, state: &SiteState) -> String {
        let problem = state.wrong.as_ref().map(|wrong| render(&LiveProblem { notice: &self.notice, wrong }));
        problem.unwrap_or_default()
    }
}

/// A problem above the content of a page.
#[derive(Template)]
#[template(path = "live-problem.html")]
struct LiveProblem<'a> {
    notice: &'a Notice,
    wrong: &'a str,
}

/// The page that the server shows until there is a site.
#[derive(Template)]
#[template(path = "live.html")]
struct LivePage<'a> {
    notice: &'a Notice,
    /// The script as HTML.
    script: String,
    problem: String,
}

fn live_script(state: &SiteState) -> String {
    let mark = &state.mark;
    format!(
        "<link rel=\"stylesheet\" href=\"/-/live.css\"><script src=\"/-/live.js\" defer data-live=\"{mark}\"></script>"
    )
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::site::Asset;
    use crate::site::BuildSummary;

    pub(super) fn made(files: &[(&str, &str)]) -> BuiltSite {
        let files: Vec<Asset> = files
            .iter()
            .map(|(path, text)| Asset { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() })
            .collect();
        let pages = files.len();
        BuiltSite { files, summary: BuildSummary { pages, outward: Vec::new() } }
    }

    pub(super) fn site_files() -> SiteFiles {
        SiteFiles::new(Notice { lang: "id".into(), title: "Salah".into(), why: "Perbaiki".into() })
    }

    fn page(site_files: &SiteFiles, path: &str) -> String {
        String::from_utf8(site_files.find(path).1.to_vec()).unwrap()
    }

    /// Whether `page`, which was served earlier, must reload.
    fn is_stale(site_files: &SiteFiles, page: &str) -> bool {
        !page.contains(&format!("data-live=\"{}\"", site_files.states().borrow().mark))
    }

    #[test]
    fn open_page_must_reload_only_after_a_change_of_the_site() {
        let site_files = site_files();
        let whole = "<head></head><body></body>";
        let files = [("a.html", whole), ("b.html", whole), ("404.html", whole)];
        site_files.put(Ok(made(&files)));
        let (a, lost) = (page(&site_files, "a.html"), page(&site_files, "nix.html"));
        assert_eq!(site_files.put(Ok(made(&files))), SiteChange::Nothing);
        assert!(!is_stale(&site_files, &a) && !is_stale(&site_files, &lost));
        let changed = [("a.html", "<head></head><body>1</body>"), ("404.html", whole)];
        assert_eq!(site_files.put(Ok(made(&changed))), SiteChange::Files, "one page changed, one is gone");
        assert!(is_stale(&site_files, &a) && is_stale(&site_files, &lost));
        let next_run = super::tests::site_files();
        next_run.put(Ok(made(&changed)));
        assert!(is_stale(&next_run, &page(&site_files, "a.html")), "a page of a program before this one");
    }

    #[test]
    fn failed_build_keeps_the_old_site_and_shows_the_problem_on_it() {
        let site_files = site_files();
        let wrong = || Err(BuildProblem { page: "baris <3>".into(), terminal: String::new() });
        site_files.put(wrong());
        let alone = page(&site_files, "index.html");
        assert!(alone.contains("baris &lt;3&gt;") && !is_stale(&site_files, &alone), "{alone}");
        site_files.put(Ok(made(&[("index.html", "<head></head><body>x</body>")])));
        assert!(is_stale(&site_files, &alone));
        let good = page(&site_files, "index.html");
        assert!(!good.contains("live-wrong"), "{good}");
        site_files.put(wrong());
        assert!(is_stale(&site_files, &good));
        let bad = page(&site_files, "index.html");
        assert!(bad.contains("baris &lt;3&gt;") && bad.contains("x</body>"), "{bad}");
        site_files.put(wrong());
        assert!(!is_stale(&site_files, &bad), "the same problem once more is no change");
        let mended = site_files.put(Ok(made(&[("index.html", "<head></head><body>x</body>")])));
        assert_eq!(mended, SiteChange::Problem);
        assert!(is_stale(&site_files, &bad));
    }
}
