//! Tests `dermaga serve` with a browser's requests and its open WebSocket, while an author saves lessons.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, ChildStderr, Command};
use std::time::Duration;

use dermaga::lesson::{LessonId, parse};
use dermaga::record::{Proof, Proofs, proof_digest};
use dermaga::text::Source;
use tungstenite::client::IntoClientRequest as _;
use tungstenite::{Message, WebSocket};

use crate::project::Project;

const COURSE: &str = "title = { id = \"Kursus\", en = \"Course\" }\nlanguages = [\"id\", \"en\"]\n[[group]]\nid = \"g\"\n\
                      title = { id = \"G\", en = \"G\" }\nlessons = [\"satu\", \"dua\"]\n";
/// The time limit of a wait for an expected event.
const LIMIT: Duration = Duration::from_mins(1);

fn course() -> Project {
    let project = Project::new();
    project.write("lessons/course.toml", COURSE);
    project.write("lessons/id/g/satu.md", lesson("Isi pertama."));
    project.write("lessons/id/g/dua.md", lesson("Isi dua."));
    project
}

fn lesson(text: &str) -> String {
    format!("# Judul\n\n{text}\n\n## Lihat {{#lihat}}\n\n```console\n$ docker ps\n```\n")
}

/// A running server. The server ends when this value is dropped.
struct Served {
    child: Child,
    /// The address of the server, `127.0.0.1:PORT`.
    host: String,
    /// The error output of the server. This pipe stays open, because a closed pipe would end the server.
    err: BufReader<ChildStderr>,
}

impl Served {
    fn start(project: &Project, words: &[&str]) -> Self {
        let mut child = project.dermaga(["serve", "--lang", "en"]).args(words).spawn();
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        out.read_line(&mut line).expect("its address");
        let host = line.trim().strip_prefix("http://").map(|host| host.trim_end_matches('/').to_owned());
        let err = BufReader::new(child.stderr.take().expect("its errors"));
        Self { child, host: host.unwrap_or_else(|| panic!("no address: {line:?}")), err }
    }

    /// Sends a request. Returns the head of the answer (status line and headers), and the body.
    fn ask(&self, method: &str, path: &str, headers: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.host).expect("the server");
        stream.set_read_timeout(Some(LIMIT)).expect("a limit");
        let request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
        // The server may refuse a request and close the connection before it has read everything. Then the write fails,
        // but the answer can still be read.
        let written = stream.write_all(request.as_bytes());
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        assert!(!answer.is_empty(), "no answer: {written:?}, {read:?}");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        (head.to_owned(), body.to_owned())
    }

    fn get(&self, path: &str) -> (String, String) {
        self.ask("GET", path, &format!("Host: {}\r\n", self.host))
    }

    fn open(&self, path: &str) -> (String, Line) {
        let (_, page) = self.get(path);
        let mark = page.split("data-live=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a mark");
        let line = self.line(mark, &format!("http://{}", self.host)).expect("an open line");
        (page.clone(), line)
    }

    fn line(&self, mark: &str, origin: &str) -> Option<Line> {
        let stream = TcpStream::connect(&self.host).expect("the server");
        stream.set_read_timeout(Some(LIMIT)).expect("a limit");
        let mut request = format!("ws://{}/-/live?page={mark}", self.host).into_client_request().expect("a request");
        request.headers_mut().insert("Origin", origin.parse().expect("an origin"));
        tungstenite::client(request, stream).ok().map(|(socket, _)| Line(socket))
    }

    /// Reads standard error up to the next line that contains `words`. Returns the text that was read.
    fn hears(&mut self, words: &str) -> String {
        let mut said = String::new();
        while !said.contains(words) {
            assert!(self.err.read_line(&mut said).expect("a line") > 0, "{words} was not said: {said}");
        }
        said
    }

    fn end(mut self, signal: &str) -> i32 {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().expect("kill").success());
        self.child.wait().expect("its end").code().expect("a code")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Line(WebSocket<TcpStream>);

impl Line {
    fn news(&mut self) -> String {
        loop {
            match self.0.read().expect("news") {
                Message::Text(text) => return text.to_string(),
                Message::Close(_) => panic!("the line was closed"),
                _ => {}
            }
        }
    }
}

