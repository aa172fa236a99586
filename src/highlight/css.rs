//! The colours of the classes on the web: two palettes, light (`terang`) and dark (`gelap`).

use super::Class;

/// A palette: the background, the text, and the colour of every class, as `#rrggbb`.
struct Palette {
    background: &'static str,
    text: &'static str,
    of: fn(Class) -> &'static str,
}

const TERANG: Palette = Palette { background: "#f6f7f9", text: "#1f2328", of: terang };
const GELAP: Palette = Palette { background: "#161b22", text: "#e6edf3", of: gelap };

const fn terang(class: Class) -> &'static str {
    match class {
        Class::Prompt => "#1a6f3c",
        Class::Output => "#4d5661",
        Class::Gap => "#a3340b",
        Class::Comment => "#59636e",
        Class::Keyword => "#8a2a7d",
        Class::String | Class::Inserted => "#1b6b34",
        Class::Constant => "#8f4a00",
        Class::Function => "#1f2328",
        Class::Option | Class::Key => "#0a55a8",
        Class::Variable => "#7a4b00",
        Class::Deleted => "#a8222c",
    }
}

const fn gelap(class: Class) -> &'static str {
    match class {
        Class::Prompt => "#6fcf8f",
        Class::Output => "#a9b4c0",
        Class::Comment => "#9aa5b1",
        Class::Keyword => "#e39bf0",
        Class::String | Class::Inserted => "#8ddb8c",
        Class::Constant | Class::Gap => "#ffb77c",
        Class::Function => "#e6edf3",
        Class::Option | Class::Key => "#84c5ff",
        Class::Variable => "#f2cc60",
        Class::Deleted => "#ff938a",
    }
}

impl Palette {
    fn variables(&self) -> String {
        let mut out = format!("--hl-background:{};--hl-text:{};", self.background, self.text);
        for class in Class::ALL {
            out.push_str(&format!("--{}:{};", class.css(), (self.of)(class)));
        }
        out
    }
}

/// Returns the style sheet: variables `--hl-…` under `.terang` and `.gelap` (if neither is set, the reader's system
/// decides), and one rule for each class. `--hl-background` and `--hl-text` are for the block.
#[must_use]
pub fn css() -> String {
    let (terang, gelap) = (TERANG.variables(), GELAP.variables());
    let mut out = format!(
        ":root,.terang{{{terang}}}\n.gelap{{{gelap}}}\n\
         @media (prefers-color-scheme:dark){{:root:not(.terang,.gelap){{{gelap}}}}}\n"
    );
    for class in Class::ALL {
        out.push_str(&format!(".{0}{{color:var(--{0})}}\n", class.css()));
    }
    out.push_str(".hl-function,.hl-gap{font-weight:600}\n.hl-comment{font-style:italic}\n");
    out.push_str("@media print{[class^=\"hl-\"]{color:inherit}}\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the relative luminance of `#rrggbb` by WCAG 2.
    fn luminance(color: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_colour_has_enough_contrast() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
        for (name, palette) in [("terang", TERANG), ("gelap", GELAP)] {
            assert!(contrast(palette.text, palette.background) >= 7.0, "{name}");
            for class in Class::ALL {
                let ratio = contrast((palette.of)(class), palette.background);
                assert!(ratio >= 4.5, "{name} {class:?}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn every_class_has_a_rule() {
        let css = css();
        for class in Class::ALL {
            assert!(css.contains(&format!(".{}{{color", class.css())), "{class:?}");
        }
        assert_eq!(css.matches('{').count(), css.matches('}').count());
    }
}
