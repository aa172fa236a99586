//! Finds the shell's marks in the terminal's output. The marks show the beginning and the end of a command's output.
//!
//! A mark is an OSC string with a secret. The marks are found by their bytes, before a terminal emulator reads the
//! output. Binary data and unfinished escape sequences therefore cannot hide a mark.

use memchr::memmem::Finder;

/// The maximum number of bytes in a mark after the opening.
const LONGEST: usize = 64;

/// A piece of the terminal's output.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text of this many bytes, which [`Marks::text`] returns.
    Text(usize),
    /// The command of this turn begins.
    Begin(u64),
    /// The command of this turn has ended with this status.
    End(u64, i32),
    /// The shell is at its prompt.
    Prompt,
    /// The shell pauses at its prompt, so that the tutor can print.
    Pause,
}

/// Splits the terminal's output at the marks.
pub(super) struct Marks {
    finder: Finder<'static>,
    held: Vec<u8>,
    /// The number of bytes of `held` that were returned already.
    given: usize,
}

/// Returns the first bytes of every mark of a shell with this secret.
pub(super) fn opening(secret: &str) -> String {
    format!("\x1b]777;{secret};")
}

impl Marks {
    pub(super) fn new(secret: &str) -> Self {
        Self { finder: Finder::new(&opening(secret)).into_owned(), held: Vec::new(), given: 0 }
    }

    /// Adds bytes that were read.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.held.drain(..self.given);
        self.given = 0;
        self.held.extend_from_slice(bytes);
    }

    /// Returns the next piece; `None` if too few bytes of this piece were read.
    pub(super) fn next(&mut self) -> Option<Piece> {
        let rest = &self.held[self.given..];
        let opening = self.finder.needle();
        let text = match self.finder.find(rest) {
            Some(0) => {
                let body = &rest[opening.len()..];
                let window = &body[..body.len().min(LONGEST)];
                match memchr::memchr(7, window) {
                    Some(end) => match parse(&body[..end]) {
                        Some(piece) => {
                            self.given += opening.len() + end + 1;
                            return Some(piece);
                        }
                        None => 1,
                    },
                    None if window.len() < LONGEST => return None,
                    None => 1,
                }
            }
            Some(at) => at,
            None => rest.len() - begun(rest, opening),
        };
        (text > 0).then(|| {
            self.given += text;
            Piece::Text(text)
        })
    }

    /// Returns the bytes of the last piece of text, which has this `length`.
    pub(super) fn text(&self, length: usize) -> &[u8] {
        &self.held[self.given - length..self.given]
    }

    /// Returns the bytes that were held back because they may begin a mark. The caller calls this function when no more
    /// bytes will come.
    pub(super) fn rest(&mut self) -> &[u8] {
        let from = self.given;
        self.given = self.held.len();
        &self.held[from..]
    }
}

/// Returns the number of bytes at the end of `bytes` that may be the beginning of an opening.
fn begun(bytes: &[u8], opening: &[u8]) -> usize {
    let longest = bytes.len().min(opening.len() - 1);
    (1..=longest).rev().find(|&length| opening.starts_with(&bytes[bytes.len() - length..])).unwrap_or(0)
}

fn parse(body: &[u8]) -> Option<Piece> {
    let mut fields = str::from_utf8(body).ok()?.split(';');
    let piece = match fields.next()? {
        "C" => Piece::Begin(fields.next()?.parse().ok()?),
        "P" => Piece::Prompt,
        "K" => Piece::Pause,
        "D" => Piece::End(fields.next()?.parse().ok()?, fields.next()?.parse().ok()?),
        _ => return None,
    };
    fields.next().is_none().then_some(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &[u8] =
        b"before\x1b]777;s3cret;C;4\x07one\x1b]777;forged;D;4;0\x07\x1b]777;s3cret;X\x07\x1b]777;s3cret\
        \r\ntwo\x1b]777;s3cret;D;4;-1\x07after\x1b]77";

    fn cut(chunks: &[&[u8]]) -> (Vec<u8>, Vec<Piece>) {
        let (mut marks, mut text, mut pieces) = (Marks::new("s3cret"), Vec::new(), Vec::new());
        for chunk in chunks {
            marks.push(chunk);
            while let Some(piece) = marks.next() {
                match piece {
                    Piece::Text(length) => text.extend_from_slice(marks.text(length)),
                    other => {
                        text.push(b'|');
                        pieces.push(other);
                    }
                }
            }
        }
        text.extend_from_slice(marks.rest());
        (text, pieces)
    }

    #[test]
    fn output_is_split_at_the_shells_own_marks_however_its_bytes_are_divided() {
        let whole = cut(&[STREAM]);
        assert_eq!(whole.1, [Piece::Begin(4), Piece::End(4, -1)]);
        assert_eq!(
            whole.0.escape_ascii().to_string(),
            r"before|one\x1b]777;forged;D;4;0\x07\x1b]777;s3cret;X\x07\x1b]777;s3cret\r\ntwo|after\x1b]77"
        );
        for split in 0..STREAM.len() {
            assert_eq!(cut(&[&STREAM[..split], &STREAM[split..]]), whole, "split at {split}");
        }
        assert_eq!(cut(&STREAM.chunks(1).collect::<Vec<_>>()), whole);
    }

    #[test]
    fn opening_of_a_mark_without_an_end_is_text() {
        let stream = [b"\x1b]777;s3cret;D;".as_slice(), &[b'1'; 100]].concat();
        assert_eq!(cut(&[&stream]), (stream.clone(), Vec::new()));
    }
}