#[test]
fn saved_lesson_reloads_open_pages_that_show_or_link_to_it() {
    let project = course();
    let mut served = Served::start(&project, &["--port", "0"]);
    served.hears("Serving");
    let (page, mut first) = served.open("/g/satu.html");
    let (_, mut other) = served.open("/g/dua.html");
    assert!(page.contains("Isi pertama."), "{page}");

    project.write("lessons/id/g/satu.md", lesson("Isi kedua."));
    assert_eq!(first.news(), "reload");
    served.hears("changed");
    assert!(served.get("/g/satu.html").1.contains("Isi kedua."));
    // This lesson has no translation, so the English page shows the Indonesian text, which has changed.
    assert!(served.get("/en/g/satu.html").1.contains("Isi kedua."));
    // The page of the other lesson links to the search index. The index has a new address after the change.
    assert_eq!(other.news(), "reload");
}

#[test]
fn mistake_is_shown_on_the_old_page_until_it_is_corrected() {
    let project = course();
    let mut served = Served::start(&project, &["--port", "0"]);
    let (page, mut line) = served.open("/g/satu.html");
    assert!(!page.contains("live-wrong"));

    project.write("lessons/id/g/satu.md", lesson("x").replace("```console", "```console,timout=3s"));
    assert_eq!(line.news(), "reload");
    served.hears("timout");
    let (head, _) = served.get("/g/satu.html");
    let (page, mut line) = served.open("/g/satu.html");
    assert!(head.starts_with("HTTP/1.1 200") && page.contains("Isi pertama."), "the old page stays: {head}");
    assert!(page.contains("id=\"live-wrong\"") && page.contains("timout"), "and says what is wrong");
    assert!(page.contains("satu.md:7"), "{page}");

    project.write("lessons/id/g/satu.md", lesson("Isi pertama."));
    assert_eq!(line.news(), "reload");
    served.hears("Mended");
    let (page, mut line) = served.open("/g/satu.html");
    assert!(!page.contains("live-wrong"));
    project.write("lessons/id/g/satu.md", lesson("Baru."));
    assert_eq!(line.news(), "reload");
}

#[test]
fn serve_that_began_with_a_broken_course_shows_the_course_after_correction() {
    let project = course();
    project.write("lessons/id/g/satu.md", lesson("x").replace("```console", "```console,timout=3s"));
    let served = Served::start(&project, &["--port", "0"]);
    let (page, mut line) = served.open("/");
    assert!(page.contains("timout") && page.contains("live-alone"), "{page}");
    project.write("lessons/id/g/satu.md", lesson("Sehat."));
    assert_eq!(line.news(), "reload");
    assert!(served.get("/g/satu.html").1.contains("Sehat."));
}

#[test]
fn new_term_and_new_lesson_appear_on_the_served_site() {
    let project = course();
    let served = Served::start(&project, &["--port", "0"]);
    let (_, mut glossary) = served.open("/glosarium.html");
    project.write(
        "lessons/terms.toml",
        "[image]\nid = \"image\"\nen = \"image\"\ngloss = { id = \"cetakan kontainer\", en = \"a mould\" }\n",
    );
    assert_eq!(glossary.news(), "reload");
    assert!(served.get("/glosarium.html").1.contains("cetakan kontainer"));

    let (lost, mut line) = served.open("/g/tiga.html");
    assert!(lost.contains("d-content"));
    // An editor may create a folder and a file in it at the same moment.
    project.write("lessons/id/lain/tiga.md", lesson("Tiga."));
    project.write("lessons/course.toml", COURSE.replace("\"dua\"]", "\"dua\", \"tiga\"]"));
    assert_eq!(line.news(), "reload");
    assert!(served.get("/lain/tiga.html").1.contains("Tiga."));
}

/// Returns the content of `proofs.json` with a proof of this lesson, as if its test had just passed.
fn proof_of(id: &str, text: &str) -> String {
    let (lesson, _) = parse(&Source::new("", text), LessonId(id.into()));
    let text = |text: &str| text.to_owned();
    let proof = Proof {
        digest: proof_digest(&lesson),
        engine: text("20.10.24"),
        cli: text("20.10.24"),
        family: text("docker"),
        date: text("2026-11-24"),
    };
    let mut proofs = Proofs::default();
    proofs.add(&lesson.id, proof);
    proofs.to_json()
}

