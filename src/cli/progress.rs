//! `dermaga progress`: shows, exports and imports the learner's progress.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::SystemTime;

use super::args::ProgressArgs;
use super::{Failure, Settings, exit};
use crate::lesson::CourseFiles;
use crate::menu::{lessons_in, mark, read_courses, state};
use crate::progress::{History, Moment, Standing, standing};
use crate::store::progress::{ImportFailure, Notice, ProgressStore};
use crate::store::{FileAction, FileError, built_in, is_standard_output, write_named_private};
use crate::transcript::{sanitise, sanitise_values};
use crate::words::Words;

impl Settings {
    /// Opens the store of the learner's progress. If the store has a notice, prints it on standard error.
    pub(super) fn progress(&self, words: &Words) -> ProgressStore {
        let (store, notice) = ProgressStore::open(&self.state.join("progress.db"));
        tell(notice.as_ref(), words);
        store
    }

    /// Returns the courses in the menu: those of the working directory, and the built-in course.
    pub(super) fn courses(&self) -> Result<Vec<CourseFiles>, Failure> {
        if let Ok(built_in) = built_in::unpack(&self.cache) {
            return Ok(read_courses(Path::new("."), Some(&built_in))?);
        }
        // The home folder is not writable, or the disk is full. A temporary folder is enough, because `read_courses`
        // reads all files at once.
        let for_now = tempfile::tempdir().ok();
        let built_in = for_now.as_ref().and_then(|folder| built_in::unpack(folder.path()).ok());
        Ok(read_courses(Path::new("."), built_in.as_deref())?)
    }
}

/// Returns the text of a notice.
pub(super) fn said(notice: &Notice, words: &Words) -> String {
    let (key, values) = notice.message();
    words.say_values(key, &sanitise_values(&values))
}

/// Prints a notice on standard error.
pub(super) fn tell(notice: Option<&Notice>, words: &Words) {
    let Some(notice) = notice else { return };
    let _ = writeln!(io::stderr(), "{}", said(notice, words));
}

/// Runs `dermaga progress`.
pub(super) fn progress(args: &ProgressArgs, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    let mut store = settings.progress(words);
    if let Some(path) = &args.export {
        return export(&store, path, settings, words);
    }
    if let Some(path) = &args.import {
        return import(&mut store, path, settings, words);
    }
    let courses = settings.courses()?;
    let shown = show(&courses, &store.history(), SystemTime::now().into(), words);
    // A closed pipe ends the output, not the command.
    let _ = io::stdout().write_all(shown.as_bytes());
    Ok(exit::MET)
}

fn show(courses: &[CourseFiles], history: &History, now: Moment, words: &Words) -> String {
    let lang = words.lang().tag();
    let mut text = String::new();
    if history.is_empty() {
        text.push_str(&words.say("progress-nothing", &[]));
        text.push('\n');
    }
    for course in courses {
        let lessons = lessons_in([course], lang);
        let all: Vec<Standing> = lessons.iter().map(|file| standing(history, &file.lesson)).collect();
        let done = all.iter().filter(|standing| standing.is_done()).count().to_string();
        let title = sanitise(course.course.title_in(lang));
        let count = lessons.len().to_string();
        text.push_str(&words.say("progress-course", &[("title", &title), ("done", &done), ("lessons", &count)]));
        text.push('\n');
        for (file, standing) in lessons.iter().zip(&all) {
            let title = sanitise(&file.lesson.title);
            let args = [("mark", mark(standing)), ("title", title.as_str()), ("state", &state(standing, words))];
            text.push_str(&format!("  {}\n", words.say("progress-lesson-symbol", &args)));
        }
    }
    let due = history.due(now).len();
    if due > 0 {
        text.push_str(&words.count("progress-due", due, &[]));
        text.push('\n');
    }
    text
}

fn export(store: &ProgressStore, path: &Path, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    let text = store.export();
    if is_standard_output(path) {
        let _ = io::stdout().write_all(text.as_bytes());
        return Ok(exit::MET);
    }
    write_named_private(path, text.as_bytes())?;
    let count = store.history().entries().len();
    let path = sanitise(&path.display().to_string());
    let _ = writeln!(settings.notes(), "{}", words.count("progress-exported", count, &[("path", &path)]));
    Ok(exit::MET)
}

fn import(store: &mut ProgressStore, path: &Path, settings: &Settings, words: &Words) -> Result<u8, Failure> {
    let failed = |error| Failure::from(FileError::from_io(path, FileAction::Read, error));
    let mut from: Box<dyn Read> =
        if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path).map_err(failed)?) };
    let imported = store.import(&mut from).map_err(|error| match error {
        ImportFailure::Read(error) => failed(error),
        ImportFailure::Content(error) => Failure::with_values(exit::USAGE, error.message()),
    })?;
    let key = if store.is_saved() || imported.new == 0 { "progress-imported" } else { "progress-import-unsaved" };
    let _ = writeln!(settings.notes(), "{}", words.count(key, imported.new, &[]));
    if imported.unreadable > 0 {
        let _ = writeln!(io::stderr(), "{}", words.count("progress-unreadable", imported.unreadable, &[]));
    }
    tell(imported.notice.as_ref(), words);
    Ok(if store.is_saved() { exit::MET } else { exit::MACHINE })
}
