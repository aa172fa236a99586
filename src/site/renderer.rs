//! Our renderer for mdBook. A language of a course is an mdBook: mdBook runs its preprocessors and hands it to the renderer.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem, Chapter};
use mdbook_driver::config::Config;
use mdbook_driver::errors::Result;
use mdbook_renderer::{RenderContext, Renderer};

use super::error::BookError;
use super::pages::{Made, make_pages};
use crate::lesson::{CourseFiles, LessonFile, parse};
use crate::text::Source;

/// The name of the renderer, as in `[output.dermaga]`.
pub(super) const NAME: &str = "dermaga";

/// Renders the books of a course. Pages link to their translations, so the pages are made when the book of the last
/// language is there.
pub(super) struct SiteRenderer<'c> {
    course: &'c CourseFiles,
    url: Option<&'c str>,
    /// Where each lesson is in the course, by its language and its path.
    lessons: HashMap<(&'c str, &'c Path), usize>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The lessons whose text preprocessors have changed, by their index.
    changed: BTreeMap<usize, LessonFile>,
    languages: usize,
    made: Option<std::result::Result<Made, BookError>>,
}

impl<'c> SiteRenderer<'c> {
    pub(super) fn new(course: &'c CourseFiles, url: Option<&'c str>) -> Self {
        let place = |file: &'c LessonFile| Some((file.lang.as_deref()?, file.relative.as_path()));
        let lessons = course.lessons.iter().enumerate().filter_map(|(at, file)| Some((place(file)?, at))).collect();
        Self { course, url, lessons, state: Mutex::default() }
    }

    /// Makes a book of every language and renders it.
    pub(super) fn render_course(self) -> std::result::Result<Made, BookError> {
        for lang in &self.course.course.languages {
            let built = book(self.course, lang).and_then(|book| book.execute_build_process(&self));
            built.map_err(|error| BookError::Render(format!("{error:#}")))?;
        }
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).made.unwrap_or(Err(BookError::Nothing))
    }

    /// The lesson of a chapter, parsed again if preprocessors have changed its text.
    fn changed(&self, lang: &str, chapter: &Chapter) -> Option<(usize, LessonFile)> {
        let at = *self.lessons.get(&(lang, chapter.source_path.as_deref()?))?;
        let file = self.course.lessons.get(at).filter(|file| file.source.text() != chapter.content)?;
        let source = Source::new(file.source.name().to_owned(), chapter.content.clone());
        let (lesson, diagnostics) = parse(&source, file.id.clone());
        Some((at, LessonFile { source, lesson, diagnostics, ..file.clone() }))
    }
}

impl Renderer for SiteRenderer<'_> {
    fn name(&self) -> &'static str {
        NAME
    }

    fn render(&self, context: &RenderContext) -> Result<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let lang = context.config.book.language.as_deref().unwrap_or_default();
        state.changed.extend(context.book.chapters().filter_map(|chapter| self.changed(lang, chapter)));
        state.languages += 1;
        if state.languages == self.course.course.languages.len() {
            let changed = std::mem::take(&mut state.changed);
            state.made = Some(if changed.is_empty() {
                make_pages(self.course, self.url)
            } else {
                let mut course = self.course.clone();
                changed.into_iter().for_each(|(at, file)| course.lessons[at] = file);
                make_pages(&course, self.url)
            });
        }
        Ok(())
    }
}

/// The mdBook of a language: a part for each group, a chapter for each lesson that is written in the language.
fn book(course: &CourseFiles, lang: &str) -> Result<MDBook> {
    let mut config = Config::default();
    config.book.title = Some(course.course.title_in(lang).to_owned());
    config.book.language = Some(lang.to_owned());
    config.book.src = lang.into();
    config.build.create_missing = false;
    config.build.use_default_preprocessors = false;
    #[expect(clippy::default_trait_access, reason = "the type is in a crate that we do not depend on")]
    // An empty summary reads nothing: the lessons are in memory.
    let mut book = MDBook::load_with_config_and_summary(&course.root, config, Default::default())?;
    let written: HashMap<&str, &LessonFile> = course.in_language(lang).map(|file| (file.id.0.as_str(), file)).collect();
    let mut items = Vec::new();
    for group in &course.course.groups {
        items.push(BookItem::PartTitle(group.title_in(lang, course.course.source_language()).to_owned()));
        for file in group.lessons.iter().filter_map(|id| written.get(id.value.as_str())) {
            let text = file.source.text().to_owned();
            items.push(Chapter::new(&file.lesson.title, text, &file.relative, Vec::new()).into());
        }
    }
    book.book = Book::new_with_items(items);
    Ok(book)
}
