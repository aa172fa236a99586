//! Checks lessons without an engine. Reports the mistakes that the parser finds. Then checks each lesson as a whole,
//! and compares the lesson with its translations, its course and its terms.

mod age;
mod anchors;
mod carry;
mod compare;
mod course;
mod digest;
mod fix;
mod links;
mod machine;
mod marks;
mod prose;
mod rules;
mod terms;
mod transcript;
mod volatile;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::{Collection, CourseFiles, LessonFile, codes};
use crate::cores::each;
use crate::text::{Code, Diagnostic, Edit, Severity, Source};

pub use age::{Age, age, translated};
pub use anchors::AnchorCollector;
pub use digest::{prose_digest, step_digests};
pub use fix::apply_fixes;
pub(crate) use links::dead_anchor;
pub use links::{beside, is_elsewhere, split};
pub use machine::{MachineFact, facts_in};
pub use prose::{Link, Pointers, pointers};

/// The code of a file that is not valid UTF-8.
pub const NOT_UTF8: Code = codes::NOT_UTF8.code;
/// The code of a link to a file that does not exist.
pub const DEAD_LINK: Code = codes::DEAD_LINK.code;
/// The code of a picture that does not exist.
pub const NO_PICTURE: Code = codes::NO_PICTURE.code;

/// A mistake in a file, and edits that correct it.
#[derive(Debug, Clone)]
pub struct LintFinding {
    /// The path of the file.
    pub path: PathBuf,
    /// The text of the file.
    pub source: Source,
    /// The mistake.
    pub diagnostic: Diagnostic,
    /// The edits that correct the mistake; empty if only the author can correct it.
    pub edits: Vec<Edit>,
}

/// The data that [`lint()`] needs in addition to the lessons.
#[derive(Clone, Copy)]
pub struct LintContext<'a> {
    /// Whether a file or directory exists.
    pub exists: &'a (dyn Fn(&Path) -> bool + Sync),
    /// The images of the course's pack, if there is one.
    pub pack: Option<&'a BTreeSet<String>>,
    /// Today's date, such as `2026-11-24`, for the `translated` key of a translation.
    pub today: Option<&'a str>,
    /// Properties of this machine, which should not occur in expected output.
    pub machine: &'a [MachineFact],
}

/// Returns all mistakes in a collection, file by file. The mistakes of a file are in the order of its text.
#[must_use]
pub fn lint(collection: &Collection, surroundings: LintContext<'_>) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    for files in &collection.courses {
        lint_lessons(files, surroundings, &mut findings);
    }
    let prose = read_prose(&collection.singles);
    let by_path = by_path(&collection.singles, &prose);
    let singles: Vec<_> = collection.singles.iter().zip(&prose).collect();
    let check = |file: &LessonFile, prose: &prose::Prose, found: &mut Findings<'_>| {
        lint_lesson(file, prose, &by_path, surroundings, found);
    };
    lint_each(&singles, check, &mut findings);
    findings
}

fn lint_lessons(files: &CourseFiles, surroundings: LintContext<'_>, findings: &mut Vec<LintFinding>) {
    if files.whole {
        lint_course(files, surroundings.exists, findings);
    }
    let (prose, page_prose) = (read_prose(&files.lessons), read_prose(&files.pages));
    let mut by_path = by_path(&files.lessons, &prose);
    by_path.extend(self::by_path(&files.pages, &page_prose));
    let both = files.lessons.iter().zip(&prose);
    let mut sources = HashMap::new();
    for (file, prose) in both.clone().filter(|(file, _)| files.is_source(file)) {
        sources.entry(&file.id).or_insert((file, prose));
    }
    let forbidden = terms::by_language(files);
    if files.whole {
        for (page, prose) in files.pages.iter().zip(&page_prose) {
            let mut found = Findings::new(&page.path, &page.source, findings);
            lint_page(page, prose, &by_path, surroundings.exists, &mut found);
            if let Some(forbidden) = page.lang.as_ref().and_then(|lang| forbidden.get(lang)) {
                forbidden.check(page, prose, &mut found);
            }
        }
    }
    let known = course::Known::new(files);
    let check = |file: &LessonFile, prose: &prose::Prose, found: &mut Findings<'_>| {
        lint_lesson(file, prose, &by_path, surroundings, found);
        if let Some(forbidden) = file.lang.as_ref().and_then(|lang| forbidden.get(lang)) {
            forbidden.check(file, prose, found);
        }
        known.check(file, found);
        if let Some((source, source_prose)) = sources.get(&file.id).filter(|_| !files.is_source(file)) {
            let digest = digest::of(&source.lesson, source_prose);
            age::check(file, source, digest, surroundings.today, found);
            compare::check(file, source, found);
        }
    };
    lint_each(&both.filter(|(file, _)| file.chosen).collect::<Vec<_>>(), check, findings);
}