#[test]
fn each_changed_file_reloads_the_pages_that_show_it() {
    let project = course();
    let picture =
        |width: u32| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"9\"></svg>");
    let terms = |meaning: &str| format!("[isi]\nid = \"isi\"\nen = \"body\"\ngloss = {{ id = \"{meaning}\" }}\n");
    let site = "[site]\npages = [\"tentang.md\"]\n";
    project.write("lessons/course.toml", format!("{COURSE}{site}"));
    project.write("lessons/terms.toml", terms("makna lama"));
    project.write("lessons/id/tentang.md", "# Tentang\n\nLama.\n");
    project.write("lessons/id/g/gambar.svg", picture(7));
    let dua = lesson("Isi dua. ![gambar](gambar.svg)");
    project.write("lessons/id/g/dua.md", &dua);
    let served = Served::start(&project, &["--port", "0"]);
    let changes = [
        // The title of a lesson is in the table of contents, in the links to the next lesson, and on the pages with all
        // lessons.
        (
            "id/g/satu.md",
            lesson("Isi.").replace("# Judul", "# Judul baru"),
            "/g/dua.html",
            "</span> <span>Judul baru</span>",
        ),
        ("id/g/satu.md", lesson("Isi.").replace("# Judul", "# Judul lain"), "/cetak.html", "<h1>Judul lain</h1>"),
        ("id/g/satu.md", lesson("Isi.").replace("# Judul", "# Judul tiga"), "/g/index.html", "Judul tiga"),
        ("en/g/satu.md", lesson("Body.").replace("# Judul", "# Title"), "/en/g/satu.html", "Body."),
        ("id/g/gambar.svg", picture(70), "/g/dua.html", "width=\"70\""),
        ("terms.toml", terms("makna baru"), "/g/dua.html", "makna baru"),
        ("terms.toml", terms("makna lain"), "/glosarium.html", "makna lain"),
        ("id/tentang.md", "# Tentang\n\nBaru.\n".to_owned(), "/tentang.html", "Baru."),
        ("records/proofs.json", proof_of("dua", &dua), "/g/dua.html", "class=\"proved\""),
        ("course.toml", format!("{COURSE}{site}").replace("Kursus", "Kelas"), "/g/dua.html", "- Kelas</title>"),
        ("course.toml", format!("{COURSE}{site}footer = {{ id = \"Kaki.\" }}\n"), "/g/dua.html", "Kaki."),
        (
            "course.toml",
            format!("{COURSE}{site}").replace("\"satu\", \"dua\"", "\"dua\", \"satu\""),
            "/g/dua.html",
            "rel=\"next\"",
        ),
    ];
    for (file, text, page, wanted) in changes {
        let (before, mut line) = served.open(page);
        assert!(!before.contains(wanted), "{wanted} is on {page} already");
        project.write(&format!("lessons/{file}"), text);
        assert_eq!(line.news(), "reload");
        let (_, after) = served.get(page);
        assert!(after.contains(wanted), "{file} changed, but {page} does not have {wanted}: {after}");
    }
}

