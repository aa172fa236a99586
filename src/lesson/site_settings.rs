//! Reads the table `[site]` of `course.toml`, which holds the author's settings for the site.

use std::fmt;

use toml::de::DeTable;

use super::codes;
use super::table::{self, Localized, TomlTable, bad_name, is_id};
use crate::text::{Diagnostic, Span, Spanned};

/// The settings of a course's site.
#[derive(Debug, Clone, Default)]
pub struct SiteSettings {
    /// The address at which the site will be, with a slash at its end.
    pub url: Option<String>,
    /// The address of the course's repository.
    pub repository: Option<String>,
    /// The address for editing a page's source; `{path}` stands for the path below the course's directory.
    pub edit: Option<String>,
    /// The address for reporting mistakes.
    pub report: Option<String>,
    /// The picture in the bar of every page and in the browser's tab. The path is relative to the course's directory.
    pub logo: Option<Spanned<String>>,
    /// The picture for link previews. The path is relative to the course's directory.
    pub picture: Option<Spanned<String>>,
    /// The colour of links and buttons.
    pub accent: Option<Accent>,
    /// A line at the end of every page, in Markdown, by language.
    pub footer: Localized,
    /// The pages that the author adds to the site. The paths are relative to each language's directory.
    pub pages: Vec<Spanned<String>>,
    /// The lesson whose source the page for authors shows.
    pub authors: Option<Spanned<String>>,
    /// Old addresses, each with the address to which the site redirects. Both addresses are relative to the site's
    /// root.
    pub redirects: Vec<(Spanned<String>, Spanned<String>)>,
}

/// The colour of links and buttons in both palettes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// The colour on a light background.
    pub light: Rgb,
    /// The colour on a dark background.
    pub dark: Rgb,
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

/// The background of pages in the light palette, which is `--paper` in the style sheet.
pub const LIGHT_PAPER: Rgb = Rgb([0xfb, 0xfa, 0xf7]);
/// The background of pages in the dark palette, like [`LIGHT_PAPER`].
pub const DARK_PAPER: Rgb = Rgb([0x0f, 0x18, 0x20]);

/// The minimum contrast of text by WCAG.
const LEAST_CONTRAST: f64 = 4.5;

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl Rgb {
    /// Reads a colour such as `#0b5c74` or `#06c`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .strip_prefix('#')?
            .chars()
            .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()?;
        match digits.len() {
            3 => Some(Self([0, 1, 2].map(|at| digits[at] * 17))),
            6 => Some(Self([0, 2, 4].map(|at| digits[at] * 16 + digits[at + 1]))),
            _ => None,
        }
    }

    /// Returns a background for text in this colour: one tenth of the colour and nine tenths of `paper`.
    #[must_use]
    pub fn tint(self, paper: Self) -> Self {
        let part = |at: usize| (u16::from(self.0[at]) + 9 * u16::from(paper.0[at])) / 10;
        Self([0, 1, 2].map(|at| u8::try_from(part(at)).unwrap_or(u8::MAX)))
    }

    /// Returns the relative luminance by WCAG.
    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Returns the contrast of two colours by WCAG, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

/// Whether `url` can be the address of a site. Such a URL has the scheme `http` or `https` and a host, but no spaces,
/// query or fragment.
#[must_use]
pub fn is_site_address(url: &str) -> bool {
    is_address(url) && !url.contains(['?', '#'])
}

/// Whether `url` can be the target of a link.
fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    rest.starts_with(|first: char| first.is_alphanumeric() || first == '[')
        && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\".contains(c))
}

/// Whether `path` stays below its directory and can be part of a URL.
fn is_path(path: &str) -> bool {
    path.split('/').all(is_id)
}

/// Reads `[site]`.
pub(super) fn read(entries: &DeTable<'_>, place: Span, mistakes: &mut Vec<Diagnostic>) -> SiteSettings {
    let mut table = TomlTable::new(entries, place, mistakes);
    let mut settings = SiteSettings::default();
    let url = address(&mut table, "url", is_site_address);
    settings.url = url.map(|url| format!("{}/", url.trim_end_matches('/')));
    settings.repository = address(&mut table, "repository", is_address);
    settings.edit =
        address(&mut table, "edit", |url| url.contains("{path}") && is_address(&url.replace("{path}", "x")));
    settings.report = address(&mut table, "report", is_address);
    settings.logo = table.name("logo", "file", is_path);
    settings.picture = table.name("picture", "file", is_path);
    settings.authors = table.text("authors");
    settings.footer = table.localized("footer").map(|footer| footer.value).unwrap_or_default();
    settings.pages = table.texts("pages").unwrap_or_default();
    settings.pages.retain(|page| {
        let good = is_path(&page.value) && page.value.ends_with(".md");
        if !good {
            table.mistakes().push(bad_name(page, "page"));
        }
        good
    });
    settings.accent =
        table.table("accent").and_then(|(colours, place)| accent(TomlTable::new(colours, place, table.mistakes())));
    if let Some((redirects, _)) = table.table("redirects") {
        for (old, new) in redirects {
            let old = Spanned { value: old.get_ref().to_string(), span: old.span().into() };
            let Some(new) = table::text(new, table.mistakes()) else { continue };
            let is_page = |path: &str| is_path(path) && path.ends_with(".html");
            let new_page = new.value.split_once('#').map_or(new.value.as_str(), |(page, _)| page);
            match (is_page(&old.value), is_page(new_page)) {
                (true, true) => settings.redirects.push((old, new)),
                (false, _) => table.mistakes().push(bad_name(&old, "address")),
                _ => table.mistakes().push(bad_name(&new, "address")),
            }
        }
    }
    table.finish(|_| false);
    settings
}

