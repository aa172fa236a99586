//! `dermaga lint`: finds mistakes in lessons, and needs no engine. `--fix` repairs some of the mistakes.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::LintArgs;
use super::{Failure, Settings, exit};
use crate::lesson::Collection;
use crate::lesson::lint::{self, LintContext, LintFinding, MachineFact, apply_fixes};
use crate::pack::Pack;
use crate::report::Style;
use crate::report::diagnostic::render;
use crate::store::{FileError, read_collection, replace};
use crate::text::Severity;
use crate::transcript::sanitise;
use crate::words::Words;

/// The maximum number of rounds of repairs. A repair can reveal another mistake, which the next round repairs. If this
/// many rounds are not enough, the repairs undo each other.
const MOST_ROUNDS: usize = 4;

/// The settings of a `lint` run.
#[derive(Debug, Clone, Default)]
pub struct LintSettings {
    /// Courses, directories and lessons. If there are none, `lint` checks the course of the working directory.
    pub paths: Vec<PathBuf>,
    /// Whether to repair files.
    pub fix: bool,
    /// The style of printed findings.
    pub style: Style,
    /// The images of the pack, if there is one.
    pub pack: Option<BTreeSet<String>>,
    /// Today's date, such as `2026-11-24`, for the `translated` key of a translation.
    pub today: Option<String>,
    /// Properties of this machine, which should not occur in expected output.
    pub machine: Vec<MachineFact>,
}

/// Runs `dermaga lint`.
pub(super) fn lint(args: LintArgs, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    let style = Style { color: settings.color_out, width: settings.width, wrap: settings.live, ..Style::default() };
    let asked = LintSettings { paths: args.paths, fix: args.fix, style, ..LintSettings::of(settings) };
    Ok(lint_command(&asked, words, &mut std::io::stdout().lock(), &mut *settings.notes())?)
}

impl LintSettings {
    /// Returns settings with the pack, today's date and the properties of this machine, but without paths.
    pub(super) fn of(settings: &Settings) -> Self {
        Self {
            pack: pack_at(&settings.pack),
            today: Some(super::record::today()),
            machine: super::machine::facts(settings.home.as_deref()),
            ..Self::default()
        }
    }
}

/// Returns the errors that `lint` finds. `build` and `serve` publish nothing if there are errors.
pub(super) fn errors(collection: &Collection, settings: &LintSettings) -> Vec<LintFinding> {
    let mut findings = look(collection, settings);
    findings.retain(|finding| finding.diagnostic.severity == Severity::Error);
    findings
}

/// Returns the images of the pack that `test` would use, or `None` if there is no pack.
fn pack_at(path: &Path) -> Option<BTreeSet<String>> {
    let pack = Pack::open(path).ok()?;
    Some(pack.names().collect())
}

/// Runs `lint`. Writes the findings to `out`, and messages about the findings to `err`. Returns the exit code.
///
/// # Errors
/// If a path does not exist, if there is no course, or if a file cannot be read or written.
pub fn lint_command(
    settings: &LintSettings,
    words: &Words,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, FileError> {
    let mut collection = read_collection(&settings.paths)?;
    let mut findings = look(&collection, settings);
    if settings.fix {
        for _ in 0..MOST_ROUNDS {
            if !fix(&collection, &findings, words, err)? {
                break;
            }
            collection = read_collection(&settings.paths)?;
            findings = look(&collection, settings);
        }
    }
    for finding in &findings {
        let drawn = render(&finding.source, &finding.diagnostic, words, settings.style);
        // A closed pipe ends the output, not the command.
        if writeln!(out, "{drawn}\n").is_err() {
            break;
        }
    }
    Ok(conclude(&collection, &findings, words, err))
}

fn look(collection: &Collection, settings: &LintSettings) -> Vec<LintFinding> {
    let surroundings = LintContext {
        exists: &Path::exists,
        pack: settings.pack.as_ref(),
        today: settings.today.as_deref(),
        machine: &settings.machine,
    };
    lint::lint(collection, surroundings)
}

/// Repairs files. Returns whether any file changed.
fn fix(
    collection: &Collection,
    findings: &[LintFinding],
    words: &Words,
    err: &mut dyn Write,
) -> Result<bool, FileError> {
    let mut any = false;
    for (_, file) in collection.chosen() {
        let own = findings.iter().filter(|finding| finding.path == file.path);
        let Some((text, count)) = apply_fixes(&file.source, &file.id, own) else { continue };
        replace(file.root.as_deref(), &file.path, file.source.text(), &text)?;
        any = true;
        let path = sanitise(&file.path.display().to_string());
        let _ = writeln!(err, "{}", words.count("lint-fixed", count, &[("path", &path)]));
    }
    Ok(any)
}

fn conclude(collection: &Collection, findings: &[LintFinding], words: &Words, err: &mut dyn Write) -> u8 {
    let lessons = collection.chosen().count();
    if lessons == 0 && findings.is_empty() {
        let _ = writeln!(err, "{}", Failure::no_lessons(collection).explain(words));
        return exit::MACHINE;
    }
    if findings.is_empty() {
        let _ = writeln!(err, "{}", words.count("lint-clean", lessons, &[]));
        return exit::MET;
    }
    let errors = findings.iter().filter(|finding| finding.diagnostic.severity == Severity::Error).count();
    let errors_said = words.count("lint-errors", errors, &[]);
    let warnings_said = words.count("lint-warnings", findings.len() - errors, &[]);
    let said = [("errors", errors_said.as_str()), ("warnings", warnings_said.as_str())];
    let _ = writeln!(err, "{}", words.count("lint-summary", lessons, &said));
    let mendable = findings.iter().filter(|finding| !finding.edits.is_empty()).count();
    if mendable > 0 {
        let _ = writeln!(err, "{}", words.count("lint-mendable", mendable, &[]));
    }
    if errors > 0 { exit::SOURCE } else { exit::MET }
}
