//! Makes all pages of a course in memory.

use std::collections::HashMap;
use std::path::Path;

use askama::Template;

use super::assets::{Asset, Assets};
use super::branding::{SitePicture, mistake};
use super::error::SiteError;
use super::glossary_links::GlossaryTerms;
use super::html::{escape, render};
use super::language::language_pages;
use super::links::{CourseLinks, Outward};
use super::outline::{Entry, NOT_FOUND, Outline, PRINT, Translation, outlines, up, without_home};
use super::page_maker::Site;
use super::records::Records;
use crate::lesson::lint::DEAD_LINK;
use crate::lesson::{CourseFiles, Spanned};
use crate::text::Diagnostic;
use crate::words::Words;

/// The options for building a site.
#[derive(Debug, Clone, Copy, Default)]
pub struct BuildOptions<'a> {
    /// The address of the published site, with its final slash.
    pub url: Option<&'a str>,
    /// Whether to run the author's preprocessors, which the `book.toml` beside `course.toml` names.
    pub preprocessors: bool,
}

/// The summary of a build.
#[derive(Debug, Clone)]
pub struct BuildSummary {
    /// The number of pages in all languages together.
    pub pages: usize,
    /// Links to other sites, which the build does not check.
    pub outward: Vec<Outward>,
}

/// A site that was built in memory.
#[derive(Debug)]
pub struct BuiltSite {
    pub(crate) files: Vec<Asset>,
    /// The summary of the build.
    pub summary: BuildSummary,
}

/// Makes every page of `course` in every language.
pub(super) fn make_pages<'c>(course: &'c CourseFiles, url: Option<&str>) -> Result<BuiltSite, SiteError> {
    let settings = &course.course.site;
    let logo = SitePicture::read(course, settings.logo.as_ref())?;
    let picture = SitePicture::read(course, settings.picture.as_ref())?;
    let outlines = outlines(course)?;
    let undrawn = course.course.languages.iter().filter(|_| url.is_some() && picture.is_none());
    let draw = |lang: &'c String| Some((lang.as_str(), SitePicture::draw(&course.course, lang)?));
    let drawn = undrawn.filter_map(draw).collect();
    let mut links = CourseLinks::new(course, &outlines);
    if !links.dead.is_empty() {
        return Err(SiteError::Dead(links.dead));
    }
    let outward = std::mem::take(&mut links.outward);
    let terms = course.terms.as_ref().map(|(terms, _)| terms);
    let glossary = |lang: &'c String| Some((lang.as_str(), GlossaryTerms::new(terms?, lang)?));
    let site = Site {
        assets: Assets::new(settings.accent),
        url,
        course: &course.course,
        logo,
        picture,
        drawn,
        terms,
        glossaries: course.course.languages.iter().filter_map(glossary).collect(),
        records: Records::new(course, &outlines)?,
        links,
        outlines,
    };
    let Site { outlines, assets, records, links, .. } = &site;
    let mut files: Vec<Asset> = assets.all().into_iter().cloned().collect();
    let mut pages = Vec::new();
    for outline in outlines {
        let (made, index) = language_pages(&site, outline);
        files.push(index);
        pages.extend(made);
    }
    let pictures = [&site.logo, &site.picture].into_iter().flatten().chain(site.drawn.values()).map(|one| &one.file);
    files.extend(links.copies().chain(records.frames()).chain(pictures).cloned());
    let count = pages.len();
    files.extend(pages);
    if let Some(url) = url {
        files.push(sitemap(outlines, &files, records, url));
        let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {url}sitemap.xml\n");
        files.push(Asset { path: "robots.txt".to_owned(), bytes: robots.into_bytes() });
    }
    let redirects = redirects(course, outlines, &files)?;
    files.extend(redirects);
    Ok(BuiltSite { files, summary: BuildSummary { pages: count, outward } })
}

/// A page that redirects to another page.
#[derive(Template)]
#[template(path = "moved.html")]
struct MovedPage<'a> {
    lang: &'a str,
    title: &'a str,
    way: String,
    moved: String,
}

/// Makes the pages at old addresses, which redirect to new addresses.
fn redirects(course: &CourseFiles, outlines: &[Outline<'_>], files: &[Asset]) -> Result<Vec<Asset>, SiteError> {
    let Some(source) = outlines.first() else { return Ok(Vec::new()) };
    let words = Words::new(source.lang);
    let is_taken = |path: &str| files.iter().any(|file| file.path == path);
    let redirect = |(old, new): &(Spanned<String>, Spanned<String>)| {
        let page = new.value.split_once('#').map_or(new.value.as_str(), |(page, _)| page);
        if !is_taken(page) {
            let diagnostic = Diagnostic::error(DEAD_LINK, new.span);
            return Err(mistake(course, diagnostic.with("link", &new.value).with("path", &new.value)));
        }
        if is_taken(&old.value) {
            return Err(SiteError::Taken(old.value.clone()));
        }
        let page = render(&MovedPage {
            lang: &source.tag,
            title: &source.title,
            way: format!("{}{}", up(&old.value), new.value),
            moved: words.say("book-moved", &[]),
        });
        Ok(Asset { path: old.value.clone(), bytes: page.into_bytes() })
    };
    course.course.site.redirects.iter().map(redirect).collect()
}

/// Lists every page for search engines. The date of a lesson's page is the date of the lesson's newest proof.
fn sitemap(outlines: &[Outline<'_>], files: &[Asset], records: &Records, url: &str) -> Asset {
    let entries: HashMap<String, &Entry<'_>> = outlines
        .iter()
        .flat_map(|outline| outline.entries().map(move |entry| (format!("{}{}", outline.prefix, entry.path), entry)))
        .collect();
    let line = |file: &Asset| {
        let entry = entries.get(&file.path);
        let is_listed = is_page(&file.path) && ![NOT_FOUND, PRINT].iter().any(|page| file.path.ends_with(page));
        // Leaves out the page of a missing translation, because this page only repeats the source's page.
        if !is_listed || entry.is_some_and(|entry| entry.state == Translation::Missing) {
            return None;
        }
        let proofs = entry.map(|entry| records.proofs.of(&entry.file.lesson)).unwrap_or_default();
        let day = proofs.iter().map(|proof| proof.date.as_str()).max();
        let day = day.map(|day| format!("<lastmod>{}</lastmod>", escape(day))).unwrap_or_default();
        let address = escape(&format!("{url}{}", without_home(&file.path)));
        Some(format!("<url><loc>{address}</loc>{day}</url>\n"))
    };
    let list: String = files.iter().filter_map(line).collect();
    let map = format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{list}</urlset>\n");
    Asset { path: "sitemap.xml".to_owned(), bytes: map.into_bytes() }
}

/// Whether the file at `path` is a page.
pub(crate) fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}
