//! The whole site: every page in every language, written so that only files of ours are ever replaced or removed.

use std::collections::BTreeSet;
use std::path::Path;

use super::BookError;
use super::assets::{Asset, Assets};
use super::html::escape;
use super::kept::Kept;
use super::language::Language;
use super::layout::Site;
use super::links::{Links, Outward, broken};
use super::outline::{HOME, NOT_FOUND, Outline, Translation, WHOLE, outlines};
use super::records::Records;
use crate::lesson::CourseFiles;
use crate::store::OutputFolder;

/// The list of what a build wrote; where it is missing, a directory is not ours.
const MANIFEST: &str = ".dermaga-site";

/// What was built.
#[derive(Debug, Clone)]
pub struct Built {
    /// How many pages, all languages together.
    pub pages: usize,
    /// Links to other sites, which nobody has followed.
    pub outward: Vec<Outward>,
}

/// A site in memory.
#[derive(Debug)]
pub struct Made {
    pub(super) files: Vec<Asset>,
    /// What it holds.
    pub built: Built,
}

/// Builds the site of `course` in `dest`. `url` is where it will be found, with its last slash.
///
/// # Errors
/// When there is nothing to build, two pages want one address, `dest` holds files of others, or writing fails.
pub fn build(course: &CourseFiles, dest: &Path, url: Option<&str>) -> Result<Built, BookError> {
    let made = make(course, url)?;
    write(dest, &made.files)?;
    Ok(made.built)
}

/// As [`build`], in memory.
///
/// # Errors
/// As [`build`], but for writing.
pub fn make(course: &CourseFiles, url: Option<&str>) -> Result<Made, BookError> {
    remake(course, url, &mut Kept::default())
}

/// As [`make`], and only what differs from what `kept` knows is made again. The site is the same, byte for byte.
///
/// # Errors
/// As [`make`].
pub fn remake(course: &CourseFiles, url: Option<&str>, kept: &mut Kept) -> Result<Made, BookError> {
    let assets = Assets::new();
    let outlines = outlines(course, &mut kept.translations)?;
    let name = course.course.title_in(course.course.source_language().unwrap_or_default()).to_owned();
    let site = Site { outlines: &outlines, assets: &assets, url, nonce: &kept.nonce, course: name };
    let mut links = Links::new(course, &outlines, &mut kept.pointers);
    if !links.dead.is_empty() {
        return Err(BookError::Dead(links.dead));
    }
    let terms = course.terms.as_ref().map(|(terms, _)| terms);
    let records = Records::new(course, &outlines, &mut kept.records)?;
    let mut others: Vec<Asset> = assets.all().into_iter().cloned().collect();
    let mut pages = Vec::new();
    kept.languages.retain(|tag, _| outlines.iter().any(|outline| outline.tag == *tag));
    for outline in &outlines {
        let kept = kept.languages.entry(outline.tag.clone()).or_default();
        let language = Language { site: &site, outline, terms, records: &records, links: &links };
        let (made, index) = language.make(kept)?;
        pages.extend(made);
        others.push(index);
    }
    others.extend(links.copies().chain(records.frames()).cloned());
    let pieces: Vec<_> = pages.iter().map(|page| (page.file.path.as_str(), page.targets.as_slice())).collect();
    let names = others.iter().map(|file| file.path.as_str()).collect();
    if let Some((page, link)) = broken(&pieces, &names).into_iter().next() {
        return Err(BookError::Broken { page, link });
    }
    let count = pages.len();
    let mut files = others;
    files.extend(pages.into_iter().map(|page| page.file));
    if let Some(url) = url {
        files.push(sitemap(&outlines, &files, url));
    }
    Ok(Made { files, built: Built { pages: count, outward: std::mem::take(&mut links.outward) } })
}

fn sitemap(outlines: &[Outline<'_>], files: &[Asset], url: &str) -> Asset {
    let page = |file: &&Asset| is_page(file) && ![NOT_FOUND, WHOLE].iter().any(|page| file.path.ends_with(page));
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

fn write(dest: &Path, files: &[Asset]) -> Result<(), BookError> {
    let folder = OutputFolder::make(dest)?;
    let manifest = Path::new(MANIFEST);
    let Some(before) = folder.read(manifest)?.or_else(|| folder.is_empty().then(Vec::new)) else {
        return Err(BookError::NotOurs(dest.to_owned()));
    };
    let before: BTreeSet<String> = String::from_utf8_lossy(&before).lines().map(str::to_owned).collect();
    let now: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let mut changed = Vec::new();
    for file in files {
        match folder.read(Path::new(&file.path))? {
            Some(bytes) if bytes == file.bytes => {}
            Some(_) if !before.contains(&file.path) => return Err(BookError::Foreign(dest.join(&file.path))),
            _ => changed.push(file),
        }
    }
    let list = |paths: &mut dyn Iterator<Item = &String>| paths.map(|path| format!("{path}\n")).collect::<String>();
    // First, so that the files of a build that is stopped half-way are known as ours.
    folder.write(manifest, list(&mut before.union(&now)).as_bytes())?;
    for file in changed {
        let path = Path::new(&file.path);
        if let Some(directory) = path.parent() {
            folder.make_directory(directory)?;
        }
        folder.write_again(path, &file.bytes)?;
    }
    for old in before.difference(&now) {
        let _ = folder.remove(Path::new(old));
    }
    folder.write(manifest, list(&mut now.iter()).as_bytes())?;
    Ok(())
}
