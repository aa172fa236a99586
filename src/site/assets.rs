//! The files that pages load: one style sheet, two scripts, an icon. Their names hold a digest of their content.

use sha2::{Digest, Sha256};

use crate::lesson::{Accent, DARK_PAPER, LIGHT_PAPER, Rgb};

/// A file of the site that is not a page.
#[derive(Debug, Clone)]
pub(super) struct Asset {
    /// Below the site's root.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

impl Asset {
    /// Makes an asset whose name holds a digest of its content, so that a browser may cache it for ever.
    pub(super) fn named(stem: &str, extension: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        let digest = format!("{:x}", Sha256::digest(&bytes));
        Self { path: format!("aset/{stem}-{}.{extension}", &digest[..10]), bytes }
    }
}

/// The files every page uses.
#[derive(Debug, Clone)]
pub(super) struct Assets {
    pub(super) css: Asset,
    pub(super) start: Asset,
    pub(super) js: Asset,
    /// Loaded when a reader plays a recording.
    pub(super) player: Asset,
    /// Loaded with the index when a reader opens the search.
    pub(super) search: Asset,
    pub(super) icon: Asset,
}

/// The style sheets, in order.
const CSS: &[&str] = &[
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

/// The script that runs before the page is drawn.
const START: &str = include_str!("../../theme/js/start.js");

impl Assets {
    /// The files for a site whose author chose a colour, or none.
    pub(super) fn new(accent: Option<Accent>) -> Self {
        let accent = accent.map(accent_css).unwrap_or_default();
        Self {
            css: Asset::named("dermaga", "css", lean(&format!("{}{accent}", style()))),
            start: Asset::named("mulai", "js", START),
            js: Asset::named("dermaga", "js", lean_script(&script())),
            player: Asset::named("putar", "js", lean_script(include_str!("../../theme/js/player.js"))),
            search: Asset::named(
                "cari-cara",
                "js",
                lean_script(concat!(
                    include_str!("../../theme/js/search-words.js"),
                    include_str!("../../theme/js/search.js")
                )),
            ),
            icon: Asset::named("dermaga", "svg", include_str!("../../theme/pictures/icon.svg")),
        }
    }

    pub(super) fn all(&self) -> [&Asset; 6] {
        [&self.css, &self.start, &self.js, &self.player, &self.search, &self.icon]
    }
}

/// The whole style sheet, as written.
pub(super) fn style() -> String {
    CSS.concat()
}

/// The whole script, as written.
pub(super) fn script() -> String {
    JS.concat()
}

/// The author's colour in both palettes, for the screen; paper keeps its own.
fn accent_css(Accent { light, dark }: Accent) -> String {
    let palette = |colour: Rgb, paper| format!("{{--accent:{colour};--tint:{}}}", colour.tint(paper));
    let (light, dark) = (palette(light, LIGHT_PAPER), palette(dark, DARK_PAPER));
    format!(
        "\n@media screen{{:root{light}}}\n@media screen and (prefers-color-scheme:dark){{:root:not(.terang){dark}}}\n\
         @media screen{{:root.gelap{dark}}}"
    )
}

/// Removes comments and indentation from CSS.
pub(super) fn lean(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Removes the lines of comments and the indentation from a script of ours. No text of ours spans lines.
fn lean_script(script: &str) -> String {
    script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// An icon by its name, as inline SVG.
pub(super) fn icon(name: &str) -> &'static str {
    match name {
        "menu" => r#"<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M3 5h14M3 10h14M3 15h14"/></svg>"#,
        "search" => {
            r#"<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 4 4"/></svg>"#
        }
        "help" => {
            r#"<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7.5"/><path d="M7.9 7.7c.2-1.2 1-1.9 2.2-1.9 1.3 0 2.2.8 2.2 1.9 0 1.7-2.2 1.8-2.2 3.5M10.1 14v.2"/></svg>"#
        }
        "close" => r#"<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5 5 10 10M15 5 5 15"/></svg>"#,
        "auto" => {
            r#"<svg class="auto" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7"/><path class="fill" d="M10 3a7 7 0 0 1 0 14z"/></svg>"#
        }
        "light" => {
            r#"<svg class="light" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="3.6"/><path d="M10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M4.3 15.7l1.3-1.3M14.4 5.6l1.3-1.3"/></svg>"#
        }
        "dark" => {
            r#"<svg class="dark" viewBox="0 0 20 20" aria-hidden="true"><path d="M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z"/></svg>"#
        }
        "logo" => include_str!("../../theme/pictures/logo.svg"),
        _ => "",
    }
}