fn address(table: &mut TomlTable<'_, '_>, key: &'static str, is_good: impl Fn(&str) -> bool) -> Option<String> {
    let url = table.text(key)?;
    if !is_good(&url.value) {
        table.mistakes().push(codes::ADDRESS.at(url.span).with("url", &url.value).with("key", key));
        return None;
    }
    Some(url.value)
}

fn accent(mut colours: TomlTable<'_, '_>) -> Option<Accent> {
    let light = colour(&mut colours, "light", LIGHT_PAPER);
    let dark = colour(&mut colours, "dark", DARK_PAPER);
    colours.finish(|_| false);
    Some(Accent { light: light?, dark: dark? })
}

/// Reads a colour. Reports the colour if its contrast with `paper` or with its own tint is too low for text.
fn colour(colours: &mut TomlTable<'_, '_>, key: &'static str, paper: Rgb) -> Option<Rgb> {
    colours.require(key);
    let written = colours.text(key)?;
    let mistake = codes::COLOUR.at(written.span).with("colour", &written.value).with("palette", key);
    let Some(colour) = Rgb::read(&written.value) else {
        colours.mistakes().push(mistake.with("ratio", "none"));
        return None;
    };
    let contrast = colour.contrast(paper).min(colour.contrast(colour.tint(paper)));
    if contrast < LEAST_CONTRAST {
        // The ratio is rounded down, so that an insufficient ratio never looks sufficient.
        colours.mistakes().push(mistake.with("ratio", format!("{:.1}", (contrast * 10.0).floor() / 10.0)));
        return None;
    }
    Some(colour)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::parse_course;
    use crate::text::Source;

    fn site(text: &str) -> (SiteSettings, Vec<(&'static str, String)>) {
        let text = format!("title = {{ id = \"A\" }}\nlanguages = [\"id\"]\n[site]\n{text}");
        let source = Source::new("course.toml", text.as_str());
        let (course, mistakes) = parse_course(&source);
        let mistakes = mistakes.iter().map(|one| (one.code.0, source.slice(one.span).to_owned())).collect();
        (course.site, mistakes)
    }

    #[test]
    fn site_address_needs_a_scheme_and_a_host_and_has_no_query() {
        for good in ["https://x.test", "http://127.0.0.1:8000/k/", "https://x.test/a/b", "http://[::1]/"] {
            assert!(is_site_address(good), "{good}");
        }
        for bad in
            ["foo", "ftp://x", "https://a b/", "https://x.test/?q", "https:///x", "https://", "//x.test", "https://?x"]
        {
            assert!(!is_site_address(bad), "{bad}");
            assert_eq!(site(&format!("url = \"{bad}\"\n")).1, [("L108", format!("\"{bad}\""))]);
        }
    }

    #[test]
    fn site_settings_are_read_except_a_colour_of_low_contrast() {
        let (site, mistakes) = site(
            "url = \"https://x.test/k\"\nedit = \"https://x.test/edit/{path}?plain=1\"\nlogo = \"img/logo.svg\"\n\
             accent = { light = \"#0a5\", dark = \"#7ccbe2\" }\npages = [\"about.md\"]\n\
             redirects = { \"old.html\" = \"g/new.html#step\" }\n",
        );
        // Green on paper has a contrast of 3.2:1.
        assert_eq!(mistakes, [("L109", "\"#0a5\"".to_owned())]);
        assert_eq!(site.url.as_deref(), Some("https://x.test/k/"));
        assert!(site.edit.is_some() && site.accent.is_none() && site.pages.len() == 1 && site.redirects.len() == 1);
    }

    #[test]
    fn mistake_in_site_settings_is_reported_with_its_code() {
        for (text, code) in [
            ("ulr = \"https://x.test\"", "L101"),
            ("url = 3", "L103"),
            ("edit = \"https://x.test/edit\"", "L108"),
            ("logo = \"../logo.svg\"", "L105"),
            ("logo = \"/etc/passwd\"", "L105"),
            ("pages = [\"about.html\"]", "L105"),
            ("pages = [\"../about.md\"]", "L105"),
            ("accent = { light = \"#000\" }", "L102"),
            ("accent = { light = \"blue\", dark = \"#fff\" }", "L109"),
            ("accent = { light = \"#000\", dark = \"#246\" }", "L109"),
            ("redirects = { \"../x.html\" = \"a.html\" }", "L105"),
            ("redirects = { \"x.html\" = \"https://a.test\" }", "L105"),
        ] {
            let found = site(&format!("{text}\n")).1;
            assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [code], "{text}");
        }
    }

    #[test]
    fn contrast_equals_the_values_of_wcag() {
        let (black, white) = (Rgb([0; 3]), Rgb([255; 3]));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9 && (white.contrast(white) - 1.0).abs() < 1e-9);
        let grey = Rgb::read("#767676").unwrap().contrast(white);
        assert!((4.54..4.55).contains(&grey), "{grey}");
    }
}
