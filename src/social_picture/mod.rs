//! Draws the picture that chats and social networks show beside a link to a site. The picture has the course's title
//! above a harbour, on a background in the course's colour. Same title and colour give the same bytes on every machine.

mod canvas;
mod lettering;

use canvas::{Canvas, Row, mix};
use lettering::Lettering;

use crate::lesson::{DARK_PAPER, LIGHT_PAPER, Rgb};

/// The width of the picture in pixels.
pub const WIDTH: u32 = 1200;
/// The height of the picture in pixels.
pub const HEIGHT: u32 = 630;

/// The place of the title: left, top, width and height.
const TITLE: [f32; 4] = [80.0, 72.0, 1040.0, 256.0];
/// The colour of every third container.
const AMBER: Rgb = Rgb([0xf3, 0xb5, 0x62]);

/// Draws the picture as a PNG. Returns `None` only if the font or the PNG encoder fails, which the tests exclude.
#[must_use]
pub fn draw(title: &str, background: Rgb) -> Option<Vec<u8>> {
    let is_dark = background.contrast(LIGHT_PAPER) >= background.contrast(DARK_PAPER);
    let ink = if is_dark { LIGHT_PAPER } else { DARK_PAPER };
    let mut canvas = Canvas::new(WIDTH, HEIGHT, background);
    draw_harbour(&mut canvas, background, ink);
    let lettering = Lettering::new()?;
    let [left, top, width, height] = TITLE;
    if let Some(block) = lettering.fit(title, width, height) {
        lettering.draw(&block, left, top, |x, y, share| canvas.paint(x, y, ink, share));
    }
    canvas.png()
}

/// Draws a pier, a ship with containers, and water.
fn draw_harbour(canvas: &mut Canvas, background: Rgb, ink: Rgb) {
    let shade = |share| mix(background, ink, share);
    let mut rectangle = |left: f32, top: f32, width: f32, height: f32, colour| {
        let right = left + width;
        canvas.trapezoid(Row { y: top, left, right }, Row { y: top + height, left, right }, colour);
    };
    rectangle(0.0, 480.0, 330.0, 22.0, shade(0.9));
    for left in [36.0, 160.0, 284.0] {
        rectangle(left, 502.0, 20.0, 128.0, shade(0.9));
    }
    let containers = [shade(0.85), AMBER, shade(0.55)];
    for (row, (first, count)) in [(536.0, 5), (584.0, 4), (680.0, 2)].into_iter().enumerate() {
        for at in 0..count {
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let (left, top) = (first + 98.0 * at as f32, 436.0 - 44.0 * row as f32);
            rectangle(left, top, 92.0, 40.0, containers[(at + 2 * row) % containers.len()]);
        }
    }
    rectangle(1034.0, 392.0, 66.0, 84.0, shade(0.9));
    rectangle(1048.0, 406.0, 38.0, 20.0, background);
    let deck = Row { y: 476.0, left: 490.0, right: 1130.0 };
    canvas.trapezoid(deck, Row { y: 580.0, left: 560.0, right: 1074.0 }, shade(0.95));
    canvas.waves(540.0, 0.0, shade(0.22));
    canvas.waves(580.0, 75.0, shade(0.38));
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLUE: Rgb = Rgb([0x0b, 0x5c, 0x74]);

    #[test]
    fn picture_is_a_png_of_the_size_that_services_ask_for() {
        let bytes = draw("Belajar Docker dari dermaga", BLUE).unwrap();
        let size = imagesize::blob_size(&bytes).unwrap();
        assert_eq!((size.width, size.height), (1200, 630));
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert!(bytes.len() < 40_000, "{}", bytes.len());
    }

    #[test]
    fn same_title_and_colour_give_the_same_bytes() {
        let one = draw("Docker", BLUE);
        assert_eq!(one, draw("Docker", BLUE));
        assert_ne!(one, draw("Docker", Rgb([0x8a, 0x1c, 0x4a])));
        assert_ne!(one, draw("Dockers", BLUE));
    }

    #[test]
    fn title_without_glyphs_is_left_out() {
        let bare = draw("", BLUE);
        assert_eq!(bare, draw("日本語 Docker", BLUE), "half a title says something else");
        assert_eq!(
            draw("Docker", BLUE),
            draw("Docker \u{1f433}\u{200d}", BLUE),
            "a title without its emoji is the title"
        );
        assert_ne!(bare, draw("Déréktori é", BLUE));
        assert_eq!(draw("e", BLUE), draw("e\u{301}", BLUE));
    }
}
