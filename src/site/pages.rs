//! All pages of a course, in memory.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::assets::{Asset, Assets};
use super::error::SiteError;
use super::html::escape;
use super::language::Language;
use super::layout::Site;
use super::links::{CourseLinks, Outward, PageAnchor};
use super::outline::{HOME, NOT_FOUND, Outline, PRINT, Translation, outlines};
use super::records::Records;
use crate::lesson::CourseFiles;

/// What was built.
#[derive(Debug, Clone)]
pub struct BuildSummary {
    /// The number of pages, all languages together.
    pub pages: usize,
    /// Links to other sites, which nobody has followed.
    pub outward: Vec<Outward>,
}

/// A site in memory.
#[derive(Debug)]
pub struct BuiltSite {
    pub(super) files: Vec<Asset>,
    /// Its summary.
    pub summary: BuildSummary,
}

/// Makes every page of `course` in every language.
pub(super) fn make_pages(course: &CourseFiles, url: Option<&str>) -> Result<BuiltSite, SiteError> {
    let assets = Assets::new();
    let outlines = outlines(course)?;
    let name = course.course.title_in(course.course.source_language().unwrap_or_default()).to_owned();
    let site = Site { outlines: &outlines, assets: &assets, url, course: name };
    let mut links = CourseLinks::new(course, &outlines);
    if !links.dead.is_empty() {
        return Err(SiteError::Dead(links.dead));
    }
    let terms = course.terms.as_ref().map(|(terms, _)| terms);
    let records = Records::new(course, &outlines)?;
    let mut files: Vec<Asset> = assets.all().into_iter().cloned().collect();
    let (mut ids, mut used, mut pages) = (HashMap::new(), Vec::new(), Vec::new());
    for outline in &outlines {
        let made = Language { site: &site, outline, terms, records: &records, links: &links }.make();
        files.push(made.index);
        pages.extend(made.pages);
        ids.extend(made.ids);
        used.extend(made.used);
    }
    if let Some((page, link)) = broken(&outlines, &ids, &used) {
        return Err(SiteError::Broken { page, link });
    }
    files.extend(links.copies().chain(records.frames()).cloned());
    let count = pages.len();
    files.extend(pages);
    if let Some(url) = url {
        files.push(sitemap(&outlines, &files, url));
    }
    Ok(BuiltSite { files, summary: BuildSummary { pages: count, outward: std::mem::take(&mut links.outward) } })
}

/// A page and its link to a place that is not on the page linked to: a section for teachers, say.
fn broken(
    outlines: &[Outline<'_>],
    ids: &HashMap<String, BTreeSet<String>>,
    used: &[(String, BTreeSet<PageAnchor>)],
) -> Option<(String, String)> {
    used.iter().flat_map(|(page, links)| links.iter().map(move |link| (page, link))).find_map(|(page, link)| {
        let prefix = outlines.iter().find(|outline| outline.tag == link.lang).map_or("", |outline| &outline.prefix);
        let ids = ids.get(&format!("{prefix}{}", link.path))?;
        let is_there = link.anchor.is_empty() || ids.contains(&link.anchor);
        (!is_there).then(|| (page.clone(), format!("{}#{}", link.path, link.anchor)))
    })
}

fn sitemap(outlines: &[Outline<'_>], files: &[Asset], url: &str) -> Asset {
    let page = |file: &&Asset| is_page(file) && ![NOT_FOUND, PRINT].iter().any(|page| file.path.ends_with(page));
    // What stands in for a translation is its source once more.
    let missing: BTreeSet<String> = outlines
        .iter()
        .flat_map(|outline| outline.lessons().map(move |(_, entry)| (outline, entry)))
        .filter(|(_, entry)| entry.state == Translation::Missing)
        .map(|(outline, entry)| format!("{}{}", outline.prefix, entry.path))
        .collect();
    let line = |file: &Asset| {
        let path = file.path.strip_suffix(HOME).filter(|path| path.is_empty() || path.ends_with('/'));
        format!("<url><loc>{}</loc></url>\n", escape(&format!("{url}{}", path.unwrap_or(&file.path))))
    };
    let own = |file: &&Asset| page(file) && !missing.contains(&file.path);
    let list: String = files.iter().filter(own).map(line).collect();
    let map = format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{list}</urlset>\n");
    Asset { path: "sitemap.xml".to_owned(), bytes: map.into_bytes() }
}

fn is_page(file: &Asset) -> bool {
    Path::new(&file.path).extension().is_some_and(|extension| extension == "html")
}
