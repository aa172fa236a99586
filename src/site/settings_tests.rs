//! Tests the settings of a site in `[site]` of `course.toml`.

use std::fs;
use std::path::Path;

use super::assets::CSS;
use super::branding::ACCENT;
use super::{BuildOptions, SiteError, make};
use crate::lesson::{DARK_PAPER, LIGHT_PAPER, Rgb, parse_course};
use crate::social_picture;
use crate::store::read_collection;
use crate::text::Source;

const COURSE: &str = "title = { id = \"Lama\", en = \"Old\" }\nlanguages = [\"id\", \"en\"]\n[[group]]\nid = \"g\"\n\
                      title = { id = \"G\", en = \"G\" }\nlessons = [\"satu\"]\n";
const LESSON: &str = "# Satu\n\nLihat [kami](../kami.md#siapa).\n\n## Ambil {#ambil}\n\n```console\n$ ls\n```\n";
const PAGE: &str = "# Kami\n\n[satu](g/satu.md#ambil)\n\n## Siapa {#siapa}\n\n```console\n$ ls\n```\n";

/// Writes a course. `course.toml` begins with `id`, and its table `[site]` contains `site`.
fn course(id: &str, site: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("id/g")).unwrap();
    fs::write(dir.path().join("course.toml"), format!("{id}{COURSE}[site]\n{site}")).unwrap();
    fs::write(dir.path().join("id/g/satu.md"), LESSON).unwrap();
    fs::write(dir.path().join("id/kami.md"), PAGE).unwrap();
    fs::write(dir.path().join("logo.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 30\"/>")
        .unwrap();
    dir
}

fn files(course: &Path, url: Option<&str>) -> Result<Vec<(String, String)>, SiteError> {
    let collection = read_collection(&[course.to_owned()]).unwrap();
    let made = make(&collection.courses[0], BuildOptions { url, ..BuildOptions::default() })?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok(made.files.into_iter().map(|file| (file.path, text(file.bytes))).collect())
}

fn page<'f>(files: &'f [(String, String)], path: &str) -> &'f str {
    files.iter().find(|(name, _)| name == path).map_or_else(|| panic!("no {path}"), |(_, text)| text)
}

#[test]
fn authors_own_page_is_built_linked_and_indexed() {
    let dir = course("", "pages = [\"kami.md\"]\nedit = \"https://x.test/edit/{path}\"\n");
    let files = files(dir.path(), None).unwrap();
    let own = page(&files, "kami.html");
    assert!(own.contains("href=\"g/satu.html#ambil\"") && own.contains("https://x.test/edit/id/kami.md"), "{own}");
    assert!(!own.contains("class=\"mark\"") && !own.contains("data-lesson=\"kami\""), "nothing to tick off");
    assert!(page(&files, "g/satu.html").contains("href=\"../kami.html#siapa\""));
    assert!(page(&files, "index.html").contains("<a href=\"kami.html\">Kami</a>"));
    let english = page(&files, "en/kami.html");
    assert!(
        english.contains("class=\"notice\"") && english.contains("<div class=\"lesson\" lang=\"id\">"),
        "{english}"
    );
    let index = files.iter().find(|(path, _)| path.starts_with("aset/cari-id")).unwrap();
    assert!(index.1.contains("kami.html"));
    // If `course.toml` does not name the file as a page, the file is a lesson in no group.
    fs::write(dir.path().join("course.toml"), COURSE).unwrap();
    let collection = read_collection(&[dir.path().to_owned()]).unwrap();
    assert!(collection.courses[0].listed.iter().any(|file| file.id.0 == "kami"));
}

#[test]
fn site_shows_the_authors_logo_colour_and_footer() {
    let site = "logo = \"logo.svg\"\nfooter = { id = \"Oleh [Budi](https://x.test/b).\" }\nrepository = \"https://x.test/r\"\n\
                accent = { light = \"#8a1c4a\", dark = \"#ff9ac2\" }\npages = [\"kami.md\"]\n";
    let dir = course("", site);
    let files = files(dir.path(), None).unwrap();
    let home = page(&files, "index.html");
    assert!(home.contains("<img class=\"own-logo\" src=\"aset/logo-") && home.contains("width=\"60\" height=\"30\""));
    assert!(
        home.contains("<a href=\"https://x.test/r\">Repositori</a>")
            && home.contains("Oleh <a href=\"https://x.test/b\">")
    );
    assert!(!home.contains("Sunting halaman ini"), "home is no file of the author's");
    let css = files.iter().find(|(path, _)| path.ends_with(".css")).unwrap();
    assert!(css.1.contains("--accent:#8a1c4a;") && css.1.contains("--accent:#ff9ac2;"));
    // The style sheets use the same background colours that the contrast is measured against.
    let css = CSS.concat();
    for (paper, count) in [(LIGHT_PAPER, 1), (DARK_PAPER, 2)] {
        assert_eq!(css.matches(&format!("--paper:{paper};")).count(), count, "{paper}");
    }
    assert!(css.starts_with(":root{") && css.split('}').next().unwrap().contains(&format!("--accent:{ACCENT};")));
}

#[test]
fn redirect_leads_from_an_old_address_to_an_existing_page() {
    let redirect = |line: &str| {
        let dir = course("", &format!("pages = [\"kami.md\"]\nredirects = {{ {line} }}\n"));
        files(dir.path(), None)
    };
    let good = redirect("\"dulu/a.html\" = \"g/satu.html#ambil\"").unwrap();
    let old = page(&good, "dulu/a.html");
    assert!(
        old.contains("content=\"0; url=../g/satu.html#ambil\"") && old.contains("<a href=\"../g/satu.html#ambil\">")
    );
    assert!(matches!(redirect("\"a.html\" = \"g/dua.html\""), Err(SiteError::Dead(found)) if found.len() == 1));
    assert!(matches!(redirect("\"index.html\" = \"g/satu.html\""), Err(SiteError::Taken(_))));
}

