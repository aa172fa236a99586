//! Reads the progress in an answer with status 200. Each line is JSON and reports a step or an error.

use serde_json::Value;

/// The maximum length of a line, in bytes.
const LONGEST: usize = 64 * 1024;

/// The progress so far of a pull, a push, a build, a load or an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ProgressReader {
    line: Vec<u8>,
    too_long: bool,
    /// The error that the answer reports after its status, if any.
    pub(super) error: Option<String>,
    /// The ids of images in the answer, whole or only their first digits.
    pub(super) ids: Vec<String>,
    /// The names of images that were loaded.
    pub(super) names: Vec<String>,
    /// The tags and digests that the engine pulls.
    pub(super) pulled: Vec<String>,
}

impl ProgressReader {
    /// Reads the next bytes of the answer.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
            if self.line.len() + piece.len() > LONGEST {
                self.too_long = true;
                self.line.clear();
            }
            if !self.too_long {
                self.line.extend_from_slice(piece);
            }
            if piece.ends_with(b"\n") {
                self.finish();
            }
        }
    }

    /// Reads the line that `feed` has collected. The line may lack its line end.
    pub(super) fn finish(&mut self) {
        if !std::mem::take(&mut self.too_long)
            && let Ok(line) = serde_json::from_slice::<Value>(&self.line)
        {
            self.read(&line);
        }
        self.line.clear();
    }

    fn read(&mut self, line: &Value) {
        let text = |name: &str| line[name].as_str().map(str::trim);
        let detail = line["errorDetail"]["message"].as_str();
        if let Some(error) = detail.or_else(|| text("error")) {
            self.error = Some(error.to_owned());
        }
        if let Some(id) = line["aux"]["ID"].as_str().or_else(|| text("Id")).filter(|id| is_id(id)) {
            self.ids.push(id.to_owned());
        }
        for said in [text("stream"), text("status")].into_iter().flatten() {
            let id = said.strip_prefix("Loaded image ID: ").or_else(|| said.strip_prefix("---> "));
            if let Some(id) = id.or(Some(said)).filter(|id| is_id(id)) {
                self.ids.push(id.to_owned());
            } else if let Some(name) = said.strip_prefix("Loaded image: ") {
                self.names.push(name.to_owned());
            } else if said.starts_with("Pulling from ") {
                self.pulled.extend(text("id").map(str::to_owned));
            }
        }
    }
}

/// Whether a text is an id, or at least the first 12 digits of an id.
fn is_id(text: &str) -> bool {
    let bare = text.strip_prefix("sha256:").unwrap_or(text);
    bare.len() >= 12 && bare.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> ProgressReader {
        let mut whole = ProgressReader::default();
        whole.feed(text.as_bytes());
        whole.finish();
        let mut pieces = ProgressReader::default();
        for byte in text.bytes() {
            pieces.feed(&[byte]);
        }
        pieces.finish();
        assert_eq!(whole, pieces);
        whole
    }

    #[test]
    fn error_that_the_progress_reports_is_found() {
        let cases = [
            (r#"{"errorDetail":{"message":"manifest unknown"},"error":"manifest unknown"}"#, Some("manifest unknown")),
            ("{\"status\":\"a\"}\r\n{\"error\":\"no space\"}\r\n", Some("no space")),
            ("{\"status\":\"error\"}\r\n", None),
            ("nothing at all", None),
        ];
        for (text, error) in cases {
            assert_eq!(read(text).error.as_deref(), error, "{text}");
        }
    }

    #[test]
    fn progress_names_the_imported_loaded_and_pulled_images() {
        let (a, b) = ("ab".repeat(32), "cd".repeat(32));
        assert_eq!(read(&format!("{{\"Id\":\"sha256:{a}\"}}\n")).ids, [format!("sha256:{a}")]);
        assert_eq!(read(&format!("{{\"status\":\"sha256:{b}\"}}\r\n")).ids, [format!("sha256:{b}")]);
        assert_eq!(read("{\"stream\":\"Loaded image: a:1\\n\"}\n").names, ["a:1"]);
        let pulled = read("{\"status\":\"Pulling from library/a\",\"id\":\"1\"}\n").pulled;
        assert_eq!(pulled, ["1"]);
    }

    #[test]
    fn progress_of_a_build_names_the_images_of_all_its_steps() {
        let line = |text: &str| serde_json::json!({ "stream": text }).to_string() + "\r\n";
        let step = [line("Step 2/3 : RUN b : c"), line("\n"), line(" ---> Running in abcdefabcdef\n")].concat();
        let result = format!("{{\"aux\":{{\"ID\":\"sha256:{}\"}}}}\r\n", "cd".repeat(32));
        let text =
            [line(" ---> 0123456789ab\n"), step, line(" ---> Using cache\n"), line(" ---> ba9876543210\n"), result];
        let ids = read(&text.concat()).ids;
        assert_eq!(ids, ["0123456789ab", "ba9876543210", &format!("sha256:{}", "cd".repeat(32))]);
    }

    #[test]
    fn endless_progress_line_uses_little_memory_and_is_skipped() {
        let mut stream = ProgressReader::default();
        for _ in 0..100 {
            stream.feed(&[b'a'; 10_000]);
        }
        assert!(stream.line.capacity() <= 2 * LONGEST);
        stream.feed(b"\n{\"error\":\"late\"}\n");
        assert_eq!(stream.error.as_deref(), Some("late"));
    }
}
