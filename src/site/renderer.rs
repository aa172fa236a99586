//! Dermaga's renderer for mdBook. Each language of a course becomes an mdBook, so that preprocessors can change its
//! chapters.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem, Chapter};
use mdbook_driver::config::Config;
use mdbook_driver::errors::{Error, Result};
use mdbook_renderer::{RenderContext, Renderer};

use super::error::SiteError;
use super::pages::{BuildOptions, BuiltSite, make_pages};
use crate::lesson::{
    Course, CourseFiles, Group, LessonFile, LessonId, Localized, SiteSettings, Spanned, is_site_address, parse,
    parse_alone,
};
use crate::store::read_source;
use crate::text::{Source, Span};

/// A renderer that only has a name, for preprocessors. This renderer writes no page: pages link to their translations,
/// so Dermaga makes the pages after mdBook has preprocessed all languages.
struct SiteRenderer;

impl Renderer for SiteRenderer {
    fn name(&self) -> &'static str {
        "dermaga"
    }

    fn render(&self, _: &RenderContext) -> Result<()> {
        Ok(())
    }
}

/// Makes the site of a course, in memory.
///
/// # Errors
/// Fails like [`build`](super::build), except that it writes nothing.
pub fn make(course: &CourseFiles, options: BuildOptions<'_>) -> std::result::Result<BuiltSite, SiteError> {
    let settings = if options.preprocessors {
        read_source(&course.root.join("book.toml"))?.text().to_owned()
    } else {
        String::new()
    };
    let place = |file: &LessonFile| Some((file.lang.clone()?, file.relative.clone()));
    let files = course.lessons.iter().enumerate();
    let places: HashMap<_, usize> = files.filter_map(|(at, file)| Some((place(file)?, at))).collect();
    let mut changed = Cow::Borrowed(course);
    for lang in &course.course.languages {
        let prepared = book(course, lang, &settings).and_then(|book| book.preprocess_book(&SiteRenderer));
        let (book, _) = prepared.map_err(|error| render_error(&error))?;
        for chapter in book.chapters() {
            let place = chapter.source_path.clone().and_then(|path| places.get(&(lang.clone(), path)));
            let Some(&at) = place else { continue };
            let file = &course.lessons[at];
            if file.source.text() != chapter.content {
                let source = Source::new(file.source.name().to_owned(), chapter.content.clone());
                let (lesson, diagnostics) = parse(&source, file.id.clone());
                changed.to_mut().lessons[at] = LessonFile { source, lesson, diagnostics, ..file.clone() };
            }
        }
    }
    make_pages(&changed, options.url)
}

pub(super) fn render_error(error: &Error) -> SiteError {
    SiteError::Render(format!("{error:#}"))
}

/// Makes the mdBook of a language: a part for each group, a chapter for each lesson that is written in the language.
/// `settings` is the text of a `book.toml`, from which the function takes only the preprocessors.
fn book(course: &CourseFiles, lang: &str, settings: &str) -> Result<MDBook> {
    let mut config = Config::default();
    config.book.title = Some(course.course.title_in(lang).to_owned());
    config.book.language = Some(lang.to_owned());
    config.book.src = lang.into();
    config.build.create_missing = false;
    config.build.use_default_preprocessors = false;
    if let Some(preprocessors) = settings.parse::<toml::Table>()?.remove("preprocessor") {
        config.set("preprocessor", preprocessors)?;
    }
    #[allow(clippy::default_trait_access, reason = "the type is in a crate that we do not depend on")]
    // The lessons are already in memory. With an empty summary, mdBook reads no chapters.
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

/// Renders a book. mdBook passes the book on standard input to the command of `[output.dermaga]`.
pub(super) fn render_book(context: &RenderContext) -> std::result::Result<BuiltSite, SiteError> {
    let url: Option<String> = context.config.get("output.dermaga.url").unwrap_or_default();
    if let Some(url) = url.as_ref().filter(|url| !is_site_address(url)) {
        return Err(SiteError::Address(url.clone()));
    }
    let url = url.map(|url| format!("{}/", url.trim_end_matches('/')));
    make_pages(&course_of(context), url.as_deref())
}

/// Converts a book into a course with one language. Parts become groups, and chapters become lessons.
fn course_of(context: &RenderContext) -> CourseFiles {
    let lang = context.config.book.language.clone().unwrap_or_else(|| "en".to_owned());
    let title = context.config.book.title.clone().unwrap_or_default();
    let localized = |text: &str| Localized::from([(lang.clone(), text.to_owned())]);
    let group = |number: usize, title: &str| Group {
        id: format!("part-{number}"),
        title: localized(title),
        lessons: Vec::new(),
        lessons_span: Span::default(),
        span: Span::default(),
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut lessons = Vec::new();
    for item in context.book.iter() {
        match item {
            BookItem::PartTitle(part) => groups.push(group(groups.len() + 1, part)),
            BookItem::Chapter(chapter) => {
                let Some(file) = lesson_of(context, chapter, &lang) else { continue };
                if groups.is_empty() {
                    groups.push(group(1, &title));
                }
                let id = Spanned { value: file.id.0.clone(), span: Span::default() };
                if let Some(group) = groups.last_mut() {
                    group.lessons.push(id);
                }
                lessons.push(file);
            }
            BookItem::Separator => {}
        }
    }
    let source = Source::new("book.toml", "");
    let (title, languages) = (localized(&title), vec![lang]);
    let course = Course { source, id: None, title, languages, engine: None, groups, site: SiteSettings::default() };
    let (diagnostics, listed, pages) = (Vec::new(), Vec::new(), Vec::new());
    CourseFiles { root: context.root.clone(), course, diagnostics, terms: None, listed, lessons, pages, whole: true }
}

/// Converts a chapter into a lesson. Returns `None` for a draft.
fn lesson_of(context: &RenderContext, chapter: &Chapter, lang: &str) -> Option<LessonFile> {
    let (path, source_path) = (chapter.path.as_deref()?, chapter.source_path.as_deref()?);
    // The site's home page has the path `index.html`, so this chapter gets another path.
    let relative = if path == Path::new("index.md") { Path::new("README.md") } else { path };
    let id = LessonId(relative.with_extension("").to_string_lossy().replace('/', "-"));
    let path = context.source_dir().join(source_path);
    let source = Source::new(path.display().to_string(), chapter.content.clone());
    let (mut lesson, diagnostics) = parse_alone(&source, id.clone());
    lesson.title.clone_from(&chapter.name);
    Some(LessonFile {
        path,
        root: Some(context.root.clone()),
        relative: relative.to_owned(),
        id,
        lang: Some(lang.to_owned()),
        source,
        chapter: Some(source_path.to_owned()),
        lesson,
        diagnostics,
        chosen: true,
        named: false,
    })
}
