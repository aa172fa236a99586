//! Chooses a lesson by its file, by its id, or from the menu. Asks whether the person trusts the lesson.

use std::path::PathBuf;
use std::time::SystemTime;

use super::LearnSession;
use crate::cli::own::{terminal, trust_store, untrusted};
use crate::cli::{Failure, exit, review};
use crate::lesson::LessonFile;
use crate::menu::{self, AvailableEngine, MenuChoice, Need, Presence};
use crate::pack::Pack;
use crate::progress::Moment;
use crate::sandbox::find_binaries;
use crate::trust::survey;
use crate::words::Words;

impl LearnSession<'_> {
    /// Returns the lesson in the file `given`, or the lesson with the id `given` in one of the menu's courses.
    pub(super) fn named(&mut self, given: &str) -> Result<LessonFile, Failure> {
        let path = PathBuf::from(given);
        let file = if path.is_file() {
            let collection = crate::store::read_collection(&[path])?;
            let found = collection.chosen().map(|(course, file)| (course.cloned(), file.clone())).next();
            let (course, file) = found.ok_or_else(|| Failure::new(exit::USAGE, "failure-no-lessons"))?;
            self.elsewhere = course;
            file
        } else {
            let lang = self.settings.lang.tag();
            let all = menu::lessons_in(&self.courses, lang);
            let found = all.iter().find(|file| file.id.0 == given).copied().cloned();
            found.ok_or_else(|| {
                let mut known: Vec<&str> = all.iter().map(|file| file.id.0.as_str()).collect();
                known.dedup();
                let known = known.join(", ");
                Failure::new(exit::USAGE, "learn-no-lesson").with("given", given).with("known", known)
            })?
        };
        Ok(file)
    }

    /// Shows the menu. Returns the lesson that the person chooses, or `None` if they leave.
    pub(super) fn menu(&mut self) -> Result<Option<LessonFile>, Failure> {
        loop {
            let store = self.settings.progress(&self.words);
            let history = store.history();
            drop(store);
            if history.is_empty() && !self.settings.is_language_chosen() && !self.welcome()? {
                return Ok(None);
            }
            let now = Moment::from(SystemTime::now());
            let mut look = |file: &LessonFile| self.needs(file);
            let choice = self
                .dialog(|dialog| menu::choose(&self.courses, &history, now, dialog, &mut look))
                .map_err(terminal)?;
            match choice {
                MenuChoice::Quit => return Ok(None),
                MenuChoice::Review => {
                    review::review(self.args.plain, &self.settings, &self.words)?;
                }
                MenuChoice::Lesson(file) => return Ok(Some(file.clone())),
            }
        }
    }

    /// Returns the images that a lesson needs, and whether the engine already has them. For a private engine without
    /// `--images hub`, returns no images, because such an engine downloads nothing.
    fn needs(&self, file: &LessonFile) -> Vec<Need> {
        let current = self.runtime.block_on(self.current(file));
        let engine = match &current {
            Ok(Some((_, engine))) => Some(engine),
            Ok(None) if self.args.images == "hub" => None,
            _ => return Vec::new(),
        };
        let pack = Pack::open(&self.settings.pack).ok();
        let mut needs = self.runtime.block_on(menu::needs(&file.lesson, engine, pack.as_ref()));
        if engine.is_none() {
            // A private engine has no images at the beginning.
            for need in &mut needs {
                need.presence = Presence::Missing;
            }
        }
        needs
    }

    /// Whether the person wants to begin a lesson that they named. Shows the downloads of the lesson, if there are any.
    pub(super) fn agrees(&self, file: &LessonFile) -> Result<bool, Failure> {
        let needs = self.needs(file);
        self.dialog(|dialog| menu::agrees(&needs, dialog)).map_err(terminal)
    }

    /// At the first run, asks for the language and saves the answer. Returns `false` if the person leaves.
    fn welcome(&mut self) -> Result<bool, Failure> {
        let engine = self.engine_of_needs();
        let about = engine.as_ref().and_then(|engine| self.runtime.block_on(engine.about()).ok());
        let found = match engine.as_ref().zip(about) {
            Some((engine, about)) => {
                AvailableEngine::Engine(format!("Docker {}, {}", about.version, engine.endpoint()))
            }
            None if find_binaries(&self.settings.path).is_ok() => AvailableEngine::Private,
            None => AvailableEngine::Nothing,
        };
        let Some(lang) = self.dialog(|dialog| menu::welcome(&found, dialog)).map_err(terminal)? else {
            return Ok(false);
        };
        self.settings.remember_language(lang);
        self.words = Words::new(lang);
        Ok(true)
    }

    /// Whether the lesson is the person's own, or the person trusts it. Asks the person if necessary. Nothing of a
    /// lesson runs before this check.
    pub(super) fn trusts(&self, file: &LessonFile) -> Result<bool, Failure> {
        let mut store = trust_store(&self.settings);
        if untrusted([(file.path.as_path(), &file.lesson)], &store).is_empty() {
            return Ok(true);
        }
        let surveys = [survey([&file.lesson])];
        self.dialog(|dialog| menu::trusts(&surveys, &file.lesson.title, &mut store, dialog)).map_err(terminal)
    }
}
