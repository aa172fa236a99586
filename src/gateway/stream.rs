//! What an answer of status 200 goes on to say: a line of JSON for each bit of progress, and perhaps an error.

use serde_json::Value;

/// The longest line that is looked at.
const LONGEST: usize = 64 * 1024;

/// What a pull, a push, a build, a load or an import told so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stream {
    line: Vec<u8>,
    too_long: bool,
    /// Why it failed, though its status says that it did not.
    pub(super) error: Option<String>,
    /// Ids of images, whole or the beginning of one.
    pub(super) ids: Vec<String>,
    heard: usize,
    /// Names of images that were loaded.
    pub(super) names: Vec<String>,
    /// Tags and digests that are pulled.
    pub(super) pulled: Vec<String>,
}

impl Stream {
    /// Takes the next bytes.
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

    /// Takes what came after the last line's end.
    pub(super) fn finish(&mut self) {
        if !std::mem::take(&mut self.too_long)
            && let Ok(line) = serde_json::from_slice::<Value>(&self.line)
        {
            self.read(&line);
        }
        self.line.clear();
    }

    /// Ids that were told since this was asked last.
    pub(super) fn new_ids(&mut self) -> &[String] {
        let from = std::mem::replace(&mut self.heard, self.ids.len());
        &self.ids[from..]
    }

    fn read(&mut self, line: &Value) {
        let text = |name: &str| line.get(name).and_then(Value::as_str).map(str::trim);
        let detail = line.get("errorDetail").and_then(|detail| detail.get("message")).and_then(Value::as_str);
        if let Some(error) = detail.or_else(|| text("error")) {
            self.error = Some(error.to_owned());
        }
        let aux = line.get("aux").and_then(|aux| aux.get("ID")).and_then(Value::as_str);
        self.ids.extend(aux.or_else(|| text("Id")).map(str::to_owned));
        for said in [text("stream"), text("status")].into_iter().flatten() {
            if let Some(id) = said.strip_prefix("Loaded image ID: ").or_else(|| said.strip_prefix("---> ")) {
                self.ids.push(id.to_owned());
            } else if let Some(name) = said.strip_prefix("Loaded image: ") {
                self.names.push(name.to_owned());
            } else if said.starts_with("sha256:") {
                self.ids.push(said.to_owned());
            } else if said.starts_with("Pulling from ") {
                self.pulled.extend(text("id").map(str::to_owned));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Stream {
        let mut whole = Stream::default();
        whole.feed(text.as_bytes());
        whole.finish();
        let mut pieces = Stream::default();
        for byte in text.bytes() {
            pieces.feed(&[byte]);
        }
        pieces.finish();
        assert_eq!(whole, pieces);
        whole
    }

    #[test]
    fn an_error_in_a_stream_is_heard() {
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
    fn what_was_made_is_heard() {
        let built = read(
            "{\"stream\":\"Step 1/1 : FROM a\\n\"}\r\n{\"stream\":\" ---\\u003e 0123456789ab\\n\"}\r\n\
             {\"aux\":{\"ID\":\"sha256:cd\"}}\r\n{\"stream\":\" ---\\u003e Using cache\\n\"}\r\n",
        );
        assert_eq!(built.ids, ["0123456789ab", "sha256:cd", "Using cache"]);
        let mut again = built.clone();
        assert_eq!((again.new_ids().len(), again.new_ids().len()), (3, 0));
        assert_eq!(read("{\"Id\":\"sha256:ab\"}\n").ids, ["sha256:ab"]);
        assert_eq!(read("{\"status\":\"sha256:ef\"}\r\n").ids, ["sha256:ef"]);
        assert_eq!(read("{\"stream\":\"Loaded image: a:1\\n\"}\n").names, ["a:1"]);
        let pulled = read("{\"status\":\"Pulling from library/a\",\"id\":\"1\"}\n").pulled;
        assert_eq!(pulled, ["1"]);
    }

    #[test]
    fn a_line_without_an_end_takes_no_memory() {
        let mut stream = Stream::default();
        for _ in 0..100 {
            stream.feed(&[b'a'; 10_000]);
        }
        assert!(stream.line.capacity() <= 2 * LONGEST);
        stream.feed(b"\n{\"error\":\"late\"}\n");
        assert_eq!(stream.error.as_deref(), Some("late"));
    }
}