/// Checks files, each with its prose, on all cores.
fn lint_each(
    files: &[(&LessonFile, &prose::Prose)],
    check: impl Fn(&LessonFile, &prose::Prose, &mut Findings<'_>) + Sync,
    findings: &mut Vec<LintFinding>,
) {
    let check_one = |(): &(), &(file, prose): &(&LessonFile, &prose::Prose)| {
        let mut findings = Vec::new();
        check(file, prose, &mut Findings::new(&file.path, &file.source, &mut findings));
        findings
    };
    findings.extend(each(files, || (), check_one).into_iter().flatten());
}

fn read_prose(files: &[LessonFile]) -> Vec<prose::Prose> {
    each(files, || (), |(), file| prose::read_with_all_anchors(&file.lesson))
}

/// Returns the prose of each file by its path. Like the resolved target of a link, a path has no `.` or `..`.
fn by_path<'a>(files: &[LessonFile], prose: &'a [prose::Prose]) -> HashMap<PathBuf, &'a prose::Prose> {
    files.iter().map(|file| beside(Path::new(""), &file.path)).zip(prose).collect()
}

fn lint_course(files: &CourseFiles, exists: &dyn Fn(&Path) -> bool, findings: &mut Vec<LintFinding>) {
    let path = files.root.join("course.toml");
    {
        let mut found = Findings::new(&path, &files.course.source, findings);
        found.extend(&files.diagnostics);
        marks::check(&files.course.source, &mut found);
        course::check_entries(files, &mut found);
        course::check_site(files, exists, &mut found);
    }
    if let Some((terms, diagnostics)) = &files.terms {
        let path = files.root.join("terms.toml");
        let mut found = Findings::new(&path, &terms.source, findings);
        found.extend(diagnostics);
        marks::check(&terms.source, &mut found);
        course::check_taught(files, terms, &mut found);
    }
}

/// Checks a lesson, but does not compare it with its course.
fn lint_lesson(
    file: &LessonFile,
    prose: &prose::Prose,
    others: &HashMap<PathBuf, &prose::Prose>,
    surroundings: LintContext<'_>,
    found: &mut Findings<'_>,
) {
    found.extend(&file.diagnostics);
    if file.diagnostics.iter().any(|diagnostic| diagnostic.code == NOT_UTF8) {
        return;
    }
    marks::check(&file.source, found);
    rules::check(file, prose, found);
    rules::check_images(&file.lesson, surroundings.pack, found);
    volatile::check(&file.lesson, found);
    transcript::check(&file.lesson, found);
    found.extend(&machine::facts_in(&file.lesson, surroundings.machine));
    links::check(file, prose, others, surroundings.exists, found);
}

/// Checks a page that the author adds to the site. Such a page is not a lesson, so nothing in it runs.
fn lint_page(
    page: &LessonFile,
    prose: &prose::Prose,
    others: &HashMap<PathBuf, &prose::Prose>,
    exists: &dyn Fn(&Path) -> bool,
    found: &mut Findings<'_>,
) {
    if let Some(diagnostic) = page.diagnostics.iter().find(|diagnostic| diagnostic.code == NOT_UTF8) {
        found.push(diagnostic.clone());
        return;
    }
    marks::check(&page.source, found);
    links::check(page, prose, others, exists, found);
}

fn has_errors(file: &LessonFile) -> bool {
    file.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Collects the findings of one file, and sorts them at the end.
struct Findings<'f> {
    path: &'f Path,
    source: &'f Source,
    first: usize,
    all: &'f mut Vec<LintFinding>,
}

impl<'f> Findings<'f> {
    fn new(path: &'f Path, source: &'f Source, findings: &'f mut Vec<LintFinding>) -> Self {
        Self { path, source, first: findings.len(), all: findings }
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.push_with(diagnostic, []);
    }

    /// Adds a diagnostic with the edits that correct it.
    fn push_with(&mut self, diagnostic: Diagnostic, edits: impl IntoIterator<Item = Edit>) {
        let edits = edits.into_iter().collect();
        self.all.push(LintFinding { path: self.path.to_owned(), source: self.source.clone(), diagnostic, edits });
    }

    fn extend(&mut self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            self.push(diagnostic.clone());
        }
    }
}

impl Drop for Findings<'_> {
    fn drop(&mut self) {
        self.all[self.first..].sort_by_key(|finding| {
            let diagnostic = &finding.diagnostic;
            (diagnostic.span.start, diagnostic.code, diagnostic.span.end)
        });
    }
}
