//! Paints shapes on a grid of pixels, and encodes the grid as a PNG. All arithmetic is exact or defined by IEEE 754, so
//! every machine paints the same pixels.

use crate::lesson::Rgb;

/// The length of a wave in pixels.
const WAVE: f32 = 150.0;
/// The distance between a wave's crest and its middle.
const CREST: f32 = 9.0;

/// The left and right ends of a shape at a height.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) y: f32,
    pub(super) left: f32,
    pub(super) right: f32,
}

/// A grid of pixels.
#[derive(Debug)]
pub(super) struct Canvas {
    width: u32,
    height: u32,
    pixels: Vec<Rgb>,
}

impl Canvas {
    pub(super) fn new(width: u32, height: u32, colour: Rgb) -> Self {
        Self { width, height, pixels: vec![colour; width as usize * height as usize] }
    }

    /// Covers a share of a pixel, from 0 to 1. Ignores pixels outside the canvas.
    pub(super) fn paint(&mut self, x: i32, y: i32, colour: Rgb, share: f32) {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
        if share > 0.0 && x < self.width && y < self.height {
            let pixel = &mut self.pixels[y as usize * self.width as usize + x as usize];
            *pixel = mix(*pixel, colour, share);
        }
    }

    /// Paints a shape with straight sides between two rows. The upper and lower edges lie between pixels.
    pub(super) fn trapezoid(&mut self, top: Row, bottom: Row, colour: Rgb) {
        for y in pixels(top.y, bottom.y) {
            let way = (middle(y) - top.y) / (bottom.y - top.y);
            let left = top.left + (bottom.left - top.left) * way;
            let right = top.right + (bottom.right - top.right) * way;
            for x in pixels(left.floor(), right.ceil()) {
                let share = (right.min(middle(x) + 0.5) - left.max(middle(x) - 0.5)).max(0.0);
                self.paint(x, y, colour, share);
            }
        }
    }

    /// Paints water from a wavy surface down to the lower edge. `start` shifts the waves to the left.
    pub(super) fn waves(&mut self, surface: f32, start: f32, colour: Rgb) {
        for x in 0..i32::try_from(self.width).unwrap_or(i32::MAX) {
            // Each half of a wave is a parabola.
            let half = (middle(x) + start) / (WAVE / 2.0);
            let (part, is_trough) = (half.fract() * 2.0 - 1.0, half.floor() % 2.0 > 0.5);
            let crest = CREST * (1.0 - part * part);
            let edge = if is_trough { surface + crest } else { surface - crest };
            for y in pixels(surface - 2.0 * CREST, middle(i32::try_from(self.height).unwrap_or(i32::MAX)) - 0.5) {
                self.paint(x, y, colour, (middle(y) - edge + 0.5).clamp(0.0, 1.0));
            }
        }
    }

    /// Encodes the pixels as a PNG.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().ok()?;
        let data: Vec<u8> = self.pixels.iter().flat_map(|pixel| pixel.0).collect();
        writer.write_image_data(&data).ok()?;
        writer.finish().ok()?;
        Some(bytes)
    }
}

/// Returns the colour between two colours: `from` if `share` is 0, `to` if it is 1.
pub(super) fn mix(from: Rgb, to: Rgb, share: f32) -> Rgb {
    let share = share.clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
    let part = |at: usize| (f32::from(from.0[at]) * (1.0 - share) + f32::from(to.0[at]) * share).round() as u8;
    Rgb([0, 1, 2].map(part))
}

/// Returns the pixels between two whole numbers.
#[expect(clippy::cast_possible_truncation, reason = "the shapes lie near the canvas")]
fn pixels(from: f32, to: f32) -> std::ops::Range<i32> {
    from as i32..to as i32
}

/// Returns the middle of a pixel.
#[expect(clippy::cast_precision_loss, reason = "the shapes lie near the canvas")]
fn middle(pixel: i32) -> f32 {
    pixel as f32 + 0.5
}
