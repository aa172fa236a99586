//! Builds sites for the tests with the program, and serves them on the loopback interface.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// A built site and its web server on a separate port.
pub(crate) struct Site {
    /// The address of the site, `http://127.0.0.1:PORT/`.
    pub(crate) address: String,
    pub(crate) folder: PathBuf,
    _kept: tempfile::TempDir,
}

impl Site {
    /// Returns the site of the built-in lessons. The first call builds the site.
    pub(crate) fn ours() -> &'static Self {
        static OURS: OnceLock<Site> = OnceLock::new();
        OURS.get_or_init(|| Self::build(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons")))
    }

    /// Builds and serves the site of a course.
    pub(crate) fn build(course: &Path) -> Self {
        let kept = tempfile::Builder::new().prefix("dm-site").tempdir().expect("a folder");
        let folder = kept.path().join("site");
        let mut program = Command::new(env!("CARGO_BIN_EXE_dermaga"));
        let built = program.arg("build").arg("--dest").arg(&folder).arg(course).output().expect("the program");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        Self { address: serve(&folder), folder, _kept: kept }
    }

    /// Calls `make` with the path of a new folder, and serves the files that `make` writes there.
    pub(crate) fn made(make: impl FnOnce(&Path)) -> Self {
        let kept = tempfile::Builder::new().prefix("dm-site").tempdir().expect("a folder");
        let folder = kept.path().join("site");
        make(&folder);
        Self { address: serve(&folder), folder, _kept: kept }
    }

    /// Copies and serves the site of the built-in lessons. The function `change` gets the path and the text of each
    /// page and script, and returns the new text.
    pub(crate) fn changed(change: impl Fn(&str, String) -> String) -> Self {
        let kept = tempfile::Builder::new().prefix("dm-site").tempdir().expect("a folder");
        let folder = kept.path().join("site");
        let copied = Command::new("cp").arg("-r").arg(&Self::ours().folder).arg(&folder).status();
        assert!(copied.expect("cp").success());
        for path in Self::ours().files() {
            if path.ends_with(".html") || path.ends_with(".js") {
                let file = folder.join(&path);
                let before = fs::read_to_string(&file).expect("a file");
                fs::write(&file, change(&path, before)).expect("a file");
            }
        }
        Self { address: serve(&folder), folder, _kept: kept }
    }

    /// Builds and serves the site of a course with these files.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let course = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = course.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        Self::build(course.path())
    }

    /// Returns the sorted paths of all files of the site.
    pub(crate) fn files(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        below(&self.folder, &self.folder, &mut found);
        found
    }

    /// Returns the sorted paths of all pages of the site.
    pub(crate) fn pages(&self) -> Vec<String> {
        self.files().into_iter().filter(|path| path.ends_with(".html")).collect()
    }

    /// Returns the path of one page of each kind, in both languages.
    pub(crate) fn samples(&self) -> Vec<String> {
        let kinds = [
            "index.html",
            "404.html",
            "arsitektur.html",
            "glosarium.html",
            "terbukti.html",
            "dasar/index.html",
            "dasar/daur-hidup-kontainer.html",
            "image/mengambil-image.html",
        ];
        let both = kinds.iter().flat_map(|page| [(*page).to_owned(), format!("en/{page}")]);
        both.inspect(|page| assert!(self.folder.join(page).exists(), "{page} is gone")).collect()
    }

    /// Returns the address of a page.
    pub(crate) fn at(&self, page: &str) -> String {
        format!("{}{page}", self.address)
    }
}

fn below(root: &Path, folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            below(root, &path, found);
        } else {
            let path = path.strip_prefix(root).expect("below the root");
            found.insert(path.to_str().expect("a plain name").to_owned());
        }
    }
}

/// Serves a folder until the tests end. Returns the server's address.
fn serve(folder: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            std::thread::spawn(move || answer(stream, &folder));
        }
    });
    format!("http://{address}/")
}

fn answer(mut stream: TcpStream, folder: &Path) -> Option<()> {
    let mut asked = Vec::new();
    let mut bytes = [0; 4096];
    while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
        let length = stream.read(&mut bytes).ok().filter(|&length| length > 0)?;
        asked.extend_from_slice(&bytes[..length]);
    }
    let asked = String::from_utf8_lossy(&asked).into_owned();
    let path = asked.split(' ').nth(1)?.split(['?', '#']).next()?.trim_start_matches('/').to_owned();
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
    let lost = if path.starts_with("en/") { "en/404.html" } else { "404.html" };
    let (status, path, body) = match fs::read(folder.join(&path)) {
        Ok(body) if !path.contains("..") => ("200 OK", path, body),
        _ => ("404 Not Found", lost.to_owned(), fs::read(folder.join(lost)).unwrap_or_default()),
    };
    let kind = match Path::new(&path).extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&body).ok()
}