#[test]
fn requests_with_a_foreign_host_origin_or_path_are_refused() {
    let project = course();
    let served = Served::start(&project, &["--port", "0"]);
    let host = served.host.clone();
    let port = host.rsplit(':').next().unwrap().to_owned();
    let status = |headers: &str, method: &str| {
        let (head, body) = served.ask(method, "/", headers);
        assert!(!body.contains("Kursus") || head.contains(" 200 "), "{head}");
        head.split(' ').nth(1).unwrap().to_owned()
    };
    assert_eq!(status(&format!("Host: localhost:{port}\r\n"), "GET"), "200");
    // The server refuses a foreign host name, even if it resolves to this machine, and its own address with another port.
    assert_eq!(status(&format!("Host: evil.test:{port}\r\n"), "GET"), "421");
    assert_eq!(status("Host: 127.0.0.1:1\r\n", "GET"), "421");
    assert_eq!(status(&format!("Host: {host}\r\n"), "POST"), "405");

    let (_, page) = served.get("/");
    let mark = page.split("data-live=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(served.line(mark, &format!("http://{host}")).is_some());
    for origin in ["http://evil.test", "null", "http://127.0.0.1:1"] {
        assert!(served.line(mark, origin).is_none(), "{origin}");
    }

    let (head, _) = served.get("/");
    let head = head.to_ascii_lowercase();
    for wanted in [
        "content-security-policy: default-src 'none'; script-src 'self'",
        "frame-ancestors 'none'",
        "cross-origin-resource-policy: same-origin",
        "x-content-type-options: nosniff",
    ] {
        assert!(head.contains(wanted), "{wanted}: {head}");
    }
    assert!(!page.contains("<script>") && !page.contains("style=\""));
    for path in ["/../course.toml", "/%2e%2e/course.toml", "/.dermaga-site", "/id/g/satu.md", "/%00", "//evil.test/.."]
    {
        let (head, body) = served.get(path);
        assert!(head.starts_with("HTTP/1.1 404") && !body.contains("languages ="), "{path}: {head}");
    }
    let (head, _) = served.get("/en");
    assert!(head.contains("307") && head.to_ascii_lowercase().contains("location: /en/"), "{head}");
    assert!(served.get("/en/").1.contains("lang=\"en\""));
}

#[test]
fn text_is_compressed_for_browsers_that_accept_it() {
    let project = course();
    let served = Served::start(&project, &["--port", "0"]);
    let own = format!("Host: {}\r\n", served.host);
    let is_compressed = |headers: &str| {
        let (head, _) = served.ask("GET", "/g/satu.html", headers);
        head.to_ascii_lowercase().contains("content-encoding: gzip")
    };
    assert!(is_compressed(&format!("{own}Accept-Encoding: gzip, br\r\n")));
    assert!(!is_compressed(&own));
}

#[test]
fn server_uses_another_port_if_its_port_is_taken_and_ends_at_signals() {
    let project = course();
    let first = Served::start(&project, &["--port", "0"]);
    let port = first.host.rsplit(':').next().unwrap().to_owned();
    let mut second = Served::start(&project, &["--port", &port]);
    assert_ne!(first.host, second.host);
    second.hears(&format!("Port {port} is taken"));
    let (_, _line) = second.open("/");
    assert_eq!(second.end("-INT"), 0);
    assert_eq!(first.end("-TERM"), 0);
    assert_eq!(project.left(), Vec::<String>::new());
}

#[test]
fn serve_without_a_course_is_an_error() {
    let project = Project::new();
    project.dermaga(["serve", "--lang", "en"]).run().code(4).is_clean().complains(&["course.toml"]);
}

/// The requests try to read files that the server must not reveal.
#[test]
fn hostile_requests_reveal_no_file_outside_the_site() {
    let project = course();
    project.write("secret.txt", "rahasia");
    project.write("lessons/secret.txt", "rahasia");
    let served = Served::start(&project, &["--port", "0"]);
    let port = served.host.rsplit(':').next().unwrap().to_owned();
    let status = |method: &str, path: &str, headers: &str| {
        let (head, body) = served.ask(method, path, headers);
        assert!(!body.contains("rahasia") && !body.contains("languages ="), "{method} {path} {headers}: {body}");
        head.split(' ').nth(1).unwrap().to_owned()
    };
    let own = format!("Host: {}\r\n", served.host);

    // These Host headers contain other names for this machine, no name, two names, or forms that parsers read
    // differently.
    let hosts = [
        "Host: evil.test\r\n".to_owned(),
        format!("Host: evil.test:{port}\r\n"),
        format!("Host: 127.0.0.1.evil.test:{port}\r\n"),
        format!("Host: localhost.:{port}\r\n"),
        format!("Host: 127.1:{port}\r\n"),
        format!("Host: 2130706433:{port}\r\n"),
        format!("Host: 0.0.0.0:{port}\r\n"),
        format!("Host: user@127.0.0.1:{port}\r\n"),
        format!("Host: 127.0.0.1:{port}/evil\r\n"),
        format!("Host: 127.0.0.1:{port}, evil.test\r\n"),
        format!("Host: evil.test\r\nHost: 127.0.0.1:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        "Host:\r\n".to_owned(),
        String::new(),
        format!("Host: evil.test\r\nX-Forwarded-Host: 127.0.0.1:{port}\r\n"),
        format!("Forwarded: host=127.0.0.1:{port}\r\n"),
    ];
    for host in &hosts {
        assert_eq!(status("GET", "/", host), "421", "{host}");
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"] {
        let path = if method == "CONNECT" { "evil.test:80" } else { "/" };
        assert_eq!(status(method, path, &own), "405", "{method}");
    }
    for path in [
        "/../secret.txt",
        "/../../secret.txt",
        "/secret.txt",
        "/lessons/secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "/g/../../secret.txt",
        "/./../secret.txt",
        "//secret.txt",
        "/course.toml",
        "/id/g/satu.md",
        "/%00",
        "/secret.txt%00.html",
    ] {
        assert_eq!(status("GET", path, &own), "404", "{path}");
    }
    for path in ["/%ff", "/%", "/%zz", "/g/%c3.html"] {
        assert_eq!(status("GET", path, &own), "400", "{path}");
    }
    for path in [project.path("secret.txt").display().to_string(), "/etc/passwd".to_owned()] {
        assert_eq!(status("GET", &path, &own), "404", "{path}");
    }
    // A request to a proxy has a whole URL in place of the path.
    let (head, body) = served.ask("GET", &format!("http://127.0.0.1:{port}/secret.txt"), &own);
    assert!(head.contains(" 404 ") && !body.contains("rahasia"), "{head}");

    let huge = format!("{own}X-Huge: {}\r\n", "x".repeat(1 << 20));
    let many: String = (0..200).map(|number| format!("X-{number}: y\r\n")).collect();
    for headers in [huge, format!("{own}{many}")] {
        assert_eq!(status("GET", "/", &headers), "431");
    }
    assert_eq!(status("GET", &format!("/{}", "x".repeat(100_000)), &own), "414");
    assert_eq!(status("GET", "/", &own), "200", "it goes on");
}

/// If the input is not an HTTP request, the server answers with an error or closes the connection.
#[test]
fn input_that_is_not_http_ends_the_connection() {
    let project = course();
    let served = Served::start(&project, &["--port", "0"]);
    let own = format!("Host: {}\r\n", served.host);
    for request in [
        "\r\n\r\n\r\n".to_owned(),
        "halo\r\n\r\n".to_owned(),
        "GET /\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}\u{2}".to_owned() + &"x".repeat(500) + "\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        format!("GET / HTTP/9.9\r\n{own}\r\n"),
        format!("GET / HTTP/1.1\r\n{own}Content-Length: -1\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{own}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{own}Bad Name: x\r\n\r\n"),
    ] {
        let mut stream = TcpStream::connect(&served.host).expect("the server");
        stream.set_read_timeout(Some(LIMIT)).expect("a limit");
        stream.write_all(request.as_bytes()).expect("a request");
        let _ = stream.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let is_refused = answer.is_empty() || answer.contains(" 400 ") || answer.contains(" 505 ");
        // The server reads no bodies, so it may answer a request with both a length and chunks.
        assert!(is_refused || request.contains("chunked"), "{request:?}: {answer}");
    }
    assert!(served.get("/").0.contains(" 200 "));
}

#[test]
fn host_of_each_request_on_a_connection_is_checked() {
    let project = course();
    let served = Served::start(&project, &["--port", "0"]);
    let mut stream = TcpStream::connect(&served.host).expect("the server");
    stream.set_read_timeout(Some(LIMIT)).expect("a limit");
    let requests: String = [served.host.as_str(), "evil.test", served.host.as_str()]
        .map(|host| format!("GET /-/live.js HTTP/1.1\r\nHost: {host}\r\n\r\n"))
        .concat();
    let last = format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", served.host);
    stream.write_all((requests + &last).as_bytes()).expect("requests");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answers");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let statuses: Vec<&str> = answer.split("HTTP/1.1 ").skip(1).map(|rest| &rest[..3]).collect();
    assert_eq!(statuses, ["200", "421", "200", "200"]);
}
