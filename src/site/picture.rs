//! Examines the files that lessons show. Finds the size of pictures, so that a page does not move when its pictures
//! load. Finds files in which a browser would run code.

use crate::text::WordList;

/// Returns the width and height of a picture in pixels.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = match imagesize::blob_size(bytes) {
        Ok(size) => Some((size.width.try_into().ok()?, size.height.try_into().ok()?)),
        Err(_) => svg(bytes),
    };
    size.filter(|&(width, height)| width > 0 && height > 0)
}

/// Returns the `width` and `height` of an SVG picture, or else the last two numbers of its `viewBox`.
fn svg(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let start = text.find("<svg")?;
    let tag = &text[start..start + text[start..].find('>')?];
    let value = |name: &str| {
        let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(&tag[at..at + tag[at..].find('"')?])
    };
    let number = |text: &str| {
        let number: f64 = text.trim_end_matches("px").parse().ok()?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept between 0 and 100,000")]
        (0.0..=1e5).contains(&number).then_some(number.round() as u32)
    };
    let written = || Some((number(value("width")?)?, number(value("height")?)?));
    let drawn = || {
        let mut numbers = value("viewBox")?.split([' ', ',']).filter(|text| !text.is_empty()).skip(2);
        Some((number(numbers.next()?)?, number(numbers.next()?)?))
    };
    written().or_else(drawn)
}

/// The beginnings of SVG elements that run code or load another file.
const ACTIVE_ELEMENTS: WordList =
    WordList("<script <foreignobject <iframe <embed <object <!entity <?xml-stylesheet <handler");

/// Whether a browser that opens the address of this file runs code in the file.
pub(super) fn is_active(extension: &str, bytes: &[u8]) -> bool {
    match extension {
        "html" | "htm" | "xhtml" | "xht" | "mhtml" | "mht" | "xml" | "xsl" | "xslt" | "js" | "mjs" | "wasm" | "swf" => {
            true
        }
        "svg" | "svgz" => {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            extension == "svgz"
                || ACTIVE_ELEMENTS.words().any(|bad| text.contains(bad))
                || text.replace(char::is_whitespace, "").contains("javascript:")
                || super::raw_html::pieces(&text).any(|piece| match piece {
                    super::raw_html::Piece::Tag(tag) => tag
                        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\''))
                        .any(|word| word.starts_with("on") && word.contains('=')),
                    super::raw_html::Piece::Text(_) => false,
                })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_of_png_gif_jpeg_and_svg_is_read() {
        let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0, 0, 1, 0, 0, 0, 0, 9]].concat();
        assert_eq!(size(&png), Some((256, 9)));
        assert_eq!(size(b"GIF89a\x10\0\x20\0\xf0\0\0"), Some((16, 32)));
        let jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 0, 20, 0, 10];
        assert_eq!(size(&jpeg), Some((10, 20)));
        assert_eq!(size(b"<svg width=\"12px\" height=\"7.6\">"), Some((12, 8)));
        assert_eq!(size(b"<svg viewBox=\"0 0 30 40\"/>"), Some((30, 40)));
        for broken in [
            b"\x89PNG\r\n\x1a\n".as_slice(),
            b"\xff\xd8\xff",
            b"<svg width=\"NaN\" height=\"1\">",
            b"",
            b"\xff\xd8\xff\xff",
        ] {
            assert_eq!(size(broken), None);
        }
    }

    #[test]
    fn file_in_which_a_browser_would_run_code_is_active() {
        for bad in
            ["<svg onload=\"x()\">", "<svg><script>x</script>", "<svg><a href=\"java\nscript:x\">", "<svg/onclick='x'>"]
        {
            assert!(is_active("svg", bad.as_bytes()), "{bad}");
        }
        assert!(!is_active("svg", b"<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/><text>on = off</text></svg>"));
        assert!(is_active("html", b"") && !is_active("png", b"<script") && !is_active("yaml", b"on=1"));
    }
}
