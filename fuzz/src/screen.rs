//! Checks the terminal screen with bytes that arrive at once and in pieces. The first two bytes of the input are the
//! size of the terminal, and the third is the size of a piece. The shown text must be sanitised.

use dermaga::transcript::{Screen, sanitise};

/// The maximum number of lines above the screen.
const MOST_LINES: usize = 22_000;
/// The maximum number of bytes in all lines above the screen.
const MOST_BYTES: usize = 3 << 20;
/// The maximum number of bytes in one line.
const MOST_LINE: usize = 64 << 10;

/// Panics if a check of `data` fails.
pub fn check(data: &[u8]) {
    let [columns, rows, piece, bytes @ ..] = data else { return };
    let (columns, rows) = (u16::from(*columns), u16::from(*rows));
    let (seen, cut) = show(&mut Screen::new(columns, rows), [bytes]);
    let pieces = bytes.chunks(usize::from(*piece).max(1));
    assert_eq!(show(&mut Screen::new(columns, rows), pieces), (seen.clone(), cut), "in pieces");

    let cells = usize::from(columns.max(1)) * usize::from(rows.max(1));
    assert!(!seen.iter().any(|line| line.chars().any(char::is_control)), "a control character: {seen:?}");
    assert!(seen.len() <= MOST_LINES + usize::from(rows) + 1, "{} lines", seen.len());
    assert!(seen.iter().all(|line| line.len() <= MOST_LINE + 4), "a line too long");
    assert!(seen.iter().map(String::len).sum::<usize>() <= MOST_BYTES + MOST_LINE + 4 * cells, "too many bytes");

    let text = String::from_utf8_lossy(bytes);
    for text in seen.iter().map(String::as_str).chain([&*text]) {
        let safe = sanitise(text);
        assert!(!safe.chars().any(|char| char.is_control() && !matches!(char, '\n' | '\t')), "{safe:?}");
        assert_eq!(sanitise(&safe), safe);
    }
}

/// Feeds the pieces to `screen`, and asks for the cursor and the lines in between, as a session does. Returns the final
/// lines, and whether the middle was left out.
fn show<'a>(screen: &mut Screen, pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<String>, bool) {
    for (at, piece) in pieces.into_iter().enumerate() {
        screen.feed(piece);
        if at % 16 == 0 {
            let caret = screen.caret();
            assert!(caret.before.len() <= MOST_LINE + 4 * 255 * 255, "{}", caret.before.len());
            let (lines, above) = (screen.lines(), screen.lines_above());
            assert!(above.len() <= lines.len() + 255, "{above:?} {lines:?}");
        }
    }
    std::mem::replace(screen, Screen::new(1, 1)).finish()
}
