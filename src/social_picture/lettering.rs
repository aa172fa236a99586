//! Breaks a title into lines, finds the largest size that fits its place, and draws the letters.

use ab_glyph::{Font, FontRef, ScaleFont, point};

/// Plus Jakarta Sans, bold, with the letters of languages in Latin script. `theme/fonts` has its licence and source.
const FONT: &[u8] = include_bytes!("../../theme/fonts/plus-jakarta-sans-bold.ttf");

/// The sizes of letters in pixels, in order of preference.
const SIZES: [f32; 8] = [120.0, 104.0, 92.0, 80.0, 70.0, 60.0, 52.0, 46.0];
/// The distance between two lines, in sizes.
const LEADING: f32 = 1.02;
/// The length of a title in characters, beyond which it certainly does not fit.
const LONGEST: usize = 400;

/// Lines of text in one size.
#[derive(Debug, PartialEq)]
pub(super) struct Block {
    size: f32,
    lines: Vec<String>,
}

/// The font of titles.
pub(super) struct Lettering {
    font: FontRef<'static>,
}

impl Lettering {
    pub(super) fn new() -> Option<Self> {
        Some(Self { font: FontRef::try_from_slice(FONT).ok()? })
    }

    /// Breaks a title into lines of the largest size that fits. If even the smallest size does not fit, the title ends
    /// with `…`. Returns `None` if the title is empty, or if the font lacks a letter or a digit of it. Leaves out other characters that
    /// the font lacks, such as emoji.
    pub(super) fn fit(&self, title: &str, width: f32, height: f32) -> Option<Block> {
        let has = |letter: char| self.font.glyph_id(letter).0 != 0;
        if title.chars().any(|letter| letter.is_alphanumeric() && !has(letter)) {
            return None;
        }
        let title: String =
            title.chars().filter(|&letter| letter.is_whitespace() || has(letter)).take(LONGEST).collect();
        let words: Vec<&str> = title.split_whitespace().collect();
        words.first()?;
        for size in SIZES {
            let most = most_lines(height, size);
            let wrap = |width| self.wrap(&words, size, width).filter(|lines| lines.len() <= most);
            let Some(mut lines) = wrap(width) else { continue };
            // Lines of similar width are easier to read than full lines and a short rest.
            let mut narrow = width;
            while let Some(even) = wrap(narrow).filter(|even| even.len() == lines.len()) {
                lines = even;
                narrow -= size / 4.0;
            }
            return Some(Block { size, lines });
        }
        let size = SIZES[SIZES.len() - 1];
        let pieces: Vec<String> = words.iter().flat_map(|word| self.pieces(word, size, width)).collect();
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
        let mut lines = self.wrap(&pieces, size, width)?;
        if lines.len() > most_lines(height, size) {
            lines.truncate(most_lines(height, size));
            let last = lines.last_mut()?;
            while self.width(&format!("{last}…"), size) > width {
                last.pop();
            }
            last.truncate(last.trim_end().len());
            last.push('…');
        }
        Some(Block { size, lines })
    }

    /// Fills lines with words. Returns `None` if a word is wider than a line.
    fn wrap(&self, words: &[&str], size: f32, width: f32) -> Option<Vec<String>> {
        let mut lines: Vec<String> = Vec::new();
        for word in words {
            if self.width(word, size) > width {
                return None;
            }
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), size) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push((*word).to_owned()),
            }
        }
        Some(lines)
    }

    /// Splits a word into pieces that are not wider than a line.
    fn pieces(&self, word: &str, size: f32, width: f32) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for letter in word.chars() {
            let at = pieces.len() - 1;
            if !pieces[at].is_empty() && self.width(&format!("{}{letter}", pieces[at]), size) > width {
                pieces.push(letter.to_string());
            } else {
                pieces[at].push(letter);
            }
        }
        pieces
    }

    fn width(&self, text: &str, size: f32) -> f32 {
        self.place(text, size).last().map_or(0.0, |(_, _, end)| end)
    }

    /// Returns each character of a line with its left and right ends.
    fn place(&self, text: &str, size: f32) -> impl Iterator<Item = (char, f32, f32)> {
        let font = self.font.as_scaled(size);
        let (mut end, mut before) = (0.0, None);
        text.chars().map(move |letter| {
            let glyph = font.glyph_id(letter);
            let left = end + before.map_or(0.0, |before| font.kern(before, glyph));
            before = Some(glyph);
            end = left + font.h_advance(glyph);
            (letter, left, end)
        })
    }

    /// Draws lines of text. `paint` gets the pixels that letters cover, each with its covered share.
    pub(super) fn draw(&self, block: &Block, left: f32, top: f32, mut paint: impl FnMut(i32, i32, f32)) {
        let mut line_top = top;
        for line in &block.lines {
            let baseline = line_top + self.font.as_scaled(block.size).ascent();
            for (letter, at, _) in self.place(line, block.size) {
                let glyph = self.font.glyph_id(letter).with_scale_and_position(block.size, point(left + at, baseline));
                let Some(outline) = self.font.outline_glyph(glyph) else { continue };
                let corner = outline.px_bounds().min;
                #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "near the canvas")]
                outline.draw(|x, y, share| paint(corner.x as i32 + x as i32, corner.y as i32 + y as i32, share));
            }
            line_top += block.size * LEADING;
        }
    }
}

/// Returns the number of lines that fit.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number")]
fn most_lines(height: f32, size: f32) -> usize {
    (height / (size * LEADING)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(title: &str) -> Block {
        Lettering::new().unwrap().fit(title, 1040.0, 256.0).unwrap()
    }

    #[test]
    fn short_title_is_large_and_long_title_is_small() {
        assert_eq!(fit("Docker"), Block { size: 120.0, lines: vec!["Docker".into()] });
        let course = fit("Belajar Docker dari dermaga");
        assert_eq!(course.lines, ["Belajar Docker", "dari dermaga"]);
        let long =
            fit("Belajar Docker dari dermaga sampai registri sendiri, satu image di banyak node, tanpa internet");
        assert!(long.size < course.size && long.lines.len() > 2, "{long:?}");
    }

    #[test]
    fn title_of_any_length_stays_in_its_place() {
        let lettering = Lettering::new().unwrap();
        for title in ["kata ".repeat(500), "x".repeat(5000), "Wordwithoutend".repeat(6), "I".into()] {
            let block = fit(&title);
            assert!(block.lines.len() <= most_lines(256.0, block.size), "{block:?}");
            for line in &block.lines {
                assert!(lettering.width(line, block.size) <= 1040.0, "{line}");
            }
            let cut = block.lines.last().is_some_and(|line| line.ends_with('…'));
            assert_eq!(cut, title.len() > 1000, "{block:?}");
        }
    }

    #[test]
    fn letters_that_meet_badly_are_kerned() {
        let lettering = Lettering::new().unwrap();
        let [pair, one, two] = ["AV", "A", "V"].map(|text| lettering.width(text, 100.0));
        assert!(pair < one + two, "{pair} {one} {two}");
    }
}