#[test]
fn missing_logo_is_an_error_in_course_toml() {
    let dir = course("", "logo = \"tidak-ada.svg\"\npages = [\"kami.md\"]\n");
    let Err(SiteError::Dead(found)) = files(dir.path(), None) else { panic!("built") };
    assert!(
        found[0].path.ends_with("course.toml") && found[0].source.slice(found[0].diagnostic.span).contains("tidak-ada")
    );
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>jahat()</script></svg>";
    fs::write(dir.path().join("tidak-ada.svg"), svg).unwrap();
    assert!(matches!(files(dir.path(), None), Err(SiteError::Dead(_))), "a picture with a script");
}

#[test]
fn link_preview_has_the_picture_if_the_address_is_known() {
    let dir = course("", "picture = \"logo.svg\"\npages = [\"kami.md\"]\n");
    let at = files(dir.path(), Some("https://x.test/k/")).unwrap();
    let lesson = page(&at, "g/satu.html");
    for said in [
        "<meta property=\"og:image\" content=\"https://x.test/k/aset/logo-",
        "<meta property=\"og:locale\" content=\"id_ID\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
    ] {
        assert!(lesson.contains(said), "{said}");
    }
    assert!(page(&at, "robots.txt").contains("Sitemap: https://x.test/k/sitemap.xml"));
    let nowhere = files(dir.path(), None).unwrap();
    assert!(!page(&nowhere, "g/satu.html").contains("og:image"));
    assert!(!nowhere.iter().any(|(path, _)| path == "robots.txt" || path == "sitemap.xml"));
    assert!(page(&nowhere, "404.html").contains("data-search"));
}

#[test]
fn link_preview_is_drawn_in_each_language_if_the_author_chose_no_picture() {
    let dir = course("", "pages = [\"kami.md\"]\naccent = { light = \"#8a1c4a\", dark = \"#ff9ac2\" }\n");
    let collection = read_collection(&[dir.path().to_owned()]).unwrap();
    let with_url = BuildOptions { url: Some("https://x.test/k/"), ..BuildOptions::default() };
    let made = make(&collection.courses[0], with_url).unwrap();
    for (lang, home, title) in [("id", "index.html", "Lama"), ("en", "en/index.html", "Old")] {
        let start = format!("aset/pratinjau-{lang}-");
        let picture = made.files.iter().find(|file| file.path.starts_with(&start)).unwrap();
        let drawn = social_picture::draw(title, Rgb::read("#8a1c4a").unwrap());
        assert_eq!(Some(&picture.bytes), drawn.as_ref(), "title and colour of the course");
        let html = made.files.iter().find(|file| file.path == home).unwrap();
        let html = String::from_utf8_lossy(&html.bytes);
        for said in [
            &format!("<meta property=\"og:image\" content=\"https://x.test/k/{}\">", picture.path),
            &format!("<meta property=\"og:image:alt\" content=\"{title}\">"),
            "<meta property=\"og:image:width\" content=\"1200\">",
            "<meta property=\"og:image:height\" content=\"630\">",
            "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        ] {
            assert!(html.contains(said), "{said}");
        }
    }
    for (url, site) in [
        (None, "pages = [\"kami.md\"]\n"),
        (Some("https://x.test/"), "picture = \"logo.svg\"\npages = [\"kami.md\"]\n"),
    ] {
        let files = files(course("", site).path(), url).unwrap();
        assert!(!files.iter().any(|(path, _)| path.contains("pratinjau")), "{site}");
    }
}

#[test]
fn page_names_the_course_id_for_stored_progress() {
    let html =
        |id| page(&files(course(id, "pages = [\"kami.md\"]\n").path(), None).unwrap(), "en/index.html").to_owned();
    assert!(html("").contains(" data-course=\"Lama\" data-lang="));
    assert!(html("id = \"kursus-docker\"\n").contains(" data-course=\"kursus-docker\" data-title=\"Lama\" data-lang="));
}

#[test]
fn page_for_authors_shows_a_lesson_beside_its_source() {
    let dir = course("", "authors = \"satu\"\npages = [\"kami.md\"]\n");
    let files = files(dir.path(), None).unwrap();
    let html = page(&files, "penulis.html");
    assert!(
        html.contains("dermaga test id/g/satu.md") && html.contains("<section class=\"step\" id=\"ambil\""),
        "{html}"
    );
    let written: Vec<&str> = html.split("<div class=\"written\">").skip(1).collect();
    assert_eq!(written.len(), 2, "the opening and a step");
    assert!(written[0].contains("href=\"kami.html#siapa\"") && written[1].contains("{#ambil}"), "{html}");
    assert!(page(&files, "en/penulis.html").contains("<a href=\"../penulis.html\""));
}

#[test]
fn examples_in_the_docs_of_the_site_are_valid() {
    for text in [include_str!("../../docs/site.md"), include_str!("../../docs/site.id.md")] {
        let example = text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let (course, mistakes) = parse_course(&Source::new("course.toml", example));
        assert!(mistakes.is_empty(), "{mistakes:?}");
        assert!(course.site.url.is_some() && course.site.accent.is_some() && course.id.is_some());
    }
}
