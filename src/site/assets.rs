//! The files that pages load: a style sheet, scripts, an icon. Each file's name has a digest of its content.

use sha2::{Digest, Sha256};

use crate::lesson::{Accent, DARK_PAPER, LIGHT_PAPER, Rgb};

/// A file of the site that is not a page.
#[derive(Debug, Clone)]
pub(crate) struct Asset {
    /// The path below the site's root.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

impl Asset {
    /// Makes an asset whose name holds a digest of its content, so that a browser may cache it for ever. Each character
    /// of `stem` that is not an ASCII letter or digit becomes `-`.
    pub(super) fn named(stem: &str, extension: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        let stem: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let digest = format!("{:x}", Sha256::digest(&bytes));
        Self { path: format!("aset/{stem}-{}.{extension}", &digest[..10]), bytes }
    }
}

/// The files that every page uses.
#[derive(Debug, Clone)]
pub(super) struct Assets {
    pub(super) css: Asset,
    pub(super) start: Asset,
    pub(super) js: Asset,
    /// The player, which a page loads when a reader plays a recording.
    pub(super) player: Asset,
    /// The search, which a page loads with the index when a reader opens the search.
    pub(super) search: Asset,
    pub(super) icon: Asset,
}

/// The style sheets, in order.
pub(super) const CSS: &[&str] = &[
    include_str!("../../theme/css/page.css"),
    include_str!("../../theme/css/blocks.css"),
    include_str!("../../theme/css/search.css"),
    include_str!("../../theme/css/highlight.css"),
];

/// The scripts that run after the page is parsed, in order.
const JS: &[&str] = &[
    include_str!("../../theme/js/page.js"),
    include_str!("../../theme/js/blocks.js"),
    include_str!("../../theme/js/search-box.js"),
    include_str!("../../theme/js/progress.js"),
];

/// The scripts of the search, in order.
const SEARCH: &[&str] = &[include_str!("../../theme/js/search-words.js"), include_str!("../../theme/js/search.js")];

/// The script that runs before the page is drawn.
const START: &str = include_str!("../../theme/js/start.js");

impl Assets {
    /// Makes the files of a site, with the accent colour that the author chose, if any.
    pub(super) fn new(accent: Option<Accent>) -> Self {
        let accent = accent.map(accent_css).unwrap_or_default();
        Self {
            css: Asset::named("dermaga", "css", lean(&format!("{}{accent}", CSS.concat()))),
            start: Asset::named("mulai", "js", START),
            js: Asset::named("dermaga", "js", lean(&JS.concat())),
            player: Asset::named("putar", "js", lean(include_str!("../../theme/js/player.js"))),
            search: Asset::named("cari-cara", "js", lean(&SEARCH.concat())),
            icon: Asset::named("dermaga", "svg", include_str!("../../theme/pictures/icon.svg")),
        }
    }

    pub(super) fn all(&self) -> [&Asset; 6] {
        [&self.css, &self.start, &self.js, &self.player, &self.search, &self.icon]
    }
}

/// Returns the CSS that sets the author's colour in both palettes on screens. Printed pages keep the default colour.
fn accent_css(Accent { light, dark }: Accent) -> String {
    let palette = |colour: Rgb, paper| format!("{{--accent:{colour};--tint:{}}}", colour.tint(paper));
    let (light, dark) = (palette(light, LIGHT_PAPER), palette(dark, DARK_PAPER));
    format!(
        "\n@media screen{{:root{light}}}\n@media screen and (prefers-color-scheme:dark){{:root:not(.terang){dark}}}\n\
         @media screen{{:root.gelap{dark}}}"
    )
}

static_patterns! {
    /// Matches a comment of a style sheet, or a script's line that is a comment.
    static COMMENT = r"(?s:/\*.*?\*/)|(?m:^\s*//.*$)";
}

/// Removes comments and indentation from a style sheet or a script of the theme. No string in these files spans lines.
pub(super) fn lean(source: &str) -> String {
    let source = COMMENT.replace_all(source, "");
    source.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
